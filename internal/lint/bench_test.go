package lint_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/rules"
)

// The tree that the benchmark runs on: a repository of several teams.
const (
	benchTerraform      = 1000
	benchCloudFormation = 300
	benchPython         = 1000
)

const benchTF = `
variable "subnet_ids_%[1]d" {
  type    = list(string)
  default = ["subnet-%017[1]x"]
}

locals {
  name_%[1]d = "team-%[1]d-${terraform.workspace}"
  tags_%[1]d = merge({ Name = "team-%[1]d" }, { Owner = upper("ml") })
}

resource "aws_vpc" "v%[1]d" {
  cidr_block           = "10.%[2]d.0.0/16"
  enable_dns_hostnames = true
  tags                 = local.tags_%[1]d
}

resource "aws_subnet" "s%[1]d" {
  for_each   = toset(["a", "b"])
  vpc_id     = aws_vpc.v%[1]d.id
  cidr_block = cidrsubnet(aws_vpc.v%[1]d.cidr_block, 8, each.key == "a" ? 1 : 2)
}

resource "aws_route_table" "t%[1]d" {
  vpc_id = aws_vpc.v%[1]d.id
}

resource "aws_route_table_association" "t%[1]d" {
  for_each       = aws_subnet.s%[1]d
  subnet_id      = each.value.id
  route_table_id = aws_route_table.t%[1]d.id
}

resource "aws_vpc_endpoint" "e%[1]d" {
  vpc_id          = aws_vpc.v%[1]d.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.t%[1]d.id]
}

resource "aws_sagemaker_model" "m%[1]d" {
  name               = local.name_%[1]d
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"

  primary_container {
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team:%[1]d"
  }

  vpc_config {
    subnets            = [for s in aws_subnet.s%[1]d : s.id]
    security_group_ids = ["sg-%017[1]x"]
  }
}
`

const benchCFN = `AWSTemplateFormatVersion: "2010-09-09"
Description: Team %[1]d
Parameters:
  Private:
    Type: String
    Default: "true"
    AllowedValues: ["true", "false"]
  SubnetIds:
    Type: List<AWS::EC2::Subnet::Id>
Conditions:
  IsPrivate: !Equals [!Ref Private, "true"]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.%[2]d.0.0/16
      Tags:
        - Key: Name
          Value: !Sub team-%[1]d-${AWS::StackName}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/sagemaker
      PrimaryContainer:
        Image: !Sub ${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/team:%[1]d
      VpcConfig: !If
        - IsPrivate
        - Subnets: [!Ref Subnet]
          SecurityGroupIds: [sg-%017[1]x]
        - !Ref AWS::NoValue
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/sagemaker
      SubnetId: !Select [0, !Ref SubnetIds]
      DirectInternetAccess: Disabled
`

const benchPy = `"""Training of team %[1]d."""
import argparse
import logging
import os

import sagemaker
from sagemaker.inputs import TrainingInput
from sagemaker.pytorch import PyTorch

logger = logging.getLogger(__name__)
SUBNETS = ["subnet-%017[1]x"]
GROUPS = ["sg-%017[1]x"]


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=%[2]d)
    parser.add_argument("--instance-type", default="ml.g5.xlarge")
    return parser.parse_args()


def inputs(bucket):
    return {
        name: TrainingInput(f"s3://{bucket}/team-%[1]d/{name}", content_type="text/csv")
        for name in ("train", "validation")
    }


def main():
    args = parse()
    session = sagemaker.Session()
    hyperparameters = {"epochs": args.epochs, "lr": 0.001 * %[2]d, "team": "team-%[1]d"}
    if os.environ.get("DEBUG"):
        hyperparameters["debug"] = True
    estimator = PyTorch(
        entry_point="train.py",
        source_dir="src",
        role=sagemaker.get_execution_role(),
        instance_count=1,
        instance_type=args.instance_type,
        framework_version="2.3",
        py_version="py311",
        hyperparameters=hyperparameters,
        subnets=SUBNETS,
        security_group_ids=GROUPS,
    )
    estimator.fit(inputs(session.default_bucket()))
    logger.info("team %%s is done: %%s", %[1]d, estimator.model_data)


if __name__ == "__main__":
    main()
`

// generate writes the tree and returns its size in bytes and its files.
func generate(b *testing.B, dir string) (int64, []string) {
	b.Helper()
	var size int64
	var files []string
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
		size += int64(len(text))
		files = append(files, path)
	}
	for i := range benchTerraform {
		write(fmt.Sprintf("infra/root%03d/f%d.tf", i/10, i), fmt.Sprintf(benchTF, i, i%250))
	}
	for i := range benchCloudFormation {
		write(fmt.Sprintf("stacks/team%d.yaml", i), fmt.Sprintf(benchCFN, i, i%250))
	}
	for i := range benchPython {
		write(fmt.Sprintf("jobs/team%d/train.py", i), fmt.Sprintf(benchPy, i, i%250))
	}
	return size, files
}

// BenchmarkRun is a whole run over a generated tree of 1,000 Terraform, 300 CloudFormation and 1,000 Python files, by one
// worker and by as many as there are processors. Beside the throughput it says which share of one worker's time is spent
// outside the parsers, which are timed alone over the same bytes.
func BenchmarkRun(b *testing.B) {
	dir := b.TempDir()
	size, files := generate(b, dir)
	// As the command line sets it, for both sides of the comparison.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	run := func(b *testing.B, jobs int) {
		b.SetBytes(size)
		b.ReportAllocs()
		for b.Loop() {
			r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: rules.All(), Jobs: jobs})
			if err != nil {
				b.Fatal(err)
			}
			if r.Files != len(files) {
				b.Fatalf("%d files of %d were read", r.Files, len(files))
			}
		}
	}
	b.Run("one worker", func(b *testing.B) {
		run(b, 1)
		whole := b.Elapsed() / time.Duration(b.N)
		b.StopTimer()
		parsers := timeParsers(b, files)
		b.ReportMetric(100*float64(whole-parsers)/float64(whole), "%outside-parsers")
		b.ReportMetric(float64(whole)/float64(parsers), "x-parsers")
	})
	b.Run("all processors", func(b *testing.B) { run(b, 0) })
}

// timeParsers returns how long reading and parsing the files alone takes.
func timeParsers(b *testing.B, files []string) time.Duration {
	b.Helper()
	best := time.Hour
	for range 3 {
		begin := time.Now()
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			switch {
			case strings.HasSuffix(name, ".tf"):
				_, _ = hclsyntax.ParseConfig(content, name, hcl.InitialPos)
			case strings.HasSuffix(name, ".py"):
				pyast.Parse(content)
			default:
				doctree.Parse(source.NewFile(name, content))
			}
		}
		best = min(best, time.Since(begin))
	}
	return best
}

// BenchmarkClean is a run over a tree in which nothing matters: what it costs to find that out.
func BenchmarkClean(b *testing.B) {
	dir := b.TempDir()
	var size int64
	for i := range 2000 {
		text := strings.Repeat(fmt.Sprintf("def f%d(x):\n    return x + %d\n\n\n", i, i), 50)
		size += int64(len(text))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("m%d.py", i)), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(size)
	for b.Loop() {
		if _, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: rules.All()}); err != nil {
			b.Fatal(err)
		}
	}
}

package lint_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/rules"
)

// benchTeam is the part of a template that a benchmark repeats: five resources as people write them, one of them under one
// of the template's conditions.
const benchTeam = `  Vpc%[1]d:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !FindInMap [Networks, !Ref Environment, Cidr]
      EnableDnsSupport: true
      EnableDnsHostnames: true
      Tags:
        - Key: Name
          Value: !Sub "${AWS::StackName}-vpc-%[1]d"
  PrivateSubnet%[1]d:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc%[1]d
      AvailabilityZone: !Select [0, !GetAZs ""]
      CidrBlock: !Select [%[2]d, !Cidr [!GetAtt Vpc%[1]d.CidrBlock, 8, 8]]
      MapPublicIpOnLaunch: !If [Condition%[3]d, false, true]
  Group%[1]d:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Notebooks of team %[1]d
      VpcId:
        Ref: Vpc%[1]d
      SecurityGroupEgress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 10.0.0.0/8 # the endpoints
      SecurityGroupIngress: []
  Role%[1]d:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: {Service: sagemaker.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: data
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Effect: Allow
                Action: [s3:GetObject, s3:PutObject, "s3:ListBucket"]
                Resource:
                  - !Sub arn:${AWS::Partition}:s3:::team-%[1]d-${AWS::AccountId}
                  - !Join ["", ["arn:", !Ref "AWS::Partition", ":s3:::team-%[1]d/*"]]
  Notebook%[1]d:
    Type: AWS::SageMaker::NotebookInstance
    Condition: Condition%[3]d
    Properties:
      NotebookInstanceName: !Sub team-%[1]d-${Environment}
      InstanceType: ml.t3.medium
      RoleArn: !GetAtt Role%[1]d.Arn
      SubnetId: !Ref PrivateSubnet%[1]d
      SecurityGroupIds:
        - !Ref Group%[1]d
      DirectInternetAccess: !If [Condition%[3]d, Disabled, Enabled]
      RootAccess: Disabled
      KmsKeyId: !If
        - Condition%[4]d
        - !Ref Key
        - !Ref AWS::NoValue
`

// benchTemplate returns a template of some resources and conditions.
func benchTemplate(resources, conditions int) []byte {
	var b strings.Builder
	b.WriteString("AWSTemplateFormatVersion: \"2010-09-09\"\nDescription: Notebooks of several teams\nParameters:\n" +
		"  Environment:\n    Type: String\n    AllowedValues: [dev, prod]\n  Key:\n    Type: String\n    Default: alias/notebooks\n")
	for i := range conditions {
		fmt.Fprintf(&b, "  Flag%d:\n    Type: String\n    AllowedValues: [\"true\", \"false\"]\n", i)
	}
	b.WriteString("Mappings:\n  Networks:\n    dev: {Cidr: 10.0.0.0/16}\n    prod: {Cidr: 10.1.0.0/16}\nConditions:\n")
	for i := range conditions {
		switch i % 4 {
		case 3:
			fmt.Fprintf(&b, "  Condition%d: !And [!Condition Condition%d, !Not [!Condition Condition%d]]\n", i, i-1, i-2)
		default:
			fmt.Fprintf(&b, "  Condition%d: !Equals [!Ref Flag%d, \"true\"]\n", i, i)
		}
	}
	b.WriteString("Resources:\n")
	for i := range resources / 5 {
		fmt.Fprintf(&b, benchTeam, i, i%8, i%conditions, (i+1)%conditions)
	}
	return []byte(b.String())
}

// yamlNodes reads a file as far as the YAML library does.
func yamlNodes(b *testing.B, f *source.File) {
	loader, err := yaml.NewLoader(bytes.NewReader(f.Bytes))
	if err != nil {
		b.Fatal(err)
	}
	for {
		var n yaml.Node
		if err := loader.Load(&n); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// decodeTemplates does all that a run does with templates before it links them.
func decodeTemplates(b *testing.B, files []*source.File) *model.Estate {
	out, err := cloudformation.Frontend{}.Load(context.Background(), &frontend.Input{
		Files:     files,
		Documents: &frontend.Documents{},
		Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				do(i)
			}
		},
	})
	if err != nil || len(out.Findings) > 0 {
		b.Fatal(err, out.Findings)
	}
	return model.Decode(out.Resources)
}

// BenchmarkTemplates sets what templates cost, from their bytes to the model, against what the YAML library's reading of
// their nodes alone costs: x-yaml is at most 1.5. The exponent of the sizes is how the cost grows with them, 1 where it is
// linear.
func BenchmarkTemplates(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command line sets it
	file := func(i int, content []byte) *source.File { return source.NewFile(fmt.Sprintf("t%d.yaml", i), content) }
	short := make([]*source.File, 100)
	for i := range short {
		short[i] = file(i, fmt.Appendf(nil, benchCFN, i, i))
	}
	b.Run("200 resources", func(b *testing.B) { againstYAML(b, []*source.File{file(0, benchTemplate(200, 8))}) })
	b.Run("100 short ones", func(b *testing.B) { againstYAML(b, short) })
	var first time.Duration
	for _, n := range []int{125, 250, 500, 1000} {
		b.Run(fmt.Sprintf("40 conditions, %d resources", n), func(b *testing.B) {
			took := againstYAML(b, []*source.File{file(0, benchTemplate(n, 40))})
			if n == 125 {
				first = took
			} else if first > 0 {
				b.ReportMetric(math.Log(float64(took)/float64(first))/math.Log(float64(n)/125), "exponent")
			}
		})
	}
}

// benchManifest is YAML of other tools, as most of it is: it names neither AWS's types nor SageMaker.
const benchManifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-%[1]d
  labels: {app: web-%[1]d}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: "registry.example.com/web:%[1]d"
          resources: {limits: {cpu: 500m, memory: 128Mi}}
          env:
            - name: PORT
              value: "8080" # of the service
---
`

// BenchmarkOtherYAML is a run over 2,000 YAML files that are no templates, half of them in directories that say that they
// configure something. Against reading the same files alone it tells that none of them is parsed.
func BenchmarkOtherYAML(b *testing.B) {
	dir := b.TempDir()
	var size int64
	var files []string
	for i := range 2000 {
		text := strings.Repeat(fmt.Sprintf(benchManifest, i), 10)
		name := filepath.Join(dir, []string{"deploy", "config"}[i%2], fmt.Sprintf("m%d.yaml", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
		size += int64(len(text))
		files = append(files, name)
	}
	b.SetBytes(size)
	whole, read := time.Hour, time.Hour
	for b.Loop() {
		begin := time.Now()
		if _, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: rules.All(), Jobs: 1}); err != nil {
			b.Fatal(err)
		}
		whole = min(whole, time.Since(begin))
		b.StopTimer()
		begin = time.Now()
		for _, name := range files {
			if _, err := os.ReadFile(name); err != nil {
				b.Fatal(err)
			}
		}
		read = min(read, time.Since(begin))
		b.StartTimer()
	}
	b.ReportMetric(float64(whole)/float64(read), "x-reading")
}

// againstYAML measures both sides in turns, and takes the best of each: what else the machine does is no cost of theirs.
func againstYAML(b *testing.B, files []*source.File) (best time.Duration) {
	size := 0
	for _, f := range files {
		size += len(f.Bytes)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	whole, nodes := time.Hour, time.Hour
	for b.Loop() {
		begin := time.Now()
		decodeTemplates(b, files)
		whole = min(whole, time.Since(begin))
		b.StopTimer()
		begin = time.Now()
		for _, f := range files {
			yamlNodes(b, f)
		}
		nodes = min(nodes, time.Since(begin))
		b.StartTimer()
	}
	b.ReportMetric(float64(whole)/float64(nodes), "x-yaml")
	b.ReportMetric(float64(whole)/1e6, "best-ms")
	return whole
}

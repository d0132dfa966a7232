package lint_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// Where each kind of workload is placed is said in few words, whatever it is known by.
func TestInventoryPlaces(t *testing.T) {
	const header = `
variable "x" { type = bool }
variable "subnets" { type = list(string) }
resource "aws_vpc" "v" {}
resource "aws_subnet" "a" { vpc_id = aws_vpc.v.id }
data "aws_vpc" "d" { default = true }
data "aws_subnets" "d" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.d.id]
  }
}
`
	model := func(subnets string) string {
		return `
resource "aws_sagemaker_model" "m" {
  name               = "m"
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  vpc_config {
    subnets            = ` + subnets + `
    security_group_ids = ["sg-0aa11bb22cc33dd44"]
  }
}
`
	}
	domain := func(access string) string {
		return `
resource "aws_sagemaker_domain" "d" {
  domain_name             = "d"
  auth_mode               = "IAM"
  app_network_access_type = ` + access + `
  vpc_id                  = aws_vpc.v.id
  subnet_ids              = [aws_subnet.a.id]
  default_user_settings { execution_role = "arn:aws:iam::123456789012:role/sagemaker" }
}
`
	}
	config := func(serverless string) string {
		return `
resource "aws_sagemaker_endpoint_configuration" "c" {
  production_variants {
    model_name = aws_sagemaker_model.m.name
    ` + serverless + `
  }
}
`
	}
	const group = "sg-0aa11bb22cc33dd44 (id)"
	for name, row := range map[string]struct {
		config string
		want   []string
	}{
		"declared":            {model(`[aws_subnet.a.id]`), []string{"vpc: aws_vpc.v; aws_subnet.a (declared); " + group}},
		"found":               {model(`data.aws_subnets.d.ids`), []string{"unknown: data.aws_vpc.d; data.aws_subnets.d (found); " + group + ": data.aws_subnets.d.ids is known only after deployment"}},
		"an id":               {model(`["subnet-0aa11bb22cc33dd44"]`), []string{"vpc: ; subnet-0aa11bb22cc33dd44 (id); " + group}},
		"not known":           {model(`var.subnets`), []string{"unknown: ; (unknown); " + group + ": var.subnets has no default; pass --var-file, or scan the plan"}},
		"nowhere":             {model(`[]`), []string{"no vpc: ; ; " + group}},
		"somewhere, or not":   {model(`var.x ? [aws_subnet.a.id] : []`), []string{"vpc: aws_vpc.v; aws_subnet.a (declared) when var.x is true; " + group + ": in no VPC when var.x is false"}},
		"file systems only":   {domain(`"PublicInternetOnly"`), []string{"vpc: aws_vpc.v; aws_subnet.a (declared); : for file system traffic only"}},
		"all traffic":         {domain(`"VpcOnly"`), []string{"vpc: aws_vpc.v; aws_subnet.a (declared); "}},
		"perhaps all traffic": {domain(`var.x ? "VpcOnly" : "PublicInternetOnly"`), []string{"vpc: aws_vpc.v; aws_subnet.a (declared); : perhaps for file system traffic only"}},
		"serverless": {
			model(`[aws_subnet.a.id]`) + config("serverless_config {\n max_concurrency = 1\n memory_size_in_mb = 1024\n }"),
			[]string{"no vpc: ; aws_subnet.a (declared); " + group + ": serverless"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inv := inventory(t, map[string]string{"main.tf": header + row.config}, ".")
			var got []string
			for _, p := range inv.Workloads[0].Placements {
				got = append(got, said(p))
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func inventory(t *testing.T, files map[string]string, paths ...string) *lint.Inventory {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: paths, Rules: []*rules.Rule{rules.MissingVPCConfig}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Inventory()
}

// said puts a place in one line: "state: VPCs; subnets; groups: note".
func said(p lint.Placed) string {
	list := func(refs []lint.Reference) string {
		var out []string
		for _, r := range refs {
			text := strings.TrimSpace(r.Name + " (" + r.Known + ")")
			if r.When != "" {
				text += " when " + r.When
			}
			out = append(out, text)
		}
		return strings.Join(out, ", ")
	}
	text := p.State + ": " + strings.Join([]string{strings.Join(p.VPCs, ", "), list(p.Subnets), list(p.SecurityGroups)}, "; ")
	if p.Note != "" {
		text += ": " + p.Note
	}
	return text
}

// Each group of a cluster that has a place of its own is told; the same is told once.
func TestInventoryParts(t *testing.T) {
	inv := inventory(t, map[string]string{"cluster.json": `{
  "ClusterName": "hyperpod",
  "InstanceGroups": [
    {"InstanceGroupName": "a", "InstanceCount": 1, "InstanceType": "ml.g5.xlarge", "ExecutionRole": "r", "LifeCycleConfig": {"SourceS3Uri": "s3://b", "OnCreate": "c.sh"}},
    {"InstanceGroupName": "b", "InstanceCount": 1, "InstanceType": "ml.g5.xlarge", "ExecutionRole": "r", "LifeCycleConfig": {"SourceS3Uri": "s3://b", "OnCreate": "c.sh"},
     "OverrideVpcConfig": {"Subnets": ["subnet-0aa11bb22cc33dd45"], "SecurityGroupIds": ["sg-0aa11bb22cc33dd44"]}},
    {"InstanceGroupName": "c", "InstanceCount": 1, "InstanceType": "ml.g5.xlarge", "ExecutionRole": "r", "LifeCycleConfig": {"SourceS3Uri": "s3://b", "OnCreate": "c.sh"},
     "OverrideVpcConfig": {"Subnets": ["subnet-0aa11bb22cc33dd45"], "SecurityGroupIds": ["sg-0aa11bb22cc33dd44"]}}
  ],
  "VpcConfig": {"Subnets": ["subnet-0aa11bb22cc33dd44"], "SecurityGroupIds": ["sg-0aa11bb22cc33dd44"]}
}`}, ".")
	var got []string
	for _, p := range inv.Workloads[0].Placements {
		got = append(got, p.Part+"; "+p.Subnets[0].Name)
	}
	if diff := cmp.Diff([]string{"; subnet-0aa11bb22cc33dd44", "an instance group; subnet-0aa11bb22cc33dd45"}, got); diff != "" {
		t.Error(diff)
	}
}

// What an installed module makes stands where the user's own code calls it, and only what is to be judged is listed.
func TestInventoryScope(t *testing.T) {
	const module = "resource \"aws_sagemaker_notebook_instance\" \"n\" {\n  name = \"n\"\n}\n"
	inv := inventory(t, map[string]string{
		"live/main.tf": "module \"lab\" {\n  source  = \"org/lab/aws\"\n  version = \"1.0.0\"\n}\n",
		"live/.terraform/modules/modules.json": `{"Modules": [{"Key": "", "Source": "", "Dir": "."},
			{"Key": "lab", "Source": "registry.terraform.io/org/lab/aws", "Version": "1.0.0", "Dir": ".terraform/modules/lab"}]}`,
		"live/.terraform/modules/lab/main.tf": module,
		"other/main.tf":                       module,
	}, "live")
	if len(inv.Workloads) != 1 {
		t.Fatalf("%d workloads: %+v", len(inv.Workloads), inv.Workloads)
	}
	it := inv.Workloads[0]
	if it.Subject != "module.lab.aws_sagemaker_notebook_instance.n" || it.Path != "live/main.tf" || it.Line != 1 || it.Verdict != lint.VerdictFail {
		t.Errorf("%s at %s:%d: %s", it.Subject, it.Path, it.Line, it.Verdict)
	}
}

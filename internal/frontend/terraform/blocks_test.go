package terraform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/tri"
)

// What isn't a resource, a module or a value of one: blocks that speak to Terraform, and some that it doesn't have yet.
var otherBlocks = map[string]string{
	"terraform.tf": `
terraform {
  required_version = ">= 1.5"
  experiments      = [something]

  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 6.0"
      configuration_aliases = [aws.west]
    }
  }

  backend "s3" {
    bucket = "state"
  }

  cloud {
    workspaces {
      tags = ["ml"]
    }
  }

  provider_meta "aws" {
    module_name = "network"
  }
}

provider "aws" {
  region = var.region

  assume_role {
    role_arn = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/deploy"
  }

  default_tags {
    tags = { Team = "ml" }
  }
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

provider "awscc" {
  for_each = toset(["eu-west-1"])
  alias    = "each"
  region   = each.value
}
`,
	"refactored.tf": `
moved {
  from = aws_subnet.old
  to   = aws_subnet.jobs
}

moved {
  from = module.network.aws_vpc.this[0]
  to   = aws_vpc.main
}

removed {
  from = aws_sagemaker_notebook_instance.retired

  lifecycle {
    destroy = false
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo ${self.id}"
  }
}

import {
  to = aws_vpc.main
  id = "vpc-0aa11bb22cc33dd44"
}

import {
  for_each = { a = "subnet-0aa11bb22cc33dd44" }
  to       = aws_subnet.many[each.key]
  identity = {
    id = each.value
  }
  provider = aws.west
}
`,
	"checked.tf": `
check "reachable" {
  data "aws_subnet" "found" {
    id = aws_subnet.jobs.id
  }

  assert {
    condition     = data.aws_subnet.found.map_public_ip_on_launch == false
    error_message = "${data.aws_subnet.found.id} is public"
  }
}

ephemeral "aws_secretsmanager_secret_version" "token" {
  secret_id = "token"
}

variable "password" {
  type      = string
  ephemeral = true
  sensitive = true
  default   = null

  validation {
    condition     = length(var.password) > 8
    error_message = "too short"
  }
}

output "password" {
  value     = ephemeral.aws_secretsmanager_secret_version.token.secret_string
  ephemeral = true

  precondition {
    condition     = var.password != null
    error_message = "no password"
  }
}
`,
	"newer.tf": `
action "aws_lambda_invoke" "notify" {
  config {
    function_name = aws_sagemaker_notebook_instance.lab.name
  }
}

list "aws_instance" "all" {
  provider = aws
  limit    = 10
}

resource "aws_subnet" {
  cidr_block = "10.9.0.0/24"
}

resource "aws_subnet" "too" "many" {
  cidr_block = "10.9.0.0/24"
}

data {}

module {
  source = "./nowhere"
}

tomorrow {
  resource "aws_subnet" "nested" {
    vpc_id = each.value
  }
}

tomorrow "with" "three" "labels" {
  value = provider::aws::arn_parse("arn:aws:iam::123456789012:role/x")
}
`,
}

const ownBlocks = `
variable "region" {
  default = "eu-west-1"
}

data "aws_caller_identity" "me" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "jobs" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags]
    replace_triggered_by  = [aws_vpc.main.id]

    precondition {
      condition     = var.region != ""
      error_message = "no region"
    }

    action_trigger {
      events  = [after_create]
      actions = [action.aws_lambda_invoke.notify]
    }
  }

  provisioner "local-exec" {
    command = "echo ${self.id}"
  }

  connection {
    host = self.id
  }
}

resource "aws_sagemaker_notebook_instance" "lab" {
  name      = provider::aws::trim_iam_role_path("lab")
  subnet_id = aws_subnet.jobs.id
  role_arn  = "arn:aws:iam::123456789012:role/sagemaker"
  provider  = aws.west
}
`

func shownResources(out *frontend.Output) []string {
	var all []string
	for _, r := range out.Resources {
		all = append(all, r.Subject+" "+show(r.Props))
	}
	return all
}

// Blocks that declare nothing for us neither add resources nor take any, nor change what those that there are say.
func TestOtherBlocks(t *testing.T) {
	alone := loadFiles(t, map[string]string{"main.tf": ownBlocks})
	files := map[string]string{"main.tf": ownBlocks}
	for name, text := range otherBlocks {
		files[name] = text
	}
	beside := loadFiles(t, files)
	if diff := cmp.Diff(shownResources(alone), shownResources(beside)); diff != "" {
		t.Errorf("other blocks change what there is (-without +with):\n%s", diff)
	}
	if len(beside.Findings) > 0 {
		t.Errorf("it is readable, but: %v", beside.Findings[0].Message)
	}
	// Each in a file that is broken further up: what follows is found again.
	for name, text := range otherBlocks {
		broken := loadFiles(t, map[string]string{"main.tf": "resource \"aws_eip\" \"open\" {\n  tags = {\n" + text + ownBlocks})
		if len(broken.Findings) != 1 {
			t.Errorf("%s: %d findings on a file that can't be parsed", name, len(broken.Findings))
		}
		find(t, broken, "aws_sagemaker_notebook_instance.lab")
		find(t, broken, "aws_subnet.jobs")
	}
}

// The same in JSON syntax.
func TestOtherBlocksJSON(t *testing.T) {
	const own = `"resource": {"aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}}}`
	const other = `
  "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}, "backend": {"s3": {"bucket": "state"}}},
  "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "west", "region": "us-west-2"}]},
  "moved": [{"from": "aws_vpc.old", "to": "aws_vpc.main"}],
  "removed": {"from": "aws_subnet.gone", "lifecycle": {"destroy": false}},
  "import": [{"to": "aws_vpc.main", "id": "vpc-0aa11bb22cc33dd44"}],
  "check": {"up": {"data": {"aws_subnet": {"found": {"id": "subnet-0aa11bb22cc33dd44"}}}, "assert": {"condition": "${true}", "error_message": "down"}}},
  "ephemeral": {"aws_secretsmanager_secret_version": {"token": {"secret_id": "token"}}},
  "action": {"aws_lambda_invoke": {"notify": {"config": {"function_name": "f"}}}},
  "tomorrow": [[{"x": 1}], null, "text"],
  "//": "a comment",
`
	alone := loadFiles(t, map[string]string{"main.tf.json": "{" + own + "}"})
	beside := loadFiles(t, map[string]string{"main.tf.json": "{" + other + own + "}"})
	if diff := cmp.Diff(shownResources(alone), shownResources(beside)); diff != "" {
		t.Errorf("other blocks change what there is (-without +with):\n%s", diff)
	}
	if len(beside.Findings) > 0 {
		t.Errorf("it is readable, but: %v", beside.Findings[0].Message)
	}
}

// Data sources say what they are asked for only after deployment: their ids are set, each equal to itself only, and
// everything else is unknown. The reason names them.
func TestLookups(t *testing.T) {
	const declared = `
data "aws_subnet" "s" {}
data "aws_subnets" "s" {}
data "aws_vpc" "v" {}
data "aws_region" "r" {}
data "aws_partition" "p" {}
data "aws_security_group" "g" {}
data "aws_route_table" "t" {}
data "aws_caller_identity" "c" {}
data "aws_availability_zones" "z" {}

ephemeral "aws_secretsmanager_secret_version" "e" {
  secret_id = "token"
}
`
	for _, row := range []struct{ expr, want, reason string }{
		{"data.aws_subnet.s.id", "<data.aws_subnet.s.id>", "data.aws_subnet.s.id is known only after deployment"},
		{"data.aws_subnet.s.vpc_id", "<data.aws_subnet.s.vpc_id>", "data.aws_subnet.s.vpc_id is known only after deployment"},
		{"data.aws_subnet.s.cidr_block", "?(data.aws_subnet.s.cidr_block)", "data.aws_subnet.s.cidr_block is known only after deployment"},
		{"data.aws_subnets.s.ids", "?(data.aws_subnets.s.ids)", "data.aws_subnets.s.ids is known only after deployment"},
		{"tolist(data.aws_subnets.s.ids)[0]", "?(data.aws_subnets.s.ids)", "data.aws_subnets.s.ids is known only after deployment"},
		{"data.aws_vpc.v.id", "<data.aws_vpc.v.id>", "data.aws_vpc.v.id is known only after deployment"},
		{"data.aws_vpc.v.main_route_table_id", "<data.aws_vpc.v.main_route_table_id>", "data.aws_vpc.v.main_route_table_id is known only after deployment"},
		{"data.aws_vpc.v.cidr_block", "?(data.aws_vpc.v.cidr_block)", "data.aws_vpc.v.cidr_block is known only after deployment"},
		{"data.aws_security_group.g.id", "<data.aws_security_group.g.id>", "data.aws_security_group.g.id is known only after deployment"},
		{"data.aws_route_table.t.id", "<data.aws_route_table.t.id>", "data.aws_route_table.t.id is known only after deployment"},
		{"data.aws_route_table.t.routes", "?(data.aws_route_table.t.routes)", "data.aws_route_table.t.routes is known only after deployment"},
		{"\"com.amazonaws.${data.aws_region.r.name}.s3\"", "\"com.amazonaws.${<data.aws_region.r.name>}.s3\"", "data.aws_region.r.name is known only after deployment"},
		{"\"com.amazonaws.${data.aws_region.r.region}.s3\"", "\"com.amazonaws.${<data.aws_region.r.region>}.s3\"", "data.aws_region.r.region is known only after deployment"},
		{"\"${data.aws_partition.p.reverse_dns_prefix}.${data.aws_region.r.id}.s3\"", "\"${<data.aws_partition.p.reverse_dns_prefix>}.${<data.aws_region.r.id>}.s3\"", "data.aws_partition.p.reverse_dns_prefix is known only after deployment"},
		{"data.aws_partition.p.dns_suffix", "<data.aws_partition.p.dns_suffix>", "data.aws_partition.p.dns_suffix is known only after deployment"},
		{"\"arn:${data.aws_partition.p.partition}:iam::${data.aws_caller_identity.c.account_id}:root\"", "\"arn:${<data.aws_partition.p.partition>}:iam::${<data.aws_caller_identity.c.account_id>}:root\"", "data.aws_partition.p.partition is known only after deployment"},
		{"data.aws_availability_zones.z.names[0]", "?(data.aws_availability_zones.z.names)", "data.aws_availability_zones.z.names is known only after deployment"},
		{"ephemeral.aws_secretsmanager_secret_version.e.secret_string", "?", "ephemeral.aws_secretsmanager_secret_version.e is known only during deployment"},
		{"data.aws_subnet.missing.id", "?", "data.aws_subnet.missing is not declared"},
	} {
		out := loadFiles(t, map[string]string{"main.tf": declared + "resource \"aws_thing\" \"x\" {\n  a = " + row.expr + "\n}\n"})
		v := find(t, out, "aws_thing.x").Props.Attr("a")
		if got := show(v); got != row.want || v.Reason() != row.reason {
			t.Errorf("%s: got %s (%s), want %s (%s)", row.expr, got, v.Reason(), row.want, row.reason)
		}
	}
	out := loadFiles(t, map[string]string{"main.tf": declared})
	for _, r := range out.Resources {
		if !r.Data || !strings.HasPrefix(r.Addr.Name, "data.") {
			t.Errorf("%s is a data source", r.Subject)
		}
	}
}

// Of the ids that a data source finds each is there, if nobody knows how many they are.
func TestFoundIDsAreThere(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": "data \"aws_subnets\" \"s\" {}\nresource \"aws_x\" \"x\" {\n" +
		"  one = data.aws_subnets.s.ids[0]\n  all = data.aws_subnets.s.ids\n  name = data.aws_vpc.v.tags[\"Name\"]\n}\ndata \"aws_vpc\" \"v\" {}\n"})
	for name, want := range map[string]tri.Bool{"one": tri.True, "all": tri.Unknown, "name": tri.Unknown} {
		if got := prop(t, out, "aws_x.x", name).NonEmpty().Known(); got != want {
			t.Errorf("that %s is there is %v, want %v", name, got, want)
		}
	}
}

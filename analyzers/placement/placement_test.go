package placement_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

const (
	fail, pass, undecided = "fail", "pass", "undecided"
	// tree is two VPCs, each with a subnet and a group, and the default one.
	tree = `
variable "x" { type = bool }
variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "b" { cidr_block = "10.1.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.a.id
  cidr_block        = "10.0.0.0/28"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "a2" {
  vpc_id            = aws_vpc.a.id
  cidr_block        = var.x ? "10.0.16.0/20" : "10.0.16.0/28"
  availability_zone = "eu-west-1b"
}
resource "aws_subnet" "b" { vpc_id = aws_vpc.b.id }
resource "aws_security_group" "a" { vpc_id = aws_vpc.a.id }
resource "aws_security_group" "b" { vpc_id = aws_vpc.b.id }
data "aws_vpc" "default" { default = true }
data "aws_vpc" "shared" { id = var.vpc_id }
data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}
data "aws_subnets" "shared" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.shared.id]
  }
}
data "aws_subnet" "one" { id = var.subnets[0] }
resource "aws_security_group" "default" { vpc_id = data.aws_vpc.default.id }
resource "aws_security_group" "shared" { vpc_id = data.aws_vpc.shared.id }
resource "aws_security_group" "one" { vpc_id = data.aws_subnet.one.vpc_id }
resource "aws_default_subnet" "d" { availability_zone = "eu-west-1a" }
resource "aws_default_subnet" "e" { availability_zone = "eu-west-1b" }
`
)

// many is subnets of which nobody knows how many there are.
const many = `
resource "aws_subnet" "m" {
  count      = length(var.subnets)
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.0.0.0/28"
}
`

// zones is two subnets with some zone each.
func zones(zone string) string {
	return `
data "aws_availability_zones" "z" {}
resource "aws_subnet" "z" {
  count             = 2
  vpc_id            = aws_vpc.a.id
  cidr_block        = cidrsubnet(aws_vpc.a.cidr_block, 8, count.index)
  availability_zone = ` + zone + `
}
`
}

// verdict returns what a rule says of the workloads of a configuration, and its message or reason.
func verdict(t *testing.T, rule *rules.Rule, config string) (got, text string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{rule}})
	switch {
	case err != nil:
		t.Fatal(err)
	case len(r.Findings) > 0:
		return fail, r.Findings[0].Message
	case len(r.Undecided) > 0:
		return undecided, r.Undecided[0].Reason
	case len(r.Verdicts) == 0:
		return "not applicable", ""
	}
	return pass, ""
}

// job is a training job with some subnets and groups.
func job(subnets, groups string) string { return jobs(subnets, groups, "1") }

func jobs(subnets, groups, count string) string {
	return tree + `
resource "aws_sagemaker_training_job" "j" {
  role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  resource_config { instance_count = ` + count + ` }
  vpc_config {
    subnets            = ` + subnets + `
    security_group_ids = ` + groups + `
  }
}
`
}

func domain(access, vpc, subnets, groups string) string {
	return tree + `
resource "aws_sagemaker_domain" "d" {
  domain_name             = "d"
  auth_mode               = "IAM"
  app_network_access_type = "` + access + `"
  vpc_id                  = ` + vpc + `
  subnet_ids              = ` + subnets + `
  default_user_settings {
    execution_role  = "arn:aws:iam::123456789012:role/sagemaker"
    security_groups = ` + groups + `
  }
}
`
}

// Who is in which VPC, in which zone and with how many others, a case each, through the whole pipeline.
func TestPlacement(t *testing.T) {
	const (
		none   = "not applicable"
		a, sgA = `[aws_subnet.a.id]`, `[aws_security_group.a.id]`
		sgB    = `[aws_security_group.b.id]`
	)
	for _, row := range []struct {
		rule               *rules.Rule
		name, config, want string
		says               string
	}{
		{rules.MixedVPCs, "one VPC", job(a, sgA), pass, ""},
		{rules.MixedVPCs, "another's group", job(a, sgB), fail, "the subnet aws_subnet.a, and the security group aws_security_group.b"},
		{rules.MixedVPCs, "another's group in one world", job(a, `var.x ? [aws_security_group.a.id] : [aws_security_group.b.id]`), fail, "when var.x is false"},
		{rules.MixedVPCs, "either VPC, together", job(`[var.x ? aws_subnet.a.id : aws_subnet.b.id]`, `[var.x ? aws_security_group.a.id : aws_security_group.b.id]`), pass, ""},
		{rules.MixedVPCs, "two subnets", job(`[aws_subnet.a.id, aws_subnet.b.id]`, `[]`), fail, "the subnet aws_subnet.b of another VPC"},
		{rules.MixedVPCs, "a subnet that isn't there", job(a, `["sg-0aa11bb22cc33dd44"]`), undecided, "sg-0aa11bb22cc33dd44 is not in the tree"},
		{rules.MixedVPCs, "subnets and groups of which one thing isn't known", job(`[var.net.a]`, `[var.net.b]`) + `
variable "net" { type = map(string) }`, undecided, "var.net has no default"},
		{rules.MixedVPCs, "several ids", job(`["subnet-0aa11bb22cc33dd44", "subnet-0aa11bb22cc33dd45"]`, `[]`), undecided, "is not in the tree"},
		{rules.MixedVPCs, "twice the same id", job(`["subnet-0aa11bb22cc33dd44", "subnet-0aa11bb22cc33dd44"]`, `[]`), pass, ""},
		{rules.MixedVPCs, "all looked up in one VPC", job(`data.aws_subnets.shared.ids`, `[aws_security_group.shared.id]`), pass, ""},
		{rules.MixedVPCs, "the VPC of a subnet that is looked up", job(`[data.aws_subnet.one.id]`, `[aws_security_group.one.id]`), pass, ""},
		{rules.MixedVPCs, "the default VPC, by two ways", job(`[aws_default_subnet.d.id]`, `[aws_security_group.default.id]`), pass, ""},
		{rules.MixedVPCs, "the default VPC and another", job(`data.aws_subnets.default.ids`, sgA), fail, "aws_security_group.a of another VPC"},
		{rules.MixedVPCs, "what may be that VPC", job(a, `[aws_security_group.shared.id]`), undecided, "var.vpc_id"},
		{rules.MixedVPCs, "a subnet in either VPC", job(`[aws_subnet.c.id]`, sgB) + `
resource "aws_subnet" "c" { vpc_id = var.x ? aws_vpc.a.id : aws_vpc.b.id }`, fail, "when var.x is true"},
		{rules.MixedVPCs, "an associated group", job(a, sgB) + `
resource "aws_vpc_security_group_vpc_association" "b" {
  security_group_id = aws_security_group.b.id
  vpc_id            = aws_vpc.a.id
}`, pass, ""},
		{rules.MixedVPCs, "a domain of another VPC", domain("VpcOnly", "aws_vpc.b.id", a, sgA), fail, "the VPC aws_vpc.b, and the subnet aws_subnet.a"},
		{rules.MixedVPCs, "a domain in either VPC, together", domain("VpcOnly", "var.x ? aws_vpc.a.id : aws_vpc.b.id", `[var.x ? aws_subnet.a.id : aws_subnet.b.id]`, `[var.x ? aws_security_group.a.id : aws_security_group.b.id]`), pass, ""},
		{rules.MixedVPCs, "a domain in either VPC, its subnet in one", domain("VpcOnly", "var.x ? aws_vpc.a.id : aws_vpc.b.id", a, sgA), fail, "when var.x is false"},
		{rules.MixedVPCs, "a domain in a VPC that comes from either place", domain("VpcOnly", "var.x ? var.vpc_id : var.subnets[0]", `var.subnets`, `var.subnets`), undecided, "has no default"},
		{rules.MixedVPCs, "a domain whose traffic goes past it", domain("PublicInternetOnly", "aws_vpc.b.id", a, sgA), none, ""},
		{rules.MixedVPCs, "no subnets", job(`[]`, sgA), none, ""},

		{rules.DefaultVPC, "another", job(a, sgA), pass, ""},
		{rules.DefaultVPC, "a default subnet", job(`[aws_default_subnet.d.id]`, sgA), fail, "aws_default_subnet.d"},
		{rules.DefaultVPC, "looked up", job(`data.aws_subnets.default.ids`, `[]`), fail, "a subnet that data.aws_subnets.default finds"},
		{rules.DefaultVPC, "an element of what is looked up", job(`[data.aws_subnets.default.ids[0]]`, `[]`), fail, "data.aws_subnets.default"},
		{rules.DefaultVPC, "known by its group", job(`var.subnets`, `[aws_security_group.default.id]`), fail, "aws_security_group.default of the default VPC"},
		{rules.DefaultVPC, "in one world", job(`var.x ? [aws_default_subnet.d.id] : [aws_subnet.a.id]`, `[]`), fail, "when var.x is true"},
		{rules.DefaultVPC, "some that are looked up", job(`data.aws_subnets.shared.ids`, `[]`), undecided, "var.vpc_id has no default"},
		{rules.DefaultVPC, "any", job(`var.subnets`, `[]`), undecided, "var.subnets has no default"},
		{rules.DefaultVPC, "no subnet in one world", job(`var.x ? [] : [aws_subnet.a.id]`, sgA), pass, ""},
		{rules.MixedVPCs, "no subnet in one world", job(`var.x ? [] : [aws_subnet.a.id]`, sgA), pass, ""},
		{rules.SingleSubnet, "no subnet in one world", job(`var.x ? [] : [aws_subnet.a.id, aws_subnet.a2.id]`, sgA), pass, ""},
		{rules.DefaultVPC, "a domain", domain("VpcOnly", "data.aws_vpc.default.id", `var.subnets`, `[]`), fail, "is placed in the default VPC"},

		{rules.SubnetTooSmall, "enough", jobs(a, sgA, "5"), pass, ""},
		{rules.SubnetTooSmall, "too many", jobs(a, sgA, "6"), fail, "needs 12 addresses for 6 instances, and its subnets have 11"},
		{rules.SubnetTooSmall, "two together", jobs(`[aws_subnet.a.id, aws_subnet.a2.id]`, sgA, "12"), fail, "when var.x is false"},
		{rules.SubnetTooSmall, "twice the same", jobs(`[aws_subnet.a.id, aws_subnet.a.id]`, sgA, "6"), fail, "have 11"},
		{rules.SubnetTooSmall, "no subnet in one world", jobs(`var.x ? [] : ["subnet-0aa11bb22cc33dd44"]`, sgA, "5"), pass, ""},
		{rules.SubnetTooSmall, "an unknown number", jobs(a, sgA, "length(var.subnets)"), undecided, "number of instances"},
		{rules.SubnetTooSmall, "an unknown subnet", jobs(`["subnet-0aa11bb22cc33dd44"]`, sgA, "5"), pass, ""},
		{rules.SubnetTooSmall, "more than the smallest takes", jobs(`["subnet-0aa11bb22cc33dd44"]`, sgA, "6"), undecided, "subnet-0aa11bb22cc33dd44"},
		{rules.SubnetTooSmall, "more than the largest takes", jobs(`["subnet-0aa11bb22cc33dd44"]`, sgA, "40000"), fail, "needs 80000"},
		{rules.SubnetTooSmall, "a default subnet", jobs(`[aws_default_subnet.d.id]`, sgA, "2045"), pass, ""},
		{rules.SubnetTooSmall, "an absurd number", jobs(a, sgA, "9223372036854775807"), undecided, "number of instances"},

		{rules.SingleSubnet, "one", job(a, sgA), fail, "names one subnet only"},
		{rules.SingleSubnet, "two zones", job(`[aws_subnet.a.id, aws_subnet.a2.id]`, sgA), pass, ""},
		{rules.SingleSubnet, "one in one world", job(`var.x ? [aws_subnet.a.id, aws_subnet.a2.id] : [aws_subnet.a.id]`, sgA), fail, "when var.x is false"},
		{rules.SingleSubnet, "a zone that AWS chooses", job(`[aws_subnet.a.id, aws_subnet.b.id]`, sgA), undecided, "AWS chooses the availability zone of aws_subnet.b"},
		{rules.SingleSubnet, "default subnets", job(`[aws_default_subnet.d.id, aws_default_subnet.e.id]`, sgA), pass, ""},
		{rules.SingleSubnet, "any", job(`var.subnets`, sgA), undecided, "var.subnets has no default"},
		{rules.SingleSubnet, "as many as there are", job(`aws_subnet.m[*].id`, sgA) + many, undecided, "it is not known how many aws_subnet.m[*] there are"},
		{rules.SubnetTooSmall, "as many as there are", jobs(`aws_subnet.m[*].id`, sgA, "6") + many, undecided, "it is not known how many aws_subnet.m[*] there are"},
		{rules.SubnetTooSmall, "enough, however many there are", jobs(`aws_subnet.m[*].id`, sgA, "5") + many, pass, ""},
		{rules.SingleSubnet, "elements of all zones", job(`aws_subnet.z[*].id`, sgA) + zones("data.aws_availability_zones.z.names[count.index]"), pass, ""},
		{rules.SingleSubnet, "elements that may be the same", job(`aws_subnet.z[*].id`, sgA) + zones("element(data.aws_availability_zones.z.names, count.index)"), undecided, "aws_subnet.z[0] and aws_subnet.z[1]"},
		{rules.SingleSubnet, "the same element", job(`aws_subnet.z[*].id`, sgA) + zones("data.aws_availability_zones.z.names[0]"), fail, "one availability zone only"},
		{rules.SingleSubnet, "letters", job(`aws_subnet.z[*].id`, sgA) + zones(`"${data.aws_region.r.name}${["a", "b"][count.index]}"`) + `
data "aws_region" "r" {}`, pass, ""},
		{rules.SingleSubnet, "ids", job(`["subnet-0aa11bb22cc33dd44", "subnet-0aa11bb22cc33dd45"]`, sgA), undecided, "is not in the tree"},
	} {
		t.Run(row.rule.ID+", "+row.name, func(t *testing.T) {
			got, text := verdict(t, row.rule, row.config)
			if got != row.want || !strings.Contains(text, row.says) {
				t.Errorf("%s, want %s: %q", got, row.want, text)
			}
		})
	}
}

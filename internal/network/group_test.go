package network_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
	"github.com/vpclint/vpclint/rules"
)

// link links what is written in files, each given by a name and its content.
func link(t *testing.T, files map[string]string) *network.Graph {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var g *network.Graph
	look := &rules.Rule{ID: "look", Run: func(p *rules.Pass) { g = p.Net }}
	c := lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{look}}
	if files["facts.json"] != "" {
		c.Configured.Network = []lint.Pattern{{Glob: "facts.json", Dir: dir}}
	}
	if _, err := lint.Run(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	return g
}

// said says in which worlds t holds.
func said(t value.Truth) string {
	if k := t.Known(); k != tri.Unknown {
		return k.String()
	}
	var out []string
	for _, c := range t.Cases() {
		one := c.Holds.String()
		if c.Reason != "" {
			one += " (" + c.Reason + ")"
		}
		if len(c.When) > 0 {
			one += " when " + c.When.String()
		}
		out = append(out, one)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// rulesOf lists what a group lets in and out.
func rulesOf(g *network.SecurityGroup) []string {
	var out []string
	list := func(way string, all []network.Permission, complete value.Truth) {
		for _, p := range all {
			peer := p.Peer.Value.Literal()
			for _, e := range p.Groups {
				if peer = e.Name; e.To != nil {
					peer = e.To.Head().Subject()
				}
			}
			if peer == "" {
				peer = p.Peer.Value.Reason()
			}
			ports := p.Traffic.FromPort.Literal() + "-" + p.Traffic.ToPort.Literal()
			line := fmt.Sprintf("%s %s %s %s", way, p.Traffic.IPProtocol.Literal(), ports, peer)
			if p.Apart {
				line += " by " + p.Resource.Head().Subject()
			}
			if holds := said(p.Holds); holds != "true" {
				line += ": " + holds
			}
			out = append(out, line)
		}
		if c := said(complete); c != "true" {
			out = append(out, way+" all: "+c)
		}
	}
	list("in", g.Ingress, g.IngressComplete)
	list("out", g.Egress, g.EgressComplete)
	return out
}

func groupOf(t *testing.T, g *network.Graph, subject string) *network.SecurityGroup {
	t.Helper()
	i := slices.IndexFunc(g.SecurityGroups, func(s *network.SecurityGroup) bool { return s.Head().Subject() == subject })
	if i < 0 {
		t.Fatalf("no group %s", subject)
	}
	return g.SecurityGroups[i]
}

// The rules of a group, in every style, with what isn't known of them.
func TestGroupRules(t *testing.T) {
	const vpc = "resource \"aws_vpc\" \"v\" {}\n"
	const group = vpc + "resource \"aws_security_group\" \"g\" {\n  vpc_id = aws_vpc.v.id\n}\n"
	for _, c := range []struct {
		name, file, text, group string
		want                    []string
	}{
		{"nothing written, in Terraform", "main.tf", group, "aws_security_group.g", nil},
		{"nothing written, in CloudFormation", "t.yaml", "Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: g\n", "G",
			[]string{"out -1 - 0.0.0.0/0", "out -1 - ::/0"}},
		{"nothing written, in awscc", "main.tf", "resource \"awscc_ec2_security_group\" \"g\" {\n  group_description = \"g\"\n}\n", "awscc_ec2_security_group.g",
			[]string{"out -1 - 0.0.0.0/0", "out -1 - ::/0"}},
		{"blocks", "main.tf", vpc + `
			resource "aws_security_group" "g" {
			  ingress {
			    from_port = 443
			    to_port = 443
			    protocol = "tcp"
			    cidr_blocks = ["10.0.0.0/16", "10.1.0.0/16"]
			    security_groups = [aws_security_group.h.id]
			    self = true
			  }
			}
			resource "aws_security_group" "h" {}`, "aws_security_group.g",
			[]string{"in tcp 443-443 10.0.0.0/16", "in tcp 443-443 10.1.0.0/16", "in tcp 443-443 aws_security_group.h", "in tcp 443-443 aws_security_group.g"}},
		{"rules apart", "main.tf", group + `
			resource "aws_security_group_rule" "a" {
			  type = "ingress"
			  security_group_id = aws_security_group.g.id
			  protocol = -1
			  from_port = 0
			  to_port = 0
			  self = true
			}
			resource "aws_vpc_security_group_egress_rule" "b" {
			  security_group_id = aws_security_group.g.id
			  ip_protocol = "tcp"
			  from_port = 443
			  to_port = 443
			  prefix_list_id = "pl-63a5400a"
			}
			resource "aws_vpc_security_group_ingress_rule" "c" {
			  security_group_id = aws_security_group.g.id
			  ip_protocol = "-1"
			  referenced_security_group_id = aws_security_group.g.id
			}`, "aws_security_group.g",
			[]string{"in -1 0-0 aws_security_group.g by aws_security_group_rule.a", "in -1 - aws_security_group.g by aws_vpc_security_group_ingress_rule.c",
				"out tcp 443-443 pl-63a5400a by aws_vpc_security_group_egress_rule.b"}},
		{"rules apart of a group that writes others itself", "main.tf", vpc + `
			resource "aws_security_group" "g" {
			  egress {
			    from_port = 0
			    to_port = 0
			    protocol = "-1"
			    cidr_blocks = ["10.0.0.0/8"]
			  }
			}
			resource "aws_security_group_rule" "in" {
			  type = "ingress"
			  security_group_id = aws_security_group.g.id
			  protocol = "tcp"
			  from_port = 22
			  to_port = 22
			  cidr_blocks = ["10.0.0.0/8"]
			}
			resource "aws_security_group_rule" "out" {
			  type = "egress"
			  security_group_id = aws_security_group.g.id
			  protocol = "tcp"
			  from_port = 22
			  to_port = 22
			  cidr_blocks = ["10.0.0.0/8"]
			}`, "aws_security_group.g",
			[]string{"in tcp 22-22 10.0.0.0/8 by aws_security_group_rule.in", "out -1 0-0 10.0.0.0/8",
				"out tcp 22-22 10.0.0.0/8 by aws_security_group_rule.out: unknown (aws_security_group.g writes egress rules itself, so that it and aws_security_group_rule.out undo each other)"}},
		{"a rule that may be there", "main.tf", "variable \"open\" { type = bool }\n" + group + `
			resource "aws_security_group_rule" "a" {
			  count = var.open ? 1 : 0
			  type = "egress"
			  security_group_id = aws_security_group.g.id
			  protocol = "all"
			  from_port = 0
			  to_port = 0
			  cidr_blocks = ["0.0.0.0/0"]
			}`, "aws_security_group.g",
			[]string{"out all 0-0 0.0.0.0/0 by aws_security_group_rule.a[0]: false when var.open is false, true when var.open is true"}},
		{"a rule of a group that isn't known", "main.tf", "variable \"which\" {}\n" + group + `
			resource "aws_vpc_security_group_ingress_rule" "a" {
			  security_group_id = var.which
			  ip_protocol = "-1"
			  cidr_ipv4 = "10.0.0.0/8"
			}`, "aws_security_group.g",
			[]string{"in all: unknown (it is not known to which security group aws_vpc_security_group_ingress_rule.a belongs)"}},
		{"a rule of another group", "main.tf", group + `
			data "aws_security_group" "other" { name = "other" }
			resource "aws_vpc_security_group_ingress_rule" "a" {
			  security_group_id = "sg-0aa11bb22cc33dd44"
			  ip_protocol = "-1"
			  cidr_ipv4 = "10.0.0.0/8"
			}
			resource "aws_vpc_security_group_ingress_rule" "b" {
			  security_group_id = data.aws_security_group.other.id
			  ip_protocol = "-1"
			  cidr_ipv4 = "10.0.0.0/8"
			}`, "aws_security_group.g", nil},
		{"the VPC's own", "main.tf", vpc + `
			resource "aws_vpc_security_group_ingress_rule" "a" {
			  security_group_id = aws_vpc.v.default_security_group_id
			  ip_protocol = "tcp"
			  from_port = 443
			  to_port = 443
			  cidr_ipv4 = "10.0.0.0/8"
			}`, "aws_vpc.v",
			[]string{"in -1 - aws_vpc.v", "in tcp 443-443 10.0.0.0/8 by aws_vpc_security_group_ingress_rule.a", "out -1 - 0.0.0.0/0", "out -1 - ::/0"}},
		{"the VPC's own, looked up", "main.tf", vpc + `
			data "aws_security_group" "default" {
			  vpc_id = aws_vpc.v.id
			  filter {
			    name   = "group-name"
			    values = ["default"]
			  }
			}
			resource "aws_vpc_security_group_ingress_rule" "a" {
			  security_group_id = data.aws_security_group.default.id
			  ip_protocol = "tcp"
			  from_port = 443
			  to_port = 443
			  cidr_ipv4 = "10.0.0.0/8"
			}`, "aws_vpc.v",
			[]string{"in -1 - aws_vpc.v", "in tcp 443-443 10.0.0.0/8 by aws_vpc_security_group_ingress_rule.a", "out -1 - 0.0.0.0/0", "out -1 - ::/0"}},
		{"the VPC's own, adopted", "main.tf", vpc + `
			resource "aws_default_security_group" "d" {
			  vpc_id = aws_vpc.v.id
			  ingress {
			    protocol = "-1"
			    from_port = 0
			    to_port = 0
			    self = true
			  }
			}`, "aws_default_security_group.d", []string{"in -1 0-0 aws_default_security_group.d"}},
		{"the VPC's own, perhaps adopted", "main.tf", "variable \"adopt\" { type = bool }\n" + vpc + `
			resource "aws_default_security_group" "d" {
			  count  = var.adopt ? 1 : 0
			  vpc_id = aws_vpc.v.id
			}`, "aws_default_security_group.d[0]",
			[]string{"in -1 - aws_default_security_group.d[0]: false when var.adopt is true, true when var.adopt is false",
				"out -1 - 0.0.0.0/0: false when var.adopt is true, true when var.adopt is false",
				"out -1 - ::/0: false when var.adopt is true, true when var.adopt is false"}},
		{"the VPC's own in a template", "t.yaml", `
Resources:
  V:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  In:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !GetAtt V.DefaultSecurityGroup
      IpProtocol: tcp
      FromPort: 443
      ToPort: 443
      SourceSecurityGroupId: !GetAtt V.DefaultSecurityGroup
`, "V", []string{"in -1 - V", "in tcp 443-443 V by In", "out -1 - 0.0.0.0/0", "out -1 - ::/0"}},
		{"exclusive rules", "main.tf", group + `
			resource "aws_vpc_security_group_ingress_rule" "kept" {
			  security_group_id = aws_security_group.g.id
			  ip_protocol = "-1"
			  cidr_ipv4 = "10.0.0.0/8"
			}
			resource "aws_vpc_security_group_ingress_rule" "removed" {
			  security_group_id = aws_security_group.g.id
			  ip_protocol = "-1"
			  cidr_ipv4 = "0.0.0.0/0"
			}
			resource "aws_vpc_security_group_rules_exclusive" "x" {
			  security_group_id = aws_security_group.g.id
			  ingress_rule_ids  = [aws_vpc_security_group_ingress_rule.kept.id]
			  egress_rule_ids   = []
			}`, "aws_security_group.g",
			[]string{"in -1 - 10.0.0.0/8 by aws_vpc_security_group_ingress_rule.kept",
				"in -1 - 0.0.0.0/0 by aws_vpc_security_group_ingress_rule.removed: unknown (aws_vpc_security_group_rules_exclusive.x doesn't name it among the rules of its group, so that they undo each other)"}},
		{"rules that a variable tells", "main.tf", "variable \"rules\" {}\n" + vpc + `
			resource "aws_security_group" "g" {
			  dynamic "ingress" {
			    for_each = var.rules
			    content {
			      from_port = ingress.value
			      to_port = ingress.value
			      protocol = "tcp"
			      cidr_blocks = ["10.0.0.0/8"]
			    }
			  }
			}`, "aws_security_group.g",
			[]string{"in tcp - 10.0.0.0/8"}},
		{"peers of which not all are known", "main.tf", "variable \"more\" {\n  type = list(string)\n}\n" + vpc + `
			resource "aws_security_group" "g" {
			  ingress {
			    from_port = 443
			    to_port = 443
			    protocol = "tcp"
			    cidr_blocks = concat(["10.0.0.0/8"], var.more)
			  }
			}`, "aws_security_group.g",
			[]string{"in tcp 443-443 10.0.0.0/8", "in tcp 443-443 var.more has no default; pass --var-file, or scan the plan"}},
		{"a peer of the default VPC by its name", "t.yaml", `
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: g
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupName: jobs}
      SecurityGroupEgress:
        - {IpProtocol: "-1", CidrIp: 127.0.0.1/32}
  Jobs:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: jobs
      GroupDescription: jobs
`, "G", []string{"in tcp 443-443 Jobs", "out -1 - 127.0.0.1/32"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := groupOf(t, link(t, map[string]string{c.file: c.text}), c.group)
			if diff := cmp.Diff(c.want, rulesOf(g)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A domain's users have its groups and their own, shared spaces and RStudio others.
func TestAttachments(t *testing.T) {
	g := link(t, map[string]string{"main.tf": `
		resource "aws_security_group" "d" {}
		resource "aws_security_group" "u" {}
		resource "aws_security_group" "s" {}
		resource "aws_security_group" "r" {}
		resource "aws_sagemaker_domain" "d" {
		  subnet_ids = ["subnet-0aa11bb22cc33dd44"]
		  app_network_access_type = "VpcOnly"
		  default_user_settings {
		    security_groups = [aws_security_group.d.id]
		  }
		  default_space_settings {
		    security_groups = [aws_security_group.s.id]
		  }
		  domain_settings {
		    security_group_ids = [aws_security_group.r.id]
		  }
		}
		resource "aws_sagemaker_user_profile" "with" {
		  domain_id = aws_sagemaker_domain.d.id
		  user_settings {
		    security_groups = [aws_security_group.u.id]
		  }
		}
		resource "aws_sagemaker_user_profile" "without" {
		  domain_id = aws_sagemaker_domain.d.id
		}
		resource "aws_sagemaker_domain" "e" {
		  subnet_ids = ["subnet-0aa11bb22cc33dd44"]
		  app_network_access_type = "VpcOnly"
		  default_user_settings {
		    security_groups = [aws_security_group.d.id]
		  }
		}
		resource "aws_sagemaker_user_profile" "every" {
		  domain_id = aws_sagemaker_domain.e.id
		  user_settings {
		    security_groups = [aws_security_group.u.id]
		  }
		}
		resource "aws_sagemaker_user_profile" "elsewhere" {
		  domain_id = "d-0aa11bb22cc3"
		  user_settings {
		    security_groups = [aws_security_group.u.id]
		  }
		}`})
	var got []string
	for _, w := range g.Workloads {
		for _, a := range w.Attachments {
			line := fmt.Sprint(a.Kind, " ", a.At.Property)
			for _, e := range a.SecurityGroups {
				line += " " + e.To.Head().Subject()
			}
			got = append(got, line+": "+said(a.Holds))
		}
	}
	want := []string{
		"0 default_user_settings.security_groups aws_security_group.d: true",
		"1 user_settings.security_groups aws_security_group.d aws_security_group.u: true",
		"2 default_space_settings.security_groups aws_security_group.s: true",
		"3 domain_settings.security_group_ids aws_security_group.r: true",
		"0 default_user_settings.security_groups aws_security_group.d: false", // every profile has groups of its own
		"1 user_settings.security_groups aws_security_group.d aws_security_group.u: true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What describe-security-groups tells of a group and what describe-security-group-rules tells are the same.
func TestGroupFacts(t *testing.T) {
	const group = `{"SecurityGroups": [{"GroupId": "sg-0aa11bb22cc33dd44", "GroupName": "jobs", "VpcId": "vpc-0aa11bb22cc33dd44",
		"IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-0aa11bb22cc33dd44"}]}],
		"IpPermissionsEgress": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}`
	const groupRules = `{"SecurityGroupRules": [
		{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-0aa11bb22cc33dd44", "IsEgress": false, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1,
			"ReferencedGroupInfo": {"GroupId": "sg-0aa11bb22cc33dd44"}},
		{"SecurityGroupRuleId": "sgr-2", "GroupId": "sg-0aa11bb22cc33dd44", "IsEgress": true, "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "0.0.0.0/0"}]}`
	for _, c := range []struct {
		name, facts string
		want        []string
	}{
		{"groups", group, []string{"in -1 - sg-0aa11bb22cc33dd44", "out tcp 443-443 0.0.0.0/0"}},
		{"rules", groupRules, []string{"in -1 -1--1 sg-0aa11bb22cc33dd44 by sgr-1", "out tcp 443-443 0.0.0.0/0 by sgr-2"}},
		{"a page of rules", strings.TrimSuffix(groupRules, "}") + `, "NextToken": "more"}`, []string{
			"in -1 -1--1 sg-0aa11bb22cc33dd44 by sgr-1",
			"in all: unknown (IpPermissions of sg-0aa11bb22cc33dd44 is not told under network: in the configuration)",
			"out tcp 443-443 0.0.0.0/0 by sgr-2",
			"out all: unknown (IpPermissionsEgress of sg-0aa11bb22cc33dd44 is not told under network: in the configuration)",
		}},
	} {
		g := link(t, map[string]string{"facts.json": c.facts, "main.tf": `
			resource "aws_sagemaker_notebook_instance" "n" {
			  subnet_id       = "subnet-0aa11bb22cc33dd44"
			  security_groups = ["sg-0aa11bb22cc33dd44"]
			}`})
		to := g.Workloads[0].Attachments[0].SecurityGroups[0].To
		if to == nil || to.Declared() {
			t.Fatalf("%s: the group isn't told", c.name)
		}
		if diff := cmp.Diff(c.want, rulesOf(to)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Two groups of the tree are two, and so are two that are described. What is described, or looked up, may be one of the tree's.
func TestSameGroup(t *testing.T) {
	g := link(t, map[string]string{
		"main.tf": `
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_security_group" "jobs" { vpc_id = aws_vpc.a.id }
resource "aws_security_group" "other" { vpc_id = aws_vpc.a.id }
variable "vpc" {}
data "aws_security_group" "default" {
  name   = "default"
  vpc_id = var.vpc
}
`,
		"facts.json": `{"SecurityGroups": [
  {"GroupId": "sg-0aa11bb22cc33dd41", "GroupName": "x", "VpcId": "vpc-0aa11bb22cc33dd44", "IpPermissions": [], "IpPermissionsEgress": []},
  {"GroupId": "sg-0aa11bb22cc33dd42", "GroupName": "y", "VpcId": "vpc-0aa11bb22cc33dd44", "IpPermissions": [], "IpPermissionsEgress": []}
]}`,
	})
	for _, row := range []struct {
		a, b string
		want tri.Bool
	}{
		{"aws_security_group.jobs", "aws_security_group.jobs", tri.True},
		{"aws_security_group.jobs", "aws_security_group.other", tri.False},
		{"sg-0aa11bb22cc33dd41", "sg-0aa11bb22cc33dd42", tri.False},
		{"aws_security_group.jobs", "sg-0aa11bb22cc33dd41", tri.Unknown},
		{"aws_security_group.jobs", "data.aws_security_group.default", tri.False},
		{"aws_vpc.a", "data.aws_security_group.default", tri.Unknown},
		{"sg-0aa11bb22cc33dd41", "data.aws_security_group.default", tri.Unknown},
	} {
		edge := func(subject string) network.Edge[network.SecurityGroup] {
			return network.Edge[network.SecurityGroup]{To: groupOf(t, g, subject), Holds: value.Yes()}
		}
		for _, got := range []tri.Bool{network.SameGroup(edge(row.a), edge(row.b)).Known(), network.SameGroup(edge(row.b), edge(row.a)).Known()} {
			if got != row.want {
				t.Errorf("%s is %s: %s, want %s", row.a, row.b, got, row.want)
			}
		}
	}
}

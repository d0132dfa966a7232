package firewall_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
	"github.com/vpclint/vpclint/rules"
)

// link links what is written in a file.
func link(t *testing.T, name, content string) *network.Graph {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	var g *network.Graph
	look := &rules.Rule{ID: "look", Run: func(p *rules.Pass) { g = p.Net }}
	if _, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{look}}); err != nil {
		t.Fatal(err)
	}
	return g
}

// said says in which worlds t holds.
func said(t value.Truth) string {
	if k := t.Everywhere(); k {
		c := t.Cases()[0]
		return strings.TrimSpace(c.Holds.String() + " " + c.Reason)
	}
	var out []string
	for _, c := range t.Cases() {
		out = append(out, strings.TrimSpace(c.Holds.String()+" "+c.Reason)+" when "+c.When.String())
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

const base = `
variable "open" { type = bool }
variable "cidr" {}
variable "sg" {}
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "u" { cidr_block = var.cidr }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.2.0/24"
}
resource "aws_subnet" "c" {
  vpc_id     = aws_vpc.u.id
  cidr_block = cidrsubnet(var.cidr, 8, 1)
}
variable "part" {}
resource "aws_subnet" "d" {
  vpc_id     = aws_vpc.v.id
  cidr_block = var.part
}
resource "aws_sagemaker_model" "from" {
  vpc_config {
    subnets            = SUBNETS
    security_group_ids = [aws_security_group.from.id]
  }
}
resource "aws_sagemaker_model" "to" {
  vpc_config {
    subnets            = [aws_subnet.a.id]
    security_group_ids = [aws_security_group.to.id]
  }
}
resource "aws_security_group" "from" { vpc_id = aws_vpc.v.id }
resource "aws_security_group" "to" {
  vpc_id = aws_vpc.v.id
  INGRESS
}
`

func rule(lines string) string { return "ingress {\n" + lines + "\n}\n" }

const tcp443 = "from_port = 443\nto_port = 443\nprotocol = \"tcp\"\n"

// What one group admits from another.
func TestAdmits(t *testing.T) {
	https := firewall.HTTPS
	for _, c := range []struct {
		name, subnets, ingress string
		t                      firewall.Traffic
		want                   string
	}{
		{"nothing", "", "", https, "false"},
		{"the group", "", rule(tcp443 + "security_groups = [aws_security_group.from.id]"), https, "true"},
		{"another group", "", rule(tcp443 + "security_groups = [aws_security_group.to.id]"), https, "false"},
		{"itself", "", rule(tcp443 + "self = true"), https, "false"},
		{"another port", "", rule("from_port = 22\nto_port = 22\nprotocol = \"tcp\"\nsecurity_groups = [aws_security_group.from.id]"), https, "false"},
		{"udp", "", rule("from_port = 443\nto_port = 443\nprotocol = \"udp\"\nsecurity_groups = [aws_security_group.from.id]"), https, "false"},
		{"by number", "", rule("from_port = 400\nto_port = 500\nprotocol = \"6\"\nsecurity_groups = [aws_security_group.from.id]"), https, "true"},
		{"everything", "", rule("from_port = 0\nto_port = 0\nprotocol = -1\nsecurity_groups = [aws_security_group.from.id]"), https, "true"},
		{"a range that covers", "", rule(tcp443 + `cidr_blocks = ["10.0.0.0/16"]`), https, "true"},
		{"a range beside", "", rule(tcp443 + `cidr_blocks = ["10.1.0.0/16"]`), https, "false"},
		{"a range of a part", "", rule(tcp443 + `cidr_blocks = ["10.0.1.0/25"]`), https, "false"},
		{"ranges that add up", "", rule(tcp443 + `cidr_blocks = ["10.0.1.0/25", "10.0.1.128/25"]`), https, "true"},
		{"the range of one subnet of two", "[aws_subnet.a.id, aws_subnet.b.id]", rule(tcp443 + `cidr_blocks = ["10.0.1.0/24"]`), https, "false"},
		{"the ranges of both", "[aws_subnet.a.id, aws_subnet.b.id]", rule(tcp443+`cidr_blocks = ["10.0.1.0/24"]`) + rule(tcp443+`cidr_blocks = ["10.0.2.0/24"]`), https, "true"},
		{"everyone", `["subnet-0aa11bb22cc33dd44"]`, rule(tcp443 + `cidr_blocks = ["0.0.0.0/0"]`), https, "true"},
		{"everyone in halves", `["subnet-0aa11bb22cc33dd44"]`, rule(tcp443 + `cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]`), https, "true"},
		{"a subnet that isn't known", `["subnet-0aa11bb22cc33dd44"]`, rule(tcp443 + `cidr_blocks = ["10.0.0.0/8"]`), https,
			"unknown subnet subnet-0aa11bb22cc33dd44 is not in the tree; a saved terraform state, or output of aws ec2 describe-* named under network: in .vpclint.yaml, would tell which it is"},
		{"another VPC's range, which isn't known", "", rule(tcp443 + `cidr_blocks = [var.cidr]`), https, "unknown var.cidr has no default; pass --var-file, or scan the plan"},
		{"the VPC's range", "", rule(tcp443 + `cidr_blocks = [aws_vpc.v.cidr_block]`), https, "true"},
		{"the VPC's range, whatever that is", "[aws_subnet.c.id]", rule(tcp443 + `cidr_blocks = [aws_vpc.u.cidr_block]`), https, "true"},
		{"the VPC's range, by its variable", "[aws_subnet.c.id]", rule(tcp443 + `cidr_blocks = [var.cidr]`), https, "true"},
		{"the range of a VPC whose subnet's isn't known", "[aws_subnet.d.id]", rule(tcp443 + `cidr_blocks = ["10.0.0.0/16"]`), https, "true"},
		{"a part of it", "[aws_subnet.d.id]", rule(tcp443 + `cidr_blocks = ["10.0.7.0/24"]`), https, "unknown var.part has no default; pass --var-file, or scan the plan"},
		{"a range beside it", "[aws_subnet.d.id]", rule(tcp443 + `cidr_blocks = ["10.1.0.0/16"]`), https, "false"},
		{"a range that isn't the VPC's", "[aws_subnet.c.id]", rule(tcp443 + `cidr_blocks = ["10.0.0.0/8"]`), https, "unknown var.cidr has no default; pass --var-file, or scan the plan"},
		{"a group that isn't known", "", rule(tcp443 + `security_groups = [var.sg]`), https, "unknown var.sg has no default; pass --var-file, or scan the plan"},
		{"in one world", "", rule(tcp443 + `security_groups = var.open ? [aws_security_group.from.id] : []`), https, "false when var.open is false, true when var.open is true"},
		{"the S3 list", "", rule(tcp443+`prefix_list_ids = [aws_vpc_endpoint.s3.prefix_list_id]`) + "}\nresource \"aws_vpc_endpoint\" \"s3\" {\n vpc_id = aws_vpc.v.id\n", https, "false"},
		{"ports that add up", "", rule("from_port = 8192\nto_port = 20000\nprotocol = \"tcp\"\nsecurity_groups = [aws_security_group.from.id]") +
			rule("from_port = 20001\nto_port = 65535\nprotocol = \"tcp\"\ncidr_blocks = [\"10.0.0.0/16\"]"), firewall.Traffic{Protocol: "tcp", From: 8192, To: 65535}, "true"},
		{"ports with a gap", "", rule("from_port = 8192\nto_port = 20000\nprotocol = \"tcp\"\nsecurity_groups = [aws_security_group.from.id]") +
			rule("from_port = 20002\nto_port = 65535\nprotocol = \"tcp\"\nsecurity_groups = [aws_security_group.from.id]"), firewall.Traffic{Protocol: "tcp", From: 8192, To: 65535}, "false"},
		{"all TCP is not everything", "", rule("from_port = 0\nto_port = 65535\nprotocol = \"tcp\"\nsecurity_groups = [aws_security_group.from.id]"), firewall.Everything, "false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.subnets == "" {
				c.subnets = "[aws_subnet.a.id]"
			}
			g := link(t, "main.tf", strings.NewReplacer("SUBNETS", c.subnets, "INGRESS", c.ingress).Replace(base))
			from, to := firewall.SideOf(&g.Workloads[0].Attachments[0]), firewall.SideOf(&g.Workloads[1].Attachments[0])
			if got := said(firewall.Analyze(g).Admits(to, from, c.t).Holds); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A group may have thousands of rules for single addresses: those of one subnet add up, whatever else there is.
func TestManyBlocks(t *testing.T) {
	var ingress strings.Builder
	for i := range 16 * 256 {
		if i == 9*256+7 {
			continue
		}
		fmt.Fprintf(&ingress, "ingress {\n%scidr_blocks = [\"10.0.%d.%d/32\"]\n}\n", tcp443, i/256, i%256)
	}
	text := strings.ReplaceAll(strings.ReplaceAll(base, "SUBNETS", "[aws_subnet.a.id, aws_subnet.b.id]"), "INGRESS", ingress.String())
	text = strings.ReplaceAll(text, `"10.0.2.0/24"`, "RANGE")
	for cidr, want := range map[string]string{`"10.0.2.0/24"`: "true", `"10.0.9.0/24"`: "false", `"10.0.16.0/24"`: "false"} {
		g := link(t, "main.tf", strings.ReplaceAll(text, "RANGE", cidr))
		from, to := firewall.SideOf(&g.Workloads[0].Attachments[0]), firewall.SideOf(&g.Workloads[1].Attachments[0])
		if got := said(firewall.Analyze(g).Admits(to, from, firewall.HTTPS).Holds); got != want {
			t.Errorf("from %s: %s, want %s", cidr, got, want)
		}
	}
}

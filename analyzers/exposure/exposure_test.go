package exposure_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

const fail, pass, undecided = "fail", "pass", "undecided"

const network = `
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
resource "aws_sagemaker_model" "m" {
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  vpc_config {
    subnets            = [aws_subnet.s.id]
    security_group_ids = ["sg-1"]
  }
}
`

const subnet = network + `
resource "aws_subnet" "s" { vpc_id = aws_vpc.v.id }
`

const table = subnet + `
resource "aws_route_table" "t" { vpc_id = aws_vpc.v.id }
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.s.id
  route_table_id = aws_route_table.t.id
}
`

func route(rest string) string {
	return "\nresource \"aws_route\" \"r\" {\n  route_table_id = aws_route_table.t.id\n" + rest + "\n}\n"
}

// The algorithm of "how a subnet becomes public", a case each, through the whole pipeline.
func TestPublic(t *testing.T) {
	for _, row := range []struct{ name, config, want, says string }{
		{"no association, untouched main table", subnet, pass, ""},
		{"associated, no route", table, pass, ""},
		{"route to the gateway", table + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id`), fail, "aws_route.r sends 0.0.0.0/0"},
		{"IPv6 route to the gateway", table + route(`destination_ipv6_cidr_block = "::/0"
			gateway_id = aws_internet_gateway.g.id`), fail, "aws_route.r sends ::/0"},
		{"a literal internet gateway", table + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = "igw-0aa11bb22cc33dd44"`), fail, "igw-0aa11bb22cc33dd44"},
		{"a virtual private gateway", table + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = "vgw-0aa11bb22cc33dd44"`), pass, ""},
		{"a vpn gateway of the tree", table + `resource "aws_vpn_gateway" "w" {}` + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_vpn_gateway.w.id`), pass, ""},
		{"a gateway that is looked up", table + `data "aws_internet_gateway" "d" {}` + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = data.aws_internet_gateway.d.id`), fail, "internet gateway"},
		{"a NAT gateway", table + `resource "aws_nat_gateway" "n" { subnet_id = aws_subnet.s.id }` + "\n" + route(`destination_cidr_block = "0.0.0.0/0"
			nat_gateway_id = aws_nat_gateway.n.id`), pass, ""},
		{"an egress-only gateway", table + route(`destination_ipv6_cidr_block = "::/0"
			egress_only_gateway_id = "eigw-0aa11bb22cc33dd44"`), pass, ""},
		{"a narrow route", table + route(`destination_cidr_block = "192.0.2.0/24"
			gateway_id = aws_internet_gateway.g.id`), pass, ""},
		{"a gateway that is not known", "variable \"gw\" {}" + table + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = var.gw`), undecided, "var.gw has no default"},
		{"a destination that is not known", "variable \"to\" {}" + table + route(`destination_cidr_block = var.to
			gateway_id = aws_internet_gateway.g.id`), undecided, "var.to has no default"},
		{"halves in inline routes", subnet + `
			resource "aws_route_table" "t" {
			  vpc_id = aws_vpc.v.id
			  route {
			    cidr_block = "0.0.0.0/1"
			    gateway_id = aws_internet_gateway.g.id
			  }
			  route {
			    cidr_block = "128.0.0.0/1"
			    gateway_id = aws_internet_gateway.g.id
			  }
			}
			resource "aws_route_table_association" "a" {
			  subnet_id      = aws_subnet.s.id
			  route_table_id = aws_route_table.t.id
			}`, fail, "a route of aws_route_table.t sends 128.0.0.0/1"},
		{"halves in one world, another route in the other", "variable \"open\" { type = bool }" + subnet + `
			resource "aws_route_table" "t" {
			  vpc_id = aws_vpc.v.id
			  route {
			    cidr_block = "0.0.0.0/1"
			    gateway_id = var.open ? aws_internet_gateway.g.id : null
			  }
			  route {
			    cidr_block = "128.0.0.0/1"
			    gateway_id = var.open ? aws_internet_gateway.g.id : null
			  }
			  route {
			    cidr_block = "52.0.0.0/8"
			    gateway_id = var.open ? null : aws_internet_gateway.g.id
			  }
			}
			resource "aws_route_table_association" "a" {
			  subnet_id      = aws_subnet.s.id
			  route_table_id = aws_route_table.t.id
			}`, fail, "when var.open is true"},
		{"halves to a gateway that is not known", "variable \"gw\" {}" + subnet + `
			resource "aws_route_table" "t" {
			  vpc_id = aws_vpc.v.id
			  route {
			    cidr_block = "0.0.0.0/1"
			    gateway_id = var.gw
			  }
			  route {
			    cidr_block = "128.0.0.0/1"
			    gateway_id = aws_internet_gateway.g.id
			  }
			}
			resource "aws_route_table_association" "a" {
			  subnet_id      = aws_subnet.s.id
			  route_table_id = aws_route_table.t.id
			}`, undecided, "var.gw has no default"},
		{"a main table that may be replaced", "variable \"which\" {}" + table[:strings.Index(table, "resource \"aws_route_table_association\"")] + `
			resource "aws_main_route_table_association" "m" {
			  vpc_id         = var.which
			  route_table_id = aws_route_table.t.id
			}`, undecided, "which VPC aws_main_route_table_association.m is for"},
		{"a main table that is looked up", subnet + `
			data "aws_route_table" "main" {
			  vpc_id = aws_vpc.v.id
			  filter {
			    name   = "association.main"
			    values = ["true"]
			  }
			}
			resource "aws_route" "r" {
			  route_table_id         = data.aws_route_table.main.id
			  destination_cidr_block = "0.0.0.0/0"
			  gateway_id             = aws_internet_gateway.g.id
			}`, undecided, "to which table aws_route.r belongs"},
		{"another VPC's table that is looked up", subnet + `
			resource "aws_vpc" "w" { cidr_block = "10.1.0.0/16" }
			data "aws_route_table" "main" { vpc_id = aws_vpc.w.id }
			resource "aws_route" "r" {
			  route_table_id         = data.aws_route_table.main.id
			  destination_cidr_block = "0.0.0.0/0"
			  gateway_id             = aws_internet_gateway.g.id
			}`, pass, ""},
		{"a table that was there before", "variable \"vpc\" {}" + subnet + `
			data "aws_route_table" "main" { vpc_id = var.vpc }
			resource "aws_route" "r" {
			  route_table_id         = data.aws_route_table.main.id
			  destination_cidr_block = "0.0.0.0/0"
			  gateway_id             = aws_internet_gateway.g.id
			}`, pass, ""},
		{"subnets that are looked up", table[:strings.Index(table, "resource \"aws_route_table_association\"")] + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id`) + `
			data "aws_subnets" "all" {
			  filter {
			    name   = "vpc-id"
			    values = [aws_vpc.v.id]
			  }
			  tags = { Tier = var.tier }
			}
			variable "tier" {}
			resource "aws_route_table_association" "a" {
			  for_each       = toset(data.aws_subnets.all.ids)
			  subnet_id      = each.value
			  route_table_id = aws_route_table.t.id
			}`, undecided, "which subnet aws_route_table_association.a[*] is for"},
		{"subnets that are looked up in the VPC", table[:strings.Index(table, "resource \"aws_route_table_association\"")] + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id`) + `
			data "aws_subnets" "all" {
			  filter {
			    name   = "vpc-id"
			    values = [aws_vpc.v.id]
			  }
			}
			resource "aws_route_table_association" "a" {
			  for_each       = toset(data.aws_subnets.all.ids)
			  subnet_id      = each.value
			  route_table_id = aws_route_table.t.id
			}`, fail, "aws_route_table_association.a[*] gives it the route table"},
		{"one half", table + route(`destination_cidr_block = "0.0.0.0/1"
			gateway_id = aws_internet_gateway.g.id`), pass, ""},
		{"the adopted main table", subnet + `
			resource "aws_default_route_table" "t" {
			  default_route_table_id = aws_vpc.v.default_route_table_id
			  route {
			    cidr_block = "0.0.0.0/0"
			    gateway_id = aws_internet_gateway.g.id
			  }
			}`, fail, "is the main route table"},
		{"a route in the main table", subnet + `
			resource "aws_route" "r" {
			  route_table_id         = aws_vpc.v.main_route_table_id
			  destination_cidr_block = "0.0.0.0/0"
			  gateway_id             = aws_internet_gateway.g.id
			}`, fail, "whose main route table applies"},
		{"a main table that is replaced", table[:strings.Index(table, "resource \"aws_route_table_association\"")] + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id`) + `
			resource "aws_main_route_table_association" "m" {
			  vpc_id         = aws_vpc.v.id
			  route_table_id = aws_route_table.t.id
			}`, fail, "is the main route table"},
		{"the account's default VPC", network + `
			resource "aws_default_vpc" "d" {}
			resource "aws_subnet" "s" { vpc_id = aws_default_vpc.d.id }`, fail, "default VPC"},
		{"the account's default VPC, of which the main table is adopted", network + `
			resource "aws_default_vpc" "d" {}
			resource "aws_default_route_table" "t" { default_route_table_id = aws_default_vpc.d.default_route_table_id }
			resource "aws_subnet" "s" { vpc_id = aws_default_vpc.d.id }`, pass, ""},
		{"the account's default VPC, of which the main table may be adopted", "variable \"adopt\" { type = bool }" + network + `
			resource "aws_default_vpc" "d" {}
			resource "aws_default_route_table" "t" {
			  count                  = var.adopt ? 1 : 0
			  default_route_table_id = aws_default_vpc.d.default_route_table_id
			}
			resource "aws_subnet" "s" { vpc_id = aws_default_vpc.d.id }`, fail, "when var.adopt is false"},
		{"a default subnet", strings.ReplaceAll(network, "aws_subnet.s", "aws_default_subnet.s") +
			`resource "aws_default_subnet" "s" { availability_zone = "eu-west-1a" }`, fail, "default VPC"},
		{"an endpoint in a public subnet, beside a workload of which the subnet isn't known", "variable \"which\" {}" +
			strings.Replace(table, "[aws_subnet.s.id]", "[var.which]", 1) + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id`) + `
			resource "aws_vpc_endpoint" "e" {
			  vpc_id            = aws_vpc.v.id
			  service_name      = "com.amazonaws.eu-west-1.sagemaker.runtime"
			  vpc_endpoint_type = "Interface"
			  subnet_ids        = [aws_subnet.s.id]
			}`, undecided, "var.which has no default"},
		{"a VPC outside of the tree", network + `resource "aws_subnet" "s" { vpc_id = "vpc-0aa11bb22cc33dd44" }`, undecided, "vpc-0aa11bb22cc33dd44"},
		{"an association that may be the subnet's", "variable \"which\" {}" + table[:strings.Index(table, "resource \"aws_route_table_association\"")] + `
			resource "aws_route_table_association" "a" {
			  subnet_id      = var.which
			  route_table_id = aws_route_table.t.id
			}`, undecided, "which subnet aws_route_table_association.a is for"},
		{"a route that exists in one world", "variable \"open\" { type = bool }" + table + `
			resource "aws_route" "r" {
			  count                  = var.open ? 1 : 0
			  route_table_id         = aws_route_table.t.id
			  destination_cidr_block = "0.0.0.0/0"
			  gateway_id             = aws_internet_gateway.g.id
			}`, fail, "when var.open is true"},
		{"a table by an unknown condition", "variable \"open\" { type = bool }" + table[:strings.Index(table, "resource \"aws_route_table_association\"")] + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id`) + `
			resource "aws_route_table" "private" { vpc_id = aws_vpc.v.id }
			resource "aws_route_table_association" "a" {
			  subnet_id      = aws_subnet.s.id
			  route_table_id = var.open ? aws_route_table.t.id : aws_route_table.private.id
			}`, fail, "when var.open is true"},
		{"a literal gateway by an unknown condition", "variable \"open\" { type = bool }" + table + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = var.open ? "igw-0aa11bb22cc33dd44" : "vgw-0aa11bb22cc33dd44"`), fail, "when var.open is true"},
		{"a route added to the adopted main table", subnet + `
			resource "aws_default_route_table" "t" { default_route_table_id = aws_vpc.v.default_route_table_id }
			resource "aws_route" "r" {
			  route_table_id         = aws_vpc.v.default_route_table_id
			  destination_cidr_block = "0.0.0.0/0"
			  gateway_id             = aws_internet_gateway.g.id
			}`, fail, "is the main route table"},
		{"empty texts are absence", subnet + `
			resource "aws_route_table" "t" {
			  vpc_id = aws_vpc.v.id
			  route = [{
			    cidr_block = "0.0.0.0/0", gateway_id = "", nat_gateway_id = "nat-0aa11bb22cc33dd44", destination_prefix_list_id = ""
			  }]
			}
			resource "aws_route_table_association" "a" {
			  subnet_id      = aws_subnet.s.id
			  route_table_id = aws_route_table.t.id
			}`, pass, ""},
		{"every IPv6 address, spelt out", table + route(`destination_ipv6_cidr_block = "0:0:0:0:0:0:0:0/0"
			gateway_id = aws_internet_gateway.g.id`), fail, "aws_route.r"},
		{"an unknown arm beside a failing and a passing one", "variable \"open\" { type = bool }\nvariable \"b\" { type = bool }\nvariable \"other\" {}" +
			strings.Replace(table, "[aws_subnet.s.id]", "var.open ? [aws_subnet.s.id] : (var.b ? [aws_subnet.p.id] : var.other)", 1) + route(`destination_cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id`) + `
			resource "aws_subnet" "p" { vpc_id = aws_vpc.v.id }`, undecided, "var.other has no default"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, text := verdict(t, row.config)
			if got != row.want || !strings.Contains(text, row.says) {
				t.Errorf("got %s, want %s, saying %q:\n%s", got, row.want, row.says, text)
			}
		})
	}
}

// verdict judges the workload of a configuration, and returns what the verdict says.
func verdict(t *testing.T, config string) (got, text string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Rules: []*rules.Rule{rules.PublicSubnet, rules.Unreadable}, Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	got = pass
	for _, u := range r.Undecided {
		got, text = undecided, u.Reason
	}
	for _, f := range r.Findings {
		got, text = fail, f.Rule+": "+f.Message
		for _, s := range f.Trace {
			text += "\n" + s.Message
		}
	}
	return got, text
}

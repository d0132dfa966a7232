package exposure_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/exposure"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
	"github.com/vpclint/vpclint/rules"
)

// private is a subnet s with the table t, and a public subnet p with a public NAT gateway n, a private one q, and one in s.
const private = `
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
resource "aws_egress_only_internet_gateway" "e" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "s" {
  vpc_id = aws_vpc.v.id
}
resource "aws_subnet" "p" { vpc_id = aws_vpc.v.id }
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "p" {
  subnet_id      = aws_subnet.p.id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table" "t" { vpc_id = aws_vpc.v.id }
resource "aws_route_table_association" "s" {
  subnet_id      = aws_subnet.s.id
  route_table_id = aws_route_table.t.id
}
resource "aws_nat_gateway" "n" { subnet_id = aws_subnet.p.id }
resource "aws_nat_gateway" "q" {
  subnet_id         = aws_subnet.p.id
  connectivity_type = "private"
}
resource "aws_nat_gateway" "s" { subnet_id = aws_subnet.s.id }
resource "aws_nat_gateway" "regional" {
  vpc_id            = aws_vpc.v.id
  availability_mode = "regional"
}
variable "x" {}
variable "y" { type = bool }
resource "aws_ec2_managed_prefix_list" "all" {
  name           = "all"
  address_family = "IPv4"
  max_entries    = 2
  entry { cidr = "0.0.0.0/1" }
  entry { cidr = "128.0.0.0/1" }
}
resource "aws_ec2_managed_prefix_list" "office" {
  name           = "office"
  address_family = "IPv4"
  max_entries    = 2
}
resource "aws_ec2_managed_prefix_list_entry" "office" {
  prefix_list_id = aws_ec2_managed_prefix_list.office.id
  cidr           = "198.51.100.0/24"
}
data "aws_prefix_list" "s3" { name = "com.amazonaws.eu-west-1.s3" }
`

// to returns routes of the table t, each a destination, a member and its value.
func to(routes ...[3]string) string {
	var b strings.Builder
	for i, r := range routes {
		member := "destination_cidr_block"
		switch {
		case strings.Contains(r[0], "::"):
			member = "destination_ipv6_cidr_block"
		case strings.Contains(r[0], "prefix_list"):
			member = "destination_prefix_list_id"
		}
		dst := `"` + r[0] + `"`
		if strings.Contains(r[0], "_") || strings.HasPrefix(r[0], "var.") || strings.Contains(r[0], "?") {
			dst = r[0]
		}
		b.WriteString("resource \"aws_route\" \"r" + string(rune('0'+i)) + "\" {\n  route_table_id = aws_route_table.t.id\n  " +
			member + " = " + dst + "\n  " + r[1] + " = " + r[2] + "\n}\n")
	}
	return b.String()
}

// answers are what is asked of a subnet.
type answers struct{ public, out4, out6, in4, in6 value.Truth }

// ask judges the subnet s of a configuration.
func ask(t *testing.T, files map[string]string) (got answers) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	asked := false
	probe := &rules.Rule{ID: "probe", Title: "A probe.", Run: func(p *rules.Pass) {
		for _, s := range p.Net.Subnets {
			if name := s.Head().Subject(); name != "aws_subnet.s" && name != "S" {
				continue
			}
			asked = true
			got = answers{
				p.Exposure.Public(s).Holds, p.Exposure.OutIn(s, exposure.IPv4).Holds, p.Exposure.OutIn(s, exposure.IPv6).Holds,
				p.Exposure.In(s, exposure.IPv4).Holds, p.Exposure.In(s, exposure.IPv6).Holds,
			}
		}
	}}
	if _, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Rules: []*rules.Rule{probe}, Paths: []string{"."}}); err != nil {
		t.Fatal(err)
	}
	if !asked {
		t.Fatal("there is no such subnet")
	}
	return got
}

func TestOut(t *testing.T) {
	const yes, no, open = tri.True, tri.False, tri.Unknown
	const nat, gw = "nat_gateway_id", "gateway_id"
	for _, row := range []struct {
		name               string
		config             string
		public, out4, out6 tri.Bool
	}{
		{"nothing", "", no, no, no},
		{"a NAT gateway", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"}), no, yes, no},
		{"one that is private", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.q.id"}), no, no, no},
		{"one in the subnet itself", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.s.id"}), no, no, no},
		{"a regional one", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.regional.id"}), no, yes, no},
		{"one that isn't in the tree", to([3]string{"0.0.0.0/0", nat, `"nat-0aa11bb22cc33dd44"`}), no, open, no},
		{"one that a variable names", to([3]string{"0.0.0.0/0", nat, "var.x"}), no, open, no},
		{"one in one world", to([3]string{"0.0.0.0/0", nat, "var.y ? aws_nat_gateway.n.id : aws_nat_gateway.q.id"}), no, open, no},
		{"a NAT instance", to([3]string{"0.0.0.0/0", "network_interface_id", `"eni-0aa11bb22cc33dd44"`}), no, open, no},
		{"a transit gateway", to([3]string{"0.0.0.0/0", "transit_gateway_id", `"tgw-0aa11bb22cc33dd44"`}), no, open, no},
		{"a peering for everything", to([3]string{"0.0.0.0/0", "vpc_peering_connection_id", `"pcx-0aa11bb22cc33dd44"`}), no, no, no},
		{"a virtual private gateway", to([3]string{"0.0.0.0/0", gw, `"vgw-0aa11bb22cc33dd44"`}), no, open, no},
		{"some gateway", to([3]string{"0.0.0.0/0", gw, "var.x"}), open, open, no},
		{"an internet gateway", to([3]string{"0.0.0.0/0", gw, "aws_internet_gateway.g.id"}), yes, no, no},
		{"an egress-only gateway", to([3]string{"::/0", "egress_only_gateway_id", "aws_egress_only_internet_gateway.e.id"}), no, no, yes},
		{"all that is given out of IPv6", to([3]string{"2000::/3", "egress_only_gateway_id", "aws_egress_only_internet_gateway.e.id"}), no, no, yes},
		{"an internet gateway for IPv6", to([3]string{"::/0", gw, "aws_internet_gateway.g.id"}), yes, no, no},
		{"a peering for some", to([3]string{"10.9.0.0/16", "vpc_peering_connection_id", `"pcx-0aa11bb22cc33dd44"`}), no, no, no},
		{"a NAT gateway, and a peering for some", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"},
			[3]string{"10.9.0.0/16", "vpc_peering_connection_id", `"pcx-0aa11bb22cc33dd44"`}), no, yes, no},
		{"a NAT gateway, and a peering for an unknown range", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"},
			[3]string{"var.x", "vpc_peering_connection_id", `"pcx-0aa11bb22cc33dd44"`}), no, yes, no},
		{"a NAT gateway behind halves to the internet gateway", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"},
			[3]string{"0.0.0.0/1", gw, "aws_internet_gateway.g.id"}, [3]string{"128.0.0.0/1", gw, "aws_internet_gateway.g.id"}), yes, no, no},
		{"an internet gateway behind halves to a NAT gateway", to([3]string{"0.0.0.0/0", gw, "aws_internet_gateway.g.id"},
			[3]string{"0.0.0.0/1", nat, "aws_nat_gateway.n.id"}, [3]string{"128.0.0.0/1", nat, "aws_nat_gateway.n.id"}), yes, yes, no},
		{"an internet gateway behind one half to a NAT gateway", to([3]string{"0.0.0.0/0", gw, "aws_internet_gateway.g.id"},
			[3]string{"0.0.0.0/1", nat, "aws_nat_gateway.n.id"}), yes, no, no},
		{"an internet gateway behind halves of which one is in one world", to([3]string{"0.0.0.0/0", gw, "aws_internet_gateway.g.id"},
			[3]string{"0.0.0.0/1", nat, "aws_nat_gateway.n.id"},
			[3]string{"var.y ? \"128.0.0.0/1\" : \"192.168.0.0/16\"", nat, "aws_nat_gateway.n.id"}), yes, open, no},
		{"an internet gateway behind one half and an unknown range", to([3]string{"0.0.0.0/0", gw, "aws_internet_gateway.g.id"},
			[3]string{"0.0.0.0/1", nat, "aws_nat_gateway.n.id"}, [3]string{"var.x", nat, "aws_nat_gateway.n.id"}), yes, open, no},
		{"an unknown range to the internet gateway", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"},
			[3]string{"var.x", gw, "aws_internet_gateway.g.id"}), open, yes, no},
		{"a list of everything", to([3]string{"aws_ec2_managed_prefix_list.all.id", gw, "aws_internet_gateway.g.id"}), yes, no, no},
		{"a list of some", to([3]string{"aws_ec2_managed_prefix_list.office.id", gw, "aws_internet_gateway.g.id"}), no, no, no},
		{"a list that isn't in the tree", "variable \"prefix_list\" {}\n" + to([3]string{"var.prefix_list", gw, "aws_internet_gateway.g.id"}), open, no, no},
		{"the list of a service", to([3]string{"data.aws_prefix_list.s3.id", gw, "aws_internet_gateway.g.id"}), no, no, no},
		{"all that the internet routes", to([3]string{"0.0.0.0/1", nat, "aws_nat_gateway.n.id"}, [3]string{"128.0.0.0/2", nat, "aws_nat_gateway.n.id"},
			[3]string{"192.0.0.0/3", nat, "aws_nat_gateway.n.id"}), no, yes, no},
		{"routes that a virtual private gateway propagates", `
			resource "aws_vpn_gateway_route_propagation" "p" {
			  vpn_gateway_id = "vgw-0aa11bb22cc33dd44"
			  route_table_id = aws_route_table.t.id
			}`, no, open, no},
		{"a route of some table", `
			resource "aws_route" "r" {
			  route_table_id         = var.x
			  destination_cidr_block = "0.0.0.0/0"
			  nat_gateway_id         = aws_nat_gateway.n.id
			}`, no, open, open},
		{"a block on all ways", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"}) + `
			resource "aws_vpc_block_public_access_options" "b" { internet_gateway_block_mode = "block-bidirectional" }`, no, no, no},
		{"a block on the way in", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"}) + `
			resource "aws_vpc_block_public_access_options" "b" { internet_gateway_block_mode = "block-ingress" }`, no, yes, no},
		{"a block, but not for this VPC", to([3]string{"0.0.0.0/0", nat, "aws_nat_gateway.n.id"}) + `
			resource "aws_vpc_block_public_access_options" "b" { internet_gateway_block_mode = "block-bidirectional" }
			resource "aws_vpc_block_public_access_exclusion" "x" {
			  vpc_id                          = aws_vpc.v.id
			  internet_gateway_exclusion_mode = "allow-egress"
			}`, no, yes, no},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := ask(t, map[string]string{"main.tf": private + row.config})
			if p, o4, o6 := got.public.Known(), got.out4.Known(), got.out6.Known(); p != row.public || o4 != row.out4 || o6 != row.out6 {
				t.Errorf("public, out by IPv4, out by IPv6: got %v %v %v, want %v %v %v", p, o4, o6, row.public, row.out4, row.out6)
			}
		})
	}
}

// What is started in a public subnet is reached where it has an address, and nothing stands between.
func TestIn(t *testing.T) {
	const yes, no, open = tri.True, tri.False, tri.Unknown
	public := to([3]string{"0.0.0.0/0", "gateway_id", "aws_internet_gateway.g.id"}, [3]string{"::/0", "gateway_id", "aws_internet_gateway.g.id"})
	addresses := strings.Replace(private, "resource \"aws_subnet\" \"s\" {", `resource "aws_subnet" "s" {
		map_public_ip_on_launch         = true
		assign_ipv6_address_on_creation = true`, 1)
	acl := func(entries string) string {
		return `resource "aws_network_acl" "a" {
			vpc_id     = aws_vpc.v.id
			subnet_ids = [aws_subnet.s.id]
			` + entries + "\n}\n"
	}
	entry := func(way, number, action, cidr string) string {
		return way + ` {
			rule_no    = ` + number + `
			action     = "` + action + `"
			protocol   = "-1"
			from_port  = 0
			to_port    = 0
			cidr_block = "` + cidr + `"
		}
		`
	}
	for _, row := range []struct {
		name, config string
		in4, in6     tri.Bool
	}{
		{"no addresses", private + public, no, no},
		{"no route", addresses, no, no},
		{"addresses", addresses + public, yes, yes},
		{"closed by the ACL", addresses + public + acl(""), no, no},
		{"the ACL opens IPv4", addresses + public + acl(entry("ingress", "10", "allow", "0.0.0.0/0")+entry("egress", "10", "allow", "0.0.0.0/0")), yes, no},
		{"the ACL denies first", addresses + public + acl(entry("ingress", "5", "deny", "0.0.0.0/0")+entry("ingress", "10", "allow", "0.0.0.0/0")+
			entry("egress", "10", "allow", "0.0.0.0/0")), no, no},
		{"the ACL denies later", addresses + public + acl(entry("ingress", "50", "deny", "0.0.0.0/0")+entry("ingress", "10", "allow", "0.0.0.0/0")+
			entry("egress", "10", "allow", "0.0.0.0/0")), yes, no},
		{"the ACL denies somewhere", addresses + public + `variable "n" { type = number }
` + acl(entry("ingress", "var.n", "deny", "0.0.0.0/0")+entry("ingress", "10", "allow", "0.0.0.0/0")+entry("egress", "10", "allow", "0.0.0.0/0")), open, no},
		{"the ACL allows somewhere", addresses + public + `variable "n" { type = number }
` + acl(entry("ingress", "50", "deny", "0.0.0.0/0")+entry("ingress", "var.n", "allow", "0.0.0.0/0")+entry("egress", "10", "allow", "0.0.0.0/0")), open, no},
		{"the ACL denies or allows", addresses + public + `variable "a" {}
` + acl(entry("ingress", "5", "${var.a}", "0.0.0.0/0")+entry("ingress", "10", "allow", "0.0.0.0/0")+entry("egress", "10", "allow", "0.0.0.0/0")), open, no},
		{"the ACL lets nothing back", addresses + public + acl(entry("ingress", "10", "allow", "0.0.0.0/0")+entry("egress", "10", "allow", "10.0.0.0/8")), no, no},
		{"a block", addresses + public + `resource "aws_vpc_block_public_access_options" "b" { internet_gateway_block_mode = "block-ingress" }`, no, no},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := ask(t, map[string]string{"main.tf": row.config})
			if in4, in6 := got.in4.Known(), got.in6.Known(); in4 != row.in4 || in6 != row.in6 {
				t.Errorf("by IPv4, by IPv6: got %v %v, want %v %v", in4, in6, row.in4, row.in6)
			}
		})
	}
}

package exposure_test

import (
	"strings"
	"testing"
)

// several is a network of subnets of which nobody knows how many there are. REPEAT is their count or for_each and KEY what
// it calls them, MEMBERS what the workload names.
const several = `
variable "zones" { type = list(string) }
variable "subnets" { type = map(object({ public = bool })) }
data "aws_availability_zones" "z" {}
locals {
  two     = slice(data.aws_availability_zones.z.names, 0, 2)
  by_tier = flatten([for z in local.two : [for t in ["app", "db"] : "${t}/${z}"]])
}
resource "aws_vpc" "v" {}
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "s" {
  REPEAT
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table" "t" {
  REPEAT
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table_association" "a" {
  REPEAT
  subnet_id      = aws_subnet.s[KEY].id
  route_table_id = aws_route_table.t[KEY].id
}
resource "aws_sagemaker_model" "m" {
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  vpc_config {
    subnets            = MEMBERS
    security_group_ids = ["sg-1"]
  }
}
`

// public is a route of tables to the gateway; OVER is its count or for_each, TABLE the key of its table.
const public = several + `
resource "aws_route" "r" {
  OVER
  route_table_id         = aws_route_table.t[TABLE].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.g.id
}
`

// What is so of some instances of a block is not so of all of them: only where a route or an association ranges over what
// the tables and subnets range over does each have its own.
func TestSeveral(t *testing.T) {
	const (
		counted, index = "count = length(var.zones)", "count.index"
		eachZone       = "for_each = toset(local.two)"
		eachSubnet     = "for_each = var.subnets"
		key            = "each.key"
		splat          = "aws_subnet.s[*].id"
		all            = "[for s in aws_subnet.s : s.id]"
	)
	for _, row := range []struct{ name, config, repeat, key, members, over, table, want, says string }{
		{"none is routed", several, counted, index, splat, "", "", pass, ""},
		{"each is routed", public, counted, index, splat, counted, index, fail, "aws_subnet.s[*]"},
		{"one is named, each is routed", public, counted, index, "[aws_subnet.s[0].id]", counted, index, fail, "aws_subnet.s[*]"},
		{"routed by the tables", public, counted, index, splat, "count = length(aws_route_table.t)", index, fail, "aws_subnet.s[*]"},
		{"some are routed", public, counted, index, splat, "count = 2", index, undecided, "which of aws_route_table.t[*] aws_route.r[0] is for"},
		{"one is routed", public, counted, index, splat, "", "0", undecided, "which of aws_route_table.t[*] aws_route.r is for"},
		{"a set of unknown zones, not routed", several, eachZone, key, "values(aws_subnet.s)[*].id", "", "", pass, ""},
		{"a set of unknown zones, each routed", public, eachZone, key, all, eachZone, key, fail, "aws_subnet.s[*]"},
		{"an object of unknown zones, each routed", public, "for_each = { for i, z in local.two : z => i }", key, all,
			"for_each = aws_route_table.t", key, fail, "aws_subnet.s[*]"},
		{"tiers of unknown zones, one routed", public, "for_each = toset(local.by_tier)", key, all,
			`for_each = toset([for k in local.by_tier : k if startswith(k, "app/")])`, key, undecided, "the number of aws_route.r is not known"},
		{"a map that isn't known, not routed", several, eachSubnet, key, all, "", "", pass, ""},
		{"a map that isn't known, each routed", public, eachSubnet, key, all, eachSubnet, key, fail, "aws_subnet.s[*]"},
		{"a map that isn't known, some routed", public, eachSubnet, key, "[for k, v in var.subnets : aws_subnet.s[k].id if !v.public]",
			"for_each = { for k, v in var.subnets : k => v if v.public }", key, undecided, "aws_route.r[*] is for"},
		{"in one world, each is routed", public, "count = var.zones == null ? 0 : length(var.zones)", index, splat,
			"count = var.zones == null ? 0 : length(aws_route_table.t)", index, fail, "aws_subnet.s[*]"},
	} {
		t.Run(row.name, func(t *testing.T) {
			config := strings.NewReplacer("REPEAT", row.repeat, "KEY", row.key, "MEMBERS", row.members, "OVER", row.over, "TABLE", row.table).
				Replace(row.config)
			if got, text := verdict(t, config); got != row.want || !strings.Contains(text, row.says) {
				t.Errorf("got %s, want %s, saying %q:\n%s", got, row.want, row.says, text)
			}
		})
	}
}

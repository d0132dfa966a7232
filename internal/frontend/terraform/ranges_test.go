package terraform

import (
	"testing"
)

// Blocks range over the same by whatever names they reach it: locals, arguments, outputs, other blocks.
func TestRange(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
variable "zones" { type = list(string) }
variable "nets" { type = map(object({ open = bool })) }
variable "on" { type = bool }
locals { zones = var.zones }
resource "aws_a" "base" { count = length(var.zones) }
resource "aws_a" "local" { for_each = toset(local.zones) }
resource "aws_a" "block" { count = length(aws_a.base) }
resource "aws_a" "ids" { count = length(aws_a.base[*].id) }
resource "aws_a" "mapped" { for_each = { for z in var.zones : z => z } }
resource "aws_a" "if_on" { count = var.on ? length(var.zones) : 0 }
resource "aws_a" "fewer" { for_each = toset([for z in var.zones : z if z != "a"]) }
resource "aws_a" "half" { count = length(var.zones) / 2 }
resource "aws_a" "nets" { for_each = var.nets }
resource "aws_a" "after_nets" { for_each = aws_a.nets }
resource "aws_a" "kinds" { for_each = toset([for n in var.nets : n.open]) }
resource "aws_a" "open_nets" { for_each = { for k, n in var.nets : k => n if n.open } }
module "m" {
  source = "./m"
  names  = local.zones
}
resource "aws_a" "of_output" { count = length(module.m.ids) }
module "each" {
  source   = "./m"
  for_each = var.nets
  names    = ["x"]
}
module "other" {
  source   = "./m"
  for_each = module.each
  names    = ["x"]
}
`, "m/main.tf": `
variable "names" {}
resource "aws_c" "c" { count = length(var.names) }
resource "aws_d" "d" {}
output "ids" { value = aws_c.c[*].id }
`})
	over := func(name string) string { return find(t, out, name).Range }
	zones, nets := over("aws_a.base[*]"), over("aws_a.nets[*]")
	if zones == "" || nets == "" || zones == nets {
		t.Fatalf("they range over %q and %q", zones, nets)
	}
	for name, want := range map[string]string{
		"aws_a.local[*]": zones, "aws_a.block[*]": zones, "aws_a.ids[*]": zones, "aws_a.mapped[*]": zones, "aws_a.if_on[*]": zones,
		"aws_a.of_output[*]": zones, "module.m.aws_c.c[*]": zones, "module.m.aws_d.d": "",
		"aws_a.after_nets[*]": nets, "module.each[*].aws_d.d": nets, "module.each[*].aws_c.c[0]": nets, "module.other[*].aws_d.d": nets,
	} {
		if got := over(name); got != want {
			t.Errorf("%s ranges over %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"aws_a.fewer[*]", "aws_a.half[*]", "aws_a.kinds[*]", "aws_a.open_nets[*]"} {
		if got := over(name); got == zones || got == nets || got == "" {
			t.Errorf("%s ranges over %q, as all of them do", name, got)
		}
	}
}

// Elements of an unknown list that nothing tells apart are one instance, which stands for as many as there are.
func TestKeysAlike(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
data "aws_availability_zones" "z" {}
variable "one" {}
variable "two" {}
locals {
  two     = slice(data.aws_availability_zones.z.names, 0, 2)
  by_tier = [for t in ["app", "db"] : "${t}/${local.two[0]}"]
}
resource "aws_a" "set" {
  for_each = toset(local.two)
  tier     = "x"
}
resource "aws_a" "object" {
  for_each = { for i, z in local.two : z => { tier = "app", cidr = "10.0.${i}.0/24" } }
  tier     = each.value.tier
  cidr     = each.value.cidr
}
resource "aws_a" "tiers" { for_each = toset(concat(local.by_tier, ["app/${local.two[1]}"])) }
resource "aws_a" "others" { for_each = toset([var.one, var.two]) }
resource "aws_use" "u" {
  each   = { for k, s in aws_a.set : k => s.id }
  ids    = [for s in aws_a.set : s.id]
  values = values(aws_a.object)[*].tier
  size   = length(aws_a.set)
  groups = { for k, s in aws_a.set : s.tier => s.id... }
}
`})
	var got []string
	for _, r := range out.Resources {
		if !r.Data && r.Type == "aws_a" {
			got = append(got, r.Addr.Name+" "+show(r.Props))
		}
	}
	want := []string{
		`aws_a.set[*] {tier: "x"}`,
		`aws_a.object[*] {tier: "app", cidr: ?}`,
		`aws_a.tiers[*] {}`, `aws_a.tiers[*]#2 {}`, `aws_a.others[*] {}`, `aws_a.others[*]#2 {}`,
	}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %s, want %s", got[i], want[i])
		}
	}
	u := find(t, out, "aws_use.u").Props
	for name, want := range map[string]string{
		"ids":    `[<aws_a.set[*].id>, ...(aws_a.set[*] data.aws_availability_zones.z.names)]`,
		"values": `set["app", ...(aws_a.object[*] data.aws_availability_zones.z.names)]`,
		"groups": `{x: [<aws_a.set[*].id>, ...]}`,
	} {
		if got := show(u.Attr(name)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
	if _, known := u.Attr("size").AsInt(); known {
		t.Errorf("the number of what is alike is said to be %s", show(u.Attr("size")))
	}
}

// Where a local fails, so does the plan: try sees what it is, never that it fails.
func TestTryOfNames(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
data "aws_availability_zones" "z" {}
variable "settings" {}
locals {
  two  = slice(data.aws_availability_zones.z.names, 0, 2)
  keys = [for z in local.two : "app/${z}"]
}
resource "aws_use" "u" {
  keys = try(local.keys, [])
  can  = can(local.keys)
  part = try(var.settings.subnets, [])
}
`})
	u := find(t, out, "aws_use.u").Props
	for name, want := range map[string]string{
		"keys": `["app/${?(data.aws_availability_zones.z.names)}", "app/${?(data.aws_availability_zones.z.names)}"]`,
		"can":  `true`,
		"part": `?`,
	} {
		if got := show(u.Attr(name)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

package terraform

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Instances under keys that hold a region nobody knows are there all the same, each with its own key.
func TestKeysNotAllKnown(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
data "aws_region" "current" {}
variable "zone" {}
locals {
  services = { s3 = "Gateway", sts = "Interface" }
  named    = { for k, v in local.services : "${data.aws_region.current.name}.${k}" => v }
}
resource "aws_a" "set" {
  for_each = toset(["com.${data.aws_region.current.name}.sts", "com.${data.aws_region.current.name}.logs", "plain"])
  name     = each.value
}
resource "aws_a" "alike" {
  for_each = toset(["${var.zone}-a", data.aws_region.current.name])
  name     = each.key
}
resource "aws_a" "named" {
  for_each = local.named
  name     = each.key
  kind     = each.value
}
resource "aws_a" "written" {
  for_each = { "${data.aws_region.current.name}-x" = 1, y = 2 }
  kind     = each.value
}
resource "aws_b" "after" {
  for_each = aws_a.named
  a        = each.value.id
}
module "m" {
  source   = "./m"
  for_each = local.named
  kind     = each.value
}
resource "aws_use" "u" {
  all    = [for k, e in aws_a.set : e.id]
  values = values(aws_a.named)[*].id
  one    = aws_a.set["com.${data.aws_region.current.name}.sts"].id
  plain  = aws_a.set["plain"].id
  known  = aws_a.named["eu-west-1.s3"].kind
  any    = aws_a.set[var.zone].id
  size   = length(aws_a.named)
  merged = merge(aws_a.named, { x = 1 })
  out    = [for m in module.m : m.kind]
}
`, "m/main.tf": `
variable "kind" {}
resource "aws_c" "c" { kind = var.kind }
output "kind" { value = var.kind }
`})
	var got []string
	for _, r := range out.Resources {
		if r.Type == "aws_use" || r.Data {
			continue
		}
		got = append(got, r.Addr.Name+" | "+r.Subject+" | "+r.Exists.Known().String()+" | "+show(r.Props))
	}
	if diff := cmp.Diff([]string{
		`aws_a.set["plain"] | aws_a.set["plain"] | true | {name: "plain"}`,
		`aws_a.set[*] | aws_a.set[*] | true | {name: "com.${<data.aws_region.current.name>}.sts"}`,
		`aws_a.set[*]#2 | aws_a.set[*] | true | {name: "com.${<data.aws_region.current.name>}.logs"}`,
		`aws_a.alike[*] | aws_a.alike[*] | true | {name: "${?}-a"}`,
		`aws_a.alike[*]#2 | aws_a.alike[*] | unknown | {name: <data.aws_region.current.name>}`,
		`aws_a.named[*] | aws_a.named[*] | true | {name: "${<data.aws_region.current.name>}.s3", kind: "Gateway"}`,
		`aws_a.named[*]#2 | aws_a.named[*] | true | {name: "${<data.aws_region.current.name>}.sts", kind: "Interface"}`,
		`aws_a.written["y"] | aws_a.written["y"] | true | {kind: 2}`,
		`aws_a.written[*] | aws_a.written[*] | true | {kind: 1}`,
		`aws_b.after[*] | aws_b.after[*] | true | {a: <aws_a.named[*].id>}`,
		`aws_b.after[*]#2 | aws_b.after[*] | true | {a: <aws_a.named[*]#2.id>}`,
		`module.m[*].aws_c.c | module.m[*].aws_c.c | true | {kind: "Gateway"}`,
		`module.m[*]#2.aws_c.c | module.m[*].aws_c.c | true | {kind: "Interface"}`,
	}, got); diff != "" {
		t.Error(diff)
	}
	u := find(t, out, "aws_use.u").Props
	for name, want := range map[string]string{
		"all":    `set[<aws_a.set["plain"].id>, <aws_a.set[*].id>, <aws_a.set[*]#2.id>]`,
		"values": `set[<aws_a.named[*].id>, <aws_a.named[*]#2.id>]`,
		"one":    `<aws_a.set[*].id>`,
		"plain":  `<aws_a.set["plain"].id>`,
		"known":  `"Gateway"`,
		"any":    `?(aws_a.set["plain"] aws_a.set[*] aws_a.set[*]#2 data.aws_region.current.name)`,
		"size":   `2`,
		"merged": `{x: 1, ...(aws_a.named[*] aws_a.named[*]#2 data.aws_region.current.name)}`,
		"out":    `set["Gateway", "Interface"]`,
	} {
		if got := show(u.Attr(name)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

// One alternative of a conditional may have keys that are not all known.
func TestKeysInOneWorld(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
data "aws_region" "current" {}
variable "on" {}
resource "aws_a" "a" {
  for_each = var.on ? toset(["${data.aws_region.current.name}-x"]) : toset([])
  name     = each.key
}
`})
	a := find(t, out, "aws_a.a[*]")
	if _, cases := a.Exists.Verdict(); len(cases) != 1 || cases[0].When.String() != "var.on is true" || cases[0].Holds != tri.True {
		t.Errorf("it exists where %v", cases)
	}
	if got := show(a.Props.Attr("name")); got != `"${<data.aws_region.current.name>}-x"` {
		t.Errorf("its name is %s", got)
	}
}

func TestDiffer(t *testing.T) {
	ref := value.OfSymbol(value.Ref{Addr: value.Address{Name: "data.aws_region.r"}, Attr: "name"})
	text := func(parts ...any) value.Value {
		var vs []value.Value
		for _, p := range parts {
			switch p := p.(type) {
			case string:
				vs = append(vs, value.OfString(p))
			case value.Value:
				vs = append(vs, p)
			}
		}
		return value.OfText(vs...)
	}
	unknown := value.OfOpaque("x")
	for _, row := range []struct {
		name string
		a, b value.Value
		want bool
	}{
		{"other ends", text(unknown, ".s3"), text(unknown, ".sts"), true},
		{"other beginnings", text("a", unknown), text("b", unknown), true},
		{"one end within the other", text(unknown, "-api"), text(unknown, "t-api"), false},
		{"one end within the other behind the same", text(ref, "-api"), text(ref, "t-api"), true},
		{"the same", text(ref, "-api"), text(ref, "-api"), false},
		{"nothing behind the same", ref, text(ref, "-api"), true},
		{"unknown", unknown, text("a"), false},
		{"a known one", text("a", unknown), text("b"), true},
	} {
		if got := differ(row.a, row.b); got != row.want {
			t.Errorf("%s: got %v", row.name, got)
		}
	}
}

// The trace of a fallback goes to where the fallback was written, not to the map without the key.
func TestFallbackTrace(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
locals {
  defaults = { access = "Enabled" }
}
variable "notebook" {
  default = { name = "lab" }
}
resource "aws_t" "t" {
  looked = lookup(var.notebook, "access", local.defaults["access"])
  named  = lookup(var.notebook, "name", "x")
  plain  = lookup(var.notebook, "access", "x")
  first  = coalesce(lookup(var.notebook, "access", null), local.defaults.access)
}
`})
	props := find(t, out, "aws_t.t").Props
	fallback := []string{`{ access = "Enabled" } | local.defaults is set here`, `"Enabled" | it is written here`}
	for name, want := range map[string][]string{
		"looked": fallback,
		"first":  fallback,
		"plain":  {},
		"named":  {`{ name = "lab" } | the default of var.notebook is set here`, `"lab" | it is written here`},
	} {
		if diff := cmp.Diff(want, trace(props.Attr(name).Origin())[1:]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A member of an object that a call passes is traced through the call's argument to where the member came from.
func TestMemberOfAnArgument(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
variable "on" { default = true }
variable "subnets" { default = [] }
module "m" {
  source = "./m"
  vpc    = var.on ? { ids = var.subnets, groups = ["sg-1"] } : null
}
`, "m/main.tf": `
variable "vpc" {}
resource "aws_t" "t" {
  dynamic "vpc" {
    for_each = var.vpc[*]
    content {
      ids    = vpc.value.ids
      groups = vpc.value["groups"]
    }
  }
}
`})
	vpc := find(t, out, "module.m.aws_t.t").Props.Attr("vpc")
	passed := []string{
		`{ ids = var.subnets, groups = ["sg-1"] } | passed to module.m as vpc`,
		"var.on | the condition var.on is true",
		"true | the default of var.on is true",
	}
	for name, want := range map[string][]string{
		"ids":    append(passed[:3:3], "[] | the default of var.subnets is set here"),
		"groups": append(passed[:3:3], `["sg-1"] | it is written here`),
	} {
		if diff := cmp.Diff(want, trace(vpc.Attr(name).Origin())[1:]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSplatIsUsedWhole(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
resource "aws_subnet" "s" { count = 1 }
resource "aws_t" "t" {
  full = aws_subnet.s[*].id
  dots = aws_subnet.s.*.id
}
`})
	props := find(t, out, "aws_t.t").Props
	for name, want := range map[string]string{"full": "aws_subnet.s[*].id", "dots": "aws_subnet.s.*.id"} {
		if got := props.Attr(name).Elems()[0].Origin().Span.Text(); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestDataSources(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
data "aws_vpc_endpoint_service" "common" { service = "ecs" }
data "aws_vpc_endpoint_service" "full" {
  service      = null
  service_name = "com.amazonaws.eu-west-1.s3"
}
data "aws_vpc_endpoint_service" "filtered" {}
data "aws_ssm_parameter" "p" { name = "p" }
resource "aws_t" "t" {
  common   = data.aws_vpc_endpoint_service.common.service_name
  full     = data.aws_vpc_endpoint_service.full.service_name
  filtered = data.aws_vpc_endpoint_service.filtered.service_name
  present  = data.aws_ssm_parameter.p.value
  parts    = split(",", data.aws_ssm_parameter.p.value)
}
`})
	props := find(t, out, "aws_t.t").Props
	for name, want := range map[string]string{
		"common":   `"com.amazonaws.${<data.aws_vpc_endpoint_service.common.region>}.ecs"`,
		"full":     `"com.amazonaws.eu-west-1.s3"`,
		"filtered": `<data.aws_vpc_endpoint_service.filtered.service_name>`,
		"present":  `?(data.aws_ssm_parameter.p.value)`,
		"parts":    `[?(data.aws_ssm_parameter.p.value), ...]`,
	} {
		if got := show(props.Attr(name)); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if got := props.Attr("present").NonEmpty().Known(); got != tri.True {
		t.Errorf("a parameter is not empty: got %v", got)
	}
}

package terraform

import (
	"testing"
)

// idiomModule is the module in which the idioms stand.
const idiomModule = `
variable "private"  { type = bool }
variable "env"      {}
variable "ids"      { type = list(string) }
variable "settings" { type = any }
variable "extra"    { type = map(string) }
variable "off"      { default = false }
variable "on"       { default = true }
variable "n"        { type = number }
variable "names"    { default = ["a", "b"] }
variable "keyed"    { default = { x = { subnet_id = "subnet-1" }, y = {} } }
locals {
  subnets = { a = aws_subnet.a.id, b = aws_subnet.b.id }
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "b" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "two" {
  count  = 2
  vpc_id = aws_vpc.main.id
}
resource "aws_subnet" "each" {
  for_each = toset(["k", "j"])
  vpc_id   = aws_vpc.main.id
}
resource "aws_subnet" "many" {
  count  = var.n
  vpc_id = aws_vpc.main.id
}
resource "aws_subnet" "maybe" {
  count  = var.private ? 1 : 0
  vpc_id = aws_vpc.main.id
}
resource "aws_subnet" "keys" {
  for_each = var.settings
  vpc_id   = aws_vpc.main.id
}
`

// The idioms by which Terraform modules pass references on. Every reference must come through, a known condition must not
// blame the branch that is not taken, and nothing unknown may turn into a constant.
func TestIdioms(t *testing.T) {
	for _, row := range []struct{ expr, want string }{
		{`var.private ? [aws_subnet.a.id] : []`, `one of {var.private is true => [<aws_subnet.a.id>]; var.private is false => []}`},
		{`var.off ? [aws_subnet.a.id] : [aws_subnet.b.id]`, `[<aws_subnet.b.id>]`},
		{`var.on ? aws_subnet.a.id : var.env`, `<aws_subnet.a.id>`},
		{`var.env == "prod" ? aws_subnet.a.id : aws_subnet.b.id`, `one of {var.env is "prod" => <aws_subnet.a.id>; var.env is not "prod" => <aws_subnet.b.id>}`},
		{`var.env != "prod" ? aws_subnet.a.id : aws_subnet.b.id`, `one of {var.env is not "prod" => <aws_subnet.a.id>; var.env is "prod" => <aws_subnet.b.id>}`},
		{`var.env == "prod" ? "p" : var.env == "dev" ? "d" : "o"`, `one of {var.env is "prod" => "p"; var.env is "dev" => "d"; var.env is not "prod" and var.env is not "dev" => "o"}`},
		{`concat(var.ids, [aws_subnet.a.id])`, `[<aws_subnet.a.id>, ...]`},
		{`concat([aws_subnet.a.id], var.private ? [aws_subnet.b.id] : [])`, `one of {var.private is true => [<aws_subnet.a.id>, <aws_subnet.b.id>]; var.private is false => [<aws_subnet.a.id>]}`},
		{`lookup(var.extra, "subnet", aws_subnet.a.id)`, `?(aws_subnet.a.id)`},
		{`lookup({ s = aws_subnet.a.id }, "s", "none")`, `<aws_subnet.a.id>`},
		{`lookup({ s = aws_subnet.a.id }, "t", aws_subnet.b.id)`, `<aws_subnet.b.id>`},
		{`lookup(var.keyed["y"], "subnet_id", aws_subnet.a.id)`, `<aws_subnet.a.id>`},
		{`lookup(local.subnets, var.env, "none")`, `?(aws_subnet.a.id aws_subnet.b.id)`},
		{`try(var.settings.subnet_id, aws_subnet.a.id)`, `?(aws_subnet.a.id)`},
		{`try(var.keyed.y.subnet_id, aws_subnet.a.id)`, `<aws_subnet.a.id>`},
		{`try(var.keyed.x.subnet_id, aws_subnet.a.id)`, `"subnet-1"`},
		{`try(aws_subnet.maybe[0].id, "")`, `one of {var.private is true => <aws_subnet.maybe[0].id>; var.private is false => ""}`},
		{`aws_subnet.maybe[0].id`, `<aws_subnet.maybe[0].id>`},
		{`one(aws_subnet.maybe[*].id)`, `one of {var.private is true => <aws_subnet.maybe[0].id>; var.private is false => null}`},
		{`length(aws_subnet.maybe) > 0 ? aws_subnet.maybe[0].id : aws_subnet.a.id`, `one of {var.private is true => <aws_subnet.maybe[0].id>; var.private is false => <aws_subnet.a.id>}`},
		{`[aws_subnet.a.id, aws_subnet.b.id]`, `[<aws_subnet.a.id>, <aws_subnet.b.id>]`},
		{`[for k in var.names : "${k}-x"]`, `["a-x", "b-x"]`},
		{`[for s in [aws_subnet.a, aws_subnet.b] : s.id]`, `[<aws_subnet.a.id>, <aws_subnet.b.id>]`},
		{`[for k in var.ids : aws_subnet.each[k].id]`, `[?(aws_subnet.each["j"] aws_subnet.each["k"])?, ...]`},
		{`[for k, v in local.subnets : v]`, `[<aws_subnet.a.id>, <aws_subnet.b.id>]`},
		{`{ for k, v in local.subnets : upper(k) => v }`, `{A: <aws_subnet.a.id>, B: <aws_subnet.b.id>}`},
		{`[for s in aws_subnet.two : s.id]`, `[<aws_subnet.two[0].id>, <aws_subnet.two[1].id>]`},
		{`[for s in aws_subnet.each : s.id]`, `[<aws_subnet.each["j"].id>, <aws_subnet.each["k"].id>]`},
		{`[for s in aws_subnet.keys : s.id]`, `[<aws_subnet.keys[*].id>?, ...(aws_subnet.keys[*])]`},
		{`merge(var.extra, { s = aws_subnet.a.id })`, `{s: <aws_subnet.a.id>, ...}`},
		{`merge({ s = aws_subnet.a.id }, var.extra)`, `{s: ?(aws_subnet.a.id), ...}`},
		{`merge({ s = aws_subnet.a.id }, { t = aws_subnet.b.id })`, `{s: <aws_subnet.a.id>, t: <aws_subnet.b.id>}`},
		{`aws_subnet.two[*].id`, `[<aws_subnet.two[0].id>, <aws_subnet.two[1].id>]`},
		{`aws_subnet.two.*.id`, `[<aws_subnet.two[0].id>, <aws_subnet.two[1].id>]`},
		{`aws_subnet.many[*].id`, `[<aws_subnet.many[*].id>?, ...(aws_subnet.many[*])]`},
		{`values(aws_subnet.each)[*].id`, `[<aws_subnet.each["j"].id>, <aws_subnet.each["k"].id>]`},
		{`values(aws_subnet.keys)[*].id`, `[<aws_subnet.keys[*].id>?, ...(aws_subnet.keys[*])]`},
		{`aws_subnet.each["k"].id`, `<aws_subnet.each["k"].id>`},
		{`aws_subnet.keys["k"].id`, `<aws_subnet.keys[*].id>`},
		{`aws_subnet.many[1].id`, `<aws_subnet.many[*].id>`},
		{`element(aws_subnet.two[*].id, 3)`, `<aws_subnet.two[1].id>`},
		{`element(aws_subnet.many[*].id, var.n)`, `<aws_subnet.many[*].id>`},
		{`element(aws_subnet.two[*].id, var.n)`, `?(aws_subnet.two[0].id aws_subnet.two[1].id)`},
		{`coalescelist(var.ids, [aws_subnet.a.id])`, `?(aws_subnet.a.id)`},
		{`coalescelist([], [aws_subnet.a.id])`, `[<aws_subnet.a.id>]`},
		{`coalesce(null, aws_subnet.a.id, "x")`, `<aws_subnet.a.id>`},
		{`coalesce(var.env, aws_subnet.a.id)`, `?(aws_subnet.a.id)`},
		{`flatten([[aws_subnet.a.id], [[aws_subnet.b.id]], "c"])`, `[<aws_subnet.a.id>, <aws_subnet.b.id>, "c"]`},
		{`flatten([aws_subnet.two[*].id, var.ids])`, `[<aws_subnet.two[0].id>, <aws_subnet.two[1].id>, ...]`},
		{`toset([aws_subnet.a.id, aws_subnet.b.id])`, `set[<aws_subnet.a.id>, <aws_subnet.b.id>]`},
		{`tolist(toset(["b", "a", "b"]))`, `["a", "b"]`},
		{`compact([var.env, aws_subnet.a.id, "", null])`, `[??, <aws_subnet.a.id>]`},
		{`distinct([aws_subnet.a.id, aws_subnet.a.id])`, `[<aws_subnet.a.id>]`},
		{`local.subnets[var.env]`, `?(aws_subnet.a.id aws_subnet.b.id)`},
		{`local.subnets["a"]`, `<aws_subnet.a.id>`},
		{`var.settings.subnet_id`, `?`},
		{`jsonencode({ Resource = "${aws_vpc.main.arn}/*", V = 1 })`, `json{Resource: "${<aws_vpc.main.arn>}/*", V: 1}`},
		{`jsondecode(jsonencode([aws_vpc.main.arn]))`, `[<aws_vpc.main.arn>]`},
		{`"com.amazonaws.${var.env}.s3"`, `"com.amazonaws.${?}.s3"`},
		{`format("com.amazonaws.%s.s3", var.env)`, `"com.amazonaws.${?}.s3"`},
		{`formatlist("%s/*", aws_subnet.two[*].arn)`, `["${<aws_subnet.two[0].arn>}/*", "${<aws_subnet.two[1].arn>}/*"]`},
		{`join(",", [aws_subnet.a.id, "x"])`, `"${<aws_subnet.a.id>},x"`},
		{`aws_vpc.main.cidr_block`, `"10.0.0.0/16"`},
		{`cidrsubnet(aws_vpc.main.cidr_block, 8, 3)`, `"10.0.3.0/24"`},
		{`aws_subnet.a.vpc_id`, `<aws_vpc.main.id>`},
		{`slice(aws_subnet.two[*].id, 0, 1)`, `[<aws_subnet.two[0].id>]`},
		{`zipmap(["x", "y"], aws_subnet.two[*].id)`, `{x: <aws_subnet.two[0].id>, y: <aws_subnet.two[1].id>}`},
		{`zipmap(aws_subnet.many[*].availability_zone, aws_subnet.many[*].id)[var.env]`, `<aws_subnet.many[*].id>`},
		{`{ for s in aws_subnet.many : s.availability_zone => s.id }[var.env]`, `<aws_subnet.many[*].id>`},
		{`{ for k, s in aws_subnet.keys : k => s.id if k != "x" }`, `{...(aws_subnet.keys[*].id)}`},
		{`[for z, id in { for s in aws_subnet.many : s.availability_zone => s.id } : id]`, `[<aws_subnet.many[*].id>?, ...]`},
		{`{ for s in aws_subnet.many : s.availability_zone => s.id... }[var.env]`, `?(aws_subnet.many[*] aws_subnet.many[*].availability_zone aws_subnet.many[*].id)`},
		{`merge({ s = aws_subnet.a.id, t = 1 }, [for n in ["a", "b", "c", "d", "e", "t"] : var.settings[n] != null ? { (n) = 2 } : null]...)`,
			`{s: <aws_subnet.a.id>, t: ?, a: 2?, b: 2?, c: 2?, d: 2?, e: 2?}`},
		{`setunion([aws_subnet.a.id], ["x"])`, `set[<aws_subnet.a.id>, "x"]`},
		{`contains(var.names, "a")`, `true`},
		{`contains(var.names, var.env)`, `?`},
		{`length(var.names)`, `2`},
		{`length(var.ids)`, `?`},
		{`var.env == null ? 1 : 2`, `one of {var.env is null => 1; var.env is not null => 2}`},
		{`aws_subnet.a.id != "" ? 1 : 2`, `1`},
		{`var.private && false`, `false`},
		{`var.on || var.private`, `true`},
		{`!var.private ? 1 : 2`, `one of {var.private is true => 2; var.private is false => 1}`},
		{`data.aws_vpc.none.id`, `?`},
		{`module.none.id`, `?`},
		{`{ (var.env) = aws_subnet.a.id }`, `{...(aws_subnet.a.id)}`},
		{`[for s in [aws_subnet.a.id, "x"] : s if s != "x"]`, `[<aws_subnet.a.id>?]`},
		{`can(var.keyed.y.subnet_id)`, `false`},
		{`1 + 2 * 3`, `7`},
		{`"%{ for n in var.names }${n},%{ endfor }"`, `"a,b,"`},
		{`tonumber("5") > 4`, `true`},
	} {
		t.Run(row.expr, func(t *testing.T) {
			out := loadFiles(t, map[string]string{"main.tf": idiomModule + "resource \"aws_test\" \"it\" {\n  x = " + row.expr + "\n}\n"})
			for _, f := range out.Findings {
				t.Errorf("%s at %q", f.Message, f.At.Text())
			}
			if got := show(find(t, out, "aws_test.it").Props.Attr("x")); got != row.want {
				t.Errorf("\n got %s\nwant %s", got, row.want)
			}
		})
	}
}

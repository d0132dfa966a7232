package terraform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// trace spells an origin: the text of each place, and what happens there.
func trace(o *value.Origin) []string {
	var out []string
	for ; o != nil; o = o.Via {
		out = append(out, strings.TrimSpace(o.Span.FirstLine().Text()+" | "+o.Note))
	}
	return out
}

var callerAndCalled = map[string]string{
	"infra/main.tf": `
variable "zones" { default = ["a"] }
variable "isolated" { type = bool }
module "net" {
  source   = "../modules/net"
  for_each = toset(var.zones)
  zone     = each.key
}
module "train" {
  source     = "../modules/train"
  count      = 2
  subnet_ids = module.net["a"].private
  isolated   = var.isolated
}
module "vpc" {
  source = "example/vpc/aws"
}
resource "aws_sagemaker_domain" "d" {
  vpc_id     = module.vpc.vpc_id
  subnet_ids = [for n in module.net : n.private[0]]
}
`,
	"modules/net/main.tf": `
variable "zone" {}
resource "aws_subnet" "private" {
  count             = 2
  availability_zone = var.zone
}
output "private" { value = aws_subnet.private[*].id }
`,
	"modules/train/main.tf": `
variable "subnet_ids" { type = list(string) }
variable "isolated" {}
resource "aws_sagemaker_model" "this" {
  enable_network_isolation = var.isolated ? true : false
  vpc_config {
    subnets            = var.subnet_ids
    security_group_ids = []
  }
}
`,
}

func TestModules(t *testing.T) {
	out := loadFiles(t, callerAndCalled)
	var subjects []string
	for _, r := range out.Resources {
		subjects = append(subjects, r.Addr.Unit+" "+r.Subject)
	}
	want := []string{
		"infra aws_sagemaker_domain.d",
		`infra module.net["a"].aws_subnet.private[0]`,
		`infra module.net["a"].aws_subnet.private[1]`,
		"infra module.train[0].aws_sagemaker_model.this",
		"infra module.train[1].aws_sagemaker_model.this",
		"infra module.vpc",
	}
	if diff := cmp.Diff(want, subjects); diff != "" {
		t.Error(diff)
	}
	domain := find(t, out, "aws_sagemaker_domain.d")
	if got := show(domain.Props.Attr("vpc_id")); got != "?(module.vpc.vpc_id)" {
		t.Error(got)
	}
	if got := domain.Props.Attr("vpc_id").Reason(); got != "module.vpc (example/vpc/aws) is not in the tree; run terraform init, or scan the plan" {
		t.Error(got)
	}
	if got := show(domain.Props.Attr("subnet_ids")); got != `[<module.net["a"].aws_subnet.private[0].id>]` {
		t.Error(got)
	}
	model := find(t, out, "module.train[0].aws_sagemaker_model.this")
	subnets := model.Props.Attr("vpc_config").Attr("subnets")
	if got := show(subnets); got != `[<module.net["a"].aws_subnet.private[0].id>, <module.net["a"].aws_subnet.private[1].id>]` {
		t.Error(got)
	}
	if diff := cmp.Diff([]string{
		"var.subnet_ids |",
		`module.net["a"].private | passed to module.train[0] as subnet_ids`,
		`aws_subnet.private[*].id | module.net["a"] returns it as private`,
	}, trace(subnets.Origin())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{`"train" | module.train[0] is called here`}, trace(model.Via)); diff != "" {
		t.Error(diff)
	}
	if got := model.Span.Text(); got != `"aws_sagemaker_model" "this"` {
		t.Error(got)
	}
	if got := model.Props.Attr("vpc_config").Elems()[0].Origin().Span.Text(); got != "vpc_config" {
		t.Error(got)
	}
	// The condition is the caller's variable, whichever instance asks.
	if got := show(model.Props.Attr("enable_network_isolation")); got != "one of {var.isolated is true => true; var.isolated is false => false}" {
		t.Error(got)
	}
}

func TestUncalledModuleStandsOnItsOwn(t *testing.T) {
	out := loadFiles(t, map[string]string{"modules/train/main.tf": callerAndCalled["modules/train/main.tf"]})
	model := find(t, out, "aws_sagemaker_model.this")
	subnets := model.Props.Attr("vpc_config").Attr("subnets")
	if got := subnets.Reason(); got != "var.subnet_ids has no default; pass --var-file, or scan the plan" {
		t.Error(got)
	}
}

func TestInstalledModule(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf":                         "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}\nresource \"aws_x\" \"y\" {\n  v = module.vpc.id\n}\n",
		".terraform/modules/modules.json": `{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"vpc","Source":"registry.terraform.io/terraform-aws-modules/vpc/aws","Dir":".terraform/modules/vpc"}]}`,
		".terraform/modules/vpc/main.tf":  "resource \"aws_vpc\" \"this\" {}\noutput \"id\" {\n  value = aws_vpc.this.id\n}\n",
	})
	if got := show(find(t, out, "aws_x.y").Props.Attr("v")); got != "<module.vpc.aws_vpc.this.id>" {
		t.Error(got)
	}
}

func TestVariables(t *testing.T) {
	in := inputOf(map[string]string{
		"main.tf": `
variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "n" {
  type    = number
  default = "5"
}
variable "list" { type = list(string) }
variable "o" {
  type = object({ name = string, size = optional(number, 3), none = optional(string) })
  default = { name = "x", more = 1 }
}
variable "password" { default = "hunter22" }
variable "nonnull" {
  default  = "d"
  nullable = false
}
resource "aws_x" "y" {
  a = var.a
  b = var.b
  c = var.c
  d = var.d
  n = var.n
  o = var.o
  list = var.list
  pw = var.password
  nonnull = var.nonnull
}
`,
		"terraform.tfvars": "a = \"tfvars\"\nb = \"tfvars\"\nc = \"tfvars\"\nd = \"tfvars\"\nnonnull = null\n",
		"x.auto.tfvars":    "b = \"auto\"\nc = \"auto\"\nd = \"auto\"\n",
	})
	in.Settings.VarFiles = []*source.File{source.NewFile("prod.tfvars", []byte("c = \"file\"\nd = \"file\"\nunused = 1\n"))}
	in.Settings.Vars = []frontend.Var{{Name: "d", Text: "flag", After: 1}, {Name: "list", Text: `["s-1", "s-2"]`}, {Name: "typo", Text: "x"}}
	out := load(t, in)
	r := find(t, out, "aws_x.y")
	want := `{a: "tfvars", b: "auto", c: "file", d: "flag", n: 5, o: {name: "x", none: null, size: 3}, list: ["s-1", "s-2"], pw: "hunter22", nonnull: "d"}`
	if got := show(r.Props); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if diff := cmp.Diff(map[string]bool{"c": true, "d": true, "list": true}, out.UsedVars); diff != "" {
		t.Error(diff)
	}
	for attr, want := range map[string][]string{
		"a":  {"var.a |", `"tfvars" | terraform.tfvars sets var.a to "tfvars"`},
		"c":  {"var.c |", `"file" | prod.tfvars sets var.c to "file"`},
		"d":  {"var.d |", `"d" | --var sets var.d to "flag"`},
		"n":  {"var.n |", `"5" | the default of var.n is "5"`},
		"pw": {"var.password |", `"hunter22" | the default of var.password is set here`},
	} {
		if diff := cmp.Diff(want, trace(r.Props.Attr(attr).Origin())); diff != "" {
			t.Errorf("%s: %s", attr, diff)
		}
	}
}

func TestElementsStandAtTheirUse(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
locals {
  subnets = ["subnet-1", "subnet-2"]
}
resource "aws_x" "y" {
  here  = ["subnet-3"]
  there = local.subnets
}
`})
	r := find(t, out, "aws_x.y")
	if diff := cmp.Diff([]string{`"subnet-3" |`}, trace(r.Props.Attr("here").Elems()[0].Origin())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"local.subnets |",
		`["subnet-1", "subnet-2"] | local.subnets is set here`,
		`"subnet-2" | it is written here`,
	}, trace(r.Props.Attr("there").Elems()[1].Origin())); diff != "" {
		t.Error(diff)
	}
}

func TestKnownConditionIsInTheTrace(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
variable "private" { default = false }
resource "aws_x" "y" {
  v = var.private ? ["subnet-1"] : []
}
`})
	if diff := cmp.Diff([]string{
		"[] |",
		"var.private | the condition var.private is false",
		"false | the default of var.private is false",
	}, trace(find(t, out, "aws_x.y").Props.Attr("v").Origin())); diff != "" {
		t.Error(diff)
	}
}

func TestExistence(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
variable "on" { type = bool }
variable "n" {}
variable "m" { type = map(string) }
resource "aws_x" "none" { count = 0 }
resource "aws_x" "empty" { for_each = {} }
resource "aws_x" "maybe" { count = var.on ? 1 : 0 }
resource "aws_x" "many" {
  count = var.n
  name  = "x-${count.index}"
  fixed = "y"
}
resource "aws_x" "keyed" {
  for_each = var.m
  name     = each.key
}
resource "aws_x" "some" {
  for_each = var.on ? { a = 1, b = 2 } : { b = 3 }
  v        = each.value
}
resource "random_id" "r" {}
data "aws_vpc" "main" { default = true }
`})
	var got []string
	for _, r := range out.Resources {
		_, cases := r.Exists.Verdict()
		world := ""
		if len(cases) == 1 {
			world = cases[0].When.String() + cases[0].Reason
		}
		got = append(got, r.Subject+" "+r.Exists.Known().String()+" "+world+" "+show(r.Props))
	}
	if diff := cmp.Diff([]string{
		"aws_x.maybe[0] unknown var.on is true {}",
		`aws_x.many[*] unknown var.n has no default; pass --var-file, or scan the plan {name: "x-${?}", fixed: "y"}`,
		"aws_x.keyed[*] unknown var.m has no default; pass --var-file, or scan the plan {name: ?}",
		`aws_x.some["a"] unknown var.on is true {v: 1}`,
		`aws_x.some["b"] true  {v: one of {var.on is true => 2; var.on is false => 3}}`,
		"data.aws_vpc.main true  {default: true}",
	}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDynamicBlocks(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
variable "ports" { type = list(number) }
variable "vpc"   { default = true }
resource "aws_security_group" "sg" {
  dynamic "ingress" {
    for_each = [443, 80]
    content {
      from_port = ingress.value
      index     = ingress.key
      protocol  = "tcp"
    }
  }
  ingress {
    from_port = 22
  }
  dynamic "egress" {
    for_each = var.ports
    iterator = p
    content {
      from_port = p.value
      protocol  = "tcp"
    }
  }
  dynamic "none" {
    for_each = var.vpc ? [] : [1]
    content {}
  }
  lifecycle {
    create_before_destroy = true
  }
}
`})
	want := `{ingress: [{from_port: 443, index: 0, protocol: "tcp"}, {from_port: 80, index: 1, protocol: "tcp"}, {from_port: 22}], ` +
		`egress: [{from_port: ?, protocol: "tcp"}?], none: []}`
	if got := show(find(t, out, "aws_security_group.sg").Props); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestPolicyDocument(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
data "aws_iam_policy_document" "p" {
  statement {
    sid       = "s3"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.e.id]
    }
  }
  statement {
    effect      = "Deny"
    not_actions = ["s3:*"]
    resources   = ["*"]
  }
}
data "aws_iam_policy_document" "more" {
  source_policy_documents = [data.aws_iam_policy_document.p.json, var.other]
}
variable "other" {}
resource "aws_s3_bucket" "b" {}
resource "aws_vpc_endpoint" "e" {
  policy = data.aws_iam_policy_document.p.json
  more   = data.aws_iam_policy_document.more.json
}
`})
	e := find(t, out, "aws_vpc_endpoint.e")
	named := `{Sid: "s3", Effect: "Allow", Action: "s3:GetObject", Resource: "${<aws_s3_bucket.b.arn>}/*", Principal: "*", ` +
		`Condition: {StringEquals: {aws:SourceVpce: <aws_vpc_endpoint.e.id>}}}`
	other := `{Effect: "Deny", NotAction: "s3:*", Resource: "*"}`
	if got, want := show(e.Props.Attr("policy")), `json{Version: "2012-10-17", Statement: [`+named+`, `+other+`]}`; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	// What can't be read may have a statement of the same sid in the place of one that can, and an id of its own.
	if got, want := show(e.Props.Attr("more")), `json{Version: "2012-10-17", Id: ?, Statement: set[`+named+`?, `+other+`, ...]}`; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestState(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"infra/main.tf": "resource \"aws_subnet\" \"a\" {\n  count = 1\n}\nresource \"aws_vpc\" \"v\" {}\n",
		"infra/terraform.tfstate": `{"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "resources": [
  {"mode": "managed", "type": "aws_subnet", "name": "a", "instances": [{"index_key": 0, "attributes": {"id": "subnet-1", "arn": "arn:1"}}]},
  {"mode": "managed", "type": "aws_gone", "name": "a", "instances": [{"attributes": {"id": "gone"}}]}]}`,
		"saved/show.json": `{"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": [
  {"address": "aws_vpc.v", "values": {"id": "vpc-1"}}], "child_modules": []}}}`,
		"other.json": `{"terraform_version": 3`,
	})
	var got []string
	for _, id := range out.Identities {
		got = append(got, id.Ref.Addr.Unit+" "+showRef(id.Ref)+" = "+id.Literal+" at "+id.Span.Text())
	}
	if diff := cmp.Diff([]string{
		`infra aws_subnet.a[0].id = subnet-1 at "subnet-1"`,
		`infra aws_subnet.a[0].arn = arn:1 at "arn:1"`,
		`infra aws_vpc.v.id = vpc-1 at "vpc-1"`,
	}, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnreadable(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": "resource \"aws_x\" \"a\" {\n  v = [1,\n}\nresource \"aws_x\" \"b\" {\n  w = 2 +\n}\nresource \"aws_x\" \"c\" {\n  v = aws_x.a.id\n}\n"})
	if len(out.Findings) != 1 {
		t.Fatalf("got %d findings, want 1", len(out.Findings))
	}
	f := out.Findings[0]
	if f.Rule != "unreadable" || f.At.File.Position(f.At.Start).Line != 3 {
		t.Errorf("%s at line %d: %s", f.Rule, f.At.File.Position(f.At.Start).Line, f.Message)
	}
	if got := show(find(t, out, "aws_x.c").Props); got != "{v: <aws_x.a.id>}" {
		t.Error(got)
	}
}

// Of a block with an error in it, what was read before counts, and the rest is unknown: neither absent nor a default.
func TestBrokenBlocks(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf": `
resource "aws_x" "y" {
  a = "a"
  b = ["b"
  c = "c"
}
module "m" {
  source = "./m"
  a = "passed"
  b = ["b"
  c = "passed"
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:*"
  }
}
resource "aws_x" "z" {
  p = data.aws_iam_policy_document.d.json
  a = aws_x.y.a
  c = aws_x.y.c
}
`,
		"m/main.tf": `
variable "a" { default = "a" }
variable "b" { default = "b" }
variable "c" { default = "c" }
resource "aws_x" "v" {
  v = [var.a, var.b, var.c]
}
`,
	})
	y := find(t, out, "aws_x.y")
	if got := show(y.Props); got != `{a: "a", ...}` || y.Props.Attr("c").Reason() != cutShort {
		t.Errorf("got %s, %s", got, y.Props.Attr("c").Reason())
	}
	if got := y.Exists.Known(); got != tri.Unknown {
		t.Errorf("it exists: %v", got)
	}
	if got := show(find(t, out, "module.m.aws_x.v").Props); got != `{v: ["passed", ?, ?]}` {
		t.Error(got)
	}
	want := `{p: ?(data.aws_iam_policy_document.d.json), a: "a", c: ?(aws_x.y.c)}`
	if got := show(find(t, out, "aws_x.z").Props); got != want {
		t.Error(got)
	}
}

func TestCertainty(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": "resource \"aws_x\" \"a\" {}\n"})
	if got := out.Resources[0].Exists.Known(); got != tri.True {
		t.Error(got)
	}
}

func TestOverride(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf":          "locals {\n  a = 1\n  b = 2\n}\nresource \"aws_x\" \"y\" {\n  v = local.a\n  w = local.b\n  vpc_config {\n    s = 1\n  }\n}\n",
		"prod_override.tf": "locals {\n  b = 3\n}\nresource \"aws_x\" \"y\" {\n  v = 9\n  vpc_config {\n    s = 2\n  }\n}\n",
	})
	if len(out.Resources) != 1 {
		t.Fatalf("got %d resources, want 1", len(out.Resources))
	}
	r := find(t, out, "aws_x.y").Props
	if got := show(r.Attr("v")) + show(r.Attr("w")) + show(r.Attr("vpc_config")); got != "93[{s: 2}]" {
		t.Error(got)
	}
}

func TestOpenTofu(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf":   "resource \"aws_x\" \"terraform\" {}\n",
		"main.tofu": "resource \"aws_x\" \"tofu\" {}\n",
	})
	if len(out.Resources) != 1 {
		t.Fatalf("got %d resources, want 1", len(out.Resources))
	}
	find(t, out, "aws_x.tofu")
}

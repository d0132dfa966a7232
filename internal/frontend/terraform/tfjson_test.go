package terraform

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// pairs are configurations in the native syntax and in JSON that mean the same.
var pairs = []struct{ name, hcl, json string }{
	{
		"references, lists, templates and meta-arguments",
		`
variable "name" { default = "x" }
variable "on" {}
locals { tags = { team = "ml" } }
provider "aws" { region = "eu-west-1" }
resource "aws_subnet" "a" {
  count      = 2
  provider   = aws.west
  depends_on = [aws_vpc.main]
  vpc_id     = aws_vpc.main.id
  tags       = merge(local.tags, { Name = "${var.name}-${count.index}" })
  map_public_ip_on_launch = var.on ? true : null
}
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
output "ids" { value = aws_subnet.a[*].id }
`, `{
  "//": "a comment",
  "variable": { "name": { "default": "x" }, "on": {} },
  "locals": { "tags": { "team": "ml" } },
  "provider": { "aws": [ { "region": "eu-west-1" } ] },
  "resource": {
    "aws_subnet": { "a": {
      "//": { "metadata": { "path": "stack/a" } },
      "count": 2,
      "provider": "aws.west",
      "depends_on": ["aws_vpc.main"],
      "vpc_id": "${aws_vpc.main.id}",
      "tags": "${merge(local.tags, { Name = \"${var.name}-${count.index}\" })}",
      "map_public_ip_on_launch": "${var.on ? true : null}"
    } },
    "aws_vpc": { "main": { "cidr_block": "10.0.0.0/16" } }
  },
  "output": { "ids": { "value": "${aws_subnet.a[*].id}" } }
}`,
	},
	{
		"nested blocks, one and several, and dynamic ones",
		`
variable "rules" { default = [{ port = 443 }, { port = 80 }] }
variable "more" {}
resource "aws_security_group" "a" {
  ingress {
    from_port = 443
    cidr_blocks = ["10.0.0.0/8", "172.16.0.0/12"]
  }
  ingress {
    from_port = 80
    self = true
  }
  dynamic "egress" {
    for_each = var.rules
    iterator = rule
    content {
      from_port = rule.value.port
      to_port   = rule.value["port"]
    }
  }
  dynamic "ingress" {
    for_each = var.more
    content { from_port = ingress.value }
  }
  timeouts { create = "1m" }
  lifecycle { ignore_changes = [tags] }
}
resource "aws_sagemaker_domain" "d" {
  default_user_settings {
    execution_role = "r"
    jupyter_server_app_settings {
      default_resource_spec { instance_type = "system" }
    }
  }
}
`, `{
  "variable": [ { "rules": { "default": [{ "port": 443 }, { "port": 80 }] } }, { "more": [{}] } ],
  "resource": [ { "aws_security_group": { "a": {
      "ingress": [
        { "from_port": 443, "cidr_blocks": ["10.0.0.0/8", "172.16.0.0/12"] },
        { "//": "http", "from_port": 80, "self": true }
      ],
      "dynamic": {
        "egress": { "for_each": "${var.rules}", "iterator": "rule", "content": {
          "from_port": "${rule.value.port}", "to_port": "${rule.value[\"port\"]}" } },
        "ingress": [ { "for_each": "${var.more}", "content": [ { "from_port": "${ingress.value}" } ] } ]
      },
      "timeouts": { "create": "1m" },
      "lifecycle": { "ignore_changes": ["tags"] },
      "provisioner": [ { "local-exec": { "command": "echo ${" } } ]
  } } },
  { "aws_sagemaker_domain": [ { "d": {
      "default_user_settings": [ {
        "execution_role": "r",
        "jupyter_server_app_settings": { "default_resource_spec": { "instance_type": "system" } }
      } ]
  } } ] } ]
}`,
	},
	{
		"maps whose names are no identifiers, null, escapes and directives",
		`
variable "t" {
  type    = object({ a = string, b = optional(list(string), ["x"]) })
  default = { a = "$${literal}" }
}
variable "set" {
  type    = set(string)
  default = ["b", "a", "b"]
}
resource "aws_lambda_function" "f" {
  for_each    = var.set
  description = null
  tags        = { "kubernetes.io/role" = "x", "${each.key}-é" = "ü" }
  role        = "%{if each.key == "a"}A%{else}B%{endif}"
  layers      = var.t.b
  runtime     = var.t.a
  handler     = "tab\there"
  timeout     = 1.5
}
`, `{
  "variable": {
    "t": { "type": "object({ a = string, b = optional(list(string), [\"x\"]) })", "default": { "a": "${literal}" } },
    "set": { "type": "set(string)", "default": ["b", "a", "b"] }
  },
  "resource": { "aws_lambda_function": { "f": {
    "for_each": "${var.set}",
    "description": null,
    "tags": { "kubernetes.io/role": "x", "${each.key}-\u00e9": "ü" },
    "role": "%{if each.key == \"a\"}A%{else}B%{endif}",
    "layers": "${var.t.b}",
    "runtime": "${var.t.a}",
    "handler": "tab\there",
    "timeout": 1.5
  } } }
}`,
	},
	{
		"modules and data",
		`
module "net" {
  source = "./net"
  for_each = { a = "10.0.0.0/16" }
  cidr   = each.value
  settings = { nested = [{ id = aws_vpc.v.id }] }
}
resource "aws_vpc" "v" {}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [module.net["a"].id]
    }
  }
}
resource "aws_vpc_endpoint" "e" {
  policy = data.aws_iam_policy_document.p.json
  vpc_id = module.net["a"].id
}
`, `{
  "module": { "net": {
    "source": "./net", "for_each": { "a": "10.0.0.0/16" }, "cidr": "${each.value}",
    "settings": { "nested": [ { "id": "${aws_vpc.v.id}" } ] }
  } },
  "resource": {
    "aws_vpc": { "v": {} },
    "aws_vpc_endpoint": { "e": { "policy": "${data.aws_iam_policy_document.p.json}", "vpc_id": "${module.net[\"a\"].id}" } }
  },
  "data": { "aws_iam_policy_document": { "p": { "statement": [ {
    "actions": ["s3:*"], "resources": ["*"],
    "principals": { "type": "AWS", "identifiers": ["*"] },
    "condition": [ { "test": "StringEquals", "variable": "aws:SourceVpc", "values": ["${module.net[\"a\"].id}"] } ]
  } ] } } }
}`,
	},
}

const calledModule = `
variable "cidr" {}
variable "settings" {}
resource "aws_vpc" "inner" {
  cidr_block = var.cidr
  peer       = var.settings.nested[0].id
}
output "id" { value = aws_vpc.inner.id }
`

func TestJSONMeansWhatHCLMeans(t *testing.T) {
	for _, p := range pairs {
		t.Run(p.name, func(t *testing.T) {
			native := loadFiles(t, map[string]string{"main.tf": p.hcl, "net/main.tf": calledModule})
			asJSON := loadFiles(t, map[string]string{"main.tf.json": p.json, "net/main.tf": calledModule})
			if len(asJSON.Findings) > 0 {
				t.Fatalf("findings: %v", asJSON.Findings)
			}
			if diff := cmp.Diff(spelled(native.Resources), spelled(asJSON.Resources)); diff != "" {
				t.Errorf("native (-) and JSON (+) differ:\n%s", diff)
			}
		})
	}
}

// spelled spells resources so that those of both syntaxes compare: a nested block as an object, members by name.
func spelled(raws []resource.Raw) []string {
	var out []string
	for _, r := range raws {
		out = append(out, r.Subject+" "+show(plain(r.Props))+" "+fmt.Sprint(r.Exists.Known()))
	}
	slices.Sort(out)
	return out
}

func plain(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = plain(e)
		}
		if len(elems) == 1 && !v.Open() && !v.Encoded() && elems[0].Kind() == value.KindObject && !elems[0].MayBeMissing() {
			return elems[0]
		}
		return reshaped(v, elems)
	case value.KindObject:
		fields := byName(v)
		for i, f := range fields {
			fields[i].Value = plain(f.Value)
		}
		return refielded(v, fields)
	case value.KindChoice:
		return v.Map(plain)
	}
	return v
}

// TestJSONOfRandomExpressions writes random expressions in both syntaxes and compares what they come to and where.
func TestJSONOfRandomExpressions(t *testing.T) {
	const rounds, perRound = 60, 25
	compared := 0
	for seed := uint64(1); seed <= rounds; seed++ {
		r := rand.New(rand.NewPCG(seed, 7))
		g := &grammar{r: r, detached: true}
		var native, asJSON []string
		for i := range perRound {
			expr := g.any(1 + r.IntN(3))
			switch r.IntN(4) {
			case 0:
				expr = "prefix-${" + expr + "}-%{if var.u_bool}" + "x%{endif}"
				native = append(native, fmt.Sprintf("  a%d = %s", i, `"`+expr+`"`))
				asJSON = append(asJSON, fmt.Sprintf("%q: %s", fmt.Sprintf("a%d", i), escaped(r, expr)))
			case 1:
				native = append(native, fmt.Sprintf("  b%d {\n    c = [\"${%s}\", 1, null]\n  }", i, expr))
				asJSON = append(asJSON, fmt.Sprintf(`"b%d": [{"c": [%s, 1, null]}]`, i, escaped(r, "${"+expr+"}")))
			case 2:
				native = append(native, fmt.Sprintf("  dynamic \"d%d\" {\n    for_each = \"${%s}\"\n    content {\n      v = \"${d%d.value}\"\n    }\n  }", i, expr, i))
				asJSON = append(asJSON, fmt.Sprintf(`"dynamic": {"d%d": {"for_each": %s, "content": {"v": "${d%d.value}"}}}`, i, escaped(r, "${"+expr+"}"), i))
			default:
				native = append(native, fmt.Sprintf("  a%d = \"${%s}\"", i, expr))
				asJSON = append(asJSON, fmt.Sprintf("%q: %s", fmt.Sprintf("a%d", i), escaped(r, "${"+expr+"}")))
			}
		}
		n := loadFiles(t, map[string]string{"base.tf": soundModule, "main.tf": "resource \"aws_x\" \"y\" {\n" + strings.Join(native, "\n") + "\n}\n"})
		j := loadFiles(t, map[string]string{"base.tf": soundModule, "main.tf.json": `{"resource": {"aws_x": {"y": {` + strings.Join(asJSON, ",\n") + "}}}}"})
		if len(n.Findings)+len(j.Findings) > 0 {
			t.Fatalf("seed %d: %v %v", seed, n.Findings, j.Findings)
		}
		x, y := plain(find(t, n, "aws_x.y").Props), plain(find(t, j, "aws_x.y").Props)
		for _, f := range x.Fields() {
			other, _ := y.Field(f.Name)
			if a, b := show(f.Value), show(other.Value); a != b {
				t.Fatalf("seed %d, %s: %s\n  native %s\n  JSON   %s", seed, f.Name, f.Value.Origin().Span.Text(), a, b)
			}
			compared += samePlaces(t, f.Value, other.Value)
		}
	}
	if compared < 2000 {
		t.Errorf("only %d places were compared", compared)
	}
	t.Logf("%d places", compared)
}

// escaped spells a text as a JSON string, some of its characters by number.
func escaped(r *rand.Rand, s string) string {
	if r.IntN(2) == 0 {
		b, _ := json.Marshal(s)
		return string(b)
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case r.IntN(20) == 0 || c < ' ':
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String() + `"`
}

// samePlaces compares where the parts of a value stand in both syntaxes.
func samePlaces(t *testing.T, native, asJSON value.Value) int {
	t.Helper()
	n := 0
	if a, b := native.Origin(), asJSON.Origin(); a != nil && b != nil && a.Span.File.Path == "main.tf" {
		want, got := a.Span.Text(), unescaped(b.Span.Text())
		name := got == `"`+want+`"` // of a block
		if want != got && !name && !strings.HasPrefix(got, "[") {
			t.Errorf("native %s\n  JSON %s", want, got)
		}
		if want == got {
			n++
		}
	}
	for i, e := range native.Elems() {
		n += samePlaces(t, e, asJSON.Elems()[i])
	}
	for i, f := range native.Fields() {
		n += samePlaces(t, f.Value, asJSON.Fields()[i].Value)
	}
	return n
}

// unescaped returns a part of a JSON string, or all of it with its quotes, as it is meant.
func unescaped(text string) string {
	var s string
	if text[0] == '"' && json.Unmarshal([]byte(text), &s) == nil {
		return `"` + s + `"`
	}
	if json.Unmarshal([]byte(`"`+text+`"`), &s) == nil {
		return s
	}
	return text
}

func TestJSONPlaces(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf.json": "\xef\xbb\xbf" + pairs[1].json})
	r := find(t, out, "aws_security_group.a")
	rule := func(list string, i int) value.Value { f, _ := r.Props.Field(list); return f.Value.Elems()[i] }
	f, _ := r.Props.Field("ingress")
	for _, c := range []struct {
		name string
		got  string
		want string
	}{
		{"header", r.Span.Text(), `"a"`},
		{"name", f.Key.Text(), `"ingress"`},
		{"first block", rule("ingress", 0).Origin().Span.Text(), `"ingress"`},
		{"second block", rule("ingress", 1).Origin().Span.Text(), `{`},
		{"dynamic block", rule("egress", 0).Origin().Span.Text(), `"egress"`},
		{"number", rule("ingress", 1).Attr("from_port").Origin().Span.Text(), `80`},
		{"element", rule("ingress", 0).Attr("cidr_blocks").Elems()[1].Origin().Span.Text(), `"172.16.0.0/12"`},
		{"expression", rule("egress", 0).Attr("to_port").Origin().Span.Text(), `"${rule.value[\"port\"]}"`},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestJSONVariables(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf":               `variable "a" {}` + "\n" + `variable "b" {}` + "\n" + `variable "c" {}` + "\nresource \"aws_x\" \"y\" {\n a = var.a\n b = var.b\n c = var.c\n}",
		"terraform.tfvars":      `a = "native"` + "\n" + `c = "native"`,
		"terraform.tfvars.json": `{"a": "json", "b": ["${x}", 1], "//": "a comment"}`,
		"z.auto.tfvars.json":    `{"c": "auto"}`,
	})
	if got, want := show(find(t, out, "aws_x.y").Props), `{a: "json", b: ["${x}", 1], c: "auto"}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	in := inputOf(map[string]string{"main.tf": `variable "a" {}` + "\nresource \"aws_x\" \"y\" {\n a = var.a\n}"})
	in.Settings.VarFiles = []*source.File{source.NewFile("prod.json", []byte(`{"a": {"k": null}}`))}
	if got, want := show(find(t, load(t, in), "aws_x.y").Props), `{a: {k: null}}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestJSONBesideHCL(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf":          `resource "aws_x" "y" {` + "\n" + `  a = "native"` + "\n" + `  b = aws_z.z.id` + "\n" + `  c = "kept"` + "\n}",
		"z.tf.json":        `{"resource": {"aws_z": {"z": {"vpc": {"id": "x"}, "tags": {"a": "b"}}}}}`,
		"override.tf.json": `{"resource": {"aws_x": {"y": {"a": "json"}}}}`,
		"o.tf.json":        `{"resource": {"aws_o": {"terraform": {}}}}`,
		"o.tofu.json":      `{"resource": {"aws_o": {"tofu": {"map": "${aws_z.z.vpc}", "tag": "${aws_z.z.tags.a}", "can": "${try(aws_z.z.vpc.id, aws_z.z.vpc[0].id)}"}}}}`,
	})
	want := []string{
		`aws_o.tofu {can: ?(aws_z.z.vpc), map: ?(aws_z.z.vpc), tag: "b"} true`,
		`aws_x.y {a: "json", b: <aws_z.z.id>, c: "kept"} true`,
		`aws_z.z {tags: {a: "b"}, vpc: {id: "x"}} true`,
	}
	if diff := cmp.Diff(want, spelled(out.Resources)); diff != "" {
		t.Error(diff)
	}
}

// Terraform replaces what is not UTF-8 in JSON, and goes on.
func TestJSONBytes(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf.json": "{\"//\": \"caf\xe9\", \"resource\": {\"aws_x\": {\"y\": {\"a\": \"b\"}}}}"})
	if len(out.Findings) != 0 || show(find(t, out, "aws_x.y").Props) != `{a: "b"}` {
		t.Errorf("got %v, %v", out.Resources, out.Findings)
	}
}

func TestJSONUnreadable(t *testing.T) {
	for _, c := range []struct{ name, content, at, message string }{
		{"comma", `{"resource": {"aws_x": {"y": {}}},}`, ",", ""},
		{"comment", "{ // no\n}", "/", ""},
		{"empty", " ", " ", "the file is empty"},
		{"scalar", `3`, "3", "the file must be an object, and this is a number"},
		{"no block", `{"resource": {"aws_x": "y"}}`, `"y"`, "the resource must be an object, and this is a string"},
		{"template", `{"resource": {"aws_x": {"y": {"a": "1 \"${var.}\""}, "z": {"a": 1}}}}`, `}`, ""},
		{"deep", `{"locals": {"a": ` + strings.Repeat("[", 100_000) + `}}`, "", ""},
		{"deep template", `{"locals": {"a": "${` + strings.Repeat("(", 100_000) + `}"}}`, "(", "it is nested too deeply (the limit is 500)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := loadFiles(t, map[string]string{"main.tf.json": c.content})
			if len(out.Findings) != 1 {
				t.Fatalf("findings: %v", out.Findings)
			}
			f := out.Findings[0]
			if f.Rule != frontend.UnreadableRule || c.at != "" && f.At.Text() != c.at || c.message != "" && f.Message != c.message {
				t.Errorf("%s at %q: %s", f.Rule, f.At.Text(), f.Message)
			}
			if f.At.File.Embedded() || f.Message == "" || strings.ToUpper(f.Message[:1]) == f.Message[:1] && f.Message[0] >= 'A' {
				t.Errorf("%s at %v", f.Message, f.At)
			}
			for _, r := range out.Resources {
				if r.Subject == "aws_x.y" && r.Exists.Known() != tri.Unknown {
					t.Error("a resource that can't be read is as good as any")
				}
			}
		})
	}
}

func TestJSONIsMatched(t *testing.T) {
	for p, want := range map[string]bool{
		"main.tf.json": true, "main.tofu.json": true, "terraform.tfvars.json": true, "a.auto.tfvars.json": true, "a.json": false, "tf.json": false,
	} {
		f := source.NewFile(p, []byte("{}"))
		if got := (Frontend{}).Match(p) && (Frontend{}).Relevant(f); got != want {
			t.Errorf("%s: %v", p, got)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, p := range pairs {
		f.Add(p.json)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if len(content) > 4000 {
			return
		}
		loadFiles(t, map[string]string{"main.tf.json": content, "terraform.tfvars.json": content, "net/main.tf": calledModule})
	})
}

func TestJSONOfHostileNumbers(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf.json": `{"resource": {"aws_x": {"y": {"a": 1e999999999, "b": -0, "c": 1e3, "d": 12345678901234567890123}}}}`})
	if got, want := show(find(t, out, "aws_x.y").Props), `{a: ?, b: ?, c: 1000, d: 12345678901234567890123}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

package terraform

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// soundModule is the module in which random expressions stand. The variables u_* have no value that can be seen, the
// variables k_* are known by their defaults; t_* and ut_* are the same with types.
const soundModule = `
variable "u_str"  {}
variable "u_num"  {}
variable "u_bool" {}
variable "u_flag" {}
variable "u_list" {}
variable "u_map"  {}
variable "u_obj"  {}
variable "k_str"   { default = "a" }
variable "k_num"   { default = 1 }
variable "k_true"  { default = true }
variable "k_false" { default = false }
variable "k_null"  { default = null }
variable "k_list"  { default = ["a", "b"] }
variable "k_map"   { default = { a = "x", b = "y" } }
variable "k_obj"   { default = { a = { id = "x" }, b = {} } }
variable "t_list" {
  type    = list(string)
  default = [1, "a"]
}
variable "t_set" {
  type    = set(number)
  default = [10, "9", 9]
}
variable "t_map" {
  type    = map(string)
  default = { a = 1, b = true }
}
variable "t_tuple" {
  type    = tuple([string, number])
  default = [1, "2"]
}
variable "t_any" {
  type    = list(any)
  default = [1, "a"]
}
variable "t_bool" {
  type     = bool
  default  = "true"
  nullable = false
}
variable "t_num" {
  type    = number
  default = "5"
}
variable "t_obj" {
  type = object({
    a = string
    n = optional(number, "4")
    l = optional(list(string), [1])
    o = optional(object({ p = optional(string, "q"), r = optional(bool) }), {})
  })
  default = { a = 1, z = 2, n = null }
}
variable "t_deep" {
  type    = map(object({ a = any, b = optional(set(string), ["y", "x"]) }))
  default = { a = { a = 1 }, b = { a = "x", b = null } }
}
variable "s_str" {
  default   = "x"
  sensitive = true
}
variable "ut_str" { type = string }
variable "ut_num" { type = number }
variable "ut_bool" { type = bool }
variable "ut_list" { type = list(string) }
variable "ut_set" { type = set(string) }
variable "ut_map" { type = map(number) }
variable "ut_obj" { type = object({ a = string, n = optional(number, 3), l = optional(list(number)) }) }
locals {
  flag  = var.u_bool
  pair  = [aws_subnet.a.id, aws_subnet.b.id]
  named = { a = aws_subnet.a.id, b = aws_subnet.b.id }
  mixed = { a = aws_subnet.a.id, b = var.u_str }
  pick  = var.u_flag ? aws_subnet.a.id : "none"
  set   = toset([aws_subnet.a.id, var.k_str])
}
resource "aws_subnet" "a" {}
resource "aws_subnet" "b" {
  tier  = "b"
  size  = 5
  users = ["b", "a"]
  rules = [{ port = 1, open = true }]
}
resource "aws_subnet" "two" { count = 2 }
resource "aws_subnet" "many" { count = var.u_num }
resource "aws_subnet" "maybe" { count = var.u_bool ? 1 : 0 }
resource "aws_subnet" "each" { for_each = toset(["a", "b"]) }
resource "aws_subnet" "keys" { for_each = var.u_map }
resource "aws_subnet" "texts" {
  for_each = toset(["${var.u_num}-a", "${var.u_num}-b", "${length(var.u_map)}-b"])
  tier     = each.key
}
resource "aws_subnet" "named" {
  for_each = { for k, v in { a = var.u_num, b = "y" } : "${var.u_num}-${k}" => v }
  tier     = each.key
}
resource "aws_subnet" "alike" {
  for_each = toset([lookup(var.u_map, "a", "z"), lookup(var.u_map, "b", "z")])
  tier     = each.key
}
resource "aws_subnet" "some" { for_each = var.u_flag ? { a = 1 } : {} }
resource "aws_subnet" "nest" {
  route { cidr = "a" }
  route { cidr = var.u_str }
  dynamic "tagset" {
    for_each = var.u_map
    content { tag = tagset.value }
  }
  dynamic "maybe" {
    for_each = var.u_bool ? [1] : []
    iterator = it
    content { key = it.key }
  }
}
data "aws_subnet" "d" {}
module "net" {
  source = "./net"
  name   = var.u_str
  n      = var.u_num
  typed  = 1
}
module "many" {
  count  = 2
  source = "./net"
  name   = count.index
}
module "keyed" {
  for_each = var.u_map
  source   = "./net"
  name     = each.value
}
resource "aws_here" "counted" {
  count = 2
  kind  = "c${count.index}"
}
resource "aws_here" "unsized" {
  count = var.u_num
  kind  = "c${count.index}"
}
resource "aws_here" "keyed" {
  for_each = { a = aws_subnet.a.id, b = var.u_str }
  kind     = each.key
}
resource "aws_here" "unkeyed" {
  for_each = var.u_map
  kind     = each.key
}
resource "aws_here" "partly" {
  for_each = { for k, v in { a = var.u_num, b = "y" } : "${var.u_num}-${k}" => v }
  kind     = each.key
}
`

// soundChild is the module that soundModule calls.
const soundChild = `
variable "name" {
  type     = string
  nullable = false
  default  = "d"
}
variable "n" {
  type    = string
  default = 7
}
variable "typed" {
  type    = string
  default = null
}
resource "aws_subnet" "in" {}
output "name" { value = var.name }
output "n" { value = var.n }
output "typed" { value = var.typed }
output "id" { value = aws_subnet.in.id }
`

// soundFiles are the files that functions may read.
var soundFiles = map[string]string{"main.tf": soundModule, "net/main.tf": soundChild, "a.txt": "A\n", "b.txt": "b", "t.tpl": "$${a}-${n}%{ if b ~}\n yes %{ endif }"}

// soundPlaces are the instances in whose bodies random expressions stand: where count, each and self mean something.
var soundPlaces = []string{"", "counted[1]", "unsized[*]", `keyed["b"]`, "unkeyed[*]", "partly[*]#2"}

// A concrete is one state of the world: what the variables hold and what the provider has answered.
type concrete struct {
	ctx *hcl.EvalContext
	// instances are the resources by address.
	instances map[string]cty.Value
}

// A creator makes a state of the world up. A text that is unknown is often one that stands in an expression too.
type creator struct {
	r *rand.Rand
	*concrete
}

func (c creator) text() cty.Value {
	texts := []string{"", "a", "b", "x", "none", "id-a", "true", "1", "10", "zz"}
	return cty.StringVal(texts[c.r.IntN(len(texts))])
}

func (c creator) number() cty.Value { return cty.NumberIntVal(int64(c.r.IntN(4))) }

func (c creator) flag() cty.Value { return cty.BoolVal(c.r.IntN(2) == 0) }

func (c creator) orNull(v cty.Value) cty.Value {
	if c.r.IntN(12) == 0 {
		return cty.NullVal(v.Type())
	}
	return v
}

// list makes up to three elements of a type.
func (c creator) list(ty cty.Type, of func() cty.Value) []cty.Value {
	var out []cty.Value
	for range c.r.IntN(4) {
		e := of()
		if e.Type() != ty {
			e = cty.NullVal(ty)
		}
		out = append(out, e)
	}
	return out
}

func listOrEmpty(ty cty.Type, vs []cty.Value) cty.Value {
	if len(vs) == 0 {
		return cty.ListValEmpty(ty)
	}
	return cty.ListVal(vs)
}

func setOrEmpty(ty cty.Type, vs []cty.Value) cty.Value {
	if len(vs) == 0 {
		return cty.SetValEmpty(ty)
	}
	return cty.SetVal(vs)
}

// concreteOf makes a state of the world up.
func concreteOf(r *rand.Rand, s *soundness) *concrete {
	c := creator{r, &concrete{instances: map[string]cty.Value{}}}
	untyped := func(v cty.Value) cty.Value {
		if r.IntN(12) == 0 {
			return cty.NullVal(cty.DynamicPseudoType)
		}
		return v
	}
	list := c.list(cty.String, func() cty.Value { return c.orNull(c.text()) })
	m := map[string]cty.Value{}
	for _, k := range []string{"a", "b", "k"} {
		if r.IntN(2) == 0 {
			m[k] = c.text()
		}
	}
	str := c.text()
	if r.IntN(6) == 0 {
		str = []cty.Value{c.number(), c.flag()}[r.IntN(2)] // nothing says that it is a text
	}
	n := c.number()
	vars := map[string]cty.Value{
		"u_str": untyped(str), "u_num": n, "u_bool": c.flag(), "u_flag": c.flag(), "u_list": untyped(cty.TupleVal(list)), "u_map": cty.ObjectVal(m),
		"u_obj":  untyped(cty.ObjectVal(map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{"id": c.text()}), "n": n})),
		"ut_str": c.orNull(c.text()), "ut_num": c.orNull(c.number()), "ut_bool": c.orNull(c.flag()),
		"ut_list": c.orNull(listOrEmpty(cty.String, c.list(cty.String, func() cty.Value { return c.orNull(c.text()) }))),
		"ut_set":  c.orNull(setOrEmpty(cty.String, c.list(cty.String, c.text))),
		"ut_map":  c.orNull(cty.MapVal(map[string]cty.Value{"a": c.orNull(c.number()), "b": c.number()})),
		"ut_obj": c.orNull(cty.ObjectVal(map[string]cty.Value{"a": c.orNull(c.text()), "n": c.number(),
			"l": c.orNull(listOrEmpty(cty.Number, c.list(cty.Number, c.number)))})),
	}
	if r.IntN(3) == 0 && len(list) > 0 {
		vars["u_list"] = cty.ListVal(list)
	}
	for name, v := range s.readings["."] {
		if v.def != cty.NilVal {
			vars[name] = v.def
		}
	}
	subnets := c.subnets(vars, m)
	c.ctx = &hcl.EvalContext{
		Variables: map[string]cty.Value{
			"var": cty.ObjectVal(vars), "aws_subnet": subnets, "resource": cty.ObjectVal(map[string]cty.Value{"aws_subnet": subnets}),
			"data":      cty.ObjectVal(map[string]cty.Value{"aws_subnet": cty.ObjectVal(map[string]cty.Value{"d": c.instance("data.aws_subnet.d")})}),
			"path":      cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal("."), "root": cty.StringVal("."), "cwd": cty.StringVal("/here")}),
			"terraform": cty.ObjectVal(map[string]cty.Value{"workspace": cty.StringVal("default")}),
		},
		Functions: s.functions,
	}
	c.ctx.Variables["module"] = c.modules(s, vars, m)
	locals := map[string]cty.Value{}
	for _, name := range sortedKeys(s.mod.locals) {
		v, diags := s.mod.locals[name].Expr.Value(c.ctx)
		if diags.HasErrors() {
			panic(diags)
		}
		locals[name] = v
	}
	c.ctx.Variables["local"] = cty.ObjectVal(locals)
	return c.concrete
}

// A reading is a variable block as HCL itself reads it.
type reading struct {
	ty       cty.Type
	defaults *typeexpr.Defaults
	nullable bool
	// def is the value where nothing is passed, of the variable's type.
	def cty.Value
}

// readingsOf reads the variables of a file.
func readingsOf(f *source.File) map[string]reading {
	file, diags := hclsyntax.ParseConfig(f.Bytes, f.Path, hcl.InitialPos)
	if diags.HasErrors() {
		panic(diags)
	}
	out := map[string]reading{}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		if b.Type != "variable" {
			continue
		}
		r := reading{ty: cty.DynamicPseudoType, nullable: b.Body.Attributes["nullable"] == nil}
		if a := b.Body.Attributes["type"]; a != nil {
			if r.ty, r.defaults, diags = typeexpr.TypeConstraintWithDefaults(a.Expr); diags.HasErrors() {
				panic(diags)
			}
		}
		if a := b.Body.Attributes["default"]; a != nil {
			d, diags := a.Expr.Value(nil)
			if diags.HasErrors() {
				panic(diags)
			}
			r.def = r.converted(d)
		}
		out[b.Labels[0]] = r
	}
	return out
}

func (r reading) converted(v cty.Value) cty.Value {
	if r.defaults != nil && !v.IsNull() {
		v = r.defaults.Apply(v)
	}
	out, err := convert.Convert(v, r.ty)
	if err != nil {
		return cty.NilVal
	}
	return out
}

// given is the value that the variable has where something is passed; NilVal where Terraform refuses it.
func (r reading) given(passed cty.Value) cty.Value {
	if passed.IsNull() && !r.nullable {
		return r.def
	}
	return r.converted(passed)
}

// instance makes up what the provider says of a resource.
func (c creator) instance(addr string, more ...string) cty.Value {
	attrs := map[string]cty.Value{
		"id":     cty.StringVal("id-" + strings.TrimPrefix(addr, "aws_subnet.")),
		"arn":    cty.StringVal("arn:" + addr),
		"cidr":   c.orNull(c.text()),
		"tags":   c.orNull(cty.ObjectVal(map[string]cty.Value{"a": c.text()})),
		"zones":  c.orNull(setOrEmpty(cty.String, c.list(cty.String, c.text))),
		"sizes":  c.orNull(listOrEmpty(cty.Number, c.list(cty.Number, c.number))),
		"ports":  c.orNull(c.number()),
		"public": c.orNull(c.flag()),
	}
	for i := 0; i+1 < len(more); i += 2 {
		attrs[more[i]] = cty.StringVal(more[i+1])
	}
	return c.told(addr, attrs)
}

func (c creator) told(addr string, attrs map[string]cty.Value) cty.Value {
	v := cty.ObjectVal(attrs)
	c.instances[addr] = v
	return v
}

func (c creator) subnets(vars, m map[string]cty.Value) cty.Value {
	n, _ := vars["u_num"].AsBigFloat().Int64()
	counted := func(name string, n int64) cty.Value {
		vs := make([]cty.Value, n)
		for i := range vs {
			vs[i] = c.instance(fmt.Sprintf("aws_subnet.%s[%d]", name, i))
		}
		return cty.TupleVal(vs)
	}
	keyed := func(name string, keys []string, tier bool) cty.Value {
		vs := map[string]cty.Value{}
		for _, k := range keys {
			var more []string
			if tier {
				more = []string{"tier", k}
			}
			vs[k] = c.instance(fmt.Sprintf("aws_subnet.%s[%q]", name, k), more...)
		}
		return cty.ObjectVal(vs)
	}
	numbered := []string{fmt.Sprintf("%d-a", n), fmt.Sprintf("%d-b", n)}
	maybe, some := int64(0), []string(nil)
	if vars["u_bool"].True() {
		maybe = 1
	}
	if vars["u_flag"].True() {
		some = []string{"a"}
	}
	return cty.ObjectVal(map[string]cty.Value{
		"a": c.instance("aws_subnet.a"), "b": c.configured(), "two": counted("two", 2), "many": counted("many", n),
		"maybe": counted("maybe", maybe), "each": keyed("each", []string{"a", "b"}, false), "keys": keyed("keys", sortedKeys(m), false),
		"named": keyed("named", numbered, true), "texts": keyed("texts", append(numbered, fmt.Sprintf("%d-b", len(m))), true),
		"alike": keyed("alike", alikeKeys(m), true), "some": keyed("some", some, false), "nest": c.nest(vars, m),
	})
}

// alikeKeys are the keys of a resource of which two may be one.
func alikeKeys(m map[string]cty.Value) []string {
	var keys []string
	for _, k := range []string{"a", "b"} {
		if v, ok := m[k]; ok {
			keys = append(keys, v.AsString())
		} else {
			keys = append(keys, "z")
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// configured is the resource whose attributes are written down, of whatever types the provider has.
func (c creator) configured() cty.Value {
	attrs := c.instance("aws_subnet.b", "tier", "b").AsValueMap()
	users := []cty.Value{cty.StringVal("b"), cty.StringVal("a")}
	attrs["size"], attrs["users"] = cty.NumberIntVal(5), cty.ListVal(users)
	port, open := cty.NumberIntVal(1), cty.True
	if c.r.IntN(2) == 0 {
		attrs["size"], attrs["users"] = cty.StringVal("5"), cty.SetVal(users)
		port, open = cty.StringVal("1"), cty.StringVal("true")
	}
	attrs["rules"] = cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"port": port, "open": open})})
	return c.told("aws_subnet.b", attrs)
}

// nest is the resource with nested blocks, to each of which the provider has added an attribute.
func (c creator) nest(vars, m map[string]cty.Value) cty.Value {
	block := func(name string, v cty.Value, ty cty.Type) cty.Value {
		v, err := convert.Convert(v, ty)
		if err != nil {
			panic(err)
		}
		return cty.ObjectVal(map[string]cty.Value{name: v, "more": c.text()})
	}
	tag := cty.Object(map[string]cty.Type{"tag": cty.String, "more": cty.String})
	maybe := cty.Object(map[string]cty.Type{"key": cty.Number, "more": cty.String})
	var tags, maybes []cty.Value
	for _, k := range sortedKeys(m) {
		tags = append(tags, block("tag", m[k], cty.String))
	}
	if vars["u_bool"].True() {
		maybes = append(maybes, block("key", cty.Zero, cty.Number))
	}
	attrs := c.instance("aws_subnet.nest").AsValueMap()
	attrs["route"] = cty.ListVal([]cty.Value{block("cidr", cty.StringVal("a"), cty.String), block("cidr", vars["u_str"], cty.String)})
	if c.r.IntN(2) == 0 {
		attrs["route"] = cty.SetVal(attrs["route"].AsValueSlice())
	}
	attrs["tagset"], attrs["maybe"] = setOrEmpty(tag, tags), setOrEmpty(maybe, maybes)
	return c.told("aws_subnet.nest", attrs)
}

func (c creator) modules(s *soundness, vars, m map[string]cty.Value) cty.Value {
	called := func(addr string, args map[string]cty.Value) cty.Value {
		outputs := map[string]cty.Value{"id": c.instance(addr + ".aws_subnet.in").GetAttr("id")}
		for name, v := range s.readings["net"] {
			outputs[name] = v.def
			if passed, ok := args[name]; ok {
				outputs[name] = v.given(passed)
			}
			if outputs[name] == cty.NilVal {
				panic("the argument " + name + " doesn't fit")
			}
		}
		return c.told(addr, outputs)
	}
	var many []cty.Value
	for i := range 2 {
		many = append(many, called(fmt.Sprintf("module.many[%d]", i), map[string]cty.Value{"name": cty.NumberIntVal(int64(i))}))
	}
	keyed := map[string]cty.Value{}
	for k, v := range m {
		keyed[k] = called(fmt.Sprintf("module.keyed[%q]", k), map[string]cty.Value{"name": v})
	}
	return cty.ObjectVal(map[string]cty.Value{
		"net":  called("module.net", map[string]cty.Value{"name": vars["u_str"], "n": vars["u_num"], "typed": cty.NumberIntVal(1)}),
		"many": cty.TupleVal(many), "keyed": cty.ObjectVal(keyed),
	})
}

// at returns the world of an expression that stands in a place; false where there is no such instance in this world.
func (c *concrete) at(place string, r *rand.Rand) (*concrete, bool) {
	name, _, _ := strings.Cut(place, "[")
	vars := maps.Clone(c.ctx.Variables)
	c = &concrete{ctx: &hcl.EvalContext{Variables: vars, Functions: c.ctx.Functions}, instances: maps.Clone(c.instances)}
	return c, name == "" || c.place(name, vars, r)
}

func (c *concrete) place(name string, vars map[string]cty.Value, r *rand.Rand) bool {
	index := func(i int) bool {
		vars["count"] = cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(int64(i))})
		vars["self"] = creator{r, c}.instance(fmt.Sprintf("aws_here.%s[%d]", name, i), "kind", fmt.Sprintf("c%d", i))
		return true
	}
	key := func(k string, v cty.Value) bool {
		vars["each"] = cty.ObjectVal(map[string]cty.Value{"key": cty.StringVal(k), "value": v})
		vars["self"] = creator{r, c}.instance(fmt.Sprintf("aws_here.%s[%q]", name, k), "kind", k)
		return true
	}
	of := vars["var"]
	n, _ := of.GetAttr("u_num").AsBigFloat().Int64()
	switch name {
	case "counted":
		return index(1)
	case "unsized":
		return n > 0 && index(r.IntN(int(max(1, n))))
	case "keyed":
		return key("b", of.GetAttr("u_str"))
	case "unkeyed":
		m := of.GetAttr("u_map").AsValueMap()
		if len(m) == 0 {
			return false
		}
		k := sortedKeys(m)[r.IntN(len(m))]
		return key(k, m[k])
	case "partly":
		return key(fmt.Sprintf("%d-b", n), cty.StringVal("y"))
	}
	return false
}

// holds evaluates what a fact says; ok is false where it speaks of a loop's variable.
func (c *concrete) holds(f value.Fact) (holds, ok bool) {
	parts := strings.SplitN(f.Var, "|", 4)
	if parts[1] != "" || parts[2] != "" {
		return false, false // it speaks of another module, or of one round of a loop
	}
	text := parts[3]
	if strings.Contains(text, "@") {
		return false, false
	}
	kind := byte(0)
	if n := len(text) - 1; n >= 0 && strings.IndexByte("?=!", text[n]) >= 0 {
		kind, text = text[n], text[:n]
	}
	e, diags := hclsyntax.ParseExpression([]byte(text), "fact", hcl.InitialPos)
	if diags.HasErrors() {
		return false, false
	}
	v, diags := e.Value(c.ctx)
	if kind == '!' {
		return diags.HasErrors() != (f.Is == "true"), true
	}
	if diags.HasErrors() || !v.IsWhollyKnown() {
		return false, false
	}
	want := strings.TrimPrefix(f.Is, "not ")
	var is bool
	switch kind {
	case '?':
		is = v.IsNull()
	case '=':
		is = !v.IsNull() && v.Type() == cty.String && v.AsString() == want
	default:
		b, err := convert.Convert(v, cty.Bool)
		if err != nil || b.IsNull() {
			return false, false
		}
		is = b.True() == (want == "true")
	}
	return is != strings.HasPrefix(f.Is, "not "), true
}

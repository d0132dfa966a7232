package terraform

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/vpclint/vpclint/internal/value"
)

// soundModule is the module in which random expressions stand. The variables u_* have no value that can be seen, the
// variables k_* are known by their defaults.
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
locals {
  flag  = var.u_bool
  pair  = [aws_subnet.a.id, aws_subnet.b.id]
  named = { a = aws_subnet.a.id, b = aws_subnet.b.id }
  mixed = { a = aws_subnet.a.id, b = var.u_str }
  pick  = var.u_flag ? aws_subnet.a.id : "none"
  set   = toset([aws_subnet.a.id, var.k_str])
}
resource "aws_subnet" "a" {}
resource "aws_subnet" "b" { tier = "b" }
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
`

// A concrete is one state of the world: what the variables hold and what the provider has answered.
type concrete struct {
	ctx *hcl.EvalContext
	// instances are the resources by address.
	instances map[string]cty.Value
}

// concreteOf makes a state of the world up. A text that is unknown is often one that stands in an expression too.
func concreteOf(r *rand.Rand, fs map[string]function.Function) *concrete {
	texts := []string{"", "a", "b", "x", "none", "id-a", "true", "1", "zz"}
	text := func() cty.Value { return cty.StringVal(texts[r.IntN(len(texts))]) }
	orNull := func(v cty.Value) cty.Value {
		if r.IntN(12) == 0 {
			return cty.NullVal(cty.DynamicPseudoType)
		}
		return v
	}
	flag := func() cty.Value { return cty.BoolVal(r.IntN(2) == 0) }
	n := r.IntN(4)
	var list []cty.Value
	for range r.IntN(4) {
		list = append(list, orNull(text()))
	}
	m := map[string]cty.Value{}
	for _, k := range []string{"a", "b", "k"} {
		if r.IntN(2) == 0 {
			m[k] = text()
		}
	}
	u := map[string]cty.Value{
		"u_str": orNull(text()), "u_num": cty.NumberIntVal(int64(n)), "u_bool": flag(), "u_flag": flag(),
		"u_list": orNull(cty.TupleVal(list)), "u_map": cty.ObjectVal(m),
		"u_obj":   orNull(cty.ObjectVal(map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{"id": text()}), "n": cty.NumberIntVal(int64(n))})),
		"k_str":   cty.StringVal("a"),
		"k_num":   cty.NumberIntVal(1),
		"k_true":  cty.True,
		"k_false": cty.False,
		"k_null":  cty.NullVal(cty.DynamicPseudoType),
		"k_list":  cty.TupleVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")}),
		"k_map":   cty.ObjectVal(map[string]cty.Value{"a": cty.StringVal("x"), "b": cty.StringVal("y")}),
		"k_obj":   cty.ObjectVal(map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{"id": cty.StringVal("x")}), "b": cty.EmptyObjectVal}),
	}
	if r.IntN(3) == 0 && len(list) > 0 {
		if l, err := convert.Convert(cty.TupleVal(list), cty.List(cty.String)); err == nil {
			u["u_list"] = l
		}
	}
	c := &concrete{instances: map[string]cty.Value{}}
	instance := func(addr string, more ...string) cty.Value {
		attrs := map[string]cty.Value{
			"id":   cty.StringVal("id-" + strings.TrimPrefix(addr, "aws_subnet.")),
			"arn":  cty.StringVal("arn:" + addr),
			"cidr": orNull(text()),
			"tags": orNull(cty.ObjectVal(map[string]cty.Value{"a": text()})),
		}
		for _, k := range more {
			attrs[k] = cty.StringVal(k[len(k)-1:])
		}
		v := cty.ObjectVal(attrs)
		c.instances[addr] = v
		return v
	}
	subnets := map[string]cty.Value{"a": instance("aws_subnet.a")}
	b := instance("aws_subnet.b").AsValueMap()
	b["tier"] = cty.StringVal("b")
	subnets["b"] = cty.ObjectVal(b)
	c.instances["aws_subnet.b"] = subnets["b"]
	counted := func(name string, n int) {
		vs := make([]cty.Value, n)
		for i := range vs {
			vs[i] = instance(fmt.Sprintf("aws_subnet.%s[%d]", name, i))
		}
		subnets[name] = cty.TupleVal(vs)
	}
	keyed := func(name string, keys ...string) {
		vs := map[string]cty.Value{}
		for _, k := range keys {
			vs[k] = instance(fmt.Sprintf("aws_subnet.%s[%q]", name, k))
		}
		subnets[name] = cty.ObjectVal(vs)
	}
	counted("two", 2)
	counted("many", n)
	if u["u_bool"].True() {
		counted("maybe", 1)
	} else {
		counted("maybe", 0)
	}
	keyed("each", "a", "b")
	keyed("keys", sortedKeys(m)...)
	numbered := []string{fmt.Sprintf("%d-a", n), fmt.Sprintf("%d-b", n)}
	tiered := func(name string, keys []string) {
		keyed(name, keys...)
		vs := subnets[name].AsValueMap()
		for _, k := range keys {
			attrs := vs[k].AsValueMap()
			attrs["tier"] = cty.StringVal(k)
			vs[k] = cty.ObjectVal(attrs)
			c.instances[fmt.Sprintf("aws_subnet.%s[%q]", name, k)] = vs[k]
		}
		subnets[name] = cty.ObjectVal(vs)
	}
	tiered("named", numbered)
	tiered("texts", append(numbered, fmt.Sprintf("%d-b", len(m))))
	var alike []string
	for _, k := range []string{"a", "b"} {
		if v, ok := m[k]; ok {
			alike = append(alike, v.AsString())
		} else {
			alike = append(alike, "z")
		}
	}
	slices.Sort(alike)
	tiered("alike", slices.Compact(alike))
	if u["u_flag"].True() {
		keyed("some", "a")
	} else {
		keyed("some")
	}
	pick := cty.StringVal("none")
	if u["u_flag"].True() {
		pick = subnets["a"].GetAttr("id")
	}
	ida, idb := subnets["a"].GetAttr("id"), subnets["b"].GetAttr("id")
	locals := map[string]cty.Value{
		"flag": u["u_bool"], "pair": cty.TupleVal([]cty.Value{ida, idb}),
		"named": cty.ObjectVal(map[string]cty.Value{"a": ida, "b": idb}),
		"mixed": cty.ObjectVal(map[string]cty.Value{"a": ida, "b": u["u_str"]}),
		"pick":  pick,
		"set":   cty.SetVal([]cty.Value{ida, cty.StringVal("a")}),
	}
	c.ctx = &hcl.EvalContext{
		Variables: map[string]cty.Value{
			"var": cty.ObjectVal(u), "local": cty.ObjectVal(locals), "aws_subnet": cty.ObjectVal(subnets),
		},
		Functions: fs,
	}
	return c
}

// concreteFunctions are Terraform's functions over known values: those that the evaluator computes with, and independent
// ones for those that it has its own abstract form of.
func concreteFunctions() map[string]function.Function {
	fs := functions()
	dyn := function.Parameter{Name: "v", Type: cty.DynamicPseudoType, AllowNull: true, AllowDynamicType: true}
	for name, f := range map[string]function.Function{
		"concat": stdlib.ConcatFunc, "flatten": stdlib.FlattenFunc, "merge": stdlib.MergeFunc, "element": stdlib.ElementFunc,
		"keys": stdlib.KeysFunc, "values": stdlib.ValuesFunc, "coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc,
		"distinct": stdlib.DistinctFunc, "contains": stdlib.ContainsFunc, "reverse": stdlib.ReverseListFunc, "slice": stdlib.SliceFunc,
		"zipmap": stdlib.ZipmapFunc, "setunion": stdlib.SetUnionFunc, "join": stdlib.JoinFunc, "format": stdlib.FormatFunc,
		"formatlist": stdlib.FormatListFunc, "jsonencode": stdlib.JSONEncodeFunc, "jsondecode": stdlib.JSONDecodeFunc,
		"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
		"tomap": stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)), "tostring": stdlib.MakeToFunc(cty.String),
		"try": tryfunc.TryFunc, "can": tryfunc.CanFunc,
		"length": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "v", Type: cty.DynamicPseudoType}},
			Type:   function.StaticReturnType(cty.Number),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				if args[0].Type() == cty.String {
					return stdlib.Strlen(args[0])
				}
				if !args[0].CanIterateElements() {
					return cty.NilVal, errors.New("it has no length")
				}
				return cty.NumberIntVal(int64(args[0].LengthInt())), nil
			},
		}),
		"one": function.New(&function.Spec{
			Params: []function.Parameter{dyn},
			Type:   function.StaticReturnType(cty.DynamicPseudoType),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				ty := args[0].Type()
				if !ty.IsListType() && !ty.IsTupleType() && !ty.IsSetType() {
					return cty.NilVal, errors.New("it is no list")
				}
				if args[0].IsNull() || args[0].LengthInt() == 0 {
					return cty.NullVal(cty.DynamicPseudoType), nil
				}
				if args[0].LengthInt() > 1 {
					return cty.NilVal, errors.New("it has several")
				}
				return args[0].AsValueSlice()[0], nil
			},
		}),
		"lookup": function.New(&function.Spec{
			Params:   []function.Parameter{{Name: "m", Type: cty.DynamicPseudoType}, {Name: "k", Type: cty.String}},
			VarParam: &dyn,
			Type:     function.StaticReturnType(cty.DynamicPseudoType),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				ty := args[0].Type()
				if len(args) > 3 || !ty.IsObjectType() && !ty.IsMapType() {
					return cty.NilVal, errors.New("it is no map")
				}
				if v, ok := args[0].AsValueMap()[args[1].AsString()]; ok {
					return v, nil
				}
				if len(args) < 3 {
					return cty.NilVal, errors.New("there is no such key")
				}
				if ty.IsMapType() {
					return convert.Convert(args[2], ty.ElementType())
				}
				return args[2], nil
			},
		}),
		"coalesce": function.New(&function.Spec{
			VarParam: &dyn,
			Type: func(args []cty.Value) (cty.Type, error) {
				var tys []cty.Type
				for _, a := range args {
					tys = append(tys, a.Type())
				}
				ty, _ := convert.UnifyUnsafe(tys)
				if ty == cty.NilType {
					return ty, errors.New("the types differ")
				}
				return ty, nil
			},
			Impl: func(args []cty.Value, ty cty.Type) (cty.Value, error) {
				for _, a := range args {
					v, err := convert.Convert(a, ty)
					if err != nil {
						return cty.NilVal, err
					}
					if v.IsNull() || ty == cty.String && v.AsString() == "" {
						continue
					}
					return v, nil
				}
				return cty.NilVal, errors.New("all are null")
			},
		}),
	} {
		fs[name] = f
	}
	return fs
}

// holds evaluates what a fact says; ok is false where it speaks of a loop's variable.
func (c *concrete) holds(f value.Fact) (holds, ok bool) {
	parts := strings.SplitN(f.Var, "|", 4)
	if parts[2] != "" {
		return false, false
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

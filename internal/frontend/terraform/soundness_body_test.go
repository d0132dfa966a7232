package terraform

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/dynblock"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// evaluatorWith returns an evaluator of soundModule with more files, each the source of a module by its directory.
func (s *soundness) evaluatorWith(more map[string]string) (*evaluator, *instance) {
	ev := &evaluator{
		unit: ".", modules: map[string]*module{".": s.mod, "net": s.modules["net"]}, library: s.library, handles: map[string]handle{},
		keys: map[string]member{}, spending: &spending{}, layouts: &layouts{}, tree: memoryTree(s.files),
		files: map[string]*source.File{"main.tf": s.files["main.tf"], "net/main.tf": s.files["net/main.tf"]},
	}
	for dir, text := range more {
		f := source.NewFile(dir+"/more.tf", []byte(text))
		ev.files[f.Path] = f
		files := []*parsed{parse(f)}
		if dir == "." {
			files = append(files, s.main)
		}
		ev.modules[dir] = assemble(dir, files)
	}
	return ev, newInstance(ev, ev.modules["."])
}

// body writes the body of a resource with nested blocks.
func (g *grammar) body(d int) string {
	var b strings.Builder
	for _, name := range []string{"x", "y"} {
		if g.r.IntN(2) == 0 {
			b.WriteString(name + " = " + g.any(1) + "\n")
		}
	}
	for i := g.r.IntN(3); i > 0 && d > 0; i-- {
		name := g.one("block", "other")()
		if g.r.IntN(3) == 0 {
			b.WriteString(name + " {\n" + g.body(d-1) + "}\n")
			continue
		}
		over := g.pick(func() string { return g.list(1) }, func() string { return g.object(1) }, func() string { return g.cond(2, g.list) })
		iterator := name
		b.WriteString("dynamic \"" + name + "\" {\nfor_each = " + over + "\n")
		if g.r.IntN(3) == 0 {
			iterator = fmt.Sprintf("it%d", d)
			b.WriteString("iterator = " + iterator + "\n")
		}
		before := g.bound
		g.bound = append(append([]string(nil), before...), iterator+".key", iterator+".value")
		b.WriteString("content {\n" + g.body(d-1) + "}\n}\n")
		g.bound = before
	}
	return b.String()
}

// expandBody is what HCL's own expansion makes of a body: its attributes and, for each type of block, those that there are.
func expandBody(body hcl.Body, ctx *hcl.EvalContext) (attrs map[string]cty.Value, blocks map[string][]cty.Value, ok bool) {
	schema := &hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{{Name: "x"}, {Name: "y"}},
		Blocks:     []hcl.BlockHeaderSchema{{Type: "block"}, {Type: "other"}},
	}
	content, diags := body.Content(schema)
	if diags.HasErrors() {
		return nil, nil, false
	}
	attrs, blocks = map[string]cty.Value{}, map[string][]cty.Value{}
	for name, a := range content.Attributes {
		v, diags := a.Expr.Value(ctx)
		if diags.HasErrors() || !v.IsWhollyKnown() {
			return nil, nil, false
		}
		attrs[name] = v
	}
	for _, b := range content.Blocks {
		inner, nested, ok := expandBody(b.Body, ctx)
		if !ok {
			return nil, nil, false
		}
		blocks[b.Type] = append(blocks[b.Type], blockVal(inner, nested))
	}
	return attrs, blocks, true
}

func blockVal(attrs map[string]cty.Value, blocks map[string][]cty.Value) cty.Value {
	for name, list := range blocks {
		attrs[name] = cty.TupleVal(list)
	}
	return cty.ObjectVal(attrs)
}

// containsBody is contains for a body: a nested block that may not be there stands for as many as a dynamic block may make.
func (c *concrete) containsBody(ev *evaluator, v value.Value, attrs map[string]cty.Value) bool {
	for _, f := range v.Fields() {
		got, has := attrs[f.Name]
		switch f.Name {
		case "block", "other":
			var blocks []cty.Value
			if has {
				blocks = got.AsValueSlice()
			}
			if !c.containsBlocks(ev, f.Value, blocks) {
				return false
			}
		default:
			if !has || !c.contains(ev, f.Value, got) {
				return false
			}
		}
	}
	for name := range attrs {
		if _, ok := v.Field(name); !ok {
			return false
		}
	}
	return true
}

func (c *concrete) containsBlocks(ev *evaluator, v value.Value, got []cty.Value) bool {
	if v.Kind() == value.KindOpaque {
		return true
	}
	for _, a := range v.Arms() {
		holds := true
		for _, f := range a.When {
			if h, ok := c.holds(f); ok && !h {
				holds = false
			}
		}
		elems := a.Value.Elems()
		var embed func(i, j int) bool
		embed = func(i, j int) bool {
			if i == len(elems) {
				return j == len(got) || a.Value.Open()
			}
			fits := j < len(got) && c.containsBody(ev, elems[i], got[j].AsValueMap())
			if elems[i].MayBeMissing() {
				return embed(i+1, j) || fits && embed(i, j+1)
			}
			return fits && embed(i+1, j+1)
		}
		if holds && (a.Value.Unordered() && c.sameBlocks(ev, elems, got) || !a.Value.Unordered() && embed(0, 0)) {
			return true
		}
	}
	return false
}

// sameBlocks is containsBlocks for blocks of which the order is not known.
func (c *concrete) sameBlocks(ev *evaluator, elems []value.Value, got []cty.Value) bool {
	fits := func(e value.Value) func(cty.Value) bool {
		return func(g cty.Value) bool { return c.containsBody(ev, e, g.AsValueMap()) }
	}
	for _, g := range got {
		if !slices.ContainsFunc(elems, func(e value.Value) bool { return fits(e)(g) }) {
			return false
		}
	}
	for _, e := range elems {
		if !e.MayBeMissing() && !slices.ContainsFunc(got, fits(e)) {
			return false
		}
	}
	return true
}

// TestBodiesAreSound compares nested and dynamic blocks with what HCL's own expansion makes of them.
func TestBodiesAreSound(t *testing.T) {
	const bodies = 1500
	s := newSoundness()
	samples, dynamic := 0, 0
	for seed := uint64(1); seed <= bodies; seed++ {
		g := &grammar{r: rand.New(rand.NewPCG(seed, 11)), detached: true, apart: true}
		text := g.body(3)
		f := source.NewFile("body.tf", []byte(text))
		file, diags := hclsyntax.ParseConfig(f.Bytes, f.Path, hcl.InitialPos)
		if diags.HasErrors() {
			continue // a splat within a splat is no expression
		}
		body := file.Body.(*hclsyntax.Body)
		ev, in := s.evaluatorWith(nil)
		ev.files[f.Path] = f
		v := value.OfObject(ev.fieldsOf(body, in.scope, true), false)
		r := rand.New(rand.NewPCG(seed, 12))
		for range 6 {
			c := s.worlds[r.IntN(len(s.worlds))]
			attrs, blocks, ok := expandBody(dynblock.Expand(body, c.ctx), c.ctx)
			if !ok {
				continue
			}
			samples++
			if strings.Contains(text, "dynamic") {
				dynamic++
			}
			if got := blockVal(attrs, blocks); !c.containsBody(ev, v, got.AsValueMap()) {
				t.Fatalf("seed %d:\n%s\n  abstract %s\n  concrete %s", seed, text, show(v), brief(got))
			}
		}
	}
	t.Logf("%d samples, %d with dynamic blocks", samples, dynamic)
	if dynamic < 1000 {
		t.Errorf("%d samples with dynamic blocks are too few", dynamic)
	}
}

// variableTypes are the constraints that TestVariablesAreSound gives the variable of a module.
var variableTypes = []string{
	"any", "string", "number", "bool", "list(string)", "list(number)", "list(any)", "set(string)", "set(number)", "set(any)", "map(string)", "map(number)",
	"map(any)", "tuple([string, number])", "list(list(string))", "map(list(any))", "object({ a = string })", "object({ a = any, b = optional(string) })",
	`object({ a = optional(number, "7"), b = optional(list(string), [1]) })`, `map(object({ a = optional(string, "d"), id = optional(string) }))`,
	`list(object({ a = string, b = optional(bool, true) }))`, `object({ a = optional(object({ b = optional(set(number), [2, "1"]) }), {}), z = optional(any) })`,
	"set(object({ a = string }))", "map(set(string))",
}

// TestVariablesAreSound passes what is known and what is not to a variable of a type, with or without a default.
func TestVariablesAreSound(t *testing.T) {
	const rounds = 3000
	s := newSoundness()
	samples, seen := 0, map[string]int{}
	for seed := uint64(1); seed <= rounds; seed++ {
		g := &grammar{r: rand.New(rand.NewPCG(seed, 13)), detached: true}
		ty := variableTypes[int(seed)%len(variableTypes)]
		of := g.pick(func() string { return g.any(2) }, func() string { return g.list(1) }, func() string { return g.object(2) })
		block := "variable \"x\" {\n  type = " + ty + "\n" + g.one("", "  nullable = false\n", "  sensitive = true\n")() + g.one("", "", "  default = null\n")() + "}\n"
		ev, in := s.evaluatorWith(map[string]string{
			".": "module \"m\" {\n  source = \"./m\"\n  x = " + of + "\n}\n", "m": block + "output \"x\" { value = var.x }\n",
		})
		abstract := in.module("m")
		abstract = ev.attr(abstract, "x")
		call := ev.modules["."].callNames["m"].block.Body.Attributes["x"].Expr
		reading := readingsOf(ev.files["m/more.tf"])["x"]
		r := rand.New(rand.NewPCG(seed, 14))
		for range 5 {
			c := s.worlds[r.IntN(len(s.worlds))]
			got, diags := call.Value(c.ctx)
			if diags.HasErrors() || !got.IsWhollyKnown() {
				continue
			}
			if got = reading.given(got); got == cty.NilVal || !got.IsWhollyKnown() || got.IsNull() && !reading.nullable {
				continue // terraform refuses it
			}
			samples++
			seen[ty]++
			if abstract.fails == tri.True || !c.contains(ev, abstract.Value, got) {
				t.Fatalf("seed %d: %s passed to\n%s\n  abstract %s\n  concrete %s", seed, of, block, show(abstract.Value), brief(got))
			}
		}
	}
	for _, ty := range variableTypes {
		if seen[ty] == 0 {
			t.Errorf("nothing is ever passed to %s", ty)
		}
	}
	t.Logf("%d samples", samples)
}

// existsIn evaluates a truth in this state of the world.
func (c *concrete) existsIn(truth value.Truth) tri.Bool {
	for _, one := range truth.Cases() {
		decided, holds := true, true
		for _, f := range one.When {
			h, ok := c.holds(f)
			decided, holds = decided && ok, holds && (h || !ok)
		}
		if decided && holds {
			return one.Holds
		}
	}
	return tri.Unknown
}

// instancesOf are the keys of count or for_each, and what each and count are for each of them; false where Terraform refuses it.
func repetitions(meta string, v cty.Value) (map[string]cty.Value, bool) {
	out := map[string]cty.Value{}
	ty := v.Type()
	switch {
	case v.IsNull():
		return nil, false
	case meta == "count":
		if ty != cty.Number || !v.AsBigFloat().IsInt() || v.AsBigFloat().Sign() < 0 {
			return nil, false
		}
		n, _ := v.AsBigFloat().Int64()
		for i := range n {
			out[fmt.Sprintf("[%d]", i)] = cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(i)})
		}
	case ty.IsMapType() || ty.IsObjectType() || ty.IsSetType() && (ty.ElementType() == cty.String || v.LengthInt() == 0):
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			if k.IsNull() {
				return nil, false
			}
			out[fmt.Sprintf("[%q]", k.AsString())] = cty.ObjectVal(map[string]cty.Value{"key": k, "value": e})
		}
	default:
		return nil, false
	}
	return out, true
}

// TestInstancesAreSound compares the instances that count and for_each make.
func TestInstancesAreSound(t *testing.T) {
	const rounds = 3000
	s := newSoundness()
	samples, instances := 0, 0
	for seed := uint64(1); seed <= rounds; seed++ {
		g := &grammar{r: rand.New(rand.NewPCG(seed, 15)), detached: true}
		meta, over := "for_each", ""
		switch g.r.IntN(4) {
		case 0:
			meta, over = "count", g.number(2)
		case 1:
			over = "toset(" + g.list(2) + ")"
		default:
			over = g.object(2)
		}
		expr := g.any(2)
		ev, in := s.evaluatorWith(map[string]string{".": "resource \"aws_inst\" \"i\" {\n  " + meta + " = " + over + "\n  x = " + expr + "\n}\n"})
		d := ev.modules["."].byName["aws_inst.i"]
		var raws []resource.Raw
		for _, r := range in.instancesOf(d, in.expansionOf(d)) {
			if raw, ok := ev.raw(r); ok {
				raws = append(raws, raw)
			}
		}
		r := rand.New(rand.NewPCG(seed, 16))
		for range 5 {
			c := s.worlds[r.IntN(len(s.worlds))]
			v, diags := d.block.Body.Attributes[meta].Expr.Value(c.ctx)
			if diags.HasErrors() || !v.IsWhollyKnown() {
				continue
			}
			made, ok := repetitions(meta, v)
			if !ok {
				continue
			}
			samples++
			instances += len(made)
			if err := c.sameInstances(ev, raws, meta, made, d.block.Body.Attributes["x"].Expr); err != nil {
				t.Fatalf("seed %d: %s = %s, x = %s\n  %s %v\n  %v", seed, meta, over, expr, meta, brief(v), err)
			}
		}
	}
	t.Logf("%d samples with %d instances", samples, instances)
}

func (c *concrete) sameInstances(ev *evaluator, raws []resource.Raw, meta string, made map[string]cty.Value, x hclsyntax.Expression) error {
	certain := 0
	for _, raw := range raws {
		exists := c.existsIn(raw.Exists)
		_, is := made[strings.TrimPrefix(raw.Addr.Name, "aws_inst.i")]
		if exists == tri.True {
			certain++
		}
		if starred := strings.Contains(raw.Addr.Name, star); !starred && exists != tri.Unknown && is != (exists == tri.True) {
			return fmt.Errorf("%s exists: %v", raw.Addr.Name, exists)
		}
	}
	if certain > len(made) {
		return fmt.Errorf("%d instances are certain to exist", certain)
	}
	name := map[string]string{"count": "count", "for_each": "each"}[meta]
	for suffix, iteration := range made {
		inner := c.ctx.NewChild()
		inner.Variables = map[string]cty.Value{name: iteration}
		want, diags := x.Value(inner)
		if diags.HasErrors() || !want.IsWhollyKnown() {
			continue
		}
		in := &concrete{ctx: inner, instances: c.instances}
		found := false
		for _, raw := range raws {
			if stands(raw.Addr.Name, "aws_inst.i"+suffix) && c.existsIn(raw.Exists) != tri.False && in.contains(ev, raw.Props.Attr("x"), want) {
				found = true
			}
		}
		if !found {
			return fmt.Errorf("nothing holds %s, where x is %s", suffix, brief(want))
		}
	}
	return nil
}

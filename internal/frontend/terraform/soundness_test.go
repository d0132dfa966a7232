package terraform

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// soundness is the law that the abstract result contains every concrete result.
type soundness struct {
	mod       *module
	src       *parsed
	functions map[string]function.Function
}

func newSoundness() *soundness {
	src := parse(source.NewFile("main.tf", []byte(soundModule)))
	return &soundness{mod: assemble(".", []*parsed{src}), src: src, functions: concreteFunctions()}
}

// check evaluates an expression abstractly, and then by HCL in several states of the world. It returns how many of these
// came to a value, and what breaks the law.
func (s *soundness) check(expr string, seed uint64, worlds int) (samples int, broken error) {
	f := source.NewFile("expr.tf", []byte(expr))
	if guard(f) != nil {
		return 0, nil
	}
	e, diags := hclsyntax.ParseExpression(f.Bytes, f.Path, hcl.InitialPos)
	if diags.HasErrors() {
		return 0, nil
	}
	ev := &evaluator{
		unit: ".", modules: map[string]*module{".": s.mod}, library: s.functions, handles: map[string]handle{}, keys: map[string]member{},
		layouts: &layouts{},
		files:   map[string]*source.File{"expr.tf": f, "main.tf": s.src.file},
	}
	in := newInstance(ev, s.mod)
	abstract := ev.eval(e, in.scope)
	r := rand.New(rand.NewPCG(seed, 1))
	for range worlds {
		c := concreteOf(r, s.functions)
		got, diags := e.Value(c.ctx)
		if diags.HasErrors() || !got.IsWhollyKnown() {
			if abstract.fails == tri.False && diags.HasErrors() {
				return samples, fmt.Errorf("%s\n  can't fail, but: %w", expr, diags)
			}
			continue
		}
		samples++
		if abstract.fails == tri.True {
			return samples, fmt.Errorf("%s\n  fails (%s), but is %s", expr, abstract.Reason(), got.GoString())
		}
		if !c.contains(ev, abstract.Value, got) {
			return samples, fmt.Errorf("%s\n  abstract %s\n  concrete %s\n  where u_str=%s u_num=%s u_bool=%s u_flag=%s u_list=%s u_map=%s u_obj=%s", expr, show(abstract.Value), brief(got),
				c.v("u_str"), c.v("u_num"), c.v("u_bool"), c.v("u_flag"), c.v("u_list"), c.v("u_map"), c.v("u_obj"))
		}
	}
	return samples, nil
}

func (c *concrete) v(name string) string { return brief(c.ctx.Variables["var"].GetAttr(name)) }

// jsonOf spells a value without regard to its type: a conditional converts an object into an element of a map.
func jsonOf(v cty.Value) string {
	b, err := stdlib.JSONEncode(v)
	if err != nil {
		return v.GoString()
	}
	return b.AsString()
}

func brief(v cty.Value) string {
	if b, err := stdlib.JSONEncode(v); err == nil {
		return b.AsString() + " (" + v.Type().FriendlyName() + ")"
	}
	return v.GoString()
}

// contains reports whether the abstract value v holds the concrete value got.
func (c *concrete) contains(ev *evaluator, v value.Value, got cty.Value) bool {
	if v.Encoded() {
		if got.IsNull() || got.Type() != cty.String {
			return false
		}
		decoded, err := stdlib.JSONDecode(got)
		return err == nil && c.contains(ev, v.Decoded(), decoded)
	}
	switch v.Kind() {
	case value.KindAbsent:
		return got.IsNull()
	case value.KindOpaque:
		return true
	case value.KindChoice:
		return c.containsChoice(ev, v, got)
	}
	if got.IsNull() {
		return false
	}
	switch v.Kind() {
	case value.KindScalar:
		// A number beside a text in a list or a conditional becomes a text; to AWS both are the same.
		spelt, err := convert.Convert(got, cty.String)
		return err == nil && !spelt.IsNull() && spelt.AsString() == v.Literal()
	case value.KindText:
		return got.Type() == cty.String && c.matches(v.Parts(), got.AsString())
	case value.KindSymbol:
		return c.containsSymbol(v, got)
	case value.KindList:
		ty := got.Type()
		return (ty.IsListType() || ty.IsTupleType() || ty.IsSetType()) && c.containsList(ev, v, got.AsValueSlice())
	case value.KindObject:
		ty := got.Type()
		return (ty.IsObjectType() || ty.IsMapType()) && c.containsObject(ev, v, got.AsValueMap())
	}
	return false
}

// containsChoice asks the arm whose world is the state of the world; where none can be told to be, some arm must do.
func (c *concrete) containsChoice(ev *evaluator, v value.Value, got cty.Value) bool {
	any := false
	for _, a := range v.Arms() {
		decided, holds := true, true
		for _, f := range a.When {
			h, ok := c.holds(f)
			decided = decided && ok
			holds = holds && (h || !ok)
		}
		in := holds && c.contains(ev, a.Value, got)
		if decided && holds && !in {
			return false
		}
		any = any || in
	}
	return any
}

func (c *concrete) containsSymbol(v value.Value, got cty.Value) bool {
	ref, _ := v.Symbol()
	for addr, obj := range c.instances {
		prefix, starred := strings.CutSuffix(shown(ref.Addr.Name), star)
		if addr != ref.Addr.Name && !(starred && strings.HasPrefix(addr, prefix+"[")) {
			continue
		}
		want := obj
		if ref.Attr != "" {
			if !obj.Type().HasAttribute(ref.Attr) {
				continue
			}
			want = obj.GetAttr(ref.Attr)
		}
		if same := want.Equals(got); same.IsKnown() && same.True() || want.RawEquals(got) || brief(want) == brief(got) || jsonOf(want) == jsonOf(got) {
			return true
		}
	}
	return false
}

// matches reports whether a text may be made of the parts.
func (c *concrete) matches(parts []value.Value, text string) bool {
	if len(parts) == 0 {
		return text == ""
	}
	if lit, ok := parts[0].AsString(); ok {
		rest, found := strings.CutPrefix(text, lit)
		return found && c.matches(parts[1:], rest)
	}
	for i := 0; i <= len(text); i++ {
		if c.contains(nil, parts[0], cty.StringVal(text[:i])) && c.matches(parts[1:], text[i:]) {
			return true
		}
	}
	// A part that isn't a text is spelt as one.
	for i := 0; i <= len(text); i++ {
		if parts[0].Kind() == value.KindChoice && c.matches(parts[1:], text[i:]) {
			return true
		}
	}
	return false
}

func (c *concrete) containsList(ev *evaluator, v value.Value, got []cty.Value) bool {
	elems := v.Elems()
	if v.Unordered() {
		for _, g := range got {
			found := v.Open()
			for _, e := range elems {
				found = found || c.contains(ev, e.Certain(), g)
			}
			if !found {
				return false
			}
		}
		for _, e := range elems {
			found := e.MayBeMissing()
			for _, g := range got {
				found = found || c.contains(ev, e, g)
			}
			if !found {
				return false
			}
		}
		return true
	}
	var embed func(i, j int) bool
	embed = func(i, j int) bool {
		switch {
		case i == len(elems):
			return j == len(got) || v.Open()
		case j < len(got) && c.contains(ev, elems[i].Certain(), got[j]) && embed(i+1, j+1):
			return true
		case elems[i].MayBeMissing() && embed(i+1, j):
			return true
		}
		return v.Open() && j < len(got) && embed(i, j+1)
	}
	return embed(0, 0)
}

func (c *concrete) containsObject(ev *evaluator, v value.Value, got map[string]cty.Value) bool {
	seen := map[string]bool{}
	for _, f := range v.Fields() {
		seen[f.Name] = true
		g, ok := got[f.Name]
		switch {
		case !ok && !f.Value.MayBeMissing():
			return false
		case ok && !c.contains(ev, f.Value.Certain(), g):
			return false
		}
	}
	for name := range got {
		if !seen[name] && !v.Open() {
			return false
		}
	}
	return true
}

// A grammar writes random expressions, mostly well typed.
type grammar struct {
	r *rand.Rand
	// bound are the names of for expressions around.
	bound []string
}

func (g *grammar) pick(options ...func() string) string { return options[g.r.IntN(len(options))]() }

func (g *grammar) one(options ...string) func() string {
	return func() string { return options[g.r.IntN(len(options))] }
}

func (g *grammar) any(d int) string {
	return g.pick(
		func() string { return g.text(d) }, func() string { return g.list(d) }, func() string { return g.object(d) },
		func() string { return g.number(d) }, func() string { return g.boolean(d) })
}

func (g *grammar) text(d int) string {
	leaf := g.one(`"a"`, `"x"`, `""`, `"none"`, `null`, `var.u_str`, `var.k_str`, `aws_subnet.a.id`, `aws_subnet.b.id`, `aws_subnet.b.tier`,
		`aws_subnet.a.cidr`, `local.pick`, `aws_subnet.maybe[0].id`, `aws_subnet.two[1].id`, `aws_subnet.many[0].id`, `aws_subnet.each["a"].id`,
		`aws_subnet.keys["a"].id`, `aws_subnet.some["a"].id`, "aws_subnet.texts[\"${var.u_num}-a\"].id", "aws_subnet.alike[lookup(var.u_map, \"a\", \"z\")].tier",
		"aws_subnet.named[\"${var.u_num}-b\"].tier", `aws_subnet.named["1-b"].tier`, `var.u_obj.a.id`, `var.k_obj.a.id`, `var.k_obj.b.id`, `local.mixed.b`)
	if len(g.bound) > 0 && g.r.IntN(2) == 0 {
		return g.bound[g.r.IntN(len(g.bound))]
	}
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf,
		func() string { return g.cond(d, g.text) },
		func() string { return `"${` + g.text(d-1) + `}-${` + g.text(d-1) + `}"` },
		func() string { return `"%{ if ` + g.boolean(d-1) + ` }y%{ else }${` + g.text(d-1) + `}%{ endif }"` },
		func() string { return "try(" + g.text(d-1) + ", " + g.text(d-1) + ")" },
		func() string { return "coalesce(" + g.text(d-1) + ", " + g.text(d-1) + ")" },
		func() string { return "lookup(" + g.object(d-1) + ", " + g.text(d-1) + ", " + g.text(d-1) + ")" },
		func() string { return "element(" + g.list(d-1) + ", " + g.number(d-1) + ")" },
		func() string { return g.list(d-1) + "[" + g.number(d-1) + "]" },
		func() string { return g.object(d-1) + "[" + g.text(d-1) + "]" },
		func() string { return g.object(d-1) + ".a" },
		func() string { return "one(" + g.list(d-1) + ")" },
		func() string { return `join("-", ` + g.list(d-1) + ")" },
		func() string { return `format("%s-%v", ` + g.text(d-1) + ", " + g.text(d-1) + ")" },
		func() string { return "upper(" + g.text(d-1) + ")" },
		func() string { return "tostring(" + g.number(d-1) + ")" },
		func() string { return "jsonencode(" + g.any(d-1) + ")" },
		func() string { return "replace(" + g.text(d-1) + `, "a", "b")` },
		func() string { return "[" + g.list(d-1) + "]" + "[0][" + g.number(d-1) + "]" },
	)
}

func (g *grammar) cond(d int, of func(int) string) string {
	return "(" + g.boolean(d-1) + " ? " + of(d-1) + " : " + of(d-1) + ")"
}

func (g *grammar) number(d int) string {
	leaf := g.one("0", "1", "2", "-1", "var.u_num", "var.k_num")
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf,
		func() string { return "length(" + g.list(d-1) + ")" },
		func() string { return "length(" + g.object(d-1) + ")" },
		func() string { return "length(" + g.text(d-1) + ")" },
		func() string { return "(" + g.number(d-1) + " + " + g.number(d-1) + ")" },
		func() string { return "(" + g.number(d-1) + " % 3)" },
		func() string { return g.cond(d, g.number) },
		func() string { return "max(" + g.number(d-1) + ", " + g.number(d-1) + ")" },
		func() string { return "-" + g.number(d-1) },
		func() string { return "tonumber(" + g.text(d-1) + ")" },
	)
}

func (g *grammar) boolean(d int) string {
	leaf := g.one("true", "false", "var.u_bool", "var.u_flag", "var.k_true", "var.k_false", "local.flag")
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf,
		func() string { return "(" + g.text(d-1) + " == " + g.text(d-1) + ")" },
		func() string { return "(" + g.text(d-1) + " != " + g.text(d-1) + ")" },
		func() string { return "(" + g.any(d-1) + " == " + g.any(d-1) + ")" },
		func() string { return "(" + g.number(d-1) + " > " + g.number(d-1) + ")" },
		func() string { return "(" + g.any(d-1) + " == null)" },
		func() string { return "!" + g.boolean(d-1) },
		func() string { return "(" + g.boolean(d-1) + " && " + g.boolean(d-1) + ")" },
		func() string { return "(" + g.boolean(d-1) + " || " + g.boolean(d-1) + ")" },
		func() string { return "contains(" + g.list(d-1) + ", " + g.text(d-1) + ")" },
		func() string { return "can(" + g.any(d-1) + ")" },
		func() string { return "alltrue([" + g.boolean(d-1) + ", " + g.boolean(d-1) + "])" },
		func() string { return g.cond(d, g.boolean) },
	)
}

func (g *grammar) list(d int) string {
	leaf := g.one("[]", `["a", "b"]`, "var.u_list", "var.k_list", "local.pair", "local.set", "[aws_subnet.a.id]", "aws_subnet.two[*].id",
		"aws_subnet.many[*].id", "aws_subnet.maybe[*].id", "values(aws_subnet.each)[*].id", "values(aws_subnet.keys)[*].id",
		"values(aws_subnet.some)[*].id", "values(aws_subnet.texts)[*].tier", "values(aws_subnet.alike)[*].tier", "keys(aws_subnet.alike)", "keys(aws_subnet.named)", "[for s in aws_subnet.texts : s.tier]",
		"[for s in aws_subnet.keys : s.id]", "aws_subnet.two[*].cidr", "[null]")
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf,
		func() string { return "[" + g.text(d-1) + ", " + g.text(d-1) + "]" },
		func() string { return "[" + g.any(d-1) + "]" },
		func() string { return g.cond(d, g.list) },
		func() string { return "concat(" + g.list(d-1) + ", " + g.list(d-1) + ")" },
		func() string { return "flatten([" + g.list(d-1) + ", " + g.text(d-1) + ", " + g.list(d-1) + "])" },
		func() string { return "compact(" + g.list(d-1) + ")" },
		func() string { return "distinct(" + g.list(d-1) + ")" },
		func() string { return "toset(" + g.list(d-1) + ")" },
		func() string { return "tolist(" + g.list(d-1) + ")" },
		func() string { return "setunion(" + g.list(d-1) + ", " + g.list(d-1) + ")" },
		func() string { return "reverse(" + g.list(d-1) + ")" },
		func() string { return "slice(" + g.list(d-1) + ", 0, " + g.number(d-1) + ")" },
		func() string { return "coalescelist(" + g.list(d-1) + ", " + g.list(d-1) + ")" },
		func() string { return "try(" + g.list(d-1) + ", " + g.list(d-1) + ")" },
		func() string { return "keys(" + g.object(d-1) + ")" },
		func() string { return "values(" + g.object(d-1) + ")" },
		func() string { return g.loop(d, "[", "]", func() string { return g.any(d - 1) }) },
		func() string { return g.any(d-1) + "[*]" },
		func() string { return `formatlist("%s-x", ` + g.list(d-1) + ")" },
		func() string { return "concat(" + g.list(d-1) + "...)" },
		func() string { return "concat([" + g.list(d-1) + ", " + g.list(d-1) + "]...)" },
		func() string { return "sort(" + g.list(d-1) + ")" },
		func() string { return "jsondecode(jsonencode(" + g.list(d-1) + "))" },
	)
}

func (g *grammar) object(d int) string {
	leaf := g.one("{}", "{ a = 1 }", "{ a = aws_subnet.a.id }", "var.u_map", "var.k_map", "local.named", "local.mixed", "aws_subnet.a",
		"aws_subnet.each", "aws_subnet.keys", "aws_subnet.some", "aws_subnet.texts", "aws_subnet.alike", "aws_subnet.named", "var.k_obj")
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf,
		func() string { return "{ a = " + g.any(d-1) + ", b = " + g.any(d-1) + " }" },
		func() string { return "{ (" + g.text(d-1) + ") = " + g.any(d-1) + ", a = " + g.text(d-1) + " }" },
		func() string { return "{ a = " + g.text(d-1) + ", (" + g.text(d-1) + ") = " + g.text(d-1) + " }" },
		func() string { return g.cond(d, g.object) },
		func() string { return "merge(" + g.object(d-1) + ", " + g.object(d-1) + ")" },
		func() string { return "merge([" + g.object(d-1) + ", " + g.object(d-1) + "]...)" },
		func() string { return "tomap(" + g.object(d-1) + ")" },
		func() string { return "zipmap(" + g.list(d-1) + ", " + g.list(d-1) + ")" },
		func() string { return "try(" + g.object(d-1) + ", " + g.object(d-1) + ")" },
		func() string { return g.loop(d, "{", "}", func() string { return g.text(d-1) + " => " + g.any(d-1) }) },
		func() string {
			return g.loop(d, "{", "}", func() string { return g.text(d-1) + " => " + g.text(d-1) + "..." })
		},
	)
}

// loop writes a for expression, whose variables the body and the if clause may use.
func (g *grammar) loop(d int, open, end string, body func() string) string {
	over := g.pick(func() string { return g.list(d - 1) }, func() string { return g.object(d - 1) })
	k, v := fmt.Sprintf("k%d", len(g.bound)), fmt.Sprintf("v%d", len(g.bound))
	names := v
	g.bound = append(g.bound, v)
	if g.r.IntN(2) == 0 {
		names = k + ", " + v
		g.bound = append(g.bound, k)
	}
	s := open + "for " + names + " in " + over + " : " + body()
	if g.r.IntN(3) == 0 {
		s += " if " + g.boolean(d-1)
	}
	if names == v {
		g.bound = g.bound[:len(g.bound)-1]
	} else {
		g.bound = g.bound[:len(g.bound)-2]
	}
	return s + end
}

// soundSamples is how many concrete results the deterministic test compares.
const soundSamples = 20_000

func TestSoundness(t *testing.T) {
	s := newSoundness()
	samples, expressions, failures := 0, 0, 0
	for seed := uint64(1); samples < soundSamples && failures < 10; seed++ {
		g := &grammar{r: rand.New(rand.NewPCG(seed, 2))}
		expr := g.any(1 + int(seed%4))
		n, err := s.check(expr, seed, 6)
		samples += n
		expressions++
		if err != nil {
			failures++
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	t.Logf("%d samples of %d expressions", samples, expressions)
}

// FuzzSoundness looks for an expression whose concrete value the abstract one doesn't contain.
func FuzzSoundness(f *testing.F) {
	for i, expr := range soundSeeds() {
		f.Add(expr, uint64(i))
	}
	for seed := range uint64(200) {
		g := &grammar{r: rand.New(rand.NewPCG(seed, 3))}
		f.Add(g.any(3), seed)
	}
	s := newSoundness()
	f.Fuzz(func(t *testing.T, expr string, seed uint64) {
		if len(expr) > 2000 {
			return
		}
		if _, err := s.check(expr, seed, 6); err != nil {
			t.Error(err)
		}
	})
}

// soundSeeds are expressions that once broke the law, and the idioms that matter most.
func soundSeeds() []string {
	return []string{
		`var.u_bool ? [aws_subnet.a.id] : []`,
		"jsonencode({ e\u0301 = aws_subnet.a.arn })",
		"jsonencode({ R\xc3\xc0 = aws_subnet.a.arn })",
		"{ R\xc3\xc0 = aws_subnet.a.arn, b = 1 }.b",
		`concat(var.u_list, [aws_subnet.a.id])`,
		`lookup(var.u_map, "a", aws_subnet.a.id)`,
		`try(var.u_obj.a.id, aws_subnet.a.id)`,
		`try(aws_subnet.maybe[0].id, "")`,
		`merge(var.u_map, { a = aws_subnet.a.id })`,
		`merge({ a = aws_subnet.a.id }, var.u_map)`,
		`compact([var.u_str, aws_subnet.a.id])`,
		`element(aws_subnet.many[*].id, var.u_num)`,
		`[for k in var.u_list : aws_subnet.each[k].id]`,
		`{ for k, v in local.mixed : k => v if v != null }`,
		`flatten([aws_subnet.two[*].id, var.u_list])`,
		`jsonencode({ Resource = aws_subnet.a.arn })`,
		`(aws_subnet.maybe[0].id != "x") && false`,
		`element(keys(aws_subnet.keys), var.u_num)`,
		`{ for k0, v0 in aws_subnet.keys : k0 => { a = 1 } if local.flag }[var.k_str]`,
		`setunion(toset(var.u_list), ["a", ""])[*]`,
		`true ? flatten([local.pair, local.pair]) : toset(["x"])`,
		`jsonencode(can(keys(local.named))) != tomap({ ("none") = true, a = var.u_str }).a`,
		`-1 + (0 ? max(0) : 0)`,
		`tostring(-length(aws_subnet.some))`,
		`{ for s in aws_subnet.many : s.id => s.arn }[var.u_str]`,
		`zipmap(aws_subnet.many[*].id, aws_subnet.many[*].arn)`,
		`[for k, v in merge({ a = "x" }, { for k, s in aws_subnet.keys : s.id => s.arn if var.u_flag }) : v]`,
		`values({ for k, s in aws_subnet.keys : k => aws_subnet.many[0].id })`,
		`keys({ for s in aws_subnet.many : s.id => s.arn... })`,
		`{ for v0 in var.k_obj : aws_subnet.b.tier => v0 if var.u_flag }`,
	}
}

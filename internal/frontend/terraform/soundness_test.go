package terraform

import (
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	ctyyaml "github.com/zclconf/go-cty-yaml"
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
	mod      *module
	main     *parsed
	modules  map[string]*module
	files    map[string]*source.File
	readings map[string]map[string]reading
	// functions are those of the concrete evaluation, library those of the abstract one.
	functions, library map[string]function.Function
	// worlds are the states of the world that expressions are evaluated in.
	worlds []*concrete
}

// soundWorlds is how many states of the world are made up.
const soundWorlds = 512

func newSoundness() *soundness {
	s := &soundness{modules: map[string]*module{}, files: map[string]*source.File{}, readings: map[string]map[string]reading{}, functions: concreteFunctions(), library: functions()}
	for name, text := range soundFiles {
		s.files[name] = source.NewFile(name, []byte(text))
	}
	for dir, name := range map[string]string{".": "main.tf", "net": "net/main.tf"} {
		p := parse(s.files[name])
		if dir == "." {
			s.main = p
		}
		s.modules[dir] = assemble(dir, []*parsed{p})
		s.readings[dir] = readingsOf(s.files[name])
	}
	s.mod = s.modules["."]
	for i := range soundWorlds {
		s.worlds = append(s.worlds, concreteOf(rand.New(rand.NewPCG(uint64(i), 5)), s))
	}
	return s
}

// A sample is what became of one expression.
type sample struct {
	expr     hclsyntax.Expression
	abstract outcome
	// concrete counts the states of the world in which it came to a value, and exact those in which the abstract value
	// held no other.
	concrete, exact int
}

// check evaluates an expression abstractly, and then by HCL in several states of the world. The error says what breaks the
// law.
func (s *soundness) check(expr string, seed uint64, worlds int) (result sample, broken error) {
	f := source.NewFile("expr.tf", []byte(expr))
	if guard(f) != nil {
		return result, nil
	}
	e, diags := hclsyntax.ParseExpression(f.Bytes, f.Path, hcl.InitialPos)
	if diags.HasErrors() {
		return result, nil
	}
	ev, in := s.evaluatorWith(nil)
	ev.files[f.Path] = f
	place := soundPlaces[seed%uint64(len(soundPlaces))]
	abstract := ev.eval(e, scopeOf(in, place))
	result.expr, result.abstract = e, abstract
	r := rand.New(rand.NewPCG(seed, 1))
	for range worlds {
		c, ok := s.worlds[r.IntN(len(s.worlds))].at(place, r)
		if !ok {
			continue
		}
		got, diags := e.Value(c.ctx)
		if diags.HasErrors() || !got.IsWhollyKnown() {
			if abstract.fails == tri.False && diags.HasErrors() {
				return result, fmt.Errorf("%s\n  can't fail, but: %w", expr, diags)
			}
			continue
		}
		result.concrete++
		if abstract.fails == tri.True {
			return result, fmt.Errorf("%s\n  fails (%s), but is %s", expr, abstract.Reason(), got.GoString())
		}
		if !c.contains(ev, abstract.Value, got) {
			return result, fmt.Errorf("%s\n  at %q\n  abstract %s\n  concrete %s\n  where u_str=%s u_num=%s u_bool=%s u_flag=%s u_list=%s u_map=%s u_obj=%s", expr, place, show(abstract.Value), brief(got),
				c.v("u_str"), c.v("u_num"), c.v("u_bool"), c.v("u_flag"), c.v("u_list"), c.v("u_map"), c.v("u_obj"))
		}
		if c.exact(abstract.Value) {
			result.exact++
		}
	}
	return result, nil
}

// scopeOf returns the scope of one of soundPlaces.
func scopeOf(in *instance, place string) *scope {
	name, _, _ := strings.Cut(place, "[")
	d := in.mod.byName["aws_here."+name]
	if d == nil {
		return in.scope
	}
	for _, r := range in.instancesOf(d, in.expansionOf(d)) {
		if r.addr.Name == "aws_here."+place {
			return r.item.scope
		}
	}
	panic("there is no " + place)
}

// exact reports whether a value is one only in this state of the world: known to its last member, where the attributes of
// resources that the provider fills in count as known.
func (c *concrete) exact(v value.Value) bool {
	switch {
	case v.MayBeMissing() || v.Open():
		return false
	case v.Kind() == value.KindSymbol:
		ref, _ := v.Symbol()
		return !strings.Contains(ref.Addr.Name, star)
	case v.Kind() == value.KindOpaque:
		return false
	case v.Kind() == value.KindText:
		return !slices.ContainsFunc(v.Parts(), func(p value.Value) bool { return !c.exact(p) })
	case v.Kind() == value.KindList:
		return !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return !c.exact(e) })
	case v.Kind() == value.KindObject:
		return !slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return !c.exact(f.Value) })
	case v.Kind() == value.KindChoice:
		for _, a := range v.Arms() {
			excluded := slices.ContainsFunc(a.When, func(f value.Fact) bool { holds, ok := c.holds(f); return ok && !holds })
			if !excluded && !c.exact(a.Value) {
				return false
			}
		}
	}
	return true
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
		if err != nil && v.Respelt() {
			decoded, err = ctyyaml.YAMLDecodeFunc.Call([]cty.Value{got})
		}
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
		s, _ := v.Scalar()
		want := cty.String
		switch s.(type) {
		case bool:
			want = cty.Bool
		case value.Number:
			want = cty.Number
		}
		if near, ok := got, unspelt(v); ok && near.Type() == cty.Number {
			want := cty.MustParseNumberVal(v.Literal())
			return want.Subtract(near).Absolute().LessThan(cty.NumberFloatVal(1e-12)).True()
		}
		spelt, err := convert.Convert(got, cty.String)
		return err == nil && !spelt.IsNull() && spelt.AsString() == v.Literal() && (v.Untyped() || got.Type() == want)
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
	if ref.Addr.Name == pathName {
		where := map[string]string{"module": ".", "root": ".", "cwd": "/here", "abspath": path.Join("/here", ref.Addr.Unit)}
		return got.Type() == cty.String && got.AsString() == where[ref.Attr]
	}
	for addr, obj := range c.instances {
		if !stands(ref.Addr.Name, addr) {
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

// stands reports whether an address is that of an instance, or of all that there may be.
func stands(pattern, addr string) bool {
	if prefix, ok := strings.CutSuffix(shown(pattern), star); ok && !strings.Contains(prefix, star) {
		rest, ok := strings.CutPrefix(addr, prefix)
		return ok && strings.HasPrefix(rest, "[") && strings.HasSuffix(rest, "]")
	}
	literal := strings.Split(shown(pattern), star)
	for i, part := range literal {
		rest, ok := strings.CutPrefix(addr, part)
		if !ok {
			return false
		}
		if addr = rest; i < len(literal)-1 {
			end := strings.IndexByte(addr, ']')
			if !strings.HasPrefix(addr, "[") || end < 0 {
				return false
			}
			addr = addr[end+1:]
		}
	}
	return addr == ""
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

// soundSamples is how many concrete results the deterministic test compares.
const soundSamples = 20_000

func TestSoundness(t *testing.T) {
	s := newSoundness()
	samples, exact, expressions, failures := 0, 0, 0, 0
	for seed := uint64(1); samples < soundSamples && failures < 10; seed++ {
		result, err := s.check(randomExpression(seed), seed, 6)
		samples += result.concrete
		exact += result.exact
		expressions++
		if err != nil {
			failures++
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	t.Logf("%d samples of %d expressions, %d%% of them known exactly", samples, expressions, 100*exact/samples)
}

func randomExpression(seed uint64) string {
	g := &grammar{r: rand.New(rand.NewPCG(seed, 2)), block: true}
	if seed%3 == 0 {
		return g.filled(calls[int(seed/3)%len(calls)].text, int(seed%2))
	}
	return g.any(1 + int(seed%4))
}

// FuzzSoundness looks for an expression whose concrete value the abstract one doesn't contain.
func FuzzSoundness(f *testing.F) {
	for i, expr := range soundSeeds() {
		f.Add(expr, uint64(i))
	}
	for seed := range uint64(200) {
		g := &grammar{r: rand.New(rand.NewPCG(seed, 3)), block: true}
		f.Add(g.any(3), seed)
	}
	for i, c := range calls {
		g := &grammar{r: rand.New(rand.NewPCG(uint64(i), 4))}
		f.Add(g.filled(c.text, 0), uint64(i))
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
		`{ for v0 in var.k_obj : aws_subnet.b.tier => v0 if var.u_flag }`,
		`{ for s in aws_subnet.many : s.id => s.arn }[var.u_str]`,
		`zipmap(aws_subnet.many[*].id, aws_subnet.many[*].arn)`,
		`[for k, v in merge({ a = "x" }, { for k, s in aws_subnet.keys : s.id => s.arn if var.u_flag }) : v]`,
		`values({ for k, s in aws_subnet.keys : k => aws_subnet.many[0].id })`,
		`keys({ for s in aws_subnet.many : s.id => s.arn... })`,
		`(!var.u_bool ? setunion(var.t_tuple, values(aws_subnet.keys)[*].id) : distinct(aws_subnet.a.sizes))`,
	}
}

package terraform

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A typeName is one of the types that generated expressions have.
type typeName string

const (
	aString typeName = "string"
	aNumber typeName = "number"
	aBool   typeName = "bool"
	aList   typeName = "list(string)"
	aMap    typeName = "map(string)"
)

var typeNames = []typeName{aString, aNumber, aBool, aList, aMap}

// word is the type in a name.
func (t typeName) word() string { return strings.TrimSuffix(string(t), "(string)") }

// A generator makes modules up that Terraform can plan. It knows the types of what it writes and not the values: those
// are Terraform's to tell.
type generator struct {
	r *rand.Rand
	// names are the expressions that can be referred to where the generator stands, by type.
	names map[typeName][]string
}

func (g *generator) oneOf(texts ...string) string { return texts[g.r.IntN(len(texts))] }

func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

// declare makes an expression known from here on.
func (g *generator) declare(t typeName, text string) { g.names[t] = append(g.names[t], text) }

// within runs f with names that are known inside of it only.
func (g *generator) within(names map[typeName][]string, f func()) {
	outer := g.names
	g.names = map[typeName][]string{}
	for _, t := range typeNames {
		g.names[t] = append(append([]string(nil), outer[t]...), names[t]...)
	}
	f()
	g.names = outer
}

// expr writes an expression of a type.
func (g *generator) expr(t typeName, depth int) string {
	if names := g.names[t]; len(names) > 0 && g.chance(45) {
		return names[g.r.IntN(len(names))]
	}
	if depth <= 0 {
		return g.literal(t)
	}
	s := func() string { return g.expr(aString, depth-1) }
	n := func() string { return g.expr(aNumber, depth-1) }
	b := func() string { return g.expr(aBool, depth-1) }
	l := func() string { return g.expr(aList, depth-1) }
	m := func() string { return g.expr(aMap, depth-1) }
	choose := func(forms ...func() string) string { return forms[g.r.IntN(len(forms))]() }
	switch t {
	case aString:
		return choose(
			func() string { return g.literal(t) },
			func() string { return fmt.Sprintf(`"${%s}-${%s}"`, s(), n()) },
			func() string { return fmt.Sprintf(`"%%{if %s}on%%{else}${%s}%%{endif}"`, b(), s()) },
			func() string { return fmt.Sprintf(`"%%{for x in %s}<${x}>%%{endfor}"`, l()) },
			func() string {
				return fmt.Sprintf("%s(%s)", g.oneOf("upper", "lower", "title", "trimspace", "md5", "strrev"), s())
			},
			func() string {
				return fmt.Sprintf("replace(%s, %q, %q)", s(), g.oneOf("a", "-", "/[0-9]+/"), g.oneOf("", "x", "_"))
			},
			func() string { return fmt.Sprintf(`format("%%s/%%03d", %s, floor(%s))`, s(), n()) },
			func() string { return fmt.Sprintf("join(%q, %s)", g.oneOf(",", "-", ""), l()) },
			func() string { return fmt.Sprintf(`element(concat(%s, ["last"]), %d)`, l(), g.r.IntN(4)) },
			func() string { return fmt.Sprintf("lookup(%s, %q, %s)", m(), g.oneOf("a", "b", "env"), s()) },
			func() string { return fmt.Sprintf("try(%s[%q], %s)", m(), g.oneOf("a", "b", "none"), s()) },
			func() string { return fmt.Sprintf(`coalesce(%s, null, %s, "z")`, s(), s()) },
			func() string { return fmt.Sprintf("(%s ? %s : %s)", b(), s(), s()) },
			func() string { return fmt.Sprintf("substr(%s, 0, %d)", s(), 1+g.r.IntN(6)) },
			func() string { return fmt.Sprintf("jsonencode(%s)", choose(l, m, n, b)) },
			func() string { return fmt.Sprintf("jsondecode(jsonencode({ v = %s })).v", s()) },
			func() string { return fmt.Sprintf("tostring(%s)", choose(n, b)) },
			func() string { return fmt.Sprintf(`one([for x in ["%s"] : upper(x)])`, g.oneOf("a", "q")) },
			func() string { return fmt.Sprintf(`trimsuffix(trimprefix(%s, "a"), "z")`, s()) },
			func() string { return fmt.Sprintf(`{ true = %s, false = %s }[%s]`, s(), s(), b()) },
			func() string { return fmt.Sprintf(`split("-", "${%s}-tail")[0]`, s()) },
		)
	case aNumber:
		return choose(
			func() string { return g.literal(t) },
			func() string { return fmt.Sprintf("length(%s)", choose(l, m, s)) },
			func() string { return fmt.Sprintf("(%s %s %s)", n(), g.oneOf("+", "-", "*"), n()) },
			func() string { return fmt.Sprintf("%s(%s, %s)", g.oneOf("max", "min"), n(), n()) },
			func() string { return fmt.Sprintf("%s(%s / 3)", g.oneOf("ceil", "floor", "abs"), n()) },
			func() string { return fmt.Sprintf("(%s ? %s : %s)", b(), n(), n()) },
			func() string { return fmt.Sprintf("try(tonumber(%s), %s)", s(), n()) },
			func() string { return fmt.Sprintf("sum([for x in %s : length(x)])", "["+l()+"]") },
			func() string { return fmt.Sprintf("%s %% 7", n()) },
		)
	case aBool:
		return choose(
			func() string { return g.literal(t) },
			func() string { return fmt.Sprintf("(%s %s %s)", n(), g.oneOf(">", "<", ">=", "==", "!="), n()) },
			func() string { return fmt.Sprintf("(%s %s %s)", s(), g.oneOf("==", "!="), s()) },
			func() string { return fmt.Sprintf("contains(%s, %s)", l(), s()) },
			func() string { return fmt.Sprintf("!%s", b()) },
			func() string { return fmt.Sprintf("(%s %s %s)", b(), g.oneOf("&&", "||"), b()) },
			func() string { return fmt.Sprintf("can(%s[%q])", m(), g.oneOf("a", "zz")) },
			func() string {
				return fmt.Sprintf("%s(%s, %q)", g.oneOf("startswith", "endswith", "strcontains"), s(), g.oneOf("a", "-", "A"))
			},
			func() string {
				return fmt.Sprintf("%s([for x in %s : length(x) > 2])", g.oneOf("alltrue", "anytrue"), l())
			},
		)
	case aList:
		return choose(
			func() string { return g.literal(t) },
			func() string { return fmt.Sprintf("[%s, %s]", s(), s()) },
			func() string { return fmt.Sprintf("concat(%s, %s)", l(), l()) },
			func() string { return fmt.Sprintf("%s(%s)", g.oneOf("distinct", "reverse", "sort", "compact"), l()) },
			func() string { return fmt.Sprintf("%s(%s)", g.oneOf("keys", "values"), m()) },
			func() string {
				return fmt.Sprintf("[for x in %s : upper(x) if length(x) %s %d]", l(), g.oneOf(">", "<", "!="), g.r.IntN(4))
			},
			func() string { return fmt.Sprintf(`[for i, x in %s : "${i}:${x}"]`, l()) },
			func() string { return fmt.Sprintf("flatten([%s, [[%s]], []])", l(), s()) },
			func() string { return fmt.Sprintf("tolist(toset(%s))", l()) },
			func() string { return fmt.Sprintf(`split(",", %s)`, s()) },
			func() string { return fmt.Sprintf("slice(concat(%s, [%s]), 0, 1)", l(), s()) },
			func() string { return fmt.Sprintf("(%s ? tolist(%s) : tolist(%s))", b(), l(), l()) },
			func() string { return fmt.Sprintf("[for k, v in %s : \"${k}=${v}\"]", m()) },
			func() string { return fmt.Sprintf("tolist(setsubtract(%s, %s))", l(), l()) },
			func() string { return fmt.Sprintf("formatlist(\"%%s.%%s\", %s, %s)", l(), s()) },
			func() string { return fmt.Sprintf("[for p in setproduct([\"p\", \"q\"], %s) : join(\"\", p)]", l()) },
		)
	}
	return choose(
		func() string { return g.literal(t) },
		func() string { return fmt.Sprintf("{ a = %s, env = %s }", s(), s()) },
		func() string { return fmt.Sprintf("merge(%s, %s)", m(), m()) },
		func() string {
			return fmt.Sprintf("{ for k, v in %s : k => %s }", m(), g.oneOf("upper(v)", `"${k}/${v}"`, "v"))
		},
		func() string { return fmt.Sprintf("{ for k, v in %s : k => v if k != %q }", m(), g.oneOf("a", "b")) },
		func() string { return fmt.Sprintf(`{ for i, x in %s : "${x}-${i}" => x }`, l()) },
		func() string {
			return fmt.Sprintf(`{ for k, v in { for x in %s : substr("${x}0", 0, 1) => x... } : k => join("+", v) }`, l())
		},
		func() string { return fmt.Sprintf("zipmap(distinct(%[1]s), distinct(%[1]s))", l()) },
		func() string { return fmt.Sprintf("(%s ? tomap(%s) : tomap(%s))", b(), m(), m()) },
		func() string { return fmt.Sprintf("{ (%s) = %s }", s(), s()) },
	)
}

// literal writes a value of a type.
func (g *generator) literal(t typeName) string {
	switch t {
	case aString:
		return fmt.Sprintf("%q", g.oneOf("a", "b", "prod", "dev-1", "ml train", "X9", "", "true", "10"))
	case aNumber:
		return g.oneOf("0", "1", "2", "3", "7", "12", "2.5")
	case aBool:
		return g.oneOf("true", "false")
	case aList:
		var parts []string
		for range g.r.IntN(4) {
			parts = append(parts, g.literal(aString))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	var parts []string
	for _, k := range []string{"a", "b", "env", "\"k 1\""} {
		if g.chance(50) {
			parts = append(parts, k+" = "+g.literal(aString))
		}
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

package terraform

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A grammar writes random expressions, mostly well typed.
type grammar struct {
	r *rand.Rand
	// bound are the names of for expressions around.
	bound []string
	// leaves restricts what an expression is made of.
	leaves leaves
	// block lets expressions take more than a line, which those within the quotes of another text must not.
	block bool
	// detached keeps away from what the place of an expression means.
	detached bool
	// apart keeps away from resources of which one instance stands for several.
	apart bool
	// quoted is set within a template, where a heredoc can't begin.
	quoted int
}

// leaves are what the expressions of a grammar are made of.
type leaves uint8

const (
	anyLeaf leaves = iota
	knownLeaf
	unknownLeaf
)

func (g *grammar) pick(options ...func() string) string { return options[g.r.IntN(len(options))]() }

func (g *grammar) one(options ...string) func() string {
	return func() string { return options[g.r.IntN(len(options))] }
}

// leaf picks what is known by reading alone, or what is not.
func (g *grammar) leaf(known, unknown []string) string {
	n := len(known)
	if g.detached {
		unknown = slices.DeleteFunc(slices.Clone(unknown), func(leaf string) bool {
			return strings.HasPrefix(leaf, "self") || g.apart && strings.Contains(leaf, "alike")
		})
	}
	switch i := g.r.IntN(n + len(unknown)); {
	case g.leaves == knownLeaf:
		return known[i%n]
	case g.leaves == unknownLeaf || i >= n:
		return unknown[i%len(unknown)]
	default:
		return known[i]
	}
}

func (g *grammar) any(d int) string {
	return g.pick(
		func() string { return g.text(d) }, func() string { return g.list(d) }, func() string { return g.object(d) },
		func() string { return g.number(d) }, func() string { return g.boolean(d) })
}

// scalar writes a text, or what may become one.
func (g *grammar) scalar(d int) string {
	return g.pick(func() string { return g.text(d) }, func() string { return g.number(d) }, func() string { return g.boolean(d) })
}

func (g *grammar) text(d int) string {
	leaf := func() string {
		return g.leaf([]string{`"a"`, `"x"`, `""`, `"none"`, `null`, `"1"`, `"true"`, `var.k_str`, `aws_subnet.b.tier`, `var.k_obj.a.id`, `var.k_obj.b.id`,
			`var.t_obj.a`, `var.t_obj.o.p`, `var.t_list[1]`, `"$${x}%%{y}\t\u00e9\""`, `var.k_map["b"]`, `var.t_map.b`, `aws_subnet.nest.route[0].cidr`},
			[]string{`var.u_str`, `aws_subnet.a.id`, `aws_subnet.b.id`, `aws_subnet.a.cidr`, `local.pick`, `aws_subnet.maybe[0].id`, `aws_subnet.two[1].id`,
				`aws_subnet.many[0].id`, `aws_subnet.each["a"].id`, `aws_subnet.keys["a"].id`, `aws_subnet.some["a"].id`,
				"aws_subnet.texts[\"${var.u_num}-a\"].id", "aws_subnet.alike[lookup(var.u_map, \"a\", \"z\")].tier", "aws_subnet.named[\"${var.u_num}-b\"].tier", `aws_subnet.named["1-b"].tier`, `var.u_obj.a.id`,
				`local.mixed.b`, `aws_subnet.two.0.id`, `resource.aws_subnet.a.id`, `data.aws_subnet.d.id`, `module.net.name`, `module.net.id`,
				`each.key`, `each.value`, `self.id`, `self.kind`, `path.module`, `path.root`, `terraform.workspace`, `var.s_str`, `var.ut_str`, `var.ut_obj.a`,
				`aws_subnet.nest.route[1].cidr`, `module.net.typed`})
	}
	if len(g.bound) > 0 && g.r.IntN(2) == 0 {
		return g.bound[g.r.IntN(len(g.bound))]
	}
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf, leaf,
		func() string { return g.cond(d, g.text) },
		func() string { return g.cond(d, g.scalar) },
		func() string { return g.template(d) },
		func() string { return g.template(d) },
		func() string { return "try(" + g.text(d-1) + ", " + g.text(d-1) + ")" },
		func() string { return "coalesce(" + g.scalar(d-1) + ", " + g.scalar(d-1) + ")" },
		func() string { return "lookup(" + g.object(d-1) + ", " + g.text(d-1) + ", " + g.scalar(d-1) + ")" },
		func() string { return "element(" + g.list(d-1) + ", " + g.number(d-1) + ")" },
		func() string { return g.list(d-1) + "[" + g.number(d-1) + "]" },
		func() string { return g.object(d-1) + "[" + g.text(d-1) + "]" },
		func() string { return g.object(d-1) + ".a" },
		func() string { return "(" + g.object(d-1) + ").a" },
		func() string { return "one(" + g.list(d-1) + ")" },
		func() string { return `join("-", ` + g.list(d-1) + ")" },
		func() string { return `format("%s-%v", ` + g.text(d-1) + ", " + g.any(d-1) + ")" },
		func() string { return "upper(" + g.text(d-1) + ")" },
		func() string { return "tostring(" + g.scalar(d-1) + ")" },
		func() string { return "jsonencode(" + g.any(d-1) + ")" },
		func() string { return "replace(" + g.text(d-1) + `, "a", "b")` },
		func() string { return "[" + g.list(d-1) + "]" + "[0][" + g.number(d-1) + "]" },
		func() string { return "sha1(jsonencode(" + g.any(d-1) + "))" },
		func() string { return g.call(d, 'T') },
	)
}

// template writes a quoted template or a heredoc.
func (g *grammar) template(d int) string {
	mark := func() string { return g.one("", "", "", "~")() }
	if g.block && g.quoted == 0 && g.r.IntN(5) == 0 {
		// A heredoc ends with a line of its own, so that it stands in parentheses.
		g.quoted++
		defer func() { g.quoted-- }()
		open := g.one("<<EOT", "<<-EOT")()
		indent := g.one("", "  ", "    ")()
		return "(" + open + "\n" + indent + "a ${" + g.scalar(d-1) + "}\n" + indent + "%{" + mark() + " if " + g.boolean(d-1) + " " + mark() + "}\n" + indent +
			" y\n" + indent + "%{" + mark() + " endif " + mark() + "}\n  EOT\n)"
	}
	g.quoted++
	defer func() { g.quoted-- }()
	return g.pick(
		func() string { return `"${` + g.scalar(d-1) + `}-${` + g.text(d-1) + `}"` },
		func() string { return `"${` + g.any(d-1) + `}"` },
		func() string { return `"a ${~ ` + g.scalar(d-1) + " " + mark() + `} b"` },
		func() string {
			return `"x %{` + mark() + " if " + g.boolean(d-1) + " " + mark() + `} y %{` + mark() + " else " + mark() + `} ${` + g.scalar(d-1) + `}%{` + mark() + ` endif }"`
		},
		func() string { return `"%{ if ` + g.boolean(d-1) + ` }y%{ endif }"` },
		func() string { return g.loopTemplate(d) },
	)
}

// loopTemplate writes a template with a for directive.
func (g *grammar) loopTemplate(d int) string {
	over := g.pick(func() string { return g.list(d - 1) }, func() string { return g.object(d - 1) })
	names, done := g.bind()
	defer done()
	return `"%{ for ` + names + ` in ` + over + ` ~} ${` + g.text(d-1) + `},%{ endfor ~} z"`
}

func (g *grammar) cond(d int, of func(int) string) string {
	return "(" + g.boolean(d-1) + " ? " + of(d-1) + " : " + of(d-1) + ")"
}

func (g *grammar) number(d int) string {
	leaf := func() string {
		return g.leaf([]string{"0", "1", "2", "-1", "10", "1.5", `"1"`, "var.k_num", "var.t_num", "var.t_obj.n", "var.t_tuple[1]", "aws_subnet.b.size", "aws_subnet.b.rules[0].port"},
			[]string{"var.u_num", "count.index", "var.ut_num", "aws_subnet.a.ports", "var.ut_obj.n", "module.net.n"})
	}
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf, leaf,
		func() string { return "length(" + g.list(d-1) + ")" },
		func() string { return "length(" + g.object(d-1) + ")" },
		func() string { return "length(" + g.text(d-1) + ")" },
		func() string {
			return "(" + g.number(d-1) + g.one(" + ", " - ", " * ", " / ", " % ")() + g.number(d-1) + ")"
		},
		func() string { return "(" + g.number(d-1) + " % 3)" },
		func() string { return g.cond(d, g.number) },
		func() string { return "max(" + g.number(d-1) + ", " + g.number(d-1) + ")" },
		func() string { return "-" + g.number(d-1) },
		func() string { return "tonumber(" + g.text(d-1) + ")" },
		func() string { return g.call(d, 'N') },
	)
}

func (g *grammar) boolean(d int) string {
	leaf := func() string {
		return g.leaf([]string{"true", "false", "var.k_true", "var.k_false", "var.t_bool", "aws_subnet.b.rules[0].open"},
			[]string{"var.u_bool", "var.u_flag", "local.flag", "aws_subnet.a.public", "var.ut_bool"})
	}
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf, leaf,
		func() string { return "(" + g.text(d-1) + " == " + g.text(d-1) + ")" },
		func() string { return "(" + g.text(d-1) + " != " + g.text(d-1) + ")" },
		func() string { return "(" + g.any(d-1) + g.one(" == ", " != ")() + g.any(d-1) + ")" },
		func() string { return "(" + g.text(d-1) + g.one(" == ", " != ")() + g.scalar(d-1) + ")" },
		func() string { return "(" + g.list(d-1) + g.one(" == ", " != ")() + g.list(d-1) + ")" },
		func() string { return "(" + g.object(d-1) + g.one(" == ", " != ")() + g.object(d-1) + ")" },
		func() string {
			return "(" + g.number(d-1) + g.one(" > ", " >= ", " < ", " <= ")() + g.number(d-1) + ")"
		},
		func() string { return "(" + g.any(d-1) + g.one(" == ", " != ")() + "null)" },
		func() string { return "!" + g.boolean(d-1) },
		func() string { return "(" + g.boolean(d-1) + " && " + g.boolean(d-1) + ")" },
		func() string { return "(" + g.boolean(d-1) + " || " + g.boolean(d-1) + ")" },
		func() string { return "contains(" + g.list(d-1) + ", " + g.scalar(d-1) + ")" },
		func() string { return "can(" + g.any(d-1) + ")" },
		func() string { return "alltrue([" + g.boolean(d-1) + ", " + g.boolean(d-1) + "])" },
		func() string { return g.cond(d, g.boolean) },
		func() string { return g.call(d, 'B') },
	)
}

func (g *grammar) list(d int) string {
	leaf := func() string {
		return g.leaf([]string{"[]", `["a", "b"]`, "var.k_list", "[null]", "[1, 2]", `["1", "b", "a"]`, "[true]", `[2, "a"]`, "var.t_list", "var.t_set", "var.t_tuple",
			"var.t_any", "null", `"a"`, "toset([\"b\", \"a\"])", "tolist([10, 9])", "[[1], [\"a\"]]", "[{ a = 1 }, { a = \"x\" }]", "aws_subnet.nest.route[*].cidr", "aws_subnet.b.users", "aws_subnet.b.rules"},
			[]string{"var.u_list", "local.pair", "local.set", "[aws_subnet.a.id]", "aws_subnet.two[*].id",
				"aws_subnet.many[*].id", "aws_subnet.maybe[*].id", "values(aws_subnet.each)[*].id", "values(aws_subnet.keys)[*].id",
				"values(aws_subnet.some)[*].id", "values(aws_subnet.texts)[*].tier", "keys(aws_subnet.named)", "keys(aws_subnet.alike)", "values(aws_subnet.alike)[*].tier", "[for s in aws_subnet.texts : s.tier]",
				"[for s in aws_subnet.keys : s.id]", "aws_subnet.two[*].cidr", "aws_subnet.many.*.id", "aws_subnet.a.zones", "aws_subnet.a.sizes", "var.ut_list", "var.ut_set",
				"var.ut_obj.l", "module.many[*].id", "[for m in module.keyed : m.name]", "aws_subnet.nest.route", "aws_subnet.nest.tagset", "aws_subnet.nest.maybe"})
	}
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf, leaf,
		func() string { return "[" + g.text(d-1) + ", " + g.text(d-1) + "]" },
		func() string { return "[" + g.scalar(d-1) + ", " + g.scalar(d-1) + "]" },
		func() string { return "[" + g.any(d-1) + "]" },
		func() string { return g.cond(d, g.list) },
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
		func() string { return single(g.any(d-1)) + g.one("[*]", ".*")() },
		func() string { return single(g.list(d-1)) + g.one("[*].a", ".*.id", "[*].id", "[*][0]", ".*.a.id")() },
		func() string { return `formatlist("%s-x", ` + g.list(d-1) + ")" },
		func() string { return "concat(" + g.list(d-1) + "...)" },
		func() string { return "concat([" + g.list(d-1) + ", " + g.list(d-1) + "]...)" },
		func() string { return "sort(" + g.list(d-1) + ")" },
		func() string { return "jsondecode(jsonencode(" + g.list(d-1) + "))" },
		func() string { return g.call(d, 'L') },
	)
}

func (g *grammar) object(d int) string {
	leaf := func() string {
		return g.leaf([]string{"{}", "{ a = 1 }", `{ a = "x", b = 2 }`, "var.k_map", "var.k_obj", "var.t_map", "var.t_obj", "null", `{ "a" : true, (var.k_str) = 2 }`,
			`{ a = [1], b = ["x"] }`, "tomap({ a = 1 })", "var.t_deep", "aws_subnet.nest.route[0]"},
			[]string{"{ a = aws_subnet.a.id }", "var.u_map", "local.named", "local.mixed", "aws_subnet.a", "aws_subnet.each", "aws_subnet.keys",
				"aws_subnet.some", "aws_subnet.alike", "aws_subnet.texts", "aws_subnet.named", "var.u_obj", "aws_subnet.a.tags", "var.ut_map", "var.ut_obj", "module.net", "module.keyed", "self", "each.value"})
	}
	if d <= 0 {
		return leaf()
	}
	return g.pick(leaf, leaf, leaf,
		func() string { return "{ a = " + g.any(d-1) + ", b = " + g.any(d-1) + " }" },
		func() string { return "{ a = " + g.scalar(d-1) + ", b = " + g.scalar(d-1) + " }" },
		func() string { return "{ (" + g.text(d-1) + ") = " + g.any(d-1) + ", a = " + g.text(d-1) + " }" },
		func() string { return "{ a = " + g.text(d-1) + ", (" + g.text(d-1) + ") = " + g.text(d-1) + " }" },
		func() string { return "{ " + g.key(d) + " = " + g.scalar(d-1) + ", b = 1 }" },
		func() string { return g.cond(d, g.object) },
		func() string { return g.cond(d, g.object) },
		func() string { return "merge(" + g.object(d-1) + ", " + g.object(d-1) + ")" },
		func() string { return "merge([" + g.object(d-1) + ", " + g.object(d-1) + "]...)" },
		func() string { return "tomap(" + g.object(d-1) + ")" },
		func() string { return "zipmap(" + g.list(d-1) + ", " + g.list(d-1) + ")" },
		func() string { return "try(" + g.object(d-1) + ", {})" },
		func() string { return g.loop(d, "{", "}", func() string { return g.text(d-1) + " => " + g.any(d-1) }) },
		func() string {
			return g.loop(d, "{", "}", func() string { return g.text(d-1) + " => " + g.scalar(d-1) + "..." })
		},
		func() string { return g.call(d, 'O') },
	)
}

// single puts an expression that ends with a splat in parentheses, after which another may follow.
func single(expr string) string {
	if strings.Contains(expr, ".*") {
		return "(" + expr + ")"
	}
	return expr
}

// key writes the name of a member that is a template.
func (g *grammar) key(d int) string {
	g.quoted++
	defer func() { g.quoted-- }()
	return `"${` + g.text(d-1) + `}-k"`
}

// bind gives the loop that follows one name, or two.
func (g *grammar) bind() (names string, done func()) {
	before := g.bound
	k, v := fmt.Sprintf("k%d", len(g.bound)), fmt.Sprintf("v%d", len(g.bound))
	names = v
	bound := append(append([]string(nil), before...), v)
	if g.r.IntN(2) == 0 {
		names, bound = k+", "+v, append(bound, k)
	}
	g.bound = bound
	return names, func() { g.bound = before }
}

// loop writes a for expression, whose variables the body and the if clause may use.
func (g *grammar) loop(d int, open, end string, body func() string) string {
	over := g.pick(func() string { return g.list(d - 1) }, func() string { return g.object(d - 1) })
	names, done := g.bind()
	defer done()
	s := open + "for " + names + " in " + over + " : " + body()
	if g.r.IntN(3) == 0 {
		s += " if " + g.boolean(d-1)
	}
	return s + end
}

// call writes a call of one of Terraform's functions that makes a value of a sort.
func (g *grammar) call(d int, sort byte) string {
	var fit []string
	for _, c := range calls {
		if c.sort == sort {
			fit = append(fit, c.text)
		}
	}
	return g.filled(fit[g.r.IntN(len(fit))], d-1)
}

// filled replaces the letters of a call by expressions: T is a text, N a number, B a boolean, L a list and O an object.
func (g *grammar) filled(call string, depth int) string {
	var b strings.Builder
	for i := range len(call) {
		before := i == 0 || strings.IndexByte("([{, $", call[i-1]) >= 0
		after := i+1 == len(call) || strings.IndexByte(")]}, .[", call[i+1]) >= 0
		of := map[byte]func(int) string{'T': g.text, 'N': g.number, 'B': g.boolean, 'L': g.list, 'O': g.object, 'S': g.scalar, 'A': g.any}[call[i]]
		if of == nil || !before || !after {
			b.WriteByte(call[i])
			continue
		}
		if i > 0 && call[i-1] == '{' {
			g.quoted++
		}
		b.WriteString(of(depth))
		if i > 0 && call[i-1] == '{' {
			g.quoted--
		}
	}
	return b.String()
}

package pyast_test

import (
	"strings"
	"testing"
	"time"

	"github.com/vpclint/vpclint/internal/pyast"
)

// indented is n nested blocks around a pass statement.
func indented(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "if x:\n")
	}
	return b.String() + strings.Repeat(" ", n) + "pass\n"
}

// TestLimits parses shapes that are legal as far as CPython's limits go, and lost
// beyond them, but never with what follows.
func TestLimits(t *testing.T) {
	rep := strings.Repeat
	for _, tc := range []struct {
		name string
		src  string
		ok   bool
	}{
		{"sum", "x = a" + rep(" + a", 100_000), true},
		{"attributes", "x = a" + rep(".b", 100_000), true},
		{"calls", "x = a" + rep("()", 100_000), true},
		{"subscripts", "x = a" + rep("[0]", 100_000), true},
		{"and", "x = a" + rep(" and a", 200_000), true},
		{"comparison", "x = a" + rep(" < a", 200_000), true},
		{"targets", rep("a = ", 200_000) + "1", true},
		{"list", "x = [" + rep("a.b + c, ", 200_000) + "]", true},
		{"concatenation", "x = (" + rep("'a' ", 200_000) + ")", true},
		{"f-string concatenation", "x = (" + rep("f'{a}b' ", 50_000) + ")", true},
		{"mixed concatenation", "x = (f'a' " + rep("'abc' ", 200_000) + rep("f'abc' ", 200_000) + ")", true},
		{"debugging fields", "x = f'''" + rep("{a #b\n=}", 100_000) + "'''", true},
		{"hexadecimal digits", "x = 0x" + rep("f", 300_000), true},
		{"decimal digits", "x = " + rep("9", 300_000), false},
		{"dotted import", "import a" + rep(" . a", 200_000), true},
		{"elifs", "if a: b\n" + rep("elif a: b\n", 50_000), true},
		{"semicolons", rep("a;", 200_000), true},
		{"brackets", "x = " + rep("(", 200) + rep(")", 200), true},
		{"conditionals", "x = " + rep("a if b else ", 450) + "c", true},
		{"blocks", indented(99), true},
		{"endless sum", "x = a" + rep("+a", 1_000_000), false},
		{"too many brackets", "x = " + rep("(", 201) + rep(")", 201), false},
		{"far too many brackets", "x = " + rep("[", 300_000) + rep("]", 300_000), false},
		{"not", "x = " + rep("not ", 300_000) + "a", false},
		{"minus", "x = " + rep("-", 300_000) + "a", false},
		{"power", "x = a" + rep("**a", 300_000), false},
		{"lambda", "x = " + rep("lambda:", 300_000) + "a", false},
		{"else", "x = " + rep("a if b else ", 100_000) + "c", false},
		{"fields", "x = " + rep("f'{", 100_000) + "a" + rep("}'", 100_000), false},
		{"specs", "x = f'" + rep("{a:", 100_000) + rep("}", 100_000) + "'", false},
		{"too many blocks", indented(150), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			src := "first\n" + tc.src + "\nlast = 1\n"
			m := pyast.Parse([]byte(src))
			if ok := len(m.Errors) == 0; ok != tc.ok {
				t.Errorf("errors: %.200v", m.Errors)
			}
			if n := len(m.Body); n < 2 {
				t.Fatalf("%d statements", n)
			} else if last, isAssign := m.Body[n-1].(*pyast.Assign); !isAssign || last.End() != len(src)-1 {
				t.Errorf("the last statement is a %T", m.Body[n-1])
			}
			pyast.Inspect(m, func(n pyast.Node) bool {
				if c, ok := n.(*pyast.Constant); ok {
					c.Int64()
				}
				return true
			})
		})
	}
}

// TestLinear feeds inputs on which recovery would read the same text again and
// again; doubling one must not cost much more than double.
func TestLinear(t *testing.T) {
	size := 500_000
	if testing.Short() {
		size = 100_000
	}
	for _, line := range []string{
		"(\n", "x y (\n", "\\\"\"\"\n", "'''\n", "f'''{\n", "f'{\n", "x = [\n)\n", "f'''{'''\n", "\"\"\" '''\n", "({[\n", "a (b\n",
		"if x: (\n", "  if x:\n(\n", "@a (\n", "try:\n (\n", "match x:\n case (\n", "else:\n", "\t(\n (\n", "f'{a:\n", "f\"{f'''{\n",
		"\xff", "1", "ﬁ", "\x00", "with (a\n", "with (((\n", "with (a, b): (\n", "class A(\n", "def f(\n", "x = '''' \\\n", "\\\n(", "{a:\n",
	} {
		t.Run(line, func(t *testing.T) {
			src := []byte(strings.Repeat(line, size/len(line)))
			begin := time.Now()
			m := pyast.Parse(src)
			if d := time.Since(begin); d > time.Minute {
				t.Errorf("%d bytes took %v", len(src), d)
			} else {
				t.Logf("%v, %d errors", d, len(m.Errors))
			}
		})
	}
}

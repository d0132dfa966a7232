package pyast_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vpclint/vpclint/internal/pyast"
)

// outline is the first line of each statement of a body, those of suites indented.
func outline(src string, body []pyast.Stmt) []string {
	var out []string
	for _, s := range body {
		line, _, _ := strings.Cut(src[s.Pos():s.End()], "\n")
		out = append(out, strings.TrimRight(line, "\r"))
		for _, inner := range suites(s) {
			for _, l := range outline(src, inner) {
				out = append(out, "  "+l)
			}
		}
	}
	return out
}

func suites(s pyast.Stmt) [][]pyast.Stmt {
	v := reflect.ValueOf(s).Elem()
	var out [][]pyast.Stmt
	for i := 1; i < v.NumField(); i++ {
		if body, ok := v.Field(i).Interface().([]pyast.Stmt); ok {
			out = append(out, body)
		}
	}
	return out
}

// TestRecovery fixes what a syntax error costs. No oracle exists for it.
func TestRecovery(t *testing.T) {
	for _, tc := range []struct {
		name string
		src  string
		want []string
		errs []string // "text: message"
	}{
		{"one statement", "a = 1\nb = = 2\nc = 3\n", []string{"a = 1", "c = 3"}, []string{"=: invalid syntax"}},
		{"after a semicolon", "a = 1; b = = 2; c = 3\nd\n", []string{"a = 1", "d"}, []string{"=: invalid syntax"}},
		{"python 2 print", "print 'x'\nprint(1)\n", []string{"print(1)"}, []string{"'x': invalid syntax"}},
		{"in a suite", "def f():\n    x = )\n    return 1\ny\n",
			[]string{"def f():", "  return 1", "y"}, []string{"): unmatched ')'"}},
		{"header with its suite", "if x ==:\n    a\n    if b:\n        c\nd\n", []string{"d"}, []string{":: invalid syntax"}},
		{"elif alone", "if x:\n    a\nelif (:\n    b\nc\n", []string{"if x:", "  a", "c"}, []string{":: invalid syntax"}},
		{"else alone", "if x:\n    a\nelse\n    b\nc\n", []string{"if x:", "  a", "c"}, []string{"\n: expected ':'"}},
		{"orphan else", "else:\n    b\nc\n", []string{"c"}, []string{"else: invalid syntax"}},
		{"unclosed bracket before keyword", "x = f(1,\ndef g():\n    pass\n",
			[]string{"def g():", "  pass"}, []string{": '(' was never closed"}},
		{"unclosed bracket", "x = f(a,\nb = 3\nc = 4\nd = 5\n", []string{"c = 4", "d = 5"}, []string{"c: expected ')'"}},
		{"unclosed bracket at the end", "a\nx = [1,\n  2,\n", []string{"a"}, []string{": unexpected end of file in brackets"}},
		{"wrong closing bracket", "x = (1, 2]\ny = 3\n", []string{"y = 3"}, []string{"]: ']' does not close '('"}},
		{"unterminated string", "x = 'abc\ny = 3\n", []string{"y = 3"}, []string{"'abc: unterminated string"}},
		{"unterminated triple quote", "x = '''abc\ny = 3\nz\n", []string{"y = 3", "z"},
			[]string{"'''abc\ny = 3\nz\n: unterminated string"}},
		{"unterminated f-string field", "x = f\"{a\"\ny = 3\n", []string{"y = 3"}, []string{"\": unterminated string"}},
		{"unterminated f-string", "x = f'{a} b\ny = 3\n", []string{"y = 3"}, []string{" b: unterminated string"}},
		{"f-string brace", "x = f'}'\ny = 3\n", []string{"y = 3"}, []string{"}: f-string: single '}' is not allowed"}},
		{"unexpected indent", "a\n    b\n    c\nd\n", []string{"a", "b", "c", "d"}, []string{": unexpected indent"}},
		{"odd dedent", "if x:\n        a\n    b\nc\n", []string{"if x:", "  a", "b", "c"},
			[]string{"    : unindent does not match any outer indentation level"}},
		{"missing block", "def f():\nx = 1\n", []string{"x = 1"}, []string{": expected an indented block"}},
		{"lost decorator", "@a b\ndef f(): pass\n", []string{"def f(): pass", "  pass"}, []string{"b: invalid syntax"}},
		{"decorated statement", "@a\nx = 1\n", []string{"x = 1"}, []string{"a: expected a definition after decorator"}},
		{"bad target", "f() = 1\nx = 2\n", []string{"x = 2"}, []string{"f: cannot assign to expression"}},
		{"handler", "try:\n    a\nexcept X as:\n    b\nfinally:\n    c\nd\n",
			[]string{"try:", "  a", "  c", "d"}, []string{":: expected a name"}},
		{"case", "match x:\n    case 1 +:\n        a\n    case 2:\n        b\nc\n",
			[]string{"match x:", "c"}, []string{":: imaginary number required in complex literal"}},
		{"notebook magic", "!pip install x\n%matplotlib inline\nx = 1\n", []string{"x = 1"},
			[]string{"!: invalid character '!'", "%: invalid syntax"}},
		{"mixed literals", "x = 'a' b'b'\ny\n", []string{"y"}, []string{"b'b': cannot mix bytes and nonbytes literals"}},
		{"octal", "x = 0777\ny\n", []string{"y"}, []string{"0777: invalid number"}},
		{"escape", "x = '\\x1'\ny\n", []string{"y"}, []string{"'\\x1': truncated escape in string"}},
		{"nul", "x = 1\x00\ny\n", []string{"y"}, []string{"\x00: invalid character '\\x00'"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := pyast.Parse([]byte(tc.src))
			var errs []string
			for _, e := range m.Errors {
				errs = append(errs, tc.src[e.Pos:e.End]+": "+e.Msg)
			}
			if diff := cmp.Diff(tc.want, outline(tc.src, m.Body)); diff != "" {
				t.Errorf("statements (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.errs, errs); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			checkTree(t, []byte(tc.src), m)
		})
	}
}

// checkTree verifies what holds for any input: positions are in the file, and a
// child is within its parent, but for decorators.
func checkTree(t testing.TB, src []byte, m *pyast.Module) {
	t.Helper()
	inside := func(what string, pos, end, from, to int) {
		if pos < from || end > to || pos > end {
			t.Errorf("%s at %d..%d is not within %d..%d", what, pos, end, from, to)
		}
	}
	for _, c := range m.Comments {
		inside("comment", c.Pos, c.End, 0, len(src))
		if src[c.Pos] != '#' {
			t.Errorf("comment at %d starts with %q", c.Pos, src[c.Pos])
		}
	}
	for _, e := range m.Errors {
		inside("error "+e.Msg, e.Pos, e.End, 0, len(src))
	}
	stack := []pyast.Node{m}
	for len(stack) > 0 {
		parent := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		inside("module", parent.Pos(), parent.End(), 0, len(src))
		pyast.Inspect(parent, func(n pyast.Node) bool {
			if n == parent {
				return true
			}
			before := n.End() <= parent.Pos()
			if !before || !decorated(parent) {
				inside(fmt.Sprintf("%T in %T", n, parent), n.Pos(), n.End(), parent.Pos(), parent.End())
			}
			stack = append(stack, n)
			return false
		})
	}
}

func decorated(n pyast.Node) bool {
	switch n.(type) {
	case *pyast.FunctionDef, *pyast.AsyncFunctionDef, *pyast.ClassDef:
		return true
	}
	return false
}

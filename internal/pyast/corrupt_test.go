package pyast_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/pyast"
)

// corruptions are what goes wrong with one line of a file that was valid.
func corruptions() map[string]func(r *rand.Rand, indent, code string) string {
	insert := func(what string) func(*rand.Rand, string, string) string {
		return func(r *rand.Rand, indent, code string) string {
			i := r.IntN(len(code))
			return indent + code[:i] + what + code[i:]
		}
	}
	before := func(what string) func(*rand.Rand, string, string) string {
		return func(_ *rand.Rand, indent, code string) string { return indent + what + "\n" + indent + code }
	}
	out := map[string]func(*rand.Rand, string, string) string{
		"deleted":   func(*rand.Rand, string, string) string { return "" },
		"truncated": func(r *rand.Rand, indent, code string) string { return indent + code[:r.IntN(len(code))] },
		"merge conflict": func(_ *rand.Rand, indent, code string) string {
			line := indent + code + "\n"
			return "<<<<<<< HEAD\n" + line + "=======\n" + line + ">>>>>>> 1234abc (Fix it)"
		},
		"template's condition": func(_ *rand.Rand, indent, code string) string {
			return "{% if cookiecutter.kind == 'x' %}\n" + indent + code + "\n{%- endif %}"
		},
		"indented":  func(_ *rand.Rand, indent, code string) string { return " " + indent + code },
		"dedented":  func(_ *rand.Rand, indent, code string) string { return strings.TrimPrefix(indent, " ") + code },
		"tab":       func(_ *rand.Rand, indent, code string) string { return strings.Replace(indent, "    ", "\t", 1) + code },
		"no colon":  func(_ *rand.Rand, indent, code string) string { return indent + strings.TrimSuffix(code, ":") },
		"backslash": func(_ *rand.Rand, indent, code string) string { return indent + code + " \\" },
		"magic":     before("%pip install x"),
		"shell":     before("!pip install x"),
		"print":     before("print 'x %s' % y, z"),
		"exec":      before("exec code in x"),
		"doctest":   func(_ *rand.Rand, indent, code string) string { return indent + ">>> " + code },
	}
	for _, what := range []string{
		"(", "[", "{", ")", "]", "}", "'", `"`, "f'", "f'{", " = = ", " word ", "\x00", "\xff\xfe", "{{ cookiecutter.x }}",
		"{{cookiecutter.x}}", "?", "$x", "<your-role>", "…", "\u00a0", ":", ",", "@", "0777", "\\",
	} {
		out[what] = insert(what)
	}
	return out
}

// TestCorruptedLine corrupts every line of some scripts in every way, and counts the other top-level statements that are no
// longer found. Lines that open or close a string of several lines are left alone: what that costs, it costs CPython too.
func TestCorruptedLine(t *testing.T) {
	for _, path := range []string{"testdata/dump.py", "testdata/encodings.py", "../../testdata/repos/insecure-mlops/training/train.py"} {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src := string(file)
		m := pyast.Parse(file)
		if len(m.Errors) > 0 || len(m.Body) < 5 {
			t.Fatalf("%s: %v", path, m.Errors)
		}
		quoted := inLongStrings(m, src)
		for name, corrupt := range corruptions() {
			t.Run(name+" in "+path, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				cases, lost := 0, 0
				for start, line := range lines(src) {
					code := strings.TrimLeft(line, " ")
					if code == "" || quoted[start] {
						continue
					}
					text := src[:start] + corrupt(r, line[:len(line)-len(code)], code) + src[start+len(line):]
					missing := missing(m, src, start, start+len(line), text)
					cases, lost = cases+1, lost+len(missing)
					// A line joined to the next, or to the decorators above it, may take that with it.
					if len(missing) > 1 {
						t.Errorf("%q costs %q", line, missing)
					}
				}
				if lost*10 > cases {
					t.Errorf("%d corrupted lines cost %d other statements", cases, lost)
				}
			})
		}
	}
}

// lines yields the lines of a text with where they start.
func lines(src string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		at := 0
		for line := range strings.SplitSeq(src, "\n") {
			if !yield(at, line) {
				return
			}
			at += len(line) + 1
		}
	}
}

// inLongStrings returns the starts of the lines that have a part of a string of several lines.
func inLongStrings(m *pyast.Module, src string) map[int]bool {
	out := map[int]bool{}
	pyast.Inspect(m, func(n pyast.Node) bool {
		if _, ok := n.(*pyast.Constant); ok && strings.Contains(src[n.Pos():n.End()], "\n") {
			for start, line := range lines(src) {
				if start < n.End() && start+len(line) >= n.Pos() {
					out[start] = true
				}
			}
		}
		return true
	})
	return out
}

// missing returns the top-level statements of a module outside of a range that a corrupted text has no longer.
func missing(m *pyast.Module, src string, from, to int, text string) []string {
	found := map[string]int{}
	for _, s := range pyast.Parse([]byte(text)).Body {
		found[text[s.Pos():s.End()]]++
	}
	var out []string
	for _, s := range m.Body {
		if s.Pos() <= to && s.End() >= from {
			continue
		}
		key := src[s.Pos():s.End()]
		if found[key] == 0 {
			out = append(out, key)
		}
		found[key]--
	}
	return out
}

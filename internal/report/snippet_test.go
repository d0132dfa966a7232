package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/source"
)

// underlined returns the snippet of the text between « and » with its carets.
func underlined(t *testing.T, marked string, columns int) string {
	t.Helper()
	before, rest, ok := strings.Cut(marked, "«")
	inside, after, closed := strings.Cut(rest, "»")
	if !ok || !closed {
		t.Fatalf("no place in %q", marked)
	}
	f := source.NewFile("x", []byte(before+inside+after))
	s := snip(resolve(f.Span(len(before), len(before)+len(inside))), columns, nil)
	return s.text + "\n" + strings.Repeat(" ", s.from) + strings.Repeat("^", s.to-s.from)
}

func TestSnippet(t *testing.T) {
	digits := strings.Repeat("0123456789", 10)
	for _, test := range []struct{ name, marked, want string }{
		{"plain", "a = «b»", "a = b\n    ^"},
		{"tabs", "\ta\t=\t«b\tc»", "    a   =   b   c\n            ^^^^^"},
		{"wide", "学 = «習x»", "学 = 習x\n     ^^^"},
		{"combining", "e\u0301 = «o\u0308»", "e\u0301 = o\u0308\n    ^"},
		{"joined emoji", "👩\u200d👧 «x»", "👩\u200d👧 x\n     ^"},
		{"full-width", "Ａ«Ｂ»", "ＡＢ\n  ^^"},
		{"escapes", "\x1b«x\x00»", `\x1bx\x00` + "\n    ^^^^^"},
		{"insertion point at the end", "a =«»", "a =\n   ^"},
		{"empty line", "a\n«»\nb", "\n^"},
		{"first of several lines", "a = «b(\n  c)»", "a = b(\n    ^^"},
		{"CR LF", "a\r\nb = «c\r\nd»", "b = c\n    ^"},
		{"byte order mark", "\xef\xbb\xbfa = «b»", "a = b\n    ^"},
		{"inside the byte order mark", "«\xef\xbb\xbfa» = b", "a = b\n^"},
		{"cut right", "«a» = " + digits, "a = 01234567890123456789012345678901234…\n^"},
		{"cut left", digits + " = «a»", "…56789012345678901234567890123456789 = a\n                                       ^"},
		{"cut both", digits + "«abc»" + digits, "…890123456789abc01234567890123456789012…\n             ^^^"},
		{"cut within", digits + "«" + digits + "»", "…89012345678901234567890123456789012345…\n             ^^^^^^^^^^^^^^^^^^^^^^^^^^^"},
		{"insertion point at the end of a long line", digits + "«»", "…23456789012345678901234567890123456789\n                                       ^"},
		{"half of a wide character", strings.Repeat("学", 50) + "x«ab»" + strings.Repeat("習", 50), "… 学学学学学xab習習習習習習習習習習習習…\n             ^^"},
		{"a file of one line", strings.Repeat("x", 100_000) + "«abc»" + strings.Repeat("y", 100_000), "…xxxxxxxxxxxxabcyyyyyyyyyyyyyyyyyyyyyyy…\n             ^^^"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, underlined(t, test.marked, minWidth)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzSnippet holds that a snippet fits its width, that the carets stand under it, and that nothing of the file speaks to
// the terminal.
func FuzzSnippet(f *testing.F) {
	f.Add("a = b\n\tc = 学習\r\n", 2, 5, 44)
	f.Add(strings.Repeat("学", 60)+"\x1b[2J\xff"+strings.Repeat("e\u0301", 60), 100, 190, 50)
	f.Fuzz(func(t *testing.T, content string, start, end, columns int) {
		columns = min(columns, 500)
		p := resolve(source.NewFile("x", []byte(content)).Span(start, end))
		s := snip(p, columns, nil)
		columns = max(columns, minWidth)
		shown := 0
		for _, r := range s.text {
			if r == utf8.RuneError && !strings.Contains(content, "\uFFFD") || r != ' ' && escapeRune(r, string(r)) != "" {
				t.Errorf("%q prints %q", content, r)
			}
			shown += runeWidth(r)
		}
		if shown > columns {
			t.Errorf("%d columns shown of %d: %q", shown, columns, s.text)
		}
		if s.from < 0 || s.to <= s.from || s.to > max(shown, s.from+1) || s.from > shown {
			t.Errorf("carets [%d, %d) under %d columns: %q", s.from, s.to, shown, s.text)
		}
	})
}

func TestURI(t *testing.T) {
	for path, want := range map[string]string{
		"infra/main.tf":               "infra/main.tf",
		"  two blanks/a b.tf":         "%20%20two%20blanks/a%20b.tf",
		"C:/x#1?/50%.tf":              "C%3A/x%231%3F/50%25.tf",
		"模块/[a]/{b}.tf":               "%E6%A8%A1%E5%9D%97/%5Ba%5D/%7Bb%7D.tf",
		`back\slash`:                  "back%5Cslash",
		"./modules/net@1.2/x(1),y=+z": "modules/net@1.2/x(1),y=+z",
	} {
		if got := uri(path); got != want {
			t.Errorf("%q: got %s, want %s", path, got, want)
		}
	}
}

func TestMessageSyntax(t *testing.T) {
	for text, want := range map[string]string{
		"the default is ${var.x}":       "The default is var.x.",
		"${a(${b})} and {c}":            "a(b) and (c).",
		"%{if x} } {{ y }}":             "If x ) (( y )).",
		"var.x[0](1) is unset":          "var.x[0] (1) is unset.",
		"x":                             "x.",
		"runs\nin \x1b[1m":              `runs\nin \x1b[1m.`,
		"no subnets, no security group": "No subnets, no security group.",
		"":                              "",
	} {
		if got := sentence(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got, want := link(`a["b"]\`, 2), `[a\["b"\]\\](2)`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

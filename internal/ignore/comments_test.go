package ignore_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// spans returns where an expression matches in a file.
func spans(f *source.File, expression string) []source.Span {
	var out []source.Span
	for _, m := range regexp.MustCompile(expression).FindAllIndex(f.Bytes, -1) {
		out = append(out, f.Span(m[0], m[1]))
	}
	return out
}

// A comment speaks for its line or the next, as a language with comments behind #, texts between quotes, lines that go on over
// a backslash and keys that end in a colon sees lines.
func TestScopes(t *testing.T) {
	const d = "vpclint:ignore open-egress why"
	for _, row := range []struct{ name, text, want string }{
		{"above", "a\n# " + d + "\nb\nc", "# " + d + "\nb"},
		{"behind", "a\nb # " + d + "\nc", "b # " + d},
		{"over blank lines and comments", "# " + d + "\n\n  # more\n\t\nb\nc", "# " + d + "\n\n  # more\n\t\nb"},
		{"indented", "  # " + d + "\n  b", "# " + d + "\n  b"},
		{"at the end", "a\n# " + d + "\n\n", "# " + d},
		{"at the very end", "a\n# " + d, "# " + d},
		{"above what goes on", "# " + d + "\na \\\n b \\\n c\nd", "# " + d + "\na \\\n b \\\n c"},
		{"behind what goes on", "a \\\n b # " + d + "\nc", "a \\\n b # " + d},
		{"above a text", "# " + d + "\na \"\n\n\" b\nc", "# " + d + "\na \"\n\n\" b"},
		{"behind a text", "z\na \"\n\n\" b # " + d + "\nc", "a \"\n\n\" b # " + d},
		{"a text and a backslash", "# " + d + "\na \"\n\" \\\n b\nc", "# " + d + "\na \"\n\" \\\n b"},
		{"above a key", "# " + d + "\nk: # more\n\n  - v\n  - w", "# " + d + "\nk: # more\n\n  "},
		{"behind a key", "k: # " + d + "\n  v", "k: # " + d + "\n  "},
		{"between", "a: # " + d + "\n# other\n  b:\n    c", "a: # " + d + "\n# other\n  "},
		{"other line ends", "a\r\n# " + d + "\r\nb\r\nc", "# " + d + "\r\nb"},
		{"old line ends", "a\r# " + d + "\rb\rc", "# " + d + "\rb"},
		{"a byte order mark", "\ufeff# " + d + "\nb\nc", "# " + d + "\nb"},
		{"between documents", "# " + d + "\n---\na\nb", "# " + d + "\n---\na"},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := source.NewFile("a", []byte(row.text))
			c := ignore.Comments{
				File: f, Spans: spans(f, `#[^\r\n]*\r?\n?`), Blank: spans(f, `(?m)^---$`),
				Joined: append(spans(f, `\\\n`), spans(f, `"[^"]*"`)...), Leads: spans(f, `\w+:( #.*)?\n(#.*\n)?\s+`),
			}
			found := c.Directives()
			if len(found) != 1 {
				t.Fatalf("%d directives", len(found))
			}
			if diff := cmp.Diff(row.want, found[0].Scope.Text()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Within what a language takes for one line, a comment with a line of its own speaks for the next of the screen's; who speaks
// for an end of a header speaks for all of it.
func TestScopesWithin(t *testing.T) {
	const d = "vpclint:ignore open-egress why"
	for text, want := range map[string]string{
		"RUN a \\\n # " + d + "\n b \\\n c\nd":    "# " + d + "\n b \\",
		"# " + d + "\n@a\n@b\ndef c\n d":          "# " + d + "\n@a\n@b\ndef",
		"@a\n@b\n# " + d + "\ndef c\n d":          "@a\n@b\n# " + d + "\ndef c",
		"@a\n# " + d + "\n@b\ndef c\n d":          "# " + d + "\n@b",
		"x\n@a\n@b\ndef c # " + d + "\n d":        "@a\n@b\ndef c # " + d,
		"# vpclint:ignore-file open-egress why\n": "# vpclint:ignore-file open-egress why\n",
	} {
		f := source.NewFile("a", []byte(text))
		c := ignore.Comments{File: f, Spans: spans(f, `#.*`), Joined: spans(f, `(?s)RUN.*c\n`), Headers: spans(f, `(?s)@.*def`)}
		found := c.Directives()
		if len(found) != 1 || found[0].Scope.Text() != want {
			t.Errorf("%q: got %+v, want %q", text, found, want)
		}
	}
}

// Mentions finds the word in letters of any size, and nothing else.
func TestMentions(t *testing.T) {
	word := regexp.MustCompile("(?i)vpclint")
	for _, text := range []string{"", "vpclint", "VPCLINT", "Vpclint", "vpVPCLint", "vpclin", "vvpclint", "VvPcLiNt", "a vpc lint", strings.Repeat("vV", 99) + "pclint", "xvpclinT:"} {
		if got, want := ignore.Mentions([]byte(text)), word.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

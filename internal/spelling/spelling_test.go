package spelling_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/spelling"
)

// Where each piece of a text is spelt: its runs are written "bytes" where they stand for themselves, else "bytes=text".
func TestNext(t *testing.T) {
	for _, row := range []struct {
		name, src string
		pieces    []string
		want      []string
	}{
		{"verbatim", "{a}", []string{"{a}"}, []string{"{a}"}},
		{"double quotes", `"a\n\"b\" \u00e9\ud83d\ude00\/"`, []string{"a\n\"b\" é😀/"}, []string{`a|\n=` + "\n" + `|\"="|b|\"="| |\u00e9=é|\ud83d\ude00=😀|\/=/`}},
		{"a line that goes on", "\"{a,\\\n   b}\"", []string{"{a,b}"}, []string{"{a,|b}"}},
		{"single quotes", `'it''s'`, []string{"it's"}, []string{"it|''='|s"}},
		{"folded lines", "'a\n  b\n\n  c'", []string{"a b\nc"}, []string{"a|\n  = |b|\n\n  =\n|c"}},
		{"heredoc", "<<-X\n  a\n\n    b\n  X", []string{"a\n\n  b\n"}, []string{"a\n\n|  b\n"}},
		{"block", "|\n  a\n   b", []string{"a\n b\n"}, []string{"a\n| b|=\n"}},
		{"folded block", ">-\n  a\n  b\n\n  c", []string{"a b\nc"}, []string{"a|\n  = |b|\n\n  =\n|c"}},
		{"what is put in", `"a${b}c${d}"`, []string{"a", "c"}, []string{"a", "${b}", "c"}},
		{"dollars", "$${a}%%{b}${!c}", []string{"${a}%{b}${c}"}, []string{"$${=${|a}|%%{=%{|b}|${!=${|c}"}},
		{"blanks taken away", "\n   \"a\" \n", []string{`"a"`}, []string{`"a"`}},
		{"three quotes", "\"\"\"\n{\"a\"}\n\"\"\"", []string{"\n{\"a\"}\n"}, []string{"\n{\"a\"}\n"}},
		{"raw", `r'\d"'`, []string{`\d"`}, []string{`\d"`}},
		{"braces", `f'{{"a": {x}}}'`, []string{`{"a": `, `}`}, []string{`{{={|"a": `, `{x}`, `}}=}`}},
		{"a quote that is text", `",` + "\n b", []string{"\",\n b"}, []string{"\",\n b"}},
		{"another text", `"a"`, []string{"b"}, nil},
		{"the beginning of another text", "var.name", []string{"var"}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := source.NewFile("f", []byte("x: "+row.src+" y"))
			r := spelling.At(f.Span(3, 3+len(row.src)))
			var got []string
			for _, piece := range row.pieces {
				runs := r.Next(piece)
				if runs == nil && got != nil {
					if at := r.Skip(); !at.IsZero() {
						got = append(got, at.Text())
						runs = r.Next(piece)
					}
				}
				if runs != nil {
					got = append(got, shown(runs))
				}
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func shown(runs []spelling.Run) string {
	var out []string
	for _, run := range runs {
		s := run.At.Text()
		if run.Text != "" {
			s += "=" + run.Text
		}
		out = append(out, s)
	}
	return strings.Join(out, "|")
}

// Whatever stands there, the runs of a text are the text, one behind the other within the place.
func FuzzNext(f *testing.F) {
	f.Add(`"a\n\"b\" \u00e9\ud83d\ude00"`, "a\n\"b\"", " é😀")
	f.Add("<<-X\n  a\n\n    b${c}\n  X", "a\n\n  b", "\n")
	f.Add("'it''s\n\n'", "it's", "\n")
	f.Add(">\n  a\n  b\n\n  c\n", "a b\nc", "\n")
	f.Add(`f"{{{x}}}"`, "{", "}")
	f.Add("$${a}${!b}", "${a}", "${b}")
	f.Fuzz(func(t *testing.T, src, first, second string) {
		file := source.NewFile("f", []byte(src))
		r := spelling.At(file.Span(0, len(src)))
		at := 0
		for _, text := range []string{first, second, first} {
			for range 2 {
				runs := r.Next(text)
				var spelt strings.Builder
				for _, run := range runs {
					if run.At.Start < at || run.At.End > len(src) {
						t.Fatalf("%+v is outside of %d to %d", run.At, at, len(src))
					}
					at = run.At.End
					if run.Text == "" {
						spelt.WriteString(run.At.Text())
					}
					spelt.WriteString(run.Text)
				}
				if runs != nil && spelt.String() != text {
					t.Fatalf("%q is read as %q", text, spelt.String())
				}
				if runs != nil {
					break
				}
				if s := r.Skip(); !s.IsZero() {
					if s.Start < at || s.End > len(src) {
						t.Fatalf("%+v is outside of %d to %d", s, at, len(src))
					}
					at = s.End
				}
			}
		}
	})
}

// A long place that nearly fits costs little, over and over.
func TestHostile(t *testing.T) {
	const n = 1 << 18
	blank, breaks := strings.Repeat(" ", n), strings.Repeat("\n", n)
	for name, row := range map[string]struct{ src, text string }{
		"line breaks":  {">\n" + breaks, breaks},
		"other breaks": {"'" + breaks + "'", breaks[:n-1] + "x"},
		"blanks":       {blank, blank[:n-1] + "x"},
		"escapes":      {`"` + strings.Repeat("\\\n", n/2) + `"`, "x"},
		"put in":       {`"` + strings.Repeat("${", n/2) + `"`, "x"},
		"quotes":       {strings.Repeat("'", n), strings.Repeat("'", n)},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("f", []byte(row.src))
			r := spelling.At(f.Span(0, len(row.src)))
			for range 3 {
				r.Next(row.text)
				r.Skip()
			}
		})
	}
}

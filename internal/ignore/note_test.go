package ignore_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// A comment is written above the line of a place, with its indentation and its kind of line's end, and above the first of
// lines that make one.
func TestNotes(t *testing.T) {
	for name, c := range map[string]struct{ before, after string }{
		"indented":         {"a\n\t  @b", "a\n\t  # X\n\t  @b"},
		"carriage returns": {"a\r\n  @b", "a\r\n  # X\r\n  @b"},
		"one line":         {"@b", "# X\n@b"},
		"old Macintosh":    {"a\rc\r@b", "a\rc\r# X\r@b"},
		"byte order mark":  {"\ufeff@b\r\n", "\ufeff# X\r\n@b\r\n"},
		"continued":        {"a\n b \\\n  c \\\n  @d\n", "a\n # X\n b \\\n  c \\\n  @d\n"},
		"behind others":    {"a = (b, @c)\n", "# X\na = (b, @c)\n"},
	} {
		text := strings.Replace(c.before, "@", "", 1)
		f := source.NewFile("x", []byte(text))
		comments := ignore.Comments{File: f}
		for i := range text {
			if text[i] == '\\' {
				comments.Joined = append(comments.Joined, f.Span(i, i+2))
			}
		}
		at := strings.Index(c.before, "@")
		notes := comments.Notes(f.Span(at, at+1))
		if len(notes) != 1 {
			t.Errorf("%s: %d notes", name, len(notes))
			continue
		}
		got := text[:notes[0].At] + notes[0].Text([]string{"r"}, ignore.Remark{Reason: "why"}) + text[notes[0].At:]
		want := strings.Replace(strings.Replace(c.after, "X", "vpclint:ignore r why", 1), "@", "", 1)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What a remark says is read again as it was said, whatever it looks like; what couldn't be is refused.
func TestNewRemark(t *testing.T) {
	for _, text := range []string{
		"accepted", "a,b", "see RISK-1: \"quoted\" \\ 100% */ # more", "until then", "missing-vpc-config is wrong here", "até já", "until=2099-01-31 why",
	} {
		r, err := ignore.NewRemark(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		line := ignore.Note{Before: "# "}.Text([]string{"a-rule", "b-rule"}, r)
		d, ok := ignore.Parse(source.NewFile("x", []byte(line)).Span(0, len(line)))
		if !ok || d.Fault != "" || len(d.Rules) != 2 || d.Reason != r.Reason || !d.Until.Equal(r.Until) {
			t.Errorf("%q is read as %+v", line, d)
		}
	}
	for _, text := range []string{"", " \t", "two\nlines", "a\rb", ", b", "until=tomorrow why", "until=2099-01-31", "\x1b[31m", "a\u2028b"} {
		if r, err := ignore.NewRemark(text); err == nil {
			t.Errorf("%q is taken for %+v", text, r)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: more than a clause: %v", text, err)
		}
	}
}

// Whatever a reason is, it is refused or read again as it was said.
func FuzzNewRemark(f *testing.F) {
	f.Add("accepted")
	f.Add("until=2027-01-31 x")
	f.Add(", a")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ignore.NewRemark(text)
		if err != nil {
			return
		}
		line := ignore.Note{Before: "# "}.Text([]string{"a-rule"}, r)
		d, ok := ignore.Parse(source.NewFile("x", []byte(line)).Span(0, len(line)))
		if !ok || d.Fault != "" || len(d.Rules) != 1 || d.Reason != r.Reason || !d.Until.Equal(r.Until) {
			t.Errorf("%q is read as %+v", line, d)
		}
	})
}

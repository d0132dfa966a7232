package ignore

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/source"
)

// A Remark is what a user has to say of findings that are to be ignored.
type Remark struct {
	Reason string
	// Until is the last day on which it counts; zero where it has none.
	Until time.Time
}

// NewRemark reads a reason, before which a last day may stand as in any directive. The error says in a clause why a directive
// can't hold it.
func NewRemark(text string) (Remark, error) {
	text = strings.Trim(text, " \t")
	switch {
	case text == "":
		return Remark{}, errors.New("an ignore needs a reason")
	case strings.ContainsAny(text, "\r\n\v\f\u0085\u2028\u2029"):
		return Remark{}, errors.New("a reason is one line")
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\ufffd' }):
		return Remark{}, errors.New("a reason is text, without control characters")
	}
	line := "# " + verbLines + " some-rule " + text
	d, ok := Parse(source.NewFile("", []byte(line)).Span(0, len(line)))
	switch {
	case ok && d.Fault != "":
		return Remark{}, errors.New(d.Fault)
	case !ok || len(d.Rules) != 1 || d.Reason == "" || !strings.HasSuffix(text, d.Reason) || d.Until.IsZero() && d.Reason != text:
		return Remark{}, errors.New("a reason begins with a word")
	}
	return Remark{Reason: d.Reason, Until: d.Until}, nil
}

// line returns a directive as it stands in a comment.
func (r Remark) line(rules []string) string {
	text := verbLines + " " + strings.Join(rules, ",") + " "
	if !r.Until.IsZero() {
		text += "until=" + r.Until.Format(time.DateOnly) + " "
	}
	return text + r.Reason
}

// A Form is how a directive is spelt.
type Form uint8

// The forms.
const (
	// Comment is a line as it stands in a comment.
	Comment Form = iota
	// Quoted is such a line within a string of JSON.
	Quoted
	// Entries are objects of JSON, one for each rule.
	Entries
)

// A Note is a way to write a directive into a file.
type Note struct {
	// At is where it is inserted, in the file on disk.
	At int
	// Before and After stand around it, Between between those of its parts that are written one by one.
	Before, Between, After string
	Form                   Form
	// Spoils says that it would spoil the layout of what stands around it, so that any other is better.
	Spoils bool
}

// Text returns what is inserted to ignore findings of some rules.
func (n Note) Text(rules []string, r Remark) string {
	var parts []string
	switch n.Form {
	case Comment:
		parts = append(parts, r.line(rules))
	case Quoted:
		parts = append(parts, inner(r.line(rules)))
	case Entries:
		for _, rule := range rules {
			entry := `{"rule": ` + quote(rule)
			if !r.Until.IsZero() {
				entry += `, "until": ` + quote(r.Until.Format(time.DateOnly))
			}
			parts = append(parts, entry+`, "reason": `+quote(r.Reason)+"}")
		}
	}
	return n.Before + strings.Join(parts, n.Between) + n.After
}

// quote returns a text as a string of JSON.
func quote(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""` // a string can always be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// inner returns a text as it stands within a string of JSON.
func inner(text string) string {
	quoted := quote(text)
	return quoted[1 : len(quoted)-1]
}

// Notes returns how a comment can be written that stands above what a place belongs to; none where the place isn't in the text,
// or no line can stand above it.
func (c Comments) Notes(at source.Span) []Note {
	offset, ok := c.within(at)
	if !ok {
		return nil
	}
	start := c.first(offset)
	text, _ := c.File.Line(c.File.Position(start).Line)
	indent := string(text[:len(text)-len(bytes.TrimLeft(text, " \t"))])
	place := c.File.Span(start, start+1).Host()
	host, p := place.File, place.Start
	line, begin := host.Line(host.Position(p).Line)
	prefix := string(line[:p-begin])
	switch {
	case strings.Trim(prefix, " \t") == "":
		return []Note{{At: begin, Before: prefix + indent + "# ", After: lineEnd(host, begin)}}
	case !c.File.Embedded() || !inJSON(host):
		return nil
	}
	if ws, ok := element(host.Bytes, p); ok {
		return []Note{{At: p, Before: inner(indent) + "# ", After: `\n",` + ws + `"`, Form: Quoted}}
	}
	return []Note{{At: p, Before: inner(indent) + "# ", After: `\n`, Form: Quoted}}
}

// within returns the offset of a place in the text.
func (c Comments) within(at source.Span) (int, bool) {
	host := at.Host()
	if at.IsZero() || host.File.Path != c.File.Path {
		return 0, false
	}
	for s := at; !s.IsZero() && s.File.Embedded(); s = s.Outer() {
		if s.File == c.File {
			return s.Start, true
		}
	}
	if !c.File.Embedded() {
		return host.Start, true
	}
	n := len(c.File.Bytes)
	if n == 0 || host.Start < c.File.Span(0, 1).Host().Start || host.Start > c.File.Span(n-1, n).Host().End {
		return 0, false
	}
	for i := 1; i <= c.File.Lines(); i++ {
		text, start := c.File.Line(i)
		if s := c.File.Span(start, start+len(text)).Host(); s.Start <= host.Start && host.Start <= s.End && len(text) > 0 {
			return start, true
		}
	}
	return 0, false
}

// first returns where the line begins in which a place stands, as the language takes lines.
func (c Comments) first(offset int) int {
	joined := slices.SortedFunc(slices.Values(c.Joined), func(a, b source.Span) int { return b.Start - a.Start })
	n := c.File.Position(offset).Line
	for _, j := range joined {
		above, start := c.File.Line(n - 1) // of the first line, nothing at the file's end
		if end := start + len(above); n > 1 && j.Start <= end && end < j.End {
			n = c.File.Position(j.Start).Line
		}
	}
	_, start := c.File.Line(n)
	return start
}

// lineEnd returns how lines end around an offset.
func lineEnd(f *source.File, at int) string {
	i := bytes.IndexAny(f.Bytes[at:], "\r\n")
	if i < 0 {
		at, i = 0, bytes.IndexAny(f.Bytes, "\r\n")
	}
	switch {
	case i < 0 || f.Bytes[at+i] == '\n':
		return "\n"
	case at+i+1 < len(f.Bytes) && f.Bytes[at+i+1] == '\n':
		return "\r\n"
	}
	return "\r"
}

// inJSON reports whether a file is one of JSON, as notebooks are.
func inJSON(f *source.File) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(f.Bytes, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// element reports whether the offset is that of the first byte of a string that is one of a list, and returns the blanks before
// the string.
func element(b []byte, at int) (string, bool) {
	if at == 0 || b[at-1] != '"' {
		return "", false
	}
	end := at - 1
	start := len(bytes.TrimRight(b[:end], " \t\r\n"))
	if start == 0 || b[start-1] != ',' && b[start-1] != '[' {
		return "", false
	}
	return string(b[start:end]), true
}

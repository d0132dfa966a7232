// Package ignore answers what a user has asked not to be told of, where they have said so, and whether they have said why.
//
// In goes what front-ends find of comments and metadata, and the configuration; out come directives, each with the place
// where it is written and the places that it speaks for. The package must not know which rules there are, nor what is
// found: the driver brings the two together.
package ignore

import (
	"regexp"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/source"
)

// Mark is what every directive in a file holds: a file without it has none.
const Mark = "vpclint"

// A Directive is one ignore as it is written.
type Directive struct {
	// At is the directive itself: of a comment, from "vpclint:" to its end.
	At source.Span
	// Rules are the slugs that it names.
	Rules []Slug
	// Reason says why; empty where it doesn't.
	Reason string
	// Until is the last day on which it counts, in UTC; zero where it has none.
	Until time.Time
	// Scope is where what it silences stands, in the file on disk: the lines that a comment speaks for, a resource with its
	// metadata, or the file.
	Scope source.Span
	// Fault says, as a clause, why it can't be understood at all; empty where it can.
	Fault string
}

// A Slug is the name of a rule in a directive.
type Slug struct {
	Name string
	At   source.Span
}

// Covers reports whether a place is one of those that the directive speaks for.
func (d *Directive) Covers(at source.Span) bool {
	if at.IsZero() || d.Scope.IsZero() {
		return false
	}
	at = at.Host()
	return at.File.Path == d.Scope.File.Path && d.Scope.Start <= at.Start && at.Start <= d.Scope.End
}

// The verbs of a comment.
const (
	verbLines = "vpclint:ignore"
	verbFile  = "vpclint:ignore-file"
)

var form = regexp.MustCompile(`^(vpclint:[\w-]*)[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?[ \t]*(?:until=(\S*))?[ \t]*(.*)$`)

// Parse reads the directive in a comment, whose span takes in the comment's own signs; false where it holds none. The
// directive's Scope is the comment's lines, or the file, until the front-end knows more.
func Parse(comment source.Span) (Directive, bool) {
	text := comment.Text()
	begin := strings.Index(text, Mark+":")
	if begin < 0 || strings.Trim(text[:begin], " \t#/*!") != "" {
		return Directive{}, false
	}
	text, _, _ = strings.Cut(text[begin:], "\n")
	text = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(text, " \t\r"), "*/"), " \t\r")
	at := comment.File.Span(comment.Start+begin, comment.Start+begin+len(text))
	d := Directive{At: at, Scope: comment.Host()}
	m := form.FindStringSubmatchIndex(text)
	verb := text[m[2]:m[3]]
	switch verb {
	case verbFile:
		d.Scope = at.Host().File.Span(0, len(at.Host().File.Bytes))
	case verbLines:
	default:
		d.Fault = verb + " is nothing that vpclint reads; write " + verbLines + " or " + verbFile
		return d, true
	}
	if m[4] >= 0 {
		d.Rules = slugs(at, text, m[4], m[5])
	}
	if m[6] >= 0 {
		day, err := time.Parse(time.DateOnly, text[m[6]:m[7]])
		if err != nil {
			d.Fault = "until=" + text[m[6]:m[7]] + " is no date such as 2027-01-31"
		}
		d.Until = day
	}
	d.Reason = strings.TrimSpace(text[m[8]:m[9]])
	return d, true
}

// slugs returns the names in a list that stands at text[start:end] of a directive.
func slugs(at source.Span, text string, start, end int) []Slug {
	var out []Slug
	for _, m := range regexp.MustCompile(`[\w-]+`).FindAllStringIndex(text[start:end], -1) {
		from := at.Start + start
		out = append(out, Slug{Name: text[start:end][m[0]:m[1]], At: at.File.Span(from+m[0], from+m[1])})
	}
	return out
}

// Package ignore answers what a user has asked not to be told of, where they have said so, and whether they have said why.
//
// In goes what front-ends find of comments and metadata, and the configuration; out come directives, each with the place
// where it is written and the places that it speaks for. The package must not know which rules there are, nor what is
// found: the driver brings the two together.
package ignore

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/source"
)

// Mark is what every directive in a file holds, in small letters or large ones: a file without it has none.
const Mark = "vpclint"

var mark = regexp.MustCompile(`(?i)` + Mark)

// Mentions reports whether a text may hold directives. It is asked of every file that is read, which an expression takes a
// thousand times as long for.
func Mentions(text []byte) bool {
	next := func(from int, c byte) int {
		if i := bytes.IndexByte(text[from:], c); i >= 0 {
			return from + i
		}
		return len(text)
	}
	small, large := next(0, Mark[0]), next(0, Mark[0]-'a'+'A')
	for {
		at := min(small, large)
		if at+len(Mark) > len(text) {
			return false
		}
		if strings.EqualFold(string(text[at:at+len(Mark)]), Mark) {
			return true
		}
		if at == small {
			small = next(at+1, Mark[0])
		} else {
			large = next(at+1, Mark[0]-'a'+'A')
		}
	}
}

// A Directive is one ignore as it is written.
type Directive struct {
	// At is the directive itself: of a comment, from "vpclint:" to its end.
	At source.Span
	// Rules are the slugs that it names.
	Rules []Slug
	// Reason says why; empty where it doesn't. ReasonAt is where that is written.
	Reason   string
	ReasonAt source.Span
	// Until is the last day on which it counts, in UTC; zero where it has none. UntilAt is where that is written.
	Until   time.Time
	UntilAt source.Span
	// Scope is where what it silences stands, in the file on disk: the lines that a comment speaks for, a resource with its
	// metadata, or the file.
	Scope source.Span
	// File says that it speaks for the whole file.
	File bool
	// Fault says, as a clause, why it can't be understood; empty where it can. FaultAt is the place of what is wrong.
	Fault   string
	FaultAt source.Span
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

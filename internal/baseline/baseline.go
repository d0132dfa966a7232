// Package baseline answers which findings were there before: those of a file that was written on another day, or of another
// state of the repository.
//
// In go findings; out comes which of them an entry excuses, and which entries excuse none. An entry is a rule, a unit, a
// subject and a property, and no line, so that it outlives edits around what it is about. The package must not know where
// the findings come from, nor what becomes of them.
package baseline

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/source"
)

// An Entry is one finding as it was.
type Entry struct {
	Rule, Unit, Subject, Property string
	// At is where it is written; zero where it comes from no file.
	At source.Span
}

// A Baseline is a set of entries. An entry excuses one finding.
type Baseline struct{ Entries []Entry }

// Of returns the baseline of findings, in their order.
func Of(findings []finding.Finding) *Baseline {
	b := &Baseline{}
	for _, f := range findings {
		b.Entries = append(b.Entries, Entry{Rule: f.Rule, Unit: f.Unit, Subject: f.Subject, Property: f.Property})
	}
	return b
}

// Excuse returns for each finding whether an entry excuses it, and for each entry whether it excuses one. Exists reports
// whether a unit is still there: an entry whose unit is gone matches in any.
func (b *Baseline) Excuse(findings []finding.Finding, exists func(unit string) bool) (excused, used []bool) {
	excused, used = make([]bool, len(findings)), make([]bool, len(b.Entries))
	free := map[Entry][]int{}
	for i, e := range b.Entries {
		e.At = source.Span{}
		free[e] = append(free[e], i)
	}
	for i, f := range findings {
		key := Entry{Rule: f.Rule, Unit: f.Unit, Subject: f.Subject, Property: f.Property}
		if at := free[key]; len(at) > 0 {
			excused[i], used[at[0]] = true, true
			free[key] = at[1:]
		}
	}
	return excused, used
}

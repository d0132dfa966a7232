// Package finding holds the leaf types that rules and reports share: a finding, its severity and the steps of its trace.
// It knows no rule and no output format.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
)

// A Severity says how bad a finding is.
type Severity uint8

// The severities, lowest first.
const (
	Low      Severity = iota + 1 // hardening
	Medium                       // a hole in the private network, or it will not work once private
	High                         // the workload runs outside the private network
	Critical                     // data or credentials are exposed as written
)

var severityNames = [...]string{"none", "low", "medium", "high", "critical"}

// String returns the severity's name in lower case.
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity returns the severity called name.
func ParseSeverity(name string) (Severity, error) {
	if i := slices.Index(severityNames[1:], name); i >= 0 {
		return Severity(i + 1), nil
	}
	return 0, fmt.Errorf("unknown severity %q: use %s", name, strings.Join(severityNames[1:], ", "))
}

// Level returns the SARIF level, which is also the word of the text output: "error", "warning" or "note".
func (s Severity) Level() string {
	switch s {
	case Critical, High:
		return "error"
	case Medium:
		return "warning"
	}
	return "note"
}

// Score returns the number of SARIF's security-severity.
func (s Severity) Score() string {
	return [...]string{"0.0", "2.5", "5.5", "8.0", "9.5"}[s]
}

// A Step is one place of a trace, or a related place.
type Step struct {
	Span source.Span
	// Message is a clause that says what is done or true there.
	Message string
}

// A Finding is something proven wrong.
type Finding struct {
	Rule     string
	Severity Severity
	// Unit is the module directory or file that the subject belongs to, relative to the repository root.
	Unit string
	// Root is the outermost unit, the one that is deployed, where that isn't Unit: of what a nested stack declares.
	Root    string
	Subject string
	// Property is the path in the source's own spelling; the missing member's where the fault is absence.
	Property string
	// Message is one clause without the subject, in lower case, without a full stop.
	Message string
	// Label stands beside the caret.
	Label string
	Help  string
	At    source.Span
	// Head is the header of the resource that it is about; zero where it is about none.
	Head source.Span
	// Trace leads from At to the root cause. The first Written steps lead to where what stands at At is written, and the others
	// to what it has to do with.
	Trace   []Step
	Written int
	Related []Step
}

// An Undecided is a verdict that can't be known before deployment.
type Undecided struct {
	Rule    string
	Unit    string
	Root    string // see Finding.Root
	Subject string
	At      source.Span
	Head    source.Span // see Finding.Head
	// Reason says what is missing: "var.subnet_ids has no default; pass --var-file, or scan the plan".
	Reason string
}

// Compare orders findings by file, place, rule, subject and property.
func Compare(a, b Finding) int {
	return cmp.Or(
		compareSpans(a.At, b.At),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(a.Property, b.Property),
		cmp.Compare(a.Message, b.Message),
	)
}

// CompareUndecided orders undecided verdicts by file, place, rule and subject.
func CompareUndecided(a, b Undecided) int {
	return cmp.Or(
		compareSpans(a.At, b.At),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(a.Reason, b.Reason),
	)
}

func compareSpans(a, b source.Span) int {
	a, b = a.Host(), b.Host()
	switch {
	case a.Less(b):
		return -1
	case b.Less(a):
		return 1
	}
	return 0
}

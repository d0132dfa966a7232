package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
)

// A statistic is how often one rule speaks in a run.
type statistic struct {
	rule                string
	severity            finding.Severity
	findings, undecided int
}

// statisticsOf returns the rules that say something, those that say most first. Who has given one rule's findings several
// severities sees the highest.
func statisticsOf(run *Run) []statistic {
	byRule := map[string]*statistic{}
	var all []*statistic
	of := func(id string) *statistic {
		s := byRule[id]
		if s == nil {
			s = &statistic{rule: id}
			byRule[id] = s
			all = append(all, s)
		}
		return s
	}
	for _, f := range run.Findings {
		s := of(f.Rule)
		s.findings++
		s.severity = max(s.severity, f.Severity)
	}
	for _, u := range run.Undecided {
		of(u.Rule).undecided++
	}
	for _, r := range run.Rules {
		if s := byRule[r.ID]; s != nil && s.findings == 0 {
			s.severity = r.Severity
		}
	}
	slices.SortFunc(all, func(a, b *statistic) int {
		return cmp.Or(cmp.Compare(b.findings, a.findings), cmp.Compare(b.undecided, a.undecided), cmp.Compare(a.rule, b.rule))
	})
	out := make([]statistic, len(all))
	for i, s := range all {
		out[i] = *s
	}
	return out
}

// statistics writes a table of the rules that say something, and an empty line after it.
func (t *textWriter) statistics(all []statistic) {
	if len(all) == 0 {
		return
	}
	const findings, undecided, severity = "findings", "undecided", "severity"
	right := func(text string, width int) string { return strings.Repeat(" ", max(width-len(text), 0)) + text }
	t.line(t.paint(t.color.strong, findings+"  "+undecided+"  "+severity+"  rule"))
	for _, s := range all {
		color := t.color.undecided
		if s.findings > 0 {
			color = t.color.level(s.severity)
		}
		level := s.severity.String()
		t.line(right(strconv.Itoa(s.findings), len(findings)), "  ", right(strconv.Itoa(s.undecided), len(undecided)), "  ",
			t.paint(color, level), strings.Repeat(" ", len(severity)-len(level)), "  ", t.links.rule(s.rule, Escape(s.rule)))
	}
	t.line("")
}

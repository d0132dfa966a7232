package report

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/sarif"
)

// A standing is what a result is to who reads it, from what matters least to what matters most.
type standing uint8

const (
	undecided standing = iota // an open verdict
	ignored                   // what an ignore or the baseline keeps from counting
	counted
)

// A group is what becomes one result: the findings of one rule on one line. GitHub tells results apart by rule and line
// hash alone.
type group struct {
	at           place
	findings     []finding.Finding
	standing     standing
	suppressions []sarif.Suppression
}

// severity is the highest of the group's; an open verdict has none.
func (g *group) severity() finding.Severity {
	var s finding.Severity
	for _, f := range g.findings {
		s = max(s, f.Severity)
	}
	return s
}

// groups returns what is to become results, in the order of the files.
func (b *sarifBuilder) groups(o SARIFOptions) []*group {
	groups := b.fold(b.run.Findings, counted)
	if o.IncludeIgnored {
		groups = append(groups, b.foldIgnored()...)
	}
	if o.IncludeUndecided {
		open := make([]finding.Finding, 0, len(b.run.Undecided))
		for _, u := range b.run.Undecided {
			open = append(open, finding.Finding{Rule: u.Rule, Unit: u.Unit, Subject: u.Subject, Message: u.Reason, At: u.At})
		}
		groups = append(groups, b.fold(open, undecided)...)
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return finding.Compare(a.findings[0], b.findings[0]) })
	return groups
}

// fold groups findings by rule and line, in the order of the groups' first.
func (b *sarifBuilder) fold(findings []finding.Finding, as standing) []*group {
	var groups []*group
	index := map[groupKey]*group{}
	for _, f := range findings {
		at := resolve(f.At)
		if at.isZero() {
			// GitHub refuses a file with a result that has no place.
			b.notify("'"+plainText(f.Subject)+"': "+plainText(f.Message), place{})
			continue
		}
		k := groupKey{f.Rule, b.path(at), at.line}
		g := index[k]
		if g == nil {
			g = &group{at: at, standing: as}
			index[k] = g
			groups = append(groups, g)
		}
		g.findings = append(g.findings, f)
	}
	for _, g := range groups {
		// The gravest speaks for all: the level is its.
		slices.SortStableFunc(g.findings, func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
		g.at = resolve(g.findings[0].At)
	}
	return groups
}

// foldIgnored groups what doesn't count. Each group has the suppressions of all its findings.
func (b *sarifBuilder) foldIgnored() []*group {
	findings := make([]finding.Finding, 0, len(b.run.Ignored))
	why := map[groupKey][]sarif.Suppression{}
	for _, x := range b.run.Ignored {
		findings = append(findings, x.Finding)
		at := resolve(x.At)
		if at.isZero() {
			continue
		}
		s := sarif.Suppression{Kind: sarif.External, Status: sarif.Accepted, Justification: Escape(x.Reason)}
		if x.InSource {
			s.Kind = sarif.InSource
			if from := resolve(x.From); !from.isZero() && !from.outside() {
				l := b.location(from)
				s.Location = &l
			}
		}
		k := groupKey{x.Rule, b.path(at), at.line}
		if !slices.ContainsFunc(why[k], func(other sarif.Suppression) bool { return reflect.DeepEqual(other, s) }) { // the schema wants them unique
			why[k] = append(why[k], s)
		}
	}
	groups := b.fold(findings, ignored)
	for _, g := range groups {
		g.suppressions = why[groupKey{g.findings[0].Rule, b.path(g.at), g.at.line}]
	}
	return groups
}

// A groupKey is what the findings of a group share.
type groupKey struct {
	rule, path string
	line       int
}

// gravest returns the n groups of highest severity, in their order: what counts before what doesn't.
func gravest(groups []*group, n int) []*group {
	if n == len(groups) {
		return groups
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(groups[j].standing, groups[i].standing), cmp.Compare(groups[j].severity(), groups[i].severity()))
	})
	order = order[:n]
	slices.Sort(order)
	kept := make([]*group, 0, n)
	for _, i := range order {
		kept = append(kept, groups[i])
	}
	return kept
}

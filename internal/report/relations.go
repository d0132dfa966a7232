package report

import (
	"fmt"
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/sarif"
)

// relations collects the related locations of a result, and the message's links to them.
type relations struct {
	of        *sarifBuilder
	locations []sarif.Location
}

// add returns the id of a new related location, or 0 where there is no place or no room.
func (r *relations) add(at place, message string, subject string) int {
	if at.isZero() || len(r.locations) == maxLocations {
		return 0
	}
	l := r.of.location(at)
	l.ID = len(r.locations) + 1
	if message != "" {
		l.Message = &sarif.Text{Text: message}
	}
	if subject != "" {
		l.LogicalLocations = logical(subject, at)
	}
	r.locations = append(r.locations, l)
	return l.ID
}

// steps adds the trace and the related places, and returns the sentence that links to them.
func (r *relations) steps(f finding.Finding) string {
	var links []string
	for _, step := range slices.Concat(f.Trace, f.Related) {
		at := resolve(step.Span)
		if at.outside() {
			continue
		}
		id := r.add(at, sentence(step.Message), "")
		if step.Message != "" && len(links) < maxLinks {
			links = append(links, link(step.Message, id))
		}
	}
	if len(links) == 0 {
		return ""
	}
	return withStop("See " + enumerate(links))
}

// others adds the group's findings after the first, and returns the sentence that names them.
func (r *relations) others(g *group) string {
	first, more := g.findings[0], 0
	var links []string
	for _, f := range g.findings[1:] {
		id := r.add(resolve(f.At), subjectSentence(f.Subject, f.Message, ""), f.Subject)
		if len(links) == maxLinks {
			more++
			continue
		}
		switch {
		case f.Message == first.Message && f.Subject == first.Subject && f.Property != "":
			links = append(links, link(f.Property, id))
		case f.Message == first.Message && f.Subject != first.Subject:
			links = append(links, link("'"+f.Subject+"'", id))
		case f.Subject == first.Subject:
			links = append(links, link(f.Message, id))
		default:
			links = append(links, link("'"+f.Subject+"': "+f.Message, id))
		}
	}
	if more > 0 {
		links = append(links, fmt.Sprintf("%d more", more))
	}
	if len(links) == 0 {
		return ""
	}
	return withStop("On the same line: " + enumerate(links))
}

// codeFlows returns the way from the root cause to the finding, where it has more than one step.
func (b *sarifBuilder) codeFlows(f finding.Finding, primary sarif.Location) []sarif.CodeFlow {
	if len(f.Trace) < 2 {
		return nil
	}
	var steps []sarif.ThreadFlowLocation
	for _, step := range slices.Backward(f.Trace[:min(len(f.Trace), maxLocations-1)]) {
		at := resolve(step.Span)
		if at.isZero() || at.outside() {
			continue
		}
		l := b.location(at)
		if step.Message != "" {
			l.Message = &sarif.Text{Text: sentence(step.Message)}
		}
		steps = append(steps, sarif.ThreadFlowLocation{Location: l})
	}
	if len(steps) < 2 {
		return nil
	}
	primary.Message = &sarif.Text{Text: subjectSentence(f.Subject, f.Message, "")}
	steps = append(steps, sarif.ThreadFlowLocation{Location: primary})
	return []sarif.CodeFlow{{ThreadFlows: []sarif.ThreadFlow{{Locations: steps}}}}
}

package lint

import (
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/source"
)

// foldParts drops what is found in a part of others, such as a file of defaults, and found again at one of those: the fault is
// the workload's, and what is said of that leads to the file. Where no workload is known to take the part, it speaks for
// itself.
func (r *Result) foldParts() {
	parts := map[[2]string]bool{} // by unit and subject
	for raw := range r.Estate.Raws() {
		if raw.Partial {
			parts[[2]string{raw.Addr.Unit, raw.Subject}] = true
		}
	}
	if len(parts) == 0 {
		return
	}
	places := map[string][]source.Span{} // where a rule's findings about whole resources lead
	for i := range r.Findings {
		if x := &r.Findings[i]; !parts[[2]string{x.Unit, x.Subject}] {
			places[x.Rule] = append(places[x.Rule], x.At)
			for _, s := range slices.Concat(x.Trace, x.Related) {
				places[x.Rule] = append(places[x.Rule], s.Span)
			}
		}
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(x finding.Finding) bool {
		return parts[[2]string{x.Unit, x.Subject}] && slices.ContainsFunc(places[x.Rule], x.At.Meets)
	})
	undecided := map[string][]source.Span{}
	for i := range r.Undecided {
		if x := &r.Undecided[i]; !parts[[2]string{x.Unit, x.Subject}] {
			undecided[x.Rule] = append(undecided[x.Rule], x.At)
		}
	}
	// A fault of a workload that takes the part decides what the part alone leaves open.
	r.Undecided = slices.DeleteFunc(r.Undecided, func(x finding.Undecided) bool {
		return parts[[2]string{x.Unit, x.Subject}] &&
			(slices.ContainsFunc(undecided[x.Rule], x.At.Meets) || slices.ContainsFunc(places[x.Rule], x.At.Meets))
	})
}

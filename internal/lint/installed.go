package lint

import (
	"slices"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A module that terraform init has installed is somebody else's code, and what it deploys here is the caller's: a finding
// in it stands where the user's own code has its say, at the argument that it comes from or else at the call.

// moveToCallers moves the findings and undecided verdicts in installed modules to the user's own code.
func (r *Result) moveToCallers() {
	for i, f := range r.Findings {
		if !discover.Installed(pathOf(f.At)) {
			continue
		}
		at := slices.IndexFunc(f.Trace, func(s finding.Step) bool { return r.own(pathOf(s.Span)) })
		if at < 0 {
			continue
		}
		there := finding.Step{Span: f.At, Message: "the installed module has it here"}
		trace := append([]finding.Step{there}, f.Trace[:at]...)
		r.Findings[i].At = f.Trace[at].Span
		r.Findings[i].Trace = append(trace, f.Trace[at+1:]...)
	}
	var calls map[[2]string]*value.Origin
	for i, u := range r.Undecided {
		if !discover.Installed(pathOf(u.At)) {
			continue
		}
		if calls == nil {
			calls = callsOf(r.Estate)
		}
		for o := calls[[2]string{u.Unit, u.Subject}]; o != nil; o = o.Via {
			if r.own(pathOf(o.Span)) {
				r.Undecided[i].At = o.Span
				break
			}
		}
	}
}

// own reports whether a file is judged, and none of an installed module.
func (r *Result) own(path string) bool { return r.filter.judged(path) && !discover.Installed(path) }

// callsOf returns through which calls each resource came to be, by unit and subject.
func callsOf(estate *model.Estate) map[[2]string]*value.Origin {
	out := map[[2]string]*value.Origin{}
	for _, x := range estate.All() {
		if head := x.Head(); head.Raw.Via != nil {
			out[[2]string{head.Unit(), head.Subject()}] = head.Raw.Via
		}
	}
	return out
}

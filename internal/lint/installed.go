package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A module that terraform init has installed is somebody else's code, and what it deploys here is the caller's: a finding
// in it stands where the user's own code has its say, at the argument that it comes from or else at the call.

// moveToCallers moves the findings and undecided verdicts in installed modules to the user's own code.
func (r *Result) moveToCallers() {
	calls := callsOf(r.Estate)
	for i, f := range r.Findings {
		_, unseen := r.instead[f.At]
		if !unseen && !discover.Installed(pathOf(f.At)) {
			continue
		}
		at := r.comesFrom(f, calls, unseen)
		if at < 0 {
			continue // it stands at the call already
		}
		trace := slices.Clone(f.Trace[:at])
		if !unseen {
			trace = slices.Insert(trace, 0, finding.Step{Span: f.At, Message: "the installed module has it here"})
		}
		r.Findings[i].At = f.Trace[at].Span
		r.Findings[i].Trace = append(trace, f.Trace[at+1:]...)
	}
	for i, u := range r.Undecided {
		if !discover.Installed(pathOf(u.At)) {
			continue
		}
		for o := calls[[2]string{u.Unit, u.Subject}]; o != nil; o = o.Via {
			if r.own(o.Span) {
				r.Undecided[i].At = o.Span
				break
			}
		}
	}
}

// comesFrom returns the step of a finding's trace at which the user's own code has its say: the argument that it comes from,
// or the call. It is -1 where there is none, and where what isn't in the tree stands at its call.
func (r *Result) comesFrom(f finding.Finding, calls map[[2]string]*value.Origin, unseen bool) int {
	own := func(s finding.Step) bool { return r.own(s.Span) }
	at := slices.IndexFunc(f.Trace[:min(f.Written, len(f.Trace))], own)
	if at >= 0 || unseen && r.filter.judged(pathOf(f.At)) {
		return at
	}
	for o := calls[[2]string{f.Unit, f.Subject}]; o != nil; o = o.Via {
		called := func(s finding.Step) bool { return s.Span == o.Span && own(s) }
		if at := slices.IndexFunc(f.Trace, called); at >= 0 {
			return at
		}
	}
	return slices.IndexFunc(f.Trace, own)
}

// own reports whether a place is of a file that is judged, and neither in an installed module nor what stands for one that
// isn't in the tree.
func (r *Result) own(at source.Span) bool {
	_, unseen := r.instead[at]
	return !unseen && r.filter.judged(pathOf(at)) && !discover.Installed(pathOf(at))
}

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

// foldUnseen makes one step of those that lead through a module which isn't in the tree and whose files nobody can open:
// all of them stand at its call.
func (r *Result) foldUnseen() {
	if len(r.instead) == 0 {
		return
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Trace = r.folded(f.Trace)
	}
}

func (r *Result) folded(steps []finding.Step) []finding.Step {
	var out []finding.Step
	for i := 0; i < len(steps); {
		label, unseen := r.instead[steps[i].Span]
		n := i + 1
		for unseen && n < len(steps) && steps[n].Span == steps[i].Span {
			n++
		}
		step := steps[i]
		if unseen {
			step.Message = retold(steps[i:n], label)
		}
		out, i = append(out, step), n
	}
	return out
}

// calledHere ends the step that says of a module where it is called.
const calledHere = " is called here"

// callPattern is a module's address and the dot after it.
var callPattern = regexp.MustCompile(`(?:module\.[^.\s\[\]]+(?:\[[^\]]*\])?\.)+`)

// retold says in one clause what steps say of what a module makes, which need not be named in each of them.
func retold(steps []finding.Step, label string) string {
	text := "as " + label + " has it, "
	for i, s := range steps {
		switch {
		case i > 0 && strings.HasSuffix(s.Message, calledHere):
			continue // the others stand there for the same reason
		case len(steps) == 1 && strings.HasSuffix(s.Message, calledHere):
			return s.Message + ": it is " + label + ", which is not in the tree"
		case i > 0:
			text += "; "
		}
		text += s.Message
	}
	first := callPattern.FindStringIndex(text)
	if first == nil {
		return text
	}
	address := text[first[0]:first[1]]
	return text[:first[1]] + strings.ReplaceAll(text[first[1]:], address, "")
}

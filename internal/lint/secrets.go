package lint

import (
	"maps"
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// learn gathers the credentials of a run: those that stand in any file that was read, in what is written within files, and in
// what the user gave. A value that one file calls a password may be quoted because of another that doesn't.
func learn(w *workers, t *tree, s frontend.Settings, out *frontend.Output) *secret.Vault {
	v := &secret.Vault{}
	files := slices.Concat(t.opened(), s.VarFiles, s.ParameterFiles, s.Network, s.Audit)
	w.run(len(files), func(i int) { v.Learn(files[i].Path, string(files[i].Bytes)) })
	for _, given := range slices.Concat(s.Vars, s.EnvVars, s.Parameters) {
		v.Keep(given.Name, given.Text)
	}
	seen := map[*source.File]bool{}
	for _, r := range out.Resources {
		if f := r.Span.File; f != nil && f.Embedded() && !seen[f] {
			seen[f] = true
			v.Learn("", string(f.Bytes))
		}
	}
	return v
}

// keep adds the credentials that containers are given, which may be put together of several pieces of source.
func keep(v *secret.Vault, e *model.Estate) {
	for _, r := range e.All() {
		if giving, ok := r.(model.Giving); ok {
			for _, g := range giving.Given() {
				keepValue(v, "", g.Value, 0)
			}
		}
	}
}

// maxKept bounds how deep in a value credentials are looked for.
const maxKept = 8

func keepValue(v *secret.Vault, name string, of value.Value, depth int) {
	if depth == maxKept {
		return
	}
	for _, arm := range of.Arms() {
		at := arm.Value
		if hidden, ok := at.Hidden(); ok {
			at = hidden
		}
		if text, known := at.AsString(); known {
			v.Keep(name, text)
		}
		for _, f := range at.Fields() {
			keepValue(v, f.Name, f.Value, depth+1)
		}
		for _, e := range at.Elems() {
			keepValue(v, name, e, depth+1)
		}
	}
}

// conceal masks every credential in what the run says. After it nothing leaves the driver that holds one, but the source itself,
// which reports mask as they show it.
func (r *Result) conceal() {
	// A rule says the same of many resources.
	masked := map[string]string{}
	mask := func(text string) string {
		out, known := masked[text]
		if !known {
			out = r.Secrets.Mask(text)
			masked[text] = out
		}
		return out
	}
	for _, f := range r.said() {
		for _, text := range []*string{&f.Subject, &f.Property, &f.Message, &f.Label, &f.Help} {
			*text = mask(*text)
		}
		f.Trace, f.Related = concealed(f.Trace, mask), concealed(f.Related, mask)
	}
	for i := range r.Undecided {
		u := &r.Undecided[i]
		u.Subject, u.Reason = mask(u.Subject), mask(u.Reason)
	}
	for i := range r.Ignored {
		r.Ignored[i].Reason = mask(r.Ignored[i].Reason)
	}
	for i := range r.IgnoredUndecided {
		u := &r.IgnoredUndecided[i]
		u.Subject, u.Undecided.Reason, u.Silencer.Reason = mask(u.Subject), mask(u.Undecided.Reason), mask(u.Silencer.Reason)
	}
	for i := range r.Verdicts {
		r.Verdicts[i].Reason = mask(r.Verdicts[i].Reason)
	}
	for i := range r.Skipped {
		r.Skipped[i].Reason = mask(r.Skipped[i].Reason)
	}
}

// said returns every finding of the result, those that don't count among them.
func (r *Result) said() []*finding.Finding {
	var out []*finding.Finding
	for i := range r.Findings {
		out = append(out, &r.Findings[i])
	}
	for _, silenced := range [][]Silenced{r.Ignored, r.Baselined} {
		for i := range silenced {
			out = append(out, &silenced[i].Finding)
		}
	}
	return out
}

func concealed(steps []finding.Step, mask func(string) string) []finding.Step {
	if len(steps) == 0 {
		return steps
	}
	out := make([]finding.Step, len(steps))
	for i, s := range steps {
		out[i] = finding.Step{Span: s.Span, Message: mask(s.Message)}
	}
	return out
}

// conceal masks every credential in what the inventory says.
func (inv *Inventory) conceal(v *secret.Vault) {
	mask := func(texts ...*string) {
		for _, t := range texts {
			*t = v.Mask(*t)
		}
	}
	each := func(texts []string) {
		for i := range texts {
			mask(&texts[i])
		}
	}
	for i := range inv.Workloads {
		it := &inv.Workloads[i]
		mask(&it.Subject, &it.When)
		for k := range it.Verdicts {
			each(it.Verdicts[k].Reasons)
		}
		for k := range it.Placements {
			p := &it.Placements[k]
			mask(&p.Part, &p.Note)
			each(p.VPCs)
			for _, refs := range [][]Reference{p.Subnets, p.SecurityGroups} {
				for n := range refs {
					mask(&refs[n].Name, &refs[n].Reason, &refs[n].When)
				}
			}
		}
	}
}

// opened returns the files that were read, sorted by path.
func (t *tree) opened() []*source.File {
	t.mu.Lock()
	defer t.mu.Unlock()
	var files []*source.File
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if f := t.files[name].file; f != nil {
			files = append(files, f)
		}
	}
	return files
}

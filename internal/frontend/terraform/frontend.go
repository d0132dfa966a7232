// Package terraform answers which AWS resources a tree of Terraform modules declares, and with which properties.
//
// In go the files of the tree; out come resources as they are configured, one for each instance that a root module and
// the modules it calls make, with abstract values: what can be known before deployment is known, everything else is
// opaque and says what is missing. A plan says more of its root, and what no configuration in the tree declares is read from
// plans and states themselves; both yield the literal ids of resources. It is the only package that
// knows hcl and cty, and it must not know what a resource means: no network, no rules.
package terraform

import (
	"context"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// Frontend reads Terraform modules, plans and states.
type Frontend struct{}

// Name returns "terraform".
func (Frontend) Name() string { return "terraform" }

// Match reports whether a path may be a module's file, a tfvars file, a plan or a state.
func (Frontend) Match(p string) bool {
	return isModuleFile(p) || isVarFile(p) || mayBeShown(p)
}

// Relevant reports whether a file can matter: every module file does, JSON only where it is a plan or a state.
func (Frontend) Relevant(f *source.File) bool {
	return isModuleFile(f.Path) || isVarFile(f.Path) || looksShown(f.Bytes) || misshown(f.Bytes) != ""
}

// isModuleFile goes by the name. Terraform passes over hidden files, such as those that macOS leaves beside others.
func isModuleFile(p string) bool {
	if strings.HasPrefix(path.Base(p), ".") {
		return false
	}
	p = strings.TrimSuffix(p, ".json")
	return strings.HasSuffix(p, ".tf") || strings.HasSuffix(p, ".tofu")
}

func isVarFile(p string) bool { return strings.HasSuffix(strings.TrimSuffix(p, ".json"), ".tfvars") }

// loadsByItself reports whether Terraform reads a tfvars file without being told to.
func loadsByItself(p string) bool {
	p = strings.TrimSuffix(p, ".json")
	return path.Base(p) == "terraform.tfvars" || strings.HasSuffix(p, ".auto.tfvars")
}

// Load reads the modules and evaluates every root among them.
func (Frontend) Load(ctx context.Context, in *frontend.Input) (*frontend.Output, error) {
	l := newLoader(in)
	if err := l.read(ctx); err != nil {
		return nil, err
	}
	l.readShown()
	out := &frontend.Output{UsedVars: map[string]bool{}, Covers: map[string][]string{}, Instead: l.labels}
	roots := l.plannedRoots(l.roots())
	l.states = l.keepers(roots)
	results := make([]*frontend.Output, len(roots))
	library := functions()
	in.Each(len(roots), func(i int) source.Span { return l.place(roots[i].mod) }, func(i int) {
		if ctx.Err() == nil {
			results[i] = l.evaluate(roots[i], library)
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	count := 0
	for _, r := range results {
		if r != nil {
			count += len(r.Resources)
		}
	}
	out.Resources = make([]resource.Raw, 0, count)
	for i, r := range results {
		if r != nil { // one that panics is the driver's to tell
			out.Resources = append(out.Resources, r.Resources...)
			out.Findings = append(out.Findings, r.Findings...)
			out.Bodies = append(out.Bodies, r.Bodies...)
			out.Ignores = append(out.Ignores, r.Ignores...)
		}
		l.noteUsed(roots[i], out.UsedVars)
		l.noteCovered(roots[i], out.Covers)
	}
	for _, p := range l.loose(roots, out.Resources) {
		out.Resources = append(out.Resources, p.lower(p.file.Path)...)
		if p.errored {
			l.faults = append(l.faults, frontend.Unreadable(p.file.Span(0, 0), "terraform could not finish this plan; what it doesn't have is not checked"))
		}
	}
	out.Resources = append(out.Resources, l.facts(out.Resources)...)
	for _, p := range l.order {
		out.Findings = append(out.Findings, l.parsed[p].faults...)
		out.Loaded = append(out.Loaded, l.parsed[p].file)
	}
	for _, p := range l.varFiles {
		if l.parsed[p.file.Path] == nil {
			out.Findings = append(out.Findings, p.faults...)
		}
	}
	for _, p := range l.shown {
		if !l.named(p) { // others are facts, and nothing that is judged
			out.Loaded = append(out.Loaded, p.file)
		}
	}
	out.Findings = append(out.Findings, l.faults...)
	out.IfNamed = l.ifNamed
	out.Confidential = l.confidential
	out.Refused = l.refused(roots, out.UsedVars)
	told, plans := l.told()
	out.Told, out.Refused = told, append(out.Refused, plans...)
	out.Identities = l.identities(roots, out.Resources)
	return out, nil
}

package terraform

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A root is a module that is judged on its own, under one plan of it where there is one.
type root struct {
	mod  *module
	plan *plan
	// unit names it in addresses: its directory, or for further plans of the same module the plan's file.
	unit string
}

// readShown reads the plans and states among the files. A saved plan on the way is no fault: its configuration is judged.
func (l *loader) readShown() {
	files := l.shownByName()
	for _, f := range l.in.Files {
		if !isModuleFile(f.Path) && !isVarFile(f.Path) && !l.isNamed(f.Path) {
			files = append(files, f)
		}
	}
	for _, f := range files {
		l.confidential = append(l.confidential, f.Path)
	}
	read := make([]*plan, len(files))
	faults := make([]*finding.Finding, len(files))
	l.in.Each(len(files), func(i int) source.Span { return files[i].Whole() }, func(i int) { read[i], faults[i] = l.readPlan(files[i]) })
	for i, p := range read {
		switch f := faults[i]; {
		case p != nil:
			l.shown = append(l.shown, p)
		case f != nil && saved(files[i].Bytes):
			l.ifNamed = append(l.ifNamed, *f)
		case f != nil:
			l.faults = append(l.faults, *f)
		}
	}
}

// plannedRoots gives the plans to the modules that they plan. A module that has a plan is a root, whoever else calls it.
func (l *loader) plannedRoots(mods []*module) []root {
	plans := map[string][]*plan{}
	for _, p := range l.shown {
		if p.state {
			continue
		}
		if dir, ok := l.planOf(p, mods); ok {
			plans[dir] = append(plans[dir], p)
		}
	}
	for _, dir := range sortedKeys(plans) {
		if !slices.Contains(mods, l.modules[dir]) {
			mods = append(mods, l.modules[dir])
		}
	}
	var out []root
	for _, m := range mods {
		r := root{mod: m, unit: m.dir}
		for i, p := range plans[m.dir] {
			if r.plan = p; i > 0 {
				r.unit = p.file.Path
			}
			out = append(out, r)
		}
		if r.plan == nil {
			out = append(out, r)
		}
	}
	return out
}

// planOf returns the directory of the module that a plan plans: that of the plan's file where what it declares is in the
// plan, else the only one that declares all that the plan's configuration does.
func (l *loader) planOf(p *plan, roots []*module) (string, bool) {
	if len(p.resources) == 0 {
		return "", false // it destroys everything, or does nothing
	}
	names := p.names()
	declared := func(m *module) int {
		n := 0
		for _, name := range names {
			if m.byName[name] != nil || m.callNames[strings.TrimPrefix(name, "module.")] != nil {
				n++
			}
		}
		return n
	}
	if m := l.modules[path.Dir(p.file.Path)]; m != nil && declared(m) > 0 {
		return m.dir, true
	}
	var all, own []string
	for _, dir := range sortedKeys(l.modules) {
		m := l.modules[dir]
		if len(names) == 0 || declared(m) < len(names) {
			continue
		}
		all = append(all, dir)
		if slices.Contains(roots, m) {
			own = append(own, dir)
		}
	}
	switch {
	case len(own) == 1:
		return own[0], true
	case len(all) == 1:
		return all[0], true
	}
	return "", false
}

// names returns what the root module of a plan declares: resources, data sources and calls, as expressions name them.
func (p *plan) names() []string {
	var out []string
	for _, r := range items(p.root.Get("resources")) {
		out = append(out, text(r.Get("address")))
	}
	for _, c := range pairsOf(p.root.Get("module_calls")) {
		out = append(out, "module."+c.Key.Text)
	}
	if p.root == nil {
		for _, r := range p.resources {
			if r.module == "" && !slices.Contains(out, r.block) {
				out = append(out, r.block)
			}
		}
	}
	return out
}

// loose returns the plans and states that no configuration in the tree stands for: what they tell of is judged where they
// tell it. A state beside a module is that of the module, if of an older version of it.
func (l *loader) loose(roots []root, resources []resource.Raw) []*plan {
	known := map[string]bool{}
	for _, r := range resources {
		known[r.Addr.Name] = true
	}
	var out []*plan
	for _, p := range l.shown {
		if !p.state {
			if !slices.ContainsFunc(roots, func(r root) bool { return r.plan == p }) {
				out = append(out, p)
			}
			continue
		}
		if l.named(p) {
			continue
		}
		beside := l.modules[path.Dir(p.file.Path)] != nil
		if !beside && !slices.ContainsFunc(p.resources, func(r *plannedInstance) bool { return known[r.address] }) {
			out = append(out, p)
		}
	}
	return out
}

// identities returns what the id and arn of each resource of the tree are, as plans and states tell. What a state tells of
// belongs to the root in its own directory, else to the only root that has the address.
func (l *loader) identities(roots []root, resources []resource.Raw) []resource.Identity {
	units := map[string][]string{}
	for _, r := range resources {
		units[r.Addr.Name] = append(units[r.Addr.Name], r.Addr.Unit)
	}
	var out []resource.Identity
	for _, p := range l.shown {
		planned := slices.IndexFunc(roots, func(r root) bool { return r.plan == p })
		var own owned
		if l.named(p) {
			own = l.rootOf(p, resources)
		}
		for _, r := range p.resources {
			unit, ok := owner(units[r.address], path.Dir(p.file.Path))
			if l.named(p) {
				unit, ok = own.unit, own.names[r.address]
			}
			switch {
			case slices.Contains(units[r.address], p.file.Path): // judged where it is told
				unit, ok = p.file.Path, true
			case planned >= 0:
				unit, ok = roots[planned].unit, true
			}
			if !ok {
				continue
			}
			for _, attr := range []string{"id", "arn"} {
				n := r.values.Get(attr)
				if n == nil || n.Kind != doctree.String || n.Text == "" || marked(r.sensitive.Get(attr)) {
					continue
				}
				out = append(out, resource.Identity{
					Ref:     value.Ref{Addr: value.Address{Unit: unit, Name: r.address}, Attr: attr},
					Literal: n.Text,
					Span:    n.Span,
				})
			}
		}
	}
	return out
}

// owner chooses the root that a state's resource belongs to.
func owner(units []string, dir string) (string, bool) {
	for _, u := range units {
		if u == dir {
			return u, true
		}
	}
	if len(units) == 1 {
		return units[0], true
	}
	return "", false
}

// noteCovered notes for which files a plan speaks: those of the modules that it was made of.
func (l *loader) noteCovered(r root, covers map[string][]string) {
	if r.plan == nil {
		return
	}
	reached := map[string]bool{}
	l.reach(r.mod.dir, reached)
	var files []string
	for _, dir := range sortedKeys(reached) {
		files = append(files, sortedKeys(l.modules[dir].files)...)
	}
	covers[r.plan.file.Path] = files
}

// indexKey returns the key of an instance as an address has it.
func indexKey(n *doctree.Node) string {
	switch {
	case n == nil || n.Kind == doctree.Null:
		return ""
	case n.Kind == doctree.Number:
		if i, err := strconv.Atoi(n.Text); err == nil {
			return "[" + strconv.Itoa(i) + "]"
		}
	}
	return `["` + quoteKey(n.Text) + `"]`
}

func text(n *doctree.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}

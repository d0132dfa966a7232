package terraform

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty/function"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// A loader reads the modules of a tree: those it is given, and those that they call.
type loader struct {
	in *frontend.Input
	// parsed are the files that have been read, by path; order is the paths, sorted.
	parsed   map[string]*parsed
	order    []string
	modules  map[string]*module
	varFiles []*parsed
	// given are the directories that the input names; others were read because a call leads there.
	given []string
	// installed tells of what terraform init has put in the tree; bases which of it a directory's calls are looked up in.
	installed map[string]map[string]string
	bases     map[string]base
	files     map[string]*source.File
	// summaries are the files of summaries, once for each call that one stands in for, with the place of the call.
	summaries map[*source.File]source.Span
	// summarized counts their bytes.
	summarized int
	// labels say of the calls, by their places, which summary it is.
	labels map[source.Span]string
	// shown are the plans and states of the tree, faults those that can't be read, ifNamed those that
	// only terraform can read.
	shown           []*plan
	faults, ifNamed []finding.Finding
	// confidential are the paths of what may be a plan or a state.
	confidential []string
	layouts      *layouts
	// states are the roots with where they keep their states.
	states func() []keeper
}

// read parses the given files, then the directories that their calls lead to.
func (l *loader) read(ctx context.Context) error {
	given := map[string][]*source.File{}
	for _, f := range l.in.Files {
		if isModuleFile(f.Path) || loadsByItself(f.Path) {
			dir := path.Dir(f.Path)
			given[dir] = append(given[dir], f)
		}
	}
	dirs := sortedKeys(given)
	l.given = dirs
	for _, f := range l.in.Settings.VarFiles {
		l.varFiles = append(l.varFiles, parse(f))
	}
	for wave := dirs; len(wave) > 0; {
		if err := ctx.Err(); err != nil {
			return err
		}
		wave = l.readWave(wave, given)
	}
	for p := range l.parsed {
		l.order = append(l.order, p)
	}
	slices.Sort(l.order)
	l.files = make(map[string]*source.File, len(l.parsed)+len(l.varFiles))
	for p, f := range l.parsed {
		l.files[p] = f.file
		maps.Copy(l.files, f.embedded)
	}
	for f := range l.summaries {
		l.files[f.Path] = f
	}
	for _, p := range l.varFiles {
		l.files[p.file.Path] = p.file
	}
	return nil
}

// readWave reads some directories, and returns those that they call and that are not read yet.
func (l *loader) readWave(dirs []string, given map[string][]*source.File) []string {
	var todo []*source.File
	byDir := map[string][]*source.File{}
	for _, dir := range dirs {
		byDir[dir] = l.filesOf(dir, given[dir])
		todo = append(todo, byDir[dir]...)
	}
	results := make([]*parsed, len(todo))
	l.in.Each(len(todo), func(i int) source.Span { return todo[i].Whole() }, func(i int) { results[i] = parse(todo[i]) })
	for i, p := range results {
		if p == nil { // its parsing panicked; the driver has said so
			p = &parsed{file: todo[i]}
		}
		l.parsed[todo[i].Path] = p
	}
	for _, dir := range dirs {
		ps := make([]*parsed, len(byDir[dir]))
		for i, f := range byDir[dir] {
			ps[i] = l.parsed[f.Path]
		}
		l.modules[dir] = assemble(dir, ps)
	}
	next := map[string]bool{}
	for _, dir := range dirs {
		for _, c := range l.modules[dir].calls {
			l.resolve(dir, c)
			l.summarize(c)
			if c.local && l.modules[c.dir] == nil && l.in.Tree != nil {
				next[c.dir] = true
			}
		}
	}
	return sortedKeys(next)
}

// filesOf returns the files that make a module, whether they were given or lie beside those that were: a module is a
// whole directory. Where OpenTofu has a file of its own for one of Terraform's, it stands in for it.
func (l *loader) filesOf(dir string, given []*source.File) []*source.File {
	found := map[string]*source.File{}
	for _, f := range given {
		found[f.Path] = f
	}
	if l.in.Tree != nil {
		treeDir := dir
		if treeDir == "." {
			treeDir = ""
		}
		for _, p := range l.in.Tree.Dir(treeDir) {
			if found[p] != nil || !isModuleFile(p) && !loadsByItself(p) {
				continue
			}
			if f, err := l.in.Tree.Open(p); err == nil {
				found[p] = f
			}
		}
	}
	var out []*source.File
	for _, p := range sortedKeys(found) {
		if strings.HasSuffix(p, ".tf") && found[strings.TrimSuffix(p, ".tf")+".tofu"] != nil ||
			strings.HasSuffix(p, ".tf.json") && found[strings.TrimSuffix(p, ".tf.json")+".tofu.json"] != nil {
			continue
		}
		out = append(out, found[p])
	}
	return out
}

// roots returns the modules that are judged on their own: those that nothing calls, and one of each ring of modules that
// call each other only.
func (l *loader) roots() []*module {
	called := map[string]bool{}
	for _, m := range l.modules {
		for _, c := range m.calls {
			if c.local && c.dir != m.dir {
				called[c.dir] = true
			}
		}
	}
	var roots []*module
	reached := map[string]bool{}
	add := func(dir string) {
		if m := l.modules[dir]; m != nil && !reached[dir] {
			roots = append(roots, m)
			l.reach(dir, reached)
		}
	}
	for _, dir := range l.given {
		if !called[dir] {
			add(dir)
		}
	}
	for _, dir := range l.given {
		add(dir)
	}
	slices.SortFunc(roots, func(a, b *module) int { return cmp.Compare(a.dir, b.dir) })
	return roots
}

func (l *loader) reach(dir string, reached map[string]bool) {
	if m := l.modules[dir]; m != nil && !reached[dir] {
		reached[dir] = true
		for _, c := range m.calls {
			if c.local {
				l.reach(c.dir, reached)
			}
		}
	}
}

// place returns where a module is, for messages about all of it.
func (l *loader) place(m *module) source.Span {
	for _, p := range sortedKeys(m.files) {
		return m.files[p].Whole()
	}
	return source.Span{}
}

func newLoader(in *frontend.Input) *loader {
	return &loader{
		in: in, parsed: map[string]*parsed{}, modules: map[string]*module{},
		installed: map[string]map[string]string{}, bases: map[string]base{}, layouts: &layouts{},
		summaries: map[*source.File]source.Span{}, labels: map[source.Span]string{},
	}
}

// instanceOf returns the instance that a root is, ready to be evaluated.
func (l *loader) instanceOf(r root, w *realm) *instance {
	ev := &evaluator{
		unit:     r.unit,
		dir:      r.mod.dir,
		plan:     r.plan,
		modules:  l.modules,
		tree:     l.in.Tree,
		library:  w.library,
		handles:  map[string]handle{},
		keys:     map[string]member{},
		layouts:  l.layouts,
		reads:    l.in.Reads,
		files:    l.files,
		instead:  l.summaries,
		realm:    w,
		spending: w.spent,
	}
	top := newInstance(ev, r.mod)
	w.entered[r.unit] = top
	top.settings = settingsFor(r.mod, l.varFiles, l.in.Settings, r.plan)
	return top
}

// evaluate lowers one root, whose resources, faults and bodies it returns.
func (l *loader) evaluate(r root, library map[string]function.Function) *frontend.Output {
	top := l.instanceOf(r, newRealm(l, library))
	ev := top.ev
	raws := ev.lowered(top)
	if r.plan != nil {
		raws = append(raws, r.plan.beyond(r.unit, raws)...)
	}
	return &frontend.Output{Resources: raws, Findings: ev.faults, Bodies: ev.bodies, Ignores: ev.ignores}
}

// refused says which settings of the command line can't take effect.
func (l *loader) refused(roots []root, used map[string]bool) []string {
	var out []string
	for _, v := range l.in.Settings.Vars {
		if p := fixedByPlans(roots, v.Name); p != nil {
			out = append(out, fmt.Sprintf("--var %s: the plan %s says what it is", v.Name, p.file.Path))
		}
		for _, r := range roots {
			if declared := r.mod.variables[v.Name]; declared != nil {
				if _, err := parseSetting(v.Text, "--var", declared); err != nil {
					out = append(out, fmt.Sprintf("--var %s: it can't have this value in %s: %v", v.Name, r.mod.dir, err))
				}
			}
		}
	}
	for _, p := range l.varFiles {
		if len(p.faults) > 0 {
			out = append(out, fmt.Sprintf("--var-file %s: %s", p.file.Path, p.faults[0].Message))
		}
		for _, name := range sortedKeys(p.attrs) {
			if plan := fixedByPlans(roots, name); plan != nil {
				out = append(out, fmt.Sprintf("--var-file %s: the plan %s says what %s is", p.file.Path, plan.file.Path, name))
			}
			if !used[name] {
				out = append(out, fmt.Sprintf("--var-file %s: no root module declares the variable %q", p.file.Path, name))
			}
		}
	}
	return out
}

// fixedByPlans returns a plan that has the value of a variable, where every root that declares it has such a plan.
func fixedByPlans(roots []root, name string) *plan {
	var fixed *plan
	for _, r := range roots {
		switch {
		case r.mod.variables[name] == nil:
		case r.plan == nil || r.plan.variables.Get(name) == nil:
			return nil
		default:
			fixed = r.plan
		}
	}
	return fixed
}

// noteUsed marks the settings of the command line that a root declares.
func (l *loader) noteUsed(r root, used map[string]bool) {
	m := r.mod
	for _, v := range l.in.Settings.Vars {
		if m.variables[v.Name] != nil {
			used[v.Name] = true
		}
	}
	for _, p := range l.varFiles {
		for name := range p.attrs {
			if m.variables[name] != nil {
				used[name] = true
			}
		}
	}
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

package python

import (
	"slices"

	"github.com/vpclint/vpclint/internal/pyast"
)

// namesOf returns the names of a scope as a dict. That of a module writes to them.
func (in *interp) namesOf(sc *scope, a *arguments) object {
	p := &place{kind: dictPlace, span: a.at, header: a.at}
	if sc == sc.global {
		p.names = sc
	}
	c := &content{open: true, reason: "it is a name of the script", shuffled: true}
	for _, name := range in.namesIn(sc) {
		if v, ok := in.st.get(slot{sc, name}); ok {
			if o := in.present(v.(object)); o != nil {
				c.entries = append(c.entries, entry{name: name, obj: o})
			}
		}
	}
	in.st.setContent(p, c)
	return p
}

// namesIn returns the names that a scope has on the path, sorted.
func (in *interp) namesIn(sc *scope) []string {
	names := map[string]bool{}
	for st := in.st; st != nil; st = st.up {
		in.charge(itemsPerStep + 4*len(st.slots)) // they are sorted, too
		for k := range st.slots {
			if k.owner == sc {
				names[k.name] = true
			}
		}
	}
	for name := range sc.sealed {
		names[name] = true
	}
	out := make([]string, 0, len(names))
	for name := range names {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// publish binds the names of a module that have been changed through globals().
func (in *interp) publish(p *place) {
	if p.names == nil {
		return
	}
	c := in.st.content(p)
	if len(c.entries) == 0 {
		in.loseNames(p.names, c.reason, nil)
		return
	}
	for _, e := range c.entries {
		if v, ok := in.st.get(slot{p.names, e.name}); !ok || in.present(v.(object)) != e.obj {
			in.st.bind(p.names, e.name, e.obj)
		}
	}
}

// execute evaluates exec(), whose text may bind any name that it has; any name at all where it isn't known.
func (in *interp) execute(a *arguments) {
	if len(a.positional) != 1 || len(a.keywords) > 0 {
		return // it is given names of its own
	}
	var bound map[string]bool
	if s, ok := textIn(a.positional[0].obj); ok {
		bound = map[string]bool{}
		pyast.Inspect(pyast.Parse([]byte(s)), func(n pyast.Node) bool {
			if name, isName := n.(*pyast.Name); isName {
				bound[name.ID] = true
			}
			return true
		})
	}
	in.loseNames(in.scope.global, "exec() may set it", bound)
}

// loseNames makes unknown what the plain values and containers among the names of a scope are; of all where names is nil.
func (in *interp) loseNames(sc *scope, reason string, names map[string]bool) {
	for _, name := range in.namesIn(sc) {
		if names != nil && !names[name] || len(name) > 2 && name[:2] == "__" {
			continue
		}
		v, _ := in.st.get(slot{sc, name})
		for _, opt := range options(v.(object)) {
			p, isPlace := opt.obj.(*place)
			if _, isDatum := opt.obj.(datum); isDatum || isPlace && p.kind != instancePlace {
				in.st.bind(sc, name, unknown(reason))
				break
			}
		}
	}
}

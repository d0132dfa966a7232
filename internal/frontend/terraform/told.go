package terraform

import (
	"fmt"
	"path"
	"slices"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// A state that the user names under network: tells what is there, whoever made it: facts, also where nothing in the tree
// declares them.

// shownByName returns the plans and states among the files that the user names. They need not be among those of the walk,
// which passes over what git ignores.
func (l *loader) shownByName() []*source.File {
	var files []*source.File
	for _, f := range l.in.Settings.Network {
		if looksShown(f.Bytes) {
			files = append(files, f)
		}
	}
	return files
}

// named reports whether the user names a plan or state as one that tells of the network.
func (l *loader) named(p *plan) bool { return l.isNamed(p.file.Path) }

func (l *loader) isNamed(path string) bool {
	return slices.ContainsFunc(l.in.Settings.Network, func(f *source.File) bool { return f.Path == path })
}

// told returns the paths of the states among the files that the user names. A plan tells what is to be, which is no fact.
func (l *loader) told() (paths, refused []string) {
	for _, p := range l.shown {
		switch {
		case !l.named(p):
		case p.state:
			paths = append(paths, p.file.Path)
		default:
			refused = append(refused, fmt.Sprintf("network: %s is a plan: it tells what is to be, and not what is there; name a state", p.file.Path))
		}
	}
	return paths, refused
}

// facts returns the resources of states that the user names, but for those that a root in the tree declares.
func (l *loader) facts(declared []resource.Raw) []resource.Raw {
	var out []resource.Raw
	for _, p := range l.shown {
		if !p.state || !l.named(p) {
			continue
		}
		own := l.rootOf(p, declared)
		for _, raw := range p.lower(p.file.Path) {
			if !own.names[raw.Addr.Name] {
				raw.Fact = true
				out = append(out, raw)
			}
		}
	}
	return out
}

// An owned is a root that a state is of, with the names of what it declares.
type owned struct {
	unit  string
	names map[string]bool
}

// rootOf returns the root whose state a named one is: the module beside it, or the only one that declares all that the state
// has. Networks of different repositories have names in common, and module.vpc is called so everywhere.
func (l *loader) rootOf(p *plan, declared []resource.Raw) owned {
	units := map[string]map[string]bool{}
	for _, r := range declared {
		if units[r.Addr.Unit] == nil {
			units[r.Addr.Unit] = map[string]bool{}
		}
		units[r.Addr.Unit][r.Addr.Name] = true
	}
	if dir := path.Dir(p.file.Path); l.modules[dir] != nil {
		return owned{dir, units[dir]}
	}
	var found []owned
	for _, unit := range sortedKeys(units) {
		all := len(p.resources) > 0
		for _, r := range p.resources {
			all = all && (units[unit][r.address] || !emitted(r.typ) || r.mode != "managed")
		}
		if all {
			found = append(found, owned{unit, units[unit]})
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return owned{}
}

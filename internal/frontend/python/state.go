package python

import (
	"slices"

	"github.com/vpclint/vpclint/internal/value"
)

// A scope holds names: of a module, a class, or one activation of a function. Which objects they are bound to depends on
// the path, so the state knows it.
type scope struct {
	up *scope // the next scope that names are looked up in; class scopes are skipped
	// global is the scope of the module.
	global *scope
	fn     *function
	class  *class
	// file is the module's, for imports that are relative to it.
	module *moduleInfo
	// globals are the names that a function declares global, outer those that it declares nonlocal, with their scope.
	globals map[string]bool
	outer   map[string]*scope
	// inner tells that the scope is a comprehension's: what := binds belongs to the one around it.
	inner bool
	// sealed are the bindings for which no state has another: those of an imported module.
	sealed map[string]object
	// star tells that the module imports everything from a module that isn't in the tree.
	star string
}

// moduleInfo is what a scope knows of the file that it belongs to.
type moduleInfo struct {
	name string // __name__
	dir  string
}

// A slot is what a path can change: a name of a scope, or the content of a place.
type slot struct {
	owner any // *scope or *place
	name  string
}

// An ending says whether a path goes on.
type ending uint8

const (
	live     ending = iota
	returned        // return
	jumped          // continue
	broken          // break
	raised          // raise, sys.exit(), or all of its branches have left: nothing comes after it
)

// A state is what holds on one path: a layer over the state at its last fork, so that forking costs nothing.
type state struct {
	up    *state
	depth int
	slots map[slot]any // object, or *content for a place
	path  value.World
	end   ending
	// writes is what the try block around the path sets; nil outside of any.
	writes *journal
}

// A journal remembers everything that a try block sets, since an exception may leave the block after any of it.
type journal struct {
	up  *journal // of the try block around it
	set map[slot][]any
}

// maxWrites bounds what a journal remembers of one slot; with more, the slot is unknown.
const maxWrites = 6

func (j *journal) note(k slot, v any) {
	for ; j != nil; j = j.up {
		if ws := j.set[k]; len(ws) <= maxWrites {
			j.set[k] = append(ws, v)
		}
	}
}

// maxPath bounds the facts that one path remembers; past it conditions that exclude each other go unnoticed.
const maxPath = 24

// maxFact bounds what one fact of a path lists: `x is not "a"` of each elif before joins the one fact about x.
const maxFact = 2048

// isCrowded reports whether a path has no room for another fact.
func isCrowded(path value.World) bool {
	for _, f := range path {
		if len(f.Is) > maxFact {
			return true
		}
	}
	return len(path) >= maxPath
}

// layersPerItem is how many layers are looked through in the time of copying one item.
const layersPerItem = 2

// held is how many entries the containers have that s has changed: joining it with another path looks at each.
func (s *state) held() int {
	n := 0
	for _, v := range s.slots {
		if c, ok := v.(*content); ok {
			n += len(c.entries)
		}
	}
	return n
}

// fork returns a layer over s in the world of a fact; false where the path excludes it.
func (s *state) fork(fact ...value.Fact) (*state, bool) {
	if isCrowded(s.path) {
		fact = nil
	}
	path, ok := s.path.And(fact)
	return &state{up: s, depth: s.depth + 1, path: path, writes: s.writes}, ok
}

func (s *state) set(k slot, v any) {
	if s.slots == nil {
		s.slots = map[slot]any{}
	}
	s.slots[k] = v
	if s.writes != nil {
		s.writes.note(k, v)
	}
}

// get returns what a slot holds on the path, looking through the layers of its forks down to what an imported module left.
func (s *state) get(k slot) (any, bool) {
	for ; s != nil; s = s.up {
		if len(s.slots) == 0 {
			continue // a lookup in a map that is nil isn't free, and most layers set nothing
		}
		if v, ok := s.slots[k]; ok {
			return v, true
		}
	}
	switch owner := k.owner.(type) {
	case *scope:
		v, ok := owner.sealed[k.name]
		return v, ok
	case *place:
		if owner.sealed != nil {
			return owner.sealed, true
		}
	}
	return nil, false
}

// bind sets a name of a scope.
func (s *state) bind(sc *scope, name string, o object) { s.set(slot{sc, name}, o) }

// content returns what a place holds.
func (s *state) content(p *place) *content {
	if p.alias != nil {
		p = p.alias
	}
	if v, ok := s.get(slot{owner: p}); ok {
		return v.(*content)
	}
	return &content{open: true, reason: "it is changed on another path"}
}

func (s *state) setContent(p *place, c *content) {
	if p.alias != nil {
		p = p.alias
	}
	s.set(slot{owner: p}, c)
}

// An arm is one of the paths that meet in a join.
type arm struct {
	when value.World
	st   *state
}

// join makes s what holds after one of several paths that forked from it. The worlds of the arms exclude each other. A path
// that leaves the loop or the function is handed to exits.
func (s *state) join(arms []arm, exits func(*state)) {
	var on []arm
	for _, a := range arms {
		switch a.st.end {
		case live:
			on = append(on, a)
		case returned, jumped, broken:
			exits(a.st)
		}
	}
	switch len(on) {
	case 0:
		s.end = raised // each has been handed over
		return
	case 1:
		for k, v := range on[0].st.slots {
			s.set(k, v)
		}
		s.path = on[0].st.path
		return
	}
	done := map[slot]bool{}
	for _, a := range on {
		for k := range a.st.slots {
			if !done[k] {
				done[k] = true
				s.joinSlot(k, on)
			}
		}
	}
	// What all of the paths that go on have in common still holds: after `if a: ... elif b: return`, not b.
	if len(on) < len(arms) {
		s.path = common(on)
	}
}

// giveUp is join where that would cost too much: what any of the paths sets is unknown.
func (s *state) giveUp(arms []arm, exits func(*state)) {
	const reason = "the script takes more steps than are followed"
	goesOn := false
	slices.SortStableFunc(arms, func(a, b arm) int { return len(b.st.slots) - len(a.st.slots) })
	for _, a := range arms {
		switch a.st.end {
		case live:
			goesOn = true
		case returned, jumped, broken:
			exits(a.st)
		}
		if len(s.slots) == 0 && s.writes == nil {
			s.slots, a.st.slots = a.st.slots, nil // the path is over; most of it is unknown by now
			for k, v := range s.slots {
				if c, isContent := v.(*content); !isContent || !c.open || c.reason != reason {
					s.slots[k] = unknownSlot(k, reason)
				}
			}
			continue
		}
		for k := range a.st.slots {
			s.set(k, unknownSlot(k, reason))
		}
	}
	if !goesOn {
		s.end = raised
	}
}

// unknownSlot is what a slot holds of which nothing is known.
func unknownSlot(k slot, reason string) any {
	if _, isPlace := k.owner.(*place); isPlace {
		return forgotten(reason)
	}
	return unknown(reason)
}

// common returns the facts that hold on every path.
func common(arms []arm) value.World {
	var out value.World
	for _, f := range arms[0].st.path {
		everywhere := true
		for _, a := range arms[1:] {
			has := false
			for _, g := range a.st.path {
				has = has || f.Var == g.Var && f.Is == g.Is
			}
			everywhere = everywhere && has
		}
		if everywhere {
			out = append(out, f)
		}
	}
	return out
}

// joinSlot sets a slot to the choice of what it holds on the paths that meet. A name that one of them doesn't bind is missing
// there: reading it would be an error on that path, so whoever reads it is on another.
func (s *state) joinSlot(k slot, on []arm) {
	if p, ok := k.owner.(*place); ok {
		var cs []*content
		var paths []value.World
		same := true
		for _, a := range on {
			if v, ok := a.st.get(k); ok {
				c := v.(*content)
				same = same && (len(cs) == 0 || cs[0] == c)
				cs, paths = append(cs, c), append(paths, a.when)
			}
		}
		if same {
			s.set(k, cs[0])
			return
		}
		s.set(k, merge(p.kind, paths, cs))
		return
	}
	opts := make([]option, len(on))
	for i, a := range on {
		opts[i] = option{when: a.when, obj: missing{}}
		if v, ok := a.st.get(k); ok {
			opts[i].obj = v.(object)
		}
	}
	s.set(k, choose(opts))
}

// since returns s as a path that forked from base's parent: what holds at this moment, whatever is changed later.
func (s *state) since(base *state) *state {
	out := &state{up: base.up, depth: base.depth, path: s.path}
	for layer := s; layer != nil; layer = layer.up {
		for k, v := range layer.slots {
			if _, later := out.slots[k]; !later {
				out.set(k, v)
			}
		}
		if layer == base {
			break
		}
	}
	return out
}

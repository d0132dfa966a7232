package value

import (
	"slices"
	"strings"
)

// maxSimplified bounds the worlds that are simplified: nobody reads more.
const maxSimplified = 64

// Simplify says several worlds, one of which holds, with fewer and shorter ones: "A and B, or A and not B" is A. A Var of which
// every value of its domain leads to the same isn't named. The result is empty where one of them always holds.
func Simplify(worlds []World) []World {
	out := slices.Clone(worlds)
	if len(out) > maxSimplified {
		return out
	}
	for {
		out = absorbed(out)
		i, v := merging(out)
		if i < 0 {
			break
		}
		out[i] = out[i].without(v)
	}
	if slices.ContainsFunc(out, func(w World) bool { return len(w) == 0 }) {
		return nil
	}
	return out
}

// absorbed drops the worlds that are a part of another.
func absorbed(worlds []World) []World {
	var out []World
	for i, w := range worlds {
		part := false
		for j, o := range worlds {
			wider := o.holdsIn(w)
			part = part || i != j && wider && (j < i || !w.holdsIn(o))
		}
		if !part {
			out = append(out, w)
		}
	}
	return out
}

// holdsIn reports whether every fact of w is one of o's.
func (w World) holdsIn(o World) bool {
	for _, f := range w {
		if !slices.ContainsFunc(o, func(g Fact) bool { return g.Var == f.Var && g.Is == f.Is }) {
			return false
		}
	}
	return true
}

// merging returns a world and a Var of it that doesn't matter: for each of its values, another of the worlds says the rest.
func merging(worlds []World) (int, string) {
	for i, w := range worlds {
		for _, f := range w {
			rest := w.without(f.Var)
			var facts []Fact
			for _, o := range worlds {
				for _, g := range o {
					if g.Var == f.Var && o.without(f.Var).holdsIn(rest) {
						facts = append(facts, g)
					}
				}
			}
			if covers(facts) {
				return i, f.Var
			}
		}
	}
	return -1, ""
}

func (w World) without(v string) World {
	return slices.DeleteFunc(slices.Clone(w), func(f Fact) bool { return f.Var == v })
}

// covers reports whether one of some facts of one Var holds in any case.
func covers(facts []Fact) bool {
	is := map[string]bool{}
	for _, f := range facts {
		is[f.Is] = true
	}
	for _, f := range facts {
		if is[f.Not().Is] {
			return true
		}
		if not := f.excluded(); len(not) > 0 && !slices.ContainsFunc(not, func(v string) bool { return !is[v] }) {
			return true
		}
		if f.Domain != "" && !slices.ContainsFunc(strings.Split(f.Domain, sep), func(v string) bool { return !is[v] }) {
			return true
		}
	}
	return false
}

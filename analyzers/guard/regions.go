package guard

import (
	"encoding/binary"
	"slices"
	"unicode"
)

// Limits of what one question may take.
const (
	// maxStates bounds the ways into texts that are followed to tell what globs have in common.
	maxStates = 20_000
	// maxWork bounds the steps of one question: letters that are compared, places that are followed.
	maxWork = 4_000_000
	// placeCost is what following a place takes, in letters that are compared.
	placeCost = 16
)

// A place is one place of one of several globs.
type place struct{ glob, at int32 }

// A walk finds a text for each way in which some globs can match a text or not.
type walk struct {
	globs []glob
	// shape has to match each text, if it isn't nil.
	shape *glob
	work  *int
	texts []Pattern
	found map[string]bool
	// common is what all of them begin with.
	common Pattern
}

// regions returns a text for each way in which globs match, of those that a shape takes, and whether these are all. The hints
// are texts that say it best.
func regions(globs []glob, shape *glob, hints []Pattern, work *int) ([]Pattern, bool) {
	w := walk{globs: telling(globs, shape), shape: shape, work: work, found: map[string]bool{}}
	globs = w.globs
	for _, hint := range hints {
		if *work > maxWork {
			return w.texts, false
		}
		if shape != nil && !shape.surely(hint) {
			continue
		}
		w.add(hint, w.vector(hint))
	}
	if shape != nil && len(globs) == 0 && len(w.texts) > 0 {
		return w.texts, true
	}
	if shape == nil && !slices.ContainsFunc(globs, func(g glob) bool { return !g.plain() }) {
		for _, g := range globs {
			w.add(g.tokens, string(g.tokens)) // it is matched by itself only
		}
		w.add(Pattern{Stranger}, "")
		return w.texts, true
	}
	w.common = common(globs, shape)
	complete := w.all()
	return w.texts, complete
}

// telling drops the globs that all texts of a shape match, or none.
func telling(globs []glob, shape *glob) []glob {
	out := make([]glob, 0, len(globs))
	for _, g := range globs {
		if g.void || len(g.tokens) == 1 && g.tokens[0] == anyText || shape != nil && g.parts(shape) {
			continue
		}
		out = append(out, g)
	}
	return out
}

// parts reports whether two globs begin with different letters.
func (g *glob) parts(other *glob) bool {
	for i := range min(len(g.tokens), len(other.tokens)) {
		a, b := g.tokens[i], other.tokens[i]
		switch {
		case a < 0 || b < 0 || isAtom(a) || isAtom(b) || g.folds || other.folds:
			return false
		case a != b:
			return true
		}
	}
	return false
}

// common returns the letters that a shape and globs all begin with.
func common(globs []glob, shape *glob) Pattern {
	if shape == nil {
		return nil
	}
	n := 0
	for ; n < len(shape.tokens) && shape.tokens[n] >= 0; n++ {
		if slices.ContainsFunc(globs, func(g glob) bool { return g.folds || n >= len(g.tokens) || g.tokens[n] != shape.tokens[n] }) {
			break
		}
	}
	return shape.tokens[:n]
}

// add keeps a text unless one is known that the same globs match.
func (w *walk) add(text Pattern, vector string) {
	if !w.found[vector] {
		w.found[vector] = true
		w.texts = append(w.texts, text)
	}
}

// vector spells which globs match a text.
func (w *walk) vector(text Pattern) string {
	out := make([]byte, 0, len(w.globs))
	for i := range w.globs {
		g := &w.globs[i]
		if *w.work += g.cost(text); *w.work > maxWork {
			break
		}
		if g.surely(text) {
			out = binary.AppendUvarint(out, uint64(i))
		}
	}
	return string(out)
}

// A step is where a walk is, and how it came there.
type step struct {
	places []place
	from   int
	letter rune
}

// all follows every text, as far as globs tell texts apart, shortest first.
func (w *walk) all() bool {
	start := w.start(int32(len(w.common)))
	steps := []step{{places: start, from: -1}}
	seen := map[string]bool{spell(start): true}
	for i := 0; i < len(steps); i++ {
		if *w.work > maxWork || len(steps) > maxStates {
			return false
		}
		at := steps[i].places
		if vector, ok := w.ends(at); ok && i > 0 {
			w.add(slices.Concat(w.common, textOf(steps, i)), vector)
		}
		for _, letter := range w.letters(at) {
			next, alive := w.after(at, letter)
			if !alive {
				continue
			}
			if key := spell(next); !seen[key] {
				seen[key] = true
				steps = append(steps, step{places: next, from: i, letter: letter})
			}
		}
	}
	if vector, ok := w.ends(start); ok {
		w.add(w.common, vector) // the empty text is the last that anybody thinks of
	}
	return true
}

func textOf(steps []step, i int) Pattern {
	var text Pattern
	for ; i > 0; i = steps[i].from {
		text = append(text, steps[i].letter)
	}
	slices.Reverse(text)
	return text
}

func spell(places []place) string {
	out := make([]byte, 0, 4*len(places))
	for _, p := range places {
		out = binary.AppendUvarint(out, uint64(p.glob))
		out = binary.AppendUvarint(out, uint64(p.at))
	}
	return string(out)
}

// of returns a glob by its number; the shape's is one past the last.
func (w *walk) of(i int32) *glob {
	if int(i) == len(w.globs) {
		return w.shape
	}
	return &w.globs[i]
}

func (w *walk) start(at int32) []place {
	var out []place
	for i := range w.globs {
		out = w.enter(out, place{glob: int32(i), at: at})
	}
	if w.shape != nil {
		out = w.enter(out, place{glob: int32(len(w.globs)), at: at})
	}
	return out
}

// enter adds a place, and those behind the wildcards there.
func (w *walk) enter(out []place, p place) []place {
	g := w.of(p.glob)
	for {
		out = append(out, p)
		if int(p.at) == len(g.tokens) || !repeats(g.tokens[p.at]) {
			return out
		}
		p.at++
	}
}

// after returns the places that a letter leads to, and false where the shape has none there.
func (w *walk) after(at []place, letter rune) ([]place, bool) {
	*w.work += placeCost * len(at)
	var out []place
	alive := w.shape == nil
	for _, p := range at {
		g := w.of(p.glob)
		if int(p.at) == len(g.tokens) {
			continue
		}
		t := g.tokens[p.at]
		if !g.eats(t, letter) {
			continue
		}
		alive = alive || g == w.shape
		if !repeats(t) {
			p.at++
		}
		out = w.enter(out, p)
	}
	slices.SortFunc(out, func(a, b place) int {
		if a.glob != b.glob {
			return int(a.glob - b.glob)
		}
		return int(a.at - b.at)
	})
	return slices.Compact(out), alive
}

// ends spells which globs end at some places, and reports whether the shape does.
func (w *walk) ends(at []place) (string, bool) {
	out := make([]byte, 0, 8)
	ok := w.shape == nil
	for _, p := range at {
		g := w.of(p.glob)
		switch {
		case int(p.at) != len(g.tokens):
		case g == w.shape:
			ok = true
		default:
			out = binary.AppendUvarint(out, uint64(p.glob))
		}
	}
	return string(out), ok
}

// letters returns the letters that some places tell apart, and one that none does.
func (w *walk) letters(at []place) []rune {
	out := []rune{Stranger}
	add := func(r rune) {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	for _, p := range at {
		g := w.of(p.glob)
		if int(p.at) == len(g.tokens) {
			continue
		}
		switch t := g.tokens[p.at]; {
		case t == anySegment, t == anySegmentLetter:
			add(':')
		case t < 0:
		case g.folds && !isAtom(t):
			add(unicode.ToLower(t))
			add(unicode.ToUpper(t))
		default:
			add(t)
		}
	}
	return out
}

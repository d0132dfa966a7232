package guard

import (
	"slices"
	"unicode"

	"github.com/vpclint/vpclint/internal/tri"
)

// A glob is what one text of a policy matches. Its tokens are those of a Pattern and the ones below; a part that isn't known is
// an atom, a letter that stands for all of it.
type glob struct {
	tokens Pattern
	folds  bool
	// doubtful says that AWS doesn't tell whether it matches what it seems to, or that it is too long to tell.
	doubtful bool
	// void says that it matches nothing: a policy variable in it has no value.
	void bool
	// form says that it is the form of an ARN, in which what isn't known of one is taken for a part of it.
	form bool
}

// The wildcards of an ARN that is compared part by part. AWS: IAM user guide, "Amazon Resource Name (ARN) condition operators".
const (
	anySegment       token = -4 // * between two colons
	anySegmentLetter token = -5 // ? between two colons
	anyName          token = -6 // a letter of a name, in the form of a resource
	anyNames         token = -7 // any letters of a name
)

// Atoms stand for parts that aren't known. Those from firstHole on may hold wildcards, the others are some constant.
const (
	firstAtom rune = 0x100000
	firstHole rune = 0x108000
	lastAtom  rune = 0x10FFFD
)

func isAtom(t token) bool { return t >= firstAtom }
func isHole(t token) bool { return t >= firstHole }

// repeats reports whether a token stands for a text of any length.
func repeats(t token) bool { return t == anyText || t == anySegment || t == anyNames }

// plain reports whether a glob matches one text only, which it spells.
func (g *glob) plain() bool {
	return !g.folds && !g.doubtful && !g.void && !slices.ContainsFunc(g.tokens, func(t token) bool { return t < 0 || isAtom(t) })
}

// certain reports whether it is known what a glob matches.
func (g *glob) certain() bool { return !g.doubtful && !slices.ContainsFunc(g.tokens, isAtom) }

// eats reports whether a token that is no atom of the glob's own stands for a letter of a text, whatever its atoms are.
func (g *glob) eats(t, letter token) bool {
	switch t {
	case anyText:
		return true
	case anyLetter:
		return !isAtom(letter)
	case anySegment, anySegmentLetter:
		return (g.form || !isAtom(letter)) && letter != ':'
	case anyName, anyNames:
		return isAtom(letter) || letter == Stranger || letter == '-' || letter == '_' || letter == '.' || unicode.IsLetter(letter) || unicode.IsDigit(letter)
	}
	return t == letter || g.folds && t >= 0 && !isAtom(t) && unicode.ToLower(t) == unicode.ToLower(letter)
}

// matches says whether a glob matches a text, which may have atoms; those of one that is formed have no separators.
func (g *glob) matches(text Pattern, formed bool) tri.Bool {
	switch {
	case g.void:
		return tri.False
	case len(g.tokens) > maxPattern || len(text) > maxPattern:
		return tri.Unknown
	case g.surely(text):
		if g.doubtful {
			return tri.Unknown
		}
		return tri.True
	case g.certain() && !slices.ContainsFunc(text, isAtom):
		return tri.False
	}
	return tri.Of(!g.perhaps(text, formed)).Not().And(tri.Unknown)
}

// cost is what it takes to compare a glob with a text, in letters.
func (g *glob) cost(text Pattern) int {
	if slices.ContainsFunc(g.tokens, repeats) {
		return 1 + len(g.tokens)*len(text)/4
	}
	return 2
}

// surely reports whether a glob matches a text whatever their atoms are.
func (g *glob) surely(text Pattern) bool {
	if !slices.ContainsFunc(g.tokens, repeats) {
		if len(g.tokens) != len(text) {
			return false
		}
		for i, t := range g.tokens {
			if !g.eats(t, text[i]) {
				return false
			}
		}
		return true
	}
	at := make([]bool, len(g.tokens)+1)
	g.open(at, 0)
	next := make([]bool, len(at))
	for _, letter := range text {
		clear(next)
		alive := false
		for i, t := range g.tokens {
			if !at[i] || !g.eats(t, letter) {
				continue
			}
			alive = true
			if repeats(t) {
				g.open(next, i)
			} else {
				g.open(next, i+1)
			}
		}
		if !alive {
			return false
		}
		at, next = next, at
	}
	return at[len(g.tokens)]
}

// open marks a place of a glob, and those behind the wildcards there, which may stand for nothing.
func (g *glob) open(at []bool, i int) {
	for at[i] = true; i < len(g.tokens) && repeats(g.tokens[i]); i++ {
		at[i+1] = true
	}
}

// perhaps reports whether a glob matches a text for some meaning of their atoms. A constant that isn't known has no letter of
// a stranger's, since that is chosen once it is known.
func (g *glob) perhaps(text Pattern, formed bool) bool {
	places := pairsOf(len(g.tokens), len(text))
	for i, j, more := places.next(); more; i, j, more = places.next() {
		if i == len(g.tokens) && j == len(text) {
			return true
		}
		if i < len(g.tokens) && (repeats(g.tokens[i]) || isAtom(g.tokens[i])) {
			places.push(i+1, j)
		}
		if j < len(text) && isAtom(text[j]) {
			places.push(i, j+1)
			if i < len(g.tokens) && !(formed && (g.tokens[i] == ':' || g.tokens[i] == '/')) {
				places.push(i+1, j)
			}
		}
		if i == len(g.tokens) || j == len(text) {
			continue
		}
		t, letter := g.tokens[i], text[j]
		switch {
		case isAtom(t):
			if isHole(t) || letter != Stranger {
				places.push(i, j+1)
			}
			if t == letter {
				places.push(i+1, j+1)
			}
		case isAtom(letter):
			if repeats(t) {
				places.push(i, j+1)
			}
		case repeats(t) && g.eats(t, letter):
			places.push(i, j+1)
		case g.eats(t, letter):
			places.push(i+1, j+1)
		}
	}
	return false
}

// overlaps reports whether two globs match some text both, for some meaning of their atoms.
func (g *glob) overlaps(other *glob) bool {
	loose := func(t token) bool { return repeats(t) || isAtom(t) }
	places := pairsOf(len(g.tokens), len(other.tokens))
	for i, j, more := places.next(); more; i, j, more = places.next() {
		endA, endB := i == len(g.tokens), j == len(other.tokens)
		switch {
		case endA && endB:
			return true
		case !endA && loose(g.tokens[i]):
			places.push(i+1, j)
		}
		if !endB && loose(other.tokens[j]) {
			places.push(i, j+1)
		}
		if endA || endB {
			continue
		}
		a, b := g.tokens[i], other.tokens[j]
		wildA, wildB := a < 0 || isAtom(a), b < 0 || isAtom(b)
		if !(wildA && wildB || wildA && (isAtom(a) || g.eats(a, b)) || wildB && (isAtom(b) || other.eats(b, a)) || g.eats(a, b) || other.eats(b, a)) {
			continue
		}
		// One letter of both.
		nextA, nextB := i+1, j+1
		if loose(a) {
			nextA = i
		}
		if loose(b) {
			nextB = j
		}
		places.push(nextA, nextB)
	}
	return false
}

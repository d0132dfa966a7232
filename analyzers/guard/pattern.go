package guard

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A token is one place of a pattern: a letter, or one of those below.
type token = rune

// The places of a pattern that aren't letters. AWS: IAM user guide, "Resource", "Using wildcards".
const (
	anyText   token = -1 // *
	anyLetter token = -2 // ?
	hole      token = -3 // a text that isn't known, which may hold wildcards
)

// Letters of Unicode's private use stand for texts that nobody writes.
const (
	// attribute is an attribute of a resource: some name or ARN, and no wildcard.
	attribute = '\U000F0000'
	// Stranger is within what nobody names: an account, a name, an organization that isn't in the policy.
	Stranger = '\U000F0001'
)

// A Pattern is a text that stands for many by its wildcards.
type Pattern []token

// Glob returns the pattern that a text spells.
func Glob(text string) Pattern {
	p := make(Pattern, 0, len(text))
	for _, r := range text {
		switch r {
		case '*':
			if len(p) > 0 && p[len(p)-1] == anyText {
				continue
			}
			r = anyText
		case '?':
			r = anyLetter
		}
		p = append(p, r)
	}
	return p
}

// A Naming says what an unknown part of a text stands for, where that is known to whoever asks: the region of a deployment,
// the bucket that a policy belongs to.
type Naming func(part value.Value) (text string, ok bool)

// patternOf returns the pattern that a text with unknown parts spells.
func patternOf(v value.Value, naming Naming) Pattern {
	var p Pattern
	for _, part := range v.Parts() {
		if text, known := part.AsString(); known {
			p = append(p, Glob(text)...)
			continue
		}
		if naming != nil {
			if text, ok := naming(part); ok {
				p = append(p, Glob(text)...)
				continue
			}
		}
		if part.Kind() == value.KindSymbol || part.Word() {
			p = append(p, attribute)
			continue
		}
		p = append(p, hole)
	}
	return p
}

// whole reports whether no part of the pattern is unknown.
func (p Pattern) whole() bool { return !slices.Contains(p, hole) }

// widest returns the pattern with every unknown part as wide as it may be.
func (p Pattern) widest() Pattern {
	if p.whole() {
		return p
	}
	out := slices.Clone(p)
	for i, t := range out {
		if t == hole {
			out[i] = anyText
		}
	}
	return out
}

// folded returns the pattern in lower case: actions and condition keys compare without case.
func (p Pattern) folded() Pattern {
	if !slices.ContainsFunc(p, func(t token) bool { return t >= 'A' && t <= 'Z' }) {
		return p
	}
	out := make(Pattern, len(p))
	for i, t := range p {
		out[i] = t
		if t >= 'A' && t <= 'Z' {
			out[i] = t + 'a' - 'A'
		}
	}
	return out
}

// maxPattern bounds the texts that are compared: an ARN has 2048 letters at most.
const maxPattern = 2048

// covers says whether a pattern matches every text that another stands for.
func (p Pattern) covers(other Pattern) tri.Bool {
	if len(p) > maxPattern || len(other) > maxPattern {
		return tri.Unknown
	}
	switch all := within(other, p.widest()); {
	case all != tri.True:
		return all
	case !p.whole():
		return tri.Unknown
	}
	return tri.True
}

// overlaps says whether a pattern matches some text that another stands for.
func (p Pattern) overlaps(other Pattern) tri.Bool {
	if len(p) > maxPattern || len(other) > maxPattern {
		return tri.Unknown
	}
	switch {
	case !meets(p.widest(), other):
		return tri.False
	case !p.whole():
		return tri.Unknown
	}
	return tri.True
}

// maxSteps bounds what it takes to tell whether one pattern is within another. ARNs take some hundreds.
const maxSteps = 20_000

// within says whether every text of a is one of b: each way through a is followed with all the places of b that it may have
// come to. It is unknown past maxSteps.
func within(a, b Pattern) tri.Bool {
	if len(b) == 1 && b[0] == anyText {
		return tri.True
	}
	if !slices.Contains(a, anyText) && !slices.Contains(a, anyLetter) {
		return b.matches(a)
	}
	// What b begins with, a has to begin with.
	for i, t := range b {
		if t == anyText || t == anyLetter {
			break
		}
		if i == len(a) || a[i] != t {
			return tri.False
		}
	}
	letters := alphabet(a, b)
	steps := 0
	type state struct {
		at     int
		places string
	}
	seen := map[state]bool{}
	todo := []state{{0, b.places([]int{0})}}
	push := func(s state) {
		if !seen[s] {
			seen[s] = true
			todo = append(todo, s)
		}
	}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch {
		case steps > maxSteps:
			return tri.Unknown
		case s.places == "":
			return tri.False // some text leads here, and none of b's does
		case s.at == len(a):
			if !b.ends(s.places) {
				return tri.False
			}
			continue
		}
		next := letters
		stay := s.at + 1
		switch a[s.at] {
		case anyText:
			push(state{s.at + 1, s.places})
			stay = s.at
		case anyLetter:
		default:
			next = a[s.at : s.at+1]
		}
		steps += len(next) * len(s.places)
		for _, letter := range next {
			push(state{stay, b.step(s.places, letter)})
		}
	}
	return tri.True
}

// matches says whether a text without wildcards is one of the pattern's: after a * that leads nowhere the next place is tried.
// It is unknown past maxSteps.
func (p Pattern) matches(text Pattern) tri.Bool {
	i, star, from := 0, -1, 0
	for at, steps := 0, 0; at < len(text); steps++ {
		switch {
		case steps > maxSteps:
			return tri.Unknown
		case i < len(p) && p[i] == anyText:
			star, from = i, at
			i++
		case i < len(p) && (p[i] == anyLetter || p[i] == text[at]):
			i, at = i+1, at+1
		case star >= 0:
			from++
			i, at = star+1, from
		default:
			return tri.False
		}
	}
	for i < len(p) && p[i] == anyText {
		i++
	}
	return tri.Of(i == len(p))
}

// other is a letter that no pattern has.
const other = '\U000F0002'

// alphabet returns the letters that tell texts apart.
func alphabet(ps ...Pattern) Pattern {
	out := Pattern{other}
	for _, p := range ps {
		for _, t := range p {
			if t >= 0 && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// places spells the places that one may be at, passing over wildcards that may stand for nothing, each as one rune.
func (p Pattern) places(at []int) string {
	var b strings.Builder
	last := -1
	for _, i := range at {
		for ; i <= len(p); i++ {
			if i > last {
				b.WriteRune(rune(i))
				last = i
			}
			if i == len(p) || p[i] != anyText {
				break
			}
		}
	}
	return b.String()
}

// step returns the places that a letter leads to.
func (p Pattern) step(places string, letter token) string {
	var next []int
	for _, r := range places {
		i := int(r)
		switch {
		case i == len(p):
		case p[i] == anyText:
			next = append(next, i)
		case p[i] == anyLetter || p[i] == letter:
			next = append(next, i+1)
		}
	}
	slices.Sort(next)
	return p.places(next)
}

// ends reports whether the end is one of the places.
func (p Pattern) ends(places string) bool {
	for _, r := range places {
		if int(r) == len(p) {
			return true
		}
	}
	return false
}

// A pairs is the pairs of places in two patterns that one comes to, each once.
type pairs struct {
	width int
	seen  []bool
	todo  []int
}

// pairsOf begins at the beginning of two patterns of n and m places.
func pairsOf(n, m int) *pairs {
	p := &pairs{width: m + 1, seen: make([]bool, (n+1)*(m+1))}
	p.push(0, 0)
	return p
}

// push adds a pair of places, of which neither is behind its pattern's end.
func (p *pairs) push(i, j int) {
	if at := i*p.width + j; !p.seen[at] {
		p.seen[at] = true
		p.todo = append(p.todo, at)
	}
}

// next returns the pair that was added last; false where none is left.
func (p *pairs) next() (i, j int, more bool) {
	last := len(p.todo) - 1
	if last < 0 {
		return 0, 0, false
	}
	at := p.todo[last]
	p.todo = p.todo[:last]
	return at / p.width, at % p.width, true
}

// meets reports whether two patterns have a text in common.
func meets(a, b Pattern) bool {
	for i := range min(len(a), len(b)) {
		if a[i] < 0 && a[i] != hole || b[i] < 0 && b[i] != hole {
			break
		}
		if a[i] != b[i] {
			return false
		}
	}
	if !slices.Contains(b, anyText) && !slices.Contains(b, anyLetter) {
		if known := a.matches(b); known != tri.Unknown {
			return known == tri.True
		}
	}
	places := pairsOf(len(a), len(b))
	for i, j, more := places.next(); more; i, j, more = places.next() {
		if i == len(a) && j == len(b) {
			return true
		}
		anyA, anyB := i < len(a) && a[i] == anyText, j < len(b) && b[j] == anyText
		if anyA {
			places.push(i+1, j)
		}
		if anyB {
			places.push(i, j+1)
		}
		if i == len(a) || j == len(b) {
			continue
		}
		switch {
		case anyA && anyB:
		case anyA:
			places.push(i, j+1)
		case anyB:
			places.push(i+1, j)
		case a[i] == b[j] || a[i] == anyLetter || b[j] == anyLetter:
			places.push(i+1, j+1)
		}
	}
	return false
}

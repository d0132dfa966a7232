package frontend

import (
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// A Pattern is a text of which parts may not be known: the certain stretches, between each two of which, and maybe before
// and after, stands what only a deployment knows.
type Pattern struct {
	stretches []string // never empty ones, but for an unknown start or end
}

// Whole returns the text of a pattern that is known as a whole.
func (p Pattern) Whole() (string, bool) {
	if len(p.stretches) != 1 {
		return "", false
	}
	return p.stretches[0], true
}

// PatternOf returns the pattern of a value that is no choice.
func PatternOf(v value.Value) Pattern {
	p := Pattern{stretches: []string{""}}
	for _, part := range v.Parts() {
		if text, known := part.AsString(); known {
			p.stretches[len(p.stretches)-1] += text
		} else {
			p.stretches = append(p.stretches, "")
		}
	}
	return p
}

// Matches reports whether two patterns may be the same text, and are so by more than chance: a name that stacks share is
// put together of the exporting stack's name and of words that both write.
func (p Pattern) Matches(o Pattern) bool {
	text, known := p.Whole()
	other, otherKnown := o.Whole()
	switch {
	case known && otherKnown:
		return text == other
	case known:
		return o.admits(text)
	case otherKnown:
		return p.admits(other)
	}
	first, last := p.stretches[0], p.stretches[len(p.stretches)-1]
	otherFirst, otherLast := o.stretches[0], o.stretches[len(o.stretches)-1]
	return first == otherFirst && last == otherLast && says(first+last)
}

// admits reports whether a pattern with unknown parts may be a text.
func (p Pattern) admits(text string) bool {
	first, last := p.stretches[0], p.stretches[len(p.stretches)-1]
	if len(text) <= len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, s := range p.stretches[1 : len(p.stretches)-1] {
		_, rest, found := strings.Cut(text, s)
		if !found {
			return false
		}
		text = rest
	}
	return says(strings.Join(p.stretches, ""))
}

// Blank reports whether nothing of a pattern is certain that could tell one text from another.
func (p Pattern) Blank() bool { return !says(strings.Join(p.stretches, "")) }

// leastShared is how many letters two names have to share.
const leastShared = 3

// says reports whether a text holds words, and not only what separates them.
func says(text string) bool {
	n := 0
	for _, c := range text {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			n++
		}
	}
	return n >= leastShared
}

// SplitWords cuts a text at a separator as split functions do; false where a part that isn't known may hold the separator.
// Words, of which isWord tells, hold none of those that people put between them.
func SplitWords(text value.Value, separator string, isWord func(value.Value) bool) ([]value.Value, bool) {
	if separator == "" || strings.Trim(separator, ", ;|\n\t") != "" {
		return nil, false
	}
	parts := [][]value.Value{nil}
	for _, piece := range text.Parts() {
		literal, ok := piece.AsString()
		if !ok {
			if !isWord(piece) {
				return nil, false
			}
			parts[len(parts)-1] = append(parts[len(parts)-1], piece)
			continue
		}
		for i, s := range strings.Split(literal, separator) {
			if i > 0 {
				parts = append(parts, nil)
			}
			if s != "" {
				parts[len(parts)-1] = append(parts[len(parts)-1], value.OfString(s).WithOrigin(piece.Origin()))
			}
		}
	}
	out := make([]value.Value, len(parts))
	for i, pieces := range parts {
		switch len(pieces) {
		case 0:
			out[i] = value.OfString("")
		case 1:
			out[i] = pieces[0]
		default:
			out[i] = value.OfText(pieces...)
		}
	}
	return out, true
}

// A Likeness says how sure it is that two values are the same.
type Likeness uint8

// How sure it is.
const (
	Different Likeness = iota
	// Untold is what nothing is known of.
	Untold
	// Alike are those that may be the same, and share more than chance gives.
	Alike
	// Mostly is for several values of which those that tell most are the same, and of the rest not all is known.
	Mostly
	Same
)

// Compare returns how sure it is that two texts are the same.
func Compare(a, b value.Value) Likeness {
	x, y := PatternOf(a), PatternOf(b)
	text, known := x.Whole()
	other, otherKnown := y.Whole()
	switch {
	case a.Kind() == value.KindAbsent || b.Kind() == value.KindAbsent || a.Kind() == value.KindChoice || b.Kind() == value.KindChoice:
		return Untold
	case known && otherKnown && text == other:
		return Same
	case known && otherKnown:
		return Different
	case !known && x.Blank() || !otherKnown && y.Blank():
		return Untold
	case x.Matches(y):
		return Alike
	}
	return Different
}

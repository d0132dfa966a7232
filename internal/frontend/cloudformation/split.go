package cloudformation

import (
	"slices"
	"strings"
	"unicode"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// split evaluates Fn::Split.
func (t *template) split(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 2, 2)
	if args == nil {
		return misused("Fn::Split", at, t.eval(arg, in))
	}
	vs := []value.Value{t.eval(args[0], in), t.eval(args[1], in)}
	return t.product(in, at, vs, func(vs []value.Value) value.Value {
		sep, known := vs[0].AsString()
		switch {
		case !known && vs[0].Reason() != "":
			return value.OfOpaque(vs[0].Reason(), refs(vs...)...).From(at)
		case !known || sep == "":
			return misused("Fn::Split", at, vs...)
		}
		text := t.spelled(vs[1])
		n := 1
		for _, part := range text.Parts() {
			n += 1 + strings.Count(part.Literal(), sep)
		}
		if t.spend(n * elementCost); t.spent() {
			return value.OfOpaque("the list is too long", text.Refs()...).From(at)
		}
		return splitText(text, sep, at)
	})
}

// splitText returns the list that a text comes to where it is cut at each separator, as Fn::Split and parameters of a list
// type do. An unknown part that is one word (see value.AsWord) stays whole where no character of the separator is one of a
// word; any other may hold the separator, and opens the list: what is certain of it are the elements that such parts don't
// touch, those before the first of them each at its place.
func splitText(v value.Value, sep string, at source.Span) value.Value {
	return v.Map(func(v value.Value) value.Value {
		switch v.Kind() {
		case value.KindScalar, value.KindText, value.KindSymbol, value.KindOpaque:
		default:
			return misused("Fn::Split", at, v)
		}
		if v.MayBeMissing() {
			return value.OfOpaque(v.Reason(), v.Refs()...).MaybeAs(v).From(at)
		}
		c := cutter{sep: sep, at: at, origin: v.Origin(), present: v.NonEmpty().Known() == tri.True}
		for _, part := range v.Parts() {
			c.add(part)
		}
		return c.list()
	})
}

// trimmed returns the elements of a list without the blanks around them, as a parameter of a list type takes them:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
func trimmed(list value.Value) value.Value {
	return list.Map(func(list value.Value) value.Value {
		if list.Kind() != value.KindList || len(list.Elems()) == 0 {
			return list
		}
		elems := make([]value.Value, len(list.Elems()))
		for i, e := range list.Elems() {
			elems[i] = withoutBlanks(e)
		}
		return withElems(list, elems)
	})
}

// withoutBlanks returns a text without the blanks at its ends. What else than a word is unknown there may end in blanks,
// or be nothing but blanks.
func withoutBlanks(v value.Value) value.Value {
	if text, known := v.AsString(); known {
		if cut := strings.TrimSpace(text); cut != text {
			return value.OfString(cut).WithOrigin(v.Origin())
		}
		return v
	}
	parts := slices.Clone(v.Parts())
	for len(parts) > 0 && parts[0].Kind() == value.KindScalar {
		text := strings.TrimLeftFunc(parts[0].Literal(), unicode.IsSpace)
		if parts[0] = value.OfString(text).WithOrigin(parts[0].Origin()); text != "" {
			break
		}
		parts = parts[1:]
	}
	for len(parts) > 0 && parts[len(parts)-1].Kind() == value.KindScalar {
		last := parts[len(parts)-1]
		text := strings.TrimRightFunc(last.Literal(), unicode.IsSpace)
		if parts[len(parts)-1] = value.OfString(text).WithOrigin(last.Origin()); text != "" {
			break
		}
		parts = parts[:len(parts)-1]
	}
	switch {
	case len(parts) == 0:
		return value.OfString("").WithOrigin(v.Origin())
	case !isSolid(parts[0]) || !isSolid(parts[len(parts)-1]):
		return value.OfOpaque(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	case len(parts) == 1:
		return parts[0]
	}
	return value.OfText(parts...).WithOrigin(v.Origin())
}

// isSolid reports whether a part of a text begins and ends with no blank.
func isSolid(part value.Value) bool { return part.Kind() == value.KindScalar || part.Word() }

// A cutter cuts a text into the elements of a list, part by part.
type cutter struct {
	sep    string
	at     source.Span
	origin *value.Origin
	// present says that the text is certainly not empty.
	present bool
	elems   []value.Value
	piece   []value.Value // what follows the last separator
	dirty   bool          // the piece has a part that may hold the separator
	open    bool          // an element before had such a part
	lead    int           // the elements before the first such
	reason  string
}

func (c *cutter) add(part value.Value) {
	text, known := part.AsString()
	if !known {
		c.dirty = c.dirty || !part.Word() || strings.ContainsFunc(c.sep, inWord)
		c.piece = append(c.piece, part)
		return
	}
	if (c.dirty || c.open) && overlaps(c.sep) {
		// Where one separator ends within what looks like the next, all hangs on where the first begins.
		c.piece, c.dirty = append(c.piece, part), true
		return
	}
	for i, fragment := range strings.Split(text, c.sep) {
		if i > 0 {
			c.end()
		}
		if fragment != "" {
			c.piece = append(c.piece, value.OfString(fragment).WithOrigin(part.Origin()))
		}
	}
}

// end ends an element.
func (c *cutter) end() {
	e := value.OfString("").WithOrigin(c.origin)
	switch {
	case c.dirty:
		if !c.open {
			c.open, c.lead = true, len(c.elems)
		}
		e = c.unknown()
	case len(c.piece) == 1:
		e = c.piece[0]
	case len(c.piece) > 1:
		e = value.OfText(c.piece...)
	}
	// What is written within the expression keeps its own place, which says more than the place of the whole.
	if o := e.Origin(); o == nil || o.Span.File != c.at.File || o.Span.Start < c.at.Start || o.Span.End > c.at.End || e.Kind() == value.KindScalar {
		e = e.Use(c.at)
	}
	c.elems = append(c.elems, e)
	c.piece, c.dirty = nil, false
}

// unknown returns one of the elements that the piece may come to.
func (c *cutter) unknown() value.Value {
	for _, part := range c.piece {
		if r := part.Reason(); r != "" && c.reason == "" && !part.Word() {
			c.reason = r
		}
	}
	whole := value.OfText(c.piece...)
	if c.reason == "" {
		c.reason = whole.Reason()
	}
	// A known text that isn't a part of a separator stands in one of the elements at least.
	for _, part := range c.piece {
		if text, known := part.AsString(); known && len(c.sep) == 1 && text != "" {
			return value.OfPresent(whole.Reason(), whole.Refs()...).WithOrigin(c.origin)
		}
	}
	return value.OfOpaque(whole.Reason(), whole.Refs()...).WithOrigin(c.origin)
}

func (c *cutter) list() value.Value {
	c.end()
	if !c.open {
		return value.OfList(c.elems, false).WithOrigin(c.origin).Use(c.at)
	}
	if len(c.elems) == 1 && !c.present {
		// Of an empty text the one element is empty, too: to those who ask whether there is anything, it is none.
		return value.OfOpenList(nil, c.reason, c.elems[0].Refs()...).WithOrigin(c.origin).Use(c.at)
	}
	return value.OfOpenList(c.elems, c.reason).LedBy(c.lead).WithOrigin(c.origin).Use(c.at)
}

// overlaps reports whether a separator can begin before another one of it has ended.
func overlaps(sep string) bool {
	for n := 1; n < len(sep); n++ {
		if strings.HasSuffix(sep, sep[:n]) {
			return true
		}
	}
	return false
}

// inWord reports whether a character is one that words have, see value.AsWord.
func inWord(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./:", r)
}

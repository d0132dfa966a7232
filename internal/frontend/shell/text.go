package shell

import (
	"strings"

	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A part is a stretch of a text that comes from one place.
type part struct {
	// known are its bytes; unknown, where it isn't absent, stands for those that aren't known.
	known   string
	unknown value.Value
	at      source.Span
	// exact says that the bytes of at are those of known, one by one.
	exact bool
	// via says how it came to at: through which variables.
	via *value.Origin
	// quoted says that the shell doesn't look into it.
	quoted bool
}

func (p part) isKnown() bool { return p.unknown.Kind() == value.KindAbsent }

// A text is what a word, or a variable, comes to.
type text []part

// A field is one word of a command as it gets it. Of one that is many, nobody knows how many words it is, since an unknown
// variable stands in it without quotes; if there is nothing else in it, nor whether it is any.
type field struct {
	text
	many bool
}

// single is one field of what is given.
func single(parts ...part) []field { return []field{{text: parts}} }

// literal returns the bytes of a text; false where not all of them are known.
func (t text) literal() (string, bool) {
	if len(t) == 1 && t[0].isKnown() {
		return t[0].known, true
	}
	var b strings.Builder
	for _, p := range t {
		if !p.isKnown() {
			return "", false
		}
		b.WriteString(p.known)
	}
	return b.String(), true
}

// lead returns the bytes up to the first part that isn't known.
func (t text) lead() string {
	var b strings.Builder
	for _, p := range t {
		if !p.isKnown() {
			break
		}
		b.WriteString(p.known)
	}
	return b.String()
}

// reason says why a text isn't known.
func (t text) reason() string {
	for _, p := range t {
		if !p.isKnown() {
			return p.unknown.Reason()
		}
	}
	return ""
}

// span returns where a text stands: one place, which is the first part's where there are several.
func (t text) span() source.Span {
	if len(t) == 0 {
		return source.Span{}
	}
	s := t[0].at
	for _, p := range t[1:] {
		if p.at.File == s.File && p.at.Start >= s.Start {
			s.End = max(s.End, p.at.End)
		}
	}
	return s
}

// via returns how the first part that has come a way came here.
func (t text) via() *value.Origin {
	for _, p := range t {
		if p.via != nil {
			return p.via
		}
	}
	return nil
}

// cut returns what stands before and behind the n-th of the bytes that are known.
func (t text) cut(n int) (before, after text) {
	for i, p := range t {
		if !p.isKnown() {
			before = append(before, p)
			continue
		}
		if n < len(p.known) {
			head, tail := p.split(n)
			if n > 0 {
				before = append(before, head)
			}
			return before, append(text{tail}, t[i+1:]...)
		}
		n -= len(p.known)
		before = append(before, p)
		if n == 0 {
			return before, t[i+1:]
		}
	}
	return before, nil
}

// split cuts a known part in two.
func (p part) split(n int) (head, tail part) {
	head, tail = p, p
	head.known, tail.known = p.known[:n], p.known[n:]
	if p.exact {
		head.at.End = p.at.Start + n
		tail.at.Start = p.at.Start + n
	}
	return head, tail
}

// value returns what a text says where it stands, with what is still to be filled in being unknown.
func (t text) value() value.Value {
	return placed(t.content(), t.span(), t.via())
}

func (t text) content() value.Value {
	if s, known := t.literal(); known {
		if s == "" {
			return value.OfString("")
		}
		return literal.Text(s)
	}
	if len(t) == 1 {
		return t[0].unknown
	}
	parts := make([]value.Value, 0, len(t))
	for _, p := range t {
		switch {
		case !p.isKnown():
			parts = append(parts, p.unknown)
		case p.known != "":
			parts = append(parts, value.OfString(p.known))
		}
	}
	return value.OfText(parts...)
}

// placed returns a value as used at a place, to which it came by a way.
func placed(v value.Value, at source.Span, via *value.Origin) value.Value {
	return v.WithOrigin(&value.Origin{Span: at, Via: via})
}

// size is how many bytes of a text are known.
func (t text) size() int {
	n := 0
	for _, p := range t {
		n += len(p.known)
	}
	return n
}

// moved returns a text as it stands where a variable is used.
func (t text) moved(at source.Span, note string) text {
	out := make(text, len(t))
	for i, p := range t {
		via := &value.Origin{Span: p.at, Note: note, Via: p.via}
		if note == "" {
			via = p.via
		}
		out[i] = part{known: p.known, unknown: p.unknown, at: at, via: shortened(via)}
	}
	return out
}

// maxSteps bounds how many variables a value is followed through in what is told of it.
const maxSteps = 16

// shortened cuts a way that is too long to tell.
func shortened(o *value.Origin) *value.Origin {
	n := 0
	for at := o; at != nil; at = at.Via {
		if n++; n > maxSteps {
			return &value.Origin{Span: o.Span, Note: o.Note, Via: o.Root()}
		}
	}
	return o
}

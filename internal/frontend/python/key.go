package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// The keys of a dict that are no texts have names that no text has: a mark, what it is, and how it is written.
const (
	speltMark   = "\x00"
	speltNumber = speltMark + "n"
	speltTrue   = speltMark + "b1"
	speltFalse  = speltMark + "b0"
	speltNone   = speltMark + "None"
)

func isSpelt(name string) bool { return len(name) > 0 && name[0] == speltMark[0] }

// keyOf returns the name of the entry that a key leads to. None is known of a key that is no plain value, or that equals
// others which are written otherwise (1.0 and 1).
func keyOf(o object) (string, bool) {
	d, ok := o.(datum)
	if !ok {
		return "", false
	}
	if d.Kind() == value.KindAbsent {
		return speltNone, true
	}
	switch s, _ := d.Scalar(); s := s.(type) {
	case string:
		return s, !isSpelt(s)
	case bool:
		if s {
			return speltTrue, true
		}
		return speltFalse, true
	case value.Number:
		if n, whole := numberOf(d); whole && !n.real {
			return speltNumber + string(s), true
		}
	}
	return "", false
}

// keyObject returns the key that an entry's name stands for.
func keyObject(name string, at source.Span) object {
	switch {
	case !isSpelt(name):
		return datum{value.OfString(name).From(at)}
	case name == speltTrue, name == speltFalse:
		return datum{value.OfBool(name == speltTrue).From(at)}
	case name == speltNone:
		return none(at)
	}
	return datum{value.OfNumber(value.Number(strings.TrimPrefix(name, speltNumber))).From(at)}
}

// keyText returns the name of an entry as JSON spells the key.
func keyText(name string) string {
	switch {
	case !isSpelt(name):
		return name
	case name == speltTrue:
		return "true"
	case name == speltFalse:
		return "false"
	case name == speltNone:
		return "null"
	}
	return strings.TrimPrefix(name, speltNumber)
}

// sameKey reports whether two names are of one key: True equals 1 to Python.
func sameKey(a, b string) bool {
	if a == b {
		return true
	}
	return isSpelt(a) && isSpelt(b) && asNumber(a) == asNumber(b)
}

func asNumber(name string) string {
	switch name {
	case speltTrue:
		return speltNumber + "1"
	case speltFalse:
		return speltNumber + "0"
	}
	return name
}

func (c *content) findSpelt(name string) (int, bool) {
	for i := len(c.entries) - 1; i >= 0; i-- {
		if sameKey(c.entries[i].name, name) {
			return i, true
		}
	}
	return 0, false
}

// Package tri is Kleene's three-valued logic: what can't be known is a value, not a guess.
package tri

// A Bool is true, false or unknown. The zero value is Unknown, so that forgetting to decide is safe.
type Bool uint8

// The three values.
const (
	Unknown Bool = iota
	False
	True
)

// Of returns the Bool of a Go bool.
func Of(b bool) Bool {
	if b {
		return True
	}
	return False
}

// Not returns the negation; the negation of Unknown is Unknown.
func (b Bool) Not() Bool {
	switch b {
	case True:
		return False
	case False:
		return True
	}
	return Unknown
}

// And is False where either is False, else Unknown where either is Unknown.
func (b Bool) And(c Bool) Bool {
	switch {
	case b == False || c == False:
		return False
	case b == True && c == True:
		return True
	}
	return Unknown
}

// Or is True where either is True, else Unknown where either is Unknown.
func (b Bool) Or(c Bool) Bool { return b.Not().And(c.Not()).Not() }

// Any is the disjunction of all; of none it is False.
func Any(bs ...Bool) Bool {
	r := False
	for _, b := range bs {
		r = r.Or(b)
	}
	return r
}

// All is the conjunction of all; of none it is True.
func All(bs ...Bool) Bool {
	r := True
	for _, b := range bs {
		r = r.And(b)
	}
	return r
}

// String returns "true", "false" or "unknown".
func (b Bool) String() string {
	switch b {
	case True:
		return "true"
	case False:
		return "false"
	}
	return "unknown"
}

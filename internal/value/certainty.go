package value

import (
	"cmp"

	"github.com/vpclint/vpclint/internal/tri"
)

// Possible reports whether t holds in some world, or may.
func (t Truth) Possible() bool { return t.Known() != tri.False }

// Somewhere reports whether t certainly holds in some world.
func (t Truth) Somewhere() bool {
	if known := t.Known(); known != tri.Unknown {
		return known == tri.True
	}
	for _, c := range t.Cases() {
		if c.Holds == tri.True {
			return true
		}
	}
	return false
}

// Lacking is false where t holds, and unknown where it doesn't: what isn't known to be complete may have more. The reason
// is for where t has none.
func (t Truth) Lacking(reason string) Truth {
	if t.Known() == tri.True {
		return No()
	}
	cases := t.Cases()
	ts := make([]Truth, len(cases))
	for i, c := range cases {
		ts[i] = No()
		if c.Holds != tri.True {
			ts[i] = Unknowable(cmp.Or(c.Reason, reason), c.Origin)
		}
		ts[i] = ts[i].When(c.When)
	}
	return Join(ts...)
}

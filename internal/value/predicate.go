package value

import (
	"cmp"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
)

// Each returns the truth that f says of v in every world: of each arm of a choice, or of v itself.
func (v Value) Each(f func(Value) Truth) Truth {
	if v.Kind() != KindChoice {
		return f(v)
	}
	ts := make([]Truth, len(v.p.arms))
	for i, a := range v.p.arms {
		if a.Value.origin == nil {
			a.Value.origin = v.origin
		}
		ts[i] = f(a.Value).When(a.When)
	}
	return Join(ts...)
}

// Set holds where v is there at all: it is neither left out nor null.
func (v Value) Set() Truth {
	return v.Each(func(v Value) Truth {
		switch {
		case v.Kind() == KindAbsent:
			return Always(tri.False, v.origin)
		case v.Kind() == KindOpaque && !v.p.set:
			return Unknowable(v.Reason(), v.origin)
		case v.MayBeMissing():
			return Unknowable(cmp.Or(v.WhyMissing(), "it may not be there"), v.origin)
		}
		return Always(tri.True, v.origin)
	})
}

// NonEmpty holds where v is there and is neither the empty text nor a list or object without members.
func (v Value) NonEmpty() Truth {
	return v.Each(func(v Value) Truth {
		if v.MayBeMissing() && v.Kind() != KindAbsent {
			return Unknowable(cmp.Or(v.WhyMissing(), "it may not be there"), v.origin)
		}
		switch v.Kind() {
		case KindAbsent:
			return Always(tri.False, v.origin)
		case KindScalar:
			return Always(tri.Of(v.Literal() != ""), v.origin)
		case KindSymbol:
			return Always(tri.True, v.origin)
		case KindText:
			for _, part := range v.p.elems {
				if part.Kind() == KindScalar && part.Literal() != "" || part.Kind() == KindSymbol {
					return Always(tri.True, v.origin)
				}
			}
		case KindList:
			return v.nonEmptyList()
		case KindObject:
			if len(v.p.fields) > 0 {
				return Always(tri.True, v.origin)
			}
			if !v.p.open {
				return Always(tri.False, v.origin)
			}
		case KindOpaque:
			if v.p.set {
				return Always(tri.True, v.origin)
			}
		}
		return Unknowable(v.Reason(), v.origin)
	})
}

func (v Value) nonEmptyList() Truth {
	result := Always(tri.False, v.origin)
	for _, e := range v.p.elems {
		if e.MayBeMissing() {
			reason := e.WhyMissing()
			if reason == "" && e.Kind() != KindSymbol {
				reason = e.Reason()
			}
			result = result.Or(Unknowable(cmp.Or(reason, "it may have no elements"), v.origin))
			continue
		}
		// An element is one whatever its value, unless it is known to be none.
		there := e.Each(func(e Value) Truth {
			if text, known := e.AsString(); e.Kind() == KindAbsent || known && text == "" {
				return Always(tri.False, v.origin)
			}
			return Always(tri.True, v.origin)
		})
		if result = result.Or(there); result.Known() == tri.True {
			return result
		}
	}
	if v.p.open {
		result = result.Or(Unknowable(v.Reason(), v.origin))
	}
	return result
}

// Is holds where v is the string, boolean ("true", "false") or number that want spells.
func (v Value) Is(want string) Truth {
	return v.Each(func(v Value) Truth {
		switch v.Kind() {
		case KindAbsent, KindList, KindObject:
			return Always(tri.False, v.origin)
		case KindScalar:
			return Always(tri.Of(v.Literal() == want), v.origin)
		case KindText:
			if !v.mayBe(want) {
				return Always(tri.False, v.origin)
			}
		}
		return Unknowable(v.Reason(), v.origin)
	})
}

// IsTrue holds where v is the boolean true, or the text that AWS takes for it.
func (v Value) IsTrue() Truth {
	return v.Each(func(v Value) Truth {
		switch v.Kind() {
		case KindAbsent, KindList, KindObject:
			return Always(tri.False, v.origin)
		case KindScalar:
			b, ok := v.AsBool()
			return Always(tri.Of(ok && b), v.origin)
		}
		return Unknowable(v.Reason(), v.origin)
	})
}

// mayBe reports whether a text could be want, by its known prefix and suffix and the parts between.
func (v Value) mayBe(want string) bool {
	parts := v.Parts()
	for i, part := range parts {
		s, known := part.AsString()
		if !known {
			continue
		}
		switch {
		case i == 0:
			if !strings.HasPrefix(want, s) {
				return false
			}
			want = want[len(s):]
		case i == len(parts)-1:
			return strings.HasSuffix(want, s)
		default:
			at := strings.Index(want, s)
			if at < 0 {
				return false
			}
			want = want[at+len(s):]
		}
	}
	return true
}

// Prefix returns the known beginning of a text, and whether that is all of it.
func (v Value) Prefix() (text string, whole bool) {
	switch v.Kind() {
	case KindScalar:
		return v.Literal(), true
	case KindText:
		s, _ := v.p.elems[0].AsString()
		return s, false
	}
	return "", false
}

// Suffix returns the known end of a text, and whether that is all of it.
func (v Value) Suffix() (text string, whole bool) {
	switch v.Kind() {
	case KindScalar:
		return v.Literal(), true
	case KindText:
		s, _ := v.p.elems[len(v.p.elems)-1].AsString()
		return s, false
	}
	return "", false
}

// A Member is one thing that a list may hold, and the world in which it does.
type Member struct {
	Value Value
	When  World
}

// Members returns what v holds, as a list of texts: CloudFormation takes a scalar for a list of one. The truth says in
// which worlds nothing else can be in it.
func (v Value) Members() ([]Member, Truth) {
	var out []Member
	if n := len(v.Elems()); n > 0 {
		out = make([]Member, 0, n)
	}
	return v.members(nil, out)
}

// maxMembers bounds what one list is expanded to.
const maxMembers = 4096

// members appends to out what v holds in a world.
func (v Value) members(when World, out []Member) ([]Member, Truth) {
	if len(out) > maxMembers {
		return out, Unknowable("the list is too long", v.origin)
	}
	switch v.Kind() {
	case KindAbsent:
		return out, Yes().When(when)
	case KindChoice:
		var ts []Truth
		for _, a := range v.p.arms {
			w, ok := when.And(a.When)
			if !ok {
				continue
			}
			arm := a.Value
			if arm.origin == nil {
				arm.origin = v.origin
			}
			arm = arm.MaybeAs(v)
			var there Truth
			out, there = arm.members(w, out)
			ts = append(ts, there)
		}
		return out, Join(ts...)
	case KindList:
		complete := Always(tri.True, v.origin).When(when)
		for _, e := range v.p.elems {
			if e.origin == nil {
				e.origin = v.origin
			}
			var there Truth
			out, there = e.members(when, out)
			complete = complete.And(there)
		}
		if v.p.open && !v.p.alike {
			return out, complete.And(Unknowable(v.Reason(), v.origin).When(when))
		}
		return out, complete
	case KindOpaque:
		return append(out, Member{Value: v, When: when}), Unknowable(v.Reason(), v.origin).When(when)
	}
	return append(out, Member{Value: v, When: when}), Always(tri.True, v.origin).When(when)
}

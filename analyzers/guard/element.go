package guard

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// each joins with or what f says of each text that an element names, and shows the first that it may be so of. What else
// the element may name leaves it open. Texts are looked at one by one: what several cover together isn't seen.
func (e Element) each(f func(v value.Value) value.Truth) Fact {
	fact, complete := e.known(f)
	fact.Holds = fact.Holds.Or(complete.Lacking("not all of it is known"))
	return fact
}

// known is each of the texts that are known to be there, and says in which worlds there are no others.
func (e Element) known(f func(v value.Value) value.Truth) (Fact, value.Truth) {
	members, complete := e.Members()
	fact := Fact{Holds: value.No(), At: e.Origin()}
	found := false
	for _, m := range members {
		v := continued(m.Value, e.Value)
		t := f(v).And(there(v, m.When))
		if !found && t.Possible() {
			found, fact.At = true, v.Origin()
		}
		fact.Holds = fact.Holds.Or(t)
	}
	return fact, complete
}

// A verb is an action that is known, in lower case, perhaps with wildcards.
type verb struct {
	text string
	at   *value.Origin
}

// verbs returns the actions that an element names in every world, and whether it names no others.
func (e Element) verbs() ([]verb, bool) {
	members, complete := e.Members()
	all := complete.Known() == tri.True
	out := make([]verb, 0, len(members))
	for _, m := range members {
		v := continued(m.Value, e.Value)
		text, known := v.AsString()
		if !known || len(m.When) > 0 || v.MayBeMissing() || !ascii(text) {
			all = false
			continue
		}
		out = append(out, verb{text: strings.ToLower(text), at: v.Origin()})
	}
	return out, all
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// Covers says in which worlds an element is for every text that a pattern stands for.
func (e Element) Covers(what Pattern) Fact {
	if e.Not {
		return e.otherwise(e.named(what, Pattern.overlaps))
	}
	return e.named(what, Pattern.covers)
}

// Touches says in which worlds an element is for some text that a pattern stands for.
func (e Element) Touches(what Pattern) Fact {
	if e.Not {
		return e.otherwise(e.named(what, Pattern.covers))
	}
	return e.named(what, Pattern.overlaps)
}

// TouchesEach is Touches of each of several patterns. The element's texts are read once.
func (e Element) TouchesEach(what []Pattern) []Fact {
	out := make([]Fact, len(what))
	if e.Not {
		for i := range what {
			out[i] = e.Touches(what[i])
		}
		return out
	}
	members, complete := e.Members()
	lacking := complete.Lacking("not all of it is known")
	for i := range out {
		out[i] = Fact{Holds: value.No(), At: e.Origin()}
	}
	found := make([]bool, len(what))
	for _, m := range members {
		v := continued(m.Value, e.Value)
		p, there := e.pattern(v), there(v, m.When)
		for i := range what {
			t := truth(p.overlaps(e.fold(what[i])), v).And(there)
			if !found[i] && t.Possible() {
				found[i], out[i].At = true, v.Origin()
			}
			out[i].Holds = out[i].Holds.Or(t)
		}
	}
	for i := range out {
		out[i].Holds = out[i].Holds.Or(lacking)
	}
	return out
}

// pattern returns the pattern that one of the element's texts spells.
func (e Element) pattern(v value.Value) Pattern { return e.fold(patternOf(v, e.Naming)) }

func (e Element) fold(p Pattern) Pattern {
	if e.Folds {
		return p.folded()
	}
	return p
}

// named says in which worlds a text that the element names compares so with a pattern.
func (e Element) named(what Pattern, compare func(p, what Pattern) tri.Bool) Fact {
	what = e.fold(what)
	return e.each(func(v value.Value) value.Truth { return truth(compare(e.pattern(v), what), v) })
}

// otherwise is the answer of an element that names what a statement is not for.
func (e Element) otherwise(f Fact) Fact { return Fact{Holds: f.Holds.Not(), At: e.Origin()} }

// truth is what a comparison with a value comes to.
func truth(b tri.Bool, v value.Value) value.Truth {
	if b == tri.Unknown {
		return unread(v, "it is too long to be compared")
	}
	return value.Always(b, v.Origin())
}

// EveryAction says in which worlds a statement is for every action of a service; of a service that isn't known, "", for
// every action of some service.
func (s *Statement) EveryAction(service string) Fact {
	if service != "" {
		return s.Actions.Covers(Glob(service + ":*"))
	}
	if s.Actions.Not {
		return Fact{Holds: value.No(), At: s.Actions.Origin()} // some action is exempt
	}
	return s.Actions.each(func(v value.Value) value.Truth {
		p := patternOf(v, s.Actions.Naming)
		for i, t := range p {
			if t == ':' {
				return truth(p[i+1:].covers(Glob("*")), v)
			}
		}
		return truth(p.covers(Glob("*")), v)
	})
}

// EveryResource says in which worlds a statement is on every resource of a service, of whichever account. What is on
// everything but what it names counts: the resources of others are among it.
func (s *Statement) EveryResource() Fact {
	if s.Resources.Not {
		return s.Resources.otherwise(s.Resources.each(func(v value.Value) value.Truth {
			p := patternOf(v, s.Resources.Naming)
			return truth(everyARN(p).Or(p.overlaps(strangersBucket)).Or(p.overlaps(strangersObject)), v)
		}))
	}
	return s.Resources.each(func(v value.Value) value.Truth {
		return truth(everyARN(patternOf(v, s.Resources.Naming)), v)
	})
}

// What belongs to nobody whom a policy names.
var (
	strangersBucket = Glob("arn:aws:s3:::" + own)
	strangersObject = Glob("arn:aws:s3:::" + own + "/" + own)
)

// The parts of an ARN: arn:partition:service:region:account:resource. AWS: "Amazon Resource Names (ARNs)".
const arnParts = 6

// everyARN says whether a pattern is for every resource of an account that may be any: "*", "arn:aws:s3:::*".
func everyARN(p Pattern) tri.Bool {
	all := p.covers(Glob("*"))
	parts := p.split(arnParts)
	switch last := len(p) - 1; {
	case all == tri.True, last < 0, p[last] != anyText && p[last] != hole:
		return all
	case len(parts) < arnParts && !p.whole():
		return tri.Unknown
	case len(parts) < arnParts:
		return all
	}
	account := tri.Of(len(parts[4]) == 0).Or(parts[4].covers(Glob("*")))
	return all.Or(account.And(parts[5].covers(Glob("*"))))
}

// touchesObjects says in which worlds an element names objects of a bucket. A pattern that only happens to be so of some of
// their keys, as "arn:aws:s3:::*models*" is, doesn't name them.
func (e Element) touchesObjects(bucket string) Fact {
	if e.Not {
		return e.Touches(Glob(bucket + "/" + string(Stranger)))
	}
	return e.each(func(v value.Value) value.Truth {
		p := patternOf(v, e.Naming)
		if i := slices.Index(p, '/'); i >= 0 {
			return truth(p[:i].overlaps(Glob(bucket)), v)
		}
		return truth(p.overlaps(Glob(bucket+"/"+string(Stranger))), v)
	})
}

// coversOwnObjects says in which worlds an element of a bucket's policy is for all of the bucket's objects. Whatever stands
// in a bucket's place there is that bucket: S3 takes no policy on another's. AWS: S3 user guide, "Bucket policies for Amazon
// S3"; API_PutBucketPolicy.
func (e Element) coversOwnObjects() Fact {
	if e.Not {
		return e.Covers(Glob("arn:*:s3:::*/*"))
	}
	return e.each(func(v value.Value) value.Truth {
		p := patternOf(v, e.Naming)
		switch i := slices.Index(p, '/'); {
		case i >= 0:
			return truth(p[i+1:].covers(Glob("*")), v)
		case len(p) > 0 && p[len(p)-1] == anyText:
			return value.Always(tri.True, v.Origin())
		case !p.whole():
			return unread(v, "")
		}
		return value.Always(tri.False, v.Origin())
	})
}

// split cuts a pattern at its colons into n parts at most.
func (p Pattern) split(n int) []Pattern {
	var parts []Pattern
	for len(parts) < n-1 {
		i := slices.Index(p, ':')
		if i < 0 {
			break
		}
		parts = append(parts, p[:i])
		p = p[i+1:]
	}
	return append(parts, p)
}

// anyone is who everyone is among. AWS: "AWS JSON policy elements: Principal", "All principals".
const anyone = "*"

// EveryPrincipal says in which worlds a statement is for principals of any account. One that is for everybody but who it
// names is.
func (s *Statement) EveryPrincipal() Fact {
	fact := s.Principals.accounts(func(e Element) Fact {
		return e.each(func(v value.Value) value.Truth { return v.Is(anyone) })
	})
	if s.Principals.Not {
		return s.Principals.otherwise(fact)
	}
	return fact
}

// SomePrincipal says in which worlds a statement is for any account, role or user at all: services and those who sign in
// elsewhere are none.
func (s *Statement) SomePrincipal() Fact {
	if s.Principals.Not {
		return s.EveryPrincipal()
	}
	return s.Principals.accounts(func(e Element) Fact {
		return e.each(func(v value.Value) value.Truth { return v.NonEmpty() })
	})
}

// accounts answers for the accounts, roles and users that an element names: "*", or those under AWS.
func (e Element) accounts(f func(Element) Fact) Fact {
	at := e.Origin()
	holds := e.Each(func(v value.Value) value.Truth {
		if v.Kind() == value.KindObject {
			group, ok := v.Field("AWS")
			if !ok && v.Open() {
				return unread(v, "")
			}
			v = continued(group.Value, v)
		}
		fact := f(Element{Value: v, Naming: e.Naming})
		if fact.Holds.Possible() && fact.At != nil {
			at = fact.At
		}
		return fact.Holds
	})
	return Fact{Holds: holds, At: at}
}

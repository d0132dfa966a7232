package guard

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Unrestricted finds the statements by which any principal may do anything to any resource of a service, one answer for each
// that may be one. No Deny is looked at. It is unrestricted where somebody whom the policy doesn't name can use it on what
// the policy doesn't name: an allow for everybody but a few is. The service is that of the actions, or "" where it isn't
// known.
func (d *Document) Unrestricted(service string) []Fact {
	var out []Fact
	for i := range d.Statements {
		s := &d.Statements[i]
		action := s.EveryAction(service)
		holds := s.Allows().And(s.EveryPrincipal().Holds).And(action.Holds).And(s.EveryResource().Holds)
		if holds.Possible() {
			// Where each part is known to narrow it, the conditions need not be read.
			holds = holds.And(s.Admits(strangers))
		}
		if holds.Possible() {
			out = append(out, Fact{Holds: holds, At: action.At})
		}
	}
	if unread := d.Unread(); unread.Possible() {
		out = append(out, Fact{Holds: unread})
	}
	return out
}

// strangers are requests by somebody whom the policy doesn't name, on something that it doesn't name, through one of its own
// endpoints. How a request is made is up to who makes it.
func strangers(key string) []Situation {
	switch {
	case ConcernOf(key) == OfManner:
		return nil
	case ofEndpoint(key):
		return Unnamed(key)
	}
	return unnamed(key)
}

// unnamed are requests with values of a key that no policy names, and without it where they may be.
func unnamed(key string) []Situation {
	if Always(key) {
		return Unnamed(key)
	}
	return append(Unnamed(key), Absent())
}

// ofEndpoint reports whether every request through an endpoint has a key: all that say where it comes from but the address
// on the internet. AWS: "AWS global condition context keys", aws:SourceIp, aws:SourceVpce.
func ofEndpoint(key string) bool { return ConcernOf(key) == OfNetwork && !isAddress(key) }

// isAddress reports whether a key is the address on the internet that a request comes from.
func isAddress(key string) bool { return strings.EqualFold(key, "aws:SourceIp") }

// Reaches says in which worlds an endpoint's policy lets somebody of its account do something to objects of a bucket, by its
// ARN, which belongs to somebody else. A Deny that excepts principals by name counts: it is for all others.
func (d *Document) Reaches(action, bucket string) value.Truth {
	what, objects := Glob(action), Glob(bucket+"/*")
	reached, denied := d.Unread(), d.Unread()
	for i := range d.Statements {
		s := &d.Statements[i]
		reached = reached.Or(s.Allows().And(s.SomePrincipal().Holds).And(s.Actions.Touches(what).Holds).
			And(s.Resources.touchesObjects(bucket).Holds).And(s.Admits(insiders)))
		denied = denied.Or(s.Denies().And(s.EveryPrincipal().Holds).And(s.Actions.Covers(what).Holds).
			And(s.Resources.Covers(objects).Holds).And(s.Binds(through)))
	}
	return reached.And(denied.Not())
}

// insiders are requests by somebody of the account, on what belongs to somebody else.
func insiders(key string) []Situation {
	if ConcernOf(key) != OfResource {
		return nil
	}
	if tagged(key) {
		return unnamed(key)
	}
	return Unnamed(key)
}

// tagged reports whether a key is a tag, which a resource need not have.
func tagged(key string) bool { return strings.Contains(key, "/") }

// through are the requests of insiders that a service of AWS's doesn't make for them, through an endpoint of their own.
func through(key string) []Situation {
	switch ConcernOf(key) {
	case OfNetwork:
		if isAddress(key) {
			return []Situation{Absent()}
		}
		return []Situation{Named()}
	case OfPrincipal:
		if ofAccount(key) {
			return []Situation{Named()}
		}
		return unnamed(key)
	case OfResource:
		return insiders(key)
	}
	return direct(key)
}

// ofAccount reports whether a key tells the account or organization of who asks, not who in it.
func ofAccount(key string) bool {
	switch strings.ToLower(key) {
	case "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths", "kms:calleraccount":
		return true
	}
	return false
}

// direct are requests that somebody makes himself, by whatever means but without encryption.
func direct(key string) []Situation {
	switch {
	case ConcernOf(key) == OfService && Always(key), strings.EqualFold(key, "aws:SecureTransport"):
		return Unnamed(key)
	case ConcernOf(key) == OfService:
		return []Situation{Absent()}
	}
	return nil
}

// Repels says in which worlds a bucket's policy denies an action on all of its objects to requests that come through no VPC
// endpoint, whoever makes them. Principals, accounts and services that are excepted by name don't weaken it.
func (d *Document) Repels(action string) Fact {
	what := Glob(action)
	fact := Fact{Holds: d.Unread()}
	for i := range d.Statements {
		s := &d.Statements[i]
		if !s.aboutNetwork() {
			continue
		}
		here := s.Denies().And(s.EveryPrincipal().Holds).And(s.Actions.Covers(what).Holds).
			And(s.Resources.coversOwnObjects().Holds).And(s.Binds(outside))
		if fact.At == nil && here.Possible() {
			fact.At = s.Origin
		}
		fact.Holds = here.Or(fact.Holds)
	}
	return fact
}

// aboutNetwork reports whether a statement may turn on where a request comes from: it has such a condition, none at all, or
// some that aren't known. A Deny for other accounts says nothing of requests from outside by one's own.
func (s *Statement) aboutNetwork() bool {
	if len(s.Conditions) == 0 || s.ConditionsComplete.Known() != tri.True {
		return true
	}
	return slices.ContainsFunc(s.Conditions, func(c Condition) bool { return ConcernOf(c.Key) == OfNetwork })
}

// outside are the requests to a resource that come from the internet.
func outside(key string) []Situation {
	switch ConcernOf(key) {
	case OfNetwork:
		if isAddress(key) {
			return Unnamed(key)
		}
		return []Situation{Absent()}
	case OfPrincipal:
		return unnamed(key)
	case OfResource:
		if tagged(key) {
			return unnamed(key)
		}
		return []Situation{Named()}
	}
	return direct(key)
}

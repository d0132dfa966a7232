package rules

import (
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// generous are policies of AWS's that allow the creations, each but for some. AWS: AWS managed policy reference guide.
var generous = map[string][]string{
	"AmazonSageMakerFullAccess": {"CreateDomain"}, "DataScientist": {"CreateDomain"}, "AdministratorAccess": nil, "PowerUserAccess": nil,
}

// guardsOnly gathers the guards of a principal of whom the tree shows nothing that allows a creation: what its guards leave out
// may be allowed by what isn't shown.
func (r *identityReader) guardsOnly(who *network.Principal) {
	if !slices.ContainsFunc(who.Policies, func(h network.HeldPolicy) bool { return r.read(h.PolicyDocument).guards() }) {
		return
	}
	s := r.surroundings(who)
	if len(s.guards) == 0 {
		return
	}
	allowed, via, by := value.No(), (*value.Origin)(nil), ""
	var but []string
	for _, h := range who.ByAWS {
		// Of several the one with fewer exceptions counts.
		if except, ok := generous[h.Name]; ok && (by == "" || len(except) < len(but)) {
			allowed, via, by, but = allowed.Or(h.Holds), h.Via, h.Name, except
		}
	}
	switch {
	case who.Kind == model.Nobody:
		allowed = value.Unknowable("what it is attached to is not in the tree", nil)
	case who.Resource == nil:
		allowed = allowed.Or(value.Unknowable("what else its holder may do is not in the tree", nil))
	default:
		allowed = allowed.Or(who.PoliciesComplete.Lacking("not all of its policies are known"))
	}
	// What else forbids something leaves a gap open, what else allows something makes it one: the latter is asked for above.
	s.complete = who.BoundariesComplete
	first := s.guards[0]
	t := s.leave(r.anything(allowed), but...)
	t.who, t.holds, t.via, t.by = who, first.HeldPolicy.Holds, via, by
	r.add(first, t)
}

// guards reports whether a document may have a guard.
func (d *document) guards() bool {
	return slices.ContainsFunc(d.statements, func(st statement) bool { return st.guards.Possible() })
}

// add adds somebody to those who have a guard beside which there is no Allow.
func (r *identityReader) add(first held, t tenure) {
	key := grantKey{first.Resource.Head().Addr(), first.Span, first.index}
	g := r.seen[key]
	if g == nil {
		g = newGrant(first.PolicyDocument, first.statement)
		r.seen[key] = g
		r.guards = append(r.guards, g)
	}
	g.tenures = append(g.tenures, t)
}

// organization gathers the guards of an organization's policies. Each bounds what others allow, which isn't asked; those that are
// attached to one and the same target bound it together.
func (r *identityReader) organization(all []*network.OrganizationPolicy) {
	for _, o := range all {
		d := r.read(o.PolicyDocument)
		if !d.guards() {
			continue
		}
		s := &surroundings{complete: value.Yes(), guarded: value.No()}
		own := network.HeldPolicy{PolicyDocument: o.PolicyDocument, Holds: value.Yes()}
		s.deny(own, d)
		first := s.guards[0]
		for _, other := range all {
			if beside := besides(o, other); other != o && beside.Possible() {
				s.deny(network.HeldPolicy{PolicyDocument: other.PolicyDocument, Holds: beside}, r.read(other.PolicyDocument))
			}
		}
		t := s.leave(r.anything(value.Yes()))
		t.holds = o.Holds
		r.add(first, t)
	}
}

// besides says in which worlds another policy bounds all that one does.
func besides(o, other *network.OrganizationPolicy) value.Truth {
	if len(o.Targets) == 0 || len(other.Targets) == 0 {
		return value.Unknowable("what "+other.Resource.Head().Subject()+" is attached to is not in the tree", nil)
	}
	all := value.Yes()
	for _, target := range o.Targets {
		some := value.No()
		for _, t := range other.Targets {
			if target.Key != "" && t.Key == target.Key {
				some = some.Or(t.Holds)
			}
		}
		all = all.And(some)
	}
	return all
}

// denial returns the suspect that the finding on a guard would be.
func (g *grant) denial() Suspect {
	of := func(t *tenure) value.Truth { return t.some }
	s := Suspect{Wrong: g.wrong(of), At: g.at, From: g.action}
	if !s.Wrong.Somewhere() {
		return s
	}
	l := g.leak(of)
	s.Help = l.help()
	first := l.whose[0]
	whole := slices.DeleteFunc(guarded(first.guards), func(action string) bool { return !slices.Contains(first.closed, action) })
	if len(whole) > 0 {
		s.Message = "requires sagemaker:VpcSubnets of " + actionNames(whole) + ", but not of " + actionNames(l.actions)
	} else {
		s.Message = "doesn't require sagemaker:VpcSubnets of every request for " + actionNames(l.actions)
	}
	if l.first != nil && l.first.Witness != nil && g.statement != nil {
		s.Because = append(s.Because, finding.Step{Span: headOf(g.statement), Message: l.first.Witness.String() + " is not denied"})
	}
	if who := l.subject(); who != "" && first.via != nil {
		s.Because = append(s.Because, finding.Step{Span: first.via.Span, Message: who + " has " + first.by + ", which allows it"})
	}
	return s
}

// guarded returns the creations that some guards forbid without a VPC.
func guarded(guards []held) []string {
	var out []string
	for i, action := range creations {
		if slices.ContainsFunc(guards, func(h held) bool { return h.guardsAction(i).Known() != tri.False }) {
			out = append(out, action)
		}
	}
	return out
}

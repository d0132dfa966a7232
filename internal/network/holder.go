package network

import (
	"cmp"
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An accessLinker finds who has a policy by what names them: a reference to a role, or its name, which is a role's own within
// an account and so within what is deployed together.
type accessLinker struct {
	*linker
	said   model.Access
	byAddr map[value.Address]*Principal
	byName map[holderName][]namesake
	// all are the principals in the order in which they are found, those without a policy among them.
	all []*Principal
	// unit is where each principal is declared, or first named.
	unit map[*Principal]string
	// managed are the policies of their own, by the resource that writes them and by their names.
	managed       map[value.Address]*model.PolicyDocument
	managedByName map[policyName][]*model.PolicyDocument
	// used are those that somebody has or is bounded by.
	used map[*model.PolicyDocument]bool
	// stray are doubts about whom a policy belongs to that may forbid something.
	stray map[model.HolderKind]*doubts
	// groups are the groups that each user is in.
	groups       map[*Principal][]membership
	organization []*OrganizationPolicy
	byPolicy     map[value.Address]*OrganizationPolicy
}

// A holderName is a name as what is deployed together knows it.
type holderName struct {
	kind      model.HolderKind
	unit, key string
}

// A namesake is who has a name in a world.
type namesake struct {
	to   *Principal
	when value.World
}

// A membership is a group that a user is in.
type membership struct {
	group *Principal
	holds value.Truth
}

func newAccessLinker(l *linker, e *model.Estate) *accessLinker {
	return &accessLinker{
		linker: l, said: e.Access(), byAddr: map[value.Address]*Principal{}, byName: map[holderName][]namesake{},
		unit: map[*Principal]string{}, managed: map[value.Address]*model.PolicyDocument{},
		managedByName: map[policyName][]*model.PolicyDocument{}, used: map[*model.PolicyDocument]bool{}, stray: map[model.HolderKind]*doubts{},
		groups: map[*Principal][]membership{}, byPolicy: map[value.Address]*OrganizationPolicy{},
	}
}

// declare takes note of the roles, users and groups of the tree.
func (a *accessLinker) declare(e *model.Estate) {
	for _, r := range e.Roles {
		a.declared(model.HolderRole, r, r.RoleName)
	}
	for _, r := range e.Users {
		a.declared(model.HolderUser, r, r.UserName)
	}
	for _, r := range e.Groups {
		a.declared(model.HolderGroup, r, r.GroupName)
	}
	for _, r := range e.PermissionSets {
		a.declared(model.HolderPermissionSet, r, r.Name)
	}
}

func (a *accessLinker) declared(kind model.HolderKind, r model.Resource, name value.String) {
	addr := r.Head().Addr()
	p := a.principal(kind, addr.Unit)
	p.Resource = r
	p.Name = value.OfSymbol(value.Ref{Addr: addr, Attr: "id"}).From(r.Head().Span())
	a.byAddr[addr] = p
	for _, arm := range name.Arms() {
		if key := nameKey(arm.Value); key != "" {
			at := holderName{kind, addr.Unit, key}
			a.byName[at] = append(a.byName[at], namesake{p, arm.When})
		}
	}
}

func (a *accessLinker) principal(kind model.HolderKind, unit string) *Principal {
	p := &Principal{Kind: kind, PoliciesComplete: value.Yes(), BoundariesComplete: value.Yes()}
	a.all = append(a.all, p)
	a.unit[p] = unit
	return p
}

// A holderEdge is somebody whom a value may name.
type holderEdge struct {
	to    *Principal
	holds value.Truth
}

// find returns whom a value names that a resource writes. Somebody of whom the tree has nothing else becomes known by it.
func (a *accessLinker) find(h model.Holder, by model.Resource) []holderEdge {
	unit, v := by.Head().Addr().Unit, a.lookedUp(h.Name)
	there := presence(v)
	if ref, ok := v.Symbol(); ok {
		if to := a.byAddr[ref.Addr]; to != nil && to.Kind == h.Kind {
			return []holderEdge{{to, a.of(by, to, there)}}
		}
	}
	for _, id := range a.literals[v.Literal()] {
		if to := a.byAddr[id.Ref.Addr]; to != nil && to.Kind == h.Kind {
			return []holderEdge{{to, a.of(by, to, there)}}
		}
	}
	key := holderKey(v)
	var out []holderEdge
	for _, of := range a.byName[holderName{h.Kind, unit, key}] {
		if key != "" {
			out = append(out, holderEdge{of.to, a.of(by, of.to, there.Within(of.when))})
		}
	}
	if len(out) > 0 {
		return out
	}
	if v.Kind() == value.KindOpaque {
		// What is only known to be computed from a role may name it.
		for _, ref := range v.Refs() {
			if to := a.byAddr[ref.Addr]; to != nil && to.Kind == h.Kind {
				out = append(out, holderEdge{to, value.Unknowable(v.Reason(), v.Origin())})
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	p := a.principal(h.Kind, unit)
	p.Name = v
	if key != "" {
		at := holderName{h.Kind, unit, key}
		a.byName[at] = append(a.byName[at], namesake{to: p})
	}
	return []holderEdge{{p, value.Yes()}}
}

// of says in which worlds what one resource writes is so of a principal.
func (a *accessLinker) of(by model.Resource, to *Principal, holds value.Truth) value.Truth {
	if to.Resource == nil {
		return holds
	}
	return belongs(by, to.Resource, holds)
}

// presence is true of what is there, and unknown of an element of a list that may be missing.
func presence(v value.Value) value.Truth {
	if v.MayBeMissing() {
		return value.Unknowable(cmp.Or(v.WhyMissing(), "it may not be there"), v.Origin())
	}
	return value.Always(tri.True, v.Origin())
}

// holderKey tells names apart. An attribute of what isn't declared is the same somebody whichever attribute it is.
func holderKey(v value.Value) string {
	if ref, ok := v.Symbol(); ok {
		return nameKey(value.OfSymbol(value.Ref{Addr: ref.Addr}))
	}
	return nameKey(v)
}

// The data sources that find roles, users and policies by what is said of them.
const (
	roleLookup   = "aws_iam_role"
	userLookup   = "aws_iam_user"
	groupLookup  = "aws_iam_group"
	policyLookup = "aws_iam_policy"
)

// accessLookups are the data sources that Link looks at to tell who has which policies, each with the property that names
// what it finds.
var accessLookups = map[string]string{roleLookup: "name", userLookup: "user_name", groupLookup: "group_name", policyLookup: "arn"}

// lookedUp returns the name that a data source looks for, in the place of what it finds.
func (a *accessLinker) lookedUp(v value.Value) value.Value {
	ref, ok := v.Symbol()
	if !ok {
		return v
	}
	raw := a.known(ref.Addr)
	if raw == nil || !raw.Data {
		return v
	}
	property, ok := accessLookups[raw.Type]
	if !ok {
		return v
	}
	switch name := raw.Props.Attr(property); name.Kind() {
	case value.KindAbsent, value.KindChoice:
		return v
	default:
		return name
	}
}

// hidden leaves open what can't be seen: a call of a module that isn't in the tree and gets a role's name may attach policies
// to it. One that gets its ARN makes something that acts as the role.
func (a *accessLinker) hidden() {
	for _, p := range a.all {
		if p.Resource == nil {
			continue
		}
		for _, g := range a.unseen.to[p.Resource.Head().Addr()] {
			if slices.Contains(nameAttrs, g.attr) {
				p.PoliciesComplete = p.PoliciesComplete.And(hidden(g.raw))
			}
		}
	}
}

// nameAttrs are the attributes of a role, a user or a group by which policies are attached to it; "" is all of it.
var nameAttrs = []string{"", "id", "name", "Ref", "RoleName", "UserName", "GroupName"}

// namesakes leaves open whose a policy is that is written apart for a name which nothing beside it declares, where something
// else in the tree does: both may be deployed to one account.
func (a *accessLinker) namesakes() {
	type name struct {
		kind model.HolderKind
		text string
	}
	strays, owners := map[name][]*Principal{}, map[name][]*Principal{}
	for _, p := range a.all {
		if p.Resource == nil {
			if text, known := p.Name.AsString(); known && text != "" {
				at := name{p.Kind, text}
				strays[at] = append(strays[at], p)
			}
		}
	}
	if len(strays) == 0 {
		return
	}
	for _, p := range a.all {
		if p.Resource == nil {
			continue
		}
		if text, known := nameOf(p.Resource).AsString(); known && len(strays[name{p.Kind, text}]) > 0 {
			at := name{p.Kind, text}
			owners[at] = append(owners[at], p)
		}
	}
	for _, p := range a.all {
		text, known := p.Name.AsString()
		if p.Resource != nil || !known {
			continue
		}
		for _, owner := range owners[name{p.Kind, text}] {
			mayBe(p, owner, "it may be "+owner.Resource.Head().Subject()+", which has policies of its own")
			mayBe(owner, p, "it may have the policies that are written for "+text+" elsewhere in the tree")
		}
	}
}

// mayBe leaves the policies of one principal open that may be another, which has policies that may forbid something.
func mayBe(p, other *Principal, reason string) {
	for _, h := range other.Policies {
		if mayForbid(h.Document.Value) {
			p.PoliciesComplete = p.PoliciesComplete.And(value.Unknowable(reason, &value.Origin{Span: h.Span}))
			return
		}
	}
	if other.PoliciesComplete.Known() != tri.True {
		p.PoliciesComplete = p.PoliciesComplete.And(value.Unknowable(reason, nil))
	}
}

// nameOf returns the name that a role, user or group is declared with.
func nameOf(r model.Resource) value.Value {
	switch r := r.(type) {
	case *model.Role:
		return r.RoleName.Value
	case *model.User:
		return r.UserName.Value
	case *model.Group:
		return r.GroupName.Value
	}
	return value.Value{}
}

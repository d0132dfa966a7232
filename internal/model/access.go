package model

import (
	"slices"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Access is what the estate's policies say about who may do what, whatever the form in which that is written: every
// document, every managed policy that is attached to somebody, and every user of a group. It draws no conclusion.
type Access struct {
	Documents   []PolicyDocument
	Attachments []PolicyAttachment
	Memberships []Membership
}

// A PolicyDocument is one policy.
type PolicyDocument struct {
	Kind PolicyKind
	// Name is what it is called; absent where it has no name.
	Name     value.String
	Document value.Policy
	// Holder is whose it is: who has an embedded policy, what a trust, resource or endpoint policy protects. A managed policy
	// and an organization's have none: they count where they are attached.
	Holder Holder
	// Holds says in which worlds the holder has it.
	Holds value.Truth
	// Resource is where it is written, and Span the place there.
	Resource Resource
	Span     source.Span
	// when is the world in which its resource says so.
	when value.World
}

// A PolicyKind says what a policy is for.
type PolicyKind uint8

// The kinds of policies.
const (
	// PolicyEmbedded is part of a role, a user, a group or a permission set.
	PolicyEmbedded PolicyKind = iota
	// PolicyManaged is one of its own, for identities or as their boundary.
	PolicyManaged
	// PolicyTrust says who may assume a role.
	PolicyTrust
	// PolicyResource says who may use a bucket or a key.
	PolicyResource
	// PolicyEndpoint says what goes through a VPC endpoint.
	PolicyEndpoint
	// PolicyOrganization bounds what accounts may do, where it is a service or resource control policy.
	PolicyOrganization
	// PolicyBare is a document of which the tree doesn't show what it is for: it may be any of these.
	PolicyBare
)

// String returns the kind in lower case.
func (k PolicyKind) String() string {
	return [...]string{"embedded", "managed", "trust", "resource", "endpoint", "organization", "bare"}[k]
}

// A Holder is who or what has a policy.
type Holder struct {
	Kind HolderKind
	// Name is its name, id or ARN, or a reference to it. Where more may hold a policy than can be known, one holder's is
	// opaque.
	Name value.Value
}

// A HolderKind says what a Holder is.
type HolderKind uint8

// The kinds of holders.
const (
	Nobody HolderKind = iota
	HolderRole
	HolderUser
	HolderGroup
	HolderBucket
	HolderKey
	HolderEndpoint
	HolderPermissionSet
	// HolderTarget is an account, a unit or the root of an organization.
	HolderTarget
)

// String returns the kind in lower case.
func (k HolderKind) String() string {
	return [...]string{"nobody", "role", "user", "group", "bucket", "key", "endpoint", "permission set", "target"}[k]
}

// A PolicyAttachment gives a managed policy to somebody.
type PolicyAttachment struct {
	// Policy is its ARN, id or name, or a reference to it.
	Policy value.Value
	Holder Holder
	// Boundary says that it bounds what the holder may do, and allows nothing by itself.
	Boundary bool
	Holds    value.Truth
	Resource Resource
	Span     source.Span
	when     value.World
}

// A Membership puts a user into a group.
type Membership struct {
	User, Group value.Value
	Holds       value.Truth
	Resource    Resource
	when        value.World
}

// An accessor is a resource that writes, attaches or holds policies, or puts users into groups.
type accessor interface {
	Resource
	access(a *accesses)
}

// Access gathers the policies of the estate, in the order in which the front-ends gave them.
func (e *Estate) Access() Access {
	var a accesses
	for _, r := range e.all {
		if x, ok := r.(accessor); ok {
			a.from(x)
		}
	}
	return a.Access
}

// accesses gathers what resources say.
type accesses struct {
	Access
	resource Resource
	exists   value.Truth
}

func (a *accesses) from(r accessor) {
	a.resource, a.exists = r, r.Head().Exists()
	r.access(a)
}

// self returns a reference to the resource.
func (a *accesses) self() value.Value {
	head := a.resource.Head()
	return value.OfSymbol(value.Ref{Addr: head.Addr(), Attr: "id"}).From(head.Span())
}

// each calls f for each thing that a list names and, where there may be more, for something unknown.
func each(list value.Value, f func(v value.Value, when value.World)) {
	members, complete := list.Members()
	for _, m := range members {
		if text, known := m.Value.AsString(); !known || text != "" {
			f(m.Value, m.When)
		}
	}
	for _, c := range complete.Cases() {
		said := slices.ContainsFunc(members, func(m value.Member) bool {
			_, both := m.When.And(c.When)
			return both && m.Value.Kind() == value.KindOpaque
		})
		if c.Holds == tri.Unknown && !said {
			f(value.OfOpaque(c.Reason, list.Refs()...).WithOrigin(c.Origin), c.When)
		}
	}
}

func (a *accesses) add(d PolicyDocument) {
	if d.Document.Kind() == value.KindAbsent {
		return
	}
	d.Resource, d.Holds = a.resource, value.In(d.when).And(a.exists)
	if d.Span.IsZero() {
		d.Span = a.resource.Head().Span()
	}
	a.Documents = append(a.Documents, d)
}

// own adds a document of which the resource itself is the holder.
func (a *accesses) own(kind PolicyKind, holder HolderKind, document value.Policy) {
	a.add(PolicyDocument{Kind: kind, Document: document, Holder: Holder{holder, a.self()}})
}

// apart adds a document for each holder that a list names.
func (a *accesses) apart(kind PolicyKind, holder HolderKind, holders value.Value, name value.String, document value.Policy) {
	each(holders, func(h value.Value, when value.World) {
		a.add(PolicyDocument{Kind: kind, Name: name, Document: document, Holder: Holder{holder, h}, when: when})
	})
}

// inline adds the documents that are written inside their holder.
func (a *accesses) inline(holder HolderKind, policies []InlinePolicy, whole Presence) {
	self := Holder{holder, a.self()}
	for i := range policies {
		p := &policies[i]
		d := PolicyDocument{Kind: PolicyEmbedded, Name: p.PolicyName, Document: p.PolicyDocument, Holder: self, when: p.When}
		d.Document.Property = indexed(d.Document.Property, i)
		if o := p.Body.Origin(); o != nil {
			d.Span = o.Span
		}
		a.add(d)
	}
	a.more(whole, self)
}

// more adds something unknown where a list may have more than its known elements.
func (a *accesses) more(whole Presence, holder Holder) {
	for _, arm := range whole.Arms() {
		if v := arm.Value; v.Kind() == value.KindList && v.Open() {
			unknown := value.OfOpaque(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
			a.add(PolicyDocument{
				Kind: PolicyEmbedded, Document: value.Policy{Leaf: value.Leaf{Value: unknown, Property: whole.Property, Known: true}},
				Holder: holder, when: arm.When,
			})
		}
	}
}

// attach adds an attachment for each policy that a list names, to each holder that another does.
func (a *accesses) attach(policies value.Value, kind HolderKind, holders value.Value, boundary bool) {
	each(policies, func(policy value.Value, when value.World) {
		each(holders, func(holder value.Value, also value.World) {
			both, possible := when.And(also)
			if !possible {
				return
			}
			a.Attachments = append(a.Attachments, PolicyAttachment{
				Policy: policy, Holder: Holder{kind, holder}, Boundary: boundary, Holds: value.In(both).And(a.exists),
				Resource: a.resource, Span: a.resource.Head().Span(), when: both,
			})
		})
	})
}

// member adds a membership for each user in each group.
func (a *accesses) member(users, groups value.Value) {
	each(users, func(user value.Value, when value.World) {
		each(groups, func(group value.Value, also value.World) {
			if both, possible := when.And(also); possible {
				a.Memberships = append(a.Memberships, Membership{user, group, value.In(both).And(a.exists), a.resource, both})
			}
		})
	})
}

package network

import (
	"sync"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// Access is who has which policies, as far as the tree shows.
type Access struct {
	Principals []*Principal
	// Organization are the policies that bound whole accounts, apart from who is in them.
	Organization []*OrganizationPolicy
}

// A Principal is somebody of whom the tree shows policies: a role, a user (with the policies of its groups), a group of which
// no user is shown that has more, or nobody at all, where it shows a policy and not whose it is.
type Principal struct {
	Kind model.HolderKind
	// Resource is the role, user or group; nil where it isn't declared in the tree.
	Resource model.Resource
	// Name is how its policies name it; absent where nobody is known to have the policy.
	Name value.Value
	// Policies are those that grant it something.
	Policies []HeldPolicy
	// Boundaries are those that bound it. It has one at most; several are in different worlds.
	Boundaries []HeldPolicy
	// ByAWS are those that AWS manages, whose documents no tree has.
	ByAWS []AWSPolicy
	// PoliciesComplete and BoundariesComplete say in which worlds it has no others.
	PoliciesComplete, BoundariesComplete value.Truth
}

// A HeldPolicy is a policy that a principal has.
type HeldPolicy struct {
	*model.PolicyDocument
	// Holds says in which worlds the principal has it.
	Holds value.Truth
	// Via is where it is attached, where that is apart from both.
	Via *value.Origin
}

// An AWSPolicy is a policy that AWS manages and somebody has.
type AWSPolicy struct {
	// Name is what it is called without its path: "AmazonSageMakerFullAccess"; "" where that isn't known.
	Name  string
	Holds value.Truth
	Via   *value.Origin
}

// An OrganizationPolicy is one that bounds what accounts may do, whatever their own policies allow.
type OrganizationPolicy struct {
	*model.PolicyDocument
	// Holds says in which worlds it is a service or resource control policy.
	Holds value.Truth
	// Targets are the roots, units and accounts that it is attached to.
	Targets []PolicyTarget
}

// A PolicyTarget is what an organization's policy is attached to. Of two with equal keys it is certain that they are one.
type PolicyTarget struct {
	Name  value.Value
	Key   string
	Holds value.Truth
}

// Access returns who has which policies. It is linked when it is first asked for: most runs ask for none of it.
func (g *Graph) Access() *Access {
	if g.access == nil {
		return &Access{}
	}
	return g.access()
}

// access prepares the linking of policies with those who have them.
func (l *linker) access(e *model.Estate) {
	l.graph.access = sync.OnceValue(func() *Access {
		a := newAccessLinker(l, e)
		a.declare(e)
		a.documents()
		a.attachments()
		a.memberships()
		a.hidden()
		a.namesakes()
		return a.whole()
	})
}

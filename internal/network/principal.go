package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A Principal is somebody of whom the tree shows policies: a role, a user (with the policies of its groups), a group of which
// no user is shown, or nobody at all, where it shows a policy and not whose it is.
type Principal struct {
	// Resource is the role, user or group; nil where it isn't declared in the tree.
	Resource model.Resource
	// Name is how its policies name it; absent where nobody is known to have the policy.
	Name value.Value
	// Policies are those that grant it something.
	Policies []HeldPolicy
	// Boundaries are those that bound it. It has one at most; several are in different worlds.
	Boundaries []HeldPolicy
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

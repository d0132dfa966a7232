package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A SecurityGroup is a security group with its rules, in whatever style they are written.
type SecurityGroup struct {
	// Resource is the group, or the VPC that a default group comes with.
	model.Resource
	// Default reports whether it is its VPC's default group.
	Default bool
	// VPCs are those that it may be in: one, but for those that it is associated with.
	VPCs []Edge[VPC]
	// Ingress and Egress are what it lets in and out.
	Ingress, Egress []Permission
	// IngressComplete and EgressComplete say in which worlds it lets nothing else in, or out.
	IngressComplete, EgressComplete value.Truth
}

// A Permission is what a group lets through to or from one peer.
type Permission struct {
	model.Permission
	// Resource is what writes it: the group, or a rule apart from it.
	Resource model.Resource
	Holds    value.Truth
	// Groups are the peers, where the peer is a security group.
	Groups []Edge[SecurityGroup]
}

// groups links security groups with their rules.
func (l *linker) groups(e *model.Estate) {
	for _, r := range e.SecurityGroups {
		g := &SecurityGroup{Resource: r}
		g.VPCs, _ = resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		l.graph.SecurityGroups = append(l.graph.SecurityGroups, g)
		l.securityGroups[r.Addr()] = g
	}
}

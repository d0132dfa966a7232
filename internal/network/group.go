package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A SecurityGroup is a security group with its rules, in whatever style they are written.
type SecurityGroup struct {
	// Resource is the group, the VPC that a default group comes with, or the data source that finds one.
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

// Declared reports whether the tree makes the group, or the VPC that it comes with: what is only told by facts or looked up
// is nobody's to judge.
func (g *SecurityGroup) Declared() bool {
	raw := g.Head().Raw
	return !raw.Fact && !raw.Data
}

// SameGroup says in which worlds two edges lead to the same group.
func SameGroup(a, b Edge[SecurityGroup]) value.Truth {
	named := a.named().And(b.named())
	switch {
	case a.To != nil && a.To == b.To, a.To == nil && b.To == nil && value.Same(a.member, b.member):
		return named
	case a.member.Kind() == value.KindOpaque:
		return named.And(value.Unknowable(a.member.Reason(), a.From))
	case b.member.Kind() == value.KindOpaque:
		return named.And(value.Unknowable(b.member.Reason(), b.From))
	case a.To != nil && b.To != nil && !a.To.mayBe(b.To), a.known() && b.known():
		return value.No()
	case a.To != nil && b.To != nil:
		return named.And(value.Unknowable("it is not known whether "+a.To.Head().Subject()+" is "+b.To.Head().Subject(), a.From))
	case a.To == nil:
		return named.And(value.Unknowable(a.Reason, a.From))
	}
	return named.And(value.Unknowable(b.Reason, b.From))
}

// mayBe reports whether two groups may be one: what facts tell of, or a data source finds, may be what the tree declares.
// A data source that stands in the graph finds a default group.
func (g *SecurityGroup) mayBe(o *SecurityGroup) bool {
	found := g.Head().Raw.Data || o.Head().Raw.Data
	if found {
		return g.Default && o.Default || g.Head().Raw.Fact || o.Head().Raw.Fact
	}
	return g.Head().Raw.Fact != o.Head().Raw.Fact
}

// named says in which worlds an edge leads to what it names, though it isn't known what that is.
func (e Edge[T]) named() value.Truth {
	if e.To != nil {
		return e.Holds
	}
	var ts []value.Truth
	for _, c := range e.Holds.Cases() {
		if c.Holds == tri.Unknown && c.Reason == e.Reason {
			c.Holds, c.Reason = tri.True, ""
		}
		t := value.Always(c.Holds, c.Origin)
		if c.Holds == tri.Unknown {
			t = value.Unknowable(c.Reason, c.Origin)
		}
		ts = append(ts, t.When(c.When))
	}
	return value.Join(ts...)
}

// known reports whether an edge's id is known: one is written, or facts tell it.
func (e Edge[T]) known() bool {
	if e.To == nil {
		return idPattern.MatchString(e.Name)
	}
	r, ok := any(e.To).(model.Resource)
	return ok && r.Head().Raw.Fact
}

// A Permission is what a group lets through to or from one peer.
type Permission struct {
	model.Permission
	// Resource is what writes it: the group, or a rule apart from it.
	Resource model.Resource
	// Apart reports whether it is a rule apart from the group.
	Apart bool
	// Holds says in which worlds the group has it.
	Holds value.Truth
	// Groups are the peers, where the peer is a security group, and Lists, where it is a prefix list.
	Groups []Edge[SecurityGroup]
	Lists  []Edge[PrefixList]
}

// A direction is one of the two in which a group filters.
type direction string

// The directions, as Terraform's aws_security_group_rule spells them.
const (
	ingress direction = "ingress"
	egress  direction = "egress"
)

// in returns what a group lets through in one direction, and in which worlds that is all.
func (g *SecurityGroup) in(d direction) (*[]Permission, *value.Truth) {
	if d == ingress {
		return &g.Ingress, &g.IngressComplete
	}
	return &g.Egress, &g.EgressComplete
}

// groups links security groups with their rules.
func (l *linker) groups(e *model.Estate) {
	for _, r := range e.SecurityGroups {
		g := &SecurityGroup{Resource: r, IngressComplete: value.Yes(), EgressComplete: value.Yes()}
		g.VPCs, _ = resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		l.addGroup(g, r)
		in, inAll := r.AllIngress()
		out, outAll := r.AllEgress()
		l.write(g, ingress, r, in, inAll, value.Yes())
		l.write(g, egress, r, out, outAll, value.Yes())
	}
	l.defaultGroups(e)
	l.lookedUpGroups(e)
	for _, r := range e.SecurityGroupVPCs {
		l.shareGroup(r)
	}
	l.rulesApart(e)
	for _, r := range e.SecurityGroupRulesExclusive {
		l.exclusive(r)
	}
	names := l.groupNames()
	for _, g := range l.graph.SecurityGroups {
		l.peers(g, g.Ingress, names)
		l.peers(g, g.Egress, names)
	}
}

// addGroup makes a group the one that references to a resource are to.
func (l *linker) addGroup(g *SecurityGroup, r model.Resource) {
	l.graph.SecurityGroups = append(l.graph.SecurityGroups, g)
	l.securityGroups[r.Head().Addr()] = g
}

// write adds what a resource writes in a group, in the worlds in which that is so. The truth says in which it is all.
func (l *linker) write(g *SecurityGroup, d direction, r model.Resource, all []model.Permission, complete, holds value.Truth) {
	list, known := g.in(d)
	for i := range all {
		p := Permission{Permission: all[i], Resource: r, Holds: holds.And(value.In(all[i].When))}
		if p.Holds.Known() != tri.False {
			*list = append(*list, p)
		}
	}
	*known = known.And(holds.Not().Or(complete))
}

// shareGroup makes a group one of another VPC too.
func (l *linker) shareGroup(r *model.SecurityGroupVPCAssociation) {
	groups, _ := resolve(l, r.GroupID.Value, l.securityGroups, "security group")
	for _, g := range groups {
		if g.To != nil {
			vpcs, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
			g.To.VPCs = append(g.To.VPCs, during(vpcs, belongs(r, g.To, g.Holds).And(r.Exists()))...)
		}
	}
}

// groupNames returns the groups whose names are known, by unit and name. AWS takes a name for a group of the default VPC.
func (l *linker) groupNames() map[value.Address][]*SecurityGroup {
	names := map[value.Address][]*SecurityGroup{}
	for _, g := range l.graph.SecurityGroups {
		if r, ok := g.Resource.(*model.SecurityGroup); ok {
			if name, known := r.GroupName.AsString(); known && name != "" {
				at := value.Address{Unit: r.Addr().Unit, Name: name}
				names[at] = append(names[at], g)
			}
		}
	}
	return names
}

// peers links the peers of permissions that are groups.
func (l *linker) peers(g *SecurityGroup, all []Permission, names map[value.Address][]*SecurityGroup) {
	for i := range all {
		p := &all[i]
		switch peer := p.Peer; {
		case peer.Kind == model.PeerPrefixList:
			p.Lists, _ = resolve(l, peer.Value, l.lists, "prefix list")
		case peer.Kind != model.PeerSecurityGroup && peer.Kind != model.PeerGroupName:
		case peer.Self && peer.Value.Kind() == value.KindOpaque:
			p.Groups = []Edge[SecurityGroup]{{To: g, From: peer.Value.Origin(), Holds: value.Unknowable(peer.Value.Reason(), peer.Value.Origin())}}
		case peer.Self:
			p.Groups = []Edge[SecurityGroup]{{To: g, From: peer.Value.Origin(), Holds: value.Yes()}}
		default:
			p.Groups, _ = resolve(l, peer.Value, l.securityGroups, "security group")
			for j := range p.Groups {
				edge := &p.Groups[j]
				if named := names[value.Address{Unit: p.Resource.Head().Addr().Unit, Name: edge.Name}]; edge.To == nil && len(named) == 1 {
					edge.To, edge.Holds, edge.Reason = named[0], value.Always(tri.True, edge.From).Within(edge.when), ""
				}
				if edge.To != nil {
					edge.Holds = belongs(p.Resource, edge.To, edge.Holds)
				}
			}
		}
	}
}

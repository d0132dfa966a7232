package model

import (
	"slices"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Permission is what a security group lets through to or from one peer, whatever the form in which that is written.
type Permission struct {
	// Group is the group, or what names it.
	Group value.Value
	// Direction is "ingress" or "egress".
	Direction value.Value
	Traffic   Traffic
	Peer      Peer
	// When is the world in which it is one, and Span where it is written.
	When value.World
	Span source.Span
}

// A Peer is the other side of a permission.
type Peer struct {
	Kind  PeerKind
	Value value.Value
	// Property is the path of the member that names it, in the source's own spelling.
	Property string
	// Self is set where it is the group itself, without being named.
	Self bool
}

// A PeerKind says what a Peer's value is.
type PeerKind uint8

// The kinds of peers.
const (
	PeerCIDR PeerKind = iota
	PeerIPv6CIDR
	PeerPrefixList
	PeerSecurityGroup
	// PeerGroupName is a group of a default VPC, by its name.
	PeerGroupName
)

// String returns what EC2 calls it.
func (k PeerKind) String() string {
	return [...]string{"CidrIp", "CidrIpv6", "PrefixListId", "SecurityGroupId", "SecurityGroupName"}[k]
}

// A Permitting is a resource that writes permissions: a security group, or a rule apart from it.
type Permitting interface {
	Resource
	// Permissions returns what it lets through. The truth says in which worlds it lets nothing else through: a peer that isn't
	// known is that of a permission.
	Permissions() ([]Permission, value.Truth)
}

// permissions gathers the permissions of one resource.
type permissions struct {
	group    value.Value
	out      []Permission
	complete value.Truth
}

// add adds a permission for each peer.
func (p *permissions) add(direction value.Value, t Traffic, when value.World, at source.Span, peers peers) {
	one := Permission{Group: p.group, Direction: direction, Traffic: t, Span: at}
	for kind, list := range [...]value.Leaf{
		PeerCIDR: peers.cidrs.Leaf, PeerIPv6CIDR: peers.ipv6CIDRs.Leaf, PeerPrefixList: peers.prefixLists.Leaf,
		PeerSecurityGroup: peers.groups.Leaf, PeerGroupName: peers.name.Leaf,
	} {
		members, complete := list.Members()
		for _, m := range append(members, unlisted(list.Value, members, complete)...) {
			w, possible := when.And(m.When)
			if text, known := m.Value.AsString(); !possible || known && text == "" {
				continue
			}
			one.Peer, one.When = Peer{Kind: PeerKind(kind), Value: m.Value, Property: list.Property}, w
			p.out = append(p.out, one)
		}
	}
	for _, c := range peers.self.IsTrue().Cases() {
		w, possible := when.And(c.When)
		if !possible || c.Holds == tri.False {
			continue
		}
		self := p.group
		if c.Holds == tri.Unknown {
			self = value.OfOpaque(c.Reason)
		}
		one.When = w
		one.Peer = Peer{Kind: PeerSecurityGroup, Value: self.WithOrigin(peers.self.Origin()), Property: peers.self.Property, Self: true}
		p.out = append(p.out, one)
	}
}

// unlisted returns a member that isn't known for the worlds in which a list may have more than its members. What isn't known
// as a whole is its own member.
func unlisted(list value.Value, members []value.Member, complete value.Truth) []value.Member {
	var out []value.Member
	for _, c := range complete.Cases() {
		unknown := func(m value.Member) bool { return m.Value.Kind() == value.KindOpaque && m.When.Meets(c.When) }
		if c.Holds == tri.Unknown && !slices.ContainsFunc(members, unknown) {
			out = append(out, value.Member{Value: value.OfOpaque(c.Reason, list.Refs()...).WithOrigin(c.Origin), When: c.When})
		}
	}
	return out
}

// peers are the members of a rule that name the other side.
type peers struct {
	cidrs, ipv6CIDRs, prefixLists, groups value.Strings
	name                                  value.String
	self                                  value.Bool
}

// The directions of rules, as Terraform spells them.
const (
	ingress = "ingress"
	egress  = "egress"
)

// inline gathers the rules that are written in a group.
func inline(group Resource, in []IngressRule, out []EgressRule, wholes ...Presence) ([]Permission, value.Truth) {
	head := group.Head()
	p := permissions{
		group:    value.OfSymbol(value.Ref{Addr: head.Addr(), Attr: "id"}).From(head.Span()),
		complete: value.Yes(),
	}
	for _, whole := range wholes {
		_, complete := whole.Members()
		p.complete = p.complete.And(complete)
	}
	at := func(b Block) source.Span {
		if o := b.Body.Origin(); o != nil {
			return o.Span
		}
		return head.Span()
	}
	for i := range in {
		r := &in[i]
		if r.Body.Kind() == value.KindOpaque {
			continue // all that is known is that there may be a rule, which makes the whole incomplete
		}
		p.add(value.OfString(ingress), r.Traffic, r.When, at(r.Block), peers{r.CIDRs, r.IPv6CIDRs, r.PrefixListIDs, r.SecurityGroups, r.GroupName, r.Self})
	}
	for i := range out {
		r := &out[i]
		if r.Body.Kind() == value.KindOpaque {
			continue
		}
		p.add(value.OfString(egress), r.Traffic, r.When, at(r.Block), peers{r.CIDRs, r.IPv6CIDRs, r.PrefixListIDs, r.SecurityGroups, value.String{}, r.Self})
	}
	return p.out, p.complete
}

// Permissions implements Permitting: the rules that are written in the group.
func (g *SecurityGroup) Permissions() ([]Permission, value.Truth) {
	return inline(g, g.Ingress, g.Egress, g.InlineIngress, g.InlineEgress)
}

// Permissions implements Permitting.
func (g *DefaultSecurityGroup) Permissions() ([]Permission, value.Truth) {
	return inline(g, g.Ingress, g.Egress, g.InlineIngress, g.InlineEgress)
}

// Permissions implements Permitting.
func (r *SecurityGroupRule) Permissions() ([]Permission, value.Truth) {
	p := permissions{group: r.SecurityGroupID.Value, complete: value.Yes()}
	p.add(r.Type.Value, Traffic{r.IPProtocol, r.FromPort, r.ToPort}, nil, r.Span(),
		peers{r.CIDRs, r.IPv6CIDRs, r.PrefixListIDs, r.SecurityGroups, value.String{}, r.Self})
	return p.out, p.complete
}

// Permissions implements Permitting.
func (r *SecurityGroupIngress) Permissions() ([]Permission, value.Truth) {
	group := r.GroupID.Value
	if group.Kind() == value.KindAbsent {
		group = r.GroupName.Value
	}
	p := permissions{group: group, complete: value.Yes()}
	p.add(value.OfString(ingress), Traffic{r.IPProtocol, r.FromPort, r.ToPort}, nil, r.Span(),
		peers{r.CIDRs, r.IPv6CIDRs, r.PrefixListIDs, r.SecurityGroups, r.SourceName, value.Bool{}})
	return p.out, p.complete
}

// Permissions implements Permitting.
func (r *SecurityGroupEgress) Permissions() ([]Permission, value.Truth) {
	p := permissions{group: r.GroupID.Value, complete: value.Yes()}
	p.add(value.OfString(egress), Traffic{r.IPProtocol, r.FromPort, r.ToPort}, nil, r.Span(),
		peers{r.CIDRs, r.IPv6CIDRs, r.PrefixListIDs, r.SecurityGroups, value.String{}, value.Bool{}})
	return p.out, p.complete
}

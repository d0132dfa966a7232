package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A NetworkACL filters what goes in and out of its subnets. What no entry is about it denies.
type NetworkACL struct {
	// Resource is the ACL, or the VPC that a default one comes with.
	model.Resource
	Default bool
	VPCs    []Edge[VPC]
	Entries []ACLEntry
	// Complete says in which worlds it has no other entries.
	Complete value.Truth
}

// An ACLEntry is one entry of a network ACL; of those that match a packet the one with the lowest number decides.
type ACLEntry struct {
	model.ACLRule
	// Egress says which way it filters.
	Egress value.Bool
	Holds  value.Truth
}

// acls links network ACLs with their subnets and entries.
func (l *linker) acls(e *model.Estate) {
	subnets, entries := newDoubts(), newDoubts()
	for _, v := range l.graph.VPCs {
		v.ACL = &NetworkACL{
			Resource: v.Resource, Default: true, VPCs: []Edge[VPC]{{To: v, Holds: value.Yes()}}, Entries: openEntries(),
			Complete: l.unread(v, defaultACLAttrs...).And(l.listed(v, "describe-network-acls")),
		}
		l.graph.NetworkACLs = append(l.graph.NetworkACLs, v.ACL)
		l.acl[v.Head().Addr()] = v.ACL
	}
	for _, r := range e.NetworkACLs {
		a := &NetworkACL{Resource: r, Complete: l.unread(r)}
		a.VPCs, _ = resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		a.write(r.Ingress, r.Egress, r.InlineIngress, r.InlineEgress, value.Yes())
		l.graph.NetworkACLs = append(l.graph.NetworkACLs, a)
		l.acl[r.Addr()] = a
		l.filter(subnets, r, r.SubnetIDs.Value, []Edge[NetworkACL]{{To: a, Holds: value.Yes()}})
	}
	for _, r := range e.DefaultNetworkACLs {
		l.adoptACL(r, subnets)
	}
	for _, r := range e.SubnetNetworkACLs {
		acls, _ := resolve(l, r.NetworkACLID.Value, l.acl, "network ACL")
		l.filter(subnets, r, r.SubnetID.Value, acls)
	}
	for _, r := range e.NetworkACLEntries {
		l.aclEntry(entries, r)
	}
	for _, a := range l.graph.NetworkACLs {
		a.Complete = a.Complete.And(entries.of(a, vpcsOf(a.VPCs)))
	}
	for _, s := range l.graph.Subnets {
		complete := subnets.of(s, vpcsOf(s.VPCs)).And(l.unread(s))
		for _, edge := range s.VPCs {
			if edge.To != nil {
				complete = complete.And(edge.Holds.Not().Or(l.listed(edge.To, "describe-network-acls")))
			}
		}
		s.ACLsComplete = complete
	}
}

// openEntries are those that a default network ACL comes with: it lets everything through.
// AWS: VPC user guide, "Default network ACL".
func openEntries() []ACLEntry {
	text := func(s string) value.String { return value.String{Leaf: value.Leaf{Value: value.OfString(s)}} }
	var out []ACLEntry
	for _, egress := range []bool{false, true} {
		for i, any := range []string{"0.0.0.0/0", "::/0"} {
			e := ACLEntry{
				ACLRule: model.ACLRule{RuleAction: text("allow"), Protocol: text("-1")},
				Egress:  value.Bool{Leaf: value.Leaf{Value: value.OfBool(egress)}}, Holds: value.Yes(),
			}
			e.RuleNumber = value.Int{Leaf: value.Leaf{Value: value.OfInt(100 + i)}}
			if i == 0 {
				e.CIDRBlock = text(any)
			} else {
				e.IPv6CIDRBlock = text(any)
			}
			out = append(out, e)
		}
	}
	return out
}

// write adds the entries that are written in an ACL itself.
func (a *NetworkACL) write(in, out []model.ACLRule, allIn, allOut model.Presence, holds value.Truth) {
	for i, rules := range [][]model.ACLRule{in, out} {
		for _, r := range rules {
			a.Entries = append(a.Entries, ACLEntry{
				ACLRule: r, Egress: value.Bool{Leaf: value.Leaf{Value: value.OfBool(i == 1)}}, Holds: holds.And(value.In(r.When)),
			})
		}
	}
	for _, all := range []model.Presence{allIn, allOut} {
		_, complete := all.Members()
		a.Complete = a.Complete.And(holds.Not().Or(complete))
	}
}

// adoptACL makes a VPC's default ACL that of a resource which manages it: all entries but those that are written there go.
// Terraform: aws_default_network_acl.
func (l *linker) adoptACL(r *model.DefaultNetworkACL, subnets *doubts) {
	edges, _ := resolve(l, r.DefaultNetworkACLID.Value, l.vpcs, "VPC")
	if r.Raw.Fact || len(edges) == 1 && edges[0].To == nil {
		if told, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC"); len(told) > 0 {
			edges = told
		}
	}
	for _, e := range edges {
		if e.To == nil {
			continue // another VPC's: no resource but the default ACL of a VPC that is declared could be meant
		}
		if r.Raw.Fact && !e.To.Head().Raw.Fact {
			continue // the tree says what it has
		}
		acl := e.To.ACL
		adopted := belongs(r, e.To, e.Holds).And(r.Exists())
		for i := range acl.Entries {
			acl.Entries[i].Holds = acl.Entries[i].Holds.And(adopted.Not())
		}
		if adopted.Known() == tri.True {
			acl.Resource, acl.Entries = r, nil
		}
		acl.write(r.Ingress, r.Egress, r.InlineIngress, r.InlineEgress, adopted)
		acl.Complete = acl.Complete.And(l.unread(r))
		l.acl[r.Addr()] = acl
		l.filter(subnets, r, r.SubnetIDs.Value, []Edge[NetworkACL]{{To: acl, Holds: adopted}})
	}
}

// filter gives subnets an ACL.
func (l *linker) filter(strays *doubts, r model.Resource, ids value.Value, acls []Edge[NetworkACL]) {
	subnets, complete := resolve(l, ids, l.subnets, "subnet")
	for _, s := range subnets {
		if s.To == nil {
			if s.Name == "" && s.Holds.Known() != tri.False {
				l.doubt(strays, s.member, r.Head().Addr().Unit, stray(r, s, "it is not known which subnet "+r.Head().Subject()+" is for"))
			}
			continue
		}
		for _, a := range acls {
			holds := belongs(r, s.To, s.Holds).And(a.Holds).And(r.Head().Exists())
			s.To.ACLs = append(s.To.ACLs, Edge[NetworkACL]{To: a.To, Holds: holds, From: s.From, Name: a.Name, Reason: a.Reason})
		}
	}
	if ids.Kind() == value.KindList && complete.Known() != tri.True {
		l.doubt(strays, value.OfOpaque(ids.Reason()), r.Head().Addr().Unit, complete)
	}
}

// aclEntry adds an entry that stands apart.
func (l *linker) aclEntry(strays *doubts, r *model.NetworkACLEntry) {
	edges, _ := resolve(l, r.NetworkACLID.Value, l.acl, "network ACL")
	for _, e := range edges {
		if e.To == nil {
			if e.Name == "" && e.Holds.Known() != tri.False {
				l.doubt(strays, e.member, r.Addr().Unit, stray(r, e, "it is not known to which network ACL "+r.Subject()+" belongs"))
			}
			continue
		}
		e.To.Entries = append(e.To.Entries, ACLEntry{
			ACLRule: model.ACLRule{
				RuleNumber: r.RuleNumber, RuleAction: r.RuleAction, Protocol: r.Protocol, CIDRBlock: r.CIDRBlock,
				IPv6CIDRBlock: r.IPv6CIDRBlock, FromPort: r.FromPort, ToPort: r.ToPort,
			},
			Egress: r.Egress, Holds: belongs(r, e.To, e.Holds).And(r.Exists()),
		})
	}
}

// Filters returns the network ACLs that may be a subnet's: one that it is associated with, else its VPC's default one. The
// truth says in which worlds it is one of them. AWS: VPC user guide, "Network ACLs".
func (s *Subnet) Filters() ([]Edge[NetworkACL], value.Truth) {
	out := append([]Edge[NetworkACL]{}, s.ACLs...)
	given := value.No()
	for _, a := range s.ACLs {
		given = given.Or(a.Holds)
	}
	// A subnet has one ACL.
	own := s.ACLsComplete.Or(given)
	if given.Known() == tri.True {
		return out, own
	}
	known := value.No()
	for _, v := range s.VPCs {
		if v.To == nil {
			continue
		}
		known = known.Or(v.Holds)
		out = append(out, Edge[NetworkACL]{To: v.To.ACL, Holds: given.Not().And(s.ACLsComplete).And(v.Holds), From: v.From})
	}
	missing := value.Unknowable("the network ACL of "+s.Head().Subject()+" is not known", s.VPC.From)
	return out, own.And(given.Or(known).Or(missing))
}

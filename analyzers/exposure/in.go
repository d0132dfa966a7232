package exposure

import (
	"cmp"
	"net/netip"
	"slices"

	"go4.org/netipx"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// In reports whether what is started in a subnet is reached from the internet in one family of addresses, security groups
// aside: the subnet is public and gives out addresses of the internet, and neither its network ACL nor a public-access block
// keeps it away.
func (a *Analysis) In(s *network.Subnet, f Family) Fact {
	public := a.PublicIn(s, f)
	fact := Fact{Path: public.Path}
	fact.Holds = public.Holds.And(addressed(s, f))
	if fact.Holds.Known() != tri.False {
		fact.Holds = fact.Holds.And(a.blocked(s, false).Not()).And(a.passes(s, f))
	}
	return fact
}

// addressed says in which worlds what is started in a subnet has an address of the internet's.
func addressed(s *network.Subnet, f Family) value.Truth {
	switch r := s.Resource.(type) {
	case *model.Subnet:
		if f == IPv4 {
			return r.MapPublicIPOnLaunch.IsTrue()
		}
		return r.AssignIPv6AddressOnCreation.IsTrue().Or(r.IPv6Native.IsTrue())
	case *model.DefaultSubnet:
		if f == IPv4 {
			return r.MapPublicIPOnLaunch.IsTrue()
		}
		return r.AssignIPv6AddressOnCreation.IsTrue().Or(r.IPv6Native.IsTrue())
	}
	return value.Unknowable("it is not known which addresses "+s.Head().Subject()+" gives out", nil)
}

// passes says in which worlds a subnet's network ACL lets something in from the internet, and something out to it.
func (a *Analysis) passes(s *network.Subnet, f Family) value.Truth {
	acls, complete := s.Filters()
	passes := value.No()
	for _, acl := range acls {
		here := acl.Holds
		if acl.To == nil {
			here = here.And(value.Unknowable(acl.Reason, acl.From))
		} else {
			here = here.And(a.opens(acl.To, f, false)).And(a.opens(acl.To, f, true))
		}
		passes = passes.Or(here)
	}
	return passes.Or(complete.Lacking("not all of its routes and associations are known"))
}

// opens says in which worlds an ACL lets something of the internet through in one direction. Entries decide in the order of
// their numbers; an entry that denies counts where it is about every protocol and port. One of which it isn't known whether
// it is there, or where in the order, leaves open what stands after it.
func (a *Analysis) opens(acl *network.NetworkACL, f Family, egress bool) value.Truth {
	entries := slices.Clone(acl.Entries)
	number := func(e network.ACLEntry) int { n, _ := e.RuleNumber.AsInt(); return n }
	slices.SortStableFunc(entries, func(x, y network.ACLEntry) int { return cmp.Compare(number(x), number(y)) })
	var denied netipx.IPSetBuilder
	opens, undenied := value.No(), value.Yes()
	for _, e := range entries {
		cidr := e.CIDRBlock
		if f == IPv6 {
			cidr = e.IPv6CIDRBlock
		}
		holds := e.Holds.And(e.Egress.IsTrue())
		if !egress {
			holds = e.Holds.And(e.Egress.IsTrue().Not())
		}
		if cidr.Kind() == value.KindAbsent || !holds.Possible() {
			continue
		}
		if _, known := e.RuleNumber.AsInt(); !known {
			holds = holds.And(value.Unknowable("the number of an entry of "+acl.Head().Subject()+" is not known", e.RuleNumber.Origin()))
		}
		prefix, err := netip.ParsePrefix(cidr.Literal())
		denies := allows(e).Not().And(e.Protocol.Is("-1"))
		switch {
		case cidr.Kind() != value.KindScalar:
			open := value.Unknowable(cidr.Reason(), cidr.Origin())
			opens = opens.Or(holds.And(allows(e)).And(undenied).And(open))
			undenied = undenied.And(holds.And(denies).And(open).Not())
		case err != nil || prefix.Addr().Is4() != (f == IPv4):
		case holds.And(denies).Known() == tri.True:
			denied.AddPrefix(prefix)
		default:
			if left(prefix, &denied, &a.spaces[f]) {
				opens = opens.Or(holds.And(allows(e)).And(undenied))
			}
			if maybe := holds.And(denies); maybe.Possible() {
				undenied = undenied.And(maybe.And(value.Unknowable("whether an entry of "+acl.Head().Subject()+" denies it is not known", cidr.Origin())).Not())
			}
		}
		if opens.Known() == tri.True {
			return opens
		}
	}
	return opens.Or(acl.Complete.Lacking("not all entries of " + acl.Head().Subject() + " are known"))
}

func allows(e network.ACLEntry) value.Truth {
	return e.RuleAction.Is("allow").Or(e.RuleAction.Is("ALLOW"))
}

// left reports whether something of the internet is in a range, beside what is denied before.
func left(p netip.Prefix, denied *netipx.IPSetBuilder, s *space) bool {
	b := only(p)
	b.RemoveSet(set(denied.Clone()))
	b.Intersect(s.all)
	return len(set(b).Ranges()) > 0
}

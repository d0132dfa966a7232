package exposure

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// class says in which worlds what a route leads to is a way.
func (a *Analysis) class(t *network.Target, w way) value.Truth {
	switch t.Kind {
	case network.ToUnknown:
		return value.Unknowable(t.Reason, t.From)
	case network.ToInternetGateway:
		return value.Always(tri.Of(w == toGateway || w == through || w == openly), nil)
	case network.ToVPC, network.ToPeer:
		return value.No()
	}
	if w == toGateway {
		return value.No()
	}
	switch {
	case t.Kind == network.ToNatGateway && w == out:
		return a.nat(t)
	case t.Kind == network.ToNatGateway:
		return value.No() // a NAT gateway behind another: it has to stand in a public subnet
	case t.Kind == network.ToEgressOnlyInternetGateway:
		return value.Yes()
	case t.Kind == network.ToNatInstance:
		return value.Unknowable("whether "+t.What+" passes packets on is not known", t.From)
	}
	return value.Unknowable("where "+t.What+" leads is not known", t.From)
}

// nat says in which worlds a NAT gateway reaches the internet: it is public and stands in a subnet that leads to an internet
// gateway. A regional one has a route table of its own that does. Where a private one leads to a transit gateway, the way
// out may be there. AWS: VPC user guide, "NAT gateways".
func (a *Analysis) nat(t *network.Target) value.Truth {
	n := t.NAT
	if n == nil {
		reason := t.Reason
		if t.Name != "" {
			reason = "whether " + t.Name + " is public is not known; output of aws ec2 describe-nat-gateways named under network: in .vpclint.yaml would tell"
		}
		return value.Unknowable(reason, t.From)
	}
	public, regional := n.ConnectivityType.Is("public"), n.AvailabilityMode.Is("regional")
	reaches := regional.And(public)
	if regional.Known() != tri.True {
		reaches = reaches.Or(regional.Not().And(a.stands(n, public)))
	}
	return reaches.And(a.closes(n).Not())
}

// stands says in which worlds a zonal NAT gateway stands in a subnet that leads on.
func (a *Analysis) stands(n *network.NatGateway, public value.Truth) value.Truth {
	if len(n.Subnets) == 0 {
		return value.Unknowable("the subnet of "+n.Subject()+" is not known", &value.Origin{Span: n.Span()})
	}
	stands := value.No()
	for _, s := range n.Subnets {
		here := s.Holds
		if s.To == nil {
			here = here.And(value.Unknowable(s.Reason, s.From))
		} else {
			here = here.And(public.And(a.leads(s.To, IPv4, through).Holds).Or(public.Not().And(a.leads(s.To, IPv4, behind).Holds)))
		}
		stands = stands.Or(here)
	}
	return stands
}

// natPath shows why a NAT gateway reaches the internet.
func (a *Analysis) natPath(n *network.NatGateway) []finding.Step {
	for _, s := range n.Subnets {
		if s.To == nil {
			continue
		}
		step := n.Step(n.Subject() + " is a public NAT gateway in " + s.To.Head().Subject())
		if in := a.leads(s.To, IPv4, through); s.Holds.And(in.Holds).Somewhere() {
			return append([]finding.Step{step}, in.Path...)
		}
	}
	return []finding.Step{n.Step(n.Subject() + " is a public NAT gateway")}
}

// closes says in which worlds a public-access block keeps a NAT gateway from the internet.
func (a *Analysis) closes(n *network.NatGateway) value.Truth {
	closed := value.No()
	for _, s := range n.Subnets {
		if s.To != nil {
			closed = closed.Or(s.Holds.And(a.blocked(s.To, true)))
		}
	}
	return closed
}

// blocked says in which worlds a public-access block closes the internet gateways for a subnet: both ways, or only what comes
// in. It is the account's in its region, of which a unit is taken to have one.
// AWS: VPC user guide, "Block public access to VPCs and subnets".
func (a *Analysis) blocked(s *network.Subnet, outward bool) value.Truth {
	closed := value.No()
	for _, b := range a.graph.PublicAccess {
		if b.Addr().Unit != s.Head().Addr().Unit {
			continue
		}
		mode := b.InternetGatewayBlockMode.Is("block-bidirectional")
		if !outward {
			mode = mode.Or(b.InternetGatewayBlockMode.Is("block-ingress"))
		}
		excluded := value.No()
		for i := range b.Exclusions {
			excluded = excluded.Or(excludes(&b.Exclusions[i], s, outward))
		}
		closed = closed.Or(b.Exists().And(mode).And(excluded.Not()))
	}
	return closed
}

// excludes says in which worlds an exclusion opens the gateways again for a subnet.
func excludes(x *network.Exclusion, s *network.Subnet, outward bool) value.Truth {
	opens := x.InternetGatewayExclusionMode.Is("allow-bidirectional")
	if outward {
		opens = opens.Or(x.InternetGatewayExclusionMode.Is("allow-egress"))
	}
	about := value.No()
	for _, e := range x.Subnets {
		switch {
		case e.To == s:
			about = about.Or(e.Holds)
		case e.To == nil && e.Name == "":
			about = about.Or(e.Holds.And(value.Unknowable(e.Reason, e.From)))
		}
	}
	for _, e := range x.VPCs {
		for _, in := range s.VPCs {
			switch {
			case e.To != nil && e.To == in.To:
				about = about.Or(e.Holds.And(in.Holds))
			case e.To == nil && e.Name == "":
				about = about.Or(e.Holds.And(value.Unknowable(e.Reason, e.From)))
			}
		}
	}
	return x.Holds.And(opens).And(about)
}

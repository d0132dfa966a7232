package model

import (
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// DefaultEgress says in which worlds AWS's own rules let everything out, over IPv4 and IPv6: it adds them to a new group that
// is given no egress rule. An empty list gives none either, and AWS::NoValue is no list.
// AWS: AWS::EC2::SecurityGroup, "if you do not add egress rules, we add egress rules that allow all outbound IPv4 and IPv6
// traffic".
//
// A rule apart from the group takes nothing away: CloudFormation adds it to a group that is there already, and so does the
// Cloud Control provider, which calls CloudFormation's handlers. Terraform's aws provider takes AWS's rules away as soon as
// it has made the group. Provider: aws_security_group, "NOTE on Egress rules".
func (g *SecurityGroup) DefaultEgress() value.Truth {
	if g.Raw.Dialect == resource.Terraform {
		return value.No()
	}
	return g.InlineEgress.NonEmpty().Not()
}

// AllEgress returns what the group itself lets out: the rules that are written in it, and AWS's own where it has none. The
// truth says in which worlds it lets nothing else out, which rules apart from the group may.
func (g *SecurityGroup) AllEgress() ([]Permission, value.Truth) {
	out, complete := inline(g, nil, g.Egress, g.InlineEgress)
	all := g.DefaultEgress()
	for _, c := range all.Cases() {
		switch c.Holds {
		case tri.True:
			out = append(out, g.everywhere(PeerCIDR, "0.0.0.0/0", c), g.everywhere(PeerIPv6CIDR, "::/0", c))
		case tri.Unknown:
			complete = complete.And(value.Unknowable(c.Reason, c.Origin).When(c.When))
		}
	}
	return out, complete
}

// AllEgress returns what the group itself lets out: Terraform takes every rule from a default group that isn't written here.
func (g *DefaultSecurityGroup) AllEgress() ([]Permission, value.Truth) {
	return inline(g, nil, g.Egress, g.InlineEgress)
}

// AllIngress returns what is written in the group of what it lets in. The truth says in which worlds that is all of it.
func (g *SecurityGroup) AllIngress() ([]Permission, value.Truth) {
	return inline(g, g.Ingress, nil, g.InlineIngress)
}

// AllIngress is SecurityGroup's.
func (g *DefaultSecurityGroup) AllIngress() ([]Permission, value.Truth) {
	return inline(g, g.Ingress, nil, g.InlineIngress)
}

// everywhere returns one of AWS's own rules.
func (g *SecurityGroup) everywhere(kind PeerKind, cidr string, in value.Case) Permission {
	at := g.Span()
	if in.Origin != nil && !in.Origin.Span.IsZero() {
		at = in.Origin.Span
	}
	own := func(text string) value.Value {
		return value.OfString(text).WithOrigin(&value.Origin{Span: at, Note: "AWS lets everything out of a group that has no egress rule"})
	}
	return Permission{
		Group:     value.OfSymbol(value.Ref{Addr: g.Addr(), Attr: "id"}).From(g.Span()),
		Direction: value.OfString(egress),
		Traffic:   Traffic{IPProtocol: value.String{Leaf: value.Leaf{Value: own("-1"), Property: g.InlineEgress.Property, Known: true}}},
		Peer:      Peer{Kind: kind, Value: own(cidr), Property: g.InlineEgress.Property},
		When:      in.When,
		Span:      at,
	}
}

package facts

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// lower makes resources of what has been gathered.
func (g *gatherer) lower(out *frontend.Output) {
	l := &lowering{gatherer: g, out: out, explicit: map[string]bool{}, listed: map[string]bool{}}
	for _, m := range g.main {
		l.listed[m.vpc.Text] = true
	}
	for _, a := range g.associations {
		l.explicit[a.other.Text] = true
	}
	l.mentioned()
	for _, f := range g.facts {
		l.emit(f)
	}
	l.tables()
	for _, b := range l.blocks {
		var o object
		o.add("vpc_id", b.vpc)
		o.add("cidr_block", b.cidr)
		l.add("aws_vpc_ipv4_cidr_block_association", b.id.Text, b.id.Text, o.value(b.cidr.Span), b.cidr.Span)
	}
}

// A lowering is the making of resources.
type lowering struct {
	*gatherer
	out *frontend.Output
	// explicit are the subnets that have a route table of their own, listed the VPCs of which the main table is told.
	explicit, listed map[string]bool
}

// mentioned adds what is named and not described: the subnets of associations, and VPCs. That they are there is all that is
// known of them.
func (l *lowering) mentioned() {
	for _, a := range l.associations {
		if strings.HasPrefix(a.other.Text, "subnet-") {
			if f := l.mention(kindNamed("Subnets"), a.other); f != nil && isID(a.vpc) {
				f.fields[0] = field{value: plain(a.vpc), told: true}
			}
		}
	}
	l.grouped()
	for _, f := range l.facts[:len(l.facts):len(l.facts)] {
		for i, m := range f.kind.members {
			if text, ok := f.fields[i].value.AsString(); ok && m.as == "vpc_id" && f.fields[i].told {
				id := &doctree.Node{Kind: doctree.String, Text: text, Span: f.fields[i].value.Origin().Span}
				if isID(id) {
					l.mention(kindNamed("Vpcs"), id)
				}
			}
		}
	}
}

// grouped adds the security groups of which only the rules are told: all of them, unless there are more pages.
func (l *lowering) grouped() {
	k := kindNamed("SecurityGroups")
	for _, f := range l.facts[:len(l.facts):len(l.facts)] {
		group := f.fields[0]
		text, ok := group.value.AsString()
		if f.kind.list != "SecurityGroupRules" || !group.told || !ok {
			continue
		}
		id := &doctree.Node{Kind: doctree.String, Text: text, Span: group.value.Origin().Span}
		if !isID(id) {
			continue
		}
		if g := l.mention(k, id); g != nil && l.lists["SecurityGroupRules"] == whole {
			for i, m := range k.members {
				if m.name == "IpPermissions" || m.name == "IpPermissionsEgress" {
					g.fields[i] = field{value: value.OfList(nil, false).From(id.Span), told: true}
				}
			}
		}
	}
}

// mention adds a fact of which nothing is told; nil where something is.
func (l *lowering) mention(k *kind, id *doctree.Node) *fact {
	if l.byID[id.Text] != nil || len(l.facts) >= maxFacts {
		return nil
	}
	f := &fact{kind: k, typ: k.typ, id: id.Text, at: id.Span, fields: make([]field, len(k.members))}
	l.byID[f.id] = f
	l.facts = append(l.facts, f)
	return f
}

func kindNamed(list string) *kind {
	for i := range kinds {
		if kinds[i].list == list {
			return &kinds[i]
		}
	}
	return nil
}

// emit makes a resource of a fact, and ties its id to it.
func (l *lowering) emit(f *fact) {
	var o object
	for i, m := range f.kind.members {
		if m.as == "default_network_acl_id" && f.typ != f.kind.special {
			continue
		}
		v := f.fields[i].value
		if !f.fields[i].told {
			reason := m.name + " of " + f.id + " is not told under network: in the configuration"
			if m.by != "" {
				reason += "; name the output of aws ec2 " + m.by + " there too"
			}
			v = value.OfOpaque(reason).From(f.at)
		}
		if v.Kind() != value.KindAbsent {
			o.set(m.as, v, f.at)
		}
	}
	addr := l.add(f.typ, f.id, f.id, o.value(f.at), f.at)
	l.identify(addr, "id", f.id, f.at)
	if f.arn != nil {
		l.identify(addr, "arn", f.arn.Text, f.arn.Span)
	}
}

// add adds a resource.
func (l *lowering) add(typ, name, subject string, props value.Value, at source.Span) value.Address {
	addr := value.Address{Unit: at.File.Path, Name: name}
	l.out.Resources = append(l.out.Resources, resource.Raw{
		Dialect: resource.Terraform, Type: typ, Addr: addr, Subject: subject, Exists: value.Yes(), Props: props, Span: at, Fact: true,
	})
	return addr
}

func (l *lowering) identify(addr value.Address, attr, literal string, at source.Span) {
	l.out.Identities = append(l.out.Identities, resource.Identity{Ref: value.Ref{Addr: addr, Attr: attr}, Literal: literal, Span: at})
}

// tables says which route tables subnets and VPCs have, also where that isn't told: what has no association there would be
// taken to have the main table, and a VPC to have none but its own.
func (l *lowering) tables() {
	for _, a := range l.associations {
		var o object
		name := "gateway_id"
		if strings.HasPrefix(a.other.Text, "subnet-") {
			name = "subnet_id"
		}
		o.add(name, a.other)
		o.add("route_table_id", a.table)
		subject := a.id
		if subject == "" {
			subject = "the association of " + a.other.Text
		}
		l.add("aws_route_table_association", a.other.Text+" in "+a.table.Text, subject, o.value(a.other.Span), a.other.Span)
	}
	for _, m := range l.main {
		var o object
		o.add("vpc_id", m.vpc)
		o.add("route_table_id", m.table)
		l.add("aws_main_route_table_association", m.vpc.Text+" in "+m.table.Text, m.table.Text, o.value(m.other.Span), m.other.Span)
	}
	for _, f := range l.facts {
		switch f.kind.list {
		case "Subnets":
			vpc, known := f.fields[0].value.AsString()
			if !l.explicit[f.id] && (!known || !l.listed[vpc] || l.partial[vpc]) {
				l.untold("aws_route_table_association", "subnet_id", f, "which route table "+f.id+" has is not told; name the output of aws ec2 describe-route-tables under network: too")
			}
		case "Vpcs":
			if !l.listed[f.id] {
				l.untold("aws_main_route_table_association", "vpc_id", f, "the route tables of "+f.id+" are not told; name the output of aws ec2 describe-route-tables under network: too")
			}
			l.unlisted(f)
		}
	}
}

// untold adds an association with a table that isn't known. It is with the fact itself: where something else tells more of
// what has the id, that holds.
func (l *lowering) untold(typ, member string, f *fact, reason string) {
	var o object
	o.set(member, value.OfSymbol(value.Ref{Addr: value.Address{Unit: f.at.File.Path, Name: f.id}, Attr: "id"}).From(f.at), f.at)
	o.set("route_table_id", value.OfOpaque(reason).From(f.at), f.at)
	l.add(typ, f.id+" in a table", f.id, o.value(f.at), f.at)
}

// listings are the commands that list what is in a VPC, and what they list.
var listings = []struct{ command, list, what string }{
	{"describe-vpc-endpoints", "VpcEndpoints", "endpoints"},
	{"describe-flow-logs", "FlowLogs", "flow logs"},
	{"describe-network-acls", "NetworkAcls", "network ACLs"},
}

// unlisted adds, for each listing that is not told, that there may be more in a VPC than is seen.
func (l *lowering) unlisted(vpc *fact) {
	for _, what := range listings {
		if l.lists[what.list] == whole {
			continue
		}
		reason := "the " + what.what + " of " + vpc.id + " are not told; name the output of aws ec2 " + what.command + " under network: too"
		if l.lists[what.list] == cut {
			reason = "not all " + what.what + " of " + vpc.id + " are told: output of aws ec2 " + what.command + " under network: has more pages"
		}
		unit := vpc.at.File.Path
		var o object
		o.set("vpc_id", value.OfSymbol(value.Ref{Addr: value.Address{Unit: unit, Name: vpc.id}, Attr: "id"}).From(vpc.at), vpc.at)
		l.out.Resources = append(l.out.Resources, resource.Raw{
			Dialect: resource.Terraform, Type: what.command, Addr: value.Address{Unit: unit, Name: what.command + " of " + vpc.id},
			Subject: vpc.id, Exists: value.Yes(), Props: o.value(vpc.at), Span: vpc.at, Fact: true, Unread: reason,
		})
	}
}

package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// defaultGroups gives each VPC the security group that it comes with. What Terraform adopts it with is written in it; else it
// has AWS's own rules. AWS: VPC user guide, "Default security groups for your VPCs".
func (l *linker) defaultGroups(e *model.Estate) {
	adopted := map[*VPC]value.Truth{}
	for _, v := range l.graph.VPCs {
		v.Group = &SecurityGroup{
			Resource: v.Resource, Default: true, VPCs: []Edge[VPC]{{To: v, Holds: value.Yes(), From: &value.Origin{Span: v.Head().Span()}}},
			IngressComplete: value.Yes(), EgressComplete: value.Yes(),
		}
		l.addGroup(v.Group, v.Resource)
		adopted[v] = value.No()
	}
	// What the tree declares goes first: facts fill in what it says nothing of.
	for _, fact := range []bool{false, true} {
		for _, r := range e.DefaultSecurityGroups {
			if r.Raw.Fact == fact {
				l.adoptGroup(r, adopted)
			}
		}
	}
	for _, v := range l.graph.VPCs {
		l.untouched(v.Group, adopted[v])
	}
}

// adoptGroup makes a resource the one that manages the default groups of the VPCs that it may be of.
func (l *linker) adoptGroup(r *model.DefaultSecurityGroup, adopted map[*VPC]value.Truth) {
	in, inAll := r.AllIngress()
	out, outAll := r.AllEgress()
	edges, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
	if r.VPCID.Kind() == value.KindAbsent {
		edges = l.accountsVPC(r)
	}
	found := false
	for _, edge := range edges {
		if edge.To == nil {
			continue
		}
		holds := belongs(r, edge.To, edge.Holds).And(r.Exists())
		g := edge.To.Group
		if r.Raw.Fact && adopted[edge.To].Known() != tri.False {
			found = true
			l.securityGroups[r.Addr()] = g // the tree says what is in it
			continue
		}
		if adopted[edge.To].Known() == tri.False {
			g.Resource = r
		}
		adopted[edge.To] = adopted[edge.To].Or(holds)
		l.write(g, ingress, r, in, inAll, holds)
		l.write(g, egress, r, out, outAll, holds)
		if holds.Known() != tri.Unknown || len(edges) == 1 {
			found = true
			l.securityGroups[r.Addr()] = g
		}
	}
	if found {
		return
	}
	// Of which VPC it is isn't known.
	g := &SecurityGroup{Resource: r, Default: true, VPCs: edges, IngressComplete: value.Yes(), EgressComplete: value.Yes()}
	l.addGroup(g, r)
	l.write(g, ingress, r, in, inAll, value.Yes())
	l.write(g, egress, r, out, outAll, value.Yes())
	for _, edge := range edges {
		for _, v := range l.graph.VPCs {
			if edge.Name == "" && sameUnit(v, r) && l.mayRefer(edge.member, v.Head().Raw) {
				adopted[v] = adopted[v].Or(stray(r, edge, "it is not known which VPC "+r.Subject()+" is for").Not())
			}
		}
	}
}

// accountsVPC is the account's default VPC, which Terraform takes where none is named.
// Provider: aws_default_security_group, vpc_id.
func (l *linker) accountsVPC(r model.Resource) []Edge[VPC] {
	for _, v := range l.graph.VPCs {
		if v.Default && !v.Head().Raw.Fact && sameUnit(v, r) {
			return []Edge[VPC]{{To: v, Holds: value.Yes(), From: &value.Origin{Span: r.Head().Span()}}}
		}
	}
	return nil
}

// untouched adds the rules that AWS gives a VPC's group, in the worlds in which nothing adopts it.
func (l *linker) untouched(g *SecurityGroup, adopted value.Truth) {
	own := adopted.Not()
	if own.Known() == tri.False {
		return
	}
	vpc := g.VPCs[0].To.Resource
	at := vpc.Head().Span()
	if vpc.Head().Raw.Fact {
		untold := value.Unknowable("the rules of the default security group of "+vpc.Head().Subject()+" are not told; name the output of aws ec2 describe-security-groups under network: too", &value.Origin{Span: at})
		g.IngressComplete = g.IngressComplete.And(adopted.Or(untold))
		g.EgressComplete = g.EgressComplete.And(adopted.Or(untold))
		return
	}
	self := value.OfSymbol(value.Ref{Addr: vpc.Head().Addr(), Attr: "default_security_group_id"}).From(at)
	add := func(list *[]Permission, d direction, peer model.Peer) {
		*list = append(*list, Permission{Resource: vpc, Holds: own, Permission: model.Permission{
			Group: self, Direction: value.OfString(string(d)), Peer: peer, Span: at,
			Traffic: model.Traffic{IPProtocol: value.String{Leaf: value.Leaf{Value: value.OfString("-1").From(at), Known: true}}},
		}})
	}
	add(&g.Ingress, ingress, model.Peer{Kind: model.PeerSecurityGroup, Value: self, Self: true})
	add(&g.Egress, egress, model.Peer{Kind: model.PeerCIDR, Value: value.OfString("0.0.0.0/0").From(at)})
	add(&g.Egress, egress, model.Peer{Kind: model.PeerIPv6CIDR, Value: value.OfString("::/0").From(at)})
}

// lookedUpGroups adds the default groups that data sources find: no other group can have their name.
// AWS: API_CreateSecurityGroup, GroupName.
func (l *linker) lookedUpGroups(e *model.Estate) {
	for raw := range e.Raws() {
		if !raw.Data || raw.Type != "aws_security_group" || raw.Dialect != resource.Terraform || findsDefault(raw.Props).Known() != tri.True {
			continue
		}
		if vpcs, _ := resolve(l, soughtVPC(raw.Props), l.vpcs, "VPC"); len(vpcs) == 1 && vpcs[0].To != nil && vpcs[0].Holds.Known() == tri.True {
			l.securityGroups[raw.Addr] = vpcs[0].To.Group
			continue
		}
		looked := value.Unknowable(raw.Subject+" is looked up during deployment", &value.Origin{Span: raw.Span})
		g := &SecurityGroup{Resource: &model.Meta{Raw: raw}, Default: true, IngressComplete: looked, EgressComplete: looked}
		l.addGroup(g, g.Resource)
	}
}

// findsDefault says in which worlds what a data source looks for is called "default".
func findsDefault(props value.Value) value.Truth {
	for _, name := range []value.Value{props.Attr("name"), sought(props, "group-name")} {
		if name.Kind() != value.KindAbsent {
			return name.Is("default")
		}
	}
	return value.Unknowable("it doesn't say the name of the group", props.Origin())
}

// FindsDefaultGroup says in which worlds what it finds is the default security group of a VPC.
func (k *Lookup) FindsDefaultGroup() value.Truth {
	if is := findsDefault(k.Raw.Props); k.Raw.Type == "aws_security_group" && is.Known() != tri.Unknown {
		return is
	}
	return value.Unknowable(k.Raw.Subject+" is looked up during deployment", &value.Origin{Span: k.Raw.Span})
}

// soughtVPC is the VPC in which a data source looks.
func soughtVPC(props value.Value) value.Value {
	if v := props.Attr("vpc_id"); v.Kind() != value.KindAbsent {
		return v
	}
	return sought(props, "vpc-id")
}

// sought is the one value that a data source's filter has for a name.
func sought(props value.Value, name string) value.Value {
	filters, complete := props.Attr("filter").Members()
	i := slices.IndexFunc(filters, func(m value.Member) bool { return m.Value.Attr("name").Literal() == name })
	if i < 0 || complete.Known() != tri.True || len(filters[i].When) > 0 {
		return value.Value{}
	}
	values, complete := filters[i].Value.Attr("values").Members()
	if len(values) != 1 || complete.Known() != tri.True || len(values[0].When) > 0 {
		return value.Value{}
	}
	return values[0].Value
}

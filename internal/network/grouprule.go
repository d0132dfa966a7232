package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// apart adds the rules that stand apart from their groups.
type apart struct {
	*linker
	// doubts are about the rules of which the group isn't known, by direction.
	doubts map[direction]*doubts
}

// rulesApart adds the rules that stand apart from their groups.
func (l *linker) rulesApart(e *model.Estate) {
	a := &apart{linker: l, doubts: map[direction]*doubts{ingress: newDoubts(), egress: newDoubts()}}
	for _, r := range e.SecurityGroupRules {
		a.rule(r)
	}
	for _, r := range e.SecurityGroupIngresses {
		a.rule(r)
	}
	for _, r := range e.SecurityGroupEgresses {
		a.rule(r)
	}
	for _, g := range l.graph.SecurityGroups {
		vpcs := vpcsOf(g.VPCs)
		hidden := l.unreadGroup(g, vpcs)
		for _, d := range []direction{ingress, egress} {
			_, known := g.in(d)
			*known = known.And(a.doubts[d].of(g, vpcs)).And(hidden)
		}
	}
}

// unreadGroup says in which worlds nothing that can't be seen can add rules to a group.
func (l *linker) unreadGroup(g *SecurityGroup, vpcs []value.Address) value.Truth {
	complete := value.Yes()
	if !isVPC(g.Resource) {
		complete = l.unread(g.Resource)
	}
	if g.Default {
		for _, edge := range g.VPCs {
			if edge.To != nil {
				complete = complete.And(l.unread(edge.To.Resource, defaultGroupAttrs...))
			}
		}
	}
	return complete.And(l.found(g, vpcs, "aws_security_group", "aws_security_groups"))
}

// rule adds one of them to the groups that it may be of.
func (a *apart) rule(r model.Permitting) {
	all, _ := r.Permissions()
	if len(all) == 0 {
		return
	}
	edges, _ := resolve(a.linker, all[0].Group, a.securityGroups, "security group")
	for _, edge := range edges {
		if edge.To != nil {
			a.add(r, all, edge)
		}
		if edge.To == nil || edge.member.Kind() == value.KindOpaque {
			// What is only computed from a group may be another one.
			a.stray(r, all, edge)
		}
	}
	if len(edges) == 0 {
		a.stray(r, all, Edge[SecurityGroup]{Holds: value.Yes(), member: all[0].Group})
	}
}

// add adds the permissions of a rule to a group.
func (a *apart) add(r model.Permitting, all []model.Permission, edge Edge[SecurityGroup]) {
	holds := belongs(r, edge.To, edge.Holds).And(r.Head().Exists())
	for _, d := range []direction{ingress, egress} {
		here := holds.And(undisturbed(r, edge.To, d))
		list, _ := edge.To.in(d)
		for i := range all {
			p := Permission{Permission: all[i], Resource: r, Apart: true}
			p.Holds = here.And(value.In(all[i].When)).And(all[i].Direction.Is(string(d)))
			if p.Holds.Known() != tri.False {
				*list = append(*list, p)
			}
		}
	}
}

// undisturbed is unknown of a rule apart where its group writes rules of the same direction itself: Terraform takes away all
// others whenever it applies the group, and makes the rule again when it applies the rule.
// Provider: aws_security_group, "NOTE on Security Groups and Security Group Rules".
func undisturbed(r model.Resource, g *SecurityGroup, d direction) value.Truth {
	var in, out model.Presence
	switch w := g.Resource.(type) {
	case *model.SecurityGroup:
		in, out = w.InlineIngress, w.InlineEgress
	case *model.DefaultSecurityGroup:
		in, out = w.InlineIngress, w.InlineEgress
	}
	inline := in
	if d == egress {
		inline = out
	}
	if g.Head().Raw.Dialect != resource.Terraform || g.Head().Raw.Fact || !g.Declared() {
		return value.Yes()
	}
	// An empty list may be that of a dynamic block without elements, which is no list to Terraform.
	disturbed := value.Unknowable(g.Head().Subject()+" writes "+string(d)+" rules itself, so that it and "+r.Head().Subject()+" undo each other", inline.Origin())
	return inline.NonEmpty().Not().Or(disturbed)
}

// stray notes that a rule may be that of a group of the same unit: what isn't seen there can't be taken for absent.
func (a *apart) stray(r model.Permitting, all []model.Permission, e Edge[SecurityGroup]) {
	if idPattern.MatchString(e.Name) {
		return // another group's id, which is not one of the tree's
	}
	complete := stray(r, e, "it is not known to which security group "+r.Head().Subject()+" belongs")
	for _, d := range []direction{ingress, egress} {
		if slices.ContainsFunc(all, func(p model.Permission) bool { return p.Direction.Is(string(d)).Known() != tri.False }) {
			a.doubt(a.doubts[d], e.member, r.Head().Addr().Unit, complete)
		}
	}
}

// exclusive takes from a group the rules that aren't named: Terraform removes them whenever it applies the list.
// Provider: aws_vpc_security_group_rules_exclusive.
func (l *linker) exclusive(r *model.SecurityGroupRulesExclusive) {
	groups, _ := resolve(l, r.SecurityGroupID.Value, l.securityGroups, "security group")
	for _, edge := range groups {
		if edge.To == nil {
			continue
		}
		holds := belongs(r, edge.To, edge.Holds).And(r.Exists())
		remove(edge.To.Ingress, r, r.IngressRuleIDs, holds)
		remove(edge.To.Egress, r, r.EgressRuleIDs, holds)
	}
}

// remove takes from permissions those that aren't named. AWS's own are gone then; what something else writes is made again
// whenever Terraform applies that.
func remove(all []Permission, r model.Resource, named value.Strings, holds value.Truth) {
	kept := map[value.Address]bool{}
	for _, ref := range named.Refs() {
		kept[ref.Addr] = true
	}
	_, complete := named.Members()
	for i := range all {
		p := &all[i]
		switch {
		case kept[p.Resource.Head().Addr()]:
		case p.Resource.Head().Raw.Fact, isVPC(p.Resource):
			p.Holds = p.Holds.And(holds.And(complete).Not())
		default:
			undone := value.Unknowable(r.Head().Subject()+" doesn't name it among the rules of its group, so that they undo each other", &value.Origin{Span: r.Head().Span()})
			p.Holds = p.Holds.And(holds.Not().Or(undone))
		}
	}
}

func isVPC(r model.Resource) bool {
	switch r.(type) {
	case *model.VPC, *model.DefaultVPC:
		return true
	}
	return false
}

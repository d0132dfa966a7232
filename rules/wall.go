package rules

import (
	"iter"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// A wearer is interfaces with security groups: a workload's, or an interface endpoint's.
type wearer struct {
	model.Resource
	// workloads are those that it is about.
	workloads []model.Resource
	// groups are on it, and complete says in which worlds there are no others; at is the list of them.
	groups   []network.Edge[network.SecurityGroup]
	complete value.Truth
	at       value.Leaf
	// holds says in which worlds there are such interfaces.
	holds value.Truth
}

// wearers returns the interfaces of a workload that have security groups. Those of a domain that isn't VpcOnly carry file
// system traffic only, and count for nothing.
func (p *Pass) wearers(w *network.Workload) []wearer {
	if out, ok := p.shared.wearers[w]; ok {
		return out
	}
	out := make([]wearer, 0, len(w.Attachments))
	for i := range w.Attachments {
		a := &w.Attachments[i]
		holds := a.Holds.And(w.Serverless.Not())
		if _, ok := w.Workload.(*model.Domain); ok {
			holds = holds.And(a.Placement.Traffic)
		}
		if holds.Possible() {
			out = append(out, wearer{w, []model.Resource{w}, a.SecurityGroups, a.Complete, a.At.Leaf, holds})
		}
	}
	p.shared.wearers[w] = out
	return out
}

// worn yields the interfaces of all workloads.
func (p *Pass) worn() iter.Seq[wearer] {
	return func(yield func(wearer) bool) {
		for _, w := range p.Net.Workloads {
			for _, one := range p.wearers(w) {
				if !yield(one) {
					return
				}
			}
		}
	}
}

// serving returns the interface endpoints of the VPCs that workloads are in.
func (p *Pass) serving() []wearer {
	in := map[*network.VPC][]model.Resource{}
	for _, w := range p.Net.Workloads {
		for _, place := range w.Placements {
			for _, edge := range place.Subnets {
				for _, vpc := range vpcsOfSubnet(edge.To) {
					here := in[vpc.To]
					if len(here) > 0 && here[len(here)-1] == model.Resource(w) {
						continue
					}
					if vpc.To != nil && edge.Holds.And(vpc.Holds).Possible() {
						in[vpc.To] = append(here, w)
					}
				}
			}
		}
	}
	var out []wearer
	for _, ep := range p.Net.Endpoints {
		var workloads []model.Resource
		holds := value.No()
		for vpc := range vpcsOf(ep) {
			if len(in[vpc]) > 0 {
				workloads, holds = append(workloads, in[vpc]...), holds.Or(ep.In(vpc))
			}
		}
		if holds = holds.And(ep.VPCEndpointType.Is("Interface")); holds.Possible() {
			out = append(out, wearer{ep, workloads, ep.SecurityGroups, ep.GroupsComplete, ep.SecurityGroupIDs.Leaf, holds})
		}
	}
	return out
}

// place is where the groups of a wearer are written.
func (w wearer) place() *value.Origin {
	if len(w.groups) == 1 && w.groups[0].From != nil {
		return w.groups[0].From
	}
	if o := w.at.Origin(); o != nil {
		return o
	}
	for _, edge := range w.groups {
		if edge.From != nil {
			return edge.From
		}
	}
	return header(w.Resource)
}

// lost suspects what of a wearer's groups isn't known.
func (w wearer) lost() []Suspect {
	return w.lostBut(func(network.Edge[network.SecurityGroup]) bool { return false })
}

// lostBut is lost without what is known well enough.
func (w wearer) lostBut(known func(network.Edge[network.SecurityGroup]) bool) []Suspect {
	var out []Suspect
	for _, edge := range w.groups {
		if edge.To == nil && !known(edge) {
			out = append(out, Suspect{Wrong: w.holds.And(unknownWhere(edge.Holds, edge.Reason)), At: w.at, From: edge.From})
		}
	}
	if doubt := w.complete.Lacking("not all of its security groups are known"); doubt.Possible() {
		out = append(out, Suspect{Wrong: w.holds.And(doubt), At: w.at, From: w.place()})
	}
	return out
}

// A wall is a rule about each security group that something wears.
type wall struct {
	// judge returns the rules of a group that are wrong, and in which worlds there may be others.
	judge func(*network.SecurityGroup) ([]firewall.Opening, value.Truth)
	// says is what is wrong with one of them: a clause about the group.
	says func(*network.SecurityGroup, firewall.Opening) string
}

// report judges each group that is worn, once. What is told of it only, or looked up, has no place of its own to report at:
// then it is the first that wears it, once for all that is told of its groups.
func (r wall) report(p *Pass, all iter.Seq[wearer]) {
	wearing := map[*network.SecurityGroup][]wearer{}
	var order []*network.SecurityGroup
	for w := range all {
		for i := range w.groups {
			edge, one := &w.groups[i], w
			if one.holds = w.holds.And(edge.Holds); edge.To == nil || !one.holds.Possible() {
				continue
			}
			one.groups = w.groups[i : i+1 : i+1]
			if wearing[edge.To] == nil {
				order = append(order, edge.To)
			}
			wearing[edge.To] = append(wearing[edge.To], one)
		}
	}
	var told hearing
	for _, g := range order {
		r.group(p, g, wearing[g], &told)
	}
	told.report(p)
}

// group judges one group.
func (r wall) group(p *Pass, g *network.SecurityGroup, by []wearer, told *hearing) {
	worn := value.No()
	var workloads []model.Resource
	for _, w := range by {
		worn = w.holds.Or(worn)
		workloads = append(workloads, w.workloads...)
	}
	workloads = each(workloads)
	open, doubt := r.judge(g)
	var suspects []Suspect
	for _, o := range open {
		s := Suspect{
			Wrong: worn.And(o.Holds), At: value.Leaf{Value: o.CIDR, Property: o.Peer.Property, Known: true},
			From: o.CIDR.Origin(), Message: r.says(g, o), Because: because(g, o, by[0]),
		}
		if !slices.ContainsFunc(suspects, func(t Suspect) bool { return t.Message == s.Message && sameSpan(t.From, s.From) }) {
			suspects = append(suspects, s)
		}
	}
	if doubt.Possible() {
		suspects = append(suspects, Suspect{Wrong: worn.And(doubt), From: header(g)})
	}
	if g.Declared() {
		p.ReportFor(g, workloads, suspects)
		return
	}
	first, at, from, has := r.first(p, by, workloads)
	for i := range suspects {
		s := &suspects[i]
		if s.Message != "" {
			s.Message = has + " the security group " + g.Head().Subject() + ", which " + s.Message
		}
		s.At, s.From = at, from
	}
	told.add(first, workloads, suspects)
}

// first returns the first of the workloads that a group is about, where that is said, and how the workload comes by the group.
func (wall) first(p *Pass, by []wearer, workloads []model.Resource) (model.Resource, value.Leaf, *value.Origin, string) {
	for _, w := range p.Net.Workloads {
		if !slices.Contains(workloads, model.Resource(w)) {
			continue
		}
		for _, one := range by {
			if one.Resource == model.Resource(w) {
				return w, one.at, one.groups[0].From, "has"
			}
		}
		return w, w.Placements[0].Placement.Subnets.Leaf, w.Placements[0].Placement.Subnets.Origin(),
			"is in the VPC of " + by[0].Head().Subject() + ", which has"
	}
	return by[0].Resource, by[0].at, by[0].groups[0].From, "has"
}

func sameSpan(a, b *value.Origin) bool { return a != nil && b != nil && a.Span == b.Span }

// because leads from a rule to the group that it is of, and to what wears that.
func because(g *network.SecurityGroup, o firewall.Opening, w wearer) []finding.Step {
	var steps []finding.Step
	head := g.Head()
	switch {
	case !g.Declared():
		steps = append(steps, finding.Step{Span: o.Span, Message: firewall.Says(o.Permission)})
	case o.Apart:
		steps = append(steps, o.Resource.Head().Step(o.Resource.Head().Subject()+" is a rule of "+head.Subject()))
	}
	if from := w.groups[0].From; g.Declared() && from != nil && !from.Span.IsZero() {
		steps = append(steps, finding.Step{Span: from.Span, Message: w.Head().Subject() + " has this security group"})
	}
	return append(steps, w.groups[0].Via...)
}

// reportLost tells once of each workload which of its groups isn't known.
func (r wall) reportLost(p *Pass) {
	for _, w := range p.Net.Workloads {
		all := p.wearers(w)
		if len(all) == 0 {
			continue
		}
		var suspects []Suspect
		for _, one := range all {
			suspects = append(suspects, one.lost()...)
		}
		p.ReportAny(w, suspects)
	}
}

// standing is how the subject of a finding about a group is spoken of: a default group that nobody manages has no subject of
// its own.
func standing(g *network.SecurityGroup) string {
	switch g.Resource.(type) {
	case *model.VPC, *model.DefaultVPC:
		return " by its default security group"
	}
	return ""
}

// shown tells of each group of a side what it lets in or out.
func shown(groups []network.Edge[network.SecurityGroup], egress bool) []finding.Step {
	var steps []finding.Step
	for _, edge := range groups {
		if edge.To == nil {
			continue
		}
		list, verb := edge.To.Ingress, "lets in "
		if egress {
			list, verb = edge.To.Egress, "lets out "
		}
		for _, step := range edge.Via {
			if !slices.Contains(steps, step) {
				steps = append(steps, step)
			}
		}
		step := edge.To.Head().Step(edge.To.Head().Subject() + " " + verb + summary(edge.To, list))
		if !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
	}
	return steps
}

// maxShown is how many rules of a group one step tells.
const maxShown = 4

// summary tells what the rules of a group let through.
func summary(g *network.SecurityGroup, list []network.Permission) string {
	var parts []string
	for i := range list {
		p := &list[i]
		way := " from "
		if p.Direction.Literal() == "egress" {
			way = " to "
		}
		if part := firewall.About(p.Traffic) + way + firewall.PeerOf(p, g); p.Holds.Possible() && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	if more := len(parts) - maxShown; more > 0 {
		parts = append(parts[:maxShown], others(more, "other thing"))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return "only " + strings.Join(parts, ", ")
}

// comesFrom says of what a default group is known by how it is one.
func comesFrom(g *network.SecurityGroup) string {
	switch {
	case g.Head().Raw.Data:
		return ` finds the group called "default"`
	case standing(g) != "":
		return " comes with this group"
	}
	return " manages this group"
}

// groupsPlace is where the groups of an attachment are written.
func groupsPlace(w *network.Workload, a *network.Attachment) *value.Origin {
	return wearer{Resource: w, groups: a.SecurityGroups, at: a.At.Leaf}.place()
}

// of says whose interfaces an attachment is, where it isn't all that a workload has.
func of(a *network.Attachment) string {
	switch {
	case a.Profile != nil:
		return " for " + a.Profile.Subject()
	case a.Kind == network.OfSpaces:
		return " for shared spaces"
	case a.Placement.Part != "":
		return " for " + a.Placement.Part
	}
	return ""
}

// across says in which worlds the interfaces of an attachment let traffic in from each other, and out to each other.
func (p *Pass) across(a *network.Attachment, t firewall.Traffic) (in, out value.Truth) {
	side := firewall.SideOf(a)
	return p.Firewall.Admits(side, side, t).Holds, p.Firewall.LetsOut(side, side, t).Holds
}

// missing says in which direction what interfaces have to let through isn't let through.
func missing(in, out value.Truth) string {
	switch {
	case !out.Not().Somewhere():
		return "in from itself"
	case !in.Not().Somewhere():
		return "out to itself"
	}
	return "in from itself, and out to itself"
}

// barred shows the groups of an attachment, by what they let through in the direction that is missing.
func barred(a *network.Attachment, in, out value.Truth) []finding.Step {
	var steps []finding.Step
	if in.Not().Somewhere() {
		steps = shown(a.SecurityGroups, false)
	}
	if out.Not().Somewhere() {
		steps = append(steps, shown(a.SecurityGroups, true)...)
	}
	return steps
}

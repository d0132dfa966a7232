// Package firewall answers what security groups let in and out, and between whom.
//
// In goes the linked network, out come three-valued facts with the places that show them. It knows no rule, no wording of
// findings and no severity.
package firewall

import (
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Fact is a verdict and the places that show it.
type Fact struct {
	Holds value.Truth
	// Path are the rules that let it through, for a verdict that holds somewhere.
	Path []finding.Step
}

// A Side is one end of a connection: the groups on its interfaces, and the subnets that these are in.
type Side struct {
	Groups []network.Edge[network.SecurityGroup]
	// Complete says in which worlds there are no other groups on it.
	Complete value.Truth
	Subnets  []network.Edge[network.Subnet]
	// SubnetsComplete says in which worlds it is in no other subnets.
	SubnetsComplete value.Truth
}

// SideOf returns the end of a connection that a workload's interfaces are.
func SideOf(a *network.Attachment) Side {
	return Side{
		Groups: a.SecurityGroups, Complete: a.Complete,
		Subnets: a.Placement.Subnets, SubnetsComplete: a.Placement.Complete,
	}
}

// EndpointSide returns the end of a connection that an interface endpoint is.
func EndpointSide(ep *network.Endpoint) Side {
	return Side{
		Groups: ep.SecurityGroups, Complete: ep.GroupsComplete,
		Subnets: ep.Subnets, SubnetsComplete: ep.SubnetsComplete,
	}
}

// A Direction is one of the two in which a group filters.
type Direction uint8

// The directions.
const (
	Ingress Direction = iota
	Egress
)

// An Analysis is what is true of the security groups of one network. It is not safe for concurrent use.
type Analysis struct {
	graph *network.Graph
	// ranges are those of the graph's VPCs and subnets; nil until somebody asks.
	ranges  *ranges
	groups  map[groupKey]*passages
	targets map[*network.Subnet]target
	steps   map[*network.Permission]finding.Step
	// reached are the addresses that rules are about.
	reached map[*network.Permission][]reach
}

// Analyze prepares the analysis of a network.
func Analyze(g *network.Graph) *Analysis {
	return &Analysis{
		graph: g, groups: map[groupKey]*passages{}, targets: map[*network.Subnet]target{}, steps: map[*network.Permission]finding.Step{},
		reached: map[*network.Permission][]reach{},
	}
}

// Admits says in which worlds the groups of one side let in all of t that comes from the other.
func (a *Analysis) Admits(to, from Side, t Traffic) Fact { return a.through(Ingress, to, from, t) }

// LetsOut says in which worlds the groups of one side let out all of t that is for the other.
func (a *Analysis) LetsOut(from, to Side, t Traffic) Fact { return a.through(Egress, from, to, t) }

// Within says in which worlds all of t passes between interfaces of one side: its groups let it out and in.
func (a *Analysis) Within(s Side, t Traffic) Fact {
	in, out := a.Admits(s, s, t), a.LetsOut(s, s, t)
	return Fact{Holds: in.Holds.And(out.Holds), Path: append(slices.Clip(in.Path), out.Path...)}
}

// through judges one direction: for each range of ports some rule has to let through what is for the other side. Groups that
// are on one interface add up. AWS: VPC user guide, "Security group rules".
func (a *Analysis) through(d Direction, side, other Side, t Traffic) Fact {
	open, doubt := a.openings(d, side, t)
	fact := Fact{Holds: value.Yes()}
	for _, ports := range split(open, t) {
		covered := value.No()
		var blocks []reach
		for i := range open {
			o := &open[i]
			if o.from > ports.from || o.to < ports.to {
				continue
			}
			here := o.holds.And(onSide(o.permission, other))
			if here.Somewhere() {
				fact.Path = a.addStep(fact.Path, o.permission)
			}
			covered = covered.Or(here)
			blocks = a.reaches(blocks, o)
		}
		if covered.Known() != tri.True && len(blocks) > 0 {
			here := a.covers(blocks, other)
			for _, b := range blocks {
				if here.Somewhere() && b.holds.Somewhere() {
					fact.Path = a.addStep(fact.Path, b.permission)
				}
			}
			covered = covered.Or(here)
		}
		fact.Holds = fact.Holds.And(covered)
	}
	fact.Holds = fact.Holds.Or(doubt)
	return fact
}

// maxSteps is how many rules a path shows.
const maxSteps = 4

func (a *Analysis) addStep(path []finding.Step, p *network.Permission) []finding.Step {
	if len(path) == maxSteps {
		return path
	}
	if step := a.stepOf(p); !slices.Contains(path, step) {
		path = append(path, step)
	}
	return path
}

// An opening is a rule of one of a side's groups that lets some ports through.
type opening struct {
	permission *network.Permission
	ports
	holds value.Truth
}

// openings returns the rules of a side's groups that let some of t through, and in which worlds others may.
func (a *Analysis) openings(d Direction, side Side, t Traffic) ([]opening, value.Truth) {
	out := make([]opening, 0, len(side.Groups))
	doubt := side.Complete.Lacking("not all of its security groups are known")
	for i := range side.Groups {
		edge := &side.Groups[i]
		if edge.To == nil {
			doubt = doubt.Or(edge.Holds.And(value.Unknowable(edge.Reason, edge.From)))
			continue
		}
		g := a.passages(edge.To, d, t)
		for _, o := range g.open {
			o.holds = edge.Holds.And(o.holds)
			if o.holds.Known() != tri.False {
				out = append(out, o)
			}
		}
		doubt = doubt.Or(edge.Holds.And(g.doubt))
	}
	return out, doubt
}

// A groupKey is what a group is asked.
type groupKey struct {
	group     *network.SecurityGroup
	direction Direction
	traffic   Traffic
}

// passages are what one group lets through of some traffic, and in which worlds it may let through more.
type passages struct {
	open  []opening
	doubt value.Truth
}

func (a *Analysis) passages(g *network.SecurityGroup, d Direction, t Traffic) *passages {
	key := groupKey{g, d, t}
	if p := a.groups[key]; p != nil {
		return p
	}
	list, complete := g.Ingress, g.IngressComplete
	if d == Egress {
		list, complete = g.Egress, g.EgressComplete
	}
	p := &passages{doubt: complete.Lacking("not all rules of " + g.Head().Subject() + " are known")}
	for i := range list {
		for _, m := range matches(list[i].Traffic, t) {
			p.open = append(p.open, opening{permission: &list[i], ports: m.ports, holds: list[i].Holds.And(m.holds)})
		}
	}
	a.groups[key] = p
	return p
}

// onSide says in which worlds the peer of a rule is a group that is on a side.
func onSide(p *network.Permission, s Side) value.Truth {
	if len(p.Groups) == 0 {
		return value.No()
	}
	is := value.No()
	for _, peer := range p.Groups {
		for _, edge := range s.Groups {
			is = is.Or(network.SameGroup(peer, edge))
		}
	}
	return is.Or(s.Complete.Lacking("not all security groups of the other side are known"))
}

package rules

import (
	"slices"
	"strconv"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A guest is a workload whose traffic takes the way through a subnet.
type guest struct {
	*network.Workload
	place *network.Placement
	// edge names the subnet, and subnet is nil where that, or its VPC, isn't in the tree; reason says why.
	edge   *network.Edge[network.Subnet]
	subnet *network.Subnet
	reason string
	// holds says in which worlds it is there.
	holds value.Truth
}

// guests returns the workloads whose traffic goes through each VPC, and those of which the VPC isn't known.
func (p *Pass) guests() (in map[*network.VPC][]guest, lost []guest) {
	if p.shared.in == nil {
		p.shared.in, p.shared.lost = p.gather()
	}
	return p.shared.in, p.shared.lost
}

func (p *Pass) gather() (in map[*network.VPC][]guest, lost []guest) {
	in = map[*network.VPC][]guest{}
	for _, w := range p.Net.Workloads {
		for i := range w.Placements {
			place := &w.Placements[i]
			applies := place.Applies.And(place.Traffic).And(w.Serverless.Not())
			if applies.Known() == tri.False {
				continue
			}
			home := p.homeOf(w, place)
			for j := range place.Subnets {
				edge := &place.Subnets[j]
				g := guest{Workload: w, place: place, edge: edge, holds: applies.And(edge.Holds)}
				if g.holds.Known() == tri.False {
					continue
				}
				placed := false
				for _, vpc := range vpcsOfSubnet(edge.To) {
					if vpc.To != nil {
						there := g
						there.subnet, there.holds, placed = edge.To, g.holds.And(vpc.Holds), true
						in[vpc.To] = append(in[vpc.To], there)
					}
				}
				if placed {
					continue
				}
				if g.reason, g.holds = elsewhere(edge), applies; home != nil {
					in[home] = append(in[home], g)
				} else {
					lost = append(lost, g)
				}
			}
		}
	}
	return in, lost
}

func vpcsOfSubnet(s *network.Subnet) []network.Edge[network.VPC] {
	if s == nil {
		return nil
	}
	return s.VPCs
}

// homeOf returns the VPC of a placement, as the workload itself, one of its subnets or one of its security groups tells it:
// there is but one. AWS: API_VpcConfig.
func (p *Pass) homeOf(w *network.Workload, place *network.Placement) *network.VPC {
	for _, t := range p.Placement.Tenants(w, place) {
		if len(t.Homes) == 1 && t.Homes[0].VPC != nil && t.Homes[0].Holds.Known() == tri.True && t.Holds.Known() == tri.True {
			return t.Homes[0].VPC
		}
	}
	return nil
}

// elsewhere says why the VPC of a subnet isn't known.
func elsewhere(e *network.Edge[network.Subnet]) string {
	switch {
	case e.To == nil:
		return e.Reason
	case e.To.VPC.Reason != "":
		return e.To.VPC.Reason
	}
	return "the VPC of " + e.To.Head().Subject() + " is not in the tree"
}

// at is where the guest is placed.
func (g guest) at() value.Leaf { return g.place.Placement.Subnets.Leaf }

// runs shows where the guest runs, and steps also in which VPC that is.
func (g guest) runs() []finding.Step {
	var out []finding.Step
	if o := g.edge.From; o != nil && !o.Span.IsZero() && g.subnet != nil {
		out = append(out, finding.Step{Span: o.Span, Message: g.Head().Subject() + " runs in " + g.subnet.Head().Subject()})
		for o = o.Via; o != nil; o = o.Via {
			if o.Note != "" {
				out = append(out, finding.Step{Span: o.Span, Message: o.Note})
			}
		}
	}
	if len(out) > 1 {
		out = brief(out)
	}
	return append(out, g.edge.Via...)
}

func (g guest) steps() []finding.Step {
	out := g.runs()
	if g.subnet != nil && g.subnet.VPC.To != nil {
		out = append(out, g.subnet.Head().Step(g.subnet.Head().Subject()+" is in "+g.subnet.VPC.To.Head().Subject()))
	}
	return out
}

// finish reports what facts tell, and the workloads that are lost.
func (p *Pass) finish(lost []guest, applies func(guest) value.Truth) {
	p.held.report(p)
	p.reportLost(lost, applies)
}

// reportLost tells once of each workload of which the VPC isn't known that the rule can't say. Applies says in which worlds
// the rule looks at it.
func (p *Pass) reportLost(lost []guest, applies func(guest) value.Truth) {
	told := map[*network.Workload]bool{}
	for _, g := range lost {
		wrong := g.holds.And(applies(g)).And(value.Unknowable(g.reason, g.edge.From))
		if told[g.Workload] || wrong.Known() == tri.False {
			continue
		}
		told[g.Workload] = true
		p.ReportAny(g.Workload, []Suspect{{Wrong: wrong, At: g.at(), From: g.edge.From}})
	}
}

// always is the applies of a rule that looks at every workload.
func always(guest) value.Truth { return value.Yes() }

// among reports on a VPC or an endpoint that guests use. What is only told has no place of its own to report at: then it is
// the first guest to which it happens that is wrong. Verb says what that has to do with it: "is in". Messages are clauses
// about the subject.
func (p *Pass) among(subject model.Resource, guests []guest, verb string, suspects []Suspect) {
	suspects = slices.DeleteFunc(suspects, func(s Suspect) bool { return !s.Wrong.Possible() })
	happens := map[*network.Workload]bool{}
	for _, s := range suspects {
		for _, g := range s.about {
			happens[g.Workload] = true
		}
	}
	concerned, spared := guests, []guest(nil)
	apart := func(g guest) bool { return !happens[g.Workload] }
	if len(happens) > 0 && slices.ContainsFunc(guests, apart) {
		concerned = nil
		for _, g := range guests {
			if happens[g.Workload] {
				concerned = append(concerned, g)
			} else {
				spared = append(spared, g)
			}
		}
	}
	if !subject.Head().Raw.Fact {
		p.ReportFor(subject, p.residents(concerned), suspects)
		if len(spared) > 0 {
			p.ReportFor(subject, p.residents(spared), nil)
		}
		return
	}
	if len(concerned) == 0 {
		return
	}
	p.held.add(concerned[0].Workload, p.residents(concerned), told(subject, concerned[0], verb, suspects))
	if len(spared) > 0 {
		p.held.add(spared[0].Workload, p.residents(spared), nil)
	}
}

// told makes suspects of a guest's of those of a subject that is only told.
func told(subject model.Resource, first guest, verb string, suspects []Suspect) []Suspect {
	out := slices.Clone(suspects)
	for i := range out {
		s := &out[i]
		s.At, s.From = first.at(), first.edge.From
		s.Message = verb + " " + subject.Head().Subject() + ", which " + s.Message
		if len(s.Because) == 0 {
			s.Because = []finding.Step{subject.Head().Step(subject.Head().Subject() + " is described here")}
		}
	}
	return out
}

// hosted is among for a VPC, of which messages say what it lacks.
func (p *Pass) hosted(v *network.VPC, guests []guest, s Suspect) {
	if len(s.about) > 0 && !v.Head().Raw.Fact && s.Wrong.Possible() {
		s.Message = "hosts " + named(p.residents(s.about)) + " and " + s.Message
	}
	p.among(v, guests, "is in", []Suspect{s})
}

// A crowd is guests that stand together.
type crowd struct {
	first *guest
	n     int
}

// residents returns the workloads of guests, each once.
func (p *Pass) residents(guests []guest) []model.Resource {
	if len(guests) == 0 {
		return nil
	}
	key := crowd{&guests[0], len(guests)}
	if out, ok := p.shared.residents[key]; ok {
		return out
	}
	var out []model.Resource
	seen := map[*network.Workload]bool{}
	for _, g := range guests {
		if !seen[g.Workload] {
			seen[g.Workload] = true
			out = append(out, g.Workload)
		}
	}
	p.shared.residents[key] = out
	return out
}

// around returns the guests of the VPCs that an endpoint may be in.
func (p *Pass) around(ep *network.Endpoint) []guest {
	guests, _ := p.guests()
	var out []guest
	for v := range vpcsOf(ep) {
		switch here := guests[v]; {
		case out == nil:
			out = here
		case len(here) > 0:
			out = append(slices.Clip(out), here...)
		}
	}
	return out
}

// named names the first of several workloads, and says how many more there are.
func named(ws []model.Resource) string {
	name := ws[0].Head().Subject()
	if n := len(ws) - 1; n > 0 {
		name += " and " + strconv.Itoa(n) + " more"
	}
	return name
}

// anyOf holds in the worlds in which any of the guests is there.
func anyOf(guests []guest) value.Truth {
	holds := value.No()
	for _, g := range guests {
		if holds = holds.Or(g.holds); holds.Known() == tri.True {
			break
		}
	}
	return holds
}

// placeOf is where a member stands: at the resource's header where it isn't written in any file of the tree. Of a choice
// the arm that decides is a better place, and so it is nil.
func placeOf(leaf value.Leaf, r model.Resource) *value.Origin {
	switch o := leaf.Origin(); {
	case leaf.Kind() == value.KindChoice:
		return nil
	case o != nil && !o.Span.IsZero():
		return o
	}
	return header(r)
}

// header is the place of what stands at a resource's header.
func header(r model.Resource) *value.Origin { return &value.Origin{Span: r.Head().Span()} }

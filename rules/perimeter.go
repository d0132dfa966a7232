package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// endpointPolicies reports what is wrong with the policy of each endpoint. Suspects returns none where the rule doesn't look
// at it. Those that are declared are judged with or without workloads, those that are only told of where a workload is in
// their VPC, which all of them together are a finding about.
func (p *Pass) endpointPolicies(suspects func(ep *network.Endpoint) []Suspect) {
	guests, _ := p.guests()
	var told hearing
	for _, ep := range p.Net.Endpoints {
		found := suspects(ep)
		if len(found) == 0 {
			continue
		}
		served := p.around(ep)
		if !ep.Raw.Fact {
			p.ReportFor(ep, p.residents(served), found)
			continue
		}
		there := value.No()
		for v := range vpcsOf(ep) {
			there = there.Or(anyOf(guests[v]).And(ep.In(v)))
		}
		if len(served) == 0 || there.Known() == tri.False {
			continue
		}
		g := served[0]
		for i := range found {
			s := &found[i]
			s.At, s.From, s.Wrong = g.at(), g.edge.From, s.Wrong.And(there)
			s.Message = "shares its VPC with " + ep.Subject() + ", which " + s.Message
			s.Because = append(g.steps(), finding.Step{Span: ep.Span(), Message: ep.Subject() + " is described here"})
		}
		told.add(g.Workload, p.residents(served), found)
	}
	told.report(p)
}

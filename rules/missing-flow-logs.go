package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// MissingFlowLogs reports a VPC that hosts a workload and records no traffic. A flow log of each subnet that hosts one is as
// good, and one of rejected traffic is one. AWS: "Logging IP traffic using VPC Flow Logs", "Monitor and log network activity".
var MissingFlowLogs = &Rule{
	ID:         "missing-flow-logs",
	Severity:   finding.Low,
	Title:      "A VPC that hosts a SageMaker workload has no flow log.",
	Label:      "nothing records where its workloads' traffic goes",
	Help:       "add a flow log of the VPC",
	Precision:  "high",
	Weaknesses: []int{778},
	Elsewhere: Counterparts{
		SecurityHub: []string{"EC2.6"},
		Config:      []string{"vpc-flow-logs-enabled"},
		Prowler:     []string{"vpc_flow_logs_enabled"},
	},
	Run: func(p *Pass) {
		guests, lost := p.guests()
		watched := map[*network.Subnet]value.Truth{}
		for _, v := range p.Net.VPCs {
			here := guests[v]
			if len(here) == 0 {
				continue
			}
			unseen, about := value.No(), []guest(nil)
			for _, g := range here {
				// What is told of no subnet is told of the VPC: a flow log of a subnet that isn't in the tree is rare.
				seen := value.No()
				if g.subnet != nil {
					known, ok := watched[g.subnet]
					if !ok {
						known = recorded(g.subnet, g.subnet.FlowLogs, g.subnet.FlowLogsComplete)
						watched[g.subnet] = known
					}
					seen = known
				}
				if wrong := g.holds.And(seen.Not()); wrong.Possible() {
					about = append(about, g)
					if unseen.Known() != tri.True {
						unseen = unseen.Or(wrong)
					}
				}
			}
			s := Suspect{
				Wrong:   unseen.And(recorded(v, v.FlowLogs, v.FlowLogsComplete).Not()),
				From:    header(v),
				Message: "has no flow log",
				about:   about,
			}
			if len(about) > 0 {
				s.Because = about[0].steps()
			}
			p.hosted(v, here, s)
		}
		p.finish(lost, always)
	},
}

// recorded says in which worlds one of the flow logs records the traffic of a VPC or a subnet.
func recorded(r model.Resource, logs []network.Edge[model.FlowLog], complete value.Truth) value.Truth {
	holds := value.No()
	for _, log := range logs {
		if holds = holds.Or(log.Holds); holds.Known() == tri.True {
			return holds
		}
	}
	return holds.Or(complete.Lacking("not all flow logs of " + r.Head().Subject() + " are known"))
}

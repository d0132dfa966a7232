package rules

import (
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
)

// HTTPSEgressBlocked reports a workload of which no security group lets HTTPS out, so that it reaches no service of AWS's.
// AWS: "Give SageMaker training jobs access to resources in your VPC", configure the VPC security group.
var HTTPSEgressBlocked = &Rule{
	ID:        "https-egress-blocked",
	Severity:  finding.Medium,
	Title:     "No security group of a workload lets HTTPS out.",
	Label:     "no group here lets anything out on port 443",
	Help:      "let out TCP 443 to the VPC endpoints' security groups and to the prefix list of the S3 endpoint",
	Precision: "high",
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			if _, ok := w.Workload.(*model.Workforce); ok {
				continue // what it has in the VPC only answers
			}
			var suspects []Suspect
			judged := false
			for i := range w.Attachments {
				a := &w.Attachments[i]
				holds := a.Holds.And(a.Placement.Traffic).And(w.Serverless.Not())
				if a.Kind == network.OfDomain || !holds.Possible() {
					continue
				}
				judged = true
				out := p.Firewall.ToAnything(firewall.SideOf(a), firewall.HTTPS)
				suspects = append(suspects, Suspect{
					Wrong: holds.And(out.Holds.Not()), At: a.At.Leaf, From: groupsPlace(w, a),
					Message: "has no security group that lets HTTPS out" + of(a), Because: shown(a.SecurityGroups, true),
				})
			}
			if judged {
				p.ReportAny(w, suspects)
			}
		}
	},
}

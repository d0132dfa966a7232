package rules

import (
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
)

// MissingSelfReference reports a workload with several instances of which the security groups keep these from each other.
// AWS: "Give SageMaker training jobs access to resources in your VPC", configure the VPC security group.
var MissingSelfReference = &Rule{
	ID:        "missing-self-reference",
	Severity:  finding.Medium,
	Title:     "The security groups of a workload with several instances keep these from each other.",
	Label:     "not all traffic gets through within these groups",
	Help:      "let all traffic in from the group itself and out to it",
	Precision: "high",
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			judged := false
			for i := range w.Attachments {
				a := &w.Attachments[i]
				several := p.instances(w, a).AtLeast(2)
				holds := a.Holds.And(w.Serverless.Not()).And(several)
				if !holds.Possible() {
					continue
				}
				judged = true
				in, out := p.across(a, firewall.Everything)
				suspects = append(suspects, Suspect{
					Wrong: holds.And(in.And(out).Not()), At: a.At.Leaf, From: groupsPlace(w, a),
					Message: "has several instances and no security group that lets all traffic " + missing(in, out) + of(a),
					Because: barred(a, in, out),
				})
			}
			if judged {
				p.ReportAny(w, suspects)
			}
		}
	},
}

// instances counts the instances that work together at an attachment: of a tuning job those of one training job.
func (p *Pass) instances(w *network.Workload, a *network.Attachment) placement.Count {
	if _, ok := w.Workload.(*model.HyperParameterTuningJob); ok {
		return p.Placement.InstancesAt(w, a.Placement)
	}
	return p.Placement.Together(w)
}

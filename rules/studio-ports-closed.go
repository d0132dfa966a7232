package rules

import (
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
)

// studioPorts are those on which Studio's applications talk to each other.
// AWS: "Connect Studio notebooks in a VPC to external resources", VpcOnly mode, security groups.
var studioPorts = firewall.Traffic{Protocol: "tcp", From: 8192, To: 65535}

// StudioPortsClosed reports a VpcOnly domain of which the security groups keep Studio's applications from each other.
var StudioPortsClosed = &Rule{
	ID:        "studio-ports-closed",
	Severity:  finding.Medium,
	Title:     "The security groups of a VpcOnly domain keep Studio's applications from each other.",
	Label:     "TCP 8192-65535 doesn't get through within these groups",
	Help:      "let TCP 8192-65535 in from the group itself and out to it",
	Precision: "high",
	Run: func(p *Pass) {
		for _, d := range p.Net.Workloads {
			if _, ok := d.Workload.(*model.Domain); !ok {
				continue
			}
			var suspects []Suspect
			judged := false
			for i := range d.Attachments {
				a := &d.Attachments[i]
				holds := a.Holds.And(a.Placement.Traffic)
				if a.Kind == network.OfDomain || !holds.Possible() {
					continue
				}
				judged = true
				in, out := p.across(a, studioPorts)
				suspects = append(suspects, Suspect{
					Wrong: holds.And(in.And(out).Not()), At: a.At.Leaf, From: groupsPlace(d, a),
					Message: "has no security group that lets TCP 8192-65535 " + missing(in, out) + of(a),
					Because: barred(a, in, out),
				})
			}
			if judged {
				p.ReportAny(d, suspects)
			}
		}
	},
}

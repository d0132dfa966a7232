package rules

import (
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
)

// OpenIngress reports a security group of a workload, or of an interface endpoint beside one, that lets everyone in.
// AWS: VPC user guide, "Security group rules".
var OpenIngress = &Rule{
	ID:         "open-ingress",
	Severity:   finding.High,
	Title:      "A workload's or an interface endpoint's security group lets everyone in.",
	Label:      "lets in whoever a route leads here",
	Help:       "let in the security groups that need it, or the ranges of the VPC",
	Precision:  "high",
	Weaknesses: []int{284},
	Elsewhere: Counterparts{
		SecurityHub: []string{"EC2.13", "EC2.14", "EC2.18", "EC2.19", "EC2.53", "EC2.54"},
		Config: []string{
			"restricted-common-ports",
			"restricted-ssh",
			"vpc-sg-open-only-to-authorized-ports",
			"vpc-sg-port-restriction-check",
		},
		Prowler: []string{
			"ec2_securitygroup_allow_ingress_from_internet_to_all_ports",
			"ec2_securitygroup_allow_ingress_from_internet_to_any_port",
			"ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports",
		},
	},
	Run: func(p *Pass) {
		r := wall{
			judge: p.Firewall.OpenIn,
			says: func(g *network.SecurityGroup, o firewall.Opening) string {
				return "lets " + firewall.About(o.Traffic) + " in from " + toWhom(o) + standing(g)
			},
		}
		r.report(p, func(yield func(wearer) bool) {
			for w := range p.worn() {
				if !yield(w) {
					return
				}
			}
			for _, w := range p.serving() {
				if !yield(w) {
					return
				}
			}
		})
		r.reportLost(p)
	},
}

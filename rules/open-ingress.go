package rules

import (
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
)

// OpenIngress reports a security group of a workload, or of an interface endpoint beside one, that lets everyone in.
// AWS: VPC user guide, "Security group rules".
var OpenIngress = &Rule{
	ID:        "open-ingress",
	Severity:  finding.High,
	Title:     "A workload's or an interface endpoint's security group lets everyone in.",
	Label:     "lets in whoever a route leads here",
	Help:      "let in the security groups that need it, or the ranges of the VPC",
	Precision: "high",
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

package rules

import (
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
)

// OpenEgress reports a security group of a workload that lets everything out to everywhere, as AWS's default does.
// AWS: VPC user guide, "Security group rules", "Default security groups for your VPCs".
var OpenEgress = &Rule{
	ID:        "open-egress",
	Severity:  finding.Medium,
	Title:     "A workload's security group lets everything out to everywhere.",
	Label:     "lets the workload's data go anywhere that a route leads",
	Help:      "let out TCP 443 only, to the VPC endpoints' security groups and to the prefix list of the S3 endpoint",
	Precision: "high",
	Run: func(p *Pass) {
		r := wall{
			judge: p.Firewall.OpenOut,
			says: func(g *network.SecurityGroup, o firewall.Opening) string {
				if isAWSDefault(g, o) {
					return "lets everything out, as AWS has it where no egress rule is given"
				}
				if o.Resource == g.Resource && standing(g) != "" {
					return "lets everything out by its default security group"
				}
				what := "lets " + firewall.About(o.Traffic) + " out to " + toWhom(o)
				return what + standing(g)
			},
		}
		r.report(p, p.worn())
		r.reportLost(p)
	},
}

// isAWSDefault reports whether a rule is one that AWS gives a group without any.
func isAWSDefault(g *network.SecurityGroup, o firewall.Opening) bool {
	r, ok := g.Resource.(*model.SecurityGroup)
	return ok && r.Raw.Dialect != resource.Terraform && !o.Apart && o.CIDR.Origin() != nil && o.CIDR.Origin().Note != ""
}

// toWhom names the addresses that a rule is for.
func toWhom(o firewall.Opening) string {
	who := firewall.PeerOf(o.Permission, nil)
	if text := o.CIDR.Literal(); text != "" && text != who {
		who += " with " + text
	}
	if o.Part {
		who += ", which with other rules is everywhere"
	}
	return who
}

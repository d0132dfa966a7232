package rules

import (
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
)

// DefaultSecurityGroup reports a workload with a VPC's default security group, which everything has that names none.
// AWS: VPC user guide, "Default security groups for your VPCs".
var DefaultSecurityGroup = &Rule{
	ID:        "default-security-group",
	Severity:  finding.Low,
	Title:     "A workload uses its VPC's default security group.",
	Label:     "everything in the VPC that names no security group has this one too",
	Help:      "give the workload a security group of its own",
	Precision: "high",
	Elsewhere: Counterparts{
		SecurityHub: []string{"EC2.2"},
		Config:      []string{"vpc-default-security-group-closed"},
		Prowler:     []string{"ec2_securitygroup_default_restrict_traffic"},
	},
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			all := p.wearers(w)
			for _, one := range all {
				for _, edge := range one.groups {
					if edge.To == nil || !edge.To.Default {
						continue
					}
					s := Suspect{Wrong: one.holds.And(edge.Holds), At: one.at, From: edge.From, Message: "uses a VPC's default security group"}
					if len(edge.To.VPCs) == 1 && edge.To.VPCs[0].To != nil {
						s.Message = "uses the default security group of " + edge.To.VPCs[0].To.Head().Subject()
					}
					s.Because = append(s.Because, edge.Via...)
					if head := edge.To.Head(); edge.To.Declared() || head.Raw.Data {
						s.Because = append(s.Because, head.Step(head.Subject()+comesFrom(edge.To)))
					}
					// The groups of a domain are those of each of its users, too.
					if !slices.ContainsFunc(suspects, func(t Suspect) bool { return t.Message == s.Message && sameSpan(t.From, s.From) }) {
						suspects = append(suspects, s)
					}
				}
				suspects = append(suspects, one.lostBut(namedOther)...)
			}
			if len(all) > 0 {
				p.ReportAny(w, suspects)
			}
		}
	},
}

// namedOther reports whether an edge is to a group that is looked up by another name than the default group's.
func namedOther(e network.Edge[network.SecurityGroup]) bool {
	return e.Lookup != nil && e.Lookup.FindsDefaultGroup().Known() == tri.False
}

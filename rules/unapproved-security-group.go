package rules

import (
	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// UnapprovedSecurityGroup reports a workload that names a security group by an id which isn't on the configured list of
// approved ones.
var UnapprovedSecurityGroup = &Rule{
	ID:         "unapproved-security-group",
	Severity:   finding.High,
	Configured: "approved.security-groups",
	Title:      "A SageMaker workload names a security group that is not approved.",
	Label:      "not on the list of approved security groups",
	Help:       "name a group of approved.security-groups in .vpclint.yaml, or have this one approved",
	Precision:  "very-high",
	Run: func(p *Pass) {
		if p.Approved.SecurityGroups == nil {
			return
		}
		list := approval{ids: p.Approved.SecurityGroups, prefix: "sg-", what: "security group"}
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			for i := range w.Placements {
				place := &w.Placements[i]
				suspects = append(suspects, list.suspects(place.Placement.SecurityGroups, placement.Attached(w, place))...)
			}
			if d, ok := w.Workload.(*model.Domain); ok {
				applies := d.AppNetworkAccessType.Is("VpcOnly")
				suspects = append(suspects, list.suspects(d.DefaultSpaceSettings.SecurityGroups, applies)...)
			}
			p.ReportAny(w, suspects)
		}
		for _, profile := range p.UserProfiles {
			p.ReportAny(profile, list.suspects(profile.UserSettings.SecurityGroups, p.vpcOnly(profile.DomainID)))
		}
	},
}

// vpcOnly says in which worlds the domain that an id names puts its users into its VPC. One that isn't in the tree may.
func (p *Pass) vpcOnly(domain value.String) value.Truth {
	for _, ref := range domain.Refs() {
		for _, d := range p.Domains {
			if d.Addr() == ref.Addr {
				return d.AppNetworkAccessType.Is("VpcOnly")
			}
		}
	}
	return value.Yes()
}

package rules

import (
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// PartialVPCConfig reports a workload that names subnets without security groups, or security groups without subnets.
// AWS: API_VpcConfig, both members of which are required; "Connect Studio in a VPC to external resources".
var PartialVPCConfig = &Rule{
	ID:        "partial-vpc-config",
	Severity:  finding.Medium,
	Title:     "A SageMaker workload names subnets without security groups, or security groups without subnets.",
	Label:     "half of a VPC configuration",
	Help:      "name both subnets and security groups",
	Precision: "very-high",
	Run: func(p *Pass) {
		users := p.profileGroups()
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			applies := false
			for i := range w.Placements {
				place := &w.Placements[i]
				subnets, groups := place.Placement.Subnets, place.Placement.SecurityGroups
				if !subnets.Known || !groups.Known {
					continue
				}
				there := place.Applies.And(w.Serverless.Not())
				named, grouped := subnets.NonEmpty(), groups.NonEmpty()
				applies = applies || there.And(named.Or(grouped)).Possible()
				ungrouped := grouped.Not().And(named).And(there)
				if d, ok := w.Workload.(*model.Domain); ok {
					ungrouped = ungrouped.And(d.AppNetworkAccessType.Is("VpcOnly")).And(users[d].Not())
				}
				part := placeName(place)
				suspects = append(suspects,
					Suspect{Wrong: ungrouped, At: groups.Leaf, Message: part + "names " + subnetsOf(w) + " and no security groups"},
					Suspect{Wrong: named.Not().And(grouped).And(there), At: subnets.Leaf, Message: part + "names security groups and no " + strings.TrimPrefix(subnetsOf(w), "a ")})
			}
			if applies {
				p.ReportAny(w, suspects)
			}
		}
	},
}

// profileGroups says for each domain in which worlds a user profile of the tree names security groups, which add to the
// domain's own. AWS: API_UserSettings.
func (p *Pass) profileGroups() map[*model.Domain]value.Truth {
	out := map[*model.Domain]value.Truth{}
	for _, d := range p.Domains {
		out[d] = value.No()
	}
	byAddr := map[value.Address]*model.Domain{}
	for _, d := range p.Domains {
		byAddr[d.Addr()] = d
	}
	for _, u := range p.UserProfiles {
		groups := u.UserSettings.SecurityGroups.NonEmpty().And(u.Exists())
		linked := false
		for _, ref := range u.DomainID.Refs() {
			if d := byAddr[ref.Addr]; d != nil {
				out[d], linked = out[d].Or(groups), true
			}
		}
		if _, literal := u.DomainID.AsString(); linked || literal {
			continue
		}
		// A profile of a domain that can't be told may be one of this unit's.
		may := groups.And(value.Unknowable("it is not known to which domain "+u.Subject()+" belongs", u.DomainID.Origin()))
		for _, d := range p.Domains {
			if d.Addr().Unit == u.Addr().Unit {
				out[d] = out[d].Or(may)
			}
		}
	}
	return out
}

// subnetsOf says what a workload can name: a notebook one subnet, all others several.
func subnetsOf(w *network.Workload) string {
	if _, ok := w.Workload.(*model.NotebookInstance); ok {
		return "a subnet"
	}
	return "subnets"
}

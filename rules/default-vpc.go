package rules

import (
	"slices"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// DefaultVPC reports a workload in the account's default VPC, whose subnets are public and shared by all that nobody has
// placed. AWS: VPC user guide, "Default VPCs".
var DefaultVPC = &Rule{
	ID:        "default-vpc",
	Severity:  finding.Medium,
	Title:     "A SageMaker workload is placed in the account's default VPC.",
	Label:     "this is in the default VPC, whose subnets are public",
	Help:      "place it in private subnets of a VPC that is made for it",
	Precision: "high",
	Run: func(p *Pass) {
		p.placed(p.inDefaultVPC)
	},
}

func (p *Pass) inDefaultVPC(w *network.Workload, place *network.Placement, attached value.Truth) []Suspect {
	suspects, others := []Suspect{}, []Suspect(nil)
	at := place.Placement.Subnets.Leaf
	told := false
	for _, t := range p.Placement.Tenants(w, place) {
		in := t.InDefault()
		told = told || t.Kind == placement.TenantSubnet && in.Known() != tri.Unknown
		if in.Known() == tri.False {
			continue
		}
		s := Suspect{At: at, From: t.From, Because: slices.Concat(t.Steps(), t.DefaultSteps()), Wrong: attached.And(t.Holds).And(in)}
		switch t.Kind {
		case placement.TenantSubnet:
			s.Message = placeName(place) + "runs in " + tenantName(t, "a subnet") + ", a subnet of the default VPC"
			if t.Found {
				s.Message = placeName(place) + "runs in a subnet that " + t.Name + " finds in the default VPC"
			}
			suspects = append(suspects, s)
		case placement.TenantVPC:
			s.Message = "is placed in the default VPC"
			others = append(others, s)
		case placement.TenantGroup:
			s.At = place.Placement.SecurityGroups.Leaf
			s.Message = placeName(place) + "uses " + tenantName(t, "a security group") + " of the default VPC, where its subnets must be too"
			others = append(others, s)
		}
	}
	// Its VPC and its groups tell where the subnets are, where these don't tell it themselves.
	for _, s := range others {
		if !told && s.Wrong.Somewhere() {
			suspects = append(suspects, s)
		}
	}
	if place.Complete.Known() != tri.True {
		suspects = append(suspects, Suspect{
			At: at, Wrong: attached.And(place.Complete.Lacking("not all of its subnets are known")),
		})
	}
	return suspects
}

package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// MixedVPCs reports a workload whose subnets and security groups, and for a domain its VPC, are not all of one VPC.
// AWS: API_VpcConfig; EC2 refuses an interface whose group is of another VPC.
var MixedVPCs = &Rule{
	ID:        "mixed-vpcs",
	Severity:  finding.Medium,
	Title:     "A SageMaker workload's subnets and security groups belong to more than one VPC.",
	Label:     "this is of another VPC",
	Help:      "name subnets and security groups of one VPC",
	Precision: "high",
	Run: func(p *Pass) {
		p.placed(func(w *network.Workload, place *network.Placement, attached value.Truth) []Suspect {
			suspects := []Suspect{}
			for _, mix := range p.Placement.Mixes(w, place) {
				s := Suspect{At: place.Placement.SecurityGroups.Leaf, From: mix.Other.From, Wrong: attached.And(mix.Holds)}
				if mix.First.Lost() {
					s.From = mix.First.From // what isn't known stands where it is unknown
				}
				if mix.Other.Kind == placement.TenantSubnet {
					s.At = place.Placement.Subnets.Leaf
				}
				s.Message = fmt.Sprintf("%snames %s, and %s of another VPC", placeName(place), described(mix.First), described(mix.Other))
				s.Because = slices.Concat(mix.First.Steps(), mix.Other.Steps())
				suspects = append(suspects, s)
			}
			return suspects
		})
	},
}

// described says what a workload names. An id says itself what it is of.
func described(t placement.Tenant) string {
	what, id := "the subnet ", "subnet-"
	switch t.Kind {
	case placement.TenantVPC:
		what, id = "the VPC ", "vpc-"
	case placement.TenantGroup:
		what, id = "the security group ", "sg-"
	}
	if strings.HasPrefix(t.Name, id) {
		return t.Name
	}
	return what + tenantName(t, "that stands here")
}

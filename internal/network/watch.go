package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A PublicAccessBlock closes the internet gateways of the account in its region, but for what it excludes.
type PublicAccessBlock struct {
	*model.BlockPublicAccessOptions
	Exclusions []Exclusion
}

// An Exclusion opens internet gateways again for a VPC or a subnet.
type Exclusion struct {
	*model.BlockPublicAccessExclusion
	VPCs    []Edge[VPC]
	Subnets []Edge[Subnet]
	Holds   value.Truth
}

// watch links flow logs with what they record, and public-access blocks with what they exclude.
func (l *linker) watch(*model.Estate) {}

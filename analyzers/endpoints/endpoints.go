// Package endpoints answers which services of AWS a subnet reaches privately: by which VPC endpoint, and whether its route
// tables, its subnets, its security groups and its DNS let it.
//
// In goes the linked network, out come three-valued facts with the places that show them. It knows no rule, no wording of
// findings and no severity.
package endpoints

import (
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/network"
)

// An Analysis is what is true of the VPC endpoints of one network. It is not safe for concurrent use.
type Analysis struct {
	graph    *network.Graph
	firewall *firewall.Analysis
}

// Analyze prepares the analysis of a network.
func Analyze(g *network.Graph, f *firewall.Analysis) *Analysis {
	return &Analysis{graph: g, firewall: f}
}

// Package firewall answers what security groups let in and out, and between whom.
//
// In goes the linked network, out come three-valued facts with the places that show them. It knows no rule, no wording of
// findings and no severity.
package firewall

import (
	"net/netip"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// A Fact is a verdict and the places that show it.
type Fact struct {
	Holds value.Truth
	Path  []finding.Step
}

// A Side is one end of a connection: the groups on its interfaces, and the addresses that these may have.
type Side struct {
	Groups []network.Edge[network.SecurityGroup]
	// Complete says in which worlds there are no other groups on it.
	Complete value.Truth
	// Blocks are the ranges of its addresses, those of its subnets; none where they aren't known.
	Blocks []netip.Prefix
}

// Traffic is a protocol, "tcp" or "-1" for every one, and the ports From..To, both included; all ports where both are 0.
type Traffic struct {
	Protocol string
	From, To int
}

// HTTPS is what AWS's services listen to.
var HTTPS = Traffic{Protocol: "tcp", From: 443, To: 443}

// An Analysis is what is true of the security groups of one network. It is not safe for concurrent use.
type Analysis struct {
	graph *network.Graph
}

// Analyze prepares the analysis of a network.
func Analyze(g *network.Graph) *Analysis { return &Analysis{graph: g} }

// Admits says in which worlds the groups of one side let in all of t that comes from the other.
func (a *Analysis) Admits(to, from Side, t Traffic) Fact {
	return Fact{Holds: value.Unknowable("security groups are not read", nil)}
}

// LetsOut says in which worlds the groups of one side let out all of t that is for the other.
func (a *Analysis) LetsOut(from, to Side, t Traffic) Fact {
	return Fact{Holds: value.Unknowable("security groups are not read", nil)}
}

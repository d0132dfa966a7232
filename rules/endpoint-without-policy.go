package rules

import (
	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// EndpointWithoutPolicy reports a VPC endpoint on which AWS's default policy applies: full access for any principal.
// AWS: "Control access to VPC endpoints using endpoint policies".
var EndpointWithoutPolicy = &Rule{
	ID:        "endpoint-without-policy",
	Severity:  finding.Medium,
	Title:     "A VPC endpoint has no policy, so full access applies.",
	Label:     "any principal may do anything through it",
	Help:      "give it a {PolicyDocument} that allows your principals and resources only",
	Precision: "very-high",
	Elsewhere: Counterparts{Prowler: []string{"vpc_endpoint_connections_trust_boundaries"}},
	Run: func(p *Pass) {
		p.endpointPolicies(func(ep *network.Endpoint) []Suspect {
			kind := ep.VPCEndpointType.Is("Gateway").Or(ep.VPCEndpointType.Is("Interface"))
			judged := kind.And(endpoints.TakesPolicy(ep)).And(ep.Complete)
			for _, separate := range ep.Policies {
				judged = judged.And(separate.Holds.And(separate.To.Policy.NonEmpty()).Not())
			}
			at := ep.PolicyDocument.Leaf
			return []Suspect{
				{Wrong: ep.PolicyDocument.NonEmpty().Not().And(judged), At: at, Message: "has no policy, so AWS allows full access through it"},
				{Wrong: attachedByDefault(ep.PolicyDocument).And(judged), At: at, Message: "has AWS's default policy, which allows full access through it"},
			}
		})
	},
}

// attachedByDefault holds where a policy is the document that AWS attaches where none is given, word for word: a state
// shows it as the endpoint's own. AWS: "Default endpoint policy".
func attachedByDefault(policy value.Policy) value.Truth {
	return policy.Each(func(v value.Value) value.Truth {
		statements := v.Attr("Statement").Elems()
		whole := map[string]string{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
		if v.Attr("Version").Literal() != "2008-10-17" || len(statements) != 1 || len(statements[0].Fields()) != len(whole) {
			return value.Always(tri.False, v.Origin())
		}
		for name, want := range whole {
			if statements[0].Attr(name).Literal() != want {
				return value.Always(tri.False, v.Origin())
			}
		}
		return value.Always(tri.True, v.Origin())
	})
}

package rules

import (
	"strings"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// EndpointPolicyAllowsAll reports a VPC endpoint whose policy allows any principal every action on any resource, so that it
// is no better than none. AWS: "Control access to VPC endpoints using endpoint policies".
var EndpointPolicyAllowsAll = &Rule{
	ID:         "endpoint-policy-allows-all",
	Severity:   finding.Medium,
	Title:      "A VPC endpoint's policy allows everything.",
	Label:      "for any principal, on any resource",
	Help:       "allow your own principals and resources only, or add a condition on aws:PrincipalOrgID and aws:ResourceOrgID",
	Precision:  "very-high",
	Weaknesses: []int{732},
	Elsewhere:  Counterparts{Prowler: []string{"vpc_endpoint_connections_trust_boundaries"}},
	Run: func(p *Pass) {
		linked := map[*model.VPCEndpointPolicy]bool{}
		p.endpointPolicies(func(ep *network.Endpoint) []Suspect {
			for _, separate := range ep.Policies {
				linked[separate.To] = true
			}
			return allowingAll(ep)
		})
		for _, policy := range p.VPCEndpointPolicies {
			if !linked[policy] {
				p.ReportFor(policy, nil, allowsAll(policy.Policy, ""))
			}
		}
	},
}

// allowingAll returns the suspects of an endpoint's policies; none where it has none.
func allowingAll(ep *network.Endpoint) []Suspect {
	service := actionPrefix(ep.ServiceName)
	var suspects []Suspect
	if ep.PolicyDocument.Kind() != value.KindAbsent {
		for _, s := range allowsAll(ep.PolicyDocument, service) {
			// Without a policy of one's own there is AWS's, which endpoint-without-policy is about.
			s.Wrong = s.Wrong.And(attachedByDefault(ep.PolicyDocument).Not())
			suspects = append(suspects, s)
		}
	}
	for _, separate := range ep.Policies {
		for _, s := range allowsAll(separate.To.Policy, service) {
			s.Wrong = s.Wrong.And(separate.Holds)
			suspects = append(suspects, s)
		}
	}
	return suspects
}

// allowsAll returns a suspect for each statement of a policy that may allow everything, and one that is right where none may.
func allowsAll(policy value.Policy, service string) []Suspect {
	d := guard.Read(policy.Value, nil)
	suspects := []Suspect{{Wrong: value.No(), At: policy.Leaf}}
	for _, fact := range d.Unrestricted(service) {
		suspects = append(suspects, Suspect{
			Wrong: fact.Holds, At: policy.Leaf, From: fact.At,
			Message: "has a policy that lets any principal do anything to any resource",
		})
	}
	return suspects
}

// actionPrefix returns the service that the actions of an endpoint's service belong to; "" where that isn't known, or where
// its name is another.
func actionPrefix(service value.String) string {
	suffix, _ := service.Suffix()
	for _, of := range actionPrefixes {
		if strings.HasSuffix(suffix, "."+of.service) {
			return of.prefix
		}
	}
	return ""
}

// actionPrefixes are those of the services that private workloads reach. AWS: service authorization reference.
var actionPrefixes = []struct{ service, prefix string }{
	{"s3", "s3"}, {"dynamodb", "dynamodb"}, {"sts", "sts"}, {"ec2", "ec2"}, {"kms", "kms"}, {"logs", "logs"}, {"ssm", "ssm"},
	{"secretsmanager", "secretsmanager"}, {"ecr.api", "ecr"}, {"ecr.dkr", "ecr"}, {"lambda", "lambda"}, {"glue", "glue"},
	{"athena", "athena"}, {"sagemaker.api", "sagemaker"}, {"sagemaker.runtime", "sagemaker"},
	{"sagemaker.featurestore-runtime", "sagemaker"}, {"states", "states"}, {"sns", "sns"}, {"sqs", "sqs"},
}

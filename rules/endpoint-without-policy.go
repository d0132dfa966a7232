package rules

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
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
	Run: func(p *Pass) {
		for _, ep := range p.Net.Endpoints {
			kind := ep.VPCEndpointType.Is("Gateway").Or(ep.VPCEndpointType.Is("Interface"))
			judged := kind.And(p.supportsPolicy(ep.ServiceName)).And(ep.Complete)
			for _, separate := range ep.Policies {
				judged = judged.And(separate.Holds.And(separate.To.Policy.NonEmpty()).Not())
			}
			at := ep.PolicyDocument.Leaf
			p.ReportAny(ep, []Suspect{
				{Wrong: ep.PolicyDocument.NonEmpty().Not().And(judged), At: at, Message: "has no policy, so AWS allows full access through it"},
				{Wrong: attachedByDefault(ep.PolicyDocument).And(judged), At: at, Message: "has AWS's default policy, which allows full access through it"},
			})
		}
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

// supportsPolicy holds where an endpoint's service is one of AWS's that takes endpoint policies.
func (p *Pass) supportsPolicy(service value.String) value.Truth {
	return service.Each(func(v value.Value) value.Truth {
		if ref, ok := v.Symbol(); ok {
			if raw := p.Declared(ref.Addr); raw != nil && slices.Contains(endpointServices, raw.Type) && !raw.Data {
				return value.Always(tri.False, v.Origin()) // an endpoint service of the tree's own
			}
		}
		prefix, whole := v.Prefix()
		for _, begins := range awsServicePrefixes {
			if !strings.HasPrefix(prefix, begins) {
				continue
			}
			if strings.Contains(prefix, ".vpce.") {
				return value.Always(tri.False, v.Origin()) // an endpoint service of a customer's or partner's
			}
			suffix, all := v.Suffix()
			for _, name := range servicesWithoutPolicy {
				switch {
				case strings.HasSuffix(suffix, "."+name):
					return value.Always(tri.False, v.Origin())
				case !all && strings.HasSuffix("."+name, suffix):
					return value.Unknowable(v.Reason(), v.Origin())
				}
			}
			return value.Always(tri.True, v.Origin())
		}
		if whole || v.Kind() == value.KindAbsent {
			return value.Always(tri.False, v.Origin())
		}
		return value.Unknowable(v.Reason(), v.Origin())
	})
}

// awsServicePrefixes begin the endpoint service names of AWS's own services, in every partition.
var awsServicePrefixes = []string{
	"com.amazonaws.", "cn.com.amazonaws.", "aws.sagemaker.", "aws.api.", "gov.ic.c2s.", "gov.sgov.sc2s.",
	"gov.ic.hci.csp.", "uk.adc-e.cloud.", "eu.amazonaws.",
}

// endpointServices are the types of services that customers make.
var endpointServices = []string{"aws_vpc_endpoint_service", "awscc_ec2_vpc_endpoint_service", "AWS::EC2::VPCEndpointService"}

// servicesWithoutPolicy don't take endpoint policies. AWS: "AWS services that integrate with AWS PrivateLink", and
// SageMaker's "Connect to SageMaker AI within your VPC" for the FIPS endpoint.
var servicesWithoutPolicy = []string{"sagemaker.runtime-fips"}

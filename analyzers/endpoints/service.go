package endpoints

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Service is a service of AWS's as the names of its endpoint services call it, without partition and region:
// "sagemaker.api" in com.amazonaws.eu-west-1.sagemaker.api, "studio" in aws.sagemaker.eu-west-1.studio.
type Service string

// The services that rules ask for by name.
const (
	S3       Service = "s3"
	DynamoDB Service = "dynamodb"
	API      Service = "sagemaker.api"
	Runtime  Service = "sagemaker.runtime"
	Studio   Service = "studio"
	// LicenseManager is what RStudio asks for its licence.
	LicenseManager Service = "license-manager"
)

// fips ends the name of a service whose endpoint has validated cryptography. It answers the same calls.
const fips = "-fips"

// prefixes begin the endpoint service names of AWS's own services, in every partition. aws-cdk-lib: VpcEndpointAwsService.
var prefixes = []string{
	"com.amazonaws.", "cn.com.amazonaws.", "aws.sagemaker.", "aws.api.", "gov.ic.c2s.", "gov.sgov.sc2s.",
	"gov.ic.hci.csp.", "uk.adc-e.cloud.", "eu.amazonaws.",
}

// custom is in the names of services that customers and partners make: com.amazonaws.vpce.eu-west-1.vpce-svc-0aa11bb22cc33dd44.
const custom = ".vpce."

// withoutPolicy don't take endpoint policies. AWS: "AWS services that integrate with AWS PrivateLink", and SageMaker's
// "Connect to SageMaker AI within your VPC" for the FIPS endpoint.
var withoutPolicy = []Service{"sagemaker.runtime-fips"}

// Serves says in which worlds an endpoint is for a service, whatever its type.
func Serves(ep *network.Endpoint, s Service) value.Truth {
	is := ep.ServiceName.Each(func(v value.Value) value.Truth { return Named(v, s) })
	return is.And(ep.OwnService.Not())
}

// Named holds where a name is that of a service, or of its FIPS variant.
func Named(v value.Value, s Service) value.Truth {
	if v.Kind() == value.KindAbsent {
		return value.Always(tri.False, v.Origin())
	}
	all, whole := v.Suffix()
	if whole {
		name, ok := Parse(all)
		return value.Always(tri.Of(ok && strings.TrimSuffix(string(name), fips) == string(s)), v.Origin())
	}
	prefix, _ := v.Prefix()
	switch {
	case strings.Contains(prefix, custom):
		return value.Always(tri.False, v.Origin())
	case !begins(prefix, s):
		return value.Always(tri.False, v.Origin())
	}
	open := false
	for _, name := range []string{"." + string(s), "." + string(s) + fips} {
		if strings.HasSuffix(all, name) {
			return value.Always(tri.True, v.Origin())
		}
		open = open || strings.HasSuffix(name, all)
	}
	if open {
		return value.Unknowable(v.Reason(), v.Origin())
	}
	return value.Always(tri.False, v.Origin())
}

// begins reports whether what is known of the beginning of a name lets it be that of a service.
func begins(prefix string, s Service) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(p, prefix) {
			return true
		}
		rest, ok := strings.CutPrefix(prefix, p)
		if !ok {
			continue
		}
		// The region goes before the service.
		_, known, _ := strings.Cut(rest, ".")
		if strings.HasPrefix(string(s)+fips, known) {
			return true
		}
	}
	return false
}

// Parse returns the service of AWS's that a name is for; false for a name that is none of AWS's.
func Parse(name string) (Service, bool) {
	if strings.Contains(name, custom) {
		return "", false
	}
	for _, p := range prefixes {
		rest, ok := strings.CutPrefix(name, p)
		if !ok {
			continue
		}
		// com.amazonaws.s3-global.accesspoint has no region.
		region, service, found := strings.Cut(rest, ".")
		if !found || !strings.Contains(region, "-") {
			return "", false
		}
		return Service(service), true
	}
	return "", false
}

// region returns the region in a name of AWS's, and "" where there is none.
func region(name string) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(name, p); ok && !strings.Contains(name, custom) {
			region, service, _ := strings.Cut(rest, ".")
			if service != "" && region != "s3-global" {
				return region
			}
		}
	}
	return ""
}

// TakesPolicy says in which worlds an endpoint's service is one of AWS's that takes endpoint policies.
func TakesPolicy(ep *network.Endpoint) value.Truth {
	takes := ep.ServiceName.Each(func(v value.Value) value.Truth {
		prefix, whole := v.Prefix()
		if !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(prefix, p) }) {
			if whole || v.Kind() == value.KindAbsent {
				return value.Always(tri.False, v.Origin())
			}
			return value.Unknowable(v.Reason(), v.Origin())
		}
		if strings.Contains(prefix, custom) {
			return value.Always(tri.False, v.Origin())
		}
		suffix, all := v.Suffix()
		for _, name := range withoutPolicy {
			switch {
			case strings.HasSuffix(suffix, "."+string(name)):
				return value.Always(tri.False, v.Origin())
			case !all && strings.HasSuffix("."+string(name), suffix):
				return value.Unknowable(v.Reason(), v.Origin())
			}
		}
		return value.Always(tri.True, v.Origin())
	})
	return takes.And(ep.OwnService.Not())
}

package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// EndpointAllowsPackageRepositories reports an S3 endpoint through which packages can be installed from the repositories of
// Amazon Linux. AWS: "Give SageMaker AI processing jobs access to resources in your Amazon VPC", restrict package
// installation.
var EndpointAllowsPackageRepositories = &Rule{
	ID:        "endpoint-allows-package-repositories",
	Severity:  finding.Low,
	Strict:    true,
	Title:     "An S3 endpoint lets packages be installed from the Amazon Linux repositories.",
	Label:     "packages come through it",
	Help:      "allow your own buckets only, or deny s3:GetObject on the buckets of every repository",
	Precision: "very-high",
	Run: func(p *Pass) {
		p.endpointPolicies(func(ep *network.Endpoint) []Suspect {
			isS3 := endpoints.Serves(ep, endpoints.S3)
			if isS3.Known() == tri.False {
				return nil
			}
			return letsThrough(ep, isS3)
		})
	},
}

// letsThrough returns the suspects of one S3 endpoint: its own policy, those that are apart, or that it has none.
func letsThrough(ep *network.Endpoint, isS3 value.Truth) []Suspect {
	own := ep.PolicyDocument
	none := own.NonEmpty().Not().And(ep.Complete)
	for _, separate := range ep.Policies {
		none = none.And(separate.Holds.And(separate.To.Policy.NonEmpty()).Not())
	}
	suspects := []Suspect{{
		Wrong: none.And(isS3), At: own.Leaf,
		Message: "has no policy, so that packages of Amazon Linux can be installed through it",
	}}
	region := regionOf(ep.ServiceName)
	if own.Kind() != value.KindAbsent {
		suspects = append(suspects, repositories(own, region, isS3.And(own.NonEmpty())))
	}
	for _, separate := range ep.Policies {
		suspects = append(suspects, repositories(separate.To.Policy, region, isS3.And(separate.Holds)))
	}
	return suspects
}

// packageRepositories are the buckets of Amazon Linux's packages, as policies name them, and those of one region.
// AWS: "Give SageMaker AI processing jobs access to resources in your Amazon VPC"; EMR release notes on Amazon Linux 2;
// "AL2023 user guide", deterministic upgrades.
var packageRepositories = []struct{ pattern, bucket string }{
	{"packages.*.amazonaws.com", "packages.REGION.amazonaws.com"},
	{"repo.*.amazonaws.com", "repo.REGION.amazonaws.com"},
	{"amazonlinux.*.amazonaws.com", "amazonlinux.REGION.amazonaws.com"},
	{"amazonlinux-2-repos-*", "amazonlinux-2-repos-REGION"},
	{"al2023-repos-*", "al2023-repos-REGION-de612dc2"},
}

// repositories returns the suspect that a policy lets some of the repositories through.
func repositories(policy value.Policy, region string, judged value.Truth) Suspect {
	d := guard.Read(policy.Value, nil)
	places := placesIn(d, region)
	naming := func(part value.Value) (string, bool) { return deployed(part, places) }
	d = guard.Read(policy.Value, naming)
	wrong, open := value.No(), []string{}
	for _, repository := range packageRepositories {
		reached := value.No()
		for _, r := range places.regions {
			bucket := strings.ReplaceAll(repository.bucket, "REGION", r)
			reached = reached.Or(d.Reaches("s3:GetObject", "arn:"+places.partition+":s3:::"+bucket))
		}
		if reached.Somewhere() {
			open = append(open, repository.pattern)
		}
		wrong = wrong.Or(reached)
	}
	message := "has a policy that lets packages of Amazon Linux be installed"
	if len(open) > 0 && len(open) < len(packageRepositories) {
		message = "has a policy that doesn't deny the package repositories " + strings.Join(open, ", ")
	}
	return Suspect{Wrong: wrong.And(judged), At: policy.Leaf, From: policy.Origin(), Message: message}
}

// places are where an endpoint may be.
type places struct {
	partition string
	regions   []string
}

// aRegion stands for the region of an endpoint where it isn't known.
const aRegion = "\U000F0010"

var regionName = regexp.MustCompile(`\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-[a-z]+)+-\d\b`)

// placesIn returns where an endpoint is, as far as its service's name or its policy says: a policy that names regions names
// those in which it is used.
func placesIn(d guard.Document, region string) places {
	out := places{partition: "aws"}
	for i := range d.Statements {
		members, _ := d.Statements[i].Resources.Members()
		for _, m := range members {
			for _, part := range m.Value.Parts() {
				text := part.Literal()
				for _, partition := range []string{"aws-cn", "aws-us-gov"} {
					if strings.HasPrefix(text, "arn:"+partition+":") {
						out.partition = partition
					}
				}
				for _, name := range regionName.FindAllString(text, -1) {
					if region == "" && !slices.Contains(out.regions, name) && len(out.regions) < maxRegions {
						out.regions = append(out.regions, name)
					}
				}
			}
		}
	}
	switch {
	case region != "":
		out.regions = []string{region}
	case len(out.regions) == 0:
		out.regions = []string{aRegion}
	}
	return out
}

// maxRegions bounds the regions of one policy that are tried.
const maxRegions = 8

// deployed returns what a reference to the region or the partition of a deployment stands for.
func deployed(part value.Value, at places) (string, bool) {
	ref, ok := part.Symbol()
	if !ok {
		return "", false
	}
	name := "." + ref.Addr.Name
	switch {
	case ref.String() == "AWS::Partition", strings.Contains(name, ".data.aws_partition."):
		return at.partition, true
	case ref.String() == "AWS::Region", strings.Contains(name, ".data.aws_region."):
		return at.regions[0], len(at.regions) == 1
	}
	return "", false
}

// regionOf returns the region that an endpoint's service name says; "" where it doesn't.
func regionOf(service value.String) string {
	name, _ := service.AsString()
	return regionName.FindString(name)
}

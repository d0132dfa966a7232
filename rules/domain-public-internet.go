package rules

import "github.com/vpclint/vpclint/internal/finding"

// DomainPublicInternet reports a Studio domain whose traffic leaves through a network of SageMaker's. Absent is
// PublicInternetOnly; subnets alone don't change that. AWS: API_CreateDomain, AppNetworkAccessType.
var DomainPublicInternet = &Rule{
	ID:         "domain-public-internet",
	Severity:   finding.High,
	Title:      "A SageMaker domain is not limited to its VPC.",
	Label:      "Studio reaches the internet without passing your VPC",
	Help:       `set {AppNetworkAccessType} to "VpcOnly"`,
	Precision:  "very-high",
	Weaknesses: []int{284},
	Elsewhere:  Counterparts{Config: []string{"sagemaker-domain-in-vpc"}},
	Run: func(p *Pass) {
		for _, d := range p.Domains {
			p.Report(d, d.AppNetworkAccessType.Is("VpcOnly").Not(), d.AppNetworkAccessType.Leaf, "the domain is not VpcOnly")
		}
	},
}

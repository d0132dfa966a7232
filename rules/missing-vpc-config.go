package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// MissingVPCConfig reports a workload that names no subnets, so that it runs in a network of SageMaker's.
// AWS: "Give SageMaker training jobs access to resources in your VPC" and its like for the other kinds.
var MissingVPCConfig = &Rule{
	ID:         "missing-vpc-config",
	Severity:   finding.High,
	Title:      "A SageMaker workload runs outside the private network.",
	Label:      "runs in a network of SageMaker's, with a way out to the internet",
	Help:       "name private subnets and security groups",
	Precision:  "very-high",
	Weaknesses: []int{653},
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.2"},
		Config:      []string{"sagemaker-model-in-vpc", "sagemaker-notebook-instance-inside-vpc"},
		Prowler: []string{
			"sagemaker_models_vpc_settings_configured",
			"sagemaker_notebook_instance_vpc_settings_configured",
			"sagemaker_training_jobs_vpc_settings_configured",
		},
	},
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			looked := false
			for _, place := range w.Workload.Placements() {
				if !place.Subnets.Known || place.Optional {
					continue
				}
				applies := place.Applies.And(w.Serverless.Not())
				looked = looked || applies.Possible()
				// Security groups without subnets are a fault of their own, partial-vpc-config.
				empty := place.Subnets.NonEmpty().Not()
				wrong := empty.And(grouped(place).Not()).Or(empty.Doubt()).And(applies)
				message := "names no subnets"
				if place.Part != "" {
					message = place.Part + " " + message
				}
				suspects = append(suspects, Suspect{Wrong: wrong, At: place.Subnets.Leaf, Message: message})
			}
			if looked {
				p.ReportAny(w, suspects)
			}
		}
	},
}

// grouped holds where a placement names security groups.
func grouped(place model.Placement) value.Truth {
	if !place.SecurityGroups.Known {
		return value.No()
	}
	return place.SecurityGroups.NonEmpty()
}

package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// ModelRegistryOutsideVPC reports a model of which a container's image comes from anywhere but a registry in the VPC. Absent
// is Platform, Amazon ECR. AWS: API_ImageConfig, "Use a private Docker registry for real-time inference containers".
var ModelRegistryOutsideVPC = &Rule{
	ID:        "model-registry-outside-vpc",
	Severity:  finding.Low,
	Strict:    true,
	Title:     "A container of a SageMaker model pulls its image from a registry outside the VPC.",
	Label:     "the image doesn't come through your VPC",
	Help:      "serve the image from a private registry in the VPC, and say so in the container's image configuration",
	Precision: "very-high",
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.16", "SageMaker.19"},
		Config:      []string{"sagemaker-model-private-registry-required", "sagemaker-model-multicontainer-private-registry"},
	},
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			m, ok := w.Workload.(*model.Model)
			if !ok {
				continue
			}
			var suspects []Suspect
			add := func(c *model.Container, path string) {
				// AWS: "Deploy models with Amazon SageMaker Serverless Inference" has no private registries either.
				there := c.Body.Set().And(value.In(c.When)).And(w.Serverless.Not())
				if !there.Possible() {
					return
				}
				suspects = append(suspects, Suspect{
					Wrong: c.RepositoryAccessMode.Is("Vpc").Not().And(there), At: c.RepositoryAccessMode.Leaf,
					Message: "a container's image is not pulled from a registry in the VPC",
					Help:    `serve the image from a private registry in the VPC and set ` + p.Spell(w.Head().Raw, path+"ImageConfig.RepositoryAccessMode") + ` to "Vpc"`,
				})
			}
			add(&m.PrimaryContainer, "PrimaryContainer.")
			for i := range m.Containers {
				add(&m.Containers[i], "Containers.")
			}
			if len(suspects) > 0 {
				p.ReportAny(w, suspects)
			}
		}
	},
}

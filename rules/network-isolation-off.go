package rules

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// NetworkIsolationOff reports a workload whose containers may open connections. Absent is off.
// AWS: "Run training and inference containers in internet-free mode".
var NetworkIsolationOff = &Rule{
	ID:         "network-isolation-off",
	Severity:   finding.Medium,
	Title:      "A SageMaker workload runs without network isolation.",
	Label:      "code in its containers can send data out",
	Help:       "run it as a job or model that can be isolated, if it calls no other service",
	Precision:  "very-high",
	Weaknesses: []int{653},
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.5", "SageMaker.11", "SageMaker.12", "SageMaker.14", "SageMaker.20", "SageMaker.25"},
		Config: []string{
			"sagemaker-data-quality-job-isolation",
			"sagemaker-model-bias-job-isolation",
			"sagemaker-model-explainability-job-network-isolation",
			"sagemaker-model-isolation-enabled",
			"sagemaker-model-quality-job-definition-isolation",
			"sagemaker-monitoring-schedule-isolation",
		},
		Prowler: []string{"sagemaker_models_network_isolation_enabled", "sagemaker_training_jobs_network_isolation_enabled"},
	},
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			r, ok := w.Workload.(model.Isolatable)
			if !ok {
				continue
			}
			applies := w.Serverless.Not().And(unshadowed(w.Workload))
			suspects := p.settings(w, r.Isolations(), "network isolation is off", func(int) (value.Truth, []finding.Step) { return applies, nil })
			if len(suspects) == 0 {
				continue
			}
			if framework := unisolated(w.Workload); framework != "" {
				for i := range suspects {
					suspects[i].Message += ", and the image of " + framework + " doesn't support it"
					suspects[i].Help = "run it with an image that does, if it calls no other service"
				}
			}
			p.ReportAny(w, suspects)
		}
	},
}

// clarifyImage is in the address of each image of SageMaker Clarify's. AWS: "Prebuilt SageMaker Clarify containers".
const clarifyImage = "/sagemaker-clarify-processing"

// unshadowed holds where a workload is no job of SageMaker Clarify's that asks a model through a shadow endpoint, which
// isolation would keep it from. Of definitions for bias and explainability, which Security Hub wants isolated, that counts only
// where something tells. AWS: "Give Amazon SageMaker Clarify jobs access to resources in your Amazon VPC".
func unshadowed(w model.Workload) value.Truth {
	shadow := w.Head().Raw.Shadow
	job, isJob := w.(*model.ProcessingJob)
	switch {
	case isJob && shadow != nil:
		return shadow.Not()
	case isJob && isOf(job.ImageURI, clarifyImage):
		return value.Unknowable("whether its analysis asks a model, which isolation would keep it from, stands in Clarify's configuration, which is not in the tree", nil)
	case shadow != nil:
		return shadow.Not().Supposed()
	}
	return value.Yes()
}

// unisolated returns the framework of which a workload runs an image that can't be isolated, since it reaches S3 by itself;
// empty where it runs none. AWS: "Run training and inference containers in internet-free mode".
func unisolated(w model.Workload) string {
	var images []value.String
	switch r := w.(type) {
	case *model.TrainingJob:
		images = append(images, r.Algorithm.TrainingImage)
	case *model.HyperParameterTuningJob:
		images = append(images, r.Definition.TrainingImage)
	case *model.Model:
		images = append(images, r.PrimaryContainer.Image)
	}
	for _, image := range images {
		switch {
		case isOf(image, "/sagemaker-chainer"):
			return "Chainer"
		case isOf(image, "/sagemaker-rl-"):
			return "SageMaker RL"
		}
	}
	return ""
}

// isOf reports whether what is known of an image's address says that it is one of a repository.
func isOf(image value.String, repository string) bool {
	return slices.ContainsFunc(image.Arms(), func(a value.Arm) bool {
		return slices.ContainsFunc(a.Value.Parts(), func(part value.Value) bool { return strings.Contains(part.Literal(), repository) })
	})
}

package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// NetworkIsolationOff reports a workload whose containers may open connections. Absent is off.
// AWS: "Run training and inference containers in internet-free mode".
var NetworkIsolationOff = &Rule{
	ID:        "network-isolation-off",
	Severity:  finding.Medium,
	Title:     "A SageMaker workload runs without network isolation.",
	Label:     "code in its containers can send data out",
	Help:      "run it as a job or model that can be isolated, if it calls no other service",
	Precision: "very-high",
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.5", "SageMaker.11", "SageMaker.12", "SageMaker.14", "SageMaker.20", "SageMaker.25"},
		Config:      []string{"sagemaker-model-isolation-enabled"},
		Prowler:     []string{"sagemaker_models_network_isolation_enabled", "sagemaker_training_jobs_network_isolation_enabled"},
	},
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			r, ok := w.Workload.(model.Isolatable)
			if !ok {
				continue
			}
			applies := w.Serverless.Not()
			suspects := p.settings(w, r.Isolations(), "network isolation is off", func(int) (value.Truth, []finding.Step) { return applies, nil })
			if len(suspects) > 0 {
				p.ReportAny(w, suspects)
			}
		}
	},
}

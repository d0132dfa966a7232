package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// PlaintextIntercontainerTraffic reports a job of which the instances talk to each other in the clear. Absent is off.
// AWS: "Protect communications between ML compute instances in a distributed training job".
var PlaintextIntercontainerTraffic = &Rule{
	ID:         "plaintext-intercontainer-traffic",
	Severity:   finding.Medium,
	Title:      "The instances of a SageMaker job send each other data in the clear.",
	Label:      "its instances exchange data in the clear",
	Help:       "encrypt the traffic between its instances",
	Precision:  "very-high",
	Weaknesses: []int{319},
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.9", "SageMaker.10", "SageMaker.13", "SageMaker.15", "SageMaker.22"},
		Config: []string{
			"sagemaker-data-quality-job-encrypt-in-transit",
			"sagemaker-model-bias-job-encrypt-in-transit",
			"sagemaker-model-explainability-job-encrypt-in-transit",
			"sagemaker-model-quality-job-encrypt-in-transit",
			"sagemaker-monitoring-schedule-traffic-encryption",
		},
		Prowler: []string{"sagemaker_training_jobs_intercontainer_encryption_enabled"},
	},
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			r, ok := w.Workload.(model.Encryptable)
			if !ok {
				continue
			}
			suspects := p.settings(w, r.Encryptions(), "traffic between its instances is not encrypted", func(part int) (value.Truth, []finding.Step) {
				return p.several(w, part)
			})
			if len(suspects) > 0 {
				p.ReportAny(w, suspects)
			}
		}
	},
}

// several says in which worlds a part of a workload has several instances, whose traffic there is to encrypt, and where it says
// so. Three kinds of definitions are judged whatever their count, as Security Hub's SageMaker.9, .10 and .13 do.
func (p *Pass) several(w *network.Workload, part int) (value.Truth, []finding.Step) {
	switch w.Workload.(type) {
	case *model.DataQualityJobDefinition, *model.ModelQualityJobDefinition, *model.ModelExplainabilityJobDefinition:
		return value.Yes(), nil
	}
	count := p.Placement.Written(w, part)
	if w.Head().Raw.Partial && count.AtLeast(2).Known() == tri.Unknown {
		return value.Unknowable("the jobs that take this default say how many instances they have", nil), nil
	}
	var because []finding.Step
	for _, t := range count.Tallies() {
		if t.Least < 2 || t.Origin == nil || t.Origin.Span.IsZero() {
			continue
		}
		because = append(because, finding.Step{Span: t.Origin.Span, Message: "it has " + instances(t)})
		for o := t.Origin.Via; o != nil; o = o.Via {
			if o.Note != "" {
				because = append(because, finding.Step{Span: o.Span, Message: o.Note})
			}
		}
		break
	}
	return count.AtLeast(2), because
}

package model

import "github.com/vpclint/vpclint/internal/value"

// A Workload is a resource of SageMaker's that runs code or holds a data path and that can be put into a customer VPC.
type Workload interface {
	Resource
	// Kind is AWS's word for it: "training job".
	Kind() string
	// Placements are the places where the workload says to which subnets it is attached: one for most kinds, one for each
	// training definition of a tuning job, one for each group of a cluster that differs.
	Placements() []Placement
}

// A Placement is where a workload, or a part of it, is attached to a VPC.
type Placement struct {
	// Part names the part of the workload that it is about; empty where it is the whole.
	Part           string
	Subnets        value.Strings
	SecurityGroups value.Strings
	// Applies says in which worlds SageMaker would place the workload there at all.
	Applies value.Truth
	// Optional reports whether leaving out the subnets is no fault of this placement: a group of a cluster that is placed
	// with the rest of it.
	Optional bool
}

func (c VPCConfig) placement() []Placement {
	return []Placement{{Subnets: c.Subnets, SecurityGroups: c.SecurityGroupIDs, Applies: value.Yes()}}
}

// Kind implements Workload.
func (*TrainingJob) Kind() string { return "training job" }

// Placements implements Workload.
func (j *TrainingJob) Placements() []Placement { return j.VPCConfig.placement() }

// Kind implements Workload.
func (*HyperParameterTuningJob) Kind() string { return "tuning job" }

// Placements implements Workload: one for each nested training definition that is there.
func (j *HyperParameterTuningJob) Placements() []Placement {
	var out []Placement
	for _, d := range j.nested() {
		p := d.VPCConfig.placement()[0]
		p.Part, p.Applies = d.part, d.applies
		out = append(out, p)
	}
	return out
}

// Kind implements Workload.
func (*ProcessingJob) Kind() string { return "processing job" }

// Placements implements Workload.
func (j *ProcessingJob) Placements() []Placement { return j.NetworkConfig.VPCConfig.placement() }

// Kind implements Workload.
func (*AutoMLJob) Kind() string { return "AutoML job" }

// Placements implements Workload.
func (j *AutoMLJob) Placements() []Placement { return j.SecurityConfig.VPCConfig.placement() }

// Kind implements Workload.
func (*AutoMLJobV2) Kind() string { return "AutoML job" }

// Placements implements Workload.
func (j *AutoMLJobV2) Placements() []Placement { return j.SecurityConfig.VPCConfig.placement() }

// Kind implements Workload.
func (*LabelingJob) Kind() string { return "labeling job" }

// Placements implements Workload: only automated labeling runs in a VPC.
func (j *LabelingJob) Placements() []Placement {
	p := j.VPCConfig.placement()
	p[0].Applies = j.AlgorithmsConfig.Set()
	return p
}

// Kind implements Workload.
func (*CompilationJob) Kind() string { return "compilation job" }

// Placements implements Workload.
func (j *CompilationJob) Placements() []Placement { return j.VPCConfig.placement() }

// Kind implements Workload.
func (*OptimizationJob) Kind() string { return "optimization job" }

// Placements implements Workload.
func (j *OptimizationJob) Placements() []Placement { return j.VPCConfig.placement() }

// Kind implements Workload.
func (*InferenceRecommendationsJob) Kind() string { return "inference recommendations job" }

// Placements implements Workload.
func (j *InferenceRecommendationsJob) Placements() []Placement { return j.VPCConfig.placement() }

// Kind implements Workload.
func (*AIBenchmarkJob) Kind() string { return "benchmark job" }

// Placements implements Workload.
func (j *AIBenchmarkJob) Placements() []Placement { return j.VPCConfig.placement() }

// Kind implements Workload.
func (*Job) Kind() string { return "job" }

// Placements implements Workload.
func (j *Job) Placements() []Placement { return j.Document.VPCConfig.placement() }

// Kind implements Workload.
func (*Model) Kind() string { return "model" }

// Placements implements Workload.
func (m *Model) Placements() []Placement { return m.VPCConfig.placement() }

// Kind implements Workload.
func (*EndpointConfig) Kind() string { return "endpoint configuration" }

// Placements implements Workload. A variant with a model runs in the model's VPC, and a serverless one in none.
func (c *EndpointConfig) Placements() []Placement {
	p := c.VPCConfig.placement()
	if !c.VPCConfig.Subnets.Known {
		return nil
	}
	p[0].Applies = c.own()
	return p
}

// own says in which worlds a variant has the endpoint configuration's network, and not that of a model.
func (c *EndpointConfig) own() value.Truth {
	own := value.No()
	for i := range c.ProductionVariants {
		v := &c.ProductionVariants[i]
		alone := v.ModelName.Set().Not().And(v.ServerlessConfig.Set().Not())
		own = own.Or(alone.And(value.In(v.When)))
	}
	return own
}

// Kind implements Workload.
func (*NotebookInstance) Kind() string { return "notebook instance" }

// Placements implements Workload.
func (n *NotebookInstance) Placements() []Placement {
	return []Placement{{
		Subnets: value.Strings{Leaf: n.SubnetID.Leaf}, SecurityGroups: n.SecurityGroupIDs, Applies: value.Yes(),
	}}
}

// Kind implements Workload.
func (*Domain) Kind() string { return "domain" }

// Placements implements Workload. Unless a domain is VpcOnly, its subnets carry file system traffic only.
// AWS: "Connect Studio in a VPC to external resources".
func (d *Domain) Placements() []Placement {
	return []Placement{{
		Subnets: d.SubnetIDs, SecurityGroups: d.DefaultUserSettings.SecurityGroups, Applies: value.Yes(),
	}}
}

// Kind implements Workload.
func (*DataQualityJobDefinition) Kind() string { return "data quality job definition" }

// Placements implements Workload.
func (d *DataQualityJobDefinition) Placements() []Placement {
	return d.NetworkConfig.VPCConfig.placement()
}

// Kind implements Workload.
func (*ModelQualityJobDefinition) Kind() string { return "model quality job definition" }

// Placements implements Workload.
func (d *ModelQualityJobDefinition) Placements() []Placement {
	return d.NetworkConfig.VPCConfig.placement()
}

// Kind implements Workload.
func (*ModelBiasJobDefinition) Kind() string { return "model bias job definition" }

// Placements implements Workload.
func (d *ModelBiasJobDefinition) Placements() []Placement {
	return d.NetworkConfig.VPCConfig.placement()
}

// Kind implements Workload.
func (*ModelExplainabilityJobDefinition) Kind() string { return "model explainability job definition" }

// Placements implements Workload.
func (d *ModelExplainabilityJobDefinition) Placements() []Placement {
	return d.NetworkConfig.VPCConfig.placement()
}

// Kind implements Workload.
func (*MonitoringSchedule) Kind() string { return "monitoring schedule" }

// Placements implements Workload: a schedule that names its definition has no network of its own.
func (s *MonitoringSchedule) Placements() []Placement {
	p := s.Definition.NetworkConfig.VPCConfig.placement()
	p[0].Applies = s.Definition.Body.Set()
	return p
}

// Kind implements Workload.
func (*Cluster) Kind() string { return "cluster" }

// Placements implements Workload: the cluster's own, which every group without an override is in, and each override.
func (c *Cluster) Placements() []Placement {
	own := c.VPCConfig.placement()[0]
	if len(c.InstanceGroups)+len(c.RestrictedInstanceGroups) > 0 {
		own.Applies = value.No()
	}
	var overrides []Placement
	override := func(group Block, vpc VPCConfig) {
		p := vpc.placement()[0]
		p.Part, p.Optional = "an instance group", true
		p.Applies = value.In(group.When).And(p.Subnets.NonEmpty())
		overrides = append(overrides, p)
		own.Applies = own.Applies.Or(value.In(group.When).And(p.Subnets.NonEmpty().Not()))
	}
	for i := range c.InstanceGroups {
		override(c.InstanceGroups[i].Block, c.InstanceGroups[i].OverrideVPCConfig)
	}
	for i := range c.RestrictedInstanceGroups {
		override(c.RestrictedInstanceGroups[i].Block, c.RestrictedInstanceGroups[i].OverrideVPCConfig)
	}
	return append([]Placement{own}, overrides...)
}

// Kind implements Workload.
func (*Workforce) Kind() string { return "workforce" }

// Placements implements Workload.
func (w *Workforce) Placements() []Placement {
	return []Placement{{Subnets: w.Subnets, SecurityGroups: w.SecurityGroupIDs, Applies: value.Yes()}}
}

// Workloads returns every workload of the estate, in the order in which the front-ends gave them.
func (e *Estate) Workloads() []Workload {
	var out []Workload
	for _, r := range e.all {
		if w, ok := r.(Workload); ok {
			out = append(out, w)
		}
	}
	return out
}

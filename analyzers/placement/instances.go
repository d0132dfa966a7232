package placement

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// Instances says how many instances a workload has at once, over all the places where it is attached: those of a tuning
// job's largest training job, of every group of a cluster, and of all that runs a model. Of several preferences, of which
// SageMaker takes one, the largest counts. What nobody writes is one instance at least, of an AutoML job several.
func (a *Analysis) Instances(w *network.Workload) Count {
	switch r := w.Workload.(type) {
	case *model.HyperParameterTuningJob:
		c := definition(&r.Definition, Count.largest).where(r.Definition.Body.Set())
		for i := range r.Definitions {
			c = c.largest(definition(&r.Definitions[i], Count.largest).where(there(r.Definitions[i].Block)))
		}
		return c
	case *model.Cluster:
		groups, restricted := groupCounts(r)
		return sum(append(groups, restricted...)).plus(rest(r.Groups)).plus(rest(r.Restricted))
	case *model.Model:
		return hosted(w.Uses)
	}
	return single(w.Workload, Count.largest)
}

// Written says how many instances are written down for one of the parts of a workload that make jobs of their own, which
// its placements are in the order of: as Together, but preferences and a tuning job's configurations, of which SageMaker
// takes one, are summed. So counts who asks what a job may be given; who asks what it takes up counts the largest.
func (a *Analysis) Written(w *network.Workload, part int) Count {
	if r, ok := w.Workload.(*model.HyperParameterTuningJob); ok {
		if part > 0 {
			return definition(&r.Definitions[part-1], Count.plus)
		}
		return definition(&r.Definition, Count.plus)
	}
	return single(w.Workload, Count.plus)
}

// Together says how many instances of a workload work on one job, so that they talk to each other: as Instances, but for
// models, whose endpoints have instances that know nothing of each other; those of a batch transform job do.
// AWS: "Give batch transform jobs access to resources in your VPC".
func (a *Analysis) Together(w *network.Workload) Count {
	switch w.Workload.(type) {
	case *model.Model:
		c := Exactly(1, nil)
		for _, u := range w.Uses {
			if u.Transform != nil {
				c = c.largest(used(u))
			}
		}
		return c
	case *model.EndpointConfig, *model.Domain, *model.Workforce:
		return Exactly(1, nil)
	}
	return a.Instances(w)
}

// InstancesAt says how many instances a workload has at once at one of the places where it is attached.
func (a *Analysis) InstancesAt(w *network.Workload, p *network.Placement) Count {
	at := 0
	for i := range w.Placements {
		if &w.Placements[i] == p {
			at = i
		}
	}
	switch r := w.Workload.(type) {
	case *model.HyperParameterTuningJob:
		if at > 0 {
			return definition(&r.Definitions[at-1], Count.largest)
		}
		return definition(&r.Definition, Count.largest)
	case *model.Cluster:
		groups, restricted := groupCounts(r)
		all := append(groups, restricted...)
		if at > 0 {
			return all[at-1]
		}
		// The cluster's own place is that of the groups that have none of theirs.
		c := rest(r.Groups).plus(rest(r.Restricted))
		for i := range all {
			c = c.plus(all[i].where(w.Placements[i+1].Applies.Not()))
		}
		return c
	}
	return a.Instances(w)
}

// A choosing makes one count of several of which SageMaker takes one.
type choosing func(Count, Count) Count

// single counts the instances of a workload that has one place.
func single(w model.Workload, one choosing) Count {
	switch r := w.(type) {
	case *model.TrainingJob:
		if r.ServerlessJobType.Kind() != value.KindAbsent {
			break
		}
		return training(&r.ResourceConfig, one)
	case *model.ProcessingJob:
		return processing(&r.Cluster, one)
	case *model.AutoMLJob, *model.AutoMLJobV2:
		return Between(2, Unbounded, chosen, nil)
	case *model.EndpointConfig:
		c := Exactly(0, nil)
		for _, list := range [][]model.ProductionVariant{r.ProductionVariants, r.ShadowProductionVariants} {
			for i := range list {
				v := &list[i]
				c = c.plus(variant(v).where(v.ModelName.Set().Not().And(there(v.Block))))
			}
		}
		return c
	case *model.DataQualityJobDefinition:
		return monitoring(&r.Cluster)
	case *model.ModelQualityJobDefinition:
		return monitoring(&r.Cluster)
	case *model.ModelBiasJobDefinition:
		return monitoring(&r.Cluster)
	case *model.ModelExplainabilityJobDefinition:
		return monitoring(&r.Cluster)
	case *model.MonitoringSchedule:
		return monitoring(&r.Definition.Cluster)
	case *model.NotebookInstance, *model.CompilationJob:
		return Exactly(1, nil)
	case *model.Workforce:
		return Exactly(0, nil) // people
	}
	return Between(1, Unbounded, chosen, nil)
}

// chosen is why the number of instances of some kinds isn't known: it is no member of theirs.
const chosen = "SageMaker chooses how many instances it runs"

// Chosen reports whether a workload is of a kind for which nobody writes how many instances it has.
func Chosen(w *network.Workload) bool {
	switch r := w.Workload.(type) {
	case *model.AutoMLJob, *model.AutoMLJobV2, *model.LabelingJob, *model.OptimizationJob, *model.InferenceRecommendationsJob,
		*model.AIBenchmarkJob, *model.Job, *model.Domain, *model.Workforce:
		return true
	case *model.TrainingJob:
		return r.ServerlessJobType.Kind() != value.KindAbsent
	case *model.Model:
		return len(w.Uses) == 0
	}
	return false
}

// The most instances that some kinds of jobs may have. AWS: API_ProcessingClusterConfig, API_MonitoringClusterConfig,
// API_TransformResources.
const maxProcessing, maxTransform = 100, 100

// training counts the instances of a training job: of one type, of several groups, or of one of several preferences.
func training(r *model.ResourceConfig, one choosing) Count {
	if r.Groups.Kind() == value.KindAbsent && r.Preferences.Kind() == value.KindAbsent {
		return countOf(r.InstanceCount.Value, Unbounded, none(r.InstanceCount))
	}
	c := countOf(r.InstanceCount.Value, Unbounded, Exactly(0, nil))
	for i := range r.InstanceGroups {
		g := &r.InstanceGroups[i]
		c = c.plus(countOf(g.InstanceCount.Value, Unbounded, none(g.InstanceCount)).where(there(g.Block)))
	}
	return c.plus(rest(r.Groups)).plus(preferred(r.InstancePreferences, r.Preferences, Unbounded, one)).running()
}

// definition counts the instances of one of a tuning job's training jobs.
func definition(d *model.TrainingJobDefinition, one choosing) Count {
	t := &d.TuningResourceConfig
	if t.InstanceCount.Kind() == value.KindAbsent && t.Configs.Kind() == value.KindAbsent {
		return training(&d.ResourceConfig, one)
	}
	c := countOf(t.InstanceCount.Value, Unbounded, Exactly(0, nil))
	for i := range t.InstanceConfigs {
		x := &t.InstanceConfigs[i]
		c = one(c, countOf(x.InstanceCount.Value, Unbounded, none(x.InstanceCount)).where(there(x.Block)))
	}
	return one(c, rest(t.Configs)).running()
}

// processing counts the instances of a processing job. AWS: API_ProcessingClusterConfig has the default.
func processing(r *model.ProcessingCluster, one choosing) Count {
	if r.Preferences.Kind() == value.KindAbsent {
		return countOf(r.InstanceCount.Value, maxProcessing, Exactly(1, r.InstanceCount.Origin()))
	}
	return countOf(r.InstanceCount.Value, maxProcessing, Exactly(0, nil)).plus(preferred(r.InstancePreferences, r.Preferences, maxProcessing, one)).running()
}

func monitoring(r *model.ClusterConfig) Count {
	return countOf(r.InstanceCount.Value, maxProcessing, Exactly(1, r.InstanceCount.Origin()))
}

// preferred counts the instances of several preferences.
func preferred(list []model.InstancePreference, all model.Presence, most int, one choosing) Count {
	c := Exactly(0, nil)
	for i := range list {
		p := &list[i]
		c = one(c, countOf(p.InstanceCount.Value, most, none(p.InstanceCount)).where(there(p.Block)))
	}
	return one(c, rest(all))
}

// groupCounts counts the instances of a cluster's groups, in the order of its placements.
func groupCounts(r *model.Cluster) (groups, restricted []Count) {
	for i := range r.InstanceGroups {
		g := &r.InstanceGroups[i]
		groups = append(groups, countOf(g.InstanceCount.Value, Unbounded, none(g.InstanceCount)).where(there(g.Block)))
	}
	for i := range r.RestrictedInstanceGroups {
		g := &r.RestrictedInstanceGroups[i]
		restricted = append(restricted, countOf(g.InstanceCount.Value, Unbounded, none(g.InstanceCount)).where(there(g.Block)))
	}
	return groups, restricted
}

func sum(counts []Count) Count {
	c := Exactly(0, nil)
	for _, o := range counts {
		c = c.plus(o)
	}
	return c
}

// hosted counts the instances of all that runs a model.
func hosted(uses []network.Use) Count {
	if len(uses) == 0 {
		return Between(1, Unbounded, "no endpoint configuration and no transform job in the tree runs it", nil)
	}
	c := Exactly(0, nil)
	for _, u := range uses {
		c = c.plus(used(u))
	}
	return c
}

func used(u network.Use) Count {
	if u.Transform != nil {
		return countOf(u.Transform.InstanceCount.Value, maxTransform, Exactly(1, nil)).where(u.Holds)
	}
	return variant(u.Variant).where(u.Holds)
}

// variant counts the instances of a variant; a serverless one has none.
func variant(v *model.ProductionVariant) Count {
	return countOf(v.InitialInstanceCount.Value, Unbounded, none(v.InitialInstanceCount)).where(v.ServerlessConfig.Set().Not())
}

// none is the count that nobody has written down where one has to be.
func none(member value.Int) Count {
	return Between(1, Unbounded, "no number of instances is given", member.Origin())
}

// there says in which worlds a block is an element of its list; one of a list that isn't known may be none.
func there(b model.Block) value.Truth { return value.In(b.When).And(b.Body.Set()) }

// rest counts what else may be in a list of which not all is known.
func rest(list model.Presence) Count {
	_, complete := list.Members()
	return Between(0, Unbounded, "", nil).where(complete.Not())
}

package model

import (
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Setting is something that a workload, or a part of it, turns on or off.
type Setting struct {
	value.Bool
	// Part names the part of the workload that it is about; empty where it is the whole.
	Part string
	// Path is the member's canonical path.
	Path string
	// Applies says in which worlds the part is there.
	Applies value.Truth
}

// An Isolatable is a workload whose containers SageMaker keeps from any network if it is asked to.
// AWS: "Run training and inference containers in internet-free mode".
type Isolatable interface {
	Workload
	// Isolations are where it is asked to: one for each of the placements.
	Isolations() []Setting
}

// An Encryptable is a workload of which SageMaker encrypts the traffic between instances if it is asked to.
// AWS: "Protect communications between ML compute instances in a distributed training job".
type Encryptable interface {
	Workload
	// Encryptions are where it is asked to: one for each of the placements.
	Encryptions() []Setting
}

// How the API spells the members.
const (
	isolation  = "EnableNetworkIsolation"
	encryption = "EnableInterContainerTrafficEncryption"
)

// InlineDefinition is where a monitoring schedule has a definition of its own: what its members' canonical paths begin with.
// AWS: API_MonitoringScheduleConfig.
const InlineDefinition = "MonitoringScheduleConfig.MonitoringJobDefinition."

func setting(b value.Bool, path string) []Setting {
	return []Setting{{Bool: b, Path: path, Applies: value.Yes()}}
}

func (n *NetworkConfig) isolations(within string) []Setting {
	return setting(n.EnableNetworkIsolation, within+"NetworkConfig."+isolation)
}

func (n *NetworkConfig) encryptions(within string) []Setting {
	return setting(n.EnableInterContainerTrafficEncryption, within+"NetworkConfig."+encryption)
}

// Isolations implements Isolatable.
func (j *TrainingJob) Isolations() []Setting { return setting(j.EnableNetworkIsolation, isolation) }

// Encryptions implements Encryptable.
func (j *TrainingJob) Encryptions() []Setting {
	return setting(j.EnableInterContainerTrafficEncryption, encryption)
}

// A nestedDefinition is one of a tuning job's training definitions.
type nestedDefinition struct {
	*TrainingJobDefinition
	part, path string
	applies    value.Truth
}

// nested returns the training definitions of a tuning job, the single one first: it names either one or several, and one
// that certainly has neither is judged as having one.
func (j *HyperParameterTuningJob) nested() []nestedDefinition {
	one := nestedDefinition{&j.Definition, "", "TrainingJobDefinition.", j.Definition.Body.Set()}
	several := j.Raw.Props.Attr("TrainingJobDefinitions")
	switch {
	case len(j.Definitions) > 0 || one.applies.Known() != tri.False:
	case several.Kind() == value.KindOpaque || several.Open():
		one.applies = value.Unknowable(several.Reason(), several.Origin())
	default:
		one.applies = value.Yes()
	}
	out := []nestedDefinition{one}
	for i := range j.Definitions {
		d := &j.Definitions[i]
		out = append(out, nestedDefinition{d, "a training definition", "TrainingJobDefinitions.", value.In(d.When)})
	}
	return out
}

// Isolations implements Isolatable.
func (j *HyperParameterTuningJob) Isolations() []Setting {
	var out []Setting
	for _, d := range j.nested() {
		out = append(out, Setting{d.EnableNetworkIsolation, d.part, d.path + isolation, d.applies})
	}
	return out
}

// Encryptions implements Encryptable.
func (j *HyperParameterTuningJob) Encryptions() []Setting {
	var out []Setting
	for _, d := range j.nested() {
		out = append(out, Setting{d.EnableInterContainerTrafficEncryption, d.part, d.path + encryption, d.applies})
	}
	return out
}

// Isolations implements Isolatable.
func (j *ProcessingJob) Isolations() []Setting { return j.NetworkConfig.isolations("") }

// Encryptions implements Encryptable.
func (j *ProcessingJob) Encryptions() []Setting { return j.NetworkConfig.encryptions("") }

// Encryptions implements Encryptable.
func (j *AutoMLJob) Encryptions() []Setting {
	return setting(j.SecurityConfig.EnableInterContainerTrafficEncryption, "AutoMLJobConfig.SecurityConfig."+encryption)
}

// Encryptions implements Encryptable.
func (j *AutoMLJobV2) Encryptions() []Setting {
	return setting(j.SecurityConfig.EnableInterContainerTrafficEncryption, "SecurityConfig."+encryption)
}

// Isolations implements Isolatable.
func (m *Model) Isolations() []Setting { return setting(m.EnableNetworkIsolation, isolation) }

// Isolations implements Isolatable: a variant with a model has the model's, and a serverless one can't have any. The API
// refuses it beside models. AWS: "Deploy models with Amazon SageMaker Serverless Inference", feature exclusions.
func (c *EndpointConfig) Isolations() []Setting {
	if !c.EnableNetworkIsolation.Known {
		return nil
	}
	s := setting(c.EnableNetworkIsolation, isolation)
	s[0].Applies = c.own()
	return s
}

// Isolations implements Isolatable.
func (d *DataQualityJobDefinition) Isolations() []Setting { return d.NetworkConfig.isolations("") }

// Encryptions implements Encryptable.
func (d *DataQualityJobDefinition) Encryptions() []Setting { return d.NetworkConfig.encryptions("") }

// Isolations implements Isolatable.
func (d *ModelQualityJobDefinition) Isolations() []Setting { return d.NetworkConfig.isolations("") }

// Encryptions implements Encryptable.
func (d *ModelQualityJobDefinition) Encryptions() []Setting { return d.NetworkConfig.encryptions("") }

// Isolations implements Isolatable.
func (d *ModelBiasJobDefinition) Isolations() []Setting { return d.NetworkConfig.isolations("") }

// Encryptions implements Encryptable.
func (d *ModelBiasJobDefinition) Encryptions() []Setting { return d.NetworkConfig.encryptions("") }

// Isolations implements Isolatable.
func (d *ModelExplainabilityJobDefinition) Isolations() []Setting {
	return d.NetworkConfig.isolations("")
}

// Encryptions implements Encryptable.
func (d *ModelExplainabilityJobDefinition) Encryptions() []Setting {
	return d.NetworkConfig.encryptions("")
}

// Isolations implements Isolatable: a schedule that names its definition has no network of its own.
func (s *MonitoringSchedule) Isolations() []Setting {
	return s.inline(s.Definition.NetworkConfig.isolations(InlineDefinition))
}

// Encryptions implements Encryptable.
func (s *MonitoringSchedule) Encryptions() []Setting {
	return s.inline(s.Definition.NetworkConfig.encryptions(InlineDefinition))
}

func (s *MonitoringSchedule) inline(all []Setting) []Setting {
	all[0].Applies = s.Definition.Body.Set()
	return all
}

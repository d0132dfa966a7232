package model

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// Arguments are what a container is started with. AWS: API_AlgorithmSpecification, API_AppSpecification.
type Arguments struct {
	Entrypoint value.Strings `aws:"ContainerEntrypoint"`
	Arguments  value.Strings `aws:"ContainerArguments"`
}

// A GivenKind is one of the ways in which a container is given texts.
type GivenKind uint8

// The ways in which a container is given texts.
const (
	GivenEnvironment GivenKind = iota
	GivenHyperParameters
	GivenArguments
)

// A Given is what a container is given in one way: a map of texts, or a list.
type Given struct {
	Kind GivenKind
	value.Leaf
	// When is the world in which there is such a container.
	When value.World
}

// A Giving resource gives texts to containers. They are kept with the resource, and everyone who may describe it reads them.
type Giving interface {
	Resource
	// Given returns what its containers are given.
	Given() []Given
}

func environment(m value.Map) Given { return Given{Kind: GivenEnvironment, Leaf: m.Leaf} }

func hyperParameters(m value.Map) Given { return Given{Kind: GivenHyperParameters, Leaf: m.Leaf} }

func (a Arguments) given() []Given {
	return []Given{{Kind: GivenArguments, Leaf: a.Entrypoint.Leaf}, {Kind: GivenArguments, Leaf: a.Arguments.Leaf}}
}

// element returns what an element of a list is given, in the world in which it is there. Its properties are named by its place.
func element(i int, when value.World, given ...Given) []Given {
	for k := range given {
		g := &given[k]
		g.When = when
		g.Property = indexed(g.Property, i)
	}
	return given
}

// indexed names the property of an element of a list by its place there.
func indexed(property string, i int) string {
	dot := strings.LastIndexByte(property, '.')
	if dot < 0 {
		return property + "[" + strconv.Itoa(i) + "]"
	}
	return property[:dot] + "[" + strconv.Itoa(i) + "]" + property[dot:]
}

// Given implements Giving.
func (j *TrainingJob) Given() []Given {
	return append([]Given{environment(j.Environment), hyperParameters(j.HyperParameters)}, j.Algorithm.given()...)
}

// Given implements Giving.
func (j *HyperParameterTuningJob) Given() []Given {
	out := []Given{environment(j.Definition.Environment), hyperParameters(j.Definition.HyperParameters)}
	for i := range j.Definitions {
		d := &j.Definitions[i]
		out = append(out, element(i, d.When, environment(d.Environment), hyperParameters(d.HyperParameters))...)
	}
	return out
}

// Given implements Giving.
func (j *ProcessingJob) Given() []Given {
	return append([]Given{environment(j.Environment)}, j.App.given()...)
}

// Given implements Giving.
func (j *TransformJob) Given() []Given { return []Given{environment(j.Environment)} }

// Given implements Giving.
func (j *OptimizationJob) Given() []Given { return []Given{environment(j.Environment)} }

// Given implements Giving.
func (m *Model) Given() []Given {
	out := []Given{environment(m.PrimaryContainer.Environment)}
	for i := range m.Containers {
		out = append(out, element(i, m.Containers[i].When, environment(m.Containers[i].Environment))...)
	}
	return out
}

// Given implements Giving.
func (c *InferenceComponent) Given() []Given { return []Given{environment(c.Environment)} }

// Given implements Giving: what deploys the package hands it on to the model.
func (p *ModelPackage) Given() []Given {
	var out []Given
	for i := range p.Containers {
		out = append(out, element(i, p.Containers[i].When, environment(p.Containers[i].Environment))...)
	}
	return out
}

// Given implements Giving.
func (d *DataQualityJobDefinition) Given() []Given {
	return append([]Given{environment(d.Environment)}, d.App.given()...)
}

// Given implements Giving.
func (d *ModelQualityJobDefinition) Given() []Given {
	return append([]Given{environment(d.Environment)}, d.App.given()...)
}

// Given implements Giving.
func (d *ModelBiasJobDefinition) Given() []Given { return []Given{environment(d.Environment)} }

// Given implements Giving.
func (d *ModelExplainabilityJobDefinition) Given() []Given {
	return []Given{environment(d.Environment)}
}

// Given implements Giving: a schedule that names its definition gives nothing itself.
func (s *MonitoringSchedule) Given() []Given {
	return append([]Given{environment(s.Definition.Environment)}, s.Definition.App.given()...)
}

// A Session is what code opens to talk to AWS, with the keys that it hands over. No operation makes it.
// https://boto3.amazonaws.com/v1/documentation/api/latest/guide/credentials.html
type Session struct {
	Meta            `api:"Session"`
	AccessKeyID     value.String `aws:"AccessKeyId"`
	SecretAccessKey value.String `aws:"SecretAccessKey"`
	SessionToken    value.String `aws:"SessionToken"`
}

// Package model holds AWS resources as typed structs, with the AWS API's names, and decodes into them what the
// front-ends found, whatever its dialect. It knows what members there are, what AWS calls them and what their documented
// defaults are; it doesn't know what they mean together.
package model

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Resource is any typed resource.
type Resource interface {
	// Head returns what every resource has.
	Head() *Meta
}

// Meta is what every resource has.
type Meta struct {
	Raw *resource.Raw
}

// Head implements Resource.
func (m *Meta) Head() *Meta { return m }

// Addr returns the resource's address within the run.
func (m *Meta) Addr() value.Address { return m.Raw.Addr }

// Subject returns the resource's address as the user knows it.
func (m *Meta) Subject() string { return m.Raw.Subject }

// Span returns the resource's header.
func (m *Meta) Span() source.Span { return m.Raw.Span }

// Step returns the resource's header as a step of a trace. The message is a clause about it.
func (m *Meta) Step(message string) finding.Step {
	return finding.Step{Span: m.Raw.Span, Message: message}
}

// Exists says in which worlds there is the resource. By the catalogue's rulings an instance that may exist is judged as it
// would be if it did: where its existence depends on nothing that has a name, such as an unknown count, it counts as there,
// and so do its neighbours, which mostly have the same count.
func (m *Meta) Exists() value.Truth {
	if t := m.Raw.Exists; len(t.Cases()) > 1 || t.Known() != tri.Unknown {
		return t
	}
	return value.Yes()
}

// An Estate is every typed resource of a run, kind by kind, in the order in which the front-ends gave them.
type Estate struct {
	// SageMaker's workloads.
	TrainingJobs                []*TrainingJob
	HyperParameterTuningJobs    []*HyperParameterTuningJob
	ProcessingJobs              []*ProcessingJob
	AutoMLJobs                  []*AutoMLJob
	AutoMLJobsV2                []*AutoMLJobV2
	LabelingJobs                []*LabelingJob
	CompilationJobs             []*CompilationJob
	OptimizationJobs            []*OptimizationJob
	InferenceRecommendationJobs []*InferenceRecommendationsJob
	AIBenchmarkJobs             []*AIBenchmarkJob
	Models                      []*Model
	EndpointConfigs             []*EndpointConfig
	NotebookInstances           []*NotebookInstance
	Domains                     []*Domain
	DataQualityJobDefinitions   []*DataQualityJobDefinition
	ModelQualityJobDefinitions  []*ModelQualityJobDefinition
	ModelBiasJobDefinitions     []*ModelBiasJobDefinition
	ExplainabilityDefinitions   []*ModelExplainabilityJobDefinition
	MonitoringSchedules         []*MonitoringSchedule
	Clusters                    []*Cluster
	Workforces                  []*Workforce

	// EC2's network.
	VPCs                       []*VPC
	DefaultVPCs                []*DefaultVPC
	Subnets                    []*Subnet
	DefaultSubnets             []*DefaultSubnet
	RouteTables                []*RouteTable
	DefaultRouteTables         []*DefaultRouteTable
	Routes                     []*Route
	SubnetRouteTables          []*SubnetRouteTableAssociation
	MainRouteTables            []*MainRouteTableAssociation
	InternetGateways           []*InternetGateway
	NatGateways                []*NatGateway
	EgressOnlyInternetGateways []*EgressOnlyInternetGateway
	VPCEndpoints               []*VPCEndpoint
	VPCEndpointPolicies        []*VPCEndpointPolicy

	all      []Resource
	decoder  *decoder
	declared map[value.Address]*resource.Raw
}

// Declared returns the resource or data source at an address, whether or not its type is one of the estate's; nil where
// there is none.
func (e *Estate) Declared(a value.Address) *resource.Raw { return e.declared[a] }

// All returns every resource, in the order in which the front-ends gave them.
func (e *Estate) All() []Resource { return e.all }

// Package model holds AWS resources as typed structs, with the AWS API's names, and decodes into them what the
// front-ends found, whatever its dialect. It knows what members there are, what AWS calls them and what their documented
// defaults are; it doesn't know what they mean together.
package model

import (
	"cmp"
	"iter"
	"slices"

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

// Unit returns the module directory or file that the resource belongs to. That of the address is the outermost one, which
// is deployed.
func (m *Meta) Unit() string { return cmp.Or(m.Raw.Unit, m.Raw.Addr.Unit) }

// Subject returns the resource's address as the user knows it.
func (m *Meta) Subject() string { return m.Raw.Subject }

// Span returns the resource's header.
func (m *Meta) Span() source.Span { return m.Raw.Span }

// Step returns the resource's header as a step of a trace. The message is a clause about it.
func (m *Meta) Step(message string) finding.Step {
	return finding.Step{Span: m.Raw.Span, Message: message}
}

// Exists says in which worlds there is the resource. By the catalogue's rulings an instance that may exist is judged as it
// would be if it did: in a world where its existence depends on nothing more that has a name, such as an unknown count, it
// counts as there, and so do its neighbours, which mostly have the same count.
func (m *Meta) Exists() value.Truth {
	cases := m.Raw.Exists.Cases()
	if !slices.ContainsFunc(cases, func(c value.Case) bool { return c.Holds == tri.Unknown }) {
		return m.Raw.Exists
	}
	ts := make([]value.Truth, len(cases))
	for i, c := range cases {
		ts[i] = value.Always(c.Holds, c.Origin).When(c.When)
		if c.Holds == tri.Unknown {
			ts[i] = value.Yes().When(c.When)
		}
	}
	return value.Join(ts...)
}

// An Estate is every typed resource of a run, kind by kind, in the order in which the front-ends gave them.
type Estate struct {
	// SageMaker's jobs.
	TrainingJobs                []*TrainingJob
	HyperParameterTuningJobs    []*HyperParameterTuningJob
	ProcessingJobs              []*ProcessingJob
	TransformJobs               []*TransformJob
	AutoMLJobs                  []*AutoMLJob
	AutoMLJobsV2                []*AutoMLJobV2
	LabelingJobs                []*LabelingJob
	CompilationJobs             []*CompilationJob
	EdgePackagingJobs           []*EdgePackagingJob
	OptimizationJobs            []*OptimizationJob
	InferenceRecommendationJobs []*InferenceRecommendationsJob
	AIBenchmarkJobs             []*AIBenchmarkJob
	Jobs                        []*Job
	Pipelines                   []*Pipeline
	PipelineExecutions          []*PipelineExecution

	// Its models, and what serves them.
	Models               []*Model
	EndpointConfigs      []*EndpointConfig
	Endpoints            []*Endpoint
	InferenceComponents  []*InferenceComponent
	InferenceExperiments []*InferenceExperiment
	ModelPackages        []*ModelPackage
	Algorithms           []*Algorithm
	ModelCards           []*ModelCard
	DeviceFleets         []*DeviceFleet

	// Where people work.
	NotebookInstances                []*NotebookInstance
	NotebookInstanceLifecycleConfigs []*NotebookInstanceLifecycleConfig
	Domains                          []*Domain
	UserProfiles                     []*UserProfile
	Spaces                           []*Space
	Apps                             []*App
	StudioLifecycleConfigs           []*StudioLifecycleConfig
	CodeRepositories                 []*CodeRepository
	Images                           []*Image
	Projects                         []*Project
	PartnerApps                      []*PartnerApp
	MlflowTrackingServers            []*MlflowTrackingServer
	MlflowApps                       []*MlflowApp

	// What watches models, and the rest.
	DataQualityJobDefinitions  []*DataQualityJobDefinition
	ModelQualityJobDefinitions []*ModelQualityJobDefinition
	ModelBiasJobDefinitions    []*ModelBiasJobDefinition
	ExplainabilityDefinitions  []*ModelExplainabilityJobDefinition
	MonitoringSchedules        []*MonitoringSchedule
	Clusters                   []*Cluster
	Workforces                 []*Workforce
	Workteams                  []*Workteam
	FlowDefinitions            []*FlowDefinition
	FeatureGroups              []*FeatureGroup

	// EC2's network.
	VPCs                       []*VPC
	DefaultVPCs                []*DefaultVPC
	VPCCIDRBlocks              []*VPCCIDRBlock
	Subnets                    []*Subnet
	DefaultSubnets             []*DefaultSubnet
	SubnetCIDRBlocks           []*SubnetCIDRBlock
	InternetGateways           []*InternetGateway
	VPNGateways                []*VPNGateway
	VPCGatewayAttachments      []*VPCGatewayAttachment
	NatGateways                []*NatGateway
	EgressOnlyInternetGateways []*EgressOnlyInternetGateway
	TransitGatewayAttachments  []*TransitGatewayVPCAttachment
	PeeringConnections         []*VPCPeeringConnection
	BlockPublicAccess          []*BlockPublicAccessOptions
	BlockPublicAccessExclusion []*BlockPublicAccessExclusion
	VPCEncryptionControls      []*VPCEncryptionControl
	FlowLogs                   []*FlowLog

	// Its routes.
	RouteTables          []*RouteTable
	DefaultRouteTables   []*DefaultRouteTable
	Routes               []*Route
	SubnetRouteTables    []*SubnetRouteTableAssociation
	GatewayRouteTables   []*GatewayRouteTableAssociation
	MainRouteTables      []*MainRouteTableAssociation
	VPNRoutePropagations []*VPNGatewayRoutePropagation
	PrefixLists          []*ManagedPrefixList
	PrefixListEntries    []*ManagedPrefixListEntry

	// Its endpoints.
	VPCEndpoints              []*VPCEndpoint
	VPCEndpointPolicies       []*VPCEndpointPolicy
	VPCEndpointRouteTables    []*VPCEndpointRouteTableAssociation
	VPCEndpointSubnets        []*VPCEndpointSubnetAssociation
	VPCEndpointSecurityGroups []*VPCEndpointSecurityGroupAssociation
	VPCEndpointPrivateDNS     []*VPCEndpointPrivateDNS

	// Its filters.
	SecurityGroups              []*SecurityGroup
	DefaultSecurityGroups       []*DefaultSecurityGroup
	SecurityGroupRules          []*SecurityGroupRule
	SecurityGroupIngresses      []*SecurityGroupIngress
	SecurityGroupEgresses       []*SecurityGroupEgress
	SecurityGroupVPCs           []*SecurityGroupVPCAssociation
	SecurityGroupRulesExclusive []*SecurityGroupRulesExclusive
	NetworkACLs                 []*NetworkACL
	DefaultNetworkACLs          []*DefaultNetworkACL
	NetworkACLEntries           []*NetworkACLEntry
	SubnetNetworkACLs           []*SubnetNetworkACLAssociation

	// Who may do what.
	Roles                          []*Role
	Users                          []*User
	Groups                         []*Group
	GroupMemberships               []*GroupMembership
	UserGroupMemberships           []*UserGroupMembership
	Policies                       []*Policy
	RolePolicies                   []*RolePolicy
	UserPolicies                   []*UserPolicy
	GroupPolicies                  []*GroupPolicy
	ManagedPolicies                []*ManagedPolicy
	BarePolicies                   []*BarePolicy
	PermissionSets                 []*PermissionSet
	PermissionSetInlinePolicies    []*PermissionSetInlinePolicy
	PermissionSetPolicyAttachments []*PermissionSetPolicyAttachment
	PermissionSetReferences        []*PermissionSetReference
	PermissionSetBoundaries        []*PermissionSetBoundary
	RolePolicyAttachments          []*RolePolicyAttachment
	UserPolicyAttachments          []*UserPolicyAttachment
	GroupPolicyAttachments         []*GroupPolicyAttachment
	ExclusivePolicyAttachments     []*ExclusivePolicyAttachment
	PolicyAttachmentsExclusive     []*PolicyAttachmentsExclusive
	InlinePoliciesExclusive        []*InlinePoliciesExclusive
	OrganizationsPolicies          []*OrganizationsPolicy
	OrganizationsPolicyAttachments []*OrganizationsPolicyAttachment

	// What workloads use, what starts them, and what records that.
	Buckets                 []*Bucket
	BucketPolicies          []*BucketPolicy
	PublicAccessBlocks      []*PublicAccessBlock
	Keys                    []*Key
	KeyPolicies             []*KeyPolicy
	KeyAliases              []*Alias
	StateMachines           []*StateMachine
	ServerlessFunctions     []*ServerlessFunction
	ServerlessStateMachines []*ServerlessStateMachine
	ServerlessApplications  []*ServerlessApplication
	Trails                  []*Trail
	Parameters              []*Parameter
	Sessions                []*Session

	all      []Resource
	raws     []resource.Raw
	decoder  *decoder
	declared map[value.Address]*resource.Raw
}

// Declared returns the resource or data source at an address, whether or not its type is one of the estate's; nil where
// there is none.
func (e *Estate) Declared(a value.Address) *resource.Raw { return e.declared[a] }

// Raws returns the resources and data sources as the front-ends gave them, those of types that the estate doesn't know
// among them.
func (e *Estate) Raws() iter.Seq[*resource.Raw] {
	return func(yield func(*resource.Raw) bool) {
		for i := range e.raws {
			if !yield(&e.raws[i]) {
				return
			}
		}
	}
}

// All returns every resource, in the order in which the front-ends gave them.
func (e *Estate) All() []Resource { return e.all }

package frontend

import (
	"context"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// A Language is what a document is written in that stands inside another.
type Language uint8

// The languages of bodies.
const (
	// StatesLanguage is a state machine's definition: https://states-language.net/spec.html
	StatesLanguage Language = iota
	// PipelineDefinition is a SageMaker pipeline's.
	PipelineDefinition
	// Manifest is an object of Kubernetes.
	Manifest
	// ShellScript is a script, or lines of one, that a shell runs.
	ShellScript
	// BuildSpec is what CodeBuild runs: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
	BuildSpec
)

// A Body is a document in one language that stands inside what another front-end reads: a state machine's definition in a
// template, a script in a notebook's cell. Who finds it hands it over, and knows nothing of who reads it.
type Body struct {
	Language Language
	// Value is its text, parts of which may be unknown, or the object that it spells.
	Value value.Value
	// Pieces are a script's text instead of Value where its host has it piece by piece: each stands where its origin says, and
	// is known or not.
	Pieces []value.Value
	// Shell says how a script is run.
	Shell Shell
	// Owner is what it belongs to: a resource, or no more of one than a unit, a subject and a place, as a notebook's cell is.
	// Whatever is found in the body exists where its owner does.
	Owner resource.Raw
}

// A Shell is what runs a script, as far as its host says.
type Shell struct {
	// Interpreter is its command line without the script, such as "/bin/bash -c"; empty where it is the usual one.
	Interpreter string
	// Env are the variables that are set for it, of two of one name the later.
	Env []value.Field
	// Dir is the directory that it begins in, relative to the root.
	Dir string
}

// Use says where a body is used, for the trace of what is found in it in another file.
func (b Body) Use() *value.Origin {
	at := b.Owner.Span
	if o := b.Value.Origin(); o != nil && !o.Span.IsZero() {
		at = o.Span
	}
	return &value.Origin{Span: at, Note: b.Owner.Subject + " is made of this here", Via: b.Owner.Via}
}

// A BodyReader is a Frontend that reads bodies that others find. It passes over those in languages that it doesn't know.
type BodyReader interface {
	Frontend
	ReadBodies(ctx context.Context, in *Input, bodies []Body) (*Output, error)
}

// A holder is a property of a resource type that holds a body.
type holder struct {
	dialect  resource.Dialect
	typ      string
	property string
	language Language
}

// holders are the properties that hold bodies, by the names of their dialects.
var holders = []holder{
	{resource.Terraform, "aws_sfn_state_machine", "definition", StatesLanguage},
	{resource.TerraformAWSCC, "awscc_stepfunctions_state_machine", "definition", StatesLanguage},
	{resource.TerraformAWSCC, "awscc_stepfunctions_state_machine", "definition_string", StatesLanguage},
	{resource.CloudFormation, "AWS::StepFunctions::StateMachine", "Definition", StatesLanguage},
	{resource.CloudFormation, "AWS::StepFunctions::StateMachine", "DefinitionString", StatesLanguage},
	{resource.CloudFormation, "AWS::Serverless::StateMachine", "Definition", StatesLanguage},
	{resource.API, "CreateStateMachine", "definition", StatesLanguage},
	{resource.Terraform, "aws_sagemaker_pipeline", "pipeline_definition", PipelineDefinition},
	{resource.TerraformAWSCC, "awscc_sagemaker_pipeline", "pipeline_definition.pipeline_definition_body", PipelineDefinition},
	{resource.CloudFormation, "AWS::SageMaker::Pipeline", "PipelineDefinition.PipelineDefinitionBody", PipelineDefinition},
	{resource.API, "CreatePipeline", "PipelineDefinition", PipelineDefinition},
	{resource.ACK, "Pipeline", "pipelineDefinition", PipelineDefinition},
	{resource.Terraform, "kubernetes_manifest", "manifest", Manifest},
	{resource.Terraform, "kubectl_manifest", "yaml_body", Manifest},
	{resource.CloudFormation, "AWSQS::Kubernetes::Resource", "Manifest", Manifest},
	{resource.CloudFormation, "Custom::AWSCDK-EKS-KubernetesResource", "Manifest", Manifest},
	{resource.Terraform, "aws_codebuild_project", "source.buildspec", BuildSpec},
	{resource.TerraformAWSCC, "awscc_codebuild_project", "source.build_spec", BuildSpec},
	{resource.CloudFormation, "AWS::CodeBuild::Project", "Source.BuildSpec", BuildSpec},
	{resource.Terraform, "aws_sagemaker_notebook_instance_lifecycle_configuration", "on_create", ShellScript},
	{resource.Terraform, "aws_sagemaker_notebook_instance_lifecycle_configuration", "on_start", ShellScript},
	{resource.CloudFormation, "AWS::SageMaker::NotebookInstanceLifecycleConfig", "OnCreate.Content", ShellScript},
	{resource.CloudFormation, "AWS::SageMaker::NotebookInstanceLifecycleConfig", "OnStart.Content", ShellScript},
}

// HoldsBody reports whether resources of a type may hold a document in another language.
func HoldsBody(d resource.Dialect, typ string) bool {
	return slices.ContainsFunc(holders, func(h holder) bool { return h.dialect == d && h.typ == typ })
}

// Bodies returns those that resources hold, in the order of the resources.
func Bodies(raws []resource.Raw) []Body {
	var out []Body
	for _, raw := range raws {
		for _, h := range holders {
			if h.typ != raw.Type || h.dialect != raw.Dialect || raw.Data {
				continue
			}
			v := raw.Props
			for name := range strings.SplitSeq(h.property, ".") {
				v = v.Attr(name)
			}
			if v.Kind() != value.KindAbsent {
				out = append(out, Body{Language: h.language, Value: v, Owner: raw})
			}
		}
	}
	return out
}

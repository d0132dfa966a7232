package rules_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/rules"
)

// modelTemplate is a template of one model, with more of its properties to come.
const modelTemplate = `Parameters:
  Kind: {Type: String, AllowedValues: [a, b]}
Conditions:
  A: !Equals [!Ref Kind, a]
Resources:
  M:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: arn
`

const request = `{"TrainingJobName": "n", "AlgorithmSpecification": {"TrainingImage": "i"}, "RoleArn": "r", "OutputDataConfig": {},
`

func TestUnknownProperty(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string // line:column property: message; help
	}{
		{
			"an element of a list, and a list where an object belongs", "t.yaml", modelTemplate + `
      Containers: [{Image: i}, {image: i}]
      VpcConfig: [{subnets: [s]}]
`,
			[]string{
				"11:33 Containers[1].image: Containers[1] has no property image; the nearest name that it has is Image",
				"12:20 VpcConfig[0].subnets: VpcConfig[0] has no property subnets; the nearest name that it has is Subnets",
			},
		},
		{
			"the same slip in both worlds is one finding, with the second place related", "t.yaml", modelTemplate + `
      VpcConfig: !If [A, {subnets: [s]}, {subnets: [t]}]
`,
			[]string{"11:27 VpcConfig.subnets: VpcConfig has no property subnets; the nearest name that it has is Subnets +1"},
		},
		{
			"what is there in one world only", "t.yaml", modelTemplate + `
      VPCConfig: !If [A, {Subnets: [s]}, !Ref "AWS::NoValue"]
      Mode: !If [A, !Ref "AWS::NoValue", x]
`,
			[]string{"11:7 VPCConfig: AWS::SageMaker::Model has no property VPCConfig when Kind is a; the nearest name that it has is VpcConfig"},
		},
		{
			"conditions within conditions", "t.yaml", modelTemplate + `
      VpcConfig: !If [A, !If [A, {Subnets: [s]}, {subnets: [t]}], !Ref "AWS::NoValue"]
`,
			nil,
		},
		{
			"an object to which a macro adds", "t.yaml", modelTemplate + `
      VPCConfig: {}
      VpcConfig: {Fn::Transform: {Name: M}, subnets: [s]}
`,
			[]string{"11:7 VPCConfig: AWS::SageMaker::Model has no property VPCConfig; take it out, as VpcConfig stands beside it"},
		},
		{
			"a macro that may read the whole template", "t.yaml", `Transform: [AWS::LanguageExtensions, Company::Macro]
Resources:
  M: {Type: AWS::SageMaker::Model, Properties: {vpcConfig: {}}}
`,
			nil,
		},
		{
			"what Fn::ForEach repeats", "t.yaml", `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Models:
    - Name
    - [A, B]
    - M${Name}: {Type: AWS::SageMaker::Model, Properties: {vpcConfig: {}}}
`,
			[]string{
				"6:60 vpcConfig: AWS::SageMaker::Model has no property vpcConfig; the nearest name that it has is VpcConfig",
				"6:60 vpcConfig: AWS::SageMaker::Model has no property vpcConfig; the nearest name that it has is VpcConfig",
			},
		},
		{
			"types and objects of which nothing is known", "t.yaml", `
Resources:
  A: {Type: AWS::Lambda::Function, Properties: {memorySize: 1}}
  B: {Type: Custom::Thing, Properties: {serviceToken: x}}
  C: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {startAt: A}, DefinitionSubstitutions: {definition: x}}}
  D: {Type: AWS::SageMaker::Model, Properties: x}
  E: {Type: AWS::SageMaker::Model, Properties: {PrimaryContainer: x, Containers: {image: x}, 1: x, [a]: x}}
`,
			[]string{"7:83 Containers.image: Containers has no property image; the nearest name that it has is Image"},
		},
		{
			"a request's lists and maps, and what a state machine computes", "r.json", request + `
"InputDataConfig": [{"ChannelName": "c", "DataSource": {"S3DataSource": {"S3URI.$": "$.x"}}}], "Environment": {"image": "x"}, "RoleARN.$": "$.r"}
`,
			[]string{
				"3:74 InputDataConfig[0].DataSource.S3DataSource.S3URI: InputDataConfig[0].DataSource.S3DataSource has no property S3URI; the nearest name that it has is S3Uri",
				"3:127 RoleARN: CreateTrainingJob has no property RoleARN; take it out, as RoleArn stands beside it",
			},
		},
		{
			"arguments of the Python SDK, and those of a request that may have more", "p.py", `
import boto3, sys
from sagemaker.model import Model
Model(image_uri="i", role="r", vpc_config={"Subnets": ["s"], "SecurityGroupIDs": ["g"]}, Vpc_Config={})
boto3.client("sagemaker").create_model(ModelNme="m", **sys.argv)
`,
			nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := run(t, rules.UnknownProperty, example{files: []block{{info: "x " + test.file, text: test.text}}})
			var found []string
			for _, f := range got.Findings {
				at := f.At.File.Position(f.At.Start)
				s := fmt.Sprintf("%d:%d %s: %s; %s", at.Line, at.Column, f.Property, f.Message, f.Help)
				if n := len(f.Related); n > 0 {
					s += fmt.Sprintf(" +%d", n)
				}
				found = append(found, s)
			}
			if diff := cmp.Diff(test.want, found); diff != "" || len(got.Undecided) > 0 {
				t.Errorf("%d undecided, found (-want +got):\n%s", len(got.Undecided), diff)
			}
		})
	}
}

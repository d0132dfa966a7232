package model

import "github.com/vpclint/vpclint/internal/value"

// A StateMachine may start jobs. In CloudFormation its definition is an object, its text, or a file in S3, with
// substitutions for what stands as ${Name} in it. AWS: Step Functions API_CreateStateMachine, AWS::StepFunctions::StateMachine.
type StateMachine struct {
	Meta             `tf:"aws_sfn_state_machine" aws:"AWS::StepFunctions::StateMachine" api:"CreateStateMachine"`
	StateMachineName value.String `aws:"StateMachineName" api:"name" tf:"name"`
	StateMachineType value.String `aws:"StateMachineType" api:"type" tf:"type" default:"STANDARD"`
	RoleARN          value.String `aws:"RoleArn" api:"roleArn"`
	Definition       value.JSON   `aws:"Definition" api:"definition"`
	DefinitionString value.JSON   `aws:"DefinitionString" api:"-" tf:"-"`
	// DefinitionS3Location is a definition that isn't here.
	DefinitionS3Location    Presence  `aws:"DefinitionS3Location" api:"-" tf:"-"`
	DefinitionSubstitutions value.Map `aws:"DefinitionSubstitutions" api:"-" tf:"-"`
}

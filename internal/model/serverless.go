package model

import "github.com/vpclint/vpclint/internal/value"

// A ServerlessPolicy is one of the policies from which SAM makes a role: a managed policy's name or ARN, a document, or one
// of SAM's policy templates. AWS: SAM developer guide, AWS::Serverless::Function, Policies.
type ServerlessPolicy struct {
	Block
	Policy value.Policy `aws:"."`
}

// A ServerlessFunction is a Lambda function. Without a role of its own SAM makes one of its policies.
// AWS: AWS::Serverless::Function.
type ServerlessFunction struct {
	Meta                     `aws:"AWS::Serverless::Function"`
	FunctionName             value.String       `aws:"FunctionName"`
	Role                     value.String       `aws:"Role"`
	Policies                 []ServerlessPolicy `aws:"Policies"`
	Inline                   Presence           `aws:"Policies"`
	PermissionsBoundary      value.String       `aws:"PermissionsBoundary"`
	AssumeRolePolicyDocument value.Policy       `aws:"AssumeRolePolicyDocument"`
	SubnetIDs                value.Strings      `aws:"VpcConfig.SubnetIds"`
	SecurityGroupIDs         value.Strings      `aws:"VpcConfig.SecurityGroupIds"`
}

// A ServerlessStateMachine is a StateMachine as SAM has it. AWS: AWS::Serverless::StateMachine.
type ServerlessStateMachine struct {
	Meta       `aws:"AWS::Serverless::StateMachine"`
	Name       value.String `aws:"Name"`
	Type       value.String `aws:"Type" default:"STANDARD"`
	Definition value.JSON   `aws:"Definition"`
	// DefinitionURI names a file beside the template, or one in S3.
	DefinitionURI           value.JSON         `aws:"DefinitionUri"`
	DefinitionSubstitutions value.Map          `aws:"DefinitionSubstitutions"`
	Role                    value.String       `aws:"Role"`
	Policies                []ServerlessPolicy `aws:"Policies"`
	Inline                  Presence           `aws:"Policies"`
	PermissionsBoundary     value.String       `aws:"PermissionsBoundary"`
}

// A ServerlessApplication is another template's stack: a file's, a URL's, or an application's of the repository.
// AWS: AWS::Serverless::Application.
type ServerlessApplication struct {
	Meta       `aws:"AWS::Serverless::Application"`
	Location   value.JSON `aws:"Location"`
	Parameters value.Map  `aws:"Parameters"`
}

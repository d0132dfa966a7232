// Package resource holds one resource as a front-end found it, before anyone gives it meaning: a type name, an address,
// whether it exists, and its properties as abstract values in the dialect of its source.
//
// Front-ends produce it, package model consumes it. It knows no AWS resource and no language's syntax.
package resource

import (
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A Dialect is the spelling in which a resource's type and properties are given.
type Dialect uint8

// The dialects. Type and property names of a Raw are spelt in its dialect.
const (
	// Terraform: "aws_subnet", snake_case of the aws provider; nested blocks are lists of objects.
	Terraform Dialect = iota
	// TerraformAWSCC: "awscc_ec2_subnet", CloudFormation's names in snake_case.
	TerraformAWSCC
	// CloudFormation: "AWS::EC2::Subnet", CloudFormation's names.
	CloudFormation
	// API: "CreateTrainingJob", the members of the operation's input. Python's SDK objects are lowered to it too, with
	// Spelling to say how their author knows each member.
	API
	// ACK: "TrainingJob", a kind of AWS's controllers for Kubernetes. Properties are those of its spec: the API's names in
	// camelCase with initialisms, "vpcConfig.securityGroupIDs".
	ACK
	// Operator: "TrainingJob", a kind of ACK's of which the operator that went before it makes one. Properties are those of
	// its spec: the API's names in camelCase, "vpcConfig.securityGroupIds".
	Operator
)

var dialectNames = [...]string{"terraform", "terraform-awscc", "cloudformation", "api", "ack", "operator"}

// String returns the dialect's name in lower case.
func (d Dialect) String() string { return dialectNames[d] }

// A Raw is one resource as a front-end found it.
type Raw struct {
	Dialect Dialect
	// Type is the resource type in the dialect's spelling; of the API, the operation that creates it.
	Type string
	// Addr identifies it within the run.
	Addr value.Address
	// Unit is the template that declares it, where that isn't the address's unit: of a nested stack's resource.
	Unit string
	// Subject is its address as the user knows it: `module.ml["a"].aws_sagemaker_model.this`, a logical id,
	// "train.py:estimator".
	Subject string
	// Exists says in which worlds there is such a resource. The zero value is unknown; front-ends set value.Yes() for what
	// is certainly there, and don't emit what certainly isn't.
	Exists value.Truth
	// Props is an object, open where a property may have been set in a way that can't be seen (**kwargs).
	// An object's origin is the place of its header (block header, key, callee), which is where a missing member is
	// reported.
	Props value.Value
	// Span is the resource's header: the type through the last label in HCL, the logical id, the callee in Python, the
	// opening brace of a bare request.
	Span source.Span
	// Spelling maps a member's canonical path to the author's word for it, where that isn't the dialect's own:
	// "VpcConfig.Subnets" is "subnets" to a Python estimator. Unsettable stands for a word that there isn't.
	Spelling map[string]string
	// Via says how the resource came to be: through which module calls.
	Via *value.Origin
	// Data marks a Terraform data source: it looks something up and creates nothing.
	Data bool
	// Fact marks what is told of something that is there already, whoever made it: others may link to it, and no rule judges
	// it.
	Fact bool
	// Partial marks what takes effect only as a part of resources that are written elsewhere, such as a file of defaults: it is
	// judged by what it says, and not by what it lacks.
	Partial bool
	// Unread marks what may make resources that can't be seen, such as a call of a module that isn't in the tree, and says why
	// they can't: a clause for people. Props are its arguments. It is no resource itself, and no rule judges it.
	Unread string
	// Shadow says of a job of SageMaker Clarify's in which worlds it asks a model through a shadow endpoint, where more than its
	// request tells; nil where nothing does.
	Shadow *value.Truth
	// Range identifies what a resource ranges over that stands for several, of which the number is not known; "" for one
	// resource. One that ranges over all that another does, in the same order of levels, is there for each of the other's.
	Range string
}

// Unsettable is the spelling of a member that the resource's author has no way to set, though its dialect has it.
const Unsettable = ""

// An Identity says that an attribute of a resource has a literal value, as a state file, a describe output or a plan
// tells: aws_subnet.private[0].id is "subnet-0123456789abcdef0".
type Identity struct {
	Ref     value.Ref
	Literal string
	// Span is where it is told.
	Span source.Span
}

package model

import "github.com/vpclint/vpclint/internal/value"

// An InlinePolicy is a policy that is written inside a role, a user or a group. AWS: AWS::IAM::Role Policy.
type InlinePolicy struct {
	Block
	PolicyName     value.String `aws:"PolicyName" tf:"name"`
	PolicyDocument value.Policy `aws:"PolicyDocument" tf:"policy"`
}

// A Role is who a workload acts as. What it may do stands in its inline policies, in those that are attached to it, and
// apart from it; who may assume it in its trust policy. AWS: API_CreateRole.
type Role struct {
	Meta                     `tf:"aws_iam_role" aws:"AWS::IAM::Role" api:"CreateRole"`
	RoleName                 value.String   `aws:"RoleName" tf:"name"`
	Path                     value.String   `aws:"Path" default:"/"`
	AssumeRolePolicyDocument value.Policy   `aws:"AssumeRolePolicyDocument" tf:"assume_role_policy"`
	PermissionsBoundary      value.String   `aws:"PermissionsBoundary"`
	ManagedPolicyARNs        value.Strings  `aws:"ManagedPolicyArns" api:"-"`
	Policies                 []InlinePolicy `aws:"Policies" api:"-" tf:"inline_policy"`
	// Inline is the whole of the inline policies, for what of it isn't known.
	Inline Presence `aws:"Policies" api:"-" tf:"inline_policy"`
}

// A User is a person or program with credentials of its own. AWS: API_CreateUser.
type User struct {
	Meta                `tf:"aws_iam_user" aws:"AWS::IAM::User" api:"CreateUser"`
	UserName            value.String   `aws:"UserName" tf:"name"`
	Path                value.String   `aws:"Path" default:"/"`
	PermissionsBoundary value.String   `aws:"PermissionsBoundary"`
	Groups              value.Strings  `aws:"Groups" api:"-" tf:"-"`
	ManagedPolicyARNs   value.Strings  `aws:"ManagedPolicyArns" api:"-" tf:"-"`
	Policies            []InlinePolicy `aws:"Policies" api:"-" tf:"-"`
	Inline              Presence       `aws:"Policies" api:"-" tf:"-"`
}

// A Group gives its users its policies. AWS: API_CreateGroup.
type Group struct {
	Meta              `tf:"aws_iam_group" aws:"AWS::IAM::Group" api:"CreateGroup"`
	GroupName         value.String   `aws:"GroupName" tf:"name"`
	Path              value.String   `aws:"Path" default:"/"`
	ManagedPolicyARNs value.Strings  `aws:"ManagedPolicyArns" api:"-" tf:"-"`
	Policies          []InlinePolicy `aws:"Policies" api:"-" tf:"-"`
	Inline            Presence       `aws:"Policies" api:"-" tf:"-"`
}

// A GroupMembership puts users into a group. AWS: API_AddUserToGroup.
type GroupMembership struct {
	Meta      `tf:"aws_iam_group_membership" aws:"AWS::IAM::UserToGroupAddition" api:"AddUserToGroup"`
	GroupName value.String  `aws:"GroupName" tf:"group"`
	Users     value.Strings `aws:"Users" api:"UserName"`
}

// A UserGroupMembership puts a user into groups.
type UserGroupMembership struct {
	Meta     `tf:"aws_iam_user_group_membership"`
	UserName value.String  `aws:"UserName" tf:"user"`
	Groups   value.Strings `aws:"Groups"`
}

// A Policy is a policy that CloudFormation embeds in any number of roles, users and groups. AWS: AWS::IAM::Policy.
type Policy struct {
	Meta           `aws:"AWS::IAM::Policy"`
	PolicyName     value.String  `aws:"PolicyName"`
	PolicyDocument value.Policy  `aws:"PolicyDocument"`
	Roles          value.Strings `aws:"Roles"`
	Users          value.Strings `aws:"Users"`
	Groups         value.Strings `aws:"Groups"`
}

// A RolePolicy is a policy that is embedded in a role, apart from it. AWS: API_PutRolePolicy.
type RolePolicy struct {
	Meta           `tf:"aws_iam_role_policy" aws:"AWS::IAM::RolePolicy" api:"PutRolePolicy"`
	RoleName       value.String `aws:"RoleName" tf:"role"`
	PolicyName     value.String `aws:"PolicyName" tf:"name"`
	PolicyDocument value.Policy `aws:"PolicyDocument" tf:"policy"`
}

// A UserPolicy is a policy that is embedded in a user, apart from it. AWS: API_PutUserPolicy.
type UserPolicy struct {
	Meta           `tf:"aws_iam_user_policy" aws:"AWS::IAM::UserPolicy" api:"PutUserPolicy"`
	UserName       value.String `aws:"UserName" tf:"user"`
	PolicyName     value.String `aws:"PolicyName" tf:"name"`
	PolicyDocument value.Policy `aws:"PolicyDocument" tf:"policy"`
}

// A GroupPolicy is a policy that is embedded in a group, apart from it. AWS: API_PutGroupPolicy.
type GroupPolicy struct {
	Meta           `tf:"aws_iam_group_policy" aws:"AWS::IAM::GroupPolicy" api:"PutGroupPolicy"`
	GroupName      value.String `aws:"GroupName" tf:"group"`
	PolicyName     value.String `aws:"PolicyName" tf:"name"`
	PolicyDocument value.Policy `aws:"PolicyDocument" tf:"policy"`
}

// A ManagedPolicy is a policy of its own, which counts where it is attached: by itself in CloudFormation, by who it is
// attached to, or apart. AWS: API_CreatePolicy.
type ManagedPolicy struct {
	Meta              `tf:"aws_iam_policy" aws:"AWS::IAM::ManagedPolicy" api:"CreatePolicy,CreatePolicyVersion"`
	ManagedPolicyName value.String  `aws:"ManagedPolicyName" api:"PolicyName" tf:"name"`
	Path              value.String  `aws:"Path" default:"/"`
	PolicyDocument    value.Policy  `aws:"PolicyDocument" tf:"policy"`
	Roles             value.Strings `aws:"Roles" api:"-" tf:"-"`
	Users             value.Strings `aws:"Users" api:"-" tf:"-"`
	Groups            value.Strings `aws:"Groups" api:"-" tf:"-"`
}

// A RolePolicyAttachment attaches a managed policy to a role. AWS: API_AttachRolePolicy.
type RolePolicyAttachment struct {
	Meta      `tf:"aws_iam_role_policy_attachment" api:"AttachRolePolicy"`
	RoleName  value.String `aws:"RoleName" tf:"role"`
	PolicyARN value.String `aws:"PolicyArn"`
}

// A UserPolicyAttachment attaches a managed policy to a user. AWS: API_AttachUserPolicy.
type UserPolicyAttachment struct {
	Meta      `tf:"aws_iam_user_policy_attachment" api:"AttachUserPolicy"`
	UserName  value.String `aws:"UserName" tf:"user"`
	PolicyARN value.String `aws:"PolicyArn"`
}

// A GroupPolicyAttachment attaches a managed policy to a group. AWS: API_AttachGroupPolicy.
type GroupPolicyAttachment struct {
	Meta      `tf:"aws_iam_group_policy_attachment" api:"AttachGroupPolicy"`
	GroupName value.String `aws:"GroupName" tf:"group"`
	PolicyARN value.String `aws:"PolicyArn"`
}

// An ExclusivePolicyAttachment attaches a managed policy to those that it names, and takes it from everyone else in the
// account.
type ExclusivePolicyAttachment struct {
	Meta      `tf:"aws_iam_policy_attachment"`
	PolicyARN value.String  `aws:"PolicyArn"`
	Roles     value.Strings `aws:"Roles"`
	Users     value.Strings `aws:"Users"`
	Groups    value.Strings `aws:"Groups"`
}

// PolicyAttachmentsExclusive attaches managed policies to a role, a user or a group, and takes every other one from it.
type PolicyAttachmentsExclusive struct {
	Meta       `tf:"aws_iam_role_policy_attachments_exclusive,aws_iam_user_policy_attachments_exclusive,aws_iam_group_policy_attachments_exclusive"`
	RoleName   value.String  `aws:"RoleName"`
	UserName   value.String  `aws:"UserName"`
	GroupName  value.String  `aws:"GroupName"`
	PolicyARNs value.Strings `aws:"PolicyArns"`
}

// InlinePoliciesExclusive removes every inline policy of a role, a user or a group that it doesn't name.
type InlinePoliciesExclusive struct {
	Meta        `tf:"aws_iam_role_policies_exclusive,aws_iam_user_policies_exclusive,aws_iam_group_policies_exclusive"`
	RoleName    value.String  `aws:"RoleName"`
	UserName    value.String  `aws:"UserName"`
	GroupName   value.String  `aws:"GroupName"`
	PolicyNames value.Strings `aws:"PolicyNames"`
}

// An OrganizationsPolicy bounds what accounts may do, where its type is that of service or resource control policies.
// AWS: Organizations API_CreatePolicy, whose name IAM's operation has too.
type OrganizationsPolicy struct {
	Meta      `tf:"aws_organizations_policy" aws:"AWS::Organizations::Policy" api:"organizations:CreatePolicy"`
	Name      value.String  `aws:"Name"`
	Type      value.String  `aws:"Type" default:"SERVICE_CONTROL_POLICY"`
	Content   value.Policy  `aws:"Content"`
	TargetIDs value.Strings `aws:"TargetIds" api:"-" tf:"-"`
}

// An OrganizationsPolicyAttachment attaches a policy to a root, a unit or an account. AWS: Organizations API_AttachPolicy.
type OrganizationsPolicyAttachment struct {
	Meta     `tf:"aws_organizations_policy_attachment" api:"organizations:AttachPolicy"`
	PolicyID value.String `aws:"PolicyId"`
	TargetID value.String `aws:"TargetId"`
}

// A BarePolicy is a policy document that stands by itself: a file of its own, a data source that nothing in the tree uses, or what
// a call hands to a module that isn't in the tree.
// What it is for, and who has it, isn't shown. No operation makes one; front-ends give it in the API's spelling, whatever it is
// written in. AWS: IAM user guide, "IAM JSON policy elements reference".
type BarePolicy struct {
	Meta           `api:"PolicyDocument"`
	PolicyDocument value.Policy `aws:"PolicyDocument"`
}

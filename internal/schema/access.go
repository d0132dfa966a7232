package schema

// access are the inputs of the operations by which policies are written and given to somebody, of several services. AWS: IAM,
// Organizations and IAM Identity Center API references.
const access = `iam:AttachGroupPolicy GroupName PolicyArn
iam:AttachRolePolicy PolicyArn RoleName
iam:AttachUserPolicy PolicyArn UserName
iam:CreatePolicy Description Path PolicyDocument PolicyName Tags[]=tag
iam:CreatePolicyVersion PolicyArn PolicyDocument SetAsDefault?
iam:PutGroupPolicy GroupName PolicyDocument PolicyName
iam:PutRolePolicy PolicyDocument PolicyName RoleName
iam:PutUserPolicy PolicyDocument PolicyName UserName
organizations:AttachPolicy PolicyId TargetId
organizations:CreatePolicy Content Description Name Tags[]=tag Type
sso-admin:AttachCustomerManagedPolicyReferenceToPermissionSet CustomerManagedPolicyReference=reference InstanceArn PermissionSetArn
sso-admin:AttachManagedPolicyToPermissionSet InstanceArn ManagedPolicyArn PermissionSetArn
sso-admin:PutInlinePolicyToPermissionSet InlinePolicy InstanceArn PermissionSetArn
sso-admin:PutPermissionsBoundaryToPermissionSet InstanceArn PermissionSetArn PermissionsBoundary=boundary
boundary CustomerManagedPolicyReference=reference ManagedPolicyArn
reference Name Path
tag Key Value
`

// Access returns the table of the inputs of the operations by which policies are written and given to somebody, by the service's
// name in the AWS CLI and the operation's: "iam:PutRolePolicy".
func Access() *Table { return &Table{text: access, objects: map[string]*Object{}} }

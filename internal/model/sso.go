package model

import "github.com/vpclint/vpclint/internal/value"

// A PermissionSet becomes a role in every account that people are given it for. What it may do stands in it in CloudFormation,
// and apart from it elsewhere. AWS: IAM Identity Center API_CreatePermissionSet.
type PermissionSet struct {
	Meta              `tf:"aws_ssoadmin_permission_set" aws:"AWS::SSO::PermissionSet" api:"CreatePermissionSet"`
	Name              value.String      `aws:"Name"`
	InlinePolicy      value.Policy      `aws:"InlinePolicy" api:"-" tf:"-"`
	ManagedPolicyARNs value.Strings     `aws:"ManagedPolicies" api:"-" tf:"-"`
	References        []PolicyReference `aws:"CustomerManagedPolicyReferences" api:"-" tf:"-"`
	Boundary          PolicyBoundary    `aws:"PermissionsBoundary" api:"-" tf:"-"`
}

// A PolicyReference names a managed policy that each account has of its own. AWS: API_CustomerManagedPolicyReference.
type PolicyReference struct {
	Block
	Name value.String `aws:"Name"`
	Path value.String `aws:"Path" default:"/"`
}

// A PolicyBoundary is what bounds a permission set: one of AWS's policies, or one that each account has of its own.
// AWS: API_PermissionsBoundary.
type PolicyBoundary struct {
	Reference        PolicyReference `aws:"CustomerManagedPolicyReference"`
	ManagedPolicyARN value.String    `aws:"ManagedPolicyArn"`
}

// A PermissionSetInlinePolicy is a policy that is embedded in a permission set, apart from it.
// AWS: API_PutInlinePolicyToPermissionSet.
type PermissionSetInlinePolicy struct {
	Meta             `tf:"aws_ssoadmin_permission_set_inline_policy" api:"PutInlinePolicyToPermissionSet"`
	PermissionSetARN value.String `aws:"PermissionSetArn"`
	InlinePolicy     value.Policy `aws:"InlinePolicy"`
}

// A PermissionSetPolicyAttachment attaches one of AWS's policies to a permission set.
// AWS: API_AttachManagedPolicyToPermissionSet.
type PermissionSetPolicyAttachment struct {
	Meta             `tf:"aws_ssoadmin_managed_policy_attachment" api:"AttachManagedPolicyToPermissionSet"`
	PermissionSetARN value.String `aws:"PermissionSetArn"`
	ManagedPolicyARN value.String `aws:"ManagedPolicyArn"`
}

// A PermissionSetReference attaches a policy that each account has of its own to a permission set.
// AWS: API_AttachCustomerManagedPolicyReferenceToPermissionSet.
type PermissionSetReference struct {
	Meta             `tf:"aws_ssoadmin_customer_managed_policy_attachment" api:"AttachCustomerManagedPolicyReferenceToPermissionSet"`
	PermissionSetARN value.String    `aws:"PermissionSetArn"`
	Reference        PolicyReference `aws:"CustomerManagedPolicyReference"`
}

// A PermissionSetBoundary bounds a permission set, apart from it. AWS: API_PutPermissionsBoundaryToPermissionSet.
type PermissionSetBoundary struct {
	Meta             `tf:"aws_ssoadmin_permissions_boundary_attachment" api:"PutPermissionsBoundaryToPermissionSet"`
	PermissionSetARN value.String   `aws:"PermissionSetArn"`
	Boundary         PolicyBoundary `aws:"PermissionsBoundary"`
}

func (r *PermissionSet) access(a *accesses) {
	a.own(PolicyEmbedded, HolderPermissionSet, r.InlinePolicy)
	a.attach(r.ManagedPolicyARNs.Value, HolderPermissionSet, a.self(), false)
	for i := range r.References {
		a.refer(&r.References[i], a.self(), false)
	}
	a.bound(&r.Boundary, a.self())
}

func (r *PermissionSetInlinePolicy) access(a *accesses) {
	a.apart(PolicyEmbedded, HolderPermissionSet, r.PermissionSetARN.Value, value.String{}, r.InlinePolicy)
}

func (r *PermissionSetPolicyAttachment) access(a *accesses) {
	a.attach(r.ManagedPolicyARN.Value, HolderPermissionSet, r.PermissionSetARN.Value, false)
}

func (r *PermissionSetReference) access(a *accesses) {
	a.refer(&r.Reference, r.PermissionSetARN.Value, false)
}

func (r *PermissionSetBoundary) access(a *accesses) { a.bound(&r.Boundary, r.PermissionSetARN.Value) }

// bound adds the attachment of a permission set's boundary.
func (a *accesses) bound(b *PolicyBoundary, set value.Value) {
	a.attach(b.ManagedPolicyARN.Value, HolderPermissionSet, set, true)
	a.refer(&b.Reference, set, true)
}

// refer adds the attachment of a managed policy that a permission set names by its name. It is known as its ARN would be, but
// for the account.
func (a *accesses) refer(r *PolicyReference, set value.Value, boundary bool) {
	within := a.exists
	defer func() { a.exists = within }()
	a.exists = within.Within(r.When)
	arn := r.Name.Map(func(name value.Value) value.Value {
		if name.Kind() == value.KindAbsent || name.Kind() == value.KindSymbol {
			return name // nothing, or an attribute of the policy itself
		}
		return value.OfText(value.OfString("arn:aws:iam::account:policy"), r.Path.Value, name).WithOrigin(name.Origin()).MaybeAs(name)
	})
	a.attach(arn, HolderPermissionSet, set, boundary)
}

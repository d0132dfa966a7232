package model

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

func (r *Role) access(a *accesses) {
	a.own(PolicyTrust, HolderRole, r.AssumeRolePolicyDocument)
	a.inline(HolderRole, r.Policies, r.Inline)
	a.attach(r.ManagedPolicyARNs.Value, HolderRole, a.self(), false)
	a.attach(r.PermissionsBoundary.Value, HolderRole, a.self(), true)
}

func (r *User) access(a *accesses) {
	a.inline(HolderUser, r.Policies, r.Inline)
	a.attach(r.ManagedPolicyARNs.Value, HolderUser, a.self(), false)
	a.attach(r.PermissionsBoundary.Value, HolderUser, a.self(), true)
	a.member(a.self(), r.Groups.Value)
}

func (r *Group) access(a *accesses) {
	a.inline(HolderGroup, r.Policies, r.Inline)
	a.attach(r.ManagedPolicyARNs.Value, HolderGroup, a.self(), false)
}

func (r *GroupMembership) access(a *accesses) { a.member(r.Users.Value, r.GroupName.Value) }

func (r *UserGroupMembership) access(a *accesses) { a.member(r.UserName.Value, r.Groups.Value) }

func (r *Policy) access(a *accesses) {
	a.apart(PolicyEmbedded, HolderRole, r.Roles.Value, r.PolicyName, r.PolicyDocument)
	a.apart(PolicyEmbedded, HolderUser, r.Users.Value, r.PolicyName, r.PolicyDocument)
	a.apart(PolicyEmbedded, HolderGroup, r.Groups.Value, r.PolicyName, r.PolicyDocument)
}

func (r *RolePolicy) access(a *accesses) {
	a.apart(PolicyEmbedded, HolderRole, r.RoleName.Value, r.PolicyName, r.PolicyDocument)
}

func (r *UserPolicy) access(a *accesses) {
	a.apart(PolicyEmbedded, HolderUser, r.UserName.Value, r.PolicyName, r.PolicyDocument)
}

func (r *GroupPolicy) access(a *accesses) {
	a.apart(PolicyEmbedded, HolderGroup, r.GroupName.Value, r.PolicyName, r.PolicyDocument)
}

func (r *ManagedPolicy) access(a *accesses) {
	a.add(PolicyDocument{Kind: PolicyManaged, Name: r.ManagedPolicyName, Document: r.PolicyDocument})
	a.attach(a.self(), HolderRole, r.Roles.Value, false)
	a.attach(a.self(), HolderUser, r.Users.Value, false)
	a.attach(a.self(), HolderGroup, r.Groups.Value, false)
}

func (r *BarePolicy) access(a *accesses) {
	a.add(PolicyDocument{Kind: PolicyBare, Document: r.PolicyDocument})
}

func (r *RolePolicyAttachment) access(a *accesses) {
	a.attach(r.PolicyARN.Value, HolderRole, r.RoleName.Value, false)
}

func (r *UserPolicyAttachment) access(a *accesses) {
	a.attach(r.PolicyARN.Value, HolderUser, r.UserName.Value, false)
}

func (r *GroupPolicyAttachment) access(a *accesses) {
	a.attach(r.PolicyARN.Value, HolderGroup, r.GroupName.Value, false)
}

func (r *ExclusivePolicyAttachment) access(a *accesses) {
	a.attach(r.PolicyARN.Value, HolderRole, r.Roles.Value, false)
	a.attach(r.PolicyARN.Value, HolderUser, r.Users.Value, false)
	a.attach(r.PolicyARN.Value, HolderGroup, r.Groups.Value, false)
}

func (r *PolicyAttachmentsExclusive) access(a *accesses) {
	a.attach(r.PolicyARNs.Value, HolderRole, r.RoleName.Value, false)
	a.attach(r.PolicyARNs.Value, HolderUser, r.UserName.Value, false)
	a.attach(r.PolicyARNs.Value, HolderGroup, r.GroupName.Value, false)
}

func (r *OrganizationsPolicy) access(a *accesses) {
	a.add(PolicyDocument{Kind: PolicyOrganization, Name: r.Name, Document: r.Content})
	a.attach(a.self(), HolderTarget, r.TargetIDs.Value, false)
}

func (r *OrganizationsPolicyAttachment) access(a *accesses) {
	a.attach(r.PolicyID.Value, HolderTarget, r.TargetID.Value, false)
}

func (r *Bucket) access(a *accesses) { a.own(PolicyResource, HolderBucket, r.InlinePolicy) }

func (r *BucketPolicy) access(a *accesses) {
	a.apart(PolicyResource, HolderBucket, r.Bucket.Value, value.String{}, r.PolicyDocument)
}

func (r *Key) access(a *accesses) { a.own(PolicyResource, HolderKey, r.KeyPolicy) }

func (r *KeyPolicy) access(a *accesses) {
	a.apart(PolicyResource, HolderKey, r.KeyID.Value, value.String{}, r.Policy)
}

func (r *VPCEndpoint) access(a *accesses) { a.own(PolicyEndpoint, HolderEndpoint, r.PolicyDocument) }

func (r *VPCEndpointPolicy) access(a *accesses) {
	a.apart(PolicyEndpoint, HolderEndpoint, r.VPCEndpointID.Value, value.String{}, r.Policy)
}

func (r *ServerlessFunction) access(a *accesses) {
	a.serverless(r.Role, r.Policies, r.Inline, r.PermissionsBoundary, r.AssumeRolePolicyDocument)
}

func (r *ServerlessStateMachine) access(a *accesses) {
	a.serverless(r.Role, r.Policies, r.Inline, r.PermissionsBoundary, value.Policy{})
}

// serverless adds what SAM gives the role that it makes where there is none: it calls it after the resource.
// AWS: SAM developer guide, AWS::Serverless::Function, Role and Policies.
func (a *accesses) serverless(role value.String, policies []ServerlessPolicy, whole Presence, boundary value.String, trust value.Policy) {
	exists := a.exists
	defer func() { a.exists = exists }()
	a.exists = exists.And(role.Set().Not())
	if a.exists.Known() == tri.False {
		return
	}
	made := a.resource.Head().Addr()
	made.Name += "Role"
	name := value.OfSymbol(value.Ref{Addr: made, Attr: "Ref"}).From(a.resource.Head().Span())
	holder := Holder{HolderRole, name}
	a.add(PolicyDocument{Kind: PolicyTrust, Document: trust, Holder: holder})
	a.attach(boundary.Value, HolderRole, name, true)
	for i := range policies {
		p := &policies[i]
		document := PolicyDocument{Kind: PolicyEmbedded, Document: p.Policy, Holder: holder, when: p.When}
		document.Document.Property = indexed(p.Policy.Property, i)
		if o := p.Body.Origin(); o != nil {
			document.Span = o.Span
		}
		switch {
		case p.Policy.Kind() != value.KindObject:
			// A name or an ARN; what isn't known may be that too.
			within := a.exists
			a.exists = within.Within(p.When)
			a.attach(p.Policy.Value, HolderRole, name, false)
			a.exists = within
		case p.Policy.Attr("Statement").Kind() == value.KindAbsent:
			document.Document.Value = policyTemplate(p.Policy.Value)
			a.add(document)
		default:
			a.add(document)
		}
	}
	a.more(whole, holder)
}

// policyTemplate returns the document that a policy template of SAM's makes, as far as it is about SageMaker; absent where it isn't.
// AWS: SAM developer guide, "Policy template list".
func policyTemplate(v value.Value) value.Value {
	f, ok := v.Field("SageMakerCreateEndpointConfigPolicy")
	if !ok {
		other := func(f value.Field) bool { return !strings.HasSuffix(strings.TrimSuffix(f.Name, "_v2"), "Policy") }
		if slices.ContainsFunc(v.Fields(), other) {
			return value.OfOpaque("it is none of SAM's policy templates", v.Refs()...).WithOrigin(v.Origin())
		}
		return value.Value{}
	}
	at := v.Origin()
	if !f.Key.IsZero() {
		at = &value.Origin{Span: f.Key}
	}
	text := func(s string) value.Value { return value.OfString(s).WithOrigin(at) }
	name := f.Value.Attr("EndpointConfigName")
	statement := value.OfObject([]value.Field{
		{Name: "Effect", Value: text("Allow")},
		{Name: "Action", Value: text("sagemaker:CreateEndpointConfig")},
		{Name: "Resource", Value: value.OfText(value.OfString("arn:aws:sagemaker:*:*:endpoint-config/"), name).WithOrigin(at)},
	}, false).WithOrigin(at)
	return value.OfObject([]value.Field{{Name: "Statement", Value: statement}}, false).WithOrigin(at)
}

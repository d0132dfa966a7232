package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// An accessCall is a method of a boto3 client whose request writes a policy, or gives one to somebody.
type accessCall struct {
	service, operation string
	// tells are members that requests of no other service have together.
	tells []string
	// document is the member that holds a policy; empty of what only gives one.
	document string
}

// accessCalls are the methods by name. Of those that services share, the members tell which it is.
var accessCalls = map[string][]accessCall{
	"create_policy": {
		{"iam", "CreatePolicy", []string{"PolicyName", "PolicyDocument"}, "PolicyDocument"},
		{"organizations", "organizations:CreatePolicy", []string{"Content", "Type"}, "Content"},
	},
	"create_policy_version": {{"iam", "CreatePolicyVersion", []string{"PolicyArn", "PolicyDocument"}, "PolicyDocument"}},
	"put_role_policy":       {{"iam", "PutRolePolicy", []string{"RoleName", "PolicyDocument"}, "PolicyDocument"}},
	"put_user_policy":       {{"iam", "PutUserPolicy", []string{"UserName", "PolicyDocument"}, "PolicyDocument"}},
	"put_group_policy":      {{"iam", "PutGroupPolicy", []string{"GroupName", "PolicyDocument"}, "PolicyDocument"}},
	"attach_role_policy":    {{"iam", "AttachRolePolicy", []string{"RoleName", "PolicyArn"}, ""}},
	"attach_user_policy":    {{"iam", "AttachUserPolicy", []string{"UserName", "PolicyArn"}, ""}},
	"attach_group_policy":   {{"iam", "AttachGroupPolicy", []string{"GroupName", "PolicyArn"}, ""}},
	"attach_policy":         {{"organizations", "organizations:AttachPolicy", []string{"PolicyId", "TargetId"}, ""}},
	"put_inline_policy_to_permission_set": {
		{"sso-admin", "PutInlinePolicyToPermissionSet", []string{"PermissionSetArn", "InlinePolicy"}, "InlinePolicy"},
	},
	"attach_managed_policy_to_permission_set": {
		{"sso-admin", "AttachManagedPolicyToPermissionSet", []string{"PermissionSetArn", "ManagedPolicyArn"}, ""},
	},
	"attach_customer_managed_policy_reference_to_permission_set": {
		{"sso-admin", "AttachCustomerManagedPolicyReferenceToPermissionSet", []string{"PermissionSetArn"}, ""},
	},
	"put_permissions_boundary_to_permission_set": {
		{"sso-admin", "PutPermissionsBoundaryToPermissionSet", []string{"PermissionSetArn", "PermissionsBoundary"}, ""},
	},
}

// accessCallOf returns which request a call is, by what flows into the receiver, or else by the members; false where it is none.
func accessCallOf(b bound, a *arguments) (accessCall, bool) {
	for _, c := range accessCalls[b.name] {
		switch self := b.self.(type) {
		case client:
			if self.service != c.service {
				continue
			}
		case datum:
			if self.Reason() == "" {
				continue
			}
		case bound, external:
		default:
			continue
		}
		if len(a.positional) == 0 && hasKeywords(a, c.tells) {
			return c, true
		}
	}
	return accessCall{}, false
}

func hasKeywords(a *arguments, names []string) bool {
	for _, name := range names {
		if _, given := a.keyword(name); !given {
			return false
		}
	}
	return true
}

// sendAccess evaluates such a request. A policy stands where its text is spelt.
func (in *interp) sendAccess(n *pyast.Call, method string, c accessCall, a *arguments, target string) object {
	// What a test gives to a client that stands for the service's is nobody's policy.
	if in.quiet > 0 || isTest(in.path) {
		return in.runtime(n)
	}
	fields := make([]value.Field, 0, len(a.keywords))
	for _, kw := range a.keywords {
		v := in.argumentValue(kw)
		if kw.name == c.document {
			if _, isText := v.AsString(); isText {
				v = v.WithOrigin(v.Origin().Root())
			}
			v = v.FromJSON()
		}
		fields = append(fields, value.Field{Name: kw.name, Key: kw.key, Value: v})
	}
	props := value.OfObject(fields, false)
	if a.open != "" {
		props = value.OfOpenObject(fields, a.open)
	}
	in.record(n, c.operation, nil, method, target, run{props: props.From(in.span(n.Func)), exists: value.In(in.exists)})
	return in.runtime(n)
}

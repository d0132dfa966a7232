package jobconfig

import (
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// iamGroup is that of ACK's controller for IAM, whose kinds hold policies as JSON:
// https://aws-controllers-k8s.github.io/community/reference/iam/v1alpha1/policy/
const iamGroup = "iam.services.k8s.aws"

// holders are the kinds that hold policies, with the operations that embed one and attach one, and the member by which these name
// the holder.
var holders = map[string]struct{ put, attach, name string }{
	"Role":  {"PutRolePolicy", "AttachRolePolicy", "RoleName"},
	"User":  {"PutUserPolicy", "AttachUserPolicy", "UserName"},
	"Group": {"PutGroupPolicy", "AttachGroupPolicy", "GroupName"},
}

// access reads a policy, or the policies of somebody, as the requests that the controller sends.
func (m *manifests) access(o manifest, exists value.Truth) {
	if o.adopted() || o.spec.Kind() != value.KindObject {
		return
	}
	send := func(operation, name string, fields ...value.Field) {
		m.add(o.raw(resource.API, operation, value.OfObject(fields, false), exists), name)
	}
	member := func(name, from string) value.Field {
		f, _ := o.spec.Field(from)
		return value.Field{Name: name, Key: f.Key, Value: o.spec.Attr(from)}
	}
	if o.kind == "Policy" {
		send("CreatePolicy", o.name, member("PolicyName", "name"), member("Path", "path"), member("PolicyDocument", "policyDocument"))
		return
	}
	h, ok := holders[o.kind]
	if !ok {
		return
	}
	if o.kind != "Group" {
		boundary, trust := member("PermissionsBoundary", "permissionsBoundary"), member("AssumeRolePolicyDocument", "assumeRolePolicyDocument")
		send("Create"+o.kind, o.name, member(h.name, "name"), member("Path", "path"), boundary, trust)
	}
	for _, p := range o.spec.Attr("inlinePolicies").Fields() {
		name := value.Field{Name: "PolicyName", Key: p.Key, Value: value.OfString(p.Name).From(p.Key)}
		send(h.put, o.name+":"+p.Name, member(h.name, "name"), name, value.Field{Name: "PolicyDocument", Key: p.Key, Value: p.Value})
	}
	for _, arn := range o.spec.Attr("policies").Elems() {
		send(h.attach, o.name, member(h.name, "name"), value.Field{Name: "PolicyArn", Key: spanOf(arn), Value: arn})
	}
}

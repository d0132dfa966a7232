package model

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

var testSpan = source.NewFile("x.tf", []byte("x")).Whole()

// told writes down what the policies of one resource say.
func told(e *Estate) []string {
	name := func(v value.Value) string {
		if ref, ok := v.Symbol(); ok {
			return ref.String()
		}
		if v.Kind() == value.KindScalar {
			return v.Literal()
		}
		return v.Kind().String()
	}
	when := func(holds value.Truth) string {
		switch holds.Known() {
		case tri.True:
			return ""
		case tri.False:
			return " never"
		}
		_, cases := holds.Verdict()
		text := ""
		for _, c := range cases {
			text += fmt.Sprintf(" %v when %s", c.Holds, c.When)
		}
		return text
	}
	a := e.Access()
	out := []string{}
	for _, d := range a.Documents {
		sid := d.Document.Kind().String()
		if v := d.Document.Attr("Id"); v.Literal() != "" {
			sid = v.Literal()
		}
		out = append(out, fmt.Sprintf("%s %s: %s %s%s", d.Kind, sid, d.Holder.Kind, name(d.Holder.Name), when(d.Holds)))
	}
	for _, x := range a.Attachments {
		kind := "attached"
		if x.Boundary {
			kind = "boundary"
		}
		out = append(out, fmt.Sprintf("%s %s: %s %s%s", kind, name(x.Policy), x.Holder.Kind, name(x.Holder.Name), when(x.Holds)))
	}
	for _, m := range a.Memberships {
		out = append(out, fmt.Sprintf("%s in %s%s", name(m.User), name(m.Group), when(m.Holds)))
	}
	return out
}

// doc is a policy document that is told by its id.
func doc(id string) value.Value {
	return object(field("Id", value.OfString(id)), field("Statement", list())).From(testSpan)
}

func TestAccess(t *testing.T) {
	text := value.OfString
	ref := func(name string) value.Value {
		return value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: name}, Attr: "Ref"})
	}
	more := value.OfOpaque("Policies has no default")
	embedded := func(id string) value.Value {
		return object(field("PolicyName", text(id)), field("PolicyDocument", doc(id))).From(testSpan)
	}
	for _, row := range []struct {
		name  string
		typ   string
		props []value.Field
		want  []string
	}{
		{"a role", "AWS::IAM::Role", []value.Field{
			field("AssumeRolePolicyDocument", doc("trust")),
			field("Policies", list(embedded("read"), either(embedded("write"), value.Value{}))),
			field("ManagedPolicyArns", list(text("arn:full"), either(ref("Extra"), value.Value{}))),
			field("PermissionsBoundary", text("arn:bound")),
		}, []string{
			"trust trust: role AWS::IAM::Role.x.id",
			"embedded read: role AWS::IAM::Role.x.id",
			"embedded write: role AWS::IAM::Role.x.id true when Open is true",
			"attached arn:full: role AWS::IAM::Role.x.id",
			"attached Extra: role AWS::IAM::Role.x.id true when Open is true",
			"boundary arn:bound: role AWS::IAM::Role.x.id",
		}},
		{"a role of which not all is known", "AWS::IAM::Role", []value.Field{
			field("Policies", value.OfOpenList([]value.Value{embedded("read")}, "a macro adds to it")),
			field("ManagedPolicyArns", more),
		}, []string{
			"embedded read: role AWS::IAM::Role.x.id",
			"embedded opaque: role AWS::IAM::Role.x.id",
			"attached opaque: role AWS::IAM::Role.x.id",
		}},
		{"a role of which nothing is known", "AWS::IAM::Role", []value.Field{
			field("Policies", more),
			field("ManagedPolicyArns", value.OfOpenList(nil, "a macro adds to it")),
		}, []string{
			"embedded opaque: role AWS::IAM::Role.x.id",
			"attached opaque: role AWS::IAM::Role.x.id",
		}},
		{"a user", "AWS::IAM::User", []value.Field{field("Groups", text("science"))}, []string{"AWS::IAM::User.x.id in science"}},
		{"users of a group", "AWS::IAM::UserToGroupAddition", []value.Field{field("GroupName", ref("Science")), field("Users", list(text("ana"), more))}, []string{
			"ana in Science", "opaque in Science",
		}},
		{"a policy of several", "AWS::IAM::Policy", []value.Field{
			field("PolicyDocument", doc("p")), field("Roles", list(ref("A"), ref("B"))), field("Groups", list(text("science"))),
		}, []string{"embedded p: role A", "embedded p: role B", "embedded p: group science"}},
		{"a managed policy", "AWS::IAM::ManagedPolicy", []value.Field{field("PolicyDocument", doc("p")), field("Roles", ref("A"))}, []string{
			"managed p: nobody absent", "attached AWS::IAM::ManagedPolicy.x.id: role A",
		}},
		{"an organization's policy", "AWS::Organizations::Policy", []value.Field{field("Content", doc("scp")), field("TargetIds", list(text("123456789012")))}, []string{
			"organization scp: nobody absent", "attached AWS::Organizations::Policy.x.id: target 123456789012",
		}},
		{"a bucket's", "AWS::S3::BucketPolicy", []value.Field{field("PolicyDocument", doc("b")), field("Bucket", either(text("one"), text("two")))}, []string{
			"resource b: bucket one true when Open is true", "resource b: bucket two true when Open is false",
		}},
		{"a key's", "AWS::KMS::Key", []value.Field{field("KeyPolicy", doc("k"))}, []string{"resource k: key AWS::KMS::Key.x.id"}},
		{"a key without one", "AWS::KMS::Key", nil, []string{}},
		{"an endpoint's", "AWS::EC2::VPCEndpoint", []value.Field{field("PolicyDocument", doc("e"))}, []string{"endpoint e: endpoint AWS::EC2::VPCEndpoint.x.id"}},
		{"a function's", "AWS::Serverless::Function", []value.Field{
			field("Policies", list(
				text("AmazonSageMakerReadOnly"), object(field("S3ReadPolicy", object())), object(field("KMSEncryptPolicy_v2", object())), doc("p"),
				object(field("SageMakerCreateEndpointConfigPolicy", object(field("EndpointConfigName", text("*"))))), value.OfOpenObject(nil, "a macro adds to it"),
			)),
			field("PermissionsBoundary", text("arn:bound")),
		}, []string{
			"embedded p: role AWS::Serverless::Function.xRole",
			"embedded object: role AWS::Serverless::Function.xRole",
			"embedded object: role AWS::Serverless::Function.xRole",
			"boundary arn:bound: role AWS::Serverless::Function.xRole",
			"attached AmazonSageMakerReadOnly: role AWS::Serverless::Function.xRole",
		}},
		{"a function with a role", "AWS::Serverless::Function", []value.Field{field("Policies", doc("p")), field("Role", ref("Mine"))}, []string{}},
		{"a function with a role in one world", "AWS::Serverless::Function", []value.Field{
			field("Policies", doc("p")), field("Role", either(ref("Mine"), value.Value{})),
		}, []string{"embedded p: role AWS::Serverless::Function.xRole true when Open is false"}},
	} {
		if diff := cmp.Diff(row.want, told(declared(resource.CloudFormation, row.typ, row.props...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.name, diff)
		}
	}
	for _, row := range []struct {
		typ   string
		props []value.Field
		want  []string
	}{
		{"aws_iam_role_policy", []value.Field{field("policy", doc("p")), field("role", ref("aws_iam_role.a"))}, []string{"embedded p: role aws_iam_role.a"}},
		{"aws_iam_role_policy_attachment", []value.Field{field("policy_arn", text("arn:full")), field("role", text("jobs"))}, []string{"attached arn:full: role jobs"}},
		{"aws_iam_policy_attachment", []value.Field{field("policy_arn", text("arn:full")), field("roles", list(text("jobs"))), field("users", list(text("ana")))}, []string{
			"attached arn:full: role jobs", "attached arn:full: user ana",
		}},
		{"aws_iam_role_policy_attachments_exclusive", []value.Field{field("policy_arns", list(text("arn:a"), text("arn:b"))), field("role_name", text("jobs"))}, []string{
			"attached arn:a: role jobs", "attached arn:b: role jobs",
		}},
		{"aws_kms_key_policy", []value.Field{field("policy", doc("k")), field("key_id", text("alias/x"))}, []string{"resource k: key alias/x"}},
		{"aws_s3_bucket", []value.Field{field("policy", doc("b"))}, []string{"resource b: bucket aws_s3_bucket.x.id"}},
		{"aws_iam_user_group_membership", []value.Field{field("user", text("ana")), field("groups", list(text("a"), text("b")))}, []string{"ana in a", "ana in b"}},
	} {
		if diff := cmp.Diff(row.want, told(declared(resource.Terraform, row.typ, row.props...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.typ, diff)
		}
	}
}

// In a dump each policy, attachment and membership is a part of its holder, in the worlds in which it is one.
func TestAccessParts(t *testing.T) {
	text := value.OfString
	embedded := object(field("PolicyName", text("read")), field("PolicyDocument", doc("read")))
	for _, row := range []struct {
		typ   string
		props []value.Field
		apart bool
		want  []string
	}{
		{"AWS::IAM::Role", []value.Field{
			field("RoleName", text("jobs")), field("Policies", list(either(embedded, value.Value{}))), field("ManagedPolicyArns", either(list(text("arn:a")), list(text("arn:b")))),
			field("PermissionsBoundary", text("arn:bound")), field("AssumeRolePolicyDocument", doc("trust")),
		}, false, []string{
			"RolePolicy: PolicyName PolicyDocument when Open is true", "RolePolicyAttachment: PolicyArn when Open is true", "RolePolicyAttachment: PolicyArn when Open is false",
		}},
		{"AWS::IAM::Policy", []value.Field{field("PolicyDocument", doc("p")), field("Users", list(text("ana"))), field("Groups", text("science"))}, true, []string{
			"UserPolicy: PolicyDocument", "GroupPolicy: PolicyDocument",
		}},
		{"AWS::IAM::Policy", []value.Field{field("PolicyDocument", doc("p"))}, false, nil},
		{"AWS::Organizations::Policy", []value.Field{field("TargetIds", list(text("1")))}, false, []string{"OrganizationsPolicyAttachment: PolicyId"}},
		{"AWS::KMS::Key", []value.Field{field("KeyPolicy", doc("k"))}, false, []string{"KeyPolicy: PolicyDocument"}},
		{"AWS::S3::BucketPolicy", []value.Field{field("Bucket", text("b")), field("PolicyDocument", doc("b"))}, true, []string{"BucketPolicy: PolicyDocument"}},
		{"AWS::Serverless::Function", []value.Field{field("Policies", doc("p"))}, false, nil},
	} {
		e := declared(resource.CloudFormation, row.typ, row.props...)
		own, parts, apart := e.Parts(e.All()[0])
		var got []string
		for _, p := range parts {
			text := p.Kind + ":"
			for _, m := range p.Members {
				text += " " + m.Path
			}
			if len(p.When) > 0 {
				text += " when " + p.When.String()
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.typ, diff)
		}
		if apart != row.apart || apart != (len(own) == 0 && len(parts) > 0) && row.typ != "AWS::KMS::Key" && row.typ != "AWS::Organizations::Policy" {
			t.Errorf("%s: apart %v, %d members of its own", row.typ, apart, len(own))
		}
	}
}

// Findings are told apart by their properties, and statements by the places of their documents: a second policy of one role must
// not be taken for the first.
func TestAccessProperties(t *testing.T) {
	at := func(name string, v value.Value) value.Value { return v.From(source.NewFile(name, []byte("x")).Whole()) }
	one, two := at("one", doc("one")), at("two", doc("two"))
	inline := func(name, document string) value.Value {
		return list(at("one", object(field(name, value.OfString("a")), field(document, one))), at("two", object(field(name, value.OfString("b")), field(document, two))))
	}
	for _, row := range []struct {
		dialect resource.Dialect
		typ     string
		props   value.Field
		want    []string
	}{
		{resource.CloudFormation, "AWS::IAM::Role", field("Policies", inline("PolicyName", "PolicyDocument")), []string{
			"Policies[0].PolicyDocument in one", "Policies[1].PolicyDocument in two",
		}},
		{resource.Terraform, "aws_iam_role", field("inline_policy", inline("name", "policy")), []string{"inline_policy[0].policy in one", "inline_policy[1].policy in two"}},
		{resource.CloudFormation, "AWS::Serverless::Function", field("Policies", list(one, value.OfString("ReadOnlyAccess"), two)), []string{
			"Policies[0] in one", "Policies[2] in two",
		}},
	} {
		var got []string
		for _, d := range declared(row.dialect, row.typ, row.props).Access().Documents {
			got = append(got, d.Document.Property+" in "+d.Span.File.Path)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.typ, diff)
		}
	}
}

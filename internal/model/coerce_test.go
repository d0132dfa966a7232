package model

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// CloudFormation gives what is written the type of its member, whatever the template's author or YAML make of it.
func TestCoercions(t *testing.T) {
	subnet := declared(resource.CloudFormation, "AWS::EC2::Subnet", field("MapPublicIpOnLaunch", either(value.OfString("True"), value.OfBool(false)))).Subnets[0]
	public := subnet.MapPublicIPOnLaunch.IsTrue()
	if verdict, cases := public.Verdict(); verdict != tri.True || len(cases) != 1 || cases[0].When.String() != "Open is true" {
		t.Errorf("a text and a boolean: %v in %v", verdict, cases)
	}
	for _, arm := range subnet.MapPublicIPOnLaunch.Arms() {
		if _, ok := arm.Value.Scalar(); !ok {
			t.Errorf("%v is no scalar", arm.Value.Kind())
		} else if s, _ := arm.Value.Scalar(); s != true && s != false {
			t.Errorf("%#v is no boolean", s)
		}
	}
	if s, _ := subnet.AssignIPv6AddressOnCreation.Scalar(); s != false {
		t.Errorf("the default is %#v", s)
	}

	rule := declared(resource.CloudFormation, "AWS::EC2::SecurityGroupIngress", field("IpProtocol", value.OfInt(-1)), field("FromPort", value.OfString("443"))).SecurityGroupIngresses[0]
	if s, _ := rule.IPProtocol.Scalar(); s != "-1" {
		t.Errorf("a number for a text is %#v", s)
	}
	if s, _ := rule.FromPort.Scalar(); s != value.Number("443") {
		t.Errorf("a text for a number is %#v", s)
	}

	symbol := value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: "Subnet"}, Attr: "Ref"})
	model := declared(resource.CloudFormation, "AWS::SageMaker::Model", field("VpcConfig", object(field("Subnets", symbol), field("SecurityGroupIds", value.OfOpaque("Groups has no default"))))).Models[0]
	if subnets := model.VPCConfig.Subnets.Elems(); len(subnets) != 1 || subnets[0].Kind() != value.KindSymbol {
		t.Errorf("one subnet is %v", subnets)
	}
	if groups := model.VPCConfig.SecurityGroupIDs; groups.Kind() != value.KindOpaque {
		t.Errorf("what may be a list is %v", groups.Kind())
	}

	job := declared(resource.CloudFormation, "AWS::SageMaker::ProcessingJob", field("Environment", object(field("EPOCHS", value.OfInt(3))))).ProcessingJobs[0]
	if s, _ := job.Environment.Attr("EPOCHS").Scalar(); s != "3" {
		t.Errorf("a variable is %#v", s)
	}

	plain := declared(resource.Terraform, "aws_subnet", field("map_public_ip_on_launch", value.OfString("true"))).Subnets[0]
	if s, _ := plain.MapPublicIPOnLaunch.Scalar(); s != "true" {
		t.Errorf("Terraform's is %#v: who reads it converts it", s)
	}
}

// A policy is an object, whether it is written as one or as a text, in every dialect.
func TestPolicyText(t *testing.T) {
	const text = `{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*"}]}`
	written := object(field("Statement", list(object(field("Effect", value.OfString("Allow"))))))
	for _, e := range []*Estate{
		declared(resource.CloudFormation, "AWS::S3::BucketPolicy", field("PolicyDocument", value.OfString(text))),
		declared(resource.CloudFormation, "AWS::S3::BucketPolicy", field("PolicyDocument", written)),
		declared(resource.CloudFormation, "AWS::S3::BucketPolicy", field("PolicyDocument", written.AsJSON())),
		declared(resource.Terraform, "aws_s3_bucket_policy", field("policy", value.OfString(text))),
		declared(resource.Terraform, "aws_s3_bucket_policy", field("policy", written.AsRespeltJSON())),
		declared(resource.TerraformAWSCC, "awscc_s3_bucket_policy", field("policy_document", value.OfString(text))),
		declared(resource.API, "PutBucketPolicy", field("Policy", value.OfString(text))),
	} {
		p := e.BucketPolicies[0]
		if effect := p.PolicyDocument.Attr("Statement").Attr("Effect"); effect.Literal() != "Allow" || p.PolicyDocument.Encoded() {
			t.Errorf("%s: the effect is %v", p.Raw.Dialect, effect.Kind())
		}
	}
}

// A parameter's value is shown only where it certainly is no secret.
func TestSecureString(t *testing.T) {
	for _, row := range []struct {
		typ  value.Value
		want string
	}{
		{value.OfString("String"), "hunter2"},
		{either(value.OfString("String"), value.OfString("StringList")), "hunter2"},
		{value.OfString("SecureString"), ""},
		{either(value.OfString("String"), value.OfString("SecureString")), ""},
		{value.OfOpaque("var.type has no default"), ""},
	} {
		p := declared(resource.Terraform, "aws_ssm_parameter", field("type", row.typ),
			field("value", value.OfString("hunter2").From(testSpan).NotedAt(testSpan, `the default of var.password is "hunter2"`))).Parameters[0]
		if got := p.Value.Literal(); got != row.want {
			t.Errorf("%v: got %q, want %q", row.typ.Literal(), got, row.want)
		}
		if p.Value.NonEmpty().Known() != tri.True {
			t.Errorf("%v: it isn't there", row.typ.Literal())
		}
		for o := p.Value.Origin(); row.want == "" && o != nil; o = o.Via {
			if strings.Contains(o.Note, "hunter2") {
				t.Errorf("%v: its trace tells %q", row.typ.Literal(), o.Note)
			}
		}
	}
	absent := declared(resource.Terraform, "aws_ssm_parameter", field("type", value.OfString("SecureString"))).Parameters[0]
	if absent.Value.Set().Known() != tri.False {
		t.Error("a value that isn't there is there")
	}
}

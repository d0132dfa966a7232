package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// The creations are the actions that support the subnets' key, but for two updates.
func TestCreations(t *testing.T) {
	var want []string
	for _, action := range guard.Supporting(guard.VPCSubnets) {
		if name := strings.TrimPrefix(action, sagemakerPrefix); name != "UpdateDomain" && name != "UpdateCluster" {
			want = append(want, name)
		}
	}
	got := slices.Sorted(slices.Values(creations))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-supported +asked for:\n%s", diff)
	}
}

func TestActionNames(t *testing.T) {
	for want, n := range map[string]int{
		"CreateTrainingJob":                         1,
		"CreateTrainingJob and CreateProcessingJob": 2,
		"CreateTrainingJob, CreateProcessingJob and CreateHyperParameterTuningJob": 3,
		"CreateTrainingJob, CreateProcessingJob and 2 other actions":               4,
	} {
		if got := actionNames(creations[:n]); got != want {
			t.Errorf("%d actions are %q, want %q", n, got, want)
		}
	}
}

// policyIn returns what a rule says of a text, as Terraform's jsonencode would spell it.
func policyIn(text string) value.Value {
	return value.OfString(text).FromJSON().From(source.NewFile("policy.json", []byte(text)).Whole())
}

// declare returns a resource of Terraform's. What begins with "aws_" is a reference, and with "{" a document.
func declare(address string, props map[string]any) resource.Raw {
	typ, name, _ := strings.Cut(address, ".")
	file := source.NewFile(name+".tf", []byte(address))
	var lower func(v any) value.Value
	lower = func(v any) value.Value {
		switch v := v.(type) {
		case value.Value:
			return v
		case []any:
			elems := make([]value.Value, len(v))
			for i, e := range v {
				elems[i] = lower(e)
			}
			return value.OfList(elems, false)
		case string:
			if strings.HasPrefix(v, "{") {
				return policyIn(v)
			}
			if rest, ok := strings.CutPrefix(v, "aws_"); ok {
				i := strings.LastIndexByte(rest, '.')
				return value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: "aws_" + rest[:i]}, Attr: rest[i+1:]})
			}
			return value.OfString(v)
		}
		panic(fmt.Sprint(v))
	}
	var fields []value.Field
	for name, v := range props {
		fields = append(fields, value.Field{Name: name, Value: lower(v)})
	}
	return resource.Raw{
		Dialect: resource.Terraform, Type: typ, Addr: value.Address{Unit: ".", Name: address}, Subject: address,
		Exists: value.Yes(), Span: file.Whole(), Props: value.OfObject(fields, false).From(file.Whole()),
	}
}

// An endpoint configuration whose variants have models needs no VPC: a guard against all without one would refuse most of them.
func TestEndpointConfigHelp(t *testing.T) {
	for action, want := range map[string]bool{"CreateEndpointConfig": true, "CreateModel": false, "Create*": false} {
		document := `{"Statement": {"Effect": "Allow", "Action": "sagemaker:` + action + `", "Resource": "*"}}`
		e := model.Decode([]resource.Raw{declare("aws_iam_policy.m", map[string]any{"name": "m", "policy": document})})
		found := Run(UnguardedJobCreation, e, Establish(network.Link(e, nil))).Findings
		if len(found) != 1 || strings.Contains(found[0].Help, `"sagemaker:ModelArn": "true"`) != want {
			t.Errorf("of %s: %v", action, found)
		}
	}
}

// said returns what the identity rules say of a tree.
func said(raws ...resource.Raw) []string {
	e := model.Decode(raws)
	facts := Establish(network.Link(e, nil))
	var out []string
	for _, r := range []*Rule{UnguardedJobCreation, AbsentKeyCondition, GuardGap} {
		o := Run(r, e, facts)
		for _, f := range o.Findings {
			out = append(out, r.ID+" "+f.Subject+": "+f.Message)
		}
		for _, u := range o.Undecided {
			out = append(out, r.ID+" "+u.Subject+"? "+u.Reason)
		}
	}
	return out
}

func TestIdentity(t *testing.T) {
	type props = map[string]any
	const (
		train   = `{"Statement": {"Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*"}}`
		process = `{"Statement": {"Effect": "Allow", "Action": "sagemaker:CreateProcessingJob", "Resource": "*"}}`
		guarded = `{"Statement": {"Effect": "Deny", "Action": "sagemaker:CreateTrainingJob", "Resource": "*", "Condition": {"Null": {"sagemaker:VpcSubnets": "true"}}}}`
		rest    = `{"Statement": {"Effect": "Deny", "NotAction": "sagemaker:CreateTrainingJob", "Resource": "*", "Condition": {"Null": {"sagemaker:VpcSubnets": "true"}}}}`
	)
	role := func(name string, more props) resource.Raw {
		more["name"] = name
		return declare("aws_iam_role."+name, more)
	}
	embedded := func(name, role, document string) resource.Raw {
		return declare("aws_iam_role_policy."+name, props{"role": role, "policy": document})
	}
	managed := func(name, document string) resource.Raw {
		return declare("aws_iam_policy."+name, props{"name": name, "policy": document})
	}
	control := func(name, document string, targets ...string) []resource.Raw {
		out := []resource.Raw{declare("aws_organizations_policy."+name, props{"content": document})}
		for _, target := range targets {
			out = append(out, declare("aws_organizations_policy_attachment."+name+target, props{
				"policy_id": "aws_organizations_policy." + name + ".id", "target_id": target,
			}))
		}
		return out
	}
	const others = "CreateProcessingJob, CreateHyperParameterTuningJob and 14 other actions"
	for _, row := range []struct {
		name string
		raws []resource.Raw
		want []string
	}{
		{"a policy of three roles is one finding", []resource.Raw{
			role("a", props{}), role("b", props{}), role("c", props{}), managed("m", train),
			declare("aws_iam_policy_attachment.x", props{"policy_arn": "aws_iam_policy.m.arn", "roles": []any{"a", "b", "c"}}),
		}, []string{"unguarded-job-creation aws_iam_policy.m: lets CreateTrainingJob through without sagemaker:VpcSubnets"}},
		{"of two roles one has a guard", []resource.Raw{
			role("a", props{"managed_policy_arns": []any{"aws_iam_policy.m.arn"}}), embedded("guard", "a", guarded),
			role("b", props{"managed_policy_arns": []any{"aws_iam_policy.m.arn"}}), managed("m", train),
		}, []string{"unguarded-job-creation aws_iam_policy.m: lets CreateTrainingJob through without sagemaker:VpcSubnets, for aws_iam_role.b"}},
		{"both have a guard", []resource.Raw{
			role("a", props{"managed_policy_arns": []any{"aws_iam_policy.m.arn"}}), embedded("guard", "a", guarded),
			role("b", props{"managed_policy_arns": []any{"aws_iam_policy.m.arn"}}), embedded("guard2", "b", guarded), managed("m", train),
		}, nil},
		{"which of two roles has it isn't known, and neither has a guard", []resource.Raw{
			role("a", props{}), role("b", props{}),
			declare("aws_iam_role_policy.p", props{"policy": train, "role": value.OfOpaque("var.which has no default",
				value.Ref{Addr: value.Address{Unit: ".", Name: "aws_iam_role.a"}, Attr: "id"},
				value.Ref{Addr: value.Address{Unit: ".", Name: "aws_iam_role.b"}, Attr: "id"})}),
		}, []string{"unguarded-job-creation aws_iam_role_policy.p: lets CreateTrainingJob through without sagemaker:VpcSubnets"}},
		{"a guard beside leaves it out", []resource.Raw{role("a", props{}), embedded("p", "a", process), embedded("guard", "a", guarded)}, []string{
			"guard-gap aws_iam_role_policy.p: lets CreateProcessingJob through without sagemaker:VpcSubnets, despite a guard beside it",
		}},
		{"a boundary that allows less", []resource.Raw{
			role("a", props{"permissions_boundary": "aws_iam_policy.b.arn"}), embedded("p", "a", train), managed("b", process),
		}, nil},
		{"a boundary in one world", []resource.Raw{
			role("a", props{"permissions_boundary": value.OfChoice([]value.Arm{
				{When: value.World{{Var: "bound", Is: "true", Text: "var.bound is true"}}, Value: value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: "aws_iam_policy.b"}, Attr: "arn"})},
				{When: value.World{{Var: "bound", Is: "false", Text: "var.bound is false"}}},
			})}), embedded("p", "a", train), managed("b", process),
		}, []string{"unguarded-job-creation aws_iam_role_policy.p: lets CreateTrainingJob through without sagemaker:VpcSubnets when var.bound is false"}},
		{"a Deny for others than who is named", []resource.Raw{managed("m", `{"Statement": [
			{"Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*"},
			{"Effect": "Deny", "Action": "sagemaker:CreateTrainingJob", "Resource": "*", "Condition": {
				"Null": {"sagemaker:VpcSubnets": "true"}, "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}}]}`)}, nil},
		{"actions of which one has the key that is asked for", []resource.Raw{managed("m", `{"Statement": {
			"Effect": "Allow", "Action": ["sagemaker:CreateModel", "sagemaker:CreateNotebookInstance"], "Resource": "*",
			"Condition": {"StringEquals": {"sagemaker:InstanceTypes": "ml.m5.large"}}}}`)}, []string{
			"unguarded-job-creation aws_iam_policy.m: lets CreateNotebookInstance through without sagemaker:VpcSubnets",
		}},
		{"an endpoint configuration whose variants have a model", []resource.Raw{managed("m", `{"Statement": [
			{"Effect": "Allow", "Action": "sagemaker:CreateEndpointConfig", "Resource": "*"},
			{"Effect": "Deny", "Action": "sagemaker:CreateEndpointConfig", "Resource": "*", "Condition": {
				"Null": {"sagemaker:VpcSubnets": "true", "sagemaker:ModelArn": "true"}}}]}`)}, nil},
		{"a guard on what belongs to the account that it is deployed to", []resource.Raw{declare("aws_iam_policy.m", props{"policy": value.OfObject([]value.Field{
			{Name: "Statement", Value: value.OfList([]value.Value{
				policyIn(`{"Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*"}`),
				value.OfObject([]value.Field{
					{Name: "Effect", Value: value.OfString("Deny")}, {Name: "Action", Value: value.OfString("sagemaker:CreateTrainingJob")},
					{Name: "Resource", Value: value.OfText(value.OfString("arn:aws:sagemaker:*:"),
						value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: "data.aws_caller_identity.me"}, Attr: "account_id"}), value.OfString(":training-job/*"))},
					{Name: "Condition", Value: policyIn(`{"Null": {"sagemaker:VpcSubnets": "true"}}`)},
				}, false),
			}, false)},
		}, false)})}, nil},
		{"on a bucket of the tree", []resource.Raw{
			declare("aws_s3_bucket.data", props{"bucket": "data"}),
			declare("aws_iam_policy.m", props{"policy": value.OfObject([]value.Field{{Name: "Statement", Value: value.OfObject([]value.Field{
				{Name: "Effect", Value: value.OfString("Allow")}, {Name: "Action", Value: value.OfString("*")},
				{Name: "Resource", Value: value.OfText(value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: "aws_s3_bucket.data"}, Attr: "arn"}), value.OfString("/*"))},
			}, false)}}, false)}),
		}, nil},
		{"one for trust", []resource.Raw{role("a", props{"assume_role_policy": train})}, nil},
		{"a guard beside AmazonSageMakerFullAccess", []resource.Raw{
			role("a", props{"managed_policy_arns": []any{"arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"}}), embedded("guard", "a", guarded),
		}, []string{"guard-gap aws_iam_role_policy.guard: requires sagemaker:VpcSubnets of CreateTrainingJob, but not of CreateProcessingJob, CreateHyperParameterTuningJob and 13 other actions"}},
		{"a guard beside AmazonSageMakerFullAccess and an Allow that it covers", []resource.Raw{
			role("a", props{"managed_policy_arns": []any{"arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"}}), embedded("p", "a", train), embedded("guard", "a", guarded),
		}, []string{"guard-gap aws_iam_role_policy.guard: requires sagemaker:VpcSubnets of CreateTrainingJob, but not of CreateProcessingJob, CreateHyperParameterTuningJob and 13 other actions"}},
		{"a guard beside nothing", []resource.Raw{role("a", props{}), embedded("guard", "a", guarded)}, nil},
		{"a guard of nobody", []resource.Raw{managed("guard", guarded)}, []string{"guard-gap aws_iam_policy.guard? what it is attached to is not in the tree"}},
		{"a service control policy", control("guard", guarded, "r-1"), []string{
			"guard-gap aws_organizations_policy.guard: requires sagemaker:VpcSubnets of CreateTrainingJob, but not of " + others,
		}},
		{"two that add up", append(control("guard", guarded, "ou-1"), control("rest", rest, "ou-1", "ou-2")...), []string{
			"guard-gap aws_organizations_policy.rest: requires sagemaker:VpcSubnets of CreateProcessingJob, CreateHyperParameterTuningJob and 14 other actions, but not of CreateTrainingJob",
		}},
		{"two of which it isn't known whether they add up", append(control("guard", guarded), control("rest", rest, "ou-1")...), []string{
			"guard-gap aws_organizations_policy.guard? what aws_organizations_policy.rest is attached to is not in the tree",
			"guard-gap aws_organizations_policy.rest? what aws_organizations_policy.guard is attached to is not in the tree",
		}},
	} {
		if diff := cmp.Diff(row.want, said(row.raws...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.name, diff)
		}
	}
}

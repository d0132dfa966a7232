package jobconfig

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
)

const guardPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnTeam",
      "Effect": "Allow",
      "Action": ["sagemaker:CreateTrainingJob", "s3:GetObject"],
      "Resource": "arn:aws:sagemaker:*:${AccountId}:training-job/${aws:PrincipalTag/team}-*",
      "Condition": {"StringLike": {"sagemaker:ResourceTag/owner": "${aws:username}"}}
    }
  ]
}`

// A policy is known by its statements wherever it stands. IAM's own variables are text, others are still to be filled in.
func TestPolicies(t *testing.T) {
	for name, content := range map[string]string{
		"guard.json": guardPolicy,
		"guard.yaml": guardPolicy,
		"list.json":  "[" + guardPolicy + "]",
	} {
		out := load(t, name, content)
		if len(out.Resources) != 1 {
			t.Fatalf("%s: found %v", name, spots(out))
		}
		r := out.Resources[0]
		if r.Type != frontend.BarePolicy || r.Subject != name {
			t.Errorf("%s: found %v", name, spots(out))
		}
		s := r.Props.Attr(frontend.PolicyDocument).Attr("Statement").Elems()[0]
		key := s.Attr("Condition").Attr("StringLike").Fields()[0]
		got := []string{show(s.Attr("Action")), show(s.Attr("Resource")), key.Key.Text(), show(key.Value)}
		if diff := cmp.Diff([]string{
			`[string sagemaker:CreateTrainingJob, string s3:GetObject]`,
			`string arn:aws:sagemaker:*: + ? "${AccountId}" is a placeholder + string :training-job/${aws:PrincipalTag/team}-*`,
			`"sagemaker:ResourceTag/owner"`, `string ${aws:username}`,
		}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What names nothing of SageMaker's, what IAM answers and what only has the words is no policy of interest.
func TestNoPolicies(t *testing.T) {
	for name, content := range map[string]string{
		"s3.json":      `{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:sagemaker:::x", "Sid": "see sagemaker: it reads"}]}`,
		"answer.json":  `{"PolicyVersion": {"Document": ` + guardPolicy + `, "VersionId": "v1", "IsDefaultVersion": true}}`,
		"bank.json":    `{"Statement": [{"Date": "2024-01-01", "Text": "sagemaker:CreateModel"}], "x": "sagemaker:y"}`,
		"report.json":  `{"Statement": "sagemaker:CreateModel"}`,
		"unclear.yaml": "Statement:\n  - Effect: Allow\n    Resource: sagemaker:x\n",
	} {
		if out := load(t, name, content); len(out.Resources)+len(out.Findings) > 0 {
			t.Errorf("%s: found %v %v", name, spots(out), out.Findings)
		}
	}
}

// Each of several policies in a file has a name of its own.
func TestPoliciesOfAFile(t *testing.T) {
	out := load(t, "policies.json", `{"dev": `+guardPolicy+`, "prod": {"PolicyName": "prod", "PolicyDocument": `+guardPolicy+`}, "old": {"PolicyDocument": `+guardPolicy+`}}`)
	want := []string{
		`policies.json:dev PolicyDocument at 1:2 "dev"`,
		`policies.json PolicyDocument at 12:35 "PolicyDocument"`,
		`policies.json#2 PolicyDocument at 23:13 "PolicyDocument"`,
	}
	if diff := cmp.Diff(want, spots(out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// ACK's objects of IAM are the requests that the controller sends. Those of other services aren't read.
func TestKubernetesPolicies(t *testing.T) {
	out := load(t, "iam.yaml", `apiVersion: iam.services.k8s.aws/v1alpha1
kind: Policy
metadata: {name: guard}
spec:
  name: guard
  policyDocument: |
    {"Statement": {"Effect": "Deny", "Action": "sagemaker:CreateModel", "Resource": "*"}}
---
apiVersion: iam.services.k8s.aws/v1alpha1
kind: Role
metadata: {name: jobs}
spec:
  name: jobs
  assumeRolePolicyDocument: '{}'
  permissionsBoundary: arn:aws:iam::111122223333:policy/guard
  policies: [arn:aws:iam::111122223333:policy/train]
  inlinePolicies:
    read: '{"Statement": []}'
---
apiVersion: s3.services.k8s.aws/v1alpha1
kind: Bucket
spec: {name: b, policy: '{}'}
`)
	want := []string{
		`iam.yaml:Policy/guard CreatePolicy at 2:7 Policy`,
		`iam.yaml:Role/jobs CreateRole at 10:7 Role`,
		`iam.yaml:Role/jobs:read PutRolePolicy at 10:7 Role`,
		`iam.yaml:Role/jobs#2 AttachRolePolicy at 10:7 Role`,
	}
	if diff := cmp.Diff(want, spots(out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

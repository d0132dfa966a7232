package terraform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
)

// handedIn returns the policies that calls of modules that aren't in the tree are handed, and those of data sources.
func handedIn(t *testing.T, files map[string]string) []string {
	t.Helper()
	var got []string
	for _, r := range loadFiles(t, files).Resources {
		if r.Type != frontend.BarePolicy {
			continue
		}
		line := r.Subject + " " + show(r.Props.Attr(frontend.PolicyDocument))
		if cases := r.Exists.Cases(); len(cases) > 1 {
			line += " in one of two worlds"
		}
		got = append(got, line)
	}
	return got
}

// What a call of a missing module is handed is judged, in whatever way it is written, and wherever it stands.
func TestHandedPolicies(t *testing.T) {
	const (
		allow = `{ Effect = "Allow", Action = "sagemaker:CreateModel", Resource = "*" }`
		deny  = `{ Effect = "Deny", Action = "sagemaker:CreateModel", Resource = "*" }`
		said  = `{Effect: "Allow", Action: "sagemaker:CreateModel", Resource: "*"}`
		not   = `{Effect: "Deny", Action: "sagemaker:CreateModel", Resource: "*"}`
	)
	call := func(lines ...string) string {
		return "variable \"on\" {\n  type = bool\n}\nmodule \"m\" {\n  source = \"example/iam/aws\"\n  " + strings.Join(lines, "\n  ") + "\n}\n"
	}
	for _, row := range []struct {
		name, text string
		want       []string
	}{
		{"a text", call(`policy = jsonencode({ Statement = [` + allow + `] })`), []string{`module.m {Statement: [` + said + `]}`}},
		{"a heredoc", call("policy = <<-EOT", `{"Statement": {"Effect": "Allow", "Action": "SageMaker:CreateModel", "Resource": "*"}}`, "EOT"), []string{
			`module.m {Statement: {Effect: "Allow", Action: "SageMaker:CreateModel", Resource: "*"}}`,
		}},
		{"an object, below others", call(`roles = { jobs = [{ name = "jobs", policy = { Statement = ` + allow + ` } }] }`), []string{
			`module.m {Statement: ` + said + `}`,
		}},
		{"a list of one", call(`policies = [jsonencode({ Statement = [` + allow + `] })]`), []string{`module.m {Statement: [` + said + `]}`}},
		{"two are judged together", call(`policies = { a = jsonencode({ Statement = [` + allow + `] }), b = { Statement = ` + deny + ` } }`), []string{
			`module.m {Statement: [` + said + `, ` + not + `]}`,
		}},
		{"one that is handed over in one world", call(`policy = var.on ? jsonencode({ Statement = [` + allow + `] }) : null`), []string{
			`module.m one of {var.on is true => {Statement: [` + said + `]}; var.on is false => null}`,
		}},
		{"one call in one world", call(`count = var.on ? 1 : 0`, `policy = { Statement = `+allow+` }`), []string{
			`module.m[0] {Statement: ` + said + `} in one of two worlds`,
		}},
		{"statements as modules take them", call(`policy_statements = {`, `  jobs = {`,
			`    effect = "Allow", actions = ["sagemaker:CreateModel"], resources = ["*"]`,
			`    condition = { vpc = { test = "Null", variable = "sagemaker:VpcSubnets", values = ["false"] } }`, `  }`, `}`), []string{
			`module.m {Statement: [{Effect: "Allow", Action: "sagemaker:CreateModel", Resource: "*", Condition: {Null: {sagemaker:VpcSubnets: "false"}}}]}`,
		}},
		{"statements in a list", call(`iam_policy_statements = [{ effect = "Allow", actions = ["sagemaker:CreateModel"], resources = ["*"],`,
			`conditions = [{ test = "Null", variable = "sagemaker:VpcSubnets", values = ["false"] }] }]`), []string{
			`module.m {Statement: [{Effect: "Allow", Action: "sagemaker:CreateModel", Resource: "*", Condition: {Null: {sagemaker:VpcSubnets: "false"}}}]}`,
		}},
		{"for trust", call(`policy = { Statement = { Effect = "Allow", Action = "sagemaker:CreateModel", Principal = "*" } }`), nil},
		{"of another service", call(`policy = { Statement = { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:sagemaker:*:*:*" } }`), nil},
		{"none", call(`actions = ["sagemaker:CreateModel"]`), nil},
		{"a data source is judged by itself", "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions = [\"sagemaker:CreateModel\"]\n  }\n}\n" +
			call(`policy = data.aws_iam_policy_document.d.json`), []string{
			`data.aws_iam_policy_document.d {Version: "2012-10-17", Statement: [{Effect: "Allow", Action: "sagemaker:CreateModel"}]}`,
		}},
		{"a data source that a resource uses is judged there", "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions = [\"sagemaker:CreateModel\"]\n  }\n}\n" +
			"resource \"aws_iam_policy\" \"p\" {\n  policy = data.aws_iam_policy_document.d.json\n}\n" + call(`policy = data.aws_iam_policy_document.d.json`), nil},
	} {
		if diff := cmp.Diff(row.want, handedIn(t, map[string]string{"main.tf": row.text})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.name, diff)
		}
	}
	// What a module in the tree makes of it is seen.
	if got := handedIn(t, map[string]string{
		"main.tf":   "module \"m\" {\n  source = \"./m\"\n  policy = jsonencode({ Statement = " + allow + " })\n}\n",
		"m/main.tf": "variable \"policy\" {}\nresource \"aws_iam_policy\" \"p\" {\n  policy = var.policy\n}\n",
	}); got != nil {
		t.Errorf("a module in the tree: %q", got)
	}
}

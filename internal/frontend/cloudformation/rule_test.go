package cloudformation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A world that a rule forbids is none.
func TestRules(t *testing.T) {
	const preamble = `
Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
  Net: {Type: String}
  Zones: {Type: CommaDelimitedList, Default: "a,b"}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  HasNet: !Not [!Equals [!Ref Net, ""]]
Resources:
  A: {Type: AWS::EC2::Subnet, Condition: IsProd, Properties: {P: !If [HasNet, !Ref Net, none]}}
  B: {Type: AWS::EC2::Subnet, Properties: {P: !Ref Env}}
Rules:
  R:
`
	for _, row := range []struct{ name, rule, want string }{
		{
			"one value is forbidden",
			`    Assertions: [{Assert: !Not [!Equals [!Ref Env, prod]]}]`,
			`B (true): {P: ("dev" where Env is dev | "test" where Env is test)}
`,
		},
		{
			"some are allowed",
			`    Assertions: [{Assert: {"Fn::Contains": [[prod, other], !Ref Env]}, AssertDescription: x}]`,
			`A (true): {P: (opaque(the parameter Net has no default; pass --parameter Net=...) where HasNet is true | "none" where HasNet is false)}
B (true): {P: "prod"}
`,
		},
		{
			"a combination is forbidden",
			`    RuleCondition: !Equals [!Ref Env, prod]
    Assertions: [{Assert: !Not [!Equals [!Ref Net, ""]]}, {Assert: {"Fn::EachMemberIn": [!Ref Zones, [a, b]]}}]`,
			`A (true where Env is prod; false where Env is not prod): {P: opaque(the parameter Net has no default; pass --parameter Net=...)}
B (true): {P: ("dev" where Env is dev | "test" where Env is test | "prod" where Env is prod)}
`,
		},
		{
			"what can't be told forbids nothing",
			`    Assertions: [{Assert: {"Fn::EachMemberIn": [{"Fn::ValueOfAll": [AWS::EC2::VPC::Id, Tags.x]}, [a]]}}, {Assert: x}, x]`,
			`A (true where Env is prod; false where Env is not prod): {P: (opaque(the parameter Net has no default; pass --parameter Net=...) where HasNet is true | "none" where HasNet is false)}
B (true): {P: ("dev" where Env is dev | "test" where Env is test | "prod" where Env is prod)}
`,
		},
	} {
		if diff := cmp.Diff(row.want, summary(t, preamble+row.rule)); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}

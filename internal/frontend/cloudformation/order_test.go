package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/source"
)

const twoStages = `
-- lab.yaml --
Parameters: {Stage: {Type: String}}
Conditions: {InA: !Equals [!Ref Stage, a], InB: !Equals [!Ref Stage, b]}
Resources:
  It: {Type: Custom::It, Properties: {P: !If [InB, b, !If [InA, a, c]]}}
`

// No condition is evaluated before all comparisons of its parameters are known, or worlds that exclude one another don't.
func TestEarlyEvaluation(t *testing.T) {
	for _, row := range []struct{ name, files, want string }{
		{
			"a loop over what a condition decides, before a nested stack",
			twoStages + `
-- a.yaml --
Transform: AWS::LanguageExtensions
Parameters: {Env: {Type: String}}
Conditions: {IsA: !Equals [!Ref Env, a]}
Resources:
  Fn::ForEach::L: [N, !If [IsA, [x], [y]], {"A${N}": {Type: Custom::A}}]
  Lab: {Type: AWS::CloudFormation::Stack, Condition: IsA, Properties: {TemplateURL: lab.yaml, Parameters: {Stage: !Ref Env}}}
`,
			`Lab/It in a.yaml: "a" where Env is a`,
		},
		{
			"a loop over what a stack is passed, before another stack",
			twoStages + `
-- a.yaml --
Parameters: {Env: {Type: String}}
Conditions: {IsA: !Equals [!Ref Env, a]}
Resources:
  First: {Type: AWS::CloudFormation::Stack, Condition: IsA, Properties: {TemplateURL: first.yaml, Parameters: {Names: "x,y"}}}
  Lab: {Type: AWS::CloudFormation::Stack, Condition: IsA, Properties: {TemplateURL: lab.yaml, Parameters: {Stage: !Ref Env}}}
-- first.yaml --
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::L: [N, !Ref Names, {"It${N}": {Type: Custom::It, Properties: {P: 1}}}]
`,
			`Lab/It in a.yaml: "a" where Env is a`,
		},
		{
			"a text of what is passed, in a loop",
			network + `
-- a.yaml --
Resources:
  Lab: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: loop.yaml, Parameters: {Vpc: !GetAtt Net.Outputs.Vpc}}}
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net/network.yaml}}
-- loop.yaml --
Transform: AWS::LanguageExtensions
Parameters: {Vpc: {Type: String}}
Resources:
  Fn::ForEach::L: [N, [!Sub "${Vpc}"], {"A${N}": {Type: Custom::A}}]
  It: {Type: Custom::It, Properties: {P: !Ref Vpc}}
`,
			`Lab/It in a.yaml: <Net/Vpc.Ref>`,
		},
		{
			"a comparison with what another condition decides",
			`
-- a.yaml --
Parameters: {Env: {Type: String}}
Conditions:
  A: !Equals [!Ref Env, !If [C, x, z]]
  C: !Equals [!Ref Env, p]
  D: !Equals [!Ref Env, q]
Resources:
  It: {Type: Custom::It, Properties: {P: !If [C, !If [D, both, c], d]}}
`,
			`It in a.yaml: ("c" where Env is p | "d" where Env is q | "d" where Env is neither p nor q)`,
		},
		{
			"an import, where the conditions of exports hang on imports",
			`
-- b.yaml --
Resources:
  Lab: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml, Parameters: {P: !ImportValue foo}}}
-- c.yaml --
Parameters: {P: {Type: String}}
Conditions: {Has: !Not [!Equals [!Ref P, ""]]}
Outputs: {O: {Value: !Ref P, Condition: Has, Export: {Name: bar}}}
Resources:
  It: {Type: Custom::It, Properties: {P: !Ref P}}
-- z.yaml --
Outputs: {O: {Value: two, Export: {Name: foo}}}
Resources: {V: {Type: AWS::EC2::VPC}}
`,
			`Lab/It in b.yaml: "two"`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			if diff := cmp.Diff(row.want, its(t, nil, row.files)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Comparisons that loops copy stand at one place, and are two all the same where they are too long to be known by their text.
func TestLongComparisons(t *testing.T) {
	got := its(t, nil, `
-- a.yaml --
Transform: AWS::LanguageExtensions
Parameters: {aEnv: {Type: String}, bEnv: {Type: String}, Z: {Type: String}}
Conditions:
  Fn::ForEach::C: [N, [a, b], {"Is${N}": !Equals [!Join ["", [!Ref "${N}Env", `+strings.Repeat("x", 500)+`]], !Ref Z]}]
Resources:
  It: {Type: Custom::It, Properties: {P: !If [Isa, !If [Isb, both, onlya], nota]}}
`)
	const place = "the comparison at 4:50"
	want := fmt.Sprintf(`It in a.yaml: ("both" where %[1]s is true and %[1]s is true | "onlya" where %[1]s is false and %[1]s is true | "nota" where %[1]s is false)`, place)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What only a function or a macro passes isn't taken for what is left out, which would have its default.
func TestPassedByFunction(t *testing.T) {
	got := its(t, nil, `
-- a.yaml --
Conditions: {A: !Equals [!Ref AWS::Region, a]}
Resources:
  Set: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateURL: lab.yaml, Parameters: [!If [A, {ParameterKey: Mode, ParameterValue: open}, !Ref AWS::NoValue]]}}
  Member: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lab.yaml, Parameters: {X: 1, Fn::Transform: {Name: M}}}}
  Whole: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lab.yaml, Fn::Transform: {Name: M}}}
-- lab.yaml --
Parameters: {Mode: {Type: String, Default: closed}}
Resources:
  It: {Type: Custom::It, Properties: {P: !Ref Mode}}
`)
	var want []string
	for _, name := range []string{"Set", "Member", "Whole"} {
		want = append(want, fmt.Sprintf("%[1]s/It in a.yaml: opaque(what the stack %[1]s passes to Mode is computed)", name))
	}
	if diff := cmp.Diff(strings.Join(want, "; "), got); diff != "" {
		t.Error(diff)
	}
}

// The default of Fn::FindInMap is none where a file that isn't in the tree, or a macro, adds to the mapping.
func TestMappingsThatGrow(t *testing.T) {
	const call = `{Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/none.yaml}}}`
	for _, mappings := range []string{call, "{M: " + call + "}", "{M: {a: " + call + "}}"} {
		got := show(one(t, nil, "Mappings: "+mappings+"\nResources:\n  It: {Type: Custom::It, Properties: {P: !FindInMap [M, a, b, {DefaultValue: c}]}}\n"))
		if want := "opaque(AWS::Include puts what s3://b/none.yaml holds here, which isn't in the tree)"; got != want {
			t.Errorf("%s: %s", mappings, got)
		}
	}
}

// The identifier of a loop that makes a stack means nothing in the stack.
func TestStackInLoop(t *testing.T) {
	got := its(t, nil, `
-- a.yaml --
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::L: [N, !Ref Names, {"Lab${N}": {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lab.yaml}}}]
-- imp.yaml --
Resources:
  It: {Type: Custom::It, Properties: {P: !ImportValue here}}
-- lab.yaml --
Parameters: {N: {Type: String, Default: known}}
Resources: {V: {Type: AWS::EC2::VPC}}
Outputs: {X: {Value: !Ref N, Export: {Name: here}}}
`)
	if want := `It in imp.yaml: "known"`; got != want {
		t.Error(got)
	}
}

// What a deployment decides is one for all its stacks, but for their names and for what a stack set deploys elsewhere.
func TestDeployments(t *testing.T) {
	got := its(t, nil, `
-- a.yaml --
Conditions: {C: !And [!Equals [!Ref AWS::Region, one], !Equals [!Ref AWS::StackName, prod]]}
Resources:
  Same: {Type: AWS::CloudFormation::Stack, Condition: C, Properties: {TemplateURL: lab.yaml, Parameters: {From: !Ref AWS::Region}}}
  Set: {Type: AWS::CloudFormation::StackSet, Condition: C, Properties: {TemplateURL: lab.yaml, Parameters: {From: !Ref AWS::Region}}}
-- lab.yaml --
Parameters: {From: {Type: String}}
Conditions: {Two: !Equals [!Ref AWS::Region, two]}
Resources:
  It: {Type: Custom::It, Properties: {P: [!If [Two, far, near], !Ref AWS::StackName, !Ref From]}}
`)
	const want = `Same/It in a.yaml: ["near", <AWS.StackName>, "one"] where AWS::Region is one and AWS::StackName is prod; ` +
		`Set/It in a.yaml: [("far" where Two is true | "near" where Two is false), <AWS.StackName>, "one"] where AWS::Region is one and AWS::StackName is prod`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What is given to a parameter of which a location is made counts there, too.
func TestGivenLocation(t *testing.T) {
	const files = `
-- a.yaml --
Parameters: {Which: {Type: String, Default: open.yaml}}
Resources:
  Lab: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Ref Which}}
-- open.yaml --
Resources: {It: {Type: Custom::It, Properties: {P: open}}}
-- shut.yaml --
Resources: {It: {Type: Custom::It, Properties: {P: shut}}}
`
	for which, want := range map[string]string{
		"open.yaml": `Lab/It in a.yaml: "open"; It in shut.yaml: "shut"`,
		"shut.yaml": `Lab/It in a.yaml: "shut"; It in open.yaml: "open"`,
	} {
		if diff := cmp.Diff(want, its(t, map[string]string{"Which": which}, files)); diff != "" {
			t.Error(diff)
		}
	}
}

// A location with more alternatives than are told apart is none of them, however the first come out.
func TestManyLocations(t *testing.T) {
	got := its(t, nil, `
-- a.yaml --
Conditions: {A: !Equals [!Ref AWS::Region, a]}
Resources:
  Lab:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Join ["", [!If [A, open, shut], !If [A, "", ""], !If [A, "", ""], !If [A, "", ""], .yaml]]
  It: {Type: Custom::It, Properties: {P: !GetAtt Lab.Outputs.X}}
-- open.yaml --
Resources: {V: {Type: AWS::EC2::VPC}}
Outputs: {X: {Value: open}}
-- shut.yaml --
Resources: {V: {Type: AWS::EC2::VPC}}
Outputs: {X: {Value: shut}}
`)
	const want = "It in a.yaml: opaque(Lab.Outputs.X is an output of the stack Lab, whose template isn't in the tree; Lab.Outputs.X)"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// An output that is exported under one name or another is imported where it has the name.
func TestExportOfTwoNames(t *testing.T) {
	got := its(t, nil, `
-- a.yaml --
Conditions: {Prod: !Equals [!Ref AWS::AccountId, "1"]}
Outputs: {O: {Value: !If [Prod, p, d], Export: {Name: !If [Prod, prod-vpc, dev-vpc]}}}
Resources: {V: {Type: AWS::EC2::VPC}}
-- b.yaml --
Outputs: {O: {Value: other, Export: {Name: !Sub "${AWS::StackName}-vpc"}}}
Resources: {It: {Type: Custom::It, Properties: {P: !ImportValue prod-vpc}}}
`)
	if want := `It in b.yaml: "p"`; got != want {
		t.Error(got)
	}
}

// A name that is no text is no reason.
func TestImportOfNoText(t *testing.T) {
	got := show(one(t, nil, "Resources:\n  It: {Type: Custom::It, Properties: {P: !ImportValue [a]}}\n"))
	if want := "opaque(the value is an export of another stack)"; got != want {
		t.Error(got)
	}
}

// What nobody is to see isn't shown in whatever way it comes.
func TestNoEchoAnywhere(t *testing.T) {
	const secret = "0123456"
	for _, files := range []string{`
-- a.yaml --
Conditions: {A: !Equals [!Ref AWS::Region, a]}
Resources:
  Lab: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lab.yaml, Parameters: {Pin: !If [A, "0123456", ""]}}}
-- lab.yaml --
Parameters: {Pin: {Type: String, NoEcho: true}}
Resources: {It: {Type: Custom::It, Properties: {P: [!Ref Pin, !Sub "x${Pin}"]}}}
`, `
-- a.yaml --
Parameters: {Pin: {Type: String, NoEcho: true, Default: 0123456}}
Resources: {It: {Type: Custom::It, Properties: {P: !Ref Pin}}}
`, `
-- a.yaml --
Parameters: {Pin: {Type: String, NoEcho: true}}
Resources: {It: {Type: Custom::It, Properties: {P: !Ref Pin}}}
-- parameters.yaml --
Parameters:
  Pin: 0123456
`} {
		if got := its(t, nil, files); got == "" || strings.Contains(got, secret) {
			t.Error(got)
		}
	}
}

// However many templates export one name, an import is compared with few of them.
func TestManyExports(t *testing.T) {
	var files []*source.File
	for i := range 2_000 {
		text := "Resources:\n  It: {Type: Custom::It, Properties: {P: !ImportValue vpc}}\nOutputs: {V: {Value: 1, Export: {Name: vpc}}}\n"
		files = append(files, source.NewFile(fmt.Sprintf("t%04d.yaml", i), []byte(text)))
	}
	const want = "opaque(the value is the export vpc of another stack, and several stacks have such a one: t0000.yaml, t0001.yaml, t0002.yaml and more)"
	resources := load(t, nil, files...).Resources
	if got := show(resources[len(resources)-1].Props.Attr("P")); got != want {
		t.Error(got)
	}
}

package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// filesOf returns the files of an archive.
func filesOf(archive string) []*source.File {
	var files []*source.File
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files = append(files, source.NewFile(f.Name, f.Data))
	}
	return files
}

// its returns what the property P of the resources called It comes to, with the stack that each is in and the first world in
// which it is there.
func its(t *testing.T, parameters map[string]string, files string) string {
	t.Helper()
	var got []string
	for _, r := range load(t, parameters, filesOf(files)...).Resources {
		if !strings.HasSuffix(r.Addr.Name, "It") {
			continue
		}
		exists := ""
		if !r.Exists.Everywhere() {
			exists = " where " + strings.TrimPrefix(strings.Split(cases(r.Exists), ";")[0], "true where ")
		}
		got = append(got, fmt.Sprintf("%s in %s: %s%s", r.Addr.Name, r.Addr.Unit, show(r.Props.Attr("P")), exists))
	}
	return strings.Join(got, "; ")
}

const network = `
-- net/network.yaml --
Resources:
  Vpc: {Type: AWS::EC2::VPC}
  Private: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
Outputs:
  Private: {Value: !Ref Private, Export: {Name: !Sub "${AWS::StackName}-PrivateSubnet"}}
  All: {Value: !Join [", ", [!Ref Private, subnet-1]]}
  Vpc: {Value: !Ref Vpc, Export: {Name: shared-vpc}}
`

// Each row is a tree; P is what the property P of the resources called It comes to, with the stack that each is in.
func TestStacks(t *testing.T) {
	for _, row := range []struct{ name, files, want string }{
		{
			"outputs of one stack are passed to another",
			network + `
-- main.yaml --
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net/network.yaml}}
  Lab:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: lab.yaml
      Parameters: {Subnets: !GetAtt Net.Outputs.All, Subnet: !GetAtt Net.Outputs.Private}
-- lab.yaml --
Parameters:
  Subnet: {Type: String}
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
  Size: {Type: String, Default: large}
Resources:
  It: {Type: Custom::It, Properties: {P: [!Ref Subnet, !Ref Subnets, !Ref Size]}}
`,
			`Lab/It in main.yaml: [<Net/Private.Ref>, [<Net/Private.Ref>, "subnet-1"], "large"]`,
		},
		{
			"stacks and outputs that loops make",
			`
-- main.yaml --
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net.yaml}}
  Fn::ForEach::Labs:
    - Name
    - [A, B]
    - Lab${Name}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lab.yaml, Parameters: {Subnet: !GetAtt "Net.Outputs.Subnet${Name}", Names: !Ref Name}}}
-- net.yaml --
Resources:
  Fn::ForEach::Subnets: [Name, [A, B], {"Subnet${Name}": {Type: AWS::EC2::Subnet}}]
Outputs:
  Fn::ForEach::Outputs: [Name, [A, B], {"Subnet${Name}": {Value: !Ref "Subnet${Name}"}}]
-- lab.yaml --
Parameters: {Subnet: {Type: String}, Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::It: [Name, !Ref Names, {It: {Type: Custom::It, Properties: {P: [!Ref Subnet, !Ref Name]}}}]
`,
			`LabA/It in main.yaml: [<Net/SubnetA.Ref>, "A"]; LabB/It in main.yaml: [<Net/SubnetB.Ref>, "B"]`,
		},
		{
			"one finding for each call",
			`
-- main.yaml --
Resources:
  Dev: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./a/lab.yaml, Parameters: {Mode: open}}}
  Prod: {Type: AWS::Serverless::Application, Properties: {Location: a/lab.yaml}}
-- a/lab.yaml --
Parameters: {Mode: {Type: String, Default: closed}}
Resources:
  It: {Type: Custom::It, Properties: {P: !Ref Mode}}
`,
			`Dev/It in main.yaml: "open"; Prod/It in main.yaml: "closed"`,
		},
		{
			"what is unknown to the parent is one unknown in both",
			`
-- main.yaml --
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Lab: {Type: AWS::CloudFormation::Stack, Condition: Prod, Properties: {TemplateURL: lab.yaml, Parameters: {Stage: !Ref Env}}}
-- lab.yaml --
Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod], IsDev: !Equals [!Ref Stage, dev]}
Resources:
  It: {Type: Custom::It, Properties: {P: !If [IsProd, !If [IsDev, both, a], b]}}
`,
			`Lab/It in main.yaml: "a" where Env is prod`,
		},
		{
			"what isn't passed, or is no value, has its default",
			`
-- main.yaml --
Parameters: {Flag: {Type: String}}
Conditions: {Set: !Equals [!Ref Flag, "x"]}
Resources:
  Lab: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lab.yaml, Parameters: {Mode: !If [Set, open, !Ref AWS::NoValue]}}}
-- lab.yaml --
Parameters: {Mode: {Type: String, Default: closed}, Other: {Type: String}}
Resources:
  It: {Type: Custom::It, Properties: {P: [!Ref Mode, !Ref Other]}}
`,
			`Lab/It in main.yaml: [("open" where Set is true | "closed" where Set is false), opaque(the stack Lab passes no Other, which has no default)]`,
		},
		{
			"the last segments of a URL name the template",
			network + `
-- main.yaml --
Parameters: {Base: {Type: String, Default: templates/}}
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub "https://${Bucket}.s3.${AWS::Region}.amazonaws.com/x/net/network.yaml?v=1"}}
  Also: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Join ["/", [https://s3.amazonaws.com, !Ref Bucket, !Ref Base, network.yaml]]}}
  It: {Type: Custom::It, Properties: {P: [!GetAtt Net.Outputs.Private, !GetAtt Also.Outputs.Private]}}
`,
			`It in main.yaml: [<Net/Private.Ref>, <Also/Private.Ref>]`,
		},
		{
			"a template that isn't in the tree, and one of two",
			`
-- main.yaml --
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: gone.yaml}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://s3.amazonaws.com/z/t.yaml}}
  It: {Type: Custom::It, Properties: {P: [!GetAtt A.Outputs.X, !GetAtt B.Outputs.X]}}
-- a/t.yaml --
Resources: {V: {Type: AWS::EC2::VPC}}
-- b/t.yaml --
Resources: {V: {Type: AWS::EC2::VPC}}
`,
			"It in main.yaml: [opaque(A.Outputs.X is an output of the stack A, whose template isn't in the tree; A.Outputs.X), opaque(B.Outputs.X is an output of the stack B, whose URL may mean several templates of the tree; B.Outputs.X)]",
		},
		{
			"the CDK's nested stacks",
			`
-- cdk.out/S.template.json --
{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": {"Fn::Sub": "https://s3.amazonaws.com/b/0a1b.json"}, "Parameters": {"P0": "x"}},
 "Metadata": {"aws:asset:path": "SN.nested.template.json"}}}}
-- cdk.out/SN.nested.template.json --
{"Parameters": {"P0": {"Type": "String"}}, "Resources": {"It": {"Type": "Custom::It", "Properties": {"P": {"Ref": "P0"}}}}}
`,
			`N/It in cdk.out/S.template.json: "x"`,
		},
		{
			"an export by its whole name, and by what it shares with the import's",
			network + `
-- app.yaml --
Parameters: {Net: {Type: String, Default: prod}}
Resources:
  It:
    Type: Custom::It
    Properties:
      P: [!ImportValue shared-vpc, !ImportValue {"Fn::Sub": "${Net}-PrivateSubnet"}, !ImportValue {"Fn::Sub": "${Stack}-PrivateSubnet"}, !ImportValue {"Fn::Sub": "${Net}-Private"}]
`,
			`It in app.yaml: [<Vpc.Ref>, <Private.Ref>, <Private.Ref>, opaque(the value is the export prod-Private of another stack)]`,
		},
		{
			"an import of what is deployed with it, and of what several stacks export",
			network + `
-- a.yaml --
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net/network.yaml}}
  App: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: app.yaml}}
-- b.yaml --
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net/network.yaml}}
-- app.yaml --
Resources: {It: {Type: Custom::It, Properties: {P: !ImportValue shared-vpc}}}
-- other.yaml --
Resources: {It: {Type: Custom::It, Properties: {P: !ImportValue shared-vpc}}}
`,
			`App/It in a.yaml: <Net/Vpc.Ref>; It in other.yaml: opaque(the value is the export shared-vpc of another stack, and several stacks have such a one: net/network.yaml)`,
		},
		{
			"a URL that hangs on what a parameter may be",
			`
-- main.yaml --
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod, test]}}
Conditions: {Prod: !Equals [!Ref Stage, prod]}
Resources:
  Lab:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub "https://b.s3.amazonaws.com/${Stage}/lab.yaml"
      Parameters: {Mode: !If [Prod, closed, open]}
-- dev/lab.yaml --
Parameters: {Mode: {Type: String, Default: none}}
Resources: {It: {Type: Custom::It, Properties: {P: !Ref Mode}}}
-- prod/lab.yaml --
Parameters: {Mode: {Type: String, Default: none}}
Resources: {It: {Type: Custom::It, Properties: {P: !Sub "${Mode} in production"}}}
`,
			`Lab/dev/lab.yaml/It in main.yaml: "open" where Stage is dev; Lab/prod/lab.yaml/It in main.yaml: "closed in production" where Stage is prod`,
		},
		{
			"stacks that nest each other",
			`
-- a.yaml --
Resources:
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml, Parameters: {X: !GetAtt B.Outputs.Y}}}
  It: {Type: Custom::It, Properties: {P: !GetAtt B.Outputs.Y}}
-- b.yaml --
Parameters: {X: {Type: String}}
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}
Outputs: {Y: {Value: !Ref X}}
`,
			`It in a.yaml: opaque(the output Y of b.yaml refers to itself)`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			if diff := cmp.Diff(row.want, its(t, nil, row.files)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A value that comes from another template stands where it is used, and its trace leads through the hops.
func TestTraceAcrossStacks(t *testing.T) {
	out := load(t, nil, filesOf(network+`
-- main.yaml --
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net/network.yaml}}
  Lab: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: lab.yaml, Parameters: {Subnet: !If [A, x, !GetAtt Net.Outputs.Private]}}}
Conditions: {A: !Equals [!Ref AWS::Region, x]}
-- lab.yaml --
Parameters: {Subnet: {Type: String}}
Resources:
  It: {Type: Custom::It, Properties: {P: !Ref Subnet}}
`)...)
	var got []string
	for _, r := range out.Resources {
		if r.Addr.Name != "Lab/It" {
			continue
		}
		got = append(got, r.Via.Span.File.Path+": "+r.Via.Note)
		for _, a := range r.Props.Attr("P").Arms() {
			for o := a.Value.Origin(); o != nil; o = o.Via {
				got = append(got, fmt.Sprintf("%s: %s: %s", o.Span.File.Path, o.Span.Text(), o.Note))
			}
		}
	}
	want := []string{
		"main.yaml: the stack Lab is made of this template here",
		"lab.yaml: !Ref Subnet: ",
		"main.yaml: !If [A, x, !GetAtt Net.Outputs.Private]: passed to the stack Lab as Subnet",
		"lab.yaml: !Ref Subnet: ",
		"main.yaml: !If [A, x, !GetAtt Net.Outputs.Private]: passed to the stack Lab as Subnet",
		"net/network.yaml: Private: the output Private of the stack Net",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// However often stacks nest one another, there is a bound, and every template is judged.
func TestManyStacks(t *testing.T) {
	var files []*source.File
	for i := range 14 {
		text := fmt.Sprintf("Resources:\n  It: {Type: AWS::EC2::VPC}\n  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t%02d.yaml}}\n  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t%02[1]d.yaml}}\n", i+1)
		files = append(files, source.NewFile(fmt.Sprintf("t%02d.yaml", i), []byte(text)))
	}
	judged := map[string]bool{}
	out := load(t, nil, files...)
	seen := map[value.Address]bool{}
	for _, r := range out.Resources {
		if seen[r.Addr] {
			t.Fatalf("%s stands for two resources", r.Addr.Name)
		}
		seen[r.Addr] = true
		judged[r.Span.File.Path] = true
	}
	if len(judged) != len(files) || len(out.Resources) > 3*2_100 {
		t.Errorf("%d templates are judged, with %d resources", len(judged), len(out.Resources))
	}
}

// What is joined for a nested stack is there where the list is.
func TestPassedUnknownList(t *testing.T) {
	const main = `Parameters:
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
  Names: {Type: CommaDelimitedList}
Resources:
  Lab:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: lab.yaml
      Parameters: {A: !Join [",", !Ref Subnets], B: !Join [",", !Ref Subnets], C: !Join [",", !Ref Names], D: !Join [",", !Ref Names]}
`
	const lab = `Parameters:
  A: {Type: CommaDelimitedList}
  B: {Type: "List<AWS::EC2::Subnet::Id>"}
  C: {Type: CommaDelimitedList}
  D: {Type: "List<AWS::EC2::Subnet::Id>"}
Resources:
  It: {Type: AWS::SageMaker::Model, Properties: {A: !Ref A, B: !Ref B, C: !Ref C, D: !Ref D}}
`
	out := load(t, nil, source.NewFile("main.yaml", []byte(main)), source.NewFile("lab.yaml", []byte(lab)))
	it := byName(out)["Lab/It"].Props
	for name, want := range map[string]tri.Bool{"A": tri.True, "B": tri.True, "C": tri.Unknown, "D": tri.True} {
		if got := it.Attr(name).NonEmpty().Known(); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

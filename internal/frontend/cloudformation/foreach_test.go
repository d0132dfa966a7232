package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/source"
)

// summary writes what there is of each resource, one on a line.
func summary(t *testing.T, text string) string {
	t.Helper()
	out := load(t, nil, source.NewFile("t.yaml", []byte(text)))
	var b strings.Builder
	for _, f := range out.Findings {
		fmt.Fprintln(&b, f.Message)
	}
	for _, r := range out.Resources {
		fmt.Fprintf(&b, "%s (%s): %s\n", r.Addr.Name, cases(r.Exists), show(r.Props))
	}
	return b.String()
}

const inTurn = `opaque(Name takes each value of an Fn::ForEach in turn)`

// What Fn::ForEach repeats is what its copies would be if they were written out.
func TestForEach(t *testing.T) {
	for _, row := range []struct{ name, template, want string }{
		{
			"resources, with references from elsewhere",
			`
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Notebooks:
    - Name
    - [Alpha, Beta]
    - Notebook${Name}:
        Type: AWS::SageMaker::NotebookInstance
        Properties: {NotebookInstanceName: !Ref Name, RoleArn: !Sub "arn:${Name}-${AWS::Region}", Tag: "x-${Name}-&{Name}"}
  User:
    Type: AWS::SageMaker::Model
    Properties: {A: !Ref NotebookAlpha, B: !GetAtt NotebookBeta.NotebookInstanceName}
`,
			`NotebookAlpha (true): {NotebookInstanceName: "Alpha", RoleArn: text("arn:Alpha-", <AWS.Region>), Tag: "x-Alpha-Alpha"}
NotebookBeta (true): {NotebookInstanceName: "Beta", RoleArn: text("arn:Beta-", <AWS.Region>), Tag: "x-Beta-Beta"}
User (true): {A: <NotebookAlpha.Ref>, B: <NotebookBeta.NotebookInstanceName>}
`,
		},
		{
			"a list parameter with a default, and characters that no logical id has",
			`
Parameters: {Blocks: {Type: CommaDelimitedList, Default: "10.0.2.0/24, 10.0.3.0/24"}}
Resources:
  Fn::ForEach::Subnets:
    - Block
    - !Ref Blocks
    - Subnet&{Block}:
        Type: AWS::EC2::Subnet
        Properties: {CidrBlock: !Ref Block}
  Model: {Type: AWS::SageMaker::Model, Properties: {P: {Ref: Subnet1003024}}}
`,
			`Subnet1002024 (true): {CidrBlock: "10.0.2.0/24"}
Subnet1003024 (true): {CidrBlock: "10.0.3.0/24"}
Model (true): {P: <Subnet1003024.Ref>}
`,
		},
		{
			"loops in loops, the inner one by a mapping of the outer one's value",
			`
Mappings: {Zones: {dev: {names: [a, b]}, prod: {names: [a]}}}
Resources:
  Fn::ForEach::Envs:
    - Env
    - [dev, prod]
    - Fn::ForEach::Zones:
        - Zone
        - !FindInMap [Zones, !Ref Env, names]
        - Subnet${Env}${Zone}:
            Type: AWS::EC2::Subnet
            Properties: {AvailabilityZone: !Sub "${AWS::Region}${Zone}"}
`,
			`Subnetdeva (true): {AvailabilityZone: text(<AWS.Region>, "a")}
Subnetdevb (true): {AvailabilityZone: text(<AWS.Region>, "b")}
Subnetproda (true): {AvailabilityZone: text(<AWS.Region>, "a")}
`,
		},
		{
			"a collection that depends on a parameter is in worlds",
			`
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Mappings: {Zones: {dev: {names: [a]}, prod: {names: [a, b]}}}
Resources:
  Fn::ForEach::Zones:
    - Zone
    - !FindInMap [Zones, !Ref Env, names]
    - Subnet${Zone}: {Type: AWS::EC2::Subnet, Properties: {P: !Ref Env}}
`,
			`Subneta (true): {P: ("dev" where Env is dev | "prod" where Env is prod)}
Subnetb (true where Env is prod; false where Env is not prod): {P: "prod"}
`,
		},
		{
			"conditions, named in each resource",
			`
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Conditions:
  Fn::ForEach::Is:
    - E
    - [dev, prod]
    - Is${E}: !Equals [!Ref Env, !Ref E]
Resources:
  Fn::ForEach::Subnets:
    - E
    - [dev, prod]
    - Subnet${E}:
        Type: AWS::EC2::Subnet
        Condition: Is${E}
        Properties: {P: !Ref E, Q: !If ["Is${E}", a, b]}
`,
			`Subnetdev (true where Env is dev; false where Env is prod): {P: "dev", Q: "a"}
Subnetprod (true where Env is prod; false where Env is dev): {P: "prod", Q: "a"}
`,
		},
		{
			"within properties, as a whole and beside others",
			`
Resources:
  A:
    Type: AWS::EC2::Subnet
    Properties:
      Fn::ForEach::X: [K, [P, Q], {"${K}": !Sub "${K}-x"}]
  B:
    Type: AWS::EC2::Subnet
    Properties:
      R: 1
      Deep: {Fn::ForEach::X: [K, [P], {"${K}": {Fn::ForEach::Y: [L, [S], {"${K}${L}": !Ref L}]}}]}
`,
			`A (true): {P: "P-x", Q: "Q-x"}
B (true): {R: 1, Deep: {P: {PS: "S"}}}
`,
		},
		{
			"what is not known is one that may be there",
			`
Parameters: {Names: {Type: CommaDelimitedList}, One: {Type: String}}
Resources:
  Fn::ForEach::A:
    - Name
    - !Ref Names
    - Notebook${Name}: {Type: AWS::SageMaker::NotebookInstance, Properties: {P: !Ref Name, Q: {Fn::ForEach::Y: [L, !Ref Names, {"${L}": x}], R: "1"}, S: {"a${Name}": 1}, T: "a-${Name}&{Name}-${Other}", U: !Sub "&{Name}$x"}}
  Fn::ForEach::B:
    - Name
    - [a, !Ref One]
    - Subnet${Name}: {Type: AWS::EC2::Subnet, Properties: {P: !Ref Name}}
  User: {Type: AWS::EC2::VPC, Properties: {A: !Ref NotebookX, B: !Ref Subnetzz, C: !Ref Other}}
`,
			`Notebook${Name} (unknown): {P: opaque(Name takes each value of an Fn::ForEach in turn), Q: {R: "1", ...}, S: {...}, T: text("a-", ` + inTurn + `, ` + inTurn + `, "-${Other}"), U: text(` + inTurn + `, "$x")}
Subneta (true): {P: "a"}
Subnet${Name} (true): {P: opaque(Name takes each value of an Fn::ForEach in turn)}
User (true): {A: <NotebookX.Ref>, B: <Subnetzz.Ref>, C: opaque(Other is neither a parameter nor a resource of the template; Other.Ref)}
`,
		},
		{
			"copies of one name in different worlds",
			`
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {Fn::ForEach::X: [K, [!Ref Env], {P: !Ref K}], Q: 1}}
  Fn::ForEach::S: [K, [!Ref Env], {B: {Type: AWS::EC2::Subnet, Properties: {P: !Ref K}}}]
`,
			`A (true): {P: opaque?(Fn::ForEach gives several copies the name P), Q: 1}
B (true): {...}
`,
		},
		{
			"nothing to run over",
			"\nResources:\n  Fn::ForEach::A: [N, [], {\"S${N}\": {Type: AWS::EC2::Subnet}}]\n  B: {Type: AWS::EC2::VPC}\n",
			"B (true): {}\n",
		},
		{
			"no loop at all",
			"\nResources:\n  Fn::ForEach::A: [N, [a]]\n  Fn::ForEach::C: {a: b}\n  B: {Type: AWS::EC2::VPC, Properties: {P: {Fn::ForEach::A: [x], Q: 1}}}\n",
			"B (true): {P: {Q: 1, ...}}\n",
		},
	} {
		if diff := cmp.Diff(row.want, summary(t, row.template)); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}

// A value that a loop gives leads to the element it is.
func TestForEachTrace(t *testing.T) {
	rs := byName(load(t, nil, source.NewFile("t.yaml", []byte(`
Parameters: {Blocks: {Type: CommaDelimitedList, Default: "10.0.2.0/24"}}
Resources:
  Fn::ForEach::Subnets: [Block, !Ref Blocks, {"Subnet&{Block}": {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !Ref Block}}}]
`))))
	r := rs["Subnet1002024"]
	if r.Span.Text() != `"Subnet&{Block}"` || r.Subject != "Subnet1002024" {
		t.Errorf("got %s at %s", r.Subject, r.Span.Text())
	}
	want := []string{
		"!Ref Block",
		`!Ref Blocks: Fn::ForEach::Subnets gives Block the value "10.0.2.0/24"`,
		`"10.0.2.0/24": the default of the parameter Blocks is "10.0.2.0/24"`,
	}
	if diff := cmp.Diff(want, trace(r.Props.Attr("CidrBlock"))); diff != "" {
		t.Error(diff)
	}
}

// Loops make no more copies than their limit, which is told.
func TestForEachBombs(t *testing.T) {
	nest := func(depth int, within string) string {
		for i := range depth {
			within = fmt.Sprintf(`{"Fn::ForEach::L%d": [X%d, [a, b, c, d], %s]}`, i, i, within)
		}
		return within
	}
	wide := strings.Repeat("x,", 3000)
	for name, text := range map[string]string{
		"resources":  `{"Resources": ` + nest(50, `{"R": {"Type": "AWS::EC2::Subnet"}}`) + `}`,
		"conditions": `{"Conditions": ` + nest(50, `{"C": {"Fn::Equals": ["a", "b"]}}`) + `, "Resources": {"R": {"Type": "AWS::EC2::Subnet"}}}`,
		"properties": `{"Resources": {"R": {"Type": "AWS::EC2::Subnet", "Properties": ` + nest(50, `{"P": 1}`) + `}}}`,
		"texts":      `{"Resources": ` + nest(50, `{"R": {"Type": "AWS::EC2::Subnet", "Properties": {"P": "`+strings.Repeat("${X1}", 9000)+`"}}}`) + `}`,
		"a wide one": `{"Resources": {"Fn::ForEach::A": ["X", {"Fn::Split": [",", "` + numbered(wide) + `"]}, {"R${X}": {"Type": "AWS::EC2::Subnet"}}]}}`,
	} {
		out := load(t, nil, source.NewFile("t.json", []byte(text)))
		if len(out.Findings) != 1 || !strings.Contains(out.Findings[0].Message, "make more than 2000 copies") {
			t.Errorf("%s: got %d resources, findings %v", name, len(out.Resources), out.Findings)
		}
	}
}

// numbered returns a text with each x followed by its number.
func numbered(text string) string {
	var b strings.Builder
	for i, s := range strings.Split(text, ",") {
		fmt.Fprintf(&b, "%s%d,", s, i)
	}
	return b.String()
}

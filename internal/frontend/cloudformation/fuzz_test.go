package cloudformation_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// companion nests the template under test and shares exports with it.
const companion = `Parameters: {Env: {Type: String}}
Conditions: {Live: !Equals [!Ref Env, prod]}
Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Condition: Live
    Properties: {TemplateURL: t.yaml, Parameters: {Env: !Ref Env, A: !ImportValue x, B: !GetAtt Nested.Outputs.B}}
  Lab: {Type: AWS::SageMaker::NotebookInstance, Properties: {SubnetId: !GetAtt Nested.Outputs.A, RoleArn: !ImportValue x}}
Outputs:
  A: {Value: !GetAtt Nested.Outputs.A, Export: {Name: x}}
  B: {Value: !Ref Lab, Export: {Name: !Sub "${AWS::StackName}-lab"}}
`

// FuzzTemplate holds that no bytes make the front-end panic, that every place is exactly one that the document has, and that
// the same bytes come out the same in whatever order the work is done; alone, and nested by another template.
func FuzzTemplate(f *testing.F) {
	for _, pattern := range []string{"testdata/templates/*", "testdata/cfnlint/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(content)
		}
	}
	for _, seed := range []string{
		preamble + `!Sub ["${A}", {A: !If [IsProd, !Ref Env, !Select [0, !Split [",", "a,b"]]]}]`,
		preamble + "!Cidr [!Ref Access, 2, 99999999999]",
		it("&a {<<: *a, b: [&c !Ref AWS::Region, *c]}"),
		it("[{? [a] : b}, 'it''s', \"\\u00e9\\\n x\", |-\n   x\n, !Foo, ! 1, 0x1F, .inf]"),
		"{\"Resources\": {\"It\": {\"Type\": \"AWS::EC2::VPC\", \"Properties\": {\"P\": [\"\\ud83d\\ude00\", {\"Ref\": \"A\"}, 1e5]}}}}",
		strings.ReplaceAll(it("x"), "\n", "\r"),
		"\ufeff" + strings.ReplaceAll(it("x # é"), "\n", "\u2028"),
		"\xff\xfe" + string(wide(it("x"), false)),
		"Parameters: {Env: {Type: CommaDelimitedList}, A: {Type: String}, B: {Type: String}}\n" + it("[!Ref Env, !Ref A, !Ref B, !ImportValue x]") +
			"Outputs: {A: {Value: !Ref It, Export: {Name: x}}, B: {Value: !GetAtt It.B}}\n",
		"Resources:\n  Fn::ForEach::L: [N, [a, b], {\"R${N}\": {Type: AWS::EC2::VPC, Properties: {P: !Ref N}}}]\n",
	} {
		f.Add([]byte(seed))
	}
	f.Add([]byte(preamble + `!Split [",", !Join [!Ref Free, [!Ref Subnet, !ToJsonString {a: [!Ref Id, 1]}, "{{resolve:ssm:/${x}}}"]]]
      Fn::ForEach::M: [X, !Ref Subnets, {"&{X}": {"Fn::ForEach::N": [Y, [a, !Ref Env], {"${X}${Y}": !Sub "${X}&{Y}"}]}}]
  Fn::ForEach::R: [X, !FindInMap [Sizes, !Ref Env, zones], {"R${X}": {Type: AWS::Serverless::Function, Properties: {A: [!Ref X]}}}]
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: t.yaml}}
  M: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {A: "${B}${C}"}, DefinitionSubstitutions: {B: !Ref Rx, C: !Ref MRole}}}
Globals: {Function: {A: [1], B: {C: !Ref Env}}, StateMachine: {Definition: {D: "x${B}"}}}
Rules: {R: {RuleCondition: !Equals [!Ref Env, dev], Assertions: [{Assert: {"Fn::Contains": [[a, b], !Ref Free]}}]}}
Transform: [AWS::LanguageExtensions, Mine]
`))
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, nested := range []bool{false, true} {
			first := dump(t, content, nested, false)
			if again := dump(t, content, nested, true); again != first {
				t.Errorf("got %s, then %s", first, again)
			}
		}
	})
}

// dump writes all that the front-end says of a template, and checks the places. Backwards, it does the work in the other
// order.
func dump(t *testing.T, content []byte, nested, backwards bool) string {
	file := source.NewFile("t.yaml", content)
	files := []*source.File{file}
	if nested {
		files = []*source.File{source.NewFile("a.yaml", []byte(companion)), file}
	}
	docs := &frontend.Documents{}
	known := map[source.Span]bool{}
	for _, f := range files {
		parsed, errs := docs.Parse(f)
		for _, d := range parsed {
			spans(d.Root, known)
		}
		for _, e := range errs {
			known[e.Span] = true
		}
		known[f.Whole()] = true
	}
	check := func(s source.Span) {
		if !known[s] && !known[s.Host()] {
			t.Errorf("no place of the document: %d to %d, %q", s.Start, s.End, s.Text())
		}
	}
	out, err := cloudformation.Frontend{}.Load(context.Background(), &frontend.Input{
		Files:     files,
		Tree:      memory(files),
		Settings:  frontend.Settings{Parameters: []frontend.Var{{Name: "Env", Text: "a,b"}}},
		Documents: docs,
		Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				if backwards {
					i = n - 1 - i
				}
				do(i)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range out.Findings {
		check(f.At)
		fmt.Fprintln(&b, f.At.Start, f.Message)
	}
	for _, r := range out.Resources {
		check(r.Span)
		fmt.Fprintln(&b, r.Subject, r.Type, cases(r.Exists), show(r.Props))
		places(r.Props, check)
	}
	return b.String()
}

// spans collects the places of a document: those of its nodes, with their tags or without, and the first lines of those.
func spans(n *doctree.Node, known map[source.Span]bool) {
	if known[n.Span] && n.Kind != doctree.Mapping && n.Kind != doctree.Sequence {
		return
	}
	whole := n.Span
	if tag := n.TagSpan(); tag.File != nil {
		whole.Start = min(whole.Start, tag.Start)
	}
	for _, s := range []source.Span{n.Span, whole} {
		known[s], known[s.FirstLine()] = true, true
	}
	for _, p := range n.Pairs {
		spans(p.Key, known)
		spans(p.Value, known)
	}
	for _, item := range n.Items {
		spans(item, known)
	}
}

// places visits every place of a value.
func places(v value.Value, visit func(source.Span)) {
	if v.Origin() == nil && v.Kind() != value.KindAbsent {
		visit(source.Span{})
	}
	for o := v.Origin(); o != nil; o = o.Via {
		visit(o.Span)
	}
	for _, e := range v.Elems() {
		places(e, visit)
	}
	for _, f := range v.Fields() {
		visit(f.Key)
		places(f.Value, visit)
	}
	if v.Kind() == value.KindChoice {
		for _, a := range v.Arms() {
			places(a.Value, visit)
		}
	}
}

// big returns a template of n resources, half of them with a condition.
func big(n int) *source.File {
	var b strings.Builder
	b.WriteString("AWSTemplateFormatVersion: 2010-09-09\nParameters:\n  Env: {Type: String, AllowedValues: [dev, prod]}\n  Name: {Type: String, Default: x}\nConditions:\n  Prod: !Equals [!Ref Env, prod]\nResources:\n")
	for i := range n {
		fmt.Fprintf(&b, `  Subnet%[1]d:
    Type: AWS::EC2::Subnet
    Condition: Prod
    Properties:
      VpcId: !Ref Vpc%[1]d
      CidrBlock: 10.0.%[1]d.0/24
      AvailabilityZone: !Select [0, !GetAZs ""]
      MapPublicIpOnLaunch: !If [Prod, false, true]
      Tags:
        - {Key: Name, Value: !Sub "${Name}-${AWS::StackName}-%[1]d"}
  Vpc%[1]d:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/8, EnableDnsSupport: true, EnableDnsHostnames: !If [Prod, true, false]}
`, i)
	}
	return source.NewFile("big.yaml", []byte(b.String()))
}

func BenchmarkTemplate(b *testing.B) {
	f := big(1000)
	b.SetBytes(int64(len(f.Bytes)))
	b.ReportAllocs()
	for b.Loop() {
		if n := len(load(b, nil, f).Resources); n != 2000 {
			b.Fatal(n)
		}
	}
}

// BenchmarkParse is the part of BenchmarkTemplate that is not the front-end's.
func BenchmarkParse(b *testing.B) {
	f := big(1000)
	b.SetBytes(int64(len(f.Bytes)))
	for b.Loop() {
		parse(f)
	}
}

// BenchmarkRelevant is what a file costs that is no template.
func BenchmarkRelevant(b *testing.B) {
	f := source.NewFile("a.json", []byte(strings.Repeat(`{"kind": "AWS", "Resource": "x"}`, 30_000)))
	b.SetBytes(int64(len(f.Bytes)))
	for b.Loop() {
		cloudformation.Frontend{}.Relevant(f)
	}
}

// FuzzParameters holds that no bytes of a parameter file make the front-end panic, that every place lies in one of the
// files, and that the same bytes come out the same.
func FuzzParameters(f *testing.F) {
	for _, s := range []string{
		`[{"ParameterKey": "Env", "ParameterValue": "a,b"}]`, `{"Parameters": {"Env": "prod", "List": "a,,b"}}`, `["Env=a", "List=<x>,y"]`,
		"template-file-path: ../t.yaml\nparameters: {Env: x}\n", `{"templates": {"t.yaml": {"parameterOverrides": {"Env": ""}}}}`,
		"[a.deploy.parameters]\nparameter_overrides = \"Env=\\\"x\\\" ParameterKey=List,ParameterValue=a\\\\ b\"\n[b.global.parameters]\ntemplate='t.yaml'\nparameter_overrides=[{Env=1}]\n",
	} {
		f.Add([]byte(s), uint8(len(s)))
	}
	const template = `Parameters: {Env: {Type: String, Default: x}, List: {Type: CommaDelimitedList, Default: y}, Key: {Type: String, NoEcho: true, Default: z}}
Conditions: {A: !Equals [!Ref Env, prod]}
Resources: {It: {Type: Custom::It, Properties: {P: !If [A, !Ref List, !Sub "${Env}-${Key}"]}}}
`
	names := []string{"params.json", "params.yaml", "samconfig.toml", ".aws/templates.json"}
	f.Fuzz(func(t *testing.T, content []byte, which uint8) {
		read := func() string {
			files := []*source.File{source.NewFile(names[int(which)%len(names)], content), source.NewFile("t.yaml", []byte(template))}
			out := load(t, nil, files...)
			var b strings.Builder
			for _, r := range out.Resources {
				fmt.Fprintln(&b, r.Subject, show(r.Props))
				places(r.Props, func(s source.Span) {
					if s.File != files[0] && s.File != files[1] || s.Start < 0 || s.Start > s.End || s.End > len(s.File.Bytes) {
						t.Errorf("no place in the files: %d to %d", s.Start, s.End)
					}
				})
			}
			return b.String()
		}
		if first, again := read(), read(); first != again {
			t.Errorf("got %s, then %s", first, again)
		}
	})
}

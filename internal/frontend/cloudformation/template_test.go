package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

var _ frontend.Frontend = cloudformation.Frontend{}

// one returns the property P of the resource It of a template.
func one(t *testing.T, parameters map[string]string, text string) value.Value {
	t.Helper()
	out := load(t, parameters, source.NewFile("t.yaml", []byte(text)))
	r, ok := byName(out)["It"]
	if !ok {
		t.Fatalf("no resource It, findings %v", out.Findings)
	}
	return r.Props.Attr("P")
}

func TestMatch(t *testing.T) {
	for name, want := range map[string]bool{
		"a.yaml": true, "a.YML": true, "cdk.out/S.template.json": true, "x/a.template": true, " a/b.cfn": true,
		"a.tf.json": false, "a.tf": false, "a.ipynb": false, "yaml": false,
	} {
		if got := (cloudformation.Frontend{}).Match(name); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

// What is a template is told by its content; what is another YAML is passed over in silence.
func TestRecognition(t *testing.T) {
	for _, row := range []struct {
		name, text string
		resources  string
		loaded     bool
		unreadable string
	}{
		{"without a version", "Resources:\n  A: {Type: AWS::EC2::VPC}\n", "A", true, ""},
		{"JSON with a mark", "\ufeff{\"Resources\": {\"A\": {\"Type\": \"AWS::EC2::VPC\"}}}", "A", true, ""},
		{"a custom resource", "Resources: {A: {Type: 'Custom::AWS::Thing'}}", "A", true, ""},
		{"a third party's", "# AWS::\nResources: {A: {Type: 'Datadog::Monitors::Monitor'}}", "A", true, ""},
		{"a null resource", "AWSTemplateFormatVersion: x # AWS::\nResources:\n  A:\n  B: {Type: AWS::EC2::VPC}\n", "B", true, ""},
		{"no type", "Resources:\n  A: {Properties: {}}\n  B: {Type: [AWS::EC2::VPC]}\n  C: {Type: AWS::EC2::VPC}\n", "C", true, ""},
		{"a loop", "Resources:\n  Fn::ForEach::X: [N, [a], {A: {Type: AWS::EC2::VPC}}]\n  B: {Type: AWS::EC2::VPC}\n", "A B", true, ""},
		{"a key twice", "Resources:\n  A: {Type: AWS::EC2::VPC}\n  A: {Type: AWS::EC2::Subnet}\n", "A", true, ""},
		{"CRLF, no last newline", "Resources:\r\n  A:\r\n    Type: AWS::EC2::VPC", "A", true, ""},
		{"the second document", "kind: x # AWS::\n---\nResources: {A: {Type: AWS::EC2::VPC}}\n", "A", true, ""},
		{"resources that are a list", "Resources: [{A: {Type: AWS::Lambda::Function}}]\n", "", false, ""},
		{"resources of another kind", "Resources: {A: {Type: x}} # AWS::\n", "", false, ""},
		{"an event that carries one", "{\"fragment\": {\"Resources\": {\"A\": {\"Type\": \"AWS::EC2::VPC\"}}}}", "", false, ""},
		{"a template in a manifest", "kind: ConfigMap\ndata:\n  t: |\n    Resources:\n      A: {Type: AWS::EC2::VPC}\n  x: [\n", "", false, ""},
		{"a chart", "{{- if .Values.x }}\nkind: AWS::Thing\nResources: {{ .Values.y }}\n{{- end }}\n", "", false, ""},
		{"broken", "Resources:\n  A:\n    Type: AWS::EC2::VPC\n   B: {\n", "", false, "the template can't be read: "},
		{"broken JSON", "{\"AWSTemplateFormatVersion\": \"2010-09-09\",\n \"Resources\": {\"A\": {\"Type\": \"AWS::EC2::VPC\"}", "", false, "the template can't be read: "},
		{"not rendered yet", "AWSTemplateFormatVersion: 2010-09-09\nResources:\n{% for x in y %}\n  A:\n    Type: AWS::EC2::VPC\n{% endfor %}\n", "", false, "it holds {{ }} placeholders"},
		{"a schema of templates, not rendered yet", "{\"$id\": \"http://json-schema.org/draft-04/schema#\", \"properties\": {\n\"AWSTemplateFormatVersion\": {\"enum\": [\"2010-09-09\"]},\n\"Resources\": {{{range .Resources}} \"AWS::\" {{end}}}}}", "", false, ""},
		{"a comment at a value", "AWSTemplateFormatVersion: '2010-09-09'# the only one\nResources:\n  A:\n    Type: \"AWS::EC2::VPC\"#\n", "A", true, ""},
		{"an alias bomb", "Resources:\n  A:\n    Type: AWS::EC2::VPC\n    Properties: &a [*a, *a]\n", "A", true, "the template can't be read: "},
	} {
		f := source.NewFile("t.yaml", []byte(row.text))
		if !(cloudformation.Frontend{}).Relevant(f) {
			t.Errorf("%s: not relevant", row.name)
		}
		out := load(t, nil, f)
		var names []string
		for _, r := range out.Resources {
			names = append(names, r.Addr.Name)
		}
		if got := strings.Join(names, " "); got != row.resources || (len(out.Loaded) == 1) != row.loaded {
			t.Errorf("%s: got resources %q, loaded %d", row.name, got, len(out.Loaded))
		}
		switch {
		case row.unreadable == "" && len(out.Findings) == 0:
		case row.unreadable != "" && len(out.Findings) == 1 && strings.Contains(out.Findings[0].Message, row.unreadable):
		default:
			t.Errorf("%s: got findings %v, want %q", row.name, out.Findings, row.unreadable)
		}
	}
}

func TestRaw(t *testing.T) {
	const text = `Resources:
  Bare: {Type: AWS::SageMaker::Model}
  "Lab4AF3":
    Type: AWS::SageMaker::NotebookInstance
    Metadata: {"aws:cdk:path": Stack/Lab/Resource}
    Properties:
      SubnetId: !GetAtt
        - Net
        - SubnetId
      VpcConfig:
        Subnets: [subnet-1, "subnet-2"]
        Tags:
          - Key: a
            Value: b
`
	f := source.NewFile("net/t.yaml", []byte(text))
	rs := byName(load(t, nil, f))
	bare, lab := rs["Bare"], rs["Lab4AF3"]
	if bare.Props.Kind() != value.KindObject || bare.Props.Origin().Span.Text() != "Bare" || bare.Span.Text() != "Bare" {
		t.Errorf("no properties: got %s at %q", show(bare.Props), bare.Props.Origin().Span.Text())
	}
	if lab.Dialect != resource.CloudFormation || lab.Type != "AWS::SageMaker::NotebookInstance" ||
		lab.Addr != (value.Address{Unit: "net/t.yaml", Name: "Lab4AF3"}) || lab.Subject != "Lab4AF3 (Stack/Lab/Resource)" ||
		lab.Exists.Known() != tri.True || lab.Span.Text() != `"Lab4AF3"` {
		t.Errorf("got %+v", lab)
	}
	vpc := lab.Props.Attr("VpcConfig")
	for _, row := range []struct {
		v    value.Value
		want string
	}{
		{lab.Props, `"Lab4AF3"`},
		{lab.Props.Attr("SubnetId"), "!GetAtt\n        - Net\n        - SubnetId"},
		{vpc, "VpcConfig"},
		{vpc.Attr("Subnets"), `[subnet-1, "subnet-2"]`},
		{vpc.Attr("Subnets").Elems()[0], "subnet-1"},
		{vpc.Attr("Subnets").Elems()[1], `"subnet-2"`},
		{vpc.Attr("Tags").Elems()[0], "Key: a"},
		{vpc.Attr("Tags").Elems()[0].Attr("Value"), "b"},
	} {
		if got := row.v.Origin().Span.Text(); got != row.want {
			t.Errorf("%s: got %q, want %q", show(row.v), got, row.want)
		}
	}
	if f, _ := lab.Props.Field("VpcConfig"); f.Key.Text() != "VpcConfig" {
		t.Errorf("key: got %q", f.Key.Text())
	}
}

// trace returns the places and notes of a value's origin.
func trace(v value.Value) []string {
	var out []string
	for o := v.Origin(); o != nil; o = o.Via {
		out = append(out, strings.TrimSuffix(o.Span.Text()+": "+o.Note, ": "))
	}
	return out
}

func TestTrace(t *testing.T) {
	const text = `Parameters:
  Access: {Type: String, Default: Enabled}
  Env: {Type: String, AllowedValues: [dev, prod]}
  Password: {Type: String, NoEcho: true, Default: hunter22}
  Subnets: {Type: CommaDelimitedList, Default: "a,b"}
Mappings: {M: {a: {b: "x"}}}
Resources:
  It:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      A: !Ref Access
      B: {"Fn::Sub": "${Access}"}
      C: !FindInMap [M, a, b]
      D: !Ref Env
      E: !Ref Password
      F: !Select [1, !Ref Subnets]
      G: !If [Gone, [{x: 1}], {y: 2}]
Conditions: {Gone: !Equals [!Ref Access, Disabled]}
`
	props := byName(load(t, map[string]string{"Other": "x"}, source.NewFile("t.yaml", []byte(text))))["It"].Props
	for name, want := range map[string][]string{
		"A": {"!Ref Access", `Enabled: the default of the parameter Access is "Enabled"`},
		"B": {`{"Fn::Sub": "${Access}"}`, `Enabled: the default of the parameter Access is "Enabled"`},
		"C": {"!FindInMap [M, a, b]", `"x": M.a.b in Mappings is "x"`},
		"E": {"!Ref Password"},
		"F": {"!Ref Subnets", `"a,b": the default of the parameter Subnets is "a,b"`},
		"G": {"G", "Gone: the condition Gone is false", `Enabled: the default of the parameter Access is "Enabled"`},
	} {
		if diff := cmp.Diff(want, trace(props.Attr(name))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	want := []string{"!Ref Env", `prod: the parameter Env may be "prod"`}
	if diff := cmp.Diff(want, trace(props.Attr("D").Arms()[1].Value)); diff != "" {
		t.Error(diff)
	}
}

func TestGivenParameters(t *testing.T) {
	const text = `Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Subnets: {Type: List<AWS::EC2::Subnet::Id>}
Resources:
  It: {Type: AWS::SageMaker::Model, Properties: {P: [!Ref Env, !Ref Subnets]}}
`
	given := map[string]string{"Env": "prod", "Subnets": "s-1, s-2", "Nobody": "x"}
	f := source.NewFile("t.yaml", []byte(text))
	if got, want := show(one(t, given, text)), `["prod", ["s-1", "s-2"]]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	out := load(t, given, f)
	if diff := cmp.Diff(map[string]bool{"Env": true, "Subnets": true}, out.UsedParameters); diff != "" {
		t.Error(diff)
	}
	got := trace(byName(out)["It"].Props.Attr("P").Elems()[0])
	if diff := cmp.Diff([]string{"!Ref Env", `Env: --parameter sets Env to "prod"`}, got); diff != "" {
		t.Error(diff)
	}
}

// What doubles, or is asked for again and again, costs no more than its limit.
func TestBombs(t *testing.T) {
	nest := func(open, within, shut string, n int) string {
		return strings.Repeat(open, n) + within + strings.Repeat(shut, n)
	}
	rows := make([]string, 5000)
	for i := range rows {
		rows[i] = fmt.Sprintf("r%d: {x: %d}", i, i)
	}
	for name, expr := range map[string]string{
		"doubling text":       nest(`{"Fn::Sub": ["${A}${A}", {"A": `, "xy", `}]}`, 150),
		"doubling symbols":    nest(`{"Fn::Join": ["", [{"Ref": "X"}, `, "xy", `]]}`, 120),
		"doubling twice":      nest(`{"Fn::Sub": ["${A}${B}${A}", {"B": {"Ref": "X"}, "A": `, "xy", `}]}`, 150),
		"growing text":        nest(`{"Fn::Base64": `, "abc", `}`, 240),
		"unknown conditions":  nest(`{"Fn::If": [Cycle, 1, `, "2", `]}`, 240),
		"a half known one":    nest(`{"Fn::If": [Half, 1, `, "2", `]}`, 240),
		"defaults in a map":   nest(`{"Fn::FindInMap": [{"Ref": "E"}, a, b, {"DefaultValue": `, "x", `}]}`, 100),
		"a long list, often":  "[" + strings.Repeat("{Ref: Long}, ", 20_000) + "x]",
		"a long split, often": "[" + strings.Repeat(`{"Fn::Split": [",", {Ref: Text}]}, `, 5_000) + "x]",
		"a long map, often":   "[" + strings.Repeat(`{"Fn::FindInMap": [M, {Ref: F}, x]}, `, 20_000) + "x]",
		"a long text, often":  "[" + strings.Repeat(`{"Fn::Sub": "${Text}"}, `, 20_000) + "x]",
	} {
		text := fmt.Sprintf(`Parameters:
  F: {Type: String}
  E: {Type: String, AllowedValues: [a, b, c, d]}
  Long: {Type: CommaDelimitedList, Default: "%[1]s"}
  Text: {Type: String, Default: "%[1]s"}
Mappings: {M: {%[2]s}}
Conditions: {Cycle: !Condition Cycle, Half: !Or [!Equals [!Ref F, a], !Condition Cycle]}
Resources: {It: {Type: AWS::EC2::Subnet, Properties: {P: %[3]s}}}
`, strings.Repeat("a,", 10_000), strings.Join(rows, ", "), expr)
		start := time.Now()
		out := load(t, nil, source.NewFile("t.yaml", []byte(text)))
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: took %v", name, took)
		}
		if len(out.Resources) != 1 || len(out.Findings) != 0 {
			t.Errorf("%s: got %d resources, findings %v", name, len(out.Resources), out.Findings)
		}
	}
}

// Nothing in a template makes the front-end fail.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("{\"Fn::Not\": [", 400) + `{"Fn::Equals": [{"Ref": "X"}, "x"]}` + strings.Repeat("]}", 400)
	var chain, wide strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&chain, "  C%d: !Not [!Condition C%d]\n", i, i+1)
	}
	for i := range 300 {
		fmt.Fprintf(&wide, "  W%d: !Or [!Equals [!Ref P%d, a], !Equals [!Ref P%d, a], !Equals [!Ref P%d, a]]\n", i, i, i+1, i+2)
		fmt.Fprintf(&wide, "  X%d: !And [!Condition W%d, !Condition W%d]\n", i, i, (i+7)%300)
		fmt.Fprintf(&wide, "  Y%d: !Or [!Condition X%d, !Condition X%d, !Condition X%d, !Condition X%d]\n", i, i, (i+9)%300, (i+19)%300, (i+29)%300)
	}
	var parameters strings.Builder
	for i := range 310 {
		fmt.Fprintf(&parameters, "  P%d: {Type: String}\n", i)
	}
	for name, text := range map[string]string{
		"a cycle":       "Conditions: {A: !Condition B, B: !Not [!Condition A]}\n",
		"itself":        "Conditions: {A: !Or [!Condition A, !Equals [a, b]]}\n",
		"deep":          "Conditions: {A: " + deep + "}\n",
		"a long chain":  "Conditions:\n  A: !Condition C0\n" + chain.String(),
		"many":          "Parameters:\n" + parameters.String() + "Conditions:\n  A: !And [!Condition Y0, !Condition Y100, !Condition Y200]\n" + wide.String(),
		"no functions":  "Conditions: {A: yes}\n",
		"wrong section": "Conditions: [A]\nParameters: x\nMappings: 7\n",
		"wrong entries": "Conditions: {A: {}, B: }\nParameters: {P: , Q: [x], R: {Default: {a: b}, AllowedValues: {a: b}}}\nMappings: {M: x, N: {a: [b]}}\n",
		"odd operands":  "Conditions: {A: !And x, B: !Or [], C: !Not [], D: !Equals [a], E: !Equals {a: b}}\n",
	} {
		out := load(t, nil, source.NewFile("t.yaml", []byte(text+`Resources:
  It:
    Type: AWS::SageMaker::Model
    Condition: A
    Properties:
      P: !If [A, !If [B, x, y], [!FindInMap [M, a, b], !FindInMap [N, a, b], !Ref P, !Ref R]]
`)))
		if len(out.Resources) > 1 {
			t.Errorf("%s: got %d resources", name, len(out.Resources))
		}
	}
}

// A NoEcho parameter's value is never shown.
func TestNoEcho(t *testing.T) {
	for _, yes := range []string{"true", "yes", `"True"`, "1"} {
		if got := show(withSecret(t, yes)); strings.Contains(got, "hunter2") {
			t.Errorf("NoEcho: %s: got %s", yes, got)
		}
	}
	if got := show(withSecret(t, "no")); !strings.Contains(got, "hunter2") {
		t.Errorf("NoEcho: no: got %s", got)
	}
}

// What it is compared with is as secret as its value.
func TestNoEchoCompared(t *testing.T) {
	const text = `
Parameters:
  Secret: {Type: String, NoEcho: true}
Conditions:
  Old: !Equals [!Ref Secret, hunter2secret]
  Older: !Equals [!Ref Secret, hunter1secret]
Resources:
  A:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      DirectInternetAccess: !If [Old, a, !If [Older, b, c]]
`
	out := load(t, nil, source.NewFile("t.yaml", []byte(text)))
	const want = `("a" where Secret is what it is compared with | "b" where Secret is what it is compared with | "c" where Secret is something else)`
	if got := show(out.Resources[0].Props.Attr("DirectInternetAccess")); got != want {
		t.Errorf("got %s", got)
	}
}

func withSecret(t *testing.T, noEcho string) value.Value {
	out := load(t, nil, source.NewFile("t.yaml", []byte(`
Parameters:
  Secret: {Type: String, NoEcho: `+noEcho+`, Default: hunter2secret}
Conditions:
  Has: !Not [!Equals [!Ref Secret, ""]]
Resources:
  A:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      SubnetId: !Ref Secret
      DirectInternetAccess: !If [Has, !Sub "${Secret}-x", Enabled]
`)))
	return out.Resources[0].Props
}

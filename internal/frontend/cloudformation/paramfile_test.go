package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/source"
)

// lab is a template whose property P is what its parameters come to.
const lab = `
-- lab.yaml --
Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
  Size: {Type: String, Default: small}
Resources:
  It: {Type: Custom::It, Properties: {P: [!Ref Env, !Ref Subnets, !Ref Size]}}
`

// Each row is a file, and what it sets; whatever the style, it is one world.
func TestParameterFiles(t *testing.T) {
	const want = `["prod", ["subnet-1", "subnet-2"], "small"]`
	for _, row := range []struct{ name, file, want string }{
		{"a list", `
-- lab.json --
[{"ParameterKey": "Env", "ParameterValue": "prod"}, {"ParameterKey": "Subnets", "ParameterValue": "subnet-1, subnet-2"}]
`, want},
		{"a request", `
-- request.json --
{"StackName": "ml", "TemplateURL": "https://b.s3.amazonaws.com/x/lab.yaml?versionId=1", "Parameters": [
  {"ParameterKey": "Env", "ParameterValue": "prod"}, {"ParameterKey": "Subnets", "ParameterValue": "subnet-1,subnet-2"}]}
`, want},
		{"a template configuration", `
-- pipeline/prod.json --
{"Parameters": {"Env": "prod", "Subnets": "subnet-1,subnet-2"}, "Tags": {"a": "b"}, "StackPolicy": {}}
`, want},
		{"a map, by its name", `
-- params/prod.json --
{"Env": "prod", "Subnets": "subnet-1,subnet-2", "Size": "small"}
`, want},
		{"a map of another name", `
-- prod.json --
{"Env": "prod", "Subnets": "subnet-1,subnet-2", "Size": "small"}
`, `[("dev" where Env is dev | "test" where Env is test | "prod" where Env is prod), opaque(the parameter Subnets has no default; pass --parameter Subnets=...), "small"]`},
		{"a list of texts", `
-- parameters.json --
["Env=prod", "Subnets=subnet-1,subnet-2"]
`, want},
		{"a toolkit's", `
-- .aws/templates.json --
{"templates": {"lab.yaml": {"parameterOverrides": {"Env": "prod", "Subnets": "subnet-1,subnet-2"}, "handlers": {}}}}
`, want},
		{"a deployment file", `
-- deployments/prod.yml --
template-file-path: ./lab.yaml
parameters: {Env: prod, Subnets: 'subnet-1,subnet-2'}
tags: {a: b}
`, want},
		{"SAM's, as it writes it", `
-- samconfig.toml --
version = 0.1
[default.build.parameters]
template_file = "lab.yaml"
[default.deploy.parameters]
template_file = ".aws-sam/build/template.yaml"
parameter_overrides = "Env=\"prod\" Subnets=\"subnet-1,subnet-2\""
`, want},
		{"SAM's, in the long form", `
-- samconfig.toml --
version = 0.1
[default.global.parameters]
template = "lab.yaml"
parameter_overrides = ["ParameterKey=Env,ParameterValue=prod", 'Subnets=subnet-1,\ subnet-2']
`, want},
		{"SAM's, as a map in YAML", `
-- samconfig.yaml --
version: 0.1
default:
  global: {parameters: {template_file: lab.yaml, parameter_overrides: {Env: dev}}}
  deploy: {parameters: {parameter_overrides: {Env: prod, Subnets: [subnet-1, subnet-2]}}}
`, want},
		{"what the stack has already", `
-- lab.json --
[{"ParameterKey": "Env", "UsePreviousValue": true}, {"ParameterKey": "Subnets", "ParameterValue": "subnet-1"}]
`, `[opaque(lab.json sets the parameter Env, and it keeps the value that the stack has), ["subnet-1"], "small"]`},
		{"what a pipeline computes, and a number that may be written otherwise", `
-- lab.json --
{"Parameters": {"Env": {"Fn::GetParam": ["a", "b.json", "c"]}, "Size": 1.50, "Subnets": "subnet-1"}}
`, `[opaque(lab.json sets the parameter Env, and the pipeline computes it), ["subnet-1"], opaque(lab.json sets the parameter Size, and it is a number that may be written in another way)]`},
		{"placeholders", `
-- lab.json --
{"Parameters": {"Env": "REPLACE_ME", "Subnets": "<subnet-id>,subnet-2", "Size": "{{ size }}"}}
`, `[opaque(lab.json sets the parameter Env, and "REPLACE_ME" is still to be filled in), [opaque(lab.json sets the parameter Subnets, and "<subnet-id>" is still to be filled in), "subnet-2"], opaque(lab.json sets the parameter Size, and "{{ size }}" is still to be filled in)]`},
		{"what is left empty", `
-- lab.json --
{"Parameters": {"Env": "prod", "Subnets": "", "Size": ""}}
`, `["prod", opaque(lab.json sets the parameter Subnets, and it is still to be filled in), ""]`},
		{"a value that isn't allowed, a key that isn't declared, a file that can't be read", `
-- lab.json --
{"Parameters": {"Env": "production", "Subnets": "subnet-1"}}
-- lab-2.json --
{"Parameters": {"Env": "prod", "Subnets": "subnet-1", "Zone": "x"}}
-- lab-3.json --
{"Parameters": {"Env": "prod", "Subnets": "subnet-1"}
`, `[("dev" where Env is dev | "test" where Env is test | "prod" where Env is prod), opaque(the parameter Subnets has no default; pass --parameter Subnets=...), "small"]`},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := show(byName(load(t, nil, filesOf(lab+row.file)...))["It"].Props.Attr("P"))
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Several files of one template are one world each, and what one leaves out has its default in that one's world.
func TestParameterWorlds(t *testing.T) {
	const files = `
-- lab.yaml --
Parameters:
  Env: {Type: String}
  Subnet: {Type: String, Default: ""}
  Same: {Type: String, Default: x}
  Open: {Type: String, AllowedValues: [a, b]}
  Token: {Type: String, NoEcho: true, Default: ""}
Conditions:
  HasSubnet: !Not [!Equals [!Ref Subnet, ""]]
  IsProd: !Equals [!Ref Env, prod]
  IsOpenA: !Equals [!Ref Open, a]
Resources:
  It:
    Type: Custom::It
    Properties:
      Env: !Ref Env
      Subnet: !If [HasSubnet, !Ref Subnet, !Ref AWS::NoValue]
      Same: !Ref Same
      Text: !Sub "${Env}-${Subnet}"
      Both: !If [IsProd, !If [HasSubnet, a, b], c]
      Open: !If [IsOpenA, a, b]
      Token: !Ref Token
  Prod: {Type: Custom::It, Condition: IsProd, Properties: {Env: !Ref Env}}
-- params/dev.json --
{"Parameters": {"Env": "dev", "Same": "y", "Open": "a"}}
-- params/prod.json --
{"Parameters": {"Env": "prod", "Subnet": "subnet-1", "Same": "y", "Open": "a", "Token": "hunter2"}}
-- params/same.json --
{"Parameters": {"Env": "prod", "Subnet": "subnet-1", "Same": "y", "Open": "a", "Token": "hunter2"}}
`
	out := load(t, nil, filesOf(files)...)
	it := byName(out)["It"].Props
	const dev, prod = "where the parameters are those of params/dev.json", "where the parameters are those of params/prod.json"
	for name, want := range map[string]string{
		"Env":    `("dev" ` + dev + ` | "prod" ` + prod + `)`,
		"Subnet": `("subnet-1" ` + prod + ` | absent ` + dev + `)`,
		"Same":   `"y"`,
		"Text":   `("dev-" ` + dev + ` | "prod-subnet-1" ` + prod + `)`,
		"Both":   `("a" ` + prod + ` | "c" ` + dev + `)`,
		"Open":   `"a"`,
		"Token":  `("" ` + dev + ` | opaque(the parameter Token is not to be shown) ` + prod + `)`,
	} {
		if diff := cmp.Diff(want, show(it.Attr(name))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if got, want := show(byName(out)["Prod"].Props), `{Env: "prod"}`; got != want {
		t.Errorf("within its condition: got %s, want %s", got, want)
	}
	want := []string{"!Ref Subnet", `"subnet-1": params/prod.json sets Subnet to "subnet-1"`}
	if diff := cmp.Diff(want, trace(it.Attr("Subnet").Arms()[0].Value)); diff != "" {
		t.Error(diff)
	}
	var loaded []string
	for _, f := range out.Loaded {
		loaded = append(loaded, f.Path)
	}
	if diff := cmp.Diff([]string{"params/dev.json", "params/prod.json", "lab.yaml"}, loaded); diff != "" {
		t.Error(diff)
	}
	if text := fmt.Sprint(show(it), trace(it.Attr("Token").Arms()[1].Value)); strings.Contains(text, "hunter2") {
		t.Errorf("shown: %s", text)
	}
}

// What one of the worlds leaves unknown is told apart there only.
func TestHalfKnownParameter(t *testing.T) {
	const files = `
-- lab.yaml --
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  Mode: {Type: String}
  Free: {Type: String}
Conditions: {IsProd: !Equals [!Ref Env, prod], IsX: !Equals [!Ref Free, x], IsY: !Equals [!Ref Free, y]}
Resources:
  It: {Type: Custom::It, Properties: {P: !If [IsProd, a, b], Q: !If [IsX, !If [IsY, both, x], !If [IsY, y, !Ref Free]], R: !Ref Mode}}
-- lab-1.json --
{"Parameters": {"Env": "prod", "Mode": "open", "Free": "x"}}
-- lab-2.json --
{"Parameters": {"Mode": "shut"}}
-- lab-3.json --
{"Parameters": {"Env": "dev"}}
`
	it := byName(load(t, nil, filesOf(files)...))["It"].Props
	const of1, of2, of3 = "the parameters are those of lab-1.json", "the parameters are those of lab-2.json", "the parameters are those of lab-3.json"
	// The second and the third leave out what has no default: something completes them.
	for name, want := range map[string]string{
		"P": `("a" where ` + of1 + ` | "a" where ` + of2 + ` and Env is prod | "b" where ` + of2 + ` and Env is dev | "b" where ` + of3 + `)`,
		"Q": `("x" where ` + of1 + ` | "x" where ` + of2 + ` and Free is x | "x" where ` + of3 + ` and Free is x | "y" where ` + of2 + ` and Free is y | ` +
			`opaque(lab-2.json leaves out the parameter Free, which other files set) where ` + of2 + ` and Free is neither x nor y | "y" where ` + of3 + ` and Free is y | ` +
			`opaque(lab-3.json leaves out the parameter Free, which other files set) where ` + of3 + ` and Free is neither x nor y)`,
		"R": `("open" where ` + of1 + ` | "shut" where ` + of2 + ` | opaque(lab-3.json leaves out the parameter Mode, which other files set) where ` + of3 + `)`,
	} {
		if diff := cmp.Diff(want, show(it.Attr(name))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Each environment of samconfig.toml is a world; one that overrides nothing has the defaults.
func TestSAMEnvironments(t *testing.T) {
	const files = `
-- app/template.yaml --
Parameters:
  Subnet: {Type: String, Default: none}
Resources:
  It: {Type: Custom::It, Properties: {P: !Ref Subnet}}
-- app/samconfig.toml --
version = 0.1
[default.deploy.parameters]
stack_name = "ml"
[prod.global.parameters]
parameter_overrides = "Subnet=subnet-1"
[prod.deploy.parameters]
region = "eu-west-1"
[test.build.parameters]
parameter_overrides = "Subnet=subnet-2"
`
	got := show(byName(load(t, nil, filesOf(files)...))["It"].Props.Attr("P"))
	want := `("none" where the parameters are those of default in app/samconfig.toml | "subnet-1" where the parameters are those of prod in app/samconfig.toml)`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A file is for the template that takes its keys; where several do, for the nearest, and then for its namesake.
func TestWhichTemplate(t *testing.T) {
	const (
		takes  = "Parameters: {VpcId: {Type: String}, Name: {Type: String, Default: x}}\nResources: {It: {Type: Custom::It, Properties: {P: !Ref VpcId}}}\n"
		gives  = `{"Parameters": {"VpcId": "vpc-1"}}`
		others = "Parameters: {Other: {Type: String}}\nResources: {It: {Type: Custom::It}}\n"
	)
	for _, row := range []struct {
		name      string
		templates []string
		other     []string
		file      string
		want      string
	}{
		{"the only one", []string{"templates/net.yaml"}, []string{"templates/iam.yaml"}, "params/dev.json", "templates/net.yaml"},
		{"the nearest", []string{"a/net.yaml", "b/net.yaml"}, nil, "b/params/dev.json", "b/net.yaml"},
		{"the namesake", []string{"net.yaml", "app.yaml"}, nil, "params/app-dev.json", "app.yaml"},
		{"by the directory", []string{"net.yaml", "app.yaml"}, nil, "params/app/dev.json", "app.yaml"},
		{"by the template's directory", []string{"stacks/net/template.yaml", "stacks/app/template.yaml"}, nil, "stacks/params/app.json", "stacks/app/template.yaml"},
		{"of two namesakes the longer", []string{"vpc.yaml", "vpc-endpoints.yaml"}, nil, "vpc-endpoints.json", "vpc-endpoints.yaml"},
		{"a word, not a part of one", []string{"net.yaml", "app.yaml"}, nil, "internet.json", ""},
		{"one of two", []string{"net.yaml", "app.yaml"}, nil, "params/dev.json", ""},
		{"one template in two languages", []string{"net.yaml", "net.json"}, nil, "params/dev.json", "net.yaml net.json"},
		{"another project's", []string{"projects/a/cfn/net.yaml"}, nil, "tools/x/y/dev.json", ""},
		{"none", nil, []string{"net.yaml"}, "dev.json", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var files []*source.File
			for _, name := range row.templates {
				files = append(files, source.NewFile(name, []byte(takes)))
			}
			for _, name := range row.other {
				files = append(files, source.NewFile(name, []byte(others)))
			}
			files = append(files, source.NewFile(row.file, []byte(gives)))
			var got []string
			for _, r := range load(t, nil, files...).Resources {
				if text, known := r.Props.Attr("P").AsString(); known && text == "vpc-1" {
					got = append(got, r.Addr.Unit)
				}
			}
			if diff := cmp.Diff(row.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Files that the user names are for every template in place of the tree's, and the later of two settings wins.
func TestGivenParameterFiles(t *testing.T) {
	const unset = "opaque(the parameter Subnets has no default; pass --parameter Subnets=...)"
	files := filesOf(lab + `
-- lab.json --
[{"ParameterKey": "Env", "ParameterValue": "test"}, {"ParameterKey": "Subnets", "ParameterValue": "subnet-9"}]
`)
	given := func(name, text string) *source.File { return source.NewFile(name, []byte(text)) }
	for _, row := range []struct {
		settings      frontend.Settings
		want, refused string
	}{
		{
			frontend.Settings{
				Parameters:     []frontend.Var{{Name: "Env", Text: "dev"}, {Name: "Size", Text: "large", After: 1}},
				ParameterFiles: []*source.File{given("x/any.json", `{"Env": "prod", "Size": "tiny", "Nobody": "x"}`)},
			},
			`["prod", ` + unset + `, "large"]`, "",
		},
		{
			frontend.Settings{ParameterFiles: []*source.File{given("samconfig.toml", "[a.deploy.parameters]\nparameter_overrides='Env=test'\n[default.deploy.parameters]\nparameter_overrides='Env=dev'\n")}},
			`["dev", ` + unset + `, "small"]`, "",
		},
		{
			frontend.Settings{ParameterFiles: []*source.File{given("b.json", `{"Env": [1]}`)}},
			`["test", ["subnet-9"], "small"]`, "--parameter file://b.json: it gives no values to parameters in a form that is known",
		},
		{
			frontend.Settings{ParameterFiles: []*source.File{given("b.json", "{\n\"Env\": ")}},
			`["test", ["subnet-9"], "small"]`, "--parameter file://b.json: it can't be read: line 2: unexpected end of the JSON document",
		},
	} {
		out := loadWith(t, row.settings, files...)
		if diff := cmp.Diff(row.want, show(byName(out)["It"].Props.Attr("P"))); diff != "" {
			t.Error(diff)
		}
		if got := strings.Join(out.Refused, "; "); got != row.refused {
			t.Errorf("refused: got %s, want %s", got, row.refused)
		}
		for _, f := range row.settings.ParameterFiles {
			if used := out.UsedParameters[frontend.FileScheme+f.Path]; used != (row.refused == "") {
				t.Errorf("%s: used is %t", f.Path, used)
			}
		}
	}
}

// Past a bound the sets are no longer told apart, and nothing is made up.
func TestManyParameterFiles(t *testing.T) {
	files := filesOf(lab)
	for i := range 40 {
		text := fmt.Sprintf(`{"Parameters": {"Env": "prod", "Subnets": "subnet-%d"}}`, i)
		files = append(files, source.NewFile(fmt.Sprintf("params/%02d.json", i), []byte(text)))
	}
	got := show(byName(load(t, nil, files...))["It"].Props.Attr("P"))
	want := `["prod", opaque(more than 32 files give values to the parameter Subnets; pass --parameter Subnets=...), "small"]`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A value's trace ends where it is written, in a text within a text too.
func TestParameterPlaces(t *testing.T) {
	const template = "-- template.yaml --\nParameters: {Env: {Type: String}, Size: {Type: Number}}\nResources: {It: {Type: Custom::It, Properties: {P: !Ref Env}}}\n"
	for file, want := range map[string]string{
		"-- params.json --\n[{\"ParameterKey\": \"Env\", \"ParameterValue\": \"a b\"}, {\"ParameterKey\": \"Size\", \"ParameterValue\": \"1\"}]\n": `"a b"`,
		"-- params.json --\n[\"Env=a b\", \"Size=1\"]\n": `a b`,
		"-- params.yaml --\nEnv: a b\nSize: 1\n":         `a b`,
		"-- samconfig.toml --\nversion=0.1\n[default.deploy.parameters]\nparameter_overrides = \"Env=\\\"a b\\\" Size=1\"\n":                              `\"a b\"`,
		"-- samconfig.toml --\nversion=0.1\n[default.deploy.parameters]\nparameter_overrides = [ 'Size=1', 'Env=a\\ b' ]\n":                               `a\ b`,
		"-- samconfig.toml --\nversion=0.1\n[default.deploy.parameters]\nparameter_overrides = { Env = \"a b\", Size = 1 }\n":                             `"a b"`,
		"-- samconfig.toml --\nversion=0.1\n[default.deploy.parameters]\nparameter_overrides = '''\nSize=1\nParameterKey=Env,ParameterValue='a b'\n'''\n": `'a b'`,
	} {
		p := byName(load(t, nil, filesOf(template+file)...))["It"].Props.Attr("P")
		if text, _ := p.AsString(); text != "a b" {
			t.Errorf("%s: got %s", file, show(p))
			continue
		}
		if got := p.Origin().Root().Span.Text(); got != want {
			t.Errorf("%s: it stands at %q, want %q", file, got, want)
		}
	}
}

// What can't be read may set anything.
func TestUnreadableOverrides(t *testing.T) {
	const template = "-- template.yaml --\nParameters: {A: {Type: String, Default: d}, B: {Type: String, Default: d}}\nResources: {It: {Type: Custom::It, Properties: {P: !Ref A}}}\n-- samconfig.toml --\n"
	for _, text := range []string{`A`, `A=x B`, `A=x B="y`, `A=x B="y"z`, `A=x B=y"z"`, `A=x A-B=y`, `=x`, `A=x ParameterKey=B`, `A=x ParameterKey=B,Value=y`, `file://a.yaml`} {
		config := "version=0.1\n[default.deploy.parameters]\nparameter_overrides = '''" + text + "'''\n"
		if got := show(byName(load(t, nil, filesOf(template+config)...))["It"].Props.Attr("P")); got != "opaque(default in samconfig.toml may set the parameter A in a form that is not read)" {
			t.Errorf("%s: got %s", text, got)
		}
	}
}

// A file that only its name makes a candidate is looked at no further than to what no map of texts has.
func TestRelevantParameterFiles(t *testing.T) {
	for _, row := range []struct {
		path, text string
		want       bool
	}{
		{"params/prod.json", "\xef\xbb\xbf{\n \"A\": \"{x} [\\\"y\\\"]\"\n}\n", true},
		{"parameters.json", `["A=x"]`, true},
		{"config/prod.yaml", "# flat\nA: x\n\n  # more\nB: y\n", true},
		{"config/prod.yaml", "A: x\nB:\n  C: y\n", false},
		{"config/prod.json", `{"A": {"B": "y"}}`, false},
		{"prod.json", `{"A": "x"}`, false},
		{"prod.json", `[{"ParameterKey": "A", "ParameterValue": "x"}]`, true},
		{"prod.yaml", "Parameters:\n  A: x\n", true},
		{"prod.yaml", "Tags: {}\nParameters:\n  A: x\n", true},
		{"config/tool.toml", "a = 1\n", false},
		{"samconfig.toml", "[default.deploy.parameters]\nparameter_overrides = 'A=x'\n", true},
		{"params/empty.json", " \n", false},
		{"params/large.json", "{" + strings.Repeat(" ", 1<<20) + "}", false},
	} {
		f := source.NewFile(row.path, []byte(row.text))
		if got := (cloudformation.Frontend{}).Match(row.path) && (cloudformation.Frontend{}).Relevant(f); got != row.want {
			t.Errorf("%s: %.30q: got %t", row.path, row.text, got)
		}
	}
}

// BenchmarkRelevantConfig is what a file costs that has a parameter file's name and is none.
func BenchmarkRelevantConfig(b *testing.B) {
	f := source.NewFile("config/a.json", []byte(strings.Repeat(" ", 100_000)+`{"kind": {}}`))
	b.SetBytes(int64(len(f.Bytes)))
	for b.Loop() {
		cloudformation.Frontend{}.Relevant(f)
	}
}

package jobconfig

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// pipelineSteps is a definition of steps, with two parameters.
func pipelineSteps(steps ...string) string {
	return `{"Version": "2020-12-01", "Parameters": [
  {"Name": "Subnet", "Type": "String", "DefaultValue": "subnet-1"},
  {"Name": "Count", "Type": "Integer", "DefaultValue": 2},
  {"Name": "Stage", "Type": "String", "EnumValues": ["dev", "prod"]},
  {"Name": "DbPassword", "Type": "String", "DefaultValue": "hunter2hunter2"},
  {"Name": "Group", "Type": "String"}
], "Steps": [
` + strings.Join(steps, ",\n") + "\n]}"
}

func trainingStep(name, members string) string {
	return `{"Name": "` + name + `", "Type": "Training", "Arguments": {"RoleArn": "r"` + members + `}}`
}

func TestPipelines(t *testing.T) {
	train := trainingStep("Train", "")
	for _, row := range []struct {
		name, file, content string
		want                []string
	}{
		{"a definition", "p.json", pipelineSteps(train), []string{`p.json:Train CreateTrainingJob at 8:10 "Train"`}},
		{"under a key", "p.json", `{"dev": {"PipelineDefinition": {"PipelineDefinitionBody": ` + pipelineSteps(train) + `}}}`, []string{
			`p.json:Train CreateTrainingJob at 8:10 "Train"`,
		}},
		{"in YAML", "p.yaml", "Version: 2020-12-01\nSteps:\n- Name: Fit\n  Type: Training\n  Arguments:\n    RoleArn: r\n", []string{
			`p.yaml:Fit CreateTrainingJob at 3:9 Fit`,
		}},
		{"without a version", "p.json", `{"AlgorithmSpecification": 0, "Steps": [` + train + `]}`, []string{
			`p.json:Train CreateTrainingJob at 1:50 "Train"`,
		}},
		{"of another kind of pipeline", "p.json", `{"AlgorithmSpecification": 0, "Version": 1, "Steps": [` + train + `]}`, nil},
		{"each type of step", "p.json", pipelineSteps(
			`{"Name": "a", "Type": "Processing", "Arguments": {"RoleArn": "r"}}`, `{"Name": "b", "Type": "QualityCheck", "Arguments": {"RoleArn": "r"}}`,
			`{"Name": "c", "Type": "ClarifyCheck", "Arguments": {"RoleArn": "r"}}`, `{"Name": "d", "Type": "Tuning", "Arguments": {"TrainingJobDefinition": {}}}`,
			`{"Name": "e", "Type": "Transform", "Arguments": {"ModelName": "m"}}`, `{"Name": "f", "Type": "Model", "Arguments": {"PrimaryContainer": {}}}`,
			`{"Name": "g", "Type": "AutoML", "Arguments": {"AutoMLJobConfig": {}}}`, `{"Name": "h", "Type": "AutoML", "Arguments": {"AutoMLProblemTypeConfig": {}}}`,
			`{"Name": "i", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "g"}}`, `{"Name": "j", "Type": "Endpoint", "Arguments": {"EndpointConfigName": "c"}}`,
			`{"Name": "k", "Type": "Endpoint", "Arguments": {"ProductionVariants": []}}`, `{"Name": "l", "Type": "EndpointConfig", "Arguments": {"ProductionVariants": []}}`,
			`{"Name": "m", "Type": "InferenceComponent", "Arguments": {"EndpointName": "e"}}`, `{"Name": "n", "Type": "Job", "Arguments": {"JobCategory": "c"}}`,
			`{"Name": "o", "Type": "Lambda", "Arguments": {"x": 1}}`, `{"Name": "p", "Type": "Callback", "Arguments": {"x": 1}}`,
			`{"Name": "q", "Type": "EMR", "Arguments": {"x": 1}}`, `{"Name": "r", "Type": "Fail", "Arguments": {"ErrorMessage": "x"}}`,
			`{"Name": "s", "Type": "Newer", "Arguments": {"x": 1}}`,
		), []string{
			`p.json:a CreateProcessingJob at 8:10 "a"`, `p.json:b CreateProcessingJob at 9:10 "b"`, `p.json:c CreateProcessingJob at 10:10 "c"`,
			`p.json:d CreateHyperParameterTuningJob at 11:10 "d"`, `p.json:e CreateTransformJob at 12:10 "e"`, `p.json:f CreateModel at 13:10 "f"`,
			`p.json:g CreateAutoMLJob at 14:10 "g"`, `p.json:h CreateAutoMLJobV2 at 15:10 "h"`, `p.json:i CreateModelPackage at 16:10 "i"`,
			`p.json:j CreateEndpoint at 17:10 "j"`, `p.json:k CreateEndpointConfig at 18:10 "k"`, `p.json:l CreateEndpointConfig at 19:10 "l"`,
			`p.json:m CreateInferenceComponent at 20:10 "m"`, `p.json:n CreateJob at 21:10 "n"`,
		}},
		{"steps within steps", "p.json", pipelineSteps(
			`{"Name": "c", "Type": "Condition", "Arguments": {"Conditions": [], "IfSteps": [`+train+`,
{"Name": "d", "Type": "Condition", "Arguments": {"IfSteps": [], "ElseSteps": [`+trainingStep("Deep", "")+`]}}], "ElseSteps": [`+trainingStep("Else", "")+`]}}`,
			`{"Name": "loop", "Type": "ForEach", "Arguments": {"IterableItems": [1], "ForEachBody": [`+trainingStep("Each", "")+`]}}`,
		), []string{
			`p.json:Train CreateTrainingJob at 8:89 "Train"`, `p.json:Deep CreateTrainingJob at 9:88 "Deep"`,
			`p.json:Else CreateTrainingJob at 9:175 "Else"`, `p.json:Each CreateTrainingJob at 10:98 "Each"`,
		}},
		{"steps without a name of their own", "p.json", pipelineSteps(
			`{"Name": "${STAGE}-train", "Type": "Training", "Arguments": {"RoleArn": "r"}}`, `{"Type": "Training", "Arguments": {"RoleArn": "r"}}`, train, train,
		), []string{
			`p.json:CreateTrainingJob CreateTrainingJob at 8:10 "${STAGE}-train"`, `p.json:CreateTrainingJob#2 CreateTrainingJob at 9:1 {`,
			`p.json:Train CreateTrainingJob at 10:10 "Train"`, `p.json:Train#2 CreateTrainingJob at 11:10 "Train"`,
		}},
		{"a step that says nothing", "p.json", pipelineSteps(`{"Name": "a", "Type": "Training", "Arguments": {}}`, `{"Name": "b", "Type": "Training"}`), nil},
		{"a described pipeline", "p.json", `{"PipelineArn": "arn", "PipelineStatus": "Active", "PipelineDefinition": "{\"Version\": \"2020-12-01\", ` +
			`\"Steps\": [{\"Name\": \"Train\", \"Type\": \"Training\", \"Arguments\": {\"RoleArn\": \"r\"}}]}"}`, nil},
		{"a described definition", "p.json", `{"PipelineArn": "arn", "PipelineDefinition": ` + pipelineSteps(train) + `}`, nil},
		{"to be filled in", "p.json", pipelineSteps(trainingStep("Train", `, "ResourceConfig": {"InstanceCount": ${COUNT}}`)), []string{
			`p.json:Train CreateTrainingJob at 8:10 "Train"`,
		}},
		{"a request", "p.json", `{"PipelineName": "churn", "PipelineDefinition": "{\"Version\": \"2020-12-01\", \"Steps\": []}", "RoleArn": "r"}`, []string{
			`p.json:churn CreatePipeline at 1:1 {`,
		}},
		{"of a schema", "p.json", `{"Version": {"enum": ["2020-12-01"]}, "Steps": {"type": "array"}}`, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			if diff := cmp.Diff(row.want, spots(load(t, row.file, row.content))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The text of a definition, in whatever holds it, says what the definition says.
func TestPipelineTexts(t *testing.T) {
	const text = `{\"Version\": \"2020-12-01\", \"Steps\": [{\"Name\": \"Train\", \"Type\": \"Training\", \"Arguments\": {\"RoleArn\": \"r\"}}]}`
	for name, content := range map[string]string{
		"a request":    `{"PipelineDefinition": "` + text + `"}`,
		"a template's": `{"pipeline": {"PipelineDefinitionBody": "` + text + `"}}`,
	} {
		out := load(t, "p.json", content)
		if len(out.Resources) != 1 || out.Resources[0].Subject != "p.json:Train" || out.Resources[0].Props.Attr("RoleArn").Literal() != "r" {
			t.Errorf("%s: %v", name, spots(out))
		}
	}
}

// A step of a text stands where the text spells it, also where parts of that are still to be filled in.
func TestPipelineTextPlaces(t *testing.T) {
	const text = `{"Version": "2020-12-01",
     "Steps": [{"Name": "Train", "Type": "Training",
       "Arguments": {"RoleArn": "<your role>"}}]}
`
	out := load(t, "p.yaml", "dev:\n  PipelineDefinition: |\n    "+text)
	if len(out.Resources) != 1 {
		t.Fatal(spots(out))
	}
	r := out.Resources[0]
	got := []string{spot(r), said(r.Props.Attr("RoleArn"))}
	want := []string{`p.yaml:Train CreateTrainingJob at 4:25 "Train"`, `unknown: "<your role>" is a placeholder`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// body reads a text that a resource holds.
func body(t *testing.T, v value.Value) []resource.Raw {
	t.Helper()
	f := source.NewFile("main.tf", []byte("resource"))
	owner := resource.Raw{
		Addr: value.Address{Unit: ".", Name: "aws_sagemaker_pipeline.p"}, Subject: "aws_sagemaker_pipeline.p", Exists: value.Yes(), Span: f.Whole(),
	}
	in := &frontend.Input{Each: each}
	out, err := Frontend{}.ReadBodies(context.Background(), in, []frontend.Body{{Language: frontend.PipelineDefinition, Value: v, Owner: owner}})
	if err != nil {
		t.Fatal(err)
	}
	return out.Resources
}

// A definition in a template may have parts that are not known, and steps that are there in some worlds.
func TestPipelineBodies(t *testing.T) {
	unknown := value.OfOpaque("var.subnets has no default")
	raws := body(t, value.OfText(
		value.OfString(`{"Version": "2020-12-01", "Steps": [{"Name": "Train", "Type": "Training", "Arguments": {"VpcConfig": {"Subnets": `),
		unknown, value.OfString(`}}}]}`),
	))
	if len(raws) != 1 {
		t.Fatalf("%d steps", len(raws))
	}
	r := raws[0]
	got := []string{r.Subject, r.Addr.Unit, r.Addr.Name, r.Span.Text(), r.Props.Attr("VpcConfig").Attr("Subnets").Reason()}
	want := []string{"aws_sagemaker_pipeline.p:Train", ".", "aws_sagemaker_pipeline.p:Train", "resource", "var.subnets has no default"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	step := func(name string) value.Value {
		return value.OfObject([]value.Field{
			{Name: "Name", Value: value.OfString(name)}, {Name: "Type", Value: value.OfString("Training")},
			{Name: "Arguments", Value: value.OfObject([]value.Field{{Name: "RoleArn", Value: value.OfString("r")}}, false)},
		}, false)
	}
	prod := value.Fact{Var: "var.env", Is: "prod", Text: `var.env is "prod"`}
	raws = body(t, value.OfObject([]value.Field{{Name: "Steps", Value: value.OfChoice([]value.Arm{
		{When: value.World{prod}, Value: value.OfList([]value.Value{step("A"), step("B")}, false)},
		{When: value.World{prod.Not()}, Value: value.OfList([]value.Value{step("A")}, false)},
	})}}, false).AsJSON())
	got = nil
	for _, r := range raws {
		got = append(got, r.Subject+" when "+r.Exists.Cases()[0].When.String())
	}
	want = []string{
		`aws_sagemaker_pipeline.p:A when var.env is "prod"`, `aws_sagemaker_pipeline.p:B when var.env is "prod"`,
		`aws_sagemaker_pipeline.p:A#2 when var.env is not "prod"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a definition computes when the pipeline runs is known as far as it is written down.
func TestPipelineExpressions(t *testing.T) {
	for expression, want := range map[string]string{
		`"plain"`:                           `"plain"`,
		`{"Get": "Parameters.Subnet"}`:      `"subnet-1"`,
		`{"Get": "Parameters.Count"}`:       `2`,
		`{"Get": "Parameters.Group"}`:       `unknown: the pipeline's parameter Group has no default`,
		`{"Get": "Parameters.Nothing"}`:     `unknown: the pipeline has no parameter "Nothing"`,
		`{"Get": "Steps.Fit.ModelName"}`:    `unknown: Fit.ModelName is known only after deployment`,
		`{"Get": "Steps.Fit.Artifacts.X"}`:  `unknown: the step Fit tells it when the pipeline runs`,
		`{"Get": "Steps.Other.ModelName"}`:  `unknown: the step Other tells it when the pipeline runs`,
		`{"Get": "Execution.PipelineName"}`: `unknown: it is known only when the pipeline runs: Execution.PipelineName`,
		`{"Get": "ForEach.CurrentItem.x"}`:  `unknown: it is known only when the pipeline runs: ForEach.CurrentItem.x`,
		`{"Get": "${PARAMETER}"}`:           `unknown: "${PARAMETER}" is a placeholder`,
		`{"Get": ["x"]}`:                    `unknown: what it gets is not known`,
		`{"Get": "Parameters.Stage"}`:       `"dev" when the pipeline's parameter Stage is dev, "prod" when the pipeline's parameter Stage is prod`,
		`{"Std:Join": {"On": "/", "Values": ["a", {"Get": "Parameters.Subnet"}, 3]}}`:          `"a/subnet-1/3"`,
		`{"Std:Join": {"On": "", "Values": ["a", "b"]}}`:                                       `"ab"`,
		`{"Std:Join": {"Values": ["a", {"Std:Join": {"On": "-", "Values": ["b", "c"]}}]}}`:     `"ab-c"`,
		`{"Std:Join": {"On": "/", "Values": ["s3:/", {"Get": "Execution.PipelineName"}]}}`:     `"s3://" + unknown`,
		`{"Std:Join": {"On": "/", "Values": {"Get": "Parameters.Subnet"}}}`:                    `unknown: the pipeline joins it when it runs`,
		`{"Std:Join": {"On": "", "Values": ["", {"Get": "Parameters.Group"}]}}`:                `unknown`,
		`{"Std:Join": {"On": "", "Values": []}}`:                                               `""`,
		`{"Std:Join": "x"}`:                                                                    `unknown: the pipeline joins it when it runs`,
		`{"Std:JsonGet": {"PropertyFile": {"Get": "Steps.E.PropertyFiles.R"}, "Path": "a.b"}}`: `unknown: the pipeline computes it with Std:JsonGet when it runs`,
		`{"Std:Newer": 1}`:         `unknown: the pipeline computes it with Std:Newer when it runs`,
		`{"Get": "x", "Other": 1}`: `{Get, Other}`,
	} {
		out := load(t, "p.json", pipelineSteps(
			`{"Name": "Fit", "Type": "Model", "Arguments": {"PrimaryContainer": {}}}`, trainingStep("Train", `, "X": `+expression),
		))
		if len(out.Resources) != 2 {
			t.Fatalf("%s: %v", expression, spots(out))
		}
		if got := said(out.Resources[1].Props.Attr("X")); got != want {
			t.Errorf("%s: got %s, want %s", expression, got, want)
		}
	}
}

// said says what is known of a value.
func said(v value.Value) string {
	switch v.Kind() {
	case value.KindScalar:
		if s, isText := must(v.Scalar()).(string); isText {
			return `"` + s + `"`
		}
		return v.Literal()
	case value.KindText:
		var parts []string
		for _, p := range v.Parts() {
			if p.Kind() != value.KindScalar {
				parts = append(parts, "unknown")
				continue
			}
			parts = append(parts, said(p))
		}
		return strings.Join(parts, " + ")
	case value.KindChoice:
		var arms []string
		for _, a := range v.Arms() {
			arms = append(arms, said(a.Value)+" when "+a.When.String())
		}
		return strings.Join(arms, ", ")
	case value.KindObject:
		var names []string
		for _, f := range v.Fields() {
			names = append(names, f.Name)
		}
		return "{" + strings.Join(names, ", ") + "}"
	}
	if v.Kind() == value.KindList {
		return "a list"
	}
	return "unknown: " + v.Reason()
}

func must(v any, _ bool) any { return v }

// A value stands where it is used, and leads back to the parameter that it is the default of.
func TestPipelineTraces(t *testing.T) {
	out := load(t, "p.json", pipelineSteps(trainingStep("Train",
		`, "VpcConfig": {"Subnets": [{"Get": "Parameters.Subnet"}]}, "Environment": {"P": {"Get": "Parameters.DbPassword"}}`)))
	props := out.Resources[0].Props
	subnet, password := props.Attr("VpcConfig").Attr("Subnets").Elems()[0].Origin(), props.Attr("Environment").Attr("P").Origin()
	got := []string{
		subnet.Span.Text(), subnet.Via.Span.Text(), subnet.Via.Note, password.Via.Note,
		props.Origin().Span.Text(), props.Attr("VpcConfig").Origin().Span.Text(),
	}
	want := []string{
		`"Parameters.Subnet"`, `"subnet-1"`, `the default of the pipeline's parameter Subnet is "subnet-1", which an execution may override`,
		"the default of the pipeline's parameter DbPassword, which an execution may override",
		`"Train"`, `"VpcConfig"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What one definition may cost is bounded: worlds, and texts that are joined.
func TestPipelineLimits(t *testing.T) {
	var parameters, subnets []string
	for i := range maxTold + 1 {
		parameters = append(parameters, fmt.Sprintf(`{"Name": "P%d", "EnumValues": ["a", "b"]}`, i))
		subnets = append(subnets, fmt.Sprintf(`{"Get": "Parameters.P%d"}`, i))
	}
	parameters = append(parameters, `{"Name": "Long", "DefaultValue": "`+strings.Repeat("a", maxJoined/2)+`"}`)
	join := `{"Std:Join": {"On": "", "Values": ["", {"Get": "Parameters.Long"}]}}`
	out := load(t, "p.json", `{"Version": "2020-12-01", "Parameters": [`+strings.Join(parameters, ", ")+`], "Steps": [`+
		trainingStep("Train", `, "S": [`+strings.Join(subnets, ", ")+`], "A": `+join+`, "B": `+join+`, "C": `+join)+`]}`)
	props := out.Resources[0].Props
	for i, e := range props.Attr("S").Elems() {
		if told := e.Kind() == value.KindChoice; told != (i < maxTold) {
			t.Errorf("P%d: %s", i, said(e))
		}
	}
	if props.Attr("A").Kind() == value.KindOpaque || said(props.Attr("C")) != "unknown: the texts that the definition joins are too long" {
		t.Errorf("%v, %v", props.Attr("A").Kind(), said(props.Attr("C")))
	}
}

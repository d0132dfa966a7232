package jobconfig

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// trainTask is a task of a state machine that trains.
const trainTask = `{"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync", "Parameters": {"V": 1}, "End": true}`

func machineOf(states string) string { return `{"StartAt": "A", "States": {` + states + `}}` }

func TestStateShapes(t *testing.T) {
	nested := func(of string) string {
		return machineOf(`"A": {"Type": "Parallel", "Branches": [` + machineOf(`"B": {"Type": "Map", "`+of+`": `+machineOf(`"C": `+trainTask)+`}`) +
			`, ` + machineOf(`"C": `+trainTask) + `], "End": true}`)
	}
	for _, row := range []struct {
		name, file, content string
		want                []string
	}{
		{"bare", "ml/train.asl.json", machineOf(`"A": ` + trainTask), []string{`ml/train.asl.json:A CreateTrainingJob at 1:29 "A"`}},
		{"names of any kind", "a.json", machineOf(`"Train é\n": ` + trainTask + `, "Train the model": ` + trainTask), []string{
			`a.json:CreateTrainingJob CreateTrainingJob at 1:29 "Train é\n"`,
			`a.json:Train the model CreateTrainingJob at 1:162 "Train the model"`,
		}},
		{"under a key", "a.json", `{"definition": ` + machineOf(`"A": `+trainTask) + `}`, []string{`a.json:A CreateTrainingJob at 1:44 "A"`}},
		{"nested, as it was", "a.json", nested("Iterator"), []string{
			`a.json:C CreateTrainingJob at 1:157 "C"`, `a.json:C#2 CreateTrainingJob at 1:315 "C"`,
		}},
		{"nested, as it is", "a.json", nested("ItemProcessor"), []string{
			`a.json:C CreateTrainingJob at 1:162 "C"`, `a.json:C#2 CreateTrainingJob at 1:320 "C"`,
		}},
		{"YAML", "a.asl.yaml", "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: arn:aws-cn:states:::aws-sdk:sagemaker:createAutoMLJobV2\n", []string{
			`a.asl.yaml:A CreateAutoMLJobV2 at 3:3 A`,
		}},
		{"Serverless Framework", "serverless.yml", `service: x
stepFunctions:
  stateMachines:
    train:
      name: train
      definition:
        StartAt: A
        States:
          A:
            Type: Task
            Resource:
              Fn::Sub: arn:${AWS::Partition}:states:::sagemaker:createProcessingJob.sync
          B:
            Type: Task
            Resource: !Sub "arn:${AWS::Partition}:states:::sagemaker:createModel"
          C:
            Type: Task
            Resource: !GetAtt Function.Arn
`, []string{`serverless.yml:A CreateProcessingJob at 9:11 A`, `serverless.yml:B CreateModel at 13:11 B`}},
		{"aliases and merge keys", "a.yaml", `
base: &base
  StartAt: A
  States: &states
    A: &train {Type: Task, Resource: "arn:aws:states:::sagemaker:createTrainingJob"}
    B: *train
live:
  <<: *base
  Comment: x
`, []string{
			`a.yaml:A CreateTrainingJob at 5:5 A`, `a.yaml:B CreateTrainingJob at 6:5 B`,
			`a.yaml:A#2 CreateTrainingJob at 5:5 A`, `a.yaml:B#2 CreateTrainingJob at 6:5 B`,
		}},
		{"of two states of one name the last", "a.json", machineOf(`"A": {"Type": "Pass"}, "A": ` + trainTask), []string{`a.json:A CreateTrainingJob at 1:52 "A"`}},
		{"a request with the text of a definition", "a.json",
			`{"name": "n", "roleArn": "r", "definition": ` + quoted(machineOf(`"A": `+trainTask)) + `}`,
			[]string{`a.json:A CreateTrainingJob at 1:80 "A"`}},
		{"such a text with a placeholder in place of a value", "a.json",
			`{"definitionString": ` + quoted(machineOf(`"A": `+strings.Replace(trainTask, "1", "${count}", 1))) + `}`,
			[]string{`a.json:A CreateTrainingJob at 1:57 "A"`}},
		{"placeholders in place of values", "a.json", machineOf(`"A": ` + strings.Replace(trainTask, "1", `${count}, "W": {{ w }}, ${more}`, 1)), []string{
			`a.json:A CreateTrainingJob at 1:29 "A"`,
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			out := load(t, row.file, row.content)
			got := spots(out)
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
			if len(out.Findings) > 0 {
				t.Error(out.Findings)
			}
		})
	}
}

// quoted returns a text as JSON spells it.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// Every integration of which the catalogue knows the request, in every partition.
func TestStateResources(t *testing.T) {
	unknown := value.OfOpaque("x")
	text := value.OfString
	for _, row := range []struct {
		resource value.Value
		want     string
	}{
		{text("arn:aws:states:::sagemaker:createTrainingJob"), "CreateTrainingJob"},
		{text("arn:aws:states:::sagemaker:createTrainingJob.sync"), "CreateTrainingJob"},
		{text("arn:aws-us-gov:states:::sagemaker:createTransformJob.sync"), "CreateTransformJob"},
		{text("arn:aws-cn:states:::sagemaker:createHyperParameterTuningJob.sync:2"), "CreateHyperParameterTuningJob"},
		{text("arn:${AWS::Partition}:states:::sagemaker:createLabelingJob.sync"), "CreateLabelingJob"},
		{text("arn:aws:states:::sagemaker:createEndpointConfig"), "CreateEndpointConfig"},
		{text("arn:aws:states:::aws-sdk:sagemaker:createNotebookInstance"), "CreateNotebookInstance"},
		{text("arn:aws:states:::aws-sdk:sagemaker:createAIBenchmarkJob"), "CreateAIBenchmarkJob"},
		{text("arn:aws:states:::aws-sdk:sagemaker:startPipelineExecution.waitForTaskToken"), "StartPipelineExecution"},
		{text("arn:aws:states:::sagemaker:createPipelineExecution"), "StartPipelineExecution"},
		{value.OfText(text("arn:"), unknown, text(":states:::sagemaker:createTrainingJob.sync")), "CreateTrainingJob"},
		{value.OfText(unknown, text(":sagemaker:createModel")), "CreateModel"},
		{value.OfText(unknown, text(":aws-sdk:sagemaker:createModel")), "CreateModel"},

		{text("arn:aws:states:::sagemaker:updateEndpoint"), ""},
		{text("arn:aws:states:::aws-sdk:sagemaker:describeTrainingJob"), ""},
		{text("arn:aws:states:::aws-sdk:sagemakerfeaturestoreruntime:createModel"), ""},
		{text("arn:aws:lambda:eu-west-1:111122223333:function:sagemaker:createModel"), ""},
		{text("arn:aws:states:::lambda:invoke"), ""},
		{value.OfText(text("arn:aws:states:::sagemaker:"), unknown), ""},
		{value.OfText(text("arn:aws:lambda:"), unknown, text(":function:sagemaker:createModel")), ""},
		{unknown, ""},
		{value.Value{}, ""},
	} {
		if got := sageMakerOperation(row.resource); got != row.want {
			t.Errorf("%s: got %q, want %q", show(row.resource), got, row.want)
		}
	}
}

// request returns the request of the only state that a definition in a file has.
func requestIn(t *testing.T, state string) value.Value {
	t.Helper()
	out := load(t, "a.json", machineOf(`"A": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createModel", `+state+`}`))
	if len(out.Resources) != 1 || len(out.Findings) > 0 {
		t.Fatalf("%s: %d resources, %v", state, len(out.Resources), out.Findings)
	}
	return out.Resources[0].Props
}

func TestStateRequests(t *testing.T) {
	for _, row := range []struct{ state, want string }{
		{`"Parameters": {"V": "subnet-1"}`, "string subnet-1"},
		{`"Parameters": {"V.$": "$.subnet"}`, `? the state machine computes it from "$.subnet"`},
		{`"Parameters": {"V.$": "$$.Execution.Id"}`, `? the state machine computes it from "$$.Execution.Id"`},
		{`"Parameters": {"V.$": "$subnet"}`, `? the state machine computes it from "$subnet"`},
		{`"Parameters": {"V.$": 1}`, `? the state machine computes it from "1"`},
		{`"Parameters": {"V.$": "${PATH}"}`, `? "${PATH}" is a placeholder`},
		{`"Parameters": {"V": "${SUBNET}"}`, `? "${SUBNET}" is a placeholder`},
		{`"Parameters": {"V": {{ subnet }}}`, `? "{{ subnet }}" is a placeholder`},
		{`"Parameters": {"V": ["$.a", {"W.$": "$.b"}]}`, `[string $.a, object]`},
		{`"Parameters": {"V": ""}`, `? it is left empty; fill it in or leave it out`},
		{`"Parameters": {"V": null}`, `absent`},
		{`"Parameters": {"W": 1}`, `absent`},
		{`"Parameters": {"V.$": "States.Array('subnet-1', 'subnet-2')"}`, `[string subnet-1, string subnet-2]`},
		{`"Parameters": {"V.$": "States.Array($.a, 2, true, States.Format('subnet-{}', $.b))"}`,
			`[? the state machine computes it from "$.a", value.Number 2, bool true, string subnet- + ? the state machine computes it from "$.b"]`},
		{`"Parameters": {"V.$": "States.Array()"}`, `[]`},
		{`"Parameters": {"V.$": "States.Array('${A}', 'b')"}`, `[? "${A}" is a placeholder, string b]`},
		{`"Parameters": {"V.$": "States.Array($.a[?(@.b == ',')], 'b')"}`, `[? the state machine computes it from "$.a[?(@.b == ',')]", string b]`},
		{`"Parameters": {"V.$": "States.StringToJson('[\"a\", \"b\"]')"}`, `[string a, string b]`},
		{`"Parameters": {"V.$": "States.StringSplit('a,b', ',')"}`, `[string a, string b]`},
		{`"Parameters": {"V.$": "States.StringSplit($.a, ',')"}`, `? the state machine computes it from "States.StringSplit($.a, ',')"`},
		{`"Parameters": {"V.$": "States.ArrayGetItem(States.Array('a', 'b'), 1)"}`, `string b`},
		{`"Parameters": {"V.$": "States.Format('it\\'s {}', $.a)"}`, `string it's  + ? the state machine computes it from "$.a"`},
		{`"Parameters": {"V.$": "States.Format('{} {}', $.a)"}`, `? the state machine computes it from "States.Format('{} {}', $.a)"`},
		{`"Parameters": {"V.$": "States.Array('a'"}`, `? the state machine computes it from "States.Array('a'"`},
		{`"Parameters": {"V.$": "States.UUID()"}`, `? the state machine computes it from "States.UUID()"`},

		{`"InputPath": "$.x"`, `? the request is the state's input`},
		{`"Parameters.$": "$.request"`, `? the state machine computes it from "$.request"`},
		{`"QueryLanguage": "JSONata"`, `? the request is the state's input`},

		{`"QueryLanguage": "JSONata", "Arguments": {"V": "{% $states.input.subnet %}"}`, `? the state machine computes it from "{% $states.input.subnet %}"`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V": "x {% $y %}"}`, `string x  + ? "{% $y %}" is a placeholder`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V": ["{% $y %}", "b"]}`, `[? the state machine computes it from "{% $y %}", string b]`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V": "{% ['a', 'b'] %}"}`, `[string a, string b]`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V": "{% [$a, 'b'] %}"}`, `? the state machine computes it from "{% [$a, 'b'] %}"`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V": "{% true %}"}`, `bool true`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V": "{% 'a' & $b %}"}`, `? the state machine computes it from "{% 'a' & $b %}"`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V.$": "$.subnet"}`, `absent`},
		{`"QueryLanguage": "JSONata", "Arguments": "{% $states.input %}"`, `? the state machine computes it from "{% $states.input %}"`},
		{`"QueryLanguage": "JSONata", "Arguments": {"V": "a"}, "Parameters": {"V": "b"}`, `string a`},
		{`"Arguments": {"V": "a"}, "Parameters": {"V": "b"}`, `string b`},
		{`"Arguments": {"V": "{% $x %}"}`, `? the state machine computes it from "{% $x %}"`},
		{`"Parameters": {"V": "{% x %}"}`, `? "{% x %}" is a placeholder`},
	} {
		if got := show(requestIn(t, row.state).Attr("V")); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.state, got, row.want)
		}
	}
}

// What a machine says holds for its states, however deep, and what a state says for itself.
func TestQueryLanguageIsInherited(t *testing.T) {
	task := `{"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createModel"`
	out := load(t, "a.json", `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
		"A": `+task+`, "Arguments": {"V.$": "$.x"}, "Parameters": {"V": 1}},
		"B": {"Type": "Map", "ItemProcessor": `+machineOf(`"C": `+task+`, "Arguments": {"V.$": "$.x"}, "Parameters": {"V": 1}}`)+`},
		"D": `+task+`, "QueryLanguage": "JSONPath", "Arguments": {"V": 1}, "Parameters": {"V.$": "$.x"}}}}`)
	var got []string
	for _, r := range out.Resources {
		got = append(got, r.Addr.Name+": "+show(r.Props.Attr("V")))
	}
	want := []string{"A: absent", "C: absent", `D: ? the state machine computes it from "$.x"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What is missing in a request is missing at its state; what is there stands where it is written.
func TestStatePlaces(t *testing.T) {
	props := requestIn(t, `"Parameters": {"VpcConfig": {"Subnets.$": "States.Array('a')"}, "N": ${n}, "Image": "x"}`)
	vpc := props.Attr("VpcConfig")
	place := func(v value.Value) string { return v.Origin().Span.Host().Text() }
	got := map[string]string{
		"request": place(props), "object": place(vpc), "computed": place(vpc.Attr("Subnets")),
		"element": place(vpc.Attr("Subnets").Elems()[0]), "absent": place(vpc.Attr("SecurityGroupIds")),
		"placeholder": place(props.Attr("N")), "behind it": place(props.Attr("Image")),
	}
	want := map[string]string{
		"request": `"A"`, "object": `"VpcConfig"`, "computed": `"States.Array('a')"`, "element": `"States.Array('a')"`,
		"absent": `"VpcConfig"`, "placeholder": "${n}", "behind it": `"x"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStateLookalikes(t *testing.T) {
	for name, content := range map[string]string{
		"no task of SageMaker's":    machineOf(`"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": ` + training + `}`),
		"no creation":               machineOf(`"A": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:updateEndpoint"}, "B": {"Comment": "sagemaker:create"}`),
		"no task":                   machineOf(`"A": {"Type": "Pass", "Resource": "arn:aws:states:::sagemaker:createModel"}`),
		"starts another machine":    machineOf(`"A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": {"Input": ` + training + `}}`),
		"describe-state-machine":    `{"stateMachineArn": "a", "status": "ACTIVE", "creationDate": 1, "definition": ` + quoted(machineOf(`"A": `+trainTask)) + `}`,
		"a template":                `{"AWSTemplateFormatVersion": "x", "D": ` + machineOf(`"A": `+trainTask) + `}`,
		"a policy":                  `{"Action": "sagemaker:createModel", "StartAt": "A", "States": ["x"]}`,
		"broken, of another kind":   `{"AWSTemplateFormatVersion": "x", "StartAt": "x", "States": {"A": ` + trainTask,
		"broken, without SageMaker": strings.Replace(machineOf(`"A": `+trainTask), "sagemaker", "sage", 1)[:80],
	} {
		t.Run(name, func(t *testing.T) {
			out := load(t, "a.json", content)
			if len(out.Resources)+len(out.Findings)+len(out.Loaded) > 0 {
				t.Errorf("found %v %v", spots(out), out.Findings)
			}
		})
	}
}

func TestStatesUnreadable(t *testing.T) {
	out := load(t, "a.json", machineOf(`"A": ` + trainTask)[:150])
	if len(out.Findings) != 1 || out.Findings[0].Message != "it can't be parsed: unexpected end of the JSON document" {
		t.Error(out.Findings)
	}
}

// readBody reads a definition that another front-end found.
func readBody(t *testing.T, v value.Value) []resource.Raw {
	t.Helper()
	f := source.NewFile("main.tf", []byte(`resource "aws_sfn_state_machine" "ml" {}`))
	b := frontend.Body{Language: frontend.StatesLanguage, Value: v, Owner: resource.Raw{
		Addr: value.Address{Unit: ".", Name: "aws_sfn_state_machine.ml"}, Subject: "aws_sfn_state_machine.ml",
		Exists: value.Yes(), Span: f.Whole(),
	}}
	out, err := Frontend{}.ReadBodies(context.Background(), &frontend.Input{Each: each}, []frontend.Body{b})
	if err != nil {
		t.Fatal(err)
	}
	return out.Resources
}

func TestStateBodies(t *testing.T) {
	field := func(name string, v value.Value) value.Field { return value.Field{Name: name, Value: v} }
	object := func(fields ...value.Field) value.Value { return value.OfObject(fields, false) }
	text := value.OfString
	machine := func(states ...value.Field) value.Value {
		return object(field("StartAt", text("A")), field("States", object(states...)))
	}
	task := func(op string, params value.Value) value.Value {
		return object(field("Type", text("Task")), field("Resource", text("arn:aws:states:::sagemaker:"+op)), field("Parameters", params))
	}
	private := value.World{{Var: "private", Is: "true", Text: "var.private is true"}}
	public := value.World{{Var: "private", Is: "false", Text: "var.private is false"}}
	either := func(a, b value.Value) value.Value {
		return value.OfChoice([]value.Arm{{When: private, Value: a}, {When: public, Value: b}})
	}
	one, two := object(field("V", text("1"))), object(field("V", text("2")))
	for _, row := range []struct {
		name string
		body value.Value
		want []string
	}{
		{"jsonencode", machine(field("A", task("createModel", one))).AsJSON(), []string{"A CreateModel 1"}},
		{"text", text(machineOf(`"A": ` + trainTask)), []string{"A CreateTrainingJob 1"}},
		{"text with unknown parts",
			value.OfText(text(`{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:`), value.OfOpaque("p"),
				text(`:states:::sagemaker:createModel", "Parameters": {"V": "`), value.OfOpaque("v"), text(`"}}}}`)),
			[]string{"A CreateModel ?v"}},
		{"an expression with unknown parts", machine(field("A", task("createModel",
			object(field("V.$", value.OfText(text("States.Array('"), value.OfOpaque("v"), text("')"))))))), []string{"A CreateModel [?v]"}},
		{"two definitions", either(machine(field("A", task("createModel", one))), machine(field("A", task("createModel", two)))),
			[]string{"A CreateModel 1 when var.private is true or 2 when var.private is false"}},
		{"one has the state", either(machine(field("A", task("createModel", one))), machine()), []string{"A CreateModel 1 if var.private is true"}},
		{"two operations", machine(field("A", either(task("createModel", one), task("createTrainingJob", two)))), []string{
			"A CreateModel 1 if var.private is true", "A#2 CreateTrainingJob 2 if var.private is false",
		}},
		{"unknown states beside it", value.OfObject([]value.Field{field("States", value.OfOpenObject([]value.Field{
			field("A", task("createModel", one)),
		}, "x"))}, false), []string{"A CreateModel 1"}},
		{"a branch that may not be there", machine(field("P", object(field("Type", text("Parallel")),
			field("Branches", value.OfList([]value.Value{machine(field("A", task("createModel", one))).MaybeSince("count is unknown")}, false))))),
			[]string{"A CreateModel 1 if ?"}},
		{"unknown", value.OfOpaque("x"), nil},
		{"no JSON", text("x"), nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			for _, r := range readBody(t, row.body) {
				if r.Addr.Name != "aws_sfn_state_machine.ml:"+strings.TrimPrefix(r.Subject, "aws_sfn_state_machine.ml:") || r.Span.IsZero() {
					t.Errorf("%v %v", r.Addr, r.Subject)
				}
				got = append(got, strings.TrimPrefix(r.Subject, "aws_sfn_state_machine.ml:")+" "+r.Type+" "+saidOf(r.Props.Attr("V"))+existence(r))
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// saidOf writes a value with its worlds.
func saidOf(v value.Value) string {
	switch v.Kind() {
	case value.KindChoice:
		var arms []string
		for _, a := range v.Arms() {
			arms = append(arms, saidOf(a.Value)+" when "+a.When.String())
		}
		return strings.Join(arms, " or ")
	case value.KindOpaque:
		return "?" + v.Reason()
	case value.KindList:
		var elems []string
		for _, e := range v.Elems() {
			elems = append(elems, saidOf(e))
		}
		return "[" + strings.Join(elems, " ") + "]"
	}
	return v.Literal()
}

// existence writes in which worlds a resource is there; nothing where it is in all.
func existence(r resource.Raw) string {
	if r.Exists.Everywhere() && r.Exists.Known() == tri.True {
		return ""
	}
	for _, c := range r.Exists.Cases() {
		switch c.Holds {
		case tri.True:
			return " if " + c.When.String()
		case tri.Unknown:
			return " if ?"
		}
	}
	return " never"
}

// A body that is no JSON is an error of its owner's, if it would call SageMaker.
func TestStateBodyUnreadable(t *testing.T) {
	broken := machineOf(`"A": ` + strings.Replace(trainTask, "}", ",}", 1))
	for text, want := range map[string]string{
		broken: "the state machine's definition is no valid JSON",
		strings.Replace(broken, "sagemaker", "glue", 1): "",
		machineOf(`"A": ` + trainTask):                  "",
	} {
		f := source.NewFile("main.tf", []byte("resource"))
		body := frontend.Body{Language: frontend.StatesLanguage, Value: value.OfString(text), Owner: resource.Raw{Exists: value.Yes(), Span: f.Whole()}}
		out, err := Frontend{}.ReadBodies(context.Background(), &frontend.Input{Each: each}, []frontend.Body{body})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, finding := range out.Findings {
			got += finding.Message
		}
		if got != want {
			t.Errorf("%s: got %q", text, got)
		}
	}
}

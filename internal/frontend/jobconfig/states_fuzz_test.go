package jobconfig

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// Whatever a definition holds, in a file, as a text in one, or as a body, nothing panics, every place is inside the file, and no
// two tasks share an address.
func FuzzStates(f *testing.F) {
	task := strings.Replace(trainTask, `"V": 1`, `"V": ${v}, "VpcConfig": {"Subnets.$": "States.Array('a', $.b[?(@.c)], States.Format('{}', $$.d))"}, ${w}`, 1)
	f.Add("a.json", machineOf(`"A": `+trainTask))
	f.Add("a.json", machineOf(`"A": `+task+`, "A#2": `+task+`, "A": {"Type": "Parallel", "Branches": [`+machineOf(`"A": `+trainTask)+`, null]}`))
	f.Add("a.json", `{"definition": `+quoted(machineOf(`"A": `+task))+`}`)
	f.Add("a.json", `{"QueryLanguage": "JSONata", `+strings.Replace(machineOf(`"A": `+trainTask), "{", "", 1))
	for _, expression := range []string{"{% ['a', 'b'] %}", "{% true %}", "{% 'a", "{%%}", "{%}", "{% [1,] %}"} {
		f.Add("a.json", machineOf(`"A": `+strings.Replace(strings.Replace(trainTask, "1", quoted(expression), 1), "Parameters", "Arguments", 1)))
	}
	for _, expression := range []string{"States.Array()", "States.Array('", "States.(", "States.Array(States.Array(1)", "$", "States.Format('\\{}{}', 1)"} {
		f.Add("a.asl", machineOf(`"A": `+strings.Replace(trainTask, `"V": 1`, `"V.$": `+quoted(expression), 1)))
	}
	f.Add("a.asl.yaml", `
a: &a
  StartAt: A
  States: &s
    A: {Type: Task, Resource: !Sub "arn:${P}:states:::sagemaker:createModel", Parameters: {"V.$": $.v, {{ x }}: 1}}
    B: {Type: Map, Iterator: *a}
    ? [x]
    : {Fn::Sub: [a, b]}
b: {<<: *a, definition: '{"StartAt": ""}'}
`)
	f.Fuzz(func(t *testing.T, name, content string) {
		if !(Frontend{}).Match(name) {
			name = "a.json"
		}
		out := load(t, name, content)
		seen := map[value.Address]bool{}
		for _, r := range out.Resources {
			inside(t, r.Span, content)
			walkValue(t, r.Props, content)
			if seen[r.Addr] {
				t.Errorf("%v twice", r.Addr)
			}
			seen[r.Addr] = true
		}
		for _, d := range out.Findings {
			inside(t, d.At, content)
		}
		hole := value.OfOpaque("unknown")
		before, after, _ := strings.Cut(content, "${")
		for _, body := range []value.Value{value.OfString(content), concatenated([]value.Value{value.OfString(before), hole, value.OfString(after)})} {
			for _, r := range readBody(t, body) {
				if r.Span.IsZero() || r.Type == "" || r.Props.Kind() == value.KindAbsent {
					t.Errorf("%+v", r)
				}
			}
		}
	})
}

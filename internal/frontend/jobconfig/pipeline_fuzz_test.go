package jobconfig

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// Whatever a definition holds, nothing panics, no two steps share an address, and what it computes when the pipeline runs is
// never taken for an object of the request.
func FuzzPipeline(f *testing.F) {
	f.Add(pipelineSteps(trainingStep("Train", `, "VpcConfig": {"Subnets": [{"Get": "Parameters.Subnet"}]}`)), 40)
	f.Add(pipelineSteps(trainingStep("Train", `, "X": {"Std:Join": {"On": "", "Values": [{"Get": "Parameters.Count"}, {"Std:Join": {}}]}}`)), 300)
	f.Add(pipelineSteps(`{"Name": "C", "Type": "Condition", "Arguments": {"IfSteps": [`+trainingStep("C", "")+`], "ElseSteps": [1]}}`), 1)
	f.Add(pipelineSteps(`{"Name": "M", "Type": "Model", "Arguments": {"PrimaryContainer": {}}}`,
		`{"Name": "E", "Type": "Endpoint", "Arguments": {"ProductionVariants": [{"ModelName": {"Get": "Steps.M.ModelName"}}]}}`), 120)
	f.Add(`{"Version": "2020-12-01", "Parameters": {}, "Steps": [{"Name": {}, "Type": "Training", "Arguments": "x"}]}`, 9)
	f.Add(`{"Version": "2020-12-01", "Steps": [{"Name": ["${X}"], "Type": "Job", "Arguments": {"Get": "Parameters."}}, null]}`, 60)
	f.Fuzz(func(t *testing.T, definition string, cut int) {
		out := load(t, "p.json", definition)
		for _, r := range out.Resources {
			inside(t, r.Span, definition)
			walkValue(t, r.Props, definition)
		}
		cut = min(max(cut, 0), len(definition))
		left, right := value.OfString(definition[:cut]), value.OfString(definition[cut:])
		raws := body(t, value.OfText(left, value.OfOpaque("it is not known"), right))
		raws = append(raws, out.Resources...)
		seen := map[value.Address]bool{}
		for _, r := range raws {
			if seen[r.Addr] {
				t.Errorf("%v twice", r.Addr)
			}
			seen[r.Addr] = true
			if r.Type == "" || r.Subject == "" || r.Props.Kind() != value.KindObject && r.Props.Kind() != value.KindChoice {
				t.Errorf("%q %q of %v", r.Subject, r.Type, r.Props.Kind())
			}
			for _, field := range r.Props.Fields() {
				computed(t, field.Value)
			}
		}
	})
}

// computed checks that nothing computed is left in a value.
func computed(t *testing.T, v value.Value) {
	t.Helper()
	fields := v.Fields()
	if len(fields) == 1 && !v.Open() && (fields[0].Name == getFunction || strings.HasPrefix(fields[0].Name, standardFunctions)) {
		t.Errorf("%s is left", fields[0].Name)
	}
	for _, f := range fields {
		computed(t, f.Value)
	}
	for _, e := range v.Elems() {
		computed(t, e)
	}
}

// Whatever a file of defaults holds, nothing panics, and each section is one part in the file.
func FuzzDefaults(f *testing.F) {
	f.Add(defaultsFile)
	f.Add("SchemaVersion: 1.0\nSageMaker: {TrainingJob: {VpcConfig: {Subnets: [a]}}, Model: !x {}}\n")
	f.Add("SchemaVersion: x\nSageMaker:\n  PythonSDK: {Modules: {RemoteFunction: {VolumeKmsKeyId: {}, S3KmsKeyId: [], ? [a] : b}}}\n")
	f.Add(`{"SchemaVersion": "1.0", "SageMaker": {"PythonSDK": {"Modules": {"ModelTrainer": {"networking": {"subnets": "${X}"}}}}}}`)
	f.Fuzz(func(t *testing.T, content string) {
		out := load(t, "config.yaml", content)
		seen := map[value.Address]bool{}
		for _, r := range out.Resources {
			inside(t, r.Span, content)
			walkValue(t, r.Props, content)
			if seen[r.Addr] {
				t.Errorf("%v twice", r.Addr)
			}
			seen[r.Addr] = true
		}
	})
}

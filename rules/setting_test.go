package rules_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// A settable is a kind of workload with a setting: in which requests and templates it is, and where.
type settable struct {
	operation, kind string
	path            string
	// around are the members that the setting's rule looks at beside it, by their paths; twice is the member to have two instances.
	around map[string]any
	count  string
	// always tells that the count doesn't matter.
	always bool
}

const inline = "MonitoringScheduleConfig.MonitoringJobDefinition."

var isolated = []settable{
	{operation: "TrainingJob", path: "EnableNetworkIsolation"},
	{operation: "HyperParameterTuningJob", path: "TrainingJobDefinition.EnableNetworkIsolation"},
	{operation: "ProcessingJob", kind: "ProcessingJob", path: "NetworkConfig.EnableNetworkIsolation"},
	{operation: "Model", kind: "Model", path: "EnableNetworkIsolation"},
	{
		operation: "EndpointConfig", kind: "EndpointConfig", path: "EnableNetworkIsolation",
		around: map[string]any{"ProductionVariants": []any{map[string]any{"VariantName": "v", "InitialInstanceCount": 1}}},
	},
	{operation: "DataQualityJobDefinition", kind: "DataQualityJobDefinition", path: "NetworkConfig.EnableNetworkIsolation"},
	{operation: "ModelQualityJobDefinition", kind: "ModelQualityJobDefinition", path: "NetworkConfig.EnableNetworkIsolation"},
	{operation: "ModelBiasJobDefinition", kind: "ModelBiasJobDefinition", path: "NetworkConfig.EnableNetworkIsolation"},
	{operation: "ModelExplainabilityJobDefinition", kind: "ModelExplainabilityJobDefinition", path: "NetworkConfig.EnableNetworkIsolation"},
	{operation: "MonitoringSchedule", kind: "MonitoringSchedule", path: inline + "NetworkConfig.EnableNetworkIsolation"},
}

const clusterCount, jobCount = "ProcessingResources.ClusterConfig.InstanceCount", "JobResources.ClusterConfig.InstanceCount"

var encrypted = []settable{
	{operation: "TrainingJob", path: "EnableInterContainerTrafficEncryption", count: "ResourceConfig.InstanceCount"},
	{
		operation: "HyperParameterTuningJob", path: "TrainingJobDefinition.EnableInterContainerTrafficEncryption",
		count: "TrainingJobDefinition.ResourceConfig.InstanceCount",
	},
	{operation: "ProcessingJob", kind: "ProcessingJob", path: "NetworkConfig.EnableInterContainerTrafficEncryption", count: clusterCount},
	{operation: "AutoMLJob", path: "AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption", always: true},
	{operation: "AutoMLJobV2", path: "SecurityConfig.EnableInterContainerTrafficEncryption", always: true},
	{operation: "DataQualityJobDefinition", kind: "DataQualityJobDefinition", path: "NetworkConfig.EnableInterContainerTrafficEncryption", count: jobCount, always: true},
	{operation: "ModelQualityJobDefinition", kind: "ModelQualityJobDefinition", path: "NetworkConfig.EnableInterContainerTrafficEncryption", count: jobCount, always: true},
	{operation: "ModelBiasJobDefinition", kind: "ModelBiasJobDefinition", path: "NetworkConfig.EnableInterContainerTrafficEncryption", count: jobCount},
	{operation: "ModelExplainabilityJobDefinition", kind: "ModelExplainabilityJobDefinition", path: "NetworkConfig.EnableInterContainerTrafficEncryption", count: jobCount, always: true},
	{
		operation: "MonitoringSchedule", kind: "MonitoringSchedule", path: inline + "NetworkConfig.EnableInterContainerTrafficEncryption",
		count: inline + "MonitoringResources.ClusterConfig.InstanceCount",
	},
}

// put sets the member of an object at a dotted path; nil leaves the object there and the member out.
func put(object map[string]any, path string, v any) {
	name, rest, more := strings.Cut(path, ".")
	switch {
	case more:
		inner, _ := object[name].(map[string]any)
		if inner == nil {
			inner = map[string]any{}
			object[name] = inner
		}
		put(inner, rest, v)
	case v != nil:
		object[name] = v
	}
}

// Every kind that has the setting is judged alike, as a resource of a template and as a request.
func TestSettings(t *testing.T) {
	for _, rule := range []struct {
		rule  *rules.Rule
		kinds []settable
	}{{rules.NetworkIsolationOff, isolated}, {rules.PlaintextIntercontainerTraffic, encrypted}} {
		for _, k := range rule.kinds {
			for _, instances := range []int{1, 2} {
				if k.count == "" && instances > 1 {
					continue
				}
				alone := rule.rule == rules.PlaintextIntercontainerTraffic && instances == 1 && !k.always
				for _, state := range []struct {
					name string
					at   string // how far the path is written
					v    any
					want string
				}{
					{"left out", "", nil, "fail"},
					{"left out of a block", k.path, nil, "fail"},
					{"off", k.path, false, "fail"},
					{"off in words", k.path, "false", "fail"},
					{"on", k.path, true, "pass"},
					{"on in words", k.path, "true", "pass"},
					{"a reference", k.path, map[string]any{"Ref": "Setting"}, "undecided"},
				} {
					props := map[string]any{"RoleArn": "arn:aws:iam::123456789012:role/sagemaker"}
					for path, v := range k.around {
						put(props, path, v)
					}
					if k.count != "" {
						put(props, k.count, instances)
					}
					put(props, inlineRole(k), "arn:aws:iam::123456789012:role/sagemaker")
					if state.at != "" {
						put(props, state.at, state.v)
					}
					want := state.want
					if alone {
						want = "none"
					}
					name := fmt.Sprintf("%s/%s of %d, %s", rule.rule.ID, k.operation, instances, state.name)
					if k.kind != "" {
						template := map[string]any{
							"Parameters": map[string]any{"Setting": map[string]any{"Type": "String"}},
							"Resources":  map[string]any{"R": map[string]any{"Type": "AWS::SageMaker::" + k.kind, "Properties": props}},
						}
						judge(t, name+" in a template", rule.rule, "template.json", template, k, state.at, want)
					}
					if _, reference := state.v.(map[string]any); reference {
						put(props, k.path, "${SETTING}")
					}
					judge(t, name+" in a pipeline of states", rule.rule, "machine.asl.json", map[string]any{
						"StartAt": "R", "States": map[string]any{"R": map[string]any{
							"Type": "Task", "End": true, "Resource": "arn:aws:states:::aws-sdk:sagemaker:create" + k.operation, "Parameters": props,
						}},
					}, k, state.at, want)
				}
			}
		}
	}
}

// inlineRole is the member by which there is a definition at all, where the setting stands in one.
func inlineRole(k settable) string {
	switch {
	case strings.HasPrefix(k.path, inline):
		return inline + "RoleArn"
	case strings.HasPrefix(k.path, "TrainingJobDefinition."):
		return "TrainingJobDefinition.RoleArn"
	}
	return "RoleArn"
}

// judge runs one rule over one file, and looks at its verdict and where that stands.
func judge(t *testing.T, name string, rule *rules.Rule, file string, content any, k settable, written, want string) {
	t.Helper()
	dir := t.TempDir()
	b, err := json.MarshalIndent(content, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, file), b, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{rule}})
	if err != nil {
		t.Fatal(err)
	}
	got, at := "none", ""
	switch {
	case len(r.Findings) == 1:
		got, at = "fail", r.Findings[0].At.Text()
	case len(r.Undecided) == 1:
		got = "undecided"
	case len(r.Findings)+len(r.Undecided) > 1:
		got = "several verdicts"
	}
	if want == "pass" {
		want = "none"
	}
	if got != want {
		t.Errorf("%s: %s, want %s\n%s", name, got, want, b)
		return
	}
	if got != "fail" {
		return
	}
	segments := strings.Split(k.path, ".")
	place := `"R"`
	switch {
	case strings.Contains(string(b), segments[len(segments)-1]):
		place = "false"
	case written != "" && len(segments) > 1:
		place = `"` + segments[len(segments)-2] + `"`
	case strings.HasPrefix(k.path, inline):
		place = `"MonitoringJobDefinition"`
	case strings.HasPrefix(k.path, "TrainingJobDefinition."):
		place = `"TrainingJobDefinition"`
	}
	if strings.Trim(at, `"`) != strings.Trim(place, `"`) {
		t.Errorf("%s: it stands at %s, want %s\n%s", name, at, place, b)
	}
}

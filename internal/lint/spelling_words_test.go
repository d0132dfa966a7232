package lint_test

import (
	"fmt"
	"github.com/vpclint/vpclint/internal/model"
	"maps"
	"slices"
	"strings"
	"testing"
)

// controllerWords are those that the controllers of AWS for Kubernetes write in capitals.
// https://aws-controllers-k8s.github.io/docs/
var controllerWords = [][2]string{
	{"Arn", "ARN"}, {"Kms", "KMS"}, {"Uri", "URI"}, {"Url", "URL"}, {"Ids", "IDs"}, {"Id", "ID"},
}

// controllerName returns a member's name there, where the surface doesn't say it.
func controllerName(name string) string {
	name = strings.ToLower(name[:1]) + name[1:]
	for _, w := range controllerWords {
		for at := 1; at < len(name); at++ {
			end := at + len(w[0])
			if strings.HasPrefix(name[at:], w[0]) && (end == len(name) || name[end] < 'a' || name[end] > 'z') {
				name = name[:at] + w[1] + name[end:]
			}
		}
	}
	return name
}

// controller returns a request, or a part of one at a path, as the Kubernetes controller spells it.
func (k *spellable) controller(v any, path string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, inner := range v {
			at := strings.TrimPrefix(path+"."+name, ".")
			out[k.wordAt(at)] = k.controller(inner, at)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = k.controller(e, path+"[]")
		}
		return out
	}
	return v
}

// wordAt returns the controller's name of the member at a path of the API's. That of a structure is in the paths of what is
// in it.
func (k *spellable) wordAt(path string) string {
	depth := strings.Count(path, ".")
	for _, m := range k.Members {
		if m.ACK != "" && (plain(m.API) == plain(path) || strings.HasPrefix(plain(m.API), plain(path)+".")) {
			return strings.Split(plain(m.ACK), ".")[depth]
		}
	}
	return controllerName(path[strings.LastIndexByte(path, '.')+1:])
}

func plain(path string) string { return strings.ReplaceAll(path, "[]", "") }

// controllable returns a request without the members that the controller doesn't have.
func (k *spellable) controllable(request map[string]any) map[string]any {
	for _, m := range k.Members {
		if m.ACK == "" {
			request = without(request, strings.Split(plain(m.API), ".")).(map[string]any)
		}
	}
	return request
}

// without returns a value without what stands at a path.
func without(v any, path []string) any {
	switch v := v.(type) {
	case map[string]any:
		out := maps.Clone(v)
		if len(path) == 1 {
			delete(out, path[0])
		} else if inner, ok := v[path[0]]; ok {
			out[path[0]] = without(inner, path[1:])
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = without(e, path)
		}
		return out
	}
	return v
}

// command writes a request as the AWS command line takes it; structures and lists as value says.
func (k *spellable) command(t *testing.T, request map[string]any, value func(any) (string, bool)) (string, bool) {
	t.Helper()
	var b strings.Builder
	b.WriteString("#!/bin/bash\naws sagemaker " + k.words[k.API])
	structured := false
	for _, name := range slices.Sorted(maps.Keys(request)) {
		word := k.words[name]
		if word == "" { // the member is newer than the model that the words are from
			word = strings.ReplaceAll(model.Snake(name), "_", "-")
		}
		flag := "--" + word
		switch v := request[name].(type) {
		case bool:
			if !v {
				flag = "--no-" + word
			}
			b.WriteString(" \\\n  " + flag)
		case string:
			b.WriteString(" \\\n  " + flag + " " + quoted(v))
		case map[string]any, []any:
			s, ok := value(v)
			if !ok {
				s = quoted(asJSON(t, v))
			}
			structured = structured || ok
			b.WriteString(" \\\n  " + flag + " " + s)
		default:
			b.WriteString(" \\\n  " + flag + " " + fmt.Sprint(v))
		}
	}
	return b.String() + "\n", structured
}

// state writes a state machine of one task.
func (k *spellable) state(t *testing.T, integration string, state map[string]any) string {
	t.Helper()
	state["Type"], state["End"] = "Task", true
	state["Resource"] = integration + strings.ToLower(k.API[:1]) + k.API[1:]
	return asJSON(t, map[string]any{"StartAt": "northwind", "States": map[string]any{"northwind": state}})
}

// placed are the operations of which Python's front-end reads the calls: those that place something in a network.
var placed = []string{
	"CreateAIBenchmarkJob", "CreateAutoMLJob", "CreateAutoMLJobV2", "CreateCluster", "CreateCompilationJob",
	"CreateDataQualityJobDefinition", "CreateDomain", "CreateEndpointConfig", "CreateHyperParameterTuningJob",
	"CreateInferenceRecommendationsJob", "CreateJob", "CreateLabelingJob", "CreateModel",
	"CreateModelBiasJobDefinition", "CreateModelExplainabilityJobDefinition", "CreateModelQualityJobDefinition",
	"CreateMonitoringSchedule", "CreateNotebookInstance", "CreateOptimizationJob", "CreateProcessingJob",
	"CreateTrainingJob", "CreateUserProfile", "CreateWorkforce",
}

// call writes a request as a script makes it.
func (k *spellable) call(t *testing.T, request map[string]any) string {
	t.Helper()
	replace := strings.NewReplacer(":true", ":True", ":false", ":False")
	return "import boto3\nsagemaker = boto3.client('sagemaker')\nsagemaker." +
		strings.ReplaceAll(k.words[k.API], "-", "_") + "(**" + replace.Replace(asJSON(t, request)) + ")\n"
}

// quoted returns a word for a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// shorthand writes a structure as the command line's shorthand syntax, a list as its elements; false where it can't.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
func shorthand(v any) (string, bool) {
	if list, ok := v.([]any); ok {
		words := make([]string, len(list))
		for i, e := range list {
			s, ok := short(e, true)
			if !ok {
				return "", false
			}
			words[i] = quoted(s)
		}
		return strings.Join(words, " "), len(list) > 0
	}
	s, ok := short(v, true)
	return quoted(s), ok
}

func short(v any, outermost bool) (string, bool) {
	var parts []string
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			s, ok := short(v[name], false)
			if !ok {
				return "", false
			}
			parts = append(parts, name+"="+s)
		}
		if outermost {
			return strings.Join(parts, ","), len(parts) > 0
		}
		return "{" + strings.Join(parts, ",") + "}", len(parts) > 0
	case []any:
		for _, e := range v {
			s, ok := short(e, false)
			if !ok {
				return "", false
			}
			parts = append(parts, s)
		}
		return "[" + strings.Join(parts, ",") + "]", len(parts) > 0
	case string:
		return v, v != "" && !strings.ContainsAny(v, `,={}[]"' `)
	}
	return fmt.Sprint(v), true
}

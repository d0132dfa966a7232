package lint_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/lint"
)

// A spellable is a kind of SageMaker's, in what it can be written down, and requests that have each of its members.
type spellable struct {
	API, ACK, Step string
	Optimized      bool
	Members        []struct{ API, ACK string }

	requests []spelt
	// words are what the AWS command line calls the operation and its members.
	words map[string]string
}

// A spelt request has the paths of the surface.
type spelt struct {
	Request map[string]any
	Paths   []string
}

// spellables joins the surface with the requests that botocore accepts (jobconfig/testdata/requests.py).
func spellables(t *testing.T) []spellable {
	t.Helper()
	var surface struct{ Kinds []spellable }
	var recorded struct {
		Operations map[string]struct {
			Requests []spelt
			Words    map[string]string
		}
	}
	for path, into := range map[string]any{
		"../model/testdata/surface.json": &surface, "../frontend/jobconfig/testdata/requests.json": &recorded,
	} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, into); err != nil {
			t.Fatal(err)
		}
	}
	for i := range surface.Kinds {
		k := &surface.Kinds[i]
		k.requests, k.words = recorded.Operations[k.API].Requests, recorded.Operations[k.API].Words
	}
	return surface.Kinds
}

// Every member of the surface stands in the dump of a request that has it, at its path and with its value.
func TestEveryMemberIsDumped(t *testing.T) {
	for _, k := range spellables(t) {
		t.Run(k.API, func(t *testing.T) {
			missing := map[string]bool{}
			for _, m := range k.Members {
				missing[m.API] = true
			}
			for _, r := range k.requests {
				lines := dumped(t, "request.json", asJSON(t, r.Request))
				for _, path := range r.Paths {
					delete(missing, path)
					for at, want := range valuesAt(r.Request, strings.Split(path, "."), "") {
						if got, ok := lines[at]; ok && got == inDump(want) {
							continue
						}
						if _, structure := want.(map[string]any); structure && (lines[at] == "{...}" || holds(lines, at)) {
							continue
						}
						if text, ok := want.(string); ok && lines[at] == inDump(document(text)) {
							continue
						}
						t.Errorf("%s is %q, want %s", at, lines[at], inDump(want))
					}
				}
			}
			for path := range missing {
				t.Errorf("no request has %s", path)
			}
		})
	}
}

// spellings are the ways to write a request down, each a file's name and what turns a request into its content; false
// where a kind can't be written so.
var spellings = []struct {
	name, file string
	write      func(t *testing.T, k *spellable, request map[string]any) (string, bool)
}{
	{"JSON", "request.json", func(t *testing.T, _ *spellable, request map[string]any) (string, bool) {
		return asJSON(t, request), true
	}},
	{"YAML", "request.yaml", func(_ *testing.T, _ *spellable, request map[string]any) (string, bool) {
		return asYAML(request, 0), true
	}},
	{"wrapped", "request.json", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return asJSON(t, map[string]any{"environments": map[string]any{"live": []any{map[string]any{k.API: request}}}}), true
	}},
	{"state", "machine.asl.json", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return k.state(t, "arn:aws:states:::sagemaker:", map[string]any{"Parameters": request}), k.Optimized
	}},
	{"state of any service", "machine.json", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return k.state(t, "arn:aws-cn:states:::aws-sdk:sagemaker:", map[string]any{"Parameters": request}), true
	}},
	{"state in JSONata", "machine.json", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return k.state(t, "arn:aws:states:::aws-sdk:sagemaker:", map[string]any{"QueryLanguage": "JSONata", "Arguments": request}), true
	}},
	{"step", "pipeline.json", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return asJSON(t, map[string]any{"Version": "2020-12-01", "Metadata": map[string]any{}, "Parameters": []any{}, "Steps": []any{
			map[string]any{"Name": "northwind", "Type": k.Step, "Arguments": request},
		}}), k.Step != ""
	}},
	{"object", "object.yaml", func(_ *testing.T, k *spellable, request map[string]any) (string, bool) {
		return asYAML(map[string]any{
			"apiVersion": "sagemaker.services.k8s.aws/v1alpha1", "kind": k.ACK,
			"metadata": map[string]any{"name": "northwind"}, "spec": k.controller(request, ""),
		}, 0), k.ACK != ""
	}},
	{"flags of JSON", "create.sh", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return k.command(t, request, func(v any) (string, bool) { return quoted(asJSON(t, v)), true })
	}},
	{"flags in shorthand", "create.sh", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return k.command(t, request, shorthand)
	}},
	{"one flag", "create.sh", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return "aws sagemaker " + k.words[k.API] + " --cli-input-json " + quoted(asJSON(t, request)) + "\n", true
	}},
	{"boto3", "create.py", func(t *testing.T, k *spellable, request map[string]any) (string, bool) {
		return k.call(t, request), slices.Contains(placed, k.API)
	}},
}

// A request gives one dump in every spelling that exists for it. What the Kubernetes controller doesn't have is left out of
// all of them there.
func TestSpellings(t *testing.T) {
	kinds := spellables(t)
	for _, s := range spellings {
		t.Run(s.name, func(t *testing.T) {
			for i := range kinds {
				k := &kinds[i]
				for _, r := range k.requests {
					request := r.Request
					if s.name == "object" {
						request = k.controllable(request)
					}
					content, exists := s.write(t, k, request)
					if !exists {
						continue
					}
					want, got := dumped(t, "request.json", asJSON(t, request)), dumped(t, s.file, content)
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s has another dump (-want +got):\n%s\n%s", k.API, diff, content)
					}
				}
			}
		})
	}
}

// dumped returns the lines of the dump of a file, by path. The first is the kind.
func dumped(t *testing.T, file, content string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := lint.Dump(&b, r, false); err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSuffix(line, "\n")
		path, v, member := strings.Cut(strings.TrimPrefix(line, "  "), " = ")
		if !member {
			path, _, _ = strings.Cut(line, " ") // a title: what a thing is called differs
		}
		lines[path] += v
	}
	return lines
}

// valuesAt returns what a request has at a path, by the paths with the places of elements.
func valuesAt(v any, path []string, at string) map[string]any {
	if len(path) == 0 {
		return map[string]any{strings.TrimPrefix(at, "."): v}
	}
	name, elements := strings.CutSuffix(path[0], "[]")
	inner, ok := v.(map[string]any)[name]
	if !ok {
		return nil
	}
	if list, ok := inner.([]any); ok && elements && len(path) > 1 {
		out := map[string]any{}
		for i, e := range list {
			maps.Copy(out, valuesAt(e, path[1:], at+"."+name+"["+strconv.Itoa(i)+"]"))
		}
		return out
	}
	return valuesAt(inner, path[1:], at+"."+name)
}

// document returns the object that a text spells, or nil.
func document(text string) (object map[string]any) {
	if json.Unmarshal([]byte(text), &object) != nil {
		return nil
	}
	return object
}

// inDump is how a dump writes a value.
func inDump(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = inDump(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, strconv.Quote(name)+": "+inDump(v[name]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v)
}

// holds reports whether a dump has members of a structure.
func holds(lines map[string]string, at string) bool {
	for path := range lines {
		if strings.HasPrefix(path, at+".") {
			return true
		}
	}
	return false
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// asYAML writes a value in block style.
func asYAML(v any, indent int) string {
	pad := strings.Repeat("  ", indent)
	var b strings.Builder
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			b.WriteString("\n" + pad + name + ":" + asYAML(v[name], indent+1))
		}
		if len(v) == 0 {
			return " {}"
		}
	case []any:
		for _, e := range v {
			b.WriteString("\n" + pad + "-" + asYAML(e, indent+1))
		}
		if len(v) == 0 {
			return " []"
		}
	case string:
		return " " + strconv.Quote(v)
	default:
		return " " + fmt.Sprint(v)
	}
	if indent == 0 {
		return strings.TrimPrefix(b.String(), "\n") + "\n"
	}
	return b.String()
}

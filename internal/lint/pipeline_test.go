package lint_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A script that makes a pipeline and the definition that the SDK writes for it say the same of each step's network,
// isolation, encryption and instances, as far as either says it.
func TestPipelineOfScript(t *testing.T) {
	scripts := map[string]string{} // by the script, its definition
	for _, pattern := range []string{"../frontend/jobconfig/testdata/pipelines/v*/*.json", "../frontend/python/testdata/sdk/v*/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("there are no recordings", err)
		}
		for _, file := range files {
			if definition := recordedDefinition(t, file); definition != "" {
				scripts[strings.TrimSuffix(file, ".json")+".py"] = definition
			}
		}
	}
	compared := 0
	for script, definition := range scripts {
		source, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{"script.py": string(source)}
		for _, beside := range filesBeside(t, strings.TrimSuffix(script, ".py")+".files") {
			files[beside[0]] = beside[1]
		}
		written := workloads(t, files)
		for _, step := range workloads(t, map[string]string{"p.json": definition}) {
			if strings.Contains(step.name, "RepackModel") {
				continue // the SDK packs a model anew in the network of what it is of
			}
			n := 0
			agrees := false
			for _, w := range written {
				if w.kind == step.kind {
					if k, same := alike(w.members, step.members); same {
						n, agrees = max(n, k), true
					}
				}
			}
			if !agrees {
				t.Errorf("%s: no %s of the script is like the step %s: %v", script, step.kind, step.name, step.members)
			}
			compared += n
		}
	}
	if compared < 100 {
		t.Errorf("%d members compared", compared)
	}
}

// recordedDefinition returns the definition in a recording, or nothing.
func recordedDefinition(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var pipeline struct{ Definition json.RawMessage }
	if err := json.Unmarshal(b, &pipeline); err == nil {
		return string(pipeline.Definition)
	}
	var requests []struct {
		Operation string
		Request   struct{ PipelineDefinition string }
	}
	if err := json.Unmarshal(b, &requests); err != nil {
		t.Fatal(file, err)
	}
	for _, r := range requests {
		if r.Operation == "CreatePipeline" {
			return r.Request.PipelineDefinition
		}
	}
	return ""
}

// filesBeside returns the names and contents of the files that a script has beside it.
func filesBeside(t *testing.T, dir string) [][2]string {
	t.Helper()
	var out [][2]string
	names, err := filepath.Glob(dir + "/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if b, err := os.ReadFile(name); err == nil {
			out = append(out, [2]string{filepath.Base(name), string(b)})
		}
	}
	return out
}

// A workload is what is known of one's network, isolation, encryption and instances.
type workload struct {
	kind, name string
	members    map[string]value.Value
}

func workloads(t *testing.T, files map[string]string) []workload {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	var out []workload
	for _, w := range r.Estate.Workloads() {
		if w.Kind() == "endpoint configuration" {
			continue // deploy() makes one, which has its network from the model
		}
		// A tuner stands where its estimator does, and is no workload of its own in a script.
		found := workload{kind: strings.Replace(w.Kind(), "tuning", "training", 1), name: w.Head().Subject(), members: map[string]value.Value{}}
		for _, m := range r.Estate.Members(w.(model.Resource)) {
			for _, word := range []string{"VpcConfig", "EnableNetworkIsolation", "EnableInterContainer", "InstanceCount", "KmsKeyId"} {
				if strings.Contains(m.Path, word) {
					path := strings.TrimPrefix(m.Path, "TrainingJobDefinition.")
					found.members[strings.Replace(path, "HyperParameterTuningResourceConfig", "ResourceConfig", 1)] = m.Value
				}
			}
		}
		out = append(out, found)
	}
	return out
}

// alike reports whether nothing that two know of a workload differs, and how much of it they both know.
func alike(a, b map[string]value.Value) (known int, same bool) {
	for path, v := range a {
		u, both := b[path]
		if !both && v.Kind() != value.KindOpaque {
			return 0, false
		}
		x, xKnown := v.Scalar()
		y, yKnown := u.Scalar()
		switch {
		case xKnown && yKnown:
			if x != y {
				return 0, false
			}
			known++
		case v.Kind() == value.KindList && u.Kind() == value.KindList && !v.Open() && !u.Open():
			if len(v.Elems()) != len(u.Elems()) {
				return 0, false
			}
			for i, e := range v.Elems() {
				x, xKnown := e.AsString()
				y, yKnown := u.Elems()[i].AsString()
				if xKnown && yKnown && x != y {
					return 0, false
				}
				known++
			}
		}
	}
	for path, u := range b {
		if _, both := a[path]; !both && u.Kind() != value.KindOpaque {
			return 0, false
		}
	}
	return known, true
}

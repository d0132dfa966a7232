package jobconfig

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// atRunTime is what stands in a recording for what an execution alone can tell.
const atRunTime = "<known only when the pipeline runs>"

// A recordedPipeline is one of the SDK: its definition, and what the SDK itself makes of its steps.
type recordedPipeline struct {
	Definition json.RawMessage
	Requests   map[string]struct {
		Type    string
		Request map[string]any
	}
}

func recordedPipelines(t *testing.T) map[string]recordedPipeline {
	t.Helper()
	files, err := filepath.Glob("testdata/pipelines/v*/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no recordings", err)
	}
	out := map[string]recordedPipeline{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var r recordedPipeline
		if err := json.Unmarshal(b, &r); err != nil {
			t.Fatal(file, err)
		}
		out[file] = r
	}
	return out
}

// Each step of a definition is read as the request that the SDK's own executor comes to, and no other step is.
// testdata/pipelines/record.py makes the recordings.
func TestPipelineRecordings(t *testing.T) {
	for file, r := range recordedPipelines(t) {
		text := strconv.Quote(string(r.Definition)) // Go's quotes are JSON's for this text
		for form, content := range map[string]string{
			"alone": string(r.Definition), "as a text": `{"PipelineDefinition": ` + text + `}`,
		} {
			t.Run(file+" "+form, func(t *testing.T) {
				raws := map[string]resource.Raw{}
				for _, raw := range load(t, "p.json", content).Resources {
					raws[strings.TrimPrefix(raw.Subject, "p.json:")] = raw
				}
				for name, want := range r.Requests {
					raw, read := raws[name]
					if stepKinds[want.Type].operation == "" {
						if read {
							t.Errorf("%s is read as %s", name, raw.Type)
						}
						continue
					}
					if !read {
						t.Errorf("%s is not read", name)
						continue
					}
					delete(raws, name)
					for _, diff := range differences(name, want.Request, raw.Props) {
						t.Error(diff)
					}
				}
				for name := range raws {
					t.Errorf("%s is read, and the SDK has no such step", name)
				}
			})
		}
	}
}

// differences returns where what is read isn't what was recorded. Only what an execution tells may be unknown.
func differences(path string, want any, got value.Value) []string {
	differs := []string{fmt.Sprintf("%s: got %s, want %v", path, saidOf(got), want)}
	switch want := want.(type) {
	case map[string]any:
		if got.Kind() != value.KindObject || got.Open() {
			return differs
		}
		names := maps.Clone(want)
		for _, f := range got.Fields() {
			names[f.Name] = nil
		}
		var out []string
		for _, name := range slices.Sorted(maps.Keys(names)) {
			out = append(out, differences(path+"."+name, want[name], got.Attr(name))...)
		}
		return out
	case []any:
		if got.Kind() != value.KindList || got.Open() || len(got.Elems()) != len(want) {
			return differs
		}
		var out []string
		for i, e := range want {
			out = append(out, differences(fmt.Sprintf("%s[%d]", path, i), e, got.Elems()[i])...)
		}
		return out
	case nil:
		if got.Kind() == value.KindAbsent {
			return nil
		}
	case string:
		if want == "" && got.Kind() == value.KindOpaque {
			return nil // nobody has filled it in
		}
		text := ""
		for _, part := range got.Parts() {
			if part.Kind() == value.KindScalar {
				text += part.Literal()
			} else {
				text += atRunTime
			}
		}
		if text == want {
			return nil
		}
	case bool:
		if b, known := got.Scalar(); known && b == want {
			return nil
		}
	case float64:
		if n, known := got.Scalar(); known {
			if number, isNumber := n.(value.Number); isNumber && string(number) == strconv.FormatFloat(want, 'g', -1, 64) {
				return nil
			}
		}
	}
	return differs
}

// The comparison isn't blind: an altered request differs.
func TestPipelineRecordingsNotice(t *testing.T) {
	read := value.OfObject([]value.Field{
		{Name: "A", Value: value.OfString("a")}, {Name: "B", Value: value.OfList([]value.Value{value.OfInt(1)}, false)},
		{Name: "C", Value: value.OfOpaque("it is not known")},
	}, false)
	same := func() map[string]any { return map[string]any{"A": "a", "B": []any{1.0}, "C": atRunTime} }
	if diff := differences("", same(), read); diff != nil {
		t.Fatal(diff)
	}
	for name, altered := range map[string]any{"A": "b", "B": []any{2.0}, "C": "known", "D": "more"} {
		want := same()
		want[name] = altered
		if differences("", want, read) == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
}

// TestPipelineRecordingsAreFresh holds the recordings against the SDK: VPCLINT_SDK names a Python that has it.
func TestPipelineRecordingsAreFresh(t *testing.T) {
	python := os.Getenv("VPCLINT_SDK")
	if python == "" {
		t.Skip("VPCLINT_SDK names no Python with the SageMaker SDK")
	}
	if out, err := exec.Command(python, "testdata/pipelines/record.py", "--check").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

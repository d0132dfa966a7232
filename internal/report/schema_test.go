package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

const schemaPath = "../../docs/schema/report.schema.json"

// The published schema of the JSON output says of each member what is written, and of no other.
func TestJSONSchema(t *testing.T) {
	text, err := os.ReadFile(schemaPath)
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	published := resolved(t, schema)
	shut(schema) // users' readers are to allow more members, this test isn't
	strict := resolved(t, schema)

	runs := readable(t)
	cell := mark(t, embedCell(t, source.NewFile("a.ipynb", []byte(trainNotebook))), "Estimator", 1)
	runs["sample"].Undecided = append(runs["sample"].Undecided, finding.Undecided{Rule: "public-subnet", Subject: "s", Reason: "r", At: cell})
	runs["sample"].Findings[0].Related = []finding.Step{{Span: cell, Message: "m"}}
	for name, run := range runs {
		var b bytes.Buffer
		if err := report.JSON(&b, run); err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := strict.Validate(document); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "sample" {
			for _, member := range []string{"findings", "undecided", "summary"} {
				if err := strict.Validate(without(document, member)); err == nil {
					t.Errorf("a document without %s is valid", member)
				}
			}
			unwritten(t, schema, schema, document, "")
		}
	}
	reports, err := filepath.Glob("../../testdata/golden/*.json")
	if err != nil || len(reports) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	for _, path := range reports {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := published.Validate(document); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func resolved(t *testing.T, schema map[string]any) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.schema.json", schema); err != nil {
		t.Fatal(err)
	}
	out, err := c.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// shut refuses members that a schema doesn't name.
func shut(schema any) {
	m, ok := schema.(map[string]any)
	if !ok {
		return
	}
	if m["properties"] != nil {
		m["additionalProperties"] = false
	}
	for _, part := range m {
		shut(part)
	}
}

func without(document any, member string) map[string]any {
	out := map[string]any{}
	for name, value := range document.(map[string]any) {
		if name != member {
			out[name] = value
		}
	}
	return out
}

// unwritten fails the test for each member that a schema names and a document has nowhere.
func unwritten(t *testing.T, root, schema map[string]any, values any, path string) {
	t.Helper()
	if ref, ok := schema["$ref"].(string); ok {
		schema = root["definitions"].(map[string]any)[filepath.Base(ref)].(map[string]any)
	}
	list, ok := values.([]any)
	if !ok {
		list = []any{values}
	}
	if items, ok := schema["items"].(map[string]any); ok {
		unwritten(t, root, items, list, path)
		return
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, property := range properties {
		var have []any
		for _, value := range list {
			if v, ok := value.(map[string]any)[name]; ok {
				if more, ok := v.([]any); ok {
					have = append(have, more...)
				} else {
					have = append(have, v)
				}
			}
		}
		if len(have) == 0 {
			t.Errorf("the schema has %s/%s, and no document", path, name)
			continue
		}
		unwritten(t, root, property.(map[string]any), have, path+"/"+name)
	}
}

package jobconfig

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// What is read of a task's request holds what an interpreter of the language makes of it. testdata/states/record.py makes the
// recording.
func TestStateRecordings(t *testing.T) {
	b, err := os.ReadFile("testdata/states/recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded []struct {
		Definition json.RawMessage
		Requests   map[string][]any
	}
	if err := json.Unmarshal(b, &recorded); err != nil || len(recorded) == 0 {
		t.Fatal(len(recorded), err)
	}
	known := 0
	for _, r := range recorded {
		out := load(t, "a.asl.json", string(r.Definition))
		if len(out.Resources) != len(r.Requests) {
			t.Errorf("%d of %d tasks are read: %s", len(out.Resources), len(r.Requests), r.Definition)
		}
		for _, raw := range out.Resources {
			for _, request := range r.Requests[raw.Addr.Name] {
				if why := excludes(raw.Props, request, raw.Addr.Name); why != "" {
					t.Errorf("%s\n%s", why, r.Definition)
				}
			}
			known += scalars(raw)
		}
	}
	// As many as are read now: what is known may not become less unseen.
	if known < leastKnown {
		t.Errorf("%d texts, numbers and booleans are known, and were %d", known, leastKnown)
	}
}

const leastKnown = 529

// scalars counts what is known of a request for certain.
func scalars(raw resource.Raw) int {
	n := 0
	var count func(v value.Value)
	count = func(v value.Value) {
		if v.Kind() == value.KindScalar {
			n++
		}
		for _, e := range v.Elems() {
			count(e)
		}
		for _, f := range v.Fields() {
			count(f.Value)
		}
	}
	count(raw.Props)
	return n
}

// excludes says why a value can't be what a concrete one is; empty where it can.
func excludes(v value.Value, concrete any, path string) string {
	wrong := func() string { return fmt.Sprintf("%s is %s, and not %v", path, show(v), concrete) }
	switch set := v.NonEmpty().Known(); {
	case set == tri.True && emptyJSON(concrete), set == tri.False && !emptyJSON(concrete):
		return wrong()
	}
	switch v.Kind() {
	case value.KindScalar:
		scalar, _ := v.Scalar()
		if n, isNumber := scalar.(value.Number); isNumber {
			f, isFloat := concrete.(float64)
			if other, ok := value.NumberOf(fmt.Sprint(f)); !isFloat || !ok || other != n {
				return wrong()
			}
		} else if scalar != concrete {
			return wrong()
		}
	case value.KindText:
		text, isText := concrete.(string)
		var pattern strings.Builder
		for _, part := range v.Parts() {
			if s, known := part.AsString(); known {
				pattern.WriteString(regexp.QuoteMeta(s))
			} else {
				pattern.WriteString("(?s:.*)")
			}
		}
		if !isText || !regexp.MustCompile("^"+pattern.String()+"$").MatchString(text) {
			return wrong()
		}
	case value.KindList:
		elems, isList := concrete.([]any)
		if !isList || !v.Open() && len(elems) != len(v.Elems()) {
			return wrong()
		}
		for i, e := range v.Elems() {
			if why := excludes(e, elems[i], fmt.Sprintf("%s[%d]", path, i)); why != "" {
				return why
			}
		}
	case value.KindObject:
		fields, isObject := concrete.(map[string]any)
		if !isObject {
			return wrong()
		}
		for name, f := range fields {
			if _, there := v.Field(name); !there && !v.Open() && f != nil {
				return path + " has no " + name
			}
		}
		for _, f := range v.Fields() {
			if why := excludes(f.Value, fields[f.Name], path+"."+f.Name); why != "" {
				return why
			}
		}
	}
	return ""
}

// emptyJSON reports whether a value is none, as the service takes it.
func emptyJSON(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !emptyJSON(e) })
	case map[string]any:
		return len(v) == 0
	}
	return false
}

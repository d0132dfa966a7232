package python

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A synthesizedResource is one of a template that the CDK has made.
type synthesizedResource struct {
	Type       string
	Properties map[string]any
}

// TestCDK holds what is read from each app of testdata/cdk against the templates that the CDK made of it
// (testdata/record_cdk.py): as many resources of each type, with the same properties, in the same order.
func TestCDK(t *testing.T) {
	recordings, err := filepath.Glob("testdata/cdk/*.json")
	if err != nil || len(recordings) == 0 {
		t.Fatal("there are no recordings", err)
	}
	for _, file := range recordings {
		name := strings.TrimSuffix(filepath.ToSlash(file), ".json")
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want []synthesizedResource
			if err := json.Unmarshal(b, &want); err != nil {
				t.Fatal(err)
			}
			read := load(t, scriptTree(t, name)).Resources
			var types []string
			for _, raw := range read {
				types = append(types, raw.Type)
			}
			var wanted []string
			for _, r := range want {
				wanted = append(wanted, r.Type)
			}
			slices.Sort(types)
			slices.Sort(wanted)
			if diff := cmp.Diff(wanted, types); diff != "" {
				t.Fatal("the CDK made others (-made +read):\n" + diff)
			}
			seen := map[string]int{}
			for _, r := range want {
				raw := nth(read, r.Type, seen[r.Type])
				seen[r.Type]++
				if raw.Dialect != resource.CloudFormation {
					t.Errorf("%s is of the dialect %v", raw.Subject, raw.Dialect)
				}
				for _, diff := range compareProperty(raw.Type, r.Properties, raw.Props, strings.Contains(name, "constructs")) {
					t.Errorf("%s: %s", raw.Subject, diff)
				}
			}
		})
	}
}

func nth(read []resource.Raw, kind string, n int) resource.Raw {
	for _, raw := range read {
		if raw.Type == kind {
			if n == 0 {
				return raw
			}
			n--
		}
	}
	return resource.Raw{}
}

// compareProperty returns where a property that is read contradicts the one in a template. Of the constructs of higher levels
// only what is read is compared: they have more.
func compareProperty(path string, want any, read value.Value, higher bool) []string {
	wrong := []string{fmt.Sprintf("%s is %v in the template, and read as %s", path, want, said(read))}
	if m, _ := want.(map[string]any); m["Fn::If"] != nil {
		var out []string
		for _, branch := range m["Fn::If"].([]any)[1:] {
			out = append(out, compareProperty(path, branch, read, higher)...)
		}
		return out
	} else if m["Ref"] == "AWS::NoValue" {
		want = nil
	}
	switch read.Kind() {
	case value.KindAbsent:
		if want == nil || higher {
			return nil
		}
	case value.KindChoice:
		for _, arm := range read.Arms() {
			if len(compareProperty(path, want, arm.Value, higher)) == 0 {
				return nil
			}
		}
	case value.KindOpaque:
		if want != nil || read.NonEmpty().Known() != tri.True {
			return nil
		}
	case value.KindText:
		return nil
	case value.KindScalar:
		if cmp.Equal(concrete(read), want) || fmt.Sprint(concrete(read)) == fmt.Sprint(want) {
			return nil
		}
	case value.KindList:
		list, _ := want.([]any)
		if more := len(list) - len(read.Elems()); more < 0 || more > 0 && !read.Open() {
			return wrong
		}
		var out []string
		for i, e := range read.Elems() {
			out = append(out, compareProperty(path, list[i], e, higher)...)
		}
		return out
	case value.KindObject:
		m, isObject := want.(map[string]any)
		if !isObject {
			return wrong
		}
		var out []string
		names := map[string]bool{}
		for name := range m {
			names[name] = !higher
		}
		for _, f := range read.Fields() {
			names[f.Name] = true
		}
		for name, judged := range names {
			if judged {
				out = append(out, compareProperty(path+"."+name, m[name], read.Attr(name), higher)...)
			}
		}
		return out
	}
	return wrong
}

// TestCDKRecordings holds the recordings against the CDK itself: VPCLINT_CDK names a Python that has it.
func TestCDKRecordings(t *testing.T) {
	checkRecordings(t, "VPCLINT_CDK", "the AWS CDK", "record_cdk.py")
}

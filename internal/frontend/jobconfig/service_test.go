package jobconfig

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// A recording is what testdata/requests.py says of one operation.
type recording struct {
	Least, Skeleton json.RawMessage
	Requests        []struct {
		Request json.RawMessage
		Paths   []string
	}
	Members []string
}

func recordings(t testing.TB) map[string]recording {
	t.Helper()
	content, err := os.ReadFile("testdata/requests.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Operations map[string]recording }
	if err := json.Unmarshal(content, &all); err != nil {
		t.Fatal(err)
	}
	return all.Operations
}

// Every request that the service's own model calls valid is found as what it is, with each member in its place; the
// skeleton of none is.
func TestServiceModel(t *testing.T) {
	all := recordings(t)
	if len(all) != len(operations) {
		t.Errorf("%d operations are recorded, %d are known", len(all), len(operations))
	}
	for _, op := range operations {
		t.Run(op.api, func(t *testing.T) {
			rec := all[op.api]
			for _, m := range append([]member{{name: op.name}, {name: cmp.Or(op.tell, op.name)}}, op.core...) {
				if !slices.Contains(rec.Members, m.name) {
					t.Errorf("%s is no member of the operation", m.name)
				}
			}
			found(t, op.api, string(rec.Least), nil)
			for _, r := range rec.Requests {
				found(t, op.api, string(r.Request), r.Paths)
				found(t, op.api, `{"requests": [`+string(r.Request)+`]}`, r.Paths)
				found(t, op.api, `{"`+op.api+`": `+string(r.Request)+`}`, r.Paths)
			}
			if out := load(t, "a.json", string(rec.Skeleton)); len(out.Resources) > 0 {
				t.Errorf("the skeleton is a resource")
			}
		})
	}
}

func found(t *testing.T, api, content string, paths []string) {
	t.Helper()
	out := load(t, "a.json", content)
	if len(out.Resources) != 1 || out.Resources[0].Type != api || len(out.Findings) > 0 {
		t.Fatalf("found %v %v in %s", spots(out), out.Findings, content)
	}
	for _, p := range paths {
		v := out.Resources[0].Props
		for _, name := range strings.Split(p, ".") {
			v = v.Attr(strings.TrimSuffix(name, "[]"))
			if strings.HasSuffix(name, "[]") && v.Kind() == value.KindList {
				v = v.Elems()[0]
			}
		}
		if v.Kind() == value.KindAbsent || v.Kind() == value.KindOpaque {
			t.Errorf("%s is %v", p, v.Kind())
		}
	}
}

// The recordings are what botocore says today, where there is one.
func TestRecordings(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import botocore").Run() != nil {
		t.Skip("python3 with botocore is not there; the recordings in testdata/requests.json stand for it")
	}
	surface, err := os.ReadFile("../../model/testdata/surface.json")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "testdata/requests.py")
	cmd.Stdin = bytes.NewReader(surface)
	fresh, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var now struct {
		Botocore   string
		Operations map[string]recording
	}
	if err := json.Unmarshal(fresh, &now); err != nil {
		t.Fatal(err)
	}
	// A newer model has more members; that what it calls valid is found is what matters.
	for _, op := range operations {
		rec := now.Operations[op.api]
		found(t, op.api, string(rec.Least), nil)
		for _, r := range rec.Requests {
			found(t, op.api, string(r.Request), r.Paths)
		}
		if out := load(t, "a.json", string(rec.Skeleton)); len(out.Resources) > 0 {
			t.Errorf("botocore %s: the skeleton of %s is a resource", now.Botocore, op.api)
		}
	}
}

package cloudformation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A reading is what cfn-lint says of a template, see testdata/scenarios.py.
type reading struct {
	Decoded   json.RawMessage
	Varying   json.RawMessage
	Scenarios []struct {
		Conditions map[string]bool
		Resources  map[string]struct {
			There      bool
			Properties any
		}
	}
}

// cfn-lint reads the same values, and each scenario that its own solver finds feasible is in a world of ours.
func TestAgreesWithCfnLint(t *testing.T) {
	files, err := filepath.Glob("testdata/templates/*")
	if err != nil {
		t.Fatal(err)
	}
	if err := exec.Command("python3", "-c", "import cfnlint").Run(); err != nil {
		t.Skip("no python3 with cfn-lint here")
	}
	out, err := exec.Command("python3", append([]string{"testdata/scenarios.py"}, files...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var readings map[string]*reading
	d := json.NewDecoder(bytes.NewReader(out))
	d.UseNumber()
	if err := d.Decode(&readings); err != nil {
		t.Fatal(err)
	}
	scenarios := 0
	for _, file := range files {
		r := readings[file]
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if r == nil {
			t.Errorf("%s: cfn-lint can't read it", file)
			continue
		}
		// The same path for both, since the identities of facts begin with it.
		ours := byName(load(t, nil, source.NewFile(file, content)))
		theirs := byName(load(t, nil, source.NewFile(file, r.Decoded)))
		for name := range ours {
			if diff := cmp.Diff(show(theirs[name].Props), show(ours[name].Props)); diff != "" {
				t.Errorf("%s: %s: %s", file, name, diff)
			}
		}
		scenarios += len(r.Scenarios)
		r.compare(t, file)
	}
	t.Logf("%d templates, %d scenarios", len(files), scenarios)
}

// solved is the number of conditions for which cfn-lint tries all combinations; it stops after 128.
const solved = 7

// compare holds the worlds of a template against the scenarios.
func (r *reading) compare(t *testing.T, file string) {
	t.Helper()
	rs := byName(load(t, nil, source.NewFile(file, r.Varying)))
	var deployments []*deployment
	for _, s := range r.Scenarios {
		d := &deployment{conditions: map[string]tree{}}
		for name, holds := range s.Conditions {
			d.conditions[name] = fn("Equals", strconv.FormatBool(holds), "true")
		}
		deployments = append(deployments, d)
		for name, theirs := range s.Resources {
			ours, emitted := rs[name]
			told := !emitted && !theirs.There
			for _, c := range ours.Exists.Cases() {
				told = told || d.world(c.When) && (c.Holds == tri.Unknown && emitted || c.Holds == tri.Of(theirs.There))
			}
			if !told {
				t.Errorf("%s: %s: there is %v in %v", file, name, theirs.There, s.Conditions)
			}
			if !emitted || !theirs.There {
				continue
			}
			if err := d.contains(ours.Props, texts(theirs.Properties)); err != nil {
				t.Errorf("%s: %s: %v in %v", file, name, err, s.Conditions)
			}
		}
	}
	if len(deployments) == 0 || len(deployments[0].conditions) > solved {
		return
	}
	for name, ours := range rs {
		worlds(ours.Props, func(w value.World) {
			if !slices.ContainsFunc(deployments, func(d *deployment) bool { return d.world(w) }) {
				t.Errorf("%s: %s: no scenario of cfn-lint's is in the world where %s", file, name, w)
			}
		})
	}
}

// worlds visits every world that a value tells apart.
func worlds(v value.Value, visit func(value.World)) {
	for _, a := range v.Arms() {
		visit(a.When)
		for _, e := range a.Value.Elems() {
			worlds(e, visit)
		}
		for _, f := range a.Value.Fields() {
			worlds(f.Value, visit)
		}
	}
}

// texts returns a tree with every scalar as the text that CloudFormation takes it for.
func texts(t any) any {
	switch t := t.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, v := range t {
			out[k] = texts(v)
		}
		return out
	case []any:
		out := []any{}
		for _, v := range t {
			out = append(out, texts(v))
		}
		return out
	case nil:
		return none{}
	}
	return fmt.Sprint(t)
}

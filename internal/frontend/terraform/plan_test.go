package terraform

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// recordPlans rewrites the recorded plans by what the installed Terraform says.
var recordPlans = flag.Bool("record-plans", false, "plan the modules of testdata/plan and keep what Terraform says")

// A planned is what Terraform's plan knows of one resource.
type planned struct {
	Address string         `json:"address"`
	Mode    string         `json:"mode"`
	Type    string         `json:"type"`
	Values  map[string]any `json:"values"`
}

// Terraform is the judge: what its plan knows of a resource is what the evaluator's abstract value contains. The plans are
// recorded in testdata, so that this runs where Terraform and its AWS provider are missing; -record-plans makes them anew
// from a filesystem mirror of providers that VPCLINT_TERRAFORM_MIRROR names.
func TestAgreesWithPlans(t *testing.T) {
	archives, err := filepath.Glob("testdata/plan/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no modules: %v", err)
	}
	for _, path := range archives {
		t.Run(filepath.Base(path), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range ar.Files {
				files[f.Name] = string(f.Data)
			}
			recorded := strings.TrimSuffix(path, ".txtar") + ".json"
			if *recordPlans {
				record(t, files, recorded)
			}
			comparePlan(t, files, readPlan(t, recorded))
		})
	}
}

func readPlan(t *testing.T, path string) []planned {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var plan []planned
	if err := json.Unmarshal(b, &plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

// record plans the modules, offline and with credentials of nobody's, and writes what is planned.
func record(t *testing.T, files map[string]string, path string) {
	t.Helper()
	mirror := os.Getenv("VPCLINT_TERRAFORM_MIRROR")
	if _, err := exec.LookPath("terraform"); err != nil || mirror == "" {
		t.Skip("terraform is not installed, or VPCLINT_TERRAFORM_MIRROR names no mirror of providers")
	}
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(t.TempDir(), "terraformrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) []byte {
		cmd := exec.Command("terraform", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1")
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("terraform %s: %v\n%s%s", args[0], err, out, errs.String())
		}
		return out
	}
	run("init", "-input=false", "-no-color")
	run("plan", "-input=false", "-no-color", "-out=plan")
	type module struct {
		Resources []planned `json:"resources"`
		Children  []module  `json:"child_modules"`
	}
	var show struct {
		Planned struct {
			Root module `json:"root_module"`
		} `json:"planned_values"`
	}
	if err := json.Unmarshal(run("show", "-json", "plan"), &show); err != nil {
		t.Fatal(err)
	}
	var all []planned
	var collect func(module)
	collect = func(m module) {
		all = append(all, m.Resources...)
		for _, c := range m.Children {
			collect(c)
		}
	}
	collect(show.Planned.Root)
	slices.SortFunc(all, func(a, b planned) int { return strings.Compare(a.Address, b.Address) })
	b, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func comparePlan(t *testing.T, files map[string]string, plan []planned) {
	t.Helper()
	out := loadFiles(t, files)
	ours := map[string]value.Value{}
	for _, r := range out.Resources {
		if !r.Data {
			ours[r.Subject] = r.Props
		}
	}
	known, unknown := 0, 0
	for _, p := range plan {
		if p.Mode != "managed" || !emitted(p.Type) {
			continue
		}
		props, ok := ours[p.Address]
		if !ok {
			t.Errorf("%s is planned, and not among ours", p.Address)
			continue
		}
		delete(ours, p.Address)
		for _, f := range props.Fields() {
			theirs, told := p.Values[f.Name]
			if !told {
				continue // known after apply only
			}
			if why := planHolds(f.Value, theirs); why != "" {
				t.Errorf("%s.%s: %s\n ours: %s\ntheirs: %v", p.Address, f.Name, why, show(f.Value), theirs)
			}
			if fullyKnown(f.Value) {
				known++
			} else {
				unknown++
			}
		}
	}
	for address := range ours {
		t.Errorf("%s is ours, and not planned", address)
	}
	t.Logf("%d attributes are known exactly, %d contain what Terraform knows", known, unknown)
}

// planHolds returns why a concrete value of a plan is not among those that an abstract one stands for; "" where it is.
func planHolds(v value.Value, concrete any) string {
	if v.Encoded() {
		text, ok := concrete.(string)
		if !ok {
			return "ours is a text of JSON"
		}
		var decoded any
		if err := json.Unmarshal([]byte(text), &decoded); err != nil {
			return "theirs is no JSON"
		}
		return planHolds(v.Decoded(), decoded)
	}
	switch v.Kind() {
	case value.KindOpaque, value.KindSymbol:
		return ""
	case value.KindAbsent:
		if list, ok := concrete.([]any); concrete == nil || concrete == "" || ok && len(list) == 0 {
			return ""
		}
		return "ours is null"
	case value.KindScalar, value.KindText:
		if got, ok := concrete.([]any); ok && len(got) == 1 { // IAM takes one for a list of one
			concrete = got[0]
		}
		if text := fmt.Sprint(concrete); v.Is(text).Known() == tri.False {
			return fmt.Sprintf("%q is not theirs", v.Literal())
		}
		return ""
	case value.KindChoice:
		why := "none of the arms is theirs"
		for _, a := range v.Arms() {
			if planHolds(a.Value, concrete) == "" {
				why = ""
			}
		}
		return why
	case value.KindList:
		return planListHolds(v, concrete)
	}
	object, ok := concrete.(map[string]any)
	if !ok {
		return "theirs is no object"
	}
	for _, f := range v.Fields() {
		if why := planHolds(f.Value, object[f.Name]); why != "" {
			return f.Name + ": " + why
		}
	}
	return ""
}

// planListHolds compares lists as Terraform's sets are: in any order.
func planListHolds(v value.Value, concrete any) string {
	list, ok := concrete.([]any)
	if !ok {
		if concrete == nil {
			list = nil
		} else {
			list = []any{concrete}
		}
	}
	if len(v.Elems()) > len(list) && !v.Open() && !slices.ContainsFunc(v.Elems(), value.Value.MayBeMissing) || len(v.Elems()) < len(list) && !v.Open() {
		return fmt.Sprintf("ours has %d elements, theirs %d", len(v.Elems()), len(list))
	}
	for _, e := range v.Elems() {
		if !e.MayBeMissing() && !slices.ContainsFunc(list, func(c any) bool { return planHolds(e, c) == "" }) {
			return "none of theirs is " + show(e)
		}
	}
	return ""
}

// fullyKnown reports whether all of a value is known.
func fullyKnown(v value.Value) bool {
	switch v.Kind() {
	case value.KindAbsent, value.KindScalar:
		return true
	case value.KindList:
		return !v.Open() && !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return !fullyKnown(e) })
	case value.KindObject:
		return !v.Open() && !slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return !fullyKnown(f.Value) })
	}
	return false
}

package terraform

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/frontend"
)

// recordPlans rewrites the recorded plans by what the installed Terraform says.
var recordPlans = flag.Bool("record-plans", false, "plan the modules of testdata/plan and keep what Terraform says")

// A planModule is a root module with all that it calls, and what is said of it on the command line.
type planModule struct {
	// dir is where the root stands among the files, "." at their top.
	dir   string
	files map[string]string
	// args are Terraform's -var and -var-file, whose paths are the root's.
	args []string
}

// argsFile is the file of an archive that has the arguments, one a line.
const argsFile = "args"

func readModule(t testing.TB, archive string) planModule {
	t.Helper()
	ar, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	m := planModule{dir: ".", files: map[string]string{}}
	for _, f := range ar.Files {
		if f.Name == argsFile {
			m.args = strings.Fields(string(f.Data))
			continue
		}
		m.files[f.Name] = string(f.Data)
	}
	return m
}

// input is the module as the front-end is given it.
func (m planModule) input(t testing.TB) *frontend.Input {
	t.Helper()
	in := inputOf(m.files)
	for _, a := range m.args {
		if file, ok := strings.CutPrefix(a, "-var-file="); ok {
			f, err := in.Tree.Open(m.dir + "/" + file)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			in.Settings.VarFiles = append(in.Settings.VarFiles, f)
			continue
		}
		name, text, _ := strings.Cut(strings.TrimPrefix(a, "-var="), "=")
		in.Settings.Vars = append(in.Settings.Vars, frontend.Var{Name: name, Text: text, After: len(in.Settings.VarFiles)})
	}
	return in
}

// Terraform is the judge: what its plan knows of a resource is what the evaluator's abstract value contains. The plans are
// recorded in testdata, so that this runs where Terraform and its AWS provider are missing; -record-plans makes them anew
// from a filesystem mirror of providers that VPCLINT_TERRAFORM_MIRROR names.
func TestAgreesWithPlans(t *testing.T) {
	archives, err := filepath.Glob("testdata/plan/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no modules: %v", err)
	}
	all := newTally()
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			m := readModule(t, path)
			recorded := strings.TrimSuffix(path, ".txtar") + ".json"
			if *recordPlans {
				record(t, m, recorded)
			}
			b, err := os.ReadFile(recorded)
			if err != nil {
				t.Fatal(err)
			}
			all.add(comparePlan(t, m, readJudge(t, b)))
		})
	}
	t.Logf("%d modules: %s", len(archives), all)
}

func record(t *testing.T, m planModule, path string) {
	t.Helper()
	tf, why := newTerraform(t)
	if tf == nil {
		t.Skip(why)
	}
	b, err := tf.plan(t, m)
	if err != nil {
		t.Fatal(whyUnplanned(err))
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Public modules can't all be kept here. VPCLINT_PLAN_MODULES names a directory of repositories; each root module of them
// that plans offline is compared. Settings that a root needs stand in its terraform.tfvars.
func TestAgreesWithPlansOfDirectory(t *testing.T) {
	dir := os.Getenv("VPCLINT_PLAN_MODULES")
	if dir == "" {
		t.Skip("VPCLINT_PLAN_MODULES names no directory of modules to plan")
	}
	tf, why := newTerraform(t)
	if tf == nil {
		t.Skip(why)
	}
	tf.endpoint = standInAWS(t).URL
	trees, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all, planned := newTally(), 0
	for _, tree := range trees {
		files := readTree(t, filepath.Join(dir, tree.Name()))
		for _, root := range rootsOf(t, files) {
			t.Run(tree.Name()+"/"+root, func(t *testing.T) {
				m := planModule{dir: root, files: files}.offline()
				b, err := tf.plan(t, m)
				if err != nil {
					t.Skip(whyUnplanned(err))
				}
				planned++
				all.add(comparePlan(t, m, readJudge(t, b)))
			})
		}
	}
	t.Logf("%d modules: %s", planned, all)
}

// A planned is what Terraform's plan says of one resource.
type planned struct {
	address string
	mode    string
	typ     string
	// values are what is known, with notKnown in the places of what isn't.
	values map[string]any
	// written are the arguments that the configuration has, dynamic blocks left out.
	written map[string]bool
}

// A judge is what the comparison reads of terraform show -json.
type judge struct {
	resources []planned
	outputs   map[string]any
}

// notKnown stands for what Terraform doesn't know before it applies.
type notKnown struct{}

type shownModule struct {
	Resources []struct {
		Address string         `json:"address"`
		Mode    string         `json:"mode"`
		Type    string         `json:"type"`
		Values  map[string]any `json:"values"`
	} `json:"resources"`
	Children []shownModule `json:"child_modules"`
}

type writtenModule struct {
	Resources []struct {
		Address     string         `json:"address"`
		Expressions map[string]any `json:"expressions"`
	} `json:"resources"`
	Calls map[string]struct {
		Module writtenModule `json:"module"`
	} `json:"module_calls"`
}

type shownPlan struct {
	Configuration struct {
		Root writtenModule `json:"root_module"`
	} `json:"configuration"`
	Planned struct {
		Root    shownModule `json:"root_module"`
		Outputs map[string]struct {
			Value     any  `json:"value"`
			Sensitive bool `json:"sensitive"`
		} `json:"outputs"`
	} `json:"planned_values"`
	Changes []struct {
		Address string `json:"address"`
		Change  struct {
			Unknown any `json:"after_unknown"`
		} `json:"change"`
	} `json:"resource_changes"`
	OutputChanges map[string]struct {
		Unknown any `json:"after_unknown"`
	} `json:"output_changes"`
}

func readJudge(t testing.TB, b []byte) judge {
	t.Helper()
	var shown shownPlan
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&shown); err != nil {
		t.Fatal(err)
	}
	unknown := map[string]any{}
	for _, c := range shown.Changes {
		unknown[c.Address] = c.Change.Unknown
	}
	written := map[string]map[string]bool{}
	var configured func(writtenModule, string)
	configured = func(m writtenModule, path string) {
		for _, r := range m.Resources {
			names := map[string]bool{}
			for name := range r.Expressions {
				names[name] = true
			}
			written[path+r.Address] = names
		}
		for name, c := range m.Calls {
			configured(c.Module, path+"module."+name+".")
		}
	}
	configured(shown.Configuration.Root, "")
	var p judge
	var collect func(shownModule)
	collect = func(m shownModule) {
		for _, r := range m.Resources {
			values, _ := withUnknown(r.Values, unknown[r.Address]).(map[string]any)
			p.resources = append(p.resources, planned{
				address: r.Address, mode: r.Mode, typ: r.Type, values: values,
				written: written[instanceKey.ReplaceAllString(r.Address, "")],
			})
		}
		for _, c := range m.Children {
			collect(c)
		}
	}
	collect(shown.Planned.Root)
	slices.SortFunc(p.resources, func(a, b planned) int { return strings.Compare(a.address, b.address) })
	p.outputs = map[string]any{}
	for name, o := range shown.Planned.Outputs {
		if !o.Sensitive {
			p.outputs[name] = withUnknown(o.Value, shown.OutputChanges[name].Unknown)
			if o.Value == nil && pending(shown.OutputChanges[name].Unknown) {
				p.outputs[name] = notKnown{} // Terraform tells nothing of what isn't all known
			}
		}
	}
	return p
}

// pending reports whether any part of a value is known only after the apply.
func pending(unknown any) bool {
	switch u := unknown.(type) {
	case bool:
		return u
	case []any:
		return slices.ContainsFunc(u, pending)
	case map[string]any:
		for _, v := range u {
			if pending(v) {
				return true
			}
		}
	}
	return false
}

// instanceKey is what an instance's address has and its block's doesn't.
var instanceKey = regexp.MustCompile(`\["[^"]*"\]|\[\d+\]`)

// withUnknown puts notKnown where a plan's after_unknown is true:
// https://developer.hashicorp.com/terraform/internals/json-format#change-representation
func withUnknown(v, unknown any) any {
	switch u := unknown.(type) {
	case bool:
		if u {
			return notKnown{}
		}
	case []any:
		if list, ok := v.([]any); ok && len(list) == len(u) {
			out := make([]any, len(list))
			for i := range list {
				out[i] = withUnknown(list[i], u[i])
			}
			return out
		}
	case map[string]any:
		out := map[string]any{}
		object, _ := v.(map[string]any)
		for name, x := range object {
			out[name] = x
		}
		for name, x := range u {
			if w := withUnknown(out[name], x); w != nil {
				out[name] = w
			}
		}
		return out
	}
	return v
}

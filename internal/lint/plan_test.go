package lint_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// planModules are root modules and what Terraform planned of them: see the package terraform's tests.
const planModules = "../frontend/terraform/testdata/plan/"

// A module gives the same canonical model as its plan does: what both know is equal, and what the configuration alone
// leaves open contains what the plan knows. Read together, all is known that the plan knows.
func TestPlanAndConfigurationAgree(t *testing.T) {
	archives, err := filepath.Glob(planModules + "*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no modules: %v", err)
	}
	var all agreement
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			recorded, err := os.ReadFile(strings.TrimSuffix(name, ".txtar") + ".json")
			if err != nil {
				t.Fatal(err)
			}
			shown := txtar.File{Name: "tfplan.json", Data: recorded}
			files, config := moduleOf(t, name)
			plan := lowered(t, []txtar.File{shown}, lint.Config{})
			configured := lowered(t, files, config)
			both := lowered(t, append(files, shown), lint.Config{})
			got := agree(t, configured, plan, false)
			all.exact, all.left, all.references = all.exact+got.exact, all.left+got.left, all.references+got.references
			t.Log(got)
			if got := agree(t, both, plan, true); got.left > 0 {
				t.Errorf("together with the plan, %s", got)
			}
		})
	}
	t.Logf("%d modules: %s", len(archives), all)
}

// moduleOf returns an archive's files, and what its file args says on the command line.
func moduleOf(t *testing.T, archive string) ([]txtar.File, lint.Config) {
	t.Helper()
	ar, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	var files []txtar.File
	var c lint.Config
	for _, f := range ar.Files {
		if f.Name != "args" {
			files = append(files, f)
			continue
		}
		for _, a := range strings.Fields(string(f.Data)) {
			if file, ok := strings.CutPrefix(a, "-var-file="); ok {
				c.VarFiles = append(c.VarFiles, file)
				continue
			}
			name, text, _ := strings.Cut(strings.TrimPrefix(a, "-var="), "=")
			c.Vars = append(c.Vars, frontend.Var{Name: name, Text: text, After: len(c.VarFiles)})
		}
	}
	return files, c
}

// lowered runs the whole pipeline over files, and returns the members of each resource by its subject. What may not exist
// ends in a question mark, and further resources of one subject in marks of their own.
func lowered(t *testing.T, files []txtar.File, c lint.Config) map[string]value.Value {
	t.Helper()
	c.WorkDir, c.Paths = t.TempDir(), []string{"."}
	for _, f := range files {
		path := filepath.Join(c.WorkDir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]value.Value{}
	for _, x := range r.Estate.All() {
		var b tree
		for _, m := range r.Estate.Members(x) {
			b.put(m.Path, m.Value)
		}
		b.put("kind", value.OfString(model.KindName(x)))
		subject := x.Head().Subject()
		if x.Head().Raw.Exists.Known() != tri.True {
			subject += "?"
		}
		for out[subject].Kind() != value.KindAbsent {
			subject += "?"
		}
		out[subject] = b.value()
	}
	return out
}

// A tree is a resource's members by their paths, nested as they are in the model.
type tree struct {
	leaf  *value.Value
	names []string
	inner map[string]*tree
}

// put adds a member. The index of an element is a name too: a[0].b is a, [0], b.
func (b *tree) put(path string, v value.Value) {
	path = strings.TrimPrefix(path, ".")
	if path == "" {
		b.leaf = &v
		return
	}
	end := strings.IndexAny(path[1:], ".[") + 1
	if end == 0 {
		end = len(path)
	}
	name := path[:end]
	if b.inner[name] == nil {
		if b.inner == nil {
			b.inner = map[string]*tree{}
		}
		b.inner[name] = &tree{}
		b.names = append(b.names, name)
	}
	b.inner[name].put(path[end:], v)
}

func (b *tree) value() value.Value {
	if b.leaf != nil {
		return *b.leaf
	}
	var fields []value.Field
	var elems []value.Value
	for _, name := range b.names {
		if v := b.inner[name].value(); name[0] == '[' {
			elems = append(elems, v)
		} else {
			fields = append(fields, value.Field{Name: name, Value: v})
		}
	}
	if elems != nil {
		return value.OfList(elems, false)
	}
	return value.OfObject(fields, false)
}

// An agreement counts the members that a plan tells of.
type agreement struct {
	// exact are known to both, left to the plan only; references are known to neither, and lead to the same resource.
	exact, left, references int
	// log is what is left.
	log []string
}

func (a agreement) String() string {
	told := a.exact + a.left
	return fmt.Sprintf("of %d members that the plan knows, %d are known exactly and %d contain what it knows (%.1f%%); "+
		"%d refer to the same resources", told, a.exact, a.left, 100*float64(a.left)/float64(max(told, 1)), a.references)
}

func agree(t *testing.T, ours, plan map[string]value.Value, together bool) agreement {
	t.Helper()
	var count agreement
	for _, subject := range sortedKeys(plan) {
		v, ok := ours[subject]
		if !ok {
			v, ok = perhaps(ours, subject, plan[subject])
		}
		if !ok {
			t.Errorf("%s is planned, and not among ours", subject)
			continue
		}
		count.object(v, plan[subject], subject, func(format string, args ...any) { t.Errorf(format, args...) })
	}
	for _, subject := range sortedKeys(ours) {
		if _, ok := plan[subject]; !ok && !strings.Contains(subject, "[*]") && !strings.HasSuffix(subject, "?") {
			t.Errorf("%s is ours, and not planned", subject)
		}
	}
	if together {
		for _, l := range count.log {
			t.Log(l)
		}
	}
	return count
}

// perhaps returns what may be a planned resource: one that may not exist, or that stands for all of a block whose keys
// aren't known. Of several it is the first that the plan doesn't contradict.
func perhaps(ours map[string]value.Value, subject string, plan value.Value) (value.Value, bool) {
	var found value.Value
	for _, candidate := range sortedKeys(ours) {
		name := strings.TrimRight(candidate, "?")
		before, after, stands := strings.Cut(name, "[*]")
		if name != subject && !(stands && strings.HasPrefix(subject, before) && strings.HasSuffix(subject, after)) {
			continue
		}
		contradicted := false
		(&agreement{}).object(ours[candidate], plan, subject, func(string, ...any) { contradicted = true })
		if found = ours[candidate]; !contradicted {
			break
		}
	}
	return found, found.Kind() != value.KindAbsent
}

// object compares the members of two objects.
func (a *agreement) object(v, plan value.Value, at string, fail func(string, ...any)) {
	for _, f := range plan.Fields() {
		path := at + "." + f.Name
		mine, ok := v.Field(f.Name)
		switch {
		case objects(f.Value):
			a.objects(mine.Value, f.Value, path, fail)
		case !ok && certain(f.Value) && f.Value.Literal() == providerDefaults[path[strings.LastIndexByte(path, '.')+1:]]:
		case !ok && certain(f.Value):
			fail("%s is planned, and not among ours: %s", path, shown(f.Value))
		default:
			a.leaf(mine.Value, f.Value, path, fail)
		}
	}
	for _, f := range v.Fields() {
		if _, told := plan.Field(f.Name); !told && f.Value.NonEmpty().Known() == tri.True {
			fail("%s.%s is ours, and not planned: %s", at, f.Name, shown(f.Value))
		}
	}
}

// providerDefaults are what the provider plans for what isn't written and AWS gives no default.
var providerDefaults = map[string]string{"GroupDescription": "Managed by Terraform"}

// objects compares lists of objects, nested blocks, which are in any order as sets are.
func (a *agreement) objects(v, plan value.Value, at string, fail func(string, ...any)) {
	rest := slices.Clone(v.Elems())
	for i, p := range plan.Elems() {
		match := slices.IndexFunc(rest, func(e value.Value) bool {
			agreed := true
			new(agreement).object(e, p, "", func(string, ...any) { agreed = false })
			return agreed
		})
		if match < 0 {
			fail("%s[%d] is none of ours:\n  ours: %s\ntheirs: %s", at, i, shown(v), shown(p))
			continue
		}
		a.object(rest[match], p, fmt.Sprintf("%s[%d]", at, i), fail)
		rest = slices.Delete(rest, match, match+1)
	}
	for _, e := range rest {
		if e.NonEmpty().Known() == tri.True {
			fail("%s has more of ours: %s", at, shown(e))
		}
	}
}

// objects reports whether a value is a list of objects.
func objects(v value.Value) bool {
	return slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return e.Kind() == value.KindObject })
}

func (a *agreement) leaf(v, theirs value.Value, path string, fail func(string, ...any)) {
	switch why := disagreement(v, theirs); {
	case why != "":
		fail("%s: %s\n  ours: %s\ntheirs: %s", path, why, shown(v), shown(theirs))
	case certain(theirs) && certain(v):
		a.exact++
	case certain(theirs):
		a.left++
		a.log = append(a.log, fmt.Sprintf("%s: %s is %s", path, shown(v), shown(theirs)))
	case len(theirs.Refs()) > 0 && v.Kind() == theirs.Kind():
		a.references++
	}
}

// disagreement returns why v can't be what a plan says; "" where it can.
func disagreement(v, plan value.Value) string {
	if plan.Kind() == value.KindOpaque || v.Kind() == value.KindOpaque {
		return ""
	}
	if v.Kind() == value.KindChoice {
		if !slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return disagreement(a.Value, plan) == "" }) {
			return "none of the arms is theirs"
		}
		return ""
	}
	switch plan.Kind() {
	case value.KindScalar:
		if v.Kind() != value.KindSymbol && v.Is(plan.Literal()).Known() == tri.False && v.Kind() != value.KindList && v.Kind() != value.KindObject {
			return "another value"
		}
	case value.KindSymbol:
		if a, ok := v.Symbol(); ok {
			if b, _ := plan.Symbol(); a.Addr.Name != b.Addr.Name {
				return "another resource"
			}
		}
	case value.KindList:
		return listDisagreement(v, plan)
	case value.KindObject:
		why := ""
		new(agreement).object(v, plan, "", func(format string, args ...any) { why = fmt.Sprintf(format, args...) })
		return why
	}
	return ""
}

func listDisagreement(v, plan value.Value) string {
	if v.Kind() != value.KindList {
		return "ours is no list"
	}
	for _, e := range v.Elems() {
		if !e.MayBeMissing() && !plan.Open() && !slices.ContainsFunc(plan.Elems(), func(p value.Value) bool { return disagreement(e, p) == "" }) {
			return "none of theirs is " + shown(e)
		}
	}
	for _, p := range plan.Elems() {
		if !v.Open() && !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return disagreement(e, p) == "" }) {
			return "none of ours is " + shown(p)
		}
	}
	return ""
}

// certain reports whether all of a value is known.
func certain(v value.Value) bool {
	switch v.Kind() {
	case value.KindScalar, value.KindAbsent:
		return !v.MayBeMissing()
	case value.KindList:
		return !v.Open() && !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return !certain(e) })
	case value.KindObject:
		return !v.Open() && !slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return !certain(f.Value) })
	}
	return false
}

// shown spells a value for a message.
func shown(v value.Value) string {
	switch v.Kind() {
	case value.KindScalar:
		return fmt.Sprintf("%q", v.Literal())
	case value.KindObject:
		var parts []string
		for _, f := range v.Fields() {
			parts = append(parts, f.Name+": "+shown(f.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case value.KindList, value.KindText:
		var parts []string
		for _, e := range append(slices.Clone(v.Elems()), v.Parts()...) {
			if e.Kind() != v.Kind() {
				parts = append(parts, shown(e))
			}
		}
		return v.Kind().String() + "[" + strings.Join(parts, ", ") + "]"
	}
	return strings.TrimSpace(v.Kind().String() + " " + v.Reason())
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

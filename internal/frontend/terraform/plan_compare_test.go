package terraform

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A tally counts the attributes that both know of, by what the evaluator knows of them.
type tally struct {
	// exact are known to both; partly are those of which neither knows all; later those that Terraform doesn't know yet.
	exact, partly, later int
	// left are known to Terraform, and not all known to the evaluator: how often, by reason.
	left map[string]int
	// ahead are known to the evaluator only.
	ahead int
}

func newTally() *tally { return &tally{left: map[string]int{}} }

func (c *tally) add(o *tally) {
	c.exact, c.partly, c.later, c.ahead = c.exact+o.exact, c.partly+o.partly, c.later+o.later, c.ahead+o.ahead
	for reason, n := range o.left {
		c.left[reason] += n
	}
}

func (c *tally) leftOut() int {
	n := 0
	for _, x := range c.left {
		n += x
	}
	return n
}

// count notes what v is beside what Terraform knows.
func (c *tally) count(v value.Value, theirs any) {
	known, all := fullyKnown(v), whollyTold(theirs)
	switch _, unknown := theirs.(notKnown); {
	case known && !all:
		c.ahead++
	case known:
		c.exact++
	case unknown:
		c.later++
	case all:
		c.left[instancePath.ReplaceAllString(reasonFor(v), "")]++
	default:
		c.partly++
	}
}

// maxReasons bounds the reasons that a tally spells.
const maxReasons = 12

func (c *tally) String() string {
	told := c.exact + c.leftOut()
	share := 0.0
	if told > 0 {
		share = 100 * float64(c.leftOut()) / float64(told)
	}
	reasons := slices.SortedFunc(maps.Keys(c.left), func(a, b string) int {
		if c.left[a] != c.left[b] {
			return c.left[b] - c.left[a]
		}
		return strings.Compare(a, b)
	})
	text := fmt.Sprintf("of %d attributes that Terraform knows, %d are known exactly and %d contain what it knows (%.1f%%); "+
		"it doesn't know %d yet, of which %d are known here, and neither knows all of %d",
		told, c.exact, c.leftOut(), share, c.later+c.ahead, c.ahead, c.partly)
	for _, r := range reasons[:min(len(reasons), maxReasons)] {
		text += fmt.Sprintf("\n%6d %s", c.left[r], r)
	}
	return text
}

// reasonFor returns why a value isn't known, of its first part that isn't.
func reasonFor(v value.Value) string {
	if r := v.Reason(); r != "" {
		return r
	}
	for _, e := range v.Elems() {
		if !fullyKnown(e) {
			return reasonFor(e)
		}
	}
	for _, f := range v.Fields() {
		if !fullyKnown(f.Value) {
			return reasonFor(f.Value)
		}
	}
	if v.Kind() == value.KindChoice {
		return "it is one of several"
	}
	return "it may not be there"
}

// instancePath is what of an address says which instance of which module it is: reasons are counted without it.
var instancePath = regexp.MustCompile(`module\.[\w-]+(\["[^"]*"\]|\[[\d*]+\])?\.|\["[^"]*"\]|\[[\d*]+\]`)

// whollyTold reports whether Terraform knows all of a value.
func whollyTold(v any) bool {
	switch v := v.(type) {
	case notKnown:
		return false
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !whollyTold(e) })
	case map[string]any:
		for _, e := range v {
			if !whollyTold(e) {
				return false
			}
		}
	}
	return true
}

// lowered is what the evaluator makes of a module: its resources by address, and its outputs.
type lowered struct {
	props   map[string]value.Value
	maybe   map[string]bool
	outputs map[string]value.Value
}

func lowerModule(t *testing.T, m planModule) lowered {
	t.Helper()
	in := m.input(t)
	in.Files = slices.DeleteFunc(in.Files, func(f *source.File) bool { return path.Dir(f.Path) != m.dir })
	l := newLoader(in)
	if err := l.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, p := range l.order {
		for _, f := range l.parsed[p].faults {
			t.Errorf("%s: %s", p, f.Message)
		}
	}
	out := lowered{map[string]value.Value{}, map[string]bool{}, map[string]value.Value{}}
	root := l.instanceOf(root{mod: l.modules[m.dir], unit: m.dir}, newRealm(l, functions()))
	ev := root.ev
	for _, r := range ev.lower(root, nil) {
		if !r.Data {
			out.props[r.Addr.Name] = r.Props
			out.maybe[r.Addr.Name] = r.Exists.Known() != tri.True || strings.Contains(r.Subject, star)
		}
	}
	for _, f := range ev.faults {
		t.Errorf("%s", f.Message)
	}
	for name := range root.mod.outputs {
		out.outputs[name] = ev.forced(root.output(name)).Value
	}
	return out
}

// comparePlan reports each thing that the evaluator says and Terraform's plan contradicts.
func comparePlan(t *testing.T, m planModule, p judge) *tally {
	t.Helper()
	ours := lowerModule(t, m)
	count := newTally()
	for _, r := range p.resources {
		if r.mode != "managed" || !emitted(r.typ) {
			continue
		}
		address := r.address
		if _, exact := ours.props[address]; !exact {
			address = starred(r, ours.props)
		}
		props, ok := ours.props[address]
		if !ok {
			t.Errorf("%s is planned, and not among ours", r.address)
			continue
		}
		ours.maybe[address] = true
		compareResource(r, props, count, t.Errorf)
	}
	for _, address := range sortedKeys(ours.props) {
		if !ours.maybe[address] {
			t.Errorf("%s is ours, and not planned", address)
		}
	}
	for _, name := range sortedKeys(p.outputs) {
		v := ours.outputs[name]
		if why := outputHolds(v, p.outputs[name]); why != "" {
			t.Errorf("output %s: %s\n ours: %s\ntheirs: %v", name, why, show(v), p.outputs[name])
		}
		count.count(v, p.outputs[name])
	}
	t.Log(count)
	return count
}

// compareResource reports each attribute of a resource that is contradicted.
func compareResource(r planned, props value.Value, count *tally, report func(format string, args ...any)) {
	for _, f := range props.Fields() {
		theirs, told := r.values[f.Name]
		if !told {
			continue // a block that the provider has no attribute for: timeouts
		}
		if f.Value.Kind() == value.KindAbsent && isDefault(r.typ, f.Name, theirs) {
			theirs = nil
		}
		if rewritten[r.typ+"."+f.Name] {
			continue
		}
		if why := planHolds(f.Value, theirs); why != "" {
			report("%s.%s: %s\n ours: %s\ntheirs: %v", r.address, f.Name, why, show(f.Value), theirs)
		}
		count.count(f.Value, theirs)
	}
	for _, name := range sortedKeys(r.values) {
		_, ours := props.Field(name)
		if theirs := r.values[name]; !ours && !props.Open() && !empty(theirs) && (r.written[name] || blocks(theirs)) && !isDefault(r.typ, name, theirs) {
			report("%s.%s is planned, and not among ours: %v", r.address, name, theirs)
		}
	}
}

// The comparison notices where a plan has anything else than the evaluator: each value that both know is altered in turn.
func TestComparisonNotices(t *testing.T) {
	m := readModule(t, "testdata/plan/studio-vpc-only.txtar")
	b, err := os.ReadFile("testdata/plan/studio-vpc-only.json")
	if err != nil {
		t.Fatal(err)
	}
	ours, altered := lowerModule(t, m), 0
	for _, r := range readJudge(t, b).resources {
		props := ours.props[r.address]
		for _, f := range props.Fields() {
			theirs, told := r.values[f.Name]
			if !told || !fullyKnown(f.Value) || !whollyTold(theirs) || empty(theirs) {
				continue
			}
			noticed := false
			r.values[f.Name] = otherThan(theirs)
			compareResource(r, props, newTally(), func(string, ...any) { noticed = true })
			if !noticed {
				t.Errorf("%s.%s may be %v instead of %v", r.address, f.Name, r.values[f.Name], theirs)
			}
			r.values[f.Name] = theirs
			altered++
		}
	}
	if altered < 50 {
		t.Errorf("only %d values were altered", altered)
	}
}

// otherThan alters a planned value.
func otherThan(v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case json.Number:
		return v + "1"
	case string:
		if doc, err := decodedJSON(v); err == nil {
			if object, ok := doc.(map[string]any); ok {
				object["More"] = "x"
				text, _ := json.Marshal(object) // of what was decoded
				return string(text)
			}
		}
		return v + "x"
	case []any:
		out := slices.Clone(v)
		for i, e := range out {
			if !empty(e) {
				out[i] = otherThan(e)
				return out
			}
		}
		return append(out, "x")
	case map[string]any:
		out := maps.Clone(v)
		for _, name := range sortedKeys(out) {
			if !empty(out[name]) {
				out[name] = otherThan(out[name])
				return out
			}
		}
	}
	return "x"
}

// blocks reports whether a planned value is one of nested blocks, which are not all told of where they are dynamic.
func blocks(v any) bool {
	list, _ := v.([]any)
	return slices.ContainsFunc(list, func(e any) bool { _, ok := e.(map[string]any); return ok })
}

// starred returns the address of the instance that stands for all of those whose keys aren't known, "" where none does:
// of several the first that the plan doesn't contradict.
func starred(r planned, ours map[string]value.Value) string {
	found := ""
	for _, candidate := range sortedKeys(ours) {
		parts := strings.Split(shown(candidate), star)
		if len(parts) == 1 || !strings.HasPrefix(r.address, parts[0]) || !strings.HasSuffix(r.address, parts[len(parts)-1]) {
			continue
		}
		contradicted := false
		compareResource(r, ours[candidate], newTally(), func(string, ...any) { contradicted = true })
		if !contradicted {
			return candidate
		}
		found = candidate
	}
	return found
}

// fullyKnown reports whether all of a value is known.
func fullyKnown(v value.Value) bool {
	switch v.Kind() {
	case value.KindAbsent, value.KindScalar:
		return !v.MayBeMissing()
	case value.KindList:
		return !v.MayBeMissing() && !v.Open() && !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return !fullyKnown(e) })
	case value.KindObject:
		return !v.MayBeMissing() && !v.Open() && !slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return !fullyKnown(f.Value) })
	}
	return false
}

// isDefault reports whether a planned value is what the provider puts where nothing is written.
func isDefault(typ, name string, v any) bool {
	if name == "tags_all" || name == "id" || rewritten[typ+"."+name] {
		return true
	}
	want, ok := providerDefaults[typ+"."+name]
	return ok && fmt.Sprint(v) == want
}

// rewritten are the attributes that the provider plans otherwise than they are written: as no more than a hash, with the
// domain's own name among the others, or without a last dot.
var rewritten = map[string]bool{
	"aws_instance.user_data":                        true,
	"aws_acm_certificate.subject_alternative_names": true,
	"aws_acm_certificate.domain_validation_options": true,
	"aws_route53_record.name":                       true,
}

// providerDefaults are what provider 5.100 of AWS plans for what is null.
var providerDefaults = map[string]string{
	"aws_vpc.enable_dns_support":                  "true",
	"aws_sagemaker_notebook_instance.volume_size": "5",
	"aws_sqs_queue.max_message_size":              "262144",
	"aws_sqs_queue.message_retention_seconds":     "345600",
	"aws_sqs_queue.visibility_timeout_seconds":    "30",
}

package cloudformation_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A tally counts what is compared.
type tally struct {
	templates, scenarios, deployments, resources int
	// generated are resources that only a transformation makes, or makes another of.
	generated int
	// told are the scalars that cfn-lint resolves; of these, known are those that the front-end knows.
	told, known map[mode]int
	// reasons are why it doesn't where all parameters are given.
	reasons map[string]int
}

func newTally() *tally {
	return &tally{told: map[mode]int{}, known: map[mode]int{}, reasons: map[string]int{}}
}

func (s *tally) String() string {
	text := fmt.Sprintf("%d templates, %d scenarios, %d deployments, %d resources, %d generated ones",
		s.templates, s.scenarios, s.deployments, s.resources, s.generated)
	for _, m := range sorted(s.told) {
		text += fmt.Sprintf("; %s: %d scalars, %d known", m, s.told[m], s.known[m])
	}
	return text
}

// why returns what is not known for what reasons, the most frequent first.
func (s *tally) why() string {
	reasons := slices.SortedFunc(maps.Keys(s.reasons), func(a, b string) int {
		return cmp.Or(s.reasons[b]-s.reasons[a], strings.Compare(a, b))
	})
	var b strings.Builder
	for _, r := range reasons[:min(len(reasons), 40)] {
		fmt.Fprintf(&b, "\n%6d %s", s.reasons[r], r)
	}
	return b.String()
}

// weigh counts the scalars of a tree that is contained in a value.
func (s *tally) weigh(d *deployment, m mode, v value.Value, concrete any) {
	v, concrete, _ = decoded(d.chosen(v), concrete)
	if name, _ := call(concrete); name != "" {
		return
	}
	elems, isList := concrete.([]any)
	there := d.present(v.Elems())
	switch {
	case v.Kind() == value.KindOpaque:
		s.missed(m, v.Reason(), concrete)
	case v.Kind() == value.KindChoice:
		s.missed(m, "it is one of several", concrete)
	case isList && (v.Open() || len(there) != len(elems)):
		s.missed(m, "some of a list may be missing", concrete)
	case isList:
		for i, c := range elems {
			s.weigh(d, m, there[i], c)
		}
	case v.Kind() == value.KindObject:
		for name, c := range concrete.(map[string]any) {
			s.weigh(d, m, v.Attr(name), c)
		}
	case d.certain(v):
		s.told[m] += scalars(concrete)
		s.known[m] += scalars(concrete)
	default:
		s.missed(m, "part of a text", concrete)
	}
}

// missed counts what isn't known.
func (s *tally) missed(m mode, reason string, concrete any) {
	n := scalars(concrete)
	s.told[m] += n
	if m == given && n > 0 {
		s.reasons[reason] += n
	}
}

// certain reports whether all of a text is known.
func (d *deployment) certain(v value.Value) bool {
	return !slices.ContainsFunc(v.Parts(), func(p value.Value) bool {
		r, isSymbol := p.Symbol()
		return p.Kind() == value.KindOpaque || isSymbol && slices.Contains(d.anyName, r.Addr.Name)
	})
}

// chosen returns what a choice comes to in the deployment, as far as that is known.
func (d *deployment) chosen(v value.Value) value.Value {
	for v.Kind() == value.KindChoice {
		var may []value.Value
		for _, a := range v.Arms() {
			if d.world(a.When) {
				may = append(may, a.Value)
			}
		}
		if len(may) != 1 {
			return v
		}
		v = may[0]
	}
	return v
}

// present returns the elements of a list that are certainly there; nil where that isn't known.
func (d *deployment) present(elems []value.Value) []value.Value {
	out := []value.Value{}
	for _, e := range elems {
		e = d.chosen(e)
		switch {
		case e.Kind() == value.KindAbsent:
		case e.MayBeMissing() || e.Kind() == value.KindChoice:
			return nil
		default:
			out = append(out, e)
		}
	}
	return out
}

// scalars counts what is told.
func scalars(concrete any) int {
	n := 0
	switch concrete := concrete.(type) {
	case map[string]any:
		if name, _ := call(concrete); name != "" {
			return 0
		}
		for _, c := range concrete {
			n += scalars(c)
		}
	case []any:
		for _, c := range concrete {
			n += scalars(c)
		}
	case string:
		return 1
	}
	return n
}

// A comparison that takes anything for agreement would notice none of this: each scalar that is known altered, each list one
// longer and one shorter, each member missing, one more than there are, each resource there and not there.
func TestComparisonNotices(t *testing.T) {
	o, altered := recorded(t), 0
	for _, file := range templates(t) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := comparison{o: o, reading: o.Readings[file], file: file, sum: newTally()}
		decode(t, c.reading.Decoded, &c.template)
		seen := map[int]bool{}
		for _, recorded := range c.reading.Deployments {
			d := c.world(recorded.Parameters, recorded.Conditions)
			rs := byName(load(t, recorded.Parameters, source.NewFile(file, content)))
			for name, i := range recorded.Resources {
				theirs, raw := c.reading.Resources[i], rs[name]
				if seen[i] || raw.Type != theirs.Type || theirs.There == nil || !*theirs.There {
					continue
				}
				seen[i] = true
				if raw.Exists.Known() == tri.True && d.may(raw.Exists, false) {
					t.Errorf("%s: %s may not be there", file, name)
				}
				d.alter(raw.Props, texts(theirs.Properties), func(other any) {
					altered++
					if d.contains(raw.Props, other) == nil {
						t.Errorf("%s: %s may be %s instead of %s", file, name, pretty(other), pretty(theirs.Properties))
					}
				})
			}
		}
	}
	if altered < least.told[given] {
		t.Errorf("only %d values were altered", altered)
	}
	t.Logf("%d values were altered", altered)
}

// alter yields trees that differ from one that is contained in a value, each in one place that the value is sure of.
func (d *deployment) alter(v value.Value, concrete any, yield func(any)) {
	v = d.chosen(v)
	if v.Kind() == value.KindOpaque || v.Kind() == value.KindChoice {
		return
	}
	if doc, spelt, ok := decoded(v, concrete); ok {
		d.alter(doc, spelt, func(other any) { yield(pretty(other)) })
		return
	}
	switch concrete := concrete.(type) {
	case map[string]any:
		if name, _ := call(concrete); name != "" {
			return
		}
		with := func(name string, c any) any {
			out := maps.Clone(concrete)
			out[name] = c
			return out
		}
		for _, name := range sorted(concrete) {
			d.alter(v.Attr(name), concrete[name], func(c any) { yield(with(name, c)) })
			if e := d.chosen(v.Attr(name)); !e.MayBeMissing() && e.Kind() != value.KindOpaque && e.Kind() != value.KindChoice {
				out := maps.Clone(concrete)
				delete(out, name)
				yield(out)
			}
		}
		if !v.Open() {
			yield(with("Another", "x"))
		}
	case []any:
		elems := d.present(v.Elems())
		if v.Open() || len(elems) != len(concrete) {
			return
		}
		for i, c := range concrete {
			d.alter(elems[i], c, func(c any) {
				out := slices.Clone(concrete)
				out[i] = c
				yield(out)
			})
		}
		yield(append(slices.Clone(concrete), "x"))
		if len(concrete) > 0 {
			yield(slices.Clone(concrete[1:]))
		}
	case string:
		if d.certain(v) {
			yield(concrete + "x")
		}
	}
}

package iamtest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A hole is a part of a document: what stands there, what it is, and how to put something else there.
type hole struct {
	role string
	// on is what the operator compares, where the role is "values" or "value".
	on  *key
	now any
	set func(any)
}

// holes calls add for every part of a document.
func holes(doc map[string]any, add func(hole)) {
	member := func(m map[string]any, name, role string, on *key) {
		if now, there := m[name]; there {
			add(hole{role, on, now, func(v any) { m[name] = v }})
			if list, ok := now.([]any); ok && (role == "values" || role == "action" || role == "resource") {
				for i := range list {
					add(hole{strings.TrimSuffix(role, "s"), on, list[i], func(v any) { list[i] = v }})
				}
			}
		}
	}
	statements, list := doc["Statement"].([]any)
	if !list {
		statements = []any{doc["Statement"]}
	}
	for i, s := range statements {
		if list {
			add(hole{"statement", nil, s, func(v any) { statements[i] = v }})
		}
		s := s.(map[string]any)
		member(s, "Effect", "effect", nil)
		for _, not := range []string{"", "Not"} {
			member(s, not+"Action", "action", nil)
			member(s, not+"Resource", "resource", nil)
		}
		member(s, "Condition", "conditions", nil)
		conditions, _ := s["Condition"].(map[string]any)
		for _, operator := range sorted(conditions) {
			member(conditions, operator, "operator", nil)
			ks := conditions[operator].(map[string]any)
			for _, name := range sorted(ks) {
				member(ks, name, "values", keyNamed(name, operator))
			}
		}
	}
}

func sorted(m map[string]any) (names []string) {
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// keyNamed returns the key of the pool; of Null, one with the values that Null takes.
func keyNamed(name, operator string) *key {
	if strings.EqualFold(operator, "Null") {
		return &key{patterns: truth}
	}
	for i := range keys {
		if strings.EqualFold(keys[i].name, name) {
			return &keys[i]
		}
	}
	return nil
}

// instead returns what may stand in a hole.
func (m maker) instead(h hole) any {
	switch h.role {
	case "statement":
		return m.statement(keys)
	case "effect":
		return pick(m, "Allow", "Deny")
	case "action":
		return pick(m, "*", "sagemaker:*", "sagemaker:Create*", "sagemaker:*Model", "s3:*", "sagemaker:CreateTrainingJob")
	case "resource":
		return pick(m, append(slices.Clone(resources), "*")...)
	case "conditions":
		conditions := map[string]map[string]any{}
		for range m.IntN(3) {
			m.condition(conditions, pick(m, keys...))
		}
		return conditions
	case "operator":
		return map[string]any{}
	case "values":
		return m.oneOrMore(h.on.patterns...)
	}
	return pick(m, h.on.patterns...)
}

// An unread value stands in a document for a part of which not all is known.
type unread struct{ value.Value }

// valueOf returns a document as an abstract value.
func valueOf(v any) value.Value {
	switch v := v.(type) {
	case unread:
		return v.Value
	case map[string]any:
		var fields []value.Field
		for _, name := range sorted(v) {
			fields = append(fields, value.Field{Name: name, Value: valueOf(v[name])})
		}
		return value.OfObject(fields, false)
	case map[string]map[string]any:
		return valueOf(cloned(v))
	case []any:
		var elems []value.Value
		for _, e := range v {
			elems = append(elems, valueOf(e))
		}
		return value.OfList(elems, false)
	case bool:
		return value.OfBool(v)
	case string:
		return value.OfString(v)
	}
	panic(fmt.Sprintf("%T", v))
}

// cloned returns a copy as encoding/json reads it.
func cloned(v any) (out map[string]any) {
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic(err)
	}
	return out
}

// A pierced principal has a document with a hole, and what its documents are with each of some fillings.
type pierced struct {
	asked   documents
	role    string
	unknown value.Value
	filled  []documents
	// fillings are what stands in the hole in each.
	fillings []value.Value
	// engine is what the engine is asked: the documents with something in the hole.
	engine func(v value.Value) guard.Policies
}

// pierce takes a part out of random documents and fills it in turn with what may stand there, what did first.
func (m maker) pierce(d documents) pierced {
	at := m.IntN(len(d.grants))
	doc := cloned(json.RawMessage(d.grants[at]))
	var all []hole
	holes(doc, func(h hole) { all = append(all, h) })
	h := pick(m, all...)
	out := pierced{asked: d, role: h.role, unknown: value.OfOpaque("it isn't known")}
	fillings := []any{h.now}
	if text, ok := h.now.(string); ok && len(text) > 2 && m.often(2) && !formed(text) && h.role != "effect" {
		cut := 1 + m.IntN(len(text)-1)
		out.role += " cut"
		out.unknown = value.OfText(value.OfString(text[:cut]), out.unknown)
		for _, rest := range []string{"", "x", "*", text[cut:] + "-"} {
			fillings = append(fillings, text[:cut]+rest)
		}
	} else {
		for range 5 {
			fillings = append(fillings, m.instead(h))
		}
	}
	for _, filling := range fillings {
		h.set(filling)
		text, err := json.Marshal(doc)
		if err != nil {
			panic(err)
		}
		c := documents{grants: slices.Clone(d.grants), bounds: d.bounds}
		c.grants[at] = string(text)
		out.filled, out.fillings = append(out.filled, c), append(out.fillings, valueOf(filling))
	}
	out.engine = func(v value.Value) guard.Policies {
		p := d.policies()
		h.set(unread{v})
		p.Grants[at] = guard.Read(valueOf(doc), nil)
		return p
	}
	return out
}

// formed reports whether a text has a form of its own, so that with another end it is nothing that a request may have: an ARN, a
// date, an address, a number, a region, a variable.
func formed(text string) bool {
	return strings.Trim(text, "0123456789") == "" || strings.ContainsAny(text, ":.$") || strings.HasPrefix(text, "us-") || strings.HasPrefix(text, "eu-")
}

// unspelt reports whether a witness has the part that isn't known in it.
func unspelt(w *guard.Request) bool {
	text := w.Resource
	for _, e := range w.Context {
		text += strings.Join(e.Values, "")
	}
	return strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxLatin1 })
}

// With a part unknown no answer contradicts what the policies say with any part in its place, and a witness is allowed with
// all of them.
func TestUnknownParts(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(8, 9))}
	decided := 0
	for range *policyCount / 2 {
		if t.Failed() {
			return
		}
		q := m.question()
		hole := m.pierce(m.documents(q))
		p := hole.engine(hole.unknown)
		got := p.Without(q.action, q.absent...)
		if got.Holds.Known() == tri.Unknown {
			continue
		}
		decided++
		for _, d := range hole.filled {
			l := d.levels(t)
			sp := spaceOf(l, q)
			if !sp.searchable() {
				continue
			}
			want, example := sp.find(l)
			if want == yes && got.Holds.Known() == tri.False || want == no && got.Holds.Known() == tri.True {
				t.Errorf("%s without %v: %v with the %s unknown, but %v (%v)\n%v\nasked of %v", q.action, q.absent, got.Holds.Known(), hole.role, want, example, d, hole.asked)
				break
			}
			if want == yes && got.Witness != nil && !unspelt(got.Witness) {
				if wrong := wrongWith(got.Witness, q, l, sp); wrong != "" {
					t.Errorf("%s without %v: witness %+v with the %s unknown: %s\n%v\nasked of %v", q.action, q.absent, got.Witness, hole.role, wrong, d, hole.asked)
					break
				}
			}
		}
	}
	if decided < *policyCount/4 {
		t.Errorf("%d answers of %d are decided", decided, *policyCount/2)
	}
}

// Of a part that differs between worlds, the answer in each is that of the policies with the part that stands there in it.
func TestWorlds(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(8, 10))}
	differ, cases, undecided := 0, 0, 0
	for range *policyCount / 4 {
		if t.Failed() {
			return
		}
		q := m.question()
		hole := m.pierce(m.documents(q))
		var arms []value.Arm
		var worlds []value.World
		var answers []answer
		var asked []documents
		for i, d := range hole.filled[:min(3, len(hole.filled))] {
			world := value.World{{Var: "x", Is: fmt.Sprint(i), Text: fmt.Sprintf("x is %d", i)}}
			l := d.levels(t)
			sp := spaceOf(l, q)
			if !sp.searchable() {
				continue
			}
			want, _ := sp.find(l)
			arms = append(arms, value.Arm{When: world, Value: hole.fillings[i]})
			worlds, answers, asked = append(worlds, world), append(answers, want), append(asked, d)
		}
		if len(arms) == 0 {
			continue
		}
		if slices.Contains(answers, yes) && slices.Contains(answers, no) {
			differ++
		}
		p := hole.engine(value.OfChoice(arms))
		got := p.Without(q.action, q.absent...)
		for i, world := range worlds {
			for _, c := range got.Holds.Cases() {
				if !c.When.Meets(world) {
					continue
				}
				cases++
				if c.Holds == tri.Unknown && answers[i] != open {
					undecided++
				}
				if answers[i] == yes && c.Holds == tri.False || answers[i] == no && c.Holds == tri.True {
					t.Errorf("%s without %v: %v where %v, but %v with another %s\n%v\nasked of %v", q.action, q.absent, c.Holds, c.When, answers[i], hole.role, asked[i], hole.asked)
				}
			}
		}
	}
	if undecided > cases/50 {
		t.Errorf("%d answers of %d are undecided", undecided, cases)
	}
	if differ < *policyCount/80 {
		t.Errorf("the answers of %d policies of %d differ between worlds", differ, *policyCount)
	}
}

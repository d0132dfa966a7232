package iamtest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
)

// statements returns the statements of a document, and what says which document they make.
func statements(text string) (list []any, of func(list []any) string) {
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		panic(err)
	}
	list, several := doc["Statement"].([]any)
	if !several {
		list = []any{doc["Statement"]}
	}
	return list, func(list []any) string {
		doc["Statement"] = list
		out, err := json.Marshal(doc)
		if err != nil {
			panic(err)
		}
		return string(out)
	}
}

// respelt returns a document with every action and condition key in another case, and lists for single values.
func respelt(text string) string {
	list, of := statements(text)
	listed := func(v any) any {
		if _, is := v.([]any); is || v == nil {
			return v
		}
		return []any{v}
	}
	for _, s := range list {
		s := s.(map[string]any)
		for _, name := range []string{"Action", "NotAction"} {
			if v := listed(s[name]); v != nil {
				for i, action := range v.([]any) {
					v.([]any)[i] = strings.ToUpper(action.(string))
				}
				s[name] = v
			}
		}
		for _, name := range []string{"Resource", "NotResource"} {
			if v := listed(s[name]); v != nil {
				s[name] = v
			}
		}
		conditions, _ := s["Condition"].(map[string]any)
		for operator, ks := range conditions {
			changed := map[string]any{}
			for key, values := range ks.(map[string]any) {
				changed[strings.ToUpper(key)] = listed(values)
			}
			conditions[operator] = changed
		}
	}
	return of(list)
}

// laws are what changes to policies do to the answer: those that allow no more, and those that say the same.
var laws = []struct {
	name  string
	same  bool
	apply func(m maker, d documents, q question) documents
}{
	{"with a Deny more", false, func(m maker, d documents, q question) documents {
		list, of := statements(d.grants[0])
		s := m.statement(keys)
		s["Effect"] = "Deny"
		return documents{append([]string{of(append(list, s))}, d.grants[1:]...), d.bounds}
	}},
	{"with an Allow less", false, func(m maker, d documents, q question) documents {
		at := m.IntN(len(d.grants))
		list, of := statements(d.grants[at])
		grants := slices.Clone(d.grants)
		grants[at] = of(slices.DeleteFunc(list, func(s any) bool { return s.(map[string]any)["Effect"] == "Allow" && m.often(2) }))
		return documents{grants, d.bounds}
	}},
	{"bounded once more", false, func(m maker, d documents, q question) documents {
		return documents{d.grants, append(slices.Clone(d.bounds), []string{m.document(keys, true)})}
	}},
	{"with a condition more on every Allow", false, func(m maker, d documents, q question) documents {
		list, of := statements(d.grants[0])
		for _, s := range list {
			if s := s.(map[string]any); s["Effect"] == "Allow" && s["Condition"] == nil {
				conditions := map[string]map[string]any{}
				m.condition(conditions, pick(m, keys...))
				s["Condition"] = conditions
			}
		}
		return documents{append([]string{of(list)}, d.grants[1:]...), d.bounds}
	}},
	{"in another order", true, func(m maker, d documents, q question) documents {
		var grants []string
		for _, text := range d.grants {
			list, of := statements(text)
			m.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			grants = append([]string{of(list)}, grants...)
		}
		return documents{grants, d.bounds}
	}},
	{"each statement in a document of its own", true, func(m maker, d documents, q question) documents {
		var grants []string
		for _, text := range d.grants {
			list, of := statements(text)
			for _, s := range list {
				grants = append(grants, of([]any{s}))
			}
		}
		return documents{grants, d.bounds}
	}},
	{"said twice", true, func(m maker, d documents, q question) documents {
		list, of := statements(d.grants[0])
		return documents{append([]string{of(append(slices.Clone(list), list...))}, d.grants...), d.bounds}
	}},
	{"respelt", true, func(m maker, d documents, q question) documents {
		var grants []string
		for _, text := range d.grants {
			grants = append(grants, respelt(text))
		}
		return documents{grants, d.bounds}
	}},
	{"bounded by all", true, func(m maker, d documents, q question) documents {
		return documents{d.grants, append(slices.Clone(d.bounds), []string{`{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`})}
	}},
	{"with statements on other actions", true, func(m maker, d documents, q question) documents {
		list, of := statements(d.grants[0])
		s := m.statement(keys)
		delete(s, "NotAction")
		s["Action"] = []any{"s3:*", "sagemaker:Describe*", "sagemaker:ListModels"}
		return documents{append([]string{of(append(list, s))}, d.grants[1:]...), d.bounds}
	}},
}

// What allows less allows no new request, and what says the same in another way gets the same answer.
func TestLaws(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(8, 11))}
	faults := 0
	for range *policyCount / 4 {
		q := m.question()
		d := m.documents(q)
		p := d.policies()
		before := p.Without(q.action, q.absent...).Holds.Known()
		for _, law := range laws {
			changed := law.apply(m, d, q)
			p := changed.policies()
			after := p.Without(q.action, q.absent...).Holds.Known()
			if before == tri.Unknown || after == tri.Unknown {
				continue
			}
			if law.same && after != before || before == tri.False && after == tri.True {
				if faults++; faults < 8 {
					t.Errorf("%s without %v: %v, but %v %s\n%v\nthen\n%v", q.action, q.absent, before, after, law.name, d, changed)
				}
			}
		}
	}
}

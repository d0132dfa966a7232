package iamtest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
)

// asked returns a request as the engine takes it.
func (r request) asked() guard.Request {
	out := guard.Request{Action: r.action, Resource: r.resource}
	for name, values := range r.keys {
		out.Context = append(out.Context, guard.Entry{Key: name, Values: values})
	}
	slices.SortFunc(out.Context, func(a, b guard.Entry) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// contradicts reports whether the engine's answer isn't what the guide says. Of what that leaves open any answer goes.
func contradicts(want answer, got tri.Bool) bool {
	return want == yes && got != tri.True || want == no && got != tri.False
}

// The engine says of each row of the truth table what the guide says.
func TestEngineOnTruthTable(t *testing.T) {
	faults := 0
	cases(func(text string, r request, want answer) {
		d := documents{grants: []string{text}}
		p := d.policies()
		if got := p.Allows(r.asked()).Known(); contradicts(want, got) {
			if faults++; faults < 20 {
				t.Errorf("%v, want %v: %s with %v for %s", got, want, text, r.keys, r.resource)
			}
		}
	})
}

// The engine says of random requests to random policies what the evaluator says.
func TestRequests(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(8, 12))}
	count := map[answer]int{}
	for range *policyCount {
		if t.Failed() {
			return
		}
		q := m.question()
		if m.often(2) {
			q.absent = nil
		}
		d := m.documents(q)
		l, p := d.levels(t), d.policies()
		sp := spaceOf(l, q)
		for range 10 {
			at := []int{m.IntN(len(sp.resources))}
			for _, options := range sp.options {
				at = append(at, m.IntN(len(options)))
			}
			r := sp.request(at)
			want, got := l.evaluate(r), p.Allows(r.asked()).Known()
			if count[want]++; contradicts(want, got) {
				d = shrink(d, func(d documents) bool {
					p := d.policies()
					return contradicts(d.levels(t).evaluate(r), p.Allows(r.asked()).Known())
				})
				t.Errorf("%v, want %v: %v with\n%v", got, want, r, d)
				break
			}
		}
	}
	if count[yes] < *policyCount || count[no] < *policyCount {
		t.Errorf("%v", count)
	}
}

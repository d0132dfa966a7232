package iamtest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
)

// requestOf returns a witness as a request.
func requestOf(w guard.Request, resource string) request {
	r := request{action: w.Action, resource: w.Resource, keys: map[string][]string{}}
	if r.resource == "" {
		r.resource = resource
	}
	for _, e := range w.Context {
		r.keys[strings.ToLower(e.Key)] = e.Values
	}
	return r
}

// completed returns a request with every value of the keys that every request has, where a witness leaves them open.
func completed(r request, sp space) []request {
	out := []request{r}
	for _, k := range keys {
		name := strings.ToLower(k.name)
		at := slices.Index(sp.names, name)
		if _, there := r.keys[name]; there || !k.always || at < 0 {
			continue
		}
		var more []request
		for _, r := range out {
			for _, values := range sp.options[at] {
				with := request{r.action, r.resource, maps.Clone(r.keys)}
				with.keys[name] = values
				more = append(more, with)
			}
		}
		out = more
	}
	return out
}

// wrongWith says what is wrong with a witness; nothing where the policies allow it, and it is as was asked.
func wrongWith(w *guard.Request, q question, l levels, sp space) string {
	if w == nil {
		return "there is none"
	}
	if !strings.EqualFold(w.Action, q.action) {
		return "its action is " + w.Action
	}
	resources := []string{w.Resource}
	if w.Anywhere || w.Resource == "" {
		resources = append(sp.resources, resources[:min(len(w.Resource), 1)]...)
	}
	for _, resource := range resources {
		for _, r := range completed(requestOf(*w, resource), sp) {
			if a := l.evaluate(r); a != yes {
				return fmt.Sprintf("it is not allowed (%v): %v", a, r)
			}
		}
	}
	r := requestOf(*w, sp.resources[0])
	for name := range r.keys {
		if slices.ContainsFunc(q.absent, func(a string) bool { return strings.EqualFold(a, name) }) {
			return "it has " + name
		}
		for _, k := range keys {
			if strings.EqualFold(k.name, name) && !k.has(q.action) {
				return "no request for the action has " + name
			}
		}
	}
	for _, avoided := range w.Avoids {
		if _, there := r.keys[strings.ToLower(avoided)]; there {
			return "it has what it avoids, " + avoided
		}
	}
	return ""
}

// A judgement is what the search and the engine say of one question.
type judgement struct {
	want   answer
	got    tri.Bool
	tooBig bool
	fault  string
}

func judge(t testing.TB, d documents, q question, unnamed bool) judgement {
	l := d.levels(t)
	l.unnamed = unnamed
	sp := spaceOf(l, q)
	if !sp.searchable() {
		return judgement{tooBig: true}
	}
	want, example := sp.find(l)
	p := d.policies()
	p.Unnamed = unnamed
	got := p.Without(q.action, q.absent...)
	j := judgement{want: want, got: got.Holds.Known()}
	switch {
	case want == yes && j.got == tri.False:
		j.fault = fmt.Sprintf("%v, but there is %v", j.got, example)
	case want == no && j.got == tri.True:
		j.fault = fmt.Sprintf("%v, but no request is allowed, such as its witness %+v", j.got, got.Witness)
	case want == yes && j.got == tri.True:
		if wrong := wrongWith(got.Witness, q, l, sp); wrong != "" {
			j.fault = fmt.Sprintf("witness %+v: %s", got.Witness, wrong)
		}
	}
	return j
}

// What the engine says of policies is what trying all requests says, and its witness is a request that they allow.
func TestWitnesses(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(8, 8))}
	count := map[string]int{}
	for range *policyCount {
		q := m.question()
		d := m.documents(q)
		unnamed := m.often(4)
		j := judge(t, d, q, unnamed)
		if j.tooBig {
			count["too large"]++
			continue
		}
		kind := fmt.Sprintf("%v, engine %v", j.want, j.got)
		count[kind]++
		if j.fault != "" {
			kind += " is a fault"
			if count[kind]++; count[kind] <= 4 {
				d = shrink(d, func(d documents) bool {
					less := judge(t, d, q, unnamed)
					return less.fault != "" && less.want == j.want && less.got == j.got
				})
				t.Errorf("%s without %v (unnamed %v): %s\n%v", q.action, q.absent, unnamed, judge(t, d, q, unnamed).fault, d)
			}
		}
	}
	t.Logf("%v", count)
	// What several variables of each other's keys say isn't always followed to its end.
	if n := count["yes, engine unknown"] + count["no, engine unknown"]; n > *policyCount/100 {
		t.Errorf("%d of %d answers are undecided", n, *policyCount)
	}
	for _, kind := range []string{"yes, engine true", "no, engine false"} {
		if count[kind] < *policyCount/5 {
			t.Errorf("%d of %d: %s", count[kind], *policyCount, kind)
		}
	}
}

package value_test

import (
	"math/rand"
	"strconv"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

func TestSimplify(t *testing.T) {
	is := func(name, v string) value.Fact { return value.Fact{Var: name, Is: v, Text: name + " is " + v} }
	of := func(name, v string) value.Fact {
		return value.Fact{Var: name, Is: v, Text: name + " is " + v, Domain: value.Values([]string{"x", "y", "z"})}
	}
	a, b := is("a", "true"), is("b", "true")
	for _, test := range []struct {
		name   string
		worlds []value.World
		want   string
	}{
		{"nothing to simplify", []value.World{{a}, {b}}, "a is true, or b is true"},
		{"either way", []value.World{{a}, {a.Not()}}, ""},
		{"a condition that doesn't matter", []value.World{{a, b}, {a, b.Not()}}, "a is true"},
		{"a part of another", []value.World{{a, b}, {b}}, "b is true"},
		{"the same twice", []value.World{{a}, {a}}, "a is true"},
		{"every value of a domain", []value.World{{of("c", "x")}, {of("c", "y")}, {of("c", "z")}}, ""},
		{"not every value of a domain", []value.World{{of("c", "x")}, {of("c", "y")}}, "c is x, or c is y"},
		{"a value and all others", []value.World{{is("c", "x")}, {is("c", "x").Not()}}, ""},
	} {
		if got := said(value.Simplify(test.worlds)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func said(worlds []value.World) string {
	texts := make([]string, len(worlds))
	for i, w := range worlds {
		texts[i] = w.String()
	}
	return strings.Join(texts, ", or ")
}

// TestSimplifyKeepsTheMeaning holds the simplified worlds against the given ones under every assignment.
func TestSimplifyKeepsTheMeaning(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	names, domain := []string{"a", "b", "c"}, []string{"0", "1", "2"}
	for range 3000 {
		var worlds []value.World
		for range 1 + rng.Intn(6) {
			var w value.World
			for _, name := range names {
				f := value.Fact{Var: name, Is: strconv.Itoa(rng.Intn(3)), Domain: value.Values(domain)}
				switch rng.Intn(3) {
				case 0:
					w = append(w, f)
				case 1:
					w = append(w, f.Not())
				}
			}
			worlds = append(worlds, w)
		}
		simple := value.Simplify(worlds)
		for n := range 27 {
			var at value.World
			for i, name := range names {
				at = append(at, value.Fact{Var: name, Is: domain[n/[]int{1, 3, 9}[i]%3], Domain: value.Values(domain)})
			}
			if anyMeets(worlds, at) != (len(simple) == 0 || anyMeets(simple, at)) {
				t.Fatalf("%v became %v: they differ at %v", worlds, simple, at)
			}
		}
	}
}

func anyMeets(worlds []value.World, at value.World) bool {
	for _, w := range worlds {
		if w.Meets(at) {
			return true
		}
	}
	return false
}

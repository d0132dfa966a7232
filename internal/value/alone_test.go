package value

import (
	"slices"
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
)

// What is combined without looking at each case is what looking at each gives.
func TestAlone(t *testing.T) {
	world := func(is string) World { return World{{Var: "x", Is: is, Text: "x is " + is}} }
	here, there := &Origin{Note: "here"}, &Origin{Note: "there"}
	var single []Case
	for _, holds := range []tri.Bool{tri.True, tri.False, tri.Unknown} {
		for _, origin := range []*Origin{nil, here, there} {
			reasons := []string{""}
			if holds == tri.Unknown {
				reasons = append(reasons, "it isn't known")
			}
			for _, reason := range reasons {
				single = append(single, Case{Holds: holds, Origin: origin, Reason: reason})
			}
		}
	}
	truths := []Truth{{}}
	for _, c := range single {
		truths = append(truths, Truth{cases: []Case{c}})
		for _, d := range single {
			c.When, d.When = world("a"), world("b")
			truths = append(truths, Truth{cases: []Case{c, d}})
		}
	}
	same := func(a, b Case) bool {
		return slices.Equal(a.When, b.When) && a.Holds == b.Holds && a.Origin == b.Origin && a.Reason == b.Reason
	}
	short := 0
	for _, x := range truths {
		for _, y := range truths {
			for decisive, op := range map[tri.Bool]func(tri.Bool, tri.Bool) tri.Bool{tri.False: tri.Bool.And, tri.True: tri.Bool.Or} {
				got, ok := x.alone(y, decisive)
				if !ok {
					continue
				}
				short++
				if want := x.cross(y, decisive, op); !slices.EqualFunc(got.Cases(), want.Cases(), same) {
					t.Fatalf("%+v with %+v, %v deciding: %+v, want %+v", x, y, decisive, got, want)
				}
			}
		}
	}
	if short < len(truths) {
		t.Errorf("only %d of %d pairs were taken as they stand", short, 2*len(truths)*len(truths))
	}
}

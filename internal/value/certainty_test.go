package value

import (
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
)

// What is said of a truth in short is what its worlds say one by one.
func TestCertainty(t *testing.T) {
	a := World{{Var: "var.a", Is: "true", Text: "var.a is true"}}
	notA := World{a[0].Not()}
	mixed := func(in, out Truth) Truth { return Join(in.When(a), out.When(notA)) }
	why := Unknowable("nobody says", nil)
	for _, row := range []struct {
		name                string
		truth               Truth
		possible, somewhere bool
		in, out             tri.Bool
	}{
		{"yes", Yes(), true, true, tri.False, tri.False},
		{"no", No(), false, false, tri.Unknown, tri.Unknown},
		{"unknown", why, true, false, tri.Unknown, tri.Unknown},
		{"zero", Truth{}, true, false, tri.Unknown, tri.Unknown},
		{"yes or no", mixed(Yes(), No()), true, true, tri.False, tri.Unknown},
		{"yes or unknown", mixed(Yes(), why), true, true, tri.False, tri.Unknown},
		{"no or unknown", mixed(No(), why), true, false, tri.Unknown, tri.Unknown},
	} {
		if got := row.truth.Possible(); got != row.possible {
			t.Errorf("%s: possible is %t", row.name, got)
		}
		if got := row.truth.Somewhere(); got != row.somewhere {
			t.Errorf("%s: somewhere is %t", row.name, got)
		}
		lacking := row.truth.Lacking("not all is known")
		if in, out := lacking.When(a).Known(), lacking.When(notA).Known(); in != row.in || out != row.out {
			t.Errorf("%s: it lacks %s where a, %s where not", row.name, in, out)
		}
		for _, c := range lacking.Cases() {
			if c.Holds == tri.Unknown && c.Reason == "" {
				t.Errorf("%s: nothing says what it lacks", row.name)
			}
		}
	}
}

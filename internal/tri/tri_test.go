package tri

import "testing"

var all = []Bool{Unknown, False, True}

func TestTables(t *testing.T) {
	and := map[[2]Bool]Bool{
		{True, True}: True, {True, False}: False, {True, Unknown}: Unknown,
		{False, True}: False, {False, False}: False, {False, Unknown}: False,
		{Unknown, True}: Unknown, {Unknown, False}: False, {Unknown, Unknown}: Unknown,
	}
	or := map[[2]Bool]Bool{
		{True, True}: True, {True, False}: True, {True, Unknown}: True,
		{False, True}: True, {False, False}: False, {False, Unknown}: Unknown,
		{Unknown, True}: True, {Unknown, False}: Unknown, {Unknown, Unknown}: Unknown,
	}
	for _, a := range all {
		for _, b := range all {
			if got := a.And(b); got != and[[2]Bool{a, b}] {
				t.Errorf("%v and %v = %v", a, b, got)
			}
			if got := a.Or(b); got != or[[2]Bool{a, b}] {
				t.Errorf("%v or %v = %v", a, b, got)
			}
		}
	}
	for a, want := range map[Bool]Bool{True: False, False: True, Unknown: Unknown} {
		if got := a.Not(); got != want {
			t.Errorf("not %v = %v", a, got)
		}
	}
}

// The laws hold for every combination of three values.
func TestLaws(t *testing.T) {
	check := func(name string, got, want Bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	for _, a := range all {
		check("double negation", a.Not().Not(), a)
		check("idempotent and", a.And(a), a)
		check("idempotent or", a.Or(a), a)
		check("neutral and", a.And(True), a)
		check("neutral or", a.Or(False), a)
		check("absorbing and", a.And(False), False)
		check("absorbing or", a.Or(True), True)
		for _, b := range all {
			check("commutative and", a.And(b), b.And(a))
			check("commutative or", a.Or(b), b.Or(a))
			check("absorption", a.Or(a.And(b)), a)
			check("de morgan", a.And(b).Not(), a.Not().Or(b.Not()))
			check("any", Any(a, b), a.Or(b))
			check("all", All(a, b), a.And(b))
			for _, c := range all {
				check("associative and", a.And(b).And(c), a.And(b.And(c)))
				check("associative or", a.Or(b).Or(c), a.Or(b.Or(c)))
				check("distributive", a.And(b.Or(c)), a.And(b).Or(a.And(c)))
			}
		}
	}
	check("any of none", Any(), False)
	check("all of none", All(), True)
	check("of true", Of(true), True)
	check("of false", Of(false), False)
}

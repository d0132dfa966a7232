package value

import (
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
)

func fact(name string, b bool) World {
	is := "false"
	if b {
		is = "true"
	}
	return World{{Var: name, Is: is, Text: name + " is " + is}}
}

func TestWorldAnd(t *testing.T) {
	aTrue, aFalse := fact("A", true), fact("A", false)
	if _, ok := aTrue.And(aFalse); ok {
		t.Error("A and not A is a world")
	}
	w, ok := fact("B", true).And(aTrue)
	if !ok || w.String() != "A is true and B is true" {
		t.Errorf("got %q, %v", w, ok)
	}
	dev := Fact{Var: "Env", Is: "dev", Text: "Env is dev"}
	if _, ok := (World{dev}).And(World{dev.Not()}); ok {
		t.Error("Env is dev and not dev is a world")
	}
	prod := Fact{Var: "Env", Is: "prod", Text: "Env is prod"}
	if w, ok := (World{dev.Not()}).And(World{prod}); !ok || w[0].Is != "prod" {
		t.Errorf("Env is not dev and is prod: got %v, %v", w, ok)
	}
}

// The rulings of the catalogue on choices, one row each.
func TestVerdict(t *testing.T) {
	c := func(name string, b bool, holds tri.Bool) Case { return Case{When: fact(name, b), Holds: holds} }
	for _, row := range []struct {
		name  string
		cases []Case
		want  tri.Bool
		n     int
	}{
		{"none known", nil, tri.Unknown, 1},
		{"all arms fail", []Case{c("A", true, tri.True), c("A", false, tri.True)}, tri.True, 2},
		{"one fails, the rest decided", []Case{c("A", true, tri.True), c("A", false, tri.False)}, tri.True, 1},
		{"an undecided arm", []Case{c("A", true, tri.Unknown), c("A", false, tri.False)}, tri.Unknown, 1},
		{"undecided, every other fails", []Case{c("A", true, tri.Unknown), c("A", false, tri.True)}, tri.True, 1},
		{"all pass", []Case{c("A", true, tri.False), c("A", false, tri.False)}, tri.False, 0},
	} {
		got, cases := Truth{cases: row.cases}.Verdict()
		if got != row.want || len(cases) != row.n {
			t.Errorf("%s: got %v with %d cases, want %v with %d", row.name, got, len(cases), row.want, row.n)
		}
	}
}

func TestContradictoryArmsFallAway(t *testing.T) {
	inner := OfChoice([]Arm{{When: fact("A", true), Value: OfString("x")}, {When: fact("A", false), Value: OfString("y")}})
	outer := OfChoice([]Arm{{When: fact("A", true), Value: inner}, {When: fact("A", false), Value: OfString("z")}})
	for _, arm := range outer.Arms() {
		if arm.Value.Literal() == "y" {
			t.Errorf("the arm of A and not A is still there")
		}
	}
	if n := len(outer.Arms()); n != 2 {
		t.Errorf("got %d arms, want 2", n)
	}
}

func TestTextIs(t *testing.T) {
	text := OfText(OfString("com.amazonaws."), OfOpaque("var.region has no default"), OfString(".s3"))
	for want, holds := range map[string]tri.Bool{
		"com.amazonaws.eu-west-1.s3":       tri.Unknown,
		"com.amazonaws.eu-west-1.dynamodb": tri.False,
		"aws.sagemaker.eu-west-1.studio":   tri.False,
	} {
		if got := text.Is(want).Known(); got != holds {
			t.Errorf("%s: got %v, want %v", want, got, holds)
		}
	}
	if got := OfText(OfString("a"), OfNumber("1"), OfBool(true)); got.Literal() != "a1true" {
		t.Errorf("known parts: got %q", got.Literal())
	}
}

func TestNumberOf(t *testing.T) {
	for in, want := range map[string]Number{"1": "1", "1.0": "1", "1e3": "1000", "-0": "0", "0.5": "0.5", "1_000": "1000"} {
		if got, ok := NumberOf(in); !ok || got != want {
			t.Errorf("%s: got %s, %v; want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "x", "1e99999", "Inf"} {
		if got, ok := NumberOf(in); ok {
			t.Errorf("%s: got %s, want none", in, got)
		}
	}
}

func TestNonEmpty(t *testing.T) {
	sym := OfSymbol(Ref{Addr: Address{"m", "aws_subnet.a"}, Attr: "id"})
	for _, row := range []struct {
		name string
		v    Value
		want tri.Bool
	}{
		{"absent", Value{}, tri.False},
		{"empty text", OfString(""), tri.False},
		{"empty list", OfList(nil, false), tri.False},
		{"open list", OfList(nil, true), tri.Unknown},
		{"a list of one", OfList([]Value{sym}, true), tri.True},
		{"an element that may be missing", OfList([]Value{sym.Maybe()}, false), tri.Unknown},
		{"a list of null", OfList([]Value{{}}, false), tri.False},
		{"a list of an empty text", OfList([]Value{OfString("")}, false), tri.False},
		{"a list of what isn't known", OfList([]Value{OfOpaque("x")}, false), tri.True},
		{"a block that may be missing", sym.Maybe(), tri.Unknown},
		{"symbol", sym, tri.True},
		{"opaque", OfOpaque("x"), tri.Unknown},
		{"nothing and what isn't known", OfText(OfString(""), OfOpaque("x")), tri.Unknown},
		{"a letter and what isn't known", OfText(OfString("a"), OfOpaque("x")), tri.True},
		{"an element in one world", OfList([]Value{OfChoice([]Arm{{fact("A", true), sym}, {fact("A", false), Value{}}})}, false), tri.Unknown},
	} {
		if got := row.v.NonEmpty().Known(); got != row.want {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

// A member of what may not be there may not be there.
func TestMemberOfWhatMayBeMissing(t *testing.T) {
	vpc := OfObject([]Field{{Name: "subnets", Value: OfList([]Value{OfString("subnet-1")}, false)}}, false)
	group := OfObject([]Field{{Name: "vpc", Value: vpc.Maybe()}}, false)
	if got := group.Attr("vpc").Attr("subnets").NonEmpty().Known(); got != tri.Unknown {
		t.Errorf("subnets of a VPC that may be missing: %v", got)
	}
	if got := group.Attr("vpc").Attr("none"); got.Kind() != KindAbsent || got.NonEmpty().Known() != tri.False {
		t.Errorf("what is there in no case: %v", got.Kind())
	}
}

func TestTruthLaws(t *testing.T) {
	values := []tri.Bool{tri.Unknown, tri.False, tri.True}
	for _, a := range values {
		for _, b := range values {
			x := Always(a, nil).When(fact("A", true))
			y := Always(b, nil)
			if got := x.And(y).Known(); got != a.And(b) {
				t.Errorf("%v and %v: got %v", a, b, got)
			}
			if got := x.Or(y).Known(); got != a.Or(b) {
				t.Errorf("%v or %v: got %v", a, b, got)
			}
		}
	}
	in := In(World{fact("A", true)[0], fact("B", true)[0]})
	if got := len(in.Cases()); got != 3 {
		t.Errorf("A and B: got %d cases, want 3", got)
	}
	if got, cases := in.Verdict(); got != tri.True || len(cases) != 1 {
		t.Errorf("A and B: got %v, %d", got, len(cases))
	}
}

// The values of a parameter exclude each other and leave nothing out.
func TestDomain(t *testing.T) {
	is := func(v string) Fact {
		return Fact{Var: "Env", Is: v, Text: "Env is " + v, Domain: Values([]string{"dev", "stage", "prod"})}
	}
	used := No()
	for _, v := range []string{"dev", "stage", "prod"} {
		used = used.Or(In(World{is(v)}))
	}
	if got := used.Known(); got != tri.True {
		t.Errorf("one of all values: %v, %v", got, used.Cases())
	}
	two := In(World{is("dev")}).Or(In(World{is("prod")}))
	verdict, cases := two.Not().Verdict()
	if verdict != tri.True || len(cases) != 1 || cases[0].When.String() != "Env is not dev and Env is not prod" {
		t.Errorf("neither dev nor prod: %v, %v", verdict, cases)
	}
	if _, ok := cases[0].When.And(World{is("stage")}); !ok {
		t.Error("stage is neither dev nor prod")
	}
}

// What holds within a world doesn't hold elsewhere, and says so.
func TestWithin(t *testing.T) {
	open, closed := fact("open", true), fact("open", false)
	either := Yes().Within(open).Or(Yes().Within(closed))
	if got := either.Known(); got != tri.True {
		t.Errorf("open or closed: %v", either.Cases())
	}
	if got, cases := Yes().Within(open).Verdict(); got != tri.True || len(cases) != 1 || cases[0].When.String() != "open is true" {
		t.Errorf("open: %v, %v", got, cases)
	}
	if got := Yes().Within(open).And(Yes().Within(closed)).Known(); got != tri.False {
		t.Errorf("open and closed: %v", got)
	}
}

func TestOrderOfLists(t *testing.T) {
	list := OfList([]Value{OfString("b"), OfInt(1)}, false)
	for _, row := range []struct {
		name                      string
		v                         Value
		unordered, sorted, either bool
	}{
		{"list", list, false, false, false},
		{"set", list.AsSet(), true, false, false},
		{"sorted set", list.AsSortedSet(), true, true, false},
		{"sorted set of which the order is lost", list.AsSortedSet().AsSet(), true, false, false},
		{"list or set", list.AsListOrSet(), true, false, true},
		{"set that stays one", list.AsSet().AsListOrSet(), true, false, false},
		{"list or set that is a set", list.AsListOrSet().AsSet(), true, false, false},
	} {
		if row.v.Unordered() != row.unordered || row.v.Sorted() != row.sorted || row.v.ListOrSet() != row.either {
			t.Errorf("%s: unordered %v, sorted %v, list or set %v", row.name, row.v.Unordered(), row.v.Sorted(), row.v.ListOrSet())
		}
	}
}

func TestUntyped(t *testing.T) {
	for _, row := range []struct {
		v                 Value
		converts, untyped bool
	}{
		{OfString("1"), false, false},
		{OfInt(1), true, true},
		{OfBool(true), true, true},
		{OfObject([]Field{{Name: "a", Value: OfString("x")}}, false), false, false},
		{OfObject([]Field{{Name: "a", Value: OfInt(1)}}, false), true, false},
		{OfList(nil, false), true, false},
	} {
		if got := row.v.AsUntyped(); row.v.Converts() != row.converts || got.Untyped() != row.untyped || got.Literal() != row.v.Literal() {
			t.Errorf("%v: converts %v, untyped %v", row.v.Kind(), row.v.Converts(), got.Untyped())
		}
	}
}

package guard

import (
	"cmp"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A doubt is why something isn't known; of what is known it has no reason.
type doubt struct {
	why string
	at  *value.Origin
}

// or returns the first of two doubts that is one.
func (d doubt) or(e doubt) doubt {
	if d.why != "" {
		return d
	}
	return e
}

// A cell is a world in which policies are read. What it leaves open splits it.
type cell struct {
	world value.World
	split []value.World
	// spent is what the question has taken in all worlds so far, and looked how many statements and cases were looked at in this one.
	spent, looked int
}

// A Budget bounds what the questions of one run take together: policies that AWS would take are far below it, and made ones have no
// end. Without one each question is bounded for itself only. One goroutine asks at a time.
type Budget struct{ spent int }

const (
	// maxSpent bounds the steps of all questions, as maxWork those of one.
	maxSpent = 200_000_000
	// lookCost is what looking at a statement or a case takes, in letters that are compared.
	lookCost = 64
	// passCost is what going past one takes.
	passCost = 4
	// askCost is what a question takes before anything is looked at.
	askCost = 1000
)

// Take counts that some statements are gone through, and reports whether there is time for it.
func (b *Budget) Take(statements int) bool {
	if b == nil {
		return true
	}
	b.spent += passCost * statements
	return !b.exceeded()
}

func (b *Budget) exceeded() bool { return b != nil && b.spent > maxSpent }

// pick returns the arm of a value that is there.
func (c *cell) pick(v value.Value) value.Value {
	for v.Kind() == value.KindChoice {
		c.looked += len(v.Arms())
		var first *value.Arm
		var worlds []value.World
		for _, arm := range v.Arms() {
			if !c.world.Meets(arm.When) {
				continue
			}
			if first == nil {
				first = &arm
			}
			worlds = append(worlds, arm.When)
		}
		if first == nil {
			return value.OfOpaque("")
		}
		c.divide(worlds)
		v = continued(first.Value.MaybeAs(v), v)
	}
	return v
}

// divide splits the world, unless it is split already.
func (c *cell) divide(worlds []value.World) {
	if len(worlds) > 1 && c.split == nil {
		c.split = worlds
	}
}

// holds says whether a truth holds.
func (c *cell) holds(t value.Truth) (tri.Bool, doubt) {
	if known := t.Known(); known != tri.Unknown {
		return known, doubt{}
	}
	c.looked += len(t.Cases())
	var first *value.Case
	var worlds []value.World
	differs := false
	for _, of := range t.Cases() {
		if !c.world.Meets(of.When) {
			continue
		}
		if first == nil {
			first = &of
		}
		differs = differs || of.Holds != first.Holds
		worlds = append(worlds, of.When)
	}
	switch {
	case first == nil:
		return tri.Unknown, doubt{why: "it can't be known before deployment"}
	case differs:
		c.divide(worlds)
	case first.Holds != tri.Unknown:
		return first.Holds, doubt{at: first.Origin}
	}
	return first.Holds, doubt{why: cmp.Or(first.Reason, "it can't be known before deployment"), at: first.Origin}
}

// An outcome is what holds in one world.
type outcome struct {
	holds tri.Bool
	doubt doubt
	// witness is a request that shows it, and by what allows it.
	witness *Request
	by      *rule
}

// inWorlds joins what holds in each world that the policies tell apart, and returns what is to be shown of it: of the first
// world in which it holds, else of the first in which it may.
func inWorlds(b *Budget, ask func(c *cell) outcome) (value.Truth, outcome) {
	w := worlds{ask: ask, budget: b}
	t, _ := w.in(nil)
	if b.exceeded() {
		return value.Unknowable(tooMuch.why, nil), outcome{}
	}
	if w.asked > maxWorlds {
		return value.Unknowable("it depends on too many conditions", nil), outcome{}
	}
	if w.shown == nil {
		return t, outcome{}
	}
	return t, *w.shown
}

// worlds asks one question in each of some worlds.
type worlds struct {
	ask   func(c *cell) outcome
	shown *outcome
	asked int
	spent int
	// budget is what all questions together may take.
	budget *Budget
}

// maxWorlds bounds the worlds in which one question is asked.
const maxWorlds = value.MaxCases

// in asks in a world, or in its parts where what it leaves open matters. It returns also what holds in all of it, if that is
// one.
func (w *worlds) in(world value.World) (value.Truth, *outcome) {
	if w.asked++; w.asked > maxWorlds {
		return value.Unknowable("it depends on too many conditions", nil), nil
	}
	if w.budget.exceeded() {
		return value.Unknowable(tooMuch.why, nil), nil
	}
	c := &cell{world: world, spent: w.spent}
	of := w.ask(c)
	if w.budget != nil {
		w.budget.spent += askCost + c.spent - w.spent + c.looked*lookCost
	}
	w.spent = c.spent
	if len(c.split) == 0 {
		if w.shown == nil || w.shown.rank() < of.rank() {
			w.shown = &of
		}
		return of.truth().When(world), &of
	}
	var parts []value.Truth
	var all *outcome
	same := true
	for _, when := range c.split {
		part, ok := world.And(when)
		if !ok {
			continue
		}
		t, one := w.in(part)
		parts = append(parts, t)
		if len(parts) == 1 {
			all = one
		}
		same = same && one != nil && all != nil && one.holds == all.holds && one.doubt.why == all.doubt.why
	}
	if same && all != nil {
		return all.truth().When(world), all
	}
	return value.Join(parts...), nil
}

// rank orders outcomes by how much they have to show.
func (o *outcome) rank() int {
	switch o.holds {
	case tri.True:
		return 2
	case tri.Unknown:
		return 1
	}
	return 0
}

func (o *outcome) truth() value.Truth {
	if o.holds == tri.Unknown {
		return value.Unknowable(o.doubt.why, o.doubt.at)
	}
	return value.Always(o.holds, o.doubt.at)
}

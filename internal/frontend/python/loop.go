package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// maxIterations bounds the iterations that loops within each other are unrolled to.
const maxIterations = 256

// forStmt interprets a loop. One over a list that is known, which makes no workload, is interpreted element by element. Any
// other is one iteration over any of the elements: unrolling it would make a workload for each element of one constructor,
// and one is what is reported.
func (in *interp) forStmt(n *pyast.For) {
	iter := in.eval(n.Iter)
	inOrder := in.ordered(iter)
	elems, complete := in.elements(iter)
	runs := tri.Unknown
	for _, e := range elems {
		if isThere(e.obj) {
			runs = tri.True
		}
	}
	if complete && len(elems) == 0 {
		runs = tri.False
	}
	known := complete && certain(elems) && len(elems) > 0
	if known && inOrder {
		before := in.held(iter)
		next := func(k int) tri.Bool {
			if in.held(iter) != before {
				known = false // which elements come next hangs on what the body does to the list
				return tri.Unknown
			}
			if k < len(elems) {
				in.assign(n.Target, elems[k].obj)
			}
			return tri.Of(k < len(elems))
		}
		if in.unroll(len(elems), next, n.Body, n.OrElse) {
			return
		}
	}
	var item object = unknown("it takes its value from a loop over " + in.written(n.Iter))
	if known && len(elems) <= maxOptions {
		item = in.anyOf(n, elems)
	}
	fact := value.Fact{
		Var: in.here(n) + " loop", Is: "entered",
		Text: "the loop over " + in.written(n.Iter) + " is entered",
	}
	in.loop(runs, fact, n.Body, n.OrElse, func() { in.assign(n.Target, item) })
}

// held returns what an object holds whose elements Python looks up as it goes over them: a list.
func (in *interp) held(o object) *content {
	if p, ok := o.(*place); ok && p.kind == listPlace && p.form == listForm {
		return in.st.content(p)
	}
	return nil
}

// anyOf returns the element that an iteration is about: any of those that a loop goes over.
func (in *interp) anyOf(n *pyast.For, elems []entry) object {
	if len(elems) == 1 {
		return elems[0].obj
	}
	id := in.here(n) + " item"
	name := in.written(n.Target)
	opts := make([]option, len(elems))
	numbers := make([]string, len(elems))
	for i := range elems {
		numbers[i] = itoa(i + 1)
	}
	for i, e := range elems {
		text := "the loop over " + in.written(n.Iter) + " is at item " + numbers[i]
		if d, ok := e.obj.(datum); ok && d.Kind() == value.KindScalar {
			text = name + " is " + spell(name, d.Value)
		} else if d, ok := in.leading(e.obj); ok && len(elts(n.Target)) > 0 {
			first := in.written(elts(n.Target)[0])
			text = first + " is " + spell(first, d.Value)
		}
		opts[i] = option{value.World{{Var: id, Is: numbers[i], Text: text, Domain: value.Values(numbers)}}, e.obj}
	}
	return choose(opts)
}

// leading returns the first element of a tuple, a plain value, which tells the items of a dict apart.
func (in *interp) leading(o object) (datum, bool) {
	p, ok := o.(*place)
	if !ok || p.kind != listPlace || len(in.st.content(p).entries) == 0 {
		return datum{}, false
	}
	d, ok := in.st.content(p).entries[0].obj.(datum)
	return d, ok && d.Kind() == value.KindScalar
}

// unroll interprets a loop iteration by iteration, if that tells more: false, and nothing has happened, where the loop makes
// workloads, or where whether it goes on isn't known. Next begins the k-th iteration, if there is one.
func (in *interp) unroll(rounds int, next func(k int) tri.Bool, body, orElse []pyast.Stmt) bool {
	outer := in.rounds
	if in.steps > maxSteps/4 || !in.within(rounds) {
		return false
	}
	base, makings := in.st, in.makings
	all, _ := base.fork()
	returns, left := in.frame.returns, in.frame.leaving
	if left != nil {
		in.frame.leaving = &leaving{base: left.base, paths: left.paths[:len(left.paths):len(left.paths)]}
	}
	in.frame.returns = returns[:len(returns):len(returns)]
	in.st = all
	in.quiet++
	in.unrolling++
	done, broke := in.iterations(rounds, next, body)
	if done && !broke && in.st.end == live {
		in.exec(orElse)
	}
	in.unrolling--
	in.quiet--
	in.st, in.rounds = base, outer
	if !done || in.makings != makings {
		in.frame.returns, in.frame.leaving = returns, left
		return false
	}
	if left != nil {
		left.paths = in.frame.leaving.paths
		in.frame.leaving = left
	}
	for k, v := range all.slots {
		base.set(k, v)
	}
	base.path, base.end = all.path, all.end
	return true
}

// within reports whether so many rounds are still to be gone through one by one, beside those of the loops around, and counts
// them until in.rounds is set back.
func (in *interp) within(rounds int) bool {
	all := max(in.rounds, 1) * max(rounds, 1)
	if rounds > maxUnrolled || all > maxIterations {
		return false
	}
	in.rounds = all
	return true
}

// mayMake reports whether calls of a package may make workloads, or stand for what does.
func mayMake(root string) bool {
	switch root {
	case "sagemaker", "sagemaker_core", "boto3", "botocore", "aioboto3", "aiobotocore", "airflow", "aws_cdk", "stepfunctions":
		return true
	}
	return false
}

// iterations interprets the iterations of a loop one after the other. Whether one of them has left the loop is broke; done is
// false where that hangs on what isn't known.
func (in *interp) iterations(rounds int, next func(k int) tri.Bool, body []pyast.Stmt) (done, broke bool) {
	jumps, breaks := in.jumps, in.breaks
	defer func() { in.jumps, in.breaks = jumps, breaks }()
	for k := 0; ; k++ {
		more := tri.Unknown
		ok, stop := true, false
		in.onTurn(k, func() {
			if more = next(k); more == tri.True && k <= rounds {
				ok, stop = in.iteration(body)
			}
		})
		switch {
		case more == tri.False:
			return true, false
		case more == tri.Unknown || !ok || k > rounds || in.steps >= maxSteps/2:
			return false, false
		case stop:
			return true, true
		case in.st.end != live:
			return true, false
		}
	}
}

// iteration interprets one iteration of a loop that is unrolled.
func (in *interp) iteration(body []pyast.Stmt) (ok, broke bool) {
	outer := in.st
	first, _ := outer.fork()
	continues, breaks := &leaving{base: first}, &leaving{base: first}
	in.st, in.jumps, in.breaks = first, continues, breaks
	in.exec(body)
	in.st = outer
	if len(breaks.paths) > 0 {
		return false, false
	}
	broke = first.end == broken
	if broke && len(continues.paths) > 0 {
		return false, false
	}
	if first.end == jumped || broke {
		first.end = live
	}
	var arms []arm
	for _, st := range continues.paths {
		arms = append(arms, arm{st.path, st})
	}
	if first.end == returned {
		// Its result has been kept with the others; of the state nothing goes on.
		first.end = returned
	}
	outer.join(append(arms, arm{first.path, first}), in.leave)
	return true, broke
}

// whileStmt interprets a loop. One whose test is decided each time is unrolled. Of any other it matters only whether it is
// entered at all; the test is looked at ahead: start evaluates it again, as Python does.
func (in *interp) whileStmt(n *pyast.While) {
	next := func(int) tri.Bool {
		t, _ := in.decide(n.Test)
		return t
	}
	runs := tri.Unknown
	in.peek(func() { runs, _ = in.decide(n.Test) })
	if _, forever := n.Test.(*pyast.Constant); !forever && runs != tri.Unknown && in.unroll(maxUnrolled, next, n.Body, n.OrElse) {
		return
	}
	fact := value.Fact{Var: in.here(n) + " loop", Is: "entered", Text: "the loop while " + in.written(n.Test) + " is entered"}
	in.loop(runs, fact, n.Body, n.OrElse, func() { in.eval(n.Test) })
}

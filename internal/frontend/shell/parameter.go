package shell

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// param appends what a parameter comes to.
func (e expansion) param(gs []growing, p *syntax.ParamExp, quoted bool) []growing {
	at := e.f.span(p)
	return e.inEach(gs, func(g growing) []alternative {
		var out []alternative
		for _, a := range e.parameter(e.f.in(g.when), p, at) {
			out = append(out, e.shaped(e.f.in(a.when), p, a, at)...)
		}
		return out
	}, quoted)
}

// parameter returns what the parameter of an expansion holds, as it stands there.
func (x *interpreter) parameter(f *frame, p *syntax.ParamExp, at source.Span) []alternative {
	if p.Param == nil || p.Excl || p.Names != 0 || p.Width {
		return unknowable(f, "it is a variable whose name is known only when the script runs", at)
	}
	name := p.Param.Value
	if a, special := x.special(f, name, at); special {
		return []alternative{a}
	}
	b := f.scope.lookup(name)
	if b == nil {
		a := x.unassigned(name)
		a.when = f.world
		a.words[0].text[0].at = at
		return []alternative{indexed(p, a, at)}
	}
	var out []alternative
	for _, a := range b.alts {
		if when, possible := a.when.And(f.world); possible {
			a.when = when
			a.words = moved(name, a, at)
			out = append(out, indexed(p, a, at))
		}
	}
	return out
}

// moved returns the words of a variable as they stand where it is used.
func moved(name string, a alternative, at source.Span) []field {
	words := make([]field, len(a.words))
	for i, w := range a.words {
		note := told(name, w.text)
		if w.span().IsZero() {
			note = ""
		}
		words[i] = field{text: w.moved(at, note), many: w.many}
	}
	return words
}

func unknowable(f *frame, reason string, at source.Span) []alternative {
	return []alternative{{when: f.world, words: single(part{unknown: value.OfOpaque(reason), at: at})}}
}

// indexed returns the elements of an array that an expansion is about.
func indexed(p *syntax.ParamExp, a alternative, at source.Span) alternative {
	index, known := "0", true
	if p.Index != nil {
		w, ok := p.Index.(*syntax.Word)
		index, known = "", false
		if ok {
			index = w.Lit()
			_, err := strconv.Atoi(index)
			known = err == nil
		}
	}
	switch {
	case index == "@" && a.shapeless:
		return alternative{when: a.when, array: true, shapeless: true, given: a.given, open: a.words[0].reason()}
	case index == "*" && (a.open != "" || slices.ContainsFunc(a.words, isMany)):
		return alternative{when: a.when, given: a.given, words: single(part{unknown: value.OfOpaque(cmp.Or(a.open, "not all of its elements are known")), at: at})}
	case index == "@" || index == "*":
		if index == "*" && len(a.words) > 1 {
			a.words = single(joinedWith(a.words, " ", at)...)
		}
		return a
	case !a.array && known && index == "0":
		return a
	}
	i, _ := strconv.Atoi(index)
	open := a.open
	a.array, a.open = false, ""
	switch {
	case a.shapeless && len(a.words) > 0:
		a.words = single(part{unknown: value.OfOpaque(a.words[0].reason()), at: at})
	case known && i >= 0 && i < len(a.words) && !slices.ContainsFunc(a.words[:i+1], isMany):
		a.words = a.words[i : i+1]
	case known && i >= 0 && open == "" && !slices.ContainsFunc(a.words, isMany):
		a.words = nil
	default:
		if open == "" {
			open = "it is an element of " + p.Param.Value
		}
		a.words = single(part{unknown: value.OfOpaque(open), at: at})
	}
	return a
}

// joinedWith returns words side by side. Where there may be none, there is no separator either.
func joinedWith(words []field, separator string, at source.Span) text {
	var out text
	for i, w := range words {
		if i > 0 && separator != "" && !w.many && !words[i-1].many {
			out = append(out, part{known: separator, at: at, quoted: true})
		}
		if w.many {
			out = append(out, part{unknown: value.OfOpaque(w.reason()), at: at})
			continue
		}
		out = append(out, w.text...)
	}
	return out
}

func isMany(w field) bool { return w.many }

// special returns what a parameter holds that the shell sets; false where it is a variable.
func (x *interpreter) special(f *frame, name string, at source.Span) (alternative, bool) {
	opaque := func(reason string) (alternative, bool) {
		return alternative{when: f.world, given: true, words: single(part{unknown: value.OfOpaque(reason), at: at})}, true
	}
	switch name {
	case "@", "*":
		a := alternative{when: f.world, array: true, words: f.args}
		if f.argsUnknown != "" {
			a.open = f.argsUnknown
			a.given = true
		}
		if name == "*" {
			a.words = single(joinedWith(a.words, " ", at)...)
			if a.open != "" {
				return opaque(a.open)
			}
		}
		f.last = at
		return a, true
	case "#", "?", "$", "!", "-", "_":
		return opaque("$" + name + " is known only when the script runs")
	case "0":
		return opaque("$0 is known only when the script runs")
	}
	n, err := strconv.Atoi(name)
	if err != nil {
		return alternative{}, false
	}
	switch {
	case n <= len(f.args) && slices.ContainsFunc(f.args[:n], isMany):
		return opaque("$" + name + " is an argument of " + f.argsOf())
	case n <= len(f.args):
		return alternative{when: f.world, words: f.args[n-1 : n]}, true
	case f.argsUnknown != "", slices.ContainsFunc(f.args, isMany):
		return opaque("$" + name + " is an argument of " + f.argsOf())
	}
	return alternative{when: f.world}, true
}

// shaped applies an expansion's operator (${a:-b}, ${a%b}) to what its parameter holds.
func (x *interpreter) shaped(f *frame, p *syntax.ParamExp, a alternative, at source.Span) []alternative {
	switch {
	case p.Exp != nil && (p.Exp.Op <= syntax.AlternateUnsetOrNull && p.Exp.Op >= syntax.AlternateUnset || defaults(p.Exp.Op)):
		return x.conditional(f, p, a, at)
	case p.Length, p.Slice != nil, p.Repl != nil, p.Exp != nil:
		return []alternative{computed(p, a, at)}
	}
	return []alternative{a}
}

// defaults reports whether an operator has a word for what isn't set.
func defaults(op syntax.ParExpOperator) bool {
	switch op {
	case syntax.DefaultUnset, syntax.DefaultUnsetOrNull, syntax.AssignUnset, syntax.AssignUnsetOrNull,
		syntax.ErrorUnset, syntax.ErrorUnsetOrNull, syntax.AlternateUnset, syntax.AlternateUnsetOrNull:
		return true
	}
	return false
}

// Whether a variable has a value.
const (
	unset = iota
	empty
	something
	undecided
)

func state(a alternative) int {
	if len(a.words) == 0 {
		if a.open != "" {
			return undecided
		}
		return unset
	}
	nothing := true
	if a.words[0].many {
		return undecided
	}
	for _, p := range a.words[0].text {
		switch {
		case p.isKnown() && p.known != "":
			return something
		case !p.isKnown():
			nothing = false
		}
	}
	if nothing && len(a.words) == 1 {
		return empty
	}
	return undecided
}

// conditional applies an operator that asks whether a variable is set.
func (x *interpreter) conditional(f *frame, p *syntax.ParamExp, a alternative, at source.Span) []alternative {
	op := p.Exp.Op
	s := state(a)
	null := op == syntax.DefaultUnsetOrNull || op == syntax.AssignUnsetOrNull || op == syntax.ErrorUnsetOrNull || op == syntax.AlternateUnsetOrNull
	missing := s == unset || s == empty && null
	switch op {
	case syntax.AlternateUnset, syntax.AlternateUnsetOrNull:
		return x.instead(f, p, a, s, missing)
	case syntax.ErrorUnset, syntax.ErrorUnsetOrNull:
		if s == undecided && !a.array {
			reason := a.words[0].reason()
			a.words = single(part{unknown: value.OfPresent(reason), at: at, via: a.words[0].via()})
		}
		return []alternative{a}
	}
	assigned := !null && f.scope.lookup(p.Param.Value) != nil // so that it is set, if only to nothing
	if s == something || s == undecided && (!a.given || assigned) || s == empty && !null {
		return []alternative{a}
	}
	var out []alternative
	for _, d := range x.text(f, p.Exp.Word) {
		t := d.words[0].text
		if !missing && state(d) != something {
			return []alternative{a} // a default that is empty is none
		}
		if s == undecided {
			name := p.Param.Value
			note := "the default of " + name + " is set here"
			if text, known := t.literal(); known && !secretName(name) {
				note = "the default of " + name + " is " + literal.Quoted(text)
			}
			t = t.moved(at, note)
		}
		out = append(out, alternative{when: d.when, words: []field{{text: t}}, given: a.given})
	}
	if (op == syntax.AssignUnset || op == syntax.AssignUnsetOrNull) && len(out) > 0 {
		x.bindings++
		f.scope.vars[p.Param.Value] = &binding{alts: out, id: x.bindings}
	}
	return out
}

// instead is ${a:+b}: something else where the variable is set.
func (x *interpreter) instead(f *frame, p *syntax.ParamExp, a alternative, s int, missing bool) []alternative {
	switch {
	case missing:
		return []alternative{{when: a.when, words: single()}}
	case s != undecided:
		return x.text(f, p.Exp.Word)
	}
	fact := x.isEmpty(f, p.Param.Value)
	var out []alternative
	if when, possible := a.when.And(value.World{fact.Not()}); possible {
		for _, d := range x.text(f.in(when), p.Exp.Word) {
			out = append(out, alternative{when: d.when, words: d.words})
		}
	}
	if when, possible := a.when.And(value.World{fact}); possible {
		out = append(out, alternative{when: when, words: single()})
	}
	return out
}

// isEmpty is the fact that a variable has no value.
func (x *interpreter) isEmpty(f *frame, name string) value.Fact {
	return x.comparison(f, name, "")
}

// comparison is the fact that a variable has a value.
func (x *interpreter) comparison(f *frame, name, is string) value.Fact {
	id := 0
	if b := f.scope.lookup(name); b != nil {
		id = b.id
	}
	shown := literal.Quoted(is)
	if secretName(name) && is != "" {
		shown = "what it is compared with"
	}
	return value.Fact{
		Var:  "shell:" + x.unit + ":" + f.variable(name) + ":" + strconv.Itoa(id),
		Is:   "=" + is,
		Text: name + " is " + shown,
	}
}

// maxComputed bounds the texts that an expansion computes with.
const maxComputed = 1 << 16

// computed applies an operator to a known text: the parser's library knows what it comes to. Of anything else nothing is
// known.
func computed(p *syntax.ParamExp, a alternative, at source.Span) alternative {
	unknown := alternative{when: a.when, given: a.given, shapeless: a.shapeless, words: single(part{
		unknown: value.OfOpaque("it is computed from " + p.Param.Value), at: at})}
	if len(a.words) == 1 {
		if reason := a.words[0].reason(); reason != "" {
			unknown.words[0].text[0].unknown = value.OfOpaque(reason)
		}
		unknown.words[0].text[0].via = a.words[0].via()
	}
	if len(a.words) != 1 || a.words[0].many || a.open != "" || a.array || p.Index != nil || !simple(p) {
		return unknown
	}
	s, known := a.words[0].literal()
	if !known || len(s) > maxComputed {
		return unknown
	}
	env := expand.FuncEnviron(func(name string) string {
		if name == p.Param.Value {
			return s
		}
		return ""
	})
	short := *p
	result, err := expand.Literal(&expand.Config{Env: env}, &syntax.Word{Parts: []syntax.WordPart{&short}})
	if err != nil || len(result) > maxText {
		return unknown
	}
	return alternative{when: a.when, given: a.given, words: single(part{known: result, at: at, via: a.words[0].via()})}
}

// simple reports whether nothing but literals stands in an expansion.
func simple(p *syntax.ParamExp) bool {
	ok := true
	root := true
	syntax.Walk(p, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.ParamExp:
			ok = ok && root
			root = false
		case *syntax.CmdSubst, *syntax.ArithmExp, *syntax.ProcSubst, *syntax.ExtGlob:
			ok = false
		case *syntax.Lit:
			ok = ok && len(n.Value) < 64 && !strings.Contains(n.Value, holeBegin)
		}
		return ok
	})
	return ok && (p.Exp == nil || p.Exp.Op != syntax.OtherParamOps)
}

// arithmetic returns what $((...)) comes to, which is known of plain numbers only.
func (e expansion) arithmetic(a *syntax.ArithmExp, quoted bool) text {
	at := e.f.span(a)
	return text{{unknown: value.OfPresent("it is computed when the script runs"), at: at, quoted: quoted}}
}

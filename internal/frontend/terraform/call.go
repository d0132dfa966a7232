package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// call evaluates a function call. What keeps or moves its arguments (concat, merge, lookup) works on what is partly
// known; what computes (format, cidrsubnet) on what is known; the rest is opaque, with the arguments' references.
func (ev *evaluator) call(e *hclsyntax.FunctionCallExpr, sc *scope) outcome {
	name := strings.TrimPrefix(e.Name, "core::")
	var o outcome
	switch name {
	case "try":
		o = ev.try(e, sc)
		o.Value = spanned(o.Value, ev.span(e.Range()))
		return o
	case "can":
		o = ev.can(e, sc)
		o.Value = ev.origins.Use(o.Value, ev.span(e.Range()))
		return o
	}
	if o, ok := ev.recoded(e, sc); ok {
		return o
	}
	bottom := len(ev.operands)
	defer func() { ev.operands = ev.operands[:bottom] }()
	args, ok := ev.arguments(e, sc)
	if !ok && !takesMore(name) {
		o = unknown("the number of arguments is not known", args...)
	} else if o, ok = ev.fromFiles(name, e, args, sc); !ok {
		o = ev.apply(name, args)
	}
	if chooses(name) && (o.Origin() != nil || o.Kind() == value.KindChoice) {
		o.Value = ev.origins.Use(o.Value, ev.span(e.Range()))
		return o
	}
	if gathers(name) && (len(o.Elems()) > 0 || len(o.Fields()) > 0) && o.Kind() != value.KindChoice {
		o.Value = ev.origins.From(o.Value, ev.span(e.Range()))
		return o
	}
	o.Value = ev.derived(o.Value, ev.span(e.Range()), args...)
	return o
}

// gathers reports whether a function puts the members of its arguments together: each keeps the trace of the argument that
// it came with, and that of no other.
func gathers(name string) bool { return name == "merge" || name == "concat" }

// chooses reports whether a function returns one of its arguments, or of their members, as it is: its trace is that of
// what it chose.
func chooses(name string) bool {
	switch name {
	case "lookup", "coalesce", "coalescelist", "element", "one":
		return true
	}
	return false
}

// arguments evaluates a call's arguments, which are gone with the call; false where the last, a list that is spread, may be of any length.
func (ev *evaluator) arguments(e *hclsyntax.FunctionCallExpr, sc *scope) ([]outcome, bool) {
	bottom := len(ev.operands)
	for _, a := range e.Args {
		o := ev.eval(a, sc)
		ev.operands = append(ev.operands, o)
	}
	args := slices.Clip(ev.operands[bottom:])
	if !e.ExpandFinal || len(args) == 0 {
		return args, true
	}
	last := args[len(args)-1]
	if !exact(last.Value) {
		args[len(args)-1] = ended(value.OfOpaque(reasonOf("the arguments are not known", last), last.Refs()...), tri.Unknown)
		return args, false
	}
	args = args[:len(args)-1]
	for _, el := range last.Elems() {
		args = append(args, ended(el, last.fails))
	}
	switch {
	case len(last.Elems()) > 0 || last.fails == tri.False:
	case len(args) > 0:
		args[0] = args[0].orFails(last.fails)
	default:
		return []outcome{ended(value.OfOpaque("the arguments are not known", last.Refs()...), last.fails)}, false // none of them tells that it fails
	}
	return args, true
}

// takesMore reports whether a function treats any number of arguments as one argument that isn't known.
func takesMore(name string) bool {
	switch name {
	case "concat", "merge", "coalesce", "coalescelist", "setunion":
		return true
	}
	return false
}

func (ev *evaluator) apply(name string, args []outcome) outcome {
	run := func(args []outcome) outcome {
		fails := anyFails(args...)
		for i := range args {
			args[i] = ev.forced(args[i])
		}
		if len(args) == 1 && (name == "keys" || name == "values" || name == "length") {
			if o, ok := ev.listed(name, args[0]); ok {
				return o
			}
		}
		if name == "split" {
			if o, ok := splitUnknown(args); ok {
				return o
			}
		}
		if o, ok := shaped(name, args); ok {
			return o.orFails(fails)
		}
		if f := builtin(name); f != nil {
			return f(args).orFails(fails)
		}
		f, ok := ev.library[name]
		switch {
		case !ok:
			return unknown(name+"() is known only when terraform runs", args...)
		case tooCostly(name, args):
			return unknown("it is too large to compute", args...)
		}
		o := compute(f, args...)
		if name == "yamlencode" && len(args) == 1 && o.fails != tri.True && o.Kind() == value.KindOpaque {
			return ended(yamlEncode(args[0].Value), o.fails)
		}
		return o
	}
	switch {
	case name == "concat":
		return concatOutcome(args)
	case name == "merge" && worldsOf(args) > maxWorlds:
		for i, a := range args {
			args[i] = mingled(a)
		}
	}
	return distribute(args, run)
}

// try is the first argument that doesn't fail. Where that can't be known, each is what it is in the world in which those
// before it fail.
func (ev *evaluator) try(e *hclsyntax.FunctionCallExpr, sc *scope) outcome {
	if len(e.Args) == 0 || e.ExpandFinal {
		return ev.unmodelled(e, sc)
	}
	type alternative struct {
		outcome
		fact value.Fact
	}
	var alts []alternative
	var last *outcome
	for _, a := range e.Args {
		o := ev.eval(a, sc)
		if o.fails == tri.True {
			continue
		}
		if o.fails == tri.False {
			last = &o
			break
		}
		alts = append(alts, alternative{o, ev.canFact(a, sc)})
	}
	if last == nil && len(alts) == 0 {
		return failed("every argument of try fails")
	}
	var all []outcome
	opaque := false
	for _, a := range alts {
		all = append(all, a.outcome)
		opaque = opaque || !a.decided() && a.Kind() == value.KindOpaque
	}
	fails := tri.Unknown
	if last != nil {
		all = append(all, *last)
		fails = tri.False
	}
	if len(all) == 1 {
		return ended(all[0].Value, fails)
	}
	if opaque {
		// Nothing says which of them it is, nor that the one that isn't known is set.
		return ended(value.OfOpaque(reasonOf("it is one of several", all...), refsOf(all)...), fails)
	}
	var arms []value.Arm
	rest := []value.World{nil}
	for _, a := range alts {
		var remaining []value.World
		for _, w := range rest {
			for _, p := range a.alternatives(a.fact) {
				when, ok := w.And(p.when)
				switch {
				case !ok:
				case p.fails == tri.True:
					remaining = append(remaining, when)
				default:
					arms = append(arms, value.Arm{When: when, Value: p.value})
				}
			}
		}
		rest = remaining
	}
	if last != nil {
		for _, w := range rest {
			arms = append(arms, value.Arm{When: w, Value: last.Value})
		}
	}
	o := ended(value.OfChoice(arms), fails)
	if len(rest) > 0 && last == nil && o.Kind() == value.KindChoice {
		var parts []part
		for _, a := range o.Arms() {
			parts = append(parts, part{a.When, a.Value, tri.False})
		}
		for _, w := range rest {
			parts = append(parts, part{w, value.OfOpaque("every argument of try fails", refsOf(all)...), tri.True})
		}
		o.more = &more{parts: parts}
	}
	return o
}

// alternatives returns the worlds of an outcome that may fail: those that are known, else one in which it doesn't and one
// in which it does.
func (o outcome) alternatives(can value.Fact) []part {
	if o.decided() {
		out := make([]part, len(o.parts()))
		for i, p := range o.parts() {
			if p.value.Origin() == nil || noted(p.value.Origin()) == nil && o.Origin() != nil {
				p.value = p.value.WithOrigin(o.Origin())
			}
			out[i] = p
		}
		return out
	}
	return []part{
		{value.World{can}, o.Value, tri.False},
		{value.World{can.Not()}, value.Value{}, tri.True},
	}
}

// canFact is the fact that an expression doesn't fail.
func (ev *evaluator) canFact(e hclsyntax.Expression, sc *scope) value.Fact {
	key, text := ev.identity(e, sc)
	return value.Fact{Var: key + "!", Is: "true", Text: "can(" + text + ") is true"}
}

func (ev *evaluator) can(e *hclsyntax.FunctionCallExpr, sc *scope) outcome {
	if len(e.Args) != 1 || e.ExpandFinal {
		return ev.unmodelled(e, sc)
	}
	o := ev.eval(e.Args[0], sc)
	if o.fails != tri.Unknown {
		return sure(value.OfBool(o.fails == tri.False))
	}
	if !o.decided() {
		b := split(ev.canFact(e.Args[0], sc))
		return ended(b.Value, tri.False)
	}
	var arms []value.Arm
	for _, p := range o.parts() {
		arms = append(arms, value.Arm{When: p.when, Value: value.OfBool(p.fails == tri.False)})
	}
	return sure(value.OfChoice(arms))
}

// maxCount bounds the numbers that functions make texts and lists of.
const maxCount = 4096

// tooCostly reports whether a function could make far more of its arguments than they are.
func tooCostly(name string, args []outcome) bool {
	size := 0
	if len(args) == 0 {
		return false
	}
	for _, a := range args {
		size += len(a.Literal())
	}
	switch name {
	case "format", "formatlist":
		return len(args) > 0 && wideVerb(args[0].Literal())
	case "indent":
		n, _ := args[0].AsInt()
		return n > maxCount
	case "replace":
		return size > 1<<16
	case "setproduct":
		product := 1
		for _, a := range args {
			if product *= max(1, len(a.Elems())); product > maxCount {
				return true
			}
		}
	case "jsondecode", "yamldecode":
		text := args[0].Literal()
		deep := strings.Count(text, "[")+strings.Count(text, "{") > maxCount || size > maxTextBytes
		// Aliases repeat what they name, so that a short text may be a long value.
		return deep || name == "yamldecode" && (strings.Contains(text, "*") && strings.Contains(text, "&") || deepYAML(text))
	case "pow":
		return false
	}
	return size > maxTextBytes
}

// maxYAMLCost bounds the bytes of YAML times the levels that they may nest: its parser looks at every level for every
// token.
const maxYAMLCost = 1 << 25

// deepYAML reports whether YAML may take long to parse. Each column that a line is indented by, the markers of lists among
// them, may be a level, and so may each bracket.
func deepYAML(text string) bool {
	indent, brackets, deepest := 0, 0, 0
	for line := range strings.Lines(text) {
		indent = max(indent, len(line)-len(strings.TrimLeft(line, " \t-?")))
	}
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			brackets++
			deepest = max(deepest, brackets)
		case ']', '}':
			brackets = max(brackets-1, 0)
		}
	}
	return (indent+deepest)*len(text) > maxYAMLCost
}

// wideVerb reports whether a format has a width or precision that makes a text longer than anyone means.
func wideVerb(format string) bool {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		j := i + 1
		for j < len(format) && strings.IndexByte("+-# 0123456789.*[]", format[j]) >= 0 {
			j++
		}
		for _, digits := range strings.FieldsFunc(format[i+1:j], func(r rune) bool { return r < '0' || r > '9' }) {
			if n, err := strconv.Atoi(digits); err != nil || n > maxCount {
				return true
			}
		}
		if strings.Contains(format[i+1:j], "*") {
			return true
		}
		i = j
	}
	return false
}

package jobconfig

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// The names of the Amazon States Language that the reader looks at: https://states-language.net/spec.html
const (
	startAt       = "StartAt"
	states        = "States"
	queryLanguage = "QueryLanguage"
	jsonata       = "JSONata"
	parameters    = "Parameters"
	arguments     = "Arguments"
)

// stateMarks are words of which every definition holds one that starts something of SageMaker's.
var stateMarks = []string{sageMaker + "create", sageMaker + "startPipeline"}

// statesReader finds state machines whose tasks ask SageMaker for something: a definition by itself, under a key, or as a
// text in what creates the state machine.
func statesReader() reader {
	return reader{
		marks:   stateMarks,
		telling: append([]string{startAt}, machineTextKeys...),
		claims:  func(n, _ *doctree.Node) bool { return isMachine(n) || machineText(n) != nil },
		read:    readStatesFile,
		certain: certainStates,
		fills:   true,
	}
}

// isMachine reports whether a mapping is a definition, at whatever level: that of a Map or Parallel state looks the same.
func isMachine(n *doctree.Node) bool {
	all := n.Get(states)
	return n.Get(startAt) != nil && all != nil && (all.Kind == doctree.Mapping || all.Tag != "")
}

// readStatesFile reads a definition that stands in a file. It is often a template, whose placeholders are filled in before it
// is deployed (DefinitionSubstitutions, templatefile).
func readStatesFile(p place) []resource.Raw {
	r := statesReading{template: true}
	switch text := machineText(p.node); {
	case isMachine(p.node):
		r.at = p.node.Span.FirstLine()
		r.machine(verbatim(p.node), false, nil, "")
	case describesMachine(p.node):
		return nil
	default:
		r.at = text.Span.FirstLine()
		r.machine(statesText(text), false, nil, "")
	}
	if r.large {
		p.report(frontend.Unreadable(r.at, tooManyStates))
	}
	return r.raws(p.names, resource.Raw{
		Addr: value.Address{Unit: p.file.Path}, Subject: p.file.Path, Exists: value.Yes(),
	})
}

// readStatesBody reads the definition of a state machine that another front-end found.
func readStatesBody(b frontend.Body) []resource.Raw {
	r := statesReading{at: b.Owner.Span}
	r.machine(b.Value.FromJSON(), false, nil, "")
	return r.raws(&frontend.Names{}, b.Owner)
}

// tooLongStates says why a definition in another resource is not read.
var tooLongStates = fmt.Sprintf("the state machine's definition is larger than %d MiB, not read", value.MaxJSON>>20)

// tooManyStates says why states were left out.
var tooManyStates = fmt.Sprintf("the state machine's definition has more than %d members, not all of its states are read", value.MaxSize)

// brokenStates reports a body that calls SageMaker and is no JSON, which Step Functions refuses, or more than is read.
func brokenStates(b frontend.Body) []finding.Finding {
	message := "the state machine's definition is no valid JSON"
	v := b.Value.FromJSON()
	r := statesReading{at: b.Owner.Span}
	if r.machine(v, false, nil, ""); r.large {
		message = tooManyStates
	} else if text, known := v.AsString(); !known || !certainStates([]byte(text)) {
		return nil
	} else if len(text) > value.MaxJSON {
		message = tooLongStates
	}
	at := b.Owner.Span
	if o := b.Value.Origin(); o != nil && !o.Span.IsZero() {
		at = o.Span
	}
	return []finding.Finding{frontend.Unreadable(at.FirstLine(), message)}
}

// A statesReading is the reading of one definition.
type statesReading struct {
	// template says that texts may hold placeholders: in a body they are filled in already.
	template bool
	// at is where a state stands that has no place of its own.
	at    source.Span
	tasks []task
	// large says that states were left out since they are more than a value holds.
	large bool
}

// A task is a state that sends a request, as it is in some worlds.
type task struct {
	name, operation string
	request         value.Value
	when            value.World
	// doubt is why it may not be there, if its branch is one that may be left out.
	doubt string
}

// machine reads a definition, or one of those of a Map or Parallel state. Trees are at most doctree.MaxDepth deep, and texts
// less, and so is the recursion. States are read whether or not a transition leads to them: Step Functions refuses those that
// nothing leads to, so that one is either reached or a slip.
func (r *statesReading) machine(v value.Value, inherited bool, when value.World, doubt string) {
	for _, arm := range v.Arms() {
		when, possible := when.And(arm.When)
		r.large = r.large || arm.Value.TooLarge()
		if !possible || arm.Value.Kind() != value.KindObject {
			continue
		}
		language := speaksJSONata(arm.Value, inherited)
		for _, all := range arm.Value.Attr(states).Arms() {
			when, possible := when.And(all.When)
			r.large = r.large || all.Value.TooLarge()
			if !possible {
				continue
			}
			doubt := cmp.Or(doubt, why(arm.Value, all.Value))
			for _, f := range all.Value.Fields() {
				if last, _ := all.Value.Field(f.Name); last.Key == f.Key {
					r.state(f, language, when, doubt)
				}
			}
		}
	}
}

// speaksJSONata reports whether expressions are JSONata's, which a machine says for all of its states, or a state for itself.
func speaksJSONata(v value.Value, inherited bool) bool {
	if word, known := v.Attr(queryLanguage).AsString(); known {
		return word == jsonata
	}
	return inherited
}

// why returns why one of several values may not be there; empty where all are.
func why(vs ...value.Value) string {
	for _, v := range vs {
		if v.MayBeMissing() {
			if reason := v.WhyMissing(); reason != "" {
				return reason
			}
			return "it may not be there"
		}
	}
	return ""
}

func (r *statesReading) state(f value.Field, machine bool, when value.World, doubt string) {
	for _, arm := range f.Value.Arms() {
		when, possible := when.And(arm.When)
		r.large = r.large || arm.Value.TooLarge()
		if !possible || arm.Value.Kind() != value.KindObject {
			continue
		}
		s := arm.Value
		doubt := cmp.Or(doubt, why(s))
		for _, inner := range [...]string{"Iterator", "ItemProcessor"} {
			r.machine(s.Attr(inner), machine, when, doubt)
		}
		for _, branches := range s.Attr("Branches").Arms() {
			r.large = r.large || branches.Value.TooLarge()
			if w, possible := when.And(branches.When); possible {
				for _, branch := range branches.Value.Elems() {
					r.machine(branch, machine, w, doubt)
				}
			}
		}
		if typ, known := s.Attr("Type").AsString(); known && typ != "Task" {
			continue
		}
		var request value.Value
		for _, res := range s.Attr("Resource").Arms() {
			w, possible := when.And(res.When)
			op := sageMakerOperation(res.Value)
			if op == "" || !possible {
				continue
			}
			if request.Kind() == value.KindAbsent {
				header := r.header(f)
				request = r.request(s, speaksJSONata(s, machine)).Map(func(v value.Value) value.Value { return v.From(header) }).From(header)
			}
			r.tasks = append(r.tasks, task{f.Name, op, request, w, doubt})
		}
	}
}

// header returns where a state has its name.
func (r *statesReading) header(f value.Field) source.Span {
	switch o := f.Value.Origin(); {
	case !f.Key.IsZero():
		return f.Key
	case o != nil && !o.Span.IsZero():
		return o.Span.FirstLine()
	}
	return r.at
}

// raws returns the requests as resources of an owner. A state that is there in each of several worlds is one resource.
func (r *statesReading) raws(used *frontend.Names, owner resource.Raw) []resource.Raw {
	var out []resource.Raw
	for _, group := range r.groups() {
		first := group[0]
		exists := owner.Exists
		if len(first.when) > 0 {
			worlds := make([]value.Truth, len(group))
			for i, t := range group {
				worlds[i] = value.In(t.when)
			}
			exists = exists.And(value.AnyOf(worlds...))
		}
		if first.doubt != "" {
			exists = exists.And(value.Unknowable(first.doubt, first.request.Origin()))
		}
		props := first.request
		if len(group) > 1 {
			arms := make([]value.Arm, len(group))
			for i, t := range group {
				arms[i] = value.Arm{When: t.when, Value: t.request}
			}
			props = value.OfChoice(arms).WithOrigin(first.request.Origin())
		}
		name := first.name
		if !printable(name) {
			name = first.operation
		}
		name = used.Unique(name)
		raw := resource.Raw{
			Dialect: resource.API, Type: first.operation, Unit: owner.Unit, Via: owner.Via, Range: owner.Range,
			Addr:    value.Address{Unit: owner.Addr.Unit, Name: name},
			Subject: owner.Subject + ":" + name,
			Exists:  exists, Props: props, Span: first.request.Origin().Span.FirstLine(),
		}
		if owner.Addr.Name != "" {
			raw.Addr.Name = owner.Addr.Name + ":" + name
		}
		out = append(out, raw)
	}
	return out
}

// groups returns the tasks, those of one name that exclude each other together.
func (r *statesReading) groups() [][]task {
	var out [][]task
	at := map[string][]int{}
next:
	for _, t := range r.tasks {
		if len(t.when) > 0 {
			key := t.operation + " " + t.name
		groups:
			for _, i := range at[key] {
				if len(out[i]) == value.MaxArms {
					continue
				}
				for _, other := range out[i] {
					if t.when.Meets(other.when) {
						continue groups
					}
				}
				out[i] = append(out[i], t)
				continue next
			}
			at[key] = append(at[key], len(out))
		}
		out = append(out, []task{t})
	}
	return out
}

// printable reports whether a name can stand in a subject.
func printable(name string) bool {
	return name != "" && len(name) <= longestName && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7F })
}

// certainStates reports whether the bytes of a broken file have the keys of a state machine, and of nothing that holds one as a
// part of something else. That it calls SageMaker its marks say.
func certainStates(content []byte) bool {
	if !newWords(stateMarks).in(content) {
		return false
	}
	content = content[:min(len(content), maxUnreadable)]
	if !hasKey(content, startAt) || !hasKey(content, states) {
		return false
	}
	for _, keys := range lookalikes {
		if part := keys[0] == "Type" && keys[1] != "Properties"; !part && hasKeys(content, keys) {
			return false
		}
	}
	return true
}

package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A document is a policy, of which those statements are looked at that are for a creation.
type document struct {
	statements []statement
	// complete says in which worlds it has no others.
	complete value.Truth
}

// A statement is one that is for a creation.
type statement struct {
	*guard.Statement
	// index is its place in its policy.
	index int
	// on says of each creation in which worlds the statement is for it, and where.
	on []guard.Fact
	// everywhere says that it is for every resource.
	everywhere bool
	// allows says that it may be an Allow, and guards in which worlds it is a guard.
	allows bool
	guards value.Truth
	// budget is what all questions on the tree's policies take together.
	budget *guard.Budget
}

func (r *identityReader) read(d *model.PolicyDocument) *document {
	if known, ok := r.documents[d]; ok {
		return known
	}
	all := guard.Read(d.Document.Value, nil)
	out := &document{complete: all.Complete}
	for i := range all.Statements {
		// One with a principal is no identity's.
		if st := &all.Statements[i]; st.Principals.Kind() == value.KindAbsent && r.concerns(st) && r.reaches(st) {
			out.statements = append(out.statements, r.statement(st, i))
		}
	}
	r.documents[d] = out
	return out
}

// allows reports whether a document may allow a creation.
func (d *document) allows() bool {
	return d.complete.Known() != tri.True || slices.ContainsFunc(d.statements, func(st statement) bool { return st.allows })
}

// concerns reports whether a statement may be for a creation, as most aren't: a first look is enough for those.
func (r *identityReader) concerns(s *guard.Statement) bool {
	return s.MayBeForAny(r.lower)
}

// reaches reports whether a statement may be for resources of SageMaker's, and takes those of other services out of it that are
// named by reference: what their ARNs are isn't known, and whose they are is.
func (r *identityReader) reaches(s *guard.Statement) bool {
	if s.Resources.Not {
		return true
	}
	v := s.Resources.Value
	if v.Kind() != value.KindList {
		return !r.foreign(v)
	}
	own := slices.DeleteFunc(slices.Clone(v.Elems()), r.foreign)
	if len(own) < len(v.Elems()) {
		list := value.OfList(own, false)
		if v.Open() {
			list = value.OfOpenList(own, v.Reason(), v.Refs()...)
		}
		s.Resources.Value = list.WithOrigin(v.Origin())
	}
	return len(own) > 0 || v.Open()
}

// foreign reports whether a text begins with the ARN of a resource of the tree that isn't SageMaker's.
func (r *identityReader) foreign(v value.Value) bool {
	parts := v.Parts()
	if len(parts) == 0 {
		return false
	}
	ref, ok := parts[0].Symbol()
	if !ok || !strings.EqualFold(ref.Attr, "arn") {
		return false
	}
	raw := r.declared(ref.Addr)
	if raw == nil || raw.Unread != "" {
		return false
	}
	typ := strings.ToLower(raw.Type)
	return !strings.Contains(typ, "sagemaker") && (strings.HasPrefix(typ, "aws") || strings.HasPrefix(typ, "data.aws"))
}

func (r *identityReader) statement(s *guard.Statement, index int) statement {
	st := statement{Statement: s, index: index, budget: &r.budget, guards: value.No(), allows: s.Allows().Possible()}
	st.everywhere = !s.Resources.Not && s.EveryResource().Holds.Known() == tri.True
	st.on = s.Actions.TouchesEach(r.actions)
	if s.Denies().Possible() {
		for i := range creations {
			if len(s.Conditions) == 0 || st.guards.Known() == tri.True {
				break
			}
			st.guards = st.guards.Or(st.guardsAction(i))
		}
	}
	return st
}

// guardsAction says in which worlds a statement forbids a creation without a VPC.
func (st *statement) guardsAction(i int) value.Truth {
	some := value.No()
	if st.on[i].Holds.Possible() {
		for _, key := range vpcKeys {
			if some.Known() == tri.True {
				break
			}
			some = some.Or(st.Guards(st.budget, sagemakerPrefix+creations[i], key))
		}
	}
	return some
}

// anything is a statement that allows everything, in the place of those that aren't seen.
func (r *identityReader) anything(holds value.Truth) *statement {
	all := value.OfString("*")
	fields := []value.Field{{Name: "Effect", Value: value.OfString("Allow")}, {Name: "Action", Value: all}, {Name: "Resource", Value: all}}
	d := guard.Read(value.OfObject([]value.Field{{Name: "Statement", Value: value.OfObject(fields, false)}}, false), nil)
	d.Statements[0].Holds = holds
	st := r.statement(&d.Statements[0], unseenIndex)
	return &st
}

// unseenIndex is the place of statements that aren't seen.
const unseenIndex = -1

// surroundings are what has a say in all that a principal may do.
type surroundings struct {
	denies []held
	bounds [][]held
	// complete says in which worlds nothing else has.
	complete value.Truth
	guards   []held
	guarded  value.Truth
}

// A held is a statement of a policy that somebody has in some worlds.
type held struct {
	network.HeldPolicy
	*statement
}

// within is the statement as part of what its holder has.
func (h *held) within() guard.Statement {
	st := *h.statement.Statement
	st.Holds = st.Holds.And(h.HeldPolicy.Holds)
	return st
}

// none reports whether nothing has a say.
func (s *surroundings) none() bool {
	return len(s.denies)+len(s.bounds) == 0 && s.complete.Known() == tri.True
}

func (r *identityReader) surroundings(who *network.Principal) *surroundings {
	s := &surroundings{complete: who.PoliciesComplete.And(who.BoundariesComplete), guarded: value.No()}
	for _, h := range who.Policies {
		s.deny(h, r.read(h.PolicyDocument))
	}
	for _, h := range who.Boundaries {
		d := r.read(h.PolicyDocument)
		s.bounds = append(s.bounds, r.bounding(h, d))
		s.guard(h, d)
	}
	return s
}

// deny adds what a document denies to who has it.
func (s *surroundings) deny(h network.HeldPolicy, d *document) {
	s.guard(h, d)
	for i := range d.statements {
		if st := &d.statements[i]; st.Denies().Possible() {
			s.denies = append(s.denies, held{h, st})
		}
	}
}

// guard takes note of the statements that are guards.
func (s *surroundings) guard(h network.HeldPolicy, d *document) {
	s.complete = s.complete.And(d.complete.Or(h.Holds.Not()))
	for i := range d.statements {
		if st := &d.statements[i]; st.guards.Possible() {
			s.guards = append(s.guards, held{h, st})
			s.guarded = s.guarded.Or(st.guards.And(h.Holds))
		}
	}
}

// bounding is the level of a boundary that a principal has in some worlds: in the others everything is within it.
func (r *identityReader) bounding(h network.HeldPolicy, d *document) []held {
	var level []held
	for i := range d.statements {
		level = append(level, held{h, &d.statements[i]})
	}
	if h.Holds.Known() != tri.True {
		level = append(level, held{network.HeldPolicy{Holds: value.Yes()}, r.anything(h.Holds.Not())})
	}
	return level
}

// leave returns what an Allow lets through, of what its surroundings leave. Some creations aren't asked for.
func (s *surroundings) leave(st *statement, but ...string) tenure {
	t := tenure{some: value.No(), guards: s.guards, guarded: s.guarded}
	type asking struct {
		key    string
		answer guard.Answer
	}
	var asked []asking // few are unlike
	for i, action := range creations {
		if !st.on[i].Holds.Possible() || slices.Contains(but, action) {
			continue
		}
		if !st.budget.Take(1 + s.size()) {
			holds := value.Unknowable("the policies of the tree are too many, or too long, to be searched", nil)
			t.open = append(t.open, opening{action, guard.Answer{Holds: holds.And(st.on[i].Holds), By: st.Statement, At: st.on[i].At}})
			t.some = t.some.Or(holds)
			continue
		}
		key := s.alike(st, i)
		known := slices.IndexFunc(asked, func(a asking) bool { return a.key == key })
		if known < 0 {
			known = len(asked)
			asked = append(asked, asking{key, s.ask(st, i)})
		}
		answer := asked[known].answer
		answer.At = st.on[i].At
		if w := answer.Witness; w != nil && w.Action != sagemakerPrefix+action {
			of := *w
			of.Action = sagemakerPrefix + action
			answer.Witness = &of
		}
		if answer.Holds = answer.Holds.And(s.complete); answer.Holds.Possible() {
			if t.open == nil {
				t.open = make([]opening, 0, len(creations)-i)
			}
			t.open = append(t.open, opening{action, answer})
			t.some = t.some.Or(answer.Holds)
		} else {
			t.closed = append(t.closed, action)
		}
	}
	return t
}

// size returns how many statements have a say.
func (s *surroundings) size() int {
	n := len(s.denies)
	for _, level := range s.bounds {
		n += len(level)
	}
	return n
}

// alike tells creations apart that statements treat otherwise. Those are treated alike which the same statements are for on every
// resource, and whose requests have the same of the keys that these look at.
func (s *surroundings) alike(st *statement, i int) string {
	var key strings.Builder
	same := true
	look := func(st *statement) {
		on := st.on[i].Holds.Known()
		same = same && (on == tri.False || on == tri.True && st.everywhere)
		key.WriteByte('0' + byte(on))
		if on == tri.False {
			return
		}
		for k := range st.Conditions {
			key.WriteByte(has(sagemakerPrefix+creations[i], st.Conditions[k].Key))
		}
	}
	look(st)
	for j := range s.denies {
		look(s.denies[j].statement)
	}
	for _, level := range s.bounds {
		for j := range level {
			look(level[j].statement)
		}
	}
	if !same || creations[i] == endpointConfig {
		return creations[i]
	}
	return key.String()
}

// has tells apart whether a request for a creation can have a key; all alike have those that aren't SageMaker's.
func has(action, key string) byte {
	if of, ok := guard.SageMakerKey(key); ok && isSageMakers(key) && !guard.Supports(action, cmp.Or(of.ReplacedBy, key)) {
		return '-'
	}
	return '+'
}

// ask says in which worlds a request for a creation that an Allow is for is allowed without a VPC.
func (s *surroundings) ask(st *statement, i int) guard.Answer {
	grants := make([]guard.Statement, 1, 1+len(s.denies))
	grants[0] = *st.Statement
	for j := range s.denies {
		if h := &s.denies[j]; h.on[i].Holds.Possible() {
			grants = append(grants, h.within())
		}
	}
	action := sagemakerPrefix + creations[i]
	if len(grants) == 1 && len(s.bounds) == 0 && st.everywhere && len(st.Conditions) == 0 && st.ConditionsComplete.Known() == tri.True {
		// Most are as simple as that.
		return guard.Answer{
			Holds: st.Allows().And(st.on[i].Holds), Witness: &guard.Request{Action: action, Anywhere: true, Lacks: lacking(creations[i])}, By: st.Statement,
		}
	}
	policies := guard.Policies{Grants: []guard.Document{{Statements: grants, Complete: value.Yes()}}, Unnamed: true, Budget: st.budget}
	for _, level := range s.bounds {
		d := guard.Document{Complete: value.Yes()}
		for j := range level {
			if h := &level[j]; h.on[i].Holds.Possible() {
				d.Statements = append(d.Statements, h.within())
			}
		}
		policies.Bounds = append(policies.Bounds, []guard.Document{d})
	}
	return policies.Without(action, lacking(creations[i])...)
}

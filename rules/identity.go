package rules

import (
	"fmt"
	"slices"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// creations are the actions that place a workload in a VPC or outside of one, in the order in which findings name them: those
// that support sagemaker:VpcSubnets, but for updates that leave a workload where it is unless they say otherwise.
var creations = []string{
	"CreateTrainingJob", "CreateProcessingJob", "CreateHyperParameterTuningJob", "CreateModel", "CreateEndpointConfig",
	"CreateNotebookInstance", "CreateDomain", "CreateCluster", "CreateAutoMLJob", "CreateAutoMLJobV2", "CreateJob",
	"CreateMonitoringSchedule", "UpdateMonitoringSchedule", "CreateDataQualityJobDefinition", "CreateModelQualityJobDefinition",
	"CreateModelBiasJobDefinition", "CreateModelExplainabilityJobDefinition",
}

// sagemakerPrefix begins the names of SageMaker's actions and keys.
const sagemakerPrefix = "sagemaker:"

// vpcKeys are the keys of which a request has none that places its workload nowhere.
var vpcKeys = []string{guard.VPCSubnets, guard.VPCSecurityGroupIDs}

// A grant is one statement of a policy that an identity rule is about, with those who have the policy: an Allow of some of the
// creations, or a guard beside which the tree shows no Allow.
type grant struct {
	subject model.Resource
	// at is its Action element, with its path for the property, and action the first of it that is a creation.
	at     value.Leaf
	action *value.Origin
	// statement is nil where it stands for statements that aren't seen.
	statement *guard.Statement
	// rests says in which worlds it compares a key of the VPC's with ForAllValues.
	rests   guard.Fact
	tenures []tenure
}

// A tenure is somebody who has the policy of a grant.
type tenure struct {
	// who is nil of an organization's policy.
	who *network.Principal
	// via is where it is attached, and by what allows the creations, where that is a policy of AWS's.
	via *value.Origin
	by  string
	// holds says in which worlds it has the policy.
	holds value.Truth
	// open are the creations that the grant may let through without a VPC, and some says in which worlds there is one.
	open []opening
	some value.Truth
	// closed are the others that it is for.
	closed []string
	// guards are the statements that forbid some creations without a VPC.
	guards  []held
	guarded value.Truth
}

// An opening is a creation that may be asked for without a VPC.
type opening struct {
	action string
	guard.Answer
}

// identity returns what the identity rules look at.
func (p *Pass) identity() *identityReader {
	if p.shared.identity == nil {
		r := &identityReader{documents: map[*model.PolicyDocument]*guard.Document{}, seen: map[grantKey]*grant{}, alone: map[grantKey]tenure{}}
		access := p.Net.Access()
		for _, who := range access.Principals {
			r.principal(who)
		}
		r.organization(access.Organization)
		p.shared.identity = r
	}
	return p.shared.identity
}

// An identityReader goes through who has which policies.
type identityReader struct {
	// allows are the Allows of creations, and guards those guards beside which the tree shows no Allow.
	allows, guards []*grant

	documents map[*model.PolicyDocument]*guard.Document
	seen      map[grantKey]*grant
	// alone is what grants let through that nothing else has a say in.
	alone map[grantKey]tenure
}

// A grantKey tells the statements of a tree apart: which one of which policy of which resource.
type grantKey struct {
	resource value.Address
	span     source.Span
	index    int
}

func (r *identityReader) read(d *model.PolicyDocument) *guard.Document {
	if known, ok := r.documents[d]; ok {
		return known
	}
	read := guard.Read(d.Document.Value, nil)
	r.documents[d] = &read
	return &read
}

// principal gathers the grants of one principal.
func (r *identityReader) principal(who *network.Principal) {
	if !slices.ContainsFunc(who.Policies, func(h network.HeldPolicy) bool { return r.concerns(r.read(h.PolicyDocument)) }) {
		r.guardsOnly(who)
		return
	}
	s := r.surroundings(who)
	for _, h := range who.Policies {
		d := r.read(h.PolicyDocument)
		for i := range d.Statements {
			if st := &d.Statements[i]; concerns(st) {
				r.hold(h, st, i, who, s)
			}
		}
		if d.Complete.Known() != tri.True {
			unseen := anything(d.Unread())
			r.hold(h, &unseen, len(d.Statements), who, s)
		}
	}
}

// concerns reports whether a document may allow a creation.
func (r *identityReader) concerns(d *guard.Document) bool {
	if d.Complete.Known() != tri.True {
		return true
	}
	return slices.ContainsFunc(d.Statements, func(s guard.Statement) bool { return concerns(&s) })
}

// concerns reports whether a statement may allow a creation. One with a principal is no identity's.
func concerns(s *guard.Statement) bool {
	return s.Principals.Kind() == value.KindAbsent && s.Allows().Possible() && slices.ContainsFunc(creations, func(action string) bool {
		return s.Actions.Touches(guard.Glob(sagemakerPrefix + action)).Holds.Possible()
	})
}

// anything is a statement that allows everything, in the place of those that aren't seen.
func anything(holds value.Truth) guard.Statement {
	all := value.OfString("*")
	return guard.Statement{
		Holds: holds, Effect: value.OfString("Allow"), Actions: guard.Element{Value: all, Folds: true},
		Resources: guard.Element{Value: all}, ConditionsComplete: value.Yes(),
	}
}

// surroundings are what has a say in all that a principal may do.
type surroundings struct {
	denies []guard.Statement
	bounds [][]guard.Document
	// complete says in which worlds nothing else has.
	complete value.Truth
	guards   []held
	guarded  value.Truth
}

// A held is a statement of a policy that somebody has, which is the index'th of its document.
type held struct {
	network.HeldPolicy
	*guard.Statement
	index int
}

// none reports whether nothing has a say.
func (s *surroundings) none() bool {
	return len(s.denies)+len(s.bounds) == 0 && s.complete.Known() == tri.True
}

func (r *identityReader) surroundings(who *network.Principal) *surroundings {
	s := &surroundings{complete: who.PoliciesComplete.And(who.BoundariesComplete), guarded: value.No()}
	for _, h := range who.Policies {
		d := r.read(h.PolicyDocument)
		s.deny(h, d)
		s.complete = s.complete.And(d.Complete.Or(h.Holds.Not()))
	}
	for _, h := range who.Boundaries {
		d := r.read(h.PolicyDocument)
		s.bounds = append(s.bounds, bounding(d, h.Holds))
		s.complete = s.complete.And(d.Complete.Or(h.Holds.Not()))
		s.guard(h, d)
	}
	return s
}

// deny adds what a document denies to who has it in some worlds.
func (s *surroundings) deny(h network.HeldPolicy, d *guard.Document) {
	s.guard(h, d)
	for _, st := range d.Statements {
		if st.Denies().Possible() {
			st.Holds = st.Holds.And(h.Holds)
			s.denies = append(s.denies, st)
		}
	}
}

// guard takes note of the statements that are guards.
func (s *surroundings) guard(h network.HeldPolicy, d *guard.Document) {
	for i := range d.Statements {
		st := &d.Statements[i]
		if guards := guardsSome(st); guards.Possible() {
			s.guards = append(s.guards, held{h, st, i})
			s.guarded = s.guarded.Or(guards.And(h.Holds))
		}
	}
}

// guardsSome says in which worlds a statement forbids a creation without a VPC.
func guardsSome(s *guard.Statement) value.Truth {
	some := value.No()
	if !s.Denies().Possible() || len(s.Conditions) == 0 || s.Principals.Kind() != value.KindAbsent {
		return some
	}
	for _, action := range creations {
		if some = some.Or(guardsAction(s, action)); some.Known() == tri.True {
			break
		}
	}
	return some
}

func guardsAction(s *guard.Statement, action string) value.Truth {
	some := value.No()
	for _, key := range vpcKeys {
		some = some.Or(s.Guards(sagemakerPrefix+action, key))
	}
	return some
}

// bounding is the level of a boundary that a principal has in some worlds: in the others everything is within it.
func bounding(d *guard.Document, holds value.Truth) []guard.Document {
	statements := slices.Clone(d.Statements)
	for i := range statements {
		statements[i].Holds = statements[i].Holds.And(holds)
	}
	if holds.Known() != tri.True {
		statements = append(statements, anything(holds.Not()))
	}
	return []guard.Document{{Statements: statements, Complete: value.Yes()}}
}

// hold adds somebody to those who have an Allow.
func (r *identityReader) hold(h network.HeldPolicy, st *guard.Statement, index int, who *network.Principal, s *surroundings) {
	key := grantKey{h.Resource.Head().Addr(), h.Span, index}
	g := r.seen[key]
	if g == nil {
		g = newGrant(h.PolicyDocument, st, index)
		g.rests = st.RestsOnForAllValues(vpcKeys...)
		r.seen[key] = g
		r.allows = append(r.allows, g)
	}
	var t tenure
	if known, ok := r.alone[key]; ok && s.none() {
		t = known
	} else {
		t = s.leave(st)
		if s.none() {
			r.alone[key] = t
		}
	}
	t.who, t.holds, t.via = who, h.Holds, h.Via
	g.tenures = append(g.tenures, t)
}

func newGrant(d *model.PolicyDocument, st *guard.Statement, index int) *grant {
	g := &grant{subject: d.Resource, at: element(d.Document.Leaf, st, index)}
	if st.Origin == nil {
		return g
	}
	g.statement = st
	for _, action := range creations {
		if touches := st.Actions.Touches(guard.Glob(sagemakerPrefix + action)); touches.Holds.Possible() {
			g.action = placed(st, touches.At)
			break
		}
	}
	return g
}

// element returns the Action element of a statement as a property of its policy.
func element(policy value.Leaf, st *guard.Statement, index int) value.Leaf {
	if st.Origin == nil {
		return policy
	}
	name := "Action"
	if st.Actions.Not {
		name = "NotAction"
	}
	return value.Leaf{Value: st.Actions.Value, Property: fmt.Sprintf("%s.Statement[%d].%s", policy.Property, index, name), Known: true}
}

// leave returns what an Allow lets through, of what its surroundings leave. Some creations aren't asked for.
func (s *surroundings) leave(st *guard.Statement, but ...string) tenure {
	t := tenure{some: value.No(), guards: s.guards, guarded: s.guarded}
	policies := guard.Policies{
		Grants: []guard.Document{{Statements: append([]guard.Statement{*st}, s.denies...), Complete: value.Yes()}}, Bounds: s.bounds,
	}
	for _, action := range creations {
		if slices.Contains(but, action) || !st.Actions.Touches(guard.Glob(sagemakerPrefix+action)).Holds.Possible() {
			continue
		}
		answer := policies.Without(sagemakerPrefix+action, vpcKeys...)
		if answer.Holds = answer.Holds.And(s.complete); answer.Holds.Possible() {
			t.open = append(t.open, opening{action, answer})
			t.some = t.some.Or(answer.Holds)
		} else {
			t.closed = append(t.closed, action)
		}
	}
	return t
}

// wrong joins what is wrong of those who have the grant. Where all who may have it are in the same case, it doesn't matter who
// has it.
func (g *grant) wrong(of func(t *tenure) value.Truth) value.Truth {
	some, all, somebody := value.No(), value.Yes(), value.No()
	for i := range g.tenures {
		t := &g.tenures[i]
		wrong, has := of(t), supposed(t.holds)
		some = some.Or(wrong.And(t.holds))
		all = all.And(wrong.Or(has.Not()))
		somebody = somebody.Or(has)
	}
	return some.Or(all.And(somebody))
}

// supposed takes for true what isn't known.
func supposed(t value.Truth) value.Truth {
	cases := t.Cases()
	out := make([]value.Truth, len(cases))
	for i, c := range cases {
		out[i] = value.Always(tri.Of(c.Holds != tri.False), c.Origin).When(c.When)
	}
	return value.Join(out...)
}

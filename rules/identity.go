package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// creations are the actions that place a workload in a VPC or outside of one, in the order in which findings name them: those
// that support sagemaker:VpcSubnets, but for updates that leave a workload where it is unless they say otherwise.
var creations = []string{
	"CreateTrainingJob", "CreateProcessingJob", "CreateHyperParameterTuningJob", "CreateAutoMLJob", "CreateAutoMLJobV2", "CreateModel",
	"CreateNotebookInstance", "CreateMonitoringSchedule", "UpdateMonitoringSchedule", "CreateDataQualityJobDefinition",
	"CreateModelQualityJobDefinition", "CreateModelBiasJobDefinition", "CreateModelExplainabilityJobDefinition", "CreateJob",
	"CreateCluster", "CreateDomain", endpointConfig,
}

// endpointConfig is the action whose request names a VPC only where no variant names a model: those that do run where the model
// does. AWS: API_CreateEndpointConfig, VpcConfig.
const endpointConfig = "CreateEndpointConfig"

// sagemakerPrefix begins the names of SageMaker's actions and keys.
const sagemakerPrefix = "sagemaker:"

// vpcKeys are the keys of which a request has none that places its workload nowhere.
var vpcKeys = []string{guard.VPCSubnets, guard.VPCSecurityGroupIDs}

// endpointConfigKeys are those of a request for an endpoint configuration.
var endpointConfigKeys = []string{guard.VPCSubnets, guard.VPCSecurityGroupIDs, sagemakerPrefix + "ModelArn"}

// lacking returns the keys that a request for a creation has none of which places its workload nowhere.
func lacking(action string) []string {
	if action == endpointConfig {
		return endpointConfigKeys
	}
	return vpcKeys
}

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
		r := &identityReader{declared: p.Declared, documents: map[*model.PolicyDocument]*document{}, seen: map[grantKey]*grant{}, alone: map[grantKey]tenure{}}
		for _, action := range creations {
			lower := strings.ToLower(sagemakerPrefix + action)
			r.lower, r.actions = append(r.lower, lower), append(r.actions, guard.Glob(lower))
		}
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

	// declared finds what a reference is to.
	declared func(value.Address) *resource.Raw
	// actions are the creations as patterns, and lower as texts in lower case.
	actions   []guard.Pattern
	lower     []string
	documents map[*model.PolicyDocument]*document
	seen      map[grantKey]*grant
	budget    guard.Budget
	// alone is what grants let through that nothing else has a say in.
	alone map[grantKey]tenure
}

// A grantKey tells the statements of a tree apart: which one of which policy of which resource.
type grantKey struct {
	resource value.Address
	span     source.Span
	index    int
}

// principal gathers the grants of one principal.
func (r *identityReader) principal(who *network.Principal) {
	if !slices.ContainsFunc(who.Policies, func(h network.HeldPolicy) bool { return r.read(h.PolicyDocument).allows() }) {
		r.guardsOnly(who)
		return
	}
	s := r.surroundings(who)
	leaks := false
	hold := func(h network.HeldPolicy, st *statement) { leaks = r.hold(h, st, who, s) || leaks }
	for _, h := range who.Policies {
		d := r.read(h.PolicyDocument)
		for i := range d.statements {
			if st := &d.statements[i]; st.allows {
				hold(h, st)
			}
		}
		if d.complete.Known() != tri.True {
			hold(h, r.anything(d.complete.Lacking("not all of the policy is known")))
		}
	}
	if !leaks && slices.ContainsFunc(who.ByAWS, func(a network.AWSPolicy) bool { _, ok := generous[a.Name]; return ok }) {
		r.guardsOnly(who) // AWS's policy may allow what those of the tree don't
	}
}

// hold adds somebody to those who have an Allow, and reports whether it may let a creation through without a VPC for them.
func (r *identityReader) hold(h network.HeldPolicy, st *statement, who *network.Principal, s *surroundings) bool {
	key := grantKey{h.Resource.Head().Addr(), h.Span, st.index}
	g := r.seen[key]
	if g == nil {
		g = newGrant(h.PolicyDocument, st)
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
	return t.some.And(t.holds).Possible()
}

func newGrant(d *model.PolicyDocument, st *statement) *grant {
	g := &grant{subject: d.Resource, at: element(d.Document.Leaf, st)}
	if st.Origin == nil {
		return g
	}
	g.statement = st.Statement
	for _, on := range st.on {
		if on.Holds.Possible() {
			g.action = placed(st.Statement, on.At)
			break
		}
	}
	return g
}

// element returns the Action element of a statement as a property of its policy.
func element(policy value.Leaf, st *statement) value.Leaf {
	if st.Origin == nil {
		return policy
	}
	name := "Action"
	if st.Actions.Not {
		name = "NotAction"
	}
	return value.Leaf{Value: st.Actions.Value, Property: fmt.Sprintf("%s.Statement[%d].%s", policy.Property, st.Index, name), Known: true}
}

// wrong joins what is wrong of those who have the grant. Where all who may have it are in the same case, it doesn't matter who
// has it.
func (g *grant) wrong(of func(t *tenure) value.Truth) value.Truth {
	some, all, somebody := value.No(), value.Yes(), value.No()
	for i := range g.tenures {
		t := &g.tenures[i]
		wrong, has := of(t), t.holds.Supposed()
		some = some.Or(wrong.And(t.holds))
		all = all.And(wrong.Or(has.Not()))
		somebody = somebody.Or(has)
	}
	return some.Or(all.And(somebody))
}

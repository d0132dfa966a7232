package network

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A policyName is the path and name of a managed policy, as what is deployed together knows it.
type policyName struct{ unit, key string }

// documents gives those policies to their holders that are part of them, and takes note of the others.
func (a *accessLinker) documents() {
	for i := range a.said.Documents {
		d := &a.said.Documents[i]
		switch d.Kind {
		case model.PolicyEmbedded:
			a.embedded(d)
		case model.PolicyManaged:
			a.declareManaged(d)
		case model.PolicyOrganization:
			a.declareOrganization(d)
		}
	}
}

func (a *accessLinker) embedded(d *model.PolicyDocument) {
	edges := a.find(d.Holder, d.Resource)
	for _, e := range edges {
		var via *value.Origin
		if e.to.Resource != d.Resource {
			via = d.Holder.Name.Origin()
		}
		e.to.Policies = append(e.to.Policies, HeldPolicy{PolicyDocument: d, Holds: d.Holds.And(e.holds), Via: via})
	}
	a.doubtful(d.Holder, d.Resource, edges, d.Holds, mayForbid(d.Document.Value))
}

// doubtful leaves open the policies of those whom a value may name that names nobody who is declared.
func (a *accessLinker) doubtful(h model.Holder, by model.Resource, edges []holderEdge, holds value.Truth, forbids bool) {
	_, literal := h.Name.AsString()
	if !forbids || literal || len(edges) != 1 || edges[0].to.Resource != nil {
		return
	}
	if a.stray[h.Kind] == nil {
		a.stray[h.Kind] = newDoubts()
	}
	reason := "it is not known whose policy " + by.Head().Subject() + " is"
	a.doubt(a.stray[h.Kind], h.Name, by.Head().Addr().Unit, elsewhere(holds, reason, h.Name.Origin()))
}

func (a *accessLinker) declareManaged(d *model.PolicyDocument) {
	addr := d.Resource.Head().Addr()
	a.managed[addr] = d
	r, ok := d.Resource.(*model.ManagedPolicy)
	if !ok {
		return
	}
	for _, path := range r.Path.Arms() {
		for _, name := range r.ManagedPolicyName.Arms() {
			if key := nameKey(value.OfText(path.Value, name.Value)); key != "" && name.Value.Kind() != value.KindAbsent {
				at := policyName{addr.Unit, key}
				a.managedByName[at] = append(a.managedByName[at], d)
			}
		}
	}
}

// attachments gives managed policies to those whom they are attached to.
func (a *accessLinker) attachments() {
	for i := range a.said.Attachments {
		at := &a.said.Attachments[i]
		if at.Holder.Kind == model.HolderTarget {
			a.target(at)
			continue
		}
		if name, ok := awsManaged(a.lookedUp(at.Policy)); ok {
			a.byAWS(at, name)
			continue
		}
		policies, unknown := a.policies(at)
		holders := a.find(at.Holder, at.Resource)
		for _, h := range holders {
			holds := at.Holds.And(h.holds)
			for _, p := range policies {
				a.attached(at, h.to, HeldPolicy{
					PolicyDocument: p.to, Holds: p.holds.And(p.to.Holds).And(holds), Via: &value.Origin{Span: at.Span},
				})
			}
			if unknown != "" {
				a.missing(at, h.to, elsewhere(holds, unknown, at.Policy.Origin()))
			}
		}
		forbids := unknown != "" || slices.ContainsFunc(policies, func(p policyEdge) bool { return mayForbid(p.to.Document.Value) })
		a.doubtful(at.Holder, at.Resource, holders, at.Holds, forbids)
	}
}

// attached gives a principal a policy.
func (a *accessLinker) attached(at *model.PolicyAttachment, to *Principal, held HeldPolicy) {
	a.used[held.PolicyDocument] = true
	if at.Boundary {
		to.Boundaries = append(to.Boundaries, held)
		return
	}
	to.Policies = append(to.Policies, held)
}

// missing leaves a principal's policies open in the worlds in which it has one that isn't known.
func (a *accessLinker) missing(at *model.PolicyAttachment, to *Principal, complete value.Truth) {
	if at.Boundary {
		to.BoundariesComplete = to.BoundariesComplete.And(complete)
		return
	}
	to.PoliciesComplete = to.PoliciesComplete.And(complete)
}

// A policyEdge is a policy that a value may name.
type policyEdge struct {
	to    *model.PolicyDocument
	holds value.Truth
}

// policies returns the policies of the tree that an attachment is of, and why it may be of another; "" where it can't.
func (a *accessLinker) policies(at *model.PolicyAttachment) ([]policyEdge, string) {
	v := a.lookedUp(at.Policy)
	unit, there := at.Resource.Head().Addr().Unit, presence(v)
	one := func(d *model.PolicyDocument) []policyEdge {
		return []policyEdge{{d, belongs(at.Resource, d.Resource, there)}}
	}
	if ref, ok := v.Symbol(); ok {
		if d := a.managed[ref.Addr]; d != nil {
			return one(d), ""
		}
		reason := notInTree(a.linker, ref, "policy")
		if unresolved(a.linker, ref, reason, nil).Known() == tri.False {
			return nil, "" // it is none
		}
		return nil, unknownPolicy(at, reason)
	}
	for _, id := range a.literals[v.Literal()] {
		if d := a.managed[id.Ref.Addr]; d != nil {
			return one(d), ""
		}
	}
	if key := policyKey(v); key != "" {
		for _, d := range a.managedByName[policyName{unit, key}] {
			return one(d), ""
		}
	}
	var edges []policyEdge
	if v.Kind() == value.KindOpaque {
		for _, ref := range v.Refs() {
			if d := a.managed[ref.Addr]; d != nil {
				edges = append(edges, policyEdge{d, value.Unknowable(v.Reason(), v.Origin())})
			}
		}
	}
	reason := v.Reason()
	if name := shown(v); name != "" {
		reason = name + " is not in the tree"
	}
	return edges, unknownPolicy(at, reason)
}

// unknownPolicy says that a policy isn't known that somebody has.
func unknownPolicy(at *model.PolicyAttachment, reason string) string {
	if at.Boundary {
		return "its permissions boundary is not known: " + reason
	}
	return "not all of its policies are known: " + reason
}

// shown says which policy an ARN is of to people; "" of what isn't known to be one.
func shown(v value.Value) string {
	if text, known := v.AsString(); known {
		return text
	}
	if suffix, _ := v.Suffix(); suffix != "" {
		if _, name, ok := strings.Cut(suffix, policyMark); ok {
			return "policy " + strconv.Quote(strings.TrimPrefix(name, "/"))
		}
	}
	return ""
}

// policyMark stands before the path and name of a policy in its ARN: arn:aws:iam::123456789012:policy/path/name.
// AWS: IAM user guide, "IAM identifiers".
const policyMark = ":policy"

// policyKey returns the path and name that an ARN ends with; "" of what is no ARN of a policy.
func policyKey(v value.Value) string {
	parts := v.Parts()
	for i, part := range parts {
		text, known := part.AsString()
		if !known {
			continue
		}
		if _, rest, ok := strings.Cut(text, policyMark+"/"); ok {
			return nameKey(value.OfText(append([]value.Value{value.OfString("/" + rest)}, parts[i+1:]...)...))
		}
	}
	return ""
}

// byAWS gives a principal a policy that AWS manages.
func (a *accessLinker) byAWS(at *model.PolicyAttachment, name string) {
	if at.Boundary {
		return
	}
	for _, h := range a.find(at.Holder, at.Resource) {
		h.to.ByAWS = append(h.to.ByAWS, AWSPolicy{Name: name, Holds: at.Holds.And(h.holds), Via: &value.Origin{Span: at.Span}})
	}
}

// awsManaged returns the name of a policy that AWS manages: its ARN has aws in the account's place. A bare name is SAM's word
// for one. AWS: IAM user guide, "AWS managed policies"; SAM developer guide, AWS::Serverless::Function, Policies.
func awsManaged(v value.Value) (string, bool) {
	const owner = ":iam::aws:policy/"
	text, known := v.AsString()
	if !known {
		text, _ = v.Suffix()
	}
	if i := strings.Index(text, owner); i >= 0 {
		return text[strings.LastIndexByte(text, '/')+1:], true
	}
	if known && bareName.MatchString(text) {
		return text, true
	}
	for _, part := range v.Parts() {
		if text, known := part.AsString(); known && strings.Contains(text, owner) {
			return "", true
		}
	}
	return "", false
}

// bareName is the form of a policy's name.
var bareName = regexp.MustCompile(`^[A-Za-z0-9]+$`)

// mayForbid reports whether a policy may have a statement that denies something.
func mayForbid(policy value.Value) bool {
	for _, arm := range policy.Arms() {
		switch arm.Value.Kind() {
		case value.KindAbsent:
		case value.KindObject:
			if denies(arm.Value.Attr("Statement"), 0) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// maxStatementLists bounds how deep lists of statements are looked into.
const maxStatementLists = 8

func denies(v value.Value, depth int) bool {
	switch v.Kind() {
	case value.KindAbsent:
		return false
	case value.KindObject:
		return !(v.Attr("Effect").Is("Allow").Known() == tri.True)
	case value.KindList:
		within := func(e value.Value) bool { return denies(e, depth+1) }
		return v.Open() || depth == maxStatementLists || slices.ContainsFunc(v.Elems(), within)
	case value.KindChoice:
		within := func(arm value.Arm) bool { return denies(arm.Value, depth+1) }
		return depth == maxStatementLists || slices.ContainsFunc(v.Arms(), within)
	}
	return true
}

// memberships gives users the policies of their groups.
func (a *accessLinker) memberships() {
	for i := range a.said.Memberships {
		m := &a.said.Memberships[i]
		users := a.find(model.Holder{Kind: model.HolderUser, Name: m.User}, m.Resource)
		groups := a.find(model.Holder{Kind: model.HolderGroup, Name: m.Group}, m.Resource)
		for _, u := range users {
			for _, g := range groups {
				a.groups[u.to] = append(a.groups[u.to], membership{g.to, m.Holds.And(u.holds).And(g.holds)})
			}
		}
	}
}

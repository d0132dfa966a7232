package terraform

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// maxHanded is how deep policies stand among the arguments of a call: policies = { jobs = { policy = ... } }.
const maxHanded = 5

// handed makes a policy of the documents that a call hands to what can't be read: that makes resources of them, which aren't
// seen. They are taken for one policy, since what is handed over together is mostly for one role, where the Deny of one bounds the
// Allow of another. False where there is none.
func (ev *evaluator) handed(call resource.Raw) (resource.Raw, bool) {
	h := handing{ev: ev}
	document := h.policyIn(call.Props, maxHanded)
	if !frontend.NamesSageMaker(document) {
		return resource.Raw{}, false
	}
	call.Dialect, call.Type, call.Unread = resource.API, frontend.BarePolicy, ""
	call.Addr.Name += "." + frontend.PolicyDocument
	call.Props = value.OfObject([]value.Field{{Name: frontend.PolicyDocument, Key: call.Span, Value: document}}, false).From(call.Span)
	return call, true
}

// A handing looks for the policies among the arguments of one call.
type handing struct {
	ev *evaluator
	// told are the places of the statements of policy data sources: these are judged where a resource uses them, or else by
	// themselves. It is nil until a policy is found.
	told map[source.Span]bool
}

// policyIn returns what the policies in a value say together, in every world; absent where there is none.
func (h *handing) policyIn(v value.Value, depth int) value.Value {
	if depth == 0 || !mentionsSageMaker(v, maxHanded+maxStatementDepth) {
		return value.Value{}
	}
	return v.Map(func(v value.Value) value.Value {
		doc := v.FromJSON()
		if doc.Kind() == value.KindObject && isIdentityPolicy(doc) {
			if h.isTold(doc) {
				return value.Value{}
			}
			return doc
		}
		if v.Encoded() {
			return value.Value{}
		}
		if s, ok := statementOf(v); ok {
			return s
		}
		var docs []outcome
		add := func(member value.Value) {
			if d := h.policyIn(member, depth-1); d.Kind() != value.KindAbsent {
				docs = append(docs, sure(d.MaybeAs(member)))
			}
		}
		for _, e := range v.Elems() {
			add(e)
		}
		for _, f := range v.Fields() {
			add(f.Value)
		}
		switch len(docs) {
		case 0:
			return value.Value{}
		case 1:
			return docs[0].Value
		}
		return distribute(docs, allOf).Value
	})
}

// statementOf returns the policy that a statement makes which is written as modules take it, with the names of the data source's:
// policy_statements = { jobs = { effect = "Allow", actions = [...], resources = [...] } }. Its conditions are a list or a map.
// https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws/latest
func statementOf(v value.Value) (value.Value, bool) {
	if v.Kind() != value.KindObject || !states(v, "actions") && !states(v, "not_actions") || !states(v, "effect") || states(v, "principals") || states(v, "not_principals") {
		return value.Value{}, false
	}
	fields := slices.Clone(v.Fields())
	for i := range fields {
		if f := &fields[i]; f.Name == "condition" || f.Name == "conditions" {
			f.Name, f.Value = "condition", f.Value.Map(blocksIn)
		}
	}
	s := statement(value.OfObject(fields, false).WithOrigin(v.Origin()))
	list := value.OfList([]value.Value{s}, false).WithOrigin(v.Origin())
	return value.OfObject([]value.Field{{Name: "Statement", Value: list}}, false).WithOrigin(v.Origin()), true
}

// blocksIn returns the values of a map as the list of blocks that a module makes of them.
func blocksIn(v value.Value) value.Value {
	if v.Kind() != value.KindObject {
		return v
	}
	if states(v, "test") {
		return value.OfList([]value.Value{v}, false).WithOrigin(v.Origin())
	}
	blocks := make([]value.Value, len(v.Fields()))
	for i, f := range v.Fields() {
		blocks[i] = f.Value
	}
	if v.Open() {
		return value.OfOpenList(blocks, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	}
	return value.OfList(blocks, false).WithOrigin(v.Origin())
}

// allOf returns documents as one that says all that they say.
func allOf(docs []outcome) outcome {
	var statements []value.Value
	open, reason, refs := false, "", []value.Ref(nil)
	for _, d := range docs {
		list := d.Attr("Statement")
		all := list.Elems()
		if list.Kind() == value.KindObject {
			all = []value.Value{list}
		}
		for _, s := range all {
			statements = append(statements, spannedAs(s.MaybeAs(d.Value), d.Value))
		}
		known := list.Kind() == value.KindList || list.Kind() == value.KindObject
		if d.Kind() != value.KindAbsent && !known || list.Open() {
			open, reason, refs = true, reasonOf("a document can't be read", d), append(refs, d.Refs()...)
		}
	}
	list := value.OfList(statements, false)
	if open {
		list = value.OfOpenList(statements, reason, refs...)
	}
	return sure(value.OfObject([]value.Field{{Name: "Statement", Value: list}}, false))
}

// isTold reports whether a document is one that a data source writes.
func (h *handing) isTold(doc value.Value) bool {
	if h.told == nil {
		h.told = map[source.Span]bool{}
		for _, p := range h.ev.policies {
			if p.document != nil {
				for _, at := range frontend.StatementPlaces(p.document.value.Value) {
					h.told[at] = true
				}
			}
		}
	}
	return slices.ContainsFunc(frontend.StatementPlaces(doc), func(at source.Span) bool { return h.told[at] })
}

// isIdentityPolicy reports whether a value is a policy that says what its holder may do: one of a resource, or for trust, names
// its principals.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func isIdentityPolicy(doc value.Value) bool {
	found := false
	for _, list := range doc.Attr("Statement").Arms() {
		statements := list.Value.Elems()
		if list.Value.Kind() == value.KindObject {
			statements = []value.Value{list.Value}
		}
		for _, s := range statements {
			if states(s, "Principal") || states(s, "NotPrincipal") {
				return false
			}
			found = found || states(s, "Effect") && (states(s, "Action") || states(s, "NotAction"))
		}
	}
	return found
}

func states(v value.Value, member string) bool { return v.Attr(member).Kind() != value.KindAbsent }

// maxStatementDepth is how deep the texts of a policy stand within it.
const maxStatementDepth = 8

// mentionsSageMaker reports whether SageMaker's actions or keys may stand in a value. Hardly any argument of a call is more than
// looked through.
func mentionsSageMaker(v value.Value, depth int) bool {
	within := func(part value.Value) bool { return mentionsSageMaker(part, depth-1) }
	mark := func(text string) bool {
		return strings.Contains(text, "agemaker:") || strings.Contains(text, "ageMaker:")
	}
	switch {
	case depth == 0:
		return false
	case v.Kind() == value.KindScalar:
		return mark(v.Literal())
	case v.Kind() == value.KindText:
		return slices.ContainsFunc(v.Parts(), func(part value.Value) bool { return mark(part.Literal()) })
	case v.Kind() == value.KindList:
		return slices.ContainsFunc(v.Elems(), within)
	case v.Kind() == value.KindObject:
		return slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return mark(f.Name) || within(f.Value) })
	case v.Kind() == value.KindChoice:
		return slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return within(a.Value) })
	}
	return false
}

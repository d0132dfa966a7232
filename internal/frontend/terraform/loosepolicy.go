package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// A loosePolicy is an instance of a policy data source, and where its resource stands among those of its root.
type loosePolicy struct {
	*resourceInstance
	at int
}

// A deferredCall is a call that can't be read, and how many resources stand before what is told of it.
type deferredCall struct {
	in *instance
	*call
	at int
}

// lowered emits the resources of a root. What is passed to calls that can't be read is evaluated last: who gets a policy document
// there isn't seen, so that it is judged by itself.
func (ev *evaluator) lowered(top *instance) []resource.Raw {
	raws := ev.lower(top, nil)
	ev.loosePolicies(raws)
	if len(ev.deferred) == 0 {
		return raws
	}
	out := make([]resource.Raw, 0, len(raws)+len(ev.deferred))
	at := 0
	for _, c := range ev.deferred {
		out = append(out, raws[at:c.at]...)
		out = append(out, ev.unread(c.in, c.call)...)
		at = c.at
	}
	return append(out, raws[at:]...)
}

// loosePolicies makes policies of the documents that no resource uses and that are no part of another document. What only an
// output hands on is one, too.
func (ev *evaluator) loosePolicies(raws []resource.Raw) {
	var loose []loosePolicy
	for _, p := range ev.policies {
		if p.document == nil && !p.decl.broken && p.in.mod.stands == "" && !p.in.mod.usesPolicy(p.decl.name, ev.reads) {
			loose = append(loose, p)
		}
	}
	// Each is evaluated before any is told of: those that are parts of others are known then.
	documents := make([]value.Value, len(loose))
	for i, p := range loose {
		documents[i] = p.policy()
	}
	for i, p := range loose {
		raw := &raws[p.at]
		if p.part || !frontend.NamesSageMaker(documents[i]) {
			continue
		}
		raw.Dialect, raw.Type, raw.Data = resource.API, frontend.BarePolicy, false
		raw.Props = value.OfObject([]value.Field{{Name: frontend.PolicyDocument, Key: raw.Span, Value: documents[i]}}, false).From(raw.Span)
	}
}

// usesPolicy reports whether a resource of a module names a data source, whether or not there is an instance of it: a policy that
// isn't made with the settings at hand needs no judge.
func (m *module) usesPolicy(name string, reads func(resource.Dialect, string, bool) bool) bool {
	return slices.ContainsFunc(m.resources, func(d *declaration) bool {
		if d.data || reads != nil && !reads(dialectOf(d.typ), d.typ, false) {
			return false
		}
		return refersTo(d.block.Body, name)
	})
}

// refersTo reports whether an expression of a body names a data source.
func refersTo(body *hclsyntax.Body, name string) bool {
	for _, a := range body.Attributes {
		if slices.ContainsFunc(a.Expr.Variables(), func(t hcl.Traversal) bool { return dataSource(t) == name }) {
			return true
		}
	}
	return slices.ContainsFunc(body.Blocks, func(b *hclsyntax.Block) bool { return refersTo(b.Body, name) })
}

// dataSource returns the name of the data source that a traversal begins with: "data.aws_iam_policy_document.guard".
func dataSource(t hcl.Traversal) string {
	const steps = 3
	if len(t) < steps || t.RootName() != "data" {
		return ""
	}
	typ, ok := t[1].(hcl.TraverseAttr)
	name, also := t[2].(hcl.TraverseAttr)
	if !ok || !also {
		return ""
	}
	return "data." + typ.Name + "." + name.Name
}

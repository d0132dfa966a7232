package terraform

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// An unreadCall is an instance of a call of what can't be read.
type unreadCall struct {
	item   *item
	addr   value.Address
	reason string
}

// unread lowers the instances of a call that can't be read: what they may make is not seen. A plan that is whole tells of
// all that they make.
func (ev *evaluator) unread(in *instance, c *call) []resource.Raw {
	if ev.plan != nil && ev.plan.complete {
		return nil
	}
	var out []resource.Raw
	for _, u := range in.calls[c.index].unread {
		exists := in.exists.And(u.item.exists)
		if never(exists) {
			continue
		}
		head := ev.span(header(c.block))
		props := value.OfObject(ev.argumentsOf(c.block.Body, u.item.scope), false)
		if c.broken {
			props = value.OfOpenObject(props.Fields(), cutShort)
		}
		raw := resource.Raw{
			Dialect: resource.Terraform,
			Type:    "module",
			Addr:    u.addr,
			Subject: shown(u.addr.Name),
			Exists:  exists,
			Props:   ev.origins.From(props, head),
			Span:    head,
			Via:     in.via,
			Unread:  u.reason,
			Range:   in.ranges,
		}
		if u.item.many {
			raw.Range += in.rangeOf(c.block.Body)
		}
		out = append(out, raw)
		if policy, ok := ev.handed(raw); ok {
			out = append(out, policy)
		}
	}
	return out
}

// argumentsOf lowers what a call passes.
func (ev *evaluator) argumentsOf(body *hclsyntax.Body, sc *scope) []value.Field {
	var fields []value.Field
	for _, a := range sortedAttributes(body) {
		if isMeta(a.Name) || a.Name == "source" || a.Name == "version" || a.Name == "providers" {
			continue
		}
		fields = append(fields, value.Field{Name: a.Name, Key: ev.span(a.NameRange), Value: ev.usedAt(a, sc)})
	}
	return fields
}

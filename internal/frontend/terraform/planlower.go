package terraform

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// beyond returns what a plan has and the configuration in the tree doesn't declare: a module that isn't in the tree, or a
// block that was there when the plan was made.
func (p *plan) beyond(unit string, declared []resource.Raw) []resource.Raw {
	ours := make(map[string]bool, len(declared))
	for _, r := range declared {
		ours[r.Addr.Name] = true
	}
	var out []resource.Raw
	for _, r := range p.resources {
		if !ours[r.address] && r.mode == "managed" {
			out = p.appendRaw(out, r, unit)
		}
	}
	return out
}

// lower returns the resources of a plan or a state of which no configuration is in the tree. Their places are those in
// the JSON.
func (p *plan) lower(unit string) []resource.Raw {
	var out []resource.Raw
	for _, r := range p.resources {
		out = p.appendRaw(out, r, unit)
	}
	return out
}

func (p *plan) appendRaw(out []resource.Raw, r *plannedInstance, unit string) []resource.Raw {
	if !emitted(r.typ) {
		return out
	}
	return append(out, resource.Raw{
		Dialect: dialectOf(r.typ),
		Type:    r.typ,
		Addr:    value.Address{Unit: unit, Name: r.address},
		Subject: r.address,
		Exists:  value.Yes(),
		Props:   p.props(r, unit).From(r.at),
		Span:    r.at,
		Data:    r.mode == "data",
	})
}

// props returns the properties of a resource as JSON alone tells of them. What is known only after the apply stands in the
// marks alone. Left out of the configuration it has its default, as the provider computes it; a whole block that a dynamic
// one gives can't be told from that here.
func (p *plan) props(r *plannedInstance, unit string) value.Value {
	config := p.configOf(r)
	s := &instanceReader{plan: p, of: r, unit: unit, each: config.Get("for_each_expression")}
	return s.object(plannedValue{node: r.values, unknown: r.unknown, sensitive: r.sensitive}, argument{node: config.Get("expressions")}, "")
}

// An instanceReader makes values of a resource instance's JSON.
type instanceReader struct {
	plan *plan
	of   *plannedInstance
	unit string
	each *doctree.Node
}

// value returns a value of a plan or state; false where there is nothing: Terraform's older SDK can't tell an empty text
// or list from none. The expression is how it is configured, nil where a plan doesn't say.
func (s *instanceReader) value(v plannedValue, expr argument, path string) (value.Value, bool) {
	n := v.node
	switch {
	case n.Kind == doctree.Null || n.Kind == doctree.String && n.Text == "" || n.Kind == doctree.Sequence && len(n.Items) == 0:
		return value.Value{}, false
	case marked(v.sensitive):
		return value.OfPresent("it is sensitive, and not to be shown").From(n.Span), true
	case n.Kind == doctree.Mapping:
		return s.object(v, expr, path), true
	case n.Kind != doctree.Sequence:
		return scalarOf(n).From(n.Span), true
	}
	expr = expr.over(v)
	var elems []value.Value
	for i, item := range n.Items {
		own := expr.item(i)
		if marked(v.item(i).unknown) {
			elems = append(elems, s.pendingItem(own, path, v).From(item.Span))
		} else if e, ok := s.value(v.item(i), own, path); ok {
			elems = append(elems, e)
		}
	}
	return value.OfList(elems, false).From(n.Span), true
}

func (s *instanceReader) object(v plannedValue, expr argument, path string) value.Value {
	var fields []value.Field
	for _, pair := range pairsOf(v.node) {
		name := pair.Key.Text
		if member, ok := s.value(v.member(name), expr.member(name), below(path, name)); ok {
			fields = append(fields, value.Field{Name: name, Key: pair.Key.Span, Value: member})
		}
	}
	for _, pair := range pairsOf(v.unknown) {
		name := pair.Key.Text
		omitted := expr.member(name).node == nil && (path == "" || expr.node != nil) && !expr.vague
		if !marked(pair.Value) || omitted || has(fields, name) {
			continue
		}
		pending := s.pending(expr.member(name), below(path, name))
		fields = append(fields, value.Field{Name: name, Key: pair.Key.Span, Value: standing(pending, pair.Value.Span)})
	}
	object := value.OfObject(fields, false)
	if v.node != nil {
		object = object.From(v.node.Span)
	}
	return object
}

// standing places a value and all that is in it.
func standing(v value.Value, at source.Span) value.Value {
	if v.Kind() == value.KindList {
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = e.From(at)
		}
		v = reshaped(v, elems)
	}
	return v.From(at)
}

// configOf returns how a resource is configured, as far as a plan tells: constants, and the names that each argument
// refers to.
func (p *plan) configOf(r *plannedInstance) *doctree.Node {
	m := p.moduleConfig(r.module)
	return resourceConfig(m, strings.TrimPrefix(strings.TrimPrefix(r.block, r.module), "."))
}

func resourceConfig(m *doctree.Node, name string) *doctree.Node {
	for _, c := range items(m.Get("resources")) {
		if text(c.Get("address")) == name {
			return c
		}
	}
	return nil
}

// moduleConfig returns the configuration of the module that an instance is one of.
func (p *plan) moduleConfig(module string) *doctree.Node {
	m := p.root
	if module == "" {
		return m
	}
	steps := stepsOf(module)
	for i := 1; i < len(steps); i += 2 {
		call, _ := splitKey(steps[i])
		m = m.Get("module_calls").Get(call).Get("module")
	}
	return m
}

// pending returns what is known only after the apply. Where its argument refers to nothing but ids of resources, it is
// those; the plan tells the names of an expression, and not what it does with them.
func (s *instanceReader) pending(expr argument, path string) value.Value {
	f := &follower{plan: s.plan, unit: s.unit}
	targets := f.references(expr.node, s.of.module, s.each, 0)
	refs := make([]value.Ref, len(targets))
	direct := !f.lost && len(targets) > 0
	for i, t := range targets {
		refs[i] = t.ref
		direct = direct && t.direct
	}
	reason := s.of.address + "." + path + " is known only after the apply; scan the plan together with its configuration"
	name := path[strings.LastIndexByte(path, '.')+1:]
	unwritten := f.mixed && computedToo(s.of.typ, path)
	switch {
	case expr.vague:
		if ref, ok := fitting(refs, name); ok && direct && len(refs) == expr.pending {
			return value.OfSymbol(ref)
		}
	case direct && len(targets) == 1 && namesOne(name) && !unwritten:
		return value.OfSymbol(refs[0])
	case direct && namesMany(name) && !f.mixed:
		elems := make([]value.Value, len(refs))
		for i, ref := range refs {
			elems[i] = value.OfSymbol(ref)
		}
		return value.OfList(elems, false)
	case !f.lost && len(targets) > 0 && (namesOne(name) || namesMany(name)) && !unwritten:
		return value.OfPresent(reason, refs...)
	}
	return value.OfOpaque(reason, refs...)
}

// pendingItem returns an element of a list that is known only after the apply: one of those that the list's expression
// names.
func (s *instanceReader) pendingItem(expr argument, path string, list plannedValue) value.Value {
	v := s.pending(expr, path)
	switch {
	case v.Kind() != value.KindList:
		return v
	case len(v.Elems()) == 1 && pendingIn(list.unknown) == 1:
		return v.Elems()[0]
	}
	return value.OfPresent("which resource's it is, is known only after the apply", v.Refs()...)
}

// computedToo reports whether an argument that takes ids is computed where it is left out or null, so that one that is
// known only after the apply may not be written: the provider's schema.
func computedToo(typ, path string) bool {
	switch typ + "." + path {
	case "aws_vpc_endpoint.route_table_ids", "aws_vpc_endpoint.security_group_ids", "aws_vpc_endpoint.subnet_ids",
		"aws_sagemaker_notebook_instance.security_groups", "aws_network_acl.subnet_ids", "aws_internet_gateway.vpc_id",
		"aws_vpn_gateway.vpc_id", "aws_security_group.vpc_id", "aws_default_security_group.vpc_id",
		"aws_route.network_interface_id", "aws_security_group_rule.source_security_group_id":
		return true
	}
	return false
}

// namesOne and namesMany report whether an argument takes ids, by its name.
func namesOne(name string) bool { return strings.HasSuffix(name, "_id") }

func namesMany(name string) bool {
	return strings.HasSuffix(name, "_ids") || name == "subnets" || name == "security_groups"
}

func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

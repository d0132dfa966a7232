package terraform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A resourceInstance is one instance of a resource or data block.
type resourceInstance struct {
	in   *instance
	decl *declaration
	item *item
	addr value.Address
	memo map[string]*memo
	// document is the policy that the resource writes, where it is one of the data sources that do.
	document *memo
	// part says that it is part of another.
	part bool
	// asks is what a data source asks for that finds resources of the network.
	asks *memo
	// whole is the object of all that is known of it, where something refers to all of it.
	whole *memo
}

// A blockMemo is what count or for_each makes of a block, found out once.
type blockMemo struct {
	begun bool
	*expansion
}

// A resourceBlock is what an instance of a module makes of one of its resource blocks.
type resourceBlock struct {
	blockMemo
	instances []*resourceInstance
	listed    bool
}

// A callBlock is what an instance of a module makes of one of its calls.
type callBlock struct {
	blockMemo
	children []*instance
	// unread are the instances of a call of what can't be read.
	unread []unreadCall
	listed bool
}

// resource returns what the name of a resource block evaluates to.
func (in *instance) resource(names ...string) outcome {
	// Without spelling the name anew for each reference to it.
	var key [128]byte
	spelt := key[:0]
	for i, n := range names {
		if i > 0 {
			spelt = append(spelt, '.')
		}
		spelt = append(spelt, n...)
	}
	d := in.mod.byName[string(spelt)]
	if d == nil {
		return unknown(in.qualified(string(spelt)) + " is not declared")
	}
	e := in.expansionOf(d)
	switch {
	case e == nil:
		return unknown(d.name + " refers to itself")
	case e.isNamed:
		return e.named
	}
	in.instancesOf(d, e)
	return in.wholeBlock(e, d.name)
}

// wholeBlock returns what the name of a block evaluates to: its instances, each by its address.
func (in *instance) wholeBlock(e *expansion, name string) outcome {
	address := in.qualified(name)
	return e.all(func(suffix string) value.Value {
		return value.OfSymbol(value.Ref{Addr: value.Address{Unit: in.ev.unit, Name: address + suffix}})
	})
}

// expansionOf returns what count or for_each makes of a resource block; nil while it is being found out.
func (in *instance) expansionOf(d *declaration) *expansion {
	return in.expansion(&in.resources[d.index].blockMemo, d.name, d.block.Body)
}

func (in *instance) expansion(m *blockMemo, name string, body *hclsyntax.Body) *expansion {
	if !m.begun {
		m.begun = true
		m.expansion = in.expand(body, name)
	}
	return m.expansion
}

// instancesOf returns the instances of a block, known by their addresses from then on.
func (in *instance) instancesOf(d *declaration, e *expansion) []*resourceInstance {
	made := &in.resources[d.index]
	if made.listed {
		return made.instances
	}
	name := d.name
	if d.repeat > 1 && in.mod.byName[name] != d {
		name += "#" + string(rune('0'+min(d.repeat, 9)))
	}
	address := in.qualified(name)
	// One piece of memory holds all of them.
	all := make([]struct {
		resourceInstance
		scope scope
	}, len(e.items))
	made.instances = make([]*resourceInstance, len(e.items))
	for i, it := range e.items {
		r := &all[i].resourceInstance
		*r = resourceInstance{in: in, decl: d, item: it, addr: value.Address{Unit: in.ev.unit, Name: address + it.suffix}}
		all[i].scope = scope{in: in, outer: it.scope, self: r, key: r.addr.Name}
		it.scope = &all[i].scope
		made.instances[i] = r
		in.ev.handles[r.addr.Name] = r
	}
	made.listed = true
	return made.instances
}

// member returns an attribute as an expression elsewhere sees it: the configured value where there is one, else what the
// provider computes.
func (r *resourceInstance) member(name string) outcome {
	m := r.memo[name]
	if m == nil {
		m = &memo{}
		if r.memo == nil {
			r.memo = map[string]*memo{}
		}
		r.memo[name] = m
	}
	if m.begin() {
		m.finish(r.found(name))
	}
	return m.of("", r.addr.Name)
}

// found is member, found out.
func (r *resourceInstance) found(name string) outcome {
	if r.decl.data {
		if o, ok := r.outputs(name); ok && (o.Kind() != value.KindOpaque || r.in.ev.plan == nil) {
			return o
		}
		if o, ok := r.resources(name); ok {
			return o
		}
	}
	return r.looked(name, r.evaluate(name))
}

func (r *resourceInstance) evaluate(name string) outcome {
	if r.decl.data && !r.decl.broken && r.decl.typ == policyDocument && (name == "json" || name == "minified_json") {
		return sure(r.policy().AsRespeltJSON())
	}
	if a := r.decl.block.Body.Attributes[name]; a != nil && !isMeta(name) {
		if o := r.in.ev.eval(a.Expr, r.item.scope); o.Kind() != value.KindAbsent {
			// The provider's schema says of what type it is, which nobody knows here.
			o.Value = provided(o.Value)
			return ended(o.Noted(r.addr.Name+"."+name+is(o.Value, secret(name))), tri.False)
		}
		return r.computed(name)
	}
	if blocks := blocksNamed(r.decl.block.Body, name); len(blocks) > 0 {
		if ambiguous(r.decl.block.Body, name) {
			return r.mapOrBlocks(name)
		}
		return sure(r.completed(r.in.ev.blocksOf(blocks, r.item.scope), name))
	}
	return r.computed(name)
}

// completed returns nested blocks as an expression elsewhere sees them: the provider may have added to each.
func (r *resourceInstance) completed(blocks value.Value, name string) value.Value {
	switch blocks.Kind() {
	case value.KindChoice:
		return blocks.Map(func(v value.Value) value.Value { return r.completed(v, name) })
	case value.KindList:
		elems := make([]value.Value, len(blocks.Elems()))
		open := false
		for i, e := range blocks.Elems() {
			elems[i] = r.completed(e, name)
			open = open || e.MayBeMissing()
		}
		out := reshaped(blocks, elems)
		if open {
			// One that may not be there stands for as many as a dynamic block may make.
			out = value.OfOpenList(elems, "the number of "+name+" blocks is not known", blocks.Refs()...).WithOrigin(blocks.Origin())
		}
		return out.AsListOrSet()
	case value.KindObject:
		var fields []value.Field
		for _, f := range blocks.Fields() {
			if f.Value.Kind() != value.KindAbsent {
				f.Value = provided(f.Value)
				fields = append(fields, f)
			}
		}
		v := value.OfOpenObject(fields, r.addr.Name+"."+name+" is known only after deployment", value.Ref{Addr: r.addr, Attr: name})
		return v.WithOrigin(blocks.Origin()).MaybeAs(blocks)
	}
	return blocks
}

// computed returns an attribute that is not configured.
func (r *resourceInstance) computed(name string) outcome {
	ref := value.Ref{Addr: r.addr, Attr: name}
	if r.decl.data {
		if v, ok := r.located(name); ok {
			return sure(v)
		}
	}
	switch {
	case r.decl.data && r.decl.typ == "aws_vpc_endpoint_service" && name == "service_name":
		if o, ok := r.serviceName(); ok {
			return o
		}
	case r.decl.data && r.decl.typ == "aws_cloudformation_export" && name == "value":
		if o, ok := r.lookedUp(frontend.Exports, "name"); ok {
			return o
		}
	case r.decl.data && r.decl.typ == "template_file" && name == "rendered":
		if o, ok := r.renderedText(); ok {
			return o
		}
	case r.decl.data && r.decl.typ == "aws_ssm_parameter" && (name == "value" || name == "insecure_value"):
		if o, ok := r.lookedUp(frontend.ParameterStore, "name"); ok {
			return o
		}
		// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html: at least one character.
		return sure(value.OfPresent(ref.String()+" is known only after deployment", ref))
	}
	if identifying(r.decl.typ, name) {
		return sure(value.OfSymbol(ref))
	}
	return perhaps(value.OfOpaque(r.addr.Name+"."+name+" is known only after deployment", ref))
}

// serviceName returns the name of an endpoint service that a data source finds by the common name of one of AWS's
// services: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/vpc_endpoint_service
// The prefix is that of all partitions but a few, in which it is another of AWS's own.
func (r *resourceInstance) serviceName() (outcome, bool) {
	if r.decl.block.Body.Attributes["service"] == nil {
		return outcome{}, false
	}
	service := r.member("service")
	region := value.OfSymbol(value.Ref{Addr: r.addr, Attr: "region"})
	named := false
	o := lift(service, func(o outcome) outcome {
		switch o.Kind() {
		case value.KindScalar, value.KindText, value.KindSymbol:
			named = true
			return ended(value.OfText(value.OfString("com.amazonaws."), region, value.OfString("."), o.Value), o.fails)
		}
		return perhaps(value.OfSymbol(value.Ref{Addr: r.addr, Attr: "service_name"}))
	})
	o.Value = r.in.ev.derived(o.Value, r.in.ev.span(header(r.decl.block)), service)
	return ended(o.Value, tri.False), named
}

// identifying reports whether an attribute is a text that the provider always fills in, so that a reference to it is
// known to be set.
func identifying(typ, name string) bool {
	switch name {
	case "id", "arn", "vpc_id", "subnet_id", "group_id", "security_group_id", "default_security_group_id",
		"default_route_table_id", "default_network_acl_id", "main_route_table_id", "owner_id", "unique_id", "name",
		"account_id", "prefix_list_id", "route_table_id", "network_interface_id", "allocation_id", "internet_gateway_id",
		"nat_gateway_id":
		return true
	case "default_security_group", "default_network_acl":
		return typ == "awscc_ec2_vpc"
	case "region", "description":
		return typ == "aws_region" || typ == "aws_caller_identity"
	case "partition", "dns_suffix", "reverse_dns_prefix":
		return typ == "aws_partition"
	case "user_id":
		return typ == "aws_caller_identity"
	case "service_name":
		return typ == "aws_vpc_endpoint_service"
	case "key_id":
		return strings.HasSuffix(typ, "_kms_key")
	case "bucket":
		return typ == "aws_s3_bucket"
	case "policy_arn":
		return typ == "awscc_iam_managed_policy"
	}
	// awscc_ec2_vpn_gateway.vpn_gateway_id
	own, isID := strings.CutSuffix(name, "_id")
	return isID && strings.HasPrefix(typ, "awscc_") && strings.HasSuffix(typ, "_"+own)
}

func (r *resourceInstance) object() value.Value {
	if r.whole == nil {
		r.whole = &memo{}
	}
	if r.whole.begin() {
		r.whole.finish(sure(r.members()))
	}
	return r.whole.of("", r.addr.Name).Value
}

// members returns the object of what is configured, and what the provider adds.
func (r *resourceInstance) members() value.Value {
	fields := slices.Clone(r.in.ev.fieldsOf(r.decl.block.Body, r.item.scope, true))
	for i, f := range fields {
		switch {
		case f.Value.Kind() == value.KindAbsent:
			fields[i].Value = r.computed(f.Name).Value
		case ambiguous(r.decl.block.Body, f.Name):
			fields[i].Value = r.mapOrBlocks(f.Name).Value
		default:
			fields[i].Value = provided(f.Value)
		}
	}
	for _, name := range []string{"id", "arn"} {
		if r.decl.block.Body.Attributes[name] == nil {
			fields = append(fields, value.Field{Name: name, Value: r.computed(name).Value})
		}
	}
	reason := "other attributes of " + r.addr.Name + " are known only after deployment"
	return value.OfOpenObject(fields, reason, value.Ref{Addr: r.addr})
}

// A moduleInstance is one instance of a module call.
type moduleInstance struct{ in *instance }

func (m moduleInstance) member(name string) outcome { return m.in.output(name) }

func (m moduleInstance) object() value.Value {
	var b builder
	for _, name := range sortedKeys(m.in.mod.outputs) {
		b.set(value.Field{Name: name, Value: m.in.output(name).Value})
	}
	return b.object()
}

// A missingModule is a call of what is not in the tree: its outputs are references that can't be followed here.
type missingModule struct {
	addr   value.Address
	reason string
}

func (m missingModule) member(name string) outcome {
	return perhaps(value.OfOpaque(m.reason, value.Ref{Addr: m.addr, Attr: name}))
}

func (m missingModule) object() value.Value {
	return value.OfOpenObject(nil, m.reason, value.Ref{Addr: m.addr})
}

// module returns what the name of a module call evaluates to.
func (in *instance) module(name string) outcome {
	c := in.mod.callNames[name]
	if c == nil {
		return unknown("module." + name + " is not declared")
	}
	e := in.expansionOfCall(c)
	switch {
	case e == nil:
		return unknown("module." + name + " refers to itself")
	case e.isNamed:
		return e.named
	}
	in.children(c, e)
	return in.wholeBlock(e, "module."+name)
}

// expansionOfCall returns what count or for_each makes of a call; nil while it is being found out.
func (in *instance) expansionOfCall(c *call) *expansion {
	return in.expansion(&in.calls[c.index].blockMemo, "module."+c.name, c.block.Body)
}

// children returns the module instances that a call makes; none where what it calls can't be read.
func (in *instance) children(c *call, e *expansion) []*instance {
	made := &in.calls[c.index]
	if made.listed {
		return made.children
	}
	made.listed = true
	ev, key := in.ev, "module."+c.name
	mod, reason := ev.callee(in, c)
	made.children = make([]*instance, 0, len(e.items))
	for _, it := range e.items {
		addr := value.Address{Unit: ev.unit, Name: in.qualified(key) + it.suffix}
		if mod == nil || ev.moduleCount >= maxModules {
			if mod != nil {
				reason = "there are too many instances of modules"
				ev.cut(header(c.block), fmt.Sprintf("the root makes more than %d instances of modules; what is called from here on is not checked", maxModules))
			}
			ev.handles[addr.Name] = missingModule{addr, reason}
			made.unread = append(made.unread, unreadCall{it, addr, reason})
			continue
		}
		ev.moduleCount++
		child := newInstance(ev, mod)
		child.parent, child.path, child.caller, child.call = in, addr.Name, it.scope, c
		child.exists, child.ranges = in.exists.And(it.exists), in.ranges
		if it.many {
			child.ranges += in.rangeOf(c.block.Body)
		}
		child.via = &value.Origin{Span: ev.span(header(c.block)), Note: shown(addr.Name) + " is called here", Via: in.via}
		ev.handles[addr.Name] = moduleInstance{child}
		made.children = append(made.children, child)
	}
	return made.children
}

// callee returns the module that a call reads, or why it can't be read.
func (ev *evaluator) callee(in *instance, c *call) (*module, string) {
	name := in.qualified("module." + c.name)
	called := name + " (" + legible(c.source) + ")"
	if c.source == "" {
		return nil, "the source of " + name + " can't be read"
	}
	if c.summary != nil {
		return c.summary, ""
	}
	if !c.local && c.missing != "" {
		return nil, called + " is not in the tree, and " + c.missing + "; run terraform init"
	}
	if !c.local {
		if ev.plan != nil {
			return nil, called + " is not in the tree; run terraform init"
		}
		return nil, called + " is not in the tree; run terraform init, or scan the plan"
	}
	mod := ev.modules[c.dir]
	if mod == nil {
		return nil, called + " is not in the tree"
	}
	for up := in; up != nil; up = up.parent {
		if up.mod == mod {
			return nil, name + " calls itself"
		}
	}
	return mod, ""
}

// isMeta reports whether an attribute speaks to Terraform, not to the provider.
func isMeta(name string) bool {
	switch name {
	case "count", "for_each", "provider", "depends_on", "lifecycle":
		return true
	}
	return false
}

// emitted reports whether a resource type is one that rules may look at, or that holds a document which may be.
func emitted(typ string) bool {
	return strings.HasPrefix(typ, "aws_") || strings.HasPrefix(typ, "awscc_") || frontend.HoldsBody(resource.Terraform, typ)
}

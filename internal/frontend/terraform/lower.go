package terraform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// lower emits the resources of a module instance and of all that it calls, in the order in which they are written. Calls of
// what can't be read are left to be told of.
func (ev *evaluator) lower(in *instance, out []resource.Raw) []resource.Raw {
	out = slices.Grow(out, len(in.mod.resources))
	for _, d := range in.mod.resources {
		commands := ev.commandsOf(d)
		if !emitted(d.typ) && len(commands) == 0 {
			continue
		}
		if ev.resourceCount >= maxResources {
			ev.cut(header(d.block), fmt.Sprintf("the root makes more than %d resources; what is declared from here on is not checked", maxResources))
			continue
		}
		for _, r := range in.instancesOf(d, in.expansionOf(d)) {
			ev.resourceCount++
			for _, c := range commands {
				ev.run(r, c)
			}
			if !emitted(d.typ) {
				continue
			}
			if raw, ok := ev.raw(r); ok {
				if d.data && d.typ == policyDocument {
					ev.policies = append(ev.policies, loosePolicy{r, len(out)})
				}
				out = append(out, raw)
			}
		}
	}
	for _, c := range in.mod.calls {
		for _, child := range in.children(c, in.expansionOfCall(c)) {
			out = ev.lower(child, out)
		}
		ev.deferred = append(ev.deferred, deferredCall{in, c, len(out)})
	}
	return out
}

// cut says once for each root that a limit leaves something unread.
func (ev *evaluator) cut(at hcl.Range, message string) {
	if len(ev.faults) == 0 {
		ev.faults = append(ev.faults, frontend.Unreadable(ev.span(at), message))
	}
}

// raw lowers one instance; false where it certainly doesn't exist.
func (ev *evaluator) raw(r *resourceInstance) (resource.Raw, bool) {
	exists := r.in.exists.And(r.item.exists)
	if never(exists) {
		return resource.Raw{}, false
	}
	if r.decl.broken {
		exists = exists.And(value.Unknowable(cutShort, nil))
	}
	head := ev.span(header(r.decl.block))
	read := ev.reads == nil || ev.reads(dialectOf(r.decl.typ), r.decl.typ, r.decl.data)
	var fields []value.Field
	if read {
		fields = r.planned(ev.fieldsOf(r.decl.block.Body, r.item.scope, true))
	}
	raw := resource.Raw{
		Dialect: dialectOf(r.decl.typ),
		Type:    r.decl.typ,
		Addr:    r.addr,
		Subject: r.subject(),
		Exists:  exists,
		Props:   ev.origins.From(value.OfObject(fields, false), head),
		Span:    head,
		Via:     r.in.via,
		Data:    r.decl.data,
		Range:   r.in.ranges,
	}
	if !read {
		raw.Props = value.OfOpenObject(nil, notRead)
	}
	if r.decl.broken {
		raw.Props = ev.origins.From(value.OfOpenObject(fields, cutShort), head)
	}
	if r.item.many {
		raw.Range += r.in.rangeOf(r.decl.block.Body)
	}
	return raw, true
}

// notRead is the reason for properties that nobody reads.
const notRead = "it is not read"

func dialectOf(typ string) resource.Dialect {
	if strings.HasPrefix(typ, "awscc_") {
		return resource.TerraformAWSCC
	}
	return resource.Terraform
}

// subject returns the instance's address as a user knows it: that of a block which declares a name again is the same.
func (r *resourceInstance) subject() string {
	if r.decl.repeat > 1 && r.in.mod.byName[r.decl.name] != r.decl {
		return shown(r.in.qualified(r.decl.name) + r.item.suffix)
	}
	return shown(r.addr.Name)
}

// fieldsOf lowers a body: its attributes in source order, then its nested blocks by type. At the top of a resource the
// meta-arguments, which speak to Terraform, are left out.
func (ev *evaluator) fieldsOf(body *hclsyntax.Body, sc *scope, top bool) []value.Field {
	l := ev.layoutOf(body, top)
	if l.fixed() {
		return l.fields
	}
	fields := slices.Clone(l.fields)
	for _, a := range l.attrs {
		fields[a.at].Value = ev.usedAt(a.Attribute, sc)
	}
	for _, n := range l.blocks {
		v := ev.blocksOf(n.blocks, sc)
		fields[n.at].Key, fields[n.at].Value = v.Origin().Span, v
	}
	return fields
}

// usedAt evaluates an attribute where it uses what it refers to.
func (ev *evaluator) usedAt(a *hclsyntax.Attribute, sc *scope) value.Value {
	return ev.used(ev.eval(a.Expr, sc).Value, ev.span(a.Expr.Range()))
}

// blockName returns the property that a nested block is: its type, or the label of a dynamic block.
func blockName(b *hclsyntax.Block) string {
	if b.Type != "dynamic" {
		return b.Type
	}
	if len(b.Labels) != 1 {
		return ""
	}
	return b.Labels[0]
}

func isMetaBlock(typ string) bool {
	switch typ {
	case "lifecycle", "provisioner", "connection":
		return true
	}
	return false
}

// blocksNamed returns the nested blocks of one name.
func blocksNamed(body *hclsyntax.Body, name string) []*hclsyntax.Block {
	var out []*hclsyntax.Block
	for _, b := range body.Blocks {
		if blockName(b) == name {
			out = append(out, b)
		}
	}
	return out
}

// blocksOf lowers nested blocks of one name, of which there is one at least, to a list of objects, dynamic ones expanded.
func (ev *evaluator) blocksOf(blocks []*hclsyntax.Block, sc *scope) value.Value {
	lists := make([]outcome, len(blocks))
	for i, b := range blocks {
		if b.Type == "dynamic" {
			lists[i] = ev.dynamic(b, sc)
			continue
		}
		head := ev.span(b.TypeRange)
		block := ev.origins.From(value.OfObject(ev.fieldsOf(b.Body, sc, false), false), head)
		lists[i] = sure(value.OfList([]value.Value{block}, false).WithOrigin(block.Origin()))
	}
	if len(lists) == 1 {
		return lists[0].Value
	}
	return concat(lists).WithOrigin(lists[0].Origin())
}

// dynamic expands a dynamic block. One whose for_each is not known is one block that may not be there: what it says that
// doesn't depend on the iterator is certain even so.
func (ev *evaluator) dynamic(b *hclsyntax.Block, sc *scope) outcome {
	head := ev.span(b.LabelRanges[0])
	content := contentOf(b)
	each := b.Body.Attributes["for_each"]
	if content == nil || each == nil {
		return sure(value.OfList(nil, false).From(head))
	}
	iterator := b.Labels[0]
	if a := b.Body.Attributes["iterator"]; a != nil {
		if t, ok := a.Expr.(*hclsyntax.ScopeTraversalExpr); ok {
			iterator = t.Traversal.RootName()
		}
	}
	block := func(key string, k, v value.Value) value.Value {
		round := value.OfObject([]value.Field{{Name: "key", Value: k}, {Name: "value", Value: v}}, false)
		inner := sc.bind("dynamic "+key+" "+sc.key, binding{iterator, round})
		return ev.origins.From(value.OfObject(ev.fieldsOf(content, inner, false), false), head)
	}
	coll := ev.forced(ev.eval(each.Expr, sc))
	at := ev.span(each.Expr.Range())
	o := lift(coll, func(coll outcome) outcome {
		l := &loop{ev: ev, coll: coll}
		rounds, open, fails := l.rounds()
		// How many blocks there are comes from for_each: its trace is that of a block that is not there.
		use := coll.Use(at).Origin()
		if own := coll.Origin(); own != nil && at.Contains(own.Span) {
			use = own
		}
		origin := &value.Origin{Span: head, Via: &value.Origin{
			Span: use.Span, Note: b.Labels[0] + " is repeated for each element of this", Via: noted(use),
		}}
		if coll.Kind() == value.KindAbsent {
			return sure(value.OfList(nil, false).WithOrigin(origin))
		}
		if open {
			// What is made of nothing known is no more than what stands for all that are not seen.
			rounds = slices.DeleteFunc(rounds, func(r round) bool { return r.maybe && r.value.Kind() == value.KindOpaque })
			open = !starRound(rounds)
		}
		var blocks []value.Value
		for i, r := range rounds {
			v := block(strconv.Itoa(each.SrcRange.Start.Byte)+" "+strconv.Itoa(i), r.key, r.value)
			if r.maybe {
				v = v.MaybeSince(r.why)
			}
			blocks = append(blocks, v)
		}
		if open {
			r := l.unseen()
			blocks = append(blocks, block(strconv.Itoa(each.SrcRange.Start.Byte)+" *", r.key, r.value).MaybeSince(r.why))
		}
		list := value.OfList(blocks, false).WithOrigin(origin)
		if len(blocks) > 1 && (open || l.disordered || coll.Unordered() && !exact(coll.Value)) {
			list = list.AsSet()
		}
		return ended(list, fails)
	})
	if o.Origin() == nil || o.Kind() == value.KindChoice {
		o.Value = o.From(head)
	}
	return o
}

// used places a value in the attribute that uses it. What of it is written elsewhere, the elements of a list that a
// variable holds, stands at the use too, and its trace tells where it was written.
func (ev *evaluator) used(v value.Value, at source.Span) value.Value {
	if h, ok := ev.handleOf(v); ok {
		defer ev.enter(h)()
		v = h.object().WithOrigin(v.Origin())
	}
	if o := v.Origin(); o == nil || !at.Contains(o.Span) {
		v = ev.origins.Use(v, at)
	}
	if inDocument(v) {
		return v
	}
	return ev.placed(v, at, v.Origin(), 0).Map(pooled)
}

// pooled marks a list of which all elements are known to be instances of one block that are listed by what stands for
// them.
func pooled(v value.Value) value.Value {
	if v.Kind() != value.KindList || !v.Open() || len(v.Elems()) == 0 {
		return v
	}
	block, counted := strings.CutPrefix(v.Reason(), starPrefix)
	block, whole := strings.CutSuffix(block, starSuffix)
	for _, e := range v.Elems() {
		if ref, ok := e.Symbol(); !ok || !counted || !whole || !strings.HasPrefix(ref.Addr.Name, block+"[") {
			return v
		}
	}
	return v.AllAlike()
}

// maxUsedDepth bounds the levels of a structure whose parts are placed one by one.
const maxUsedDepth = 32

func (ev *evaluator) placed(v value.Value, at source.Span, container *value.Origin, depth int) value.Value {
	if depth > maxUsedDepth || ev.inPlace(v, at, 0) {
		return v
	}
	inner := func(m value.Value) value.Value {
		if h, ok := ev.handleOf(m); ok {
			ev.steps += stepsOfWhole
			if reason := ev.refuses(h); reason != "" {
				return value.OfOpaque(reason, m.Refs()...).WithOrigin(m.Origin()).MaybeAs(m)
			}
			defer ev.enter(h)()
			m = h.object().WithOrigin(m.Origin()).MaybeAs(m)
		}
		if o := m.Origin(); o == nil || !at.Contains(o.Span) {
			m = ev.within(m, container)
		}
		return ev.placed(m, at, m.Origin(), depth+1)
	}
	switch v.Kind() {
	case value.KindList:
		if len(v.Elems()) == 0 {
			return v
		}
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = inner(e)
		}
		return reshaped(v, elems)
	case value.KindObject:
		if len(v.Fields()) == 0 {
			return v
		}
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			fields[i] = value.Field{Name: f.Name, Key: f.Key, Via: f.Via, Value: inner(f.Value)}
		}
		return refielded(v, fields)
	case value.KindChoice:
		arms := make([]value.Arm, len(v.Arms()))
		for i, a := range v.Arms() {
			arms[i] = value.Arm{When: a.When, Value: inner(a.Value)}
		}
		return value.OfChoice(arms).WithOrigin(v.Origin()).MaybeAs(v)
	}
	return v
}

// inDocument reports whether a value is the text of a document that is no part of a configuration: what is in it stands there,
// and not where all of the document is used.
func inDocument(v value.Value) bool {
	if !v.Encoded() || len(v.Fields()) == 0 {
		return false
	}
	key := v.Fields()[0].Key
	return !key.IsZero() && !isModuleFile(key.File.Path) && !isVarFile(key.File.Path)
}

// enter notes that what is placed from here on is part of a whole resource or module, until it is left.
func (ev *evaluator) enter(h handle) (leave func()) {
	n := len(ev.entered)
	ev.entered = append(ev.entered, h)
	return func() { ev.entered = ev.entered[:n] }
}

// refuses returns why a whole resource or module isn't placed in what is being placed, or "".
func (ev *evaluator) refuses(h handle) string {
	switch {
	case slices.Contains(ev.entered, h):
		return "it refers to itself"
	case ev.exhausted():
		return tooLong
	}
	return ""
}

// inPlace reports whether all members of v are written at the use, as those of a literal are: nothing is to be placed.
func (ev *evaluator) inPlace(v value.Value, at source.Span, depth int) bool {
	if depth > maxUsedDepth {
		return true
	}
	there := func(m value.Value) bool {
		if o := m.Origin(); o == nil || !at.Contains(o.Span) {
			return false
		}
		_, whole := ev.handleOf(m)
		return !whole && ev.inPlace(m, at, depth+1)
	}
	for _, e := range v.Elems() {
		if !there(e) {
			return false
		}
	}
	for _, f := range v.Fields() {
		if !there(f.Value) {
			return false
		}
	}
	if v.Kind() == value.KindChoice {
		for _, a := range v.Arms() {
			if !there(a.Value) {
				return false
			}
		}
	}
	return true
}

// within places a member that is written elsewhere where its container is used: the trace is the container's, and then
// the place where the member itself is written.
func (ev *evaluator) within(m value.Value, container *value.Origin) value.Value {
	if container == nil {
		return m
	}
	own := m.Origin()
	unnoted := own != nil && noted(own) == nil
	if !unnoted {
		own = noted(own)
	}
	// The notes of the one chain are followed by those of the other, without what is in both.
	n := 1
	head := container.Via
	for head != nil && (own == nil || head.Span != own.Span) {
		head = head.Via
		n++
	}
	tail := head
	if head == nil {
		tail = own
		if unnoted {
			n++
		}
	}
	// One piece of memory holds the copies: a list has as many chains as elements.
	chain := ev.origins.Make(n)
	chain[0].Span = container.Span
	i := 1
	for o := container.Via; o != head; o = o.Via {
		chain[i].Span, chain[i].Note = o.Span, o.Note
		i++
	}
	if i < n {
		chain[i].Span, chain[i].Note = own.Span, memberNote
	} else {
		chain[n-1].Via = tail
	}
	return m.WithOrigin(&chain[0])
}

// encodedAs returns v as the text that of is, if it is one.
func encodedAs(v, of value.Value) value.Value {
	switch {
	case of.Respelt():
		return v.AsRespeltJSON()
	case of.Encoded():
		return v.AsJSON()
	}
	return v
}

// reshaped returns a list of other elements that is otherwise as v is.
func reshaped(v value.Value, elems []value.Value) value.Value {
	out := value.OfList(elems, false)
	if v.Open() {
		out = value.OfOpenList(elems, v.Reason(), v.Refs()...)
	}
	if v.Unordered() {
		switch {
		case v.ListOrSet():
			out = out.AsListOrSet()
		case v.Sorted():
			out = out.AsSortedSet()
		default:
			out = out.AsSet()
		}
	}
	out = encodedAs(out, v)
	return out.WithOrigin(v.Origin()).MaybeAs(v)
}

// refielded returns an object of other fields that is otherwise as v is.
func refielded(v value.Value, fields []value.Field) value.Value {
	out := value.OfObject(fields, false)
	if v.Open() {
		out = value.OfOpenObject(fields, v.Reason(), v.Refs()...)
	}
	out = encodedAs(out, v)
	return out.WithOrigin(v.Origin()).MaybeAs(v)
}

// never reports whether a truth is false in every world.
func never(t value.Truth) bool { return t.Known() == tri.False }

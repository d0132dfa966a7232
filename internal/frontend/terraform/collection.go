package terraform

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"golang.org/x/text/unicode/norm"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

func (ev *evaluator) tuple(e *hclsyntax.TupleConsExpr, sc *scope) outcome {
	if len(e.Exprs) > maxElements {
		return ev.unmodelled(e, sc)
	}
	elems := make([]value.Value, len(e.Exprs))
	fails := tri.False
	for i, x := range e.Exprs {
		o := ev.eval(x, sc)
		elems[i] = o.Certain()
		fails = fails.Or(o.fails)
	}
	return ended(ev.origins.From(value.OfList(elems, false), ev.span(e.SrcRange)), fails)
}

// objectKey evaluates the name of an object's member: a bare word is its own name.
func (ev *evaluator) objectKey(e *hclsyntax.ObjectConsKeyExpr, sc *scope) outcome {
	if word := keyword(e); word != "" {
		return sure(ev.origins.From(value.OfString(word), ev.span(e.Range())))
	}
	if hcl.ExprAsKeyword(e.Wrapped) != "" && !e.ForceNonLiteral {
		return unknown("the name is no valid UTF-8")
	}
	return ev.eval(e.Wrapped, sc)
}

// keyword returns the name that the key of an object's member is by itself, or "". Terraform's values hold names in
// normal form C; hclsyntax's scanner lets some identifiers through that are no UTF-8, which have no form.
func keyword(e hclsyntax.Expression) string {
	key, ok := e.(*hclsyntax.ObjectConsKeyExpr)
	if !ok || key.ForceNonLiteral {
		return ""
	}
	word := hcl.ExprAsKeyword(key.Wrapped)
	if !utf8.ValidString(word) {
		return ""
	}
	return norm.NFC.String(word)
}

func (ev *evaluator) objectCons(e *hclsyntax.ObjectConsExpr, sc *scope) outcome {
	if len(e.Items) > maxElements {
		return ev.unmodelled(e, sc)
	}
	b := builder{fails: tri.False, fields: make([]value.Field, 0, len(e.Items))}
	var names unnamed
	for _, item := range e.Items {
		if word := keyword(item.KeyExpr); word != "" && names.members == nil {
			v := ev.eval(item.ValueExpr, sc)
			b.fails = b.fails.Or(v.fails)
			b.set(value.Field{Name: word, Key: ev.span(item.KeyExpr.Range()), Value: v.Value.Certain()})
			continue
		}
		key := ev.eval(item.KeyExpr, sc)
		v := ev.eval(item.ValueExpr, sc)
		b.fails = b.fails.Or(key.fails).Or(v.fails)
		name, ok := nameIn(key.Value)
		apart := names.add(&b, key.Value, v.Value.Certain())
		if ok {
			b.set(value.Field{Name: name, Key: ev.span(item.KeyExpr.Range()), Value: v.Value.Certain()})
			continue
		}
		b.fails = b.fails.Or(tri.Unknown) // null is no name
		reason, refs := reasonOf("the name of a member is not known", key), append(key.Refs(), v.Refs()...)
		if apart {
			b.open, b.reason, b.refs = true, partly(reason), append(b.refs, refs...)
			continue
		}
		// A later member of an unknown name may stand in for any before it.
		b.blur(reason, refs)
	}
	o := ended(ev.origins.From(b.object(), ev.span(e.SrcRange)), b.fails)
	if names.alike {
		return o
	}
	return o.withMembers(names.members)
}

// A builder collects the members of an object.
type builder struct {
	fields []value.Field
	index  map[string]int
	open   bool
	reason string
	refs   []value.Ref
	fails  tri.Bool
}

// indexedMembers is the number of members from which a builder keeps an index of their names.
const indexedMembers = 12

// at returns the place of a member.
func (b *builder) at(name string) (int, bool) {
	if b.index != nil {
		i, ok := b.index[name]
		return i, ok
	}
	for i, f := range b.fields {
		if f.Name == name {
			return i, true
		}
	}
	return 0, false
}

func (b *builder) set(f value.Field) {
	if i, ok := b.at(f.Name); ok {
		b.fields[i] = f
		return
	}
	b.fields = append(b.fields, f)
	switch {
	case b.index != nil:
		b.index[f.Name] = len(b.fields) - 1
	case len(b.fields) >= indexedMembers:
		b.index = make(map[string]int, 2*indexedMembers)
		for i, f := range b.fields {
			b.index[f.Name] = i
		}
	}
}

// blur notes that members of unknown names come now, which may replace those that are there.
func (b *builder) blur(reason string, refs []value.Ref) {
	if b.open {
		b.reason = partly(b.reason) // the members are no longer of one kind
	} else if b.reason = reason; strings.HasPrefix(reason, keysPrefix) {
		b.reason = partly(reason) // what comes later may replace one of them
	}
	b.open = true
	for i, f := range b.fields {
		v := value.OfOpaque(reason, append(f.Value.Refs(), refs...)...).WithOrigin(f.Value.Origin())
		if f.Value.MayBeMissing() {
			v = v.Maybe()
		}
		b.fields[i].Value = v
	}
	b.refs = append(b.refs, refs...)
}

func (b *builder) object() value.Value {
	if b.open {
		return value.OfOpenObject(b.fields, b.reason, b.refs...)
	}
	return value.OfObject(b.fields, false)
}

// byName returns an object's fields in the order in which Terraform iterates over them.
func byName(v value.Value) []value.Field {
	fields := slices.Clone(v.Fields())
	slices.SortStableFunc(fields, func(a, b value.Field) int { return cmp.Compare(a.Name, b.Name) })
	return fields
}

// follow applies the steps of a traversal.
func (ev *evaluator) follow(o outcome, steps hcl.Traversal) outcome {
	for i, step := range steps {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			o = ev.attr(o, step.Name)
		case hcl.TraverseIndex:
			o = ev.index(o, sure(ev.indexKey(&steps[i], step.Key)))
		default:
			o = unknown("it can't be evaluated", o)
		}
	}
	return o
}

// indexKey returns the key of an index step, made once: a number of cty's is large.
func (ev *evaluator) indexKey(step *hcl.Traverser, key cty.Value) value.Value {
	v, ok := ev.indexes[step]
	if !ok {
		v = fromCty(key)
		if ev.indexes == nil {
			ev.indexes = map[*hcl.Traverser]value.Value{}
		}
		ev.indexes[step] = v
	}
	return v
}

// attr returns the member called name.
func (ev *evaluator) attr(o outcome, name string) outcome {
	return lift(o, func(o outcome) outcome {
		if h, ok := ev.handleOf(o.Value); ok {
			m := h.member(name)
			if o.fails == tri.False {
				return m
			}
			return ended(m.Value, m.fails.Or(o.fails))
		}
		switch o.Kind() {
		case value.KindObject:
			if o.Encoded() {
				return failed("a text has no members", o)
			}
			return ev.field(o, name)
		case value.KindOpaque:
			return unknownMember(o, name)
		case value.KindSymbol, value.KindText:
			return unknown("it can't be evaluated", o)
		}
		return failed(describe(o.Value)+" has no member "+name, o)
	})
}

// unknownMember returns a member of what is not known. The outputs of another stack keep their names, by which they can
// be found.
func unknownMember(o outcome, name string) outcome {
	refs := o.Refs()
	if len(refs) == 1 && refs[0].Attr == remoteOutputs {
		ref := value.Ref{Addr: refs[0].Addr, Attr: remoteOutputs + "." + name}
		return perhaps(value.OfOpaque(o.Reason(), ref).WithOrigin(o.Origin()))
	}
	return perhaps(value.OfOpaque(o.Reason(), refs...).WithOrigin(o.Origin()))
}

const remoteOutputs = "outputs"

func (ev *evaluator) field(o outcome, name string) outcome {
	f, ok := o.Field(name)
	switch {
	case ok && f.Value.MayBeMissing():
		return perhaps(f.Value.Certain())
	case ok:
		return ended(continued(f.Value, o.Value), o.fails)
	case !o.Open():
		return failed("there is no member "+name, o)
	}
	if star, ok := starOf(o.Value); ok {
		return perhaps(value.OfSymbol(star))
	}
	if only, ok := ev.under(o.Value, value.OfString(name)); ok {
		return perhaps(only)
	}
	return unknown("not all of its members are known", o)
}

// continued returns a member whose trace leads through where its container came from, the default of a variable or the
// argument of a module call, to where the member did.
func continued(member, container value.Value) value.Value {
	via := noted(container.Origin())
	origin := member.Origin()
	around := false
	if origin != nil {
		via, around = withoutAround(via, origin.Span)
	}
	switch {
	case via == nil && !around:
		return member
	case origin == nil:
		return member.WithOrigin(via)
	case noted(origin) == nil:
		written := &value.Origin{Span: origin.Span, Note: memberNote}
		return member.WithOrigin(&value.Origin{Span: origin.Span, Via: chained(via, written)})
	case via == nil || notes(origin) >= maxTrace:
		return member
	}
	return member.WithOrigin(&value.Origin{Span: origin.Span, Via: chained(via, noted(origin))})
}

// chained returns the notes of one chain followed by those of another, each once.
func chained(head, tail *value.Origin) *value.Origin {
	switch {
	case head == nil:
		return tail
	case tail == nil || head.Span != tail.Span:
	case tail.Note == memberNote || tail.Note == head.Note:
		tail = tail.Via
	}
	return &value.Origin{Span: head.Span, Note: head.Note, Via: chained(noted(head.Via), noted(tail))}
}

// maxTrace bounds the notes of a chain that others are put before.
const maxTrace = 24

// notes returns how many notes a chain has.
func notes(o *value.Origin) int {
	n := 0
	for o = noted(o); o != nil; o = noted(o.Via) {
		n++
	}
	return n
}

// withoutAround returns a trace without the notes that a container is written around the place of its member, which say
// nothing more than the member's own.
func withoutAround(o *value.Origin, at source.Span) (rest *value.Origin, around bool) {
	if o = noted(o); o == nil {
		return nil, false
	}
	rest, around = withoutAround(o.Via, at)
	switch {
	case o.Note == memberNote && o.Span.Contains(at):
		return rest, true
	case !around:
		return o, false
	}
	return &value.Origin{Span: o.Span, Note: o.Note, Via: rest}, true
}

// memberNote marks where a member of a list or object is written, in the trace of its container.
const memberNote = value.WrittenNote

// starOf returns what stands for all members of an object that are not known by name: the instances of a resource or
// module of unknown number, or one attribute of theirs.
func starOf(v value.Value) (value.Ref, bool) {
	if v.Kind() != value.KindObject || !v.Open() {
		return value.Ref{}, false
	}
	for _, r := range v.Refs() {
		if strings.HasSuffix(r.Addr.Name, star) && v.Reason() == starReason(r.Addr) {
			return r, true
		}
	}
	return value.Ref{}, false
}

// star is the key of an instance that stands for all that there may be.
const star = "[*]"

func (ev *evaluator) index(coll, key outcome) outcome {
	return distribute([]outcome{coll, key}, func(os []outcome) outcome { return ev.indexOne(os[0], os[1]) })
}

func (ev *evaluator) indexOne(coll, key outcome) outcome {
	name, keyKnown := nameIn(key.Value)
	fails := coll.fails.Or(key.fails)
	if _, ok := ev.handleOf(coll.Value); ok && keyKnown {
		o := ev.attr(coll, name)
		return ended(o.Value, o.fails.Or(fails))
	}
	switch {
	case coll.Encoded():
		return failed("a text has no members", coll, key)
	case coll.Kind() == value.KindObject && keyKnown:
		o := ev.field(coll, name)
		return ended(o.Value, o.fails.Or(fails))
	case coll.Kind() == value.KindObject:
		if ref, ok := starOf(coll.Value); ok && len(coll.Fields()) == 0 {
			return perhaps(value.OfSymbol(ref))
		}
		if only, ok := ev.under(coll.Value, key.Value); ok {
			return perhaps(only)
		}
		return unknown("the key is not known", key, coll)
	case coll.Kind() == value.KindList:
		o := elementAt(coll, key)
		return ended(o.Value, o.fails.Or(fails))
	case coll.Kind() == value.KindAbsent || coll.Kind() == value.KindScalar:
		return failed(describe(coll.Value)+" has no members", coll, key)
	case coll.Kind() == value.KindOpaque && foundIDs(coll.Value):
		return perhaps(value.OfPresent(coll.Reason(), coll.Refs()...))
	case coll.Kind() == value.KindOpaque && keyKnown:
		return unknownMember(coll, name)
	}
	return unknown("it can't be evaluated", coll, key)
}

// foundIDs reports whether a value is the ids that a data source finds, such as aws_subnets: each of them is there, if
// nobody knows how many they are.
func foundIDs(v value.Value) bool {
	refs := v.Refs()
	return len(refs) == 1 && refs[0].Attr == "ids" && strings.Contains("."+refs[0].Addr.Name, ".data.aws_")
}

// elementAt returns the element of a list at a key.
func elementAt(list, key outcome) outcome {
	i, isInt := key.AsInt()
	fails := tri.False
	if list.Unordered() {
		fails = tri.Unknown // a set has no first element
	}
	if (exact(list.Value) || list.ListOrSet() && settled(list.Value)) && isInt {
		if i < 0 || i >= len(list.Elems()) {
			return failed("the list has "+strconv.Itoa(len(list.Elems()))+" elements", list)
		}
		return ended(continued(list.Elems()[i], list.Value), list.fails.Or(fails))
	}
	if same, ok := uniform(list.Value); ok {
		return perhaps(same)
	}
	return unknown("which element it is can't be known", key, list)
}

// uniform returns the element that stands for all of a list: the instances of a resource of unknown count.
func uniform(v value.Value) (value.Value, bool) {
	if v.Kind() != value.KindList || !v.Open() || len(v.Elems()) != 1 {
		return value.Value{}, false
	}
	e := v.Elems()[0]
	ref, ok := e.Symbol()
	if !ok || !strings.HasSuffix(ref.Addr.Name, star) || v.Reason() != starReason(ref.Addr) {
		return value.Value{}, false
	}
	return e.Certain(), true
}

// starReason says that nobody knows how many instances there are, and is the same for all lists over them.
func starReason(addr value.Address) string {
	return starPrefix + strings.TrimSuffix(addr.Name, star) + starSuffix
}

// partly is the reason of what is made of a list or object over the instances of a resource of unknown number, and of
// something else.
func partly(reason string) string {
	if strings.HasPrefix(reason, starPrefix) || strings.HasPrefix(reason, keysPrefix) {
		return "not all of it is known: " + reason
	}
	return reason
}

const (
	starPrefix = "the number of "
	starSuffix = " is not known"
)

func (ev *evaluator) splat(e *hclsyntax.SplatExpr, src outcome, sc *scope) outcome {
	each := func(item value.Value) outcome {
		inner := &scope{in: sc.in, outer: sc, item: e.Item, itemValue: item}
		o := ev.eval(e.Each, inner)
		_, bare := e.Each.(*hclsyntax.AnonSymbolExpr)
		switch via := noted(item.Origin()); {
		case via != nil && noted(o.Origin()) == nil:
			// The origin of an element is the element's own place, not that of the splat.
			o.Value = ev.derived(o.Value, ev.span(e.SrcRange), ended(item, tri.False))
		case !bare:
			o.Value = ev.origins.Use(o.Value, ev.span(e.SrcRange)) // what is read is used at the whole splat, not at its last steps
		}
		if item.MayBeMissing() {
			o.Value = o.Maybe()
		}
		return o
	}
	return lift(src, func(src outcome) outcome {
		switch {
		case src.Kind() == value.KindAbsent:
			return ended(value.OfList(nil, false), src.fails)
		case src.Kind() == value.KindOpaque:
			return perhaps(value.OfOpenList(nil, src.Reason(), src.Refs()...))
		case src.Kind() == value.KindList && !src.Encoded():
			elems, fails := make([]value.Value, len(src.Elems())), src.fails
			if _, bare := e.Each.(*hclsyntax.AnonSymbolExpr); !bare && (src.Open() || len(elems) == 0 && !ofBlock(e.Source, sc)) {
				fails = fails.Or(tri.Unknown) // an element that isn't known, or the type of those of an empty list, may have no such member
			}
			for i, el := range src.Elems() {
				o := each(el)
				elems[i] = o.Value
				fails = fails.Or(inRound(o.fails, !el.MayBeMissing()))
			}
			return ended(sameShape(src.Value, elems), fails)
		}
		o := each(src.Certain())
		return ended(value.OfList([]value.Value{o.Certain()}, false), o.fails.Or(src.fails))
	})
}

// ofBlock reports whether an expression is the name of a resource or module, of which no instances make an empty tuple.
func ofBlock(e hclsyntax.Expression, sc *scope) bool {
	t, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return false
	}
	root := t.Traversal.RootName()
	if _, bound := sc.lookup(root); bound {
		return false
	}
	switch root {
	case "data", "resource":
		return len(t.Traversal) == 3
	case "var", "local", "each", "self":
		return false
	}
	return len(t.Traversal) == 2
}

// sameShape returns a list of other elements that is open or unordered as list is.
func sameShape(list value.Value, elems []value.Value) value.Value {
	v := value.OfList(elems, false)
	if list.Open() {
		v = value.OfOpenList(elems, list.Reason(), list.Refs()...)
	}
	if list.Unordered() && !exact(list) {
		v = v.AsSet()
	}
	return v
}

// spanned gives every element that has no place that of the expression.
func spanned(v value.Value, span source.Span) value.Value {
	if v.Origin() == nil {
		return v.From(span)
	}
	return v
}

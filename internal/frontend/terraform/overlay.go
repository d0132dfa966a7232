package terraform

import (
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A plan that lies beside its configuration says what of the configuration stays open: the configuration tells where
// things are written and what refers to what, and the plan's values win.

// A plannedValue is what a plan says of a value: the value, and the marks of the same shape with true in the place of what is
// known only after the apply, or not to be shown.
type plannedValue struct {
	node, unknown, sensitive *doctree.Node
	// secret is set where a name says that the value is not to be told.
	secret bool
}

func (s plannedValue) member(name string) plannedValue {
	return plannedValue{s.node.Get(name), s.unknown.Get(name), s.sensitive.Get(name), s.secret || secret(name)}
}

func (s plannedValue) item(i int) plannedValue {
	return plannedValue{itemOf(s.node, i), itemOf(s.unknown, i), itemOf(s.sensitive, i), s.secret}
}

// overlay returns a configured value as a plan has it.
func overlay(h value.Value, s plannedValue) value.Value {
	switch {
	case s.node == nil || marked(s.unknown) || marked(s.sensitive):
		return h
	case !contradicts(h, s.node, s.unknown) && settledIn(h):
		return h
	}
	for _, a := range h.Arms() {
		if h.Kind() == value.KindChoice && !contradicts(a.Value, s.node, s.unknown) && settledIn(a.Value) {
			return chosen(a.Value, h, s).MaybeAs(h)
		}
	}
	v := said(h, s).MaybeAs(h)
	if h.Origin() == nil {
		return v.From(s.node.Span)
	}
	return v.WithOrigin(&value.Origin{Span: h.Origin().Span, Via: &value.Origin{Span: s.node.Span, Note: s.note()}})
}

// chosen is the alternative that a plan settles on.
func chosen(arm, h value.Value, s plannedValue) value.Value {
	at := h.Origin()
	if at == nil {
		at = arm.Origin()
	}
	if at == nil {
		return arm
	}
	note := &value.Origin{Span: s.node.Span, Note: s.note(), Via: noted(arm.Origin())}
	return arm.WithOrigin(&value.Origin{Span: at.Span, Via: note})
}

// note says what a plan says.
func (s plannedValue) note() string {
	switch text := spelt(scalarOf(s.node), s.secret); {
	case s.node.Kind == doctree.Null:
		return "the plan says it is null"
	case s.node.Kind == doctree.Sequence || s.node.Kind == doctree.Mapping || text == "":
		return "the plan says what it is"
	default:
		return "the plan says it is " + text
	}
}

// said returns what a plan says in the place of h, with as much of h as holds.
func said(h value.Value, s plannedValue) value.Value {
	switch s.node.Kind {
	case doctree.Sequence:
		return saidList(alternative(h, value.KindList), s)
	case doctree.Mapping:
		return saidObject(alternative(h, value.KindObject), s)
	case doctree.String:
		if own, doc := documentIn(h), embedded(s.node); own.Kind() != value.KindAbsent && doc != nil {
			return saidDocument(own, plannedValue{node: doc, secret: s.secret}).AsJSON()
		}
	}
	return scalarOf(s.node)
}

// documentIn returns the document that a text spells, which a provider may spell in another way; absent where it is none.
func documentIn(h value.Value) value.Value {
	if h.Encoded() {
		return h.Decoded()
	}
	if h.Kind() == value.KindScalar || h.Kind() == value.KindText {
		if doc := h.FromJSON(); doc.Kind() == value.KindObject {
			return doc
		}
	}
	return value.Value{}
}

// alternative returns the part of a choice that is of a kind, or h itself.
func alternative(h value.Value, kind value.Kind) value.Value {
	for _, a := range h.Arms() {
		if a.Value.Kind() == kind {
			if a.Value.Origin() == nil {
				return a.Value.WithOrigin(h.Origin())
			}
			return a.Value
		}
	}
	return h
}

func saidList(h value.Value, s plannedValue) value.Value {
	rest := slices.Clone(h.Elems())
	elems := make([]value.Value, len(s.node.Items))
	for i := range s.node.Items {
		item := s.item(i)
		own := value.OfOpaque(onlyAfterApply).WithOrigin(h.Origin())
		for j, e := range rest {
			if !contradicts(e, item.node, item.unknown) {
				own = e.Certain()
				rest = slices.Delete(rest, j, j+1)
				break
			}
		}
		elems[i] = overlay(own, item)
	}
	v := value.OfList(elems, false)
	if h.Unordered() {
		return v.AsSet()
	}
	return v
}

const onlyAfterApply = "it is known only after the apply"

func saidObject(h value.Value, s plannedValue) value.Value {
	var fields []value.Field
	for _, f := range h.Fields() {
		member := s.member(f.Name)
		if member.node == nil && !marked(member.unknown) && h.Open() {
			continue // the plan doesn't have it
		}
		f.Value = overlay(f.Value.Certain(), member)
		fields = append(fields, f)
	}
	if h.Kind() == value.KindObject && !h.Open() {
		return value.OfObject(fields, false) // what isn't written has its default
	}
	for _, pair := range s.node.Pairs {
		name := pair.Key.Text
		if has(fields, name) || pair.Value.Kind == doctree.Null {
			continue
		}
		own := value.OfOpaque(onlyAfterApply).WithOrigin(h.Origin())
		fields = append(fields, value.Field{Name: name, Key: pair.Key.Span, Value: overlay(own, s.member(name))})
	}
	for _, pair := range pairsOf(s.unknown) {
		if name := pair.Key.Text; s.node.Get(name) == nil && !has(fields, name) {
			v := value.OfOpaque(onlyAfterApply, h.Refs()...).WithOrigin(h.Origin())
			fields = append(fields, value.Field{Name: name, Value: v})
		}
	}
	return value.OfObject(fields, false)
}

// saidDocument returns a JSON document as a plan has it, all of which is what was written.
func saidDocument(h value.Value, s plannedValue) value.Value {
	if s.node.Kind != doctree.Mapping {
		return said(h, s)
	}
	h = alternative(h, value.KindObject)
	return saidObject(value.OfOpenObject(h.Fields(), onlyAfterApply).WithOrigin(h.Origin()), s)
}

func has(fields []value.Field, name string) bool {
	return slices.ContainsFunc(fields, func(f value.Field) bool { return f.Name == name })
}

func pairsOf(n *doctree.Node) []doctree.Pair {
	if n == nil {
		return nil
	}
	return n.Pairs
}

// marked reports whether a plan's mark stands on all of a value.
func marked(n *doctree.Node) bool { return n != nil && n.Kind == doctree.Bool && n.Text == "true" }

func itemOf(n *doctree.Node, i int) *doctree.Node {
	if n == nil || i >= len(n.Items) {
		return nil
	}
	return n.Items[i]
}

// scalarOf returns a JSON scalar.
func scalarOf(n *doctree.Node) value.Value {
	switch n.Kind {
	case doctree.Null:
		return value.Value{}
	case doctree.Bool:
		return value.OfBool(n.Text == "true")
	case doctree.Number:
		if num, ok := value.NumberOf(n.Text); ok {
			return value.OfNumber(num)
		}
	}
	return value.OfString(n.Text)
}

// settledIn reports whether nothing of a value depends on what a plan could tell: known, or a reference, which says more
// than the id that a plan has for it.
func settledIn(v value.Value) bool {
	if v.MayBeMissing() {
		return false
	}
	switch v.Kind() {
	case value.KindAbsent, value.KindScalar, value.KindSymbol:
		return true
	case value.KindList:
		return !v.Open() && !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return !settledIn(e) })
	case value.KindObject:
		return !v.Open() && !slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return !settledIn(f.Value) })
	}
	return false
}

// contradicts reports whether a plan's value is certainly none of those that h stands for.
func contradicts(h value.Value, n, unknown *doctree.Node) bool {
	if n == nil || marked(unknown) {
		return false
	}
	switch h.Kind() {
	case value.KindOpaque:
		return false
	case value.KindAbsent:
		return !vacant(n)
	case value.KindSymbol:
		return n.Kind != doctree.String || n.Text == ""
	case value.KindScalar, value.KindText:
		switch n.Kind {
		case doctree.Sequence:
			return len(n.Items) != 1 || contradicts(h, n.Items[0], itemOf(unknown, 0))
		case doctree.Null:
			return h.Literal() != "" || h.Kind() == value.KindText
		case doctree.Mapping:
			return true
		}
		if own := documentIn(h); own.Kind() != value.KindAbsent {
			doc := embedded(n)
			return doc == nil || contradicts(own, doc, nil)
		}
		return h.Is(scalarOf(n).Literal()).Known() == tri.False
	case value.KindChoice:
		return !slices.ContainsFunc(h.Arms(), func(a value.Arm) bool { return !contradicts(a.Value, n, unknown) })
	}
	if h.Encoded() {
		doc := embedded(n)
		return doc == nil || contradicts(h.Decoded(), doc, nil)
	}
	if h.Kind() == value.KindList {
		return contradictsList(h, n, unknown)
	}
	if n.Kind != doctree.Mapping {
		return n.Kind != doctree.Null || len(h.Fields()) > 0
	}
	return slices.ContainsFunc(h.Fields(), func(f value.Field) bool {
		if f.Value.MayBeMissing() {
			return false
		}
		member := n.Get(f.Name)
		return member == nil && !marked(unknown.Get(f.Name)) && settledIn(f.Value) && f.Value.Kind() != value.KindAbsent ||
			member != nil && contradicts(f.Value, member, unknown.Get(f.Name))
	})
}

// contradictsList compares lists as sets are compared: a plan has a set's elements in an order of its own.
func contradictsList(h value.Value, n, unknown *doctree.Node) bool {
	if n.Kind == doctree.Null {
		return len(h.Elems()) > 0
	}
	if n.Kind == doctree.Mapping && len(h.Elems()) == 1 { // in JSON syntax a map is read as a block
		return contradicts(h.Elems()[0], n, unknown)
	}
	if n.Kind != doctree.Sequence {
		return true
	}
	sure := 0
	for _, e := range h.Elems() {
		if e.MayBeMissing() {
			continue
		}
		sure++
		found := false
		for i, item := range n.Items {
			found = found || !contradicts(e, item, itemOf(unknown, i))
		}
		if !found {
			return true
		}
	}
	return !h.Open() && (len(n.Items) > len(h.Elems()) || len(n.Items) < sure && !h.Unordered())
}

// vacant reports whether a plan has nothing there: Terraform's older SDK can't tell an empty text or list from none.
func vacant(n *doctree.Node) bool {
	switch n.Kind {
	case doctree.Null:
		return true
	case doctree.Sequence:
		return len(n.Items) == 0
	case doctree.Mapping:
		return len(n.Pairs) == 0
	}
	return n.Text == "" || n.Text == "false" || n.Text == "0"
}

// embedded returns the JSON document that a text is, or nil.
func embedded(n *doctree.Node) *doctree.Node {
	if n.Kind != doctree.String {
		return nil
	}
	file := n.Embed("")
	if file == nil {
		return nil
	}
	docs, errs := doctree.ParseJSON(file)
	if len(docs) != 1 || len(errs) > 0 {
		return nil
	}
	return docs[0].Root
}

// says returns what a plan says of an attribute of a resource.
func (p *plannedInstance) says(name string) plannedValue {
	return plannedValue{p.values, p.unknown, p.sensitive, false}.member(name)
}

// planned returns a resource's configured properties as the plan has them. What isn't configured has its default: an
// attribute that the provider computes is unknown in a plan where it is left out.
func (r *resourceInstance) planned(fields []value.Field) []value.Field {
	p := r.in.ev.plan.at(r.addr.Name)
	if p == nil {
		return fields
	}
	out := slices.Clone(fields)
	for i, f := range out {
		out[i].Value = overlay(f.Value, p.says(f.Name))
	}
	return out
}

// looked returns an attribute as a plan has it, which knows what data sources have found. An id stays a reference, which
// says more.
func (r *resourceInstance) looked(name string, o outcome) outcome {
	p := r.in.ev.plan.at(r.addr.Name)
	if p == nil {
		return o
	}
	s, h := p.says(name), o.Value
	if h.Kind() == value.KindSymbol && r.decl.data && name != "id" && name != "arn" {
		h = value.OfOpaque(onlyAfterApply, h.Refs()...).WithOrigin(h.Origin())
	}
	if s.node == nil || s.node.Kind == doctree.Null {
		return o
	}
	v := overlay(h, s)
	if v.Kind() == value.KindOpaque {
		return o
	}
	return ended(v, o.fails)
}

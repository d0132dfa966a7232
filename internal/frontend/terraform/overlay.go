package terraform

import (
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A plan that lies beside its configuration says what of the configuration stays open: the configuration tells where
// things are written and what refers to what, and the plan's values win.

// overlay returns a configured value as a plan has it. n is the plan's value, or nil; unknown and sensitive are the
// plan's marks on it.
func overlay(h value.Value, n, unknown, sensitive *doctree.Node) value.Value {
	switch {
	case n == nil || marked(unknown) || marked(sensitive):
		return h
	case !contradicts(h, n, unknown) && settledIn(h):
		return h
	}
	for _, a := range h.Arms() {
		if h.Kind() == value.KindChoice && !contradicts(a.Value, n, unknown) && settledIn(a.Value) {
			return keepMaybe(chosen(a.Value, h, n), h)
		}
	}
	return keepMaybe(said(h, n, unknown, sensitive), h).WithOrigin(saidBy(h, n))
}

// said returns what a plan says in the place of h, with as much of h as holds.
func said(h value.Value, n, unknown, sensitive *doctree.Node) value.Value {
	switch n.Kind {
	case doctree.Sequence:
		return saidList(alternative(h, value.KindList), n, unknown, sensitive)
	case doctree.Mapping:
		return saidObject(alternative(h, value.KindObject), n, unknown, sensitive)
	case doctree.String:
		if h.Encoded() {
			if doc := embedded(n); doc != nil {
				return saidDocument(h.Decoded(), doc).AsJSON()
			}
		}
	}
	return scalarOf(n)
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

func saidList(h value.Value, n, unknown, sensitive *doctree.Node) value.Value {
	rest := slices.Clone(h.Elems())
	elems := make([]value.Value, len(n.Items))
	for i, item := range n.Items {
		u := itemOf(unknown, i)
		at := -1
		for j, e := range rest {
			if !contradicts(e, item, u) {
				at = j
				break
			}
		}
		own := value.OfOpaque(onlyAfterApply).WithOrigin(h.Origin())
		if at >= 0 {
			own = rest[at].Certain()
			rest = slices.Delete(rest, at, at+1)
		}
		elems[i] = overlay(own, item, u, itemOf(sensitive, i))
	}
	v := value.OfList(elems, false)
	if h.Unordered() {
		return v.AsSet()
	}
	return v
}

const onlyAfterApply = "it is known only after the apply"

func saidObject(h value.Value, n, unknown, sensitive *doctree.Node) value.Value {
	var fields []value.Field
	for _, f := range h.Fields() {
		if n.Get(f.Name) == nil && !marked(unknown.Get(f.Name)) && h.Open() {
			continue // the plan doesn't have it
		}
		f.Value = overlay(f.Value.Certain(), n.Get(f.Name), unknown.Get(f.Name), sensitive.Get(f.Name))
		fields = append(fields, f)
	}
	if h.Kind() == value.KindObject && !h.Open() {
		return value.OfObject(fields, false) // what isn't written has its default
	}
	for _, pair := range n.Pairs {
		name := pair.Key.Text
		if has(fields, name) || pair.Value.Kind == doctree.Null {
			continue
		}
		own := value.OfOpaque(onlyAfterApply).WithOrigin(h.Origin())
		fields = append(fields, value.Field{Name: name, Key: pair.Key.Span,
			Value: overlay(own, pair.Value, unknown.Get(name), sensitive.Get(name))})
	}
	for _, pair := range pairsOf(unknown) {
		if name := pair.Key.Text; n.Get(name) == nil && !has(fields, name) {
			v := value.OfOpaque(onlyAfterApply, h.Refs()...).WithOrigin(h.Origin())
			fields = append(fields, value.Field{Name: name, Value: v})
		}
	}
	return value.OfObject(fields, false)
}

// saidDocument returns a JSON document as a plan has it, all of which is what was written.
func saidDocument(h value.Value, n *doctree.Node) value.Value {
	if n.Kind != doctree.Mapping {
		return said(h, n, nil, nil)
	}
	h = alternative(h, value.KindObject)
	return saidObject(value.OfOpenObject(h.Fields(), onlyAfterApply).WithOrigin(h.Origin()), n, nil, nil)
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

// saidBy is the origin of what a plan says in the place of a configured value: it is used where it is configured.
func saidBy(h value.Value, n *doctree.Node) *value.Origin {
	note := &value.Origin{Span: n.Span, Note: "the plan says " + spoken(n)}
	if h.Origin() == nil {
		return &value.Origin{Span: n.Span}
	}
	return &value.Origin{Span: h.Origin().Span, Via: note}
}

// chosen is the alternative that a plan settles on.
func chosen(arm, h value.Value, n *doctree.Node) value.Value {
	at := h.Origin()
	if at == nil {
		at = arm.Origin()
	}
	if at == nil {
		return arm
	}
	note := &value.Origin{Span: n.Span, Note: "the plan says " + spoken(n), Via: noted(arm.Origin())}
	return arm.WithOrigin(&value.Origin{Span: at.Span, Via: note})
}

// spoken spells a plan's value in a note.
func spoken(n *doctree.Node) string {
	switch n.Kind {
	case doctree.Null:
		return "it is null"
	case doctree.Sequence, doctree.Mapping:
		return "which"
	}
	if text := spelt(scalarOf(n), false); text != "" {
		return "it is " + text
	}
	return "what it is"
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
		return true
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

// planned returns a resource's configured properties as the plan has them. What isn't configured has its default: an
// attribute that the provider computes is unknown in a plan where it is left out.
func (r *resourceInstance) planned(fields []value.Field) []value.Field {
	p := r.in.ev.plan.at(r.addr.Name)
	if p == nil {
		return fields
	}
	out := slices.Clone(fields)
	for i, f := range out {
		out[i].Value = overlay(f.Value, p.values.Get(f.Name), p.unknown.Get(f.Name), p.sensitive.Get(f.Name))
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
	n, h := p.values.Get(name), o.Value
	if h.Kind() == value.KindSymbol && r.decl.data && name != "id" && name != "arn" {
		h = value.OfOpaque(onlyAfterApply, h.Refs()...).WithOrigin(h.Origin())
	}
	if n == nil || n.Kind == doctree.Null {
		return o
	}
	v := overlay(h, n, p.unknown.Get(name), p.sensitive.Get(name))
	if v.Kind() == value.KindOpaque {
		return o
	}
	return ended(v, o.fails)
}

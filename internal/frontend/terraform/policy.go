package terraform

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/value"
)

// policyDocument is the data source that writes an IAM policy; its json is what the statements say, in IAM's own names:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
const policyDocument = "aws_iam_policy_document"

// policy returns the document that a policy data source writes.
func (r *resourceInstance) policy() value.Value {
	ev, body := r.in.ev, r.decl.block.Body
	head := ev.span(header(r.decl.block))
	if r.document == nil {
		r.document = &memo{}
	}
	m := r.document
	r.part = r.part || ev.composing > 0
	if !m.begin() {
		return m.of("policy of ", r.addr.Name).Value
	}
	ev.composing++
	defer func() { ev.composing-- }()
	props := value.OfObject(ev.fieldsOf(body, r.item.scope, true), false)
	version := props.Attr("version")
	if version.Kind() == value.KindAbsent {
		version = value.OfString("2012-10-17").From(head)
	}
	fields := []value.Field{{Name: "Version", Value: version}}
	if id := props.Attr("policy_id"); id.Kind() != value.KindAbsent {
		fields = append(fields, value.Field{Name: "Id", Value: id})
	}
	fields = append(fields, value.Field{Name: "Statement", Value: spanned(statementsOf(props), head)})
	own := value.OfObject(fields, false)
	var docs []outcome
	add := func(names ...string) {
		for _, name := range names {
			if v := props.Attr(name); v.Kind() != value.KindAbsent {
				docs = append(docs, documentsOf(v)...)
			}
		}
	}
	// source_json and override_json are those of the provider before version 5.
	add("source_json", "source_policy_documents")
	docs = append(docs, sure(own.AsJSON()))
	add("override_policy_documents", "override_json")
	if len(docs) == 1 {
		return m.finish(sure(own.From(head))).Value
	}
	return m.finish(sure(distribute(docs, composed).From(head))).Value
}

// statementsOf turns the statement blocks into IAM's statements.
func statementsOf(props value.Value) value.Value {
	f, ok := props.Field("statement")
	if !ok {
		return value.OfList(nil, false)
	}
	return f.Value.Map(func(list value.Value) value.Value {
		elems := make([]value.Value, len(list.Elems()))
		for i, e := range list.Elems() {
			elems[i] = statement(e).MaybeAs(e)
		}
		return reshaped(list, elems)
	}).WithOrigin(f.Value.Origin())
}

// statement turns one statement block into one of IAM's.
func statement(s value.Value) value.Value {
	var fields []value.Field
	put := func(name, attr string, write func(value.Value) value.Value) {
		f, ok := s.Field(attr)
		if text, known := f.Value.AsString(); ok && f.Value.Kind() != value.KindAbsent && !emptyList(f.Value) && (!known || text != "") {
			fields = append(fields, value.Field{Name: name, Key: f.Key, Value: f.Value.Map(write)})
		}
	}
	asIs := func(v value.Value) value.Value { return v }
	put("Sid", "sid", asIs)
	put("Effect", "effect", asIs)
	if len(fields) == 0 || fields[len(fields)-1].Name != "Effect" {
		fields = append(fields, value.Field{Name: "Effect", Value: value.OfString("Allow").WithOrigin(s.Origin())})
	}
	put("Action", "actions", written)
	put("NotAction", "not_actions", written)
	put("Resource", "resources", written)
	put("NotResource", "not_resources", written)
	put("Principal", "principals", principals)
	put("NotPrincipal", "not_principals", principals)
	put("Condition", "condition", conditions)
	return value.OfObject(fields, false).WithOrigin(s.Origin())
}

func emptyList(v value.Value) bool {
	return v.Kind() == value.KindList && len(v.Elems()) == 0 && !v.Open()
}

// written returns a set of texts as the provider writes it: one alone as it is, several backwards.
func written(v value.Value) value.Value {
	v = restored(v)
	if texts, ok := textSet(v.Elems()); ok && settled(v) {
		slices.Reverse(texts)
		v = reshaped(v, texts)
	} else if len(v.Elems()) > 1 {
		v = v.AsSet()
	}
	return alone(v)
}

// alone returns the element of a list of one, and any other list as it is.
func alone(v value.Value) value.Value {
	if !settled(v) || len(v.Elems()) != 1 {
		return v
	}
	e := v.Elems()[0]
	if e.Kind() == value.KindOpaque {
		e = value.OfPresent(e.Reason(), e.Refs()...).WithOrigin(e.Origin())
	}
	return spannedAs(e, v)
}

// restored puts IAM's ${...} in the place of &{...}, by which the data source spells it so that it isn't Terraform's.
func restored(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindScalar:
		if text := v.Literal(); strings.Contains(text, "&{") {
			return value.OfString(strings.ReplaceAll(text, "&{", "${")).WithOrigin(v.Origin()).MaybeAs(v)
		}
	case value.KindText:
		parts := make([]value.Value, len(v.Parts()))
		for i, p := range v.Parts() {
			parts[i] = restored(p)
		}
		return value.OfText(parts...).WithOrigin(v.Origin()).MaybeAs(v)
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = e.Map(restored)
		}
		return reshaped(v, elems)
	}
	return v
}

// principals turns principals blocks into {"AWS": [...]}. The type "*" with the identifier "*" is everyone.
func principals(blocks value.Value) value.Value {
	return grouped(blocks, func(b value.Value) (value.Value, value.Value, value.Value) {
		return b.Attr("type"), value.Value{}, b.Attr("identifiers").Map(written)
	})
}

// conditions turns condition blocks into {"StringEquals": {"aws:SourceVpce": [...]}}.
func conditions(blocks value.Value) value.Value {
	return grouped(blocks, func(b value.Value) (value.Value, value.Value, value.Value) {
		values := b.Attr("values").Map(func(v value.Value) value.Value { return alone(restored(v)) })
		return b.Attr("test"), b.Attr("variable"), values
	})
}

// grouped makes an object of blocks that each add values under one name or, where there is an inner one, two. A block that may
// not be there, or of which a name is not known, leaves the object open.
func grouped(blocks value.Value, read func(value.Value) (outer, inner, values value.Value)) value.Value {
	if blocks.Kind() != value.KindList {
		return value.OfOpaque(blocks.Reason(), blocks.Refs()...).WithOrigin(blocks.Origin())
	}
	b := builder{open: blocks.Open(), reason: blocks.Reason(), refs: nil}
	for _, block := range blocks.Elems() {
		first, second, values := read(block)
		outer, known := first.AsString()
		inner, named := second.AsString()
		if single := second.Kind() == value.KindAbsent; !known || !named && !single || block.MayBeMissing() {
			b.open = true
			b.reason = cmp.Or(block.WhyMissing(), first.Reason(), second.Reason(), "one of its blocks is not known")
			b.refs = append(b.refs, block.Refs()...)
			continue
		}
		if inner == "" && outer == "*" && len(blocks.Elems()) == 1 && values.Literal() == "*" {
			return values
		}
		old := value.Value{}
		if i, has := b.at(outer); has {
			old = b.fields[i].Value
		}
		if inner != "" {
			values = withMember(old, called(inner, second, values), block)
		} else {
			values = joined(old, values)
		}
		b.set(called(outer, first, spannedAs(values, block)))
	}
	return b.object().WithOrigin(blocks.Origin())
}

// called returns a member whose name is a value of its own.
func called(text string, name, member value.Value) value.Field {
	f := value.Field{Name: text, Value: member}
	if o := name.Origin(); o != nil {
		f.Key, f.Via = o.Span, o.Via
	}
	return f
}

// withMember returns an object with one more member; values of a name that is there already join it.
func withMember(object value.Value, member value.Field, block value.Value) value.Value {
	var b builder
	for _, f := range object.Fields() {
		b.set(f)
	}
	if i, has := b.at(member.Name); has {
		member.Key, member.Via = b.fields[i].Key, b.fields[i].Via
		member.Value = joined(b.fields[i].Value, member.Value)
	}
	member.Value = spannedAs(member.Value, block)
	b.set(member)
	return b.object().WithOrigin(block.Origin())
}

// joined returns the values of two blocks of one name. Blocks are a set: which of them is first is the provider's.
func joined(old, values value.Value) value.Value {
	if old.Kind() == value.KindAbsent {
		return values
	}
	lists := []outcome{sure(value.OfList(nil, false))}
	for _, v := range []value.Value{old, values} {
		if k := v.Kind(); k != value.KindList && k != value.KindChoice {
			v = value.OfList([]value.Value{v}, false)
		}
		lists = append(lists, sure(v))
	}
	return concat(lists).WithOrigin(old.Origin()).AsSet()
}

func spannedAs(v, as value.Value) value.Value {
	if v.Origin() == nil {
		return v.WithOrigin(as.Origin())
	}
	return v
}

// contentOf returns the content block of a dynamic block, or nil.
func contentOf(b *hclsyntax.Block) *hclsyntax.Body {
	for _, inner := range b.Body.Blocks {
		if inner.Type == "content" {
			return inner.Body
		}
	}
	return nil
}

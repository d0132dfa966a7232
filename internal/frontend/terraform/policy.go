package terraform

import (
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
	if !m.begin() {
		return m.of("policy of ", r.addr.Name).Value
	}
	props := value.OfObject(ev.fieldsOf(body, r.item.scope, true), false)
	version := props.Attr("version")
	if version.Kind() == value.KindAbsent {
		version = value.OfString("2012-10-17").From(head)
	}
	statements := statementsOf(props)
	fields := []value.Field{{Name: "Version", Value: version}}
	if id := props.Attr("policy_id"); id.Kind() != value.KindAbsent {
		fields = append(fields, value.Field{Name: "Id", Value: id})
	}
	// Documents that this one takes over or overrides may add statements and replace those of the same sid.
	var others []outcome
	for _, name := range []string{"source_json", "override_json", "source_policy_documents", "override_policy_documents"} {
		if v := props.Attr(name); v.Kind() != value.KindAbsent {
			others = append(others, sure(v))
		}
	}
	if len(others) > 0 {
		statements = composed(statements, others)
	}
	fields = append(fields, value.Field{Name: "Statement", Value: spanned(statements, head)})
	return m.finish(sure(value.OfObject(fields, false).From(head))).Value
}

// composed adds the statements of other documents: those that can be seen, and else an open end.
func composed(own value.Value, others []outcome) value.Value {
	lists := []outcome{sure(own)}
	for _, o := range others {
		docs := []value.Value{o.Value}
		if o.Kind() == value.KindList && !o.Open() && !o.Encoded() {
			docs = o.Elems()
		}
		for _, d := range docs {
			s := d.Decoded().Attr("Statement")
			if d.Encoded() && s.Kind() == value.KindList && !d.MayBeMissing() {
				lists = append(lists, sure(s))
				continue
			}
			reason := reasonOf("a document that it is composed of can't be read", sure(d))
			lists = append(lists, sure(value.OfOpaque(reason, d.Refs()...)))
		}
	}
	return concat(lists).WithOrigin(own.Origin())
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
			elems[i] = keepMaybe(statement(e), e)
		}
		return reshaped(list, elems)
	}).WithOrigin(f.Value.Origin())
}

// statement turns one statement block into one of IAM's.
func statement(s value.Value) value.Value {
	var fields []value.Field
	put := func(name, attr string) {
		f, ok := s.Field(attr)
		if ok && f.Value.Kind() != value.KindAbsent && !emptyList(f.Value) {
			fields = append(fields, value.Field{Name: name, Key: f.Key, Value: f.Value})
		}
	}
	put("Sid", "sid")
	put("Effect", "effect")
	if len(fields) == 0 || fields[len(fields)-1].Name != "Effect" {
		fields = append(fields, value.Field{Name: "Effect", Value: value.OfString("Allow").WithOrigin(s.Origin())})
	}
	put("Action", "actions")
	put("NotAction", "not_actions")
	put("Resource", "resources")
	put("NotResource", "not_resources")
	for _, p := range [][2]string{{"Principal", "principals"}, {"NotPrincipal", "not_principals"}} {
		if f, ok := s.Field(p[1]); ok {
			fields = append(fields, value.Field{Name: p[0], Key: f.Key, Value: f.Value.Map(principals)})
		}
	}
	if f, ok := s.Field("condition"); ok {
		fields = append(fields, value.Field{Name: "Condition", Key: f.Key, Value: f.Value.Map(conditions)})
	}
	return value.OfObject(fields, false).WithOrigin(s.Origin())
}

func emptyList(v value.Value) bool {
	return v.Kind() == value.KindList && len(v.Elems()) == 0 && !v.Open()
}

// principals turns principals blocks into {"AWS": [...]}. The type "*" with the identifier "*" is everyone.
func principals(blocks value.Value) value.Value {
	return grouped(blocks, func(b value.Value) (string, string, value.Value, bool) {
		typ, ok := b.Attr("type").AsString()
		return typ, "", b.Attr("identifiers"), ok
	})
}

// conditions turns condition blocks into {"StringEquals": {"aws:SourceVpce": [...]}}.
func conditions(blocks value.Value) value.Value {
	return grouped(blocks, func(b value.Value) (string, string, value.Value, bool) {
		test, ok := b.Attr("test").AsString()
		variable, named := b.Attr("variable").AsString()
		return test, variable, b.Attr("values"), ok && named
	})
}

// grouped makes an object of blocks that each add values under one or two names. A block that may not be there, or of
// which a name is not known, leaves the object open.
func grouped(blocks value.Value, read func(value.Value) (outer, inner string, values value.Value, ok bool)) value.Value {
	if blocks.Kind() != value.KindList {
		return value.OfOpaque(blocks.Reason(), blocks.Refs()...).WithOrigin(blocks.Origin())
	}
	b := builder{open: blocks.Open(), reason: blocks.Reason(), refs: nil}
	for _, block := range blocks.Elems() {
		outer, inner, values, ok := read(block)
		if !ok || block.MayBeMissing() {
			b.open = true
			b.reason = reasonOf("one of its blocks is not known", sure(block))
			b.refs = append(b.refs, block.Refs()...)
			continue
		}
		if inner == "" && outer == "*" && len(blocks.Elems()) == 1 {
			if len(values.Elems()) == 1 && values.Elems()[0].Literal() == "*" {
				return values.Elems()[0]
			}
		}
		old := value.Value{}
		if i, has := b.at(outer); has {
			old = b.fields[i].Value
		}
		if inner != "" {
			values = withMember(old, inner, values, block)
		} else if old.Kind() == value.KindList {
			values = concat([]outcome{sure(old), sure(values)}).WithOrigin(old.Origin())
		}
		b.set(value.Field{Name: outer, Value: spannedAs(values, block)})
	}
	return b.object().WithOrigin(blocks.Origin())
}

// withMember returns an object with one more member; values of a name that is there already join it.
func withMember(object value.Value, name string, values, block value.Value) value.Value {
	var b builder
	for _, f := range object.Fields() {
		b.set(f)
	}
	if i, has := b.at(name); has {
		values = concat([]outcome{sure(b.fields[i].Value), sure(values)})
	}
	b.set(value.Field{Name: name, Value: spannedAs(values, block)})
	return b.object().WithOrigin(block.Origin())
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

package jobconfig

import (
	"slices"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// readManifestBody reads objects of Kubernetes that a resource of another kind holds, spelt out or as YAML or JSON.
func readManifestBody(b frontend.Body) []resource.Raw {
	m := manifests{
		unit: b.Owner.Addr.Unit, subject: b.Owner.Subject + ":", owner: &b.Owner,
		names: &frontend.Names{}, ackNames: schema.API().Spelt(schema.ACK),
	}
	m.body(b.Value.FromJSON(), b.Owner.Exists)
	return m.found
}

func (m *manifests) body(v value.Value, exists value.Truth) {
	switch v.Kind() {
	case value.KindChoice:
		for _, arm := range v.Arms() {
			m.body(arm.Value, exists.And(value.In(arm.When)))
		}
	case value.KindScalar, value.KindText:
		text := draftOf(v)
		if text == nil {
			return
		}
		for _, d := range embedded(text.file) {
			m.object(text.fill(literal.Value(d.root, literal.Opening(d.root))), exists.And(d.exists), "")
		}
	default:
		m.object(v, exists, "")
	}
}

// A manifestDraft is a text with marks for the parts of it that aren't known.
type manifestDraft struct {
	file  *source.File
	marks value.Marks
}

// draftOf returns a text as a document of its own; nil where it is none of ours.
func draftOf(v value.Value) *manifestDraft {
	length, ours := 0, false
	for _, part := range v.Parts() {
		s, _ := part.AsString()
		length += len(s)
		ours = ours || namesGroup(s)
	}
	if !ours || length > maxManifest {
		return nil
	}
	d := &manifestDraft{}
	d.file, _, _ = v.Embed("", d.marks.Add)
	if d.file == nil {
		return nil
	}
	return d
}

// fill returns a value with the unknown parts of the text for their marks.
func (d *manifestDraft) fill(v value.Value) value.Value {
	if d.marks.Len() == 0 {
		return v
	}
	switch v.Kind() {
	case value.KindScalar:
		s, _ := v.AsString()
		if !value.Marked(s) {
			return v
		}
		return d.text(s).WithOrigin(v.Origin())
	case value.KindText:
		parts := slices.Clone(v.Parts())
		for i, part := range parts {
			parts[i] = d.fill(part)
		}
		return value.OfText(parts...).WithOrigin(v.Origin())
	case value.KindList:
		elems := slices.Clone(v.Elems())
		for i, e := range elems {
			elems[i] = d.fill(e).MaybeAs(e)
		}
		return value.OfList(elems, v.Open()).WithOrigin(v.Origin())
	case value.KindObject:
		var fields []value.Field
		unknown := v.Reason()
		for _, f := range v.Fields() {
			if value.Marked(f.Name) {
				unknown = "the name of one of its members is not known: " + d.text(f.Name).Reason()
				continue
			}
			f.Value = d.fill(f.Value)
			fields = append(fields, f)
		}
		if v.Open() || unknown != v.Reason() {
			return value.OfOpenObject(fields, unknown, v.Refs()...).WithOrigin(v.Origin())
		}
		return value.OfObject(fields, false).WithOrigin(v.Origin())
	}
	return v
}

// text returns a text with its unknown parts.
func (d *manifestDraft) text(s string) value.Value {
	parts := d.marks.Split(s, literal.Text)
	if len(parts) == 1 {
		return parts[0]
	}
	return value.OfText(parts...)
}

package terraform

import "github.com/vpclint/vpclint/internal/value"

// documentsOf returns the policy documents in a list, or the one that v is.
func documentsOf(v value.Value) []outcome {
	if v.Kind() != value.KindList || v.Encoded() {
		return []outcome{sure(v)}
	}
	var docs []outcome
	for _, e := range v.Elems() {
		if e.Kind() != value.KindAbsent {
			docs = append(docs, sure(continued(e, v)))
		}
	}
	if v.Open() {
		docs = append(docs, sure(value.OfOpaque(v.Reason(), v.Refs()...)))
	}
	return docs
}

// composed merges documents as the provider does: a statement stands in the place of an earlier one of its sid.
func composed(docs []outcome) outcome {
	var m mergedPolicy
	for _, d := range docs {
		m.merge(d.Value)
	}
	fields := []value.Field{{Name: "Version", Value: m.version}}
	if m.id.Kind() != value.KindAbsent {
		fields = append(fields, value.Field{Name: "Id", Value: m.id})
	}
	statements := value.OfList(m.statements, false)
	if m.open {
		statements = value.OfOpenList(m.statements, m.reason, m.refs...)
	}
	if m.open || m.unordered {
		statements = statements.AsSet()
	}
	fields = append(fields, value.Field{Name: "Statement", Value: statements})
	return ended(value.OfObject(fields, false), anyFails(docs...))
}

// A mergedPolicy is what some documents are together.
type mergedPolicy struct {
	version, id value.Value
	statements  []value.Value
	// open and unordered are those of the statements.
	open, unordered bool
	reason          string
	refs            []value.Ref
}

// latestVersion is the version of IAM's policy language that none is later than:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
const latestVersion = "2012-10-17"

func (m *mergedPolicy) merge(d value.Value) {
	doc := d.Decoded()
	if s, ok := d.AsString(); ok && len(s) <= maxTextBytes {
		if v, err := decodeJSON(s); err == nil {
			doc = v
		}
	}
	list := doc.Attr("Statement")
	if doc.Kind() != value.KindObject || list.Kind() != value.KindList && list.Kind() != value.KindAbsent {
		m.unread(d)
		return
	}
	if v := doc.Attr("Version"); v.Kind() != value.KindAbsent && m.version.Literal() != latestVersion {
		switch {
		case v.Literal() != "" && (m.version.Kind() == value.KindAbsent || m.version.Literal() != ""):
			if v.Literal() > m.version.Literal() {
				m.version = v
			}
		default:
			m.version = value.OfOpaque(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
		}
	}
	if v := doc.Attr("Id"); v.Kind() != value.KindAbsent && (v.Kind() != value.KindScalar || v.Literal() != "") {
		if d.MayBeMissing() {
			v = value.OfOpaque(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
		}
		m.id = v
	}
	for _, s := range list.Elems() {
		if d.MayBeMissing() {
			s = s.Maybe()
		}
		m.add(spannedAs(s, d))
	}
	if list.Open() {
		m.unread(list)
	}
}

// unread notes a document that can't be read: it may add statements, and replace those that have a sid.
func (m *mergedPolicy) unread(d value.Value) {
	m.open = true
	m.reason = reasonOf("a document that it is composed of can't be read", sure(d))
	m.refs = append(m.refs, d.Refs()...)
	if m.version.Literal() != latestVersion {
		m.version = value.OfOpaque(m.reason, d.Refs()...)
	}
	m.id = value.OfOpaque(m.reason, d.Refs()...)
	for i, s := range m.statements {
		if sid, known := sidOf(s); !known || sid != "" {
			m.statements[i] = s.Maybe()
		}
	}
}

// add adds a statement in the place of the one that has its sid.
func (m *mergedPolicy) add(s value.Value) {
	sid, known := sidOf(s)
	if known && sid == "" {
		m.statements = append(m.statements, s)
		return
	}
	for i, old := range m.statements {
		other, told := sidOf(old)
		switch {
		case told && (other == "" || known && other != sid):
		case told && known && !s.MayBeMissing():
			m.unordered = m.unordered || old.MayBeMissing()
			m.statements[i] = s
			return
		default:
			m.statements[i], m.unordered = old.Maybe(), true
		}
	}
	m.statements = append(m.statements, s)
}

// sidOf returns the sid of a statement, "" where it has none; false where that isn't known.
func sidOf(s value.Value) (string, bool) {
	v := s.Attr("Sid")
	return v.Literal(), v.Kind() == value.KindAbsent || v.Kind() == value.KindScalar
}

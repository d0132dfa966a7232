// Package value answers what static reading can say about one configuration value: what is known of it, where it was
// written, and which resources it refers to.
//
// A Value is the abstraction of a set of concrete values, and its one law is soundness: the set contains every value
// that the real interpreter (Terraform, CloudFormation, Python) could compute. Everything that is not modelled degrades
// to Opaque with its references, never to a wrong constant. The package knows no language and no AWS resource.
package value

import (
	"cmp"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
)

// A Kind is a form of knowledge.
type Kind uint8

// The kinds of Value.
const (
	KindAbsent Kind = iota // no value: not written, or null, None, AWS::NoValue
	KindScalar             // a known string, boolean or number
	KindText               // a string of which parts are unknown: "com.amazonaws.${region}.s3"
	KindList               // a list or set; open: "at least these"
	KindObject             // a map or object; open: "at least these"
	KindSymbol             // an attribute of a resource: unknown text, never empty, equal only to itself
	KindChoice             // one of several values, each with the world that selects it
	KindOpaque             // unknown, with references and a reason
)

var kindNames = [...]string{"absent", "scalar", "text", "list", "object", "symbol", "choice", "opaque"}

// String returns the kind's name in lower case.
func (k Kind) String() string { return kindNames[k] }

// An Address identifies a resource within a run. Unit is the module directory or file that it belongs to; Name is its
// address there, such as `module.net["a"].aws_subnet.private[0]` or a template's logical id.
type Address struct{ Unit, Name string }

// IsZero reports whether a identifies nothing.
func (a Address) IsZero() bool { return a == Address{} }

// A Ref is a reference to an attribute of a resource, in the source's own spelling ("id", "Arn").
type Ref struct {
	Addr Address
	Attr string
}

// String returns the reference as a person would write it: "aws_subnet.a.id", "Subnet", "AWS::Region".
func (r Ref) String() string {
	switch {
	case r.Addr.Name == "AWS" && (r.Addr.Unit == "" || r.Attr == "StackName" || r.Attr == "StackId"):
		return "AWS::" + r.Attr
	case r.Attr == "" || r.Attr == "Ref":
		return r.Addr.Name
	}
	return r.Addr.Name + "." + r.Attr
}

// A Value is what static reading can say about one configuration value. It is immutable; the zero Value is absent.
type Value struct {
	p      *payload
	origin *Origin
	// maybe is why an element or block may not be there; nil of one that is.
	maybe *string
}

// A payload is what a value is, without where it stands. A run holds hundreds of thousands, nearly all of them scalars and
// symbols, so that what only lists, objects and choices have stands apart.
type payload struct {
	kind Kind
	open bool
	// unordered, sorted, either, encoded, respelt and alike: see Unordered, Sorted, ListOrSet, Encoded, Respelt and AllAlike.
	unordered, sorted, either, encoded, respelt, alike bool
	// untyped and converts: see Untyped and Converts.
	untyped, converts bool
	set               bool // of an opaque value: it is there, and not empty
	word              bool // see Word
	form              form // of a scalar
	size              int  // the members, those of members included
	// text spells a scalar; of any other kind it is the reason.
	text string
	refs []Ref
	*members
}

// Members are those of a list, text, object or choice.
type members struct {
	elems  []Value
	fields []Field
	arms   []Arm
	index  map[string]int
	lead   int // see LedBy
}

// A form is the type of a scalar.
type form uint8

const (
	formText form = iota
	formBool
	formNumber
)

// A Field is a named member of an object. Key is where its name is written, if it is, and Via how it came there where the name
// itself is a value, as that of a condition's key in Terraform's policy documents is.
type Field struct {
	Name  string
	Key   source.Span
	Via   *Origin
	Value Value
}

// An Arm is one alternative of a choice, and the world in which it holds.
type Arm struct {
	When  World
	Value Value
}

// Kind returns the form of v.
func (v Value) Kind() Kind {
	if v.p == nil {
		return KindAbsent
	}
	return v.p.kind
}

// Open reports whether a list or object may have more members than are known.
func (v Value) Open() bool { return v.p != nil && v.p.open }

// Scalar returns the known string, bool or Number.
func (v Value) Scalar() (any, bool) {
	if v.Kind() != KindScalar {
		return nil, false
	}
	switch v.p.form {
	case formBool:
		return v.p.text == trueText, true
	case formNumber:
		return Number(v.p.text), true
	}
	return v.p.text, true
}

// How booleans are spelt.
const trueText, falseText = "true", "false"

// AsString returns the text of a known scalar: AWS takes "true" for true and "2" for 2.
func (v Value) AsString() (string, bool) {
	if v.Kind() != KindScalar {
		return "", false
	}
	return v.Literal(), true
}

// Literal returns the text of a known scalar, and "" for anything else.
func (v Value) Literal() string {
	if v.Kind() != KindScalar {
		return ""
	}
	return v.p.text
}

// AsBool returns a known boolean, or the boolean that a known string spells.
func (v Value) AsBool() (b, ok bool) {
	if v.Kind() != KindScalar {
		return false, false
	}
	switch strings.ToLower(v.Literal()) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

// AsInt returns a known integer, or the integer that a known string spells.
func (v Value) AsInt() (int, bool) {
	if v.Kind() != KindScalar {
		return 0, false
	}
	n, ok := NumberOf(v.Literal())
	if !ok {
		return 0, false
	}
	return n.Int()
}

// Parts returns the parts of a text, or v alone.
func (v Value) Parts() []Value {
	if v.Kind() == KindText {
		return v.p.elems
	}
	return []Value{v}
}

// Elems returns the known elements of a list; nil for any other kind.
func (v Value) Elems() []Value {
	if v.Kind() != KindList {
		return nil
	}
	return v.p.elems
}

// Fields returns the known fields of an object in source order; nil for any other kind.
func (v Value) Fields() []Field {
	if v.Kind() != KindObject {
		return nil
	}
	return v.p.fields
}

// Arms returns the alternatives of a choice; for any other value, itself in every world.
func (v Value) Arms() []Arm {
	if v.Kind() == KindChoice {
		return v.p.arms
	}
	return []Arm{{Value: v}}
}

// Field returns an object's field by name, exactly.
func (v Value) Field(name string) (Field, bool) {
	if v.Kind() != KindObject {
		return Field{}, false
	}
	if v.p.index != nil {
		i, ok := v.p.index[name]
		if !ok {
			return Field{}, false
		}
		return v.p.fields[i], true
	}
	for i := len(v.p.fields) - 1; i >= 0; i-- {
		if v.p.fields[i].Name == name {
			return v.p.fields[i], true
		}
	}
	return Field{}, false
}

// Attr returns the member called name: a field of an object, in each world of a choice, of the one element of a list of
// one (Terraform's nested blocks). It is absent where the object is complete and has none, and opaque where that can't be
// known. Of what may be missing, so may each member.
func (v Value) Attr(name string) Value {
	m := v.attr(name)
	if m.Kind() == KindAbsent {
		return m
	}
	return m.MaybeAs(v)
}

func (v Value) attr(name string) Value {
	switch v.Kind() {
	case KindAbsent:
		return Value{origin: v.origin}
	case KindObject:
		if f, ok := v.Field(name); ok {
			return f.Value
		}
		if v.p.open {
			return OfOpaque(v.Reason(), v.p.refs...).withOrigin(v.origin)
		}
		return Value{origin: v.origin}
	case KindChoice:
		arms := make([]Arm, len(v.p.arms))
		for i, a := range v.p.arms {
			arms[i] = Arm{When: a.When, Value: a.Value.Attr(name)}
		}
		return OfChoice(arms).withOrigin(v.origin)
	case KindList:
		if len(v.p.elems) == 1 && !v.p.open {
			return v.p.elems[0].Attr(name)
		}
		if len(v.p.elems) == 0 && !v.p.open {
			return Value{origin: v.origin}
		}
		return OfOpaque(cmp.Or(whyMissing(v.p.elems), v.p.text, "it is one of several"), v.Refs()...).withOrigin(v.origin)
	case KindSymbol:
		r := v.p.refs[0]
		return OfOpaque("it is known only after deployment", Ref{Addr: r.Addr, Attr: r.Attr + "." + name}).withOrigin(v.origin)
	case KindOpaque:
		return OfOpaque(v.p.text, v.p.refs...).withOrigin(v.origin)
	}
	return OfOpaque("it is no object", v.Refs()...).withOrigin(v.origin)
}

// Refs returns every resource attribute that v may be computed from, without repeats.
func (v Value) Refs() []Ref {
	if v.p == nil {
		return nil
	}
	switch v.p.kind {
	case KindSymbol, KindOpaque, KindText:
		return v.p.refs
	case KindList:
		return uniqueRefs(append(refsOf(v.p.elems), v.p.refs...))
	case KindObject:
		var refs []Ref
		for _, f := range v.p.fields {
			refs = append(refs, f.Value.Refs()...)
		}
		return uniqueRefs(append(refs, v.p.refs...))
	case KindChoice:
		var refs []Ref
		for _, a := range v.p.arms {
			refs = append(refs, a.Value.Refs()...)
		}
		return uniqueRefs(refs)
	}
	return nil
}

// Symbol returns the reference of a symbol.
func (v Value) Symbol() (Ref, bool) {
	if v.Kind() != KindSymbol {
		return Ref{}, false
	}
	return v.p.refs[0], true
}

// Reason says why v is not known: a clause for people. Empty for what is known.
func (v Value) Reason() string {
	if v.p == nil {
		return ""
	}
	switch v.p.kind {
	case KindOpaque:
		if v.p.text == "" {
			return v.p.named("it can't be known before deployment")
		}
		return v.p.named(v.p.text)
	case KindList, KindObject:
		if v.p.open && v.p.text == "" {
			return "not all of it is known"
		}
		return v.p.text
	case KindSymbol:
		return v.p.named("it is known only after deployment")
	case KindText:
		return reasonOf(v.p.elems)
	case KindChoice:
		for _, a := range v.p.arms {
			if r := a.Value.Reason(); r != "" {
				return r
			}
		}
	}
	return ""
}

// reasonOf returns the reason of the first part that isn't known; what a user can supply goes before what only a
// deployment tells.
func reasonOf(parts []Value) string {
	symbol := ""
	for _, part := range parts {
		r := part.Reason()
		switch {
		case r == "":
		case part.Kind() != KindSymbol:
			return r
		case symbol == "":
			symbol = r
		}
	}
	return symbol
}

// named puts the one thing that a value is computed from in the place of a reason's "it".
func (p *payload) named(reason string) string {
	rest, ok := strings.CutPrefix(reason, "it ")
	if !ok || len(p.refs) != 1 {
		return reason
	}
	return p.refs[0].String() + " " + rest
}

// Map returns v with f applied in every world: to each arm of a choice, or to v itself.
func (v Value) Map(f func(Value) Value) Value {
	if v.Kind() != KindChoice {
		return f(v)
	}
	arms := make([]Arm, len(v.p.arms))
	for i, a := range v.p.arms {
		arms[i] = Arm{When: a.When, Value: f(a.Value)}
	}
	r := OfChoice(arms).MaybeAs(v)
	if r.origin == nil {
		r.origin = v.origin
	}
	return r
}

func refsOf(vs []Value) []Ref {
	var refs []Ref
	for _, v := range vs {
		refs = append(refs, v.Refs()...)
	}
	return uniqueRefs(refs)
}

func uniqueRefs(refs []Ref) []Ref {
	if len(refs) < 2 {
		return refs
	}
	seen := make(map[Ref]bool, len(refs))
	out := make([]Ref, 0, len(refs))
	for _, r := range refs {
		if !seen[r] {
			seen[r] = true
			out = append(out, r)
		}
	}
	return out
}

// Package literal answers what a JSON or YAML document says that is written down to be used as it stands, or to be filled in
// first: a saved request, a definition, a manifest.
//
// In goes a tree, out comes a value, each part of it where it is written. What is still to be filled in (${VAR}, <your
// subnet>, {{ jinja }}) is unknown and says so; it is no text of its own. The package must not know what any member means.
package literal

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// Value returns what a node says. The header is where an object is named, and where what it lacks is reported. Trees are
// at most doctree.MaxDepth deep, and so is the recursion.
func Value(n *doctree.Node, header source.Span) value.Value {
	switch {
	case n.Kind == doctree.Invalid:
		return at(value.OfOpaque("it could not be read"), n)
	case n.Tag != "":
		return at(value.OfOpaque("the tag "+n.Tag+" says what it becomes"), n)
	case n.Kind == doctree.Mapping && StillToFill(n):
		return at(placeholder(n.Span.Text()), n)
	}
	switch n.Kind {
	case doctree.Mapping:
		return Object(n).From(header)
	case doctree.Sequence:
		return at(listValue(n), n)
	case doctree.Null:
		if n.Span.Start == n.Span.End && n.Anchor().IsZero() {
			return value.Value{}.From(header) // "VpcConfig:" and nothing after it
		}
	}
	return at(scalarValue(n), n)
}

// at returns a value as used where its node stands, and, for a YAML alias, as written where the anchor is.
func at(v value.Value, n *doctree.Node) value.Value {
	if n.Anchor().IsZero() {
		return v.From(n.Span)
	}
	return v.From(n.Anchor()).Noted("it is written under " + strings.Replace(n.Span.Text(), "*", "&", 1)).Use(n.Span)
}

func scalarValue(n *doctree.Node) value.Value {
	switch n.Kind {
	case doctree.Null:
		return value.Value{}
	case doctree.Bool:
		return value.OfBool(strings.EqualFold(n.Text, "true"))
	case doctree.Number:
		return numberValue(n.Text)
	default:
		return textAt(n)
	}
}

// textAt returns the text of a node. Each known part of it is spelt somewhere in the node, which may hold a document.
func textAt(n *doctree.Node) value.Value {
	v := Text(n.Text)
	if v.Kind() != value.KindText {
		return v
	}
	spelt := n.Span
	if !n.Anchor().IsZero() {
		spelt = n.Anchor()
	}
	parts := make([]value.Value, len(v.Parts()))
	for i, part := range v.Parts() {
		parts[i] = part.From(spelt)
	}
	return value.OfText(parts...)
}

func numberValue(s string) value.Value {
	switch {
	case s == "":
		return value.OfString(s) // !!int ""
	case s == "0" || s[0] != '0' && strings.Trim(s, "0123456789") == "":
		return value.OfNumber(value.Number(s)) // canonical already, as nearly all are
	case len(s) > 1 && s[0] == '0' && s[1] != '.':
		return value.OfString(s) // an account number begins with a zero that counts
	}
	if number, ok := value.NumberOf(s); ok {
		return value.OfNumber(number)
	}
	return value.OfString(s)
}

func listValue(n *doctree.Node) value.Value {
	elems := make([]value.Value, len(n.Items))
	for i, item := range n.Items {
		elems[i] = Value(item, Opening(item))
		if Unfilled(item) {
			// [""] is a skeleton's list, which is filled in or taken out.
			elems[i] = elems[i].Maybe()
		}
	}
	return value.OfList(elems, false)
}

// Object returns what a mapping says.
func Object(n *doctree.Node) value.Value {
	fields := make([]value.Field, 0, len(n.Pairs))
	unknown := ""
	for _, p := range n.Pairs {
		key := p.Key
		switch {
		case key.Kind == doctree.Mapping || key.Kind == doctree.Sequence || key.Kind == doctree.Invalid || mayVary(key.Text) && StillToFill(key):
			unknown = "the member " + keyText(key) + " is a placeholder"
			continue
		case strings.HasSuffix(key.Text, Computed):
			name := strings.TrimSuffix(key.Text, Computed)
			v := value.OfOpaque("the state machine computes it from " + Quoted(p.Value.Text))
			fields = append(fields, value.Field{Name: name, Key: key.Span, Value: at(v, p.Value)})
			continue
		}
		fields = append(fields, value.Field{Name: key.Text, Key: key.Span, Value: Value(p.Value, key.Span)})
	}
	if unknown != "" {
		return value.OfOpenObject(fields, unknown)
	}
	return value.OfObject(fields, false)
}

// Opening returns where a mapping that stands under no key begins: its brace, or the first key of a block mapping.
func Opening(n *doctree.Node) source.Span {
	s := n.Span
	if n.Anchor().IsZero() && s.Start < len(s.File.Bytes) && s.Start < s.End {
		if s.File.Bytes[s.Start] == '{' {
			return s.File.Span(s.Start, s.Start+1)
		}
		if len(n.Pairs) > 0 && s.Contains(n.Pairs[0].Key.Span) {
			return n.Pairs[0].Key.Span
		}
	}
	return s.FirstLine()
}

// keyText returns what a message calls a key.
func keyText(key *doctree.Node) string {
	if key.Kind == doctree.String {
		return Quoted(key.Text)
	}
	return Quoted(key.Span.Text())
}

// Unfilled reports whether a scalar is that of a skeleton, as `aws ... --generate-cli-skeleton` prints them.
func Unfilled(n *doctree.Node) bool {
	return n.Kind == doctree.String && (n.Text == "" || n.Text == "string")
}

// Computed ends the key of a member that a state machine computes from its input (Amazon States Language, JSONPath).
const Computed = ".$"

// Placed returns a value as used where a node stands that says it, as Value does.
func Placed(v value.Value, n *doctree.Node) value.Value { return at(v, n) }

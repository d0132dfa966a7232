package jobconfig

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/value"
)

// verbatim returns a definition as it is written, texts and names with whatever expressions and placeholders they hold: what
// those are depends on the state that they stand in.
func verbatim(n *doctree.Node) value.Value { return verbatimAt(n, nil) }

// verbatimAt is verbatim of what stands under a key.
func verbatimAt(n, key *doctree.Node) value.Value {
	header := literal.Opening(n)
	if key != nil {
		header = key.Span
	}
	if text, ok := substituted(n); ok {
		return literal.Placed(text, n)
	}
	switch {
	case n.Tag != "" || n.Kind == doctree.Mapping && literal.StillToFill(n):
	case n.Kind == doctree.String && n.Anchor().IsZero():
		return value.StringAt(n.Text, n.Span)
	case n.Kind == doctree.String:
		return literal.Placed(value.OfString(n.Text), n)
	case n.Kind == doctree.Sequence:
		elems := make([]value.Value, len(n.Items))
		for i, item := range n.Items {
			elems[i] = verbatim(item)
		}
		return literal.Placed(value.OfList(elems, false), n)
	case n.Kind == doctree.Mapping:
		return verbatimFields(n).From(header)
	}
	return literal.Value(n, header)
}

func verbatimFields(n *doctree.Node) value.Value {
	fields := make([]value.Field, 0, len(n.Pairs))
	unknown := ""
	for _, p := range n.Pairs {
		switch p.Key.Kind {
		case doctree.Mapping, doctree.Sequence, doctree.Invalid:
			unknown = "the member " + literal.Quoted(p.Key.Span.Text()) + " is a placeholder"
			continue
		}
		fields = append(fields, value.Field{Name: p.Key.Text, Key: p.Key.Span, Value: verbatimAt(p.Value, p.Key)})
	}
	if unknown != "" {
		return value.OfOpenObject(fields, unknown)
	}
	return value.OfObject(fields, false)
}

// substituted returns the text of a function of CloudFormation's, which the Serverless Framework takes in a definition: that of
// Fn::Sub, whose variables are placeholders, or none that is known.
func substituted(n *doctree.Node) (value.Value, bool) {
	name, arg := strings.TrimPrefix(n.Tag, "!"), n.Untagged()
	if n.Tag == "" {
		if n.Kind != doctree.Mapping || len(n.Pairs) != 1 {
			return value.Value{}, false
		}
		name, arg = n.Pairs[0].Key.Text, n.Pairs[0].Value
		if name != "Ref" && !strings.HasPrefix(name, "Fn::") {
			return value.Value{}, false
		}
		name = strings.TrimPrefix(name, "Fn::")
	}
	if name == "Sub" {
		if arg.Kind == doctree.Sequence && len(arg.Items) > 0 {
			arg = arg.Items[0]
		}
		if arg.Kind == doctree.String {
			return value.OfString(arg.Text), true
		}
	}
	return value.OfOpaque("the function " + name + " says what it becomes"), n.Tag == ""
}

// machineTextKeys are those under which what makes a state machine has its definition as a text.
var machineTextKeys = []string{"definition", "Definition", "definitionString", "DefinitionString", "definition_string"}

// machineText returns the text of a definition that a mapping holds, or nil.
func machineText(n *doctree.Node) *doctree.Node {
	for _, key := range machineTextKeys {
		text := n.Get(key)
		if text == nil {
			continue
		}
		if text.Kind == doctree.String && text.Tag == "" && strings.HasPrefix(strings.TrimLeft(text.Text, " \t\r\n"), "{") &&
			strings.Contains(text.Text, `"`+startAt+`"`) {
			return text
		}
	}
	return nil
}

// describesMachine reports whether a mapping is what Step Functions answers about a state machine. It tells of one that is
// deployed.
func describesMachine(n *doctree.Node) bool {
	for _, key := range [...]string{"creationDate", "updateDate", "status", "ResponseMetadata"} {
		if n.Get(key) != nil {
			return true
		}
	}
	return false
}

// statesText returns what the text of a definition spells, where placeholders may stand in place of values.
func statesText(n *doctree.Node) value.Value {
	text, _, _ := value.StringAt(n.Text, n.Span).Embed("", nil)
	if text == nil {
		return value.Value{}
	}
	docs, errs := doctree.ParseJSON(text)
	if whole := filled(text); len(errs) > 0 && whole != nil {
		docs, errs = doctree.ParseJSON(whole)
	}
	if len(errs) > 0 || len(docs) == 0 {
		return value.Value{}
	}
	return verbatim(docs[0].Root)
}

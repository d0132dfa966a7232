package cloudformation

import (
	"crypto/sha256"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
)

// maxCanonical is the length of the longest expression that is known by its text; a longer one is known by its place and a
// digest of its text.
const maxCanonical = 400

// comparison returns the canonical text of Fn::Equals with these arguments: the same for the short and the long form, and
// for either order. Short reports whether it is a text that says it all.
func (t *template) comparison(arg *doctree.Node) (text string, short bool) {
	args := arguments(arg, 2, 2)
	if args == nil || t.spent() {
		return "", false
	}
	// Two comparisons of one text are one fact, so the text has to say everything. A place alone doesn't: loops copy it.
	var b strings.Builder
	write(&b, args[0])
	first := b.String()
	b.Reset()
	write(&b, args[1])
	second := b.String()
	if len(first) <= maxCanonical && len(second) <= maxCanonical {
		return equalsText(first, second), true
	}
	t.spend((len(first) + len(second)) / stretch)
	p := arg.Span.File.Position(arg.Span.Start)
	return fmt.Sprintf("the comparison at %d:%d%s%x", p.Line, p.Column, digestMark, sha256.Sum256([]byte(equalsText(first, second)))), false
}

// digestMark begins what tells comparisons at one place apart and says nothing to people.
const digestMark = "\x00"

// unnamed begins the text of a comparison.
const unnamed = "!Equals "

// sameExpression reports whether two expressions are written alike, so that they have one value, whatever it is.
func sameExpression(x, y *doctree.Node) bool {
	var a, b strings.Builder
	write(&a, x)
	write(&b, y)
	return a.String() == b.String()
}

// equalsText returns the canonical text of a comparison of two expressions.
func equalsText(a, b string) string {
	sides := []string{a, b}
	// A literal comes last, as people write it.
	sort.Slice(sides, func(i, j int) bool {
		if l, m := sides[i][0] == '!', sides[j][0] == '!'; l != m {
			return l
		}
		return sides[i] < sides[j]
	})
	return unnamed + "[" + sides[0] + ", " + sides[1] + "]"
}

// write writes an expression in the short form, on one line.
func write(b *strings.Builder, n *doctree.Node) {
	if name, arg, ok := intrinsic(n); ok {
		b.WriteString("!" + strings.TrimPrefix(name, "Fn::") + " ")
		if arg.Kind == doctree.String && arg.Tag == "" && name == "Ref" {
			b.WriteString(arg.Text)
			return
		}
		write(b, arg)
		return
	}
	switch n.Kind {
	case doctree.Sequence:
		b.WriteString("[")
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, item)
		}
		b.WriteString("]")
	case doctree.Mapping:
		b.WriteString("{")
		for i, p := range n.Pairs {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, p.Key)
			b.WriteString(": ")
			write(b, p.Value)
		}
		b.WriteString("}")
	case doctree.Invalid:
		fmt.Fprintf(b, "unreadable at %d", n.Span.Start)
	default:
		text, known := scalar(n).AsString()
		if !known {
			text = n.Text
		}
		b.WriteString(strconv.Quote(text))
	}
}

package network

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Key identifies what an edge names, whether or not it is in the tree: two edges of one key name one thing in every world.
// It is empty where that can't be told of what is named.
func (e Edge[T]) Key() string {
	if ref, ok := e.member.Symbol(); ok {
		return "ref\n" + ref.Addr.Unit + "\n" + ref.Addr.Name + "\n" + ref.Attr
	}
	if e.Name != "" {
		return "id\n" + e.Name
	}
	root := e.member.Origin().Root()
	if e.member.Kind() != value.KindOpaque || len(e.when) > 0 || root == nil || root.Span.IsZero() {
		return ""
	}
	// One unknown value that is read in one place and written in one way: a parameter, a variable. What differs by the
	// instance is written in one way, too.
	use := e.member.Origin().Span
	text := string(use.File.Bytes[use.Start:use.End])
	if strings.Contains(text, "each.") || strings.Contains(text, "count.") || strings.Contains(text, "[") {
		return ""
	}
	return "at\n" + root.Span.File.Path + "\n" + strconv.Itoa(root.Span.Start) + "\n" + text
}

// Certain reports whether an edge names what it names in every world, be that in the tree or not.
func (e Edge[T]) Certain() bool { return len(e.when) == 0 && e.Holds.Known() != tri.False }

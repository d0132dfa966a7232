package network

import (
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Same reports whether two edges certainly name one thing, whether or not that is in the tree.
func (e Edge[T]) Same(o Edge[T]) bool {
	return e.certain() && o.certain() && (e.To != nil && e.To == o.To || value.Same(e.member, o.member))
}

// certain reports whether an edge names what it names in every world.
func (e Edge[T]) certain() bool { return len(e.when) == 0 && e.Holds.Known() != tri.False }

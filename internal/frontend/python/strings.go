package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

func containsText(s, sub string) bool { return strings.Contains(s, sub) }

// maxText bounds the text that is put together.
const maxText = 64 << 10

func (in *interp) textOf(parts []value.Value) value.Value {
	size := 0
	for _, p := range parts {
		for _, q := range p.Parts() {
			size += len(q.Literal()) + 1
		}
	}
	if size > maxText {
		return value.OfOpaque("the text is too long")
	}
	return value.OfText(parts...)
}

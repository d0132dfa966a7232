package shell

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A hole is a part of a script's text that something else than the shell fills in, before the shell reads any of it: a
// workflow's ${{ inputs.subnet }}, a Makefile's $(SUBNET), a cell's {subnet}.
//
// What fills it is read as source: without quotes around it, it may be several words or none. Its value says what it is, known
// or not; a known one is plain text that means nothing to a shell, since the host writes any other into the script itself.
type hole struct{ value value.Value }

// The marks of holes begin and end with characters of Unicode's private use, with a number between.
const holeBegin, holeEnd = "\uE000", "\uE001"

// A draft is a script that is being put together.
type draft struct {
	*source.Embedding
	holes map[string]hole
}

func newDraft(f *source.File, label string) *draft {
	return &draft{Embedding: source.Embed(f, label)}
}

// hole appends what others fill in, which [start, end) of the host spells.
func (d *draft) hole(v value.Value, start, end int) {
	if d.holes == nil {
		d.holes = map[string]hole{}
	}
	mark := holeBegin + strconv.Itoa(len(d.holes)) + holeEnd
	d.holes[mark] = hole{value: v}
	d.Decoded(mark, start, end)
}

// nextHole returns where the first mark of a hole stands in a text; false where there is none.
func nextHole(text string) (start, end int, ok bool) {
	start = strings.Index(text, holeBegin)
	if start < 0 {
		return 0, 0, false
	}
	length := strings.Index(text[start:], holeEnd)
	if length < 0 {
		return 0, 0, false
	}
	return start, start + length + len(holeEnd), true
}

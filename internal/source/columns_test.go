package source

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Columns of long lines are those that counting from the line's start gives.
func TestColumnsOfLongLines(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, alphabet := range []string{"abc", "aü→😀", "a\xff\x80ü"} {
		var b bytes.Buffer
		for b.Len() < 5*markEvery {
			i := r.IntN(len(alphabet))
			b.WriteString(alphabet[:i])
			if alphabet != "abc" && r.IntN(3) == 0 {
				b.WriteString(alphabet)
			}
		}
		content := bytes.ToValidUTF8(b.Bytes(), []byte("?"))
		if alphabet[1] == 0xff {
			content = b.Bytes()
		}
		f := NewFile("plan.json", append([]byte("\n"), content...))
		for range 200 {
			offset := 1 + r.IntN(len(content))
			m := count(f.Bytes[1:offset])
			want := Position{Offset: offset, Line: 2, Column: 1 + m.runes, UTF16: 1 + m.runes + m.pairs, Byte: offset}
			if diff := cmp.Diff(want, f.Position(offset)); diff != "" {
				t.Fatalf("%q: offset %d: %s", alphabet, offset, diff)
			}
		}
	}
}

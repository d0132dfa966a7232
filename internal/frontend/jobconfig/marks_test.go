package jobconfig

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// The scan finds what a search for each word finds, wherever it stands.
func TestHoldsOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var alphabet []byte
	for _, w := range marks.all {
		alphabet = append(alphabet, w...)
	}
	found := 0
	for range 20_000 {
		content := make([]byte, r.IntN(60))
		for i := range content {
			content[i] = alphabet[r.IntN(len(alphabet))]
		}
		if r.IntN(2) == 0 {
			w := marks.all[r.IntN(len(marks.all))]
			w = w[:len(w)-r.IntN(2)]
			content = append(content[:r.IntN(len(content)+1)], w...)
			content = append(content, alphabet[:r.IntN(9)]...)
		}
		got, want := marks.in(content), marks.inSlowly(content)
		if got != want {
			t.Fatalf("%q: got %v, want %v", content, got, want)
		}
		if got {
			found++
		}
	}
	if found == 0 || found == 20_000 {
		t.Errorf("found in %d", found)
	}
	for _, all := range [][]string{nil, {"a"}, {"ab", "RoleArn"}} {
		for _, content := range []string{"", "a", "ab", "xxab", "xRoleArn", "Role"} {
			w := newWords(all)
			if got, want := w.in([]byte(content)), w.inSlowly([]byte(content)); got != want {
				t.Errorf("%q in %q: got %v, want %v", all, content, got, want)
			}
		}
	}
}

// Nothing that the reader recognizes may be lost to the scan before it.
func TestMarksAreNecessary(t *testing.T) {
	for _, op := range operations {
		for _, sets := range necessary(op) {
			if !marks.in([]byte(sets)) {
				t.Errorf("%s is not found by %q", op.api, sets)
			}
		}
	}
}

// necessary returns for an operation the least keys that it is recognized by, written one after the other.
func necessary(op operation) []string {
	var sets []string
	for mask := range 1 << len(op.core) {
		var b bytes.Buffer
		b.WriteString(op.name)
		n := 0
		for i, m := range op.core {
			if mask>>i&1 == 1 {
				n++
				b.WriteString("\n" + m.name)
			}
		}
		if n == op.least {
			sets = append(sets, b.String())
		}
	}
	if len(op.instead) > 0 {
		for _, m := range op.core {
			sets = append(sets, strings.Join(append([]string{m.name}, op.instead...), "\n"))
		}
	}
	return sets
}

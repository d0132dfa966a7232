package schema

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/agext/levenshtein"
)

// Levenshtein's distance counts an exchange of neighbours as two edits, and is the same otherwise.
func TestDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, random.IntN(8))
		for i := range b {
			b[i] = "aabcD"[random.IntN(5)]
		}
		return string(b)
	}
	near := 0
	for range 50_000 {
		a, b := word(), word()
		got, plain := distance(a, b), levenshtein.Distance(a, b, nil)
		if got != distance(b, a) || got > min(plain, maxEdits+1) || got <= maxEdits && plain > 2*got || (got == 0) != (a == b) {
			t.Fatalf("%q and %q are %d apart, %d the other way round; Levenshtein has %d", a, b, got, distance(b, a), plain)
		}
		if got < plain && got <= maxEdits {
			near++
		}
	}
	if near == 0 {
		t.Error("no exchange was met")
	}
}

// Every name of every object is found from a slip of its own, unless another is as near.
func TestSlips(t *testing.T) {
	for _, table := range []*Table{CloudFormation(), API()} {
		for line := range strings.Lines(table.text) {
			o := table.Object(strings.Fields(line)[0])
			for _, name := range o.names {
				end := len(name)
				exchanged := name[:end-2] + name[end-1:] + name[end-2:end-1]
				for _, slip := range []string{strings.ToLower(name), name[:1] + name[2:], name + "s", exchanged} {
					if o.Has(slip) || min(len(slip), len(name)) < lettersPerEdit {
						continue
					}
					got := o.Nearest(slip, func(string) bool { return false })
					if got == "" || got != name && !strings.EqualFold(slip, got) && distance(slip, got) > distance(slip, name) {
						t.Errorf("%s: %q is nearest to %q", strings.Fields(line)[0], slip, got)
					}
				}
			}
		}
	}
}

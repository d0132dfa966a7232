package pyast_test

import (
	"testing"

	"github.com/vpclint/vpclint/internal/pyast"
)

// FuzzParse holds for any bytes: Parse ends without a panic, and the tree is
// within the file and within itself.
func FuzzParse(f *testing.F) {
	for _, s := range snippets {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m := pyast.Parse(src)
		checkTree(t, src, m)
		pyast.Dump(m, pyast.DumpOptions{})
	})
}

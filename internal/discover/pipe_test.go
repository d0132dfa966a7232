//go:build unix

package discover

import (
	"path/filepath"
	"syscall"
	"testing"
)

func TestIrregular(t *testing.T) {
	root := tree(t, empty("a.tf"))
	for _, name := range []string{"pipe.tf", "named.tf", ".gitignore"} {
		if err := syscall.Mkfifo(filepath.Join(root, name), 0o644); err != nil {
			t.Skip(err)
		}
	}
	expect(t, root, []string{".", "named.tf"}, tf, Options{}, "+ a.tf", "~ named.tf: not a regular file", "~ pipe.tf: not a regular file")
}

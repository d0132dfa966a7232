//go:build unix

package lint

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/vpclint/vpclint/internal/discover"
)

// A script may name a file that the walk doesn't list, and that is a pipe which nobody writes to.
func TestPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, ".env"), 0o644); err != nil {
		t.Skip(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := newTree(discover.Disk(root), root.Name(), nil).Open(".env"); err == nil {
		t.Error("a pipe was opened")
	}
}

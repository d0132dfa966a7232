package pyast_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestCPythonEncodings compares on every encoding that CPython knows, but for the few in which a quote may be no quote.
func TestCPythonEncodings(t *testing.T) {
	if testing.Short() {
		t.Skip("CPython takes seconds to list the characters of its encodings")
	}
	for _, python := range interpreters(t) {
		t.Run(python, func(t *testing.T) {
			dir := t.TempDir()
			cmd := exec.CommandContext(t.Context(), python, "testdata/encodings.py", dir)
			cmd.Stderr = os.Stderr
			if err := cmd.Run(); err != nil {
				t.Fatal(err)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*.py"))
			if err != nil || len(files) < 60 {
				t.Fatalf("%d files, %v", len(files), err)
			}
			o := &oracle{python: python, oldest: 8}
			o.run(t, files)
			t.Logf("%s: %d encodings compared, %d refused by CPython", o.python, o.compared, o.skipped)
			if o.compared < 60 {
				t.Errorf("only %d encodings were compared", o.compared)
			}
		})
	}
}

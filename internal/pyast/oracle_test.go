package pyast_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/pyast"
)

// oracle is one python3 that dumps files; its output is compared while it runs.
type oracle struct {
	python string
	opts   pyast.DumpOptions
	// compared, skipped and bad count files.
	compared, skipped, bad int
}

// TestCPython compares with CPython's ast over python3's own library and tests.
// PYAST_ORACLE names another interpreter, PYAST_FILES a directory to use instead.
func TestCPython(t *testing.T) {
	python := os.Getenv("PYAST_ORACLE")
	if python == "" {
		python = "python3"
	}
	if _, err := exec.LookPath(python); err != nil {
		t.Skipf("no %s to compare with", python)
	}
	dir := os.Getenv("PYAST_FILES")
	limit, maxBytes := 1_100, int64(50_000)
	switch {
	case dir != "":
		limit, maxBytes = 1<<30, 1<<30
	case testing.Short():
		limit = 120
	}
	if dir == "" {
		out, err := exec.Command(python, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
		if err != nil {
			t.Skipf("asking %s for its library: %v", python, err)
		}
		dir = strings.TrimSpace(string(out))
	}
	files := sample(pythonFiles(t, dir, maxBytes, dir == os.Getenv("PYAST_FILES")), limit)
	o := &oracle{python: python}
	o.run(t, files)
	t.Logf("%s: %d files compared, %d refused by CPython, %d different", o.python, o.compared, o.skipped, o.bad)
	if len(files) >= 100 && o.compared < len(files)*9/10 {
		t.Errorf("only %d of %d files were compared", o.compared, len(files))
	}
}

// pythonFiles lists the modules under dir, without installed packages unless all.
func pythonFiles(t testing.TB, dir string, maxBytes int64, all bool) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && !all && (d.Name() == "site-packages" || d.Name() == "dist-packages") {
			return filepath.SkipDir
		}
		if d.Type().IsRegular() && strings.HasSuffix(path, ".py") {
			if info, err := d.Info(); err == nil && info.Size() <= maxBytes {
				files = append(files, path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sample takes evenly spaced files.
func sample(files []string, limit int) []string {
	if len(files) <= limit {
		return files
	}
	var out []string
	for i := range limit {
		out = append(out, files[i*len(files)/limit])
	}
	return out
}

func (o *oracle) run(t *testing.T, files []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), o.python, "testdata/dump.py")
	cmd.Stdin = strings.NewReader(strings.Join(files, "\n"))
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReaderSize(pipe, 1<<20)
	version, err := r.ReadString('\n')
	if err != nil {
		t.Fatalf("reading the version: %v", err)
	}
	var minor int
	if _, err := fmt.Sscanf(version, "3.%d", &minor); err != nil {
		t.Fatalf("unexpected version %q", version)
	}
	if minor < 10 {
		t.Skipf("python 3.%d gives no positions to some nodes", minor)
	}
	o.opts.OpaqueFStrings = minor < 12
	o.python += " " + strings.TrimSpace(version)
	for o.next(t, r) {
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// next compares one file.
func (o *oracle) next(t *testing.T, r *bufio.Reader) bool {
	head, err := r.ReadString('\n')
	if err != nil {
		return false
	}
	if strings.HasPrefix(head, "SKIP ") {
		o.skipped++
		t.Log(strings.TrimSpace(head))
		return true
	}
	var size int
	if _, err := fmt.Sscanf(head, "FILE %d ", &size); err != nil {
		t.Fatalf("unexpected line %q", head)
	}
	path := strings.TrimSpace(strings.SplitN(head, " ", 3)[2])
	want := make([]byte, size)
	if _, err := io.ReadFull(r, want); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o.compared++
	m := pyast.Parse(src)
	if diff := o.diff(m, want); diff != "" {
		o.bad++
		if o.bad <= 20 {
			t.Errorf("%s: %s", path, diff)
		}
	}
	return true
}

func (o *oracle) diff(m *pyast.Module, want []byte) string {
	for _, e := range m.Errors {
		if !strings.Contains(e.Msg, "tabs") {
			return fmt.Sprintf("error at %d: %s", e.Pos, e.Msg)
		}
	}
	if m.Encoding != "utf-8" {
		return "" // CPython's columns count the bytes of its own transcoding
	}
	return compareDumps(pyast.Dump(m, o.opts), string(want))
}

// compareDumps describes the first line that differs.
func compareDumps(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) {
			return fmt.Sprintf("%d lines, want %d", len(g), len(w))
		}
		if g[i] == w[i] {
			continue
		}
		// The value of a \N escape is not known here.
		if known, ok := strings.CutSuffix(g[i], "?"); ok && strings.HasPrefix(w[i], known) {
			continue
		}
		var near bytes.Buffer
		for j := max(0, i-3); j < i; j++ {
			fmt.Fprintf(&near, "\n     %s", g[j])
		}
		return fmt.Sprintf("line %d%s\ngot  %s\nwant %s", i, near.String(), g[i], w[i])
	}
	return ""
}

package pyast_test

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"math"
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
	oldest int // the first minor version of Python 3 to compare with
	// compared, skipped and bad count files, and refused those of skipped in which pyast finds an error too.
	compared, skipped, refused, bad int
}

// interpreters are those that PYAST_ORACLE lists as PATH does, or python3; those that can't be run are left out.
func interpreters(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, name := range filepath.SplitList(cmp.Or(os.Getenv("PYAST_ORACLE"), "python3")) {
		if _, err := exec.LookPath(name); err != nil {
			t.Logf("no %s to compare with", name)
			continue
		}
		found = append(found, name)
	}
	if len(found) == 0 {
		t.Skip("no python3 to compare with")
	}
	return found
}

// TestCPython compares with CPython's ast: over a sample of python3's own library and tests, or over all files below the
// directories that PYAST_FILES lists. PYAST_ORACLE lists other interpreters; with it and without PYAST_FILES, each is
// compared over all of its own library.
func TestCPython(t *testing.T) {
	dirs := filepath.SplitList(os.Getenv("PYAST_FILES"))
	limit, maxBytes := 800, int64(100_000)
	switch {
	case len(dirs) > 0, os.Getenv("PYAST_ORACLE") != "":
		limit, maxBytes = math.MaxInt, math.MaxInt64
	case testing.Short():
		limit, maxBytes = 120, 50_000
	}
	for _, python := range interpreters(t) {
		t.Run(python, func(t *testing.T) {
			dirs, all := dirs, len(dirs) > 0
			if !all {
				out, err := exec.Command(python, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
				if err != nil {
					t.Skipf("asking %s for its library: %v", python, err)
				}
				dirs = []string{strings.TrimSpace(string(out))}
			}
			var files []string
			for _, dir := range dirs {
				files = append(files, pythonFiles(t, dir, maxBytes, all)...)
			}
			files = sample(files, limit)
			o := &oracle{python: python, oldest: 8}
			o.run(t, files)
			t.Logf("%s: %d files compared, %d refused by CPython (%d of them by pyast too), %d different",
				o.python, o.compared, o.skipped, o.refused, o.bad)
			if !all && len(files) >= 100 && o.compared < len(files)*9/10 {
				t.Errorf("only %d of %d files were compared", o.compared, len(files))
			}
		})
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
	if minor < o.oldest {
		t.Skipf("python 3.%d reads some of it otherwise", minor)
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
		o.skip(t, strings.TrimSpace(head))
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

// skip notes a file that CPython refuses, and whether pyast finds fault with it as well. Only what Python 2 or a newer
// version accepts may be left: a tree of other files is no harm.
func (o *oracle) skip(t *testing.T, line string) {
	t.Helper()
	o.skipped++
	path, why, _ := strings.Cut(strings.TrimPrefix(line, "SKIP "), ": ")
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(pyast.Parse(src).Errors) > 0 {
		o.refused++
		return
	}
	t.Logf("accepted, refused by CPython: %s: %s", path, why)
}

func (o *oracle) diff(m *pyast.Module, want []byte) string {
	for _, e := range m.Errors {
		if !strings.Contains(e.Msg, "tabs") {
			return fmt.Sprintf("error at %d: %s", e.Pos, e.Msg)
		}
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
		if g[i] == w[i] || matches(g[i], w[i]) {
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

// matches tells lines that differ only in what one side doesn't know.
func matches(got, want string) bool {
	g, w := strings.SplitN(got, " ", 4), strings.SplitN(want, " ", 4)
	for i := 1; i < min(3, len(g), len(w)); i++ {
		if w[i] == "?" {
			g[i] = "?"
		}
	}
	if got, want = strings.Join(g, " "), strings.Join(w, " "); got == want {
		return true
	}
	// Here the value of a \N escape isn't known, nor a character of Asia's encodings.
	if known, ok := strings.CutSuffix(got, "?"); ok && strings.HasPrefix(want, known) {
		return true
	}
	if known, _, opaque := strings.Cut(got, `\U000f`); opaque {
		return strings.HasPrefix(want, known)
	}
	return false
}

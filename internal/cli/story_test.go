package cli_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/cli"
	"github.com/vpclint/vpclint/internal/report/sariftest"
)

// check runs a command line in the current directory and returns its standard output and exit code.
func check(t *testing.T, args ...string) ([]byte, int) {
	t.Helper()
	var out, errs bytes.Buffer
	code := cli.Main(args, strings.NewReader(""), &out, &errs)
	if code == 2 {
		t.Fatalf("vpclint %s: %s", strings.Join(args, " "), errs.String())
	}
	return out.Bytes(), code
}

// Every repository under testdata/repos is checked as a user would check it. The reports are what testdata/golden holds,
// the SARIF log is one that Microsoft's validator and go-sarif's strict reader pass, and the same bytes come out of every
// run. go test ./internal/cli -update rewrites the reports.
func TestStories(t *testing.T) {
	root, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	stories, err := os.ReadDir(filepath.Join(root, "repos"))
	if err != nil || len(stories) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, story := range stories {
		t.Run(story.Name(), func(t *testing.T) {
			// Outside of vpclint's own repository the story is one of its own.
			dir := filepath.Join(t.TempDir(), story.Name())
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "repos", story.Name()))); err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			first := reports(t)
			for format, got := range first {
				golden(t, filepath.Join(root, "golden", story.Name()+"."+format), got)
			}
			sariftest.Validate(t, first["sarif"])
			sariftest.ValidateAction(t, first["sarif"], dir)
			same := func(why string, again map[string][]byte) {
				for format, got := range first {
					if !bytes.Equal(got, again[format]) {
						t.Errorf("%s: %s gives other bytes", format, why)
					}
				}
			}
			same("one worker", reports(t, "--jobs", "1"))
			old := runtime.GOMAXPROCS(1)
			same("GOMAXPROCS=1", reports(t))
			runtime.GOMAXPROCS(old)
		})
	}
}

// reports checks the current directory, and returns the reports of one run in every format.
func reports(t *testing.T, flags ...string) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"check", "-q", "--undecided=show"}, flags...)
	formats := []string{"text", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown"}
	for _, format := range formats {
		args = append(args, "--format", format+"="+filepath.Join(dir, format))
	}
	if out, code := check(t, args...); code != 1 || len(out) > 0 {
		t.Errorf("exit code %d, want 1; standard output has %q", code, out)
	}
	got := map[string][]byte{}
	for _, format := range formats {
		b, err := os.ReadFile(filepath.Join(dir, format))
		if err != nil {
			t.Fatal(err)
		}
		got[format] = b
	}
	return got
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", filepath.Base(path), diff)
	}
}

// Start-up is what every commit pays, whatever it changes.
func BenchmarkVersion(b *testing.B) {
	for b.Loop() {
		if code := cli.Main([]string{"version"}, strings.NewReader(""), io.Discard, io.Discard); code != 0 {
			b.Fatal(code)
		}
	}
}

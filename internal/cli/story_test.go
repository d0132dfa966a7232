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
			for _, format := range []string{"text", "json", "sarif"} {
				args := []string{"check", "-q", "--undecided=show", "--format", format}
				got, code := check(t, args...)
				if code != 1 {
					t.Errorf("%s: exit code %d, want 1", format, code)
				}
				golden(t, filepath.Join(root, "golden", story.Name()+"."+format), got)
				again, _ := check(t, append(args, "--jobs", "1")...)
				if !bytes.Equal(got, again) {
					t.Errorf("%s: one worker gives other bytes", format)
				}
				old := runtime.GOMAXPROCS(1)
				again, _ = check(t, args...)
				runtime.GOMAXPROCS(old)
				if !bytes.Equal(got, again) {
					t.Errorf("%s: GOMAXPROCS=1 gives other bytes", format)
				}
				if format == "sarif" {
					sariftest.Validate(t, got)
				}
			}
		})
	}
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

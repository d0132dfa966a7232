package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The README's examples are run, each with the files that stand before its output, and their outputs are what the README
// shows. go test ./internal/cli -update rewrites them.
func TestReadme(t *testing.T) {
	const path = "../../README.md"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	readme := string(b)
	if n := strings.Count(readme, "\n"); n > 150 {
		t.Errorf("the README has %d lines, and is to have 150 at most", n)
	}
	file := regexp.MustCompile("(?s)```\\w+ (\\S+)\n(.*?)```\n")
	outputs := regexp.MustCompile("(?s)```text\n(.*?)```\n").FindAllStringSubmatchIndex(readme, -1)
	if len(outputs) != 2 {
		t.Fatalf("the README shows %d examples, and has two", len(outputs))
	}
	var rewritten strings.Builder
	last := 0
	for _, m := range outputs {
		files := file.FindAllStringSubmatch(readme[last:m[0]], -1)
		got := example(t, files)
		if diff := cmp.Diff(readme[m[2]:m[3]], got); diff != "" && !*update {
			t.Errorf("the README shows another output (-README +run):\n%s", diff)
		}
		rewritten.WriteString(readme[last:m[2]] + got)
		last = m[3]
	}
	if *update {
		rewritten.WriteString(readme[last:])
		if err := os.WriteFile(path, []byte(rewritten.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// example returns what vpclint says of some files, each given by its block's name and content.
func example(t *testing.T, files [][]string) string {
	t.Helper()
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f[1]), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f[1], []byte(f[2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, code := check(t, "check", "-q")
	if code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	t.Chdir(home)
	return strings.TrimSpace(string(out)) + "\n"
}

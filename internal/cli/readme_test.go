package cli_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The README's example is run, and its output is what the README shows. go test ./internal/cli -update rewrites it.
func TestReadme(t *testing.T) {
	const path = "../../README.md"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	readme := string(b)
	m := regexp.MustCompile("(?s)```hcl main.tf\n(.*?)```\n\n```text\n(.*?)```\n").FindStringSubmatchIndex(readme)
	if m == nil {
		t.Fatal("the README shows no example")
	}
	if n := strings.Count(readme, "\n"); n > 150 {
		t.Errorf("the README has %d lines, and is to have 150 at most", n)
	}
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("main.tf", []byte(readme[m[2]:m[3]]), 0o644); err != nil {
		t.Fatal(err)
	}
	out, code := check(t, "check", "-q")
	if code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	got := strings.TrimSpace(string(out)) + "\n"
	if *update {
		t.Chdir(home)
		if err := os.WriteFile(path, []byte(readme[:m[4]]+got+readme[m[5]:]), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(readme[m[4]:m[5]], got); diff != "" {
		t.Errorf("the README shows another output (-README +run):\n%s", diff)
	}
}

package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The page about the inventory shows what the command says of one of the stories. go test ./internal/cli -update rewrites
// it.
func TestInventoryPage(t *testing.T) {
	page, err := filepath.Abs("../../docs/inventory.md")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)```console\n\\$ vpclint ([^\n]*)\n(.*?)```\n").FindSubmatchIndex(b)
	if shown == nil {
		t.Fatal("the page shows no command with its output")
	}
	dir := filepath.Join(t.TempDir(), "story")
	if err := os.CopyFS(dir, os.DirFS("../../testdata/repos/insecure-mlops")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	got, code := check(t, strings.Fields(string(b[shown[2]:shown[3]]))...)
	if code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	if *update {
		rewritten := string(b[:shown[4]]) + string(got) + string(b[shown[5]:])
		if err := os.WriteFile(page, []byte(rewritten), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(b[shown[4]:shown[5]]), string(got)); diff != "" {
		t.Errorf("the page shows another output (-page +run):\n%s", diff)
	}
}

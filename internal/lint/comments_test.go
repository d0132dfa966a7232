package lint_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// slots are where an ignore is tried: (+) silences something, (-) nothing, and (0) isn't read at all.
var slots = regexp.MustCompile(`\([-+0]\)`)

// An ignore silences where its language has it speak and nowhere else, and says so where it silences nothing. The archives are
// trees of one language each, with the slug of a rule of which something is found in them.
func TestIgnoresInAllLanguages(t *testing.T) {
	archives, err := filepath.Glob("testdata/ignores/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, name := range archives {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rule := strings.TrimSpace(string(txtar.Parse(content).Comment))
		language := strings.TrimSuffix(filepath.Base(name), ".txtar")
		for i, slot := range slots.FindAllString(string(content), -1) {
			t.Run(language+"/"+strconv.Itoa(i+1), func(t *testing.T) {
				t.Parallel()
				before := tried(t, content, -1, "")
				if n := count(before, rule); n == 0 || len(before.Ignored) > 0 {
					t.Fatalf("without an ignore: %d findings, %d ignored", n, len(before.Ignored))
				}
				after := tried(t, content, i, "vpclint:ignore "+rule+" it is a test")
				silenced, unused := count(before, rule)-count(after, rule), count(after, "unused-ignore")
				if silenced != len(after.Ignored) {
					t.Errorf("%d findings are gone, %d are ignored", silenced, len(after.Ignored))
				}
				if got, want := [2]bool{silenced > 0, unused > 0}, (map[string][2]bool{"(+)": {true, false}, "(-)": {false, true}, "(0)": {false, false}})[slot]; got != want {
					t.Errorf("%s: %d silenced, %d unused", slot, silenced, unused)
				}
			})
		}
	}
}

// tried runs all rules over a tree with a text in one slot of it.
func tried(t *testing.T, archive []byte, slot int, text string) *lint.Result {
	t.Helper()
	i := -1
	filled := slots.ReplaceAllFunc(archive, func([]byte) []byte {
		if i++; i == slot {
			return []byte(text)
		}
		return []byte("as it is")
	})
	dir := t.TempDir()
	for _, f := range txtar.Parse(filled).Files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: rules.All()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func count(r *lint.Result, rule string) (n int) {
	for _, f := range r.Findings {
		if f.Rule == rule {
			n++
		}
	}
	return n
}

package lint_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// In every story, and in every system that testdata/lower spells in several languages, what is found is silenced by what is
// written, but for what is told to be left; nothing else is found then, no line is lost, and a second time nothing is written.
func TestAddIgnores(t *testing.T) {
	for name, tree := range annotatedTrees(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, tree); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
				t.Fatal(err)
			}
			remark, err := ignore.NewRemark(`accepted: see "RISK-1" \ 100%`)
			if err != nil {
				t.Fatal(err)
			}
			before := runAll(t, dir)
			if len(before.Findings) == 0 {
				t.Skip("nothing is found in it")
			}
			added := annotate(t, dir, before, remark)
			t.Logf("%d findings; ignores in %d files, %d left", len(before.Findings), len(added.Files), len(added.Left))
			after := runAll(t, dir)
			if got, want := len(after.Findings), len(added.Left)+len(added.About); got != want {
				t.Errorf("%d findings are left, and %d were told", got, want)
			}
			for _, f := range added.Left {
				if p := f.At.Host().File.Path; !strings.HasSuffix(p, ".json") {
					t.Errorf("nothing was written for %s in %s", f.Rule, p)
				}
			}
			for _, e := range added.Files {
				if !keepsLines(string(e.Before), string(e.After)) {
					t.Errorf("%s: a line is lost", e.Path)
				}
				samePython(t, e)
			}
			if again := annotate(t, dir, after, remark); len(again.Files) > 0 {
				t.Errorf("a second time something was written into %s", again.Files[0].Path)
			}
		})
	}
}

func annotatedTrees(t *testing.T) map[string]fs.FS {
	t.Helper()
	trees := map[string]fs.FS{}
	for _, story := range []string{"insecure-mlops", "landing-zone"} {
		trees[story] = os.DirFS("../../testdata/repos/" + story)
	}
	cases, err := filepath.Glob("../../testdata/lower/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if trees[filepath.Base(name)], err = txtar.FS(ar); err != nil {
			t.Fatal(err)
		}
	}
	return trees
}

func runAll(t *testing.T, dir string) *lint.Result {
	t.Helper()
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: rules.All()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func annotate(t *testing.T, dir string, r *lint.Result, remark ignore.Remark) *lint.Addition {
	t.Helper()
	c := lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: rules.All()}
	added, err := lint.AddIgnores(context.Background(), c, r, append([]finding.Finding(nil), r.Findings...), remark)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range added.Files {
		if err := lint.Rewrite(dir, e); err != nil {
			t.Fatalf("%s: %v", e.Path, err)
		}
	}
	return added
}

// keepsLines reports whether all lines of one text are in another, in their order. Where JSON has several things in one line,
// as it may, that line only grows.
func keepsLines(before, after string) bool {
	rest := strings.SplitAfter(after, "\n")
	for line := range strings.SplitAfterSeq(before, "\n") {
		i := 0
		for i < len(rest) && rest[i] != line && !(strings.Contains(rest[i], "vpclint") && strings.HasPrefix(rest[i], line[:min(len(line), 3)])) {
			i++
		}
		if i == len(rest) {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// samePython holds a script against itself before, as CPython parses it.
func samePython(t *testing.T, e lint.Edited) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil || !strings.HasSuffix(e.Path, ".py") {
		return
	}
	dump := func(source []byte) []byte {
		cmd := exec.Command(python, "-c", "import ast, sys; print(ast.dump(ast.parse(sys.stdin.buffer.read())))")
		cmd.Stdin = bytes.NewReader(source)
		out, err := cmd.Output()
		if err != nil {
			return nil
		}
		return out
	}
	if !bytes.Equal(dump(e.Before), dump(e.After)) {
		t.Errorf("%s: CPython reads another program", e.Path)
	}
}

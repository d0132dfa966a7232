package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/report/sariftest"
	"github.com/vpclint/vpclint/internal/sarif"
)

// TestSARIFOfStories holds that a log is one that its readers accept whatever is put in, and the same from wherever it is made: from
// a directory below, through a link to the repository, in a work tree and in a submodule, whose .git is a file.
func TestSARIFOfStories(t *testing.T) {
	stories, err := filepath.Abs("../../testdata/repos")
	if err != nil {
		t.Fatal(err)
	}
	found, err := os.ReadDir(stories)
	if err != nil || len(found) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, story := range found {
		t.Run(story.Name(), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "story")
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(stories, story.Name()))); err != nil {
				t.Fatal(err)
			}
			args := []string{"check", "-q", "--format", "sarif", "--profile", "strict", "--sarif-include", "ignored,undecided"}
			t.Chdir(dir)
			want, _ := check(t, args...)
			sariftest.Validate(t, want)
			sariftest.ValidateAction(t, want, dir)
			same := func(where string, more ...string) {
				t.Helper()
				if got, _ := check(t, append(args, more...)...); !bytes.Equal(want, got) {
					t.Errorf("%s there are other bytes", where)
				}
			}
			if err := os.WriteFile(".git", []byte("gitdir: ../elsewhere/.git/worktrees/story\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			same("in a work tree")
			if err := errors.Join(os.Remove(".git"), os.MkdirAll(".git", 0o700)); err != nil {
				t.Fatal(err)
			}
			same("in a repository")
			same("by its absolute path", dir)
			for _, procs := range []int{1, 2, 8} {
				old := runtime.GOMAXPROCS(procs)
				same(fmt.Sprintf("with GOMAXPROCS=%d", procs))
				runtime.GOMAXPROCS(old)
			}
			if err := os.Mkdir("below", 0o700); err != nil {
				t.Fatal(err)
			}
			t.Chdir("below")
			same("from a directory below", "..")
			link := filepath.Join(t.TempDir(), "link")
			if err := os.Symlink(dir, link); err != nil {
				t.Skip(err)
			}
			same("by a link from outside", link)
			t.Chdir(link)
			same("through a link")
		})
	}
}

// GitHub keeps one text for each rule: another one in the next upload would change what is shown of all alerts. What the user
// asks for changes which rules there are, and how grave they are, and nothing else.
func TestSARIFRulesAreConstant(t *testing.T) {
	t.Chdir(t.TempDir())
	texts := func(args ...string) map[string]sarif.Rule {
		log, _ := check(t, append([]string{"check", "-q", "--format", "sarif"}, args...)...)
		var parsed sarif.Log
		if err := json.Unmarshal(log, &parsed); err != nil {
			t.Fatal(err)
		}
		out := map[string]sarif.Rule{}
		for _, r := range parsed.Runs[0].Tool.Driver.Rules {
			r.Default, r.Properties.SecuritySeverity, r.Properties.ProblemSeverity = sarif.Configuration{}, "", ""
			out[r.ID] = r
		}
		return out
	}
	all := texts("--profile", "strict")
	for _, args := range [][]string{
		nil,
		{"--select", "public-subnet,missing-vpc-config", "--severity", "public-subnet=low", "--severity", "missing-vpc-config=critical"},
		{"--ignore", "public-subnet", "--min-severity", "high", "--undecided", "fail", "--sarif-include", "ignored,undecided"},
	} {
		some := texts(args...)
		if len(some) == 0 {
			t.Errorf("%v: no rules", args)
		}
		for id, r := range some {
			if diff := cmp.Diff(all[id], r); diff != "" {
				t.Errorf("%v changes %s: %s", args, id, diff)
			}
		}
	}
}

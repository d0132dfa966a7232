package git_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/git"
)

// run runs git itself, which the tests hold this package against. Where there is none they skip.
func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not to be had here")
	}
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(),
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=c", "GIT_COMMITTER_EMAIL=c@example.com",
		"GIT_AUTHOR_DATE=2026-01-02T03:04:05Z", "GIT_COMMITTER_DATE=2026-01-02T03:04:05Z")
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("git %s: %s", strings.Join(args, " "), exit.Stderr)
		}
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return strings.TrimRight(string(out), "\n")
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, dir string) *git.Repository {
	t.Helper()
	r, err := git.Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// contents returns every file of a tree by its name, and every link by "-> " and where it leads.
func contents(t *testing.T, r *git.Repository, rev string) map[string]string {
	t.Helper()
	id, err := r.Resolve(rev)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := r.Tree(id)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	err = fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if e.Type()&fs.ModeSymlink != 0 {
			out[name] = "link"
			return nil
		}
		f, err := tree.Open(name)
		if err != nil {
			return err
		}
		b, err := io.ReadAll(f)
		out[name] = string(b)
		return err
	})
	if err := errors.Join(err, tree.Err()); err != nil {
		t.Fatal(err)
	}
	return out
}

// listed is what git says that a revision holds.
func listed(t *testing.T, dir, rev string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, line := range strings.Split(run(t, dir, "ls-tree", "-rz", rev), "\x00") {
		head, name, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		words := strings.Fields(head)
		switch words[0] {
		case "160000":
		case "120000":
			out[name] = "link"
		default:
			cmd := exec.Command("git", "cat-file", "blob", words[2])
			cmd.Dir = dir
			b, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			out[name] = string(b)
		}
	}
	return out
}

// history makes a repository with a history of many versions of a file, with branches, merges, tags and links.
func history(t *testing.T, format string) string {
	t.Helper()
	dir := t.TempDir()
	run(t, dir, "init", "-q", "-b", "main", "--object-format="+format)
	var text bytes.Buffer
	for i := range 30 {
		text.WriteString(strings.Repeat("line of a file that grows\n", 50))
		text.WriteByte(byte('a' + i%26))
		write(t, dir, "infra/main.tf", text.String())
		write(t, dir, "jobs/deep/er/"+string(rune('a'+i%26))+".json", "{}")
		run(t, dir, "add", "-A")
		run(t, dir, "commit", "-qm", "one")
		switch i {
		case 10:
			run(t, dir, "tag", "light")
			run(t, dir, "tag", "-a", "-m", "m", "annotated")
			run(t, dir, "branch", "side")
		case 20:
			run(t, dir, "checkout", "-q", "side")
			write(t, dir, "side.txt", "side")
			if err := os.Symlink("infra/main.tf", filepath.Join(dir, "link")); err != nil {
				t.Skip(err)
			}
			run(t, dir, "add", "-A")
			run(t, dir, "commit", "-qm", "side")
			run(t, dir, "branch", "feature/x")
			run(t, dir, "checkout", "-q", "main")
			run(t, dir, "merge", "-q", "--no-ff", "-m", "merge", "side")
		}
	}
	return dir
}

// What a revision names, and what it holds, is what git says, whatever the objects are stored in.
func TestHistory(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		t.Run(format, func(t *testing.T) {
			dir := history(t, format)
			head := run(t, dir, "rev-parse", "HEAD~3")
			revs := []string{
				"HEAD", "@", "main", "side", "feature/x", "heads/side", "refs/heads/side", "light", "annotated", "tags/annotated", "HEAD~2",
				"HEAD^", "HEAD~", "HEAD^^", "main~9^2", "main~9^2~1", "annotated~1", "annotated^{commit}", "annotated^{}", "HEAD^0", head, head[:9],
				strings.ToUpper(head[:12]),
			}
			compare := func(t *testing.T) {
				t.Helper()
				r := open(t, dir)
				for _, rev := range revs {
					got, err := r.Resolve(rev)
					if err != nil {
						t.Errorf("%s: %v", rev, err)
						continue
					}
					if want := run(t, dir, "rev-parse", rev+"^{commit}"); got.String() != want {
						t.Errorf("%s is %s, want %s", rev, got, want)
					}
				}
				for _, pair := range [][2]string{{"side", "HEAD"}, {"feature/x", "main~20"}, {"main~5", "main"}, {"annotated", "side"}} {
					got, err := r.Resolve(pair[0] + "..." + pair[1])
					if err != nil {
						t.Errorf("%s: %v", pair, err)
						continue
					}
					if want := run(t, dir, "merge-base", pair[0], pair[1]); got.String() != want {
						t.Errorf("%s have %s in common, want %s", pair, got, want)
					}
				}
				for _, rev := range []string{"HEAD", "HEAD~15", "side", "annotated"} {
					if diff := cmp.Diff(listed(t, dir, rev), contents(t, r, rev)); diff != "" {
						t.Errorf("%s (-want +got):\n%s", rev, diff)
					}
				}
			}
			t.Run("loose", compare)
			run(t, dir, "repack", "-adq", "--depth=50", "--window=50")
			run(t, dir, "pack-refs", "--all")
			t.Run("packed", compare)
			run(t, dir, "repack", "-adqf", "--depth=50")
			run(t, dir, "multi-pack-index", "write")
			t.Run("packed again", compare)
		})
	}
}

// A worktree and a submodule have their git directories elsewhere, which lead back.
func TestOtherTrees(t *testing.T) {
	dir := history(t, "sha1")
	run(t, dir, "repack", "-adq")
	tree := filepath.Join(t.TempDir(), "tree")
	run(t, dir, "worktree", "add", "-q", tree, "side")
	for rev, at := range map[string]string{"HEAD": tree, "main": tree, "HEAD~1": dir} {
		if got, want := resolve(t, open(t, at), rev), run(t, at, "rev-parse", rev); got != want {
			t.Errorf("%s in %s is %s, want %s", rev, at, got, want)
		}
	}
	outer := t.TempDir()
	run(t, outer, "init", "-q")
	run(t, outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", dir, "libs/sub")
	sub := filepath.Join(outer, "libs/sub")
	if got, want := resolve(t, open(t, sub), "HEAD"), run(t, sub, "rev-parse", "HEAD"); got != want {
		t.Errorf("the submodule is at %s, want %s", got, want)
	}
}

func resolve(t *testing.T, r *git.Repository, rev string) string {
	t.Helper()
	id, err := r.Resolve(rev)
	if err != nil {
		t.Fatal(err)
	}
	return id.String()
}

// What a clone lacks is told, with what to do about it.
func TestClonesThatLack(t *testing.T) {
	dir := history(t, "sha1")
	run(t, dir, "config", "uploadpack.allowFilter", "true")
	clone := func(args ...string) string {
		at := filepath.Join(t.TempDir(), "clone")
		run(t, dir, append(append([]string{"clone", "-q"}, args...), at)...)
		return at
	}
	shallow := open(t, clone("--depth=2", "file://"+dir))
	for _, rev := range []string{"HEAD~2", "annotated", "HEAD...origin/nowhere", "origin/side"} {
		if _, err := shallow.Resolve(rev); err == nil || !strings.Contains(err.Error(), "fetch-depth: 0") {
			t.Errorf("%s of a shallow clone: %v", rev, err)
		}
	}
	if _, err := shallow.Resolve("HEAD~1"); err != nil {
		t.Errorf("HEAD~1 of a shallow clone of two commits: %v", err)
	}
	partial := open(t, clone("--filter=blob:none", "--no-checkout", "file://"+dir))
	id, err := partial.Resolve("HEAD~1")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := partial.Tree(id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Open("infra/main.tf"); err == nil || tree.Err() == nil || !strings.Contains(tree.Err().Error(), "clone without --filter") {
		t.Errorf("a file of a partial clone: %v, %v", err, tree.Err())
	}
	shared := clone("--shared", dir)
	if _, err = open(t, shared).Resolve("HEAD"); err == nil || !strings.Contains(err.Error(), "GIT_ALTERNATE_OBJECT_DIRECTORIES") {
		t.Errorf("objects elsewhere were read: %v", err)
	}
	r, err := git.Open(shared, []string{filepath.Join(dir, ".git/objects")})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if diff := cmp.Diff(listed(t, dir, "HEAD"), contents(t, r, "HEAD")); diff != "" {
		t.Errorf("with the objects named (-want +got):\n%s", diff)
	}
}

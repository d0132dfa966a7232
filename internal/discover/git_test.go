package discover

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	trees = flag.Int("trees", 300, "how many random trees are compared with git")
	seed  = flag.Uint64("seed", 1, "what the random trees are made from")
)

// gitFiles returns what git calls untracked and not ignored.
func gitFiles(t *testing.T, root string) []string {
	t.Helper()
	cmd := exec.Command("git", "-c", "core.fsmonitor=false", "ls-files", "-z", "-co", "--exclude-standard")
	cmd.Dir = root
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_CONFIG_SYSTEM=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C",
	}
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("git: %v: %s", err, exit.Stderr)
		}
		t.Fatalf("git: %v", err)
	}
	files := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(out) == 0 {
		files = nil
	}
	slices.Sort(files)
	return files
}

func needGit(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the names in these trees are for a file system that takes any bytes, and tells A from a")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed: nothing to compare with")
	}
}

// repository writes a tree, with the least that git takes for a repository. A name that ends in a slash is a directory.
func repository(t *testing.T, root string, files map[string]string) {
	t.Helper()
	write(t, root, map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/objects/": "", ".git/refs/": ""})
	write(t, root, files)
}

func write(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		dir := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			dir = path
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func walked(t *testing.T, root string) []string {
	t.Helper()
	r, err := Walk(t.Context(), root, []string{root}, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return paths(r.Files)
}

func paths(files []File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return out
}

// TestTricky is a tree in which each line of an ignore file shows one point of gitignore(5), or of git's code where the
// page says nothing.
func TestTricky(t *testing.T) {
	needGit(t)
	ignore := strings.Join([]string{
		"\ufeff*.bom", "# comment", `\#hash`, "!negated-nothing", `\!bang`, "trailing.tf   ", `kept\ `, "tab.tf\t",
		"crlf.tf\r", "crlf2.tf  \r", "/anchored.tf", "mid/anchored.tf", "dironly/", "**/deep.tf", "tree/**",
		"a/**/z.tf", "x**/y.tf", "q/**r/s.tf", "*.log", "!keep.log", "logs/", "!logs/keep.tf", "wild/*", "!wild/keep.tf",
		"[abc].tf", "[!a-c]x.tf", "[^a-c]w.tf", "[]].tf", "[!]]v.tf", "[a-", "[[:digit:]]n.tf", "[[:nope:]]n.tf", "[[:alpha:]-]d.tf",
		"[a/b]slash", `back\\slash.tf`, `esc\*.tf`, `esc\?x.tf`, "??.md", "é*.tf", "?.uni", "trailing-backslash\\", "/", "//", "!", "!/", "*/one.tf",
		"/deep/**", "!/deep/12.tf", "nul.tf\x00junk", "   ", " lead/", "slash//double.tf", "./dot.tf", "mid/../up.tf",
		`esc\/slash.tf`, "foo*bar*baz.tf", "**", "!**", "***/three.tf", "**dir/two.tf", "end**", "c/*/d", "c/**/e/", "cases/UPPER.tf",
		"nonl.tf",
	}, "\n")
	files := map[string]string{".gitignore": ignore, ".git/info/exclude": "info.tf\nsub/only.tf\n!sub/inner.tf\n", "sub/.gitignore": "inner.tf\n/local.tf\n!info.tf\n!*.log\nnested/*\n!nested/keep/\n"}
	for _, name := range []string{
		"a.bom", "# comment", "#hash", "!bang", "bang", "trailing.tf", "trailing.tf   ", "kept ", "kept", "tab.tf", "tab.tf\t",
		"crlf.tf", "crlf.tf\r", "crlf2.tf", "anchored.tf", "mid/anchored.tf", "sub/mid/anchored.tf", "sub/anchored.tf", "dironly/in.tf",
		"sub/dironly", "deep.tf", "sub/deep.tf", "tree/a", "tree/b/c", "sub/tree/a", "a/z.tf", "a/b/z.tf", "a/b/c/z.tf", "ab/z.tf", "xy.tf", "x/y.tf",
		"xa/y.tf", "xa/b/y.tf", "xy/y.tf", "q/r/s.tf", "q/br/s.tf", "q/b/r/s.tf", "1.log", "keep.log", "sub/2.log", "logs/keep.tf",
		"wild/keep.tf", "wild/drop.tf", "wild/dir/keep.tf", "a.tf", "d.tf", "ax.tf", "dx.tf", "^x.tf", "dw.tf", "aw.tf", "].tf", "]v.tf", "[v.tf", "[a-", "a-",
		"1n.tf", "nn.tf", "ad.tf", "-d.tf", "2d.tf", "aslash", "[a/b]slash", "back\\slash.tf", "esc*.tf", "escx.tf", "esc?x.tf", "escxx.tf", "ab.md", "abc.md",
		"é.md", "éa.tf", "é.uni", "e.uni", "trailing-backslash\\", "trailing-backslash", "p/one.tf", "p/q/one.tf", "one.tf", "deep/12.tf", "deep/13.tf",
		"deep/er/12.tf", "nul.tf", "nul.tfjunk", " lead/x.tf", "          ten blanks/x.tf", "slash/double.tf", "dot.tf", "up.tf", "esc/slash.tf",
		"foobarbaz.tf", "foo1bar2baz.tf", "foobar/baz.tf", "three.tf", "s/three.tf", "s/t/three.tf", "mydir/two.tf", "my/dir/two.tf", "ending/x", "c/x/d", "c/x/y/d",
		"c/e/f", "c/x/e/f", "c/x/y/e/f", "c/e2/e", "cases/upper.tf", "cases/UPPER.tf", "nonl.tf", "info.tf", "sub/info.tf", "sub/only.tf", "sub/inner.tf",
		"sub/sub/inner.tf", "sub/local.tf", "sub/sub/local.tf", "sub/nested/a", "sub/nested/keep/a", "new\nline.tf", "100%.tf", "日本/語.tf", "\xff\xfe.tf",
	} {
		files[name] = ""
	}
	check := func(t *testing.T, files map[string]string) {
		root := t.TempDir()
		repository(t, root, files)
		if err := os.Symlink("deep.tf", filepath.Join(root, "linked.md")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("../.gitignore", filepath.Join(root, "a/.gitignore")); err != nil { // git does not follow it
			t.Fatal(err)
		}
		if diff := cmp.Diff(gitFiles(t, root), walked(t, root)); diff != "" {
			t.Errorf("git's files (-) and ours (+):\n%s", diff)
		}
	}
	t.Run("together", func(t *testing.T) { check(t, files) })
	// Together the patterns hide each other, so each has a run of its own.
	for i, line := range strings.Split(ignore, "\n") {
		t.Run(fmt.Sprintf("line %d", i+1), func(t *testing.T) {
			alone := map[string]string{}
			for name := range files {
				alone[name] = ""
			}
			alone[".gitignore"] = line
			check(t, alone)
		})
	}
}

var (
	names = []string{
		"a", "b", "ab", "ba", "abc", "a.tf", "b.tf", "ab.json", "c d", " lead", "tail ", "é", "#x", "!y", "[z]", `a\b`,
		"a*", "q?", "-", "]", "A", "1", "a\nb", "a\tb", "\xff", "^", "x]", "{a,b}", "a-b", "._", "...",
	}
	pieces = []string{
		"a", "b", "c", "ab", "x", "1", "A", " ", ".", "-", "é", "*", "*", "*", "**", "**", "***", "?", "/", "/", "/", "**/", "/**", "/**/", "*/", "!",
		"[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[!]]", "[a-]", "[-a]", "[\\]a]", "[[:alpha:]]", "[[:digit:][:space:]]", "[![:punct:]]",
		"[[:cntrl:]]", "[[:bogus:]]", "[[:alpha:", "[[:]", "[", "]", "[a", "[b-a]", "[a-\\c]", "[/]", "[a/b]", "[--a]", "[[-a]", "\\", "\\\\", "\\*", "\\?", "\\[", "\\/", "\\a", "\\ ", "\\#", "#",
		".tf", ".json", "{a,b}", "\r", "\t", "\xff", "\u00e9", "]", "\x00",
	}
)

// randomPattern is a line in which wildcards, slashes and quirks are frequent, mixed with the names of the tree so that
// it often matches.
func randomPattern(r *rand.Rand, known []string) string {
	var b strings.Builder
	if r.IntN(4) == 0 {
		b.WriteString("!")
	}
	if r.IntN(5) == 0 {
		b.WriteString("/")
	}
	switch r.IntN(4) {
	case 0: // a path of the tree, somewhere blurred
		p := []byte(known[r.IntN(len(known))])
		for range r.IntN(3) {
			i := r.IntN(len(p))
			switch r.IntN(5) {
			case 0:
				p[i] = '?'
			case 1:
				p[i] = '*'
			case 2:
				p = slices.Replace(p, i, i+1, []byte("**")...)
			case 3:
				p = slices.Insert(p, i, []byte(pieces[r.IntN(len(pieces))])...)
			case 4:
				p = p[:i+1]
			}
		}
		b.Write(p)
	case 1: // its tail
		p := strings.Split(known[r.IntN(len(known))], "/")
		b.WriteString([]string{"", "**/", "*/", "*"}[r.IntN(4)] + strings.Join(p[r.IntN(len(p)):], "/"))
	default:
		for range 1 + r.IntN(6) {
			if r.IntN(4) == 0 {
				b.WriteString(names[r.IntN(len(names))])
			} else {
				b.WriteString(pieces[r.IntN(len(pieces))])
			}
		}
	}
	b.WriteString([]string{"", "", "", "/", "/", "/*", "/**", " ", "  ", "\r", "*"}[r.IntN(11)])
	return b.String()
}

func randomTree(r *rand.Rand) map[string]string {
	dirs := []string{""}
	for range 3 + r.IntN(12) {
		dirs = append(dirs, dirs[r.IntN(len(dirs))]+names[r.IntN(len(names))]+"/")
	}
	taken := map[string]bool{}
	for _, d := range dirs {
		taken[strings.TrimSuffix(d, "/")] = true
	}
	var known []string
	for _, d := range dirs {
		for range 1 + r.IntN(5) {
			if f := d + names[r.IntN(len(names))]; !taken[f] {
				taken[f] = true
				known = append(known, f)
			}
		}
	}
	files := map[string]string{}
	for _, f := range known {
		files[f] = ""
	}
	ignore := func(at string, most int) {
		var lines []string
		for range 1 + r.IntN(most) {
			lines = append(lines, randomPattern(r, known))
		}
		text := strings.Join(lines, "\n")
		if r.IntN(2) == 0 {
			text += "\n"
		}
		files[at] = text
	}
	ignore(".gitignore", 5)
	for _, d := range dirs[1:] {
		if r.IntN(4) == 0 {
			ignore(d+".gitignore", 3)
		}
	}
	if r.IntN(3) == 0 {
		ignore(".git/info/exclude", 3)
	}
	return files
}

// TestRandom compares with git over random trees. -trees=N makes it as thorough as one likes, and -seed=N different.
func TestRandom(t *testing.T) {
	needGit(t)
	base, ignored := t.TempDir(), 0
	for n := range *trees {
		files := randomTree(rand.New(rand.NewPCG(uint64(n), *seed)))
		root := filepath.Join(base, fmt.Sprint(n))
		repository(t, root, files)
		want, got := gitFiles(t, root), walked(t, root)
		ignored += len(files) - len(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("tree %d of seed %d: git's files (-) and ours (+):\n%s\n%q", n, *seed, diff, files)
		}
		if err := os.RemoveAll(root); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d trees, %d files ignored", *trees, ignored)
}

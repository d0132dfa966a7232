package discover

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree writes files and returns the directory, resolved as Result.Root is.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, root, files)
	return root
}

func empty(names ...string) map[string]string {
	files := map[string]string{}
	for _, name := range names {
		files[name] = ""
	}
	return files
}

func tf(path string) bool { return strings.HasSuffix(path, ".tf") }

// show writes a result as one line for each file (judged "+", context "-", explicit "!") and each skip.
func show(r *Result) []string {
	var out []string
	for _, f := range r.Files {
		mark := "-"
		if f.Judged {
			mark = "+"
		}
		if f.Explicit {
			mark += "!"
		}
		out = append(out, mark+" "+f.Path)
	}
	for _, s := range r.Skipped {
		out = append(out, "~ "+s.Path+": "+s.Reason)
	}
	return out
}

func expect(t *testing.T, root string, args []string, want func(string) bool, opts Options, lines ...string) {
	t.Helper()
	if opts.Workdir == "" {
		opts.Workdir = root
	}
	r, err := Walk(t.Context(), root, args, want, opts)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lines, show(r)); diff != "" {
		t.Errorf("wanted (-) and got (+):\n%s", diff)
	}
}

func TestJudged(t *testing.T) {
	root := tree(t, map[string]string{
		"main.tf": "x", "infra/a.tf": "four", "infra/net/b.tf": "", "infra-2/c.tf": "", "README.md": "", ".hidden/d.tf": "",
		"  two blanks/e #%.tf": "", "infra/net/f\ng.tf": "",
	})
	all := func(judged ...string) (lines []string) {
		for _, f := range []string{"  two blanks/e #%.tf", ".hidden/d.tf", "infra-2/c.tf", "infra/a.tf", "infra/net/b.tf", "infra/net/f\ng.tf", "main.tf"} {
			mark := "- "
			for _, j := range judged {
				if j == f {
					mark = "+! "
				} else if strings.HasPrefix(f, j) {
					mark = "+ "
				}
			}
			lines = append(lines, mark+f)
		}
		return lines
	}
	expect(t, root, []string{"."}, tf, Options{}, all("")...)
	expect(t, root, nil, tf, Options{}, all("")...)
	expect(t, root, []string{"infra"}, tf, Options{}, all("infra/")...)
	expect(t, root, []string{"infra/", "./infra//net/../net"}, tf, Options{}, all("infra/")...)
	expect(t, root, []string{"../infra/net", root + "/main.tf"}, tf, Options{Workdir: root + "/infra-2"}, all("infra/net/", "main.tf")...)
	expect(t, root, []string{"  two blanks", "infra/net/f\ng.tf"}, tf, Options{}, all("  two blanks/", "infra/net/f\ng.tf")...)

	r, err := Walk(t.Context(), root, []string{root}, tf, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Root != root || r.Files[3] != (File{Path: "infra/a.tf", Size: 4, Judged: true}) {
		t.Errorf("%+v", r)
	}
	// A file that is named is listed whether or not it is wanted.
	r, err = Walk(t.Context(), root, []string{"README.md"}, func(string) bool { return false }, Options{Workdir: root})
	if diff := cmp.Diff([]string{"+! README.md"}, show(r)); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestIgnored(t *testing.T) {
	root := tree(t, map[string]string{
		".gitignore": "build/\n# two\n*.auto.tf\nlone.tf\n", "main.tf": "", "x.auto.tf": "", "lone.tf": "", "x.auto.md": "",
		"build/.gitignore": "inner.tf\n", "build/a.tf": "", "build/y.auto.tf": "", "build/inner.tf": "", "build/sub/b.tf": "",
		"build/sub/.gitignore": "deep/\n", "build/sub/deep/c.tf": "",
	})
	plain := []string{
		"- main.tf", "~ build: ignored by .gitignore:1: build/", "~ lone.tf: ignored by .gitignore:4: lone.tf",
		"~ x.auto.tf: ignored by .gitignore:3: *.auto.tf",
	}
	judged := append([]string{"+ main.tf"}, plain[1:]...)
	expect(t, root, []string{"."}, tf, Options{}, judged...)

	// Files that are named are listed although they are ignored, or lie where nobody looks.
	expect(t, root, []string{"lone.tf", "build/sub/deep/c.tf"}, tf, Options{},
		"+! build/sub/deep/c.tf", "+! lone.tf", plain[0], plain[1], plain[3])
	// So is a directory, in which only its own ignore files hold.
	expect(t, root, []string{"build"}, tf, Options{},
		"+ build/a.tf", "+ build/sub/b.tf", "+ build/y.auto.tf", plain[0],
		"~ build/inner.tf: ignored by build/.gitignore:1: inner.tf",
		"~ build/sub/deep: ignored by build/sub/.gitignore:1: deep/", plain[2], plain[3])
	// A directory in an ignored one is walked, not what lies beside it.
	expect(t, root, []string{"build/sub", "build/sub/deep"}, tf, Options{},
		"+ build/sub/b.tf", "+ build/sub/deep/c.tf", plain[0], plain[1], plain[2], plain[3])
	expect(t, root, []string{"build/sub/deep"}, tf, Options{},
		"+ build/sub/deep/c.tf", plain[0], plain[1], plain[2], plain[3])
	// Naming the root is no reason to enter what is ignored in it.
	expect(t, root, []string{".", "main.tf"}, tf, Options{}, append([]string{"+! main.tf"}, plain[1:]...)...)
}

func TestExclude(t *testing.T) {
	root := tree(t, map[string]string{
		".gitignore": "gen/", "examples/a.tf": "", "examples/deep/b.tf": "", "gen/examples/x/c.tf": "", "main.tf": "", "main_test.tf": "", "sub/main_test.tf": "",
	})
	expect(t, root, []string{"."}, tf, Options{Exclude: []string{"examples/**", "./gen/", "*_test.tf"}},
		"+ main.tf", "+ sub/main_test.tf", "~ examples: excluded by examples/**", "~ gen: excluded by ./gen/", "~ main_test.tf: excluded by *_test.tf")
	// Excludes hold for what is named, too.
	expect(t, root, []string{"examples/deep/b.tf", "examples/deep", "main_test.tf", "gen/examples/x"}, tf, Options{Exclude: []string{"**/examples", "**/*_test.tf"}},
		"- main.tf", "~ examples: excluded by **/examples", "~ examples/deep/b.tf: excluded by **/examples",
		"~ gen: ignored by .gitignore:1: gen/", "~ gen/examples/x: excluded by **/examples",
		"~ main_test.tf: excluded by **/*_test.tf", "~ sub/main_test.tf: excluded by **/*_test.tf")
	for _, glob := range []string{"", "/", "a[", "{a", strings.Repeat("a", MaxPattern+1), strings.Repeat("{a,b}", 11)} {
		_, err := Walk(t.Context(), root, nil, nil, Options{Workdir: root, Exclude: []string{glob}})
		if bad := (*BadExclude)(nil); !errors.As(err, &bad) {
			t.Errorf("exclude %.20q: %v", glob, err)
		}
	}
}

func TestPassedOver(t *testing.T) {
	root := tree(t, map[string]string{
		".git/config.tf": "", "a/.git/HEAD": "", "a/.git/x.tf": "", "a/sub.tf": "", "b/.git": "gitdir: ../elsewhere", "b/module.tf": "",
		"node_modules/p/x.tf": "", "env/pyvenv.cfg": "", "env/lib/x.tf": "", ".venv/bin/activate": "", ".venv/x.tf": "",
		"w/venv/Scripts/activate": "", "w/venv/x.tf": "", "venv/kept.tf": "", "py/__pycache__/x.tf": "", "py/.tox/x.tf": "", "py/.ipynb_checkpoints/x-checkpoint.tf": "", "file/node_modules": "",
	})
	lines := []string{
		"+ a/sub.tf", "+ b/module.tf", "+ venv/kept.tf", "~ .venv: a Python virtual environment", "~ env: a Python virtual environment",
		"~ node_modules: a directory of generated or third-party files", "~ py/.ipynb_checkpoints: copies that Jupyter keeps of the notebooks beside it", "~ py/.tox: a directory of generated or third-party files",
		"~ py/__pycache__: a directory of generated or third-party files", "~ w/venv: a Python virtual environment",
	}
	expect(t, root, []string{"."}, tf, Options{}, lines...)
	expect(t, root, []string{".git", ".git/config.tf", "node_modules/p", "env"}, tf, Options{},
		"- a/sub.tf", "- b/module.tf", "+ env/lib/x.tf", "+ node_modules/p/x.tf", "- venv/kept.tf",
		"~ .git: inside .git", "~ .git/config.tf: inside .git", lines[3], lines[5], lines[6], lines[7], lines[8], lines[9])
}

func TestExceptions(t *testing.T) {
	root := tree(t, map[string]string{
		".gitignore": "cdk.out\n*.json\n.terraform*\n", "cdk.out/manifest.json": "", "cdk.out/.gitignore": "*", "cdk.out/assembly-x/s.template.json": "",
		"app/cdk.out/tree.json": "", "cdk.json": "", "infra/.terraform/modules/modules.json": "", "infra/.terraform/modules/vpc/main.tf": "",
		"infra/.terraform/modules/vpc/.gitignore": "*", "infra/.terraform/modules/vpc/.git/x.tf": "", "infra/.terraform/providers/x.tf": "", "infra/.terraform/terraform.tfstate": "",
		"infra/main.tf": "", "infra/.terraform.lock.hcl": "", "gone/cdk.out/x.json": "", "gone/.gitignore": "*", "file/cdk.out": "",
	})
	want := func(p string) bool {
		return tf(p) || strings.HasSuffix(p, ".json") || strings.HasSuffix(p, "cdk.out")
	}
	const terraform = "~ infra/.terraform: Terraform's own directory, of which only modules is read"
	common := []string{
		"~ cdk.json: ignored by .gitignore:2: *.json", "~ file/cdk.out: ignored by .gitignore:1: cdk.out", terraform,
	}
	expect(t, root, []string{"."}, want, Options{}, append([]string{
		"+ app/cdk.out/tree.json", "+ cdk.out/assembly-x/s.template.json", "+ cdk.out/manifest.json", "+ gone/cdk.out/x.json",
		"- infra/.terraform/modules/modules.json", "- infra/.terraform/modules/vpc/main.tf", "+ infra/main.tf",
	}, common...)...)
	expect(t, root, []string{"infra/.terraform/modules/vpc", "infra/.terraform/modules/modules.json"}, want, Options{}, append([]string{
		"- app/cdk.out/tree.json", "- cdk.out/assembly-x/s.template.json", "- cdk.out/manifest.json", "- gone/cdk.out/x.json",
		"-! infra/.terraform/modules/modules.json", "- infra/.terraform/modules/vpc/main.tf", "- infra/main.tf",
	}, append(common,
		"~ infra/.terraform/modules/modules.json: a module that was installed: read for context, not judged",
		"~ infra/.terraform/modules/vpc: a module that was installed: read for context, not judged")...)...)
	expect(t, root, []string{"infra/.terraform/providers"}, tf, Options{},
		"- infra/.terraform/modules/vpc/main.tf", "+ infra/.terraform/providers/x.tf", "- infra/main.tf", terraform)
	expect(t, root, []string{"."}, tf, Options{Exclude: []string{"**/.terraform/modules"}},
		"+ infra/main.tf", terraform, "~ infra/.terraform/modules: excluded by **/.terraform/modules")
}

func TestLinks(t *testing.T) {
	outside := tree(t, empty("secret.tf", "dir/x.tf"))
	root := tree(t, empty("real.tf", "d/e.tf", "p/keep"))
	for name, to := range map[string]string{
		"in.tf": "d/e.tf", "d/up.tf": "../real.tf", "out.tf": outside + "/secret.tf", "d/out.tf": "../../" + filepath.Base(outside) + "/secret.tf",
		"loop": ".", "self.tf": "self.tf", "broken.tf": "nothing", "dir.tf": "d", "outdir": outside + "/dir", "absolute.tf": root + "/real.tf", "readme": "real.tf",
		"chain.tf": "in.tf",
	} {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	const escapes = ": a symbolic link that can't be followed: path escapes from parent"
	skips := []string{
		"~ absolute.tf" + escapes, "~ broken.tf: a broken symbolic link", "~ d/out.tf" + escapes, "~ dir.tf: a symbolic link to a directory",
		"~ loop: a symbolic link to a directory", "~ out.tf" + escapes, "~ outdir" + escapes, "~ self.tf: a symbolic link that can't be followed: too many levels of symbolic links",
	}
	files := []string{"+ chain.tf", "+ d/e.tf", "+ d/up.tf", "+ in.tf", "+ real.tf"}
	expect(t, root, []string{"."}, tf, Options{}, append(files, skips...)...)
	// A link that is named stands for itself if it leads to a file, and for its target if that is a directory.
	expect(t, root, []string{"dir.tf/", "in.tf", "out.tf", "loop/loop/d/../real.tf"}, tf, Options{}, append([]string{
		"- chain.tf", "+ d/e.tf", "+ d/up.tf", "+! in.tf", "+! real.tf"}, skips...)...)

	for _, args := range [][]string{{"real.tf", "outdir"}, {outside}, {".", ".."}, {"d/../.."}} {
		_, err := Walk(t.Context(), root, args, tf, Options{Workdir: root})
		if out := (*OutsideRoot)(nil); !errors.As(err, &out) {
			t.Errorf("%q: %v", args, err)
		}
	}
}

func TestNoSuchPath(t *testing.T) {
	root := tree(t, empty("infra/main.tf", "infra/modules/vpc/main.tf", "README.md"))
	for _, c := range []struct{ path, suggestion string }{
		{"infa", "infra"}, {"infra/mian.tf", "infra/main.tf"}, {"infa/main.tf", "infra/main.tf"}, {"./infa/modules/vpc/main.tf", "infra/modules/vpc/main.tf"},
		{"infa/nothing", "infra"}, {root + "/Infra", root + "/infra"}, {"zzzzzz", ""}, {"", ""}, {"README.md/x", ""}, {"../nowhere/at/all", ""},
	} {
		_, err := Walk(t.Context(), root, []string{"infra", c.path}, nil, Options{Workdir: root})
		_, rootErr := Root(root, []string{"infra", c.path})
		for _, err := range []error{err, rootErr} {
			none := (*NoSuchPath)(nil)
			if !errors.As(err, &none) || !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%q: %v", c.path, err)
			} else if none.Path != c.path || none.Suggestion != c.suggestion {
				t.Errorf("%q: %v", c.path, none)
			}
		}
	}
}

func TestUnreadable(t *testing.T) {
	root := tree(t, empty("a.tf", "locked/b.tf", "open/c.tf"))
	w := &walk{want: tf, lim: limits{files: 9, dirs: 9, entries: 9, depth: 9, skips: 9}, dirs: map[string]bool{"": true}}
	dir, err := os.OpenRoot(root)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	w.root = Disk(dir)
	w.readDir = func(name string) ([]fs.DirEntry, error) {
		if name == "locked" {
			return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.EACCES}
		}
		return w.readDisk(dir, name)
	}
	if err := w.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"+ a.tf", "+ open/c.tf", "~ locked: can't be read: permission denied"}, show(&Result{Files: w.found, Skipped: w.skipped})); diff != "" {
		t.Error(diff)
	}
	w.readDir = func(string) ([]fs.DirEntry, error) { return nil, syscall.EIO }
	if err := w.run(t.Context()); !errors.Is(err, syscall.EIO) {
		t.Errorf("the root: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	root := tree(t, empty("a.tf", "b/c.tf"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Walk(ctx, root, nil, nil, Options{Workdir: root}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	_, err := Walk(ctx, root, nil, func(string) bool { cancel(); return true }, Options{Workdir: root})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestLimits(t *testing.T) {
	root := tree(t, empty("a.tf", "b.tf", "d/c.tf", "d/e/f.tf", "d/e/g/h.tf", "x/1.tf", "x/2.tf", "x/3.tf", "x/4.tf", "x/5.tf", "x/6.tf"))
	wide := limits{files: 99, dirs: 99, entries: 99, depth: 99, skips: 99}
	for _, c := range []struct {
		name  string
		limit func(*limits)
		lines []string
	}{
		{"files", func(l *limits) { l.files = 4 }, []string{"+ a.tf", "+ b.tf", "+ d/c.tf", "+ x/1.tf", "~ x/2.tf: more than 4 files: from here on the tree was not walked"}},
		{"dirs", func(l *limits) { l.dirs = 3 }, []string{"+ a.tf", "+ b.tf", "+ d/c.tf", "+ x/1.tf", "+ x/2.tf", "+ x/3.tf", "+ x/4.tf", "+ x/5.tf", "+ x/6.tf",
			"~ d/e: more than 3 directories: this level and those below were not walked"}},
		{"entries", func(l *limits) { l.entries = 5 }, []string{"+ a.tf", "+ b.tf", "+ d/c.tf", "+ d/e/f.tf", "+ d/e/g/h.tf", "~ x: can't be read: too many entries: more than 5"}},
		{"depth", func(l *limits) { l.depth = 1 }, []string{"+ a.tf", "+ b.tf", "+ d/c.tf", "+ x/1.tf", "+ x/2.tf", "+ x/3.tf", "+ x/4.tf", "+ x/5.tf", "+ x/6.tf", "~ d/e: more than 1 directories deep"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lim := wide
			c.limit(&lim)
			r, err := walkWithin(t.Context(), root, nil, tf, Options{Workdir: root}, lim)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.lines, show(r)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("skips", func(t *testing.T) {
		wide.skips = 2
		r, err := walkWithin(t.Context(), root, []string{"a.tf"}, tf, Options{Workdir: root, Exclude: []string{"x/*.tf"}}, wide)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"+! a.tf", "- b.tf", "- d/c.tf", "- d/e/f.tf", "- d/e/g/h.tf", "~ .: 4 more were left out than are named here",
			"~ x/1.tf: excluded by x/*.tf", "~ x/2.tf: excluded by x/*.tf"}, show(r)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("named files do not count", func(t *testing.T) {
		lim := limits{files: 1, dirs: 99, entries: 99, depth: 99, skips: 99}
		r, err := walkWithin(t.Context(), root, []string{"a.tf", "b.tf"}, tf, Options{Workdir: root}, lim)
		if err != nil || len(r.Files) != 2 {
			t.Error(r, err)
		}
	})
	t.Run("ignore files", func(t *testing.T) {
		write(t, root, map[string]string{"d/.gitignore": "f.tf\n" + strings.Repeat("*", MaxPattern+1) + "\n", "x/.gitignore": strings.Repeat("*\n", MaxIgnoreFile)})
		expect(t, root, []string{"d"}, func(p string) bool { return strings.HasPrefix(p, "d/") && tf(p) }, Options{},
			"+ d/c.tf", "+ d/e/g/h.tf", "~ d/.gitignore: line 2 is longer than 4096 bytes and was not read", "~ d/e/f.tf: ignored by d/.gitignore:1: f.tf",
			"~ x/.gitignore: an ignore file of more than 1048576 bytes, which was not read")
	})
}

func TestDeterminism(t *testing.T) {
	files := map[string]string{".gitignore": "*3.tf\nd7*/\n"}
	for i := range 600 {
		files[fmt.Sprintf("d%d/e%d/f%d.tf", i%40, i%7, i)] = ""
	}
	root := tree(t, files)
	var first []string
	for _, n := range []int{1, 2, 8} {
		was := runtime.GOMAXPROCS(n)
		r, err := walkWithin(t.Context(), root, nil, tf, Options{Workdir: root}, limits{files: 300, dirs: 999, entries: 99, depth: 9, skips: 40})
		runtime.GOMAXPROCS(was)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = show(r)
		}
		if diff := cmp.Diff(first, show(r)); diff != "" {
			t.Errorf("GOMAXPROCS=%d: %s", n, diff)
		}
	}
}

func TestRoot(t *testing.T) {
	top := tree(t, empty("repo/.git/HEAD", "repo/a/b/x.tf", "repo/a/c/y.tf", "repo/sub/z.tf", "repo/sub/d/w.tf", "plain/p/q.tf", "plain/r/s.tf", "other/o.tf"))
	write(t, top, map[string]string{"repo/sub/.git": "gitdir: ../.git/modules/sub"})
	if err := os.Symlink("repo/a", filepath.Join(top, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../other/o.tf", filepath.Join(top, "repo/a/o.tf")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		workdir string
		paths   []string
		root    string
	}{
		{"repo/a", nil, "repo"},
		{"repo/a", []string{"."}, "repo"},
		{"plain", []string{"../repo/a/b/x.tf"}, "repo"},
		{"repo", []string{"a/b", "a/c/y.tf"}, "repo"},
		{"repo", []string{"sub"}, "repo/sub"},
		{"repo", []string{"sub/d/w.tf"}, "repo/sub"},
		{"repo", []string{"sub/d", "a"}, "repo"},
		{"plain", []string{"p/q.tf"}, "plain"},
		{"plain", nil, "plain"},
		{"plain/p", []string{"../r"}, "plain/r"},
		{"plain/p", []string{"../r", "q.tf"}, "plain"},
		{"plain/p", []string{"../r/s.tf", "../../other"}, "."},
		{".", []string{"link/b/x.tf"}, "repo"},
		{"plain", []string{"../link/../sub"}, "repo/sub"}, // link/.. is repo
		{"link", []string{"b"}, "repo"},
		{"repo", []string{"a/o.tf"}, "repo"}, // where the link stands, not where it leads
	} {
		got, err := Root(filepath.Join(top, c.workdir), c.paths)
		if want := filepath.Join(top, c.root); err != nil || got != want {
			t.Errorf("in %s, %q: %s, %v; not %s", c.workdir, c.paths, got, err, want)
		}
	}
	// Nobody asked for the whole file system.
	_, err := Root(top, []string{"/dev/null", "plain"})
	if out := (*OutsideRoot)(nil); !errors.As(err, &out) || out.Path != "/dev/null" {
		t.Error(err)
	}
}

// thousands writes 10,000 files, of which some are ignored.
func thousands(tb testing.TB) string {
	root := tb.TempDir()
	for d := range 500 {
		dir := filepath.Join(root, fmt.Sprintf("team%02d/app%02d/infra", d/25, d%25))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			tb.Fatal(err)
		}
		for f := range 20 {
			name := fmt.Sprintf("file%02d.%s", f, []string{"tf", "py", "md", "json", "auto.tfvars"}[f%5])
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
				tb.Fatal(err)
			}
		}
	}
	ignore := "*.tfvars\n!keep.tfvars\n.DS_Store\n/dist/\n**/crash.*.log\n*.py[cod]\n.idea/\n*~\nteam19/**/infra/*0.tf\n.env*\nbuild/\n*.tfstate\n*.tfstate.*\n.cache/\n"
	if err := os.WriteFile(filepath.Join(root, ".gitignore"), []byte(ignore), 0o644); err != nil {
		tb.Fatal(err)
	}
	return root
}

func BenchmarkWalk(b *testing.B) {
	root := thousands(b)
	for _, c := range []struct {
		name string
		want func(string) bool
	}{{"all", nil}, {"tf", tf}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Walk(b.Context(), root, []string{root}, c.want, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("WalkDir", func(b *testing.B) { // what it costs to do nothing
		b.ReportAllocs()
		for b.Loop() {
			if err := filepath.WalkDir(root, func(string, fs.DirEntry, error) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Of an assembly of the CDK's the templates are read, those of nested assemblies too, and not the copies beside them.
func TestAssembly(t *testing.T) {
	root := tree(t, map[string]string{
		".gitignore": "cdk.out/\n", "cdk.out/App.template.json": "", "cdk.out/AppNested1A2B.nested.template.json": "",
		"cdk.out/assembly-App-Prod/AppProd.template.json": "", "cdk.out/asset.1a2b/handler.json": "", "cdk.out/asset.3c4d.json": "",
		"cdk.out/assembly-App-Prod/asset.1a2b/handler.json": "", "cdk.out/bundling-temp-5e6f/x.json": "", "asset.1/x.json": "",
	})
	json := func(p string) bool { return strings.HasSuffix(p, ".json") }
	passed := ": a copy that the CDK made of what lies elsewhere"
	expect(t, root, nil, json, Options{},
		"+ asset.1/x.json", "+ cdk.out/App.template.json", "+ cdk.out/AppNested1A2B.nested.template.json",
		"+ cdk.out/assembly-App-Prod/AppProd.template.json",
		"~ cdk.out/assembly-App-Prod/asset.1a2b"+passed, "~ cdk.out/asset.1a2b"+passed, "~ cdk.out/asset.3c4d.json"+passed,
		"~ cdk.out/bundling-temp-5e6f"+passed)
}

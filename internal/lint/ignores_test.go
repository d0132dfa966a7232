package lint_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/rules"
)

// Files are the contents of a tree by their root-relative paths.
type files map[string]string

// story returns a whole small repository.
func story(t *testing.T, name string) files {
	t.Helper()
	root, out := filepath.Join("../../testdata/repos", name), files{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		out[filepath.ToSlash(rel)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// lay writes a tree to a directory of its own, as a repository.
func (f files) lay(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range f {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// profile returns the rules of a profile.
func profile(strict bool) []*rules.Rule {
	return slices.DeleteFunc(rules.All(), func(r *rules.Rule) bool { return r.Configured != "" || r.Strict && !strict })
}

func run(t *testing.T, c lint.Config) *lint.Result {
	t.Helper()
	r, err := lint.Run(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// about returns the findings of a rule, by where they stand and what they say.
func about(r *lint.Result, rule string) map[string]finding.Finding {
	out := map[string]finding.Finding{}
	for _, f := range r.Findings {
		if f.Rule == rule {
			out[spoken(f)] = f
		}
	}
	return out
}

func spoken(f finding.Finding) string {
	return fmt.Sprintf("%s:%d %s", f.At.Host().File.Path, f.At.Host().Start, f.Message)
}

// comment matches the ignores that sprinkled writes, with the end of their line.
var comment = regexp.MustCompile(`(?m)^ *# vpclint:ignore (\S+) it is a test\n`)

// sprinkled returns a tree with comments that ignore a rule above lines of its files, in languages that take a comment there: where
// something is found one of the rules by which it is, more often than not.
func sprinkled(f files, rng *rand.Rand, found []finding.Finding) files {
	type line struct {
		path string
		n    int
	}
	here, slugs := map[line][]string{}, []string{"missing-vpc-config", "public-subnet"}
	for _, x := range found {
		slugs = append(slugs, x.Rule)
		for _, at := range append([]source.Span{x.At, x.Head}, spans(x.Trace)...) {
			if !at.IsZero() {
				at = at.Host()
				l := line{at.File.Path, at.File.Position(at.Start).Line}
				here[l] = append(here[l], x.Rule)
			}
		}
	}
	out := files{}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		content := f[name]
		if ext := filepath.Ext(name); ext != ".tf" && ext != ".py" && ext != ".yaml" {
			out[name] = content
			continue
		}
		var b strings.Builder
		n := 0
		for text := range strings.Lines(content) {
			n++
			some := slugs
			if near := here[line{name, n}]; len(near) > 0 && rng.IntN(3) > 0 {
				some = near
			} else if rng.IntN(6) > 0 {
				some = nil
			}
			if len(some) > 0 {
				indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
				fmt.Fprintf(&b, "%s# vpclint:ignore %s it is a test\n", indent, some[rng.IntN(len(some))])
			}
			b.WriteString(text)
		}
		out[name] = b.String()
	}
	return out
}

func spans(steps []finding.Step) []source.Span {
	var out []source.Span
	for _, s := range steps {
		out = append(out, s.Span)
	}
	return out
}

// without returns a tree without the comments that findings are about.
func (f files) without(unused map[string]finding.Finding) files {
	out := maps.Clone(f)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		content, end := "", 0
		for _, m := range comment.FindAllStringSubmatchIndex(f[name], -1) {
			told := slices.ContainsFunc(slices.Collect(maps.Values(unused)), func(x finding.Finding) bool {
				at := x.At.Host()
				return at.File.Path == name && m[2] == at.Start
			})
			if told {
				content, end = content+f[name][end:m[0]], m[1]
			}
		}
		out[name] = content + f[name][end:]
	}
	return out
}

// tally counts findings and undecided verdicts by rule and subject, those about ignores left out: what is left when nothing that
// counts has changed.
func tally(r *lint.Result) map[[2]string]int {
	out := map[[2]string]int{}
	for _, f := range r.Findings {
		if f.Rule != rules.UnusedIgnore.ID && f.Rule != rules.MalformedIgnore.ID {
			out[[2]string{f.Rule, f.Subject}]++
		}
	}
	for _, u := range r.Undecided {
		out[[2]string{u.Rule, u.Subject}]++
	}
	return out
}

// An ignore that is told to be unused can be taken out and nothing comes up; every other silences something: the run without any
// has more by as much. And what a run of one file, of one directory, of some rules or of another profile says of ignores, the
// run of all says as well.
func TestUnusedIgnoreIsSound(t *testing.T) {
	for seed, name := range []string{"insecure-mlops", "landing-zone", "retraining"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(uint64(seed), 9))
			clean := story(t, name)
			base := run(t, lint.Config{WorkDir: clean.lay(t), Rules: profile(false)})
			marked := sprinkled(clean, rng, base.Findings)
			dir := marked.lay(t)
			all := run(t, lint.Config{WorkDir: dir, Rules: profile(false)})
			unused := about(all, "unused-ignore")
			comments := 0
			for _, content := range marked {
				comments += len(comment.FindAllString(content, -1))
			}
			if len(unused) == 0 || len(unused) == comments || len(all.Ignored) == 0 {
				t.Fatalf("of %d ignores %d are unused, %d findings are ignored: nothing is tried", comments, len(unused), len(all.Ignored))
			}

			tidy := marked.without(unused)
			after := run(t, lint.Config{WorkDir: tidy.lay(t), Rules: profile(false)})
			if got, want := tally(after), tally(all); !maps.Equal(got, want) {
				t.Errorf("without the unused ignores: %v, with them %v", got, want)
			}
			if left := about(after, "unused-ignore"); len(left) > 0 {
				t.Errorf("without the unused ignores there are unused ones: %v", slices.Collect(maps.Keys(left)))
			}
			if len(all.Ignored)+len(all.IgnoredUndecided) != len(after.Ignored)+len(after.IgnoredUndecided) {
				t.Errorf("%d are ignored without the unused ones, %d with them", len(after.Ignored), len(all.Ignored))
			}

			strict := about(run(t, lint.Config{WorkDir: dir, Rules: profile(true), Strict: true}), "unused-ignore")
			held := func(what string, c lint.Config, in map[string]finding.Finding) {
				t.Helper()
				c.WorkDir = dir
				for said := range about(run(t, c), "unused-ignore") {
					if _, told := in[said]; !told {
						t.Errorf("%s: %s, which the run of all doesn't say", what, said)
					}
				}
			}
			held("the default profile", lint.Config{Rules: profile(false)}, strict)
			held("no ignores", lint.Config{Rules: profile(false), NoIgnores: true}, nil)
			names := slices.Sorted(maps.Keys(marked))
			for _, i := range rng.Perm(len(names))[:min(6, len(names))] {
				held(names[i], lint.Config{Paths: []string{names[i]}, Rules: profile(false)}, unused)
				held(filepath.Dir(names[i]), lint.Config{Paths: []string{filepath.Dir(names[i])}, Rules: profile(false)}, unused)
			}
			for range 4 {
				some := profile(false)
				rng.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
				some = append(some[:8], rules.UnusedIgnore)
				slices.SortFunc(some, func(a, b *rules.Rule) int { return strings.Compare(a.ID, b.ID) })
				held("some rules", lint.Config{Rules: slices.Compact(some)}, unused)
			}
		})
	}
}

// What the configuration ignores is matched by the file of what is found, by what is deployed, and by the subject.
func TestConfiguredIgnores(t *testing.T) {
	lab := `resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = "arn:aws:iam::123456789012:role/sagemaker"
  instance_type = "ml.t3.medium"
}
`
	dir := files{
		"envs/dev/main.tf":    "module \"lab\" {\n  source = \"../../modules/lab\"\n}\n",
		"envs/prod/main.tf":   "module \"lab\" {\n  source = \"../../modules/lab\"\n}\n",
		"modules/lab/main.tf": lab,
		"[x]/main.tf":         lab,
	}.lay(t)
	entry := source.NewFile(".vpclint.yaml", []byte("ignore:\n")).Span(0, 6)
	for _, c := range []struct {
		path, subject string
		ignored       int
	}{
		{"", "", 3}, {"", "*", 3}, {"**", "", 3}, {".", "", 3},
		{"envs/dev/**", "", 1}, {"envs/dev", "", 1}, {"envs/dev/", "", 1}, {"envs/*", "", 2}, {"envs/**/main.tf", "", 0},
		{"modules/**", "", 2}, {"modules/lab/main.tf", "", 2}, {"**/lab", "", 2}, {"lab", "", 0}, {"**/*.tf", "", 3}, {`\[x\]`, "", 1},
		{"", "module.lab.*", 2}, {"", "*.lab", 3}, {"", "aws_*", 1}, {"", "aws_*_instance.*b", 1}, {"", "aws*aws*", 0}, {"", "lab", 0},
		{"envs/dev", "aws_*", 0},
	} {
		r := run(t, lint.Config{
			WorkDir: dir, Rules: []*rules.Rule{rules.MissingVPCConfig, rules.UnusedIgnore},
			Ignores: []ignore.Configured{{At: entry, Rule: "missing-vpc-config", Path: c.path, Subject: c.subject, Reason: "it is a test"}},
		})
		unused := len(about(r, "unused-ignore"))
		if len(r.Ignored) != c.ignored || unused != map[bool]int{true: 1}[c.ignored == 0] {
			t.Errorf("path %q, subject %q: %d are ignored, %d entries unused; want %d ignored", c.path, c.subject, len(r.Ignored), unused, c.ignored)
		}
	}
}

// Of what one finding can be ignored by, the nearest is used, and the others are told.
func TestNearestIgnoreIsUsed(t *testing.T) {
	dir := files{"main.tf": `# vpclint:ignore-file missing-vpc-config all of it
# vpclint:ignore missing-vpc-config the first
# vpclint:ignore missing-vpc-config the second
resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = "arn:aws:iam::123456789012:role/sagemaker"
  instance_type = "ml.t3.medium"
}
`}.lay(t)
	r := run(t, lint.Config{WorkDir: dir, Rules: []*rules.Rule{rules.MissingVPCConfig, rules.UnusedIgnore}})
	if len(r.Ignored) != 1 || r.Ignored[0].Reason != "the second" || !r.Ignored[0].InSource {
		t.Errorf("ignored: %+v", r.Ignored)
	}
	var lines []int
	for _, f := range r.Findings {
		lines = append(lines, f.At.File.Position(f.At.Start).Line)
	}
	if !slices.Equal(lines, []int{1, 2}) {
		t.Errorf("told of ignores in the lines %v", lines)
	}
}

// What somebody else has written in a module that terraform init has installed silences nothing, and is none of the user's
// business; the call of the module is.
func TestInstalledModulesIgnoreNothing(t *testing.T) {
	repo := files{
		"main.tf":                         "module \"lab\" {\n  source = \"acme/lab/aws\"\n}\n",
		".terraform/modules/modules.json": `{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"lab","Source":"registry.terraform.io/acme/lab/aws","Version":"1.0.0","Dir":".terraform/modules/lab"}]}`,
		".terraform/modules/lab/main.tf": `# vpclint:ignore missing-vpc-config,public-subnet,nonsense its author thinks so
resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = "arn:aws:iam::123456789012:role/sagemaker"
  instance_type = "ml.t3.medium"
}
`,
	}
	some := []*rules.Rule{rules.MalformedIgnore, rules.MissingVPCConfig, rules.PublicSubnet, rules.UnusedIgnore}
	r := run(t, lint.Config{WorkDir: repo.lay(t), Rules: some})
	if len(r.Ignored) > 0 || len(r.Findings) != 1 || r.Findings[0].Rule != "missing-vpc-config" {
		t.Errorf("%d are ignored, found: %+v", len(r.Ignored), r.Findings)
	}
	repo["main.tf"] = "# vpclint:ignore missing-vpc-config ours\n" + repo["main.tf"]
	r = run(t, lint.Config{WorkDir: repo.lay(t), Rules: some})
	if len(r.Ignored) != 1 || len(r.Findings) > 0 {
		t.Errorf("%d are ignored at the call, found: %+v", len(r.Ignored), r.Findings)
	}
}

package delivery

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/vpclint/vpclint/internal/cli"
)

// image is where releases are published as a container.
const image = "ghcr.io/vpclint/vpclint"

// pinned is an action by its commit.
var pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)

// named are the ways to name a version of vpclint.
var named = []*regexp.Regexp{
	regexp.MustCompile(`uses:\s*vpclint/vpclint@v?(\S+)`),
	regexp.MustCompile(`vpclint/vpclint/cmd/vpclint@v?(\d[\w.-]*)`),
	regexp.MustCompile(regexp.QuoteMeta(image) + `:(\d[\w.-]*)`),
	regexp.MustCompile(`repo:\s*https://github\.com/vpclint/vpclint\s+rev:\s*v?(\S+)`),
	regexp.MustCompile(`vpclint_(\d[0-9.]*\d)_(?:linux|darwin|windows)`),
	regexp.MustCompile(`releases/download/v(\d[\w.-]*)/`),
	regexp.MustCompile(`org\.opencontainers\.image\.version="([^"]*)"`),
	regexp.MustCompile(`\A# Changelog\s+## ([\w.-]+)`),
}

// Whatever names a version names the one in the source: what people copy from the documentation, and what the hooks and the action
// fetch. Tests and what they read are no documentation.
func TestVersions(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			switch d.Name() {
			case ".git", "testdata", "bin", "dist":
				return fs.SkipDir
			}
			return err
		}
		if !d.Type().IsRegular() || strings.HasSuffix(rel, ".go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, re := range named {
			for _, m := range re.FindAllSubmatch(b, -1) {
				seen[rel] = true
				if got := string(m[1]); got != cli.Version {
					t.Errorf("%s says %q: the source is %s", rel, m[0], cli.Version)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".pre-commit-hooks.yaml", "Dockerfile", "CHANGELOG.md", "docs/examples/github-code-scanning.yml", "docs/examples/gitlab-ci.yml", "docs/examples/pre-commit-config.yaml"} {
		if !seen[name] {
			t.Errorf("%s names no version", name)
		}
	}
	if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(cli.Version) {
		t.Errorf("%s is no version of three numbers, which a tag has", cli.Version)
	}
}

// uses collects what the steps of a workflow or an action use, with what they give.
func uses(n *yaml.Node, each func(action string, with *yaml.Node)) {
	if n.Kind == yaml.MappingNode {
		var action string
		var with *yaml.Node
		for i := 0; i+1 < len(n.Content); i += 2 {
			switch n.Content[i].Value {
			case "uses":
				action = n.Content[i+1].Value
			case "with":
				with = n.Content[i+1]
			}
		}
		if action != "" {
			each(action, with)
		}
	}
	for _, c := range n.Content {
		uses(c, each)
	}
}

// Workflows, of our own and in the documentation, name other people's actions by their commits and by what release that is, and
// give vpclint's action inputs that it has.
func TestWorkflows(t *testing.T) {
	var a action
	decode(t, "action.yml", &a)
	var files []string
	for _, glob := range []string{"action.yml", ".github/workflows/*.yml", "docs/examples/*.yml", "docs/examples/*.yaml"} {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(glob)))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", glob, err)
		}
		files = append(files, found...)
	}
	remark := regexp.MustCompile(`uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n`)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		var doc yaml.Node
		if err := yaml.Unmarshal(b, &doc); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		commits := 0
		uses(&doc, func(action string, with *yaml.Node) {
			if action != "./" && !strings.HasPrefix(action, "vpclint/vpclint@") {
				if commits++; !pinned.MatchString(action) {
					t.Errorf("%s: %s is not pinned by its commit", file, action)
				}
				return
			}
			for i := 0; with != nil && i < len(with.Content); i += 2 {
				name, value := with.Content[i].Value, with.Content[i+1].Value
				if _, ok := a.Inputs[name]; !ok {
					t.Errorf("%s: the action has no input %s", file, name)
				}
				if name != "paths" {
					continue
				}
				if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(value))); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		})
		if got := len(remark.FindAll(b, -1)); got != commits {
			t.Errorf("%s: %d of %d commits have a remark that says which release they are", file, got, commits)
		}
	}
}

// The command lines of the examples are ones that vpclint understands.
func TestExampleCommands(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(root, "docs", "examples", "*"))
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile(`vpclint(?:@\S+)? (check [^'|\n]*)`)
	n := 0
	for _, file := range found {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range command.FindAllSubmatch(b, -1) {
			n++
			t.Run(filepath.Base(file), func(t *testing.T) {
				t.Chdir(t.TempDir())
				var stdout, stderr bytes.Buffer
				if code := cli.Main(strings.Fields(string(m[1])), strings.NewReader(""), &stdout, &stderr); code != 0 {
					t.Errorf("vpclint %s exits with %d: %s", m[1], code, stderr.String())
				}
			})
		}
	}
	if n < 4 {
		t.Errorf("the examples have %d command lines", n)
	}
}

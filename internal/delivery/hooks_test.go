// Package delivery holds the tests of how vpclint reaches people: pre-commit's hooks, the GitHub action, releases, and the
// versions that these name.
package delivery

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/vpclint/vpclint/internal/cli"
	"github.com/vpclint/vpclint/internal/lint"
)

// root is the repository's, as the tests see it.
const root = "../.."

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	// A checkout on Windows may have other line ends.
	return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
}

// decode reads a file of YAML, and takes no key that v doesn't know.
func decode(t *testing.T, name string, v any) {
	t.Helper()
	d := yaml.NewDecoder(bytes.NewReader(read(t, name)))
	d.KnownFields(true)
	if err := d.Decode(v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// A hook is one of pre-commit's. https://pre-commit.com/#creating-new-hooks
type hook struct {
	ID, Name, Description, Entry, Language string
	Files, Exclude                         string
	PassFilenames                          *bool  `yaml:"pass_filenames"`
	AlwaysRun                              bool   `yaml:"always_run"`
	RequireSerial                          bool   `yaml:"require_serial"`
	MinimumPreCommitVersion                string `yaml:"minimum_pre_commit_version"`
}

func hooks(t *testing.T) []hook {
	t.Helper()
	var out []hook
	decode(t, ".pre-commit-hooks.yaml", &out)
	return out
}

// pattern compiles a regular expression of Python's verbose form, of which Go's has all but the spaces.
func pattern(t *testing.T, verbose string) *regexp.Regexp {
	t.Helper()
	text, ok := strings.CutPrefix(verbose, "(?x)")
	if !ok {
		t.Fatalf("it is not of the verbose form: %s", verbose)
	}
	re, err := regexp.Compile(strings.Join(strings.Fields(text), ""))
	if err != nil {
		t.Fatal(err)
	}
	return re
}

func reads(path string) bool {
	for _, front := range lint.Frontends() {
		if front.Match(path) {
			return true
		}
	}
	return false
}

// The files that pre-commit passes are those that a front-end may read: with fewer, a change goes by unseen.
func TestHookFiles(t *testing.T) {
	var paths []string
	for _, dir := range []string{"", "infra/", "a b/é/", "bin/", "sbin/", "script/", "x/scripts/", "ci/", ".ci/", "hooks/", "hack/", "cabin/", "a.yaml/", ".github/workflows/", "buildspec/"} {
		for _, name := range []string{
			"main.tf", "main.tofu", "main.tf.json", "main.tofu.json", "prod.tfvars", "prod.auto.tfvars.json", "terraform.tfstate", "terraform.tfstate.backup", ".terraform.lock.hcl",
			"main.tftest.hcl", "main.tf.bak", "policy.json.tftpl", "tf", "a.tfplan", "tfplan", "plan.out", "plan.txt", "Plan.TXT", "my-plan", "x.plan", "statement", "state.txt", "notes.txt", "a.out", "restated.md",
			"template.yaml", "template.yml", "Template.YAML", "stack.template", "stack.cfn", "x.json", "X.JSON", "samconfig.toml", "job.asl", "job.json.j2", "values.yaml.gotmpl", "yaml", "json",
			"train.py", "train.pyi", "train.pyc", "explore.ipynb", "py", "setup.cfg",
			"run.sh", "run.bash", "run.zsh", "run.ksh", "run.bats", "run.fish", "run.sh.tpl", "deploy", ".bashrc",
			"Makefile", "makefile", "GNUmakefile", "MAKEFILE", "rules.mk", "rules.mak", "Makefile.am", "Makefile.in", "Makefile.aws.in", "Makefile.aws", "Makefile.inc", "makefile.aws", "CMakeLists.txt",
			"Dockerfile", "dockerfile", "Dockerfile.prod", "Dockerfile-gpu", "dockerfile_cpu", "prod.Dockerfile", "Containerfile", "Dockerfile.dockerignore", ".dockerignore", "Dockerfiles", "x.Dockerfile.txt",
			"Jenkinsfile", "jenkinsfile.prod", "Jenkinsfile-nightly", "deploy.groovy", "x.Jenkinsfile", "Jenkinsfiles",
			".gitlab-ci.yml", ".travis.yml", "buildspec.yml", "azure-pipelines.yml", ".vpclint.yaml", "README.md", "main.go", "x", "LICENSE", "a.b.c",
		} {
			paths = append(paths, dir+name)
		}
	}
	for _, dir := range []string{"testdata", "internal", "rules", "docs"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if rel = filepath.ToSlash(rel); !strings.HasPrefix(d.Name(), ".") { // of Terraform's files, the hidden are not read
				paths = append(paths, rel)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, h := range hooks(t) {
		if h.AlwaysRun {
			continue
		}
		files, exclude := pattern(t, h.Files), pattern(t, h.Exclude)
		for _, path := range paths {
			if strings.Contains("/"+path, "/.terraform/") {
				continue
			}
			passed := files.MatchString(path) && !exclude.MatchString(path)
			if want := reads(path); passed != want {
				t.Errorf("%s: %q is passed: %t, and read: %t", h.ID, path, passed, want)
			}
		}
		if !exclude.MatchString("infra/.terraform/modules/vpc/main.tf") {
			t.Errorf("%s: modules that Terraform downloaded are passed", h.ID)
		}
	}
}

// Each hook runs the same command once for all files.
func TestHooks(t *testing.T) {
	var ids []string
	for _, h := range hooks(t) {
		ids = append(ids, h.ID)
		command, language := "vpclint check", "golang"
		switch h.ID {
		case "vpclint-system":
			language = "system"
		case "vpclint-docker":
			command, language = image+":"+cli.Version+" check", "docker_image"
		}
		if h.Entry != command || h.Language != language {
			t.Errorf("%s: entry %q in %s, want %q in %s", h.ID, h.Entry, h.Language, command, language)
		}
		if !h.RequireSerial {
			t.Errorf("%s: pre-commit would deal the files out to several processes", h.ID)
		}
		if whole := h.ID == "vpclint-full"; whole != h.AlwaysRun || whole != (h.PassFilenames != nil && !*h.PassFilenames) {
			t.Errorf("%s: only the hook for the whole repository runs without files, and always", h.ID)
		}
	}
	if want := []string{"vpclint", "vpclint-full", "vpclint-system", "vpclint-docker"}; !slices.Equal(ids, want) {
		t.Errorf("the hooks are %q, want %q", ids, want)
	}
}

// pre-commit builds every program of the module with go install ./..., and go.mod must suit the Go that people have.
func TestInstallable(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("go is not on the PATH")
	}
	cmd := exec.Command(goTool, "list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`, "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(string(out)); !slices.Equal(got, []string{"github.com/vpclint/vpclint/cmd/vpclint"}) {
		t.Errorf("the programs are %q: a hook's environment is to have vpclint alone", got)
	}
	cmd = exec.Command(goTool, "list", "-deps", "-f", `{{if .CgoFiles}}{{if not .Standard}}{{.ImportPath}}{{end}}{{end}}`, "./cmd/vpclint")
	cmd.Dir = root
	if out, err = cmd.Output(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(string(out)); len(got) > 0 {
		t.Errorf("%q need a C compiler", got)
	}
	mod := string(read(t, "go.mod"))
	if strings.Contains(mod, "\ntoolchain ") {
		t.Error("a toolchain line makes a hook's Go look for another one")
	}
	if !regexp.MustCompile(`(?m)^go 1\.\d+\.0$`).MatchString(mod) {
		t.Error("the go directive is to name a release's first version")
	}
}

package terraform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// An installedTerraform plans modules offline, with credentials of nobody's.
type installedTerraform struct {
	config string
	// endpoint stands in for AWS, "" where nothing does.
	endpoint string
}

// newTerraform returns the installed Terraform; nil, and why, where there is none that can plan.
func newTerraform(t *testing.T) (tf *installedTerraform, why string) {
	t.Helper()
	mirror := os.Getenv("VPCLINT_TERRAFORM_MIRROR")
	if _, err := exec.LookPath("terraform"); err != nil || mirror == "" {
		return nil, "terraform is not installed, or VPCLINT_TERRAFORM_MIRROR names no mirror of providers"
	}
	config := filepath.Join(t.TempDir(), "terraformrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return &installedTerraform{config: config}, ""
}

// plan returns what terraform show -json says of a module's plan, less what no reader of plans looks at.
func (tf *installedTerraform) plan(t *testing.T, m planModule) ([]byte, error) {
	t.Helper()
	top := t.TempDir()
	for name, text := range m.files {
		file := filepath.Join(top, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) ([]byte, error) {
		cmd := exec.Command("terraform", args...)
		cmd.Dir = filepath.Join(top, filepath.FromSlash(m.dir))
		cmd.Env = []string{
			"PATH=" + os.Getenv("PATH"), "HOME=" + top, "TMPDIR=" + os.TempDir(),
			"TF_CLI_CONFIG_FILE=" + tf.config, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
			"AWS_EC2_METADATA_DISABLED=true", "AWS_MAX_ATTEMPTS=1",
		}
		if tf.endpoint != "" {
			cmd.Env = append(cmd.Env, "AWS_ENDPOINT_URL="+tf.endpoint)
		}
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("terraform %s: %w\n%s%s", args[0], err, out, errs.String())
		}
		return out, nil
	}
	if _, err := run("init", "-input=false", "-no-color"); err != nil {
		return nil, err
	}
	args := append([]string{"plan", "-input=false", "-no-color", "-lock=false", "-refresh=false", "-out=plan"}, m.args...)
	if _, err := run(args...); err != nil {
		return nil, err
	}
	shown, err := run("show", "-json", "plan")
	if err != nil {
		return nil, err
	}
	return trimmed(shown)
}

// trimmed leaves out of a shown plan the time, what only an apply needs, and what is told twice.
func trimmed(shown []byte) ([]byte, error) {
	var all map[string]any
	d := json.NewDecoder(bytes.NewReader(shown))
	d.UseNumber()
	if err := d.Decode(&all); err != nil {
		return nil, err
	}
	kept := map[string]any{}
	for _, name := range []string{"format_version", "terraform_version", "variables", "planned_values", "prior_state", "configuration"} {
		if all[name] != nil {
			kept[name] = all[name]
		}
	}
	keepChanges := func(name string) {
		list, _ := all[name].([]any)
		for _, c := range list {
			change, _ := c.(map[string]any)["change"].(map[string]any)
			for _, told := range []string{"before", "after", "before_sensitive", "after_sensitive"} {
				delete(change, told)
			}
		}
		if list != nil {
			kept[name] = list
		}
	}
	keepChanges("resource_changes")
	if outputs, ok := all["output_changes"].(map[string]any); ok {
		for _, o := range outputs {
			change := o.(map[string]any)
			for _, told := range []string{"before", "after", "before_sensitive", "after_sensitive"} {
				delete(change, told)
			}
		}
		kept["output_changes"] = outputs
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(kept); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// maxTreeFile bounds the files of a public repository that are read.
const maxTreeFile = 1 << 20

// readTree reads a repository's files of text.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == ".terraform") {
			return filepath.SkipDir
		}
		info, err := d.Info()
		if err != nil || !d.Type().IsRegular() || info.Size() > maxTreeFile {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil || !utf8.Valid(b) {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// rootsOf returns the directories that are judged as roots.
func rootsOf(t *testing.T, files map[string]string) []string {
	t.Helper()
	l := &loader{
		in: inputOf(files), parsed: map[string]*parsed{}, modules: map[string]*module{},
		installed: map[string]map[string]string{}, bases: map[string]base{},
	}
	if err := l.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	var dirs []string
	for _, m := range l.roots() {
		dirs = append(dirs, m.dir)
	}
	return dirs
}

var providerBlock = regexp.MustCompile(`(?ms)^provider\s+"aws"\s*\{.*?^\}`)
var providerAlias = regexp.MustCompile(`(?m)^\s*alias\s*=\s*"?([\w-]+)"?`)
var backendBlock = regexp.MustCompile(`(?m)^\s*(backend\s+"\w+"|cloud)\s*\{`)

// offline adds to each module what makes it plan without an account: a provider that asks nobody, the version that is
// there, and a local state.
func (m planModule) offline() planModule {
	files := map[string]string{}
	dirs := map[string]string{}
	for name, text := range m.files {
		files[name] = text
		if strings.HasSuffix(name, ".tf") {
			dirs[path.Dir(name)] += text + "\n"
		}
	}
	for dir, text := range dirs {
		override := "terraform {\n  required_version = \">= 0.12\"\n"
		if strings.Contains(text, `"hashicorp/aws"`) {
			override += "  required_providers {\n    aws = { source = \"hashicorp/aws\" }\n  }\n"
		}
		if dir == m.dir && backendBlock.MatchString(text) {
			override += "  backend \"local\" {}\n"
		}
		files[path.Join(dir, "offline_override.tf")] = override + "}\n"
	}
	root := dirs[m.dir]
	blocks := providerBlock.FindAllString(root, -1)
	named, standard := "", false
	for _, b := range blocks {
		alias := ""
		if found := providerAlias.FindStringSubmatch(b); found != nil {
			alias = fmt.Sprintf("  alias = %q\n", found[1])
		} else {
			standard = true
		}
		named += offlineProvider(alias)
	}
	files[path.Join(m.dir, "offline_override.tf")] += named
	if !standard {
		files[path.Join(m.dir, "offline.tf")] = offlineProvider("  region = \"eu-west-1\"\n")
	}
	m.files = files
	return m
}

func offlineProvider(more string) string {
	return `provider "aws" {
` + more + `
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
`
}

// whyUnplanned returns the first error that Terraform tells of, on one line.
func whyUnplanned(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err.Error()
	}
	_, text, _ := strings.Cut(err.Error(), "Error: ")
	line, rest, _ := strings.Cut(text, "\n")
	words := strings.Fields(rest)
	return line + ": " + strings.Join(words[:min(len(words), 30)], " ")
}

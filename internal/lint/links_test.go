package lint_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// What is said of a file is said once, by whatever names it is known; a link with another meaning where it stands is judged there.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"jobs/train.py":         "from sagemaker.estimator import Estimator\nest = Estimator('image', 'role', 1, 'ml.m5.large', encrypt_inter_container_traffic=False)\n",
		"shared/notebook.tf":    "resource \"aws_sagemaker_notebook_instance\" \"n\" {\n  name = \"n\"\n  role_arn = \"r\"\n  instance_type = \"ml.t3.medium\"\n  direct_internet_access = var.access\n}\n",
		"envs/open/access.tf":   "variable \"access\" {\n  default = \"Enabled\"\n}\n",
		"envs/closed/access.tf": "variable \"access\" {\n  default = \"Disabled\"\n}\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"a.py": "jobs/train.py", "jobs/other.py": "train.py", "envs/open/notebook.tf": "../../shared/notebook.tf", "envs/closed/notebook.tf": "../../shared/notebook.tf",
		"again": "jobs",
	} {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Skip(err) // where links are for administrators only
		}
	}
	for _, test := range []struct {
		paths []string
		rule  string
		want  []string
	}{
		{nil, "missing-vpc-config", []string{"jobs/train.py", "shared/notebook.tf"}},
		{[]string{"envs", "jobs"}, "missing-vpc-config", []string{"envs/closed/notebook.tf", "jobs/train.py"}},
		{nil, "notebook-direct-internet", []string{"envs/open/notebook.tf"}},
		{[]string{"a.py"}, "missing-vpc-config", []string{"a.py"}},
		{[]string{"again"}, "missing-vpc-config", []string{"jobs/train.py"}},
		{[]string{"a.py", "jobs/other.py"}, "missing-vpc-config", []string{"a.py"}},
	} {
		r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: test.paths, Rules: []*rules.Rule{rules.ByID(test.rule)}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.At.Host().File.Path)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s in %v: %s", test.rule, test.paths, diff)
		}
		if want := "jobs/train.py"; len(test.paths) > 0 && test.paths[0] == "a.py" && r.Links["a.py"] != want {
			t.Errorf("a.py leads to %q, want %q", r.Links["a.py"], want)
		}
	}
}

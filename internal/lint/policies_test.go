package lint_test

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// In every form of a policy the key of a condition has its own place, and it is judged once: a file that somebody reads, through
// who reads it.
func TestPolicyKeys(t *testing.T) {
	ar, err := txtar.ParseFile("../../testdata/lower/policies.txtar")
	if err != nil {
		t.Fatal(err)
	}
	const key = "sagemaker:VpcSubnet"
	computed := map[string]string{"terraform-dynamic": "condition.value.key"}
	forms := map[string][]txtar.File{}
	for _, f := range ar.Files {
		if dir := path.Dir(f.Name); dir != "." {
			forms[dir] = append(forms[dir], txtar.File{Name: path.Base(f.Name), Data: f.Data})
		}
	}
	for form, files := range forms {
		t.Run(form, func(t *testing.T) {
			findings := judge(t, rules.UnknownConditionKey, files)
			if len(findings) != 1 {
				t.Fatalf("%d findings: %v", len(findings), findings)
			}
			want := key
			if text := computed[form]; text != "" {
				want = text
			}
			if got := strings.Trim(findings[0], `"\`); got != want {
				t.Errorf("it stands at %s", findings[0])
			}
		})
	}
}

// judge runs one rule over files, and returns the text at the place of each finding.
func judge(t *testing.T, rule *rules.Rule, files []txtar.File) []string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{rule}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.At.Host().Text())
	}
	return out
}

const denied = `{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sagemaker:CreateModel", "Resource": "*",
 "Condition": {"Null": {"sagemaker:VpcSubnet": "true"}}}}
`

// A policy file that nobody reads is judged by itself, as is one that only something reads which isn't seen.
func TestPolicyFiles(t *testing.T) {
	file := txtar.File{Name: "policies/guard.json", Data: []byte(denied)}
	for name, files := range map[string][]txtar.File{
		"alone":         {file},
		"unread module": {file, {Name: "main.tf", Data: []byte("module \"guard\" {\n  source = \"git::https://example.com/policy\"\n  policy = file(\"policies/guard.json\")\n}\n")}},
		"read": {file, {Name: "main.tf", Data: []byte(
			"resource \"aws_iam_policy\" \"guard\" {\n  policy = file(\"policies/guard.json\")\n}\n")}},
		"part of another": {file, {Name: "main.tf", Data: []byte(
			"data \"aws_iam_policy_document\" \"guard\" {\n  source_policy_documents = [file(\"policies/guard.json\")]\n}\n")}},
		"outside the configuration": {file, {Name: "main.tf", Data: []byte(
			"resource \"aws_organizations_policy\" \"guard\" {\n  count   = 2\n  content = data.local_file.guard.content\n}\n")}},
	} {
		if found := judge(t, rules.UnknownConditionKey, files); len(found) != 1 {
			t.Errorf("%s: %d findings: %v", name, len(found), found)
		}
	}
}

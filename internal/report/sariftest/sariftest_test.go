package sariftest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/report/sariftest"
)

// A recorder is a test that notes what it is told is wrong.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

const (
	multitool = "multitool: line 2: SARIF1011 error"
	action    = "jsonschema: instance.runs[0].results[0].locations[0].physicalLocation.region.startColumn must be greater than or equal to 1"
)

// TestValidate holds that each part of the validation refuses what it is there for.
func TestValidate(t *testing.T) {
	valid, err := os.ReadFile("../testdata/sample.sarif")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, old, new, want string }{
		{"valid", "", "", ""},
		{"unknown property", `"ruleIndex": 2,`, `"ruleIndex": 2, "severity": "high",`, "schema:"},
		{"column zero", `"startColumn": 28`, `"startColumn": 0`, "schema:"},
		{"tags twice", `"aws",`, `"aws", "aws",`, "schema:"},
		{"not JSON", `{`, `{,`, "schema:"},
		{"absolute path", `"infra/notebook.tf"`, `"/src/infra/notebook.tf"`, "not relative to the root"},
		{"path upwards", `"infra/notebook.tf"`, `"../infra/notebook.tf"`, "not relative to the root"},
		{"missing full stop", `"Enabled\"](3)."`, `"Enabled\"](3)"`, "upload: result 0: message"},
		{"link to nowhere", `](3)."`, `](4)."`, "links to 4"},
		{"wrong rule", `"ruleIndex": 2`, `"ruleIndex": 1`, "not the one at its index"},
		{"old schema", "sarif-2.1.0.json", "sarif-2.1.0-rtm.5.json", multitool},
		{"column zero, as GitHub says it", `"startColumn": 28`, `"startColumn": 0`, action},
		{"several lines", `"endLine": 6`, `"endLine": 7`, "region"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for env, want := range map[string]string{sariftest.MultitoolEnv: multitool, sariftest.ActionEnv: action} {
				if test.want == want && os.Getenv(env) == "" {
					t.Skip(env + " is not set")
				} else if test.want != "" && test.want != want {
					t.Setenv(env, "") // it is slow
				}
			}
			r := &recorder{TB: t}
			sariftest.Validate(r, []byte(strings.ReplaceAll(string(valid), test.old, cmpOr(test.new, test.old))))
			said := strings.Join(r.errors, "\n")
			if test.want == "" && said != "" || !strings.Contains(said, test.want) {
				t.Errorf("want %q, got %q", test.want, said)
			}
		})
	}
}

// TestValidateAction holds that a fingerprint that GitHub's action would make otherwise is told of.
func TestValidateAction(t *testing.T) {
	tools := os.Getenv(sariftest.ActionEnv)
	if _, err := os.Stat(filepath.Join(tools, "codeql-action")); tools == "" || err != nil {
		t.Skipf("%s holds no codeql-action", sariftest.ActionEnv)
	}
	const log = `{"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{
		"tool": {"driver": {"name": "x", "rules": []}}, "results": [{
			"ruleId": "y", "message": {"text": "z."}, "partialFingerprints": {"primaryLocationLineHash": "%s"},
			"locations": [{"physicalLocation": {"artifactLocation": {"uri": "a%%20b.tf"}, "region": {"startLine": %d}}}]
		}]
	}]}`
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a b.tf"), []byte(" a\nb\n  \t\tc\n d"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		hash string
		line int
		want string
	}{
		{"54703d4cd895b18:1", 2, ""},
		{"54703d4cd895b18:2", 2, "Calculated fingerprint of 54703d4cd895b18:1 for file a%20b.tf line 2"},
		{"54703d4cd895b18:1", 5, "makes undefined"},
	} {
		r := &recorder{TB: t}
		sariftest.ValidateAction(r, fmt.Appendf(nil, log, test.hash, test.line), root)
		said := strings.Join(r.errors, "\n")
		if test.want == "" && said != "" || !strings.Contains(said, test.want) {
			t.Errorf("want %q, got %q", test.want, said)
		}
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

package sariftest_test

import (
	"fmt"
	"os"
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

const multitool = "multitool: line 2: SARIF1011 error"

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
		{"several lines", `"endLine": 6`, `"endLine": 7`, "region"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.name != "valid" && test.want != multitool {
				t.Setenv(sariftest.MultitoolEnv, "") // it is slow
			} else if test.want == multitool && os.Getenv(sariftest.MultitoolEnv) == "" {
				t.Skip(sariftest.MultitoolEnv + " is not set")
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

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

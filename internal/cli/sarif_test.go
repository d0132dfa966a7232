package cli_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/sarif"
)

// GitHub keeps one text for each rule: another one in the next upload would change what is shown of all alerts. What the user
// asks for changes which rules there are, and how grave they are, and nothing else.
func TestSARIFRulesAreConstant(t *testing.T) {
	t.Chdir(t.TempDir())
	texts := func(args ...string) map[string]sarif.Rule {
		log, _ := check(t, append([]string{"check", "-q", "--format", "sarif"}, args...)...)
		var parsed sarif.Log
		if err := json.Unmarshal(log, &parsed); err != nil {
			t.Fatal(err)
		}
		out := map[string]sarif.Rule{}
		for _, r := range parsed.Runs[0].Tool.Driver.Rules {
			r.Default, r.Properties.SecuritySeverity, r.Properties.ProblemSeverity = sarif.Configuration{}, "", ""
			out[r.ID] = r
		}
		return out
	}
	all := texts("--profile", "strict")
	for _, args := range [][]string{
		nil,
		{"--select", "public-subnet,missing-vpc-config", "--severity", "public-subnet=low", "--severity", "missing-vpc-config=critical"},
		{"--ignore", "public-subnet", "--min-severity", "high", "--undecided", "fail", "--sarif-include", "ignored,undecided"},
	} {
		some := texts(args...)
		if len(some) == 0 {
			t.Errorf("%v: no rules", args)
		}
		for id, r := range some {
			if diff := cmp.Diff(all[id], r); diff != "" {
				t.Errorf("%v changes %s: %s", args, id, diff)
			}
		}
	}
}

package cli_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/rules"
)

// Scripts that read the list of rules find the three lists of counterparts in each, empty where there are none.
func TestRulesAsJSON(t *testing.T) {
	out, code := check(t, "rules", "--format", "json")
	if code != 0 {
		t.Fatalf("exit code %d", code)
	}
	type entry struct {
		ID           string
		Counterparts map[string][]string
	}
	var got struct{ Rules []entry }
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	var want []entry
	for _, r := range rules.All() {
		lists := map[string][]string{"securityHub": r.Elsewhere.SecurityHub, "config": r.Elsewhere.Config, "prowler": r.Elsewhere.Prowler}
		for tool, list := range lists {
			lists[tool] = append([]string{}, list...)
		}
		want = append(want, entry{ID: r.ID, Counterparts: lists})
	}
	// A null would be another value than an empty list here.
	if diff := cmp.Diff(want, got.Rules); diff != "" {
		t.Errorf("the list of rules (-want +got):\n%s", diff)
	}
}

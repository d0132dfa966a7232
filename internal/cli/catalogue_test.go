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

// catalogue is the contract for what vpclint reports, by severity and by the set that a rule is in: every rule that there is
// has a place in it, and no other has.
var catalogue = map[string][]string{
	"critical default": {"access-key-in-job"},
	"high default": {
		"missing-vpc-config", "notebook-direct-internet", "domain-public-internet", "public-subnet", "missing-s3-endpoint", "open-ingress",
		"unguarded-job-creation", "absent-key-condition", "secret-in-environment",
	},
	"medium default": {
		"partial-vpc-config", "subnet-auto-public-ip", "default-vpc", "mixed-vpcs", "subnet-too-small", "endpoint-without-policy", "endpoint-policy-allows-all",
		"missing-service-endpoint", "endpoint-not-attached", "endpoint-private-dns-off", "vpc-dns-off", "endpoint-security-group-closed",
		"bucket-open-outside-vpc", "missing-self-reference", "studio-ports-closed", "https-egress-blocked", "open-egress", "network-isolation-off",
		"plaintext-intercontainer-traffic", "notebook-root-access", "notebook-imdsv1", "guard-gap", "unknown-condition-key", "unreadable", "unknown-property",
	},
	"low default": {"default-security-group", "missing-volume-key", "missing-output-key", "missing-flow-logs", "unused-ignore", "malformed-ignore"},
	"low strict": {
		"single-subnet", "nat-internet-egress", "endpoint-allows-package-repositories", "model-registry-outside-vpc", "trail-off",
	},
	"high configured": {"unapproved-subnet", "unapproved-security-group"},
}

func TestCatalogue(t *testing.T) {
	out, code := check(t, "rules", "--format", "json")
	if code != 0 {
		t.Fatalf("exit code %d", code)
	}
	var listed struct {
		Rules []struct{ ID, Severity, Profile string }
	}
	if err := json.Unmarshal(out, &listed); err != nil {
		t.Fatal(err)
	}
	got, want := map[string]string{}, map[string]string{}
	for _, r := range listed.Rules {
		got[r.ID] = r.Severity + " " + r.Profile
	}
	for place, slugs := range catalogue {
		for _, slug := range slugs {
			want[slug] = place
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) != len(listed.Rules) {
		t.Errorf("vpclint rules lists %d rules (-want +got):\n%s", len(listed.Rules), diff)
	}
}

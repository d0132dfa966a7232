package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/analyzers/guard"
)

// The creations are the actions that support the subnets' key, but for two updates.
func TestCreations(t *testing.T) {
	var want []string
	for _, action := range guard.Supporting(guard.VPCSubnets) {
		if name := strings.TrimPrefix(action, sagemakerPrefix); name != "UpdateDomain" && name != "UpdateCluster" {
			want = append(want, name)
		}
	}
	got := slices.Sorted(slices.Values(creations))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-supported +asked for:\n%s", diff)
	}
}

func TestActionNames(t *testing.T) {
	for want, n := range map[string]int{
		"CreateTrainingJob":                         1,
		"CreateTrainingJob and CreateProcessingJob": 2,
		"CreateTrainingJob, CreateProcessingJob and CreateHyperParameterTuningJob": 3,
		"CreateTrainingJob, CreateProcessingJob and 2 other actions":               4,
	} {
		if got := actionNames(creations[:n]); got != want {
			t.Errorf("%d actions are %q, want %q", n, got, want)
		}
	}
}

package lint_test

import (
	"context"
	"os"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/rules"
)

// A repository of several roots and languages, each deployed by itself: the network in one Terraform root, Studio in another
// by its remote state, a stack that imports the exports of another, and a Python job that reads its subnets from Parameter
// Store. Every workload's placement is decided, and of all that could be said of them only what is wrong is said.
func TestLandingZone(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/repos/landing-zone")); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: rules.All()})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(r.Net.Workloads); n != 4 {
		t.Errorf("%d workloads, want 4", n)
	}
	for _, w := range r.Net.Workloads {
		for _, p := range w.Placements {
			if len(p.Subnets) != 2 || p.Complete.Known() != tri.True || len(p.SecurityGroups) != 1 || p.GroupsComplete.Known() != tri.True {
				t.Errorf("%s is in %d subnets and has %d security groups, perhaps more", w.Head().Subject(), len(p.Subnets), len(p.SecurityGroups))
			}
			for _, e := range p.Subnets {
				if e.To == nil || e.Holds.Known() != tri.True || e.To.VPC.To == nil || e.To.VPC.Holds.Known() != tri.True {
					t.Errorf("where %s is isn't decided: %s", w.Head().Subject(), e.Reason)
				}
			}
			for _, e := range p.SecurityGroups {
				if e.To == nil || e.Holds.Known() != tri.True {
					t.Errorf("which group %s has isn't decided: %s", w.Head().Subject(), e.Reason)
				}
			}
		}
	}
	const fault = "endpoint-not-attached"
	for _, v := range r.Verdicts {
		if v.Rule.Strict || v.Wrong == tri.False {
			continue
		}
		if subject := v.Subject.Head().Subject(); v.Rule.ID != fault || v.Wrong != tri.True || subject != "aws_vpc_endpoint.s3" {
			t.Errorf("%s of %s: %s", v.Rule.ID, subject, v.Reason)
		}
	}
	found := false
	for _, f := range r.Findings {
		found = found || f.Rule == fault
	}
	if !found {
		t.Errorf("%s isn't found", fault)
	}
}

package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

// What several rules leave open for one reason is said once; another reason, subject or place is said apart.
func TestUndecidedForOneReason(t *testing.T) {
	f := source.NewFile("main.tf", []byte("var.subnets\nvar.groups\n"))
	subnets, groups := source.Span{File: f, Start: 0, End: 11}, source.Span{File: f, Start: 12, End: 22}
	const unset = "var.subnets has no default"
	run := &report.Run{Undecided: []finding.Undecided{
		{Rule: "default-vpc", Subject: "a", At: subnets, Reason: unset},
		{Rule: "https-egress-blocked", Subject: "a", At: groups, Reason: "var.groups has no default"},
		{Rule: "public-subnet", Subject: "a", At: subnets, Reason: unset},
		{Rule: "public-subnet", Subject: "b", At: subnets, Reason: unset},
	}}
	var b bytes.Buffer
	if err := report.Text(&b, run, report.TextOptions{ShowUndecided: true, Quiet: true}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(b.String()) {
		if strings.HasPrefix(line, "undecided") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	want := []string{
		"undecided[default-vpc, public-subnet]: a: var.subnets has no default",
		"undecided[https-egress-blocked]: a: var.groups has no default",
		"undecided[public-subnet]: b: var.subnets has no default",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/report"
)

const pageMarkdown = "# some-rule\n\nA workload runs in a `public subnet`, which is **bad**, as [AWS](https://aws.example/x) and\n[another](other.md) say.\n\n" +
	"## Flagged\n\n```hcl main.tf\nresource \"x\" \"y\" {\n\n\ta = `b`\n}\n```\n\n- one item that goes on and\n  on and on\n- `two`\n\n| a | b |\n|---|---|\n"

// A page is read without what marks its parts, in lines that fit.
func TestPage(t *testing.T) {
	for name, test := range map[string]struct {
		options report.TextOptions
		want    string
	}{
		"plain": {report.TextOptions{Width: 34}, `some-rule

A workload runs in a public
subnet, which is bad, as AWS
(https://aws.example/x) and
another say.

Flagged

  main.tf
    resource "x" "y" {

        a = ` + "`b`" + `
    }

- one item that goes on and on and
  on
- two

| a | b |
|---|---|
`},
		"links": {
			report.TextOptions{Color: true, Links: report.Links{Rules: true}},
			"\x1b[1msome-rule\x1b[0m\n\nA workload runs in a \x1b[1;36mpublic subnet\x1b[0m, which is \x1b[1mbad\x1b[0m, as " +
				"\x1b]8;;https://aws.example/x\x1b\\AWS\x1b]8;;\x1b\\ and another say.\n",
		},
	} {
		var b bytes.Buffer
		if err := report.Page(&b, pageMarkdown, test.options); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if name == "links" {
			got = got[:min(len(got), len(test.want))]
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// All counts are said, in the right number, whatever they are.
func TestSummaryLineNumbers(t *testing.T) {
	one := report.Summary{Errors: 1, Warnings: 1, Notes: 1, Undecided: 1, Resources: 1, Files: 1, Ignored: 1, Baselined: 1, Elapsed: 59_960_000_000}
	const want = "1 error, 1 warning, 1 note; 1 undecided; 1 resource in 1 file (1 ignored, 1 in the baseline) in 1m0s"
	if got := report.SummaryLine(one); got != want {
		t.Errorf("%s", got)
	}
	for elapsed, want := range map[string]report.Summary{"999ms": {Elapsed: 999_900_000}, "1.0s": {Elapsed: 1_000_000_000}, "59.9s": {Elapsed: 59_940_000_000}, "1m1s": {Elapsed: 60_600_000_000}} {
		if got := report.SummaryLine(want); !strings.HasSuffix(got, " in "+elapsed) {
			t.Errorf("%s, want %s", got, elapsed)
		}
	}
}

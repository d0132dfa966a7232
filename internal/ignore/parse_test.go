package ignore_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// said is a directive in words that a test can write down.
type said struct {
	At, Reason, Until, Fault string
	Rules                    []string
	File                     bool
}

func read(text string) []said {
	f := source.NewFile("main.tf", []byte(text))
	var out []said
	for _, d := range ignore.All(f.Span(0, len(text))) {
		s := said{At: d.At.Text(), Reason: d.Reason, Fault: d.Fault, File: d.File}
		for _, r := range d.Rules {
			if r.At.Text() != r.Name {
				s.Fault += "; the place of " + r.Name + " is that of " + r.At.Text()
			}
			s.Rules = append(s.Rules, r.Name)
		}
		if d.Reason != "" && d.ReasonAt.Text() != d.Reason {
			s.Fault += "; the place of the reason is that of " + d.ReasonAt.Text()
		}
		if !d.Until.IsZero() {
			s.Until = d.Until.Format(time.DateOnly)
		}
		out = append(out, s)
	}
	return out
}

func TestAll(t *testing.T) {
	x := []string{"missing-vpc-config"}
	both := []string{"missing-vpc-config", "public-subnet"}
	for text, want := range map[string][]said{
		"# vpclint:ignore missing-vpc-config a lab":                   {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"#vpclint:ignore missing-vpc-config a lab":                    {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"// vpclint:ignore missing-vpc-config a lab":                  {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"/* vpclint:ignore missing-vpc-config a lab */":               {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"/*\n * vpclint:ignore missing-vpc-config a lab\n */":         {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"vpclint:ignore missing-vpc-config in a key of JSON":          {{At: "vpclint:ignore missing-vpc-config in a key of JSON", Rules: x, Reason: "in a key of JSON"}},
		"#\tvpclint:ignore\tmissing-vpc-config\ta lab \r\n":           {{At: "vpclint:ignore\tmissing-vpc-config\ta lab", Rules: x, Reason: "a lab"}},
		"# vpclint:ignore missing-vpc-config,public-subnet a lab":     {{At: "vpclint:ignore missing-vpc-config,public-subnet a lab", Rules: both, Reason: "a lab"}},
		"# vpclint:ignore missing-vpc-config, public-subnet a lab":    {{At: "vpclint:ignore missing-vpc-config, public-subnet a lab", Rules: both, Reason: "a lab"}},
		"# vpclint:ignore missing-vpc-config until=2027-01-31 a lab":  {{At: "vpclint:ignore missing-vpc-config until=2027-01-31 a lab", Rules: x, Reason: "a lab", Until: "2027-01-31"}},
		"# vpclint:ignore-file missing-vpc-config a lab":              {{At: "vpclint:ignore-file missing-vpc-config a lab", Rules: x, Reason: "a lab", File: true}},
		"# noqa  # vpclint:ignore missing-vpc-config a lab":           {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"# noqa: E501 vpclint:ignore missing-vpc-config a lab":        {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"#tfsec:ignore:aws-x vpclint:ignore missing-vpc-config a lab": {{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"}},
		"# vpclint:ignore missing-vpc-config a lab # vpclint:ignore public-subnet mine": {
			{At: "vpclint:ignore missing-vpc-config a lab", Rules: x, Reason: "a lab"},
			{At: "vpclint:ignore public-subnet mine", Rules: both[1:], Reason: "mine"},
		},
		"# vpclint:ignore missing-vpc-config -- a lab":  {{At: "vpclint:ignore missing-vpc-config -- a lab", Rules: x, Reason: "a lab"}},
		"# vpclint:ignore missing-vpc-config # a lab":   {{At: "vpclint:ignore missing-vpc-config # a lab", Rules: x, Reason: "a lab"}},
		"# vpclint:ignore missing-vpc-config: a lab":    {{At: "vpclint:ignore missing-vpc-config: a lab", Rules: x, Reason: "a lab"}},
		"# vpclint:ignore missing-vpc-config #123 says": {{At: "vpclint:ignore missing-vpc-config #123 says", Rules: x, Reason: "#123 says"}},
		"# vpclint:ignore missing-vpc-config früher":    {{At: "vpclint:ignore missing-vpc-config früher", Rules: x, Reason: "früher"}},
		"# vpclint:ignore missing-vpc-config":           {{At: "vpclint:ignore missing-vpc-config", Rules: x}},
		"# vpclint:ignore missing-vpc-config -- ...":    {{At: "vpclint:ignore missing-vpc-config -- ...", Rules: x}},
		"# vpclint:ignore":                              {{At: "vpclint:ignore"}},
		"# vpclint:ignore * a lab":                      {{At: "vpclint:ignore * a lab", Reason: "* a lab"}},
		"# vpclint:ignore missing-vpc-config until=soon a lab": {{
			At: "vpclint:ignore missing-vpc-config until=soon a lab", Rules: x, Reason: "a lab", Fault: "until=soon is no date such as 2027-01-31",
		}},
		"# vpclint:ignore missing-vpc-config until=2027-02-29 a lab": {{
			At: "vpclint:ignore missing-vpc-config until=2027-02-29 a lab", Rules: x, Reason: "a lab", Fault: "until=2027-02-29 is no date such as 2027-01-31",
		}},
		"# vpclint:ignore missing-vpc-config a lab until=2027-01-31": {{
			At: "vpclint:ignore missing-vpc-config a lab until=2027-01-31", Rules: x, Reason: "a lab until=2027-01-31",
			Fault: `"until=2027-01-31" is part of the reason there; a date stands before the reason, as until=2027-01-31`,
		}},
	} {
		if diff := cmp.Diff(want, read(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// What is nearly a directive is told with what is right, which is read then.
func TestNearMisses(t *testing.T) {
	for text, want := range map[string]string{
		"# vpclint: ignore missing-vpc-config a lab":                `"vpclint: ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:disable=missing-vpc-config a lab":                `"vpclint:disable" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:disable-file=missing-vpc-config a lab":           `"vpclint:disable-file" is not read; write vpclint:ignore-file missing-vpc-config a lab`,
		"# vpclint:ignore[missing-vpc-config] a lab":                `"vpclint:ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:ignore[missing-vpc-config, public-subnet]":       `"vpclint:ignore" is not read; write vpclint:ignore missing-vpc-config, public-subnet <reason>`,
		"# vpclint:ignore(missing-vpc-config): a lab":               `"vpclint:ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:ignore:missing-vpc-config a lab":                 `"vpclint:ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:ignore=missing-vpc-config":                       `"vpclint:ignore" is not read; write vpclint:ignore missing-vpc-config <reason>`,
		"# vpclint:ignore_file missing-vpc-config a lab":            `"vpclint:ignore_file" is not read; write vpclint:ignore-file missing-vpc-config a lab`,
		"# vpclint:ignore-next-line missing-vpc-config a lab":       `"vpclint:ignore-next-line" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:ingore missing-vpc-config a lab":                 `"vpclint:ingore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:missing-vpc-config a lab":                        `"vpclint:missing-vpc-config" is not read; write vpclint:ignore missing-vpc-config <reason>`,
		"# vpclint-ignore missing-vpc-config a lab":                 `"vpclint-ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint-disable":                                         `"vpclint-disable" is not read; write vpclint:ignore <slug> <reason>`,
		"# vpclint ignore missing-vpc-config a lab":                 `"vpclint ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# VPCLINT:IGNORE missing-vpc-config a lab":                 `"VPCLINT:IGNORE" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# Vpclint:ignore missing-vpc-config a lab":                 `"Vpclint:ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:Ignore-File missing-vpc-config a lab":            `"vpclint:Ignore-File" is not read; write vpclint:ignore-file missing-vpc-config a lab`,
		"# noqa # vpclint:ignore[missing-vpc-config] a lab":         `"vpclint:ignore" is not read; write vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:ignore \"missing-vpc-config\" a lab":             `the rules stand as they are called: vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:ignore [missing-vpc-config] a lab":               `the rules stand as they are called: vpclint:ignore missing-vpc-config a lab`,
		"# vpclint:ignore missing-vpc-config until:2027-01-31 a":    `"until:2027-01-31" is part of the reason there; a date stands before the reason, as until=2027-01-31`,
		"# vpclint:ignore missing-vpc-config until 2027-01-31 a":    `"until 2027-01-31" is part of the reason there; a date stands before the reason, as until=2027-01-31`,
		"# vpclint:ignore missing-vpc-config exp:2027-01-31 a":      `"exp:2027-01-31" is part of the reason there; a date stands before the reason, as until=2027-01-31`,
		"# vpclint:ignore until=2027-01-31 missing-vpc-config a":    `the date stands behind the rules: vpclint:ignore missing-vpc-config until=2027-01-31 a`,
		"# vpclint:ignore missing-vpc-config public-subnet a lab":   ``,
		"# vpclint:ignore missing-vpc-config until it is in a VPC":  ``,
		"# vpclint:ignore missing-vpc-config the until=x in quotes": `"until=x" is part of the reason there; a date stands before the reason, as until=2027-01-31`,
	} {
		got := read(text)
		if len(got) != 1 || got[0].Fault != want {
			t.Errorf("%q: %+v, want %s", text, got, want)
			continue
		}
		if _, right, ok := strings.Cut(want, "write "); ok && !strings.Contains(want, "<") {
			if again := read("# " + right); len(again) != 1 || again[0].Fault != "" || again[0].Reason == "" {
				t.Errorf("%q: what it is told to write is not right either: %+v", text, again)
			}
		}
	}
}

// Who writes about vpclint asks for nothing.
func TestProse(t *testing.T) {
	for _, text := range []string{
		"# vpclint", "# vpclint reports this subnet", "# vpclint: this is public on purpose", "# vpclint ignores this", "# vpclint ignore comments work here",
		"# see https://github.com/vpclint/vpclint: ignore the rest", "# write `vpclint:ignore missing-vpc-config a lab`", `# e.g. "vpclint:ignore missing-vpc-config a lab"`,
		"# to silence it use vpclint:ignore missing-vpc-config a lab", "# run vpclint check", "# vpclint:0.1.0", "# vpclint:latest", "# vpclint-action@v1", "# vpclint_version", "# vpclint.yaml",
		"# vpclint skips this directory", "# .vpclint.yaml", "#", "", "# xvpclint:ignore missing-vpc-config a lab", "# vpclint 0.1 - ignore this",
	} {
		if got := read(text); len(got) > 0 {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// A line of many is read in time that grows with its length.
func TestManyInOneLine(t *testing.T) {
	for _, one := range []string{"# vpclint:ignore missing-vpc-config a ", "#vpclint", "vpclint ", "# vpclint-ignore a-b,c-d ", "# vpclint: ", "* vpclint:ignore ["} {
		read(strings.Repeat(one, 1<<16/len(one)))
	}
}

func FuzzAll(f *testing.F) {
	for _, text := range []string{
		"# vpclint:ignore missing-vpc-config until=2027-01-31 a lab", "# noqa # vpclint:ignore-file a,b c", "/* VPCLINT-ignore[x] */", "# vpclint:ignore x until= until=1",
		"vpclint:ignore a\r\nvpclint:ignore-file b\n", "# vpclint: ignore\xff", "#vpclint:ignore ,x", "# vpclint:ignore \u2028x-y z",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("main.tf", []byte(text))
		last := 0
		for _, d := range ignore.All(file.Span(0, len(text))) {
			if d.At.Start < last || strings.ContainsAny(d.At.Text(), "\n") {
				t.Errorf("%q: it stands at %q, behind %d", text, d.At.Text(), last)
			}
			last = d.At.End
			places := []source.Span{d.ReasonAt, d.UntilAt, d.FaultAt}
			for _, r := range d.Rules {
				places = append(places, r.At)
			}
			for _, at := range places {
				if !at.IsZero() && !d.At.Contains(at) {
					t.Errorf("%q: %q is no part of %q", text, at.Text(), d.At.Text())
				}
			}
			if (d.Fault == "") != d.FaultAt.IsZero() {
				t.Errorf("%q: fault %q at %q", text, d.Fault, d.FaultAt.Text())
			}
			if _, ok := ignore.Parse(file.Span(0, len(text))); !ok || !ignore.Mentions([]byte(text)) {
				t.Errorf("%q holds one, and doesn't", text)
			}
		}
	})
}

// An ignore of more rules than there can be isn't compared with itself name by name.
func TestTooManyRules(t *testing.T) {
	for n, fault := range map[int]string{200: "", 201: "the ignore names more than 200 rules", 500_000: "the ignore names more than 200 rules"} {
		got := read("# vpclint:ignore " + strings.Repeat("open-egress,", n-1) + "open-egress why")
		if len(got) != 1 || got[0].Fault != fault || (len(got[0].Rules) == n) != (fault == "") {
			t.Errorf("%d rules: %d directives, %.100v", n, len(got), got)
		}
	}
}

package baseline_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/source"
)

func parse(text string) (*baseline.Baseline, error) {
	return baseline.Parse(source.NewFile("b.json", []byte(text)), "dir/b.json")
}

// What is written is read again, whatever is in it.
func TestWrite(t *testing.T) {
	file := source.NewFile("a \"b\"/é<&>\u2028.tf", []byte("resource"))
	findings := []finding.Finding{
		{Rule: "r", Unit: "b", Subject: "s", Property: "p", At: file.Span(0, 1)},
		{Rule: "r", Unit: "b", Subject: "s", Property: "p"},
		{Rule: "q", Unit: "a \"b\"", Subject: "x\n\\y", Property: "p[0].\U0001f600"},
		{Rule: "r", Unit: "no\xfftext\xff\xfe", Subject: "no\xfftext\xff\xfe:s"},
	}
	var b bytes.Buffer
	if err := baseline.Of(findings).Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := parse(b.String())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(baseline.Of(findings), got, cmpopts.IgnoreFields(baseline.Entry{}, "At")); diff != "" {
		t.Error(diff)
	}
	for i, e := range got.Entries {
		if text := e.At.Text(); text != `"`+e.Rule+`"` {
			t.Errorf("entry %d is at %q", i, text)
		}
	}
	if lines := strings.Count(b.String(), "\n"); lines != 4+len(findings)+2 {
		t.Errorf("%d lines:\n%s", lines, &b)
	}
	for i, by := range got.Excuse(findings, never, never) {
		if by < 0 {
			t.Errorf("finding %d isn't excused", i)
		}
	}
	var empty bytes.Buffer
	if err := baseline.Of(nil).Write(&empty); err != nil {
		t.Fatal(err)
	}
	if got, err := parse(empty.String()); err != nil || len(got.Entries) != 0 {
		t.Errorf("%v, %v of %s", got, err, &empty)
	}
}

func never(string) bool { return false }

func TestParseRefuses(t *testing.T) {
	entry := func(members string) string {
		return `{"tool": "vpclint", "schemaVersion": 1, "findings": [` + "\n" + members + "]}"
	}
	const whole = `{"rule": "r", "unit": "u", "subject": "s", "property": "p"`
	for text, want := range map[string]string{
		"":                    `dir/b.json:1:1: it is no baseline, but empty; write one with vpclint baseline`,
		"[]":                  `dir/b.json:1:1: it is no baseline, but a sequence; write one with vpclint baseline`,
		"{":                   `dir/b.json:1:2: it is no baseline: `,
		"{}":                  `dir/b.json:1:1: it is no baseline of vpclint's: it has no member "tool"; write one with vpclint baseline`,
		`{"tool": "x"}`:       `dir/b.json:1:10: it is no baseline of vpclint's, but of "x"; write one with vpclint baseline`,
		`{"tool": "vpclint"}`: `dir/b.json:1:1: it doesn't say of which schemaVersion it is; write one with vpclint baseline`,
		`{"tool": "vpclint", "schemaVersion": "1"}`:                                  `dir/b.json:1:38: it is of schemaVersion 1, and this vpclint reads 1 only`,
		`{"tool": "vpclint", "schemaVersion": 1}`:                                    `dir/b.json:1:1: it has no findings; of nothing they are an empty list`,
		`{"tool": "vpclint", "schemaVersion": 1, "findings": {}}`:                    `dir/b.json:1:53: findings must be a list, and is a mapping`,
		`{"tool": "vpclint", "schemaVersion": 1, "findings": [], "x": 1}`:            `dir/b.json:1:57: a baseline has no member "x"; there are tool, schemaVersion, findings`,
		`{"tool": "vpclint", "schemaVersion": 1, "findings": [], "tool": "vpclint"}`: `dir/b.json:1:57: "tool" stands here twice`,
		entry(`1`):                             `dir/b.json:2:1: an entry must be an object, and is a number`,
		entry(`{"rule": "r"}`):                 `dir/b.json:2:1: an entry has no unit`,
		entry(`{"rule": 1}`):                   `dir/b.json:2:10: rule must be a text, and is a number`,
		entry(whole + `, "rule": "r"}`):        `dir/b.json:2:61: "rule" stands here twice`,
		entry(whole + `, "line": 1}`):          `dir/b.json:2:61: an entry has no member "line"; there are rule, unit, subject, property, path, fingerprint`,
		entry(whole + `, "fingerprint": "0"}`): `dir/b.json:2:76: it isn't the fingerprint of this rule, unit, subject and property; leave it out`,
		"<<<<<<< HEAD\n":                       `dir/b.json:1:1: it is no baseline: `,
	} {
		_, err := parse(text)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
	if _, err := parse(entry(whole + `}`)); err != nil {
		t.Errorf("path and fingerprint can't be left out: %v", err)
	}
}

// What an entry excuses where units have gone, and where they have not.
func TestExcuse(t *testing.T) {
	of := func(unit, subject string) finding.Finding {
		return finding.Finding{Rule: "r", Unit: unit, Subject: subject, Property: "p"}
	}
	for _, test := range []struct {
		name    string
		was, is []finding.Finding
		gone    []string
		there   []string // already, so that nothing has become of them
		excused []int
	}{
		{"the same", []finding.Finding{of("a", "x")}, []finding.Finding{of("a", "x")}, nil, nil, []int{0}},
		{"twice now", []finding.Finding{of("a", "x")}, []finding.Finding{of("a", "x"), of("a", "x")}, nil, nil, []int{0, -1}},
		{"another subject", []finding.Finding{of("a", "x")}, []finding.Finding{of("a", "y")}, []string{"a"}, nil, []int{-1}},
		{"a second unit", []finding.Finding{of("a", "x")}, []finding.Finding{of("b", "x")}, nil, nil, []int{-1}},
		{"a renamed unit", []finding.Finding{of("a", "x")}, []finding.Finding{of("b", "x")}, []string{"a"}, nil, []int{0}},
		{"a unit that was there", []finding.Finding{of("a", "x")}, []finding.Finding{of("b", "x")}, []string{"a"}, []string{"b"}, []int{-1}},
		{"a renamed file", []finding.Finding{of("j/a.py", "j/a.py:x")}, []finding.Finding{of("j/b.py", "j/b.py:x")}, []string{"j/a.py"}, nil, []int{0}},
		{"a file as its own subject", []finding.Finding{of("a.json", "a.json")}, []finding.Finding{of("b.json", "b.json")}, []string{"a.json"}, nil, []int{0}},
		{"a masked name", []finding.Finding{of("j/a.py", "j/*.py:x")}, []finding.Finding{of("j/b.py", "j/b.py:x")}, []string{"j/a.py"}, nil, []int{0}},
		{"two of one", []finding.Finding{of("a/t.py", "a/t.py:x")}, []finding.Finding{of("b/u.py", "b/u.py:x"), of("c/t.py", "c/t.py:x")}, []string{"a/t.py"}, nil, []int{-1, 0}},
		{"beside the old one", []finding.Finding{of("a/t.py", "a/t.py:x")}, []finding.Finding{of("b/u.py", "b/u.py:x"), of("a/v.py", "a/v.py:x")}, []string{"a/t.py"}, nil, []int{-1, 0}},
		{"a second stack", []finding.Finding{of("a", "V")}, []finding.Finding{of("a", "V (A)"), of("a", "V (B)")}, nil, nil, []int{0, -1}},
		{"one stack of two", []finding.Finding{of("a", "V (A)"), of("a", "V (B)")}, []finding.Finding{of("a", "V")}, nil, nil, []int{0}},
		{"another stack", []finding.Finding{of("a", "V (A)"), of("a", "V (B)")}, []finding.Finding{of("a", "V (A)"), of("a", "V (C)")}, nil, nil, []int{0, -1}},
		{"one of two is gone", []finding.Finding{of("a", "x"), of("b", "x")}, []finding.Finding{of("b", "x"), of("c", "x")}, []string{"a"}, nil, []int{1, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := func(list []string) func(string) bool {
				return func(unit string) bool { return strings.Contains(" "+strings.Join(list, " ")+" ", " "+unit+" ") }
			}
			there := in(test.there)
			got := baseline.Of(test.was).Excuse(test.is, in(test.gone), func(unit string) bool { return !there(unit) })
			if diff := cmp.Diff(test.excused, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What can be read can be written, and is the same after that.
func FuzzParse(f *testing.F) {
	var b bytes.Buffer
	if err := baseline.Of([]finding.Finding{{Rule: "r", Unit: "u", Subject: "u:s", Property: "p"}}).Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"tool": "vpclint", "schemaVersion": 1, "findings": [{"rule":"r","unit":"u","subject":"s","property":"p"},]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := baseline.Parse(source.NewFile("b.json", text), "b.json")
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := got.Write(&out); err != nil {
			t.Fatal(err)
		}
		again, err := parse(out.String())
		if err != nil || len(again.Entries) != len(got.Entries) {
			t.Fatalf("%v of\n%s", err, &out)
		}
		var twice bytes.Buffer
		if err := again.Write(&twice); err != nil || !bytes.Equal(out.Bytes(), twice.Bytes()) {
			t.Errorf("written twice it is\n%s\nand\n%s", &out, &twice)
		}
	})
}

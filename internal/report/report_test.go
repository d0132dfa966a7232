package report_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/report/sariftest"
	"github.com/vpclint/vpclint/internal/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestText(t *testing.T) {
	run := sampleRun(t)
	for name, o := range map[string]report.TextOptions{
		"sample.txt": {ShowUndecided: true},
		"color.txt":  {ShowUndecided: true, Color: true},
		"narrow.txt": {Width: 44, Quiet: true},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := report.Text(&b, run, o); err != nil {
				t.Fatal(err)
			}
			if !o.Color && strings.Contains(b.String(), "\x1b") {
				t.Error("an escape sequence of a scanned file reaches the terminal")
			}
			golden(t, name, b.Bytes())
		})
	}
}

func TestTextOfCleanRun(t *testing.T) {
	var b bytes.Buffer
	if err := report.Text(&b, &report.Run{}, report.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	const want = "0 errors, 0 warnings, 0 notes; 0 undecided; 0 resources in 0 files (0 ignored, 0 in the baseline) in 0ms\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestTextPropagatesWriteErrors(t *testing.T) {
	r, w := io.Pipe()
	r.Close()
	for name, err := range map[string]error{
		"text":  report.Text(w, sampleRun(t), report.TextOptions{}),
		"json":  report.JSON(w, sampleRun(t)),
		"sarif": report.SARIF(w, sampleRun(t), report.SARIFOptions{}),
	} {
		if err == nil {
			t.Errorf("%s: no error on a closed pipe", name)
		}
	}
}

// TestHostileText holds that nothing of a scanned file or a name can speak to a terminal or a CI runner.
func TestHostileText(t *testing.T) {
	f := source.NewFile("a\x1b]0;title\x07/b\n::error::.tf", []byte("x = \"\x1b[2J\u202e\x00\u2028\xff\"\n"))
	run := &report.Run{Findings: []finding.Finding{{
		Rule: "public-subnet", Severity: finding.Medium, Subject: "a\n::error::b\r", Message: "c\x1b[2Jd\u202e", Label: "e\x00", Help: "f\u0085g\th",
		At: f.Span(4, 10), Trace: []finding.Step{{Span: f.Span(0, 1), Message: "h\n::warning::i"}},
	}}}
	var b bytes.Buffer
	if err := report.Text(&b, run, report.TextOptions{Quiet: true}); err != nil {
		t.Fatal(err)
	}
	const want = `warning[public-subnet]: a\n::error::b\r: c\x1b[2Jd\u202e
  --> a\x1b]0;title\x07/b\n::error::.tf:1:5
   |
 1 | x = "\x1b[2J\u202e\x00\u2028\xff"
   |     ^^^^^^^^^^^^^^ e\x00
note: h\n::warning::i
  --> a\x1b]0;title\x07/b\n::error::.tf:1:1
help: f\u0085g\th
  = vpclint explain public-subnet

`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestSummaryLine(t *testing.T) {
	for want, s := range map[string]report.Summary{
		"3 errors, 1 warning, 2 notes; 4 undecided; 212 resources in 31 files (2 ignored, 5 in the baseline) in 12ms": {
			Errors: 3, Warnings: 1, Notes: 2, Undecided: 4, Resources: 212, Files: 31, Ignored: 2, Baselined: 5, Elapsed: 12345 * time.Microsecond,
		},
		"1 error, 0 warnings, 1 note; 1 undecided; 1 resource in 1 file (1 ignored, 1 in the baseline) in 1.2s": {
			Errors: 1, Notes: 1, Undecided: 1, Resources: 1, Files: 1, Ignored: 1, Baselined: 1, Elapsed: 1234 * time.Millisecond,
		},
	} {
		if diff := cmp.Diff(want, report.SummaryLine(s)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := report.JSON(&b, sampleRun(t)); err != nil {
		t.Fatal(err)
	}
	golden(t, "sample.json", b.Bytes())
}

func TestSARIF(t *testing.T) {
	for name, o := range map[string]report.SARIFOptions{
		"sample.sarif":    {},
		"undecided.sarif": {IncludeUndecided: true},
		"ignored.sarif":   {IncludeIgnored: true},
	} {
		t.Run(name, func(t *testing.T) {
			log := writeSARIF(t, sampleRun(t), o)
			golden(t, name, log)
			sariftest.Validate(t, log)
		})
	}
}

func TestSARIFOfCleanRun(t *testing.T) {
	run := &report.Run{Version: "0.1.0", Rules: sampleRules()}
	sariftest.Validate(t, writeSARIF(t, run, report.SARIFOptions{}))
}

func TestSARIFIsDeterministic(t *testing.T) {
	first := writeSARIF(t, sampleRun(t), report.SARIFOptions{})
	for range 3 {
		if !bytes.Equal(first, writeSARIF(t, sampleRun(t), report.SARIFOptions{})) {
			t.Fatal("two runs differ")
		}
	}
}

func writeSARIF(t testing.TB, run *report.Run, o report.SARIFOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.SARIF(&b, run, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFingerprint(t *testing.T) {
	f := finding.Finding{Rule: "public-subnet", Unit: "infra", Subject: "aws_sagemaker_model.m", Property: "vpc_config.subnets"}
	base := report.Fingerprint(f)
	if want := "b3ac488325a720ac6f0caa145085adf5"; base != want {
		t.Errorf("fingerprints are stored in baselines and may never change: got %s, want %s", base, want)
	}
	moved := f
	moved.Message, moved.Severity, moved.At = "other", finding.Low, source.NewFile("x", nil).Whole()
	if report.Fingerprint(moved) != base {
		t.Error("a place, message or severity is part of the identity")
	}
	shifted := f
	shifted.Unit, shifted.Subject = "infraa", "ws_sagemaker_model.m"
	if report.Fingerprint(shifted) == base {
		t.Error("a boundary between the parts can move")
	}
}

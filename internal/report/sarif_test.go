package report_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/report/sariftest"
	"github.com/vpclint/vpclint/internal/sarif"
	"github.com/vpclint/vpclint/internal/source"
)

func readSARIF(t testing.TB, run *report.Run, o report.SARIFOptions) sarif.Run {
	t.Helper()
	var log sarif.Log
	if err := json.Unmarshal(writeSARIF(t, run, o), &log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

// manyFindings returns n findings of mixed severity, one on each line.
func manyFindings(n int) *report.Run {
	const line = "  direct_internet_access = var.access\n"
	f := source.NewFile("main.tf", []byte(strings.Repeat(line, n)))
	run := &report.Run{Version: "0.1.0", Rules: sampleRules()}
	for i := range n {
		run.Findings = append(run.Findings, finding.Finding{
			Rule: "notebook-direct-internet", Severity: finding.Severity(1 + i%4), Unit: ".",
			Subject: fmt.Sprintf("aws_sagemaker_notebook_instance.n[%d]", i), Property: "direct_internet_access",
			Message: "direct internet access is enabled", Help: "turn it off",
			At: f.Span(i*len(line)+27, (i+1)*len(line)-1),
			Trace: []finding.Step{
				{Span: f.Span(0, 4), Message: "local.access is var.access"},
				{Span: f.Span(4, 9), Message: `the default of var.access is "Enabled"`},
			},
		})
	}
	return run
}

func TestSARIFLimitOfResults(t *testing.T) {
	many := manyFindings(26_000)
	for i := range many.Findings {
		many.Findings[i].Trace = nil
	}
	run := readSARIF(t, many, report.SARIFOptions{})
	if len(run.Results) != 25_000 {
		t.Errorf("%d results", len(run.Results))
	}
	levels := map[sarif.Level]int{}
	for _, r := range run.Results {
		levels[r.Level]++
	}
	if diff := cmp.Diff(map[sarif.Level]int{sarif.Error: 13_000, sarif.Warning: 6_500, sarif.Note: 5_500}, levels); diff != "" {
		t.Errorf("the gravest are not the ones that stay: %s", diff)
	}
	if !slices.IsSortedFunc(run.Results, func(a, b sarif.Result) int {
		return a.Locations[0].PhysicalLocation.Region.StartLine - b.Locations[0].PhysicalLocation.Region.StartLine
	}) {
		t.Error("results are not in the order of the file")
	}
	if n := run.Invocations[0].Notifications; len(n) != 1 || !strings.HasPrefix(n[0].Message.Text, "25000 of 26000 results") {
		t.Errorf("nothing says that results are left out: %+v", n)
	}
}

// What compresses badly is cut by its bytes: the file that GitHub gets has to be smaller than 10 MB when compressed.
func TestSARIFLimitOfBytes(t *testing.T) {
	many := manyFindings(8_000)
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range many.Findings {
		raw := make([]byte, 2000)
		for j := range raw {
			raw[j] = byte(noise.Uint32())
		}
		many.Findings[i].Label = base64.StdEncoding.EncodeToString(raw)
	}
	log := writeSARIF(t, many, report.SARIFOptions{})
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(log); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 10_000_000 || b.Len() < 5_000_000 {
		t.Errorf("%d bytes when compressed", b.Len())
	}
	var parsed sarif.Log
	if err := json.Unmarshal(log, &parsed); err != nil {
		t.Fatal(err)
	}
	levels := map[sarif.Level]int{}
	for _, r := range parsed.Runs[0].Results {
		levels[r.Level]++
	}
	if levels[sarif.Error] != 4_000 || levels[sarif.Note] != 0 {
		t.Errorf("the gravest are not the ones that stay: %v", levels)
	}
	want := fmt.Sprintf("%d of 8000 results are listed", len(parsed.Runs[0].Results))
	if n := parsed.Runs[0].Invocations[0].Notifications; len(n) != 1 || !strings.HasPrefix(n[0].Message.Text, want) {
		t.Errorf("nothing says that results are left out: %+v", n)
	}
}

// A tree of which nothing can be read makes no endless list of notifications.
func TestSARIFLimitOfNotifications(t *testing.T) {
	many := manyFindings(3_000)
	for i := range many.Findings {
		many.Findings[i].Rule, many.Findings[i].Trace = "unreadable", nil
	}
	notices := readSARIF(t, many, report.SARIFOptions{}).Invocations[0].Notifications
	if len(notices) != 1_001 || notices[1_000].Message.Text != "2000 more of these are left out." {
		t.Errorf("%d notifications, the last is %q", len(notices), notices[len(notices)-1].Message.Text)
	}
}

// What is put in beside the findings leaves first where not all has room.
func TestSARIFLimitOfIgnored(t *testing.T) {
	many := manyFindings(26_000)
	for i := range many.Findings {
		many.Findings[i].Trace = nil
	}
	for _, f := range many.Findings[24_999:] {
		many.Ignored = append(many.Ignored, report.Ignored{Finding: f, Reason: "not now"})
	}
	many.Findings = many.Findings[:24_999]
	run := readSARIF(t, many, report.SARIFOptions{IncludeIgnored: true})
	suppressed := 0
	for _, r := range run.Results {
		suppressed += len(r.Suppressions)
	}
	if len(run.Results) != 25_000 || suppressed != 1 {
		t.Errorf("%d results, %d of them suppressed", len(run.Results), suppressed)
	}
}

func TestSARIFLimitOfLocations(t *testing.T) {
	many := manyFindings(150)
	run := manyFindings(1)
	for i := range many.Findings {
		run.Findings[0].Trace = append(run.Findings[0].Trace, finding.Step{Span: many.Findings[i].At, Message: fmt.Sprintf("step %d", i)})
		same := run.Findings[0]
		same.Subject, same.Trace = fmt.Sprintf("n[%d]", i), nil
		run.Findings = append(run.Findings, same)
	}
	log := writeSARIF(t, run, report.SARIFOptions{})
	sariftest.Validate(t, log)
	r := readSARIF(t, run, report.SARIFOptions{}).Results
	if len(r) != 1 || len(r[0].RelatedLocations) != 100 || len(r[0].CodeFlows[0].ThreadFlows[0].Locations) != 100 {
		t.Fatalf("%d results, %d related", len(r), len(r[0].RelatedLocations))
	}
	if want := "and 142 more."; !strings.HasSuffix(r[0].Message.Text, want) {
		t.Errorf("%q doesn't end in %q", r[0].Message.Text, want)
	}
}

// What is wrong with one resource several times on a line is told apart by where it is wrong.
func TestSARIFSameSubject(t *testing.T) {
	run := manyFindings(1)
	run.Findings[0].Trace = nil
	for _, property := range []string{"container[1].mode", "container[2].mode"} {
		same := run.Findings[0]
		same.Property = property
		run.Findings = append(run.Findings, same)
	}
	const want = `On the same line: [container\[1\].mode](1) and [container\[2\].mode](2).`
	if got := readSARIF(t, run, report.SARIFOptions{}).Results[0].Message.Text; !strings.HasSuffix(got, want) {
		t.Errorf("%q doesn't end in %q", got, want)
	}
}

// TestSARIFWithoutPlace holds that a finding that stands nowhere is told without breaking the upload.
func TestSARIFWithoutPlace(t *testing.T) {
	run := &report.Run{Version: "0.1.0", Rules: sampleRules(), Findings: []finding.Finding{
		{Rule: "unreadable", Severity: finding.Medium, Subject: "x", Message: "is gone", Trace: []finding.Step{{Message: "y"}}},
	}}
	log := writeSARIF(t, run, report.SARIFOptions{})
	sariftest.Validate(t, log)
	if !bytes.Contains(log, []byte("'x': is gone.")) {
		t.Error("the finding is lost")
	}
	for _, write := range []func() error{
		func() error { return report.Text(io.Discard, run, report.TextOptions{}) },
		func() error { return report.JSON(io.Discard, run) },
	} {
		if err := write(); err != nil {
			t.Error(err)
		}
	}
}

func TestSARIFOfFailedRun(t *testing.T) {
	run := readSARIF(t, &report.Run{Version: "0.1.0", Failed: true, ExitCode: 2}, report.SARIFOptions{})
	if i := run.Invocations[0]; i.ExecutionSuccessful || i.ExitCode != 2 {
		t.Errorf("%+v", i)
	}
}

// TestSARIFUnheard holds that a log on the standard output of a CI job commands nothing.
func TestSARIFUnheard(t *testing.T) {
	for _, command := range []string{"##[stop-commands]x", "##vso[task.setvariable variable=x]y", "a\n::error::z"} {
		run := manyFindings(1)
		run.Findings[0].Subject, run.Findings[0].Message = command, command
		log := writeSARIF(t, run, report.SARIFOptions{})
		for _, heard := range []string{"##[", "##vso[", "\n::"} {
			if bytes.Contains(log, []byte(heard)) {
				t.Errorf("%q is heard of %q", heard, command)
			}
		}
		if got := readSARIF(t, run, report.SARIFOptions{}).Results[0].Message.Text; !strings.Contains(got, report.Escape(command)) {
			t.Errorf("%q is lost: %q", command, got)
		}
	}
}

// TestSARIFRegions holds that a region shows a word of its line wherever there is one.
func TestSARIFRegions(t *testing.T) {
	const content = "a = [  \n  b,\n]\n\n  \n"
	f := source.NewFile("main.tf", []byte(content))
	for name, test := range map[string]struct {
		at   source.Span
		want sarif.Region
	}{
		"over several lines":             {f.Span(4, len(content)), sarif.Region{StartLine: 1, StartColumn: 5, EndLine: 1, EndColumn: 6}},
		"only blanks of the first line":  {f.Span(5, len(content)), sarif.Region{StartLine: 1, StartColumn: 6, EndLine: 1, EndColumn: 7}},
		"nothing, at the end of a line":  {f.Span(12, 12), sarif.Region{StartLine: 2, StartColumn: 4, EndLine: 2, EndColumn: 5}},
		"nothing, in a line":             {f.Span(2, 2), sarif.Region{StartLine: 1, StartColumn: 3, EndLine: 1, EndColumn: 4}},
		"behind the last line's end":     {f.Span(len(content), len(content)), sarif.Region{StartLine: 3, StartColumn: 1, EndLine: 3, EndColumn: 2}},
		"nothing, where nothing follows": {f.Span(15, 15), sarif.Region{StartLine: 3, StartColumn: 1, EndLine: 3, EndColumn: 2}},
		"blanks that are asked for":      {f.Span(5, 7), sarif.Region{StartLine: 1, StartColumn: 6, EndLine: 1, EndColumn: 8}},
		"the whole of an empty document": {source.NewFile("x", nil).Whole(), sarif.Region{StartLine: 1, StartColumn: 1, EndLine: 1, EndColumn: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			run := &report.Run{Version: "0.1.0", Rules: sampleRules(), Findings: []finding.Finding{{
				Rule: "public-subnet", Severity: finding.High, Subject: "x", Message: "y", At: test.at,
			}}}
			got := readSARIF(t, run, report.SARIFOptions{}).Results[0].Locations[0].PhysicalLocation.Region
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzReports prints any span of any content in every format, and holds SARIF's regions against a count of UTF-16 code
// units of its own.
func FuzzReports(f *testing.F) {
	f.Add("a = b\r\n\tc = \"𝄞\" 学\n", "x/y.tf", "a ${b} [c](d) {e}", 8, 15)
	f.Add("\xef\xbb\xbfx\ry\xff\xf0\x9d", "a b#%", "\x1b[2J\n::error::", 0, 9)
	f.Fuzz(func(t *testing.T, content, path, text string, start, end int) {
		if !fs.ValidPath(path) || path == "." || len(content) > 1<<16 {
			return
		}
		file := source.NewFile(path, []byte(content))
		span := file.Span(start, end)
		e := source.Embed(file, "cell 2")
		e.Verbatim(span.Start, span.End)
		e.Decoded(text, start/2, end/2)
		cell := e.File()
		run := &report.Run{
			Version: "0.1.0", Root: "/r", WorkDir: "/r/w", Rules: sampleRules(),
			Findings: []finding.Finding{{
				Rule: "public-subnet", Severity: finding.High, Unit: path, Subject: text, Message: text, Label: text, Help: text, At: span,
				Trace:   []finding.Step{{Span: cell.Span(start, end), Message: text}, {Span: span, Message: text}},
				Related: []finding.Step{{Span: cell.Span(0, len(text)), Message: text}},
			}},
			Undecided: []finding.Undecided{{Rule: "public-subnet", Unit: path, Subject: text, At: cell.Span(end, start), Reason: text}},
			Ignored: []report.Ignored{{
				Finding: finding.Finding{Rule: "missing-vpc-config", Severity: finding.High, Unit: path, Subject: text, Message: text, At: span},
				Reason:  text, InSource: start%2 == 0,
			}},
		}
		var b bytes.Buffer
		if err := report.Text(&b, run, report.TextOptions{ShowUndecided: true, Width: end % 200}); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(b.String(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7F || r == 0x202E }); i >= 0 {
			t.Errorf("a control character is printed: %q", b.String())
		}
		if err := report.JSON(io.Discard, run); err != nil {
			t.Fatal(err)
		}
		sariftest.ValidateUpload(t, writeSARIF(t, run, report.SARIFOptions{IncludeIgnored: true, IncludeUndecided: true}))
		checkRegion(t, content, span, readSARIF(t, run, report.SARIFOptions{}).Results[0].Locations[0].PhysicalLocation.Region)
	})
}

// checkRegion holds a region against the text of its span, where the span is whole characters of one line.
func checkRegion(t *testing.T, content string, span source.Span, r sarif.Region) {
	t.Helper()
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(content, "\ufeff")), "\n")
	if r.StartLine < 1 || r.StartLine > len(lines) || r.EndLine != r.StartLine {
		t.Fatalf("region %+v of %d lines", r, len(lines))
	}
	units := utf16.Encode([]rune(lines[r.StartLine-1]))
	if r.StartColumn < 1 || r.EndColumn < r.StartColumn || r.EndColumn > len(units)+1 {
		t.Fatalf("region %+v of %d units", r, len(units))
	}
	text := span.Text()
	if text == "" || strings.ContainsAny(text, "\r\n\ufeff") || !utf8.ValidString(text) ||
		!utf8.ValidString(content[:span.Start]) || strings.HasPrefix(content[span.End:], "\ufeff") {
		return
	}
	if got := string(utf16.Decode(units[r.StartColumn-1 : r.EndColumn-1])); got != text {
		t.Errorf("region %+v is %q, the span is %q", r, got, text)
	}
}

func BenchmarkSARIF(b *testing.B) {
	run := manyFindings(5_000)
	b.ReportAllocs()
	for b.Loop() {
		var n counter
		if err := report.SARIF(&n, run, report.SARIFOptions{}); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(n))
	}
}

func BenchmarkText(b *testing.B) {
	run := manyFindings(5_000)
	b.ReportAllocs()
	for b.Loop() {
		if err := report.Text(io.Discard, run, report.TextOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

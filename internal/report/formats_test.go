package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

// formats are the formats that list problems.
var formats = map[string]func(io.Writer, *report.Run, report.Open) error{
	"github":     report.GitHub,
	"gitlab":     report.GitLab,
	"junit":      report.JUnit,
	"checkstyle": report.Checkstyle,
	"rdjson":     report.RDJSON,
	"markdown": func(w io.Writer, run *report.Run, open report.Open) error {
		return report.Markdown(w, run, report.MarkdownOptions{Open: open, Blob: "https://github.com/o/r/blob/" + commit})
	},
}

const commit = "0123456789abcdef0123456789abcdef01234567"

func write(t testing.TB, format string, run *report.Run, open report.Open) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := formats[format](&b, run, open); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFormats(t *testing.T) {
	for format := range formats {
		t.Run(format, func(t *testing.T) {
			golden(t, "sample."+format, write(t, format, sampleRun(t), report.OpenShown))
			golden(t, "clean."+format, write(t, format, &report.Run{Rules: sampleRules()}, report.OpenShown))
			r, w := io.Pipe()
			r.Close()
			if err := formats[format](w, sampleRun(t), report.OpenShown); err == nil && format != "github" {
				t.Error("no error on a closed pipe")
			}
		})
	}
}

// placeless has findings without a place, outside the repository, and of two rules with one identity.
func placeless() *report.Run {
	outside := source.NewFile("../prod.tfvars", []byte("key = \"x\"\n"))
	same := finding.Finding{Rule: "unreadable", Severity: finding.Medium, Unit: "a.tf", Subject: "a.tf", Message: "is broken"}
	return &report.Run{Rules: sampleRules(), Findings: []finding.Finding{
		{Rule: "unreadable", Severity: finding.Medium, Subject: "x", Message: "is gone", Trace: []finding.Step{{Message: "y"}}},
		same, same,
		{Rule: "public-subnet", Severity: finding.Critical, Subject: "z", Message: "is public", At: outside.Span(0, 3)},
	}}
}

func TestFormatsWithoutPlace(t *testing.T) {
	for format := range formats {
		t.Run(format, func(t *testing.T) {
			golden(t, "placeless."+format, write(t, format, placeless(), report.OpenLeftOut))
		})
	}
}

// hostile is a run whose every name and file tries to be more than a name.
func hostile(text string) *report.Run {
	f := source.NewFile("a/"+text, []byte("x = \""+text+"\"\n"))
	return &report.Run{Rules: sampleRules(), Findings: []finding.Finding{{
		Rule: "public-subnet", Severity: finding.Medium, Unit: f.Path, Subject: text, Property: text, Message: text, Label: text, Help: text,
		At: f.Span(5, len(f.Bytes)-2), Trace: []finding.Step{{Span: f.Span(0, 1), Message: text}},
	}}, Undecided: []finding.Undecided{{Rule: "public-subnet", Subject: text, Reason: text, At: f.Span(0, 1)}}}
}

var hostileTexts = []string{
	"\n::error::a", "\r::stop-commands::b", "##[stop-commands]c", "a%0A::add-mask::d", "##vso[task.setvariable variable=e]f", "::error file=g::",
	"]]>", "<!--", "</testcase>", "\x00\x08\x1b[2J", "\ufffe\uffff\ufeff", "\xff\xc3", "a|b\\|c", "`code` ``", "@everyone #1 <img src=x onerror=y>",
	"[a](https://b.example)", "![a](b)", "https://c.example www.d.example e@f.example", "*g* _h_ ~~i~~ $j$", "</details>", "\u202eabc\u2028", "${a} {b}", ",:%25",
	"<script>", "- [ ] x", "&lt;&#64;", " ", "", strings.Repeat("long ", 3000),
}

// No output holds a line that GitHub's runner obeys, but for those that are to be.
func TestRunnerObeysNothingElse(t *testing.T) {
	for _, text := range hostileTexts {
		run := hostile(text)
		outputs := map[string][]byte{"text": nil, "json": nil}
		for format := range formats {
			outputs[format] = write(t, format, run, report.OpenFails)
		}
		var b bytes.Buffer
		if err := report.Text(&b, run, report.TextOptions{ShowUndecided: true}); err != nil {
			t.Fatal(err)
		}
		outputs["text"] = bytes.Clone(b.Bytes())
		b.Reset()
		if err := report.JSON(&b, run); err != nil {
			t.Fatal(err)
		}
		outputs["json"] = b.Bytes()
		for format, output := range outputs {
			commands := obeyed(output)
			if format != "github" {
				if len(commands) > 0 {
					t.Errorf("%s: %q makes the runner do %q", format, text, commands)
				}
				if bytes.Contains(output, []byte("##vso[")) {
					t.Errorf("%s: %q speaks to Azure Pipelines", format, text)
				}
				continue
			}
			for _, c := range commands {
				if c.Name != "warning" && c.Name != "error" || c.Properties["file"] != strings.ToValidUTF8(run.Findings[0].At.File.Path, "\ufffd") {
					t.Errorf("github: %q makes the runner do %q", text, c)
				}
			}
		}
	}
}

func TestGitHubCommands(t *testing.T) {
	var got []string
	for _, c := range obeyed(write(t, "github", sampleRun(t), report.OpenFails)) {
		p := c.Properties
		got = append(got, fmt.Sprintf("%s %s:%s:%s-%s:%s %s", c.Name, p["file"], p["line"], p["col"], p["endLine"], p["endColumn"], p["title"]))
	}
	want := []string{
		"error infra/notebook.tf:6:28-6:38 notebook-direct-internet (vpclint)",
		"error infra/notebook.tf:12:27-12:38 public-subnet (vpclint)",
		"error jobs/学習.py:2:16-2:25 missing-vpc-config (vpclint)",
		"warning infra/with blank/#1%.tf:2:2-2:5 unreadable (vpclint)",
		"notice train.ipynb:7:12-7:21 missing-output-key (vpclint)",
		"error infra/variables.tf:1:1-1:19 undecided (vpclint)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Two stacks that are made of one template may be wrong in the same words.
func TestGitHubSaysOnce(t *testing.T) {
	file := source.NewFile("vpc.yaml", []byte("Vpc:\n"))
	f := finding.Finding{Rule: "missing-flow-logs", Severity: finding.Low, Subject: "Vpc (Network)", At: file.Span(0, 3), Message: "has no flow log"}
	run := &report.Run{Findings: []finding.Finding{f, f}}
	if out := write(t, "github", run, report.OpenLeftOut); bytes.Count(out, []byte(f.Message)) != 1 {
		t.Errorf("%s", out)
	}
}

// GitHub drops what is over ten of a level: the gravest come first, what is dropped is said, and the log has all.
func TestGitHubLimits(t *testing.T) {
	run := manyFindings(47) // of each severity 11 or 12
	commands := obeyed(write(t, "github", run, report.OpenLeftOut))
	if want := "GitHub shows 10 annotations of a kind for each step: 10 of 23 errors, 10 of 12 warnings and 9 of 12 notices are shown, the gravest; " +
		"the log of this step has all of them"; commands[0].Name != "notice" || commands[0].Data != want {
		t.Errorf("got %+v", commands[0])
	}
	var levels []string
	for _, c := range commands[1:] {
		levels = append(levels, c.Name)
	}
	want := append(append(repeat("error", 23), repeat("warning", 12)...), repeat("notice", 12)...)
	if diff := cmp.Diff(want, levels); diff != "" {
		t.Error(diff)
	}
	for i, c := range commands[1:12] {
		if line := fmt.Sprint(4*i + 4); c.Properties["line"] != line { // the critical ones
			t.Errorf("annotation %d is of line %s, want %s", i, c.Properties["line"], line)
		}
	}
	for i := range 47 {
		if subject := fmt.Sprintf(".n[%d]:", i); !bytes.Contains(write(t, "github", run, report.OpenLeftOut), []byte(subject)) {
			t.Errorf("%s is lost", subject)
		}
	}
}

func repeat(word string, n int) []string {
	return strings.Fields(strings.Repeat(word+" ", n))
}

// The runner cuts a message after 4,096 units, in the log too: a line of many instances becomes several commands.
func TestGitHubLongMessages(t *testing.T) {
	f := source.NewFile("main.tf", []byte("subnets = var.subnets # 𝄞\n"))
	run := &report.Run{Rules: sampleRules()}
	for i := range 300 {
		run.Findings = append(run.Findings, finding.Finding{
			Rule: "public-subnet", Severity: finding.High, Unit: ".", Subject: fmt.Sprintf("module.ml[\"𝄞%d\"].aws_sagemaker_model.m", i),
			Message: "runs in a public subnet", Help: "use a private one", At: f.Span(10, 21),
			Trace: []finding.Step{{Span: f.Span(0, 7), Message: strings.Repeat("𝄞", 5000)}},
		})
	}
	var log strings.Builder
	for _, c := range obeyed(write(t, "github", run, report.OpenLeftOut)) {
		if units := utf16Len(c.Data); units > 4096 {
			t.Errorf("a message has %d units", units)
		}
		if !strings.HasPrefix(c.Data, "main.tf:1:11: ") && c.Properties["title"] != "vpclint" {
			t.Errorf("a message begins with %.40q", c.Data)
		}
		log.WriteString(c.Data + "\n")
	}
	for _, f := range run.Findings {
		if !strings.Contains(log.String(), f.Subject+": runs in a public subnet") {
			t.Errorf("%s is lost", f.Subject)
		}
	}
	if n := strings.Count(log.String(), "help: use a private one"); n != 1 {
		t.Errorf("the help is given %d times", n)
	}
}

func utf16Len(text string) int {
	n := 0
	for _, r := range text {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

type qualityIssue struct {
	Description string `json:"description"`
	CheckName   string `json:"check_name"`
	Fingerprint string `json:"fingerprint"`
	Severity    string `json:"severity"`
	Location    struct {
		Path  string
		Lines struct{ Begin, End int }
	}
}

func qualityReport(t testing.TB, run *report.Run, open report.Open) []qualityIssue {
	t.Helper()
	var issues []qualityIssue
	if err := json.Unmarshal(write(t, "gitlab", run, open), &issues); err != nil {
		t.Fatal(err)
	}
	return issues
}

// GitLab keeps one issue of each fingerprint, and knows it again by it when lines have moved.
func TestGitLabFingerprints(t *testing.T) {
	for name, run := range map[string]*report.Run{"sample": sampleRun(t), "placeless": placeless(), "many": manyFindings(100)} {
		seen := map[string]bool{}
		for _, issue := range qualityReport(t, run, report.OpenShown) {
			if seen[issue.Fingerprint] || issue.Fingerprint == "" {
				t.Errorf("%s: %s has the fingerprint of another", name, issue.Description)
			}
			seen[issue.Fingerprint] = true
		}
	}
	run := sampleRun(t)
	before := qualityReport(t, run, report.OpenLeftOut)
	for i, f := range run.Findings {
		moved := source.NewFile(f.At.File.Path, append([]byte("# a line above\n"), f.At.File.Bytes...))
		run.Findings[i].At = moved.Span(f.At.Start+15, f.At.End+15)
	}
	for i, issue := range qualityReport(t, run, report.OpenLeftOut) {
		if issue.Fingerprint != before[i].Fingerprint {
			t.Errorf("%s has another fingerprint once it has moved", issue.Description)
		}
	}
	if before[0].Fingerprint != report.Fingerprint(run.Findings[0]) {
		t.Error("the fingerprint isn't the one that the baseline has")
	}
}

func TestMarkdownLimit(t *testing.T) {
	for _, n := range []int{2_500, 20_000} {
		out := write(t, "markdown", manyFindings(n), report.OpenLeftOut)
		if len(out) > 1<<20 {
			t.Errorf("%d findings make %d bytes, which GitHub refuses", n, len(out))
		}
		rows := bytes.Count(out, []byte("\n| ")) - 2
		details := bytes.Count(out, []byte("\n#### "))
		if n == 2_500 && (rows != n || details == n) || n == 20_000 && rows >= n {
			t.Errorf("%d findings make %d rows and %d details", n, rows, details)
		}
		for _, want := range []string{
			fmt.Sprintf("\nThe details of %d places more are left out", n-details),
			"</details>\n",
		} {
			if !bytes.Contains(out, []byte(want)) {
				t.Errorf("%d findings: no %q", n, want)
			}
		}
		if i := bytes.Index(out, []byte("| low |")); n == 20_000 && i >= 0 {
			t.Errorf("a low one is in the table at %d, and graver ones aren't", i)
		}
	}
}

// Of a file that holds secrets nothing is shown but what a finding is about, and no credential of any file.
func TestMarkdownOfSecrets(t *testing.T) {
	const key = "AKIA" + "QWERTYUIOPASDFGH"
	f := source.NewFile("prod.tfvars", []byte("password = \"hunter2hunter2\" # by the way\nkey = \""+key+"\"\n"))
	at := func(text string) source.Span { return mark(t, f, text, 1) }
	run := &report.Run{
		Rules: sampleRules(), Confidential: map[string]bool{"prod.tfvars": true},
		Findings: []finding.Finding{{Rule: "public-subnet", Severity: finding.High, Subject: "s", Message: "m", At: at("password")}},
	}
	out := string(write(t, "markdown", run, report.OpenShown))
	if strings.Contains(out, "hunter2") || strings.Contains(out, "by the way") || !strings.Contains(out, " | password\n") {
		t.Errorf("got\n%s", out)
	}
	run.Confidential = nil
	run.Findings[0].At = at("key")
	if out := string(write(t, "markdown", run, report.OpenShown)); strings.Contains(out, key) || !strings.Contains(out, "key = \"***") {
		t.Errorf("got\n%s", out)
	}
}

// Columns of rdjson count bytes: the text between them is the span's.
func TestRDJSONColumns(t *testing.T) {
	run := sampleRun(t)
	var result struct {
		Diagnostics []struct {
			Location struct {
				Path  string
				Range struct{ Start, End struct{ Line, Column int } }
			}
		}
	}
	if err := json.Unmarshal(write(t, "rdjson", run, report.OpenLeftOut), &result); err != nil {
		t.Fatal(err)
	}
	for i, d := range result.Diagnostics {
		at := run.Findings[i].At.Host()
		text := strings.TrimPrefix(string(at.File.Bytes), "\ufeff")
		line := strings.Split(text, "\n")[d.Location.Range.Start.Line-1]
		if got := line[d.Location.Range.Start.Column-1 : d.Location.Range.End.Column-1]; got != at.Text() {
			t.Errorf("%s: the columns are those of %q, the finding is at %q", d.Location.Path, got, at.Text())
		}
	}
}

// FuzzFormats holds that whatever stands in files and names, each output is one that its reader takes, and tells every problem.
func FuzzFormats(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text, 1, 5)
	}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if len(text) > 1<<14 {
			return
		}
		run := hostile(text)
		run.Findings[0].At = run.Findings[0].At.File.Span(start, end)
		for _, format := range []string{"gitlab", "rdjson"} {
			if out := write(t, format, run, report.OpenShown); !json.Valid(out) || bytes.Contains(out, []byte("##[")) {
				t.Errorf("%s: %q", format, out)
			}
		}
		for _, format := range []string{"junit", "checkstyle"} {
			out := write(t, format, run, report.OpenShown)
			if n := elements(t, out); n["testcase"]+n["error"] != 2 {
				t.Errorf("%s: %v in %q", format, n, out)
			}
		}
		commands := obeyed(write(t, "github", run, report.OpenShown))
		if len(commands) < 2 || commands[0].Name != "warning" || commands[len(commands)-1].Name != "notice" {
			t.Errorf("the runner does %q", commands)
		}
		if out := write(t, "markdown", run, report.OpenShown); !utf8.Valid(out) || bytes.Count(out, []byte("\n| ")) != 6 {
			t.Errorf("markdown: %d lines of tables", bytes.Count(out, []byte("\n| ")))
		}
	})
}

// elements counts the elements of an XML document by name.
func elements(t testing.TB, document []byte) map[string]int {
	t.Helper()
	n := map[string]int{}
	for d := xml.NewDecoder(bytes.NewReader(document)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatalf("%v in %q", err, document)
		}
		if e, ok := token.(xml.StartElement); ok {
			n[e.Name.Local]++
		}
	}
}

package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
)

// The readers that others wrote. Where a variable isn't set, what needs it is left out; .ci/run sets them.
const (
	// readersEnv is a Python that has junitparser, lxml and cmarkgfm, see testdata/readers.py.
	readersEnv = "VPCLINT_READERS"
	// schemasEnv is a directory with junit-10.xsd (Jenkins' xUnit plugin), codeclimate.json (GitLab) and DiagnosticResult.json
	// (reviewdog).
	schemasEnv = "VPCLINT_SCHEMAS"
	// actionsEnv is a directory with the npm package @actions/core in node_modules.
	actionsEnv = "VPCLINT_ACTIONS"
)

// readable are the runs that every reader is tried on.
func readable(t testing.TB) map[string]*report.Run {
	all := &report.Run{Rules: sampleRules()}
	for _, text := range hostileTexts {
		run := hostile(text)
		all.Findings = append(all.Findings, run.Findings...)
		all.Undecided = append(all.Undecided, run.Undecided...)
	}
	return map[string]*report.Run{
		"clean": {Rules: sampleRules()}, "sample": sampleRun(t), "placeless": placeless(), "many": manyFindings(100), "hostile": all,
	}
}

// A listed is what a report must say of a problem.
type listed struct{ rule, subject, message, path string }

func problems(run *report.Run) []listed {
	var out []listed
	add := func(rule, subject, message string, path string) {
		out = append(out, listed{rule, report.Escape(subject), report.Escape(message), path})
	}
	path := func(f finding.Finding) string {
		if f.At.IsZero() {
			return "."
		}
		return f.At.Host().File.Path
	}
	for _, f := range run.Findings {
		add(f.Rule, f.Subject, f.Message, path(f))
	}
	for _, u := range run.Undecided {
		add(u.Rule, u.Subject, "undecided, since "+u.Reason, path(finding.Finding{At: u.At}))
	}
	return out
}

// What the readers say of the reports, by the names of the files.
type (
	readCase struct{ Suite, Class, Name, Result, Message string }
	readLine struct{ File, Line, Column, Severity, Message, Source string }
	readPage struct {
		Tables   [][][]string
		Elements []string
		Links    []string
		Mentions []string
		Details  int
		Open     []string
	}
)

func TestReaders(t *testing.T) {
	python := os.Getenv(readersEnv)
	if python == "" {
		t.Skipf("the readers of JUnit, Checkstyle and Markdown are not to be had: %s is not set", readersEnv)
	}
	runs := readable(t)
	dir := t.TempDir()
	for name, run := range runs {
		for _, format := range []string{"junit", "checkstyle", "markdown"} {
			if err := os.WriteFile(filepath.Join(dir, name+"."+format), write(t, format, run, report.OpenShown), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	args := []string{filepath.Join("testdata", "readers.py"), dir}
	if schemas := os.Getenv(schemasEnv); schemas != "" {
		args = append(args, filepath.Join(schemas, "junit-10.xsd"))
	} else {
		t.Logf("JUnit's schema is not to be had: %s is not set", schemasEnv)
	}
	cmd := exec.Command(python, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, &said)
	}
	var read map[string]json.RawMessage
	if err := json.Unmarshal(out, &read); err != nil {
		t.Fatal(err)
	}
	for name, run := range runs {
		t.Run(name, func(t *testing.T) {
			checkCases(t, problems(run), understood[[]readCase](t, read[name+".junit"]))
			checkLines(t, problems(run), understood[[]readLine](t, read[name+".checkstyle"]))
			checkPage(t, run, understood[readPage](t, read[name+".markdown"]))
		})
	}
}

// understood decodes what a reader says.
func understood[T any](t *testing.T, said json.RawMessage) T {
	t.Helper()
	var out T
	if err := json.Unmarshal(said, &out); err != nil {
		t.Fatalf("%v: %.2000s", err, said)
	}
	return out
}

func checkCases(t *testing.T, want []listed, got []readCase) {
	if len(want) == 0 {
		if len(got) != 1 || got[0].Result != "Passed" {
			t.Errorf("a clean run has the tests %+v", got)
		}
		return
	}
	if len(got) != len(want) {
		t.Errorf("%d test cases of %d problems", len(got), len(want))
	}
	names := map[string]bool{}
	for _, c := range got {
		if names[c.Class+c.Name] {
			t.Errorf("two tests are %s of %s", c.Name, c.Class)
		}
		names[c.Class+c.Name] = true
	}
	for _, p := range want {
		told := false
		for _, c := range got {
			told = told || c.Class == "vpclint."+p.rule && strings.HasPrefix(c.Message, legible(p.subject+": "+p.message)) &&
				c.Suite == legible(report.Escape(p.path)) && (c.Result == "Skipped") == strings.HasPrefix(p.message, "undecided")
		}
		if !told {
			t.Errorf("JUnit: nothing tells of %+v", p)
		}
	}
}

func checkLines(t *testing.T, want []listed, got []readLine) {
	if len(got) != len(want) {
		t.Errorf("%d lines of %d problems", len(got), len(want))
	}
	for _, p := range want {
		told := false
		for _, l := range got {
			told = told || l.Source == "vpclint."+p.rule && strings.HasPrefix(l.Message, legible(p.subject+": "+p.message)) && l.File == legible(report.Escape(p.path))
		}
		if !told {
			t.Errorf("Checkstyle: nothing tells of %+v", p)
		}
	}
}

// legible is a text as XML can say it.
func legible(text string) string {
	return strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd").Replace(text)
}

// checkPage holds that the page shows every finding as it is, and that nothing but vpclint's own markup is on it.
func checkPage(t *testing.T, run *report.Run, page readPage) {
	allowed := map[string]bool{}
	for _, name := range strings.Fields("html body h3 h4 p table thead tbody tr th td a code pre ul li strong details summary") {
		allowed[name] = true
	}
	for _, name := range page.Elements {
		if !allowed[name] {
			t.Errorf("the page has an element %s", name)
		}
	}
	for _, link := range page.Links {
		if !strings.HasPrefix(link, "https://github.com/vpclint/vpclint/blob/main/rules/") && !strings.HasPrefix(link, "https://github.com/o/r/blob/"+commit+"/") {
			t.Errorf("the page links to %s", link)
		}
	}
	if len(page.Mentions) > 0 || len(page.Open) > 0 {
		t.Errorf("GitHub would make links of %q; folds in %q", page.Mentions, page.Open)
	}
	if len(run.Findings) == 0 {
		if len(page.Tables) > 0 {
			t.Errorf("a clean run has tables: %q", page.Tables)
		}
		return
	}
	if len(page.Tables[0]) != len(run.Findings) {
		t.Fatalf("%d rows of %d findings", len(page.Tables[0]), len(run.Findings))
	}
	cells := map[string]bool{}
	for _, row := range page.Tables[0] {
		cells[shown(row[1]+" "+row[2])] = true
	}
	for _, f := range run.Findings {
		subject := report.Escape(f.Subject) + ": "
		if !f.At.IsZero() { // what is named by its file isn't named twice
			subject = strings.TrimPrefix(subject, f.At.Host().File.Path+":")
		}
		if want := shown(f.Rule + " " + subject + report.Escape(f.Message)); !cells[want] && !cells[shown(f.Rule+" "+report.Escape(f.Message))] {
			t.Errorf("no row says %.200q", want)
		}
	}
}

// shown is a text without blanks and what has no width.
func shown(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\u200b", "")), "")
}

func TestPublishedSchemas(t *testing.T) {
	dir := os.Getenv(schemasEnv)
	if dir == "" {
		t.Skipf("the schemas of GitLab and reviewdog are not to be had: %s is not set", schemasEnv)
	}
	issues, diagnostics := compiled(t, filepath.Join(dir, "codeclimate.json")), compiled(t, filepath.Join(dir, "DiagnosticResult.json"))
	for name, run := range readable(t) {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, "rdjson", run, report.OpenShown)))
		if err != nil {
			t.Fatal(err)
		}
		if err := diagnostics.Validate(document); err != nil {
			t.Errorf("%s: reviewdog: %v", name, err)
		}
		if n := len(document.(map[string]any)["diagnostics"].([]any)); n != len(problems(run)) {
			t.Errorf("%s: reviewdog: %d diagnostics", name, n)
		}
		if document, err = jsonschema.UnmarshalJSON(bytes.NewReader(write(t, "gitlab", run, report.OpenShown))); err != nil {
			t.Fatal(err)
		}
		if n := len(document.([]any)); n != len(problems(run)) {
			t.Errorf("%s: GitLab: %d issues", name, n)
		}
		// GitLab holds each issue against its schema, and stops at the first that isn't valid.
		for i, issue := range document.([]any) {
			if err := issues.Validate(issue); err != nil {
				t.Errorf("%s: GitLab: issue %d: %v", name, i, err)
			}
		}
	}
}

func compiled(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// GitHub's own library writes the commands that the runner reads: what it makes of a problem is what is written.
func TestActionsCore(t *testing.T) {
	dir := os.Getenv(actionsEnv)
	if dir == "" {
		t.Skipf("GitHub's library is not to be had: %s is not set", actionsEnv)
	}
	for name, run := range readable(t) {
		output := write(t, "github", run, report.OpenShown)
		commands := obeyed(output)
		given, err := json.Marshal(commands)
		if err != nil {
			t.Fatal(err)
		}
		script, err := filepath.Abs(filepath.Join("testdata", "actions.mjs"))
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("node", script, dir)
		cmd.Stdin, cmd.Stderr = bytes.NewReader(given), os.Stderr
		wrote, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := lines(output), lines(wrote)
		if len(ours) != len(theirs) || len(ours) != len(commands) {
			t.Fatalf("%s: %d commands on %d lines, and %d of GitHub's", name, len(commands), len(ours), len(theirs))
		}
		for i := range ours {
			if ours[i] != theirs[i] {
				t.Errorf("%s: got\n%s\nGitHub's library writes\n%s", name, ours[i], theirs[i])
			}
		}
	}
}

func lines(output []byte) []string {
	if len(output) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(output), "\n"), "\n")
}

// Package report answers how the outcome of a run is shown: as text for people, as JSON for scripts, as SARIF for code
// scanning, and in the forms that CI systems show.
//
// Its input is a Run, whose findings are decided and sorted; its output is bytes that depend on nothing but the Run. It
// decides nothing: severities, ignores, baselines and exit codes are settled before. It must not know rules, which come
// in as data, nor the languages that the findings are about.
package report

import (
	"fmt"
	"time"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/source"
)

// A Rule is what the reports say of a rule. Its texts are constant from run to run: GitHub stores one text per rule.
type Rule struct {
	ID string
	// Name is the ID in PascalCase.
	Name string
	// Short and Full are sentences of at most 1,024 characters.
	Short, Full string
	// HelpText and HelpMarkdown are the rule's page.
	HelpText, HelpMarkdown string
	URI                    string
	Severity               finding.Severity
	// Precision is one of very-high, high, medium and low; empty is high.
	Precision string
	// Tags stand after those that all rules have.
	Tags []string
}

// A Run is the outcome of one run.
type Run struct {
	// Version has no leading v.
	Version string
	// Root is the absolute path of the repository's root, WorkDir that of the working directory. The text output's paths
	// are relative to WorkDir, all others to Root.
	Root, WorkDir string
	// Links are where the files that are links lead: code scanning shows nothing of a link.
	Links map[string]string
	// Rules are all enabled rules, sorted by ID.
	Rules []Rule
	// Findings are sorted by finding.Compare, Undecided by finding.CompareUndecided.
	Findings  []finding.Finding
	Undecided []finding.Undecided
	// Ignored are findings that don't count, in the order of Findings: those that an ignore silences, and those of the baseline.
	Ignored []Ignored
	Summary Summary
	// Confidential are the paths of files that hold secrets in clear: of their lines nothing is shown but what a finding is
	// about.
	Confidential map[string]bool
	// Secrets are the credentials of the run, which are masked in the source that is shown. What findings say holds none.
	Secrets *secret.Vault
	// ExitCode is that of the process. Failed says that the run itself failed, which findings never do, and Failure why.
	ExitCode int
	Failed   bool
	Failure  string
}

// An Ignored is a finding that doesn't count.
type Ignored struct {
	finding.Finding
	// Reason is what the user gives for it.
	Reason string
	// InSource says that it is ignored in the files that are judged, not in a configuration or a baseline, and From where.
	InSource bool
	From     source.Span
}

// A Summary is a run in numbers.
type Summary struct {
	Files, Resources        int
	Errors, Warnings, Notes int
	Undecided               int
	Ignored, Baselined      int
	Unreadable              int
	Elapsed                 time.Duration
}

// SummaryLine returns the summary in one line, without its end. All counts are always there, so that a zero is said and
// not left to be guessed.
func SummaryLine(s Summary) string {
	return fmt.Sprintf("%s, %s, %s; %d undecided; %s in %s (%d ignored, %d in the baseline) in %s",
		count(s.Errors, "error"), count(s.Warnings, "warning"), count(s.Notes, "note"), s.Undecided,
		count(s.Resources, "resource"), count(s.Files, "file"), s.Ignored, s.Baselined, elapsed(s.Elapsed))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func elapsed(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%dms", d.Milliseconds())
	case d.Round(time.Second/10) < time.Minute:
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	return d.Round(time.Second).String()
}

package report

import (
	"io"
	"strconv"

	"github.com/vpclint/vpclint/internal/finding"
)

// An issue is an element of GitLab's Code Quality report:
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
type issue struct {
	Description string        `json:"description"`
	CheckName   string        `json:"check_name"`
	Fingerprint string        `json:"fingerprint"`
	Severity    string        `json:"severity"`
	Location    issueLocation `json:"location"`
}

type issueLocation struct {
	Path  string     `json:"path"`
	Lines issueLines `json:"lines"`
}

type issueLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// GitLab writes the run as a Code Quality report. Merge requests show the description only, so that it names the rule.
func GitLab(w io.Writer, run *Run, open Open) error {
	issues := []issue{} // an empty report is an empty array: it is what says that the faults of the target branch are mended
	seen := map[string]int{}
	for _, f := range problems(run, open) {
		at := resolve(f.At)
		issues = append(issues, issue{
			Description: Escape(f.Rule) + ": " + clause(f),
			CheckName:   f.Rule,
			Fingerprint: uniqueFingerprint(f, seen),
			Severity:    issueSeverity(f, open),
			Location:    issueLocation{Path: at.path(), Lines: issueLines{Begin: max(at.line, 1), End: max(at.line, 1)}},
		})
	}
	return WriteJSON(w, issues)
}

// uniqueFingerprint returns a problem's fingerprint, salted where the report has had it: GitLab keeps one issue of each, and
// tells new ones from old ones by it.
func uniqueFingerprint(f finding.Finding, seen map[string]int) string {
	identity := Fingerprint(f)
	seen[identity]++
	if n := seen[identity]; n > 1 {
		return finding.Digest(identity, strconv.Itoa(n))
	}
	return identity
}

func issueSeverity(f finding.Finding, open Open) string {
	switch f.Severity {
	case finding.Critical:
		return "blocker"
	case finding.High:
		return "critical"
	case finding.Medium:
		return "major"
	case finding.Low:
		return "minor"
	}
	if open == OpenFails {
		return "major"
	}
	return "info"
}

package cli

import (
	"fmt"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/rules"
)

// run makes the report's view of a result: severities, what counts, and the exit code.
func (p *policy) run(r *lint.Result, workDir string) *report.Run {
	run := &report.Run{
		Version: Version, Root: r.Root, WorkDir: workDir, Links: r.Links, Undecided: r.Undecided, ExitCode: exitClean, Confidential: map[string]bool{}, Secrets: r.Secrets,
		Summary: report.Summary{
			Files: r.Files, Resources: r.Resources, Undecided: len(r.Undecided), Elapsed: r.Elapsed,
			Ignored: len(r.Ignored) + len(r.IgnoredUndecided), Baselined: len(r.Baselined),
		},
	}
	for _, x := range r.Ignored {
		run.Ignored = append(run.Ignored, report.Ignored{Finding: p.graded(x.Finding), Reason: x.Reason, InSource: x.InSource, From: x.From})
	}
	for _, x := range r.Baselined {
		run.Ignored = append(run.Ignored, report.Ignored{Finding: p.graded(x.Finding), Reason: x.Reason})
	}
	for _, path := range r.Confidential {
		run.Confidential[path] = true
	}
	for _, rule := range p.rules {
		run.Rules = append(run.Rules, p.describe(rule))
	}
	for _, f := range r.Findings {
		f = p.graded(f)
		if f.Severity < p.minSeverity {
			continue
		}
		run.Findings = append(run.Findings, f)
		switch f.Severity.Level() {
		case "error":
			run.Summary.Errors++
		case "warning":
			run.Summary.Warnings++
		default:
			run.Summary.Notes++
		}
		if f.Rule == frontend.UnreadableRule {
			run.Summary.Unreadable++
		}
		if p.failOn != 0 && f.Severity >= p.failOn {
			run.ExitCode = exitFindings
		}
	}
	if p.undecided == "fail" && len(r.Undecided) > 0 {
		run.ExitCode = exitFindings
	}
	if p.exitZero {
		run.ExitCode = exitClean
	}
	return run
}

// graded returns a finding with the severity that the user gives its rule.
func (p *policy) graded(f finding.Finding) finding.Finding {
	if s, ok := p.severity[f.Rule]; ok {
		f.Severity = s
	}
	return f
}

const (
	repositoryURI = "https://github.com/vpclint/vpclint/blob/main/"
	rulesURI      = repositoryURI + "rules/"
)

func (p *policy) describe(r *rules.Rule) report.Rule {
	severity := r.Severity
	if s, ok := p.severity[r.ID]; ok {
		severity = s
	}
	described := report.Rule{
		ID: r.ID, Name: r.Name(), Short: r.Title, URI: rulesURI + r.ID + ".md", Severity: severity, Precision: r.Precision,
	}
	if p.pages {
		described.Full, described.HelpText, described.HelpMarkdown = r.Summary(), r.Section("Fix"), r.Brief(repositoryURI)
	}
	for _, n := range r.Weaknesses {
		described.Tags = append(described.Tags, fmt.Sprintf("external/cwe/cwe-%03d", n)) // as CodeQL writes them
	}
	return described
}

package report

import (
	"io"

	"github.com/vpclint/vpclint/internal/finding"
)

// schemaVersion is the version of the JSON output. Members may be added within a version; none goes or changes.
const schemaVersion = 1

type jsonRun struct {
	SchemaVersion int             `json:"schemaVersion"`
	Findings      []jsonFinding   `json:"findings"`
	Undecided     []jsonUndecided `json:"undecided"`
	Summary       jsonSummary     `json:"summary"`
}

type jsonFinding struct {
	Rule        string     `json:"rule"`
	Severity    string     `json:"severity"`
	Subject     string     `json:"subject"`
	Property    string     `json:"property"`
	Message     string     `json:"message"`
	Help        string     `json:"help"`
	Path        string     `json:"path"`
	Line        int        `json:"line"`
	Column      int        `json:"column"`
	EndLine     int        `json:"endLine"`
	EndColumn   int        `json:"endColumn"`
	Cell        int        `json:"cell,omitempty"`
	CellLine    int        `json:"cellLine,omitempty"`
	Trace       []jsonStep `json:"trace"`
	Related     []jsonStep `json:"related"`
	Fingerprint string     `json:"fingerprint"`
	// Fix is part of the contract; no rule has an automatic one yet, so it is null.
	Fix *struct{} `json:"fix"`
}

type jsonStep struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Cell     int    `json:"cell,omitempty"`
	CellLine int    `json:"cellLine,omitempty"`
	Message  string `json:"message"`
}

type jsonUndecided struct {
	Rule     string `json:"rule"`
	Subject  string `json:"subject"`
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Cell     int    `json:"cell,omitempty"`
	CellLine int    `json:"cellLine,omitempty"`
	Reason   string `json:"reason"`
}

// jsonSummary has no time, so that the same tree gives the same bytes.
type jsonSummary struct {
	Files      int `json:"files"`
	Resources  int `json:"resources"`
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Notes      int `json:"notes"`
	Undecided  int `json:"undecided"`
	Ignored    int `json:"ignored"`
	Baselined  int `json:"baselined"`
	Unreadable int `json:"unreadable"`
}

// JSON writes the run for scripts. Paths are relative to the repository's root, columns count code points.
func JSON(w io.Writer, run *Run) error {
	s := run.Summary
	out := jsonRun{
		SchemaVersion: schemaVersion,
		Findings:      make([]jsonFinding, 0, len(run.Findings)),
		Undecided:     make([]jsonUndecided, 0, len(run.Undecided)),
		Summary: jsonSummary{
			Files: s.Files, Resources: s.Resources, Errors: s.Errors, Warnings: s.Warnings, Notes: s.Notes,
			Undecided: s.Undecided, Ignored: s.Ignored, Baselined: s.Baselined, Unreadable: s.Unreadable,
		},
	}
	for _, f := range run.Findings {
		out.Findings = append(out.Findings, jsonOf(f))
	}
	for _, u := range run.Undecided {
		at := jsonPlace(resolve(u.At))
		out.Undecided = append(out.Undecided, jsonUndecided{
			Rule: u.Rule, Subject: u.Subject,
			Path: at.Path, Line: at.Line, Column: at.Column, Cell: at.Cell, CellLine: at.CellLine,
			Reason: u.Reason,
		})
	}
	return WriteJSON(w, out)
}

func jsonOf(f finding.Finding) jsonFinding {
	p := resolve(f.At)
	at := jsonPlace(p)
	_, end := p.columns()
	return jsonFinding{
		Rule: f.Rule, Severity: f.Severity.String(), Subject: f.Subject, Property: f.Property,
		Message: f.Message, Help: f.Help,
		Path: at.Path, Line: at.Line, Column: at.Column, EndLine: at.Line, EndColumn: end,
		Cell: at.Cell, CellLine: at.CellLine,
		Trace: jsonSteps(f.Trace), Related: jsonSteps(f.Related),
		Fingerprint: Fingerprint(f),
	}
}

func jsonSteps(steps []finding.Step) []jsonStep {
	out := make([]jsonStep, 0, len(steps))
	for _, step := range steps {
		at := jsonPlace(resolve(step.Span))
		at.Message = step.Message
		out = append(out, at)
	}
	return out
}

// jsonPlace returns a step without its message. What stands nowhere is at the first character of no file.
func jsonPlace(p place) jsonStep {
	if p.isZero() {
		return jsonStep{Line: 1, Column: 1}
	}
	column, _ := p.columns()
	cell, line := p.cell()
	return jsonStep{Path: p.file.Path, Line: p.line, Column: column, Cell: cell, CellLine: line}
}

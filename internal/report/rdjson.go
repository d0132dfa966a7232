package report

import (
	"io"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
)

// These are the messages of the Reviewdog Diagnostic Format:
// https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto.
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message  string      `json:"message"`
		Location rdLocation  `json:"location"`
		Severity string      `json:"severity"`
		Source   rdSource    `json:"source"`
		Code     rdCode      `json:"code"`
		Related  []rdRelated `json:"related_locations,omitempty"`
	}
	rdLocation struct {
		Path  string   `json:"path"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	rdRelated struct {
		Message  string     `json:"message,omitempty"`
		Location rdLocation `json:"location"`
	}
)

// RDJSON writes the run for reviewdog, whose columns count bytes.
func RDJSON(w io.Writer, run *Run, open Open) error {
	source := rdSource{Name: toolName, URL: toolURI}
	result := rdResult{Source: source, Diagnostics: []rdDiagnostic{}}
	uris := pages(run)
	for _, f := range problems(run, open) {
		severity := map[string]string{"error": "ERROR", "warning": "WARNING", "note": "INFO"}[level(f, open)]
		message := strings.Join(append([]string{clause(f)}, help(f)...), "\n")
		result.Diagnostics = append(result.Diagnostics, rdDiagnostic{
			Message:  message,
			Location: rdPlace(resolve(f.At)),
			Severity: severity,
			Source:   source,
			Code:     rdCode{Value: f.Rule, URL: uris[f.Rule]},
			Related:  rdSteps(f),
		})
	}
	return WriteJSON(w, result)
}

func rdSteps(f finding.Finding) []rdRelated {
	var out []rdRelated
	for _, steps := range [][]finding.Step{f.Trace, f.Related} {
		for _, step := range steps {
			if p := resolve(step.Span); !p.isZero() {
				out = append(out, rdRelated{Message: Escape(step.Message), Location: rdPlace(p)})
			}
		}
	}
	return out
}

func rdPlace(p place) rdLocation {
	if p.isZero() {
		return rdLocation{Path: nowhere}
	}
	start, end := p.widened().byteColumns()
	return rdLocation{Path: p.file.Path, Range: &rdRange{Start: rdPosition{p.line, start}, End: rdPosition{p.line, end}}}
}

package report

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

type checkstyleReport struct {
	XMLName xml.Name          `xml:"checkstyle"`
	Version string            `xml:"version,attr"`
	Files   []*checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// checkstyleVersion is that of the tool whose reports these look like; readers look at none newer.
const checkstyleVersion = "5.0"

// Checkstyle writes the run as a report of Checkstyle's, which reviewdog, Jenkins and many other tools read.
func Checkstyle(w io.Writer, run *Run, open Open) error {
	report := checkstyleReport{Version: checkstyleVersion}
	files := map[string]*checkstyleFile{}
	for _, f := range problems(run, open) {
		at := resolve(f.At)
		file := files[at.path()]
		if file == nil {
			file = &checkstyleFile{Name: xmlText(Escape(at.path()))}
			files[at.path()] = file
			report.Files = append(report.Files, file)
		}
		message := clause(f)
		if f.Help != "" {
			message += "; " + Escape(f.Help)
		}
		column, _ := at.columns()
		severity := level(f, open)
		if severity == "note" {
			severity = "info"
		}
		file.Errors = append(file.Errors, checkstyleError{
			Line: max(at.line, 1), Column: column, Severity: severity,
			Message: xmlText(message), Source: xmlText(toolName + "." + f.Rule),
		})
	}
	slices.SortStableFunc(report.Files, func(a, b *checkstyleFile) int { return strings.Compare(a.Name, b.Name) })
	return writeXML(w, report)
}

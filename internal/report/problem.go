package report

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
)

// Open says what becomes of undecided verdicts in the formats that list problems.
type Open uint8

// What becomes of undecided verdicts.
const (
	OpenLeftOut Open = iota
	OpenShown        // at the lowest level
	OpenFails        // at the highest level, since they fail the run
)

// unknown is the severity of an undecided verdict that is listed among the findings.
const unknown finding.Severity = 0

// problems returns the findings of a run, and the undecided verdicts after them where they are to be listed.
func problems(run *Run, open Open) []finding.Finding {
	out := run.Findings[:len(run.Findings):len(run.Findings)]
	if open == OpenLeftOut {
		return out
	}
	for _, u := range run.Undecided {
		out = append(out, finding.Finding{
			Rule: u.Rule, Severity: unknown, Unit: u.Unit, Root: u.Root, Subject: u.Subject, At: u.At,
			Message: "undecided, since " + u.Reason,
		})
	}
	return out
}

// level returns the level of a problem: "error", "warning" or "note".
func level(f finding.Finding, open Open) string {
	if f.Severity == unknown && open == OpenFails {
		return "error"
	}
	return f.Severity.Level()
}

// clause says in one line which resource a problem is about, and what is wrong with it.
func clause(f finding.Finding) string {
	text := Escape(f.Subject) + ": " + Escape(f.Message)
	if within := resolve(f.At).within(); within != "" {
		text += " (" + Escape(within) + ")"
	}
	return text
}

// located says in one line where a problem is, as compilers do, and what it is.
func located(f finding.Finding) string {
	at := resolve(f.At)
	if at.isZero() {
		return clause(f)
	}
	return at.whereabouts() + ": " + hereby(f, at)
}

// hereby is a problem's clause where its place is told beside it.
func hereby(f finding.Finding, at place) string {
	if subject := nameAt(f.Subject, at); subject != "" {
		return Escape(subject) + ": " + Escape(f.Message)
	}
	return Escape(f.Message)
}

// nameAt returns a subject's name where its place is told beside it: without the file that it is named by, and empty where it is
// the file.
func nameAt(subject string, at place) string {
	if at.isZero() {
		return subject
	}
	rest, named := strings.CutPrefix(subject, at.path())
	if name, more := strings.CutPrefix(rest, ":"); named && (more || rest == "") {
		return name
	}
	return subject
}

// notes returns the lines that lead from a problem to its cause.
func notes(f finding.Finding) []string {
	var lines []string
	for _, steps := range [][]finding.Step{f.Trace, f.Related} {
		for _, step := range steps {
			if step.Message == "" {
				continue // the use itself, which the place shows
			}
			line := "note: " + Escape(step.Message)
			if p := resolve(step.Span); !p.isZero() {
				line += " (" + strings.Join(append([]string{p.address()}, p.document()...), ", ") + ")"
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// help returns the line that says what to do, if there is one.
func help(f finding.Finding) []string {
	if f.Help == "" {
		return nil
	}
	return []string{"help: " + Escape(f.Help)}
}

// pages returns the address of each rule's page.
func pages(run *Run) map[string]string {
	out := make(map[string]string, len(run.Rules))
	for _, r := range run.Rules {
		out[r.ID] = r.URI
	}
	return out
}

// nowhere is the path of what stands in no file, for formats that want one: the repository itself.
const nowhere = "."

// path returns the root-relative path of a place.
func (p place) path() string {
	if p.isZero() {
		return nowhere
	}
	return p.file.Path
}

// address returns a place as compilers write it, relative to the repository's root: "infra/main.tf:6:28".
func (p place) address() string {
	if p.isZero() {
		return nowhere
	}
	column, _ := p.columns()
	return Escape(p.file.Path) + ":" + strconv.Itoa(p.line) + ":" + strconv.Itoa(column)
}

// document returns where in its file an embedded place stands, if it is one.
func (p place) document() []string {
	if within := p.within(); within != "" {
		return []string{Escape(within)}
	}
	return nil
}

// whereabouts is the address, and where in its file an embedded place stands: "train.ipynb:7:12 (cell 3, line 2)".
func (p place) whereabouts() string {
	text := p.address()
	for _, within := range p.document() {
		text += " (" + within + ")"
	}
	return text
}

// byteColumns returns the 1-based columns of the place's start and end in bytes.
func (p place) byteColumns() (start, end int) {
	if p.isZero() {
		return 1, 1
	}
	return p.file.Position(p.at + p.start).Byte, p.file.Position(p.at + p.end).Byte
}

// WriteJSON writes a document, inert.
func WriteJSON(w io.Writer, document any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document); err != nil {
		return err
	}
	_, err := w.Write(Inert(b.Bytes()))
	return err
}

// Inert returns JSON in which a CI runner finds nothing to obey. What it obeys anywhere on a line (see ordersAt) may stand in a name
// of a scanned file: it is written so that only a reader of JSON sees it.
func Inert(document []byte) []byte {
	inert := strings.NewReplacer("##[", `##\u005b`, "##vso[", `##vso\u005b`, "##teamcity[", `##teamcity\u005b`)
	return []byte(inert.Replace(string(document)))
}

// distinct returns items without repetitions, in their order.
func distinct(items []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, item := range items {
		if !seen[item] {
			seen[item] = true
			out = append(out, item)
		}
	}
	return out
}

package report

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
)

// MarkdownOptions are what the Markdown output has beside the findings.
type MarkdownOptions struct {
	Open Open
	// Blob is the address under which the repository's files are shown as they were checked, such as
	// "https://github.com/o/r/blob/<commit>"; empty where there is none.
	Blob string
}

// GitHub refuses a step summary that is longer: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits.
const (
	maxSummary  = 1 << 20
	maxTable    = 3 * maxSummary / 4 // the rest is for the details of the gravest
	noteReserve = 1 << 10            // for what says that something is left out
	codeWidth   = 100
)

// Markdown writes the run as a step summary or a comment: the counts, a table of what was found with the gravest first, and
// under a fold where each value comes from and what to do.
func Markdown(w io.Writer, run *Run, o MarkdownOptions) error {
	m := &markdownWriter{run: run, options: o, uris: pages(run), veil: veilOf(run.Secrets)}
	found := slices.Clone(run.Findings)
	slices.SortStableFunc(found, func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	m.headline()
	m.table(found)
	if o.Open != OpenLeftOut {
		m.undecided(gather(run.Undecided))
	}
	m.details(annotations(run, OpenLeftOut))
	_, err := w.Write(m.out.Bytes())
	return err
}

type markdownWriter struct {
	out     bytes.Buffer
	run     *Run
	options MarkdownOptions
	uris    map[string]string
	veil    veil
}

// headline writes the summary line but for its time: the same tree gives the same bytes.
func (m *markdownWriter) headline() {
	line := strings.TrimSuffix(SummaryLine(m.run.Summary), " in "+elapsed(m.run.Summary.Elapsed))
	found, rest, _ := strings.Cut(line, "; ")
	fmt.Fprintf(&m.out, "### %s: %s\n\n%s\n", toolName, found, rest)
}

// fits reports whether text can be added within a limit, and leaves room for a note that says that something is left out.
func (m *markdownWriter) fits(text string, limit int) bool {
	return m.out.Len()+len(text) <= limit-noteReserve
}

func (m *markdownWriter) table(found []finding.Finding) {
	m.rows([]string{"Severity", "Rule", "Finding", "Place"}, len(found), "finding", func(i int) string {
		f := found[i]
		at := resolve(f.At)
		return m.row(f.Severity.String(), m.rule(f.Rule), m.clause(f.Subject, f.Message, at), m.place(at))
	})
}

func (m *markdownWriter) undecided(open []*open) {
	m.rows([]string{"Undecided", "Subject", "Place"}, len(open), "undecided verdict", func(i int) string {
		u := open[i]
		var ids []string
		for _, id := range u.rules {
			ids = append(ids, m.rule(id))
		}
		at := resolve(u.At)
		return m.row(strings.Join(ids, ", "), m.clause(u.Subject, u.Reason, at), m.place(at))
	})
}

// rows writes a table of n rows, as far as there is room.
func (m *markdownWriter) rows(heads []string, n int, noun string, row func(int) string) {
	head := "\n" + m.row(heads...) + strings.Repeat("| --- ", len(heads)) + "|\n"
	for i := range n {
		line := row(i)
		if i == 0 {
			line = head + line
		}
		if !m.fits(line, maxTable) {
			fmt.Fprintf(&m.out, "\n%s more: a summary has no room for them.\n", count(n-i, noun))
			return
		}
		m.out.WriteString(line)
	}
}

func (m *markdownWriter) row(cells ...string) string {
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// details writes under a fold what leads to the findings and what to do, as far as there is room. What one rule says of one line is
// told together.
func (m *markdownWriter) details(found []*annotation) {
	if len(found) == 0 {
		return
	}
	m.out.WriteString("\n<details>\n<summary>Where the values come from, and what to do</summary>\n")
	for i, a := range found {
		text := m.detail(a)
		if !m.fits(text, maxSummary) {
			fmt.Fprintf(&m.out, "\nThe details of %s more are left out: a summary has no room for them.\n", count(len(found)-i, "place"))
			break
		}
		m.out.WriteString(text)
	}
	m.out.WriteString("\n</details>\n")
}

func (m *markdownWriter) detail(a *annotation) string {
	var b strings.Builder
	first := a.problems[0]
	fmt.Fprintf(&b, "\n#### %s\n\n%s, %s\n", m.clause(first.Subject, first.Message, a.at), m.rule(a.rule), m.place(a.at))
	if !a.at.isZero() {
		b.WriteString("\n" + m.snippet(a.at, first.Label))
	}
	var others, steps, help []string
	for _, f := range a.problems {
		others = append(others, "also "+m.clause(f.Subject, f.Message, a.at))
		for _, step := range slices.Concat(f.Trace, f.Related) {
			if step.Message != "" {
				steps = append(steps, markdownText(step.Message)+": "+m.place(resolve(step.Span)))
			}
		}
		if f.Help != "" {
			help = append(help, "**help**: "+markdownText(f.Help))
		}
	}
	if items := distinct(slices.Concat(others[1:], steps, help)); len(items) > 0 {
		b.WriteString("\n- " + strings.Join(items, "\n- ") + "\n")
	}
	return b.String()
}

// snippet returns the line of a place as the text output shows it, in a fence that nothing in the line can end.
func (m *markdownWriter) snippet(at place, label string) string {
	var b bytes.Buffer
	t := &textWriter{Writer: bufio.NewWriter(&b), width: codeWidth, confidential: m.run.Confidential, veil: m.veil}
	t.snippet(at, "", Escape(label))
	_ = t.Flush() // of a buffer in memory
	fence := "```"
	for strings.Contains(b.String(), fence) {
		fence += "`"
	}
	return fence + "text\n" + b.String() + fence + "\n"
}

// clause says which resource it is about, whose place is told beside it, and what is wrong with it.
func (m *markdownWriter) clause(subject, message string, at place) string {
	if name := nameAt(subject, at); name != "" {
		return markdownCode(name) + ": " + markdownText(message)
	}
	return markdownText(message)
}

// rule returns the name of a rule, linked to its page.
func (m *markdownWriter) rule(id string) string {
	if uri := m.uris[id]; uri != "" {
		return "[" + markdownCode(id) + "](" + uri + ")"
	}
	return markdownCode(id)
}

// place returns an address, linked to the line of the file where the repository is shown somewhere.
func (m *markdownWriter) place(p place) string {
	if p.isZero() {
		return "no place"
	}
	text := markdownCode(p.whereabouts())
	if m.options.Blob == "" || p.outside() {
		return text
	}
	query := ""
	if strings.HasSuffix(p.file.Path, ".ipynb") || strings.HasSuffix(p.file.Path, ".md") {
		query = "?plain=1" // what is shown rendered has no lines
	}
	return fmt.Sprintf("[%s](%s/%s%s#L%d)", text, m.options.Blob, linkPath(p.file.Path), query, p.line)
}

// linkPath returns a path for use as the end of a link's target, which a parenthesis would close.
func linkPath(path string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "@", "%40").Replace(uri(path))
}

// markdownCode returns text as code. A span of backticks can't hold a backtick, nor, in a table, every pipe.
func markdownCode(text string) string {
	text = Escape(text)
	if text == "" {
		return ""
	}
	if strings.ContainsAny(text, "`|\\") || strings.TrimSpace(text) != text {
		return "<code>" + markdownText(text) + "</code>"
	}
	return "`" + text + "`"
}

// markdownText returns text that Markdown shows as it is: no markup, no HTML, no link, and no mention of anyone, which
// GitHub makes of what the text shows ("@name", "#1"), so that a character of no width parts these.
func markdownText(text string) string {
	text = Escape(text)
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == '@' || r == '#':
			fmt.Fprintf(&b, "&#%d;&#8203;", r)
		case r == '_' && inWord(text, i):
			b.WriteByte('_')
		case strings.ContainsRune("\\`*_{}[]<>|~$&!", r), r == ':' && strings.HasPrefix(text[i:], "://"):
			fmt.Fprintf(&b, "&#%d;", r)
		case r == '.' && i >= 3 && strings.EqualFold(text[i-3:i], "www"):
			b.WriteString("&#8203;.")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inWord reports whether letters or digits stand on both sides of the byte at i: an underscore there is no emphasis.
func inWord(text string, i int) bool {
	alphanumeric := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
	return i > 0 && i+1 < len(text) && alphanumeric(text[i-1]) && alphanumeric(text[i+1])
}

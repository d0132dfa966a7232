package report

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/source"
)

// TextOptions are how the text output looks.
type TextOptions struct {
	// Color allows ANSI colours.
	Color bool
	// ShowUndecided lists the undecided verdicts after the findings.
	ShowUndecided bool
	// Width is the terminal's, in columns; 0 where there is none.
	Width int
	// Statistics lists the rules, with how many findings each has, before the summary line.
	Statistics bool
	// Quiet leaves out the summary line.
	Quiet bool
	// Links are what becomes a link, for terminals that have them.
	Links Links
}

// Text writes the run for people: every finding with the line it stands on, where its value comes from, and what to do,
// then the summary line.
func Text(w io.Writer, run *Run, o TextOptions) error {
	t := &textWriter{
		Writer: bufio.NewWriter(w),
		paths:  pathmap{root: run.Root, workDir: run.WorkDir},
		width:  o.Width,

		links:        linksOf(run, o.Links),
		confidential: run.Confidential,
		veil:         veilOf(run.Secrets),
	}
	t.terminal = t.width > 0
	if !t.terminal {
		t.width = defaultWidth
	}
	if o.Color {
		t.color = ansi
	}
	for _, f := range run.Findings {
		t.finding(f)
		t.line("")
	}
	if o.ShowUndecided {
		for _, g := range gather(run.Undecided) {
			t.undecided(g)
			t.line("")
		}
	}
	if o.Statistics {
		t.statistics(statisticsOf(run))
	}
	if !o.Quiet {
		t.line(SummaryLine(run.Summary))
	}
	return t.Flush() // a bufio.Writer keeps its first error until here
}

// A palette holds the escape sequences of the output's parts; the zero palette has no colours.
type palette struct {
	error, warning, note, help, undecided, strong, frame, reset string
}

var ansi = palette{
	error:     "\x1b[1;31m",
	warning:   "\x1b[1;33m",
	note:      "\x1b[1;36m",
	help:      "\x1b[1;32m",
	undecided: "\x1b[1;35m",
	strong:    "\x1b[1m",
	frame:     "\x1b[1;34m",
	reset:     "\x1b[0m",
}

func (p palette) level(s finding.Severity) string {
	switch s.Level() {
	case "error":
		return p.error
	case "warning":
		return p.warning
	}
	return p.note
}

type textWriter struct {
	confidential map[string]bool
	veil         veil
	*bufio.Writer
	paths pathmap
	links links
	color palette
	width int
	// terminal says that the width is one's, which breaks what is longer.
	terminal bool
}

// line writes its parts and a line break. Parts must be escaped.
func (t *textWriter) line(parts ...string) {
	for _, part := range parts {
		t.WriteString(part)
	}
	t.WriteByte('\n')
}

// paint returns text in a colour of the palette.
func (t *textWriter) paint(color, text string) string {
	if color == "" || text == "" {
		return text
	}
	return color + text + t.color.reset
}

func (t *textWriter) finding(f finding.Finding) {
	color := t.color.level(f.Severity)
	t.line(t.paint(color, f.Severity.Level()+"["+t.links.rule(f.Rule, Escape(f.Rule))+"]"),
		t.paint(t.color.strong, ": "+Escape(f.Subject)+": "+Escape(f.Message)))
	if p := resolve(f.At); !p.isZero() {
		t.place(p)
		t.snippet(p, color, Escape(f.Label))
	}
	for _, step := range f.Trace {
		t.note(step)
	}
	for _, step := range f.Related {
		t.note(step)
	}
	if f.Help != "" {
		t.line(t.paint(t.color.help, "help"), ": ", Escape(f.Help))
	}
	t.line("  ", t.paint(t.color.frame, "="), " vpclint explain ", Escape(f.Rule))
}

// An open is what several rules don't know of one subject, for one reason at one place.
type open struct {
	finding.Undecided
	rules []string
}

// gather puts together what is undecided for one reason: an unknown list of subnets leaves a dozen rules open, and its reader
// wants to read of it once.
func gather(undecided []finding.Undecided) []*open {
	type key struct {
		at              source.Span
		subject, reason string
	}
	seen := map[key]*open{}
	var out []*open
	for _, u := range undecided {
		k := key{u.At, u.Subject, u.Reason}
		if seen[k] == nil {
			seen[k] = &open{Undecided: u}
			out = append(out, seen[k])
		}
		if o := seen[k]; !slices.Contains(o.rules, u.Rule) {
			o.rules = append(o.rules, u.Rule)
		}
	}
	return out
}

func (t *textWriter) undecided(u *open) {
	rules := make([]string, len(u.rules))
	for i, id := range u.rules {
		rules[i] = t.links.rule(id, Escape(id))
	}
	t.line(t.paint(t.color.undecided, "undecided["+strings.Join(rules, ", ")+"]"),
		t.paint(t.color.strong, ": "+Escape(u.Subject)+": "+Escape(u.Reason)))
	if p := resolve(u.At); !p.isZero() {
		t.place(p)
	}
}

// note writes a step of the trace. A step that says nothing is the use itself, which the caret already shows.
func (t *textWriter) note(step finding.Step) {
	if step.Message == "" {
		return
	}
	t.line(t.paint(t.color.note, "note"), ": ", Escape(step.Message))
	if p := resolve(step.Span); !p.isZero() {
		t.place(p)
	}
}

func (t *textWriter) place(p place) {
	column, _ := p.columns()
	where := t.links.place(p, t.paths.show(p.file.Path)+":"+strconv.Itoa(p.line)+":"+strconv.Itoa(column))
	if within := p.within(); within != "" {
		where += " (" + Escape(within) + ")"
	}
	t.line("  ", t.paint(t.color.frame, "-->"), " ", where)
}

func (t *textWriter) snippet(p place, color, label string) {
	number := strconv.Itoa(p.line)
	gutter := strings.Repeat(" ", len(number)+1)
	bar := t.paint(t.color.frame, "|")
	if t.confidential[p.file.Path] {
		p = place{file: p.file, line: p.line, text: p.text[p.start:p.end], end: p.end - p.start, at: p.at + p.start}
	}
	s := snip(p, t.width-len(gutter)-len(" | "), t.veil.on(p))
	t.line(gutter, " ", bar)
	t.line(" ", t.paint(t.color.frame, number), " ", bar, " ", strings.TrimRight(s.text, " "))
	carets := strings.Repeat("^", s.to-s.from)
	beneath := gutter + " " + bar + " "
	room := t.width - len(gutter) - len(" | ")
	switch {
	case label == "":
		t.line(beneath, strings.Repeat(" ", s.from), t.paint(color, carets))
	case t.terminal && s.to+1+columnsOf(label) > room:
		// A terminal would break the line below the source's first column, where it reads like source.
		t.line(beneath, strings.Repeat(" ", s.from), t.paint(color, carets))
		lines, widest := wrap(label, room)
		for _, line := range lines {
			t.line(beneath, strings.Repeat(" ", min(s.from, max(room-widest, 0))), t.paint(color, line))
		}
	default:
		t.line(beneath, strings.Repeat(" ", s.from), t.paint(color, carets+" "+label))
	}
}

package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/vpclint/vpclint/internal/finding"
)

// GitHub's limits, in actions/runner, src/Runner.Worker/ExecutionContext.cs: what is over is dropped without a word, the
// annotation from the pull request, the end of the message from the log too.
const (
	maxAnnotations = 10   // of each level in one step
	maxMessage     = 4096 // UTF-16 code units
)

// GitHub writes the run as workflow commands, which GitHub's runner turns into annotations of the changed files. They are the
// gravest first, since a step has few; every problem stands in the log of the step.
func GitHub(w io.Writer, run *Run, open Open) error {
	out := bufio.NewWriter(w)
	var commands []command
	uris := pages(run)
	for _, g := range annotations(run, open) {
		commands = append(commands, g.commands(uris, open)...)
	}
	if cut, ok := dropped(commands); ok {
		out.WriteString(cut.String())
	}
	for _, c := range commands {
		out.WriteString(c.String())
	}
	return out.Flush()
}

// A command is a workflow command that makes an annotation.
type command struct {
	level string // error, warning or notice
	at    place
	title string
	text  string
}

// String returns the line that the runner reads.
func (c command) String() string {
	var b strings.Builder
	b.WriteString("::" + c.level + " ")
	// A file that isn't in the repository has no page to annotate.
	if !c.at.isZero() && !c.at.outside() {
		start, end := c.at.widened().columns()
		fmt.Fprintf(&b, "file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,", commandProperty(c.at.file.Path), c.at.line, c.at.line, start, end)
	}
	b.WriteString("title=" + commandProperty(c.title) + "::" + commandData(c.text) + "\n")
	return b.String()
}

// commandData escapes the message of a workflow command, which ends with its line.
func commandData(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

// commandProperty escapes the value of a property, which ends at a comma, or at the colons before the message.
func commandProperty(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(text)
}

// An annotation is what one rule says of one line, or what is undecided there: the instances of a module share their lines, and a
// step has few annotations.
type annotation struct {
	rule     string
	at       place
	problems []finding.Finding
	// open are the rules that can't tell, where it is about what is undecided.
	open []string
}

// undecidedTitle stands in the place of the rule where several can't tell.
const undecidedTitle = "undecided"

// annotations returns the annotations of a run, the gravest first.
func annotations(run *Run, open Open) []*annotation {
	type key struct {
		rule, path string
		line       int
		open       bool
	}
	var out []*annotation
	index := map[key]*annotation{}
	add := func(f finding.Finding) *annotation {
		at := resolve(f.At)
		k := key{f.Rule, at.path(), at.line, f.Severity == unknown}
		a := index[k]
		if a == nil {
			a = &annotation{rule: f.Rule, at: at}
			index[k] = a
			out = append(out, a)
		}
		a.problems = append(a.problems, f)
		return a
	}
	for _, f := range run.Findings {
		add(f)
	}
	slices.SortStableFunc(out, func(a, b *annotation) int { return cmp.Compare(b.severity(), a.severity()) })
	if open == OpenLeftOut {
		return out
	}
	for _, u := range gather(run.Undecided) {
		a := add(finding.Finding{Rule: undecidedTitle, Severity: unknown, Subject: u.Subject, At: u.At, Message: u.Reason})
		a.open = append(a.open, u.rules...)
	}
	return out
}

// severity is the highest of the annotation's problems.
func (a *annotation) severity() finding.Severity {
	var s finding.Severity
	for _, f := range a.problems {
		s = max(s, f.Severity)
	}
	return s
}

// commands returns the commands of an annotation: one, unless its message is too long for that.
func (a *annotation) commands(uris map[string]string, open Open) []command {
	c := command{level: level(finding.Finding{Severity: a.severity()}, open), at: a.at, title: Escape(a.rule) + " (" + toolName + ")"}
	if c.level == "note" {
		c.level = "notice"
	}
	var more []string
	for _, f := range a.problems {
		more = append(more, notes(f)...)
	}
	for _, f := range a.problems {
		more = append(more, help(f)...)
	}
	if uri := uris[a.rule]; uri != "" {
		more = append(more, uri)
	}
	if len(a.open) > 0 {
		more = append(more, "note: that leaves open "+Escape(enumerate(distinct(a.open))))
	}
	more = distinct(more)
	// The log shows no properties: the place and the rule stand in the message too.
	prefix := Escape(a.rule) + ": "
	if !a.at.isZero() {
		prefix = a.at.whereabouts() + ": " + prefix
	}
	var out []command
	var lines []string
	room := 0
	flush := func() {
		if len(lines) > 0 {
			c.text = strings.Join(lines, "\n")
			out = append(out, c)
		}
		lines, room = nil, maxMessage
	}
	flush()
	put := func(line string) {
		if n := units(prefix + line); n+1 > room {
			flush()
		}
		if len(lines) == 0 {
			line = clipped(prefix+line, maxMessage)
		}
		lines = append(lines, line)
		room -= units(line) + 1
	}
	var clauses []string
	for _, f := range a.problems {
		clauses = append(clauses, clauseAt(f, a.at))
	}
	for _, text := range distinct(clauses) {
		put(text)
	}
	for _, line := range more {
		put(line)
	}
	flush()
	return out
}

// clauseAt says what is wrong with which resource, and the column where that isn't the one of the annotation.
func clauseAt(f finding.Finding, at place) string {
	text := hereby(f, at)
	here, _ := resolve(f.At).columns()
	if there, _ := at.columns(); here != there {
		text += " (column " + strconv.Itoa(here) + ")"
	}
	return text
}

// dropped returns the notice that says what GitHub won't show as an annotation.
func dropped(commands []command) (command, bool) {
	counts := map[string]int{}
	for _, c := range commands {
		counts[c.level]++
	}
	room := map[string]int{"error": maxAnnotations, "warning": maxAnnotations, "notice": maxAnnotations}
	if counts["error"] <= maxAnnotations && counts["warning"] <= maxAnnotations && counts["notice"] <= maxAnnotations {
		return command{}, false
	}
	room["notice"]-- // for this notice itself
	var parts []string
	for _, level := range []string{"error", "warning", "notice"} {
		if n := counts[level]; n > room[level] {
			parts = append(parts, fmt.Sprintf("%d of %s", room[level], count(n, level)))
		}
	}
	return command{
		level: "notice", title: toolName,
		text: fmt.Sprintf("GitHub shows %d annotations of a kind for each step: %s are shown, the gravest; the log of this step has all of them",
			maxAnnotations, enumerate(parts)),
	}, true
}

// units returns the length of a text in UTF-16 code units.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// clipped returns a text of at most limit UTF-16 code units.
func clipped(text string, limit int) string {
	n, cut := 0, 0 // cut is where there is room for an ellipsis
	for i, r := range text {
		if n < limit {
			cut = i
		}
		n += utf16.RuneLen(r)
		if n > limit {
			return text[:cut] + ellipsis
		}
	}
	return text
}

package shell

import (
	"bytes"
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// isMakefile reports whether a file is make's by its name.
func isMakefile(base string) bool {
	switch base {
	case "Makefile", "makefile", "GNUmakefile":
		return true
	}
	ext := path.Ext(base)
	return ext == ".mk" || ext == ".mak" || strings.HasPrefix(base, "Makefile.") && ext != ".in" && ext != ".am"
}

// A makefile is one file of GNU make's, read line by line as make reads it.
// https://www.gnu.org/software/make/manual/make.html
type makefile struct {
	tree frontend.Tree
	file *source.File
	vars map[string]*makeVariable
	// specific are the variables that targets have of their own, by the target; anywhere are the names of all of them.
	specific map[string]map[string]*makeVariable
	anywhere map[string]bool
	exported []string
	// exportAll tells that every variable is handed to the shells.
	exportAll bool
	oneShell  bool
	prefix    byte
	recipes   []recipe
	// included are the files that were read for it, references what was looked up and size the bytes that it came to, canned the
	// defines that lines stand for: what bounds them.
	included, references, size, canned int

	// Of the line at hand: the conditionals that it stands in, each the name that an ifndef asks for, and the targets of the
	// rule above it.
	conditions []string
	targets    []string
	inRule     bool
}

// A recipe is what one rule runs.
type recipe struct {
	targets []string
	// lines are its logical lines, without the character that begins them.
	lines []*source.File
}

// readMakefile reads a Makefile: each line of a recipe has a shell of its own, unless .ONESHELL says otherwise.
func readMakefile(in *frontend.Input, f *source.File) ([]script, []finding.Finding) {
	m := &makefile{
		tree: in.Tree, file: f, prefix: '\t', vars: map[string]*makeVariable{},
		specific: map[string]map[string]*makeVariable{}, anywhere: map[string]bool{},
	}
	m.read(f)
	s := &sheet{file: f, owner: ownerOf(f)}
	variant, reads := m.shell()
	if !reads {
		return nil, nil
	}
	for _, r := range m.recipes {
		e := makeExpansion{makefile: m, targets: r.targets}
		lines := e.recipeLines(r.lines, nil, maxDefines)
		if m.oneShell && len(lines) > 0 {
			lines = []recipeLine{{pieces: joined(lines)}}
		}
		for _, line := range lines {
			d := newDraft(f, "")
			for _, p := range line.pieces {
				e.args = p.args
				d.newline(p.file.Span(p.start, p.start))
				d.text(p.file, p.start, len(p.file.Bytes), e.find)
			}
			x := d.script(s.owner)
			if !mayRequest(x) {
				continue
			}
			first := line.pieces[0]
			x.variant, x.dir, x.env = variant, cleanDir(path.Dir(f.Path), "."), e.environment()
			x.owner.Span = first.file.Span(first.start, len(first.file.Bytes)).Host().FirstLine()
			s.add(x)
		}
	}
	return s.scripts, nil
}

// shell returns the shell that runs the recipes.
func (m *makefile) shell() (syntax.LangVariant, bool) {
	v, ok := m.vars["SHELL"]
	if !ok {
		return 0, true
	}
	text, isKnown := (&makeExpansion{makefile: m}).variable("SHELL", v).AsString()
	if !isKnown {
		return 0, true
	}
	return shellOf(text)
}

// How many files a Makefile may include, files that those include counted, and how many defines may lead to a line.
const (
	maxIncluded = 40
	maxDefines  = 8
)

// read reads a file's lines.
func (m *makefile) read(f *source.File) {
	for at := 0; at < len(f.Bytes); {
		if m.inRule && f.Bytes[at] == m.prefix {
			at = m.recipeLine(f, at)
			continue
		}
		line, next := logicalLine(f, at)
		text := strings.TrimSpace(string(line.Bytes))
		if name, ok := strings.CutPrefix(text, "define "); ok {
			next = m.define(f, name, next)
		} else if text != "" {
			m.line(line)
		}
		at = next
	}
}

// recipeLine takes in a line of a recipe, and those that it is continued on. The shell sees the backslashes, and doesn't see
// the characters that begin recipe lines.
func (m *makefile) recipeLine(f *source.File, at int) (next int) {
	e := source.Embed(f, "")
	for {
		if at < len(f.Bytes) && f.Bytes[at] == m.prefix {
			at++
		}
		end, next := lineEnd(f.Bytes, at)
		if !continued(f.Bytes[at:end]) || next == len(f.Bytes) {
			e.Verbatim(at, end)
			if n := len(m.recipes); n > 0 && f == m.file {
				m.recipes[n-1].lines = append(m.recipes[n-1].lines, e.File())
			}
			return next
		}
		e.Verbatim(at, end)
		e.Decoded("\n", end, next)
		at = next
	}
}

// lineEnd returns where the line at an offset ends, and where the next begins.
func lineEnd(b []byte, at int) (end, next int) {
	i := bytes.IndexByte(b[at:], '\n')
	if i < 0 {
		return len(b), len(b)
	}
	end = at + i
	if end > at && b[end-1] == '\r' {
		end--
	}
	return end, at + i + 1
}

// continued reports whether a line ends in a backslash that isn't itself behind one.
func continued(line []byte) bool {
	n := 0
	for n < len(line) && line[len(line)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// logicalLine returns a line with those that it is continued on, joined by spaces and without its comment, and where the next
// begins.
func logicalLine(f *source.File, at int) (*source.File, int) {
	e := source.Embed(f, "")
	for {
		end, next := lineEnd(f.Bytes, at)
		line := f.Bytes[at:end]
		comment := commentStart(line)
		more := continued(line) && next < len(f.Bytes)
		stop := end
		if more {
			stop = end - 1
		}
		if comment >= 0 {
			stop = min(stop, at+comment)
		}
		e.Verbatim(at, stop)
		if !more {
			return e.File(), next
		}
		if comment >= 0 {
			// The comment goes on where the line does.
			for more && next < len(f.Bytes) {
				var end int
				at = next
				end, next = lineEnd(f.Bytes, at)
				more = continued(f.Bytes[at:end])
			}
			return e.File(), next
		}
		for next < len(f.Bytes) && (f.Bytes[next] == ' ' || f.Bytes[next] == '\t') {
			next++
		}
		e.Decoded(" ", stop, next)
		at = next
	}
}

// commentStart returns where a line's comment begins; -1 where it has none. A # within a reference is none, as in practice.
func commentStart(line []byte) int {
	depth := 0
	for i, c := range line {
		switch c {
		case '(', '{':
			if i > 0 && (line[i-1] == '$' || depth > 0) {
				depth++
			}
		case ')', '}':
			depth = max(depth-1, 0)
		case '#':
			if depth == 0 && (i == 0 || line[i-1] != '\\') {
				return i
			}
		}
	}
	return -1
}

// define takes in a variable of several lines, up to its endef.
func (m *makefile) define(f *source.File, name string, at int) (next int) {
	name = strings.TrimRight(strings.TrimSpace(name), "=:?+ ")
	start, depth := at, 1
	for at < len(f.Bytes) {
		end, next := lineEnd(f.Bytes, at)
		line := strings.TrimSpace(string(f.Bytes[at:end]))
		if strings.HasPrefix(line, "define ") {
			depth++
		} else if line == "endef" || strings.HasPrefix(line, "endef ") || strings.HasPrefix(line, "endef#") {
			if depth--; depth == 0 {
				v := &makeVariable{body: f.Span(start, at)}
				v.conditional = len(m.conditions) > 0
				m.vars[name] = v
				return next
			}
		}
		at = next
	}
	return len(f.Bytes)
}

// line takes in a line that is no recipe's.
func (m *makefile) line(line *source.File) {
	word, rest := cutWord(line, 0)
	switch word {
	case "ifneq", "ifdef":
		m.conditions = append(m.conditions, "")
		return
	case "ifndef", "ifeq":
		m.conditions = append(m.conditions, unsetName(word, string(line.Bytes[rest:])))
		return
	case "else":
		if n := len(m.conditions); n > 0 {
			m.conditions[n-1] = ""
		}
		return
	case "endif":
		m.conditions = m.conditions[:max(len(m.conditions)-1, 0)]
		return
	case "include", "-include", "sinclude":
		m.include(line, rest)
		return
	case "undefine":
		delete(m.vars, strings.TrimSpace(string(line.Bytes[rest:])))
		return
	case "unexport", "vpath", "load":
		return
	}
	exports := false
	for word == "export" || word == "override" || word == "private" {
		exports = exports || word == "export"
		start := rest
		if word, rest = cutWord(line, start); word == "" || word[0] == '=' || word[0] == ':' {
			break
		}
		if word != "export" && word != "override" && word != "private" {
			line = tail(line, start)
			break
		}
	}
	if a, ok := assignmentOf(line, 0); ok {
		if exports {
			m.exported = append(m.exported, a.name)
		}
		m.assign(m.vars, a)
		m.inRule = false
		return
	}
	if exports {
		text := strings.Fields(string(line.Bytes))
		if len(text) == 1 && text[0] == "export" {
			m.exportAll = true
		}
		m.exported = append(m.exported, text...)
		return
	}
	m.rule(line)
}

// unsetName returns the name that a condition asks to have no value, as who gives it a default asks: ifndef NAME, ifeq
// ($(NAME),). Empty where it asks for anything else.
func unsetName(word, condition string) string {
	condition = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t(){}$,\"'", r) {
			return -1
		}
		return r
	}, strings.Replace(condition, "strip ", "", 1))
	if word == "ifeq" && !isWord(condition) {
		return ""
	}
	return condition
}

// isWord reports whether a text is a name of letters, digits and underscores.
func isWord(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// tail returns a line from an offset on.
func tail(f *source.File, at int) *source.File {
	e := source.Embed(f, "")
	e.Verbatim(at, len(f.Bytes))
	return e.File()
}

// cutWord returns the word at an offset, behind blanks, and where it ends.
func cutWord(f *source.File, at int) (string, int) {
	b := f.Bytes
	for at < len(b) && (b[at] == ' ' || b[at] == '\t') {
		at++
	}
	end := at
	for end < len(b) && b[end] != ' ' && b[end] != '\t' {
		end++
	}
	return string(b[at:end]), end
}

// rule takes in the line of a rule, or a variable that targets have of their own.
func (m *makefile) rule(line *source.File) {
	colon := topLevel(line.Bytes, ':')
	if colon < 0 {
		m.inRule = false
		return
	}
	targets := strings.Fields(string(line.Bytes[:colon]))
	rest := colon + 1
	if rest < len(line.Bytes) && line.Bytes[rest] == ':' {
		rest++
	}
	if a, ok := assignmentOf(line, rest); ok {
		for _, target := range targets {
			if m.specific[target] == nil {
				m.specific[target] = map[string]*makeVariable{}
			}
			m.assign(m.specific[target], a)
		}
		m.anywhere[a.name] = true
		return
	}
	m.inRule, m.targets = true, targets
	for _, target := range targets {
		m.oneShell = m.oneShell || target == ".ONESHELL"
	}
	if line.Host() != m.file {
		return
	}
	m.recipes = append(m.recipes, recipe{targets: targets})
	if i := topLevel(line.Bytes[rest:], ';'); i >= 0 {
		m.recipes[len(m.recipes)-1].lines = []*source.File{outermost(line, rest+i+1)}
	}
}

// outermost returns a logical line from an offset on, as a document of its own in the file on disk.
func outermost(line *source.File, at int) *source.File {
	e := source.Embed(line.Host(), "")
	if line.Span(at, at).Outer().File == line.Host() {
		e.Append(line, at, len(line.Bytes))
	}
	return e.File()
}

// topLevel returns where a character stands outside of references; -1 where it doesn't.
func topLevel(b []byte, c byte) int {
	depth := 0
	for i := range b {
		switch {
		case b[i] == '(' || b[i] == '{':
			depth++
		case b[i] == ')' || b[i] == '}':
			depth = max(depth-1, 0)
		case b[i] == c && depth == 0:
			return i
		}
	}
	return -1
}

// include takes in the variables of other files.
func (m *makefile) include(line *source.File, rest int) {
	text, isKnown := (&makeExpansion{makefile: m}).expand(line, rest, len(line.Bytes)).AsString()
	if !isKnown || m.tree == nil {
		return
	}
	for _, name := range strings.Fields(text) {
		if m.included++; m.included > maxIncluded || path.IsAbs(name) {
			return
		}
		f, err := m.tree.Open(path.Join(path.Dir(m.file.Path), name))
		if err != nil || len(f.Bytes) > maxIncludedBytes {
			continue
		}
		inRule, conditions := m.inRule, m.conditions
		m.inRule = false
		m.read(f)
		m.inRule, m.conditions = inRule, conditions
	}
}

// maxIncludedBytes bounds a file that a Makefile includes.
const maxIncludedBytes = 1 << 20

// A makeVariable is a variable of make's.
type makeVariable struct {
	// texts are what its value is put together of, a space between; they are expanded where it is used. Body is that of a
	// define.
	texts []source.Span
	body  source.Span
	// value is what a simple variable has, whose text was expanded where it was set.
	value  value.Value
	simple bool
	// conditional tells that it may have another value, or none.
	conditional bool
}

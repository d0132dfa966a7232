package shell

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// An assignment sets a variable.
type assignment struct {
	name, op   string
	line       *source.File
	start, end int
}

// assignmentOf returns the assignment that a line is from an offset on.
func assignmentOf(line *source.File, from int) (assignment, bool) {
	b := line.Bytes[from:]
	i := topLevel(b, '=')
	if i < 0 {
		return assignment{}, false
	}
	op := i
	for op > 0 && strings.IndexByte(":?+!", b[op-1]) >= 0 {
		op--
	}
	name := strings.TrimSpace(string(b[:op]))
	for _, word := range [...]string{"export", "override", "private"} {
		name = strings.TrimSpace(strings.TrimPrefix(name, word+" "))
	}
	if name == "" || strings.ContainsAny(name, " \t:$#\"'") {
		return assignment{}, false
	}
	start := from + i + 1
	for start < len(line.Bytes) && (line.Bytes[start] == ' ' || line.Bytes[start] == '\t') {
		start++
	}
	end := max(start, len(bytes.TrimRight(line.Bytes, " \t\r")))
	return assignment{name, string(b[op : i+1]), line, start, end}, true
}

// assign sets a variable among others.
func (m *makefile) assign(vars map[string]*makeVariable, a assignment) {
	text := a.line.Span(a.start, a.end)
	old := vars[a.name]
	conditional := false
	for _, asked := range m.conditions {
		conditional = conditional || asked != a.name
	}
	v := &makeVariable{texts: []source.Span{text}, conditional: conditional}
	switch a.op {
	case "?=":
		if old != nil {
			old.conditional = old.conditional || conditional
			return
		}
	case "+=":
		if old == nil {
			break
		}
		if old.simple {
			more := (&makeExpansion{makefile: m}).expand(a.line, a.start, a.end)
			v = &makeVariable{simple: true, value: value.OfText(old.value, value.OfString(" "), more).WithOrigin(old.value.Origin())}
		} else {
			v.texts = append(slices.Clip(old.texts), text)
			v.body = old.body
		}
		v.conditional = conditional || old.conditional
	case ":=", "::=", ":::=":
		v.simple = true
		v.value = (&makeExpansion{makefile: m}).expand(a.line, a.start, a.end)
		v.texts = nil
	case "!=":
		v.simple, v.texts = true, nil
		v.value = value.OfOpaque("the output of " + excerpt(text.Text()) + " is known only when make runs").From(text)
	}
	if a.name == ".RECIPEPREFIX" && a.start < a.end {
		m.prefix = a.line.Bytes[a.start]
	}
	vars[a.name] = v
}

// A makeExpansion expands references for one recipe.
type makeExpansion struct {
	*makefile
	targets []string
	// args are those of $(call), the first $(1).
	args  []value.Value
	stack []string
}

// Bounds on what the references of one file expand to.
const (
	maxReferenceDepth = 40
	maxReferences     = 200_000
	maxExpandedBytes  = 8 << 20
)

// find returns the references of a text.
func (e *makeExpansion) find(text string) []blank {
	var found []blank
	for i := 0; i+1 < len(text); {
		if text[i] != '$' {
			i++
			continue
		}
		end := referenceEnd(text, i)
		var v value.Value
		switch text[i+1] {
		case '$':
			v = value.OfString("$")
		case '(', '{':
			v = e.reference(text[i+2 : max(end-1, i+2)])
		case ' ', '\t', '\n':
			i++
			continue
		default:
			v = e.reference(text[i+1 : end])
		}
		found = append(found, blank{i, end, v})
		i = end
	}
	return found
}

// referenceEnd returns where the reference at an offset ends.
func referenceEnd(text string, at int) int {
	opening, closing := text[at+1], byte(')')
	switch opening {
	case '(':
	case '{':
		closing = '}'
	default:
		return at + 2
	}
	depth := 0
	for i := at + 1; i < len(text); i++ {
		switch text[i] {
		case opening:
			depth++
		case closing:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// reference returns what stands for the text within a reference's parentheses.
func (e *makeExpansion) reference(inner string) value.Value {
	name := strings.TrimSpace(inner)
	e.references++
	switch {
	case name == "":
		return value.OfString("")
	case e.references > maxReferences || e.size > maxExpandedBytes:
		return value.OfOpaque("the variables of the Makefile are too large")
	case isSilent(name):
		return value.OfString("")
	case strings.HasPrefix(name, "shell "):
		return value.OfOpaque("the output of " + excerpt("$("+name+")") + " is known only when make runs")
	case strings.ContainsAny(name, " \t\n$:,"):
		return value.OfOpaque(excerpt("$("+name+")") + " is computed by make")
	case name == "@" && len(e.targets) == 1 && !strings.ContainsAny(e.targets[0], "%$"):
		return value.OfString(e.targets[0])
	case name == "@" || len(name) == 1 && strings.Contains("<^*?+|%", name) || strings.HasSuffix(name, "D") && len(name) == 2 && strings.Contains("@<^*?+", name[:1]):
		return value.OfOpaque("$" + name + " is known only when make runs")
	case len(name) == 1 && name[0] >= '0' && name[0] <= '9':
		if i := int(name[0] - '1'); i >= 0 && i < len(e.args) {
			return e.args[i]
		}
		return value.OfString("")
	}
	for _, target := range e.targets {
		if v, ok := e.specific[target][name]; ok && len(e.targets) == 1 {
			return e.variable(name, v)
		}
	}
	v, ok := e.vars[name]
	switch {
	case e.anywhere[name] && len(e.targets) > 0:
		return value.OfOpaque(name + " differs by the target that is made")
	case ok:
		return e.variable(name, v)
	case name == "MAKE" || name == "CURDIR" || name == "MAKEFILE_LIST":
		return value.OfOpaque("$(" + name + ") is known only when make runs")
	}
	return value.OfOpaque(excerpt(name) + " is not set in the Makefile")
}

// isSilent reports whether a function is called for what it does: it expands to nothing.
func isSilent(call string) bool {
	for _, name := range [...]string{"eval ", "info ", "warning ", "error "} {
		if strings.HasPrefix(call, name) {
			return true
		}
	}
	return false
}

// variable returns a variable's value.
func (e *makeExpansion) variable(name string, v *makeVariable) value.Value {
	switch {
	case v.conditional:
		return value.OfOpaque(name + " depends on a condition of the Makefile's")
	case !v.body.IsZero():
		return value.OfOpaque(name + " is several lines")
	case v.simple:
		return known(name, v.value)
	case slices.Contains(e.stack, name), len(e.stack) > maxReferenceDepth:
		return value.OfOpaque(name + " refers to itself")
	}
	e.stack = append(e.stack, name)
	defer func() { e.stack = e.stack[:len(e.stack)-1] }()
	var parts []value.Value
	for i, text := range v.texts {
		if i > 0 {
			parts = append(parts, value.OfString(" "))
		}
		parts = append(parts, e.expand(text.File, text.Start, text.End))
	}
	if len(parts) == 1 {
		return known(name, parts[0])
	}
	return known(name, value.OfText(parts...).From(v.texts[0]))
}

// expand returns what a piece of a line says.
func (e *makeExpansion) expand(line *source.File, start, end int) value.Value {
	text := string(line.Bytes[start:end])
	whole := line.Span(start, end)
	var parts []value.Value
	at := 0
	for _, b := range e.find(text) {
		if b.start > at {
			parts = append(parts, value.OfString(text[at:b.start]).From(line.Span(start+at, start+b.start)))
		}
		if b.value.Kind() == value.KindChoice {
			b.value = value.OfOpaque(b.value.Reason())
		}
		parts = append(parts, b.value)
		at = b.end
	}
	if at < len(text) || len(parts) == 0 {
		parts = append(parts, value.OfString(text[at:]).From(line.Span(start+at, end)))
	}
	for _, part := range parts {
		for _, p := range part.Parts() {
			e.size += len(p.Literal())
		}
	}
	if len(parts) == 1 {
		return parts[0].Use(whole)
	}
	return value.OfText(parts...).From(whole)
}

// environment returns the variables that the Makefile hands to its shells.
func (e *makeExpansion) environment() []variable {
	names := slices.Clone(e.exported)
	if e.exportAll {
		for name := range e.vars {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var env []variable
	for _, name := range slices.Compact(names) {
		if v, ok := e.vars[name]; ok && v.body.IsZero() {
			env = append(env, variable{name: name, value: e.reference(name)})
		}
	}
	return env
}

// A recipeLine is what one shell runs: one line of a recipe, or all of them.
type recipeLine struct{ pieces []recipePiece }

// A recipePiece is a line from where its command begins, and the arguments of the call that it is part of.
type recipePiece struct {
	file  *source.File
	start int
	args  []value.Value
}

func joined(lines []recipeLine) []recipePiece {
	var pieces []recipePiece
	for _, line := range lines {
		pieces = append(pieces, line.pieces...)
	}
	return pieces
}

// recipeLines returns the lines of a recipe behind what tells make how to run them. One that is nothing but a reference to a
// define stands for the lines of that.
func (e *makeExpansion) recipeLines(lines []*source.File, args []value.Value, depth int) []recipeLine {
	var out []recipeLine
	for _, line := range lines {
		start := 0
		for start < len(line.Bytes) && strings.IndexByte(" \t@-+", line.Bytes[start]) >= 0 {
			start++
		}
		if start == len(line.Bytes) || len(out) >= maxScripts {
			continue
		}
		text := strings.TrimSpace(string(line.Bytes[start:]))
		if body, given := e.cannedLines(text, args); !body.IsZero() && depth > 0 {
			out = append(out, e.recipeLines(bodyLines(body), given, depth-1)...)
			continue
		}
		out = append(out, recipeLine{pieces: []recipePiece{{line, start, args}}})
	}
	return out
}

// cannedLines returns the define that a line stands for, and what it is called with.
func (e *makeExpansion) cannedLines(text string, args []value.Value) (source.Span, []value.Value) {
	if len(text) < 4 || text[0] != '$' || text[1] != '(' && text[1] != '{' || referenceEnd(text, 0) != len(text) {
		return source.Span{}, nil
	}
	name := strings.TrimSpace(text[2 : len(text)-1])
	var given []value.Value
	if call, ok := strings.CutPrefix(name, "call "); ok {
		words := strings.Split(call, ",")
		name = strings.TrimSpace(words[0])
		for _, word := range words[1:] {
			v := value.OfString(strings.TrimSpace(word))
			if strings.Contains(word, "$") {
				v = value.OfOpaque(excerpt(word) + " is what " + name + " is called with")
				if inner := strings.TrimSpace(word); referenceEnd(inner, 0) == len(inner) && len(inner) > 3 && inner[0] == '$' {
					e.args = args
					v = e.reference(inner[2 : len(inner)-1])
				}
			}
			given = append(given, v)
		}
	}
	v, ok := e.vars[name]
	if e.canned++; e.canned > maxScripts || !ok || v.body.IsZero() || v.conditional || v.body.File.Host() != e.file {
		return source.Span{}, nil
	}
	return v.body, given
}

// bodyLines returns the lines of a define as those of a recipe.
func bodyLines(body source.Span) []*source.File {
	var lines []*source.File
	f := body.File
	for at := body.Start; at < body.End; {
		e := source.Embed(f, "")
		for {
			if f.Bytes[at] == '\t' {
				at++
			}
			end, next := lineEnd(f.Bytes, at)
			e.Verbatim(at, end)
			if !continued(f.Bytes[at:end]) || next >= body.End {
				at = next
				break
			}
			e.Decoded("\n", end, next)
			at = next
		}
		lines = append(lines, e.File())
	}
	return lines
}

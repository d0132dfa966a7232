package python

import (
	"bytes"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
)

// A command is what IPython adds to Python at one place of a cell: a magic, a command of the shell, a question.
// https://ipython.readthedocs.io/en/stable/interactive/reference.html#ipython-magic-commands
type command struct {
	// name is a magic's without its percent signs, or else the character that begins the command: "!" for the shell.
	name string
	// args is the rest of its line, those that it goes on over included.
	args string
	// bound tells that its result is assigned to a name.
	bound bool
	// written is where a command of the shell stands, without the sign that begins it; nowhere of any other.
	written source.Span
}

// What stands in a command's place, so that the rest of the cell is Python.
const (
	statement = "pass"
	operand   = "..."
)

// dress returns the Python of a cell, in which every command is a statement or an operand that does nothing, and the
// commands by their offsets in it. Lines stay where they are. It does what IPython does to a cell before CPython sees it.
func dress(f *source.File) (*source.File, map[int]*command) {
	f = outdent(f)
	d := &dresser{src: f.Bytes}
	for at := 0; at < len(d.src); {
		at = d.line(at)
	}
	if len(d.edits) == 0 {
		return f, nil
	}
	commands := map[int]*command{}
	e := source.Embed(f, f.Label)
	at := 0
	for _, x := range d.edits {
		e.Verbatim(at, x.start)
		if x.command != nil {
			x.command.written = shellText(f, x)
			commands[e.Len()] = x.command
		}
		if x.text != "" {
			e.Decoded(x.text, x.start, x.end)
		}
		at = x.end
	}
	e.Verbatim(at, len(d.src))
	return e.File(), commands
}

// shellText returns where the text of a command stands that a shell runs; nowhere for any other.
func shellText(f *source.File, x edit) source.Span {
	text := f.Bytes[x.start:x.end]
	body := bytes.TrimLeft(text, "!")
	switch x.command.name {
	case "!":
	case "sx", "system", "sc":
		body = bytes.TrimLeft(text, "%")[len(x.command.name):]
	default:
		return source.Span{}
	}
	body = bytes.TrimLeft(body, " \t")
	return f.Span(x.end-len(body), x.end)
}

// hasCells reports whether a script is a notebook in another form: jupytext's, or that of editors that run cells between
// marks. Its magics may stand there uncommented. https://jupytext.readthedocs.io/en/latest/formats-scripts.html
func hasCells(b []byte) bool {
	return bytes.Contains(b, []byte("# %%")) || bytes.Contains(b, []byte("#%%")) || bytes.Contains(b, []byte("#   jupytext:"))
}

// outdent takes off what IPython takes off each line: the indentation that all have, and the prompts of a session that was
// pasted.
func outdent(f *source.File) *source.File {
	lines := bytes.SplitAfter(f.Bytes, []byte("\n"))
	blank, first := margin(lines)
	prompted := promptWidth(first) > 0 && (first[0] == '>' || first[0] == 'I')
	if len(blank) == 0 && !prompted {
		return f
	}
	e := source.Embed(f, f.Label)
	at := 0
	for _, line := range lines {
		drop := 0
		if bytes.HasPrefix(line, blank) {
			drop = len(blank)
		}
		if prompted {
			drop += promptWidth(line[drop:])
		}
		e.Verbatim(at+drop, at+len(line))
		at += len(line)
	}
	return e.File()
}

// margin returns the blanks that lines begin with, and what follows them in the first. They are those that all lines have in
// common, as IPython 9 takes them off, or else those of the first, as it did before.
func margin(lines [][]byte) (blank, first []byte) {
	for _, line := range lines {
		code := bytes.TrimLeft(line, " \t")
		if len(bytes.TrimSpace(code)) == 0 {
			continue
		}
		indent := line[:len(line)-len(code)]
		if first == nil {
			blank, first = indent, code
			if len(indent) == 0 {
				return nil, first
			}
			continue
		}
		n := 0
		for n < len(blank) && n < len(indent) && blank[n] == indent[n] {
			n++
		}
		if n == 0 && first[0] == '#' {
			return nil, first // a comment's own indentation
		}
		if n > 0 {
			blank = blank[:n]
		}
	}
	return blank, first
}

// promptWidth returns the width of the prompt that a line begins with: `>>> ` and `... ` of Python, `In [1]: ` and `   ...: `
// of IPython.
func promptWidth(line []byte) int {
	blanks := len(line) - len(bytes.TrimLeft(line, " "))
	if blanks > 0 && bytes.HasPrefix(line[blanks:], []byte(">>>")) {
		return blanks + promptWidth(line[blanks:])
	}
	for _, p := range [...]string{">>>", "..."} {
		if rest, ok := bytes.CutPrefix(line, []byte(p)); ok {
			switch {
			case len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r':
				return len(p)
			case rest[0] == ' ':
				return len(p) + 1
			}
		}
	}
	if rest, ok := bytes.CutPrefix(line, []byte("In [")); ok {
		digits := bytes.TrimLeft(rest, "0123456789")
		if len(digits) < len(rest) && bytes.HasPrefix(digits, []byte("]: ")) {
			return len(line) - len(digits) + len("]: ")
		}
		return 0
	}
	dots := bytes.TrimLeft(line, " ")
	rest := bytes.TrimLeft(dots, ".")
	if len(dots)-len(rest) < 3 || len(rest) == 0 || rest[0] != ':' {
		return 0
	}
	return len(line) - len(bytes.TrimPrefix(rest[1:], []byte(" ")))
}

// An edit replaces [start, end) of a cell.
type edit struct {
	start, end int
	text       string
	command    *command
}

// A dresser finds the commands of a cell. They stand where a statement begins, or behind the sign of an assignment; within
// brackets, strings and comments the same characters mean what they mean to Python.
type dresser struct {
	src   []byte
	edits []edit
	// The line and the command that were looked for last, so that a line of many magics isn't gone over for each.
	lineStart, lineStop       int
	commandStart, commandStop int
}

// line looks at the logical line that begins at an offset, and returns where the next begins.
func (d *dresser) line(start int) int {
	at := start
	for at < len(d.src) && (d.src[at] == ' ' || d.src[at] == '\t' || d.src[at] == '\f') {
		at++
	}
	if at == len(d.src) {
		return at
	}
	switch d.src[at] {
	case '\n', '\r', '#':
		return d.next(d.lineEnd(at))
	case '%':
		sign := len(d.src[at:]) - len(bytes.TrimLeft(d.src[at:], "%"))
		return d.magic(at, at+min(sign, 2))
	case '!':
		return d.replace(at, &command{name: "!"})
	case '?', ',', ';', '/':
		return d.replace(at, &command{name: string(d.src[at])})
	}
	if d.isAutomagic(at) {
		return d.magic(at, at)
	}
	return d.python(at)
}

// magic replaces the magic that begins at an offset, whose name begins at another. Where it runs a statement, that stays.
func (d *dresser) magic(start, name int) int {
	end := name
	for end < len(d.src) && d.src[end] > ' ' {
		end++
	}
	c := &command{name: string(d.src[name:end])}
	options, runs := codeMagics[c.name]
	if !runs {
		return d.replace(start, c)
	}
	stop := d.continued(start)
	code := end + optionsWidth(d.src[end:stop], options)
	switch {
	case len(bytes.TrimSpace(d.src[code:stop])) > 0:
		d.edits = append(d.edits, edit{start: start, end: code})
		return code
	case name == start+len("%%"):
		// The cell's lines below are what it runs.
		d.edits = append(d.edits, edit{start: start, end: stop})
		return d.next(stop)
	}
	return d.replace(start, c)
}

// replace puts a statement in the place of the command that begins at an offset and goes to the end of its line.
func (d *dresser) replace(start int, c *command) int {
	end := d.continued(start)
	d.edit(start, end, statement, c)
	return d.next(end)
}

// edit puts text in the place of a command, and keeps the ends of its lines.
func (d *dresser) edit(start, end int, text string, c *command) {
	written := d.src[start:end]
	if c.name == "!" {
		c.args = joined(bytes.TrimLeft(written, "!"))
	} else if i := bytes.IndexAny(written, " \t"); i >= 0 {
		c.args = joined(written[i:])
	}
	d.edits = append(d.edits, edit{start, end, text + strings.Repeat("\n", bytes.Count(written, []byte("\n"))), c})
}

// joined returns lines that go on over backslashes as one.
func joined(b []byte) string {
	s := strings.ReplaceAll(string(b), "\\\r\n", " ")
	return strings.TrimSpace(strings.ReplaceAll(s, "\\\n", " "))
}

// python goes over the Python that begins at an offset up to the end of its logical line. What is assigned from a command,
// and a line that is a question, are replaced.
func (d *dresser) python(start int) int {
	depth, assigned, last := 0, false, byte(0)
	at := start
	for at < len(d.src) {
		c := d.src[at]
		switch c {
		case '#':
			at = d.lineEnd(at)
			last = c
			continue
		case '\'', '"':
			at = d.stringEnd(at)
			last = c
			continue
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(depth-1, 0)
		case '\\':
			if w := newline(d.src[at+1:]); w > 0 {
				at += 1 + w
				continue
			}
		case '=':
			if depth > 0 || assigned || !d.isAssignment(at) {
				break
			}
			assigned = true
			if v := d.assignedCommand(at + 1); v > 0 {
				code, next := d.assigned(v)
				if code == 0 {
					return next
				}
				at, assigned, last = code, false, 0
				continue
			}
		case '\n':
			if depth > 0 {
				break
			}
			if last == '?' {
				d.question(start, at)
			}
			return at + 1
		}
		if c > ' ' {
			last = c
		}
		at++
	}
	if last == '?' && depth == 0 {
		d.question(start, at)
	}
	return at
}

// assigned replaces the command at an offset, whose result is assigned, and returns where the next line begins; or it takes
// the magic off the statement that it runs, and returns where that begins.
func (d *dresser) assigned(at int) (code, next int) {
	end := d.continued(at)
	c := &command{name: "!", bound: true}
	if d.src[at] == '%' {
		word := d.word(at)
		c.name = string(word[1:])
		if options, runs := codeMagics[c.name]; runs {
			code := at + len(word) + optionsWidth(d.src[at+len(word):end], options)
			d.edits = append(d.edits, edit{start: at, end: code})
			return code, 0
		}
	}
	d.edit(at, end, operand, c)
	return 0, d.next(end)
}

// question replaces a line that ends in a question mark.
func (d *dresser) question(start, end int) {
	end = start + len(bytes.TrimRight(d.src[start:end], "\r"))
	d.edit(start, end, statement, &command{name: "?"})
}

// isAssignment reports whether the sign at an offset is that of an assignment, not part of an operator.
func (d *dresser) isAssignment(at int) bool {
	return (at+1 == len(d.src) || d.src[at+1] != '=') &&
		(at == 0 || strings.IndexByte("=!<>:+-*/%&|^@~", d.src[at-1]) < 0)
}

// assignedCommand returns the offset of the command behind an assignment's sign; 0 where there is none.
func (d *dresser) assignedCommand(at int) int {
	for at < len(d.src) && (d.src[at] == ' ' || d.src[at] == '\t') {
		at++
	}
	switch {
	case at == len(d.src):
	case d.src[at] == '!':
		return at
	case d.src[at] == '%' && at+1 < len(d.src) && isLetter(d.src[at+1]):
		return at
	}
	return 0
}

// word returns what stands at an offset up to the next blank.
func (d *dresser) word(at int) []byte {
	rest := d.src[at:]
	if i := bytes.IndexAny(rest, " \t\r\n"); i >= 0 {
		return rest[:i]
	}
	return rest
}

func isLetter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// stringEnd returns the end of the string whose first quote stands at an offset. One in single quotes that isn't closed ends
// with its line.
func (d *dresser) stringEnd(at int) int {
	q := d.src[at]
	long := at+2 < len(d.src) && d.src[at+1] == q && d.src[at+2] == q
	if at++; long {
		at += 2
	}
	for at < len(d.src) {
		switch c := d.src[at]; {
		case c == '\\':
			at += max(newline(d.src[at+1:]), 1)
		case c == '\n' && !long:
			return at
		case c == q && !long:
			return at + 1
		case c == q && at+2 < len(d.src) && d.src[at+1] == q && d.src[at+2] == q:
			return at + 3
		}
		at++
	}
	return len(d.src)
}

// newline returns the width of the line's end that b begins with.
func newline(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("\n")):
		return 1
	case bytes.HasPrefix(b, []byte("\r\n")):
		return 2
	}
	return 0
}

// lineEnd returns where the line that an offset lies in ends, without its end.
func (d *dresser) lineEnd(at int) int {
	if d.lineStart <= at && at <= d.lineStop && d.lineStop > 0 {
		return d.lineStop
	}
	end := len(d.src)
	if i := bytes.IndexByte(d.src[at:], '\n'); i >= 0 {
		end = at + i
	}
	if end > at && d.src[end-1] == '\r' {
		end--
	}
	d.lineStart, d.lineStop = at, end
	return end
}

// next returns where the line begins that follows the one that ends at an offset.
func (d *dresser) next(end int) int {
	return min(end+max(newline(d.src[end:]), 1), len(d.src))
}

// continued returns the end of a command, which goes on over backslashes at the ends of lines.
func (d *dresser) continued(start int) int {
	if d.commandStart <= start && start < d.commandStop {
		return d.commandStop
	}
	for at := start; ; {
		end := d.lineEnd(at)
		w := newline(d.src[end:])
		if w == 0 || end == at || d.src[end-1] != '\\' {
			d.commandStart, d.commandStop = start, end
			return end
		}
		at = end + w
	}
}

package shell

import (
	"bytes"
	"fmt"
	"path"
	"regexp"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// An interpreter follows the scripts of one file or body, without running anything, and keeps what requests they send.
type interpreter struct {
	in     *frontend.Input
	result *result
	// unit is the path of the file that the scripts stand in.
	unit       string
	operations *operations
	functions  map[string]*function
	defined    []*function
	// written are the texts of files that a script writes, by the names that it has for them, and contents the paths of files
	// that a substitution shows as they are, by its place.
	written  map[string][]alternative
	contents map[source.Span]text
	// turning are what variables hold that a loop changes, from one round to the next.
	turning map[*binding]bool
	calls   []call
	// keys are those that the script hands to the CLI; calling tells that it calls SageMaker with them.
	keys    []handedKey
	calling bool
	// How much has been followed, and numbered.
	statements, depth, sourced, bindings, parsed int
	// limited says that a limit was reached which has been reported.
	limited bool
	// whole is the script that is followed.
	whole *source.File
}

// read reads the scripts of one file or body, which share its names.
func (r *result) read(in *frontend.Input, scripts []script) {
	x := &interpreter{in: in, result: r}
	for i := range scripts {
		s := scripts[i]
		if !bytes.Contains(s.file.Bytes, []byte("sagemaker")) {
			continue
		}
		if x.operations == nil {
			x.operations = newOperations()
		}
		x.unit = s.file.Host().Path
		x.functions, x.defined, x.calls = map[string]*function{}, nil, nil
		x.keys, x.calling = nil, false
		x.written, x.contents, x.turning = map[string][]alternative{}, map[source.Span]text{}, map[*binding]bool{}
		x.statements, x.sourced, x.parsed = 0, 0, 0
		x.limited, x.whole = false, s.file
		x.follow(s)
		for _, c := range x.calls {
			c.script = &scripts[i]
			r.calls = append(r.calls, c)
		}
		r.sessions = append(r.sessions, x.session(&scripts[i])...)
	}
}

// follow follows a script, and then the functions that nothing has called.
func (x *interpreter) follow(s script) {
	f := &frame{
		process: &process{
			scope: &scope{vars: map[string]*binding{}}, dirs: directories(s),
			argsUnknown: "the script's arguments are known only when it runs",
		},
		file: s.file, holes: s.holes,
	}
	for _, v := range s.env {
		t := text{{unknown: v.value}}
		if known, ok := v.value.AsString(); ok {
			t = text{{known: known}}
		}
		if o := v.value.Origin(); o != nil {
			t[0].at, t[0].via = o.Span, o.Via
		}
		x.handKey(v.name, v.value, nil)
		f.scope.vars[v.name] = x.one(alternative{words: []field{{text: t}}})
	}
	x.run(f, x.parseAs(s.file, s.variant, source.Span{}))
	for i := 0; i < len(x.defined); i++ {
		fn := x.defined[i]
		if fn.called || x.functions[fn.name] != fn || fn.file.Host() != s.file.Host() {
			continue
		}
		g := f.inner()
		g.scope.locals = map[string]bool{}
		g.file, g.holes, g.function, g.caller, g.depth = fn.file, fn.holes, fn.name, uncalled, 1
		g.args, g.argsUnknown = nil, "the arguments of "+fn.name+"() are its caller's"
		g.dirs = directories(s)
		x.statement(g, fn.body)
	}
}

// directories returns where a path of a script may begin: where its host runs it, beside it, and above it.
func directories(s script) []string {
	dirs := []string{path.Clean(s.dir)}
	if s.dir == "" {
		dirs = nil
	}
	for dir := path.Dir(s.file.Path); ; dir = path.Dir(dir) {
		dirs = append(dirs, dir)
		if dir == "." || dir == "/" || len(dirs) > maxDirs {
			return dirs
		}
	}
}

// What is read of scripts. What is larger was made by a program, and would cost more than anybody waits for.
const (
	// maxScript is the size of the largest script that is read.
	maxScript = 1 << 20
	// maxParsed bounds the bytes that are parsed for one script, with what it sources, evaluates, and what is read once more
	// behind an error.
	maxParsed = 8 << 20
	// maxErrors bounds the lines that are passed over since they are no shell.
	maxErrors = 100
	// maxNesting is how deep a script may nest: the parser needs memory for each level.
	maxNesting = 2_000
)

// parse returns the statements of a script, read as Bash. At is where another script runs it.
func (x *interpreter) parse(file *source.File, at source.Span) []*syntax.Stmt {
	return x.parseAs(file, syntax.LangBash, at)
}

// parseAs returns the statements of a script. A line that can't be read is passed over, so that what a template engine left
// doesn't lose what is around it.
func (x *interpreter) parseAs(file *source.File, variant syntax.LangVariant, at source.Span) []*syntax.Stmt {
	content := masked(file.Bytes)
	if len(content) > maxScript {
		x.beyond(at, file, fmt.Sprintf("the script is larger than %d KiB, so it isn't read", maxScript>>10))
		return nil
	}
	if tooDeep(content) {
		x.beyond(at, file, fmt.Sprintf("the script nests more than %d levels deep, so it isn't read", maxNesting))
		return nil
	}
	if variant == 0 {
		variant = syntax.LangBash
	}
	var stmts []*syntax.Stmt
	stopped := 0
	for range maxErrors {
		if x.parsed += len(content); x.parsed > maxParsed {
			x.beyond(at, file, fmt.Sprintf("reading the script and what it runs takes more than %d KiB of parsing, so the rest isn't read", maxParsed>>10))
			return stmts
		}
		var whole bool
		if stmts, whole = statements(content, variant); whole {
			return stmts
		}
		stopped = 0
		if len(stmts) > 0 {
			stopped = int(stmts[len(stmts)-1].End().Offset())
		}
		next, blanked := blankLine(content, stopped)
		if !blanked {
			return stmts
		}
		content = next
	}
	if at.IsZero() {
		at = file.Span(stopped, stopped)
	}
	x.beyond(at, file, fmt.Sprintf("more than %d lines of the script are no shell, so the rest isn't read", maxErrors))
	return stmts
}

// toFillIn matches what a person or a template engine is to replace and a shell would take for something else: <your-subnet>,
// {{ subnet }}.
var toFillIn = regexp.MustCompile(`(?m)(^|[\s=,"':/\[{])(<[A-Za-z][\w -]*>|\{\{[^{}\n]*\}\})`)

// masked returns a script in which what is to be filled in is one word of the same length.
func masked(content []byte) []byte {
	if bytes.IndexByte(content, '<') < 0 && !bytes.Contains(content, []byte("{{")) {
		return content
	}
	var out []byte
	for _, m := range toFillIn.FindAllSubmatchIndex(content, -1) {
		start, end := m[4], m[5]
		if content[start] == '<' && end < len(content) && bytes.IndexByte([]byte(" \t\r\n,\"':/]}\\;."), content[end]) < 0 {
			continue
		}
		if out == nil {
			out = bytes.Clone(content)
		}
		for i := start; i < end; i++ {
			out[i] = '_'
		}
	}
	if out == nil {
		return content
	}
	return out
}

// statements returns what a parser reads up to the first error, and whether that is everything.
func statements(content []byte, variant syntax.LangVariant) (stmts []*syntax.Stmt, whole bool) {
	whole = true
	// The parser goes on behind an error once, so that the loop must not end there.
	for s, err := range syntax.NewParser(syntax.Variant(variant)).StmtsSeq(bytes.NewReader(content)) {
		switch {
		case err != nil:
			whole = false
		case whole:
			stmts = append(stmts, s)
		}
	}
	return stmts, whole
}

// blankLine returns a script without the first line from an offset on that says something; false where there is none.
func blankLine(content []byte, start int) ([]byte, bool) {
	for start < len(content) {
		end := start + bytes.IndexByte(content[start:], '\n')
		if end < start {
			end = len(content)
		}
		line := bytes.TrimSpace(content[start:end])
		if len(line) == 0 || line[0] == '#' || bytes.Trim(line, ";&|") == nil {
			start = end + 1
			continue
		}
		out := bytes.Clone(content)
		for i := start; i < end; i++ {
			out[i] = ' '
		}
		return out, true
	}
	return nil, false
}

// tooDeep reports whether a script nests deeper than anybody writes. It counts what opens and closes, wherever that stands.
func tooDeep(content []byte) bool {
	depth, word := 0, 0
	for i, c := range content {
		switch c {
		case '(', '{', '[':
			depth++
		case ')', '}', ']':
			depth = max(depth-1, 0)
		case ' ', '\t', '\n', ';', '\r':
			switch string(content[word:i]) {
			case "if", "while", "until", "for", "case", "select", "!", "time", "coproc", "function":
				depth++
			case "fi", "done", "esac":
				depth = max(depth-1, 0)
			}
			word = i + 1
		}
		if depth > maxNesting {
			return true
		}
	}
	return false
}

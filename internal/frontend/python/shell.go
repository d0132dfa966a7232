package python

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// shellMagics are the cell magics that hand the cell to a shell, and whether they fill in the notebook's names first.
// https://ipython.readthedocs.io/en/stable/interactive/magics.html#cell-magics
var shellMagics = map[string]bool{"bash": false, "sh": false, "script": false, "sx": true, "system": true, "!": true}

// isShellMagic reports whether a magic hands its cell to a shell.
func isShellMagic(c *command) bool {
	if _, ok := shellMagics[c.name]; !ok {
		return false
	}
	return c.name != "script" || scriptShell(c.args) != ""
}

// scriptShell returns the shell that %%script is given; empty where it is given something else.
func scriptShell(args string) string {
	for _, word := range strings.Fields(args) {
		switch path.Base(word) {
		case "bash", "sh", "zsh", "dash", "ksh":
			return path.Base(word)
		case "env":
			continue
		}
		if !strings.HasPrefix(word, "-") {
			return ""
		}
	}
	return ""
}

// mayRequest reports whether a command or a script may send a request that creates something, or writes a policy.
func mayRequest(b []byte) bool {
	return bytes.Contains(b, []byte("create-")) || bytes.Contains(b, []byte("-policy"))
}

// isCommand reports whether a text of a script may be such a command, or the word of one that says what it creates.
func isCommand(s string) bool {
	return strings.HasPrefix(s, "create-") || strings.Contains(s, "create-") && strings.Contains(s, "sagemaker")
}

// An errand is what a script hands to a shell.
type errand struct {
	body frontend.Body
	key  siteKey
}

// maxErrands bounds the ways of coming by one place that are told apart where they aren't alike.
const maxErrands = 8

// handOver hands a script over, unless it is only being tried out.
func (in *interp) handOver(b frontend.Body, at source.Span) {
	in.makings++
	if in.quiet > 0 || in.doubled > 0 {
		return
	}
	host := at.Host()
	b.Language = frontend.ShellScript
	b.Owner = resource.Raw{
		Addr:    value.Address{Unit: host.File.Path},
		Subject: host.File.Path, Exists: value.In(in.exists), Span: at,
	}
	b.Shell.Dir = in.scope.module.dir
	b.Shell.Env = in.shellEnvironment(b)
	e := &errand{body: b, key: siteKey{host.File.Path, host.Start, host.End, ""}}
	same := 0
	for _, old := range in.errands {
		if old.key != e.key {
			continue
		}
		if same++; old.merge(e) || same >= maxErrands {
			return
		}
	}
	in.errands = append(in.errands, e)
}

// merge takes up another way of coming by the same place. What differs is known in neither.
func (e *errand) merge(o *errand) bool {
	mine, others := e.body.Pieces, o.body.Pieces
	if len(mine) != len(others) || (e.body.Value.Kind() != value.KindAbsent || o.body.Value.Kind() != value.KindAbsent) &&
		!equal(e.body.Value, o.body.Value) {
		return false
	}
	e.body.Owner.Exists = e.body.Owner.Exists.Or(o.body.Owner.Exists)
	for i, v := range mine {
		if !equal(v, others[i]) {
			mine[i] = value.OfOpaque("it differs each time that the cell runs").WithOrigin(v.Origin())
		}
	}
	env := e.body.Shell.Env
	for i, f := range env {
		j := slices.IndexFunc(o.body.Shell.Env, func(g value.Field) bool { return g.Name == f.Name })
		if j < 0 || !equal(f.Value, o.body.Shell.Env[j].Value) {
			env[i].Value = value.OfOpaque(f.Name + " differs each time that the cell runs").WithOrigin(f.Value.Origin())
		}
	}
	return true
}

// shellEnvironment returns the variables of the environment that a script names, as far as Python has set them.
func (in *interp) shellEnvironment(b frontend.Body) []value.Field {
	var text strings.Builder
	for _, v := range append(b.Value.Parts(), b.Pieces...) {
		text.WriteString(v.Literal())
	}
	if !strings.Contains(text.String(), "$") {
		return nil
	}
	var env []value.Field
	for _, e := range in.st.content(in.environ).entries {
		if e.name == "" || !strings.Contains(text.String(), e.name) {
			continue
		}
		if o := in.present(e.obj); o != nil {
			env = append(env, value.Field{Name: e.name, Value: in.part(o)})
		}
	}
	return env
}

// shellCommand hands the command over that a cell runs behind an exclamation mark, or what a magic is given.
func (in *interp) shellCommand(c *command) {
	if c.written.IsZero() || !mayRequest(c.written.File.Bytes[c.written.Start:c.written.End]) && !strings.ContainsAny(c.args, "{$") {
		return
	}
	in.handOver(frontend.Body{Pieces: in.interpolated(c.written)}, c.written.FirstLine())
}

// shellCell hands over the cells that a shell runs.
func (in *interp) shellCell(t *text) {
	pieces := make([]value.Value, 0, len(t.shell))
	interpreter := ""
	for _, s := range t.shell {
		if t.magic != nil && shellMagics[t.magic.name] {
			pieces = append(pieces, in.interpolated(s)...)
			continue
		}
		pieces = append(pieces, value.StringAt(s.Text(), s))
	}
	if t.magic != nil && t.magic.name == "script" {
		interpreter = scriptShell(t.magic.args)
	} else if t.magic != nil && t.magic.name == "sh" {
		interpreter = "sh"
	}
	if len(pieces) > 0 {
		in.handOver(frontend.Body{Pieces: pieces, Shell: frontend.Shell{Interpreter: interpreter}}, t.shell[0].FirstLine())
	}
}

// interpolated returns a command in pieces, with the notebook's names filled in: {expression} and $name. Where one of them
// can't be evaluated, IPython fills in none.
// https://ipython.readthedocs.io/en/stable/interactive/reference.html#manual-capture-of-command-output-and-magic-output
func (in *interp) interpolated(s source.Span) []value.Value {
	text := s.File.Bytes[s.Start:s.End]
	plain := []value.Value{value.StringAt(string(text), s)}
	fields, ok := fieldsOf(string(text))
	if !ok || len(fields) == 0 {
		return plain
	}
	var pieces []value.Value
	at := 0
	literal := func(end int) {
		if at < end {
			span := s.File.Span(s.Start+at, s.Start+end)
			pieces = append(pieces, value.StringAt(span.Text(), span))
		}
	}
	for _, f := range fields {
		literal(f.start)
		span := s.File.Span(s.Start+f.start, s.Start+f.end)
		at = f.end
		if f.text != "" {
			pieces = append(pieces, value.StringAt(f.text, span))
			continue
		}
		v, bound := in.fieldValue(s.File.Span(s.Start+f.code, s.Start+f.codeEnd))
		if !bound {
			return plain
		}
		pieces = append(pieces, v.Use(span))
	}
	literal(len(text))
	return pieces
}

// fieldValue returns what an expression of a command says, as text; false where it certainly can't be evaluated.
func (in *interp) fieldValue(s source.Span) (value.Value, bool) {
	e := source.Embed(s.File, s.File.Label)
	e.Verbatim(s.Start, s.End)
	f := e.File()
	tree := pyast.Parse(f.Bytes)
	if len(tree.Errors) > 0 || len(tree.Body) != 1 {
		return value.Value{}, false
	}
	statement, ok := tree.Body[0].(*pyast.ExprStmt)
	if !ok {
		return value.Value{}, false
	}
	bound := true
	pyast.Inspect(statement.Value, func(n pyast.Node) bool {
		if name, ok := n.(*pyast.Name); ok && !in.mayBind(name.ID) {
			bound = false
		}
		return bound
	})
	if !bound {
		return value.Value{}, false
	}
	outer := in.text
	in.text = &text{file: f, tree: tree, within: outer.within}
	defer func() { in.text = outer }()
	o := in.eval(statement.Value)
	if c, ok := narrow(o, in.st.path).(*choice); ok {
		return in.freeze(c), true
	}
	return in.part(o), true
}

// mayBind reports whether a name may be bound where a command is run.
func (in *interp) mayBind(name string) bool {
	if _, ok := in.lookup(name); ok {
		return true
	}
	return in.restored || in.scope.global.star != "" || in.setLater(name) || pythonBuiltins[name]
}

// pythonBuiltins are the functions that expressions of commands call.
var pythonBuiltins = map[string]bool{
	"str": true, "len": true, "int": true, "repr": true, "list": true, "dict": true, "sorted": true, "max": true, "min": true, "round": true,
}

// A formatField is a place of a command that IPython fills in: with an expression's value, or with other text.
type formatField struct {
	start, end    int
	code, codeEnd int
	text          string
}

// fieldsOf returns the fields of a command as IPython's formatter finds them; false where it refuses the command, which
// then stays as it is.
func fieldsOf(s string) ([]formatField, bool) {
	var out []formatField
	at := 0
	for i := 0; i < len(s); {
		switch {
		case s[i] == '{' && strings.HasPrefix(s[i:], "{{"), s[i] == '}' && strings.HasPrefix(s[i:], "}}"):
			out = append(out, dollars(s, at, i)...)
			out = append(out, formatField{start: i, end: i + 2, text: s[i : i+1]})
			i += 2
			at = i
		case s[i] == '}':
			return nil, false
		case s[i] == '{':
			end := closing(s, i)
			if end < 0 || end == i+1 {
				return nil, false
			}
			out = append(out, dollars(s, at, i)...)
			code := end
			if conversion := strings.TrimRight(s[i:end], "rsa"); strings.HasSuffix(conversion, "!") && end-i-len(conversion) == 1 {
				code = i + len(conversion) - 1
			}
			out = append(out, formatField{start: i, end: end + 1, code: i + 1, codeEnd: code})
			i = end + 1
			at = i
		default:
			i++
		}
	}
	return append(out, dollars(s, at, len(s))...), true
}

// closing returns where the brace at an offset is closed; -1 where it isn't.
func closing(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// dollars returns the names behind a dollar in a stretch of text. IPython passes over those within single quotes, which it
// tells by the number of quotes that follow.
func dollars(s string, start, end int) []formatField {
	var out []formatField
	for i := start; i+1 < end; i++ {
		if s[i] != '$' {
			continue
		}
		name := i + 1
		if s[name] == '$' {
			name++
		}
		stop := name
		for stop < end && (isLetter(s[stop]) || s[stop] >= '0' && s[stop] <= '9' || s[stop] == '.') {
			stop++
		}
		if stop == name || strings.Count(s[stop:end], "'")%2 == 1 {
			continue
		}
		f := formatField{start: i, end: stop, code: name, codeEnd: stop}
		if name == i+2 {
			f.text = s[i+1 : stop]
		}
		out = append(out, f)
		i = stop - 1
	}
	return out
}

// callShell hands over what a call gives to a shell, or as a command. It is nil of any other call.
// https://docs.python.org/3/library/subprocess.html
func (in *interp) callShell(path string, a *arguments) {
	if !runsCommands[path] {
		return
	}
	var arg argument
	switch {
	case len(a.positional) > 0:
		arg = a.positional[0]
	default:
		for _, name := range [...]string{"args", "command", "cmd"} {
			if kw, ok := a.keyword(name); ok {
				arg = kw
			}
		}
	}
	if arg.obj == nil {
		return
	}
	at := arg.at
	if at.IsZero() {
		at = a.at
	}
	v := in.freeze(arg.obj)
	switch v.Kind() {
	case value.KindScalar, value.KindText:
		in.handOver(frontend.Body{Value: v.Use(at)}, at.FirstLine())
	case value.KindList, value.KindChoice:
		in.handOver(frontend.Body{Value: v}, at.FirstLine())
	}
}

// callIPython hands over what get_ipython().system() is given, which is what a notebook's `!` becomes in an exported script.
func (in *interp) callIPython(n *pyast.Call) {
	f, ok := n.Func.(*pyast.Attribute)
	if !ok || f.Attr != "system" && f.Attr != "getoutput" && f.Attr != "getoutput_ip" || len(n.Args) != 1 {
		return
	}
	shell, ok := f.Value.(*pyast.Call)
	if !ok {
		return
	}
	name, ok := shell.Func.(*pyast.Name)
	text, isText := n.Args[0].(*pyast.Constant)
	if !ok || name.ID != "get_ipython" || !isText || text.Kind != pyast.ConstStr {
		return
	}
	at := in.span(text)
	i := strings.Index(at.Text(), text.Str)
	if fields, fills := fieldsOf(text.Str); i < 0 && fills && len(fields) > 0 {
		return // escapes and fields in one text
	}
	if i < 0 {
		in.handOver(frontend.Body{Value: value.StringAt(text.Str, at)}, at.FirstLine())
		return
	}
	inner := at.File.Span(at.Start+i, at.Start+i+len(text.Str))
	in.handOver(frontend.Body{Pieces: in.interpolated(inner)}, at.FirstLine())
}

// runsCommands are the functions of Python's library that run a command.
var runsCommands = map[string]bool{
	"os.system": true, "os.popen": true, "subprocess.run": true, "subprocess.call": true, "subprocess.check_call": true,
	"subprocess.check_output": true, "subprocess.Popen": true, "subprocess.getoutput": true, "subprocess.getstatusoutput": true,
	"commands.getoutput": true,
}

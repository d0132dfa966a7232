package python

import (
	"bytes"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// codeMagics are the magics that run the statement that follows them, or the cell's, in the notebook's own namespace, with
// the letters of their options that take a value.
// https://ipython.readthedocs.io/en/stable/interactive/magics.html
var codeMagics = map[string]string{
	"time": "", "timeit": "nrp", "prun": "lsTD", "memit": "rti", "mprun": "fT", "lprun": "fTDmuz", "snakeviz": "tf",
	"pyinstrument": "", "heat": "", "scalene": "", "debug": "b", "notify": "", "mlflow_run": "",
}

// cellMagics are further ones whose cell is Python of the notebook's own namespace, whatever follows them in their line.
var cellMagics = map[string]bool{
	"capture": true, "wandb": true, "unittest": true, "skip_for_export": true, "black": true, "chime": true,
}

// processMagics are the cell magics that hand the cell to another Python.
var processMagics = map[string]bool{"python": true, "python3": true, "pypy": true}

// automagics are the magics and aliases that IPython knows without their sign, as far as they are words that people type.
var automagics = map[string]bool{
	"pip": true, "pip3": true, "conda": true, "mamba": true, "micromamba": true, "uv": true,
	"cd": true, "pushd": true, "popd": true, "bookmark": true, "env": true, "set_env": true,
	"ls": true, "ll": true, "la": true, "lx": true, "cat": true, "cp": true, "mv": true, "rm": true, "mkdir": true,
	"rmdir": true, "less": true, "more": true, "man": true, "pycat": true,
	"run": true, "time": true, "timeit": true, "prun": true, "load": true, "load_ext": true, "reload_ext": true,
	"matplotlib": true, "config": true, "store": true, "autoreload": true, "alias": true, "history": true, "save": true,
}

// operators are the words that may stand between two names in Python.
var operators = map[string]bool{
	"and": true, "or": true, "is": true, "in": true, "not": true, "if": true, "else": true, "for": true, "as": true,
}

// isAutomagic reports whether the line at an offset calls a magic without its sign: what follows the word can't follow a
// name in Python.
func (d *dresser) isAutomagic(at int) bool {
	word := d.word(at)
	if !automagics[string(word)] {
		return false
	}
	rest := bytes.TrimLeft(d.src[at+len(word):d.lineEnd(at)], " \t")
	if len(rest) == 0 {
		return false
	}
	follows := func(more string) bool {
		return len(rest) > 1 && (strings.IndexByte(more, rest[1]) >= 0 || isLetter(rest[1]))
	}
	switch c := rest[0]; {
	case isLetter(c):
		end := 1
		for end < len(rest) && (isLetter(rest[end]) || rest[end] >= '0' && rest[end] <= '9') {
			end++
		}
		return !operators[string(rest[:end])]
	case c == '~' || c == '$' || c == '{' || c == '"' || c == '\'' || c >= '0' && c <= '9':
		return true
	case c == '.':
		return len(rest) > 1 && (rest[1] == '.' || rest[1] == '/') || len(bytes.TrimSpace(rest)) == 1
	case c == '-':
		return follows("-")
	case c == '/':
		return follows("")
	case c == '*':
		return len(rest) > 1 && rest[1] == '.'
	}
	return false
}

// optionsWidth returns the width of a magic's options, and of the blanks around them.
func optionsWidth(b []byte, values string) int {
	at := 0
	blanks := func() {
		for at < len(b) && (b[at] == ' ' || b[at] == '\t') {
			at++
		}
	}
	word := func() []byte {
		start := at
		for at < len(b) && b[at] > ' ' {
			at++
		}
		return b[start:at]
	}
	for blanks(); at+1 < len(b) && b[at] == '-' && (isLetter(b[at+1]) || b[at+1] == '-'); blanks() {
		option := word()
		for i, c := range option[1:] {
			if strings.IndexByte(values, c) >= 0 {
				if i+2 == len(option) {
					blanks()
					word()
				}
				break
			}
		}
	}
	return at
}

// command does what a magic does to the names and the environment of the notebook.
func (in *interp) command(n pyast.Node, c *command) {
	switch c.name {
	case "run":
		in.runCommand(c)
	case "store":
		in.restore(n, c)
	case "env", "set_env":
		in.setVariable(n, c.args)
	case "cd":
		in.changeDirectory(c.args)
	case "!", "sx", "system", "sc":
		in.shellCommand(c)
	}
}

// cellCommand does what the magic does that a cell begins with.
func (in *interp) cellCommand(t *text) {
	if t.magic == nil || t.magic.name != "capture" {
		return
	}
	if name, _, _ := strings.Cut(t.magic.args, " "); isIdentifier(name) {
		in.bind(name, unknown(name+" is what %%capture keeps of a cell's output"))
	}
}

// commandResult is what a command gives to the name that it is assigned to.
func (in *interp) commandResult(n pyast.Node, c *command) object {
	at := in.span(n)
	in.shellCommand(c)
	switch {
	case c.name == "env" && isIdentifier(c.args):
		if i, set := in.st.content(in.environ).find(c.args); set {
			return in.st.content(in.environ).entries[i].obj
		}
		return unknown(environmentReason(c.args)).at(at)
	case c.name == "pwd":
		return located{path: "."}
	case c.name == "!":
		return unknown("the output of " + shortened("!"+c.args) + " is known only when the notebook runs").at(at)
	}
	return unknown("the result of " + shortened("%"+c.name+" "+c.args) + " is known only when the notebook runs").at(at)
}

// restore binds the names that %store -r brings back from an earlier session.
// https://ipython.readthedocs.io/en/stable/config/extensions/storemagic.html
func (in *interp) restore(n pyast.Node, c *command) {
	words := strings.Fields(c.args)
	if len(words) == 0 || words[0] != "-r" {
		return
	}
	if len(words) == 1 {
		in.restored = true
	}
	for _, name := range words[1:] {
		if !isIdentifier(name) {
			return
		}
		in.bind(name, datum{unknown("%store -r restores " + name + ", whose value is known only when the notebook runs").
			at(in.span(n)).Noted(name + " is restored here")})
	}
}

// whyUnset says why nothing is known of a name that nothing has bound.
func (in *interp) whyUnset(name string) string {
	switch {
	case in.restored:
		return name + " is not set in this file, unless %store -r restores it"
	case in.setLater(name):
		return name + " is set in a later cell only"
	}
	return name + " is not set in this file"
}

// setLater reports whether a cell of the notebook assigns a name at its top level.
func (in *interp) setLater(name string) bool {
	if len(in.program.texts) < 2 || in.program.drafts == nil {
		return false
	}
	if in.later == nil {
		in.later = map[string]bool{}
		for _, t := range in.program.texts {
			for _, s := range t.tree.Body {
				if a, ok := s.(*pyast.Assign); ok {
					for _, target := range a.Targets {
						noteNames(target, in.later)
					}
				}
			}
		}
	}
	return in.later[name]
}

func noteNames(target pyast.Expr, names map[string]bool) {
	if n, ok := target.(*pyast.Name); ok {
		names[n.ID] = true
		return
	}
	for _, e := range elts(target) {
		noteNames(e, names)
	}
}

// setVariable sets a variable of the environment: %env NAME=value, or NAME value. $name and {name} are the notebook's.
func (in *interp) setVariable(n pyast.Node, args string) {
	name, text, ok := strings.Cut(args, "=")
	if !ok {
		name, text, ok = strings.Cut(args, " ")
	}
	if name = strings.TrimSpace(name); !ok || !isIdentifier(name) {
		return
	}
	text = strings.TrimSpace(text)
	o := object(datum{value.OfString(text).From(settingAt(in.span(n), text))})
	if strings.ContainsAny(text, "${") {
		o = unknown("the value of " + name + " is computed when the notebook runs").at(in.span(n))
		inner := strings.TrimPrefix(text, "$")
		if inner == text {
			inner = strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
		}
		if bound, known := in.lookup(inner); known {
			o = in.force(bound)
		}
	}
	in.setEnvironment(name, o)
}

// changeDirectory follows %cd into a directory of the tree, from which the notebook imports and reads from then on.
func (in *interp) changeDirectory(args string) {
	to := strings.Trim(strings.TrimSpace(strings.TrimPrefix(args, "-q")), `"'`)
	if to == "" || path.IsAbs(to) || strings.ContainsAny(to, "~${") || in.exists != nil || in.loops > 0 || len(in.chain) > 0 {
		return
	}
	dir := path.Join(in.scope.module.dir, to)
	if dir == ".." || strings.HasPrefix(dir, "../") {
		return
	}
	if dir == "." {
		dir = ""
	}
	if dir == "" || len(in.input.Tree.Dir(dir)) > 0 {
		in.scope.module.dir = dir
	}
}

// runCommand runs another script or notebook, and takes over its names.
// https://ipython.readthedocs.io/en/stable/interactive/magics.html#magic-run
func (in *interp) runCommand(c *command) {
	file := runFile(in.scope.module.dir, c, in.hasFile)
	if file == "" || file == in.program.path {
		return
	}
	key := "%run " + file
	sc, loaded := in.modules[key]
	if !loaded {
		in.modules[key] = nil
		if in.loading < maxLoading && len(in.modules) <= maxModules {
			sc = in.loadAs("__main__", file, key)
		}
	}
	if sc == nil {
		return
	}
	in.takeOver(sc, "__")
	if sc.star != "" {
		in.scope.global.star = sc.star
	}
}

// runFile returns the file that %run names; empty where there is none. Without an ending it is a script, or to Databricks a
// notebook.
func runFile(dir string, c *command, exists func(string) bool) string {
	if c.name != "run" {
		return ""
	}
	name := ""
	words := strings.Fields(c.args)
	for i := 0; i < len(words) && name == ""; i++ {
		switch w := words[i]; {
		case w == "-N" || w == "-m":
			i++
		case strings.HasPrefix(w, "-"):
		default:
			name = strings.Trim(w, `"'`)
		}
	}
	if name == "" || path.IsAbs(name) || strings.ContainsAny(name, "~${") {
		return ""
	}
	for _, ending := range [...]string{"", ".py", ".ipynb"} {
		file := path.Join(dir, name+ending)
		if (strings.HasSuffix(file, ".py") || isNotebook(file)) && exists(file) {
			return file
		}
	}
	return ""
}

// shortened returns a command in as many characters as messages quote.
func shortened(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxWritten {
		return string(r[:maxWritten-1]) + "…"
	}
	return s
}

func isIdentifier(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

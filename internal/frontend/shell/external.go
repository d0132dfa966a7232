package shell

import (
	"fmt"
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/source"
)

// speakers are commands that show or look for their words, and run none of them.
var speakers = map[string]bool{
	"echo": true, "printf": true, "cat": true, "grep": true, "egrep": true, "fgrep": true, "rg": true, "sed": true, "awk": true,
	"log": true, "logger": true, "print": true, "jq": true, "yq": true, "which": true, "type": true, "alias": true, "complete": true,
	"[": true, "test": true, "man": true, "help": true, "awslocal": true, "git": true, "say": true, "info": true, "warn": true,
	"error": true, "die": true, "usage": true, "touch": true, "mkdir": true, "rm": true, "cp": true, "mv": true, "tee": true,
	"expr": true, "basename": true, "dirname": true, "unalias": true, "true": true, "false": true, ":": true,
}

// shells are commands that run a script.
var shells = map[string]bool{"sh": true, "bash": true, "zsh": true, "dash": true, "ksh": true, "ash": true}

// external follows a command that isn't the script's own: those that run another are read for it.
func (x *interpreter) external(f *frame, s *syntax.Stmt, words []field) {
	first, _ := words[0].literal()
	if speakers[path.Base(first)] {
		return
	}
	for i, w := range words {
		name, known := w.literal()
		base := path.Base(name)
		switch {
		case isAWS(name, known && name != ""), !known && i == 0 && len(words) > 2:
			if x.awsCommand(f, words, i) {
				return
			}
		case known && shells[base] && i+1 < len(words):
			if x.shellCommand(f, words[i+1:]) {
				return
			}
		case known && base == "ssh" && i == 0:
			x.remote(f, words[1:])
			return
		}
	}
	if (shells[path.Base(first)] || path.Base(first) == "ssh") && len(words) > 0 {
		x.fromInput(f, s)
	}
}

// isAWS reports whether a word is the AWS CLI, or its container.
func isAWS(name string, known bool) bool {
	if !known {
		return false
	}
	base := path.Base(name)
	image, _, _ := strings.Cut(base, ":")
	switch image {
	case "aws", "aws.exe", "awsv2", "aws2":
		return true
	case "aws-cli":
		return image != name // amazon/aws-cli, public.ecr.aws/aws-cli/aws-cli
	}
	return false
}

// shellCommand follows `bash -c "..."`; false where the words have no script.
func (x *interpreter) shellCommand(f *frame, args []field) bool {
	for i, a := range args {
		s, known := a.literal()
		switch {
		case !known || !strings.HasPrefix(s, "-"):
			return false
		case !strings.HasPrefix(s, "--") && strings.HasSuffix(s, "c") && i+1 < len(args):
			g := f.subshell()
			g.setArgs(args[min(i+3, len(args)):])
			x.evaluate(g, args[i+1].text)
			return true
		}
	}
	return false
}

// remote follows what ssh runs: its words behind the host, as one script.
func (x *interpreter) remote(f *frame, args []field) {
	for i := 0; i < len(args); i++ {
		s := args[i].lead()
		switch {
		case len(s) == 2 && s[0] == '-' && strings.IndexByte("BbcDEeFIiJLlmOoPpQRSWw", s[1]) >= 0:
			i++
		case strings.HasPrefix(s, "-"):
		default:
			x.evaluate(f.subshell(), joinedFields(args[i+1:]))
			return
		}
	}
}

// fromInput follows the script that a shell is given as a here-document.
func (x *interpreter) fromInput(f *frame, s *syntax.Stmt) {
	for _, r := range s.Redirs {
		for _, a := range x.hereDocument(f, r) {
			x.evaluate(f.in(a.when).subshell(), a.words[0].text)
		}
	}
}

// fed follows a pipeline whose right end is a shell and whose left end only prints; false of any other.
func (x *interpreter) fed(f *frame, b *syntax.BinaryCmd) bool {
	right, ok := b.Y.Cmd.(*syntax.CallExpr)
	if !ok || len(right.Args) == 0 || !shells[path.Base(right.Args[0].Lit())] || len(right.Args) > 1 && right.Args[1].Lit() != "-s" {
		return false
	}
	alts := x.output(f, b.X)
	for _, a := range alts {
		x.evaluate(f.in(a.when).subshell(), a.words[0].text)
	}
	return len(alts) > 0
}

// output returns what a statement prints, in each world, where it is one of the few that do nothing else; nothing of any other.
func (x *interpreter) output(f *frame, s *syntax.Stmt) []alternative {
	c, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) == 0 || len(c.Assigns) > 0 {
		return nil
	}
	switch c.Args[0].Lit() {
	case "cat":
		for _, r := range s.Redirs {
			if alts := x.hereDocument(f, r); len(alts) > 0 && len(c.Args) == 1 {
				return alts
			}
		}
	case "echo":
		var alts []alternative
		for _, o := range x.words(f, c.Args[1:]) {
			args := o.fields
			for len(args) > 0 {
				if flag, _ := args[0].literal(); flag != "-n" && flag != "-e" && flag != "-E" {
					break
				}
				args = args[1:]
			}
			alts = append(alts, alternative{when: o.when, words: single(joinedFields(args)...)})
		}
		return alts
	}
	return nil
}

// hereDocument returns the text of a here-document or here-string, in each world; nothing of any other redirection.
func (x *interpreter) hereDocument(f *frame, r *syntax.Redirect) []alternative {
	var w *syntax.Word
	g := f.in(f.world)
	switch r.Op {
	case syntax.Hdoc, syntax.DashHdoc:
		w, g.heredoc = r.Hdoc, true
	case syntax.WordHdoc:
		w = r.Word
	default:
		return nil
	}
	if w == nil {
		return []alternative{{when: f.world, words: single()}}
	}
	if r.Op != syntax.WordHdoc && quotedDelimiter(r.Word) {
		var t text
		for _, p := range w.Parts {
			if lit, ok := p.(*syntax.Lit); ok {
				// The parser counts the delimiter in.
				at := f.span(lit)
				exact := strings.HasPrefix(at.Text(), lit.Value)
				if exact {
					at.End = at.Start + len(lit.Value)
				}
				t = append(t, f.filled(part{known: lit.Value, at: at, exact: exact, quoted: true})...)
			}
		}
		return []alternative{{when: f.world, words: single(t...)}}
	}
	return x.text(g, w)
}

// quotedDelimiter reports whether nothing is expanded in a here-document.
func quotedDelimiter(w *syntax.Word) bool {
	for _, p := range w.Parts {
		lit, ok := p.(*syntax.Lit)
		if !ok || strings.Contains(lit.Value, "\\") {
			return true
		}
	}
	return false
}

// redirected keeps what a statement writes into a file.
func (x *interpreter) redirected(f *frame, s *syntax.Stmt) {
	for _, r := range s.Redirs {
		if r.Op != syntax.RdrOut && r.Op != syntax.RdrClob && r.Op != syntax.AppOut && r.Op != syntax.RdrAll {
			continue
		}
		if r.N != nil && r.N.Value != "1" {
			continue
		}
		content := x.output(f, s)
		if len(content) == 0 || r.Op == syntax.AppOut {
			content = unknowable(f, "the script writes the file when it runs", f.span(r))
		}
		x.writes(f, r.Word, content)
	}
	c, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) < 2 || c.Args[0].Lit() != "tee" {
		return
	}
	for _, r := range s.Redirs {
		if content := x.hereDocument(f, r); len(content) > 0 {
			x.writes(f, c.Args[len(c.Args)-1], content)
		}
	}
}

// writes keeps the content of a file, for the world in which it is written. What another world has written stays.
func (x *interpreter) writes(f *frame, name *syntax.Word, content []alternative) {
	for _, path := range x.text(f, name) {
		key := f.fileKey(path.words[0].text)
		var all []alternative
		for _, old := range x.written[key] {
			if !old.when.Meets(f.world) {
				all = append(all, old)
			}
		}
		for _, c := range content {
			if when, possible := c.when.And(path.when); possible && len(all) < maxWorlds {
				c.when = when
				all = append(all, c)
			}
		}
		x.written[key] = all
	}
}

// fileKey returns by which name a script knows a file that it writes and reads: what isn't known of a path is the same where
// it is spelt the same.
func (f *frame) fileKey(t text) string {
	var b strings.Builder
	for _, p := range t {
		if p.isKnown() {
			b.WriteString(p.known)
			continue
		}
		b.WriteString("\x00" + strings.Trim(p.at.Text(), `${}"`) + "\x00")
	}
	return path.Clean(b.String())
}

// evaluate follows a text that is a script: that of eval, bash -c or ssh.
func (x *interpreter) evaluate(f *frame, t text) {
	size := t.size()
	if f.depth >= maxCalls || size == 0 || size > maxScript {
		return
	}
	if x.statements > maxStatements/2 {
		if f.depth == 0 {
			x.tooManyStatements(t[0].at, maxStatements/2)
		}
		return
	}
	d := newDraft(t[0].at.File, f.file.Label)
	host := t[0].at.File
	last := t[0].at
	for _, p := range t {
		at := p.at
		if at.File != host {
			at = last
		}
		last = at
		switch {
		case !p.isKnown():
			d.hole(p.unknown, at)
		case p.exact && p.at.File == host:
			d.Verbatim(at.Start, at.End)
		default:
			d.Decoded(p.known, at.Start, at.End)
		}
	}
	g := f.in(f.world)
	g.file, g.holes, g.depth = d.File(), d.holes, f.depth+1
	x.run(g, x.parse(g.file, t[0].at))
}

// substitution returns what `$(...)` comes to.
func (x *interpreter) substitution(f *frame, c *syntax.CmdSubst) []alternative {
	at := f.span(c)
	g := f.subshell()
	if len(c.Stmts) == 1 {
		s := c.Stmts[0]
		if alts := x.output(g, s); len(alts) > 0 {
			for i := range alts {
				alts[i].words = single(trimmed(alts[i].words[0].text).moved(at, "")...)
			}
			return alts
		}
		if file, ok := x.shownFile(g, s); ok {
			x.contents[at] = file
		}
	}
	x.run(g, c.Stmts)
	shown := "a command's output"
	if len(c.Stmts) > 0 {
		shown = "$(" + strings.Trim(shownSource(f, c.Stmts[0]), "`") + ")"
	}
	return unknowable(f, shown+" is known only when the script runs", at)
}

// trimmed returns a text without the ends of lines at its end, which a substitution drops.
func trimmed(t text) text {
	if len(t) == 0 {
		return t
	}
	last := t[len(t)-1]
	if !last.isKnown() {
		return t
	}
	n := len(strings.TrimRight(last.known, "\r\n"))
	head, _ := last.split(n)
	return append(t[:len(t)-1:len(t)-1], head)
}

// shownFile returns the file that a command prints as it is: `cat x`, `< x`, `jq . x`, `envsubst < x`.
func (x *interpreter) shownFile(f *frame, s *syntax.Stmt) (text, bool) {
	var input *syntax.Word
	for _, r := range s.Redirs {
		if r.Op == syntax.RdrIn {
			input = r.Word
		}
	}
	c, ok := s.Cmd.(*syntax.CallExpr)
	if !ok {
		if s.Cmd == nil && input != nil {
			return x.pathOf(f, input)
		}
		return nil, false
	}
	if len(c.Args) == 0 {
		return nil, false
	}
	switch c.Args[0].Lit() {
	case "cat":
		if len(c.Args) == 2 {
			input = c.Args[1]
		} else if len(c.Args) > 2 {
			return nil, false
		}
	case "envsubst":
		if len(c.Args) > 1 {
			return nil, false
		}
	case "jq":
		for _, a := range c.Args[1:] {
			switch word := x.sure(f, a); word {
			case "-c", "-r", "-M", "--compact-output", ".", "-rc", "-cr":
			default:
				if input != nil || strings.HasPrefix(word, "-") || a != c.Args[len(c.Args)-1] {
					return nil, false
				}
				input = a
			}
		}
	default:
		return nil, false
	}
	if input == nil {
		return nil, false
	}
	return x.pathOf(f, input)
}

func (x *interpreter) pathOf(f *frame, w *syntax.Word) (text, bool) {
	alts := x.text(f, w)
	if len(alts) != 1 {
		return nil, false
	}
	return alts[0].words[0].text, true
}

// source follows another script of the tree.
func (x *interpreter) source(f *frame, args []field) {
	if len(args) == 0 || f.depth >= maxCalls {
		return
	}
	file, _ := x.open(f, args[0].text)
	if file == nil {
		return
	}
	if x.sourced >= maxSourced {
		x.beyond(args[0].span(), file, fmt.Sprintf("the script sources more than %d others, so %s isn't read", maxSourced, file.Path))
		return
	}
	x.sourced++
	g := f.in(f.world)
	g.file, g.holes, g.depth = file, nil, f.depth+1
	x.run(g, x.parse(file, args[0].span()))
	f.ended = false // a return ends the script that is sourced
}

// maxSourced bounds the scripts that one sources, directly or not.
const maxSourced = 64

// open returns the file of the tree that a path means; nil and why where that isn't known. A path that begins with something
// unknown, mostly the directory of the script, is looked for by its rest.
func (x *interpreter) open(f *frame, t text) (*source.File, string) {
	name, known := t.literal()
	if !known {
		rest := t
		for i, p := range t {
			if !p.isKnown() {
				rest = t[i+1:]
			}
		}
		name, _ = rest.literal()
		if !strings.HasPrefix(name, "/") || len(rest) == len(t) {
			return nil, t.reason()
		}
		name = strings.TrimLeft(name, "/")
	}
	if name == "" || path.IsAbs(name) || strings.HasPrefix(name, "~") {
		return nil, name + " isn't in the tree"
	}
	for _, dir := range f.dirs {
		candidate := path.Join(dir, name)
		if candidate == ".." || strings.HasPrefix(candidate, "../") {
			continue
		}
		if file, err := x.in.Tree.Open(candidate); err == nil {
			return file, ""
		}
	}
	return nil, name + " isn't in the tree"
}

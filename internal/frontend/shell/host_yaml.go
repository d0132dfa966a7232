package shell

import (
	"path"
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// maxScripts bounds the scripts of one file, which templates that many jobs take over multiply.
const maxScripts = 2_000

// A sheet is a document in YAML that says what shells run.
type sheet struct {
	file *source.File
	root *doctree.Node
	// header is the document before it; nil of the first.
	header  *doctree.Node
	owner   resource.Raw
	scripts []script
}

// yamlHost returns the host for files of which read takes each document.
func yamlHost(read func(s *sheet)) host {
	return func(in *frontend.Input, f *source.File) ([]script, []finding.Finding) {
		docs, _ := in.Documents.Parse(f)
		var all []script
		var header *doctree.Node
		for _, doc := range docs {
			s := &sheet{file: f, root: doc.Root, header: header, owner: ownerOf(f)}
			header = doc.Root
			if doc.Root.Kind == doctree.Mapping {
				read(s)
			}
			all = append(all, s.scripts...)
		}
		return all[:min(len(all), maxScripts)], nil
	}
}

// ownerOf returns what the lines of a file belong to that is nobody else's.
func ownerOf(f *source.File) resource.Raw {
	return resource.Raw{Addr: value.Address{Unit: f.Path}, Subject: f.Path, Exists: value.Yes(), Span: f.Whole()}
}

// add takes in a script, unless nothing in it can be a request.
func (s *sheet) add(x script) {
	if len(s.scripts) < maxScripts && mayRequest(x) {
		s.scripts = append(s.scripts, x)
	}
}

// mayRequest reports whether a script may send a request that creates or starts something.
func mayRequest(x script) bool {
	if creates(string(x.file.Bytes)) {
		return true
	}
	for _, h := range x.holes {
		for _, part := range h.value.Parts() {
			if creates(part.Literal()) {
				return true
			}
		}
	}
	return false
}

// creates reports whether a text has the word of an operation that is read.
func creates(text string) bool {
	return strings.Contains(text, "create-") || strings.Contains(text, "start-pipeline-execution") || strings.Contains(text, "-policy")
}

// commands appends the commands of scalars and of lists of them, at any depth, each on lines of its own.
func (d *draft) commands(n *doctree.Node, find blanker) {
	switch {
	case n == nil || n.Kind == doctree.Mapping || n.Kind == doctree.Invalid || n.Kind == doctree.Null:
	case n.Kind == doctree.Sequence:
		for _, item := range n.Items {
			d.commands(item, find)
		}
	default:
		d.newline(placeOf(n))
		d.scalar(n, find)
	}
}

// placeOf returns where a node is spelt: what an alias stands for is spelt where its anchor is.
func placeOf(n *doctree.Node) source.Span {
	if anchor := n.Anchor(); !anchor.IsZero() {
		return anchor
	}
	return n.Span
}

// scalarText returns the text of a scalar, and "" of anything else.
func scalarText(n *doctree.Node) string {
	if n == nil || n.Kind == doctree.Mapping || n.Kind == doctree.Sequence || n.Kind == doctree.Invalid {
		return ""
	}
	return n.Text
}

// isScalar reports whether a node spells a text, empty or not.
func isScalar(n *doctree.Node) bool {
	return n != nil && (n.Kind == doctree.String || n.Kind == doctree.Number || n.Kind == doctree.Bool)
}

// filled returns what a scalar says when its blanks are filled in.
func filled(n *doctree.Node, find blanker) value.Value {
	if n == nil || n.Kind == doctree.Null {
		return value.OfString("").From(spanOf(n))
	}
	if !isScalar(n) {
		return value.OfOpaque("it is no text").From(spanOf(n))
	}
	var blanks []blank
	if find != nil {
		blanks = find(n.Text)
	}
	if len(blanks) == 1 && blanks[0].start == 0 && blanks[0].end == len(n.Text) {
		return blanks[0].value.Use(n.Span)
	}
	var parts []value.Value
	at := 0
	for _, b := range blanks {
		if b.start > at {
			parts = append(parts, value.OfString(n.Text[at:b.start]).From(n.Span))
		}
		parts = append(parts, b.value)
		at = b.end
	}
	if at < len(n.Text) || at == 0 {
		parts = append(parts, value.OfString(n.Text[at:]).From(n.Span))
	}
	return value.OfText(parts...).From(n.Span)
}

func spanOf(n *doctree.Node) source.Span {
	if n == nil {
		return source.Span{}
	}
	return n.Span
}

// variables returns the variables that a mapping of names to scalars sets.
func variables(n *doctree.Node, find blanker) []variable {
	if n == nil || n.Kind != doctree.Mapping {
		return nil
	}
	out := make([]variable, 0, len(n.Pairs))
	for _, p := range n.Pairs {
		if name := p.Key.Text; name != "" && p.Key.Kind != doctree.Mapping {
			out = append(out, variable{name: name, value: known(name, filled(p.Value, find))})
		}
	}
	return out
}

// expanded returns variables whose values refer to each other, or to those that are set already, as GitLab expands them.
// https://docs.gitlab.com/ci/variables/where_variables_can_be_used/
func expanded(own, env []variable) []variable {
	e := reassembly{own: own, env: env, done: map[string]value.Value{}}
	out := make([]variable, len(own))
	for i, v := range own {
		out[i] = variable{name: v.name, value: known(v.name, e.value(v))}
	}
	return out
}

// An reassembly replaces $NAME in the values of variables.
type reassembly struct {
	own, env []variable
	done     map[string]value.Value
	size     int
}

// maxExpansion bounds the bytes that the variables of one mapping expand to.
const maxExpansion = 1 << 20

var reference = regexp.MustCompile(`\$\$|\$(\w+)|\$\{(\w+)\}`)

func (e *reassembly) value(v variable) value.Value {
	var parts []value.Value
	for _, part := range v.value.Parts() {
		text, isKnown := part.AsString()
		if !isKnown {
			parts = append(parts, part)
			continue
		}
		at := 0
		for _, m := range reference.FindAllStringSubmatchIndex(text, -1) {
			parts = append(parts, value.OfString(text[at:m[0]]).WithOrigin(part.Origin()))
			at = m[1]
			switch {
			case m[2] >= 0:
				parts = append(parts, e.named(text[m[2]:m[3]], v.name))
			case m[4] >= 0:
				parts = append(parts, e.named(text[m[4]:m[5]], v.name))
			default:
				parts = append(parts, value.OfString("$"))
			}
		}
		parts = append(parts, value.OfString(text[at:]).WithOrigin(part.Origin()))
	}
	for _, part := range parts {
		e.size += len(part.Literal())
	}
	if e.size > maxExpansion {
		return value.OfOpaque("the variables are too large").WithOrigin(v.value.Origin())
	}
	return value.OfText(parts...).WithOrigin(v.value.Origin())
}

// named returns the value of a variable that the one called by refers to.
func (e *reassembly) named(name, by string) value.Value {
	if v, ok := e.done[name]; ok {
		return v
	}
	e.done[name] = value.OfOpaque("the value of " + name + " refers to itself")
	r := value.OfOpaque(name + " is not set in this file")
	if v, ok := lookup(e.env, name); ok && name == by {
		r = v
	} else if i := lastNamed(e.own, name); i >= 0 && name != by {
		r = e.value(e.own[i])
	} else if ok {
		r = v
	}
	e.done[name] = r
	return r
}

func lastNamed(env []variable, name string) int {
	for i := len(env) - 1; i >= 0; i-- {
		if env[i].name == name {
			return i
		}
	}
	return -1
}

// lookup returns the last variable of a name.
func lookup(env []variable, name string) (value.Value, bool) {
	if i := lastNamed(env, name); i >= 0 {
		return env[i].value, true
	}
	return value.Value{}, false
}

// shellOf returns which shell a command line names ("bash -e {0}", "/usr/bin/env sh", "zsh"); false where it is none whose
// language is read, such as PowerShell or Python.
func shellOf(line string) (syntax.LangVariant, bool) {
	for _, word := range strings.Fields(line) {
		switch name := strings.TrimSuffix(path.Base(word), ".exe"); name {
		case "env", "sudo", "-S", "exec":
		case "bash", "wsl-bash", "msys2", "ash":
			return syntax.LangBash, true
		case "sh", "dash":
			return syntax.LangPOSIX, true
		case "zsh":
			return syntax.LangZsh, true
		case "ksh", "mksh":
			return syntax.LangMirBSDKorn, true
		case "bats":
			return syntax.LangBats, true
		default:
			return syntax.LangBash, false
		}
	}
	return syntax.LangBash, true
}

// cleanDir returns a directory relative to another, as a path of the tree; the other where it isn't known or lies outside.
func cleanDir(base, dir string) string {
	if dir == "" || path.IsAbs(dir) || strings.ContainsAny(dir, "$<>{}~") {
		return base
	}
	dir = path.Join(base, dir)
	if dir == "." || dir == ".." || strings.HasPrefix(dir, "../") {
		return ""
	}
	return dir
}

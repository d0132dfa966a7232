package shell

import (
	"bytes"
	"encoding/base64"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// scriptsOf returns the scripts of a body: of a text that is one of several, those of each.
func scriptsOf(in *frontend.Input, b frontend.Body) []script {
	if b.Pieces != nil {
		return lines(b, b.Pieces)
	}
	var all []script
	for _, arm := range b.Value.Arms() {
		one := b
		one.Owner.Exists = b.Owner.Exists.Within(arm.When)
		switch {
		case b.Language == frontend.BuildSpec:
			all = append(all, buildOf(in, one, arm.Value)...)
		case arm.Value.Kind() == value.KindList:
			all = append(all, wordsOf(one, arm.Value)...)
		default:
			d := encoded(one.Owner, arm.Value)
			if d == nil {
				d = embedded(one.Owner, arm.Value)
			}
			if d != nil {
				all = append(all, settled(one, d.script(one.Owner))...)
			}
		}
	}
	return all
}

// encoded returns the script that a text in base64 spells, as the contents of lifecycle configurations are; nil of any other.
// What is encoded is mostly written in the same place, where each line of it is looked for.
func encoded(owner resource.Raw, v value.Value) *draft {
	text, isKnown := v.AsString()
	if !isKnown || strings.ContainsAny(text, " \n#$") {
		return nil
	}
	plain, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !bytes.HasPrefix(plain, []byte("#!")) {
		return nil
	}
	at := owner.Span
	if o := v.Origin(); o != nil && !o.Span.IsZero() {
		at = o.Span
	}
	d := newDraft(owner.Span.Host().File, "")
	for line := range strings.Lines(string(plain)) {
		code := strings.TrimRight(line, "\r\n")
		if i := strings.Index(at.Text(), code); i >= 0 && code != "" {
			d.verbatim(at.File.Span(at.Start+i, at.Start+i+len(code)))
			at.Start += i + len(code)
		} else {
			d.literal(code, at.FirstLine())
		}
		if code != line {
			d.decoded("\n", at.File.Span(at.Start, at.Start))
		}
	}
	return d
}

// lines returns the script that pieces spell, each where its origin says.
func lines(b frontend.Body, pieces []value.Value) []script {
	d := pieced(b.Owner, pieces)
	if d == nil {
		return nil
	}
	x := d.script(b.Owner)
	return settled(b, x)
}

// pieced puts a text together of pieces; nil where there is none.
func pieced(owner resource.Raw, pieces []value.Value) *draft {
	d := newDraft(owner.Span.Host().File, "")
	for _, piece := range pieces {
		at := owner.Span
		if o := piece.Origin(); o != nil && !o.Span.IsZero() {
			at = o.Span
		}
		if text, isKnown := piece.AsString(); isKnown && text == at.Text() {
			d.verbatim(at)
		} else {
			d.fill(piece, at)
		}
	}
	if d.Len() == 0 {
		return nil
	}
	return d
}

// embedded returns the script that a text is, each byte where it is spelt; nil of what is no text.
func embedded(owner resource.Raw, v value.Value) *draft {
	if o := v.Origin(); o == nil || o.Span.IsZero() {
		v = v.From(owner.Span)
	}
	holes := map[string]hole{}
	f, _, _ := v.Embed("", func(part value.Value) string {
		mark := markOf(len(holes))
		holes[mark] = hole{value: harmless(part)}
		return mark
	})
	if f == nil || len(f.Bytes) == 0 {
		return nil
	}
	d := newDraft(f, "")
	d.verbatim(f.Span(0, len(f.Bytes)))
	d.holes = holes
	return d
}

// settled returns a script as its body says that it is run.
func settled(b frontend.Body, x script) []script {
	line := b.Shell.Interpreter
	if line == "" {
		first, _, _ := bytes.Cut(x.file.Bytes, []byte("\n"))
		if rest, ok := bytes.CutPrefix(bytes.TrimSpace(first), []byte("#!")); ok {
			line = string(rest)
		}
	}
	variant, reads := shellOf(line)
	if !reads || !mayRequest(x) {
		return nil
	}
	x.variant, x.dir = variant, cleanDir(b.Shell.Dir, ".")
	for _, f := range b.Shell.Env {
		x.env = append(x.env, variable{name: f.Name, value: known(f.Name, f.Value)})
	}
	return []script{x}
}

// wordsOf returns the command that a list of words is, or the script that it gives to a shell.
func wordsOf(b frontend.Body, list value.Value) []script {
	words := list.Elems()
	if len(words) == 0 {
		return nil
	}
	first := words[0].Literal()
	if variant, isShell := shellOf(first); isShell && first != "" {
		for i, word := range words[1:] {
			flags, isFlag := strings.CutPrefix(word.Literal(), "-")
			if isFlag && strings.HasSuffix(flags, "c") && !strings.HasPrefix(flags, "-") && i+2 < len(words) {
				b.Shell.Interpreter = variant.String()
				if d := embedded(b.Owner, words[i+2]); d != nil {
					return settled(b, d.script(b.Owner))
				}
				return nil
			}
		}
		return nil
	}
	d := newDraft(b.Owner.Span.Host().File, "")
	for i, word := range words {
		at := b.Owner.Span
		if o := word.Origin(); o != nil && !o.Span.IsZero() {
			at = o.Span
		}
		start := at.File.Span(at.Start, at.Start)
		if i > 0 {
			d.decoded(" ", start)
		}
		text, isKnown := word.AsString()
		switch written := strings.Index(at.Text(), text); {
		case isKnown && isPlain(text) && written >= 0:
			d.verbatim(at.File.Span(at.Start+written, at.Start+written+len(text)))
		case isKnown:
			d.decoded("'"+strings.ReplaceAll(text, "'", `'\''`)+"'", at)
		default:
			d.decoded("'", start)
			d.hole(word.Use(at), at)
			d.decoded("'", start)
		}
	}
	if list.Open() {
		// Without quotes, what isn't known is any number of words.
		d.decoded(" ", b.Owner.Span)
		d.hole(value.OfOpaque(list.Reason()).From(b.Owner.Span), b.Owner.Span)
	}
	return settled(b, d.script(b.Owner))
}

// buildOf returns the scripts of a build specification that stands in what CodeBuild's project says, or in a file that it
// names.
func buildOf(in *frontend.Input, b frontend.Body, v value.Value) []script {
	text, isKnown := v.AsString()
	if isKnown && !strings.ContainsAny(text, "\n{") {
		return buildIn(in, b, text)
	}
	d := embedded(b.Owner, v)
	if d == nil {
		return nil
	}
	return builds(d.File(), d.holes, b)
}

// builds returns the scripts of a build specification.
func builds(f *source.File, holes map[string]hole, b frontend.Body) []script {
	docs, _ := doctree.Parse(f)
	var all []script
	for _, doc := range docs {
		s := &sheet{file: f, root: doc.Root, owner: b.Owner}
		if doc.Root.Kind == doctree.Mapping {
			readBuildSpec(s)
		}
		for _, x := range s.scripts {
			x.holes = holes
			// What the project sets goes before what the specification does.
			x.env = append(x.env, projectVariables(b.Owner)...)
			x.dir = ""
			all = append(all, x)
		}
	}
	return all
}

// buildIn returns the scripts of the build specification in a file, which a project names relative to its source, whose
// beginning may be any directory above. One that is known by its name is read by itself.
func buildIn(in *frontend.Input, b frontend.Body, name string) []script {
	if ext := path.Ext(name); ext != ".yml" && ext != ".yaml" || path.IsAbs(name) || isBuildSpec(name) || in.Tree == nil {
		return nil
	}
	for dir := path.Dir(b.Owner.Span.Host().File.Path); ; dir = path.Dir(dir) {
		if f, err := in.Tree.Open(path.Join(dir, name)); err == nil {
			docs, _ := in.Documents.Parse(f)
			var all []script
			for _, doc := range docs {
				s := &sheet{file: f, root: doc.Root, owner: ownerOf(f)}
				readBuildSpec(s)
				for _, x := range s.scripts {
					x.owner.Exists = b.Owner.Exists
					x.env = append(x.env, projectVariables(b.Owner)...)
					all = append(all, x)
				}
			}
			return all
		}
		if dir == "." || dir == "/" || dir == "" {
			return nil
		}
	}
}

// projectVariables returns the variables that a project of CodeBuild's sets, in the spelling of its dialect.
func projectVariables(project resource.Raw) []variable {
	list, name, text, kind := "Environment.EnvironmentVariables", "Name", "Value", "Type"
	if project.Dialect == resource.Terraform {
		list, name, text, kind = "environment.environment_variable", "name", "value", "type"
	}
	v := project.Props
	for member := range strings.SplitSeq(list, ".") {
		v = v.Attr(member)
	}
	elems := v.Elems()
	if v.Kind() == value.KindObject {
		elems = []value.Value{v}
	}
	var env []variable
	for _, e := range elems {
		is, ok := e.Attr(name).AsString()
		if !ok {
			continue
		}
		set := e.Attr(text)
		if from := e.Attr(kind); from.Kind() != value.KindAbsent && from.Literal() != "PLAINTEXT" {
			set = value.OfOpaque(is + " is looked up when the build runs").WithOrigin(set.Origin())
		}
		env = append(env, variable{name: is, value: known(is, set)})
	}
	return env
}

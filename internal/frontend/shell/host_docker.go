package shell

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// isDockerfile reports whether a file says how an image is built, by its name.
func isDockerfile(base string) bool {
	lower := strings.ToLower(base)
	for _, name := range [...]string{"dockerfile", "containerfile"} {
		if lower == name || strings.HasPrefix(lower, name+".") || strings.HasPrefix(lower, name+"-") || strings.HasPrefix(lower, name+"_") ||
			strings.HasSuffix(lower, "."+name) {
			return !strings.HasSuffix(lower, ".dockerignore")
		}
	}
	return false
}

// A stage is one image of a Dockerfile's.
type stage struct {
	// env is what ENV sets, which whatever is built on the stage has too.
	env     []variable
	variant syntax.LangVariant
	// foreign tells that no shell runs its commands whose language is read.
	foreign bool
}

// A dockerfile is read instruction by instruction.
// https://docs.docker.com/reference/dockerfile/
type dockerfile struct {
	*sheet
	escape byte
	// global are the arguments before the first stage, which a stage has only where it declares them; args are the stage's own.
	global, args []variable
	// stages are those that are complete, by their names in lower case.
	stages map[string]stage
	stage
	name  string
	begun bool
}

// readDockerfile reads what an image runs when it is built, and when it is started.
func readDockerfile(_ *frontend.Input, f *source.File) ([]script, []finding.Finding) {
	d := &dockerfile{sheet: &sheet{file: f, owner: ownerOf(f)}, escape: '\\', stages: map[string]stage{}}
	at := d.directives()
	for at < len(f.Bytes) {
		var line *source.File
		line, at = d.instruction(at)
		if line != nil {
			d.run(line)
		}
	}
	return d.scripts, nil
}

// directives reads the comments that tell how the file is to be read.
func (d *dockerfile) directives() int {
	directive := regexp.MustCompile(`^#\s*(\w+)\s*=\s*(\S+)\s*$`)
	for at := 0; ; {
		end, next := lineEnd(d.file.Bytes, at)
		m := directive.FindSubmatch(d.file.Bytes[at:end])
		if m == nil {
			return at
		}
		if strings.EqualFold(string(m[1]), "escape") && string(m[2]) == "`" {
			d.escape = '`'
		}
		at = next
		if at >= len(d.file.Bytes) {
			return at
		}
	}
}

// instruction returns an instruction with the lines that it is continued on and the texts that follow it, and where the next
// begins; nil for a comment or a blank line.
func (d *dockerfile) instruction(at int) (*source.File, int) {
	b := d.file.Bytes
	e := source.Embed(d.file, "")
	for at < len(b) {
		end, next := lineEnd(b, at)
		trimmed := bytes.TrimSpace(b[at:end])
		if len(trimmed) == 0 || trimmed[0] == '#' {
			// Within an instruction, comments and blank lines are as if they weren't there.
			if at = next; e.Len() == 0 {
				return nil, next
			}
			continue
		}
		text := bytes.TrimRight(b[at:end], " \t")
		if text[len(text)-1] != d.escape {
			e.Verbatim(at, end)
			return d.texts(e, next)
		}
		e.Verbatim(at, at+len(text)-1)
		at = next
	}
	return e.File(), at
}

// hereDocument matches what begins a text that follows an instruction: a word of its own, as BuildKit wants it.
var hereDocument = regexp.MustCompile(`(?:^|\s)\d*<<-?(?:"(\w+)"|'(\w+)'|(\w+))`)

// texts appends the texts that follow an instruction.
func (d *dockerfile) texts(e *source.Embedding, at int) (*source.File, int) {
	line := e.File()
	word, _ := cutWord(line, 0)
	switch strings.ToUpper(word) {
	case "RUN", "COPY", "ADD":
	default:
		return line, at
	}
	for _, m := range hereDocument.FindAllSubmatch(line.Bytes, -1) {
		name := bytes.Join(m[1:], nil)
		for closed := false; !closed && at < len(d.file.Bytes); {
			end, next := lineEnd(d.file.Bytes, at)
			closed = bytes.Equal(bytes.TrimLeft(d.file.Bytes[at:end], "\t"), name)
			e.Decoded("\n", at, at)
			e.Verbatim(at, end)
			at = next
		}
	}
	return e.File(), at
}

// run takes in an instruction.
func (d *dockerfile) run(line *source.File) {
	word, rest := cutWord(line, 0)
	word = strings.ToUpper(word)
	if word == "ONBUILD" || word == "HEALTHCHECK" {
		for {
			var next string
			if next, rest = cutWord(line, rest); !strings.HasPrefix(next, "--") {
				word = strings.ToUpper(next)
				break
			}
		}
	}
	switch word {
	case "FROM":
		d.from(strings.Fields(string(line.Bytes[rest:])))
	case "ARG":
		for _, a := range d.pairs(line, rest, false) {
			d.declare(a)
		}
	case "ENV":
		d.env = append(d.env[:len(d.env):len(d.env)], d.pairs(line, rest, true)...)
	case "SHELL":
		if words := jsonWords(line, rest); len(words) > 0 {
			variant, reads := shellOf(words[0].Text)
			d.variant, d.foreign = variant, !reads
		}
	case "RUN", "CMD", "ENTRYPOINT":
		d.command(line, rest)
	}
}

// from begins a stage.
func (d *dockerfile) from(words []string) {
	for len(words) > 0 && strings.HasPrefix(words[0], "--") {
		words = words[1:]
	}
	if len(words) == 0 {
		return
	}
	if d.begun {
		d.stages[d.name] = d.stage
	} else {
		d.global = d.args
	}
	image := strings.ToLower(words[0])
	d.begun, d.name, d.args, d.stage = true, "", nil, d.stages[image]
	if len(words) == 3 && strings.EqualFold(words[1], "as") {
		d.name = strings.ToLower(words[2])
	}
	for _, name := range [...]string{"nanoserver", "servercore", "/windows"} {
		d.foreign = d.foreign || strings.Contains(image, name)
	}
}

// declare takes in an argument of the build's. Its default fixes it; without one, a stage has that of before the first.
func (d *dockerfile) declare(a variable) {
	if a.value.Kind() == value.KindAbsent {
		v, ok := lookup(d.global, a.name)
		if !ok || !d.begun {
			v = value.OfOpaque(a.name + " is an argument of the build without a default").WithOrigin(a.value.Origin())
		}
		a.value = v
	}
	d.args = append(d.args[:len(d.args):len(d.args)], a)
}

// environment returns what a command of the stage has: what ENV sets hides an argument of its name.
func (d *dockerfile) environment() []variable {
	return append(d.args[:len(d.args):len(d.args)], d.env...)
}

// command takes in what RUN, CMD or ENTRYPOINT runs, as lines for a shell or as a list of words.
func (d *dockerfile) command(line *source.File, at int) {
	if d.foreign {
		return
	}
	for {
		word, rest := cutWord(line, at)
		if !strings.HasPrefix(word, "--") {
			break
		}
		at = rest
	}
	body := newDraft(d.file, "")
	variant := d.variant
	if words := jsonWords(line, at); words != nil {
		var reads bool
		if variant, reads = body.words(words, variant); !reads {
			return
		}
	} else if script := hereOnly.FindSubmatchIndex(line.Bytes[at:]); script != nil {
		start := at + script[1]
		var reads bool
		if variant, reads = interpreterOf(line.Bytes[start:], variant); !reads {
			return
		}
		end := bytes.LastIndexByte(line.Bytes, '\n')
		body.verbatim(line.Span(start, max(end, start)))
	} else {
		body.verbatim(line.Span(at, len(line.Bytes)))
	}
	x := body.script(d.owner)
	x.variant, x.env, x.dir = variant, d.environment(), cleanDir(path.Dir(d.file.Path), ".")
	x.owner.Span = line.Span(0, len(line.Bytes)).Host().FirstLine()
	d.add(x)
}

// hereOnly matches a command that is nothing but the text that follows.
var hereOnly = regexp.MustCompile(`^\s*<<-?["']?\w+["']?[ \t]*\n`)

// interpreterOf returns the shell that a script's first line names; the one given where it names none.
func interpreterOf(content []byte, otherwise syntax.LangVariant) (syntax.LangVariant, bool) {
	first, _, _ := bytes.Cut(content, []byte("\n"))
	if line, ok := bytes.CutPrefix(bytes.TrimSpace(first), []byte("#!")); ok {
		return shellOf(string(line))
	}
	return otherwise, true
}

// jsonWords returns the words of a list in JSON that begins at an offset, at least one; nil where there is none.
func jsonWords(line *source.File, at int) []*doctree.Node {
	text := bytes.TrimLeft(line.Bytes[at:], " \t")
	if len(text) == 0 || text[0] != '[' {
		return nil
	}
	e := source.Embed(line, "")
	e.Verbatim(at, len(line.Bytes))
	docs, errs := doctree.ParseJSON(e.File())
	if len(errs) > 0 || len(docs) != 1 || len(docs[0].Root.Items) == 0 {
		return nil
	}
	for _, item := range docs[0].Root.Items {
		if item.Kind != doctree.String {
			return nil
		}
	}
	return docs[0].Root.Items
}

// words appends a list of words: the script that a shell among them is given, or a command of them. It returns false where
// a shell is given something else.
func (d *draft) words(words []*doctree.Node, otherwise syntax.LangVariant) (syntax.LangVariant, bool) {
	variant, isShell := shellOf(words[0].Text)
	if isShell {
		for i, word := range words[1:] {
			flags, isFlag := strings.CutPrefix(word.Text, "-")
			if isFlag && strings.HasSuffix(flags, "c") && !strings.HasPrefix(flags, "-") && i+2 < len(words) {
				d.scalar(words[i+2], nil)
				return variant, true
			}
		}
		return variant, false
	}
	for i, word := range words {
		if i > 0 {
			d.decoded(" ", word.Span.File.Span(word.Span.Start, word.Span.Start))
		}
		d.quoted(word)
	}
	return otherwise, true
}

// quoted appends a scalar as one word to a shell, whatever it holds.
func (d *draft) quoted(word *doctree.Node) {
	f := word.Embed("")
	end := len(f.Bytes)
	if isPlain(word.Text) {
		d.verbatim(f.Span(0, end))
		return
	}
	d.decoded("'", f.Span(0, 0))
	for at := 0; ; {
		i := bytes.IndexByte(f.Bytes[at:], '\'')
		if i < 0 {
			d.verbatim(f.Span(at, end))
			break
		}
		d.verbatim(f.Span(at, at+i))
		d.decoded(`'\''`, f.Span(at+i, at+i+1))
		at += i + 1
	}
	d.decoded("'", f.Span(end, end))
}

package shell

import (
	"bytes"
	"errors"
	"math"
	"path"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Annotator = Frontend{}

// Ignores implements frontend.Annotator: the comments of scripts, and those of Makefiles, Dockerfiles and Jenkinsfiles around
// their scripts. Those of YAML are told by who reads all YAML.
func (Frontend) Ignores(f *source.File, _ *frontend.Documents) []ignore.Directive {
	if !frontend.MayIgnore(f) {
		return nil
	}
	base := path.Base(f.Path)
	_, isScript := shellEndings[path.Ext(base)]
	switch {
	case isScript || isProgram(f.Path) && bytes.HasPrefix(f.Bytes, []byte("#!")):
		variant, reads := interpreterOf(f.Bytes, shellEndings[path.Ext(f.Path)])
		if !reads {
			return nil
		}
		return commentsOf(f, variant).Directives()
	case isYAML(base):
	case isDockerfile(base):
		return dockerComments(f).Directives()
	case isJenkinsfile(base):
		return groovyComments(f).Directives()
	case isMakefile(base):
		return makeComments(f).Directives()
	}
	return nil
}

// ignores returns the directives in the comments of scripts that stand in other files.
func ignores(scripts []script) []ignore.Directive {
	var out []ignore.Directive
	for _, s := range scripts {
		if s.file.Embedded() && frontend.MayIgnore(s.file) {
			out = append(out, commentsOf(s.file, s.variant).Directives()...)
		}
	}
	return out
}

// buildIgnores returns the directives in the comments of a build specification that stands in another file.
func buildIgnores(b frontend.Body) []ignore.Directive {
	if b.Language != frontend.BuildSpec {
		return nil
	}
	var out []ignore.Directive
	for _, arm := range b.Value.Arms() {
		if d := embedded(b.Owner, arm.Value); d != nil {
			if f := d.File(); frontend.MayIgnore(f) {
				docs, errs := doctree.Parse(f)
				out = append(out, frontend.CommentsOf(f, docs, errs).Directives()...)
			}
		}
	}
	return out
}

// commentsOf returns the comments of a script. Within quotes, a heredoc and a line that goes on over a backslash there is none.
func commentsOf(f *source.File, variant syntax.LangVariant) ignore.Comments {
	c := remarks{ignore.Comments{File: f}}
	content := masked(f.Bytes)
	if len(content) > maxScript || tooDeep(content) {
		return c.Comments
	}
	if variant == 0 {
		variant = syntax.LangBash
	}
	for parsed, n := len(content), 0; ; n++ {
		file, err := syntax.NewParser(syntax.Variant(variant), syntax.KeepComments(true)).Parse(bytes.NewReader(content), "")
		if err == nil {
			c.take(file)
			break
		}
		stopped := before(file, err)
		next, blanked := blankLine(content, stopped)
		if parsed += len(content); !blanked || n == maxErrors || parsed > maxParsed {
			c.upTo(file, stopped)
			break
		}
		content = next
	}
	c.continued()
	return c.Comments
}

// A remarks gathers the comments of a script.
type remarks struct {
	ignore.Comments
}

// take takes in what a parser has found.
func (c *remarks) take(n syntax.Node) {
	end := len(c.File.Bytes)
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Comment:
			c.Spans = append(c.Spans, c.File.Span(offsetOf(n.Pos(), end), offsetOf(n.End(), end)))
		case *syntax.IfClause:
			for _, last := range n.Last { // those around elif, else and fi, which Walk passes over
				c.Spans = append(c.Spans, c.File.Span(offsetOf(last.Pos(), end), offsetOf(last.End(), end)))
			}
		case *syntax.SglQuoted, *syntax.DblQuoted:
			c.join(offsetOf(n.Pos(), end), offsetOf(n.End(), end))
		case *syntax.Redirect:
			if n.Hdoc != nil {
				// The document goes from the line behind to the line that ends it.
				c.join(offsetOf(n.Pos(), end), offsetOf(n.Hdoc.End(), end)+1)
			}
		}
		return true
	})
}

// offsetOf returns the offset of a position; the end of the script of one that the parser doesn't know.
func offsetOf(p syntax.Pos, end int) int {
	if !p.IsValid() {
		return end
	}
	return min(int(p.Offset()), end)
}

// join notes that what stands between two offsets is one text.
func (c *remarks) join(start, end int) {
	if start < end && bytes.IndexByte(c.File.Bytes[start:min(end, len(c.File.Bytes))], '\n') >= 0 {
		c.Joined = append(c.Joined, c.File.Span(start, end))
	}
}

// upTo takes in the statements that end before an offset.
func (c *remarks) upTo(file *syntax.File, stopped int) {
	for _, s := range file.Stmts {
		if int(s.End().Offset()) <= stopped {
			c.take(s)
		}
	}
}

// before returns where the last statement ends that a parser read before an error.
func before(file *syntax.File, err error) int {
	at := math.MaxInt
	if fault := (syntax.ParseError{}); errors.As(err, &fault) {
		at = int(fault.Pos.Offset())
	}
	stopped := 0
	for _, s := range file.Stmts {
		if end := int(s.End().Offset()); end <= at {
			stopped = max(stopped, end)
		}
	}
	return stopped
}

// continued joins the lines that go on over a backslash. One that ends a comment is part of it.
func (c *remarks) continued() {
	b := c.File.Bytes
	comment := 0
	for at := 0; at < len(b); {
		end, next := lineEnd(b, at)
		for comment < len(c.Spans) && c.Spans[comment].End < end {
			comment++
		}
		inComment := comment < len(c.Spans) && c.Spans[comment].Start < end
		if continued(b[at:end]) && !inComment {
			c.Joined = append(c.Joined, c.File.Span(end-1, next))
		}
		at = next
	}
}

// makeComments returns the comments of a Makefile that have lines of their own, and those behind what is no recipe: a recipe's
// lines are the shell's.
func makeComments(f *source.File) ignore.Comments {
	c := remarks{ignore.Comments{File: f}}
	goesOn := false
	for at := 0; at < len(f.Bytes); {
		end, next := lineEnd(f.Bytes, at)
		line := f.Bytes[at:end]
		text := bytes.TrimLeft(line, " \t")
		switch {
		case goesOn:
		case len(text) > 0 && text[0] == '#':
			c.Spans = append(c.Spans, f.Span(end-len(text), end))
		case len(line) > 0 && line[0] != '\t':
			if i := commentStart(line); i >= 0 {
				c.Spans = append(c.Spans, f.Span(at+i, end))
			}
		}
		goesOn = continued(line)
		if goesOn {
			c.Joined = append(c.Joined, f.Span(end-1, next))
		}
		at = next
	}
	return c.Comments
}

// dockerComments returns the comments of a Dockerfile, which have lines of their own, within an instruction too. In the texts
// behind an instruction they are the shell's.
func dockerComments(f *source.File) ignore.Comments {
	d := &dockerfile{sheet: &sheet{file: f, owner: ownerOf(f)}, escape: '\\'}
	c := ignore.Comments{File: f}
	at := d.directives()
	d.comments(&c, 0, at)
	for at < len(f.Bytes) {
		line, next := d.instruction(at)
		if line == nil {
			d.comments(&c, at, next)
		} else {
			// The texts stand behind the instruction, to whose last line nothing is added.
			_, end := d.continuation(at)
			d.comments(&c, at, end)
			c.Joined = append(c.Joined, f.Span(at, next-1))
		}
		at = next
	}
	return c
}

// continuation returns an instruction's lines without the texts that follow it.
func (d *dockerfile) continuation(at int) (start, end int) {
	start = at
	for at < len(d.file.Bytes) {
		stop, next := lineEnd(d.file.Bytes, at)
		line := bytes.TrimSpace(d.file.Bytes[at:stop])
		at = next
		if len(line) > 0 && line[0] != '#' && line[len(line)-1] != d.escape {
			break
		}
	}
	return start, at
}

// comments takes in the comments among some lines.
func (d *dockerfile) comments(c *ignore.Comments, at, end int) {
	for at < end {
		stop, next := lineEnd(d.file.Bytes, at)
		if text := bytes.TrimLeft(d.file.Bytes[at:stop], " \t"); len(text) > 0 && text[0] == '#' {
			c.Spans = append(c.Spans, d.file.Span(stop-len(text), stop))
		}
		at = next
	}
}

// groovyComments returns the comments of a Jenkinsfile.
func groovyComments(f *source.File) ignore.Comments {
	c := remarks{ignore.Comments{File: f}}
	tokens, comments := groovyTokens(f.Bytes)
	for _, t := range tokens {
		if t.quote != "" {
			c.join(t.start, t.end)
		}
	}
	for _, t := range comments {
		c.Spans = append(c.Spans, f.Span(t.start, t.end))
	}
	return c.Comments
}

package shell

import (
	"bytes"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// isJenkinsfile reports whether a file is a pipeline of Jenkins', by its name.
func isJenkinsfile(base string) bool {
	lower := strings.ToLower(base)
	// Steps that several pipelines share are functions in files of Groovy.
	return lower == "jenkinsfile" || path.Ext(lower) == ".groovy" || strings.HasPrefix(lower, "jenkinsfile.") || strings.HasPrefix(lower, "jenkinsfile-") || path.Ext(lower) == ".jenkinsfile"
}

// A jenkinsfile is Groovy, of which no more is read than its texts: those that its sh steps are given, and those that name
// what its parameters and its environment have.
// https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/
type jenkinsfile struct {
	*sheet
	tokens []groovyToken
	// params are the parameters' defaults, env is what environment blocks set.
	params, env []variable
	// looked counts the tokens that were looked at for the arguments of steps.
	looked int
}

// maxLooked bounds them: steps that aren't closed go on to the end of the file.
const maxLooked = 1_000_000

// A groovyToken is a word, a sign or a text.
type groovyToken struct {
	start, end int
	// quote begins and ends a text: ', ", three of either; empty of anything else.
	quote string
}

// readJenkinsfile reads the steps of a pipeline.
func readJenkinsfile(_ *frontend.Input, f *source.File) ([]script, []finding.Finding) {
	tokens, _ := groovyTokens(f.Bytes)
	j := &jenkinsfile{sheet: &sheet{file: f, owner: ownerOf(f)}, tokens: tokens}
	j.settings()
	for i := range j.tokens {
		if j.word(i) == "sh" && j.word(i-1) != "def" {
			j.sh(i)
		}
	}
	return j.scripts, nil
}

// groovyTokens returns the tokens of a file, without blanks but with the ends of lines, and its comments.
func groovyTokens(b []byte) (out, comments []groovyToken) {
	for at := 0; at < len(b); {
		start := at
		switch c := b[at]; {
		case c == ' ' || c == '\t' || c == '\r':
			at++
			continue
		case bytes.HasPrefix(b[at:], []byte("//")):
			at, _ = lineEnd(b, at)
			comments = append(comments, groovyToken{start: start, end: at})
			continue
		case bytes.HasPrefix(b[at:], []byte("/*")):
			if i := bytes.Index(b[at+2:], []byte("*/")); i >= 0 {
				at += i + 4
			} else {
				at = len(b)
			}
			comments = append(comments, groovyToken{start: start, end: at})
			continue
		case c == '\'' || c == '"':
			quote := string(c)
			if triple := strings.Repeat(quote, 3); bytes.HasPrefix(b[at:], []byte(triple)) {
				quote = triple
			}
			at = groovyTextEnd(b, at+len(quote), quote)
			out = append(out, groovyToken{start, at, quote})
			continue
		case isWordByte(c):
			for at < len(b) && isWordByte(b[at]) {
				at++
			}
		default:
			at++
		}
		out = append(out, groovyToken{start: start, end: at})
	}
	return out, comments
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// groovyTextEnd returns where a text ends whose content begins at an offset, its quotes included. One of one line ends there.
func groovyTextEnd(b []byte, at int, quote string) int {
	for at < len(b) {
		switch {
		case b[at] == '\\':
			at += 2
		case bytes.HasPrefix(b[at:], []byte(quote)):
			return at + len(quote)
		case b[at] == '\n' && len(quote) == 1:
			return at
		default:
			at++
		}
	}
	return len(b)
}

// word returns what a token is; empty of texts and where there is none.
func (j *jenkinsfile) word(i int) string {
	if i < 0 || i >= len(j.tokens) || j.tokens[i].quote != "" {
		return ""
	}
	return string(j.file.Bytes[j.tokens[i].start:j.tokens[i].end])
}

// text returns a text of which all is known.
func (j *jenkinsfile) text(i int) (value.Value, bool) {
	if i < 0 || i >= len(j.tokens) || j.tokens[i].quote == "" {
		return value.Value{}, false
	}
	t := j.tokens[i]
	d := newDraft(j.file, "")
	j.content(d, t, nil)
	at := j.file.Span(t.start, t.end)
	if len(d.holes) > 0 {
		return value.OfOpaque("it is put together when the pipeline runs").From(at), true
	}
	return value.StringAt(string(d.File().Bytes), at), true
}

// settings finds what parameters and environment blocks say.
func (j *jenkinsfile) settings() {
	for i := range j.tokens {
		switch {
		case j.word(i) == "environment" && j.word(i+1) == "{":
			for k := i + 2; k < len(j.tokens) && j.word(k) != "}"; k++ {
				if j.word(k) != "=" || !isWord(j.word(k-1)) {
					continue
				}
				name := j.word(k - 1)
				v, ok := j.text(k + 1)
				if next := j.word(k + 2); !ok || next != "\n" && next != "}" && next != ";" {
					v = value.OfOpaque(name + " is known only when the pipeline runs").From(j.file.Span(j.tokens[k-1].start, j.tokens[k-1].end))
				}
				if old, twice := lookup(j.env, name); twice && old.Literal() != v.Literal() {
					v = value.OfOpaque(name + " differs by the stage").WithOrigin(v.Origin())
				}
				j.env = append(j.env, variable{name, known(name, v)})
			}
		case j.word(i) == "name" && j.word(i+1) == ":":
			name, ok := j.text(i + 2)
			if !ok || j.word(i+3) != "," || j.word(i+4) != "defaultValue" {
				continue
			}
			if def, ok := j.text(i + 6); ok && j.word(i+5) == ":" {
				j.params = append(j.params, variable{name.Literal(), known("params."+name.Literal(), def)})
			}
		}
	}
}

// sh takes in the step that a token begins: sh 'text', sh(script: 'text', ...), sh label: 'x', script: 'text'.
func (j *jenkinsfile) sh(i int) {
	k := i + 1
	open := j.word(k) == "("
	if open {
		k++
	}
	for j.word(k) == "\n" && open {
		k++
	}
	if k >= len(j.tokens) {
		return
	}
	if j.tokens[k].quote == "" {
		depth := 0
		for ; k < len(j.tokens) && j.looked < maxLooked; k++ {
			j.looked++
			switch w := j.word(k); {
			case w == "(" || w == "[" || w == "{":
				depth++
			case w == ")" || w == "]" || w == "}":
				depth--
			case w == "script" && j.word(k+1) == ":" && depth == 0:
				j.given(i, k+2)
				return
			case w == "\n" && !open && j.word(k-1) != ",":
				return
			}
			if depth < 0 {
				return
			}
		}
		return
	}
	j.given(i, k)
}

// given takes in the text at a token, with what is added to it.
func (j *jenkinsfile) given(step, i int) {
	d := newDraft(j.file, "")
	for {
		if i >= len(j.tokens) || j.tokens[i].quote == "" {
			if d.Len() == 0 {
				return
			}
			// What is added is no text: no more is known than that something is.
			at := j.file.Span(j.tokens[step].start, j.tokens[step].end)
			d.hole(value.OfOpaque("part of the command is put together when the pipeline runs"), at)
			break
		}
		j.content(d, j.tokens[i], j.named)
		if j.word(i+1) != "+" {
			break
		}
		i += 2
	}
	x := d.script(j.owner)
	x.env, x.dir = with(j.params, j.env), cleanDir(path.Dir(j.file.Path), ".")
	x.owner.Span = j.file.Span(j.tokens[step].start, j.tokens[step].end)
	j.add(x)
}

// named returns what a name stands for in a text.
func (j *jenkinsfile) named(name string) value.Value {
	bare := strings.TrimPrefix(strings.TrimPrefix(name, "env."), "params.")
	if v, ok := lookup(j.params, bare); ok && !strings.HasPrefix(name, "env.") {
		return v
	}
	if v, ok := lookup(j.env, bare); ok && !strings.HasPrefix(name, "params.") {
		return v
	}
	return value.OfOpaque(excerpt(name) + " is known only when the pipeline runs")
}

// content appends what a text says. Between double quotes, names are filled in.
// https://groovy-lang.org/syntax.html#all-strings
func (j *jenkinsfile) content(d *draft, t groovyToken, named func(string) value.Value) {
	b := j.file.Bytes
	start, end := t.start+len(t.quote), max(t.end-len(t.quote), t.start+len(t.quote))
	run := start
	flush := func(to int) {
		if run < to {
			d.verbatim(j.file.Span(run, to))
		}
	}
	for at := start; at < end; {
		switch {
		case b[at] == '\\' && at+1 < end:
			flush(at)
			d.literal(groovyEscape(b[at+1]), j.file.Span(at, at+2))
			at += 2
			run = at
		case b[at] == '$' && t.quote[0] == '"' && at+1 < end && (b[at+1] == '{' || b[at+1] != '$' && isWordByte(b[at+1]) && (b[at+1] < '0' || b[at+1] > '9')):
			flush(at)
			stop, name := at+1, ""
			if b[at+1] == '{' {
				stop = min(referenceEnd(string(b[at:end]), 0)+at, end)
				name = strings.TrimSpace(strings.Trim(string(b[at+1:stop]), "{}"))
			} else {
				for stop < end && (isWordByte(b[stop]) || b[stop] == '.' && stop+1 < end && isWordByte(b[stop+1])) {
					stop++
				}
				name = string(b[at+1 : stop])
			}
			v := value.OfOpaque(name)
			if named != nil {
				v = named(name)
			}
			d.fill(v, j.file.Span(at, stop))
			at = stop
			run = at
		default:
			at++
		}
	}
	flush(end)
}

// groovyEscape returns what a backslash and the character behind it stand for. A line that ends in one goes on.
func groovyEscape(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case 'r':
		return "\r"
	case '\n':
		return ""
	case '\\', '\'', '"', '$':
		return string(rune(c))
	}
	return "\\" + string([]byte{c})
}

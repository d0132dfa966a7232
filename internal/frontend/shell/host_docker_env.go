package shell

import (
	"regexp"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// pairs returns the variables that ENV or ARG sets. Legacy is the form `ENV NAME all the rest`, which ARG doesn't have; a name
// alone has no value.
func (d *dockerfile) pairs(line *source.File, at int, legacy bool) []variable {
	var out []variable
	for {
		for at < len(line.Bytes) && isBlank(line.Bytes[at]) {
			at++
		}
		start := at
		for at < len(line.Bytes) && !isBlank(line.Bytes[at]) && line.Bytes[at] != '=' {
			at++
		}
		name := string(line.Bytes[start:at])
		switch {
		case name == "":
			return out
		case at < len(line.Bytes) && line.Bytes[at] == '=':
			var v value.Value
			v, at = d.word(line, at+1)
			out = append(out, variable{name, known(name, v)})
		case legacy:
			rest := strings.TrimSpace(string(line.Bytes[at:]))
			span := line.Span(at, len(line.Bytes))
			if i := strings.Index(span.Text(), rest); rest != "" && i >= 0 {
				span = line.Span(at+i, at+i+len(rest))
			}
			return append(out, variable{name, known(name, d.expand(rest, span))})
		default:
			out = append(out, variable{name, value.Value{}.From(line.Span(start, at))})
		}
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// word reads a value up to the next blank outside of quotes, and returns where it ends.
func (d *dockerfile) word(line *source.File, at int) (value.Value, int) {
	start := at
	var parts []value.Value
	var run strings.Builder
	flush := func(expands bool) {
		if expands {
			parts = append(parts, d.expand(run.String(), line.Span(start, at)))
		} else {
			parts = append(parts, value.OfString(run.String()))
		}
		run.Reset()
	}
	quote := byte(0)
	for ; at < len(line.Bytes); at++ {
		c := line.Bytes[at]
		switch {
		case c == quote:
			flush(quote != '\'')
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			flush(true)
			quote = c
		case c == d.escape && quote != '\'' && at+1 < len(line.Bytes):
			at++
			if line.Bytes[at] == '$' {
				flush(true)
				parts = append(parts, value.OfString("$"))
				continue
			}
			run.WriteByte(line.Bytes[at])
		case quote == 0 && isBlank(c):
			flush(true)
			return value.OfText(parts...).From(line.Span(start, at)), at
		default:
			run.WriteByte(c)
		}
	}
	flush(quote != '\'')
	return value.OfText(parts...).From(line.Span(start, at)), at
}

// dockerReference matches a variable that Docker itself replaces.
// https://docs.docker.com/reference/dockerfile/#environment-replacement
var dockerReference = regexp.MustCompile(`\$(?:(\w+)|\{(\w+)((?::?[-+?]|#|%|/)[^{}]*)?\})`)

// expand returns a text with the variables replaced that are set before it.
func (d *dockerfile) expand(text string, span source.Span) value.Value {
	var parts []value.Value
	at := 0
	for _, m := range dockerReference.FindAllStringSubmatchIndex(text, -1) {
		parts = append(parts, value.OfString(text[at:m[0]]).From(span))
		at = m[1]
		name := strings.Trim(text[m[0]:m[1]], "${}")
		if m[6] >= 0 {
			name = text[m[4]:m[5]]
		}
		v, ok := lookup(d.environment(), name)
		switch {
		case m[6] >= 0 && strings.HasPrefix(text[m[6]:], ":-") && !ok:
			v = value.OfString(text[m[6]+2 : m[7]])
		case m[6] >= 0 && !strings.HasPrefix(text[m[6]:], ":-"), m[6] >= 0 && v.Kind() != value.KindScalar:
			v = value.OfOpaque(excerpt(text[m[0]:m[1]]) + " is computed when the image is built")
		case !ok:
			v = value.OfOpaque(name + " is not set in the Dockerfile")
		}
		parts = append(parts, v)
	}
	parts = append(parts, value.OfString(text[at:]).From(span))
	size := 0
	for _, part := range parts {
		size += len(part.Literal())
	}
	if size > maxExpansion {
		return value.OfOpaque("the variables of the Dockerfile are too large").From(span)
	}
	return value.OfText(parts...).From(span)
}

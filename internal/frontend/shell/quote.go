package shell

import (
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// decoded returns what a literal says, its escapes resolved.
func (f *frame) decoded(lit *syntax.Lit, quoted, heredoc bool) text {
	at := f.span(lit)
	src := at.Text()
	if f.rewritten(src, lit.Value) {
		return f.filled(part{known: unescape(lit.Value, quoted, heredoc), at: at, quoted: quoted})
	}
	var out text
	start := 0
	flush := func(end int) {
		if end > start {
			out = append(out, f.filled(part{known: src[start:end], at: at.File.Span(at.Start+start, at.Start+end), exact: true, quoted: quoted})...)
		}
	}
	for i := 0; i < len(src); i++ {
		switch {
		case src[i] == '\r' && i+1 < len(src) && src[i+1] == '\n':
			flush(i)
			start = i + 1
			continue
		case src[i] != '\\' || i+1 == len(src):
			continue
		}
		rest := src[i+1:]
		switch {
		case rest[0] == '\n':
			flush(i)
			i++
			start = i + 1
		case strings.HasPrefix(rest, "\r\n"):
			flush(i)
			i += 2
			start = i + 1
		case !quoted && !heredoc, strings.IndexByte("$`\\", src[i+1]) >= 0, src[i+1] == '"' && quoted && !heredoc:
			flush(i)
			size := len(firstRune(src[i+1:]))
			out = append(out, part{known: src[i+1 : i+1+size], at: at.File.Span(at.Start+i, at.Start+i+1+size), quoted: true})
			i += size
			start = i + 1
		}
	}
	flush(len(src))
	return out
}

// firstRune returns the bytes of a text's first character.
func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// rewritten reports whether a literal is spelt otherwise than the parser has it, but for what continues a line: backquotes
// have escapes of their own.
func (f *frame) rewritten(src, parsed string) bool {
	if src == parsed || len(src) == len(parsed) && string(masked([]byte(src))) == parsed {
		return false
	}
	plain := strings.NewReplacer("\\\r\n", "", "\\\n", "", "\r\n", "\n")
	return plain.Replace(src) != plain.Replace(parsed)
}

// unescape resolves the escapes of a literal whose bytes stand nowhere.
func unescape(s string, quoted, heredoc bool) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			switch {
			case s[i+1] == '\n':
				i++
				continue
			case !quoted && !heredoc, strings.IndexByte("$`\\", s[i+1]) >= 0, s[i+1] == '"' && quoted && !heredoc:
				i++
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// filled returns a known part with the marks of what a host fills in as the parts that they are.
func (f *frame) filled(p part) text {
	if len(f.holes) == 0 {
		return text{p}
	}
	var out text
	for {
		start, end, found := nextHole(p.known)
		if !found {
			break
		}
		h, made := f.holes[p.known[start:end]]
		if !made {
			break
		}
		head, rest := p.split(start)
		mark, tail := rest.split(end - start)
		if start > 0 {
			out = append(out, head)
		}
		filling := part{unknown: h.value, at: mark.at, quoted: p.quoted}
		if s, known := h.value.AsString(); known {
			filling = part{known: s, at: mark.at, quoted: p.quoted}
		}
		if o := h.value.Origin(); o != nil {
			filling.via = o.Via
		}
		out = append(out, filling)
		if p = tail; p.known == "" {
			return out
		}
	}
	return append(out, p)
}

// singleQuoted returns what stands in single quotes.
func (f *frame) singleQuoted(q *syntax.SglQuoted) text {
	at := f.span(q)
	inner := at.File.Span(at.Start+1, at.End-1)
	if q.Dollar {
		s, _, err := expand.Format(nil, q.Value, nil)
		if err != nil {
			return text{f.opaque(q, "the escapes in $'...' can't be read", true)}
		}
		return f.filled(part{known: s, at: at, quoted: true})
	}
	return f.filled(part{known: q.Value, at: inner, exact: inner.Text() == q.Value, quoted: true})
}

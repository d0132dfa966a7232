package pyast

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits. Real code stays far below them; they bound the stack of the parser and
// of every recursive reader of the tree.
const (
	// maxSize is the largest source that is parsed.
	maxSize = 64 << 20
	// maxDepth is how deep expressions and patterns nest: brackets are bounded by
	// maxBrackets already, this is for "not not not" and "a if b else c if ...".
	maxDepth = 500
	// maxIndents is CPython's MAXINDENT: how deep blocks nest.
	maxIndents = 100
	// A chain like a.b.c or a+b+c nests to the left as deep as it is long. Links
	// beyond freeLinks of one chain count against maxLinks of their line (of the
	// file, for elifs), so that a tree is never more than some 500,000 nodes high
	// and a recursive reader with frames under a kilobyte keeps its stack.
	freeLinks = 50
	maxLinks  = 150_000
	// rescanFactor bounds the text read again after unclosed brackets and strings,
	// as a multiple of the file: without it hostile input is quadratic.
	rescanFactor = 8
	rescanFloor  = 1 << 20
)

// parser is a recursive-descent parser over the tokens of one logical line.
//
// A production that fails calls fail, which moves the parser to a tFail token
// that no production accepts; all of them return soon after, and statement
// throws away what they built. So no production needs to test for errors unless
// it loops on something else than a token.
type parser struct {
	lexer
	slabs
	i       int   // index of the next token
	lastEnd int32 // end of the last token of the line before
	failed  bool
	failTok int
	failMsg string
	depth   int
	links   int
	elifs   int
	levels  int
	rescan  int // bytes that may still be read again
	buf     []byte
	broken  Name // stands for an expression that failed
	// exact tells that the bytes are well-formed UTF-8.
	exact bool
	// raw is the source as it is, where src has masked halves of characters.
	raw string
}

// Parse parses src, the bytes of a Python module, and never fails: what cannot
// be parsed is left out of the tree and described in Module.Errors.
func Parse(src []byte) *Module {
	m := &Module{span: span{0, int32(min(len(src), maxSize))}, Encoding: "utf-8"}
	if len(src) > maxSize {
		m.Errors = []Error{{0, 0, "file is too large to parse"}}
		return m
	}
	p := &parser{rescan: rescanFactor*len(src) + rescanFloor}
	p.src = string(src)
	p.indents = append(p.indents, indent{})
	p.charset = charset{name: "utf-8"}
	if strings.HasPrefix(p.src, "\ufeff") {
		p.pos = len("\ufeff") // the mark outdoes a cookie: CPython refuses any but UTF-8's
	} else {
		p.charset = sourceCharset(p.src)
	}
	m.Encoding = p.charset.name
	p.raw = p.src
	switch p.charset.shape {
	case unreadable:
		m.Errors = []Error{{0, 0, "source encoding " + m.Encoding + " is not supported"}}
		return m
	case twoByte:
		p.src = maskHalves(src, p.charset.name)
	case utf8Shape:
		p.exact = utf8.ValidString(p.src)
		if !p.exact {
			at := invalidUTF8(p.src)
			p.report(at, at+1, "invalid utf-8")
		}
	case oneByte:
	}
	p.startLine()
	m.Body = p.module()
	p.reportNull()
	m.Comments = p.comments
	slices.SortStableFunc(p.errors, func(a, b Error) int { return a.Pos - b.Pos })
	m.Errors = p.errors
	return m
}

// reportNull tells of a null byte in a string or a comment: elsewhere it was told of already.
func (p *parser) reportNull() {
	at := strings.IndexByte(p.src, 0)
	if at >= 0 && !slices.ContainsFunc(p.errors, func(e Error) bool { return e.Pos == at }) {
		p.report(at, at+1, "null byte")
	}
}

// invalidUTF8 is the offset of the first byte that is not UTF-8.
func invalidUTF8(s string) int {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") {
			return i
		}
	}
	return 0
}

// startLine reads the next logical line.
func (p *parser) startLine() {
	p.line()
	p.emit(tFail, p.pos, p.pos)
	p.i, p.links = 0, 0
}

// nextLine leaves the current logical line.
func (p *parser) nextLine() {
	if n := len(p.toks) - 3; n >= p.first { // before NEWLINE and tFail
		p.lastEnd = p.toks[n].end
	}
	p.startLine()
}

// k is the kind of the next token.
func (p *parser) k() kind { return p.toks[p.i].kind }

// peek is the kind of the token after the next.
func (p *parser) peek() kind {
	if p.i+1 < len(p.toks) {
		return p.toks[p.i+1].kind
	}
	return tFail
}

// start is the offset of the next token.
func (p *parser) start() int32 { return p.toks[p.i].start }

// end is the end of the last token consumed, where CPython lets a node end.
func (p *parser) end() int32 {
	if p.i > p.first {
		return p.toks[p.i-1].end
	}
	return p.lastEnd
}

// from is the span from start to the last token consumed.
func (p *parser) from(start int32) span { return span{start, p.end()} }

func (p *parser) accept(k kind) bool {
	if p.toks[p.i].kind == k {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(k kind, what string) {
	if !p.accept(k) {
		p.fail("expected " + what)
	}
}

// fail abandons the current statement.
func (p *parser) fail(msg string) {
	if !p.failed {
		p.failed, p.failTok, p.failMsg = true, p.i, msg
	}
	p.i = len(p.toks) - 1
}

// enter counts a level of nesting; each call is paired with leave.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.fail("too deeply nested")
	}
}

func (p *parser) leave() { p.depth-- }

// link counts a link of a chain that nests to the left.
func (p *parser) link(n int) {
	if n <= freeLinks {
		return
	}
	p.links++
	if p.links > maxLinks {
		p.fail("expression is too long")
	}
}

// recover reports the failure of the statement on the current line, and moves to
// the line after it: past its suite if it has one, but not past lines that were
// swallowed by a bracket or string left open.
func (p *parser) recover() {
	at := p.toks[p.failTok]
	msg := p.failMsg
	if at.kind == tBad {
		for _, b := range p.lexer.bad {
			if b.Pos == int(at.start) {
				msg = b.Msg
				break
			}
		}
	}
	p.report(int(at.start), int(at.end), msg)
	head := p.toks[p.first]
	p.failed, p.depth = false, 0
	n := len(p.toks)
	suite := head.kind.hasSuite() || n >= 3 && p.toks[n-3].kind == tColon
	// An empty tBad is where a bracket left open was noticed: what comes before it
	// fitted, so there is nothing to read again.
	if p.unclosed && !(at.kind == tBad && at.start == at.end) {
		p.rewind(int(head.start), int(at.start))
	} else {
		p.nextLine()
	}
	if suite && p.k() == tIndent && !p.badIndent {
		p.skipSuite()
	}
}

// rewind moves the lexer back to the line of the failure, or to the line after
// the statement's first, whichever is later.
func (p *parser) rewind(head, at int) {
	end := p.pos
	next := head
	for next < len(p.src) && newlineLen(p.src, next) == 0 {
		next++
	}
	next += newlineLen(p.src, next)
	if at > next {
		next = at
		for p.src[next-1] != '\n' && p.src[next-1] != '\r' {
			next--
		}
	}
	if next >= end {
		p.nextLine()
		return
	}
	p.rescan -= end - next
	if p.rescan < 0 {
		p.report(next, len(p.src), "too many unclosed brackets or strings: the rest of the file is left out")
		next = len(p.src)
	}
	for n := len(p.comments); n > 0 && p.comments[n-1].Pos >= next; n = len(p.comments) {
		p.comments = p.comments[:n-1]
	}
	p.pos = next
	p.startLine()
}

// skipSuite leaves out the block whose INDENT is the next token.
func (p *parser) skipSuite() {
	for level := 0; ; {
		switch p.k() {
		case tIndent:
			level++
			p.i++
		case tDedent:
			level--
			p.i++
			if level == 0 {
				return
			}
		case tEOF:
			return
		default:
			p.nextLine()
		}
	}
}

package terraform

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/source"
)

// What a file may cost. hclsyntax recurses without a limit (hashicorp/hcl#809), and a stack overflow can't be recovered
// from, so a file beyond these is refused before it is parsed.
const (
	// maxFileBytes is the size of the largest file that is parsed.
	maxFileBytes = 4 << 20
	// maxNesting is how deep brackets, templates and blocks may nest.
	maxNesting = 500
	// maxUnaryRun is how many `!` and `-` may stand in a row.
	maxUnaryRun = 500
	// maxOperators is how many operators one expression may have: a chain of them nests as deep as it is long.
	maxOperators = 20_000
	// maxCommentScan bounds the bytes that the lexer looks through for the ends of comments which have none. It looks to
	// the end of the file, for each.
	maxCommentScan = 1 << 27
	// maxJoined bounds the bytes that are moved to join the lines of heredocs, which the parser does one by one, the whole
	// of what it has joined each time.
	maxJoined = 1 << 32
	// tokenBytes is the size of what the parser makes of each line.
	tokenBytes = 16
)

// A refusal is a place beyond a limit, and which limit.
type refusal struct {
	at      source.Span
	message string
}

// guard returns why a file must not be parsed, or nil. The bytes are counted first, which tells nearly every file to be
// harmless at a fraction of the cost of its tokens.
func guard(f *source.File) *refusal {
	if r := guardBytes(f); r != nil {
		return r
	}
	if harmless(f.Bytes) {
		return nil
	}
	return guardTokens(f)
}

// guardBytes returns why not even the tokens of a file must be looked for, or nil.
func guardBytes(f *source.File) *refusal {
	if len(f.Bytes) > maxFileBytes {
		return &refusal{f.Whole(), fmt.Sprintf("the file is larger than %d MiB", maxFileBytes>>20)}
	}
	if at := openComments(f.Bytes); at >= 0 {
		return &refusal{f.Span(at, at+len("/*")), openComment}
	}
	return nil
}

const openComment = "too many comments begin and don't end"

// openComments returns where the first of too many comments without an end begins, or -1. What stands in quotes is none,
// unless it is in an interpolation.
func openComments(b []byte) int {
	start := 0
	if i := bytes.LastIndex(b, []byte("*/")); i >= 0 {
		start = i + len("*/")
	}
	if !bytes.Contains(b[start:], []byte("/*")) {
		return -1
	}
	first, n, quoted, interpolated := -1, 0, false, false
	for i := start; i+1 < len(b); i++ {
		switch c, next := b[i], b[i+1]; {
		case c == '\n':
			quoted, interpolated = false, false
		case c == '"':
			quoted = !quoted
		case next == '{' && (c == '$' || c == '%'):
			interpolated = true
		case c == '/' && next == '*' && (!quoted || interpolated):
			if n++; first < 0 {
				first = i
			}
		}
	}
	if n*(len(b)-start) > maxCommentScan {
		return first
	}
	return -1
}

// harmless reports whether the bytes rule out that a limit is passed, whatever is a string or a comment among them.
func harmless(b []byte) bool {
	depth, unary, operators, templates, lines := 0, 0, 0, 0, 0
	for _, c := range b {
		if c == '\n' || c == '$' || c == '%' {
			lines++
		}
		switch c {
		case '(', '[', '{':
			depth++
			operators++
			if depth > maxNesting {
				return false
			}
		case ')', ']', '}':
			depth = max(depth-1, 0)
		case '!', '-':
			unary++
			operators++
			if unary > maxUnaryRun {
				return false
			}
			continue
		case '+', '*', '/', '<', '>', '=', '?', '&', '|':
			operators++
		case '%':
			operators++
			templates++
		case ' ', '\t', '\r', '\n':
			continue
		}
		unary = 0
	}
	return operators <= maxOperators && templates <= maxNesting && lines*(len(b)+lines*tokenBytes) <= maxJoined
}

// guardTokens counts what nests by the tokens. The lexer is safe with any input but open comments.
func guardTokens(f *source.File) *refusal {
	tokens, _ := hclsyntax.LexConfig(f.Bytes, f.Path, hcl.InitialPos)
	return guardLexed(tokens, func(r hcl.Range) source.Span { return spanIn(f, r) })
}

// guardLexed counts what nests by the tokens of a file or a template, whose ranges place finds.
func guardLexed(tokens hclsyntax.Tokens, place func(hcl.Range) source.Span) *refusal {
	refuse := func(t hclsyntax.Token, what string, limit int) *refusal {
		return &refusal{place(t.Range), fmt.Sprintf("%s (the limit is %d)", what, limit)}
	}
	var nesting []hclsyntax.TokenType
	unary, operators, controls := 0, 0, 0
	lines, text, joined := 0, 0, 0
	for i, t := range tokens {
		if t.Type == hclsyntax.TokenStringLit || t.Type == hclsyntax.TokenQuotedLit {
			lines, text = lines+1, text+len(t.Bytes)
			if joined += text + lines*tokenBytes; joined > maxJoined {
				return &refusal{place(t.Range), "the text has too many lines"}
			}
		} else {
			lines, text = 0, 0
		}
		switch t.Type {
		case hclsyntax.TokenOParen, hclsyntax.TokenOBrack, hclsyntax.TokenOBrace, hclsyntax.TokenOQuote,
			hclsyntax.TokenOHeredoc, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			nesting = append(nesting, t.Type)
			operators++
			controls += controlDepth(t, tokens[i+1:])
		case hclsyntax.TokenCParen, hclsyntax.TokenCBrack, hclsyntax.TokenCBrace, hclsyntax.TokenCQuote,
			hclsyntax.TokenCHeredoc, hclsyntax.TokenTemplateSeqEnd:
			nesting = nesting[:max(len(nesting)-1, 0)]
		case hclsyntax.TokenBang, hclsyntax.TokenMinus:
			operators++
			if unary++; unary > maxUnaryRun {
				return refuse(t, "too many operators in a row", maxUnaryRun)
			}
			continue
		case hclsyntax.TokenComma:
			operators = 0
		case hclsyntax.TokenNewline:
			if n := len(nesting); n == 0 || nesting[n-1] == hclsyntax.TokenOBrace {
				operators = 0
			}
			continue
		case hclsyntax.TokenComment:
			continue
		default:
			if operator(t.Type) {
				operators++
			}
		}
		unary = 0
		switch {
		case len(nesting) > maxNesting || controls > maxNesting:
			return refuse(t, "it is nested too deeply", maxNesting)
		case operators > maxOperators:
			return refuse(t, "the expression has too many operators", maxOperators)
		}
	}
	return nil
}

func operator(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenPlus, hclsyntax.TokenStar, hclsyntax.TokenSlash, hclsyntax.TokenPercent, hclsyntax.TokenQuestion,
		hclsyntax.TokenAnd, hclsyntax.TokenOr, hclsyntax.TokenEqualOp, hclsyntax.TokenNotEqual, hclsyntax.TokenLessThan,
		hclsyntax.TokenLessThanEq, hclsyntax.TokenGreaterThan, hclsyntax.TokenGreaterThanEq:
		return true
	}
	return false
}

// controlDepth returns how a `%{ if }`, `%{ for }` or their end changes the nesting of template directives, which have no
// bracket of their own.
func controlDepth(t hclsyntax.Token, rest hclsyntax.Tokens) int {
	if t.Type != hclsyntax.TokenTemplateControl || len(rest) == 0 || rest[0].Type != hclsyntax.TokenIdent {
		return 0
	}
	switch string(rest[0].Bytes) {
	case "if", "for":
		return 1
	case "endif", "endfor":
		return -1
	}
	return 0
}

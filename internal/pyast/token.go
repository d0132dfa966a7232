package pyast

// kind is the type of a token; keywords and operators each have their own, so
// that the parser compares one byte.
type kind uint8

// token is one token of the current logical line.
type token struct {
	kind       kind
	start, end int32
}

const (
	tEOF kind = iota
	tNewline
	tIndent
	tDedent
	tFail // what the parser sees for the rest of a statement that failed
	tBad  // text that is no token; lexer.bad says why
	tName
	tNumber
	tString
	tFStart  // prefix and opening quote of an f-string or t-string
	tFMiddle // literal text of one, or of a format spec
	tFEnd    // closing quote

	tLParen
	tRParen
	tLBracket
	tRBracket
	tLBrace
	tRBrace
	tComma
	tColon
	tSemicolon
	tDot
	tEllipsis
	tAssign
	tColonAssign
	tArrow
	tExclam
	tTilde

	// Binary operators, in Operator's order.
	tPlus
	tMinus
	tStar
	tAt
	tSlash
	tPercent
	tDoubleStar
	tLShift
	tRShift
	tPipe
	tCaret
	tAmp
	tDoubleSlash
	// Augmented assignments, in the same order.
	tPlusAssign
	tMinusAssign
	tStarAssign
	tAtAssign
	tSlashAssign
	tPercentAssign
	tDoubleStarAssign
	tLShiftAssign
	tRShiftAssign
	tPipeAssign
	tCaretAssign
	tAmpAssign
	tDoubleSlashAssign

	// Comparisons, in CmpOperator's order; is and in are keywords below.
	tEq
	tNotEq
	tLt
	tLtE
	tGt
	tGtE

	tAnd
	tAs
	tAssert
	tAsync
	tAwait
	tBreak
	tClass
	tContinue
	tDef
	tDel
	tElif
	tElse
	tExcept
	tFalse
	tFinally
	tFor
	tFrom
	tGlobal
	tIf
	tImport
	tIn
	tIs
	tLambda
	tNone
	tNonlocal
	tNot
	tOr
	tPass
	tRaise
	tReturn
	tTrue
	tTry
	tWhile
	tWith
	tYield
)

// keyword is the kind of a name: its keyword, or tName.
func keyword(s string) kind {
	if len(s) < 2 || len(s) > 8 {
		return tName
	}
	switch s {
	case "and":
		return tAnd
	case "as":
		return tAs
	case "assert":
		return tAssert
	case "async":
		return tAsync
	case "await":
		return tAwait
	case "break":
		return tBreak
	case "class":
		return tClass
	case "continue":
		return tContinue
	case "def":
		return tDef
	case "del":
		return tDel
	case "elif":
		return tElif
	case "else":
		return tElse
	case "except":
		return tExcept
	case "False":
		return tFalse
	case "finally":
		return tFinally
	case "for":
		return tFor
	case "from":
		return tFrom
	case "global":
		return tGlobal
	case "if":
		return tIf
	case "import":
		return tImport
	case "in":
		return tIn
	case "is":
		return tIs
	case "lambda":
		return tLambda
	case "None":
		return tNone
	case "nonlocal":
		return tNonlocal
	case "not":
		return tNot
	case "or":
		return tOr
	case "pass":
		return tPass
	case "raise":
		return tRaise
	case "return":
		return tReturn
	case "True":
		return tTrue
	case "try":
		return tTry
	case "while":
		return tWhile
	case "with":
		return tWith
	case "yield":
		return tYield
	}
	return tName
}

// opensStatement tells that no expression can contain the keyword. At the start
// of a line inside brackets it proves that a bracket was never closed.
func (k kind) opensStatement() bool {
	switch k {
	case tAssert, tBreak, tClass, tContinue, tDef, tDel, tElif, tExcept, tFinally, tGlobal,
		tImport, tNonlocal, tPass, tRaise, tReturn, tTry, tWhile, tWith:
		return true
	default:
		return false
	}
}

// hasSuite tells that a statement starting with the keyword is followed by an
// indented block, which is lost with it when its header cannot be parsed.
func (k kind) hasSuite() bool {
	switch k {
	case tAsync, tClass, tDef, tElif, tElse, tExcept, tFinally, tFor, tIf, tTry, tWhile, tWith:
		return true
	default:
		return false
	}
}

// Character classes of the first 256 bytes. Every byte from 0x80 counts as a
// letter here; lexer.identifier looks closer.
const (
	cLetter = 1 << iota
	cDigit
	cUpper // also a letter
	cStringPrefix

	cName = cLetter | cDigit
)

// classOf is a table, not a state: nothing writes to it.
var classOf = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = cLetter | cUpper
		case c >= 'a' && c <= 'z', c == '_', c >= 0x80:
			t[c] = cLetter
		case c >= '0' && c <= '9':
			t[c] = cDigit
		}
	}
	for _, c := range "rRbBuUfFtT" {
		t[c] |= cStringPrefix
	}
	return t
}()

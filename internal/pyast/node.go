// Package pyast answers one question: which syntax tree would CPython's ast
// module build for this source, and where does each node stand?
//
// Input is the bytes of a Python 3.8 to 3.14 module; output is a tree with
// CPython's node kinds and field names, each node with byte offsets into those
// bytes. What cannot be parsed is left out statement by statement and described
// in Module.Errors. The package knows nothing of imports, values or AWS.
package pyast

// Node is any node of the tree. Positions are byte offsets into the slice given
// to Parse and follow CPython's lineno/col_offset rules, so a parenthesised
// expression does not include its parentheses. Kinds without a position in
// CPython (Module, Arguments, Comprehension, WithItem, MatchCase) cover their
// own text here.
type Node interface {
	Pos() int
	End() int
}

// Expr is an expression node.
type Expr interface {
	Node
	expr()
}

// Stmt is a statement node.
type Stmt interface {
	Node
	stmt()
}

// Pattern is a node of a case clause.
type Pattern interface {
	Node
	pattern()
}

// TypeParam is a PEP 695 type parameter: *TypeVar, *ParamSpec or *TypeVarTuple.
type TypeParam interface {
	Node
	typeParam()
}

// span is a half-open byte range. Thirty-two bits suffice under maxSize and
// halve the header of every node.
type span struct{ start, end int32 }

// Pos is the byte offset of the node's first byte.
func (s span) Pos() int { return int(s.start) }

// End is the byte offset just after the node's last byte.
func (s span) End() int { return int(s.end) }

// Module is a parsed file. Names and literals share memory with one copy of the
// source that the tree keeps alive.
type Module struct {
	span
	Body     []Stmt
	Comments []Comment // in source order
	Errors   []Error   // in source order; empty when nothing was left out
	Encoding string    // normalised name of the source encoding, "utf-8" unless a cookie says otherwise; ASCII is UTF-8 too
}

// Comment is one comment, from '#' to the end of its line (exclusive).
type Comment struct{ Pos, End int }

// Error is one thing that CPython would not accept. Its position is the token at
// which that showed; the statement around it is left out of the tree, and with a
// header its suite.
type Error struct {
	Pos, End int
	Msg      string
}

// Statements. A decorated definition starts at "def" or "class", as in CPython;
// its decorators stand before it.
type (
	// FunctionDef is a function definition.
	FunctionDef struct {
		span
		Name       string
		NamePos    int // byte offset of Name
		TypeParams []TypeParam
		Args       *Arguments
		Returns    Expr // nil when absent
		Body       []Stmt
		Decorators []Expr
	}
	// AsyncFunctionDef has FunctionDef's layout, so one converts to the other.
	AsyncFunctionDef FunctionDef
	// ClassDef is a class definition.
	ClassDef struct {
		span
		Name       string
		NamePos    int // byte offset of Name
		TypeParams []TypeParam
		Bases      []Expr
		Keywords   []*Keyword
		Body       []Stmt
		Decorators []Expr
	}
	// Return is a return statement; Value is nil when absent.
	Return struct {
		span
		Value Expr
	}
	// Delete is a del statement.
	Delete struct {
		span
		Targets []Expr
	}
	// Assign is a = b = value: Targets in source order.
	Assign struct {
		span
		Targets []Expr
		Value   Expr
	}
	// TypeAlias is a PEP 695 type statement; Name is a *Name in Store context.
	TypeAlias struct {
		span
		Name       Expr
		TypeParams []TypeParam
		Value      Expr
	}
	// AugAssign is target op= value.
	AugAssign struct {
		span
		Target Expr
		Op     Operator
		Value  Expr
	}
	// AnnAssign is target: annotation = value; Value is nil when absent. Simple
	// is false for a target that is not a bare, unparenthesised name.
	AnnAssign struct {
		span
		Target     Expr
		Annotation Expr
		Value      Expr
		Simple     bool
	}
	// For is a for loop.
	For struct {
		span
		Target Expr
		Iter   Expr
		Body   []Stmt
		OrElse []Stmt
	}
	// AsyncFor has For's layout, so one converts to the other.
	AsyncFor For
	// While is a while loop.
	While struct {
		span
		Test   Expr
		Body   []Stmt
		OrElse []Stmt
	}
	// If is an if statement; an elif is an If alone in OrElse, as in CPython.
	If struct {
		span
		Test   Expr
		Body   []Stmt
		OrElse []Stmt
	}
	// With is a with statement.
	With struct {
		span
		Items []*WithItem
		Body  []Stmt
	}
	// AsyncWith has With's layout, so one converts to the other.
	AsyncWith With
	// Match is a match statement.
	Match struct {
		span
		Subject Expr
		Cases   []*MatchCase
	}
	// Raise is a raise statement; Exc and Cause are nil when absent.
	Raise struct {
		span
		Exc   Expr
		Cause Expr
	}
	// Try is a try statement.
	Try struct {
		span
		Body      []Stmt
		Handlers  []*ExceptHandler
		OrElse    []Stmt
		FinalBody []Stmt
	}
	// TryStar is a try statement with except* clauses; it has Try's layout, so
	// one converts to the other.
	TryStar Try
	// Assert is an assert statement; Msg is nil when absent.
	Assert struct {
		span
		Test Expr
		Msg  Expr
	}
	// Import is import a.b as c, d.
	Import struct {
		span
		Names []*Alias
	}
	// ImportFrom is from ..m import a as b. Module is "" when there are only
	// dots; a star import is one Alias named "*".
	ImportFrom struct {
		span
		Module string
		Names  []*Alias
		Level  int
	}
	// Global is a global statement.
	Global struct {
		span
		Names []string
	}
	// Nonlocal is a nonlocal statement.
	Nonlocal struct {
		span
		Names []string
	}
	// ExprStmt is CPython's Expr: an expression as a statement. The name Expr is
	// taken by the interface.
	ExprStmt struct {
		span
		Value Expr
	}
	// Pass is a pass statement.
	Pass struct{ span }
	// Break is a break statement.
	Break struct{ span }
	// Continue is a continue statement.
	Continue struct{ span }
)

// Expressions.
type (
	// BoolOp is a chain of one operator, and or or, over two or more values.
	BoolOp struct {
		span
		Op     BoolOperator
		Values []Expr
	}
	// NamedExpr is target := value; Target is a *Name in Store context.
	NamedExpr struct {
		span
		Target Expr
		Value  Expr
	}
	// BinOp is left op right.
	BinOp struct {
		span
		Left  Expr
		Op    Operator
		Right Expr
	}
	// UnaryOp is op operand.
	UnaryOp struct {
		span
		Op      UnaryOperator
		Operand Expr
	}
	// Lambda is a lambda expression.
	Lambda struct {
		span
		Args *Arguments
		Body Expr
	}
	// IfExp is body if test else orelse.
	IfExp struct {
		span
		Test   Expr
		Body   Expr
		OrElse Expr
	}
	// Dict is a dict display; a nil key stands for **value.
	Dict struct {
		span
		Keys   []Expr
		Values []Expr
	}
	// Set is a set display.
	Set struct {
		span
		Elts []Expr
	}
	// ListComp is a list comprehension.
	ListComp struct {
		span
		Elt        Expr
		Generators []*Comprehension
	}
	// SetComp is a set comprehension.
	SetComp struct {
		span
		Elt        Expr
		Generators []*Comprehension
	}
	// DictComp is a dict comprehension.
	DictComp struct {
		span
		Key        Expr
		Value      Expr
		Generators []*Comprehension
	}
	// GeneratorExp is a generator expression.
	GeneratorExp struct {
		span
		Elt        Expr
		Generators []*Comprehension
	}
	// Await is an await expression.
	Await struct {
		span
		Value Expr
	}
	// Yield is a yield expression; Value is nil when absent.
	Yield struct {
		span
		Value Expr
	}
	// YieldFrom is a yield from expression.
	YieldFrom struct {
		span
		Value Expr
	}
	// Compare is left op0 comparator0 op1 comparator1 ...
	Compare struct {
		span
		Left        Expr
		Ops         []CmpOperator
		Comparators []Expr
	}
	// Call is a call. Starred arguments are in Args, ** ones in Keywords.
	Call struct {
		span
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}
	// FormattedValue is a replacement field of an f-string. Conversion is 's',
	// 'r', 'a', or -1; FormatSpec is a *JoinedStr, or nil when absent.
	FormattedValue struct {
		span
		Value      Expr
		Conversion int
		FormatSpec Expr
	}
	// Interpolation is a replacement field of a t-string; Str is the source text
	// of Value.
	Interpolation struct {
		span
		Value      Expr
		Str        string
		Conversion int
		FormatSpec Expr
	}
	// JoinedStr is an f-string with its adjacent literals: *Constant and
	// *FormattedValue.
	JoinedStr struct {
		span
		Values []Expr
	}
	// TemplateStr is a t-string with its adjacent literals: *Constant and
	// *Interpolation.
	TemplateStr struct {
		span
		Values []Expr
	}
	// Constant is a literal, or adjacent string literals joined.
	Constant struct {
		span
		Kind ConstKind
		// U tells a u prefix on the first literal, CPython's kind field.
		U bool
		// Inexact tells that Str is not the value: it has a \N{name} escape or
		// text in an encoding that this package does not decode, each replaced
		// by U+FFFD. Compare such a string to nothing.
		Inexact bool
		// Str is the text of ConstStr, the octets of ConstBytes, the digits of
		// ConstInt (prefix kept, underscores removed). A lone surrogate from an
		// escape is three bytes, as Python's "surrogatepass" writes it.
		Str string
		// Num is the value of ConstFloat and the imaginary part of ConstComplex.
		Num float64
	}
	// Attribute is value.attr; Attr ends where the node ends.
	Attribute struct {
		span
		Value Expr
		Attr  string
		Ctx   ExprContext
	}
	// Subscript is value[slice].
	Subscript struct {
		span
		Value Expr
		Slice Expr
		Ctx   ExprContext
	}
	// Starred is *value.
	Starred struct {
		span
		Value Expr
		Ctx   ExprContext
	}
	// Name is an identifier, NFKC-normalised.
	Name struct {
		span
		ID  string
		Ctx ExprContext
	}
	// List is a list display.
	List struct {
		span
		Elts []Expr
		Ctx  ExprContext
	}
	// Tuple is a tuple; its position includes parentheses when it has its own.
	Tuple struct {
		span
		Elts []Expr
		Ctx  ExprContext
	}
	// Slice is lower:upper:step inside a subscript, each nil when absent.
	Slice struct {
		span
		Lower Expr
		Upper Expr
		Step  Expr
	}
)

// Parts of expressions and statements.
type (
	// Comprehension is one for clause with its conditions.
	Comprehension struct {
		span
		Target  Expr
		Iter    Expr
		Ifs     []Expr
		IsAsync bool
	}
	// ExceptHandler is one except clause; Type is nil and Name "" when absent.
	ExceptHandler struct {
		span
		Type Expr
		Name string
		Body []Stmt
	}
	// Arguments are the parameters of a function or lambda. Defaults belong to
	// the last len(Defaults) of PosOnlyArgs followed by Args; KwDefaults is as
	// long as KwOnlyArgs, nil where there is no default.
	Arguments struct {
		span
		PosOnlyArgs []*Arg
		Args        []*Arg
		Vararg      *Arg
		KwOnlyArgs  []*Arg
		KwDefaults  []Expr
		Kwarg       *Arg
		Defaults    []Expr
	}
	// Arg is one parameter; Annotation is nil when absent.
	Arg struct {
		span
		Arg        string
		Annotation Expr
	}
	// Keyword is name=value in a call or class; Arg is "" for **value.
	Keyword struct {
		span
		Arg   string
		Value Expr
	}
	// Alias is one imported name; AsName is "" when absent.
	Alias struct {
		span
		Name   string
		AsName string
	}
	// WithItem is one context manager; OptionalVars is nil when absent.
	WithItem struct {
		span
		ContextExpr  Expr
		OptionalVars Expr
	}
	// MatchCase is one case clause; Guard is nil when absent.
	MatchCase struct {
		span
		Pattern Pattern
		Guard   Expr
		Body    []Stmt
	}
	// TypeVar is T: Bound = DefaultValue, each nil when absent.
	TypeVar struct {
		span
		Name         string
		Bound        Expr
		DefaultValue Expr
	}
	// ParamSpec is **P = DefaultValue.
	ParamSpec struct {
		span
		Name         string
		DefaultValue Expr
	}
	// TypeVarTuple is *Ts = DefaultValue.
	TypeVarTuple struct {
		span
		Name         string
		DefaultValue Expr
	}
)

// Patterns.
type (
	// MatchValue compares with a literal or dotted name.
	MatchValue struct {
		span
		Value Expr
	}
	// MatchSingleton is None, True or False: Value is ConstNone, ConstTrue or
	// ConstFalse.
	MatchSingleton struct {
		span
		Value ConstKind
	}
	// MatchSequence is [a, b] or (a, b) or a, b.
	MatchSequence struct {
		span
		Patterns []Pattern
	}
	// MatchMapping is {key: pattern, **Rest}; Rest is "" when absent.
	MatchMapping struct {
		span
		Keys     []Expr
		Patterns []Pattern
		Rest     string
	}
	// MatchClass is cls(patterns, attr=pattern).
	MatchClass struct {
		span
		Cls         Expr
		Patterns    []Pattern
		KwdAttrs    []string
		KwdPatterns []Pattern
	}
	// MatchStar is *name; Name is "" for *_.
	MatchStar struct {
		span
		Name string
	}
	// MatchAs is pattern as name, a bare name (Pattern nil), or _ (both empty).
	MatchAs struct {
		span
		Pattern Pattern
		Name    string
	}
	// MatchOr is a | b.
	MatchOr struct {
		span
		Patterns []Pattern
	}
)

// ExprContext tells whether an expression is read, bound or deleted.
type ExprContext uint8

// The contexts, CPython's names.
const (
	Load ExprContext = iota
	Store
	Del
)

// ConstKind is the type of a Constant's value.
type ConstKind uint8

// The kinds of constants.
const (
	ConstNone ConstKind = iota
	ConstTrue
	ConstFalse
	ConstEllipsis
	ConstStr
	ConstBytes
	ConstInt
	ConstFloat
	ConstComplex
)

// Operator is the operator of a BinOp or AugAssign.
type Operator uint8

// The binary operators, CPython's names.
const (
	Add Operator = iota
	Sub
	Mult
	MatMult
	Div
	Mod
	Pow
	LShift
	RShift
	BitOr
	BitXor
	BitAnd
	FloorDiv
)

// UnaryOperator is the operator of a UnaryOp.
type UnaryOperator uint8

// The unary operators, CPython's names.
const (
	Invert UnaryOperator = iota
	Not
	UAdd
	USub
)

// BoolOperator is the operator of a BoolOp.
type BoolOperator uint8

// The boolean operators, CPython's names.
const (
	And BoolOperator = iota
	Or
)

// CmpOperator is an operator of a Compare.
type CmpOperator uint8

// The comparison operators, CPython's names.
const (
	Eq CmpOperator = iota
	NotEq
	Lt
	LtE
	Gt
	GtE
	Is
	IsNot
	In
	NotIn
)

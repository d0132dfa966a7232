package pyast

// Inspect walks the tree under n, parents first and children in source order as
// far as their kind fixes it; f returning false prunes the children. f is never
// called with nil.
func Inspect(n Node, f func(Node) bool) {
	if !f(n) {
		return
	}
	w := walker(f)
	switch n := n.(type) {
	case *Module:
		each(f, n.Body)
	case Stmt:
		w.stmt(n)
	case Expr:
		w.expr(n)
	case Pattern:
		w.pattern(n)
	default:
		w.part(n)
	}
}

// walker is the function given to Inspect.
type walker func(Node) bool

// each inspects a list; a nil element, as in Dict.Keys, is skipped.
func each[T interface {
	comparable
	Node
}](f func(Node) bool, list []T) {
	var zero T
	for _, n := range list {
		if n != zero {
			Inspect(n, f)
		}
	}
}

// opt inspects expressions that may be absent.
func (w walker) opt(list ...Expr) { each(w, list) }

// suite inspects the expressions and then the statements of a compound.
func (w walker) suite(e []Expr, bodies ...[]Stmt) {
	each(w, e)
	for _, b := range bodies {
		each(w, b)
	}
}

func (w walker) stmt(n Stmt) {
	switch n := n.(type) {
	case *FunctionDef:
		w.function(n)
	case *AsyncFunctionDef:
		w.function((*FunctionDef)(n))
	case *ClassDef:
		each(w, n.Decorators)
		each(w, n.TypeParams)
		each(w, n.Bases)
		each(w, n.Keywords)
		each(w, n.Body)
	case *Return:
		w.opt(n.Value)
	case *Delete:
		each(w, n.Targets)
	case *Assign:
		each(w, n.Targets)
		w.opt(n.Value)
	case *TypeAlias:
		w.opt(n.Name)
		each(w, n.TypeParams)
		w.opt(n.Value)
	case *AugAssign:
		w.opt(n.Target, n.Value)
	case *AnnAssign:
		w.opt(n.Target, n.Annotation, n.Value)
	case *For:
		w.suite([]Expr{n.Target, n.Iter}, n.Body, n.OrElse)
	case *AsyncFor:
		w.suite([]Expr{n.Target, n.Iter}, n.Body, n.OrElse)
	case *While:
		w.suite([]Expr{n.Test}, n.Body, n.OrElse)
	case *If:
		w.suite([]Expr{n.Test}, n.Body, n.OrElse)
	case *With:
		each(w, n.Items)
		each(w, n.Body)
	case *AsyncWith:
		each(w, n.Items)
		each(w, n.Body)
	case *Match:
		w.opt(n.Subject)
		each(w, n.Cases)
	case *Raise:
		w.opt(n.Exc, n.Cause)
	case *Try:
		w.try(n)
	case *TryStar:
		w.try((*Try)(n))
	case *Assert:
		w.opt(n.Test, n.Msg)
	case *Import:
		each(w, n.Names)
	case *ImportFrom:
		each(w, n.Names)
	case *ExprStmt:
		w.opt(n.Value)
	}
}

func (w walker) function(n *FunctionDef) {
	each(w, n.Decorators)
	each(w, n.TypeParams)
	Inspect(n.Args, w)
	w.opt(n.Returns)
	each(w, n.Body)
}

func (w walker) try(n *Try) {
	each(w, n.Body)
	each(w, n.Handlers)
	each(w, n.OrElse)
	each(w, n.FinalBody)
}

func (w walker) expr(n Expr) {
	switch n := n.(type) {
	case *BoolOp:
		each(w, n.Values)
	case *NamedExpr:
		w.opt(n.Target, n.Value)
	case *BinOp:
		w.opt(n.Left, n.Right)
	case *UnaryOp:
		w.opt(n.Operand)
	case *Lambda:
		Inspect(n.Args, w)
		w.opt(n.Body)
	case *IfExp:
		w.opt(n.Body, n.Test, n.OrElse)
	case *Dict:
		for i, v := range n.Values {
			w.opt(n.Keys[i], v)
		}
	case *Set:
		each(w, n.Elts)
	case *ListComp:
		w.comp(n.Generators, n.Elt)
	case *SetComp:
		w.comp(n.Generators, n.Elt)
	case *DictComp:
		w.comp(n.Generators, n.Key, n.Value)
	case *GeneratorExp:
		w.comp(n.Generators, n.Elt)
	case *Await:
		w.opt(n.Value)
	case *Yield:
		w.opt(n.Value)
	case *YieldFrom:
		w.opt(n.Value)
	case *Compare:
		w.opt(n.Left)
		each(w, n.Comparators)
	case *Call:
		w.opt(n.Func)
		each(w, n.Args)
		each(w, n.Keywords)
	case *FormattedValue:
		w.opt(n.Value, n.FormatSpec)
	case *Interpolation:
		w.opt(n.Value, n.FormatSpec)
	case *JoinedStr:
		each(w, n.Values)
	case *TemplateStr:
		each(w, n.Values)
	case *Attribute:
		w.opt(n.Value)
	case *Subscript:
		w.opt(n.Value, n.Slice)
	case *Starred:
		w.opt(n.Value)
	case *List:
		each(w, n.Elts)
	case *Tuple:
		each(w, n.Elts)
	case *Slice:
		w.opt(n.Lower, n.Upper, n.Step)
	}
}

func (w walker) comp(gens []*Comprehension, elts ...Expr) {
	each(w, elts)
	each(w, gens)
}

func (w walker) pattern(n Pattern) {
	switch n := n.(type) {
	case *MatchValue:
		w.opt(n.Value)
	case *MatchSequence:
		each(w, n.Patterns)
	case *MatchMapping:
		for i, k := range n.Keys {
			w.opt(k)
			Inspect(n.Patterns[i], w)
		}
	case *MatchClass:
		w.opt(n.Cls)
		each(w, n.Patterns)
		each(w, n.KwdPatterns)
	case *MatchAs:
		if n.Pattern != nil {
			Inspect(n.Pattern, w)
		}
	case *MatchOr:
		each(w, n.Patterns)
	}
}

func (w walker) part(n Node) {
	switch n := n.(type) {
	case *Comprehension:
		w.opt(n.Target, n.Iter)
		each(w, n.Ifs)
	case *ExceptHandler:
		w.suite([]Expr{n.Type}, n.Body)
	case *Arguments:
		w.arguments(n)
	case *Arg:
		w.opt(n.Annotation)
	case *Keyword:
		w.opt(n.Value)
	case *WithItem:
		w.opt(n.ContextExpr, n.OptionalVars)
	case *MatchCase:
		Inspect(n.Pattern, w)
		w.suite([]Expr{n.Guard}, n.Body)
	case *TypeVar:
		w.opt(n.Bound, n.DefaultValue)
	case *ParamSpec:
		w.opt(n.DefaultValue)
	case *TypeVarTuple:
		w.opt(n.DefaultValue)
	}
}

// arguments inspects each parameter before its default.
func (w walker) arguments(n *Arguments) {
	first := len(n.PosOnlyArgs) + len(n.Args) - len(n.Defaults)
	i := 0
	for _, list := range [][]*Arg{n.PosOnlyArgs, n.Args} {
		for _, a := range list {
			Inspect(a, w)
			if i >= first {
				w.opt(n.Defaults[i-first])
			}
			i++
		}
	}
	if n.Vararg != nil {
		Inspect(n.Vararg, w)
	}
	for i, a := range n.KwOnlyArgs {
		Inspect(a, w)
		w.opt(n.KwDefaults[i])
	}
	if n.Kwarg != nil {
		Inspect(n.Kwarg, w)
	}
}

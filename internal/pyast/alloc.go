package pyast

// The tree of a file lives and dies as a whole, so its nodes come from blocks:
// fewer objects for the collector, and neighbours in the tree are neighbours in
// memory. Blocks start small because most files are.
const (
	firstBlock = 8
	maxBlock   = 256
)

// slab hands out zeroed nodes of one kind.
type slab[T any] struct {
	free []T
	size int
}

func (s *slab[T]) alloc() *T {
	if len(s.free) == 0 {
		s.size = min(max(firstBlock, 2*s.size), maxBlock)
		s.free = make([]T, s.size)
	}
	t := &s.free[0]
	s.free = s.free[1:]
	return t
}

// lists builds slices of unknown length: elements are pushed on a stack shared
// by all lists under construction, then taken off as one exact slice.
type lists[T any] struct {
	stack []T
	free  []T
	size  int
}

func (l *lists[T]) mark() int { return len(l.stack) }

func (l *lists[T]) push(t T) { l.stack = append(l.stack, t) }

// take pops what was pushed since mark; an empty list is nil.
func (l *lists[T]) take(mark int) []T {
	from := l.stack[mark:]
	n := len(from)
	if n == 0 {
		return nil
	}
	if n > len(l.free) {
		l.size = min(max(4*firstBlock, 2*l.size), 2*maxBlock)
		l.free = make([]T, max(n, l.size))
	}
	out := l.free[:n:n]
	l.free = l.free[n:]
	copy(out, from)
	clear(from)
	l.stack = l.stack[:mark]
	return out
}

// slabs are the allocators of one parse. Kinds that are rare in real code are
// allocated one by one instead.
type slabs struct {
	names      slab[Name]
	constants  slab[Constant]
	attributes slab[Attribute]
	calls      slab[Call]
	keywords   slab[Keyword]
	subscripts slab[Subscript]
	tuples     slab[Tuple]
	lists      slab[List]
	dicts      slab[Dict]
	binOps     slab[BinOp]
	boolOps    slab[BoolOp]
	unaryOps   slab[UnaryOp]
	compares   slab[Compare]
	joined     slab[JoinedStr]
	formatted  slab[FormattedValue]
	exprStmts  slab[ExprStmt]
	assigns    slab[Assign]
	returns    slab[Return]
	ifs        slab[If]
	functions  slab[FunctionDef]
	arguments  slab[Arguments]
	args       slab[Arg]
	aliases    slab[Alias]

	exprs     lists[Expr]
	stmts     lists[Stmt]
	kwList    lists[*Keyword]
	argList   lists[*Arg]
	aliasList lists[*Alias]
	cmps      lists[CmpOperator]
}

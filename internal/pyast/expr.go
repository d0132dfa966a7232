package pyast

// expr parses CPython's "expression": a conditional expression or a lambda.
func (p *parser) expr() Expr {
	p.enter()
	defer p.leave()
	if p.k() == tLambda {
		return p.lambda()
	}
	start := p.start()
	e := p.disjunction()
	if !p.accept(tIf) {
		return e
	}
	test := p.disjunction()
	p.expect(tElse, "'else'")
	orelse := p.expr()
	return &IfExp{p.from(start), test, e, orelse}
}

// namedExpr parses an expression or name := expression.
func (p *parser) namedExpr() Expr {
	if p.k() != tName || p.peek() != tColonAssign {
		return p.expr()
	}
	start := p.start()
	target := p.nameExpr(Store)
	p.i++
	value := p.expr()
	return &NamedExpr{p.from(start), target, value}
}

func (p *parser) nameExpr(ctx ExprContext) Expr {
	n := p.names.alloc()
	t := p.toks[p.i]
	n.span, n.Ctx = span{t.start, t.end}, ctx
	n.ID = p.ident()
	return n
}

// starExpr parses an element outside brackets: no walrus.
func (p *parser) starExpr() Expr {
	if p.k() == tStar {
		return p.starred()
	}
	return p.expr()
}

// starNamedExpr parses an element of a display, or a group.
func (p *parser) starNamedExpr() Expr {
	if p.k() == tStar {
		return p.starred()
	}
	return p.namedExpr()
}

func (p *parser) starred() Expr {
	start := p.start()
	p.i++
	value := p.binary(precBitOr)
	return &Starred{p.from(start), value, Load}
}

// exprList parses one expression, or a tuple without parentheses.
func (p *parser) exprList() Expr {
	start := p.start()
	first := p.starExpr()
	if p.k() != tComma {
		return first
	}
	mark := p.exprs.mark()
	p.exprs.push(first)
	for p.accept(tComma) && p.k().startsExpr() {
		p.exprs.push(p.starExpr())
	}
	return p.tuple(start, mark)
}

func (p *parser) tuple(start int32, mark int) Expr {
	t := p.tuples.alloc()
	t.span, t.Elts = p.from(start), p.exprs.take(mark)
	return t
}

// startsExpr tells whether an expression, a starred one included, can start
// with the token.
func (k kind) startsExpr() bool {
	switch k {
	case tName, tNumber, tString, tFStart, tLParen, tLBracket, tLBrace, tEllipsis, tTilde, tPlus, tMinus,
		tStar, tAwait, tFalse, tLambda, tNone, tNot, tTrue, tBad:
		return true
	default:
		return false
	}
}

// annotatedRHS parses what may stand right of an assignment.
func (p *parser) annotatedRHS() Expr {
	if p.k() == tYield {
		return p.yield()
	}
	return p.exprList()
}

func (p *parser) yield() Expr {
	start := p.start()
	p.i++
	if p.accept(tFrom) {
		value := p.expr()
		return &YieldFrom{p.from(start), value}
	}
	var value Expr
	if p.k().startsExpr() {
		value = p.exprList()
	}
	return &Yield{p.from(start), value}
}

func (p *parser) lambda() Expr {
	start := p.start()
	p.i++
	args := p.params(tColon, false)
	p.expect(tColon, "':'")
	body := p.expr()
	return &Lambda{p.from(start), args, body}
}

// disjunction parses or, and what binds tighter.
func (p *parser) disjunction() Expr {
	start := p.start()
	e := p.conjunction()
	if p.k() != tOr {
		return e
	}
	mark := p.exprs.mark()
	p.exprs.push(e)
	for p.accept(tOr) {
		p.exprs.push(p.conjunction())
	}
	return p.boolOp(Or, start, mark)
}

func (p *parser) conjunction() Expr {
	start := p.start()
	e := p.inversion()
	if p.k() != tAnd {
		return e
	}
	mark := p.exprs.mark()
	p.exprs.push(e)
	for p.accept(tAnd) {
		p.exprs.push(p.inversion())
	}
	return p.boolOp(And, start, mark)
}

func (p *parser) boolOp(op BoolOperator, start int32, mark int) Expr {
	b := p.boolOps.alloc()
	b.span, b.Op, b.Values = p.from(start), op, p.exprs.take(mark)
	return b
}

func (p *parser) inversion() Expr {
	if p.k() != tNot {
		return p.comparison()
	}
	start := p.start()
	p.i++
	p.enter()
	defer p.leave()
	operand := p.inversion()
	return p.unaryOp(Not, start, operand)
}

func (p *parser) unaryOp(op UnaryOperator, start int32, operand Expr) Expr {
	u := p.unaryOps.alloc()
	u.span, u.Op, u.Operand = p.from(start), op, operand
	return u
}

func (p *parser) comparison() Expr {
	start := p.start()
	left := p.binary(precBitOr)
	op, ok := p.cmpOp()
	if !ok {
		return left
	}
	mark, ops := p.exprs.mark(), p.cmps.mark()
	for ok {
		p.cmps.push(op)
		p.exprs.push(p.binary(precBitOr))
		op, ok = p.cmpOp()
	}
	c := p.compares.alloc()
	c.span, c.Left = p.from(start), left
	c.Ops, c.Comparators = p.cmps.take(ops), p.exprs.take(mark)
	return c
}

// cmpOp consumes a comparison operator.
func (p *parser) cmpOp() (CmpOperator, bool) {
	switch k := p.k(); {
	case k >= tEq && k <= tGtE:
		p.i++
		return CmpOperator(k - tEq), true
	case k == tIn:
		p.i++
		return In, true
	case k == tIs:
		p.i++
		if p.accept(tNot) {
			return IsNot, true
		}
		return Is, true
	case k == tNot && p.peek() == tIn:
		p.i += 2
		return NotIn, true
	}
	return 0, false
}

// Precedences of the binary operators.
const (
	precBitOr = iota + 1
	precBitXor
	precBitAnd
	precShift
	precSum
	precTerm
)

// precedence is that of a binary operator, 0 of any other token.
func (k kind) precedence() int {
	switch k {
	case tPlus, tMinus:
		return precSum
	case tStar, tAt, tSlash, tPercent, tDoubleSlash:
		return precTerm
	case tLShift, tRShift:
		return precShift
	case tPipe:
		return precBitOr
	case tCaret:
		return precBitXor
	case tAmp:
		return precBitAnd
	default:
		return 0
	}
}

// binary parses operators that bind at least as tight as least.
func (p *parser) binary(least int) Expr {
	start := p.start()
	left := p.unary()
	for n := 0; ; n++ {
		k := p.k()
		if k < tPlus || k > tDoubleSlash {
			return left
		}
		prec := k.precedence()
		if prec < least || prec == 0 {
			return left
		}
		p.i++
		p.link(n)
		right := p.binary(prec + 1)
		b := p.binOps.alloc()
		b.span, b.Left, b.Op, b.Right = p.from(start), left, Operator(k-tPlus), right
		left = b
	}
}

func (p *parser) unary() Expr {
	var op UnaryOperator
	switch p.k() {
	case tMinus:
		op = USub
	case tPlus:
		op = UAdd
	case tTilde:
		op = Invert
	default:
		return p.power()
	}
	start := p.start()
	p.i++
	p.enter()
	defer p.leave()
	operand := p.unary()
	return p.unaryOp(op, start, operand)
}

func (p *parser) power() Expr {
	start := p.start()
	var left Expr
	if p.accept(tAwait) {
		value := p.primary()
		left = &Await{p.from(start), value}
	} else {
		left = p.primary()
	}
	if !p.accept(tDoubleStar) {
		return left
	}
	p.enter()
	defer p.leave()
	right := p.unary()
	b := p.binOps.alloc()
	b.span, b.Left, b.Op, b.Right = p.from(start), left, Pow, right
	return b
}

// primary parses an atom with its attributes, calls and subscripts.
func (p *parser) primary() Expr {
	start := p.start()
	e := p.atom()
	for n := 0; ; n++ {
		switch p.k() {
		case tDot:
			p.i++
			a := p.attributes.alloc()
			a.Value, a.Attr = e, p.ident()
			a.span = p.from(start)
			e = a
		case tLParen:
			open := p.start()
			p.i++
			c := p.calls.alloc()
			c.Func = e
			c.Args, c.Keywords = p.callArgs(open, true)
			p.expect(tRParen, "')'")
			c.span = p.from(start)
			e = c
		case tLBracket:
			p.i++
			s := p.subscripts.alloc()
			s.Value, s.Slice = e, p.slices()
			p.expect(tRBracket, "']'")
			s.span = p.from(start)
			e = s
		default:
			return e
		}
		p.link(n)
	}
}

// callArgs parses up to the closing parenthesis of a call or class statement.
// open is where its parenthesis stands: a generator expression that is the only
// argument shares it.
func (p *parser) callArgs(open int32, call bool) ([]Expr, []*Keyword) {
	mark, kwMark := p.exprs.mark(), p.kwList.mark()
	unpacked := false
	for p.k() != tRParen {
		start := p.start()
		switch {
		case p.accept(tStar):
			value := p.expr()
			if unpacked {
				p.fail("iterable argument unpacking follows keyword argument unpacking")
			}
			p.exprs.push(&Starred{p.from(start), value, Load})
		case p.accept(tDoubleStar):
			unpacked = true
			p.keywordArg(start, "")
		case p.k() == tName && p.peek() == tAssign:
			name := p.ident()
			p.i++
			p.keywordArg(start, name)
		default:
			value := p.namedExpr()
			if p.startsFor() {
				if !call || p.exprs.mark() > mark || p.kwList.mark() > kwMark {
					p.fail("generator expression must be parenthesized")
				}
				gens := p.comprehensions()
				g := &GeneratorExp{span{open, p.toks[p.i].end}, value, gens}
				if p.k() != tRParen {
					p.fail("generator expression must be parenthesized")
				}
				value = g
			} else if p.kwList.mark() > kwMark {
				p.fail("positional argument follows keyword argument")
			}
			p.exprs.push(value)
		}
		if !p.accept(tComma) {
			break
		}
	}
	return p.exprs.take(mark), p.kwList.take(kwMark)
}

func (p *parser) keywordArg(start int32, name string) {
	k := p.keywords.alloc()
	k.Arg, k.Value = name, p.expr()
	k.span = p.from(start)
	p.kwList.push(k)
}

// slices parses the inside of a subscript.
func (p *parser) slices() Expr {
	start := p.start()
	first := p.slice()
	_, star := first.(*Starred)
	if p.k() != tComma && !star {
		return first
	}
	mark := p.exprs.mark()
	p.exprs.push(first)
	for p.accept(tComma) && p.k() != tRBracket {
		p.exprs.push(p.slice())
	}
	return p.tuple(start, mark)
}

func (p *parser) slice() Expr {
	start := p.start()
	var lower Expr
	if p.k() != tColon {
		if p.accept(tStar) {
			value := p.expr()
			return &Starred{p.from(start), value, Load}
		}
		lower = p.namedExpr()
		if p.k() != tColon {
			return lower
		}
	}
	s := &Slice{Lower: lower}
	p.i++
	if p.k().startsExpr() {
		s.Upper = p.expr()
	}
	if p.accept(tColon) && p.k().startsExpr() {
		s.Step = p.expr()
	}
	s.span = p.from(start)
	return s
}

// startsFor tells that the clauses of a comprehension follow.
func (p *parser) startsFor() bool {
	return p.k() == tFor || p.k() == tAsync && p.peek() == tFor
}

func (p *parser) comprehensions() []*Comprehension {
	var list []*Comprehension
	for p.startsFor() {
		start := p.start()
		c := &Comprehension{IsAsync: p.accept(tAsync)}
		p.i++
		c.Target = p.targets()
		p.expect(tIn, "'in'")
		c.Iter = p.disjunction()
		for p.accept(tIf) {
			c.Ifs = append(c.Ifs, p.disjunction())
		}
		c.span = p.from(start)
		list = append(list, c)
	}
	return list
}

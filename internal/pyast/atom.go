package pyast

// atom parses a name, a literal, a display or a group.
func (p *parser) atom() Expr {
	switch p.k() {
	case tName:
		return p.nameExpr(Load)
	case tString, tFStart:
		return p.strings()
	case tNumber:
		return p.numeric()
	case tLParen:
		return p.group()
	case tLBracket:
		return p.list()
	case tLBrace:
		return p.braces()
	case tNone:
		return p.constant(ConstNone)
	case tTrue:
		return p.constant(ConstTrue)
	case tFalse:
		return p.constant(ConstFalse)
	case tEllipsis:
		return p.constant(ConstEllipsis)
	default:
		p.fail("invalid syntax")
		return &p.broken
	}
}

// group parses parentheses: a tuple, a generator expression, or an expression
// that keeps its own position.
func (p *parser) group() Expr {
	start := p.start()
	p.i++
	mark := p.exprs.mark()
	switch p.k() {
	case tRParen:
		p.i++
		return p.tuple(start, mark)
	case tYield:
		e := p.yield()
		p.expect(tRParen, "')'")
		return e
	default:
	}
	first := p.starNamedExpr()
	if p.startsFor() {
		gens := p.comprehensionsOf(first)
		p.expect(tRParen, "')'")
		return &GeneratorExp{p.from(start), first, gens}
	}
	if p.k() != tComma {
		if _, ok := first.(*Starred); ok && !p.failed {
			p.i--
			p.fail("cannot use starred expression here")
		}
		p.expect(tRParen, "')'")
		return first
	}
	p.exprs.push(first)
	p.elements(tRParen)
	p.expect(tRParen, "')'")
	return p.tuple(start, mark)
}

// comprehensionsOf rejects clauses after a starred element.
func (p *parser) comprehensionsOf(elt Expr) []*Comprehension {
	if _, ok := elt.(*Starred); ok {
		p.fail("iterable unpacking cannot be used in comprehension")
	}
	return p.comprehensions()
}

// elements pushes what follows the first element of a display.
func (p *parser) elements(closing kind) {
	for p.accept(tComma) && p.k() != closing {
		p.exprs.push(p.starNamedExpr())
	}
}

func (p *parser) list() Expr {
	start := p.start()
	p.i++
	mark := p.exprs.mark()
	if p.k() != tRBracket {
		first := p.starNamedExpr()
		if p.startsFor() {
			gens := p.comprehensionsOf(first)
			p.expect(tRBracket, "']'")
			return &ListComp{p.from(start), first, gens}
		}
		p.exprs.push(first)
		p.elements(tRBracket)
	}
	p.expect(tRBracket, "']'")
	l := p.lists.alloc()
	l.span, l.Elts = p.from(start), p.exprs.take(mark)
	return l
}

// braces parses a dict or a set, displayed or comprehended.
func (p *parser) braces() Expr {
	start := p.start()
	p.i++
	mark := p.exprs.mark()
	if p.k() == tRBrace || p.k() == tDoubleStar {
		return p.dict(start, nil)
	}
	first := p.starNamedExpr()
	if p.k() == tColon {
		return p.dict(start, first)
	}
	if p.startsFor() {
		gens := p.comprehensionsOf(first)
		p.expect(tRBrace, "'}'")
		return &SetComp{p.from(start), first, gens}
	}
	p.exprs.push(first)
	p.elements(tRBrace)
	p.expect(tRBrace, "'}'")
	return &Set{p.from(start), p.exprs.take(mark)}
}

// dict parses the rest of a dict whose first key, if it is not **, is parsed.
func (p *parser) dict(start int32, key Expr) Expr {
	// Keys and values alternate on the stack and are parted at the end.
	mark := p.exprs.mark()
	for p.k() != tRBrace {
		if p.accept(tDoubleStar) {
			p.exprs.push(nil)
			p.exprs.push(p.binary(precBitOr))
		} else {
			if key == nil {
				key = p.expr()
			}
			switch key.(type) {
			case *NamedExpr, *Starred:
				// A parenthesised walrus is fine; it does not end at the colon.
				if p.i > 0 && p.toks[p.i-1].kind != tRParen {
					p.fail("invalid key in dict")
				}
			}
			p.expect(tColon, "':'")
			value := p.expr()
			if p.startsFor() {
				if p.exprs.mark() > mark {
					p.fail("invalid syntax")
				}
				gens := p.comprehensions()
				p.expect(tRBrace, "'}'")
				p.exprs.take(mark)
				return &DictComp{p.from(start), key, value, gens}
			}
			p.exprs.push(key)
			p.exprs.push(value)
			key = nil
		}
		if !p.accept(tComma) {
			break
		}
	}
	p.expect(tRBrace, "'}'")
	d := p.dicts.alloc()
	d.span = p.from(start)
	all := p.exprs.stack[mark:]
	keys := p.exprs.mark()
	for i := 0; i < len(all); i += 2 {
		p.exprs.push(all[i])
	}
	d.Keys = p.exprs.take(keys)
	for i := 1; i < len(all); i += 2 {
		p.exprs.push(all[i])
	}
	d.Values = p.exprs.take(keys)
	clear(all)
	p.exprs.stack = p.exprs.stack[:mark]
	return d
}

// targets parses what a for clause binds: one target, or a tuple.
func (p *parser) targets() Expr {
	start := p.start()
	first := p.target(Store)
	if p.k() != tComma {
		return first
	}
	mark := p.exprs.mark()
	p.exprs.push(first)
	for p.accept(tComma) && p.k().startsExpr() {
		p.exprs.push(p.target(Store))
	}
	t := p.tuple(start, mark)
	t.(*Tuple).Ctx = Store
	return t
}

// target parses one target. It stops before "in", which an expression would
// take for an operator.
func (p *parser) target(ctx ExprContext) Expr {
	start := p.start()
	if ctx == Store && p.accept(tStar) {
		value := p.primary()
		p.bind(value, ctx)
		return &Starred{p.from(start), value, ctx}
	}
	e := p.primary()
	p.bind(e, ctx)
	return e
}

// bind turns a parsed expression into a target.
func (p *parser) bind(e Expr, ctx ExprContext) {
	switch e := e.(type) {
	case *Name:
		e.Ctx = ctx
	case *Attribute:
		e.Ctx = ctx
	case *Subscript:
		e.Ctx = ctx
	case *Starred:
		if ctx == Del {
			p.failAt(e, "cannot delete starred")
			return
		}
		e.Ctx = ctx
		p.bind(e.Value, ctx)
	case *Tuple:
		e.Ctx = ctx
		for _, x := range e.Elts {
			p.bind(x, ctx)
		}
	case *List:
		e.Ctx = ctx
		for _, x := range e.Elts {
			p.bind(x, ctx)
		}
	default:
		p.failAt(e, "cannot assign to expression")
	}
}

// failAt fails at the token where n starts.
func (p *parser) failAt(n Node, msg string) {
	if p.failed {
		return
	}
	i := p.i
	for i > p.first && int(p.toks[i].start) > n.Pos() {
		i--
	}
	p.i = i
	p.fail(msg)
}

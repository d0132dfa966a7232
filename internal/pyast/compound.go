package pyast

// compound parses a statement with a suite. It is false if the next token starts
// none; a nil statement was left out, and reported unless p.failed says that the
// caller has to.
func (p *parser) compound() (Stmt, bool) {
	start := p.start()
	switch p.k() {
	case tIf:
		return p.ifStmt(), true
	case tFor:
		if f := p.forStmt(start); f != nil {
			return f, true
		}
		return nil, true
	case tDef:
		if f := p.funcDef(start, nil); f != nil {
			return f, true
		}
		return nil, true
	case tClass:
		return p.classDef(nil), true
	case tWith:
		if w := p.with(start); w != nil {
			return w, true
		}
		return nil, true
	case tTry:
		return p.try(), true
	case tWhile:
		return p.while(), true
	case tAt:
		return p.decorated(), true
	case tAsync:
		return p.async(nil), true
	case tName:
		if p.isMatch() {
			return p.match(), true
		}
	default:
	}
	return nil, false
}

// block parses a colon and a suite. It is false if the suite is missing, or (with
// p.failed) cannot be parsed.
func (p *parser) block() ([]Stmt, bool) {
	if !p.accept(tColon) {
		p.fail("expected ':'")
		return nil, false
	}
	mark := p.stmts.mark()
	if p.k() != tNewline {
		p.simpleLine()
		list := p.stmts.take(mark)
		if p.failed {
			return nil, false
		}
		p.nextLine()
		return list, true
	}
	if !p.indented() {
		return nil, false
	}
	p.statements(false)
	p.levels--
	return p.stmts.take(mark), true
}

// indented moves from NEWLINE into the block that must follow; the caller lowers
// levels at its end.
func (p *parser) indented() bool {
	p.nextLine()
	if p.k() != tIndent {
		p.report(int(p.start()), int(p.start()), "expected an indented block")
		return false
	}
	if p.levels >= maxIndents {
		p.report(int(p.start()), int(p.start()), "too many levels of indentation")
		p.skipSuite()
		return false
	}
	p.levels++
	p.i++
	return true
}

// clause parses the suite of else, finally and the like; what fails of it is left
// out alone.
func (p *parser) clause() []Stmt {
	p.i++
	body, ok := p.block()
	if !ok && p.failed {
		p.recover()
	}
	return body
}

// orElse parses an else clause if there is one.
func (p *parser) orElse() []Stmt {
	if p.k() != tElse {
		return nil
	}
	return p.clause()
}

// ifStmt parses an if statement. Its elifs nest in the tree but not here: there
// may be thousands.
func (p *parser) ifStmt() Stmt {
	root := p.ifs.alloc()
	last := root
	if !p.ifClause(root) {
		return nil
	}
	for n := 0; p.k() == tElif; n++ {
		next := p.ifs.alloc()
		if n > freeLinks {
			p.elifs++
			if p.elifs > maxLinks {
				p.fail("too many elif clauses")
			}
		}
		if !p.ifClause(next) {
			if p.failed {
				p.recover()
			}
			break
		}
		mark := p.stmts.mark()
		p.stmts.push(next)
		last.OrElse = p.stmts.take(mark)
		last = next
	}
	last.OrElse = p.orElse()
	for s := root; ; s = s.OrElse[0].(*If) {
		s.end = p.end()
		if s == last {
			return root
		}
	}
}

// ifClause parses "if test: suite" or the same with elif.
func (p *parser) ifClause(s *If) bool {
	s.start = p.start()
	if p.k() == tIf || p.k() == tElif {
		p.i++
	}
	s.Test = p.namedExpr()
	var ok bool
	s.Body, ok = p.block()
	return ok
}

func (p *parser) while() Stmt {
	start := p.start()
	p.i++
	w := &While{Test: p.namedExpr()}
	var ok bool
	if w.Body, ok = p.block(); !ok {
		return nil
	}
	w.OrElse = p.orElse()
	w.span = p.from(start)
	return w
}

// forStmt parses a for loop; start is where its node starts, at async if any.
func (p *parser) forStmt(start int32) *For {
	p.i++
	f := &For{Target: p.targets()}
	p.expect(tIn, "'in'")
	f.Iter = p.exprList()
	var ok bool
	if f.Body, ok = p.block(); !ok {
		return nil
	}
	f.OrElse = p.orElse()
	f.span = p.from(start)
	return f
}

// async parses what may follow async, with the decorators before it.
func (p *parser) async(decorators []Expr) Stmt {
	start := p.start()
	p.i++
	switch {
	case p.k() == tDef:
		if f := p.funcDef(start, decorators); f != nil {
			return (*AsyncFunctionDef)(f)
		}
		return nil
	case p.k() == tFor && decorators == nil:
		if f := p.forStmt(start); f != nil {
			return (*AsyncFor)(f)
		}
		return nil
	case p.k() == tWith && decorators == nil:
		if w := p.with(start); w != nil {
			return (*AsyncWith)(w)
		}
		return nil
	}
	p.fail("invalid syntax")
	return nil
}

// with parses a with statement. Parentheses after "with" may enclose all items or
// start the first one; the items are tried once where a colon follows the closing
// parenthesis, as CPython's grammar does.
func (p *parser) with(start int32) *With {
	p.i++
	w := &With{}
	if p.k() == tLParen && p.closesBeforeColon() {
		saved, exprs, kws := p.i, p.exprs.mark(), p.kwList.mark()
		p.i++
		w.Items = p.withItems(tRParen)
		p.expect(tRParen, "')'")
		if p.failed || p.k() != tColon {
			p.failed, p.depth, p.i = false, 0, saved
			p.exprs.take(exprs)
			p.kwList.take(kws)
			w.Items = nil
		}
	}
	if w.Items == nil {
		w.Items = p.withItems(tColon)
	}
	var ok bool
	if w.Body, ok = p.block(); !ok {
		return nil
	}
	w.span = p.from(start)
	return w
}

// closesBeforeColon tells that the parenthesis at the next token is closed right
// before a colon.
func (p *parser) closesBeforeColon() bool {
	level := 0
	for i := p.i; i+1 < len(p.toks); i++ {
		switch p.toks[i].kind {
		case tLParen, tLBracket, tLBrace:
			level++
		case tRParen, tRBracket, tRBrace:
			level--
			if level == 0 {
				return p.toks[i+1].kind == tColon
			}
		default:
		}
	}
	return false
}

// withItems parses at least one item. Before a closing parenthesis the list may
// end in a comma.
func (p *parser) withItems(closing kind) []*WithItem {
	var items []*WithItem
	for {
		start := p.start()
		item := &WithItem{ContextExpr: p.expr()}
		if p.accept(tAs) {
			item.OptionalVars = p.target(Store)
		}
		item.span = p.from(start)
		items = append(items, item)
		if !p.accept(tComma) || closing == tRParen && p.k() == tRParen {
			return items
		}
	}
}

// try parses a try statement with handlers of either kind.
func (p *parser) try() Stmt {
	start := p.start()
	p.i++
	t := &Try{}
	var ok bool
	if t.Body, ok = p.block(); !ok {
		return nil
	}
	star, lost := false, false
	for p.k() == tExcept {
		h, isStar := p.handler()
		if p.failed {
			p.recover()
		}
		if h == nil {
			lost = true
			continue
		}
		if len(t.Handlers) > 0 && star != isStar {
			p.report(h.Pos(), h.Pos(), "cannot have both 'except' and 'except*' on the same 'try'")
			continue
		}
		star = isStar
		t.Handlers = append(t.Handlers, h)
	}
	if len(t.Handlers) > 0 {
		t.OrElse = p.orElse()
	}
	if p.k() == tFinally {
		t.FinalBody = p.clause()
	} else if len(t.Handlers) == 0 && !lost {
		p.report(int(start), int(start), "expected 'except' or 'finally' block")
		return nil
	}
	t.span = p.from(start)
	if star {
		return (*TryStar)(t)
	}
	return t
}

// exceptTypes parses one expression or several, none of them starred.
func (p *parser) exceptTypes() Expr {
	start, mark := p.start(), p.exprs.mark()
	first := p.expr()
	if p.k() != tComma {
		return first
	}
	p.exprs.push(first)
	for p.accept(tComma) && p.k() != tColon {
		p.exprs.push(p.expr())
	}
	t := p.tuple(start, mark)
	if p.k() == tAs {
		p.fail("multiple exception types must be parenthesized when using 'as'")
	}
	return t
}

// handler parses an except clause, and tells whether it is except*.
func (p *parser) handler() (*ExceptHandler, bool) {
	start := p.start()
	p.i++
	star := p.accept(tStar)
	h := &ExceptHandler{}
	if p.k() != tColon {
		// PEP 758: several types need no parentheses without "as".
		h.Type = p.exceptTypes()
		if p.accept(tAs) {
			h.Name = p.ident()
		}
	} else if star {
		p.fail("expected one or more exception types")
	}
	var ok bool
	if h.Body, ok = p.block(); !ok {
		return nil, star
	}
	h.span = p.from(start)
	return h, star
}

package pyast

import "strings"

// module parses the whole file.
func (p *parser) module() []Stmt {
	mark := p.stmts.mark()
	p.statements(true)
	return p.stmts.take(mark)
}

// statements parses up to the DEDENT that ends the block, or to the end of the
// file, and pushes the statements.
func (p *parser) statements(top bool) {
	unexpected := 0 // levels of indentation that belong to no block
	for {
		switch p.k() {
		case tEOF:
			return
		case tIndent:
			if !p.badIndent {
				p.report(int(p.start()), int(p.start()), "unexpected indent")
			}
			p.badIndent = false
			unexpected++
			p.i++
		case tDedent:
			p.i++
			if unexpected > 0 {
				unexpected--
			} else if !top {
				return
			}
		default:
			p.statement()
		}
	}
}

// statement parses one logical line with its suite. What fails is left out.
func (p *parser) statement() {
	exprs, kws := p.exprs.mark(), p.kwList.mark()
	s, compound := p.compound()
	if !compound {
		p.simpleLine()
	}
	switch {
	case p.failed:
		p.exprs.take(exprs)
		p.kwList.take(kws)
		p.recover()
	case !compound:
		p.nextLine()
	case s != nil:
		p.stmts.push(s)
	}
}

// simpleLine parses simple statements up to NEWLINE and pushes them.
func (p *parser) simpleLine() {
	for {
		s := p.simple()
		if !p.failed && p.k() != tSemicolon && p.k() != tNewline {
			p.fail("invalid syntax")
		}
		if p.failed {
			return
		}
		p.stmts.push(s)
		if !p.accept(tSemicolon) || p.k() == tNewline {
			break
		}
	}
	if p.k() != tNewline {
		p.fail("invalid syntax")
	}
}

// simple parses one simple statement.
func (p *parser) simple() Stmt {
	start := p.start()
	switch p.k() {
	case tReturn:
		p.i++
		r := p.returns.alloc()
		if p.k().startsExpr() {
			r.Value = p.exprList()
		}
		r.span = p.from(start)
		return r
	case tImport:
		return p.importStmt()
	case tFrom:
		return p.importFrom()
	case tRaise:
		return p.raise()
	case tPass:
		p.i++
		return &Pass{p.from(start)}
	case tBreak:
		p.i++
		return &Break{p.from(start)}
	case tContinue:
		p.i++
		return &Continue{p.from(start)}
	case tDel:
		return p.del()
	case tAssert:
		p.i++
		a := &Assert{Test: p.expr()}
		if p.accept(tComma) {
			a.Msg = p.expr()
		}
		a.span = p.from(start)
		return a
	case tGlobal:
		p.i++
		names := p.nameList()
		return &Global{p.from(start), names}
	case tNonlocal:
		p.i++
		names := p.nameList()
		return &Nonlocal{p.from(start), names}
	case tName:
		if p.isTypeAlias() {
			return p.typeAlias()
		}
	default:
	}
	return p.exprStmt()
}

// exprStmt parses an expression statement or any assignment.
func (p *parser) exprStmt() Stmt {
	start := p.start()
	bare := p.k() == tName
	e := p.annotatedRHS()
	switch k := p.k(); {
	case k == tAssign:
		return p.assign(start, e)
	case k == tColon:
		return p.annAssign(start, e, bare)
	case k >= tPlusAssign && k <= tDoubleSlashAssign:
		p.single(e)
		if p.failed {
			break
		}
		p.i++
		value := p.annotatedRHS()
		return &AugAssign{p.from(start), e, Operator(k - tPlusAssign), value}
	}
	s := p.exprStmts.alloc()
	s.span, s.Value = p.from(start), e
	return s
}

// assign parses from the first '=' on.
func (p *parser) assign(start int32, e Expr) Stmt {
	mark := p.exprs.mark()
	for p.k() == tAssign {
		p.bind(e, Store)
		p.exprs.push(e)
		if p.accept(tAssign) { // false when bind failed
			e = p.annotatedRHS()
		}
	}
	a := p.assigns.alloc()
	a.span, a.Targets, a.Value = p.from(start), p.exprs.take(mark), e
	return a
}

func (p *parser) annAssign(start int32, e Expr, bare bool) Stmt {
	p.single(e)
	p.accept(tColon)
	_, isName := e.(*Name)
	a := &AnnAssign{Target: e, Simple: bare && isName}
	a.Annotation = p.expr()
	if p.accept(tAssign) {
		a.Value = p.annotatedRHS()
	}
	a.span = p.from(start)
	return a
}

// single binds a target that must not be a tuple or list.
func (p *parser) single(e Expr) {
	switch e.(type) {
	case *Name, *Attribute, *Subscript:
		p.bind(e, Store)
	default:
		p.failAt(e, "illegal target")
	}
}

func (p *parser) del() Stmt {
	start := p.start()
	p.i++
	mark := p.exprs.mark()
	p.exprs.push(p.target(Del))
	for p.accept(tComma) && p.k().startsExpr() {
		p.exprs.push(p.target(Del))
	}
	return &Delete{p.from(start), p.exprs.take(mark)}
}

func (p *parser) raise() Stmt {
	start := p.start()
	p.i++
	r := &Raise{}
	if p.k().startsExpr() {
		r.Exc = p.expr()
		if p.accept(tFrom) {
			r.Cause = p.expr()
		}
	}
	r.span = p.from(start)
	return r
}

func (p *parser) nameList() []string {
	names := []string{p.ident()}
	for p.accept(tComma) {
		names = append(names, p.ident())
	}
	return names
}

func (p *parser) importStmt() Stmt {
	start := p.start()
	p.i++
	mark := p.aliasList.mark()
	for {
		p.alias(true)
		if !p.accept(tComma) {
			break
		}
	}
	return &Import{p.from(start), p.aliasList.take(mark)}
}

// alias pushes one imported name.
func (p *parser) alias(dotted bool) {
	start := p.start()
	a := p.aliases.alloc()
	if dotted {
		a.Name = p.dottedName()
	} else {
		a.Name = p.ident()
	}
	if p.accept(tAs) {
		a.AsName = p.ident()
	}
	a.span = p.from(start)
	p.aliasList.push(a)
}

// dottedName parses a.b.c.
func (p *parser) dottedName() string {
	start, first := p.start(), p.i
	name := p.ident()
	if p.k() != tDot {
		return name
	}
	size := len(name)
	for p.accept(tDot) {
		size += 1 + len(p.ident())
	}
	if p.failed {
		return ""
	}
	// Without spaces or normalisation the name is the source text.
	if text := p.src[start:p.end()]; len(text) == size {
		return text
	}
	var b strings.Builder
	for p.i = first; ; p.i++ {
		b.WriteString(p.ident())
		if p.k() != tDot {
			return b.String()
		}
		b.WriteByte('.')
	}
}

func (p *parser) importFrom() Stmt {
	start := p.start()
	p.i++
	f := &ImportFrom{}
	for {
		if p.accept(tDot) {
			f.Level++
		} else if p.accept(tEllipsis) {
			f.Level += 3
		} else {
			break
		}
	}
	if f.Level == 0 || p.k() != tImport {
		f.Module = p.dottedName()
	}
	p.expect(tImport, "'import'")
	mark := p.aliasList.mark()
	switch {
	case p.k() == tStar:
		a := p.aliases.alloc()
		t := p.toks[p.i]
		a.span, a.Name = span{t.start, t.end}, "*"
		p.i++
		p.aliasList.push(a)
	case p.accept(tLParen):
		p.alias(false)
		for p.accept(tComma) && p.k() != tRParen {
			p.alias(false)
		}
		p.expect(tRParen, "')'")
	default:
		p.alias(false)
		for p.accept(tComma) {
			p.alias(false)
		}
	}
	f.Names = p.aliasList.take(mark)
	f.span = p.from(start)
	return f
}

// isTypeAlias tells a type statement from the name "type": no expression goes on
// with a second name.
func (p *parser) isTypeAlias() bool {
	if p.peek() != tName || p.text(p.i) != "type" {
		return false
	}
	after := p.toks[p.i+2].kind
	return after == tAssign || after == tLBracket
}

// text is the source text of a token.
func (p *parser) text(i int) string { return p.src[p.toks[i].start:p.toks[i].end] }

func (p *parser) typeAlias() Stmt {
	start := p.start()
	p.i++
	t := &TypeAlias{Name: p.nameExpr(Store)}
	t.TypeParams = p.typeParams()
	p.expect(tAssign, "'='")
	t.Value = p.expr()
	t.span = p.from(start)
	return t
}

// typeParams parses [T: bound = default, *Ts, **P] if it is there.
func (p *parser) typeParams() []TypeParam {
	if !p.accept(tLBracket) {
		return nil
	}
	var list []TypeParam
	for {
		list = append(list, p.typeParam())
		if !p.accept(tComma) || p.k() == tRBracket {
			break
		}
	}
	p.expect(tRBracket, "']'")
	return list
}

func (p *parser) typeParam() TypeParam {
	start := p.start()
	switch {
	case p.accept(tStar):
		t := &TypeVarTuple{Name: p.ident()}
		if p.accept(tAssign) {
			t.DefaultValue = p.starExpr()
		}
		t.span = p.from(start)
		return t
	case p.accept(tDoubleStar):
		t := &ParamSpec{Name: p.ident()}
		if p.accept(tAssign) {
			t.DefaultValue = p.expr()
		}
		t.span = p.from(start)
		return t
	}
	t := &TypeVar{Name: p.ident()}
	if p.accept(tColon) {
		t.Bound = p.expr()
	}
	if p.accept(tAssign) {
		t.DefaultValue = p.expr()
	}
	t.span = p.from(start)
	return t
}

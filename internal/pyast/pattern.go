package pyast

// isMatch tells a match statement from the name "match". No simple statement
// ends in a colon, so nothing has to be tried.
func (p *parser) isMatch() bool {
	n := len(p.toks)
	return n >= 4 && p.toks[n-3].kind == tColon && p.text(p.i) == "match" && p.peek().startsExpr()
}

func (p *parser) match() Stmt {
	start := p.start()
	p.i++
	m := &Match{}
	subject := p.start()
	m.Subject = p.starNamedExpr()
	if p.k() == tComma {
		mark := p.exprs.mark()
		p.exprs.push(m.Subject)
		p.elements(tColon)
		m.Subject = p.tuple(subject, mark)
	} else if _, star := m.Subject.(*Starred); star {
		p.failAt(m.Subject, "cannot use starred expression here")
	}
	p.expect(tColon, "':'")
	if p.k() != tNewline {
		p.fail("expected a line break")
	}
	if p.failed || !p.indented() {
		return nil
	}
	for p.k() != tDedent && p.k() != tEOF {
		c := p.matchCase()
		if p.failed {
			p.recover()
			continue
		}
		if c != nil {
			m.Cases = append(m.Cases, c)
		}
	}
	p.accept(tDedent)
	p.levels--
	if len(m.Cases) == 0 {
		return nil // each clause was reported
	}
	m.span = p.from(start)
	return m
}

func (p *parser) matchCase() *MatchCase {
	start := p.start()
	if p.k() == tIndent {
		p.report(int(start), int(start), "unexpected indent")
		p.skipSuite()
		return nil
	}
	if p.k() != tName || p.text(p.i) != "case" {
		p.fail("expected a case clause")
		return nil
	}
	p.i++
	c := &MatchCase{Pattern: p.patterns()}
	if p.accept(tIf) {
		c.Guard = p.namedExpr()
	}
	var ok bool
	if c.Body, ok = p.block(); !ok {
		return nil
	}
	c.span = p.from(start)
	return c
}

// patterns parses a pattern, or a sequence without brackets.
func (p *parser) patterns() Pattern {
	start := p.start()
	first := p.maybeStar()
	_, star := first.(*MatchStar)
	if p.k() != tComma {
		if star {
			p.fail("invalid syntax")
		}
		return first
	}
	list := []Pattern{first}
	for p.accept(tComma) && p.k() != tColon && p.k() != tIf {
		list = append(list, p.maybeStar())
	}
	return &MatchSequence{p.from(start), list}
}

func (p *parser) maybeStar() Pattern {
	start := p.start()
	if !p.accept(tStar) {
		return p.asPattern()
	}
	name := p.ident()
	if name == "_" {
		name = ""
	}
	return &MatchStar{p.from(start), name}
}

// asPattern parses CPython's "pattern": alternatives, perhaps with a name.
func (p *parser) asPattern() Pattern {
	p.enter()
	defer p.leave()
	start := p.start()
	pat := p.closedPattern()
	if p.k() == tPipe {
		list := []Pattern{pat}
		for p.accept(tPipe) {
			list = append(list, p.closedPattern())
		}
		pat = &MatchOr{p.from(start), list}
	}
	if p.accept(tAs) {
		name := p.ident()
		if name == "_" {
			p.i--
			p.fail("cannot use '_' as a target")
		}
		pat = &MatchAs{p.from(start), pat, name}
	}
	return pat
}

func (p *parser) closedPattern() Pattern {
	start := p.start()
	switch p.k() {
	case tNone:
		p.i++
		return &MatchSingleton{p.from(start), ConstNone}
	case tTrue:
		p.i++
		return &MatchSingleton{p.from(start), ConstTrue}
	case tFalse:
		p.i++
		return &MatchSingleton{p.from(start), ConstFalse}
	case tNumber, tMinus, tString, tFStart:
		value := p.patternLiteral()
		return &MatchValue{p.from(start), value}
	case tName:
		return p.namePattern()
	case tLParen, tLBracket:
		return p.sequencePattern()
	case tLBrace:
		return p.mappingPattern()
	default:
		p.fail("invalid pattern")
		return &MatchAs{}
	}
}

// patternLiteral parses a string, or a number with a sign and imaginary part.
func (p *parser) patternLiteral() Expr {
	if p.k() == tString || p.k() == tFStart {
		return p.strings() // an f-string is refused by CPython's compiler, not by its parser
	}
	start := p.start()
	left := p.signedNumber()
	k := p.k()
	if k != tPlus && k != tMinus {
		return left
	}
	if !p.isConstant(left, ConstInt) && !p.isConstant(left, ConstFloat) {
		p.failAt(left, "real number required in complex literal")
	}
	p.accept(k)
	if p.k() != tNumber {
		p.fail("imaginary number required in complex literal")
		return left
	}
	right := p.numeric()
	if !p.isConstant(right, ConstComplex) {
		p.failAt(right, "imaginary number required in complex literal")
	}
	return &BinOp{p.from(start), left, Operator(k - tPlus), right}
}

// isConstant tells a number of a kind, with a sign or without.
func (p *parser) isConstant(e Expr, kind ConstKind) bool {
	if u, ok := e.(*UnaryOp); ok {
		e = u.Operand
	}
	c, ok := e.(*Constant)
	return p.failed || ok && c.Kind == kind
}

func (p *parser) signedNumber() Expr {
	start := p.start()
	minus := p.accept(tMinus)
	if p.k() != tNumber {
		p.fail("expected a number")
		return &p.broken
	}
	n := p.numeric()
	if minus {
		return p.unaryOp(USub, start, n)
	}
	return n
}

// namePattern parses a capture, the wildcard, a dotted value or a class.
func (p *parser) namePattern() Pattern {
	start := p.start()
	if k := p.peek(); k != tDot && k != tLParen {
		name := p.ident()
		if name == "_" {
			name = ""
		}
		return &MatchAs{p.from(start), nil, name}
	}
	value := p.dottedValue()
	if p.k() == tLParen {
		return p.classPattern(start, value)
	}
	return &MatchValue{p.from(start), value}
}

func (p *parser) dottedValue() Expr {
	start := p.start()
	value := p.nameExpr(Load)
	for n := 0; p.accept(tDot); n++ {
		p.link(n)
		a := p.attributes.alloc()
		a.Value, a.Attr = value, p.ident()
		a.span = p.from(start)
		value = a
	}
	return value
}

func (p *parser) classPattern(start int32, cls Expr) Pattern {
	p.i++
	c := &MatchClass{Cls: cls}
	for p.k() != tRParen {
		if p.k() == tName && p.peek() == tAssign {
			c.KwdAttrs = append(c.KwdAttrs, p.ident())
			p.i++
			c.KwdPatterns = append(c.KwdPatterns, p.asPattern())
		} else {
			if c.KwdAttrs != nil {
				p.fail("positional patterns follow keyword patterns")
			}
			c.Patterns = append(c.Patterns, p.asPattern())
		}
		if !p.accept(tComma) {
			break
		}
	}
	p.expect(tRParen, "')'")
	c.span = p.from(start)
	return c
}

// sequencePattern parses brackets: a sequence, or a group in parentheses.
func (p *parser) sequencePattern() Pattern {
	start := p.start()
	closing, what := tRBracket, "']'"
	group := p.k() == tLParen
	if group {
		closing, what = tRParen, "')'"
	}
	p.i++
	var list []Pattern
	for p.k() != closing {
		list = append(list, p.maybeStar())
		if !p.accept(tComma) {
			break
		}
		group = false
	}
	p.expect(closing, what)
	if group && len(list) == 1 {
		if _, star := list[0].(*MatchStar); !star {
			return list[0]
		}
		p.fail("invalid syntax")
	}
	return &MatchSequence{p.from(start), list}
}

func (p *parser) mappingPattern() Pattern {
	start := p.start()
	p.i++
	m := &MatchMapping{}
	for p.k() != tRBrace {
		if p.accept(tDoubleStar) {
			m.Rest = p.ident()
			p.accept(tComma)
			break
		}
		m.Keys = append(m.Keys, p.mappingKey())
		p.expect(tColon, "':'")
		m.Patterns = append(m.Patterns, p.asPattern())
		if !p.accept(tComma) {
			break
		}
	}
	p.expect(tRBrace, "'}'")
	m.span = p.from(start)
	return m
}

func (p *parser) mappingKey() Expr {
	switch p.k() {
	case tNone:
		return p.constant(ConstNone)
	case tTrue:
		return p.constant(ConstTrue)
	case tFalse:
		return p.constant(ConstFalse)
	case tName:
		if p.peek() != tDot {
			p.fail("mapping pattern keys may only match literals and attribute lookups")
		}
		return p.dottedValue()
	default:
		return p.patternLiteral()
	}
}

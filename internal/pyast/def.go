package pyast

// decorated parses decorators and the definition under them.
func (p *parser) decorated() Stmt {
	mark := p.exprs.mark()
	for p.accept(tAt) {
		p.exprs.push(p.namedExpr())
		if p.k() != tNewline {
			p.fail("invalid syntax")
			return nil
		}
		p.nextLine()
	}
	decorators := p.exprs.take(mark)
	switch p.k() {
	case tDef:
		if f := p.funcDef(p.start(), decorators); f != nil {
			return f
		}
		return nil
	case tClass:
		return p.classDef(decorators)
	case tAsync:
		return p.async(decorators)
	default:
		// The line is a statement of its own; only the decorators are left out.
		p.report(decorators[0].Pos(), decorators[0].End(), "expected a definition after decorator")
		return nil
	}
}

// funcDef parses from def on; start is where its node starts, at async if any.
func (p *parser) funcDef(start int32, decorators []Expr) *FunctionDef {
	p.i++
	f := p.functions.alloc()
	f.Decorators = decorators
	f.NamePos = int(p.start())
	f.Name = p.ident()
	f.TypeParams = p.typeParams()
	p.expect(tLParen, "'('")
	f.Args = p.params(tRParen, true)
	p.expect(tRParen, "')'")
	if p.accept(tArrow) {
		f.Returns = p.expr()
	}
	var ok bool
	if f.Body, ok = p.block(); !ok {
		return nil
	}
	f.span = p.from(start)
	return f
}

func (p *parser) classDef(decorators []Expr) Stmt {
	start := p.start()
	p.i++
	c := &ClassDef{Decorators: decorators, NamePos: int(p.start())}
	c.Name = p.ident()
	c.TypeParams = p.typeParams()
	if open := p.start(); p.accept(tLParen) {
		c.Bases, c.Keywords = p.callArgs(open, false)
		p.expect(tRParen, "')'")
	}
	var ok bool
	if c.Body, ok = p.block(); !ok {
		return nil
	}
	c.span = p.from(start)
	return c
}

// params parses parameters up to the closing token of a function or lambda.
func (p *parser) params(closing kind, annotated bool) *Arguments {
	a := p.arguments.alloc()
	start := p.start()
	args, defaults := p.argList.mark(), p.exprs.mark()
	kwOnly, bare := false, false
	for p.k() != closing {
		switch {
		case p.accept(tSlash):
			if kwOnly || a.PosOnlyArgs != nil || p.argList.mark() == args {
				p.fail("'/' must follow positional parameters and precede '*'")
			}
			a.PosOnlyArgs = p.argList.take(args)
		case p.accept(tDoubleStar):
			a.Kwarg = p.param(annotated, false)
			p.accept(tComma)
			if p.k() != closing {
				p.fail("parameters cannot follow var-keyword parameter")
			}
		case p.accept(tStar):
			if kwOnly {
				p.fail("'*' may appear only once")
			}
			kwOnly = true
			a.Args, a.Defaults = p.argList.take(args), p.exprs.take(defaults)
			if bare = p.k() == tComma; !bare {
				a.Vararg = p.param(annotated, true)
			}
		default:
			p.argList.push(p.param(annotated, false))
			p.defaultValue(kwOnly, p.exprs.mark() > defaults)
		}
		if p.k() != closing && !p.accept(tComma) {
			p.fail("expected ','")
			break
		}
	}
	if kwOnly {
		a.KwOnlyArgs, a.KwDefaults = p.argList.take(args), p.exprs.take(defaults)
		if bare && a.KwOnlyArgs == nil {
			p.fail("named parameters must follow bare '*'")
		}
	} else {
		a.Args, a.Defaults = p.argList.take(args), p.exprs.take(defaults)
	}
	a.span = span{start, max(start, p.end())}
	return a
}

// param parses one parameter. That of *args may have a starred annotation.
func (p *parser) param(annotated, star bool) *Arg {
	start := p.start()
	a := p.args.alloc()
	a.Arg = p.ident()
	if annotated && p.accept(tColon) {
		if star {
			a.Annotation = p.starExpr()
		} else {
			a.Annotation = p.expr()
		}
	}
	a.span = p.from(start)
	return a
}

// defaultValue pushes the default of the parameter before it: for a keyword-only
// one, nil where there is none.
func (p *parser) defaultValue(kwOnly, needed bool) {
	switch {
	case p.accept(tAssign):
		p.exprs.push(p.expr())
	case kwOnly:
		p.exprs.push(nil)
	case needed:
		p.fail("parameter without a default follows parameter with a default")
	}
}

package shell

import (
	"reflect"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// An outcome is what words come to in one world.
type outcome struct {
	when   value.World
	fields []field
}

// A growing is a list of fields that is being put together.
type growing struct {
	when value.World
	done []field
	// last is the field that is not at its end yet, and begun says that there is one, though it may be empty.
	last  text
	begun bool
	// size is how many bytes last has, or -1 where they are too many.
	size int
	// bare says that an unknown part stands in last without quotes.
	bare bool
	// given says that some of it is what a variable has by default.
	given bool
	// several says that an unknown number of words stands in last.
	several bool
}

func (g *growing) end() {
	if g.begun {
		g.done = append(g.done, field{text: g.last, many: g.several || g.bare})
	}
	g.last, g.size, g.begun, g.bare, g.several = nil, 0, false, false, false
}

func (g growing) clone() growing {
	g.done, g.last = slices.Clip(g.done), slices.Clip(g.last)
	return g
}

// maxText bounds the bytes that a text may have: a few lines spell one that no memory holds.
const maxText = 1 << 20

// maxFields bounds the words of a command.
const maxFields = 2_000

// maxParts bounds the parts of a text.
const maxParts = 4_000

// add appends a part to the last field. A text that is too long isn't known as a whole.
func (g *growing) add(p part) {
	g.begun = true
	g.bare = g.bare || !p.isKnown() && !p.quoted
	if g.size < 0 {
		return
	}
	if g.size += len(p.known); g.size > maxText || len(g.last) == maxParts {
		g.last = text{{unknown: value.OfOpaque("the text is too long"), at: p.at, quoted: p.quoted}}
		g.size, g.several = -1, g.several || !p.quoted
		return
	}
	g.last = append(g.last, p)
}

// split appends what an expansion without quotes comes to, cut where a separator stands.
func (g *growing) split(t text, separators string) {
	for _, p := range t {
		if !p.isKnown() {
			g.add(p)
			continue
		}
		for p.known != "" {
			n := strings.IndexAny(p.known, separators)
			switch {
			case n < 0 || separators == "":
				g.add(p)
				p.known = ""
				continue
			case n > 0:
				head, tail := p.split(n)
				g.add(head)
				p = tail
			}
			if !g.begun && strings.IndexByte(" \t\n", p.known[0]) < 0 {
				g.begun = true // an empty field stands between two separators that are no blanks
			}
			if g.begun && len(g.done) < maxFields {
				g.end()
			}
			_, p = p.split(1)
		}
	}
}

// An expansion is how a word is to be read.
type expansion struct {
	*interpreter
	f *frame
	// whole says that nothing is split: an assignment's value, a pattern, a here-document.
	whole bool
	// at is where the word stands: that of the words that one with braces stands for isn't known any more.
	at source.Span
	// alone says that a word is one expansion, so that its first and last word have nothing before or behind them.
	alone bool
}

func severalParts(p syntax.WordPart) bool {
	q, ok := p.(*syntax.DblQuoted)
	return ok && len(q.Parts) > 1
}

// words returns what a command's words come to, in each world that they tell apart.
func (x *interpreter) words(f *frame, ws []*syntax.Word) []outcome {
	e := expansion{interpreter: x, f: f}
	gs := []growing{{when: f.world}}
	for _, w := range ws {
		e.at = f.span(w)
		for _, w := range braces(w) {
			e.alone = len(w.Parts) == 1 && !severalParts(w.Parts[0])
			gs = e.parts(gs, w.Parts, false)
			for i := range gs {
				gs[i].end()
			}
		}
	}
	out := make([]outcome, len(gs))
	for i, g := range gs {
		out[i] = outcome{when: g.when, fields: g.done}
	}
	return out
}

// maxBraces bounds the words that one with braces stands for.
const maxBraces = 256

// braces returns the words that one with braces ("{a,b}") stands for.
func braces(w *syntax.Word) []*syntax.Word {
	plain := true
	for _, p := range w.Parts {
		if lit, ok := p.(*syntax.Lit); ok && strings.Contains(lit.Value, "{") {
			plain = false
		}
	}
	if plain || len(w.Parts) > maxBraces {
		return []*syntax.Word{w}
	}
	shared := *w
	shared.Parts = slices.Clone(w.Parts)
	split := &shared
	syntax.SplitBraces(split)
	if count(split) > maxBraces {
		return []*syntax.Word{w}
	}
	return expand.Braces(split)
}

// count returns how many words a word with braces stands for, or more than maxBraces.
func count(w *syntax.Word) int {
	n := 1
	for _, p := range w.Parts {
		b, ok := p.(*syntax.BraceExp)
		if !ok {
			continue
		}
		sum := 0
		if b.Sequence {
			sum = maxBraces + 1 // nobody numbers what a request is made of
		}
		for _, e := range b.Elems {
			if sum <= maxBraces {
				sum += count(e)
			}
		}
		if n *= sum; n > maxBraces {
			return n
		}
	}
	return n
}

// text returns what a word comes to as one text.
func (x *interpreter) text(f *frame, w *syntax.Word) []alternative {
	if w == nil {
		return []alternative{{when: f.world, words: single()}}
	}
	e := expansion{interpreter: x, f: f, whole: true}
	gs := e.parts([]growing{{when: f.world}}, w.Parts, false)
	out := make([]alternative, len(gs))
	for i, g := range gs {
		out[i] = alternative{when: g.when, words: []field{{text: g.last}}, given: g.given}
	}
	return out
}

// sure returns what a word comes to where that is one known text, and nothing where it isn't.
func (x *interpreter) sure(f *frame, w *syntax.Word) string {
	alts := x.text(f, w)
	if len(alts) != 1 {
		return ""
	}
	s, _ := alts[0].words[0].literal()
	return s
}

func (e expansion) parts(gs []growing, parts []syntax.WordPart, quoted bool) []growing {
	for _, p := range parts {
		switch p := p.(type) {
		case *syntax.Lit:
			if !p.ValuePos.IsValid() || p.ValueEnd.Offset() < p.ValuePos.Offset() {
				e.each(gs, e.f.filled(part{known: unescape(p.Value, quoted, false), at: e.at, quoted: quoted}))
				continue
			}
			e.each(gs, e.f.decoded(p, quoted, e.f.heredoc))
		case *syntax.SglQuoted:
			t := e.f.singleQuoted(p)
			for i := range gs {
				gs[i].begun = true
			}
			e.each(gs, t)
		case *syntax.DblQuoted:
			for i := range gs {
				gs[i].begun = gs[i].begun || !onlyElements(p)
			}
			gs = e.parts(gs, p.Parts, true)
		case *syntax.ParamExp:
			gs = e.param(gs, p, quoted)
		case *syntax.CmdSubst:
			gs = e.inEach(gs, func(g growing) []alternative { return e.substitution(e.f.in(g.when), p) }, quoted)
		case *syntax.ArithmExp:
			e.each(gs, e.arithmetic(p, quoted))
		case *syntax.ProcSubst:
			e.run(e.f.subshell(), p.Stmts)
			e.each(gs, text{e.f.opaque(p, "the output of a command is known only when the script runs", quoted)})
		default:
			e.each(gs, text{{known: e.f.source(p), at: e.f.span(p), quoted: quoted}})
		}
	}
	return gs
}

// onlyElements reports whether quotes hold nothing but "$@" or "${array[@]}", which may be no field at all.
func onlyElements(q *syntax.DblQuoted) bool {
	if len(q.Parts) != 1 {
		return false
	}
	p, ok := q.Parts[0].(*syntax.ParamExp)
	return ok && elements(p)
}

// elements reports whether a parameter stands for several words also in quotes.
func elements(p *syntax.ParamExp) bool {
	if p.Param == nil || p.Length {
		return false
	}
	if p.Param.Value == "@" {
		return true
	}
	w, ok := p.Index.(*syntax.Word)
	return ok && w.Lit() == "@"
}

// each appends a text that is the same in every world.
func (e expansion) each(gs []growing, t text) {
	for i := range gs {
		for _, p := range t {
			gs[i].add(p)
		}
	}
}

// inEach appends what is found in each world.
func (e expansion) inEach(gs []growing, find func(growing) []alternative, quoted bool) []growing {
	var out []growing
	for _, g := range gs {
		for _, a := range find(g) {
			when, possible := g.when.And(a.when)
			if !possible {
				continue
			}
			next := g.clone()
			next.when = when
			next.given = next.given || a.given && !a.shapeless
			e.append(&next, a, quoted)
			if out = append(out, next); len(out) > maxWorlds {
				return e.tooMany(gs)
			}
		}
	}
	return out
}

// tooMany goes on where there are more worlds than anybody tells apart: with what is the same in all of them, and with words of
// which nothing is known.
func (e expansion) tooMany(gs []growing) []growing {
	same := gs[0].done
	for _, g := range gs[1:] {
		n := 0
		for n < len(same) && n < len(g.done) && reflect.DeepEqual(same[n], g.done[n]) {
			n++
		}
		same = same[:n]
	}
	g := growing{when: e.f.world, done: slices.Clip(same), several: true}
	g.add(part{unknown: value.OfOpaque("it depends on too many conditions"), at: e.at})
	return []growing{g}
}

// append appends what a variable holds.
func (e expansion) append(g *growing, a alternative, quoted bool) {
	if len(g.done)+len(a.words) > maxFields {
		a.words, a.open = nil, "there are too many words"
	}
	if !e.alone && !e.whole {
		if i := slices.IndexFunc(a.words, isMany); i >= 0 && len(a.words) > 1 && a.open == "" {
			a.open = a.words[i].reason()
		}
		if a.open != "" {
			a.words = nil // which of them is the first and the last isn't known
		}
	}
	for i, w := range a.words {
		if i > 0 && !e.whole {
			g.end()
		} else if i > 0 {
			g.add(part{known: " ", at: w.span(), quoted: true})
		}
		g.several = g.several || w.many
		t := slices.Clone(w.text)
		for j := range t {
			t[j].quoted = t[j].quoted || quoted || e.whole
		}
		switch {
		case quoted || e.whole:
			g.begun = g.begun || quoted
			for _, p := range t {
				g.add(p)
			}
		default:
			for j := range t {
				t[j].quoted = false
			}
			g.split(t, e.separators(g.when))
		}
	}
	if a.open != "" {
		if len(a.words) > 0 && !e.whole {
			g.end()
		}
		g.add(part{unknown: value.OfOpaque(a.open), at: e.f.last})
		g.several = true
	}
}

// separators are the characters at which the shell cuts what isn't quoted.
func (e expansion) separators(when value.World) string {
	b := e.f.scope.lookup("IFS")
	if b == nil {
		return " \t\n"
	}
	for _, a := range b.alts {
		if _, possible := a.when.And(when); possible && len(a.words) == 1 {
			if s, known := a.words[0].literal(); known {
				return s
			}
		}
	}
	return " \t\n"
}

// opaque returns a part that isn't known.
func (f *frame) opaque(n syntax.Node, reason string, quoted bool) part {
	return part{unknown: value.OfOpaque(reason), at: f.span(n), quoted: quoted}
}

// source returns a node as it is written.
func (f *frame) source(n syntax.Node) string { return f.span(n).Text() }

// span returns where a node stands.
func (f *frame) span(n syntax.Node) source.Span {
	return f.file.Span(int(n.Pos().Offset()), int(n.End().Offset()))
}

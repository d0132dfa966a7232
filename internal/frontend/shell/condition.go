package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A test is one way that a condition can turn out.
type test struct {
	holds bool
	// when is the world in which it does, extra what of that the condition itself adds.
	when, extra value.World
	// never says that it can't, unlikely that it doesn't with the script's defaults.
	never, unlikely bool
}

// condition follows the commands of a condition, and returns how it can turn out.
func (x *interpreter) condition(f *frame, stmts []*syntax.Stmt) []test {
	if len(stmts) == 0 {
		return x.outcomeOf(f, nil)
	}
	last := stmts[len(stmts)-1]
	x.run(f, stmts[:len(stmts)-1])
	tests := x.tested(f, last)
	if tests == nil {
		x.statement(f, last)
		return x.outcomeOf(f, last)
	}
	if last.Negated {
		for i := range tests {
			tests[i].holds = !tests[i].holds
		}
	}
	return tests
}

// outcomeOf returns the two ways in which a command that isn't followed can end.
func (x *interpreter) outcomeOf(f *frame, s *syntax.Stmt) []test {
	if s == nil {
		return []test{{holds: true, when: f.world}}
	}
	shown := shownSource(f, s)
	fact := x.fact(f, s, "")
	fact.Text, fact.Opposite = shown+" succeeds", shown+" fails"
	if s.Negated {
		fact = fact.Not()
	}
	return x.either(f, fact)
}

// either returns the two ways of a fact that isn't decided; one where what holds already decides it.
func (x *interpreter) either(f *frame, fact value.Fact) []test {
	var out []test
	for _, holds := range []bool{true, false} {
		if !holds {
			fact = fact.Not()
		}
		if when, possible := f.world.And(value.World{fact}); possible {
			out = append(out, test{holds: holds, when: when, extra: value.World{fact}})
		}
	}
	return out
}

// maxShown bounds what is shown of a condition.
const maxShown = 60

// shownSource returns a piece of a script as a message shows it, in one line.
func shownSource(f *frame, n syntax.Node) string {
	text := f.source(n)
	if strings.Contains(text, holeBegin) {
		text = f.span(n).Host().Text() // with what its author wrote for the marks
	}
	s := strings.Join(strings.Fields(text), " ")
	if cmd, ok := n.(*syntax.Stmt); ok {
		s = shownStatement(cmd)
	}
	if r := []rune(s); len(r) > maxShown {
		s = string(r[:maxShown]) + "…"
	}
	return "`" + s + "`"
}

// shownStatement returns the first command of a statement.
func shownStatement(s *syntax.Stmt) string {
	more := ""
	for {
		switch c := s.Cmd.(type) {
		case *syntax.CallExpr:
			return shownCommand(c) + more
		case *syntax.BinaryCmd:
			s, more = c.X, " "+c.Op.String()+" ..."
			continue
		}
		return "..."
	}
}

// shownCommand returns a command's first plain words: others may be secret.
func shownCommand(c *syntax.CallExpr) string {
	var words []string
	for i, w := range c.Args {
		s := w.Lit()
		if s == "" || i > 0 && strings.HasPrefix(s, "-") || len(words) == 3 || len(s) > 40 || strings.Contains(s, holeBegin) {
			words = append(words, "...")
			break
		}
		words = append(words, s)
	}
	return strings.Join(words, " ")
}

// fact is that something holds which stands at one place of a script.
func (x *interpreter) fact(f *frame, n syntax.Node, text string) value.Fact {
	at := f.span(n).Host()
	return value.Fact{Var: "shell:" + at.File.Path + ":" + strconv.Itoa(at.Start), Is: "true", Text: text + " is true"}
}

// An operand is one side of a comparison.
type operand struct {
	text  string
	known bool
	given bool
	when  value.World
}

// subject returns what a word comes to where that is one text, and the variable that it is, if it is one.
func (x *interpreter) subject(f *frame, w *syntax.Word) (operand, string) {
	alts := x.text(f, w)
	name := variableIn(w)
	if len(alts) != 1 {
		return operand{}, name
	}
	s, known := alts[0].words[0].literal()
	return operand{text: s, known: known, given: alts[0].given, when: alts[0].when}, name
}

// variableIn returns the name of the variable that is all of a word; empty where it is anything else.
func variableIn(w *syntax.Word) string {
	parts := w.Parts
	if len(parts) == 1 {
		if q, ok := parts[0].(*syntax.DblQuoted); ok {
			parts = q.Parts
		}
	}
	if len(parts) != 1 {
		return ""
	}
	p, ok := parts[0].(*syntax.ParamExp)
	if !ok || p.Param == nil || p.Excl || p.Length || p.Index != nil || p.Slice != nil || p.Repl != nil ||
		p.Exp != nil && !defaults(p.Exp.Op) || strings.Trim(p.Param.Value, "#?$!@*-_") == "" {
		return ""
	}
	return p.Param.Value
}

// tested returns how `[ ... ]`, `test ...` or `[[ ... ]]` can turn out; nil of any other command.
func (x *interpreter) tested(f *frame, s *syntax.Stmt) []test {
	switch c := s.Cmd.(type) {
	case *syntax.TestClause:
		switch t := c.X.(type) {
		case *syntax.UnaryTest:
			if w, ok := t.X.(*syntax.Word); ok && (t.Op == syntax.TsEmpStr || t.Op == syntax.TsNempStr) {
				return x.compared(f, s, w, nil, t.Op == syntax.TsEmpStr)
			}
			if inner, ok := t.X.(*syntax.UnaryTest); ok && t.Op == syntax.TsNot {
				if w, ok := inner.X.(*syntax.Word); ok && (inner.Op == syntax.TsEmpStr || inner.Op == syntax.TsNempStr) {
					return x.compared(f, s, w, nil, inner.Op != syntax.TsEmpStr)
				}
			}
		case *syntax.BinaryTest:
			a, okA := t.X.(*syntax.Word)
			b, okB := t.Y.(*syntax.Word)
			if okA && okB && (t.Op == syntax.TsMatch || t.Op == syntax.TsMatchShort || t.Op == syntax.TsNoMatch) {
				return x.compared(f, s, a, b, t.Op != syntax.TsNoMatch)
			}
		case *syntax.Word:
			return x.compared(f, s, t, nil, false)
		}
		return x.byWords(f, s)
	case *syntax.CallExpr:
		args := c.Args
		if len(args) == 0 {
			return nil
		}
		switch args[0].Lit() {
		case "[":
			if len(args) < 3 {
				return nil
			}
			args = args[1 : len(args)-1]
		case "test":
			args = args[1:]
		case "true", ":":
			return []test{{holds: true, when: f.world}}
		case "false":
			return []test{{holds: false, when: f.world}}
		default:
			return nil
		}
		return x.testWords(f, s, args, true)
	}
	return nil
}

// testWords is the words of `[`. Holds says whether what they say is meant.
func (x *interpreter) testWords(f *frame, s *syntax.Stmt, args []*syntax.Word, holds bool) []test {
	switch len(args) {
	case 1:
		return x.compared(f, s, args[0], nil, !holds)
	case 2:
		switch args[0].Lit() {
		case "-z":
			return x.compared(f, s, args[1], nil, holds)
		case "-n":
			return x.compared(f, s, args[1], nil, !holds)
		case "!":
			return x.testWords(f, s, args[1:], !holds)
		}
	case 3:
		switch args[1].Lit() {
		case "=", "==":
			return x.compared(f, s, args[0], args[2], holds)
		case "!=":
			return x.compared(f, s, args[0], args[2], !holds)
		}
		if args[0].Lit() == "!" {
			return x.testWords(f, s, args[1:], !holds)
		}
	case 4:
		if args[0].Lit() == "!" {
			return x.testWords(f, s, args[1:], !holds)
		}
	}
	return x.byWords(f, s)
}

// byWords is a condition that is known by its words: it turns out alike wherever they, and what their variables hold, are the
// same.
func (x *interpreter) byWords(f *frame, s *syntax.Stmt) []test {
	shown := shownTest(f, s)
	key := shown
	plain := true
	syntax.Walk(s.Cmd, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.ParamExp:
			if n.Param != nil {
				key += ":" + f.variable(n.Param.Value)
				if b := f.scope.lookup(n.Param.Value); b != nil {
					key += strconv.Itoa(b.id)
				}
			}
		case *syntax.CmdSubst:
			plain = false
			x.run(f.subshell(), n.Stmts)
			return false
		}
		return true
	})
	fact := x.fact(f, s, shown)
	if plain {
		fact.Var = "shell:" + x.unit + ":" + key
	}
	return x.either(f, fact)
}

// shownTest returns a test as a message shows it.
func shownTest(f *frame, s *syntax.Stmt) string {
	text := strings.Join(strings.Fields(f.source(s.Cmd)), " ")
	if secretName(text) {
		text = "[ ... ]"
	}
	if r := []rune(text); len(r) > maxShown {
		text = string(r[:maxShown]) + "…"
	}
	return "`" + text + "`"
}

// compared is the comparison of a word with another, or with nothing. Equal says whether that they are equal is what is
// meant.
func (x *interpreter) compared(f *frame, s *syntax.Stmt, a, b *syntax.Word, equal bool) []test {
	rights := []alternative{{when: f.world, words: single()}}
	if b != nil {
		rights = x.text(f, b)
	}
	name := variableIn(a)
	if len(rights) != 1 {
		return x.byWords(f, s)
	}
	right, known := rights[0].words[0].literal()
	if !known || b != nil && strings.ContainsAny(b.Lit(), "*?[") {
		return x.byWords(f, s)
	}
	lefts := x.text(f, a)
	if len(lefts) > maxTests {
		return x.byWords(f, s)
	}
	var out []test
	for _, l := range lefts {
		when, extra := l.when, without(l.when, f.world)
		left, known := l.words[0].literal()
		likely := false
		switch {
		case known && !l.given:
			out = append(out, test{holds: (left == right) == equal, when: when, extra: extra})
			continue
		case known:
			likely = left == right
		case right == "" && nonempty(l.words[0].text):
			out = append(out, test{holds: !equal, when: when, extra: extra})
			continue
		case name == "":
			return x.byWords(f, s)
		}
		if name == "" {
			out = append(out, test{holds: (left == right) == equal, when: when, extra: extra})
			continue
		}
		fact := x.comparison(f, name, right)
		for _, is := range []bool{true, false} {
			this := fact
			if !is {
				this = fact.Not()
			}
			w, possible := when.And(value.World{this})
			e, _ := extra.And(value.World{this})
			switch {
			case known && is == likely:
				out = append(out, test{holds: is == equal, when: when, extra: extra})
			case possible:
				out = append(out, test{holds: is == equal, when: w, extra: e, unlikely: known})
			}
		}
	}
	return out
}

// maxTests bounds the worlds that one condition tells apart.
const maxTests = 8

// nonempty reports whether a text has something in it, whatever that is.
func nonempty(t text) bool {
	for _, p := range t {
		if p.isKnown() && p.known != "" || !p.isKnown() && p.unknown.NonEmpty().Known() == tri.True {
			return true
		}
	}
	return false
}

// without returns the facts of a world that aren't in another.
func without(w, in value.World) value.World {
	var out value.World
	for _, fact := range w {
		there := false
		for _, g := range in {
			there = there || g.Var == fact.Var && g.Is == fact.Is
		}
		if !there {
			out = append(out, fact)
		}
	}
	return out
}

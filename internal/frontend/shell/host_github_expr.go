package shell

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// An input is what a workflow or action is given: its default.
type input struct {
	value value.Value
	// always tells that whatever starts the workflow gives it inputs: to a push they are empty.
	always bool
}

// Expressions evaluate ${{ ... }}.
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
type expressions struct {
	inputs map[string]input
	// scope is the env context.
	scope []variable
}

// find returns the expressions of a text.
func (e *expressions) find(text string) []blank {
	var found []blank
	for at := 0; ; {
		i := strings.Index(text[at:], "${{")
		if i < 0 {
			return found
		}
		start := at + i
		length := expressionEnd(text[start+3:])
		if length < 0 {
			return found
		}
		end := start + 3 + length + 2
		found = append(found, blank{start, end, e.evaluate(text[start+3 : end-2])})
		at = end
	}
}

// expressionEnd returns where an expression's "}}" stands, outside of its texts; -1 where it has none.
func expressionEnd(s string) int {
	quoted := false
	for i := 0; i+1 < len(s); i++ {
		switch {
		case s[i] == '\'':
			quoted = !quoted
		case !quoted && s[i] == '}' && s[i+1] == '}':
			return i
		}
	}
	return -1
}

// maxExpression bounds the length of an expression, and so how deep it nests.
const maxExpression = 2_000

func (e *expressions) evaluate(text string) value.Value {
	text = strings.TrimSpace(text)
	unknown := value.OfOpaque(excerpt(text) + " is known only when the workflow runs")
	if len(text) > maxExpression {
		return unknown
	}
	p := expressionParser{expressions: e, text: text}
	r := p.or()
	p.space()
	if p.failed || p.at < len(p.text) {
		return unknown
	}
	return r.value
}

// A result of an expression, and whether somebody outside of the file supplies it: a default for it fixes it.
type evaluated struct {
	value   value.Value
	outside bool
}

type expressionParser struct {
	*expressions
	text   string
	at     int
	failed bool
}

func (p *expressionParser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *expressionParser) take(token string) bool {
	p.space()
	if !strings.HasPrefix(p.text[p.at:], token) {
		return false
	}
	p.at += len(token)
	return true
}

func (p *expressionParser) or() evaluated {
	left := p.and()
	for !p.failed && p.take("||") {
		right := p.and()
		text, isKnown := left.value.AsString()
		switch {
		case isKnown && !isFalse(text):
		case isKnown, left.value.Kind() == value.KindAbsent:
			left = right
		case left.outside:
			left = evaluated{value: right.value, outside: right.outside}
		default:
			left = evaluated{value: value.OfOpaque(left.value.Reason())}
		}
	}
	return left
}

func (p *expressionParser) and() evaluated {
	left := p.comparison()
	for !p.failed && p.take("&&") {
		right := p.comparison()
		if text, isKnown := left.value.AsString(); isKnown {
			if !isFalse(text) {
				left = right
			}
			continue
		}
		left = evaluated{value: value.OfOpaque(left.value.Reason())}
	}
	return left
}

// isFalse reports whether a text is one of those that count as false: ”, false, 0 and null.
func isFalse(text string) bool { return text == "" || text == "false" || text == "0" }

func (p *expressionParser) comparison() evaluated {
	left := p.operand()
	for _, op := range [...]string{"==", "!=", "<=", ">=", "<", ">"} {
		if !p.take(op) {
			continue
		}
		right := p.operand()
		a, knownA := left.value.AsString()
		b, knownB := right.value.AsString()
		if !knownA || !knownB || op != "==" && op != "!=" {
			return evaluated{value: value.OfOpaque("the comparison with " + literal.Quoted(right.value.Literal()) + " is made when the workflow runs")}
		}
		return evaluated{value: value.OfBool(strings.EqualFold(a, b) == (op == "=="))}
	}
	return left
}

func (p *expressionParser) operand() evaluated {
	p.space()
	switch {
	case p.take("!"):
		r := p.operand()
		if text, isKnown := r.value.AsString(); isKnown {
			return evaluated{value: value.OfBool(isFalse(text))}
		}
		return evaluated{value: value.OfOpaque(r.value.Reason())}
	case p.take("("):
		r := p.or()
		p.failed = p.failed || !p.take(")")
		return r
	case p.take("'"):
		return p.quoted()
	}
	start := p.at
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n()!=<>&|,'", p.text[p.at]) < 0 {
		p.at++
	}
	word := p.text[start:p.at]
	switch {
	case word == "":
		p.failed = true
		return evaluated{}
	case p.take("("):
		return p.call(start)
	case word == "true" || word == "false":
		return evaluated{value: value.OfBool(word == "true")}
	case word == "null":
		return evaluated{value: value.OfString("")}
	}
	if n, ok := value.NumberOf(word); ok {
		return evaluated{value: value.OfNumber(n)}
	}
	return p.named(word)
}

// quoted reads a text up to its closing quote.
func (p *expressionParser) quoted() evaluated {
	var text strings.Builder
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		if c == '\'' {
			if p.at == len(p.text) || p.text[p.at] != '\'' {
				return evaluated{value: value.OfString(text.String())}
			}
			p.at++
		}
		text.WriteByte(c)
	}
	p.failed = true
	return evaluated{}
}

// call passes over a function's arguments: what functions give is computed when the workflow runs.
func (p *expressionParser) call(start int) evaluated {
	for !p.take(")") {
		p.or()
		if p.failed || !p.take(",") && !strings.HasPrefix(p.text[p.at:], ")") {
			p.failed = true
			return evaluated{}
		}
	}
	return evaluated{value: value.OfOpaque(excerpt(p.text[start:p.at]) + " is computed when the workflow runs")}
}

// named returns what a context holds under a name.
func (p *expressionParser) named(word string) evaluated {
	context, name, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(word, "['", "."), "']", ""), ".")
	switch context {
	case "env":
		if v, ok := lookup(p.scope, name); ok {
			return evaluated{value: v}
		}
		return evaluated{value: value.OfOpaque("env." + name + " is not set in this file"), outside: true}
	case "inputs":
		return p.input(name)
	case "github":
		if given, ok := strings.CutPrefix(name, "event.inputs."); ok {
			return p.input(given)
		}
	case "vars", "secrets":
		return evaluated{value: value.OfOpaque(word + " is set in the repository's settings"), outside: true}
	}
	return evaluated{value: value.OfOpaque(excerpt(word) + " is known only when the workflow runs")}
}

func (p *expressionParser) input(name string) evaluated {
	in, ok := p.inputs[strings.ToLower(name)]
	if !ok {
		return evaluated{value: value.OfOpaque("inputs." + excerpt(name) + " is not declared in this file"), outside: true}
	}
	if !in.always && p.defaulted() {
		return evaluated{value: value.OfOpaque("inputs." + name + " is empty where something else starts the workflow")}
	}
	_, isKnown := in.value.AsString()
	return evaluated{value: in.value, outside: !isKnown}
}

// defaulted reports whether "||" is next.
func (p *expressionParser) defaulted() bool {
	p.space()
	return strings.HasPrefix(p.text[p.at:], "||")
}

// longestShown is how much of an expression or a condition a message shows.
const longestShown = 60

// excerpt returns a piece of source as a message shows it.
func excerpt(s string) string {
	s = strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "\uFFFD")
	if r := []rune(s); len(r) > longestShown {
		return string(r[:longestShown]) + "…"
	}
	return s
}

// quoted returns a known scalar as a note shows it.
func quoted(v value.Value) string {
	text, isKnown := v.AsString()
	if !isKnown {
		return "not known"
	}
	return literal.Quoted(text)
}

// at names a place, for what is decided there and nowhere else.
func at(s source.Span) string {
	s = s.Host()
	return s.File.Path + ":" + strconv.Itoa(s.Start)
}

package delivery

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// An expression is one of a workflow's, between ${{ and }}: as much of the language as the action uses.
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
type expression struct {
	tokens []string
	lookup func(path []string) (any, error) // of a context
	status func(function string) (bool, error)
}

var expressionToken = regexp.MustCompile(`^(?:'(?:[^']|'')*'|&&|\|\||==|!=|[!().]|-?\d+|[A-Za-z_][A-Za-z0-9_-]*)`)

// parse splits an expression into its tokens.
func (e *expression) parse(text string) error {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		token := expressionToken.FindString(text)
		if token == "" {
			return fmt.Errorf("expression: what is %q?", text)
		}
		e.tokens = append(e.tokens, token)
		text = text[len(token):]
	}
	return nil
}

func (e *expression) peek() string {
	if len(e.tokens) == 0 {
		return ""
	}
	return e.tokens[0]
}

func (e *expression) next() string {
	token := e.peek()
	if token != "" {
		e.tokens = e.tokens[1:]
	}
	return token
}

// evaluate returns an expression's value: nil, a bool, a float64 or a string.
func (e *expression) evaluate(text string) (any, error) {
	if err := e.parse(text); err != nil {
		return nil, err
	}
	v, err := e.or()
	if err == nil && len(e.tokens) > 0 {
		err = fmt.Errorf("expression %q: %q is left over", text, e.tokens)
	}
	return v, err
}

func (e *expression) or() (any, error) {
	v, err := e.and()
	for err == nil && e.peek() == "||" {
		e.next()
		var right any
		if right, err = e.and(); !truthy(v) {
			v = right
		}
	}
	return v, err
}

func (e *expression) and() (any, error) {
	v, err := e.equality()
	for err == nil && e.peek() == "&&" {
		e.next()
		var right any
		if right, err = e.equality(); truthy(v) {
			v = right
		}
	}
	return v, err
}

func (e *expression) equality() (any, error) {
	v, err := e.unary()
	for err == nil && (e.peek() == "==" || e.peek() == "!=") {
		same := e.next() == "=="
		var right any
		right, err = e.unary()
		v = equal(v, right) == same
	}
	return v, err
}

func (e *expression) unary() (any, error) {
	if e.peek() == "!" {
		e.next()
		v, err := e.unary()
		return !truthy(v), err
	}
	return e.primary()
}

func (e *expression) primary() (any, error) {
	token := e.next()
	switch {
	case token == "(":
		v, err := e.or()
		if err == nil && e.next() != ")" {
			err = fmt.Errorf("expression: ( is not closed")
		}
		return v, err
	case strings.HasPrefix(token, "'"):
		return strings.ReplaceAll(token[1:len(token)-1], "''", "'"), nil
	case token == "true" || token == "false":
		return token == "true", nil
	case token == "null":
		return nil, nil
	case token != "" && strings.Trim(token, "-0123456789") == "":
		return strconv.ParseFloat(token, 64)
	case e.peek() == "(":
		e.next()
		if e.next() != ")" {
			return nil, fmt.Errorf("expression: %s takes no arguments here", token)
		}
		return e.status(token)
	}
	path := []string{token}
	for e.peek() == "." {
		e.next()
		path = append(path, e.next())
	}
	return e.lookup(path)
}

// truthy and equal follow GitHub's rules: letter case doesn't count, and values of two types are compared as numbers.
func truthy(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case float64:
		return v != 0
	case string:
		return v != ""
	}
	return false
}

func equal(a, b any) bool {
	if a, ok := a.(string); ok {
		if b, ok := b.(string); ok {
			return strings.EqualFold(a, b)
		}
	}
	x, okX := number(a)
	y, okY := number(b)
	return okX && okY && x == y
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case nil:
		return 0, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case float64:
		return v, true
	case string:
		if strings.TrimSpace(v) == "" {
			return 0, true
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		return n, err == nil
	}
	return 0, false
}

// text is a value as it stands in a string.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return v.(string)
}

// What the documentation of expressions says of itself.
func TestExpression(t *testing.T) {
	contexts := map[string]any{"inputs.a": "Yes", "inputs.empty": "", "github.event.none": nil, "inputs.on": true}
	for source, want := range map[string]any{
		"inputs.a == 'yes'":                                 true,
		"inputs.a != 'yes' || inputs.empty == null":         true,
		"github.event.none == true":                         false,
		"github.event.none == false":                        true,
		"inputs.on == true && 'x'":                          "x",
		"inputs.empty && 'x'":                               "",
		"inputs.empty || 'it''s'":                           "it's",
		"!cancelled() && (inputs.a == 'no' || '1' == 1)":    true,
		"!(inputs.on)":                                      false,
		"'a' == null":                                       false,
		"inputs.empty || github.event.none || 'fall-back'":  "fall-back",
		"inputs.a == 'yes' && inputs.on == false || 'last'": "last",
	} {
		e := &expression{
			lookup: func(path []string) (any, error) { return contexts[strings.Join(path, ".")], nil },
			status: func(string) (bool, error) { return false, nil },
		}
		got, err := e.evaluate(source)
		if err != nil || got != want {
			t.Errorf("%s is %v (%v), want %v", source, got, err, want)
		}
	}
}

package jobconfig

import (
	"encoding/json"
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// expression returns the value of a text that is an expression of JSONata: known where it is a constant, true or
// ['subnet-1', 'subnet-2'], and computed from whatever it says otherwise.
func expression(v value.Value) value.Value {
	text, known := v.AsString()
	if !known {
		return selected("", v)
	}
	j := jsonataText{text: strings.TrimSuffix(strings.TrimPrefix(text, expressionStart), expressionEnd)}
	made, ok := j.constant(v.Origin())
	j.space()
	if !ok || j.at < len(j.text) {
		return selected("", v)
	}
	return made
}

// A jsonataText is what is read of an expression.
type jsonataText struct {
	text string
	at   int
}

func (j *jsonataText) space() {
	j.at += len(j.text[j.at:]) - len(strings.TrimLeft(j.text[j.at:], " \t\r\n"))
}

func (j *jsonataText) take(c string) bool {
	j.space()
	if !strings.HasPrefix(j.text[j.at:], c) {
		return false
	}
	j.at += len(c)
	return true
}

// constant reads a text, number or boolean, or a list of those. null is left: JSONata leaves it out in some places.
func (j *jsonataText) constant(origin *value.Origin) (value.Value, bool) {
	if !j.take("[") {
		return j.scalar()
	}
	elems := []value.Value{}
	for !j.take("]") {
		if len(elems) > 0 && !j.take(",") {
			return value.Value{}, false
		}
		e, ok := j.scalar()
		if !ok {
			return value.Value{}, false
		}
		elems = append(elems, e.WithOrigin(origin))
	}
	return value.OfList(elems, false), true
}

func (j *jsonataText) scalar() (value.Value, bool) {
	j.space()
	rest := j.text[j.at:]
	switch {
	case rest == "":
		return value.Value{}, false
	case rest[0] == '"' || rest[0] == '\'':
		end := 1 + strings.IndexByte(rest[1:], rest[0])
		if end == 0 {
			return value.Value{}, false
		}
		text := rest[1:end]
		if strings.ContainsAny(text, "\\\"") {
			return value.Value{}, false
		}
		j.at += end + 1
		return value.OfString(text), true
	}
	end := strings.IndexAny(rest, " \t\r\n,]")
	if end < 0 {
		end = len(rest)
	}
	word := rest[:end]
	j.at += end
	switch {
	case word == "true" || word == "false":
		return value.OfBool(word == "true"), true
	case !json.Valid([]byte(word)):
		return value.Value{}, false
	}
	n, ok := value.NumberOf(word)
	return value.OfNumber(n), ok
}

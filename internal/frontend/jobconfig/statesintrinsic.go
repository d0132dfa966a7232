package jobconfig

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// maxCalls is how deep calls of intrinsic functions may nest; Step Functions takes ten.
const maxCalls = 16

// intrinsic returns what an intrinsic function returns, where that follows from what is written:
// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
func intrinsic(v value.Value) (value.Value, bool) {
	var c call
	for _, part := range v.Parts() {
		text, known := part.AsString()
		switch {
		case !known:
			c.text = append(c.text, 0)
			c.holes = append(c.holes, part)
		case strings.IndexByte(text, 0) >= 0:
			return value.Value{}, false
		default:
			c.text = append(c.text, text...)
		}
	}
	c.origin = v.Origin()
	if !bytes.HasPrefix(c.text, []byte("States.")) {
		return value.Value{}, false
	}
	made, ok := c.function(maxCalls)
	c.space()
	return made, ok && c.at == len(c.text) && made.Kind() != value.KindOpaque
}

// A call is the text of one, with a NUL for each part that isn't known.
type call struct {
	text   []byte
	at     int
	holes  []value.Value
	passed int
	origin *value.Origin
}

func (c *call) space() {
	for c.at < len(c.text) && strings.IndexByte(" \t\r\n", c.text[c.at]) >= 0 {
		c.at++
	}
}

func (c *call) take(b byte) bool {
	c.space()
	if c.at == len(c.text) || c.text[c.at] != b {
		return false
	}
	c.at++
	return true
}

// function reads a call and returns its result, opaque where that isn't known.
func (c *call) function(levels int) (value.Value, bool) {
	open := bytes.IndexByte(c.text[c.at:], '(')
	if open < 0 || levels == 0 {
		return value.Value{}, false
	}
	start := c.at
	name := string(bytes.TrimSpace(c.text[c.at : c.at+open]))
	c.at += open + 1
	var args []value.Value
	for !c.take(')') {
		if len(args) > 0 && !c.take(',') {
			return value.Value{}, false
		}
		arg, ok := c.argument(levels - 1)
		if !ok {
			return value.Value{}, false
		}
		args = append(args, arg.WithOrigin(c.origin))
	}
	if v, known := result(name, args); known {
		return v, true
	}
	return selected("", value.OfString(strings.ReplaceAll(string(c.text[start:c.at]), "\x00", "…"))), true
}

// argument reads a text in single quotes, a number, a constant, a path or a call.
func (c *call) argument(levels int) (value.Value, bool) {
	c.space()
	rest := c.text[c.at:]
	switch {
	case len(rest) == 0:
		return value.Value{}, false
	case rest[0] == '\'':
		return c.quoted()
	case bytes.HasPrefix(rest, []byte("States.")):
		return c.function(levels)
	}
	start, passed := c.at, c.passed
	word := string(c.bare())
	switch {
	case c.passed > passed:
		return selected("", value.OfString(strings.ReplaceAll(word, "\x00", "…"))), true
	case strings.HasPrefix(word, "$"):
		return selected("", value.OfString(word)), true
	case word == "null":
		return value.Value{}, true
	case word == "true", word == "false":
		return value.OfBool(word == "true"), true
	}
	n, ok := value.NumberOf(word)
	return value.OfNumber(n), ok && c.at > start
}

// bare passes over an argument without quotes. A path may hold brackets, and texts within them.
func (c *call) bare() []byte {
	start, depth, quote := c.at, 0, byte(0)
	for ; c.at < len(c.text); c.at++ {
		switch b := c.text[c.at]; {
		case b == 0:
			c.passed++
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '\'' || b == '"':
			quote = b
		case b == '[' || b == '(':
			depth++
		case depth > 0 && (b == ']' || b == ')'):
			depth--
		case depth == 0 && (b == ',' || b == ')'):
			return bytes.TrimSpace(c.text[start:c.at])
		}
	}
	return bytes.TrimSpace(c.text[start:c.at])
}

// quoted reads a text in single quotes. A backslash stands before a quote, a brace or itself; the braces of States.Format keep
// theirs.
func (c *call) quoted() (value.Value, bool) {
	c.at++
	var parts []value.Value
	var text []byte
	for ; c.at < len(c.text); c.at++ {
		switch b := c.text[c.at]; {
		case b == 0:
			parts = append(parts, value.OfString(string(text)), c.holes[c.passed])
			text = nil
			c.passed++
		case b == '\'':
			c.at++
			return concatenated(append(parts, value.OfString(string(text)))), true
		case b == '\\' && c.at+1 < len(c.text) && (c.text[c.at+1] == '\'' || c.text[c.at+1] == '\\'):
			c.at++
			text = append(text, c.text[c.at])
		default:
			text = append(text, b)
		}
	}
	return value.Value{}, false
}

// result returns what a function returns of its arguments, if that is known.
func result(name string, args []value.Value) (value.Value, bool) {
	switch {
	case name == "States.Array":
		return value.OfList(args, false), true
	case name == "States.Format" && len(args) > 0:
		return formatted(args[0], args[1:])
	case name == "States.StringToJson" && len(args) == 1:
		v := args[0].FromJSON()
		return v, v.Kind() == value.KindObject || v.Kind() == value.KindList
	case name == "States.StringSplit" && len(args) == 2:
		return split(args[0].Literal(), args[1].Literal())
	case name == "States.ArrayGetItem" && len(args) == 2:
		i, ok := args[1].AsInt()
		if all := args[0].Elems(); ok && !args[0].Open() && i >= 0 && i < len(all) {
			return all[i], true
		}
	}
	return value.Value{}, false
}

// split returns the parts of a text between a delimiter of one character. What the service makes of empty parts isn't said.
func split(text, delimiter string) (value.Value, bool) {
	if text == "" || len(delimiter) != 1 {
		return value.Value{}, false
	}
	var parts []value.Value
	for part := range strings.SplitSeq(text, delimiter) {
		if part == "" {
			return value.Value{}, false
		}
		parts = append(parts, value.OfString(part))
	}
	return value.OfList(parts, false), true
}

// formatted puts arguments in the place of the braces of a template.
func formatted(template value.Value, args []value.Value) (value.Value, bool) {
	var parts []value.Value
	for _, part := range template.Parts() {
		text, known := part.AsString()
		if !known {
			parts = append(parts, part)
			continue
		}
		for i, stretch := range strings.Split(text, "{}") {
			if i > 0 {
				if len(args) == 0 {
					return value.Value{}, false
				}
				parts = append(parts, args[0])
				args = args[1:]
			}
			if strings.ContainsAny(stretch, `{}\`) {
				return value.Value{}, false // escaped braces
			}
			parts = append(parts, value.OfString(stretch))
		}
	}
	v := concatenated(parts)
	return v, len(args) == 0 && v.Kind() != value.KindOpaque
}

// concatenated returns the text that parts make, of which empty ones are none.
func concatenated(parts []value.Value) value.Value {
	parts = slices.DeleteFunc(parts, func(part value.Value) bool {
		text, known := part.AsString()
		return known && text == ""
	})
	if len(parts) == 1 && parts[0].Kind() == value.KindOpaque {
		return parts[0]
	}
	return value.OfText(parts...)
}

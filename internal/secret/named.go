package secret

import (
	"strings"
	"unicode/utf8"
)

// What is looked at around a name, in bytes.
const (
	longestGap   = 80
	longestValue = 4096
	lookAhead    = 320
)

// nameAround returns the name that an offset stands in.
func nameAround(text string, i int) (start, end int) {
	inName := func(c byte) bool { return wordly.has(c) }
	start, end = i, i
	for start > 0 && i-start < maxName && inName(text[start-1]) {
		start--
	}
	// The first letter of an escape such as \n is part of no name.
	if start > 0 && start < i && text[start-1] == '\\' {
		start++
	}
	for end < len(text) && end-i < maxName && inName(text[end]) {
		end++
	}
	return start, end
}

// valueOf returns the secret that the name [start, end) has, if what stands behind it gives it one.
func valueOf(text string, start, end int) (Found, bool) {
	name := text[start:end]
	c := cursor{text: text, at: end}
	quoted := c.quote()
	c.skip("]")
	begin := c.at
	c.blanks(false)
	option := strings.HasPrefix(name, "--")
	switch {
	case c.take(":-"), c.take("?="), c.take("+="), c.take("=>"), c.take(":="), c.take("=="), c.take("!="), c.take("="):
	case start > 0 && (text[start-1] == ':' || text[start-1] == '/'):
		return Found{}, false // a part of an ARN or of a path
	case c.take(":"):
		c.annotation()
	case c.word("is"), c.word("to"):
		if c.blanks(false); !c.atQuote() {
			return Found{}, false
		}
	case quoted && c.take(","):
		// The arguments of a call, or an option and its value; two elements of any other list have nothing to do with each other.
		if option || strings.HasSuffix(strings.TrimRight(text[:start], "\"'`\\ \t\r\n"), "(") {
			if c.blanks(true); c.atQuote() {
				if f, ok := c.secret(name); ok {
					return f, true
				}
			}
		}
		return described(text, begin, name)
	case option && c.at > begin:
	default:
		return described(text, begin, name)
	}
	if f, ok := c.secret(name); ok {
		return f, true
	}
	return described(text, begin, name)
}

// described returns the secret of a variable, parameter or entry that is described behind its name: {"Name": "X", "Value": "y"},
// variable "x" { default = "y" }, add_argument("--x", default="y").
func described(text string, at int, name string) (Found, bool) {
	end := min(len(text), at+lookAhead)
	own := indentation(text, at)
	isKey := strings.HasPrefix(text[at:], ":")
	for i := at; i < end; i++ {
		switch c := text[i]; {
		case c == '}' || c == ')':
			return Found{}, false
		case c == '\n':
			// The next of its kind begins, or what is around it goes on.
			next := indentation(text, i+1)
			begun := strings.TrimLeft(text[i+1:end], " \t")
			if next < own || next == own && (isKey || strings.HasPrefix(begun, "- ")) || begun == "" || begun[0] == '\n' {
				return Found{}, false
			}
		case c|0x20 != 'v' && c|0x20 != 'd' && c|0x20 != 'p' && c|0x20 != 's' || !startsWord(text, i):
			continue
		}
		_, stop := nameAround(text, i)
		switch strings.ToLower(text[i:stop]) {
		case "value", "default", "default_value", "defaultvalue", "parametervalue", "parameter_value", "secretstring", "secret_string":
			c := cursor{text: text, at: stop}
			c.quote()
			c.blanks(false)
			if c.take("=") || c.take(":") {
				if f, ok := c.secret(name); ok {
					return f, true
				}
				return Found{}, false
			}
		}
		i = max(i, stop-1)
	}
	return Found{}, false
}

// code reports whether what stands behind a quotation mark is code, since the mark was the end of a text: "token=" + (a || b).
func code(behind string) bool {
	return strings.IndexByte("+).,;", behind[0]) >= 0 && strings.ContainsAny(behind, "()|{[ ")
}

// indentation returns how far the line is indented that an offset stands in.
func indentation(text string, at int) int {
	start := max(strings.LastIndexByte(text[max(at-longestValue, 0):at], '\n')+1+max(at-longestValue, 0), 0)
	n := 0
	for start+n < len(text) && (text[start+n] == ' ' || text[start+n] == '\t') {
		n++
	}
	return n
}

// A cursor reads what stands behind a name.
type cursor struct {
	text string
	at   int
}

func (c *cursor) rest() string { return c.text[c.at:] }

func (c *cursor) take(s string) bool {
	if !strings.HasPrefix(c.rest(), s) {
		return false
	}
	c.at += len(s)
	return true
}

// word takes a word that something follows.
func (c *cursor) word(s string) bool { return c.take(s + " ") }

func (c *cursor) skip(set string) {
	for c.at < len(c.text) && strings.IndexByte(set, c.text[c.at]) >= 0 {
		c.at++
	}
}

// quote takes a quotation mark with the backslashes before it, and reports whether there is one.
func (c *cursor) quote() bool {
	q := quoteAt(c.text, c.at)
	c.at += len(q)
	return q != ""
}

func (c *cursor) atQuote() bool { return quoteAt(c.text, c.at) != "" }

// blanks skips blanks, and line ends where they mean nothing.
func (c *cursor) blanks(lines bool) {
	for n := 0; c.at < len(c.text) && n < longestGap; n++ {
		switch b := c.text[c.at]; {
		case b == ' ' || b == '\t':
		case lines && (b == '\n' || b == '\r' || b == '\\' && strings.HasPrefix(c.rest(), "\\\n")):
		default:
			return
		}
		c.at++
	}
}

// annotation skips the type of a variable in Python: token: str = "...".
func (c *cursor) annotation() {
	at := *c
	at.blanks(false)
	begin := at.at
	for at.at < len(at.text) && at.at-begin < maxName && (wordly.has(at.text[at.at]) || strings.IndexByte("[].|", at.text[at.at]) >= 0) {
		at.at++
	}
	end := at.at
	at.blanks(false)
	if end > begin && at.take("=") {
		*c = at
	}
}

// secret returns the value at the cursor, if that is the secret that its name says it is.
func (c *cursor) secret(name string) (Found, bool) {
	c.blanks(true)
	c.skip("(")
	c.heredoc()
	c.prefix()
	start, end, quoted := c.value()
	value := c.text[start:end]
	kind := calledBy(name, value)
	after := cursor{text: c.text, at: end}
	after.quote()
	if after.blanks(false); quoted && after.take(":") {
		return Found{}, false // the name of the next member
	}
	if kind == "" || !quoted && !literal(name, value) || quoted && code(value) {
		return Found{}, false
	}
	return Found{kind, start + scheme(value), end}, true
}

// heredoc skips the line that begins a text of lines: <<-EOT.
func (c *cursor) heredoc() {
	if !strings.HasPrefix(c.rest(), "<<") {
		return
	}
	if n := strings.IndexByte(c.text[c.at:min(len(c.text), c.at+longestGap)], '\n'); n > 0 {
		c.at += n + 1
		c.blanks(false)
	}
}

// prefix skips what may stand before a quotation mark: f"...", str("...").
func (c *cursor) prefix() {
	end := c.at
	for end < len(c.text) && end-c.at < longestGap && (wordly.has(c.text[end]) || c.text[end] == '.') {
		end++
	}
	switch {
	case end-c.at <= 2 && quoteAt(c.text, end) != "" && end > c.at:
		c.at = end
	case end > c.at && end < len(c.text) && c.text[end] == '(' && quoteAt(c.text, end+1) != "" && wraps(c.text[c.at:end]):
		c.at = end + 1
	}
}

// wraps reports whether a function makes a secret of the text that it is given; others look one up that has that name.
func wraps(function string) bool {
	switch function[strings.LastIndexByte(function, '.')+1:] {
	case "str", "bytes", "SecretStr", "Secret", "SecretValue", "unsafe_plain_text", "unsafePlainText", "plain_text", "plainText", "sensitive", "b64decode":
		return true
	}
	return false
}

// value returns the text at the cursor: to the end of its quotation, or to the next blank or punctuation.
func (c *cursor) value() (start, end int, quoted bool) {
	limit := min(len(c.text), c.at+longestValue)
	q := quoteAt(c.text, c.at)
	if q == "" {
		for end = c.at; end < limit && strings.IndexByte(" \t\r\n,;)}]\"'`<>&|\\", c.text[end]) < 0; {
			end++
		}
		return c.at, end, false
	}
	mark := q[len(q)-1]
	if long := strings.Repeat(string(mark), 3); len(q) == 1 && strings.HasPrefix(c.rest(), long) {
		start = c.at + len(long)
		if n := strings.Index(c.text[start:limit], long); n >= 0 {
			return start, start + n, true
		}
	}
	start = c.at + len(q)
	for end = start; end < limit; end++ {
		switch b := c.text[end]; {
		case b == '\n' || b == '\r':
			// The mark that ends it is missing: what follows may be anything.
			if blank := strings.IndexAny(c.text[start:end], " \t"); blank >= 0 {
				end = start + blank
			}
			return start, end, true
		case b == mark && quoteAt(c.text, end) == string(mark) && len(q) == 1:
			return start, end, true
		case b == '\\':
			if other := quoteAt(c.text, end); other != "" && len(other) <= len(q) && other[len(other)-1] == mark {
				return start, end, true
			}
			// An escape, and what it escapes: of two backslashes neither escapes the mark.
			if len(q) == 1 {
				end++
			}
		}
	}
	return start, limit, true
}

// quoteAt returns the quotation mark at an offset with the backslashes before it; a document in a document has \" for its own.
func quoteAt(text string, at int) string {
	end := at
	for end < len(text) && end-at < 8 && text[end] == '\\' {
		end++
	}
	if end < len(text) && (text[end] == '"' || text[end] == '\'' || text[end] == '`') {
		return text[at : end+1]
	}
	return ""
}

// literal reports whether a word without quotes is a value and no name or expression of a program: a name of the environment's,
// in capitals, has values only, and no other name of a program's has a hyphen in it.
func literal(name, word string) bool {
	if strings.ContainsAny(word, "([{") || attribute(word) {
		return false
	}
	return strings.ContainsAny(word, "0123456789-") || name == strings.ToUpper(name)
}

// attribute reports whether a word is names with dots between: args.token, config.db.password.
func attribute(word string) bool {
	names := strings.Split(word, ".")
	for _, n := range names {
		if n == "" || n[0] >= '0' && n[0] <= '9' || strings.Trim(n, "_") == "" || strings.TrimFunc(n, func(r rune) bool { return r < utf8.RuneSelf && inWord(byte(r)) }) != "" {
			return false
		}
	}
	return len(names) > 1
}

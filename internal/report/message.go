package report

import (
	"bytes"
	"fmt"
	"strings"
)

// SARIF messages are sentences. In their plain text braces are placeholders and [text](id) is a link to the related
// location of that id (SARIF 2.1.0, 3.11.5 and 3.11.6), so that neither may come in from scanned files.

// plainText returns text for use in a SARIF message: interpolations lose their braces (${var.x} is var.x), a member of a JSON
// object reads as words ("Null": {"key": "true"} is "Null" with "key": "true"), other braces become parentheses, and no link
// can form.
func plainText(text string) string {
	text = Escape(text)
	if !strings.ContainsAny(text, "{}]") {
		return text
	}
	const member = `": `
	var b []byte
	var closing []string // for each open brace
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case (c == '$' || c == '%') && i+1 < len(text) && text[i+1] == '{':
			closing = append(closing, "")
			i++
		case c == '{' && bytes.HasSuffix(b, []byte(member)):
			closing = append(closing, "")
			b = append(b[:len(b)-len(member)], `" with `...)
		case c == '{':
			closing = append(closing, ")")
			b = append(b, '(')
		case c == '}':
			end := ")"
			if n := len(closing) - 1; n >= 0 {
				end, closing = closing[n], closing[:n]
			}
			b = append(b, end...)
		default:
			b = append(b, c)
		}
	}
	return strings.ReplaceAll(string(b), "](", "] (")
}

// sentence makes a clause a sentence. A first word that may be a name keeps its case: "var.access" is none of English.
func sentence(clause string) string {
	text := strings.TrimSpace(plainText(clause))
	if text == "" {
		return ""
	}
	word, _, more := strings.Cut(text, " ")
	if more && isLower(word) {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return withStop(text)
}

func withStop(text string) string {
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return whole(text)
}

// whole ends a message with a full stop, whatever its last sentence is: Microsoft's SARIF2001 wants one.
func whole(text string) string {
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

func isLower(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return word != ""
}

// subjectSentence is the first sentence of a result, the only one that GitHub shows where space is short: it says which
// resource, and what is wrong with it.
func subjectSentence(subject, clause, within string) string {
	text := "'" + plainText(subject) + "': " + strings.TrimSpace(plainText(clause))
	if within != "" {
		text += " (" + plainText(within) + ")"
	}
	return withStop(text)
}

// link returns a link to the related location of an id, or the text alone for id 0.
func link(text string, id int) string {
	text = plainText(text)
	if id == 0 {
		return text
	}
	if strings.ContainsAny(text, `\[]`) {
		text = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(text)
	}
	return fmt.Sprintf("[%s](%d)", text, id)
}

// enumerate joins items as in a sentence: "a, b and c".
func enumerate(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}

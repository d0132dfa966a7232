package value

import (
	"strconv"
	"strings"
)

// Marks stand for the unknown parts of a text while it is read by a parser that takes known text only, as those of YAML do.
// The zero value has none.
type Marks struct{ parts []Value }

// The marks are a number between two characters of Unicode's private use, which nobody writes and YAML takes anywhere.
const markBegin, markEnd = "\uE000", "\uE001"

// Add returns what stands for an unknown part.
func (m *Marks) Add(part Value) string {
	m.parts = append(m.parts, part)
	return markBegin + strconv.Itoa(len(m.parts)-1) + markEnd
}

// Len returns how many unknown parts have a mark.
func (m *Marks) Len() int { return len(m.parts) }

// Marked reports whether an unknown part stands in a text.
func Marked(text string) bool { return strings.Contains(text, markBegin) }

// Split returns the parts of a text: for what is known what known makes of it, for each mark the part that it stands for.
func (m *Marks) Split(text string, known func(string) Value) []Value {
	var parts []Value
	for text != "" {
		before, after, found := strings.Cut(text, markBegin)
		if before != "" {
			parts = append(parts, known(before))
		}
		if !found {
			break
		}
		number, rest, _ := strings.Cut(after, markEnd)
		if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(m.parts) {
			parts = append(parts, m.parts[i])
		}
		text = rest
	}
	return parts
}

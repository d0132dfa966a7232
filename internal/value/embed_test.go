package value_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// TestMain fixes the seed of random tests, so that a change is judged and not its luck; -rapid.seed takes another.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed != nil && seed.Value.String() == "0" {
		if err := seed.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// A notation writes a text down as a language does: what it begins and ends with, what each line begins with, and how it
// spells one character, of which next is the one that follows.
type notation struct {
	name, open, close, indent string
	character                 func(t *rapid.T, c, next rune) string
}

var notations = []notation{
	{name: "heredoc", open: "<<EOF\n", close: "\nEOF", character: dollars},
	{name: "indented heredoc", open: "<<-EOF\n", close: "\n\t EOF", indent: "\t  ", character: dollars},
	{name: "quotes of HCL", open: `"`, close: `"`, character: escaped},
	{name: "quotes of JSON", open: `"`, close: `"`, character: func(t *rapid.T, c, _ rune) string { return escaped(t, c, 0) }},
	{name: "block of YAML", open: "|\n", indent: "    ", character: itself},
	{name: "block of YAML with CRLF", open: "|-\r\n", indent: "  ", character: func(_ *rapid.T, c, _ rune) string {
		if c == '\n' {
			return "\r\n"
		}
		return string(c)
	}},
	{name: "file", character: itself},
	{name: "three quotes", open: `r"""`, close: `"""`, character: itself},
	{name: "single quotes", open: `'`, close: `'`, character: func(_ *rapid.T, c, _ rune) string {
		return map[rune]string{'\'': "''", '\n': "\n\n  "}[c] + map[bool]string{true: string(c)}[c != '\'' && c != '\n']
	}},
}

func itself(_ *rapid.T, c, _ rune) string { return string(c) }

func dollars(_ *rapid.T, c, next rune) string {
	if (c == '$' || c == '%') && next == '{' {
		return string([]rune{c, c})
	}
	return string(c)
}

func escaped(t *rapid.T, c, next rune) string {
	switch {
	case c == '"' || c == '\\':
		return `\` + string(c)
	case c == '\n':
		return `\n`
	case c == '\t':
		return `\t`
	case next != 0 && (c == '$' || c == '%'):
		return dollars(t, c, next)
	case c > '}' && rapid.Bool().Draw(t, "escape"):
		var b bytes.Buffer
		for _, unit := range utf16.Encode([]rune{c}) {
			b.WriteString(`\u`)
			const digits = "0123456789abCDEF"
			for shift := 12; shift >= 0; shift -= 4 {
				b.WriteByte(digits[unit>>shift&15])
			}
		}
		return b.String()
	}
	return string(c)
}

// A spelt document is a text, the file that spells it, and for each offset of the text the one in the file.
type speltDocument struct {
	file  *source.File
	token source.Span
	at    []int
	parts []value.Value
}

// holes are the runes that stand in a drawn text for what is put into it.
const firstHole, lastHole = '\ue000', '\ue0ff'

// spell writes a text down. Each hole becomes ${v}, and a part of the value: a known text, or an unknown one.
func spell(t *rapid.T, n notation, text string) speltDocument {
	var b bytes.Buffer
	d := speltDocument{}
	b.WriteString("before: ")
	start := b.Len()
	b.WriteString(n.open)
	runes := []rune(text)
	var literal strings.Builder
	var pieces []func(token source.Span) value.Value
	flush := func() {
		if s := literal.String(); s != "" {
			pieces = append(pieces, func(token source.Span) value.Value { return value.StringAt(s, token) })
		}
		literal.Reset()
	}
	b.WriteString(map[bool]string{true: n.indent}[len(runes) > 0 && runes[0] != '\n'])
	for i, c := range runes {
		if c >= firstHole && c <= lastHole {
			flush()
			put := "put-" + string('a'+(c-firstHole)%26)
			d.at = append(d.at, b.Len())
			if c%2 == 0 {
				pieces = append(pieces, func(source.Span) value.Value {
					return value.OfString(put).From(source.NewFile("other", []byte(put)).Span(0, len(put)))
				})
				for range len(put) - 1 {
					d.at = append(d.at, b.Len())
				}
			} else {
				pieces = append(pieces, func(source.Span) value.Value { return value.OfOpaque("it is unknown") })
			}
			b.WriteString("${v}")
			continue
		}
		next := rune(' ')
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		for range len(string(c)) {
			d.at = append(d.at, b.Len())
		}
		literal.WriteRune(c)
		b.WriteString(n.character(t, c, next))
		if c == '\n' && next != '\n' {
			b.WriteString(n.indent)
		}
	}
	flush()
	d.at = append(d.at, b.Len())
	b.WriteString(n.close)
	end := b.Len()
	b.WriteString("\nafter")
	d.file = source.NewFile("f", b.Bytes())
	d.token = d.file.Span(start, end)
	for _, piece := range pieces {
		d.parts = append(d.parts, piece(d.token))
	}
	return d
}

var words = rapid.Map(rapid.SliceOfN(rapid.OneOf(
	rapid.SampledFrom([]string{"${", "%{", "$${", "\"}", "''", "{{"}),
	rapid.StringOf(rapid.RuneFrom([]rune("ab'\"\\${}%é→😀 \t\n#:-/"))),
), 0, 3), func(s []string) string { return strings.Join(s, "") })

// drawJSON draws a document. In its texts, and in the place of some values, stand holes.
func drawJSON(t *rapid.T, depth int) string {
	quoted := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	hole := func() string { return string(rune(rapid.IntRange(firstHole, lastHole).Draw(t, "hole"))) }
	blank := func() string { return rapid.SampledFrom([]string{"", " ", "\n", "\n  "}).Draw(t, "blank") }
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	if depth == 0 {
		kind += 2
	}
	switch kind {
	case 0, 1:
		open, closing := "[", "]"
		if kind == 0 || depth == 4 {
			open, closing = "{", "}"
		}
		var members []string
		for i := range rapid.IntRange(1, 4).Draw(t, "members") {
			m := drawJSON(t, depth-1)
			if open == "{" {
				m = quoted(string(rune('a'+i))+words.Draw(t, "key")) + ":" + blank() + m
			}
			members = append(members, m)
		}
		return open + blank() + strings.Join(members, blank()+","+blank()) + blank() + closing
	case 2:
		return `"` + hole() + `"`
	case 3:
		return quoted(words.Draw(t, "text") + hole() + words.Draw(t, "text"))
	case 4:
		return rapid.SampledFrom([]string{"true", "null", "12", "1.5"}).Draw(t, "bare")
	default:
		return quoted(words.Draw(t, "text"))
	}
}

// Every value that is read of a text that is JSON stands at the bytes that spell it.
func TestPlacesInText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom(notations).Draw(t, "notation")
		text := "{\"a\": " + drawJSON(t, 3) + "}"
		if n.name == "three quotes" && strings.Contains(text, `""`) || n.name == "single quotes" && blanksAtBreaks(text) {
			t.Skip("it can't be written so")
		}
		d := spell(t, n, text)
		v := value.OfText(d.parts...).From(d.token)
		whole := plain(v)
		check := func(what string, at source.Span, scalar value.Value) {
			if at.File != d.file || at.End <= at.Start {
				t.Fatalf("%s %q of %q stands at %+v", n.name, what, whole, at)
			}
			// Which bytes of the text those are, and what they spell.
			start, end := indexOf(d.at, at.Start), indexOf(d.at, at.End)
			if start < 0 || end < 0 {
				t.Fatalf("%s: %q stands at %q of %q", n.name, what, at.Text(), d.token.Text())
			}
			var got any
			if err := json.Unmarshal([]byte(strings.ReplaceAll(whole[start:end], "\x00", "?")), &got); err != nil {
				t.Fatalf("%s: %q stands at %q, which spells %q", n.name, what, at.Text(), whole[start:end])
			}
			if want, known := scalar.AsString(); known {
				if s, ok := got.(string); ok && s != want {
					t.Fatalf("%s: %q stands at %q", n.name, want, at.Text())
				}
			}
		}
		walk(v.FromJSON(), check)
	})
}

// blanksAtBreaks reports whether a text has blanks at a line break, which folding takes away.
func blanksAtBreaks(text string) bool {
	for _, s := range []string{" \n", "\n ", "\t\n", "\n\t", "\n\n"} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// plain returns a text with a zero byte for each unknown part.
func plain(v value.Value) string {
	var b strings.Builder
	for _, part := range v.Parts() {
		if text, known := part.AsString(); known {
			b.WriteString(text)
		} else {
			b.WriteByte(0)
		}
	}
	return b.String()
}

// indexOf returns the offset of the text that stands at one of the file, the first of several.
func indexOf(at []int, offset int) int {
	for i, o := range at {
		if o == offset {
			return i
		}
	}
	return -1
}

// walk visits the scalars, the lists and the names of a document.
func walk(v value.Value, visit func(what string, at source.Span, scalar value.Value)) {
	for _, f := range v.Fields() {
		visit(f.Name, f.Key, value.OfString(f.Name))
		walk(f.Value, visit)
	}
	for _, e := range v.Elems() {
		walk(e, visit)
	}
	if v.Kind() != value.KindObject {
		visit(v.Literal(), v.Origin().Span, v)
	}
}

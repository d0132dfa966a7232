package source

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPosition(t *testing.T) {
	// e with a combining accent, a family joined by zero-width joiners, a character beyond the basic plane.
	const line = "x = [\"e\u0301\", \"\U0001F468\u200d\U0001F469\u200d\U0001F467\", \"\U0001D11E\", zz]"
	f := NewFile("a.tf", []byte("first\r\n"+line+"\rthird\n"))
	p := f.Position(len("first\r\n") + strings.Index(line, "zz"))
	if p.Line != 2 || p.Column != 26 || p.UTF16 != 30 || p.Byte != 43 {
		t.Errorf("got %+v", p)
	}
	if got, _ := f.Line(2); string(got) != line {
		t.Errorf("line 2: %q", got)
	}
	if got, _ := f.Line(3); string(got) != "third" {
		t.Errorf("line 3: %q", got)
	}
	if f.Lines() != 4 {
		t.Errorf("%d lines, want 4", f.Lines())
	}
}

func TestByteOrderMark(t *testing.T) {
	f := NewFile("a.tf", []byte("\xef\xbb\xbfname"))
	if p := f.Position(3); p.Line != 1 || p.Column != 1 || p.UTF16 != 1 {
		t.Errorf("got %+v", p)
	}
	if text, start := f.Line(1); string(text) != "name" || start != 3 {
		t.Errorf("got %q at %d", text, start)
	}
}

// Columns agree with an independent count of the line's prefix, and Offset is the inverse of Position.
func TestPositionsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab\t\r\n\u00e9\u0301\U0001D11E\u4e2d"))).Draw(t, "text")
		f := NewFile("f", []byte(text))
		offset := rapid.IntRange(0, len(text)).Draw(t, "offset")
		for offset < len(text) && !utf8.RuneStart(text[offset]) {
			offset++
		}
		p := f.Position(offset)
		_, start := f.Line(p.Line)
		before := text[start:offset]
		if strings.Contains(strings.TrimSuffix(before, "\r"), "\n") {
			t.Fatalf("line %d begins before another line's end", p.Line)
		}
		if want := utf8.RuneCountInString(before) + 1; p.Column != want {
			t.Fatalf("column %d, want %d", p.Column, want)
		}
		if want := len(utf16.Encode([]rune(before))) + 1; p.UTF16 != want {
			t.Fatalf("UTF-16 column %d, want %d", p.UTF16, want)
		}
		line, _ := f.Line(p.Line)
		if len(before) <= len(line) && f.Offset(p.Line, p.Column) != offset {
			t.Fatalf("offset %d is at %d:%d, which is offset %d", offset, p.Line, p.Column, f.Offset(p.Line, p.Column))
		}
	})
}

func TestEmbed(t *testing.T) {
	host := NewFile("n.ipynb", []byte(`{"source": ["a = 1\n", "b = \"x\""]}`))
	at := func(s string) int { return strings.Index(string(host.Bytes), s) }
	e := Embed(host, "cell 1")
	e.Verbatim(at("a = 1"), at(`\n`))
	e.Decoded("\n", at(`\n`), at(`\n`)+2)
	e.Verbatim(at("b ="), at(`\"x`))
	e.Decoded(`"`, at(`\"x`), at(`\"x`)+2)
	e.Verbatim(at(`x\"`), at(`x\"`)+1)
	e.Decoded(`"`, at(`x\"`)+1, at(`x\"`)+3)
	f := e.File()
	if string(f.Bytes) != "a = 1\nb = \"x\"" || !f.Embedded() || f.Host() != host {
		t.Fatalf("got %q", f.Bytes)
	}
	for text, want := range map[string]string{"a = 1": "a = 1", "b": "b", `"x"`: `\"x\"`, "x": "x"} {
		i := strings.Index(string(f.Bytes), text)
		if got := f.Span(i, i+len(text)).Host().Text(); got != want {
			t.Errorf("%q stands for %q, want %q", text, got, want)
		}
	}
}

func TestFirstLine(t *testing.T) {
	f := NewFile("f", []byte("one\r\ntwo"))
	if got := f.Span(1, 8).FirstLine().Text(); got != "ne" {
		t.Errorf("got %q", got)
	}
	if !f.Span(0, 8).Contains(f.Span(1, 3)) || f.Span(1, 3).Contains(f.Span(0, 8)) {
		t.Error("Contains")
	}
	if s := f.Span(-5, 99); s.Start != 0 || s.End != 8 {
		t.Errorf("not clipped: %+v", s)
	}
}

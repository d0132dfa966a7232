package jobconfig

import (
	"bytes"
	"strconv"

	"github.com/vpclint/vpclint/internal/source"
)

// What is looked at for placeholders that keep a file from being JSON: the largest file, the longest placeholder, and how many
// of them a file may have.
const (
	maxFilled      = 4 << 20
	maxPlaceholder = 256
	maxGaps        = 10_000
)

// A gap is a placeholder that stands outside quotes. It is a name where a member should begin, and else a value.
type gap struct {
	start, end int
	name       bool
}

// gaps returns the placeholders of a JSON text that stand outside quotes, as a template's do that spell numbers, lists or
// objects: "InstanceCount": ${count}.
func gaps(text []byte) []gap {
	var out []gap
	var open []byte // the brackets around
	last := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '$', '{', '<', '%', '@':
			if m := placeholderAt(text[i:min(i+maxPlaceholder, len(text))]); m != nil {
				within := len(open) > 0 && open[len(open)-1] == '{'
				out = append(out, gap{i, i + len(m), within && (last == '{' || last == ',')})
				i += len(m) - 1
			} else if c == '{' {
				open = append(open, c)
			}
		case '[':
			open = append(open, c)
		case '}', ']':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
		last = c
	}
	return out
}

// brackets are what begins a placeholder, and what ends it.
var brackets = [...][2]string{{"{{", "}}"}, {"{%", "%}"}, {"${", "}"}, {"$(", ")"}, {"<", ">"}, {"%(", ")"}}

// placeholderAt returns the placeholder that a text begins with. Brackets that nothing closes, of which hostile files are full,
// cost a look at the next bytes and no matching.
func placeholderAt(text []byte) []byte {
	for _, b := range brackets {
		if bytes.HasPrefix(text, []byte(b[0])) && !bytes.Contains(text, []byte(b[1])) {
			return nil
		}
	}
	if text[0] == '{' && !bytes.HasPrefix(text, []byte("{{")) && !bytes.HasPrefix(text, []byte("{%")) {
		return nil
	}
	return bare.Find(text)
}

// filled returns a JSON file with its placeholders in quotes, each part of it where it stands in the file; nil where there is
// none outside quotes.
func filled(f *source.File) *source.File {
	if len(f.Bytes) > maxFilled {
		return nil
	}
	all := gaps(f.Bytes)
	if len(all) == 0 || len(all) > maxGaps {
		return nil
	}
	e := source.Embed(f, "")
	at := 0
	for _, g := range all {
		e.Verbatim(at, g.start)
		text := strconv.Quote(string(f.Bytes[g.start:g.end]))
		if g.name {
			text += `: ""`
		}
		e.Decoded(text, g.start, g.end)
		at = g.end
	}
	e.Verbatim(at, len(f.Bytes))
	return e.File()
}

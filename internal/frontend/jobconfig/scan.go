package jobconfig

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math/bits"

	"github.com/vpclint/vpclint/internal/doctree"
)

// A region is a mapping of a JSON text that may be claimed, with the quoted key that it stands under, if there is one.
type region struct {
	start, end       int
	keyStart, keyEnd int
	// depth is how many mappings and lists it stands in.
	depth int
}

// scan finds the mappings of a JSON text into which the walk has to look, in order: the outermost that a reader is told of
// and that hold, as deep as the walk goes, what a reader reads. What stands between them needs no tree, and in most files
// that is all. The text is read by the letter of RFC 8259; where it isn't JSON, or nests too deep, the second result is
// false.
func (f *family) scan(text []byte) ([]region, bool) {
	s := scanner{family: f, text: text}
	if bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
		s.at = 3
	}
	s.skip()
	if _, ok := s.value(0, 0, 0); !ok {
		return nil, false
	}
	s.skip()
	return s.regions, s.at == len(text)
}

type scanner struct {
	*family
	text    []byte
	at      int
	regions []region
}

// skip moves on to what is no blank.
func (s *scanner) skip() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\n', '\r', '\t':
			s.at++
		default:
			return
		}
	}
}

// value reads the value that begins here, which has depth values around it and stands under the key between two places. It
// reports whether a reader reads something in it.
func (s *scanner) value(depth, keyStart, keyEnd int) (holds, ok bool) {
	if s.at >= len(s.text) || depth >= doctree.MaxDepth {
		return false, false
	}
	switch c := s.text[s.at]; c {
	case '{':
		return s.object(depth, keyStart, keyEnd)
	case '[':
		return s.array(depth)
	case '"':
		_, ok = s.string()
		return false, ok
	case 't':
		return false, s.literal("true")
	case 'f':
		return false, s.literal("false")
	case 'n':
		return false, s.literal("null")
	default:
		return false, s.number()
	}
}

func (s *scanner) object(depth, keyStart, keyEnd int) (holds, ok bool) {
	start, before := s.at, len(s.regions)
	var told sign
	s.at++
	s.skip()
	for first := true; ; first = false {
		if s.at >= len(s.text) {
			return false, false
		}
		if s.text[s.at] == '}' && first {
			break
		}
		from := s.at
		plain, ok := s.string()
		if !ok {
			return false, false
		}
		to := s.at
		if depth <= maxWrapping {
			var says sign
			if plain {
				says = s.tells(string(s.text[from+1 : to-1]))
			} else {
				says = s.tells(unquoted(s.text[from:to]))
			}
			told.readers |= says.readers
			told.own |= says.own
		}
		s.skip()
		if s.at >= len(s.text) || s.text[s.at] != ':' {
			return false, false
		}
		s.at++
		s.skip()
		inner, ok := s.value(depth+1, from, to)
		if !ok {
			return false, false
		}
		holds = holds || inner
		s.skip()
		if s.at < len(s.text) && s.text[s.at] == ',' {
			s.at++
			s.skip()
			continue
		}
		break
	}
	if s.at >= len(s.text) || s.text[s.at] != '}' {
		return false, false
	}
	s.at++
	if s.isShut(told) {
		s.regions = s.regions[:before]
		return false, true
	}
	holds = holds || told.readers&s.reading != 0
	if holds && told.readers != 0 {
		s.regions = append(s.regions[:before], region{start, s.at, keyStart, keyEnd, depth})
	}
	return holds, true
}

func (s *scanner) array(depth int) (holds, ok bool) {
	s.at++
	s.skip()
	if s.at < len(s.text) && s.text[s.at] == ']' {
		s.at++
		return false, true
	}
	for {
		inner, ok := s.value(depth+1, 0, 0)
		if !ok {
			return false, false
		}
		holds = holds || inner
		s.skip()
		if s.at >= len(s.text) {
			return false, false
		}
		switch c := s.text[s.at]; c {
		case ',':
			s.at++
			s.skip()
		case ']':
			s.at++
			return holds, true
		default:
			return false, false
		}
	}
}

// unquoted returns what a JSON string says.
func unquoted(quoted []byte) string {
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return ""
	}
	return text
}

// shortString is the length of most strings: keys, numbers of things, words.
const shortString = 16

// string reads a string, and reports whether it is spelt without escapes.
func (s *scanner) string() (plain, ok bool) {
	if s.at >= len(s.text) || s.text[s.at] != '"' {
		return false, false
	}
	text, at := s.text, s.at+1
	// Most strings are shorter than it pays to look at many bytes at once.
	for short := min(at+shortString, len(text)); at < short && text[at] >= ' ' && text[at] != '\\'; at++ {
		if text[at] == '"' {
			s.at = at + 1
			return true, true
		}
	}
	for plain = true; ; {
		for at+8 <= len(text) {
			found := ends(binary.LittleEndian.Uint64(text[at:]))
			at += bits.TrailingZeros64(found) / 8
			if found != 0 {
				break
			}
		}
		if at >= len(text) {
			return false, false
		}
		switch c := text[at]; {
		case c == '"':
			s.at = at + 1
			return plain, true
		case c == '\\':
			n := escape(text[at:])
			if n == 0 {
				return false, false
			}
			plain, at = false, at+n
		case c < ' ':
			return false, false
		default:
			at++ // one of the last few bytes
		}
	}
}

// ends returns a number whose lowest bit that is set is the highest of the first of eight bytes that a string can't have as
// it is, which are quotes, backslashes and control characters; 0 where there is none.
func ends(eight uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quotes, slashes := eight^('"'*ones), eight^('\\'*ones)
	return ((quotes-ones)&^quotes | (slashes-ones)&^slashes | (eight-' '*ones)&^eight) & tops
}

// escape returns the length of the escape that a text begins with; 0 where it is none.
func escape(text []byte) int {
	if len(text) < 2 {
		return 0
	}
	switch text[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(text) < 6 {
			return 0
		}
		for _, c := range text[2:6] {
			if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
				return 0
			}
		}
		return 6
	}
	return 0
}

func (s *scanner) literal(word string) bool {
	if len(s.text)-s.at < len(word) || string(s.text[s.at:s.at+len(word)]) != word {
		return false
	}
	s.at += len(word)
	return true
}

func (s *scanner) number() bool {
	if s.text[s.at] == '-' {
		s.at++
	}
	if s.at < len(s.text) && s.text[s.at] == '0' {
		s.at++
	} else if !s.digits() {
		return false
	}
	if s.at < len(s.text) && s.text[s.at] == '.' {
		s.at++
		if !s.digits() {
			return false
		}
	}
	if s.at < len(s.text) && s.text[s.at]|0x20 == 'e' {
		s.at++
		if s.at < len(s.text) && (s.text[s.at] == '+' || s.text[s.at] == '-') {
			s.at++
		}
		return s.digits()
	}
	return true
}

func (s *scanner) digits() bool {
	start := s.at
	for s.at < len(s.text) && s.text[s.at]-'0' <= 9 {
		s.at++
	}
	return s.at > start
}

package source

import "unicode/utf8"

// markEvery is the distance in bytes of the marks from which columns are counted: minified JSON is one line of megabytes.
const markEvery = 1 << 14

// A mark is what stands before an offset: characters, and those of them that are two units of UTF-16.
type mark struct{ runes, pairs int }

// columns returns how many characters stand in [start, end), which lie in one line, and how many of them are two units of
// UTF-16.
func (f *File) columns(start, end int) mark {
	if end-start <= 2*markEvery {
		return count(f.Bytes[start:end])
	}
	marks := f.columnMarks()
	first, last := (start+markEvery-1)/markEvery, end/markEvery
	if marks == nil || !boundary(f.Bytes, start) || !boundary(f.Bytes, end) {
		return count(f.Bytes[start:end])
	}
	head, tail := starts(f.Bytes[start:first*markEvery]), starts(f.Bytes[last*markEvery:end])
	return mark{
		runes: head.runes + marks[last].runes - marks[first].runes + tail.runes,
		pairs: head.pairs + marks[last].pairs - marks[first].pairs + tail.pairs,
	}
}

// columnMarks returns the marks of the file, every markEvery bytes; nil where it isn't UTF-8, whose broken bytes count one
// by one.
func (f *File) columnMarks() []mark {
	f.marksOnce.Do(func() {
		if !utf8.Valid(f.Bytes) {
			return
		}
		sum := mark{}
		for at := 0; ; at += markEvery {
			f.marks = append(f.marks, sum)
			if at+markEvery > len(f.Bytes) {
				return
			}
			m := starts(f.Bytes[at : at+markEvery])
			sum.runes += m.runes
			sum.pairs += m.pairs
		}
	})
	return f.marks
}

func boundary(b []byte, offset int) bool { return offset >= len(b) || utf8.RuneStart(b[offset]) }

// starts counts the characters that begin in b, which is part of a text in UTF-8.
func starts(b []byte) mark {
	m := mark{}
	for _, c := range b {
		if utf8.RuneStart(c) {
			m.runes++
		}
		if c >= 0xF0 { // the first byte of four: beyond the basic plane
			m.pairs++
		}
	}
	return m
}

// count counts the characters of b, a broken byte as one.
func count(b []byte) mark {
	m := mark{}
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		b = b[n:]
		m.runes++
		if r > 0xFFFF {
			m.pairs++
		}
	}
	return m
}

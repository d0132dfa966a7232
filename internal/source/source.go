// Package source answers where a piece of text stands: which file, which bytes, which line and column.
//
// Everything inside vpclint holds byte offsets. Lines and columns are computed only when something is printed, because
// every producer and consumer counts differently: hcl counts grapheme clusters, YAML readers code points, SARIF UTF-16
// code units, CPython UTF-8 bytes. The package knows nothing of any language.
package source

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// A File is one file of input. It is immutable; its methods are safe for concurrent use.
type File struct {
	// Path is slash-separated and relative to the repository root.
	Path string
	// Bytes is the whole content, as it lies on disk (a byte order mark included).
	Bytes []byte
	// Label names an embedded document within its host, such as "cell 3"; empty for a file on disk.
	Label string

	host     *File
	segments []segment

	once  sync.Once
	lines []int // offset of the first byte of each line

	marksOnce sync.Once
	marks     []mark
}

// A segment maps a run of an embedded document's bytes to the bytes of a host that spell it.
type segment struct {
	at, hostStart, hostEnd int
	decoded                bool  // the host spells it otherwise, byte for byte unrelated
	host                   *File // nil where it is the document's own
}

// NewFile returns a file on disk. Path must be slash-separated and relative to the repository root.
func NewFile(path string, content []byte) *File {
	return &File{Path: path, Bytes: content}
}

// Host returns the file on disk that f is embedded in, directly or through others, or f itself.
func (f *File) Host() *File {
	for f.host != nil {
		f = f.host
	}
	return f
}

// Embedded reports whether f is a document inside another file.
func (f *File) Embedded() bool { return f.host != nil }

// Span returns the span of the bytes [start, end), clipped to the file.
func (f *File) Span(start, end int) Span {
	start = min(max(start, 0), len(f.Bytes))
	end = min(max(end, start), len(f.Bytes))
	return Span{File: f, Start: start, End: end}
}

// Whole returns the span of the first line, which stands for the file where no smaller place does.
func (f *File) Whole() Span {
	end := bytes.IndexAny(f.Bytes, "\r\n")
	if end < 0 {
		end = len(f.Bytes)
	}
	return f.Span(0, end)
}

// An Embedding builds a document that is written inside another file, piece by piece: a notebook cell inside JSON
// strings, a JSON policy inside an HCL heredoc. Every byte of the result maps back to the bytes of the host that spell it.
// A piece may come from another file than the rest, as what a variable puts into a text does.
type Embedding struct {
	host     *File
	label    string
	buf      []byte
	segments []segment
}

// Embed starts a document inside host. The label names it to people ("cell 3").
func Embed(host *File, label string) *Embedding {
	return &Embedding{host: host, label: label}
}

// Verbatim appends the host's own bytes [start, end).
func (e *Embedding) Verbatim(start, end int) { e.VerbatimAt(e.host.Span(start, end)) }

// VerbatimAt appends the bytes of a span, which may be one of another file than the host.
func (e *Embedding) VerbatimAt(s Span) {
	host := e.other(s)
	// Consecutive verbatim runs share one segment, so that long plain text costs one entry.
	if n := len(e.segments); n > 0 {
		last := e.segments[n-1]
		if !last.decoded && last.host == host && last.hostEnd == s.Start && last.hostEnd-last.hostStart == len(e.buf)-last.at {
			e.segments[n-1].hostEnd = s.End
			e.buf = append(e.buf, s.File.Bytes[s.Start:s.End]...)
			return
		}
	}
	e.segments = append(e.segments, segment{at: len(e.buf), hostStart: s.Start, hostEnd: s.End, host: host})
	e.buf = append(e.buf, s.File.Bytes[s.Start:s.End]...)
}

// Decoded appends text that the host spells otherwise in [start, end), such as an escape sequence.
func (e *Embedding) Decoded(text string, start, end int) { e.DecodedAt(text, e.host.Span(start, end)) }

// DecodedAt appends text that is spelt otherwise in a span, which may be one of another file than the host.
func (e *Embedding) DecodedAt(text string, s Span) {
	e.segments = append(e.segments, segment{at: len(e.buf), hostStart: s.Start, hostEnd: s.End, decoded: true, host: e.other(s)})
	e.buf = append(e.buf, text...)
}

// other returns the file of a span, where that isn't the host.
func (e *Embedding) other(s Span) *File {
	if s.File == e.host {
		return nil
	}
	return s.File
}

// Len returns the length of the document so far, in bytes.
func (e *Embedding) Len() int { return len(e.buf) }

// File ends the document.
func (e *Embedding) File() *File {
	return &File{Path: e.host.Path, Bytes: e.buf, Label: e.label, host: e.host, segments: e.segments}
}

// hostAt maps an offset of an embedded document one level up, and returns where the run ends there in which it stands.
// Where atEnd is set, an offset on the boundary of two segments belongs to the one before it.
func (f *File) hostAt(offset int, atEnd bool) (host *File, at, end int) {
	if len(f.segments) == 0 {
		return f.host, 0, 0
	}
	i := sort.Search(len(f.segments), func(i int) bool { return f.segments[i].at > offset }) - 1
	if atEnd && i > 0 && f.segments[i].at == offset {
		i--
	}
	seg := f.segments[max(i, 0)]
	host = seg.host
	if host == nil {
		host = f.host
	}
	switch {
	case !seg.decoded:
		return host, min(seg.hostStart+offset-seg.at, seg.hostEnd), seg.hostEnd
	case offset <= seg.at:
		return host, seg.hostStart, seg.hostEnd
	}
	return host, seg.hostEnd, seg.hostEnd
}

// A Span is a run of bytes [Start, End) of a file. The zero Span is nowhere.
type Span struct {
	File       *File
	Start, End int
}

// IsZero reports whether s is nowhere.
func (s Span) IsZero() bool { return s.File == nil }

// Text returns the bytes of s as written.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	return string(s.File.Bytes[s.Start:s.End])
}

// Host returns the same place in the file on disk.
func (s Span) Host() Span {
	for s.File != nil && s.File.host != nil {
		s = s.Outer()
	}
	return s
}

// FirstLine clips s to the line that it starts on: the places that vpclint shows are one line each.
func (s Span) FirstLine() Span {
	if s.File == nil {
		return s
	}
	if i := bytes.IndexAny(s.File.Bytes[s.Start:s.End], "\r\n"); i >= 0 {
		s.End = s.Start + i
	}
	return s
}

// Meets reports whether one of two spans contains the other.
func (s Span) Meets(t Span) bool { return s.Contains(t) || t.Contains(s) }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool {
	return s.File == t.File && s.Start <= t.Start && t.End <= s.End
}

// Less orders spans by path, start and end.
func (s Span) Less(t Span) bool {
	switch {
	case s.File == nil || t.File == nil:
		return s.File == nil && t.File != nil
	case s.File.Path != t.File.Path:
		return s.File.Path < t.File.Path
	case s.Start != t.Start:
		return s.Start < t.Start
	}
	return s.End < t.End
}

// A Position is an offset as people and tools count it. All fields but Offset are 1-based.
type Position struct {
	Offset int // bytes from the start of the file
	Line   int
	Column int // code points
	UTF16  int // column in UTF-16 code units, as SARIF's utf16CodeUnits
	Byte   int // column in UTF-8 bytes
}

// Position returns where offset stands. A line ends at LF, CR LF or CR.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.Bytes))
	starts := f.lineStarts()
	line := sort.SearchInts(starts, offset+1) - 1
	p := Position{Offset: offset, Line: line + 1, Column: 1, UTF16: 1, Byte: 1}
	b := f.Bytes[starts[line]:offset]
	if line == 0 && bytes.HasPrefix(b, bom) {
		b = b[len(bom):] // editors show no column for the mark
	}
	p.Byte += len(b)
	m := f.columns(offset-len(b), offset)
	p.Column += m.runes
	p.UTF16 += m.runes + m.pairs
	return p
}

// Line returns the text of the 1-based line n without its end, and the offset where it starts.
func (f *File) Line(n int) (text []byte, start int) {
	starts := f.lineStarts()
	if n < 1 || n > len(starts) {
		return nil, len(f.Bytes)
	}
	start = starts[n-1]
	end := len(f.Bytes)
	if n < len(starts) {
		end = starts[n]
	}
	if n == 1 && bytes.HasPrefix(f.Bytes, bom) {
		start = len(bom)
	}
	return bytes.TrimRight(f.Bytes[start:end], "\r\n"), start
}

// Lines returns the number of lines.
func (f *File) Lines() int { return len(f.lineStarts()) }

var bom = []byte("\xef\xbb\xbf")

func (f *File) lineStarts() []int {
	f.once.Do(func() {
		f.lines = append(f.lines, 0)
		for i := 0; i < len(f.Bytes); i++ {
			switch f.Bytes[i] {
			case '\r':
				if i+1 < len(f.Bytes) && f.Bytes[i+1] == '\n' {
					i++
				}
				f.lines = append(f.lines, i+1)
			case '\n':
				f.lines = append(f.lines, i+1)
			}
		}
	})
	return f.lines
}

// Offset returns the byte offset of a 1-based line and column in code points, as YAML readers report them.
func (f *File) Offset(line, column int) int {
	text, start := f.Line(line)
	for column > 1 && len(text) > 0 {
		_, n := utf8.DecodeRune(text)
		text = text[n:]
		start += n
		column--
	}
	return start
}

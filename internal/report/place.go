package report

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/source"
)

// A place is a span as the reports show it: on one line of a file on disk, on whole characters. The zero place is
// nowhere.
type place struct {
	file *source.File
	line int
	// text is the line without its end, start and end are offsets in it.
	text       []byte
	start, end int
	// at is where the line begins in the file.
	at int
	// label names the document within the file that the span was given in ("cell 3"), labelLine the line there.
	label     string
	labelLine int
}

// resolve returns the place of a span. It accepts any span: one that begins or ends inside a character, a line's end or
// a byte order mark is moved to the nearest character.
func resolve(s source.Span) place {
	if s.File == nil {
		return place{}
	}
	// The first line of the embedded document is clipped first: its end may be spelt otherwise in the host.
	host := s.FirstLine().Host().FirstLine()
	p := place{file: host.File, line: host.File.Position(host.Start).Line}
	text, at := host.File.Line(p.line)
	p.start = min(max(host.Start-at, 0), len(text))
	p.end = min(max(host.End-at, p.start), len(text))
	if s.Host().End > host.End && p.end == len(text) { // it goes on in the next line
		p.end = max(len(bytes.TrimRight(text, " \t")), min(p.start+1, p.end))
	}
	// What is missing at the end of a file is missing behind its last word: for git there is no line after the last line's end.
	for p.line > 1 && len(bytes.TrimSpace(text)) == 0 && len(bytes.TrimSpace(host.File.Bytes[at:])) == 0 {
		p.line--
		text, at = host.File.Line(p.line)
		p.start = len(bytes.TrimRight(text, " \t"))
		p.end = p.start
	}
	p.text, p.at = text, at
	p.start = runeStart(text, p.start)
	if end := runeStart(text, p.end); end < p.end {
		_, n := utf8.DecodeRune(text[end:])
		p.end = end + n
	}
	if s.File.Embedded() {
		p.label = s.File.Label
		p.labelLine = s.File.Position(s.Start).Line
	}
	return p
}

// runeStart returns the offset at which the character that covers offset i begins.
func runeStart(text []byte, i int) int {
	for back := 1; back < utf8.UTFMax && back <= i; back++ {
		if r, n := utf8.DecodeRune(text[i-back:]); n > back && r != utf8.RuneError {
			return i - back
		}
	}
	return i
}

func (p place) isZero() bool { return p.file == nil }

// outside reports whether a place lies outside the repository, as a file of variables that was named on the command line
// may: code scanning has no such file, and refuses paths with "..".
func (p place) outside() bool { return p.file != nil && strings.HasPrefix(p.file.Path, "../") }

// widened returns p with one character at least, where its line has one: viewers show nothing of an empty region. At the end of a
// line's text it is the last.
func (p place) widened() place {
	switch {
	case p.end > p.start || len(p.text) == 0:
	case p.start < len(bytes.TrimRight(p.text, " \t")) || p.start == 0:
		_, n := utf8.DecodeRune(p.text[p.start:])
		p.end += n
	default:
		_, n := utf8.DecodeLastRune(p.text[:p.start])
		p.start -= n
	}
	return p
}

// columns returns the 1-based columns of the place's start and end in code points.
func (p place) columns() (start, end int) {
	if p.isZero() {
		return 1, 1
	}
	return p.file.Position(p.at + p.start).Column, p.file.Position(p.at + p.end).Column
}

// utf16Columns returns the 1-based columns of the place's start and end in UTF-16 code units.
func (p place) utf16Columns() (start, end int) {
	if p.isZero() {
		return 1, 1
	}
	return p.file.Position(p.at + p.start).UTF16, p.file.Position(p.at + p.end).UTF16
}

// cell returns the number of the notebook cell that the place was given in, and its line there, or zeros. A file that a
// cell writes ("cell 3: train.py") has lines of its own, so that only its cell is told.
func (p place) cell() (cell, line int) {
	digits, found := strings.CutPrefix(p.label, "cell ")
	if !found {
		return 0, 0
	}
	end := 0
	for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(digits[:end])
	if err != nil {
		return 0, 0
	}
	if end < len(digits) {
		return n, 0
	}
	return n, p.labelLine
}

// within says where in its file an embedded place stands, in words, or "".
func (p place) within() string {
	if _, line := p.cell(); line > 0 {
		return fmt.Sprintf("%s, line %d", p.label, line)
	}
	return p.label
}

// A pathmap shows root-relative paths as seen from the working directory.
type pathmap struct {
	root, workDir string
	seen          map[string]string
}

func (m *pathmap) show(path string) string {
	if shown, ok := m.seen[path]; ok {
		return shown
	}
	shown := path
	if m.root != "" && m.workDir != "" && m.root != m.workDir {
		if rel, err := filepath.Rel(m.workDir, filepath.Join(m.root, filepath.FromSlash(path))); err == nil {
			shown = filepath.ToSlash(rel)
		}
	}
	if m.seen == nil {
		m.seen = map[string]string{}
	}
	shown = Escape(shown)
	m.seen[path] = shown
	return shown
}

// uri returns a root-relative path as a relative URI reference. Everything that some reader could take for syntax is
// encoded: a colon in the first segment would be a scheme.
func uri(path string) string {
	path = strings.TrimPrefix(path, "./")
	plain := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/@=,+()", c) >= 0
	}
	var b bytes.Buffer
	for i := range len(path) {
		if c := path[i]; plain(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

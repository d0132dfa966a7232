package ignore

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
)

// Comments are the comments of a text, and what else of its language tells which places a comment speaks for: a comment behind
// something speaks for its own line, one that stands alone for the next line that holds something.
type Comments struct {
	// File is the text, which may be embedded in another file.
	File *source.File
	// Spans are the comments with their signs, in order. Blank are places that say nothing either, such as the marks between
	// documents.
	Spans, Blank []source.Span
	// Joined are the places in which the end of a line ends nothing: a text of several lines, within which no comment can
	// stand, and a backslash with the break behind it.
	Joined []source.Span
	// Leads reach from a key to where its value begins in a later line: who speaks for the key's line speaks for that place too.
	Leads []source.Span
	// Headers are those of several lines, from the first word to the last, such as a function's with what decorates it: who
	// speaks for its first line or its last speaks for all of it.
	Headers []source.Span
	// Blocks are resources and the like: who speaks for the line that one begins on speaks for all of it.
	Blocks []source.Span
}

// A line is one on the screen, and what it belongs to.
type line struct {
	start, end int
	// says tells that there is more in it than comments, next which line is the next that does.
	says bool
	next int
	// first and last are the lines that make one with it, to its language.
	first, last int
}

// Directives returns those that the comments hold, with their scopes.
func (c Comments) Directives() []Directive {
	c = c.tidied()
	var out []Directive
	var lines []line
	for _, comment := range c.Spans {
		for _, d := range All(comment) {
			if !d.File { // the file's is its own
				if lines == nil {
					lines = c.lines()
				}
				d.Scope = c.scope(lines, comment).Host()
			}
			out = append(out, d)
		}
	}
	return out
}

// tidied returns the comments in order, each once and without the end of its line, which some lexers count in.
func (c Comments) tidied() Comments {
	byPlace := func(a, b source.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) }
	spans := slices.SortedFunc(slices.Values(c.Spans), byPlace)
	for i, s := range spans {
		spans[i].End -= len(s.Text()) - len(strings.TrimRight(s.Text(), "\r\n"))
	}
	c.Spans = slices.Compact(spans)
	c.Joined = slices.SortedFunc(slices.Values(c.Joined), byPlace)
	c.Leads = slices.SortedFunc(slices.Values(c.Leads), byPlace)
	return c
}

// scope returns what a comment speaks for.
func (c Comments) scope(lines []line, comment source.Span) source.Span {
	at := func(offset int) int {
		return max(sort.Search(len(lines), func(i int) bool { return lines[i].start > offset })-1, 0)
	}
	first, last := at(comment.Start), at(comment.End)
	alone := true
	for i := first; i <= last; i++ {
		alone = alone && !lines[i].says
	}
	var start, end int
	switch next := lines[last].next; {
	case !alone:
		start, end = lines[lines[first].first].start, lines[lines[last].last].end
	case next == len(lines):
		return comment
	case lines[next].first <= last:
		// It stands within what a language takes for one line, and speaks for what follows there.
		start, end = lines[next].start, lines[next].end
	default:
		start, end = lines[next].start, lines[lines[next].last].end
	}
	i := sort.Search(len(c.Leads), func(i int) bool { return c.Leads[i].Start >= start })
	for stop := end; i < len(c.Leads) && c.Leads[i].Start < stop; i++ {
		end = max(end, c.Leads[i].End)
	}
	for _, h := range c.Headers {
		if start <= h.Start && h.Start < end || start <= h.End && h.End <= end {
			start, end = min(start, h.Start), max(end, h.End)
		}
	}
	stop := end
	for _, b := range c.Blocks {
		if start <= b.Start && b.Start < stop {
			end = max(end, b.End)
		}
	}
	// What is found wrong with the comment itself can be ignored as all else.
	return c.File.Span(min(start, comment.Start), end)
}

// lines returns the lines of the text.
func (c Comments) lines() []line {
	out := make([]line, c.File.Lines())
	blank := slices.SortedFunc(slices.Values(slices.Concat(c.Spans, c.Blank)), func(a, b source.Span) int { return cmp.Compare(a.Start, b.Start) })
	joined, reach := c.Joined, 0 // how far joined places reach
	for i := range out {
		text, start := c.File.Line(i + 1)
		end := start + len(text)
		out[i] = line{start: start, end: end, first: i}
		if i > 0 && reach > out[i-1].end {
			out[i].first = out[i-1].first
		}
		for len(joined) > 0 && joined[0].Start <= end {
			reach = max(reach, joined[0].End)
			joined = joined[1:]
		}
		for len(blank) > 0 && blank[0].End < start {
			blank = blank[1:]
		}
		out[i].says = says(c.File.Bytes, start, end, blank)
	}
	for i, next := len(out)-1, len(out); i >= 0; i-- {
		out[i].next, out[i].last = next, i
		if out[i].says {
			next = i
		}
		if i+1 < len(out) && out[i+1].first == out[i].first {
			out[i].last = out[i+1].last
		}
	}
	return out
}

// says reports whether anything but blanks stands in b[start:end] outside of some spans, which are in order.
func says(b []byte, start, end int, spans []source.Span) bool {
	for _, s := range spans {
		if s.Start >= end {
			break
		}
		if s.Start > start && len(bytes.TrimSpace(b[start:s.Start])) > 0 {
			return true
		}
		start = max(start, s.End)
	}
	return start < end && len(bytes.TrimSpace(b[start:end])) > 0
}

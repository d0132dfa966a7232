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
	// Leads reach from what a line begins to where it goes on in a later one: from a key to its value, from a decorator to
	// its function. Who speaks for the line speaks for that place too.
	Leads []source.Span
}

// A line is one as its language sees it, which may be several on the screen.
type line struct {
	start, end int
	// says tells that there is more in it than comments, next which line is the next that does.
	says bool
	next int
}

// Directives returns those that the comments hold, with their scopes.
func (c Comments) Directives() []Directive {
	var out []Directive
	var lines []line
	for i, comment := range c.Spans {
		// Lexers count the line's end in, or don't.
		comment.End -= len(comment.Text()) - len(strings.TrimRight(comment.Text(), "\r\n"))
		c.Spans[i] = comment
	}
	for _, comment := range c.Spans {
		if !strings.Contains(comment.Text(), Mark+":") {
			continue
		}
		at := comment.Start
		for text := range strings.Lines(comment.Text()) {
			one := c.File.Span(at, at+len(text))
			at += len(text)
			d, ok := Parse(one)
			if !ok {
				continue
			}
			if d.Scope == one.Host() { // the file's is its own
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

// scope returns what a comment speaks for.
func (c Comments) scope(lines []line, comment source.Span) source.Span {
	at := func(offset int) int {
		return max(sort.Search(len(lines), func(i int) bool { return lines[i].start > offset })-1, 0)
	}
	first, last := at(comment.Start), at(comment.End)
	says := false
	for i := first; i <= last; i++ {
		says = says || lines[i].says
	}
	start, end := lines[first].start, lines[last].end
	if !says {
		next := lines[last].next
		if next == len(lines) {
			return c.File.Span(comment.Start, comment.End)
		}
		start, end = lines[next].start, lines[next].end
	}
	// The comment itself belongs to what it speaks for, so that what is found wrong with it can be ignored as all else.
	begin := start
	start = min(start, comment.Start)
	i := sort.Search(len(c.Leads), func(i int) bool { return c.Leads[i].Start >= begin })
	for last := end; i < len(c.Leads) && c.Leads[i].Start < last; i++ {
		end = max(end, c.Leads[i].End)
	}
	return c.File.Span(start, end)
}

// lines returns the lines of the text.
func (c Comments) lines() []line {
	f := c.File
	byStart := func(a, b source.Span) int { return cmp.Compare(a.Start, b.Start) }
	blank := slices.Concat(c.Spans, c.Blank)
	slices.SortStableFunc(blank, byStart)
	joined := slices.SortedFunc(slices.Values(c.Joined), byStart)
	slices.SortStableFunc(c.Leads, byStart)
	var out []line
	open, reach := true, 0 // whether the next line goes on with the last, and how far joined places reach
	nextBlank := 0
	for n := 1; n <= f.Lines(); n++ {
		text, start := f.Line(n)
		end := start + len(text)
		if open = open && n > 1; !open {
			out = append(out, line{start: start})
		}
		l := &out[len(out)-1]
		l.end = end
		for at := start; at < end; {
			for nextBlank < len(blank) && blank[nextBlank].End <= at {
				nextBlank++
			}
			stop := end
			if nextBlank < len(blank) {
				if blank[nextBlank].Start <= at {
					at = min(blank[nextBlank].End, end)
					continue
				}
				stop = min(stop, blank[nextBlank].Start)
			}
			l.says = l.says || len(bytes.Trim(f.Bytes[at:stop], " \t\r\f\v")) > 0
			at = stop
		}
		for len(joined) > 0 && joined[0].Start <= end {
			reach = max(reach, joined[0].End)
			joined = joined[1:]
		}
		open = reach > end
	}
	for i, next := len(out)-1, len(out); i >= 0; i-- {
		out[i].next = next
		if out[i].says {
			next = i
		}
	}
	return out
}

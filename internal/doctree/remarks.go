package doctree

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/vpclint/vpclint/internal/source"
)

// Remarks are the comments of a YAML or TOML file, and what tells which of its lines belong together.
type Remarks struct {
	// Comments begin with their sign and end with their line, in order.
	Comments []source.Span
	// Marks are those between documents.
	Marks []source.Span
	// Texts are the scalars of several lines.
	Texts []source.Span
	// Leads reach from a key to where its value begins, if that is in a later line.
	Leads []source.Span
}

// RemarksOf returns the remarks of a file of which docs could be read. Whatever lies in no scalar and follows a # is a
// comment. Where a document couldn't be read it isn't known what is a scalar: there, a comment is a line that begins with its
// sign. JSON has none.
func RemarksOf(f *source.File, docs []Document, errs []Error) Remarks {
	r := Remarks{}
	if len(docs) > 0 && docs[0].JSON || len(f.Bytes) > MaxYAMLBytes {
		return r
	}
	c := &commenter{f: f, seen: map[*Node]bool{}}
	for _, d := range docs {
		c.node(d.Root)
	}
	slices.SortFunc(c.scalars, func(a, b source.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	unread := len(f.Bytes) // from where on a sign may stand in a text
	for _, e := range errs {
		unread = min(unread, e.Span.Start)
	}
	if n := len(c.scalars); len(errs) > 0 && n > 0 {
		unread = min(unread, c.scalars[n-1].End)
	} else if len(errs) > 0 {
		unread = 0
	}
	c.gaps(&r, unread)
	for _, s := range c.scalars {
		if bytes.ContainsAny(f.Bytes[s.Start:s.End], "\r\n") {
			r.Texts = append(r.Texts, s)
		}
	}
	r.Leads = c.leads
	return r
}

// A commenter finds what isn't comments.
type commenter struct {
	f       *source.File
	seen    map[*Node]bool
	scalars []source.Span
	leads   []source.Span
}

// node goes through a value. What an alias repeats is gone through where it is written.
func (c *commenter) node(n *Node) {
	if n.Span.File != c.f || c.seen[n] {
		return
	}
	c.seen[n] = true
	if !n.Anchor().IsZero() {
		c.scalars = append(c.scalars, n.Span)
		return
	}
	switch n.Kind {
	case Mapping:
		for _, p := range n.Pairs {
			c.node(p.Key)
			c.node(p.Value)
			c.lead(p.Key.Span.Start, p.Value)
		}
	case Sequence:
		for _, item := range n.Items {
			c.node(item)
		}
	default:
		if n.Span.End > n.Span.Start {
			c.scalars = append(c.scalars, n.Span)
		}
	}
}

func (c *commenter) lead(from int, value *Node) {
	to := value.Span
	if !value.Anchor().IsZero() || to.File != c.f || to.Start <= from {
		return
	}
	if bytes.ContainsAny(c.f.Bytes[from:to.Start], "\r\n") {
		c.leads = append(c.leads, c.f.Span(from, to.Start))
	}
}

// gaps finds the comments between the scalars.
func (c *commenter) gaps(r *Remarks, unread int) {
	src := c.f.Bytes
	next := 0
	for i := 0; i < len(src); {
		for next < len(c.scalars) && c.scalars[next].End <= i {
			next++
		}
		if next < len(c.scalars) && c.scalars[next].Start <= i {
			i = c.behind(r, c.scalars[next], i)
			continue
		}
		switch {
		case src[i] == '#' && c.begins(i, unread):
			end := lineEndAt(src, i)
			r.Comments = append(r.Comments, c.f.Span(i, end))
			i = end
		case isMark(src, i):
			r.Marks = append(r.Marks, c.f.Span(i, i+3))
			i += 3
		default:
			i++
		}
	}
}

// behind returns where the scalar ends that an offset lies in. The line that begins a block scalar may have a comment.
func (c *commenter) behind(r *Remarks, s source.Span, at int) int {
	src := c.f.Bytes
	if first := src[s.Start]; at == s.Start && (first == '|' || first == '>') {
		end := lineEndAt(src, s.Start)
		i := s.Start + 1
		for i < end && bytes.IndexByte([]byte("+-0123456789"), src[i]) >= 0 {
			i++
		}
		head := i
		for i < end && isBlank(src[i]) {
			i++
		}
		if i > head && i < end && src[i] == '#' {
			r.Comments = append(r.Comments, c.f.Span(i, end))
		}
		return max(s.End, end)
	}
	return max(s.End, at+1)
}

// begins reports whether the sign at an offset begins a comment: it is set apart, or follows what is closed, which the
// readers of AWS's take too. Within a tag, an anchor or a directive it is one character of it.
func (c *commenter) begins(i, unread int) bool {
	src := c.f.Bytes
	if i >= unread {
		for i > 0 && isBlank(src[i-1]) {
			i--
		}
	}
	if i == 0 || i == len(bom) && bytes.HasPrefix(src, bom) {
		return true
	}
	switch src[i-1] {
	case '\n', '\r':
		return true
	case ' ', '\t', '"', '\'', ',', ':', '[', ']', '{', '}':
		return i < unread
	}
	return i >= 2 && breakWidth(src, i-2) == 2 || i >= 3 && breakWidth(src, i-3) == 3
}

func lineEndAt(src []byte, i int) int {
	for i < len(src) && breakWidth(src, i) == 0 {
		i++
	}
	return i
}

// isMark reports whether a mark between documents stands at an offset.
func isMark(src []byte, i int) bool {
	if i > 0 && src[i-1] != '\n' && src[i-1] != '\r' || !bytes.HasPrefix(src[i:], []byte("---")) && !bytes.HasPrefix(src[i:], []byte("...")) {
		return false
	}
	return len(src) == i+3 || isSpace(src[i+3])
}

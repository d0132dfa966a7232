package python

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
)

// readNotebook returns the code cells of a notebook in document order, each a document inside of it. A cell that can't be
// parsed is passed over, since prose, other languages and drafts are common in notebooks; the first that certainly uses
// SageMaker is a finding.
func readNotebook(input *frontend.Input, f *source.File) ([]*text, []finding.Finding) {
	docs, errs := input.Documents.Parse(f)
	defer input.Documents.Forget(f)
	if len(docs) == 0 || !docs[0].JSON {
		if len(errs) == 0 {
			return nil, nil
		}
		return nil, []finding.Finding{frontend.Unreadable(errs[0].Span.FirstLine(), "the notebook is no valid JSON: "+errs[0].Msg)}
	}
	root := docs[0].Root
	if !isPython(root.Get("metadata")) {
		return nil, nil
	}
	var texts []*text
	var faults []finding.Finding
	for i, cell := range codeCells(root) {
		file := embedCell(f, cell, "cell "+strconv.Itoa(i+1))
		t := parseCell(file)
		if t == nil {
			continue
		}
		texts = append(texts, t)
		if len(faults) == 0 && len(t.tree.Errors) > 0 && isOurs(file.Bytes) {
			e := t.tree.Errors[0]
			faults = append(faults, frontend.Unreadable(t.file.Span(e.Pos, e.End).FirstLine(), "the cell is no valid Python: "+e.Msg))
		}
	}
	return texts, faults
}

// isPython reports whether a notebook's kernel runs Python; one that doesn't say is taken to.
func isPython(metadata *doctree.Node) bool {
	for _, n := range [...]*doctree.Node{
		metadata.Get("language_info").Get("name"), metadata.Get("kernelspec").Get("language"),
	} {
		if n != nil && n.Text != "" {
			return strings.HasPrefix(strings.ToLower(n.Text), "python")
		}
	}
	name := metadata.Get("kernelspec").Get("name")
	if name == nil {
		return true
	}
	lower := strings.ToLower(name.Text)
	return lower != "ir" && !strings.Contains(lower, "spark") && !strings.Contains(lower, "scala")
}

// codeCells returns the source of each code cell: nbformat 4 has cells with source, nbformat 3 worksheets with input.
func codeCells(root *doctree.Node) []*doctree.Node {
	cells := items(root.Get("cells"))
	if cells == nil {
		for _, sheet := range items(root.Get("worksheets")) {
			cells = append(cells, items(sheet.Get("cells"))...)
		}
	}
	var out []*doctree.Node
	for _, c := range cells {
		if kind := c.Get("cell_type"); kind == nil || kind.Text != "code" {
			continue
		}
		src := c.Get("source")
		if src == nil {
			src = c.Get("input")
		}
		if lang := c.Get("language"); lang != nil && lang.Text != "python" {
			src = nil
		}
		out = append(out, src)
	}
	return out
}

// embedCell returns a cell's text, a string or a list of lines, as a document whose bytes map to those of the notebook.
func embedCell(f *source.File, src *doctree.Node, label string) *source.File {
	e := source.Embed(f, label)
	if src == nil {
		return e.File()
	}
	if src.Kind == doctree.String {
		embedString(e, f, src.Span)
	}
	for _, line := range src.Items {
		if line.Kind == doctree.String {
			embedString(e, f, line.Span)
		}
	}
	return e.File()
}

// embedString appends the text of a JSON string.
func embedString(e *source.Embedding, f *source.File, span source.Span) {
	b := f.Bytes
	i, end := span.Start+1, span.End-1
	for i < end {
		run := i
		for run < end && b[run] != '\\' {
			run++
		}
		if run > i {
			e.Verbatim(i, run)
			i = run
			continue
		}
		text, width := unescape(b[i:end])
		e.Decoded(text, i, i+width)
		i += width
	}
}

// unescape decodes the JSON escape at the start of b, and returns its width.
func unescape(b []byte) (string, int) {
	if len(b) < 2 {
		return "\\", len(b)
	}
	switch b[1] {
	case 'n':
		return "\n", 2
	case 't':
		return "\t", 2
	case 'r':
		return "\r", 2
	case 'b':
		return "\b", 2
	case 'f':
		return "\f", 2
	case 'u':
		r, ok := hex4(b)
		if !ok {
			return "\ufffd", 2
		}
		if low, pair := hex4(b[6:]); pair && r >= 0xD800 && r < 0xDC00 && low >= 0xDC00 && low < 0xE000 {
			return string((r-0xD800)<<10 + (low - 0xDC00) + 0x10000), 12
		}
		return string(r), 6
	}
	_, n := utf8.DecodeRune(b[1:])
	return string(b[1 : 1+n]), 1 + n
}

// hex4 reads \uXXXX.
func hex4(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}

// parseCell parses a cell, its magics put aside; nil where it is no Python.
func parseCell(f *source.File) *text {
	src, ok := plainPython(f.Bytes)
	if !ok {
		return nil
	}
	t := &text{file: f}
	// IPython takes off the indentation of a cell that is indented as a whole.
	if first := bytes.TrimLeft(src, "\n\r"); len(bytes.TrimSpace(first)) > 0 && (first[0] == ' ' || first[0] == '\t') &&
		indented(src) {
		const wrapper = "if 1:\n"
		t.shift = len(wrapper)
		src = append([]byte(wrapper), src...)
	}
	t.tree = pyast.Parse(src)
	if len(t.tree.Errors) > 0 && len(t.tree.Body) == 0 {
		return nil
	}
	return t
}

// indented reports whether every line of a cell is.
func indented(src []byte) bool {
	for _, line := range bytes.Split(src, []byte("\n")) {
		if len(bytes.TrimSpace(line)) > 0 && line[0] != ' ' && line[0] != '\t' {
			return false
		}
	}
	return true
}

// items returns the items of a node that may not be there.
func items(n *doctree.Node) []*doctree.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

package terraform

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// resynchronise parses each block by itself, from one header to the next: an unclosed bracket takes all that follows it
// with it, and only a block's header at the start of a line says where the author's next thought began.
func (p *parsed) resynchronise(starts []blockStart) {
	p.blocks, p.attrs = nil, nil
	if starts[0].offset > 0 {
		starts = append([]blockStart{{0, 1}}, starts...)
	}
	for i, s := range starts {
		end := len(p.file.Bytes)
		if i+1 < len(starts) {
			end = starts[i+1].offset
		}
		file, diags := hclsyntax.ParseConfig(p.file.Bytes[s.offset:end], p.file.Path,
			hcl.Pos{Line: s.line, Column: 1, Byte: s.offset})
		body, ok := file.Body.(*hclsyntax.Body)
		if !ok {
			continue
		}
		p.blocks = append(p.blocks, body.Blocks...)
		p.mark(body.Blocks, diags)
	}
}

// A blockStart is a line that begins a block of Terraform's.
type blockStart struct{ offset, line int }

// blockStarts returns the lines that begin, at their first column, with the keyword of a block, outside of what lines
// alone tell to be a comment or a heredoc: what is commented out must not come to life.
func blockStarts(b []byte) []blockStart {
	var starts []blockStart
	e := endsOf(b)
	line, offset := 1, 0
	for offset < len(b) {
		text := firstLine(b[offset:])
		if startsBlock(text) {
			starts = append(starts, blockStart{offset, line})
		}
		next := e.after(text, offset+len(text))
		line += bytes.Count(b[offset:next], []byte("\n"))
		offset = next
	}
	return starts
}

func startsBlock(line []byte) bool {
	word := line
	if i := bytes.IndexAny(line, " \t\"{"); i >= 0 {
		word = line[:i]
	}
	switch string(word) {
	case "resource", "data", "module", "variable", "locals", "output", "provider", "terraform", "moved", "import", "removed",
		"check", "ephemeral":
		return bytes.ContainsAny(line, "{\"")
	}
	return false
}

// firstLine returns the first line of b, with its end.
func firstLine(b []byte) []byte {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1]
	}
	return b
}

// ends tells where the comments and heredocs of a file may end.
type ends struct {
	b []byte
	// comment is the last end of a comment, heredoc the last line that is nothing but a word, so that what has no end is
	// not looked for again and again.
	comment int
	heredoc map[string]int
}

func endsOf(b []byte) ends {
	e := ends{b: b, comment: bytes.LastIndex(b, []byte("*/")), heredoc: map[string]int{}}
	for at := 0; at < len(b); {
		text := firstLine(b[at:])
		if word := string(bytes.TrimSpace(text)); hclsyntax.ValidIdentifier(word) {
			e.heredoc[word] = at
		}
		at += len(text)
	}
	return e
}

// after returns where the comment or heredoc that a line begins ends; the line's own end where it begins none.
func (e ends) after(line []byte, end int) int {
	line = bytes.TrimSpace(line)
	if bytes.HasPrefix(line, []byte("/*")) {
		if bytes.Contains(line, []byte("*/")) || e.comment < end {
			return end
		}
		end += bytes.Index(e.b[end:], []byte("*/"))
		return end + len(firstLine(e.b[end:]))
	}
	i := bytes.LastIndex(line, []byte("<<"))
	if i < 0 || bytes.HasPrefix(line, []byte("#")) || bytes.HasPrefix(line, []byte("//")) {
		return end
	}
	word := bytes.TrimPrefix(line[i+len("<<"):], []byte("-"))
	if last, ok := e.heredoc[string(word)]; !ok || last < end {
		return end
	}
	for {
		text := firstLine(e.b[end:])
		end += len(text)
		if bytes.Equal(bytes.TrimSpace(text), word) {
			return end
		}
	}
}

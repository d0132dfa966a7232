package report

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// pageWidth is the most columns that a paragraph of a page has: longer lines are hard to read.
const pageWidth = 100

// Page writes a rule's page, which is Markdown, for people at a terminal: headings stand out, examples are set off,
// paragraphs fit the terminal, and what marks all this is left out.
func Page(w io.Writer, markdown string, o TextOptions) error {
	p := &pageWriter{Writer: bufio.NewWriter(w), links: o.Links.Rules, width: pageWidth, marked: regexp.MustCompile(marks)}
	if o.Width > 0 {
		p.width = min(o.Width, pageWidth)
	}
	if o.Color {
		p.color = ansi
	}
	fence := ""
	for line := range strings.Lines(strings.TrimSpace(markdown)) {
		line = strings.TrimRight(line, " \r\n")
		info := strings.TrimLeft(line, "`")
		switch n := len(line) - len(info); {
		case fence != "" && line == fence:
			fence = ""
		case fence != "":
			p.example(line)
		case n >= 3:
			p.paragraph()
			fence = line[:n]
			// The name of an example's file, or else its language, says which spelling it is in.
			if words := strings.Fields(info); len(words) > 0 && words[0] != "text" {
				p.put("  ", p.paint(p.color.frame, Escape(words[len(words)-1])))
			}
		case line == "":
			p.paragraph()
			p.put()
		case strings.HasPrefix(line, "#"):
			p.paragraph()
			p.put(p.paint(p.color.strong, Escape(strings.TrimLeft(line, "# "))))
		case strings.HasPrefix(line, "|"):
			p.paragraph()
			p.put(p.inline(line))
		case strings.HasPrefix(line, "- "):
			p.paragraph()
			p.text = []string{line}
		default:
			p.text = append(p.text, strings.TrimSpace(line))
		}
	}
	p.paragraph()
	return p.Flush()
}

// marks are those of code, links and strong words, as the rules' pages have them.
const marks = "`[^`]+`|\\[[^\\]]+\\]\\([^)\\s]+\\)|\\*\\*[^*]+\\*\\*"

type pageWriter struct {
	*bufio.Writer
	marked *regexp.Regexp
	color  palette
	links  bool
	width  int
	// text are the lines so far of a paragraph or of an item of a list.
	text []string
}

func (p *pageWriter) put(parts ...string) {
	for _, part := range parts {
		p.WriteString(part)
	}
	p.WriteByte('\n')
}

func (p *pageWriter) paint(color, text string) string {
	if color == "" || text == "" {
		return text
	}
	return color + text + p.color.reset
}

// example writes a line of an example.
func (p *pageWriter) example(line string) {
	if line == "" {
		p.put()
		return
	}
	p.put("    ", Escape(strings.ReplaceAll(line, "\t", "    ")))
}

// paragraph writes the lines gathered so far.
func (p *pageWriter) paragraph() {
	if len(p.text) == 0 {
		return
	}
	text := strings.Join(p.text, " ")
	p.text = nil
	indent, next := "", ""
	if rest, item := strings.CutPrefix(text, "- "); item {
		text, indent, next = rest, "- ", "  "
	}
	lines, _ := wrap(p.inline(text), p.width-len(indent))
	for _, line := range lines {
		p.put(indent, line)
		indent = next
	}
}

// inline returns text without what marks its parts, painted.
func (p *pageWriter) inline(text string) string {
	var b strings.Builder
	last := 0
	for _, at := range p.marked.FindAllStringIndex(text, -1) {
		b.WriteString(Escape(text[last:at[0]]))
		switch span := text[at[0]:at[1]]; span[0] {
		case '`':
			b.WriteString(p.paint(p.color.note, Escape(strings.Trim(span, "`"))))
		case '*':
			b.WriteString(p.paint(p.color.strong, Escape(strings.Trim(span, "*"))))
		default:
			b.WriteString(p.link(span))
		}
		last = at[1]
	}
	return b.String() + Escape(text[last:])
}

// link returns a link of Markdown. One to another page of vpclint's, which isn't there, is its text alone.
func (p *pageWriter) link(span string) string {
	text, address, _ := strings.Cut(strings.TrimSuffix(span[1:], ")"), "](")
	text, address = Escape(strings.ReplaceAll(text, "`", "")), Escape(address)
	switch {
	case !strings.HasPrefix(address, "https://") || text == address:
		return text
	case p.links:
		return hyperlink(address, text)
	}
	return text + " (" + address + ")"
}

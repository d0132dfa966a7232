package jobconfig

import (
	"bytes"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
)

// A rendering is a file that a template engine fills in before anybody reads it as YAML, with marks for its actions: a
// chart's template (https://helm.sh/docs/chart_template_guide/), a workflow of Argo's, a Jinja template. What an action
// gives is not known; what it does to the lines around it is, as far as its keyword and its indentation tell.
type rendering struct {
	// file is the text with a mark for each action that stands in a line with something else. Those that have lines of their
	// own are left out.
	file    *source.File
	actions []templateAction
	blocks  []block
	// edges are where the innermost block is another one than before.
	edges []edge
	// given are the actions with lines of their own that give something.
	given []*templateAction
}

// A templateAction is one {{ ... }} or {% ... %}.
type templateAction struct {
	text string
	// at is where it stands in the file that people know, and where in the rendering its mark or its gap.
	at     source.Span
	offset int
	// alone says that its line holds nothing else, indent how far what it gives is indented.
	alone  bool
	indent int
	word   string
}

// A block is what stands between two actions of a rendering: if and else, range and end.
type block struct {
	opening int  // in actions
	around  int  // in blocks, or none
	negated bool // it is the else of its opening
}

// An edge is an offset from which on a block is the innermost one.
type edge struct{ offset, block int }

// none is the block of what stands in no block.
const none = -1

// What a template may cost. Beyond it, the file is left to what it renders to.
const (
	maxTemplate = 1 << 20
	maxActions  = 20_000
	maxBlocks   = 100
)

// markBegin and markEnd stand around an action's number. They are of Unicode's private use, so that nobody writes them, and
// others than those of value.Marks, which may stand in the same text: a manifest in Terraform can be a template twice over.
const markBegin, markEnd = "\uE004", "\uE005"

// templated reports whether a file has actions of a template engine.
func templated(content []byte) bool {
	return bytes.Contains(content, []byte("{{")) || bytes.Contains(content, []byte("{%"))
}

// actionsOf returns where the actions of a text stand; false where there are more than are read.
func actionsOf(b []byte) (places [][2]int, ok bool) {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '{')
		if i < 0 || at+i+1 >= len(b) {
			return places, true
		}
		start := at + i
		at = start + 1
		closing := ""
		switch b[at] {
		case '{':
			closing = "}}"
		case '%':
			closing = "%}"
		default:
			continue
		}
		end := actionEnd(b, start, closing)
		if end < 0 {
			continue
		}
		if len(places) == maxActions {
			return nil, false
		}
		places, at = append(places, [2]int{start, end}), end
	}
}

// maxClosings is how many closing braces an action's texts may hold.
const maxClosings = 8

// actionEnd returns the end of the action at an offset, or a negative number. Comments and texts may hold closing braces.
func actionEnd(b []byte, start int, closing string) int {
	first, at := -1, start+2
	comment := bytes.HasPrefix(bytes.TrimLeft(b[at:min(at+8, len(b))], "- \t\n"), []byte("/*"))
	if comment {
		if i := bytes.Index(b[at:], []byte("*/")); i >= 0 {
			at += i
		}
	}
	for range maxClosings {
		i := bytes.Index(b[at:], []byte(closing))
		if i < 0 {
			break
		}
		end := at + i + len(closing)
		if first < 0 {
			first = end
		}
		if comment || !quotesOpen(b[start+2:end-len(closing)]) {
			return end
		}
		at = end
	}
	return first
}

// quotesOpen reports whether a text ends within quotes.
func quotesOpen(b []byte) bool {
	var quote byte
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote == 0 && (c == '"' || c == '`'):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote != 0
}

// keyword matches the word that an action begins with.
var keyword = regexp.MustCompile(`^(?:\{\{|\{%)[-+]?\s*(/\*|\$\w*\s*:?=|#|[A-Za-z]\w*)?`)

// indentation matches what says how far the result of an action is indented.
var indentation = regexp.MustCompile(`\|\s*n?indent\s+(\d+)\s*[-+]?(?:\}\}|%\})$`)

// render returns a file with marks for its actions; nil where it is none, or more than is read.
func render(f *source.File) *rendering {
	if !templated(f.Bytes) || len(f.Bytes) > maxTemplate {
		return nil
	}
	places, ok := actionsOf(f.Bytes)
	if !ok || len(places) == 0 {
		return nil
	}
	r := &rendering{}
	e := source.Embed(f, "")
	at := 0
	for i := 0; i < len(places); {
		first, last := i, i
		// The actions of one stretch of a line that holds nothing else.
		start, end := lineStart(f.Bytes, places[i][0]), places[i][1]
		alone := len(bytes.TrimSpace(f.Bytes[max(start, at):places[i][0]])) == 0 && start >= at
		for alone {
			stop := lineEnd(f.Bytes, end)
			if len(bytes.TrimSpace(f.Bytes[end:stop])) == 0 {
				break
			}
			if last+1 < len(places) && places[last+1][0] < stop && len(bytes.TrimSpace(f.Bytes[end:places[last+1][0]])) == 0 {
				last++
				end = places[last][1]
				continue
			}
			alone, last = false, first
		}
		for ; i <= last; i++ {
			p := places[i]
			if p[0] > at {
				e.Verbatim(at, p[0])
			}
			r.add(f, p, e, alone, p[0]-start)
			at = p[1]
		}
	}
	e.Verbatim(at, len(f.Bytes))
	r.file = e.File()
	return r.close()
}

func (r *rendering) add(f *source.File, p [2]int, e *source.Embedding, alone bool, column int) {
	a := templateAction{text: string(f.Bytes[p[0]:p[1]]), at: f.Span(p[0], p[1]), offset: e.Len(), alone: alone, indent: column}
	if m := keyword.FindStringSubmatch(a.text); m != nil {
		a.word = m[1]
	}
	if m := indentation.FindStringSubmatch(a.text); m != nil {
		a.indent, _ = strconv.Atoi(m[1])
	}
	if !alone && !a.silent() {
		e.Decoded(markBegin+strconv.Itoa(len(r.actions))+markEnd, p[0], p[1])
	}
	r.actions = append(r.actions, a)
}

// silent reports whether an action gives nothing itself: a comment, an assignment.
func (a *templateAction) silent() bool {
	return a.word == "/*" || a.word == "#" || strings.HasPrefix(a.word, "$") && strings.HasSuffix(a.word, "=") || a.word == "set"
}

// control is what an action does to the blocks that are open: it opens one, goes on with the other half of one, closes one.
func (a *templateAction) control() (opens, other, closes bool) {
	switch a.word {
	case "if", "range", "with", "define", "block", "for", "macro", "filter", "raw":
		return true, false, false
	case "else", "elif":
		return false, true, false
	case "end", "endif", "endfor", "endmacro", "endblock", "endfilter", "endraw":
		return false, false, true
	}
	return false, false, false
}

// close finds the blocks; nil where they nest deeper than is followed.
func (r *rendering) close() *rendering {
	at, depth := none, 0
	for i := range r.actions {
		a := &r.actions[i]
		opens, other, closes := a.control()
		switch {
		case opens:
			r.blocks = append(r.blocks, block{opening: i, around: at})
			at, depth = len(r.blocks)-1, depth+1
		case other && at != none:
			b := r.blocks[at]
			r.blocks = append(r.blocks, block{opening: b.opening, around: b.around, negated: true})
			at = len(r.blocks) - 1
		case closes && at != none:
			at, depth = r.blocks[at].around, depth-1
		case a.alone && !a.silent() && !other && !closes:
			r.given = append(r.given, a)
		}
		if opens || other || closes {
			r.edges = append(r.edges, edge{a.offset, at})
		}
		if depth > maxBlocks {
			return nil
		}
	}
	return r
}

// structural reports whether the actions do more than give values.
func (r *rendering) structural() bool { return len(r.edges) > 0 || len(r.given) > 0 }

// blockAt returns the innermost block at an offset.
func (r *rendering) blockAt(offset int) int {
	i := sort.Search(len(r.edges), func(i int) bool { return r.edges[i].offset > offset }) - 1
	if i < 0 {
		return none
	}
	return r.edges[i].block
}

// givenIn returns the actions with lines of their own in [start, end).
func (r *rendering) givenIn(start, end int) []*templateAction {
	from := sort.Search(len(r.given), func(i int) bool { return r.given[i].offset >= start })
	to := sort.Search(len(r.given), func(i int) bool { return r.given[i].offset >= end })
	return r.given[from:max(from, to)]
}

// entered returns the outermost block that holds an offset and not what stands in the block around; none where there is
// none.
func (r *rendering) entered(offset, around int) int {
	found := none
	for b := r.blockAt(offset); b != none && b != around; b = r.blocks[b].around {
		found = b
		if r.blocks[b].around == around {
			return found
		}
	}
	if around == none {
		return found
	}
	return none // it stands behind the block's end
}

func lineStart(b []byte, at int) int { return bytes.LastIndexByte(b[:at], '\n') + 1 }

func lineEnd(b []byte, at int) int {
	if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(b)
}

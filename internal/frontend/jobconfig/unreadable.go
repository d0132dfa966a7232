package jobconfig

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/source"
)

// unreadable reports a file that can't be parsed, where what can be read of it leaves no doubt that it is a reader's.
func unreadable(f *source.File, errs []doctree.Error, all []reader) []finding.Finding {
	if len(errs) == 0 || isTemplate(f.Path) {
		return nil
	}
	for _, r := range all {
		if r.certain != nil && r.certain(f.Bytes) {
			at, message := explain(f, errs[0])
			return []finding.Finding{frontend.Unreadable(at.FirstLine(), message)}
		}
	}
	return nil
}

// isTemplate reports whether a file says by its name that it is to be filled in before it is JSON or YAML:
// "job.tpl.json". Nobody wants to hear that it isn't yet.
func isTemplate(name string) bool {
	for _, part := range strings.Split(strings.ToLower(path.Base(name)), ".") {
		switch part {
		case "tpl", "tmpl", "j2", "jinja", "jinja2", "tftpl", "mustache", "gotmpl", "erb":
			return true
		}
	}
	return false
}

// bare matches a placeholder that can stand without quotes where a value should.
var bare = regexp.MustCompile(`^(\$\{[^{}\n]*\}|\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|\$\([^()\n]*\)|<[A-Za-z][^<>\n]*>|\$[A-Za-z_]\w*|%\([A-Za-z_]\w*\)[sd]|@[A-Za-z_]\w*@)`)

// explain returns where and why a file can't be read. Where the parser stumbled over a placeholder it says so, since that
// is what the author has to put quotes around.
func explain(f *source.File, e doctree.Error) (source.Span, string) {
	start := e.Span.Start
	// A parser may stop at the second brace of "{{ x }}" or the brace of "${X}".
	for _, back := range [...]int{0, 1, 2} {
		if start < back {
			break
		}
		if m := bare.Find(f.Bytes[start-back:]); m != nil {
			at := f.Span(start-back, start-back+len(m))
			return at, "the placeholder " + literal.Quoted(string(m)) + " stands outside quotes, so the file can't be read before it is filled in"
		}
	}
	return e.Span, "it can't be parsed: " + strings.TrimRight(e.Msg, ".")
}

// maxUnreadable is how far into a broken file it is searched for what it is.
const maxUnreadable = 1 << 20

// certainRequest reports whether the bytes of a broken file have the keys of a request: a name with enough of the members
// that go with it, and no key of something that looks like one.
func certainRequest(content []byte) bool {
	content = content[:min(len(content), maxUnreadable)]
	for _, keys := range lookalikes {
		if hasKeys(content, keys) {
			return false
		}
	}
	for _, op := range operations {
		if op.closed || !hasKey(content, op.name) {
			continue
		}
		need := op.least
		for _, m := range op.core {
			if hasKey(content, m.name) && (len(m.holds) == 0 || slices.ContainsFunc(m.holds, func(k string) bool { return hasKey(content, k) })) {
				need--
			}
		}
		stem := strings.TrimSuffix(op.name, "Name")
		if need <= 0 && !hasKey(content, stem+"Arn") && !hasKey(content, stem+"Status") {
			return true
		}
	}
	return false
}

func hasKeys(content []byte, keys []string) bool {
	for _, k := range keys {
		if !hasKey(content, k) {
			return false
		}
	}
	return true
}

// hasKey reports whether a word stands where a key does: in quotes before a colon, or unquoted at the start of a line or
// of an item.
func hasKey(content []byte, key string) bool {
	for at := 0; ; {
		i := bytes.Index(content[at:], []byte(key))
		if i < 0 {
			return false
		}
		start := at + i
		at = start + len(key)
		rest := content[at:]
		if start > 0 && len(rest) > 0 && (content[start-1] == '"' || content[start-1] == '\'') {
			if rest[0] == content[start-1] && bytes.HasPrefix(bytes.TrimLeft(rest[1:min(len(rest), 64)], " \t\r\n"), []byte(":")) {
				return true
			}
			continue
		}
		before := bytes.TrimRight(content[max(0, start-64):start], " \t-")
		if len(rest) > 0 && rest[0] == ':' && (len(before) == 0 || bytes.IndexByte([]byte("\n{,"), before[len(before)-1]) >= 0) {
			return true
		}
	}
}

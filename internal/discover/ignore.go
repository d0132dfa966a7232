package discover

import (
	"fmt"
	"io"
	"strings"
)

// rules are the patterns of one ignore file, over those of weaker files: the .gitignore of the directory above, and
// under the root's .gitignore the repository's info/exclude. A nil *rules ignores nothing.
type rules struct {
	up       *rules
	dir      string // where the file holds: "" or a root-relative directory with its slash
	file     string // its root-relative path, for messages
	patterns []pattern
}

// A pattern is one line of an ignore file.
type pattern struct {
	line    int
	text    string // as it was written, for messages
	negated bool   // !x: what weaker patterns ignored is not ignored after all
	dirOnly bool   // x/: matches directories only
	form    form
	literal string // exact: the name; suffix: its end; glob: what both begin with
	rest    glob   // glob: what follows literal
}

// form says what a pattern is matched against, and how.
type form uint8

const (
	exactName  form = iota // the last element of the path equals literal
	suffixName             // the last element ends with literal: *.tf
	globName               // the last element matches rest; literal is a quick test
	globPath               // the path from the ignore file's directory on is literal followed by a match of rest
)

// match returns the pattern that decides over rel, with the file that it stands in: the last that matches in the
// strongest file where one does. The directories above rel must have been found not to be ignored.
func (r *rules) match(rel string, dir bool) (*pattern, *rules) {
	name := rel[strings.LastIndexByte(rel, '/')+1:]
	for ; r != nil; r = r.up {
		path := rel[len(r.dir):]
		for i := len(r.patterns) - 1; i >= 0; i-- {
			if p := &r.patterns[i]; p.matches(path, name, dir) {
				return p, r
			}
		}
	}
	return nil, nil
}

// ignores returns why rel is ignored, or "".
func (r *rules) ignores(rel string, dir bool) string {
	p, from := r.match(rel, dir)
	if p == nil || p.negated {
		return ""
	}
	return fmt.Sprintf("ignored by %s:%d: %s", from.file, p.line, p.text)
}

func (p *pattern) matches(path, name string, dir bool) bool {
	if p.dirOnly && !dir {
		return false
	}
	switch p.form {
	case exactName:
		return name == p.literal
	case suffixName:
		return strings.HasSuffix(name, p.literal)
	case globName:
		return strings.HasPrefix(name, p.literal) && p.rest.match(name[len(p.literal):])
	default:
		return strings.HasPrefix(path, p.literal) && p.rest.match(path[len(p.literal):])
	}
}

// readRules reads the ignore file at rel, which holds in dir, over the rules up. What git could not read or would not
// follow (a link, in the work tree) is as good as absent.
func (w *walk) readRules(up *rules, dir, rel string, h *harvest) *rules {
	info, err := w.root.Stat(rel)
	if err != nil || !info.Mode().IsRegular() {
		return up
	}
	if info.Size() > MaxIgnoreFile {
		h.skip(rel, "an ignore file of more than %d bytes, which was not read", MaxIgnoreFile)
		return up
	}
	file, err := w.root.Open(rel)
	if err != nil {
		h.skip(rel, "can't be read: %s", cause(err))
		return up
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, MaxIgnoreFile))
	if err != nil {
		h.skip(rel, "can't be read: %s", cause(err))
		return up
	}
	patterns, long := parseIgnore(string(text))
	for _, line := range long {
		h.skip(rel, "line %d is longer than %d bytes and was not read", line, MaxPattern)
	}
	if len(patterns) == 0 {
		return up
	}
	if dir != "" {
		dir += "/"
	}
	return &rules{up: up, dir: dir, file: rel, patterns: patterns}
}

// parseIgnore reads the text of an ignore file as git's dir.c does. Lines longer than MaxPattern are left out, and
// their numbers returned.
func parseIgnore(text string) (patterns []pattern, long []int) {
	text = strings.TrimPrefix(text, "\ufeff")
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if line == "" || line[0] == '#' {
			continue
		}
		line = strings.TrimSuffix(line, "\r")
		if i := strings.IndexByte(line, 0); i >= 0 { // git's lines are C strings
			line = line[:i]
		}
		line = trimBlanks(line)
		if len(line) > MaxPattern {
			long = append(long, n)
			continue
		}
		if p, ok := parsePattern(line); ok {
			p.line, p.text = n, line
			patterns = append(patterns, p)
		}
	}
	return patterns, long
}

// trimBlanks removes trailing blanks, but tabs and blanks behind a backslash stay.
func trimBlanks(line string) string {
	end := 0 // behind the last byte to keep
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ':
			continue
		case '\\':
			i++
			if i == len(line) {
				return line
			}
		}
		end = i + 1
	}
	return line[:end]
}

// parsePattern returns false for a line that can match nothing.
func parsePattern(line string) (p pattern, ok bool) {
	line, p.negated = strings.CutPrefix(line, "!")
	line, p.dirOnly = strings.CutSuffix(line, "/")
	if line == "" {
		return p, false
	}
	special := strings.IndexAny(line, `*?[\`)
	if special < 0 {
		special = len(line)
	}
	switch {
	case strings.Contains(line, "/"):
		p.form = globPath
		// git compares the part without wildcards as text and gives only what follows to wildmatch, for which
		// the ** of a/b** then stands at the start of a pattern, and means directories.
		if line[0] == '/' {
			line, special = line[1:], special-1
		}
		p.literal, p.rest = line[:special], compile(line[special:])
	case special == len(line):
		p.form, p.literal = exactName, line
	case line[0] == '*' && !strings.ContainsAny(line[1:], `*?[\`):
		p.form, p.literal = suffixName, line[1:]
	default:
		p.form, p.literal, p.rest = globName, line[:special], compile(line[special:])
	}
	return p, true
}

package report

import (
	"path/filepath"
	"strconv"
	"strings"
)

// Links say what becomes a hyperlink in text: the escape sequence OSC 8, which terminals either show as a link or print as
// garbage.
type Links struct {
	// Rules and Files allow links to rules' pages and to the files that findings are in.
	Rules, Files bool
	// Host is the machine that the files are on; empty where it goes without saying.
	Host string
}

// links make hyperlinks of text. The zero links make none.
type links struct {
	pages map[string]string
	files bool
	// base begins the address of every file.
	base string
}

func linksOf(run *Run, o Links) links {
	l := links{files: o.Files && run.Root != ""}
	if o.Rules {
		l.pages = map[string]string{}
		for _, r := range run.Rules {
			l.pages[r.ID] = r.URI
		}
	}
	root := filepath.ToSlash(run.Root)
	if !strings.HasPrefix(root, "/") {
		root = "/" + root // C:/src
	}
	l.base = "file://" + uri(o.Host) + uri(strings.TrimSuffix(root, "/")) + "/"
	return l
}

// rule returns text as a link to a rule's page.
func (l links) rule(id, text string) string { return hyperlink(l.pages[id], text) }

// place returns text as a link to the line of a file. Terminals that hand the address to an editor give it the line; the
// others open the file.
func (l links) place(p place, text string) string {
	if !l.files || p.outside() {
		return text
	}
	return hyperlink(l.base+uri(p.file.Path)+"#"+strconv.Itoa(p.line), text)
}

// hyperlink returns text as a link, or as it is where the address is empty. Neither may hold a control character.
func hyperlink(address, text string) string {
	if address == "" {
		return text
	}
	const start, end = "\x1b]8;;", "\x1b\\"
	return start + address + end + text + start + end
}

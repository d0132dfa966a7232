package python

import (
	"bytes"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
)

// Drafts are the files that the cells of one notebook write with %%writefile. To the notebook's code they lie where they are
// written, before anything of the tree.
type drafts struct {
	all []*draft // in document order
	// first and latest are those that are written first and last at each path.
	first, latest map[string]*draft
}

// maxParts bounds how many cells may append to one file; what more of them write is not seen.
const maxParts = 256

// A draft is one file as one cell leaves it.
type draft struct {
	// path is relative to the root, empty where it lies outside of the tree or isn't known.
	path string
	// cell is the number of the cell that begins it, base its name as it is written.
	cell int
	base string
	// texts is its Python: what the cell writes, behind what earlier cells wrote where it is appended. Nil for other files.
	texts []*text
	// content is all of it; nil where several cells write it.
	content *source.File
	// superseded tells that a later cell appends to it.
	superseded bool
	// shell tells that it is a script for a shell.
	shell bool
	// inTree tells that the tree has the same file.
	inTree bool
}

// within tells the draft from the rest of its notebook in subjects.
func (d *draft) within() string { return "!cell" + itoa(d.cell) + ":" + d.base }

// write takes in a cell that writes a file: what stands in it behind an offset.
func (nb *notebook) write(f *source.File, at, number int, magic *command) {
	name, appends := writtenFile(magic.args)
	if name == "" || nb.isFull(f) {
		return
	}
	d := &draft{cell: number, base: path.Base(name)}
	if !path.IsAbs(name) && !strings.ContainsAny(name, "~${") {
		if p := path.Join(path.Dir(nb.file.Path), name); p != ".." && !strings.HasPrefix(p, "../") {
			d.path = p
		}
	}
	d.content = below(f, at, f.Label+": "+d.base)
	if isScript(d.base, d.content.Bytes) {
		d.texts = nb.parseDraft(d.content)
	}
	if ext := path.Ext(d.base); (ext == ".sh" || ext == ".bash") && mayRequest(d.content.Bytes) {
		d.shell = true
	}
	switch old := nb.drafts.latest[d.path]; {
	case old == nil:
	case appends && len(old.texts) >= maxParts:
		return
	case appends:
		old.superseded = true
		d.cell, d.content, d.texts = old.cell, nil, append(old.texts[:len(old.texts):len(old.texts)], d.texts...)
	case sameText(old.bytes(), d.bytes()):
		nb.place(old, f)
		return
	}
	for _, t := range d.texts {
		t.within = d.within()
	}
	nb.drafts.add(d)
	nb.place(d, f)
}

// place puts a draft among the cells: who imports it in a later one gets this one.
func (nb *notebook) place(d *draft, f *source.File) {
	t := &text{file: f, tree: &pyast.Module{}, draft: d}
	nb.cells, nb.aside = append(nb.cells, t), append(nb.aside, t)
}

// writtenFile returns the file that %%writefile names, and whether it is appended to.
func writtenFile(args string) (name string, appends bool) {
	for {
		args = strings.TrimSpace(args)
		word, rest, _ := strings.Cut(args, " ")
		if word != "-a" && word != "--append" && word != "--amend" {
			break
		}
		appends, args = true, rest
	}
	if len(args) > 1 && (args[0] == '"' || args[0] == '\'') && args[len(args)-1] == args[0] {
		return args[1 : len(args)-1], appends
	}
	if word, rest, more := strings.Cut(args, " "); more && (rest == "-a" || rest == "--append") {
		return word, true
	}
	return args, appends
}

// isScript reports whether a file that a cell writes is a Python script. Of one whose name only a variable knows, its text
// tells.
func isScript(name string, content []byte) bool {
	if strings.ContainsAny(name, "${") && path.Ext(name) == "" {
		return bytes.Contains(content, []byte("import ")) && len(pyast.Parse(content).Errors) == 0
	}
	return strings.HasSuffix(name, ".py")
}

// parseDraft parses a script that a cell writes. It is a file like any other: it has no magics.
func (nb *notebook) parseDraft(f *source.File) []*text {
	t := parse(f)
	if len(t.tree.Errors) > 0 {
		nb.broken = append(nb.broken, brokenCell{t, "the script that the cell writes is no valid Python"})
	}
	return []*text{t}
}

func (ds *drafts) add(d *draft) {
	ds.all = append(ds.all, d)
	if d.path == "" {
		return
	}
	if ds.first[d.path] == nil {
		ds.first[d.path] = d
	}
	ds.latest[d.path] = d
}

// texts returns the texts of all scripts.
func (ds *drafts) texts() []*text {
	var out []*text
	for _, d := range ds.all {
		out = append(out, d.texts...)
	}
	return out
}

func (d *draft) bytes() []byte {
	if d.content != nil {
		return d.content.Bytes
	}
	var b []byte
	for _, t := range d.texts {
		b = append(append(b, t.file.Bytes...), '\n')
	}
	return b
}

// baseName returns the name of a file, without its directory: the one that a cell gives to a draft.
func baseName(f *source.File) string {
	if _, name, ok := strings.Cut(f.Label, ": "); ok {
		return name
	}
	return path.Base(f.Path)
}

// isIn reports whether the tree has the same file: it is judged there.
func (d *draft) isIn(files *library) bool {
	if d.path == "" || !files.exists(d.path) {
		return false
	}
	f, err := files.tree.Open(d.path)
	return err == nil && sameText(f.Bytes, d.bytes())
}

// sameText reports whether two texts are equal but for their lines' ends and what blank there is at their own.
func sameText(a, b []byte) bool {
	norm := func(b []byte) []byte {
		return bytes.TrimSpace(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
	}
	return bytes.Equal(norm(a), norm(b))
}

// draft returns the file that a cell has written at a path, or else will write: cells are run in any order. Nil where none
// does.
func (in *interp) draft(file string) *draft {
	if in.drafts == nil {
		return nil
	}
	d := in.wrote[file]
	if d == nil {
		d = in.drafts.first[file]
	}
	if d == nil || d.inTree {
		return nil
	}
	return d
}

// hasFile reports whether there is a file: of the tree, or one that a cell writes.
func (in *interp) hasFile(file string) bool { return in.draft(file) != nil || in.files.exists(file) }

// open returns a file as the program sees it: what a cell writes lies over what the tree has.
func (in *interp) open(file string) (*source.File, error) {
	if d := in.draft(file); d != nil && d.content != nil {
		return d.content, nil
	}
	return in.input.Tree.Open(file)
}

// sources returns the Python of a file; nil where it can't be read.
func (in *interp) sources(file string) []*text {
	if d := in.draft(file); d != nil && d.texts != nil {
		return d.texts
	}
	return in.files.sources(file)
}

package git

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Tree is what a commit holds. It is read as a directory is, with slash-separated names relative to its top, "." being the
// top itself; links are followed as long as they stay in it. It is safe for concurrent use.
type Tree struct {
	repo *Repository
	top  ID

	mu   sync.Mutex
	dirs map[ID][]fs.DirEntry
	err  error
}

// Tree returns the tree of a commit.
func (r *Repository) Tree(id ID) (*Tree, error) {
	c, err := r.commit(id)
	if err != nil {
		return nil, err
	}
	t := &Tree{repo: r, top: c.tree, dirs: map[ID][]fs.DirEntry{}}
	_, err = t.list(t.top)
	return t, err
}

// Err returns the first reason for which something of the tree could not be read though it should be there: the repository
// lacks an object, or has a corrupt one. What was read without it is of no use.
func (t *Tree) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

func (t *Tree) fail(err error) error {
	var large *TooLarge
	if errors.As(err, &large) {
		return err // as of a file on disk, there is a limit to what is read
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		t.err = err
	}
	return err
}

// The modes of a tree's entries.
const (
	modeDir     = "40000"
	modeLink    = "120000"
	modeModule  = "160000" // a commit of another repository
	maxLinks    = 40
	maxLinkText = 4096
)

// An item is an entry of a tree: a name in a directory.
type item struct {
	name string
	id   ID
	mode fs.FileMode
	size int64
}

// Name implements fs.DirEntry and fs.FileInfo, and so do the others.
func (i *item) Name() string               { return i.name }
func (i *item) IsDir() bool                { return i.mode.IsDir() }
func (i *item) Type() fs.FileMode          { return i.mode.Type() }
func (i *item) Info() (fs.FileInfo, error) { return i, nil }
func (i *item) Mode() fs.FileMode          { return i.mode }
func (i *item) ModTime() time.Time         { return time.Time{} }
func (i *item) Sys() any                   { return nil }

// Size implements fs.FileInfo. It is that of an open file; a tree doesn't say how large what it names is.
func (i *item) Size() int64 { return i.size }

// list returns the entries of a tree object, sorted by name.
func (t *Tree) list(id ID) ([]fs.DirEntry, error) {
	t.mu.Lock()
	entries, ok := t.dirs[id]
	t.mu.Unlock()
	if ok {
		return entries, nil
	}
	o, err := t.repo.object(id)
	if err != nil {
		return nil, t.fail(err)
	}
	if o.kind != kindTree {
		return nil, t.fail(&Corrupt{id, "it is a " + o.kind.String() + ", not a tree"})
	}
	for rest := o.content; len(rest) > 0; {
		head, after, ok := bytes.Cut(rest, []byte{0})
		mode, name, spaced := strings.Cut(string(head), " ")
		if !ok || !spaced || len(after) < t.repo.hash.size {
			return nil, t.fail(&Corrupt{id, "it is a tree that breaks off"})
		}
		it := &item{name: name, id: ID(after[:t.repo.hash.size]), mode: 0o644}
		rest = after[t.repo.hash.size:]
		switch mode {
		case modeDir, "0" + modeDir:
			it.mode = fs.ModeDir | 0o755
		case modeLink:
			it.mode = fs.ModeSymlink | 0o777
		case modeModule:
			continue // its files are of another repository
		}
		// git checks none of these out, nor would a directory hold them.
		if name == "" || name == "." || name == ".." || strings.EqualFold(name, ".git") || strings.Contains(name, "/") {
			continue
		}
		entries = append(entries, it)
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	entries = slices.CompactFunc(entries, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() })
	t.mu.Lock()
	t.dirs[id] = entries
	t.mu.Unlock()
	return entries, nil
}

var (
	errOutside = errors.New("it leads out of the tree")
	errLinks   = errors.New("too many symbolic links")
	errNotDir  = errors.New("not a directory")
	errIsDir   = errors.New("is a directory")
)

// find walks down to a name. The last link is followed where follow says so, those on the way always are. Real is the name
// without links.
func (t *Tree) find(name string, follow bool) (it *item, real string, err error) {
	at := []*item{{name: ".", id: t.top, mode: fs.ModeDir | 0o755}}
	var names []string
	if strings.HasPrefix(name, "/") {
		return nil, "", errOutside
	}
	left := strings.Split(name, "/")
	for links := 0; len(left) > 0; {
		part := left[0]
		left = left[1:]
		here := at[len(at)-1]
		switch {
		case part == "" || part == ".":
			continue
		case part == "..":
			if len(names) == 0 {
				return nil, "", errOutside
			}
			at, names = at[:len(at)-1], names[:len(names)-1]
			continue
		case !here.IsDir():
			return nil, "", errNotDir
		}
		entries, err := t.list(here.id)
		if err != nil {
			return nil, "", err
		}
		i, ok := slices.BinarySearchFunc(entries, part, func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
		if !ok {
			return nil, "", fs.ErrNotExist
		}
		next := entries[i].(*item)
		if next.mode&fs.ModeSymlink != 0 && (follow || len(left) > 0) {
			target, err := t.target(next)
			if err != nil {
				return nil, "", err
			}
			if links++; links > maxLinks {
				return nil, "", errLinks
			}
			left = append(target, left...)
			continue
		}
		at, names = append(at, next), append(names, part)
	}
	return at[len(at)-1], path.Join(append([]string{"."}, names...)...), nil
}

// target returns where a link leads, from the directory that it is in.
func (t *Tree) target(link *item) ([]string, error) {
	o, err := t.repo.object(link.id)
	switch {
	case err != nil:
		return nil, t.fail(err)
	case len(o.content) > maxLinkText || bytes.HasPrefix(o.content, []byte("/")):
		return nil, errOutside
	}
	return strings.Split(string(o.content), "/"), nil
}

func (t *Tree) stat(op, name string, follow bool) (fs.FileInfo, error) {
	it, _, err := t.find(name, follow)
	if err != nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return it, nil
}

// Stat returns what a name stands for, links followed.
func (t *Tree) Stat(name string) (fs.FileInfo, error) { return t.stat("stat", name, true) }

// Lstat returns what a name stands for; a link is one.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) { return t.stat("lstat", name, false) }

// Real returns the name, without links, of what one stands for; false where that isn't there.
func (t *Tree) Real(name string) (string, bool) {
	_, real, err := t.find(name, true)
	return real, err == nil
}

// Open opens a file or a directory.
func (t *Tree) Open(name string) (fs.File, error) {
	it, _, err := t.find(name, true)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if it.IsDir() {
		entries, err := t.list(it.id)
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &openDir{item: it, left: entries}, nil
	}
	o, err := t.repo.object(it.id)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: t.fail(err)}
	}
	sized := *it
	sized.size = int64(len(o.content))
	return &openFile{item: &sized, Reader: bytes.NewReader(o.content)}, nil
}

// An openFile is a file that is read.
type openFile struct {
	item *item
	*bytes.Reader
}

// Stat implements fs.File, and so does Close.
func (f *openFile) Stat() (fs.FileInfo, error) { return f.item, nil }

// Close implements fs.File.
func (f *openFile) Close() error { return nil }

// An openDir is a directory that is read.
type openDir struct {
	item *item
	left []fs.DirEntry
}

// Stat implements fs.File, and so do the others.
func (d *openDir) Stat() (fs.FileInfo, error) { return d.item, nil }

// Read implements fs.File.
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.item.name, Err: errIsDir}
}

// Close implements fs.File.
func (d *openDir) Close() error { return nil }

// ReadDir implements fs.ReadDirFile.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.left)
	} else if len(d.left) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.left))
	out := slices.Clone(d.left[:n])
	d.left = d.left[n:]
	return out, nil
}

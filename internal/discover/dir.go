package discover

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A Dir is a tree that is read: a directory on disk, or what a commit of the repository holds. Names are relative to its top,
// with slashes, "." being the top. Nothing outside of it is read, whatever links lie in it.
type Dir interface {
	Open(name string) (fs.File, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	// Real returns the name, without any links, of what one stands for; false where that isn't there.
	Real(name string) (string, bool)
}

// Disk returns a directory on disk.
func Disk(root *os.Root) Dir { return disk{root} }

type disk struct{ root *os.Root }

func (d disk) Open(name string) (fs.File, error) {
	f, err := d.root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err // not f, which would be no nil
	}
	return f, nil
}

func (d disk) Stat(name string) (fs.FileInfo, error) { return d.root.Stat(filepath.FromSlash(name)) }
func (d disk) Lstat(name string) (fs.FileInfo, error) {
	return d.root.Lstat(filepath.FromSlash(name))
}

func (d disk) Real(name string) (string, bool) {
	root, err := filepath.EvalSymlinks(d.root.Name())
	if err != nil {
		return "", false
	}
	real, err := filepath.EvalSymlinks(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(root, real)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Places returns the PATHs of a run, directories and files, relative to a root that they all lie in; "" is the root itself.
func Places(root string, paths []string, opts Options) (dirs, files []string, err error) {
	w := &walk{overlay: opts.Overlay, dirs: map[string]bool{}, files: map[string]bool{}}
	if err := w.place(root, opts.Workdir, paths); err != nil {
		return nil, nil, err
	}
	for dir := range w.dirs {
		dirs = append(dirs, dir)
	}
	for file := range w.files {
		files = append(files, file)
	}
	return dirs, files, nil
}

// WalkWhole lists the files of a tree as Walk does, all of them judged. The named directories and files are those PATHs whose
// being named has a say in what is listed; those that aren't there are passed over.
func WalkWhole(ctx context.Context, tree Dir, root string, dirs, files []string, want func(path string) bool, opts Options) (*Result, error) {
	w, err := newWalk(want, opts, limits{files: MaxFiles, dirs: MaxDirs, entries: MaxEntries, depth: MaxDepth, skips: MaxSkips})
	if err != nil {
		return nil, err
	}
	w.root, w.dirs[""] = tree, true
	for _, dir := range dirs {
		if info, err := tree.Lstat(dir); dir != "" && err == nil && info.IsDir() {
			w.dirs[dir] = true
		}
	}
	for _, file := range files {
		if info, err := tree.Lstat(file); err == nil && !info.IsDir() {
			w.files[file] = true
		}
	}
	w.readDir = w.readTree
	return w.result(ctx, root)
}

// readTree reads a directory of a tree that isn't on disk.
func (w *walk) readTree(dir string) ([]fs.DirEntry, error) {
	if dir == "" {
		dir = "."
	}
	f, err := w.root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, errMoved
	}
	entries, err := list.ReadDir(w.lim.entries + 1)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case len(entries) > w.lim.entries:
		return nil, fmt.Errorf("%w: more than %d", errCrowded, w.lim.entries)
	}
	return entries, nil
}

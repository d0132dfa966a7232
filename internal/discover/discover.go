// Package discover answers three questions about the PATH arguments of a run: which directory is the root of their
// repository, which files under that root exist and are not ignored, and which of those are to be judged.
//
// Its input is a working directory, the PATHs, a predicate over names and the globs to exclude; its output is a sorted
// list of files, relative to the root, and for -v a list of what was left out and why. It reads directory entries and
// ignore files, and no other file. It must not know what a file means: languages, modules and rules belong to others,
// who say by name what they want and read it through an [os.Root] of their own.
//
// # What is ignored
//
// .gitignore files hold at every level as git reads them (the tests compare with git itself), and below them
// .git/info/exclude of the root. The user's global excludes do not, so that two machines see the same files. The index
// is not read either: a file that is tracked although a pattern matches it counts as ignored, unless it is named.
// In a worktree or a submodule .git is a file, the exclude file lies outside of the root, and nothing outside of the
// root is ever read. A nested repository, submodule or not, is walked like any directory, under its own .gitignore
// files and those above it.
//
// Some directories are passed over whether or not git ignores them: .git, node_modules, __pycache__, .tox,
// .ipynb_checkpoints (where Jupyter keeps a copy of each notebook), Python's virtual environments, and .terraform. Some are read although git ignores them, and no ignore file holds in
// them: cdk.out, and .terraform/modules, which is context and never judged. They are not looked for inside of directories
// that are ignored themselves.
//
// # What lies around files
//
// Of files that are named, and of no directory, all that is under the root is context. Where the root is no repository but
// a working directory that may hold anything, a home maybe, that ends at MaxNear: then the tree is walked from the nearest
// directory above the files, and from those above it, as long as what lies there is less.
//
// # What a PATH overrides
//
// A file that is named is listed even if it is ignored, since pre-commit names files that were added with git add -f.
// A directory that is named is walked even if it is ignored or passed over, .git excepted; where it was ignored, the
// ignore files above it are void inside it, those in it hold. Excludes override both.
package discover

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Limits on what is read from a tree that nobody vouches for. What exceeds one is left out and named in Result.Skipped.
const (
	MaxFiles      = 1_000_000 // files in a result
	MaxDirs       = 1_000_000 // directories walked
	MaxEntries    = 1_000_000 // entries of one directory
	MaxDepth      = 200       // directories above a file
	MaxSkips      = 10_000    // entries in Result.Skipped
	MaxPattern    = 4096      // bytes in one line of an ignore file, or in one exclude
	MaxIgnoreFile = 1 << 20   // bytes in one ignore file
	MaxBraces     = 1024      // alternatives that the braces of one exclude expand to
	MaxNear       = 20_000    // files, and directories, walked around files that are named and lie in no repository
)

// Options adjust a walk. The zero value is usable.
type Options struct {
	// Workdir is what relative PATHs are relative to; empty is the process's own working directory.
	Workdir string
	// Exclude are globs in doublestar's syntax over paths relative to the root. One that matches a directory
	// excludes all that is in it. Excludes hold for everything, named or not.
	Exclude []string
	// Overlay are the sizes of files, by root-relative path, whose content comes from elsewhere. One of them that is a PATH
	// need not be on the disk.
	Overlay map[string]int64
}

// A File is a regular file under the root, or a symbolic link to one.
type File struct {
	Path     string // relative to the root, with slashes; not necessarily UTF-8
	Size     int64  // in bytes when it was listed; of the target, for a link
	Judged   bool   // lies under one of the PATHs, or is one, and is not in .terraform/modules
	Explicit bool   // is itself one of the PATHs; such a file is listed whether or not it is wanted
	Target   string // of a link: the root-relative path of the file that it leads to in the end, or ""
}

// A Skip is something that was left out. Files that are not wanted are left out without one.
type Skip struct {
	Path   string // relative to the root, with slashes; "." is the root
	Reason string // one clause
}

// A Result is what a walk found, sorted by path.
type Result struct {
	Root    string // absolute, symbolic links resolved
	Files   []File
	Skipped []Skip
}

// Walk lists the files of the tree under root whose root-relative path want accepts, or all if want is nil. want is
// called from several goroutines. No paths means the working directory.
//
// An error is a *NoSuchPath, an *OutsideRoot, a *BadExclude, I/O on a PATH or on the root itself, or a context that
// has ended. Whatever else can't be read is in Result.Skipped.
func Walk(ctx context.Context, root string, paths []string, want func(path string) bool, opts Options) (*Result, error) {
	return walkWithin(ctx, root, paths, want, opts, limits{
		files: MaxFiles, dirs: MaxDirs, entries: MaxEntries, depth: MaxDepth, skips: MaxSkips, near: MaxNear,
	})
}

// limits are variable only for the tests.
type limits struct{ files, dirs, entries, depth, skips, near int }

func walkWithin(ctx context.Context, root string, paths []string, want func(string) bool, opts Options, lim limits) (*Result, error) {
	root, err := realpath(root)
	if err != nil {
		return nil, fmt.Errorf("resolving the root: %w", err)
	}
	w, err := newWalk(want, opts, lim)
	if err != nil {
		return nil, err
	}
	if !isRepository(root) {
		w.near = lim.near
	}
	if err := w.place(root, opts.Workdir, paths); err != nil {
		return nil, err
	}
	dir, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("opening the root: %w", err)
	}
	defer dir.Close()
	w.root = Disk(dir)
	w.readDir = func(rel string) ([]fs.DirEntry, error) { return w.readDisk(dir, rel) }
	return w.result(ctx, root)
}

func newWalk(want func(string) bool, opts Options, lim limits) (*walk, error) {
	excludes, err := compileExcludes(opts.Exclude)
	if err != nil {
		return nil, err
	}
	w := &walk{want: want, exclude: excludes, lim: lim, overlay: opts.Overlay, dirs: map[string]bool{}, files: map[string]bool{}}
	if w.want == nil {
		w.want = func(string) bool { return true }
	}
	return w, nil
}

func (w *walk) result(ctx context.Context, root string) (*Result, error) {
	w.explicit()
	if err := w.run(ctx); err != nil {
		return nil, err
	}
	if w.dropped > 0 {
		w.cut(".", "%d more were left out than are named here", w.dropped)
	}
	slices.SortFunc(w.found, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	slices.SortStableFunc(w.skipped, func(a, b Skip) int { return strings.Compare(a.Path, b.Path) })
	return &Result{Root: root, Files: w.found, Skipped: w.skipped}, nil
}

// place sorts the PATHs into directories and files, relative to the root.
func (w *walk) place(root, workdir string, paths []string) error {
	base, err := realpath(workdir)
	if err != nil {
		return fmt.Errorf("resolving the working directory: %w", err)
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		at, err := locate(base, p)
		if errors.Is(err, fs.ErrNotExist) {
			if rel, ok := w.overlaid(root, base, p); ok {
				w.files[rel] = true
				continue
			}
		}
		if err != nil {
			return err
		}
		rel, ok := within(root, at.path)
		if !ok {
			return &OutsideRoot{Path: p, Root: root}
		}
		if at.dir {
			w.dirs[rel] = true
		} else {
			w.files[rel] = true
		}
	}
	return nil
}

// within returns path relative to root, with slashes, "" being root itself.
func within(root, path string) (string, bool) {
	rel, err := filepath.Rel(root, path)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	if rel == "." {
		return "", true
	}
	return filepath.ToSlash(rel), true
}

package discover

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// A NoSuchPath says that a PATH argument does not exist.
type NoSuchPath struct {
	Path       string // as it was given
	Suggestion string // the path spelt with the nearest name that exists, if there is a near one
}

func (e *NoSuchPath) Error() string {
	if e.Suggestion != "" {
		return fmt.Sprintf("%q: no such path; did you mean %q", e.Path, e.Suggestion)
	}
	return fmt.Sprintf("%q: no such path", e.Path)
}

// Unwrap lets errors.Is find fs.ErrNotExist.
func (e *NoSuchPath) Unwrap() error { return fs.ErrNotExist }

// An OutsideRoot says that a PATH argument does not lie in the repository of the others.
type OutsideRoot struct {
	Path string // as it was given
	Root string
}

func (e *OutsideRoot) Error() string {
	return fmt.Sprintf("%q: outside of %q", e.Path, e.Root)
}

// Root returns the root of the repository that the paths lie in: the nearest directory at or above all of them that
// has an entry .git, else the working directory if they all lie in it, else the nearest directory above all of them.
// It is absolute, with symbolic links resolved. Where that would be the whole file system though nobody named it, the
// error is an *OutsideRoot. No paths means the working directory, and an empty workdir the process's own.
func Root(workdir string, paths []string) (string, error) {
	base, err := realpath(workdir)
	if err != nil {
		return "", fmt.Errorf("resolving the working directory: %w", err)
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	common, named, stray := "", false, ""
	for i, p := range paths {
		at, err := locate(base, p)
		if err != nil {
			return "", err
		}
		dir := at.path
		if !at.dir {
			dir = filepath.Dir(at.path)
		}
		if i == 0 {
			common = dir
		}
		common = ancestor(common, dir)
		named = named || at.dir && isTop(dir)
		if _, ok := within(base, dir); !ok && stray == "" {
			stray = p
		}
	}
	for dir := common; ; dir = filepath.Dir(dir) {
		if isRepository(dir) {
			return dir, nil
		}
		if isTop(dir) {
			break
		}
	}
	// A shell that happens to stand in the root directory asks for no scan of the machine.
	if stray == "" && (named || !isTop(base)) {
		return base, nil
	}
	if isTop(common) && !named {
		if stray == "" {
			stray = base
		}
		return "", &OutsideRoot{Path: stray, Root: base}
	}
	return common, nil
}

// isRepository accepts a file too: a submodule's or a worktree's .git is one.
func isRepository(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, ".git"))
	return err == nil && (info.IsDir() || info.Mode().IsRegular())
}

func isTop(dir string) bool { return filepath.Dir(dir) == dir }

// ancestor returns the nearest directory at or above both.
func ancestor(a, b string) string {
	for {
		if _, ok := within(a, b); ok || isTop(a) {
			return a
		}
		a = filepath.Dir(a)
	}
}

func realpath(dir string) (string, error) {
	abs, err := filepath.Abs(dir) // of "", the working directory
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// A location is where a PATH argument leads. A directory is wholly resolved. A file keeps its own name, in a resolved
// directory: a link belongs to the tree in which it stands, whatever it leads to.
type location struct {
	path string
	dir  bool
}

func locate(base, path string) (location, error) {
	if path == "" {
		return location{}, &NoSuchPath{Path: path}
	}
	// Not filepath.Join, which would take link/.. for the directory that the link stands in.
	full := path
	if !filepath.IsAbs(full) {
		full = base + string(filepath.Separator) + full
	}
	info, err := os.Stat(full)
	if err == nil && info.IsDir() {
		real, err := filepath.EvalSymlinks(full)
		if err != nil {
			return location{}, fmt.Errorf("resolving a path: %w", err)
		}
		return location{path: real, dir: true}, nil
	}
	if err != nil { // a broken link is there all the same
		_, err = os.Lstat(full)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return location{}, &NoSuchPath{Path: path, Suggestion: suggest(base, path)}
	case err != nil:
		return location{}, fmt.Errorf("resolving a path: %w", err)
	}
	dir, name := filepath.Split(full)
	dir, err = filepath.EvalSymlinks(dir)
	if err != nil {
		return location{}, fmt.Errorf("resolving a path: %w", err)
	}
	return location{path: filepath.Join(dir, name)}, nil
}

// suggest replaces the first part of path that does not exist by the nearest name beside it, and keeps the rest if
// that exists then.
func suggest(base, path string) string {
	full := func(p string) string {
		if filepath.IsAbs(p) {
			return p
		}
		return filepath.Join(base, p)
	}
	missing, rest := filepath.Clean(path), ""
	for {
		parent := filepath.Dir(missing)
		if parent == missing {
			return ""
		}
		if info, err := os.Stat(full(parent)); err == nil {
			if !info.IsDir() {
				return ""
			}
			break
		}
		rest = filepath.Join(filepath.Base(missing), rest)
		missing = parent
	}
	entries, err := os.ReadDir(full(filepath.Dir(missing)))
	if err != nil {
		return ""
	}
	name := filepath.Base(missing)
	best, least := "", max(1, len(name)/3)+1
	for _, e := range entries { // sorted, so that the first of equals wins
		if d := distance(name, e.Name(), least); d < least {
			best, least = e.Name(), d
		}
	}
	if best == "" {
		return ""
	}
	near := filepath.Join(filepath.Dir(missing), best)
	if whole := filepath.Join(near, rest); rest != "" {
		if _, err := os.Stat(full(whole)); err == nil {
			return whole
		}
	}
	return near
}

// distance is the number of bytes to insert, delete, replace or swap with their neighbour that turn a into b, letter
// case aside, or limit if it is not less.
func distance(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, above, row = above, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return min(row[len(b)], limit)
}

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

// Place returns where a file belongs whose content comes from elsewhere: the root of its repository, as [Root] finds it, and
// its path relative to that. Neither the file nor its directory need exist; links on the way are resolved.
func Place(workdir, name string) (root, rel string, err error) {
	base, err := realpath(workdir)
	if err != nil {
		return "", "", fmt.Errorf("resolving the working directory: %w", err)
	}
	full, dir, err := placed(base, name)
	if err != nil {
		return "", "", err
	}
	if root, err = Root(workdir, []string{dir}); err != nil {
		return "", "", err
	}
	rel, ok := within(root, full)
	// Where it lies in no repository, nor below who asks, the root would be whatever lies above both.
	if _, below := within(base, full); !below && !isRepository(root) {
		ok, root = false, base
	}
	if !ok {
		return "", "", &OutsideRoot{Path: name, Root: root}
	}
	return root, rel, nil
}

// placed returns the path of a file, with links resolved as far as there are directories, and the last of these.
func placed(base, name string) (full, dir string, err error) {
	if name == "" || strings.HasSuffix(name, "/") || filepath.Base(name) == ".." || filepath.Base(name) == "." {
		return "", "", fmt.Errorf("%q names no file", name)
	}
	full = name
	if !filepath.IsAbs(full) {
		full = filepath.Join(base, name)
	}
	if info, err := os.Stat(full); err == nil && info.IsDir() {
		return "", "", fmt.Errorf("%q is a directory", name)
	}
	rest := filepath.Base(full)
	for dir = filepath.Dir(full); ; dir = filepath.Dir(dir) {
		real, err := filepath.EvalSymlinks(dir)
		switch {
		case err == nil:
			if info, err := os.Stat(real); err != nil || !info.IsDir() {
				return "", "", fmt.Errorf("%q: %s is no directory", name, dir)
			}
			return filepath.Join(real, rest), real, nil
		case isTop(dir) || !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return "", "", fmt.Errorf("resolving a path: %w", err)
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// overlaid returns the root-relative path of a PATH that isn't on the disk, where the overlay has it.
func (w *walk) overlaid(root, base, name string) (string, bool) {
	full, _, err := placed(base, name)
	if err != nil {
		return "", false
	}
	rel, ok := within(root, full)
	if _, given := w.overlay[rel]; !ok || !given {
		return "", false
	}
	return rel, true
}

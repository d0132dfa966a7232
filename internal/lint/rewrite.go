package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Rewrite writes a file's new content in the place of the old, whole or not at all. A link is followed as far as the tree goes.
// What was changed meanwhile, and what is read-only, stays as it is.
func Rewrite(root string, e Edited) error {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return fmt.Errorf("opening the repository root: %w", err)
	}
	defer dir.Close()
	name, err := target(root, e.Path)
	if err != nil {
		return err
	}
	info, err := dir.Lstat(name)
	switch {
	case err != nil:
		return Clause(err)
	case !info.Mode().IsRegular():
		return errNotRegular
	case info.Mode().Perm()&0o222 == 0:
		return errors.New("it is read-only")
	}
	now, err := dir.ReadFile(name)
	switch {
	case err != nil:
		return Clause(err)
	case bytes.Equal(now, e.After):
		return nil // through another link
	case !bytes.Equal(now, e.Before):
		return errors.New("it was changed meanwhile")
	}
	return replace(dir, name, e.After, info.Mode().Perm())
}

// target returns the path of the file that one in the tree stands for, where that is in the tree too.
func target(root, name string) (string, error) {
	real, err := filepath.EvalSymlinks(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		return "", Clause(err)
	}
	rel, err := filepath.Rel(root, real)
	if err != nil || !filepath.IsLocal(rel) {
		return "", errors.New("it is a link out of the repository")
	}
	return rel, nil
}

// maxTemporary is how many names for a new file are tried.
const maxTemporary = 100

// replace puts a new file into the place of one, with its mode. The new one is whole before it gets the name.
func replace(dir *os.Root, name string, content []byte, mode fs.FileMode) error {
	var f *os.File
	var temporary string
	for i := range maxTemporary {
		var err error
		temporary = filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.vpclint", path.Base(filepath.ToSlash(name)), i))
		f, err = dir.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) || i == maxTemporary-1 {
			return fmt.Errorf("writing beside it: %w", Clause(err))
		}
	}
	_, err := io.Copy(f, bytes.NewReader(content))
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = dir.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("writing it: %w", Clause(err)), dir.Remove(temporary))
	}
	return nil
}

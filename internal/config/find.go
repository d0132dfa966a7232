package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vpclint/vpclint/internal/source"
)

// Find returns the absolute path of the configuration for a working directory: that of its nearest ancestor, itself
// included, up to the repository's root. It is empty where there is none. Both directories have no links in them.
func Find(workdir, root string) (string, error) {
	rel, err := filepath.Rel(root, workdir)
	if err != nil || !filepath.IsLocal(rel) {
		return "", nil // who works elsewhere has no say in this repository
	}
	for dir := workdir; ; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, Name)
		_, err := os.Stat(path)
		switch {
		case err == nil:
			return path, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("reading %s: %w", Name, err)
		}
		// Nobody leaves such a file without wanting it read.
		other := filepath.Join(dir, ".vpclint.yml")
		if _, err := os.Stat(other); err == nil {
			return "", fmt.Errorf("%s is not read; rename it %s, or pass it with --config", other, Name)
		}
		if dir == root || filepath.Dir(dir) == dir {
			return "", nil
		}
	}
}

// Read reads the file at a path, which messages call shown. Where root isn't empty, the file must lie below it, links
// resolved: what is found by its name in somebody's repository may lead anywhere.
func Read(path, shown, root string, suggest Suggest) (*Config, error) {
	var from directory = system{}
	name := path
	if root != "" {
		dir, err := os.OpenRoot(root)
		if err != nil {
			return nil, fmt.Errorf("opening the repository root: %w", err)
		}
		defer dir.Close()
		if name, err = filepath.Rel(root, path); err != nil {
			return nil, fmt.Errorf("reading %s: %w", shown, err)
		}
		from = dir
	}
	content, err := read(from, name)
	if err != nil {
		var pathErr *fs.PathError
		if errors.As(err, &pathErr) {
			err = pathErr.Err
		}
		return nil, fmt.Errorf("reading %s: %w", shown, err)
	}
	return Parse(source.NewFile(filepath.ToSlash(shown), content), filepath.Dir(path), suggest)
}

// A directory is what a file is read from.
type directory interface {
	Stat(name string) (fs.FileInfo, error)
	Open(name string) (*os.File, error)
}

// system is the whole file system.
type system struct{}

func (system) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }
func (system) Open(name string) (*os.File, error)    { return os.Open(name) }

func read(from directory, name string) ([]byte, error) {
	// Opening a named pipe waits for a writer, so that one is told before.
	info, err := from.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no regular file")
	}
	f, err := from.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(content) > MaxBytes {
		return nil, fmt.Errorf("it is larger than %d MiB", MaxBytes>>20)
	}
	return content, nil
}

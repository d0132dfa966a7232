package lint

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/discover"
)

// A layered is the tree of a commit, and below it the modules that terraform init has installed, which git doesn't keep: what
// they make is understood by their files only, and without them all that is found in them would be new.
type layered struct {
	Commit
	disk discover.Dir
}

// of returns the layer that a name is in.
func (l layered) of(name string) discover.Dir {
	if strings.Contains("/"+name+"/", "/"+installedDir+"/") {
		if _, err := l.Commit.Lstat(name); err != nil {
			return l.disk
		}
	}
	return l.Commit
}

// installedDir is where terraform init keeps what it has installed.
const installedDir = ".terraform"

// Stat implements discover.Dir, and so do the others.
func (l layered) Stat(name string) (fs.FileInfo, error) { return l.of(name).Stat(name) }

// Lstat implements discover.Dir.
func (l layered) Lstat(name string) (fs.FileInfo, error) { return l.of(name).Lstat(name) }

// Real implements discover.Dir.
func (l layered) Real(name string) (string, bool) { return l.of(name).Real(name) }

// Open implements discover.Dir.
func (l layered) Open(name string) (fs.File, error) {
	f, err := l.of(name).Open(name)
	if err != nil {
		return nil, err
	}
	list, isDir := f.(fs.ReadDirFile)
	below := path.Join(name, installedDir)
	if !isDir || l.of(below) != l.disk {
		return f, nil
	}
	if info, err := l.disk.Lstat(below); err == nil && info.IsDir() {
		return &listing{ReadDirFile: list, more: fs.FileInfoToDirEntry(info)}, nil
	}
	return f, nil
}

// A listing is a directory with one entry more.
type listing struct {
	fs.ReadDirFile
	more fs.DirEntry
}

// ReadDir implements fs.ReadDirFile.
func (l *listing) ReadDir(n int) ([]fs.DirEntry, error) {
	entries, err := l.ReadDirFile.ReadDir(n)
	if l.more != nil && (err == nil || errors.Is(err, io.EOF)) {
		entries, err = append(entries, l.more), nil
		l.more = nil
	}
	return entries, err
}

// Package git answers what the tree of an earlier commit holds, by reading a repository's objects.
//
// In go the root of a working tree and a revision (main, v1.2~3, origin/main...); out comes the tree of that commit, which is
// read as a directory is, a file at a time. Nothing is executed and nothing is written: no git, no hooks, no filters, no text
// conversion, no fetching of what a partial clone lacks. Files are what the objects hold, so that a pointer of LFS's stays
// one. The package must not know what a file means.
//
// # Whom it trusts
//
// Nobody vouches for a repository: it may have come in an archive, and every byte of .git may have been made to do harm. So
// reading stays in the git directory, whatever links lie in it; a .git file may lead to a directory elsewhere only where that
// one leads back, as git makes worktrees and submodules; and an object store elsewhere (objects/info/alternates) is read only
// where the user's own GIT_ALTERNATE_OBJECT_DIRECTORIES names it. What an object may cost is bounded, and an object must have
// the hash by which it is asked for, so that no tree can hold itself.
//
// There are libraries for this. The best of them (go-git 5.19) fixes the hash function when it is compiled, reads an object
// whole whatever its size, follows alternates, and brings fourteen modules, of which half are for networks and signatures that
// a linter has no use for; and all of it together is more than the few formats that are read here.
package git

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// What a repository may cost.
const (
	// MaxObjectBytes is the size of the largest object that is read.
	MaxObjectBytes = 64 << 20
	maxRefBytes    = 4 << 10  // of a file that holds a reference or a path
	maxListBytes   = 64 << 20 // of a file that lists references or commits
	maxPacks       = 10_000
	maxSymbolic    = 5                   // references that lead to others
	maxChain       = 4096                // deltas upon deltas; git itself stops at 4095
	maxDeltaBytes  = 4 * MaxObjectBytes  // of all deltas that lead to an object
	maxMadeBytes   = 64 * MaxObjectBytes // of what they make on the way
	maxCacheBytes  = 64 << 20
	maxCommits     = 10_000_000 // that are looked at for a common ancestor
)

// A Repository is one that is open for reading. It is safe for concurrent use.
type Repository struct {
	// own is the directory of this working tree, common that of all working trees of the repository.
	own, common *os.Root
	hash        hashing
	stores      []*store
	shallow     map[ID]bool
	partial     bool
	alternates  []string // object stores that aren't read
}

// A NoRepository says that a directory has no git repository that can be read, and why.
type NoRepository struct{ Dir, Reason string }

// Error implements error.
func (e *NoRepository) Error() string { return fmt.Sprintf("%s: %s", e.Dir, e.Reason) }

// Open opens the repository of the working tree at root. Alternates are directories of objects that are read too.
func Open(root string, alternates []string) (r *Repository, err error) {
	r = &Repository{}
	defer func() {
		if err != nil {
			r.Close()
			r = nil
		}
	}()
	dir, err := gitDir(root)
	if err != nil {
		return r, err
	}
	if r.own, err = os.OpenRoot(dir); err != nil {
		return r, fmt.Errorf("opening the git directory: %w", err)
	}
	if r.common, err = commonDir(r.own, dir); err != nil {
		return r, err
	}
	if err := r.configure(); err != nil {
		return r, err
	}
	if err := r.openStores(alternates); err != nil {
		return r, err
	}
	r.shallow = map[ID]bool{}
	list, err := readSmall(r.common, "shallow", maxListBytes)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return r, fmt.Errorf("reading which commits the clone ends with: %w", err)
	}
	for line := range strings.Lines(string(list)) {
		if id, ok := r.hash.parse(strings.TrimSpace(line)); ok {
			r.shallow[id] = true
		}
	}
	return r, nil
}

// Close ends the reading.
func (r *Repository) Close() {
	for _, s := range r.stores {
		s.close()
	}
	for _, dir := range []*os.Root{r.own, r.common} {
		if dir != nil {
			dir.Close()
		}
	}
}

// Shallow reports whether the clone's history has been cut.
func (r *Repository) Shallow() bool { return len(r.shallow) > 0 }

// gitDir returns the git directory of a working tree. Where .git is a file, what it leads to must lead back.
func gitDir(root string) (string, error) {
	at := filepath.Join(root, ".git")
	info, err := os.Lstat(at)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &NoRepository{root, "it is no git repository"}
	case err != nil:
		return "", fmt.Errorf("looking for the git directory: %w", err)
	case info.IsDir():
		return at, nil
	case !info.Mode().IsRegular():
		return "", &NoRepository{at, "it is neither a directory nor a file"}
	}
	dir, err := os.OpenRoot(root)
	if err != nil {
		return "", fmt.Errorf("looking for the git directory: %w", err)
	}
	defer dir.Close()
	text, err := readSmall(dir, ".git", maxRefBytes)
	if err != nil {
		return "", &NoRepository{at, err.Error()}
	}
	target, ok := strings.CutPrefix(firstLine(text), "gitdir: ")
	if !ok {
		return "", &NoRepository{at, "the file doesn't say where the git directory is"}
	}
	target = resolved(root, target)
	if !leadsBack(target, at, root) {
		return "", &NoRepository{at, fmt.Sprintf("it leads to %s, which doesn't lead back as that of a worktree or a submodule does", target)}
	}
	return target, nil
}

// leadsBack reports whether a git directory says of itself that it is that of a working tree: a worktree's has the path of its
// .git file in "gitdir", a submodule's has that of the working tree in its configuration.
func leadsBack(dir, file, root string) bool {
	d, err := os.OpenRoot(dir)
	if err != nil {
		return false
	}
	defer d.Close()
	if text, err := readSmall(d, "gitdir", maxRefBytes); err == nil {
		return same(resolved(dir, firstLine(text)), file)
	}
	text, err := readSmall(d, "config", maxRefBytes*256)
	if err != nil {
		return false
	}
	tree := parseConfig(text)["core.worktree"]
	return tree != "" && same(resolved(dir, tree), root)
}

// commonDir returns the directory that the working trees of a repository share, which must hold the own one.
func commonDir(own *os.Root, dir string) (*os.Root, error) {
	text, err := readSmall(own, "commondir", maxRefBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return os.OpenRoot(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("reading where the repository is: %w", err)
	}
	common := resolved(dir, firstLine(text))
	if !same(filepath.Dir(filepath.Dir(dir)), common) || filepath.Base(filepath.Dir(dir)) != "worktrees" {
		return nil, &NoRepository{dir, fmt.Sprintf("its commondir is %s, and it isn't one of that one's worktrees", common)}
	}
	return os.OpenRoot(common)
}

func resolved(base, name string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(base, name)
	}
	return filepath.Clean(name)
}

func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func firstLine(text []byte) string {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return strings.TrimSpace(string(line))
}

// readSmall reads a regular file of a git directory.
func readSmall(dir *os.Root, name string, limit int64) ([]byte, error) {
	f, err := openRegular(dir, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > limit {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, limit)
	}
	return text, nil
}

// openRegular opens a file that is one: opening a named pipe waits for a writer.
func openRegular(dir *os.Root, name string) (*os.File, error) {
	info, err := dir.Stat(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", name)
	}
	return dir.Open(filepath.FromSlash(name))
}

// configure takes from the configuration what tells how to read the repository. What it says to execute is none of it.
func (r *Repository) configure() error {
	text, err := readSmall(r.common, "config", 16<<20)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the configuration of the repository: %w", err)
	}
	config := parseConfig(text)
	r.partial = config["extensions.partialclone"] != ""
	for name, set := range config {
		if strings.HasPrefix(name, "remote.") && strings.HasSuffix(name, ".promisor") && set == "true" {
			r.partial = true
		}
	}
	switch format := strings.ToLower(config["extensions.objectformat"]); format {
	case "", "sha1":
		r.hash = sha1Hash
	case "sha256":
		r.hash = sha256Hash
	default:
		return &NoRepository{r.common.Name(), fmt.Sprintf("its objects are hashed with %s, which isn't known", format)}
	}
	if refs := strings.ToLower(config["extensions.refstorage"]); refs != "" && refs != "files" {
		return &NoRepository{r.common.Name(), fmt.Sprintf("its references are stored as %s, which isn't read; git refs migrate --ref-format=files makes files of them", refs)}
	}
	return nil
}

// parseConfig returns the values of a configuration by section.subsection.key, sections and keys in lower case; of several the
// last. It knows as much of the format as what is asked of it takes.
func parseConfig(text []byte) map[string]string {
	out := map[string]string{}
	section := ""
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[':
			head, rest, ok := strings.Cut(line[1:], "]")
			if !ok {
				continue
			}
			name, sub, _ := strings.Cut(head, " ")
			section = strings.ToLower(name) + "."
			if sub = strings.Trim(strings.TrimSpace(sub), `"`); sub != "" {
				section += sub + "."
			}
			if rest = strings.TrimSpace(rest); rest == "" || rest[0] == '#' || rest[0] == ';' {
				continue
			}
			setting(out, section, rest)
		default:
			setting(out, section, line)
		}
	}
	return out
}

func setting(out map[string]string, section, line string) {
	key, val, ok := strings.Cut(line, "=")
	if !ok {
		val = "true"
	}
	val = strings.TrimSpace(val)
	if quoted, isQuoted := strings.CutPrefix(val, `"`); isQuoted {
		val, _, _ = strings.Cut(quoted, `"`)
		val = strings.ReplaceAll(val, `\\`, `\`)
	} else if i := strings.IndexAny(val, "#;"); i >= 0 {
		val = strings.TrimSpace(val[:i])
	}
	if key = strings.ToLower(strings.TrimSpace(key)); key != "" {
		out[section+key] = val
	}
}

// openStores opens the object store, and those elsewhere that the user names.
func (r *Repository) openStores(alternates []string) error {
	own, err := openStore(r.common, "objects", r.hash)
	if err != nil {
		return &NoRepository{r.common.Name(), "its objects can't be read: " + err.Error()}
	}
	r.stores = append(r.stores, own)
	named := map[string]bool{}
	for _, dir := range alternates {
		if dir == "" {
			continue
		}
		at, err := os.OpenRoot(dir)
		if err != nil {
			return fmt.Errorf("opening an object store that GIT_ALTERNATE_OBJECT_DIRECTORIES names: %w", err)
		}
		s, err := openStore(at, ".", r.hash)
		if err != nil {
			return fmt.Errorf("reading an object store that GIT_ALTERNATE_OBJECT_DIRECTORIES names: %w", err)
		}
		s.owned = at
		r.stores = append(r.stores, s)
		named[filepath.Clean(dir)] = true
	}
	text, err := readSmall(r.common, path.Join("objects", "info", "alternates"), maxRefBytes*16)
	if err != nil {
		return nil // there are none, mostly
	}
	objects := filepath.Join(r.common.Name(), "objects")
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		dir := resolved(objects, line)
		covered := slices.ContainsFunc(alternates, func(a string) bool { return a != "" && same(a, dir) })
		if !named[dir] && !covered {
			r.alternates = append(r.alternates, dir)
		}
	}
	return nil
}

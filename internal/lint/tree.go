package lint

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// MaxFileBytes is the size of the largest file that is read at all.
const MaxFileBytes = 64 << 20

// A tree reads files of the repository. It never leaves the root, which refuses `..` and links that point outside.
type tree struct {
	root discover.Dir
	// name is the absolute path of the root.
	name  string
	paths []string // sorted
	// overlay is the content of files that isn't read from the disk.
	overlay map[string][]byte

	mu      sync.Mutex
	files   map[string]*entry
	skipped []discover.Skip
}

type entry struct {
	once sync.Once
	file *source.File
	err  error
}

func newTree(root discover.Dir, name string, files []discover.File) *tree {
	t := &tree{root: root, name: name, files: map[string]*entry{}}
	for _, f := range files {
		t.paths = append(t.paths, f.Path)
	}
	sort.Strings(t.paths)
	return t
}

// Open implements frontend.Tree.
func (t *tree) Open(name string) (*source.File, error) {
	name = path.Clean(name)
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, errors.New("it lies outside the repository")
	}
	t.mu.Lock()
	e := t.files[name]
	if e == nil {
		e = &entry{}
		t.files[name] = e
	}
	t.mu.Unlock()
	e.once.Do(func() { e.file, e.err = t.load(name) })
	return e.file, e.err
}

var errNotRegular = errors.New("it is no regular file")

func (t *tree) load(name string) (*source.File, error) {
	if b, ok := t.overlay[name]; ok {
		return source.NewFile(name, b), nil
	}
	// Opening a named pipe waits for a writer, so that one is told before. The walk lists regular files only.
	if _, listed := slices.BinarySearch(t.paths, name); !listed {
		if info, err := t.root.Stat(name); err != nil {
			return nil, Clause(err)
		} else if !info.Mode().IsRegular() {
			return nil, errNotRegular
		}
	}
	f, err := t.root.Open(name)
	if err != nil {
		return nil, Clause(err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, Clause(err)
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > MaxFileBytes:
		return nil, fmt.Errorf("it is larger than %d MiB", MaxFileBytes>>20)
	}
	b := make([]byte, info.Size())
	n, err := io.ReadFull(f, b)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, Clause(err)
	}
	return source.NewFile(name, b[:n]), nil
}

// Clause returns the cause of an I/O error alone, without the path that the caller names anyway.
func Clause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("no such file")
	}
	return err
}

// Forget implements frontend.Forgetter: it drops a file that no front-end wants.
func (t *tree) Forget(name string) {
	t.mu.Lock()
	delete(t.files, name)
	t.mu.Unlock()
}

// Dir implements frontend.Tree.
func (t *tree) Dir(dir string) []string {
	prefix := ""
	if dir = path.Clean(dir); dir != "." && dir != "" {
		prefix = dir + "/"
	}
	var out []string
	for i := sort.SearchStrings(t.paths, prefix); i < len(t.paths) && strings.HasPrefix(t.paths[i], prefix); i++ {
		if !strings.Contains(t.paths[i][len(prefix):], "/") {
			out = append(out, t.paths[i])
		}
	}
	return out
}

// Paths implements frontend.Catalog.
func (t *tree) Paths() []string { return t.paths }

// Real implements frontend.Resolver.
func (t *tree) Real(dir string) (string, bool) { return t.root.Real(dir) }

// maxListed bounds the names of one directory.
const maxListed = 20_000

// List implements frontend.Lister.
func (t *tree) List(dir string) ([]frontend.Entry, error) {
	f, err := t.root.Open(path.Clean(dir))
	if err != nil {
		return nil, Clause(err)
	}
	defer f.Close()
	listing, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("it is no directory")
	}
	found, err := listing.ReadDir(maxListed + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, Clause(err)
	}
	if len(found) > maxListed {
		return nil, fmt.Errorf("it has more than %d entries", maxListed)
	}
	var out []frontend.Entry
	for _, e := range found {
		mode := e.Type()
		if mode&fs.ModeSymlink != 0 {
			info, err := t.root.Stat(path.Join(dir, e.Name()))
			if err != nil {
				return nil, Clause(err)
			}
			if mode = info.Mode().Type(); mode.IsDir() {
				return nil, errors.New("it holds a link to a directory")
			}
		}
		if mode.IsDir() || mode.IsRegular() {
			out = append(out, frontend.Entry{Name: e.Name(), Dir: mode.IsDir()})
		}
	}
	slices.SortFunc(out, func(a, b frontend.Entry) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// relative returns an absolute path relative to the root, by its name alone where there is no way there.
func (t *tree) relative(name string) string {
	rel, err := filepath.Rel(t.name, name)
	if err != nil {
		return filepath.Base(name)
	}
	return filepath.ToSlash(rel)
}

// A selection is what one front-end gets of the tree's files: those that its Match and its Relevant let through, and the
// paths of those that only Match does, both sorted.
type selection struct {
	files  []*source.File
	passed []string
}

// read opens every file that a front-end's Match lets through and gives it to those whose Relevant does too. The result is
// one selection for each front-end.
func (t *tree) read(ctx context.Context, w *workers, fronts []frontend.Frontend, files []discover.File) ([]selection, error) {
	type wanted struct {
		file           *source.File
		fronts, passed uint64
		skip           string
	}
	got := make([]wanted, len(files))
	w.run(len(files), func(i int) {
		if ctx.Err() != nil {
			return
		}
		f, err := t.Open(files[i].Path)
		if err != nil {
			got[i].skip = err.Error()
			return
		}
		for j, front := range fronts {
			switch {
			case !front.Match(f.Path):
			case front.Relevant(f):
				got[i].file = f
				got[i].fronts |= 1 << j
			default:
				got[i].passed |= 1 << j
			}
		}
		if got[i].file == nil {
			t.Forget(f.Path)
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]selection, len(fronts))
	for i, g := range got {
		if g.skip != "" {
			t.skipped = append(t.skipped, discover.Skip{Path: files[i].Path, Reason: g.skip})
		}
		for j := range fronts {
			if g.fronts&(1<<j) != 0 {
				out[j].files = append(out[j].files, g.file)
			}
			if g.passed&(1<<j) != 0 {
				out[j].passed = append(out[j].passed, files[i].Path)
			}
		}
	}
	return out, nil
}

// A filter keeps what the user's PATHs ask for.
type filter struct {
	files map[string]discover.File
	// roots are the directories that are judged, as directories: of a Terraform root there, what it calls is judged too.
	roots map[string]bool
	// unlisted reports whether a file that the walk has not listed, because no front-end looks for its like or because git
	// ignores it, is judged through who uses it.
	unlisted func(path string) bool
}

// newFilter makes the filter of a walk. A file that was given by name speaks for those that it covers.
func newFilter(files []discover.File, covers map[string][]string, unlisted func(path string) bool) *filter {
	f := &filter{files: make(map[string]discover.File, len(files)), roots: map[string]bool{}, unlisted: unlisted}
	for _, file := range files {
		f.files[file.Path] = file
		if file.Judged && !file.Explicit {
			f.roots[path.Dir(file.Path)] = true
		}
	}
	for given, covered := range covers {
		if !f.files[given].Explicit {
			continue
		}
		for _, other := range covered {
			if discover.Installed(other) {
				continue
			}
			file := f.files[other]
			file.Judged = true
			f.files[other] = file
		}
	}
	return f
}

func (f *filter) judged(path string) bool { return f.files[path].Judged }

// asked reports whether what stands at a place, and belongs to a unit, is to be judged: it is in a file that is, or in a
// module that a root in a judged directory calls, or in a template that one there nests. Who is in an environment's directory
// means what it deploys, wherever the modules lie. A template of a definition, which no walk looks for, is its unit's.
func (f *filter) asked(at source.Span, unit string) bool {
	name := pathOf(at)
	file, listed := f.files[name]
	template := f.files[unit] // of CloudFormation, the unit is the file of the outermost stack
	return file.Judged || (listed || f.unlisted(name)) && (f.roots[unit] || template.Judged && !template.Explicit)
}

// keeps reports whether a finding is asked for, or passes through a file that was given by name, as pre-commit gives the
// files that changed.
func (f *filter) keeps(x finding.Finding) bool {
	if f.asked(x.At, cmp.Or(x.Root, x.Unit)) && !discover.Installed(pathOf(x.At)) {
		return true
	}
	for _, step := range slices.Concat(x.Trace, x.Related) {
		if f.files[pathOf(step.Span)].Explicit {
			return true
		}
	}
	return false
}

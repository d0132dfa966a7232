package lint

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/source"
)

// An earlier state of the repository is read where it lies, in git's objects, and not written out to a directory: what a
// front-end opens is not known before it does (a module reads any file, a link leads anywhere), so that everything would have
// to be written, credentials among it, and be removed again whatever becomes of the process. The walk, and the front-ends,
// read through an interface of a few methods anyway.

// A Commit is the tree of a commit. Err tells whether something of it could not be read though it should be there.
type Commit interface {
	discover.Dir
	Err() error
}

// A bygone is what a run over an earlier state is about.
type bygone struct {
	tree Commit
	// head is the tree that the working tree is based on: what is in neither is not for git to keep.
	head discover.Dir
	// dirs and files are the user's PATHs, relative to the root. They name what is ignored, and what is meant whatever it holds.
	dirs, files []string
}

// Before looks at an earlier state of the repository as a run would, and returns what there is to find in it. All of it is
// judged, whatever the PATHs: what is in a file now may have been in another. Head is the tree of the commit that is checked
// out, name what messages call the earlier one.
func Before(ctx context.Context, c Config, tree Commit, head discover.Dir, name string) (*Earlier, error) {
	root, err := c.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	disk, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("opening the repository root: %w", err)
	}
	defer disk.Close()
	c.past = &bygone{tree: layered{tree, discover.Disk(disk)}, head: head}
	if c.past.dirs, c.past.files, err = discover.Places(root, c.Paths, discover.Options{Workdir: c.WorkDir, Overlay: sizes(c.Overlay)}); err != nil {
		return nil, err
	}
	c.Root, c.Overlay, c.Earlier, c.Unrecorded = root, nil, nil, true
	r, err := Run(ctx, c)
	if err := errors.Join(err, tree.Err()); err != nil {
		return nil, err
	}
	return &Earlier{
		Baseline: *baseline.Of(r.Findings), Name: name,
		has: func(unit string) bool { return holds(tree, unit) },
	}, nil
}

// open opens the tree that is looked at, and lists its files.
func (c Config) open(ctx context.Context, root string, wanted func(path string) bool) (*discover.Result, discover.Dir, func(), error) {
	opts := discover.Options{Workdir: c.WorkDir, Exclude: c.Exclude, Overlay: sizes(c.Overlay)}
	if c.past != nil {
		walk, err := discover.WalkWhole(ctx, c.past.tree, root, c.past.dirs, c.past.files, wanted, opts)
		return walk, c.past.tree, func() {}, err
	}
	walk, err := discover.Walk(ctx, root, c.Paths, wanted, opts)
	if err != nil {
		return nil, nil, nil, err
	}
	dir, err := os.OpenRoot(walk.Root)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("opening the repository root: %w", err)
	}
	return walk, discover.Disk(dir), func() { dir.Close() }, nil
}

// former returns a file that the user names as it was: empty where it was not there yet. It is nil where the file is to be
// taken as it is now, since git doesn't keep it, or it lies elsewhere.
func (c Config) former(t *tree, name string) *source.File {
	rel, err := filepath.Rel(t.name, name)
	if c.past == nil || err != nil || !filepath.IsLocal(rel) {
		return nil
	}
	rel = filepath.ToSlash(rel)
	if f, err := t.Open(rel); err == nil {
		return f
	}
	if _, err := c.past.head.Stat(rel); err != nil {
		return nil
	}
	if path.Ext(rel) == ".json" {
		return source.NewFile(rel, []byte("{}"))
	}
	return source.NewFile(rel, nil)
}

// formerly returns the files that a pattern named, and those that it names now and that git doesn't keep.
func (c Config) formerly(t *tree, p Pattern) []*source.File {
	var out []*source.File
	seen := map[string]bool{}
	if paths, err := p.expand(t); err == nil {
		for _, name := range paths {
			if f, err := t.Open(name); err == nil {
				out, seen[name] = append(out, f), true
			}
		}
	}
	dir, err := os.OpenRoot(t.name)
	if err != nil {
		return out
	}
	defer dir.Close()
	now := newTree(discover.Disk(dir), t.name, nil)
	paths, err := p.expand(now)
	if err != nil {
		return out
	}
	for _, name := range paths {
		if _, err := c.past.head.Stat(name); err == nil || seen[name] {
			continue
		}
		if f, err := now.Open(name); err == nil {
			out = append(out, f)
		}
	}
	return out
}

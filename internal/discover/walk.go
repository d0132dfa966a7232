package discover

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A walk is the state of one call of Walk. While directories are read in parallel nothing in it changes: each yields
// a harvest of its own, and these are merged in order, so that the limits cut at the same place every time.
type walk struct {
	root    Dir
	readDir func(dir string) ([]fs.DirEntry, error)
	want    func(string) bool
	exclude []exclude
	overlay map[string]int64
	lim     limits
	dirs    map[string]bool // the PATHs that are directories
	files   map[string]bool // the PATHs that are files
	found   []File
	skipped []Skip
	dropped int // skips over the limit
	// near is the limit on what is walked around the files that are named; short says that a limit was met.
	near  int
	short bool
}

// A branch is a directory to be walked.
type branch struct {
	dir    string // root-relative, "" for the root
	rules  *rules // of the directories above
	judged bool
	free   bool // isFree(dir)
	asked  bool // a PATH, so that being a virtual environment is no reason to pass it over
}

// A harvest is what reading one directory gave.
type harvest struct {
	files    []File
	branches []branch
	skips    []Skip
	err      error
}

func (h *harvest) skip(rel, format string, args ...any) {
	h.skips = append(h.skips, Skip{Path: rel, Reason: fmt.Sprintf(format, args...)})
}

// batch is how many directories are read between two merges: it bounds what a limit lets pile up.
const batch = 256

// run walks the tree.
func (w *walk) run(ctx context.Context) error {
	if w.near > 0 && len(w.dirs) == 0 {
		return w.around(ctx)
	}
	return w.from(ctx, "")
}

// from walks a directory breadth first.
func (w *walk) from(ctx context.Context, dir string) error {
	var h harvest
	top := branch{dir: dir, judged: w.dirs[""], asked: true, free: isFree(dir), rules: w.rulesAbove(dir, &h)}
	w.note(h.skips)
	level, dirs := []branch{top}, 1
	for len(level) > 0 {
		var below []branch
		for part := range slices.Chunk(level, batch) {
			for _, h := range w.reap(ctx, part) {
				if h.err != nil {
					return h.err
				}
				if room := max(0, w.lim.files-len(w.found)); len(h.files) > room {
					w.found = append(w.found, h.files[:room]...)
					w.short = true
					w.cut(h.files[room].Path, "more than %d files: from here on the tree was not walked", w.lim.files)
					return nil
				}
				w.found = append(w.found, h.files...)
				w.note(h.skips)
				below = append(below, h.branches...)
			}
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("walking the repository: %w", err)
			}
		}
		if dirs += len(below); dirs > w.lim.dirs {
			w.short = true
			w.cut(below[0].dir, "more than %d directories: this level and those below were not walked", w.lim.dirs)
			return nil
		}
		level = below
	}
	return nil
}

func (w *walk) note(skips []Skip) {
	n := min(len(skips), max(0, w.lim.skips-len(w.skipped)))
	w.skipped = append(w.skipped, skips[:n]...)
	w.dropped += len(skips) - n
}

// cut notes a skip that must not be lost to the limit on skips.
func (w *walk) cut(rel, format string, args ...any) {
	w.skipped = append(w.skipped, Skip{Path: rel, Reason: fmt.Sprintf(format, args...)})
}

// reap reads the directories of one batch in parallel and returns their harvests in order.
func (w *walk) reap(ctx context.Context, part []branch) []harvest {
	out := make([]harvest, len(part))
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(part) || ctx.Err() != nil {
				return
			}
			out[i] = w.read(ctx, part[i])
		}
	}
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(part)) - 1 {
		group.Go(work)
	}
	work()
	group.Wait()
	return out
}

// read lists one directory. If the context ends meanwhile the harvest is incomplete.
func (w *walk) read(ctx context.Context, b branch) (h harvest) {
	entries, err := w.readDir(b.dir)
	switch {
	case err != nil && b.dir == "":
		h.err = fmt.Errorf("reading the root: %w", err)
		return h
	case err != nil:
		h.skip(b.dir, "can't be read: %s", cause(err))
		return h
	case !b.asked && w.isVirtualEnv(b.dir, entries):
		w.pass(&h, b.dir, "a Python virtual environment", "")
		return h
	}
	slices.SortFunc(entries, func(x, y fs.DirEntry) int { return strings.Compare(x.Name(), y.Name()) })
	if i := index(entries, ".gitignore"); i >= 0 && entries[i].Type().IsRegular() && !b.free {
		b.rules = w.readRules(b.rules, b.dir, path.Join(b.dir, ".gitignore"), &h)
	}
	prefix := ""
	if b.dir != "" {
		prefix = b.dir + "/"
	}
	for i, e := range entries {
		if i%64 == 63 && ctx.Err() != nil { // with many names and many patterns this takes a while
			return h
		}
		if e.Name() == ".git" {
			continue
		}
		rel := prefix + e.Name()
		switch e.Type() {
		case fs.ModeDir:
			w.descend(&h, b, rel)
		case 0:
			w.file(&h, b, rel, e)
		case fs.ModeSymlink:
			w.link(&h, b, rel)
		default:
			if w.want(rel) && !w.files[rel] {
				h.skip(rel, "not a regular file")
			}
		}
	}
	return h
}

func index(entries []fs.DirEntry, name string) int {
	return slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
}

// isVirtualEnv goes by pyvenv.cfg, and by the scripts of environments that were made without one where the name
// says the same.
func (w *walk) isVirtualEnv(dir string, entries []fs.DirEntry) bool {
	if index(entries, "pyvenv.cfg") >= 0 {
		return true
	}
	if name := path.Base(dir); name != "venv" && name != ".venv" {
		return false
	}
	for _, script := range []string{"bin/activate", "Scripts/activate"} {
		if _, err := w.root.Lstat(path.Join(dir, script)); err == nil {
			return true
		}
	}
	return false
}

// isFree reports whether no ignore file holds in dir: it was generated, and git ignores what rules.md asks to read.
func isFree(dir string) bool {
	return strings.Contains("/"+dir+"/", "/cdk.out/") || Installed(dir)
}

// isCopy reports whether what lies at a root-relative path is an asset of the CDK's: a copy, maybe a bundled one, of what
// lies elsewhere in the tree and is read there. The assembly's templates, nested ones too, lie beside the assets.
func isCopy(rel string) bool {
	dir, name := path.Split(rel)
	if !strings.HasPrefix(name, "asset.") && !strings.HasPrefix(name, "bundling-temp-") {
		return false
	}
	return strings.Contains("/"+dir, "/cdk.out/")
}

// Installed reports whether what lies at a root-relative path is somebody else's module, there to be understood and not to
// be judged.
func Installed(rel string) bool {
	return strings.Contains("/"+rel+"/", "/.terraform/modules/")
}

// descend decides whether the directory rel, in b, is walked.
func (w *walk) descend(h *harvest, b branch, rel string) {
	child := branch{dir: rel, rules: b.rules, free: isFree(rel), asked: w.dirs[rel]}
	child.judged = (b.judged || child.asked) && !Installed(rel)
	if e := excluded(w.exclude, rel, true); e != nil {
		h.skip(rel, "excluded by %s", e.text)
		return
	}
	if strings.Count(rel, "/") >= w.lim.depth {
		h.skip(rel, "more than %d directories deep", w.lim.depth)
		return
	}
	if child.free {
		child.rules = nil
	}
	if child.asked {
		if child.rules.ignores(rel, true) != "" {
			child.rules = nil
		}
		h.branches = append(h.branches, child)
		return
	}
	switch name := path.Base(rel); name {
	case "node_modules", "__pycache__", ".tox":
		w.pass(h, rel, "a directory of generated or third-party files", "")
		return
	case ".ipynb_checkpoints":
		w.pass(h, rel, "copies that Jupyter keeps of the notebooks beside it", "")
		return
	case ".terraform":
		modules := rel + "/modules"
		w.pass(h, rel, "Terraform's own directory, of which only modules is read", modules)
		if info, err := w.root.Lstat(modules); err == nil && info.IsDir() {
			w.descend(h, branch{dir: rel}, modules)
		}
		return
	}
	if isCopy(rel) {
		w.pass(h, rel, copied, "")
		return
	}
	if why := child.rules.ignores(rel, true); why != "" {
		w.pass(h, rel, why, "")
		return
	}
	h.branches = append(h.branches, child)
}

const copied = "a copy that the CDK made of what lies elsewhere"

// pass passes the directory rel over, but for the PATHs that lie in it. Those at or below walked are found anyway.
func (w *walk) pass(h *harvest, rel, why, walked string) {
	h.skip(rel, "%s", why)
	var asked []string
	for dir := range w.dirs {
		if strings.HasPrefix(dir, rel+"/") && (walked == "" || !strings.HasPrefix(dir+"/", walked+"/")) {
			asked = append(asked, dir)
		}
	}
	slices.Sort(asked)
	last := ""
	for _, dir := range asked {
		if last != "" && strings.HasPrefix(dir, last+"/") { // found, in its turn, from there
			continue
		}
		last = dir
		if e := w.excludedAbove(dir, rel); e != nil {
			h.skip(dir, "excluded by %s", e.text)
		} else {
			w.descend(h, branch{dir: path.Dir(dir)}, dir)
		}
	}
}

// excludedAbove returns the exclude that matches a directory above rel and below top, or nil.
func (w *walk) excludedAbove(rel, top string) *exclude {
	for dir := path.Dir(rel); len(dir) > len(top) && dir != "."; dir = path.Dir(dir) {
		if e := excluded(w.exclude, dir, true); e != nil {
			return e
		}
	}
	return nil
}

func (w *walk) file(h *harvest, b branch, rel string, e fs.DirEntry) {
	if w.files[rel] || !w.want(rel) || w.leftOut(h, b, rel) {
		return
	}
	info, err := e.Info()
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) { // else it was deleted meanwhile
			h.skip(rel, "can't be read: %s", cause(err))
		}
		return
	}
	h.files = append(h.files, File{Path: rel, Size: info.Size(), Judged: b.judged})
}

// link lists a link to a file. A link to a directory is not followed: what it leads to is found where it stands.
func (w *walk) link(h *harvest, b branch, rel string) {
	if w.files[rel] || w.leftOut(h, b, rel) {
		return
	}
	info, why := w.target(rel)
	switch {
	case why == "" && !w.want(rel):
	case why != "":
		h.skip(rel, "%s", why)
	default:
		h.files = append(h.files, File{Path: rel, Size: info.Size(), Judged: b.judged, Target: w.end(rel)})
	}
}

// end returns where a link that target has followed leads in the end, or "" where it was changed meanwhile.
func (w *walk) end(rel string) string {
	real, _ := w.root.Real(rel)
	return real
}

// leftOut notes that a file is ignored or excluded, and returns whether it is.
func (w *walk) leftOut(h *harvest, b branch, rel string) bool {
	if e := excluded(w.exclude, rel, false); e != nil {
		h.skip(rel, "excluded by %s", e.text)
		return true
	}
	why := b.rules.ignores(rel, false)
	if isCopy(rel) {
		why = copied
	}
	if why != "" {
		h.skip(rel, "%s", why)
	}
	return why != ""
}

// target follows the link rel as far as an os.Root does, which is how the file will be read: not along absolute links,
// wherever they lead.
func (w *walk) target(rel string) (info fs.FileInfo, why string) {
	info, err := w.root.Stat(rel)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "a broken symbolic link"
	case err != nil:
		return nil, "a symbolic link that can't be followed: " + cause(err)
	case info.IsDir():
		return nil, "a symbolic link to a directory"
	case !info.Mode().IsRegular():
		return nil, "a symbolic link to something that is not a regular file"
	}
	return info, ""
}

// explicit lists the PATHs that are files, and says of which PATHs nothing will be judged.
func (w *walk) explicit() {
	var h harvest
	for _, paths := range []map[string]bool{w.dirs, w.files} {
		for _, rel := range slices.Sorted(maps.Keys(paths)) {
			switch {
			case strings.Contains("/"+rel+"/", "/.git/"):
				h.skip(rel, "inside .git")
				delete(paths, rel)
			case Installed(rel):
				h.skip(rel, "a module that was installed: read for context, not judged")
			}
		}
	}
	for _, rel := range slices.Sorted(maps.Keys(w.files)) {
		e := excluded(w.exclude, rel, false)
		if e == nil {
			e = w.excludedAbove(rel, "")
		}
		if e != nil {
			h.skip(rel, "excluded by %s", e.text)
			continue
		}
		if size, ok := w.overlay[rel]; ok {
			w.found = append(w.found, File{Path: rel, Size: size, Judged: !Installed(rel), Explicit: true})
			continue
		}
		info, err := w.root.Lstat(rel)
		why, target := "", ""
		switch {
		case err != nil:
			why = "can't be read: " + cause(err)
		case info.Mode()&fs.ModeSymlink != 0:
			if info, why = w.target(rel); why == "" {
				target = w.end(rel)
			}
		case !info.Mode().IsRegular():
			why = "not a regular file"
		}
		if why != "" {
			h.skip(rel, "%s", why)
			continue
		}
		w.found = append(w.found, File{Path: rel, Size: info.Size(), Judged: !Installed(rel), Explicit: true, Target: target})
	}
	w.note(h.skips)
}

// errCrowded says that a directory has more entries than the limit.
var errCrowded = errors.New("too many entries")

// errMoved says that a directory became something else between two looks at it.
var errMoved = errors.New("changed while it was read")

// readDisk reads a directory. Opening it through the os.Root would do, but then each entry costs a stat, which is half
// of a walk's time; so the os.Root only vouches that what was opened lies in it, should a link have appeared meanwhile.
func (w *walk) readDisk(root *os.Root, dir string) ([]fs.DirEntry, error) {
	file, err := os.Open(filepath.Join(root.Name(), filepath.FromSlash(dir)))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	opened, err := file.Stat()
	if err != nil {
		return nil, err
	}
	inside, err := root.Lstat(cmp.Or(dir, "."))
	if err != nil {
		return nil, err
	}
	if !os.SameFile(opened, inside) {
		return nil, errMoved
	}
	var all []fs.DirEntry
	for {
		some, err := file.ReadDir(10_000)
		all = append(all, some...)
		switch {
		case err == io.EOF:
			return all, nil
		case err != nil:
			return nil, err
		case len(all) > w.lim.entries:
			return nil, fmt.Errorf("%w: more than %d", errCrowded, w.lim.entries)
		}
	}
}

// cause is the innermost message of an I/O error, without the path, which stands beside it.
func cause(err error) string {
	var in *fs.PathError
	if errors.As(err, &in) {
		return in.Err.Error()
	}
	return err.Error()
}

package python

import (
	"path"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
)

// A library is what the scripts of a run share: which files there are, and what has been parsed. It is safe for concurrent
// use.
type library struct {
	tree       frontend.Tree
	signatures surface
	typical    map[string]bool

	mu    sync.Mutex
	dirs  map[string]map[string]bool
	texts map[string]*shelf
	words map[string]vocabulary
	// pointers are where the files of each directory point scripts to a configuration of the SDK.
	pointers map[string]pointer

	// modules are the last names of all modules and packages of the tree; nil where the tree can't tell all of its files.
	modules map[string]bool
}

type shelf struct {
	once  sync.Once
	texts []*text
}

func openLibrary(tree frontend.Tree) *library {
	l := &library{
		tree: tree, signatures: signatures(), typical: typicalMembers(),
		dirs: map[string]map[string]bool{}, texts: map[string]*shelf{}, words: map[string]vocabulary{},
		pointers: map[string]pointer{},
	}
	if c, ok := tree.(frontend.Catalog); ok {
		l.modules = moduleNames(c.Paths())
	}
	return l
}

// moduleNames returns the last names of the modules among some files. Nearly every import is of none of them.
func moduleNames(paths []string) map[string]bool {
	out := map[string]bool{}
	for _, p := range paths {
		name, ok := strings.CutSuffix(p, ".py")
		if !ok {
			continue
		}
		if dir, isPackage := strings.CutSuffix(name, "/__init__"); isPackage {
			name = dir
		}
		out[path.Base(name)] = true
	}
	return out
}

// exists reports whether the tree has a file, without opening it.
func (l *library) exists(file string) bool {
	dir := file[:max(strings.LastIndexByte(file, '/'), 0)]
	l.mu.Lock()
	files, ok := l.dirs[dir]
	l.mu.Unlock()
	if !ok {
		files = map[string]bool{}
		for _, f := range l.tree.Dir(dir) {
			files[f] = true
		}
		l.mu.Lock()
		l.dirs[dir] = files
		l.mu.Unlock()
	}
	return files[file]
}

// parsed returns a Python file of the tree; nil where it can't be read.
func (l *library) parsed(file string) *text {
	texts := l.sources(file)
	if len(texts) != 1 {
		return nil
	}
	return texts[0]
}

// sources returns a file of the tree, or the cells of a notebook; nil where it can't be read.
func (l *library) sources(file string) []*text {
	l.mu.Lock()
	s := l.texts[file]
	if s == nil {
		s = &shelf{}
		l.texts[file] = s
	}
	l.mu.Unlock()
	s.once.Do(func() {
		f, err := l.tree.Open(file)
		switch {
		case err != nil:
		case isNotebook(file):
			s.texts = readNotebook(f).cells
		default:
			s.texts = []*text{parse(f)}
		}
	})
	return s.texts
}

func parse(f *source.File) *text { return &text{file: f, tree: pyast.Parse(f.Bytes)} }

// find returns the file of a module that is imported from dir; empty where the tree has none.
func (l *library) find(dir, name string, level int) string {
	if l.modules != nil && name != "" && !l.modules[last(name)] {
		return ""
	}
	return findModule(dir, name, level, l.exists)
}

// find returns the file of a module that the program imports from dir.
func (in *interp) find(dir, name string, level int) string {
	if in.drafts == nil || len(in.drafts.all) == 0 {
		return in.files.find(dir, name, level)
	}
	return findModule(dir, name, level, in.hasFile)
}

func findModule(dir, name string, level int, exists func(string) bool) string {
	var bases []string
	if level == 0 {
		bases = importBases(dir, name)
	} else {
		base := dir
		for range level - 1 {
			base = path.Dir(base)
		}
		bases = append(bases, base)
	}
	rel := strings.ReplaceAll(name, ".", "/")
	if rel == "" {
		rel = "."
	}
	for _, base := range bases {
		file := path.Join(base, rel)
		if rel != "." && exists(file+".py") {
			return file + ".py"
		}
		if exists(path.Join(file, "__init__.py")) {
			return path.Join(file, "__init__.py")
		}
	}
	return ""
}

// importBases returns the directories from which an absolute import is looked for: that of the script, which Python puts
// on its path, and those above it, from which scripts are run or packages installed, each with its src. The SDK's own names
// are never the tree's: many repositories have a folder called sagemaker.
func importBases(dir, name string) []string {
	first, _, _ := strings.Cut(name, ".")
	if slices.Contains(externalPackages, first) {
		return nil
	}
	var bases []string
	for ; ; dir = path.Dir(dir) {
		if dir == "." {
			dir = ""
		}
		bases = append(bases, dir, path.Join(dir, "src"))
		if dir == "" {
			return bases
		}
	}
}

// externalPackages are those whose calls are lowered.
var externalPackages = []string{"sagemaker", "sagemaker_core", "boto3", "botocore", "airflow", "aws_cdk"}

// An imported is a name of a module of the tree, which is evaluated when it is first read.
type imported struct{ file, name string }

func (imported) isObject() {}

// importStmt binds the modules of `import a.b as c`. A module of the tree is evaluated when one of its names is read.
func (in *interp) importStmt(n *pyast.Import) {
	for _, a := range n.Names {
		name, bound := a.Name, a.AsName
		if bound == "" {
			// import a.b binds a.
			name, _, _ = strings.Cut(name, ".")
			bound = name
		}
		in.bind(bound, in.module(name, 0))
	}
}

// module returns what a module's name stands for.
func (in *interp) module(name string, level int) object {
	if file := in.find(in.scope.module.dir, name, level); file != "" {
		in.runForOverrides(file)
		return module{file}
	}
	return external{name}
}

// importFrom binds the names of `from a import b`: names of a file of the tree, modules in a folder of it, or else dotted
// names that say where they would be.
func (in *interp) importFrom(n *pyast.ImportFrom) {
	file := in.find(in.scope.module.dir, n.Module, n.Level)
	if file != "" {
		in.runForOverrides(file)
	}
	for _, a := range n.Names {
		bound := a.AsName
		if bound == "" {
			bound = a.Name
		}
		switch {
		case a.Name == "*":
			in.importAll(file, n.Module)
		case file != "":
			in.bind(bound, imported{file, a.Name})
		default:
			// A directory needs no __init__.py to be a package.
			sub := strings.TrimPrefix(n.Module+"."+a.Name, ".")
			if f := in.find(in.scope.module.dir, sub, n.Level); f != "" {
				in.bind(bound, module{f})
				continue
			}
			in.bind(bound, external{sub})
		}
	}
}

// importAll binds every public name of a module.
func (in *interp) importAll(file, name string) {
	if file == "" {
		if root, _, _ := strings.Cut(name, "."); root == "sagemaker" || root == "sagemaker_core" {
			in.scope.global.star = name
		}
		return
	}
	sc := in.load(file)
	if sc == nil {
		return
	}
	in.takeOver(sc, "_")
}

// takeOver binds the names of an evaluated module, but for those that begin with a prefix.
func (in *interp) takeOver(sc *scope, private string) {
	names := make([]string, 0, len(sc.sealed))
	for name := range sc.sealed {
		if !strings.HasPrefix(name, private) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		in.bind(name, sc.sealed[name])
	}
}

// force evaluates a name that is imported from the tree.
func (in *interp) force(o object) object { return in.follow(o, nil) }

// follow evaluates a name that is imported from the tree, on behalf of the imports that led there.
func (in *interp) follow(o object, from []imported) object {
	return apply(o, func(o object) object {
		i, ok := o.(imported)
		if !ok {
			return o
		}
		if _, changed := in.changed(i); changed && len(from) == 0 {
			return unknown("the script sets " + i.name + " in " + i.file + ", perhaps after it is imported")
		}
		return in.exported(i, from)
	})
}

// moduleAttr returns a name of a module of the tree: one that it binds, or a module within it.
func (in *interp) moduleAttr(m module, name string) object {
	i := imported{m.file, name}
	if now, changed := in.changed(i); changed {
		return now
	}
	return in.exported(i, nil)
}

// changed returns what a name of a module is now, where the script has set it since the module was evaluated.
func (in *interp) changed(i imported) (object, bool) {
	sc := in.load(i.file)
	if sc == nil {
		return nil, false
	}
	v, ok := in.st.get(slot{sc, i.name})
	if !ok || v == sc.sealed[i.name] {
		return nil, false
	}
	o := in.present(v.(object))
	return o, o != nil
}

// exported returns what an import names. A package that imports its own module by the package's name (`from pkg import part`
// in pkg/__init__.py) binds the name to itself, and two modules may import a name from each other.
func (in *interp) exported(i imported, from []imported) object {
	if sc := in.load(i.file); sc != nil && !slices.Contains(from, i) && len(from) < maxLoading {
		if o, ok := sc.sealed[i.name]; ok {
			if o = in.present(o); o != nil {
				return in.follow(o, append(slices.Clip(from), i))
			}
		}
	}
	if path.Base(i.file) == "__init__.py" {
		if file := in.find(path.Dir(i.file), i.name, 1); file != "" {
			return module{file}
		}
	}
	return unknown(i.name + " is not set in " + i.file)
}

// maxLoading bounds how deep imports are followed.
const maxLoading = 8

// load evaluates the top level of a module of the tree, once for each script; nil where it can't be read. Of a module that
// is being loaded, an import cycle sees nothing.
func (in *interp) load(file string) *scope {
	if sc, ok := in.modules[file]; ok {
		return sc
	}
	in.modules[file] = nil
	if in.loading >= maxLoading || len(in.modules) > maxModules {
		return nil
	}
	return in.loadAs(strings.TrimSuffix(path.Base(file), ".py"), file, file)
}

// loadAs evaluates the top level of a file as a module of a name, which is kept under a key.
func (in *interp) loadAs(name, file, key string) *scope {
	texts := in.sources(file)
	if len(texts) == 0 {
		return nil
	}
	sc := newModule(name, file)
	outer := *in
	in.modules[key] = sc
	in.st, in.scope, in.frame = &state{}, sc, &frame{}
	in.st.setContent(in.environ, outer.st.content(in.environ))
	in.jumps, in.breaks, in.exists, in.chain, in.target, in.loops, in.depth = nil, nil, nil, nil, "", 0, 0
	in.quiet++
	in.loading++
	in.bindModule(sc)
	in.runTexts(texts)
	sealed, environment := in.st, in.st.content(in.environ)
	delete(sealed.slots, slot{owner: in.environ})
	in.st, in.text, in.scope, in.frame = outer.st, outer.text, outer.scope, outer.frame
	in.jumps, in.breaks, in.exists, in.chain, in.target = outer.jumps, outer.breaks, outer.exists, outer.chain, outer.target
	in.loops, in.depth, in.quiet, in.loading = outer.loops, outer.depth, outer.quiet, outer.loading
	if environment != in.st.content(in.environ) {
		in.st.setContent(in.environ, environment)
	}
	for k, v := range sealed.slots {
		switch owner := k.owner.(type) {
		case *place:
			owner.sealed = v.(*content)
		case *scope:
			if owner.sealed == nil {
				owner.sealed = map[string]object{}
			}
			owner.sealed[k.name] = v.(object)
		}
	}
	return sc
}

// newModule returns the scope of a module's top level.
func newModule(name, file string) *scope {
	dir := path.Dir(file)
	if dir == "." {
		dir = ""
	}
	sc := &scope{module: &moduleInfo{name: name, dir: dir}}
	sc.global = sc
	return sc
}

// bindModule binds the names that Python gives a module.
func (in *interp) bindModule(sc *scope) {
	in.st.bind(sc, "__name__", knownText(sc.module.name))
	in.st.bind(sc, "__file__", located{file: true, module: sc.module.dir, anchored: true})
	in.st.bind(sc, "TYPE_CHECKING", external{"typing.TYPE_CHECKING"})
}

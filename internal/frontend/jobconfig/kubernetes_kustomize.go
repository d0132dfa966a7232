package jobconfig

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A kustomization says which objects of a tree are put together, and what is patched in them:
// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
type kustomization struct {
	path string
	// takes are the files and directories of what it puts together, and component says that it is taken into others, whose
	// objects it patches.
	takes     []string
	component bool
	patches   []patch
	// files are those that it puts together, in the end.
	files map[string]bool
}

// A patch changes members of the objects that it is about.
type patch struct {
	// kind and name match whole names; nil matches all.
	kind, name *regexp.Regexp
	// paths are the members of the spec that it touches.
	paths [][]string
	// file is where it is written, if in a file of its own.
	file string
}

// What kustomizations may cost.
const (
	maxKustomizations = 2000
	maxPatchPaths     = 1000
	// maxPatched is how many members of one object are told apart that patches touch; of more, all may be touched.
	maxPatched = 50
)

// kustomized returns the resources as the kustomizations of the tree leave them: objects in files that are patches are none
// of their own, and what a patch touches is not known, since it may be applied to one copy of the object and not to
// another.
func kustomized(in *frontend.Input, found []resource.Raw) []resource.Raw {
	if !slices.ContainsFunc(found, isObject) {
		return found
	}
	all := kustomizations(in)
	if len(all) == 0 {
		return found
	}
	patchFiles := map[string]bool{}
	for _, k := range all {
		for _, p := range k.patches {
			patchFiles[p.file] = true
		}
	}
	var out []resource.Raw
	for _, r := range found {
		if isObject(r) {
			if patchFiles[r.Addr.Unit] {
				continue
			}
			for _, k := range all {
				r = k.apply(r)
			}
		}
		out = append(out, r)
	}
	return out
}

func isObject(r resource.Raw) bool {
	return r.Dialect == resource.ACK || r.Dialect == resource.Operator
}

// kustomizations returns those of the tree, sorted by path.
func kustomizations(in *frontend.Input) []*kustomization {
	var all []*kustomization
	read := func(name string, open func() *source.File) {
		if base := path.Base(name); base != "kustomization.yaml" && base != "kustomization.yml" || len(all) >= maxKustomizations {
			return
		}
		if f := open(); f != nil && len(f.Bytes) <= maxManifest {
			all = append(all, readKustomization(in, f))
		}
	}
	for _, f := range in.Files {
		read(f.Path, func() *source.File { return f })
	}
	for _, name := range in.Passed {
		read(name, func() *source.File { return open(in, name) })
	}
	slices.SortFunc(all, func(a, b *kustomization) int { return strings.Compare(a.path, b.path) })
	byDir := map[string]*kustomization{}
	for _, k := range all {
		byDir[path.Dir(k.path)] = k
	}
	for _, k := range all {
		if len(k.patches) > 0 {
			k.files = map[string]bool{}
			k.gather(byDir, k.files, map[*kustomization]bool{})
		}
	}
	return all
}

// gather adds the files that a kustomization puts together, those of the directories included that it takes.
func (k *kustomization) gather(byDir map[string]*kustomization, files map[string]bool, seen map[*kustomization]bool) {
	seen[k] = true
	for _, name := range k.takes {
		if inner := byDir[name]; inner == nil {
			files[name] = true
		} else if !seen[inner] {
			inner.gather(byDir, files, seen)
		}
	}
}

// open returns another file of the tree; nil where it can't be read.
func open(in *frontend.Input, name string) *source.File {
	if in.Tree == nil {
		return nil
	}
	f, err := in.Tree.Open(name)
	if err != nil {
		return nil
	}
	return f
}

func readKustomization(in *frontend.Input, f *source.File) *kustomization {
	k := &kustomization{path: f.Path}
	dir := path.Dir(f.Path)
	docs, _ := in.Documents.Parse(f)
	for _, d := range docs {
		if kind := d.Root.Get("kind"); kind != nil && kind.Text == "Component" {
			k.component = true
		}
		for _, member := range [...]string{"resources", "bases", "components"} {
			for _, item := range itemsOf(d.Root.Get(member)) {
				k.takes = append(k.takes, path.Join(dir, item.Text))
			}
		}
		for _, member := range [...]string{"patches", "patchesStrategicMerge", "patchesJson6902"} {
			for _, item := range itemsOf(d.Root.Get(member)) {
				k.patches = append(k.patches, readPatch(in, dir, item)...)
			}
		}
		k.replacements(in, dir, d.Root.Get("replacements"))
	}
	return k
}

// replacements reads those of a kustomization as patches of what they put values into; one that is a file of its own is read
// too.
func (k *kustomization) replacements(in *frontend.Input, dir string, list *doctree.Node) {
	for _, item := range itemsOf(list) {
		targets := itemsOf(item.Get("targets"))
		if file := item.Get("path"); file != nil {
			if f := open(in, path.Join(dir, file.Text)); f != nil && len(f.Bytes) <= maxManifest {
				docs, _ := in.Documents.Parse(f)
				for _, d := range docs {
					targets = append(targets, itemsOf(d.Root.Get("targets"))...)
				}
			}
		}
		for _, target := range targets {
			selected := target.Get("select")
			p := patch{kind: pattern(selected.Get("kind")), name: pattern(selected.Get("name"))}
			if p.kind == nil && p.name == nil {
				p.kind = everything
			}
			for _, field := range itemsOf(target.Get("fieldPaths")) {
				if names := strings.Split(field.Text, "."); names[0] == "spec" && len(p.paths) < maxPatchPaths {
					p.paths = append(p.paths, names[1:])
				}
			}
			k.patches = append(k.patches, p)
		}
	}
}

func itemsOf(n *doctree.Node) []*doctree.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// readPatch returns what an item of a kustomization's patches does: the path of a file, a text, or either with a target.
func readPatch(in *frontend.Input, dir string, item *doctree.Node) []patch {
	whole := patch{}
	text := item
	if item.Kind == doctree.Mapping {
		if text = item.Get("patch"); text == nil {
			text = item.Get("path")
		}
		if target := item.Get("target"); target != nil {
			whole.kind, whole.name = pattern(target.Get("kind")), pattern(target.Get("name"))
			if whole.kind == nil && whole.name == nil {
				whole.kind = everything // by labels, or a group
			}
		}
	}
	if text == nil || text.Kind != doctree.String {
		return nil
	}
	var docs []doctree.Document
	if strings.Contains(text.Text, "\n") || strings.ContainsAny(text.Text, "{[") {
		docs, _ = doctree.Parse(text.Embed(""))
	} else {
		whole.file = path.Join(dir, text.Text)
		if f := open(in, whole.file); f != nil && len(f.Bytes) <= maxManifest {
			docs, _ = in.Documents.Parse(f)
		}
	}
	out := []patch{}
	for _, d := range docs {
		out = append(out, whole.of(d.Root))
	}
	if len(out) == 0 && whole.file != "" {
		out = append(out, whole) // a file of which nothing is known is a patch all the same
	}
	return out
}

var everything = regexp.MustCompile("")

// pattern returns what a target's kind or name matches: Kustomize anchors it.
func pattern(n *doctree.Node) *regexp.Regexp {
	if n == nil || n.Text == "" || len(n.Text) > longestName {
		return nil
	}
	p, err := regexp.Compile("^(?:" + n.Text + ")$")
	if err != nil {
		return nil
	}
	return p
}

// of returns the patch with what a document of it says: part of an object, or operations of RFC 6902.
func (p patch) of(root *doctree.Node) patch {
	if root.Kind == doctree.Sequence {
		for _, op := range root.Items {
			if at := op.Get("path"); at != nil && len(p.paths) < maxPatchPaths {
				names := strings.Split(strings.TrimPrefix(at.Text, "/"), "/")
				for i, name := range names {
					names[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
				}
				if len(names) > 1 && names[0] == "spec" {
					p.paths = append(p.paths, names[1:])
				} else if names[0] == "spec" {
					p.paths = append(p.paths, []string{})
				}
			}
		}
		return p
	}
	if p.kind == nil && p.name == nil {
		p.kind = literally(root.Get("kind"))
		p.name = literally(root.Get("metadata").Get("name"))
	}
	if spec := root.Get("spec"); spec != nil {
		p.paths = append(p.paths, leaves(spec, nil)...)
	}
	return p
}

func literally(n *doctree.Node) *regexp.Regexp {
	if n == nil || len(n.Text) > longestName {
		return nil
	}
	return regexp.MustCompile("^" + regexp.QuoteMeta(n.Text) + "$")
}

// leaves returns the paths of what stands in an object that is no object itself.
func leaves(n *doctree.Node, at []string) [][]string {
	if n.Kind != doctree.Mapping || len(n.Pairs) == 0 {
		return [][]string{at}
	}
	var out [][]string
	for _, p := range n.Pairs {
		if len(out) < maxPatchPaths {
			out = append(out, leaves(p.Value, append(slices.Clone(at), p.Key.Text))...)
		}
	}
	return out
}

// apply returns a resource as the patches of a kustomization leave it.
func (k *kustomization) apply(r resource.Raw) resource.Raw {
	kind, name, _ := strings.Cut(r.Addr.Name, "/")
	name, _, _ = strings.Cut(name, "#")
	if kind == "HostingDeployment" {
		name, _, _ = strings.Cut(name, ".")
	}
	var touched [][]string
	for _, p := range k.patches {
		if p.kind == nil && p.name == nil || p.kind != nil && !p.kind.MatchString(kind) || p.name != nil && name != "" && !p.name.MatchString(name) {
			continue
		}
		if len(p.paths) == 0 || !k.component && !k.files[r.Addr.Unit] {
			continue
		}
		for _, names := range p.paths {
			if kind == "HostingDeployment" {
				names = nil // its members are those of several resources
			}
			touched = append(touched, names)
		}
	}
	if len(touched) > maxPatched {
		touched = [][]string{nil}
	}
	for _, names := range touched {
		r.Props = patched(r.Props, names, value.OfOpaque(k.path+" patches it"))
	}
	return r
}

// patched returns an object in which what stands at a path is another, or as much of the path as it has.
func patched(v value.Value, names []string, unknown value.Value) value.Value {
	if len(names) == 0 && v.Kind() == value.KindObject {
		return value.OfOpenObject(v.Fields(), unknown.Reason()).WithOrigin(v.Origin())
	}
	if len(names) == 0 || v.Kind() != value.KindObject {
		return unknown.WithOrigin(v.Origin())
	}
	fields := slices.Clone(v.Fields())
	i := slices.IndexFunc(fields, func(f value.Field) bool { return f.Name == names[0] })
	if i < 0 {
		fields = append(fields, value.Field{Name: names[0], Value: unknown.WithOrigin(v.Origin())})
	} else if inner := fields[i].Value; inner.Kind() == value.KindObject && len(names) > 1 {
		fields[i].Value = patched(inner, names[1:], unknown)
	} else {
		fields[i].Value = unknown.WithOrigin(inner.Origin())
	}
	if v.Open() {
		return value.OfOpenObject(fields, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

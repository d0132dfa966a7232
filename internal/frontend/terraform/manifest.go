package terraform

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
)

// A base says where the calls of a directory are looked up: in the manifest that terraform init wrote for a root, under
// the keys that begin with the path of calls which leads to the directory.
type base struct{ root, prefix string }

// resolve finds the directory of a call whose source is not a path: terraform init writes where it put each module into
// .terraform/modules/modules.json. Nothing is ever downloaded.
func (l *loader) resolve(dir string, c *call) {
	b, ok := l.bases[dir]
	if !ok {
		b = base{root: dir}
	}
	key := b.prefix + c.name
	if c.dir == "" && c.source != "" && l.in.Tree != nil {
		if at, ok := l.manifest(b.root)[key]; ok {
			at = path.Join(b.root, at)
			if at != ".." && !strings.HasPrefix(at, "../") && len(l.in.Tree.Dir(at)) > 0 {
				c.dir, c.local = at, true
			}
		}
	}
	if r, ok := l.in.Tree.(frontend.Resolver); ok && c.local && len(l.in.Tree.Dir(c.dir)) == 0 {
		// The walk doesn't go through links; Terraform does.
		if real, ok := r.Real(c.dir); ok {
			c.dir = real
		}
	}
	if _, has := l.bases[c.dir]; c.local && !has && c.dir != b.root {
		l.bases[c.dir] = base{b.root, key + "."}
	}
}

// manifest reads the manifest of a root: the directory of each module, relative to the root, by its path of calls.
func (l *loader) manifest(root string) map[string]string {
	if m, ok := l.installed[root]; ok {
		return m
	}
	m := map[string]string{}
	l.installed[root] = m
	f, err := l.in.Tree.Open(path.Join(root, ".terraform/modules/modules.json"))
	if err != nil {
		return m
	}
	docs, _ := l.in.Documents.Parse(f)
	if len(docs) != 1 {
		return m
	}
	list := docs[0].Root.Get("Modules")
	if list == nil || list.Kind != doctree.Sequence {
		return m
	}
	for _, entry := range list.Items {
		key, dir := entry.Get("Key"), entry.Get("Dir")
		if key != nil && dir != nil && key.Text != "" {
			m[key.Text] = dir.Text
		}
	}
	return m
}

package terraform

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// identities reads the states among the files: what the id and arn of each resource of the tree are. A state belongs to
// the root in its own directory, else to the only root that has the address.
func (l *loader) identities(resources []resource.Raw) []resource.Identity {
	units := map[string][]string{}
	for _, r := range resources {
		units[r.Addr.Name] = append(units[r.Addr.Name], r.Addr.Unit)
	}
	var out []resource.Identity
	for _, f := range l.in.Files {
		if isModuleFile(f.Path) || strings.HasSuffix(f.Path, ".tfvars") || !bytes.Contains(f.Bytes, []byte(`"terraform_version"`)) {
			continue
		}
		for _, told := range l.stateOf(f) {
			unit, ok := owner(units[told.address], path.Dir(f.Path))
			if !ok {
				continue
			}
			for _, attr := range []string{"id", "arn"} {
				n := told.attributes.Get(attr)
				if n == nil || n.Kind != doctree.String || n.Text == "" {
					continue
				}
				out = append(out, resource.Identity{
					Ref:     value.Ref{Addr: value.Address{Unit: unit, Name: told.address}, Attr: attr},
					Literal: n.Text,
					Span:    n.Span,
				})
			}
		}
	}
	return out
}

// owner chooses the root that a state's resource belongs to.
func owner(units []string, dir string) (string, bool) {
	for _, u := range units {
		if u == dir {
			return u, true
		}
	}
	if len(units) == 1 {
		return units[0], true
	}
	return "", false
}

// A told is a resource instance as a state tells of it.
type told struct {
	address    string
	attributes *doctree.Node
}

// stateOf reads a state file (version 4), or what terraform show -json prints of a state:
// https://developer.hashicorp.com/terraform/internals/json-format
func (l *loader) stateOf(f *source.File) []told {
	docs, _ := l.in.Documents.Parse(f)
	if len(docs) != 1 {
		return nil
	}
	root := docs[0].Root
	switch {
	case text(root.Get("version")) == "4" && root.Get("lineage") != nil:
		return rawState(root.Get("resources"))
	case root.Get("format_version") != nil && root.Get("values") != nil:
		return shownState(root.Get("values").Get("root_module"), 0)
	}
	return nil
}

func rawState(list *doctree.Node) []told {
	if list == nil {
		return nil
	}
	var out []told
	for _, r := range list.Items {
		name := text(r.Get("type")) + "." + text(r.Get("name"))
		if text(r.Get("mode")) == "data" {
			name = "data." + name
		}
		if m := text(r.Get("module")); m != "" {
			name = m + "." + name
		}
		instances := r.Get("instances")
		if instances == nil {
			continue
		}
		for _, in := range instances.Items {
			if a := in.Get("attributes"); a != nil {
				out = append(out, told{name + indexKey(in.Get("index_key")), a})
			}
		}
	}
	return out
}

func indexKey(n *doctree.Node) string {
	switch {
	case n == nil || n.Kind == doctree.Null:
		return ""
	case n.Kind == doctree.Number:
		if i, err := strconv.Atoi(n.Text); err == nil {
			return "[" + strconv.Itoa(i) + "]"
		}
	}
	return `["` + quoteKey(n.Text) + `"]`
}

// maxStateModules bounds how deep a state's modules nest.
const maxStateModules = 100

func shownState(m *doctree.Node, depth int) []told {
	if m == nil || depth > maxStateModules {
		return nil
	}
	var out []told
	if list := m.Get("resources"); list != nil {
		for _, r := range list.Items {
			if v := r.Get("values"); v != nil {
				out = append(out, told{text(r.Get("address")), v})
			}
		}
	}
	if list := m.Get("child_modules"); list != nil {
		for _, child := range list.Items {
			out = append(out, shownState(child, depth+1)...)
		}
	}
	return out
}

func text(n *doctree.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}

package jobconfig

import (
	"strconv"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// requestReader finds requests of the SageMaker API: alone in a file, in a list, or under keys that name them or the
// environments that they are for.
func requestReader() reader {
	telling := tellingKeys()
	return reader{
		read: func(doc document, names *names) []resource.Raw {
			w := walk{doc: doc, names: names, telling: telling}
			w.visit(doc.root, nil, maxWrapping)
			return w.found
		},
		certain: certainRequest,
	}
}

// maxWrapping is how many objects and lists a request may stand in. Real ones stand in two or three (environment, stage,
// operation); what is deeper is data of something else.
const maxWrapping = 6

// tellingKeys returns the keys of which every look-alike and every request has one, so that the many mappings that are
// neither cost one look at each key.
func tellingKeys() map[string]bool {
	telling := map[string]bool{}
	for _, keys := range lookalikes {
		telling[keys[0]] = true
	}
	for _, op := range operations {
		telling[op.name], telling[op.name+computed] = true, true
		if len(op.instead) > 0 {
			telling[op.instead[0]], telling[op.instead[0]+computed] = true, true
		}
	}
	return telling
}

type walk struct {
	doc     document
	names   *names
	telling map[string]bool
	found   []resource.Raw
}

// tells reports whether a mapping can be a look-alike or a request at all.
func (w *walk) tells(n *doctree.Node) bool {
	for _, p := range n.Pairs {
		if w.telling[p.Key.Text] {
			return true
		}
	}
	return false
}

// visit looks for requests in a node that stands under a key, or nil in a list or alone.
func (w *walk) visit(n, key *doctree.Node, levels int) {
	if n.Kind == doctree.Mapping && w.tells(n) {
		if lookalike(n) {
			return
		}
		if op := recognize(n, key); op != nil {
			if !isSkeleton(n, op) {
				w.found = append(w.found, w.raw(n, key, op))
			}
			return
		}
	}
	if levels == 0 {
		return
	}
	for _, item := range n.Items {
		w.visit(item, nil, levels-1)
	}
	for _, p := range n.Pairs {
		w.visit(p.Value, p.Key, levels-1)
	}
}

func (w *walk) raw(n, key *doctree.Node, op *operation) resource.Raw {
	header := opening(n)
	if key != nil {
		header = key.Span
	}
	name := w.names.unique(jobName(n, op))
	return resource.Raw{
		Dialect: resource.API,
		Type:    op.api,
		Addr:    value.Address{Unit: w.doc.file.Path, Name: name},
		Subject: w.doc.file.Path + ":" + name,
		Exists:  value.Yes(),
		Props:   objectValue(n).From(header),
		Span:    header.FirstLine(),
	}
}

// longestName is the length of the longest name that the API takes.
const longestName = 256

// jobName returns the name of the job that a request is for, or the operation's where the name is not known.
func jobName(n *doctree.Node, op *operation) string {
	v := n.Get(op.name)
	if v == nil || v.Kind != doctree.String || len(v.Text) > longestName {
		return op.api
	}
	for i := 0; i < len(v.Text); i++ {
		switch c := v.Text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			return op.api
		}
	}
	if textValue(v.Text).Kind() != value.KindScalar {
		return op.api
	}
	return v.Text
}

// names gives each resource of a file a name of its own.
type names struct{ used map[string]int }

// unique returns name, with "#2" from its second use on.
func (u *names) unique(name string) string {
	if u.used == nil {
		u.used = map[string]int{}
	}
	u.used[name]++
	if n := u.used[name]; n > 1 {
		return name + "#" + strconv.Itoa(n)
	}
	return name
}

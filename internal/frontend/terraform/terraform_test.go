package terraform

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A memoryTree is a tree of files that a test writes down.
type memoryTree map[string]*source.File

func (t memoryTree) Open(p string) (*source.File, error) {
	if f := t[path.Clean(p)]; f != nil {
		return f, nil
	}
	return nil, errors.New("there is no such file")
}

func (t memoryTree) Dir(dir string) []string {
	var out []string
	for p := range t {
		if d := path.Dir(p); d == dir || d == "." && dir == "" {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

// inputOf makes an input of files, each given as path and content.
func inputOf(files map[string]string) *frontend.Input {
	tree := memoryTree{}
	in := &frontend.Input{
		Tree:      tree,
		Documents: &frontend.Documents{},
		Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				do(i)
			}
		},
	}
	for p, content := range files {
		tree[p] = source.NewFile(p, []byte(content))
	}
	for _, p := range sortedKeys(tree) {
		if f := tree[p]; (Frontend{}).Match(p) && (Frontend{}).Relevant(f) {
			in.Files = append(in.Files, f)
		}
	}
	return in
}

func load(t testing.TB, in *frontend.Input) *frontend.Output {
	t.Helper()
	out, err := Frontend{}.Load(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func loadFiles(t testing.TB, files map[string]string) *frontend.Output {
	t.Helper()
	return load(t, inputOf(files))
}

// find returns the resource with an address.
func find(t testing.TB, out *frontend.Output, subject string) resource.Raw {
	t.Helper()
	var names []string
	for _, r := range out.Resources {
		if r.Subject == subject {
			return r
		}
		names = append(names, r.Subject)
	}
	t.Fatalf("there is no %s among %s", subject, strings.Join(names, ", "))
	return resource.Raw{}
}

// show spells a value for tests: references as <address.attr>, opaque values as ?(references), worlds in braces.
func show(v value.Value) string {
	s := ""
	switch v.Kind() {
	case value.KindAbsent:
		s = "null"
	case value.KindScalar:
		s = v.Literal()
		if raw, _ := v.Scalar(); raw != nil {
			if text, ok := raw.(string); ok {
				s = `"` + text + `"`
			}
		}
	case value.KindText:
		for _, p := range v.Parts() {
			if lit, ok := p.AsString(); ok {
				s += lit
			} else {
				s += "${" + show(p) + "}"
			}
		}
		s = `"` + s + `"`
	case value.KindSymbol:
		r, _ := v.Symbol()
		s = "<" + showRef(r) + ">"
	case value.KindOpaque:
		s = "?" + showRefs(v.Refs())
	case value.KindList:
		var parts []string
		for _, e := range v.Elems() {
			parts = append(parts, show(e))
		}
		if v.Open() {
			parts = append(parts, "..."+showRefs(extraRefs(v)))
		}
		s = "[" + strings.Join(parts, ", ") + "]"
		if v.Unordered() {
			s = "set" + s
		}
	case value.KindObject:
		var parts []string
		for _, f := range v.Fields() {
			parts = append(parts, f.Name+": "+show(f.Value))
		}
		if v.Open() {
			parts = append(parts, "..."+showRefs(extraRefs(v)))
		}
		s = "{" + strings.Join(parts, ", ") + "}"
	case value.KindChoice:
		var parts []string
		for _, a := range v.Arms() {
			parts = append(parts, a.When.String()+" => "+show(a.Value))
		}
		s = "one of {" + strings.Join(parts, "; ") + "}"
	}
	if v.Encoded() {
		s = "json" + s
	}
	if v.MayBeMissing() {
		s += "?"
	}
	return s
}

func extraRefs(v value.Value) []value.Ref {
	members := map[value.Ref]bool{}
	for _, e := range v.Elems() {
		for _, r := range e.Refs() {
			members[r] = true
		}
	}
	for _, f := range v.Fields() {
		for _, r := range f.Value.Refs() {
			members[r] = true
		}
	}
	var out []value.Ref
	for _, r := range v.Refs() {
		if !members[r] {
			out = append(out, r)
		}
	}
	return out
}

func showRef(r value.Ref) string {
	if r.Attr == "" {
		return r.Addr.Name
	}
	return r.Addr.Name + "." + r.Attr
}

func showRefs(refs []value.Ref) string {
	if len(refs) == 0 {
		return ""
	}
	var out []string
	for _, r := range refs {
		out = append(out, showRef(r))
	}
	slices.Sort(out)
	return "(" + strings.Join(out, " ") + ")"
}

// A sensitive variable's value is nowhere, wherever it is from.
func TestSensitive(t *testing.T) {
	in := inputOf(map[string]string{"main.tf": `
variable "pw" {
  sensitive = true
  default   = "hunter2secret"
}
variable "given" {
  sensitive = true
}
resource "aws_x" "y" {
  for_each = toset([var.pw])
  a        = var.pw
  b        = "${var.given}-x"
  c        = each.key
}
`})
	in.Settings.Vars = []frontend.Var{{Name: "given", Text: "hunter2given"}}
	for _, r := range load(t, in).Resources {
		if text := r.Subject + r.Addr.Name + show(r.Props); strings.Contains(text, "hunter2") {
			t.Errorf("got %s", text)
		}
	}
}

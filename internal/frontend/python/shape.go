package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/value"
)

// shapePackages are where sagemaker-core has the classes of what requests are made of: VpcConfig, ResourceConfig. They take
// the API's members in snake case, by keyword.
var shapePackages = [...]string{
	"sagemaker.core.shapes.", "sagemaker_core.shapes.", "sagemaker_core.main.shapes.",
	// These hand on some of them beside settings of their own.
	"sagemaker.core.training.configs.", "sagemaker.train.configs.", "sagemaker.core.modules.configs.",
	"sagemaker.modules.configs.", "sagemaker.core.resources.", "sagemaker_core.resources.", "sagemaker_core.main.resources.",
}

// ownSettings are classes of those packages that are read as settings: the packages' own, and VpcConfig, which all of them
// and the older ones take.
var ownSettings = map[string]bool{"Networking": true, "Compute": true, "VpcConfig": true, "SourceCode": true}

// isShape reports whether a path is that of a class of sagemaker-core's shapes.
func isShape(path string) bool {
	for _, pkg := range shapePackages {
		if name, ok := strings.CutPrefix(path, pkg); ok {
			name = strings.TrimPrefix(name, "shapes.")
			return name != "" && name[0] >= 'A' && name[0] <= 'Z' && !strings.Contains(name, ".")
		}
	}
	return false
}

// shape evaluates the constructor of a shape.
func (in *interp) shape(n *pyast.Call, path string, a *arguments) object {
	p := &place{kind: instancePlace, span: in.span(n), header: in.span(n.Func), class: path}
	in.st.setContent(p, holding(a.keywords, a.open))
	return p
}

// spelt returns v with the names of its members as the API spells them at that place of a request. Authors write them in
// snake case: the way there is lossy, since KmsKeyId and VolumeSizeInGB don't tell where they end, so that it is the shape
// that says which of its members is meant. What stands under free keys stays.
func spelt(v value.Value, known *schema.Object) value.Value {
	if known == nil {
		return v
	}
	switch v.Kind() {
	case value.KindChoice:
		return v.Map(func(arm value.Value) value.Value { return spelt(arm, known) }).WithOrigin(v.Origin())
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = spelt(e, known)
		}
		if v.Open() {
			return value.OfOpenList(elems, v.Reason()).WithOrigin(v.Origin())
		}
		return value.OfList(elems, false).WithOrigin(v.Origin())
	case value.KindObject:
		fields := make([]value.Field, 0, len(v.Fields()))
		for _, f := range v.Fields() {
			name := known.Folded(f.Name)
			if name == "" {
				continue // the SDK's own: it sends none of it, or refuses it
			}
			f.Name, f.Value = name, spelt(f.Value, known.Member(name))
			fields = append(fields, f)
		}
		if v.Open() {
			return value.OfOpenObject(fields, v.Reason()).WithOrigin(v.Origin())
		}
		return value.OfObject(fields, false).WithOrigin(v.Origin())
	}
	return v
}

// spellingOf returns how an author of sagemaker-core knows the members of a request.
func spellingOf(known *schema.Object) map[string]string {
	out := map[string]string{}
	var walk func(o *schema.Object, path, said string, depth int)
	walk = func(o *schema.Object, path, said string, depth int) {
		for _, name := range o.Names() {
			p, s := path+name, said+snake(name)
			out[p] = s
			if inner := o.Member(name); inner != nil && depth < maxShape {
				walk(inner, p+".", s+".", depth+1)
			}
		}
	}
	walk(known, "", "", 0)
	return out
}

// maxShape is how deep the members of requests lie that anything is said of.
const maxShape = 4

// snake returns a name of the API in snake case, as sagemaker-core has it (pascal_to_snake of its tools): a run of capitals
// is one word, and a digit belongs to the word before it.
func snake(name string) string {
	var b strings.Builder
	upper := func(i int) bool { return i < len(name) && name[i] >= 'A' && name[i] <= 'Z' }
	lower := func(i int) bool { return i < len(name) && name[i] >= 'a' && name[i] <= 'z' }
	for i := range len(name) {
		if i > 0 && upper(i) && (!upper(i-1) || lower(i+1)) {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(name[i : i+1]))
	}
	return b.String()
}

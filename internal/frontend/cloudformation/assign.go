package cloudformation

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
)

// A declared is a template as a parameter file sees it.
type declared struct {
	path string
	// parameters are the bodies of its parameters by name, required those names that have no default.
	parameters map[string]*doctree.Node
	required   []string
	// nested reports whether another template of the tree deploys it.
	nested bool
}

func declaredBy(d *document) *declared {
	t := &declared{path: d.file.Path, parameters: map[string]*doctree.Node{}}
	section := d.root.Get("Parameters")
	if section != nil {
		for _, p := range section.Pairs {
			if p.Value.Kind != doctree.Mapping || p.Key.Text == "" {
				continue
			}
			t.parameters[p.Key.Text] = p.Value
			if p.Value.Get("Default") == nil {
				t.required = append(t.required, p.Key.Text)
			}
		}
	}
	return t
}

// takes reports whether a set could be one for the template: each of its keys is a parameter, and no value is one
// that CloudFormation would refuse.
func (t *declared) takes(d *parameterSet) bool {
	for key, g := range d.keys {
		body := t.parameters[key]
		if body == nil {
			return false
		}
		if allowed := body.Get("AllowedValues"); g.unknown == "" && allowed != nil && !admits(allowed, g.text) {
			return false
		}
	}
	return len(d.keys) > 0
}

// admits reports whether a text is an allowed value, or a list of such.
func admits(allowed *doctree.Node, text string) bool {
	if allowed.Kind != doctree.Sequence || allowed.Tag != "" || isPlaceholder(text) {
		return true
	}
	for _, part := range append([]string{text}, strings.Split(text, ",")...) {
		for _, n := range allowed.Items {
			if n.Tag != "" || n.Kind == doctree.Mapping || strings.EqualFold(n.Text, strings.TrimSpace(part)) {
				return true
			}
		}
	}
	return false
}

// complete reports whether a set gives a value to every parameter that needs one.
func (t *declared) complete(d *parameterSet) bool {
	return !slices.ContainsFunc(t.required, func(name string) bool {
		_, ok := d.keys[name]
		return !ok
	})
}

// maxFitting bounds the templates that one file is compared with, each of which costs a look at its keys.
const maxFitting = 20_000

// assign returns the sets of values of each template, by its path.
func assign(templates []*declared, sets []*parameterSet) map[string][]*parameterSet {
	byPath, byName := map[string]*declared{}, map[string][]*declared{}
	// Of a name that few templates have, those are looked at that have it.
	byParameter := map[string][]*declared{}
	for _, t := range templates {
		byPath[t.path] = t
		byName[path.Base(t.path)] = append(byName[path.Base(t.path)], t)
		for name := range t.parameters {
			byParameter[name] = append(byParameter[name], t)
		}
	}
	out := map[string][]*parameterSet{}
	for _, d := range sets {
		for _, t := range templatesOf(d, byPath, byName, byParameter) {
			out[t.path] = append(out[t.path], d.forTemplate(t))
		}
	}
	for name, sets := range out {
		out[name] = distinct(inherited(sets))
	}
	return out
}

// forTemplate returns the set as one of a template.
func (d *parameterSet) forTemplate(t *declared) *parameterSet {
	of := *d
	of.partial = len(d.templates) == 0 && !t.complete(d)
	return &of
}

// inherited adds what stands in a file called global to the sets beside it, as the AWS Deployment Framework does:
// https://github.com/awslabs/aws-deployment-framework/blob/master/docs/user-guide.md#cloudformation-parameters-and-tagging
func inherited(sets []*parameterSet) []*parameterSet {
	bases := map[string]*parameterSet{}
	for _, d := range sets {
		if dir, name := path.Split(d.file.Path); stem(name) == "global" {
			bases[dir] = d
		}
	}
	for _, d := range sets {
		base := bases[path.Dir(d.file.Path)+"/"]
		if base == nil || base == d {
			continue
		}
		keys := maps.Clone(base.keys)
		maps.Copy(keys, d.keys)
		d.keys = keys
	}
	return sets
}

// distinct leaves out sets that give the same values as one before.
func distinct(sets []*parameterSet) []*parameterSet {
	var out []*parameterSet
	for _, d := range sets {
		if !slices.ContainsFunc(out, d.same) {
			out = append(out, d)
		}
	}
	return out
}

// same reports whether two sets give the same values.
func (d *parameterSet) same(o *parameterSet) bool {
	if len(d.keys) != len(o.keys) || d.open != o.open {
		return false
	}
	for key, g := range d.keys {
		if h, ok := o.keys[key]; !ok || g.text != h.text || g.unknown != h.unknown || g.resolved != h.resolved {
			return false
		}
	}
	return true
}

func templatesOf(d *parameterSet, byPath map[string]*declared, byName, byParameter map[string][]*declared) []*declared {
	if len(d.templates) > 0 {
		for _, name := range d.templates {
			if t := byPath[name]; t != nil {
				return namedBy(d, t)
			}
		}
		return nil
	}
	candidates := byName[d.base]
	if d.base == "" {
		for i, key := range d.order {
			if ts := byParameter[key]; i == 0 || len(ts) < len(candidates) {
				candidates = ts
			}
		}
	}
	if len(candidates) > maxFitting {
		return nil
	}
	return fitting(d, candidates)
}

// namedBy returns a template that a file names, unless none of its keys is a parameter of it.
func namedBy(d *parameterSet, t *declared) []*declared {
	for key := range d.keys {
		if t.parameters[key] != nil {
			return []*declared{t}
		}
	}
	if len(d.keys) == 0 && (len(t.required) == 0 || d.open) {
		return []*declared{t} // an environment that is deployed with all defaults
	}
	return nil
}

// A fit is a template that takes a set of values, and how near it is to its file.
type fit struct {
	t        *declared
	complete bool
	near     int // how many directories they have in common
	related  int // how many words of the template's name the file's path has
}

// fitting returns the template that a file must be for, or nothing where several may be meant.
func fitting(d *parameterSet, candidates []*declared) []*declared {
	var fits []fit
	for _, t := range candidates {
		if !t.takes(d) {
			continue
		}
		f := fit{t: t, complete: t.complete(d), near: sharedDirs(path.Dir(t.path), path.Dir(d.file.Path))}
		f.related = related(t.path, d.file.Path, f.near)
		if f.believable(d) {
			fits = append(fits, f)
		}
	}
	if slices.ContainsFunc(fits, func(f fit) bool { return f.complete }) {
		fits = slices.DeleteFunc(fits, func(f fit) bool { return !f.complete })
	}
	for _, better := range []func(a, b fit) int{
		func(a, b fit) int { return cmp.Compare(b.near, a.near) },
		func(a, b fit) int { return cmp.Compare(b.related, a.related) },
		func(a, b fit) int { return cmp.Compare(rank(a.t.nested), rank(b.t.nested)) },
	} {
		if len(fits) > 1 {
			best := slices.MinFunc(fits, better)
			fits = slices.DeleteFunc(fits, func(f fit) bool { return better(f, best) != 0 })
		}
	}
	var out []*declared
	for _, f := range fits {
		// The same template in two languages is one.
		if len(out) > 0 && stem(f.t.path) != stem(out[0].path) {
			return nil
		}
		out = append(out, f.t)
	}
	return out
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// manyKeys is how many names in common are no coincidence, manyWords how many of a file's name.
const manyKeys, manyWords = 3, 2

// believable reports whether a template that takes a file's values may be what the file is for. A few names that many
// templates have, far away, say nothing; nor does a file that isn't certainly one of parameters and leaves some out.
func (f fit) believable(d *parameterSet) bool {
	dir, of := path.Dir(d.file.Path), path.Dir(f.t.path)
	beside := dir == of || path.Dir(dir) == of || path.Dir(dir) == path.Dir(of) || path.Dir(path.Dir(dir)) == of
	namesake := f.related >= manyWords || f.related > 0 && beside
	switch {
	case d.base != "":
		return true
	case !f.complete:
		return !d.plain && (dir == of || path.Dir(dir) == of || namesake)
	case d.plain:
		return dir == of || beside && (f.related > 0 || len(d.keys) >= manyKeys)
	}
	return beside || namesake || f.near > 0 && f.related > 0 || len(d.keys) >= manyKeys
}

// sharedDirs returns how many directories two paths have in common from the root on.
func sharedDirs(a, b string) int {
	if a == "." || b == "." {
		return 0
	}
	n := 0
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}

// stem returns a path without its last extension.
func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// related returns how many words of a template's name stand side by side in the name of a file, or of a directory that
// the two don't share: vpc.yaml in vpc-prod.json and in parameters/vpc/prod.json.
func related(template, file string, shared int) int {
	want := words(stem(path.Base(template)))
	segments := strings.Split(path.Dir(template), "/")
	if len(want) == 0 && len(segments) > shared {
		want = words(segments[len(segments)-1]) // vpc/template.yaml
	}
	if len(want) == 0 {
		return 0
	}
	places := strings.Split(stem(file), "/")
	for _, place := range places[min(shared, len(places)-1):] {
		if has := words(place); holds(has, want) || strings.Join(has, "") == strings.Join(want, "") {
			return len(want)
		}
	}
	return 0
}

// words returns the words of a name in lower case, without those that say only that it is a template.
func words(name string) []string {
	all := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return slices.DeleteFunc(all, func(w string) bool {
		switch w {
		case "template", "templates", "stack", "cfn", "cf", "cloudformation", "sam", "yaml", "yml", "json":
			return true
		}
		return w == "main" && len(all) == 1
	})
}

func holds(all, want []string) bool {
	for i := 0; i+len(want) <= len(all); i++ {
		if slices.Equal(all[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

package python

import (
	"bytes"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// The environment variables that say where the SDK's configuration lies, administrator's and user's, and those of
// sagemaker-core as a package of its own:
// https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
const (
	adminVariable = "SAGEMAKER_ADMIN_CONFIG_OVERRIDE"
	userVariable  = "SAGEMAKER_USER_CONFIG_OVERRIDE"
	coreAdmin     = "SAGEMAKER_CORE_ADMIN_CONFIG_OVERRIDE"
	coreUser      = "SAGEMAKER_CORE_USER_CONFIG_OVERRIDE"
)

// environmentOutside says why it isn't known which environment variables there are.
const environmentOutside = comesFrom + environPath

// overrideMark is in the name of each of them.
const overrideMark = "_CONFIG_OVERRIDE"

// configurationFile is what the SDK looks for where it is pointed to a directory.
const configurationFile = "config.yaml"

// ambient returns the configuration that a session reads when it is made here, and whether the script points to one. The
// default locations are the machine's own, and in no repository.
func (in *interp) ambient(admin, user string) (value.Value, bool) {
	var merged value.Value
	found := false
	for _, variable := range [...]string{admin, user} {
		c := in.st.content(in.environ)
		i, set := c.find(variable)
		if !set {
			continue
		}
		o := in.present(c.entries[i].obj)
		if o == nil {
			continue
		}
		found = true
		merged = laidOver(merged, in.configurationOf(c.entries[i].obj, variable))
	}
	return merged, found
}

// configurationOf returns the configuration at a path that a variable or an argument names.
func (in *interp) configurationOf(o object, by string) value.Value {
	opts := options(narrow(o, in.st.path))
	arms := make([]value.Arm, len(opts))
	for i, opt := range opts {
		arms[i] = value.Arm{When: opt.when, Value: in.configurationAt(opt.obj, by)}
	}
	if len(arms) == 1 {
		return arms[0].Value
	}
	return value.OfChoice(arms)
}

func (in *interp) configurationAt(o object, by string) value.Value {
	if _, gone := o.(missing); gone {
		return value.Value{}
	}
	at, ok := locatedAt(o)
	if !ok {
		if d, isDatum := o.(datum); isDatum && (d.Kind() == value.KindAbsent || d.Reason() == environmentOutside) {
			return value.Value{} // it isn't set on this path
		}
		if s, known := textIn(o); known {
			return value.OfOpaque(by + " names " + s + ", which is not in the tree")
		}
		reason := in.reason(o)
		if from, comes := strings.CutPrefix(reason, comesFrom); comes {
			return value.OfOpaque(by + " comes from " + from)
		}
		return value.OfOpaque(by + " names a place that is not known: " + reason)
	}
	for _, p := range in.candidates(at) {
		for _, file := range [...]string{p, path.Join(p, configurationFile)} {
			if in.overwritten[file] {
				return value.OfOpaque(by + " names " + file + ", which the script writes")
			}
			if n, found := in.configuration(file); found {
				return in.valueOfRoot(n)
			}
		}
	}
	if at.path == "." {
		return value.OfOpaque(by + " names the working directory, and no " + configurationFile + " there is in the tree")
	}
	return value.OfOpaque(by + " names " + at.path + ", which is not in the tree")
}

// configuration returns the root of a configuration of the SDK, and whether a file is one. The SDK refuses any other.
func (in *interp) configuration(file string) (*doctree.Node, bool) {
	switch path.Ext(file) {
	case ".yaml", ".yml", ".json":
	default:
		return nil, false
	}
	if !in.hasFile(file) {
		return nil, false
	}
	f, err := in.open(file)
	if err != nil {
		return nil, false
	}
	docs, _ := in.input.Documents.Parse(f)
	if len(docs) == 0 || docs[0].Root.Get("SageMaker") == nil {
		return nil, false
	}
	return docs[0].Root, true
}

// valueOf returns the value of a configuration, as far as it is the SDK's. What aliases make of a few lines is bounded like
// what a script does.
func valueOf(root *doctree.Node) value.Value {
	left := maxFrozen
	section := valueAt(root.Get("SageMaker"), 0, &left)
	return value.OfObject([]value.Field{{Name: "SageMaker", Value: section}}, false).From(root.Span)
}

// valueOfRoot is valueOf of the root of a document, of which a script may make many sessions.
func (in *interp) valueOfRoot(n *doctree.Node) value.Value {
	v, known := in.roots[n]
	if !known {
		v = valueOf(n)
		if in.roots == nil {
			in.roots = map[*doctree.Node]value.Value{}
		}
		in.roots[n] = v
	}
	return v
}

func valueAt(n *doctree.Node, depth int, left *int) value.Value {
	if *left--; *left < 0 || depth > maxFreeze {
		return value.OfOpaque("it nests too deep").From(n.Span)
	}
	switch n.Kind {
	case doctree.Mapping:
		var fields []value.Field
		for _, pair := range n.Pairs {
			fields = append(fields, value.Field{Name: pair.Key.Text, Key: pair.Key.Span, Value: valueAt(pair.Value, depth+1, left)})
		}
		return value.OfObject(fields, false).From(n.Span)
	case doctree.Sequence:
		elems := make([]value.Value, len(n.Items))
		for i, item := range n.Items {
			elems[i] = valueAt(item, depth+1, left)
		}
		return value.OfList(elems, false).From(n.Span)
	case doctree.Null:
		return value.Value{}.From(n.Span)
	case doctree.String:
		return value.OfString(n.Text).From(n.Span)
	case doctree.Bool:
		return value.OfBool(strings.EqualFold(n.Text, "true")).From(n.Span)
	}
	if number, ok := value.NumberOf(n.Text); ok {
		return value.OfNumber(number).From(n.Span)
	}
	return value.OfOpaque("it is no text").From(n.Span)
}

// laidOver returns what is in force where one configuration lies over another: mappings are merged, and everything else
// is replaced, lists included (botocore's merge_dicts).
func laidOver(under, over value.Value) value.Value {
	if over.Kind() == value.KindAbsent && over.Origin() == nil {
		return under
	}
	if under.Kind() == value.KindAbsent {
		return over
	}
	if over.Kind() == value.KindChoice {
		return over.Map(func(arm value.Value) value.Value { return laidOver(under, arm) })
	}
	if over.Kind() != value.KindObject {
		return over
	}
	if under.Kind() == value.KindChoice {
		return under.Map(func(arm value.Value) value.Value { return laidOver(arm, over) })
	}
	reason := ""
	switch {
	case over.Open():
		reason = over.Reason()
	case under.Kind() == value.KindOpaque || under.Open():
		reason = under.Reason()
	}
	var fields []value.Field
	for _, f := range over.Fields() {
		f.Value = laidOver(under.Attr(f.Name), f.Value)
		fields = append(fields, f)
	}
	for _, f := range under.Fields() {
		if _, both := over.Field(f.Name); !both && !over.Open() {
			fields = append(fields, f)
		}
	}
	if reason != "" {
		return value.OfOpenObject(fields, reason).WithOrigin(over.Origin())
	}
	return value.OfObject(fields, false).WithOrigin(over.Origin())
}

// session evaluates the constructor of a session, which reads the configuration as it is made.
func (in *interp) session(class string, a *arguments) *place {
	p := in.instance(class, a)
	c := in.st.content(p)
	if i, given := c.find(sessionDefaults); given && settled(c.entries[i].obj) {
		return p
	}
	if defaults, found := in.ambient(adminVariable, userVariable); found {
		in.st.setContent(p, c.with(entry{name: sessionDefaults, obj: datum{defaults}}))
	} else if a.open == "" {
		in.st.setContent(p, c.without(sessionDefaults))
	}
	return p
}

// sessionDefaults is the attribute of a session that holds its configuration.
const sessionDefaults = "sagemaker_config"

// loadConfiguration evaluates load_sagemaker_config(additional_config_paths), whose files lie over the ambient ones.
func (in *interp) loadConfiguration(a *arguments) object {
	merged, _ := in.ambient(adminVariable, userVariable)
	more, given := a.keyword("additional_config_paths")
	if !given && len(a.positional) > 0 {
		more, given = a.positional[0], true
	}
	if given && settled(more.obj) {
		items, complete := in.elements(more.obj)
		for _, item := range items {
			merged = laidOver(merged, in.configurationOf(item.obj, "load_sagemaker_config()"))
		}
		if !complete {
			merged = value.OfOpaque("load_sagemaker_config() is given paths that are known only when the script runs")
		}
	}
	if merged.Kind() == value.KindAbsent {
		merged = value.OfObject(nil, false)
	}
	return in.thawed(merged, a)
}

// thawed returns the dicts and lists that a value is to Python.
func (in *interp) thawed(v value.Value, a *arguments) object {
	p := &place{span: a.at, header: a.at}
	if o := v.Origin(); o != nil {
		p.span, p.header = o.Span, o.Span
	}
	c := &content{open: v.Open(), reason: v.Reason()}
	switch v.Kind() {
	case value.KindObject:
		for _, f := range v.Fields() {
			c.entries = append(c.entries, entry{name: f.Name, key: f.Key, obj: in.thawed(f.Value, a)})
		}
	case value.KindList:
		p.kind = listPlace
		for _, e := range v.Elems() {
			c.entries = append(c.entries, entry{obj: in.thawed(e, a)})
		}
	default:
		return datum{v}
	}
	in.st.setContent(p, c)
	return p
}

// runForOverrides evaluates a module that is imported, where it says where the configuration lies: others are evaluated when
// one of their names is read, which changes nothing else.
func (in *interp) runForOverrides(file string) {
	if _, done := in.modules[file]; done {
		return
	}
	if f, err := in.open(file); err == nil && bytes.Contains(f.Bytes, []byte(overrideMark)) {
		in.load(file)
	}
}

// writes notes that the script writes a file, which then isn't what the tree has. Only configurations are of interest.
func (in *interp) writes(o object) {
	for _, opt := range options(o) {
		at, ok := locatedAt(opt.obj)
		if ext := path.Ext(at.path); !ok || ext != ".yaml" && ext != ".yml" {
			continue
		}
		if in.overwritten == nil {
			in.overwritten = map[string]bool{}
		}
		for _, p := range in.candidates(at) {
			in.overwritten[p] = true
		}
	}
}

// locatedAt returns the path of the tree that an object spells or stands for.
func locatedAt(o object) (located, bool) {
	at, ok := o.(located)
	if s, isText := textIn(o); isText {
		at, ok = located{path: s, pure: true}, true
	}
	return at, ok && !at.file && !path.IsAbs(at.path) && !strings.Contains(at.path, "://")
}

// candidates are the files or directories of the tree that a path may be, the likeliest first. A script's working directory
// is mostly its own, or the root of the repository.
func (in *interp) candidates(p located) []string {
	if p.anchored {
		return inTree(path.Join(p.module, p.path))
	}
	var out []string
	for dir := path.Clean(in.home.module.dir); ; dir = path.Dir(dir) {
		out = append(out, inTree(path.Join(dir, p.path))...)
		if dir == "." || dir == "/" {
			return out
		}
	}
}

// inTree returns a cleaned path where it lies in the tree.
func inTree(p string) []string {
	if p == ".." || strings.HasPrefix(p, "../") {
		return nil
	}
	return []string{p}
}

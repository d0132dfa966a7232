package cloudformation

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// isTemplate reports whether a document is a template. Of the templates in use, two in five have no
// AWSTemplateFormatVersion (CDK and SAM write none); all have a resource that says its type.
func isTemplate(root *doctree.Node) bool {
	resources := root.Get("Resources")
	if resources == nil || resources.Kind != doctree.Mapping {
		return false
	}
	if root.Get("AWSTemplateFormatVersion") != nil {
		return true
	}
	return declares(resources)
}

func declares(resources *doctree.Node) bool {
	for _, p := range resources.Pairs {
		if typeName.MatchString(typeOf(p.Value)) {
			return true
		}
		if _, body := loopOf(p); body != nil && declares(body) {
			return true
		}
	}
	return false
}

// typeName matches AWS::EC2::VPC, a third party's type, a module's, and Custom::Anything.
var typeName = regexp.MustCompile(`^(Custom::.|[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64})`)

// typeOf returns the type of a resource, or nothing.
func typeOf(body *doctree.Node) string {
	t := body.Get("Type")
	if t == nil || t.Kind != doctree.String || t.Tag != "" {
		return ""
	}
	return t.Text
}

// A template is one template under evaluation, as one stack is made of it: a template that several others nest is
// evaluated for each.
type template struct {
	group *group
	doc   *document
	file  *source.File
	// by is the resource that makes the stack; nil where nothing in the tree does.
	by *call
	// id tells the stack from all others: the path of the outermost template, and the logical ids that lead to it.
	id string
	// unit is the path of the outermost template, and prefix what stands before the names of a nested one's resources.
	unit, prefix string
	// calls are the logical ids that lead to a nested one.
	calls       string
	base        scope // see within
	rules       []rule
	scoped      bool
	surveyed    bool // all comparisons of its parameters are known, before any other stack of the group is made
	nested      map[*declaration][]*template
	outputs     map[string]*output
	outputOrder []string

	parameters map[string]*parameter
	conditions map[string]*condition
	resources  map[string]*declaration
	order      []*declaration
	mappings   *doctree.Node
	domains    map[string]*domain
	atomic     map[string]named // the conditions that are one comparison, by its canonical text
	given      []string
	sets       []*parameterSet
	indexes    map[*doctree.Node]map[string]*doctree.Node
	generators map[string]bool                 // the resources that make others, see generates; nil until it is asked
	looped     []*declaration                  // those with loops
	bound      map[*doctree.Node]*value.Origin // the nodes that loops have written, and whence
	echoes     int                             // how deep attributes are being followed into one another
	copied     int                             // the copies that loops have made, see maxCopies
	findings   []finding.Finding
	macro      string // one that may change any resource; empty where there is none
	work       int    // what it has cost so far, see maxWork
	origins    value.Origins
}

// A declaration is an entry of Resources.
type declaration struct {
	name      string
	key       *doctree.Node
	body      *doctree.Node
	typ       string
	condition *doctree.Node // nil: always there
	loops     []loop        // those of Fn::ForEach over what isn't known that it stands in, outermost first
	when      value.Truth   // in which worlds the others make it
	echo      *echo         // see echoed; nil until it is asked for
	ambiguous bool          // another copy has its name in other worlds
	written   *doctree.Node // its body before any loop copied it
}

func newTemplate(g *group, d *document, by *call, set settings) *template {
	t := &template{
		group:     g,
		doc:       d,
		file:      d.file,
		by:        by,
		id:        d.file.Path,
		unit:      d.file.Path,
		resources: map[string]*declaration{},
		mappings:  d.root.Get("Mappings"),
		macro:     macro(d.root),
	}
	if by == nil {
		t.sets = set.sets[d.file.Path]
	} else {
		t.unit = by.parent.unit
		t.prefix = by.parent.prefix + by.at.name + "/"
		t.calls = strings.TrimPrefix(by.parent.calls+"/"+by.at.name, "/")
		if len(by.choices) > 0 {
			t.prefix += d.file.Path + "/" // the templates of the other branches may have the same names
		}
		t.id = t.unit + "#" + t.prefix
	}
	t.declareParameters(d.root.Get("Parameters"), set)
	t.declareConditions(d.root.Get("Conditions"))
	for _, body := range d.calls {
		for _, n := range d.nested[body] {
			for _, choice := range n.choices {
				t.survey(choice.condition, 0)
			}
		}
	}
	t.declareRules(d.root.Get("Rules"))
	t.surveyed = by == nil && len(d.nested) == 0
	resources := d.root.Get("Resources")
	t.declareResources(fragment{node: resources, written: resources, when: value.Yes()})
	t.declareOutputs(d.root.Get("Outputs"))
	return t
}

// A fragment is the entries of Resources, or those of them that loops around them repeat.
type fragment struct {
	node    *doctree.Node
	written *doctree.Node // node, before the loops copied it
	loops   []loop
	when    value.Truth
}

// declareResources takes the entries of Resources. Of what Fn::ForEach repeats each copy is one; where it isn't known over
// what it runs, there is one under the name that its author wrote ("Notebook${Name}"), with the identifier unknown.
func (t *template) declareResources(f fragment) {
	for i, p := range f.node.Pairs {
		if l, body := loopOf(p); body != nil {
			t.repeatResources(f, l, body, f.written.Pairs[i].Value.Items[2])
			continue
		}
		typ := typeOf(p.Value)
		if typ == "" || p.Key.Text == "" {
			continue // null, or no resource at all
		}
		d := &declaration{
			name: p.Key.Text, key: p.Key, body: t.withGlobals(p.Value, typ), written: f.written.Pairs[i].Value, typ: typ,
			condition: p.Value.Get("Condition"), loops: f.loops, when: f.when,
		}
		if old := t.resources[p.Key.Text]; old != nil {
			d.ambiguous = old.when.Known() != tri.True || d.when.Known() != tri.True
			if d.when = d.when.Or(old.when); d.when.Known() == tri.True {
				d.when = value.Yes()
			}
			*old = *d // the last of several counts
			continue
		}
		t.resources[p.Key.Text] = d
		t.order = append(t.order, d)
		if len(d.loops) > 0 {
			t.looped = append(t.looped, d)
		}
	}
}

// repeatResources takes the resources that a loop makes.
func (t *template) repeatResources(f fragment, l loop, body, written *doctree.Node) {
	turns, whole := t.turns(l, scope{loops: f.loops})
	if !t.copies(l, len(turns)) {
		turns, whole = nil, false
	}
	for _, one := range turns {
		if whole = whole && !t.spent(); t.spent() {
			break
		}
		t.declareResources(fragment{node: t.replaced(body, l, one), written: written, loops: f.loops, when: f.when.And(one.when)})
	}
	if !whole {
		t.declareResources(fragment{node: body, written: written, loops: append(slices.Clone(f.loops), l), when: f.when})
	}
}

// repeated says in which worlds loops make a resource at all: certainly where each runs over a list that is written out and
// not empty.
func (d *declaration) repeated() value.Truth {
	for _, l := range d.loops {
		if !l.hasTurn() {
			return l.unknown()
		}
	}
	return d.when
}

// lower returns the template's resources, in the order of their declaration.
func (t *template) lower() []resource.Raw {
	raws := make([]resource.Raw, 0, len(t.order))
	stack, via := t.exists(), t.via()
	home := ""
	if t.by != nil {
		home = t.file.Path
	}
	for _, d := range t.order {
		in, exists := t.standing(d)
		if exists.Known() == tri.False {
			continue
		}
		in.header = d.key.Span
		raws = append(raws, resource.Raw{
			Dialect: resource.CloudFormation,
			Type:    d.typ,
			Addr:    t.address(d.name),
			Unit:    home,
			Subject: t.subject(d),
			Exists:  stack.And(exists),
			Props:   t.props(d, in),
			Span:    d.key.Span,
			Via:     via,
		})
		if hidden, ok := t.unread(d, in, stack.And(exists)); ok {
			raws = append(raws, hidden)
		}
	}
	return raws
}

// props returns what a resource's properties come to; nothing of those that nobody reads.
func (t *template) props(d *declaration, in scope) value.Value {
	if reads := t.group.reads; reads != nil && !reads(resource.CloudFormation, d.typ, false) {
		return value.OfOpenObject(nil, "it is not read").From(d.key.Span)
	}
	return t.open(d, t.substituted(d.typ, t.defined(d, t.properties(d, in)), in))
}

// standing returns the scope in which a resource stands, and in which worlds of the stack it is there.
func (t *template) standing(d *declaration) (scope, value.Truth) {
	in := t.within()
	in.loops = d.loops
	exists := t.feasible(in, d.repeated())
	if exists.Known() == tri.Unknown {
		in = t.where(in, exists, tri.True, tri.Unknown)
	}
	if d.condition == nil {
		return in, exists
	}
	truth := t.feasible(in, t.conditionOf(d.condition))
	switch truth.Known() {
	case tri.False:
		return in, truth
	case tri.True:
		return in, exists
	}
	return t.where(in, truth, tri.True, tri.Unknown), exists.And(truth)
}

// properties returns a resource's properties; none where it has none.
func (t *template) properties(d *declaration, in scope) value.Value {
	if d.ambiguous {
		return value.OfOpenObject(nil, "Fn::ForEach gives several copies its name").From(d.key.Span)
	}
	p := d.body.Get("Properties")
	if p == nil || p.Kind == doctree.Null {
		return value.OfObject(nil, false).From(d.key.Span)
	}
	v := t.eval(p, in)
	if v.Kind() == value.KindObject {
		return v
	}
	for _, arm := range v.Arms() {
		if arm.Value.Kind() != value.KindObject || arm.Value.Open() {
			reason := arm.Value.Reason()
			if reason == "" {
				reason = "Properties is no mapping"
			}
			return value.OfOpenObject(nil, reason, v.Refs()...).From(d.key.Span)
		}
	}
	return merged(v).From(d.key.Span)
}

// merged returns a choice of objects as one object of choices.
func merged(v value.Value) value.Value {
	var fields []value.Field
	seen := map[string]bool{}
	for _, arm := range v.Arms() {
		for _, f := range arm.Value.Fields() {
			if !seen[f.Name] {
				seen[f.Name] = true
				fields = append(fields, value.Field{Name: f.Name, Key: f.Key, Value: v.Attr(f.Name)})
			}
		}
	}
	return value.OfObject(fields, false)
}

// subject returns a resource's name as its author knows it. CDK makes up logical ids, and leaves the path of the
// construct in the metadata. Of a template that is nested at several places, the place tells one stack from another.
func (t *template) subject(d *declaration) string {
	construct := d.body.Get("Metadata").Get("aws:cdk:path")
	switch {
	case construct != nil && construct.Kind == doctree.String && construct.Text != "":
		return d.name + " (" + construct.Text + ")"
	case t.by != nil && t.doc.live > 1:
		return d.name + " (" + t.calls + ")"
	}
	return d.name
}

// member returns the value of a key, like Node.Get, of a mapping that is asked often.
func (t *template) member(n *doctree.Node, key string) *doctree.Node {
	if n == nil || len(n.Pairs) <= smallMapping {
		return n.Get(key)
	}
	index := t.indexes[n]
	if index == nil {
		index = make(map[string]*doctree.Node, len(n.Pairs))
		for _, p := range n.Pairs {
			if p.Key.Kind != doctree.Mapping && p.Key.Kind != doctree.Sequence {
				index[p.Key.Text] = p.Value
			}
		}
		if t.indexes == nil {
			t.indexes = map[*doctree.Node]map[string]*doctree.Node{}
		}
		t.indexes[n] = index
	}
	return index[key]
}

func (t *template) address(logicalID string) value.Address {
	return value.Address{Unit: t.unit, Name: t.prefix + logicalID}
}

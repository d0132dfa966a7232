package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// An object is what an expression may evaluate to, as far as reading can tell. Objects are immutable; what Python mutates
// is a place, whose contents the state of the interpretation holds.
type object interface{ isObject() }

type (
	// A datum has no identity: a scalar, a text, None, or what can't be known.
	datum struct{ value.Value }
	// Missing is a name, key or element that isn't there on some path.
	missing struct{}
	// An external is a dotted name of a module that isn't in the tree: sagemaker.estimator.Estimator.
	external struct{ path string }
	// A mock stands for what a test double hands out, all of its attributes and calls included.
	mock struct{}
	// A client is a boto3 client of one AWS service.
	client struct{ service string }
	// A bound is an attribute of an object that is called before it is read: the method of a dict, a client or a place.
	bound struct {
		self object
		name string
		// at and node are where it is written, for reasons.
		at   *text
		node pyast.Node
	}
	// A view is an instance seen through one of its class's bases: super().
	view struct {
		self *place
		as   *class
	}
	// A module is a file of the tree that is imported; it is evaluated when one of its names is read.
	module struct{ file string }
)

// A place is where Python keeps something mutable: a dict, a list, a tuple, an instance.
type place struct {
	kind placeKind
	// form says which of Python's sequences a list place is.
	form form
	// span is the literal, or the callee that made it; header is its opening brace or that callee.
	span, header source.Span
	// class is the dotted name of an instance's class outside the tree, own its class in the tree.
	class string
	own   *class
	// sealed is the content for which no state has another: that of an imported module.
	sealed *content
	// alias is the instance whose attributes a dict is.
	alias *place
	// names is the scope of the module whose names a dict is.
	names *scope
	// via is where the text was written that the place was decoded from.
	via *value.Origin
	// note says where the place is first bound to a name.
	note     string
	noteSpan source.Span
}

type placeKind uint8

const (
	dictPlace placeKind = iota
	listPlace
	instancePlace
)

// A form is a kind of sequence. To a request all of them are arrays.
type form uint8

const (
	listForm form = iota
	tupleForm
	setForm
	iteratorForm // what a loop can go over once: a generator, zip()
)

// A content is what a place holds. It is immutable, and open where more may be in it.
type content struct {
	entries []entry
	open    bool
	reason  string
	// shuffled tells that the entries may stand in another order.
	shuffled bool
}

// An entry is one item: of a dict by its key, of an instance by its attribute, of a list without a name.
type entry struct {
	name string
	key  source.Span
	// at is the expression that gives it, where it is known.
	at  source.Span
	obj object
}

// A function is a definition in the tree.
type function struct {
	name  string
	node  *pyast.FunctionDef
	scope *scope // where it is defined
	text  *text
	class *class
	// defaults are those of the parameters, which Python evaluates once, at the definition.
	defaults map[string]object
	// self is the instance that a method is bound to, or the class of a classmethod.
	self object
	// away tells that its body runs in a job of its own: remote(...)(f).
	away bool
	// rewritten says which decorator of the tree may change the arguments of its calls; empty where none does.
	rewritten string
	// setter is what a property calls when it is assigned to.
	setter *function
}

// A class is a class statement of the tree.
type class struct {
	name  string
	scope *scope
	bases []object
	// made are the instances that the script makes of it.
	made []*place
	kind classKind
	// fields are those that a data class or its like declares, members those of an Enum.
	fields  []field
	members []*place
	// mixin tells that the members of an Enum are texts or numbers themselves.
	mixin bool
	// modified tells that a decorator or metaclass may have changed the class, validated that its fields may be changed.
	modified, validated bool
}

// A choice is one of several objects, each with the world in which it is that one.
type choice struct{ options []option }

type option struct {
	when value.World
	obj  object
}

func (datum) isObject()     {}
func (missing) isObject()   {}
func (external) isObject()  {}
func (mock) isObject()      {}
func (client) isObject()    {}
func (bound) isObject()     {}
func (view) isObject()      {}
func (module) isObject()    {}
func (*place) isObject()    {}
func (*function) isObject() {}
func (*class) isObject()    {}
func (*choice) isObject()   {}

// What tells the alternatives of one object apart is bounded; past it the object is unknown.
const (
	maxOptions = 16
	maxFacts   = 8 // the conditions of one alternative
)

func unknown(reason string) datum { return datum{value.OfOpaque(reason)} }

// options returns the alternatives of o, or o alone in every world.
func options(o object) []option {
	if c, ok := o.(*choice); ok {
		return c.options
	}
	return []option{{obj: o}}
}

// choose returns one of opts: flattened, without worlds that contradict themselves.
func choose(opts []option) object {
	var flat []option
	for _, opt := range opts {
		inner, ok := opt.obj.(*choice)
		if !ok {
			flat = append(flat, opt)
			continue
		}
		for _, in := range inner.options {
			if w, ok := opt.when.And(in.when); ok {
				flat = append(flat, option{w, in.obj})
			}
		}
	}
	if len(flat) == 0 {
		return unknown("its conditions exclude each other")
	}
	same, deep := true, false
	for _, opt := range flat {
		same = same && opt.obj == flat[0].obj
		deep = deep || len(opt.when) > maxFacts
	}
	switch {
	case same:
		return flat[0].obj
	case len(flat) > maxOptions || deep:
		return unknown("it depends on too many conditions")
	}
	return &choice{flat}
}

// narrow drops the alternatives of o that the path taken excludes.
func narrow(o object, path value.World) object {
	c, ok := o.(*choice)
	if !ok || len(path) == 0 {
		return o
	}
	kept := make([]option, 0, len(c.options))
	for _, opt := range c.options {
		if _, ok := opt.when.And(path); ok {
			kept = append(kept, opt)
		}
	}
	if len(kept) == len(c.options) {
		return o
	}
	return choose(kept)
}

// apply returns f of o, of each of its alternatives.
func apply(o object, f func(object) object) object {
	c, ok := o.(*choice)
	if !ok {
		return f(o)
	}
	opts := make([]option, len(c.options))
	for i, opt := range c.options {
		opts[i] = option{opt.when, f(opt.obj)}
	}
	return choose(opts)
}

// within returns a in the world w and b outside of it.
func within(w value.World, a, b object) object {
	if len(w) == 0 {
		return a
	}
	opts := []option{{w, a}}
	// The complement of a conjunction, one negated fact at a time, so that the alternatives exclude each other.
	for i, f := range w {
		rest, ok := w[:i:i].And(value.World{f.Not()})
		if ok {
			opts = append(opts, option{rest, b})
		}
	}
	return choose(opts)
}

// find returns the entry called name; of two, the later.
func (c *content) find(name string) (int, bool) {
	if isSpelt(name) {
		return c.findSpelt(name)
	}
	for i := len(c.entries) - 1; i >= 0; i-- {
		if c.entries[i].name == name {
			return i, true
		}
	}
	return 0, false
}

// maxGrowth bounds how far stores may make a place grow; past it what is added is forgotten, and the place is open.
const maxGrowth = 1024

// with returns c with an entry set.
func (c *content) with(e entry) *content {
	i, found := c.find(e.name)
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled}
	switch {
	case found:
		out.entries = append(out.entries, c.entries...)
		e.name = out.entries[i].name // of two keys that are equal, a dict keeps the first
		out.entries[i] = e
	case len(c.entries) >= maxGrowth:
		return c.opened("it has too many entries")
	default:
		out.entries = append(append(out.entries, c.entries...), e)
	}
	return out
}

// appended returns the content of a list with one more element.
func (c *content) appended(e entry) *content {
	if len(c.entries) >= maxGrowth {
		return c.opened("it has too many elements")
	}
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled}
	out.entries = append(append(out.entries, c.entries...), e)
	return out
}

// without returns c with no entry called name.
func (c *content) without(name string) *content {
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled}
	for _, e := range c.entries {
		if !sameKey(e.name, name) {
			out.entries = append(out.entries, e)
		}
	}
	if c.open {
		// What more there is doesn't include it either.
		out.entries = append(out.entries, entry{name: name, obj: missing{}})
	}
	return out
}

// opened returns c with more in it than is known.
func (c *content) opened(reason string) *content {
	if c.open {
		return c
	}
	return &content{entries: c.entries, open: true, reason: reason, shuffled: c.shuffled}
}

// forgotten is the content of which nothing is known: not even which of its entries are still there.
func forgotten(reason string) *content { return &content{open: true, reason: reason} }

// merge returns what a place holds after several paths, one content for each.
func merge(kind placeKind, paths []value.World, cs []*content) *content {
	out := &content{}
	for _, c := range cs {
		if c.open && !out.open {
			out.open, out.reason = true, c.reason
		}
		out.shuffled = out.shuffled || c.shuffled
	}
	if kind == listPlace {
		return mergeLists(out, paths, cs)
	}
	seen := map[string]bool{}
	at := make([]func(string) object, len(cs))
	for i, c := range cs {
		at[i] = c.reader()
	}
	for _, c := range cs {
		for _, e := range c.entries {
			if seen[e.name] {
				continue
			}
			seen[e.name] = true
			opts := make([]option, len(cs))
			for i := range cs {
				opts[i] = option{paths[i], at[i](e.name)}
			}
			e.obj = choose(opts)
			out.entries = append(out.entries, e)
		}
	}
	for _, c := range cs {
		out.shuffled = out.shuffled || !inOrder(out.entries, c.entries)
	}
	return out
}

// inOrder reports whether a dict's entries stand in the order of all.
func inOrder(all, some []entry) bool {
	at := 0
	for _, e := range some {
		for at < len(all) && all[at].name != e.name {
			at++
		}
		if at == len(all) {
			return false
		}
	}
	return true
}

// mergeLists merges lists position by position. Elements that only some paths have are missing on the others.
func mergeLists(out *content, paths []value.World, cs []*content) *content {
	longest := cs[0]
	for _, c := range cs {
		if len(c.entries) > len(longest.entries) {
			longest = c
		}
	}
	for n, e := range longest.entries {
		opts := make([]option, len(cs))
		for i, c := range cs {
			opts[i] = option{paths[i], missing{}}
			if n < len(c.entries) {
				opts[i].obj = c.entries[n].obj
			}
		}
		e.obj = choose(opts)
		out.entries = append(out.entries, e)
	}
	return out
}

// at returns what is under name: missing where it certainly isn't there.
func (c *content) at(name string) object {
	if i, ok := c.find(name); ok {
		return c.entries[i].obj
	}
	if c.open {
		return unknown(c.reason)
	}
	return missing{}
}

// fewEntries is how many entries are searched faster than an index of them is made.
const fewEntries = 16

// reader returns at for many names.
func (c *content) reader() func(string) object {
	if len(c.entries) <= fewEntries {
		return c.at
	}
	index := make(map[string]int, len(c.entries))
	for i, e := range c.entries {
		index[e.name] = i
		if isSpelt(e.name) {
			return c.at // keys that are spelt in two ways may be equal
		}
	}
	return func(name string) object {
		if i, ok := index[name]; ok {
			return c.entries[i].obj
		}
		return (&content{open: c.open, reason: c.reason}).at(name)
	}
}

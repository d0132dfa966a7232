package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An instance is one use of a module: a root, or what one instance of a call makes of it. The same directory called
// twice is two instances, each with its own arguments.
type instance struct {
	ev  *evaluator
	mod *module
	// path is its address, "" for a root: `module.net["a"]`.
	path   string
	parent *instance
	// caller is where the arguments are evaluated, nil for a root; its call is how they are written.
	caller *scope
	call   *call
	// settings are the values that a root's variables have been given, and who gave them.
	settings map[string]setting
	exists   value.Truth
	// ranges is what the calls that stand for all there may be range over.
	ranges string
	via    *value.Origin
	scope  *scope

	// What the module's declarations have come to, by their index.
	variables, locals, outputs []memo
	// regions are those of provider configurations, by name.
	regions   map[string]*memo
	resources []resourceBlock
	calls     []callBlock
}

// A memo is what a name was evaluated to, once.
type memo struct {
	state memoState
	value outcome
}

type memoState uint8

const (
	notBegun memoState = iota
	begun
	done
)

// begin reports whether a name is yet to be evaluated, which its memo is then finished with.
func (m *memo) begin() bool {
	first := m.state == notBegun
	if first {
		m.state = begun
	}
	return first
}

func (m *memo) finish(o outcome) outcome {
	m.state, m.value = done, o
	return o
}

// of returns what a name has been evaluated to. A name that needs itself is opaque.
func (m *memo) of(kind, name string) outcome {
	if m.state != done {
		return unknown(kind + name + " refers to itself")
	}
	return m.value
}

func newInstance(ev *evaluator, mod *module) *instance {
	in := &instance{
		ev: ev, mod: mod, exists: value.Yes(),
		variables: make([]memo, len(mod.variables)),
		locals:    make([]memo, len(mod.locals)),
		outputs:   make([]memo, len(mod.outputs)),
		resources: make([]resourceBlock, len(mod.resources)),
		calls:     make([]callBlock, len(mod.calls)),
	}
	in.scope = &scope{in: in}
	return in
}

// qualified returns a name as the user knows it across modules.
func (in *instance) qualified(name string) string {
	if in.path == "" {
		return name
	}
	return in.path + "." + name
}

// argument returns what the call passes for a variable, or nil.
func (in *instance) argument(name string) *hclsyntax.Attribute {
	if in.call == nil {
		return nil
	}
	return in.call.block.Body.Attributes[name]
}

func (in *instance) variable(name string) outcome {
	v := in.mod.variables[name]
	if v == nil {
		return unknown("var." + name + " is not declared")
	}
	m := &in.variables[v.index]
	if !m.begin() {
		return m.of("var.", name)
	}
	o, given := in.given(v)
	if !given && v.def != nil {
		return m.finish(in.byDefault(v))
	}
	o.Value = in.ev.narrowed(o.Value, v.constraint)
	return m.finish(v.take(o))
}

// take returns what a variable is where it is given o: of its type, and hidden where it is sensitive.
func (v *variable) take(o outcome) outcome {
	converted := ended(convertTo(o.Value, v.constraint, v.defaults), o.fails)
	if v.sensitive {
		converted.Value = masked(converted.Value, "var."+v.name+" is sensitive, and not to be shown")
		return converted.planned()
	}
	return converted.withMembers(convertMembers(o.members(), v.constraint, v.defaults)).planned()
}

// byDefault returns what a variable is by its default, which refers to nothing and is the same in all instances.
func (in *instance) byDefault(v *variable) outcome {
	ev := in.ev
	if known, ok := ev.layouts.defaults.Load(v); ok {
		return *known.(*outcome)
	}
	fixed := ev.refersToNothing(v.def.Expr)
	if fixed {
		ev = ev.apart()
	}
	o := ev.eval(v.def.Expr, in.scope)
	o.Value = o.Noted("the default of var." + v.name + is(o.Value, v.sensitive || secret(v.name)))
	o = v.take(o)
	if fixed {
		ev.layouts.defaults.Store(v, &o)
	}
	return o
}

// masked hides what nobody is to see: what stands in no value stands in no message, subject, dump or fingerprint. Only that
// it is there is kept.
func masked(v value.Value, reason string) value.Value {
	return v.Map(func(v value.Value) value.Value {
		switch {
		case v.Kind() == value.KindAbsent || v.Kind() == value.KindOpaque || v.Kind() == value.KindSymbol:
			return v
		case v.NonEmpty().Known() == tri.True:
			return value.OfPresent(reason, v.Refs()...).Hiding(v).WithOrigin(v.Origin())
		}
		return value.OfOpaque(reason, v.Refs()...).Hiding(v).WithOrigin(v.Origin())
	})
}

// given returns the value that a variable has before its type is applied: what the call passes or the user set; false
// where that is nothing, with what then is to be said where there is no default either.
func (in *instance) given(v *variable) (outcome, bool) {
	if a := in.argument(v.name); a != nil {
		o := in.ev.eval(a.Expr, in.caller)
		if o.Kind() != value.KindAbsent || !v.nonNullable {
			o.Value = o.Noted("passed to " + shown(in.path) + " as " + v.name)
			return o, true
		}
	} else if in.call != nil && in.call.broken {
		return unknown("of the call of " + shown(in.path) + ", not all can be read"), true
	} else if s, ok := in.settings[v.name]; ok {
		o := in.set(v, s)
		if o.Kind() != value.KindAbsent || !v.nonNullable {
			return o, true
		}
	}
	switch {
	case v.def != nil:
		return outcome{}, false
	case in.mod.stands != "":
		return unknown(in.beyond(v.name)), false
	case in.call != nil:
		return unknown(in.path + " is called without " + v.name + ", which has no default"), false
	}
	o := unknown("var." + v.name + " has no default; pass --var-file, or scan the plan")
	o.Value = o.From(in.ev.span(v.header)).Noted("var." + v.name + " has no default")
	o.fails = tri.False
	return o, false
}

func (in *instance) set(v *variable, s setting) outcome {
	if s.planned != nil {
		o := sure(said(value.Value{}, plannedValue{node: s.planned, secret: v.sensitive || secret(v.name)}).From(s.planned.Span))
		o.Value = o.Noted(s.by + " sets var." + v.name + to(o.Value, v.sensitive || secret(v.name)))
		return o
	}
	if s.attr == nil {
		o := sure(parseVar(s.text, s.by, v))
		o.Value = o.From(in.ev.span(v.header)).Noted(s.by + " sets var." + v.name + to(o.Value, v.sensitive || secret(v.name)))
		return o
	}
	o := in.ev.eval(s.attr.Expr, &scope{in: in})
	o.Value = o.Noted(s.by + " sets var." + v.name + to(o.Value, v.sensitive || secret(v.name)))
	return o
}

func (in *instance) local(name string) outcome {
	a := in.mod.locals[name]
	if a == nil {
		return unknown("local." + name + " is not declared")
	}
	m := &in.locals[a.index]
	if !m.begin() {
		return m.of("local.", name)
	}
	o := in.ev.eval(a.Expr, in.scope)
	o.Value = o.Noted("local." + name + is(o.Value, secret(name)))
	return m.finish(o.planned())
}

func (in *instance) output(name string) outcome {
	out := in.mod.outputs[name]
	switch {
	case out != nil && out.value != nil:
	case in.mod.stands != "":
		return perhaps(value.OfOpaque(in.beyond(name), value.Ref{Addr: value.Address{Unit: in.ev.unit, Name: in.path}, Attr: name}))
	default:
		return unknown(in.path + " has no output " + name)
	}
	m := &in.outputs[out.index]
	if !m.begin() {
		return m.of("output.", name)
	}
	o := in.ev.eval(out.value.Expr, in.scope)
	o.Value = o.Noted(shown(in.path) + " returns it as " + name)
	return m.finish(o.planned())
}

// beyond says that a summary doesn't tell something of the module that it stands for.
func (in *instance) beyond(name string) string {
	return shown(in.path) + " (" + in.mod.stands + ") is not in the tree, so that its " + name + " is not known; run terraform init"
}

// maxNoted bounds the values that a note spells out.
const maxNoted = 60

// is continues a note with the value that something has; a secret's is never told, nor is one that is no short scalar.
func is(v value.Value, secret bool) string {
	if text := spelt(v, secret); text != "" {
		return " is " + text
	}
	return " is set here"
}

func to(v value.Value, secret bool) string {
	if text := spelt(v, secret); text != "" {
		return " to " + text
	}
	return ""
}

func spelt(v value.Value, secret bool) string {
	s, ok := v.Scalar()
	text, isText := s.(string)
	switch {
	case secret || len(v.Literal()) > maxNoted || strings.ContainsAny(v.Literal(), "\r\n"):
		return ""
	case v.Kind() == value.KindAbsent:
		return "null"
	case !ok:
		return ""
	case isText:
		return `"` + text + `"`
	}
	return v.Literal()
}

// secret reports whether a name says that what it holds is not to be shown.
func secret(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, "_", ""))
	for _, word := range []string{"password", "passwd", "secret", "token", "credential", "apikey", "privatekey", "accesskey"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// traversal evaluates a reference: what its first names mean, then the steps that are left.
func (ev *evaluator) traversal(t hcl.Traversal, sc *scope) outcome {
	root := t.RootName()
	if o, ok := sc.lookup(root); ok {
		return ev.follow(o, t[1:])
	}
	if sc.template() != nil {
		return failed("the template is not given " + root)
	}
	name := ""
	if len(t) > 1 {
		name = attrName(t[1])
	}
	switch root {
	case "var", "local", "each", "count", "path", "terraform", "module":
		if name == "" {
			return unknown(root + " can't be used by itself")
		}
		return ev.follow(ev.named(root, name, sc), t[2:])
	case "self":
		if r := sc.resource(); r != nil {
			return ev.follow(sure(value.OfSymbol(value.Ref{Addr: r.addr})), t[1:])
		}
		return unknown("self means nothing here")
	case "data", "ephemeral":
		if len(t) < 3 {
			return unknown(root + " can't be used by itself")
		}
		if root == "ephemeral" {
			return unknown("ephemeral." + name + "." + attrName(t[2]) + " is known only during deployment")
		}
		return ev.follow(sc.in.resource(root, name, attrName(t[2])), t[3:])
	case "resource":
		if len(t) < 3 {
			return unknown(root + " can't be used by itself")
		}
		return ev.follow(sc.in.resource(name, attrName(t[2])), t[3:])
	}
	if name == "" {
		return unknown(root + " is not declared")
	}
	return ev.follow(sc.in.resource(root, name), t[2:])
}

// named evaluates a name of one of the fixed namespaces.
func (ev *evaluator) named(root, name string, sc *scope) outcome {
	switch root {
	case "var":
		return sc.in.variable(name)
	case "local":
		return sc.in.local(name)
	case "module":
		return sc.in.module(name)
	case "path":
		return ev.pathOf(name, sc)
	case "terraform":
		return unknown("terraform." + name + " is known only when terraform runs")
	}
	if o, ok := sc.iterated(root, name); ok {
		return o
	}
	return unknown(root + "." + name + " means nothing here")
}

// pathOf returns path.module and its like: a text that depends on where terraform runs, so that it is a symbol, by which
// file() still knows the directory.
func (ev *evaluator) pathOf(name string, sc *scope) outcome {
	switch name {
	case "module":
		return sure(value.OfSymbol(value.Ref{Addr: value.Address{Unit: sc.in.mod.dir, Name: pathName}, Attr: name}))
	case "root", "cwd":
		return sure(value.OfSymbol(value.Ref{Addr: value.Address{Unit: ev.dir, Name: pathName}, Attr: name}))
	}
	return unknown("path." + name + " is known only when terraform runs")
}

// pathName is the address of the symbols of path.module, path.root and path.cwd.
const pathName = "path"

// attrName returns the name of an attribute step, or "".
func attrName(step hcl.Traverser) string {
	switch step := step.(type) {
	case hcl.TraverseAttr:
		return step.Name
	case hcl.TraverseIndex:
		if step.Key.Type() == cty.String && step.Key.IsKnown() && !step.Key.IsNull() {
			return step.Key.AsString()
		}
	}
	return ""
}

package terraform

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty/function"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/value"
)

// A data source terraform_remote_state reads the outputs of another root module. Where that is in the tree, they are what the
// other module's configuration makes of them: https://developer.hashicorp.com/terraform/language/state/remote-state-data

// The types of the data sources that read the outputs of another root, of any backend and of Terraform Cloud, and of a stack of
// CloudFormation's.
const (
	remoteType = "terraform_remote_state"
	cloudType  = "tfe_outputs"
	stackType  = "aws_cloudformation_stack"
)

// A realm is the roots that the evaluation of one root reads. Each evaluation has its own, so that none waits for another;
// what one makes of a root is what every other does.
type realm struct {
	l       *loader
	library map[string]function.Function
	// entered are the roots by their units.
	entered map[string]*instance
	// spent is what all of them have cost together.
	spent *spending
}

// spending is what an evaluation has cost, and how deep it is.
type spending struct{ steps, depth int }

func newRealm(l *loader, library map[string]function.Function) *realm {
	return &realm{l: l, library: library, entered: map[string]*instance{}, spent: &spending{}}
}

// instance returns the instance that a root is in this realm.
func (w *realm) instance(r root) *instance {
	if in := w.entered[r.unit]; in != nil {
		return in
	}
	return w.l.instanceOf(r, w)
}

// of returns the evaluator of the root that an address is in: an output may be a whole resource of the other root.
func (ev *evaluator) of(addr value.Address) *evaluator {
	if addr.Unit == ev.unit || ev.realm == nil {
		return ev
	}
	if in := ev.realm.entered[addr.Unit]; in != nil {
		return in.ev
	}
	return ev
}

// outputs returns an attribute of a data source that is the outputs of another root, or one of them.
func (r *resourceInstance) outputs(name string) (outcome, bool) {
	switch r.decl.typ {
	case remoteType:
		if name == remoteOutputs {
			return r.remote(), true
		}
		// Before version 0.12 outputs were attributes of the data source itself.
		if body := r.decl.block.Body; body.Attributes[name] == nil && len(blocksNamed(body, name)) == 0 && name != "id" && name != "workspace" {
			return r.in.ev.attr(r.member(remoteOutputs), name), true
		}
	case stackType:
		if name == remoteOutputs {
			addr := value.Address{Unit: r.addr.Unit, Name: r.addr.Name + "." + remoteOutputs}
			r.in.ev.handles[addr.Name] = stackOutputs{r}
			return sure(value.OfSymbol(value.Ref{Addr: addr})), true
		}
	case cloudType:
		// https://registry.terraform.io/providers/hashicorp/tfe/latest/docs/data-sources/outputs
		if name == "values" || name == "nonsensitive_values" {
			return r.remote(), true
		}
	}
	return outcome{}, false
}

// remote returns the outputs of the state that a data source reads, as a whole to take members of.
func (r *resourceInstance) remote() outcome {
	ev := r.in.ev
	body := r.decl.block.Body
	kind := sure(value.Value{})
	if r.decl.typ == cloudType {
		kind = sure(value.OfString(remoteBackend))
	} else if a := body.Attributes["backend"]; a != nil {
		kind = ev.eval(a.Expr, r.item.scope)
	}
	wanted := r.stateWanted()
	text, known := kind.AsString()
	if !known {
		return r.unread(reasonOf("its backend is not known", kind))
	}
	names := wanted.identifying(text)
	settings := make([]outcome, len(names))
	for i, name := range names {
		settings[i] = sure(wanted[name])
	}
	if text == localBackend {
		settings[0] = r.localState(settings[0])
	}
	return distribute(settings, func(settings []outcome) outcome {
		p := places{}
		for i, name := range names {
			p[name] = settings[i].Value
		}
		for _, o := range settings {
			if text == localBackend && o.Kind() != value.KindScalar {
				return r.unread(reasonOf("the path of its state is not known", o))
			}
		}
		p.normalize(text, ".")
		return r.stateOf(text, p, names)
	})
}

// stateWanted returns what a data source says of the state that it reads.
func (r *resourceInstance) stateWanted() places {
	body := r.decl.block.Body
	if r.decl.typ == cloudType {
		own := (&instance{ev: r.in.ev, scope: r.item.scope}).placesOf(body)
		return places{"organization": own["organization"], "workspaces.name": own["workspace"]}
	}
	if a := body.Attributes["config"]; a != nil {
		return placesIn(r.in.ev.forced(r.in.ev.eval(a.Expr, r.item.scope)).Value)
	}
	if blocks := blocksNamed(body, "config"); len(blocks) == 1 && blocks[0].Type == "config" {
		return (&instance{ev: r.in.ev, scope: r.item.scope}).placesOf(blocks[0].Body)
	}
	return places{}
}

// localState returns where in the tree a state is that is kept in a file. That of a workspace is that of its root:
// https://developer.hashicorp.com/terraform/language/backend/local
func (r *resourceInstance) localState(o outcome) outcome {
	return lift(o, func(o outcome) outcome {
		at, reason := r.in.ev.locate(o)
		if reason != "" {
			return unknown(reason, o)
		}
		const workspaces = "/terraform.tfstate.d/"
		if dir, rest, found := strings.Cut("/"+at.path, workspaces); found && strings.Count(rest, "/") == 1 {
			at.path = strings.TrimPrefix(dir+rest[strings.Index(rest, "/"):], "/")
		}
		return sure(value.OfString(at.path))
	})
}

// stateOf finds the root that keeps a state. One that certainly does goes before those that may.
func (r *resourceInstance) stateOf(kind string, wanted places, names []string) outcome {
	ev := r.in.ev
	if ev.realm == nil || ev.realm.l.states == nil {
		return r.unread("other root modules can't be read")
	}
	best := frontend.Alike
	var found []root
	self := false
	for _, k := range ev.realm.l.states() {
		grade := k.keeps(kind, wanted)
		switch {
		case grade < best:
		case k.root.mod.dir == ev.dir:
			self = self || grade == frontend.Same // copied from elsewhere: nobody reads the state that is being written
		case grade > best:
			best, found = grade, []root{k.root}
		default:
			found = append(found, k.root)
		}
	}
	switch {
	case len(found) == 1:
		return r.outputsOf(found[0])
	case len(found) > 1:
		return r.unread(r.stateName(kind, wanted, names) + " may be that of several root modules: " + unitsOf(found))
	case self:
		return r.unread(r.stateName(kind, wanted, names) + " is that of the module which reads it")
	}
	for _, name := range names {
		if v := wanted[name]; v.Kind() == value.KindOpaque || v.Kind() == value.KindText {
			return r.unread("it is not known whose state " + r.addr.Name + " reads: " + v.Reason())
		}
	}
	return r.unread(r.stateName(kind, wanted, names) + " is that of no root module in the tree")
}

// stateName names the state that a data source reads, as far as that is known and no secret.
func (r *resourceInstance) stateName(kind string, wanted places, names []string) string {
	name := "the state that " + shown(r.addr.Name) + " reads"
	if text, ok := wanted[names[len(names)-1]].AsString(); ok && text != "" && kind != "http" && kind != "pg" {
		name += " (" + kind + " " + text + ")"
	}
	return name
}

// maxNamedRoots bounds the root modules that one reason names.
const maxNamedRoots = 3

func unitsOf(found []root) string {
	var units []string
	for _, r := range found {
		units = append(units, r.unit)
	}
	if len(units) > maxNamedRoots {
		return strings.Join(units[:maxNamedRoots], ", ") + " and more"
	}
	return strings.Join(units, ", ")
}

// unread is what the outputs are of a state that can't be read.
func (r *resourceInstance) unread(reason string) outcome {
	return perhaps(value.OfOpaque(reason, value.Ref{Addr: r.addr, Attr: remoteOutputs}))
}

// outputsOf returns the outputs of a root, as a whole to take members of.
func (r *resourceInstance) outputsOf(other root) outcome {
	ev := r.in.ev
	addr := value.Address{Unit: ev.unit, Name: r.addr.Name + "." + remoteOutputs + "@" + other.unit}
	if ev.handles[addr.Name] == nil {
		ev.handles[addr.Name] = &remoteState{reader: r, in: ev.realm.instance(other)}
	}
	return sure(value.OfSymbol(value.Ref{Addr: addr}))
}

// A remoteState is the outputs of a root that another root reads.
type remoteState struct {
	reader *resourceInstance
	in     *instance
}

func (s *remoteState) member(name string) outcome {
	o := s.in.rootOutput(name)
	if s.in.mod.outputs[name] == nil {
		if v, ok := s.otherwise(name); ok {
			return v
		}
	}
	at := s.reader.in.ev.span(header(s.reader.decl.block))
	o.Value = o.NotedAt(at, shown(s.reader.addr.Name)+" reads the state of "+s.in.ev.place())
	return o
}

// otherwise returns what the data source says an output is that the state doesn't have.
func (s *remoteState) otherwise(name string) (outcome, bool) {
	a := s.reader.decl.block.Body.Attributes["defaults"]
	if a == nil {
		return outcome{}, false
	}
	f, ok := s.reader.in.ev.eval(a.Expr, s.reader.item.scope).Field(name)
	return perhaps(f.Value), ok
}

func (s *remoteState) object() value.Value {
	var b builder
	for _, name := range sortedKeys(s.in.mod.outputs) {
		b.set(value.Field{Name: name, Value: s.member(name).Value})
	}
	return b.object()
}

// rootOutput returns what an output of a root is to those who read its state.
func (in *instance) rootOutput(name string) outcome {
	out := in.mod.outputs[name]
	switch {
	case out == nil && in.broken():
		return unknown("not all of " + in.ev.place() + " can be read")
	case out == nil || out.value == nil:
		return unknown(in.ev.place() + " has no output " + name)
	}
	m := &in.outputs[out.index]
	if !m.begin() {
		return m.of("output.", name)
	}
	o := in.ev.eval(out.value.Expr, in.scope)
	if out.sensitive {
		o.Value = masked(o.Value, "output."+name+" of "+in.ev.place()+" is sensitive, and not to be shown")
	}
	o.Value = o.Noted(in.ev.place() + " outputs it as " + name)
	return m.finish(o.planned())
}

// broken reports whether something of a module can't be read.
func (in *instance) broken() bool {
	return slices.ContainsFunc(sortedKeys(in.mod.files), func(p string) bool {
		f := in.ev.realm.l.parsed[p]
		return f != nil && len(f.faults) > 0
	})
}

// place names a root to people.
func (ev *evaluator) place() string {
	if ev.unit == "." {
		return "the module at the root"
	}
	return ev.unit
}

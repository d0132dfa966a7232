package terraform

import (
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// lookedUp returns what a data source finds under the name that one of its arguments says, where something in the tree
// publishes it; false where nothing does.
func (r *resourceInstance) lookedUp(space frontend.Space, argument string) (outcome, bool) {
	name := r.member(argument)
	return r.lookUp(space, name, value.Ref{Addr: r.addr, Attr: "value"})
}

// lookUp returns what is published under a name. What isn't in some of the worlds of the name is the reference there.
func (r *resourceInstance) lookUp(space frontend.Space, name outcome, ref value.Ref) (outcome, bool) {
	ev := r.in.ev
	if ev.realm == nil {
		return outcome{}, false
	}
	found := false
	o := lift(name, func(name outcome) outcome {
		v, ok := ev.realm.l.in.Published.LookUp(frontend.Inquiry{Space: space, Name: name.Value, Unit: ev.unit})
		if !ok {
			return sure(value.OfPresent(shown(r.addr.Name)+" is looked up during deployment", ref))
		}
		found = true
		return ended(v.NotedAt(ev.span(header(r.decl.block)), shown(r.addr.Name)+" looks up "+space.Called(name.Value)), tri.False)
	})
	return o, found
}

// stackOutputs are the outputs of a stack of CloudFormation's, of which a data source says the name.
type stackOutputs struct{ r *resourceInstance }

func (s stackOutputs) member(name string) outcome {
	ref := value.Ref{Addr: s.r.addr, Attr: remoteOutputs + "." + name}
	stack := s.r.member("name")
	full := lift(stack, func(stack outcome) outcome {
		switch stack.Kind() {
		case value.KindScalar, value.KindText, value.KindOpaque, value.KindSymbol:
			return ended(value.OfText(stack.Value, value.OfString("/"+name)), stack.fails)
		}
		return unknown("the name of the stack is not known", stack)
	})
	if o, ok := s.r.lookUp(frontend.StackOutputs, full, ref); ok {
		return o
	}
	return perhaps(value.OfOpaque(s.r.addr.Name+"."+remoteOutputs+" is known only after deployment", ref))
}

func (s stackOutputs) object() value.Value {
	return value.OfOpenObject(nil, s.r.addr.Name+"."+remoteOutputs+" is known only after deployment", value.Ref{Addr: s.r.addr, Attr: remoteOutputs})
}

// resources returns an attribute of a data source that finds resources of the network, where those are in the tree. What it
// asks for is an argument of its own.
func (r *resourceInstance) resources(name string) (outcome, bool) {
	ev := r.in.ev
	finds, several := frontend.Finds(r.decl.typ)
	body := r.decl.block.Body
	if !finds || ev.realm == nil || isMeta(name) || body.Attributes[name] != nil && name != "vpc_id" || r.decl.broken || several && name != "ids" {
		return outcome{}, false
	}
	if r.asks == nil {
		r.asks = &memo{}
	}
	if r.asks.begin() {
		r.asks.finish(sure(value.OfObject(ev.fieldsOf(body, r.item.scope, true), false)))
	}
	if r.asks.state != done || body.Attributes[name] != nil {
		return outcome{}, false
	}
	head := ev.span(header(r.decl.block))
	found, ok := ev.realm.l.in.Published.Find(resource.Raw{
		Dialect: resource.Terraform, Type: r.decl.typ, Addr: r.addr, Subject: r.subject(), Props: r.asks.value.Value, Span: head, Data: true,
	})
	own := value.Ref{Addr: r.addr, Attr: name}
	switch {
	case !ok:
		return outcome{}, false
	case len(found.Resources) == 0 && name == "id":
		return sure(value.OfPresent(found.Reason, own)), true
	case len(found.Resources) == 0:
		return perhaps(value.OfOpaque(found.Reason, own)), true
	}
	elems := make([]value.Value, len(found.Resources))
	for i, x := range found.Resources {
		note := r.subject() + " finds " + x.Subject
		if several {
			elems[i] = frontend.Attribute(x, "id").NotedAt(head, note)
			continue
		}
		v := frontend.Attribute(x, name)
		if v.Kind() == value.KindOpaque {
			return perhaps(v.NotedAt(head, note)), true
		}
		return sure(v.NotedAt(head, note)), true
	}
	list := value.OfList(elems, false)
	switch {
	case found.Open != "":
		list = value.OfOpenList(elems, found.Open, own)
	case len(elems) > 1:
		list = list.AsSet() // AWS says nothing of the order
	}
	return sure(list.From(head)), true
}

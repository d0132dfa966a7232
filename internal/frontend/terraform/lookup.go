package terraform

import (
	"github.com/vpclint/vpclint/internal/frontend"
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

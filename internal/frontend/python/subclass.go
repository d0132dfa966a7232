package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
)

// A parent is an instance of a class of the script's own seen through its base in the SDK: super() in its methods.
type parent struct {
	self *place
	path string
}

func (parent) isObject() {}

// A construction is that of an instance of a script's own subclass of an SDK class, until its __init__ has called the
// SDK's: the workload is reported where the script constructs it, though its arguments are known only in there.
type construction struct {
	call   *pyast.Call
	text   *text
	scope  *scope
	chain  []callSite
	target string
	quiet  int
}

// constructOwn makes an instance of a script's own subclass of an SDK class whose __init__ is its own. False where __init__
// doesn't come by the SDK's, or in a way that isn't followed.
func (in *interp) constructOwn(c *class, init *function, base string, n *pyast.Call, a *arguments, target string) (*place, bool) {
	p := &place{kind: instancePlace, span: in.span(n), header: in.span(n.Func), class: base, own: c}
	in.st.setContent(p, &content{})
	in.underWay[p] = construction{n, in.text, in.scope, in.chain, target, in.quiet}
	m := *init
	m.self = p
	in.invoke(&m, n, a)
	_, waiting := in.underWay[p]
	delete(in.underWay, p)
	return p, !waiting
}

// superInit evaluates the SDK's __init__ of an instance under construction.
func (in *interp) superInit(self *place, a *arguments) bool {
	w, ok := in.underWay[self]
	sig := in.signatureOf(self.class)
	if !ok || sig == nil {
		return false
	}
	delete(in.underWay, self)
	outer := *in
	before := in.st.content(self)
	in.text, in.scope, in.chain, in.quiet = w.text, w.scope, w.chain, w.quiet
	in.constructAs(w.call, self.class, sig, a, w.target, self)
	in.text, in.scope, in.chain, in.quiet = outer.text, outer.scope, outer.chain, outer.quiet
	// What __init__ has set on the instance by then stays.
	after := in.st.content(self)
	for _, e := range before.entries {
		if _, given := after.find(e.name); !given {
			after = after.with(e)
		}
	}
	in.st.setContent(self, after)
	return true
}

// handedUp returns the arguments of an explicit Base.__init__(self, ...), without self.
func handedUp(a *arguments) (*place, *arguments) {
	if len(a.positional) == 0 {
		return nil, nil
	}
	self, ok := a.positional[0].obj.(*place)
	if !ok {
		return nil, nil
	}
	rest := *a
	rest.positional = a.positional[1:]
	return self, &rest
}

// unfollowed are the arguments of a construction of which __init__ may make anything.
func unfollowed(c *class, a *arguments) *arguments {
	own := *a
	own.positional, own.open = nil, c.name+".__init__() may set it"
	return &own
}

package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// A built is an object of the SDK whose constructor is reported, as the script goes on to use it. A request holds what the
// object's attributes, and the containers behind them, hold when a method sends it: scripts set subnets after the
// constructor, and fill the dict that they have passed to it.
type built struct {
	call *pyast.Call
	text *text
	sig  *signature
	path value.World
	// content is what the constructor made, and stored tells that attributes have been set since.
	content *content
	stored  bool
	// props is the request as of the constructor; left is that of the end of the scope, where attributes have been set.
	props, left value.Value
	sent        []sending
	// class is the object's, and asks say of each analysis of Clarify's that it starts in which worlds that asks a model.
	class string
	asks  []value.Truth
	// bare and fed tell that a processor is run without outputs, and that one is run with some.
	bare, fed bool
}

// A sending is a request as of a use of the object.
type sending struct {
	line  int
	sig   *signature
	props value.Value
}

// sends are the methods that send a request, or fix what one will hold.
var sends = map[string]bool{
	"fit": true, "deploy": true, "transformer": true, "create": true, "create_model": true, "run": true, "train": true,
	"register": true, "build": true, "run_baseline": true, "suggest_baseline": true, "create_monitoring_schedule": true,
	"run_bias": true, "run_explainability": true, "run_pre_training_bias": true, "run_post_training_bias": true,
	"run_bias_and_explainability": true,
}

// baselines are the methods of monitors that make a processing job, and no job definition.
var baselines = map[string]bool{"run_baseline": true, "suggest_baseline": true}

// maxSent bounds the uses of one object that are told apart.
const maxSent = 8

// keep remembers an object whose constructor is reported.
func (in *interp) keep(p *place, b *built) {
	b.text, b.path, b.content, b.class = in.text, in.st.path, in.st.content(p), p.class
	in.built[p] = b
	in.objects = append(in.objects, p)
}

// sentBy notes a call of a method of an object of the SDK.
func (in *interp) sentBy(n *pyast.Call, p *place, method string) {
	b := in.built[p]
	// Trial runs of loops see states that no iteration starts from.
	if b == nil || !sends[method] || in.trying > 0 || len(b.sent) >= maxSent {
		return
	}
	sig := b.sig
	if sig.baseline != nil && baselines[method] {
		sig = sig.baseline
	}
	v := in.now(p, b, sig)
	for _, s := range b.sent {
		if s.sig == sig && equal(s.props, v) {
			return
		}
	}
	b.sent = append(b.sent, sending{in.text.line(n), sig, v})
}

// leaveObjects looks at the objects that were made since there were some number of them, as the scope that made them ends.
// Of those that nothing uses, only what is set on themselves counts: a dict that was passed may be filled for the next one.
func (in *interp) leaveObjects(from int) {
	for _, p := range in.objects[from:] {
		b := in.built[p]
		if _, there := in.st.get(slot{owner: p}); there && b.stored && len(b.sent) == 0 {
			b.left = in.now(p, b, b.sig)
		}
	}
	in.objects = in.objects[:from]
}

// now returns the request that an object would send, as it is. The conditions of the use don't narrow what it holds: other
// uses have others.
func (in *interp) now(p *place, b *built, sig *signature) value.Value {
	c := b.content
	if b.stored {
		c = in.st.content(p)
	}
	args := make([]argument, len(c.entries))
	for i, e := range c.entries {
		args[i] = argument(e)
	}
	open := ""
	if c.open {
		open = c.reason
	}
	text, path := in.text, in.st.path
	in.text, in.st.path = b.text, b.path
	v := in.props(b.call, sig, args, open)
	in.text, in.st.path = text, path
	return v
}

// asUsed returns what a constructor makes, and its signature, as far as its object's uses tell. Where it sends several
// requests, each use is a world of its own.
func (b *built) asUsed() (*signature, value.Value) {
	var main []sending
	for _, s := range b.sent {
		if s.sig == b.sig {
			main = append(main, s)
		}
	}
	switch {
	case len(main) == 0 && len(b.sent) > 0:
		return b.sent[0].sig, b.sent[0].props
	case len(main) == 0 && b.left.Kind() != value.KindAbsent:
		return b.sig, b.left
	case len(main) == 0:
		return b.sig, b.props
	case len(main) == 1:
		return b.sig, main[0].props
	}
	arms := make([]value.Arm, len(main))
	at := b.text.key(b.call)
	for i, s := range main {
		f := value.Fact{Var: at + " use", Is: itoa(i), Text: "it is used at line " + itoa(s.line)}
		arms[i] = value.Arm{When: value.World{f}, Value: s.props}
	}
	return b.sig, mergeObjects(arms)
}

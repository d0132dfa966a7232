package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A group is templates of the tree that use one another: as nested stacks, or by exports and imports. It belongs to one
// goroutine, since what one asks of another is evaluated when it is asked for.
type group struct {
	docs []*document
	// roots are the stacks that nothing in the tree nests, in the order of docs.
	roots []*template
	// made are the stacks there are so far, roots and nested ones, and built reports whether they are all.
	made    []*template
	built   bool
	exports *exports
	// nested counts the resources of nested stacks, and work is what all stacks have cost: see maxNested and maxGroupWork.
	nested, work int
	// reads reports whose properties anyone reads; nil means all.
	reads func(d resource.Dialect, typ string, data bool) bool
	// in is where definitions are read that are files of their own.
	in *frontend.Input
	// cut is the first resource whose stack a limit keeps from being followed.
	cut *call
}

// What the stacks of a group may come to: a template that nests two of the next, ten levels deep, would be a thousand.
const (
	// maxStackDepth is how deep stacks are followed into one another.
	maxStackDepth = 12
	// maxStacks is how many stacks a group may have before nested ones are no longer followed.
	maxStacks = 2_000
	// maxNested is how many resources nested stacks may have, before no more of them are followed.
	maxNested = 100_000
	// maxGroupWork bounds what all stacks of a group may cost together, as maxWork does for each.
	maxGroupWork = 3 * maxWork
)

var tooManyStacks = fmt.Sprintf("there are more than %d nested stacks, or more than %d resources in them; from here on none is followed", maxStacks, maxNested)

// A call is a resource that makes a nested stack.
type call struct {
	parent *template
	at     *declaration
	// choices are the branches of Fn::If that lead to the template.
	choices []arm
	// exists says in which worlds of the parent the stack is there.
	exists value.Truth
	// passed are the parameters that the resource passes, see argument.
	passed map[string]doctree.Pair
}

// build makes the stacks of a group: one for each template that no other nests, and one for each place where one is nested.
func (g *group) build(settings settings) {
	called := called(g.docs)
	// Those that are nested by each other only, or beyond a limit, are judged on their own: nothing is dropped.
	for _, roots := range []bool{true, false} {
		for _, d := range g.docs {
			if d.stacks == 0 && called[d] != roots {
				g.roots = append(g.roots, g.stack(d, nil, settings))
			}
		}
	}
	slices.SortStableFunc(g.roots, func(a, b *template) int { return strings.Compare(a.file.Path, b.file.Path) })
	g.built = true
}

// stack makes the stack of a template, and those that it nests.
func (g *group) stack(d *document, by *call, settings settings) *template {
	d.stacks++
	t := newTemplate(g, d, by, settings)
	g.made = append(g.made, t)
	if by != nil {
		g.nested += len(t.order)
	}
	for _, r := range t.order {
		for _, child := range d.nested[r.written] {
			g.follow(t, r, child, settings)
		}
	}
	return t
}

// follow makes a stack that another one nests.
func (g *group) follow(t *template, r *declaration, child nesting, settings settings) {
	if child.doc == nil || !t.mayNest(child.doc) {
		return
	}
	c := &call{parent: t, at: r, choices: child.choices}
	if len(g.made) >= maxStacks || g.nested >= maxNested {
		if g.cut == nil {
			g.cut = c
		}
		return
	}
	if t.nested == nil {
		t.nested = map[*declaration][]*template{}
	}
	t.nested[r] = append(t.nested[r], g.stack(child.doc, c, settings))
}

// count counts the stacks of each template that may exist.
func (g *group) count() {
	for _, t := range g.made {
		if t.exists().Known() != tri.False {
			t.doc.live++
		}
	}
}

// mayNest reports whether a stack may be followed into another: one that holds itself can't be deployed.
func (t *template) mayNest(child *document) bool {
	depth := 0
	for up := t; ; up = up.by.parent {
		if up.doc == child {
			return false
		}
		if up.by == nil {
			return depth < maxStackDepth
		}
		depth++
	}
}

// argument returns the node that the parent passes to a parameter, with its key; nil where it passes none. A stack set
// spells them as a list: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
func (c *call) argument(name string) (key, arg *doctree.Node) {
	if c.passed == nil {
		c.passed = map[string]doctree.Pair{}
		if n := c.at.body.Get("Properties").Get("Parameters"); n != nil {
			for _, p := range n.Pairs {
				c.passed[p.Key.Text] = p // of two, the last counts
			}
			for _, item := range n.Items {
				k := item.Get("ParameterKey")
				if k == nil {
					continue
				}
				if _, taken := c.passed[k.Text]; !taken {
					c.passed[k.Text] = doctree.Pair{Key: k, Value: item.Get("ParameterValue")}
				}
			}
		}
	}
	p := c.passed[name]
	return p.Key, p.Value
}

// computed reports whether what a parent passes, or whether it passes anything, only a function or a macro knows.
func (c *call) computed() bool {
	properties := c.at.body.Get("Properties")
	for _, n := range []*doctree.Node{properties, properties.Get("Parameters")} {
		if n == nil {
			continue
		}
		_, _, isCall := intrinsic(n)
		if isCall || slices.ContainsFunc(n.Pairs, func(p doctree.Pair) bool { return isFunction(p.Key.Text) }) {
			return true
		}
	}
	// A stack set's list may hold an Fn::If.
	passed := properties.Get("Parameters")
	return passed != nil && slices.ContainsFunc(passed.Items, func(n *doctree.Node) bool { return n.Get("ParameterKey") == nil })
}

// within returns the scope in which a stack's resources stand: where its parent makes it, and its rules permit it.
func (t *template) within() scope {
	if !t.scoped {
		t.scoped = true
		if t.by != nil {
			t.base, t.by.exists = t.by.standing()
			t.base.loops = nil // their identifiers mean nothing in another template
		}
		t.base = t.permitted(t.base)
	}
	return t.base
}

// standing returns the scope in which the parent makes the stack, and in which of its worlds the stack is there.
func (c *call) standing() (scope, value.Truth) {
	in, exists := c.parent.standing(c.at)
	for _, choice := range c.choices {
		truth := c.parent.conditionOf(choice.condition)
		if !choice.holds {
			truth = truth.Not()
		}
		truth = c.parent.feasible(in, truth)
		exists = exists.And(truth)
		if truth.Known() == tri.Unknown {
			in = c.parent.where(in, truth, tri.True, tri.Unknown)
		}
	}
	return in, exists
}

// exists says in which worlds there is a stack at all.
func (t *template) exists() value.Truth {
	if t.by == nil {
		return value.Yes()
	}
	t.within()
	if t.by.parent.by == nil {
		return t.by.exists
	}
	return t.by.parent.exists().And(t.by.exists)
}

// via says how a nested stack's resources came to be.
func (t *template) via() *value.Origin {
	if t.by == nil {
		return nil
	}
	c := t.by
	return &value.Origin{
		Span: c.at.key.Span,
		Note: fmt.Sprintf("the stack %s is made of this template here", c.at.name),
		Via:  c.parent.via(),
	}
}

// raws returns the resources of a stack and of those that it nests.
func (t *template) raws() []resource.Raw {
	raws := t.lower()
	for _, d := range t.order {
		for _, child := range t.nested[d] {
			if child.exists().Known() != tri.False {
				raws = append(raws, child.raws()...)
			}
		}
	}
	return raws
}

// An output is an entry of Outputs.
type output struct {
	key   *doctree.Node
	body  *doctree.Node
	state state
	value value.Value
}

// declareOutputs takes the entries of Outputs.
func (t *template) declareOutputs(section *doctree.Node) {
	t.outputs = map[string]*output{}
	for _, p := range t.repeated(section) {
		if p.Value.Kind == doctree.Mapping && p.Key.Text != "" {
			if t.outputs[p.Key.Text] == nil {
				t.outputOrder = append(t.outputOrder, p.Key.Text)
			}
			t.outputs[p.Key.Text] = &output{key: p.Key, body: p.Value}
		}
	}
}

// output returns the value of an output. A stack that asks for one that isn't there can't be made.
func (t *template) output(name string, at source.Span) value.Value {
	o := t.outputs[name]
	switch {
	case o == nil:
		return value.OfOpaque(fmt.Sprintf("%s has no output %s", t.file.Path, name)).From(at)
	case o.state == underway:
		return value.OfOpaque(fmt.Sprintf("the output %s of %s refers to itself", name, t.file.Path)).From(at)
	case o.state == untouched:
		o.state = underway
		o.value = value.OfOpaque(fmt.Sprintf("the output %s of %s has no Value", name, t.file.Path)).From(at)
		if n := o.body.Get("Value"); n != nil {
			in := t.within()
			if c := o.body.Get("Condition"); c != nil {
				in = t.where(in, t.conditionOf(c), tri.True, tri.Unknown)
			}
			o.value = t.eval(n, in.under(o.key.Span))
		}
		o.state = done
	}
	return o.value
}

// outputOf returns what GetAtt reads of a nested stack: "Outputs.Name".
func (t *template) outputOf(d *declaration, attr string, ref value.Ref, at source.Span) value.Value {
	name, isOutput := strings.CutPrefix(attr, "Outputs.")
	children := t.nested[d]
	switch {
	case !isOutput:
		return value.OfOpaque("it is known only after deployment", ref).From(at)
	case len(children) == 0 && t.doc.unclear[d.written]:
		return value.OfOpaque(fmt.Sprintf("it is an output of the stack %s, whose URL may mean several templates of the tree", d.name), ref).From(at)
	case len(children) == 0:
		return value.OfOpaque(fmt.Sprintf("it is an output of the stack %s, whose template isn't in the tree", d.name), ref).From(at)
	case len(children) < len(t.doc.nested[d.written]):
		return value.OfOpaque(fmt.Sprintf("it is an output of the stack %s, one of whose templates isn't in the tree", d.name), ref).From(at)
	}
	var arms []value.Arm
	for _, child := range children {
		v := child.output(name, at)
		if o := child.outputs[name]; o != nil {
			v = t.noted(v, o.key.Span, fmt.Sprintf("the output %s of the stack %s", name, d.name))
		}
		if len(child.by.choices) == 0 {
			return t.use(v, at)
		}
		child.within()
		for _, c := range child.by.exists.Cases() {
			switch c.Holds {
			case tri.True:
				arms = append(arms, value.Arm{When: c.When, Value: t.use(v, at)})
			case tri.Unknown:
				return value.OfOpaque(c.Reason, ref).From(at)
			}
		}
	}
	return choice(arms, at)
}

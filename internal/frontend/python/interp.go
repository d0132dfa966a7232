package python

import (
	"context"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A text is one parsed piece of Python: a file, or a cell of a notebook.
type text struct {
	file *source.File
	tree *pyast.Module
	// commands are a cell's magics by where they stand in its Python, magic the one that it begins with.
	commands map[int]*command
	magic    *command
	// shell is what of the cells a shell runs instead of Python.
	shell []source.Span
	// draft is the file that the cell writes, instead of running anything.
	draft *draft
	// within is what subjects add to the path of the file on disk, where the text is a program of its own in it.
	within string
}

func (t *text) span(n pyast.Node) source.Span { return t.file.Span(n.Pos(), n.End()) }

// key identifies a place of a text across the run.
func (t *text) key(n pyast.Node) string {
	s := t.span(n).Host()
	return s.File.Path + ":" + itoa(s.Start)
}

func (t *text) line(n pyast.Node) int {
	s := t.span(n).Host()
	return s.File.Position(s.Start).Line
}

// What the interpretation of one script may cost.
const (
	// maxSteps is how many statements are interpreted, calls followed; copies of long containers count too. Of thousands of
	// public scripts that make a workload, a handful takes more.
	maxSteps = 50_000
	// maxCalls is how deep calls of the script's own functions are followed.
	maxCalls = 8
	// maxTrials is how deep loops may nest for what they change to be tried out first; deeper ones are not entered.
	maxTrials = 6
	// maxModules is how many files of the tree one script may import, directly or through others.
	maxModules = 64
	// maxExpr is how deep expressions are evaluated.
	maxExpr = 400
)

// An interp walks a script the way Python would run it, over abstract objects. It executes nothing.
type interp struct {
	ctx   context.Context
	input *frontend.Input
	files *library
	// path is the script's or notebook's, relative to the root.
	path    string
	program program
	// called are the names that the program's calls name.
	called map[string]bool

	text  *text
	scope *scope
	// home is the scope of the script itself.
	home  *scope
	st    *state
	frame *frame
	// jumps and breaks collect the paths that leave the iteration of the loop that is being interpreted.
	jumps, breaks *leaving
	// exists are the conditions around the statement, which a resource's existence hangs on.
	exists value.World
	// quiet is positive while what is met must not be reported: in trial runs of loops, in other files.
	quiet int
	// doubled is positive while a test runs against doubles.
	doubled int
	// target is the name that the value of the expression at hand is bound to.
	target string
	// chain are the calls that are being followed, outermost first.
	chain []callSite
	loops int
	depth int
	// trying is positive in trial runs of loops, where loops in turn are tried out once only.
	trying int
	// turn tells the times apart that a piece of the script is evaluated: the elements of a comprehension.
	turn string
	// commands are the parsers of argparse's commands, with the parser that each is a command of.
	commands map[*place]*place
	// lambdas and generators are what has been found out of the script's functions.
	lambdas    map[*pyast.Lambda]*pyast.FunctionDef
	generators map[*pyast.FunctionDef]bool
	// rounds is how many iterations the loops around the statement are unrolled to, unrolling how many of them are unrolled
	// quietly; makings counts what may stand for a workload, so that a loop can tell whether it makes any.
	rounds, unrolling, makings int
	// pivots are the facts that are told apart ahead of the test at hand.
	pivots int
	steps  int
	evals  int
	// reach is how deep calls of functions of the tree are followed.
	reach int

	functions []*function
	seen      map[*pyast.FunctionDef]bool
	partial   map[*pyast.FunctionDef]bool // functions of which some call isn't followed
	modules   map[string]*scope
	loading   int
	environ   *place
	// drafts are the files that the notebook's cells write, wrote those that they have written so far, by path.
	drafts *drafts
	wrote  map[string]*draft
	// restored tells that %store may have bound any name.
	restored bool
	// later are the names that any cell assigns.
	later map[string]bool
	sites map[spot]*site
	uses  map[*place]*usage
	// built are the objects whose constructors are reported; objects are those of the scopes that haven't ended.
	built   map[*place]*built
	objects []*place
	// constructs are those of the CDK that are reported.
	constructs map[*place]*construct
	// templates are the names of CloudFormation's members; nil until a construct of the CDK asks for them.
	templates *schema.Table
	// bare are the calls that decorators without parentheses stand for.
	bare map[pyast.Expr]*pyast.Call
	// doubles is nil for what is no test.
	doubles *doubles
	// escaped are the objects of a test that a call is given which isn't followed.
	escaped map[*place]bool
	// yielded collects what fixtures yield that are being evaluated.
	yielded map[*pyast.FunctionDef]*[]option
	// underWay are the instances of the script's own subclasses whose SDK constructor hasn't been called yet.
	underWay map[*place]construction
	// ids number the unknown values that are tested, without their origins; tests are what the facts say of them.
	ids   map[value.Value]int
	tests map[string]tested
	// about are the objects that unknown answers of isinstance are about.
	about map[value.Value]object
	// stores count the assignments to attributes of unknown objects, by the attribute's name.
	stores map[string]int
	order  []*site
	// exported are the keys that the script puts into its environment.
	exportedKeys []exportedKey
	// errands are what the script hands to shells.
	errands []*errand
	// overwritten are the files that the script writes, which then aren't what the tree has.
	overwritten map[string]bool
	// roots are the values of the configurations that have been read.
	roots map[*doctree.Node]value.Value
	// aroundValue is the configuration of the SDK that the script may read without saying so, once aroundRead.
	aroundValue value.Value
	aroundRead  bool
	// api are the names of requests' members, read when they are first asked for.
	api *schema.Table
}

// A frame is one activation of a function, or the module itself.
type frame struct {
	fn      *function
	returns []option
	leaving *leaving
	// subjects are the names that messages use in this frame, with the value or test that each stands for.
	subjects map[string]string
}

// A leaving collects the paths that leave a loop or a function before its end.
type leaving struct {
	base  *state // the first of its states
	paths []*state
}

// A callSite is a call that is followed into a function of the tree.
type callSite struct {
	fn *function
	// id is the place of the call; empty for a function that nothing in its file calls.
	id string
	// at and call are where it is: its line is counted only where a message names it.
	at   *text
	call *pyast.Call
}

// charge counts work on n items.
func (in *interp) charge(n int) { in.steps += n / itemsPerStep }

// itemsPerStep is how many items are copied in the time of one statement.
const itemsPerStep = 16

func (in *interp) span(n pyast.Node) source.Span { return in.text.span(n) }

// written returns the source of an expression in one line, for messages.
func (in *interp) written(n pyast.Node) string { return in.text.written(n) }

func (t *text) written(n pyast.Node) string {
	s := t.span(n).Text()
	// Every unknown value has a reason that quotes what is written, and nearly all of it is short and in one line.
	if len(s) <= maxWritten && !strings.ContainsAny(s, "\n\t\r") && !strings.Contains(s, "  ") {
		return s
	}
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxWritten {
		return string(r[:maxWritten-1]) + "…"
	}
	return s
}

// maxWritten bounds the source that a message quotes.
const maxWritten = 60

// leave keeps a path that returns from the function or jumps out of the loop.
func (in *interp) leave(st *state) {
	to := in.frame.leaving
	switch {
	case st.end == jumped && in.jumps != nil:
		to = in.jumps
	case st.end == broken && in.breaks != nil:
		to = in.breaks
	}
	if to == nil {
		return
	}
	in.charge(itemsPerStep + len(st.slots))
	to.paths = append(to.paths, st.since(to.base))
}

// branch interprets two alternatives that a fact selects, and joins them.
func (in *interp) branch(fact value.Fact, then, otherwise func()) {
	base := in.st
	not := fact.Not()
	a, okA := base.fork(fact)
	b, okB := base.fork(not)
	switch {
	case !okA:
		otherwise()
		return
	case !okB:
		then()
		return
	}
	// The paths of both sides, and of every option that they are narrowed with, are copied.
	in.charge(itemsPerStep + 4*len(base.path) + base.depth/layersPerItem)
	in.st = a
	then()
	in.st = b
	otherwise()
	in.st = base
	// What only one side has made is looked for in every layer below the other.
	in.charge((len(a.slots)+len(b.slots))*(1+base.depth/itemsPerStep) + a.held() + b.held())
	arms := []arm{{value.World{fact}, a}, {value.World{not}, b}}
	if in.steps >= maxSteps {
		base.giveUp(arms, in.leave) // a chain of thousands of elifs is joined as often, after the last of them
		return
	}
	base.join(arms, in.leave)
}

// under interprets f where a fact is a condition of the existence of what f makes.
func (in *interp) under(fact value.Fact, f func()) func() {
	return func() {
		outer := in.exists
		// A chain of a thousand elifs has a path condition of a thousand facts, which nobody reads and each arm would copy.
		if !isCrowded(outer) {
			if w, ok := outer.And(value.World{fact}); ok {
				in.exists = w
			}
		}
		f()
		in.exists = outer
	}
}

// lookup finds what a name is bound to.
func (in *interp) lookup(name string) (object, bool) {
	for sc := in.scope; sc != nil; sc = sc.up {
		if sc.class != nil && sc != in.scope {
			continue
		}
		v, ok := in.st.get(slot{sc, name})
		if !ok {
			continue
		}
		if o := in.present(v.(object)); o != nil {
			return o, true
		}
	}
	return nil, false
}

// present narrows o to the path taken, without the alternatives in which it isn't there; nil where it never is.
func (in *interp) present(o object) object {
	o = narrow(o, in.st.path)
	c, ok := o.(*choice)
	if !ok {
		if _, gone := o.(missing); gone {
			return nil
		}
		return o
	}
	kept := make([]option, 0, len(c.options))
	for _, opt := range c.options {
		if _, gone := opt.obj.(missing); !gone {
			kept = append(kept, opt)
		}
	}
	switch len(kept) {
	case 0:
		return nil
	case len(c.options):
		return o
	}
	return choose(kept)
}

// bind sets a name in the scope that it belongs to.
func (in *interp) bind(name string, o object) {
	sc := in.scope
	if sc.globals[name] {
		sc = sc.global
	} else if outer := sc.outer[name]; outer != nil {
		sc = outer
	}
	in.st.bind(sc, name, o)
}

// isAloud reports whether the statement at hand is interpreted for good: loops that are unrolled report nothing, but no other
// pass comes by what they call.
func (in *interp) isAloud() bool { return in.quiet == in.unrolling }

// silently interprets f without reporting what it meets.
func (in *interp) silently(f func()) {
	in.quiet++
	f()
	in.quiet--
}

// peek interprets f for what it tells: nothing that it meets is reported, and nothing that it changes stays changed. A test may
// pop from a list, and Python evaluates it once.
func (in *interp) peek(f func()) {
	base := in.st
	in.st, _ = base.fork()
	in.silently(f)
	in.st = base
}

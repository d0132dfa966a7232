package shell

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A frame is what statements run in: a script, a function of it, or a script that it sources.
type frame struct {
	*process
	file  *source.File
	holes map[string]hole
	// world is what holds where the statements run.
	world value.World
	// function is the one that runs, or empty.
	function string
	caller   caller
	depth    int
	// heredoc says that words are read as a here-document's.
	heredoc bool
}

// A caller says who is seen to call what runs.
type caller uint8

const (
	// The lines of a script do.
	_ caller = iota
	// byUncalled: a function does that nothing is seen to call.
	byUncalled
	// uncalled: nobody is seen to.
	uncalled
)

// A process is what changes while statements run.
type process struct {
	scope *scope
	// args are the positional parameters, and argsUnknown says why there may be others.
	args        []field
	argsUnknown string
	// dirs are the directories that a path may be relative to, the likeliest first.
	dirs []string
	// ended says that nothing that follows is run.
	ended bool
	// last is where the last "$@" stands.
	last source.Span
}

// in returns a frame in which more holds.
func (f *frame) in(w value.World) *frame {
	g := *f
	g.world = w
	return &g
}

// inner returns a frame with variables of its own, which whoever asks for it hands on or drops.
func (f *frame) inner() *frame {
	g, p := *f, *f.process
	p.scope = f.scope.inner()
	p.ended = false
	g.process = &p
	return &g
}

// subshell is inner; what is assigned there is lost.
func (f *frame) subshell() *frame { return f.inner() }

// argsOf says whose arguments the positional parameters are.
func (f *frame) argsOf() string {
	if f.function != "" {
		return f.function + "()"
	}
	return "the script"
}

// Why positional parameters that the script itself has set aren't known.
const (
	branchedArguments = "the arguments depend on a condition"
	changedArguments  = "the arguments change in a loop"
)

// fromOutside reports whether the positional parameters may be those that the script is called with.
func (f *frame) fromOutside() bool {
	if f.argsUnknown == "" {
		return slices.ContainsFunc(f.args, isMany)
	}
	return f.argsUnknown != branchedArguments && f.argsUnknown != changedArguments
}

// variable returns the name by which worlds know a parameter.
func (f *frame) variable(name string) string {
	if strings.Trim(name, "0123456789@*#") == "" {
		return f.function + "/" + name
	}
	return name
}

package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
)

// idle reports whether a run stands in a test that makes an object of the SDK and runs nothing: it looks at what the object
// holds. Nobody imports a test, so nobody else runs it either.
func (in *interp) idle(r run) bool {
	if in.doubles == nil || r.of == nil || len(r.chain) == 0 || !strings.HasPrefix(r.chain[0].fn.name, "test") {
		return false
	}
	switch last(r.of.class) {
	case "remote", "step":
		return false // calling the function that they decorate runs it
	}
	b := in.built[r.of]
	return b != nil && len(b.sent) == 0 && !in.escaped[r.of]
}

// looks are the methods of estimators and their kin that run nothing.
var looks = map[string]bool{
	"hyperparameters": true, "set_hyperparameters": true, "training_image_uri": true, "serving_image_uri": true,
	"get_vpc_config": true, "enable_network_isolation": true, "prepare_container_def": true, "to_dict": true,
}

// asks are functions of Python's own, and methods of loggers, that only look at what they are given.
var asks = map[string]bool{
	"hasattr": true, "type": true, "id": true, "repr": true, "callable": true, "dir": true,
	"debug": true, "info": true, "warning": true, "error": true,
}

// escape notes the objects among the arguments of a call that isn't followed: what it does with them can't be known.
func (in *interp) escape(n *pyast.Call, callee object, a *arguments) {
	if in.doubles == nil {
		return
	}
	if f, ok := n.Func.(*pyast.Name); ok && asks[f.ID] {
		return
	}
	switch callee := callee.(type) {
	case *function:
		return
	case *class:
		if _, has := in.classAttr(callee, "__init__", nil); has {
			return
		}
	case external:
		if strings.HasPrefix(callee.path, "builtins.") {
			return
		}
	case bound:
		if asks[callee.name] {
			return
		}
		if p, ok := callee.self.(*place); ok && !looks[callee.name] && !strings.HasPrefix(callee.name, "assert") {
			in.escapes(p, 0)
		}
	}
	for _, args := range [...][]argument{a.positional, a.keywords} {
		for _, arg := range args {
			in.escapes(arg.obj, 0)
		}
	}
}

// maxEscape is how deep containers are looked through for objects.
const maxEscape = 3

func (in *interp) escapes(o object, depth int) {
	for _, opt := range options(o) {
		p, ok := opt.obj.(*place)
		if !ok || depth > maxEscape {
			continue
		}
		if p.kind != instancePlace || p.class == "" {
			for _, e := range in.st.content(p).entries {
				in.escapes(e.obj, depth+1)
			}
			continue
		}
		if in.escaped == nil {
			in.escaped = map[*place]bool{}
		}
		in.escaped[p] = true
	}
}

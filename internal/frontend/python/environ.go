package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// environPath is the dotted name of the environment, by whatever name it is imported.
const environPath = "os.environ"

// callOS evaluates a call of a function of the module os.
func (in *interp) callOS(n *pyast.Call, path string, a *arguments) object {
	method, ofEnviron := strings.CutPrefix(path, environPath+".")
	switch {
	case path == "os.getenv" || ofEnviron && method == "get":
		return in.environmentGet(n, a, false)
	case ofEnviron && method == "setdefault":
		return in.environmentGet(n, a, true)
	case ofEnviron && method == "pop":
		o := in.environmentGet(n, a, false)
		if name, ok := variable(a); ok {
			in.setEnvironment(name, missing{})
		}
		return o
	case ofEnviron && method == "update":
		in.updateEnvironment(a)
		return none(a.at)
	case path == "os.putenv":
		return none(a.at)
	case ofEnviron && method == "copy":
		p := &place{kind: dictPlace, span: a.at, header: a.at}
		in.st.setContent(p, in.st.content(in.environ))
		return p
	case path == "os._exit", path == "os.abort":
		in.st.end = raised
		return none(a.at)
	}
	if o := in.pathFunction(n, path, a); o != nil {
		return o
	}
	return in.runtime(n)
}

// variable returns the name of the environment variable that a call is about.
func variable(a *arguments) (string, bool) {
	if len(a.positional) > 0 {
		return textIn(a.positional[0].obj)
	}
	kw, ok := a.keyword("key")
	if !ok {
		return "", false
	}
	return textIn(kw.obj)
}

// environmentGet evaluates a read of a variable with a default. The default is its value unless the script sets it, and
// without one nothing is known of it.
func (in *interp) environmentGet(n *pyast.Call, a *arguments, keep bool) object {
	name, known := variable(a)
	if !known {
		if len(a.positional) > 0 {
			return unknown(in.reasonOr(a.positional[0].obj, in.comes(n)))
		}
		return in.runtime(n)
	}
	def, has := a.keyword("default")
	if !has && len(a.positional) > 1 {
		def, has = a.positional[1], true
	}
	var otherwise object = unknown(environmentReason(name)).at(a.at)
	if has {
		otherwise = apply(def.obj, func(o object) object {
			if d, isDatum := o.(datum); isDatum && d.Origin() != nil {
				return datum{d.Noted("the default of the environment variable " + name + " is " + spell(name, d.Value))}
			}
			return o
		})
	}
	o := otherwise
	c := in.st.content(in.environ)
	if i, set := c.find(name); set {
		o = narrow(c.entries[i].obj, in.st.path)
		if isGone(o) && !has {
			return none(a.at)
		}
		o = over(o, otherwise)
	}
	if keep && has {
		in.setEnvironment(name, o)
	}
	return o
}

func isGone(o object) bool {
	_, gone := o.(missing)
	return gone
}

// environmentItem evaluates os.environ[name].
func (in *interp) environmentItem(name string) object {
	c := in.st.content(in.environ)
	if i, set := c.find(name); set {
		if o := in.present(c.entries[i].obj); o != nil {
			return o
		}
	}
	return unknown(environmentReason(name))
}

func (in *interp) setEnvironment(name string, o object) {
	in.exportKey(name, o)
	in.st.setContent(in.environ, in.st.content(in.environ).with(entry{name: name, obj: o}))
}

// updateEnvironment evaluates os.environ.update().
func (in *interp) updateEnvironment(a *arguments) {
	for _, arg := range a.positional {
		for _, e := range in.pairs(arg.obj).entries {
			in.exportKey(e.name, e.obj)
		}
		in.update(in.environ, arg.obj)
	}
	for _, kw := range a.keywords {
		in.setEnvironment(kw.name, kw.obj)
	}
}

// environmentReason says why the value of an environment variable isn't known.
func environmentReason(name string) string {
	return comesFrom + environPath + "['" + name + "']"
}

// setsEnvironment evaluates os.environ[key] = o. Python takes nothing but texts.
func (in *interp) setsEnvironment(key object, o object) {
	name, ok := textIn(narrow(key, in.st.path))
	if !ok {
		in.st.setContent(in.environ, forgotten(comesFrom+environPath))
		return
	}
	if d, isDatum := o.(datum); isDatum && d.Kind() == value.KindAbsent {
		return
	}
	in.setEnvironment(name, o)
}

package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// parserMethod follows argparse: an option's default is its value.
func (in *interp) parserMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	switch name {
	case "add_argument_group", "add_mutually_exclusive_group", "add_subparsers":
		return p
	case "add_parser":
		// The options of a command are among the arguments only if the command is given; who reads one expects it to be.
		sub := &place{kind: instancePlace, span: a.at, header: a.at, class: argParser}
		in.st.setContent(sub, &content{})
		in.commands[sub] = p
		return sub
	case "add_argument":
		in.addArgument(p, a)
		return none(a.at)
	case "set_defaults":
		for _, kw := range a.keywords {
			in.setOption(p, kw.name, kw.obj, a)
		}
		return none(a.at)
	case "parse_args", "parse_known_args":
		args := in.parsedArguments(p, a)
		if name == "parse_args" {
			return args
		}
		return in.tuple(a, args, in.runtime(n))
	}
	return nil
}

// parser evaluates ArgumentParser(), which takes over the options of its parents.
func (in *interp) parser(a *arguments) object {
	p := in.instance(argParser, a)
	c := &content{open: a.open != "", reason: a.open}
	if kw, ok := a.keyword("parents"); ok {
		items, complete := in.elements(kw.obj)
		if !complete {
			c = c.opened("it is an argument of the command line")
		}
		for _, item := range items {
			if parent, isPlace := item.obj.(*place); isPlace && parent.class == argParser {
				for _, e := range in.st.content(parent).entries {
					c = c.with(e)
				}
			}
		}
	}
	in.st.setContent(p, c)
	return p
}

// parsedArguments returns what a parser makes of the command line, or of a list that is written in its stead.
func (in *interp) parsedArguments(p *place, a *arguments) object {
	c := in.st.content(p)
	args := &place{kind: instancePlace, span: a.at, header: a.at, class: "argparse.Namespace"}
	given, ok := a.keyword("args")
	if !ok && len(a.positional) > 0 {
		given, ok = a.positional[0], true
	}
	words, complete := []entry(nil), false
	if d, isDatum := given.obj.(datum); ok && !(isDatum && d.Kind() == value.KindAbsent) {
		words, complete = in.elements(given.obj)
		ok = complete && len(words) == 0
	} else {
		ok = false
	}
	out := &content{open: true, reason: "it is an argument of the command line"}
	for _, e := range c.entries {
		if ok && e.name != "" {
			// Nothing is given, so that what has no default is None.
			e.obj = apply(e.obj, func(o object) object {
				if d, isDatum := o.(datum); isDatum && strings.HasSuffix(d.Reason(), " has no default") {
					return none(a.at)
				}
				return o
			})
		} else if complete && len(words) > 0 {
			e.obj = unknown("it may be among the arguments that are given").at(a.at)
		}
		out.entries = append(out.entries, e)
	}
	in.st.setContent(args, out)
	return args
}

// setOption sets the default of an option, of the parser and of the one that the parser is a command of.
func (in *interp) setOption(p *place, dest string, o object, a *arguments) {
	in.st.setContent(p, in.st.content(p).with(entry{name: dest, key: a.at, obj: o}))
	for i := 0; i < maxCommands; i++ {
		if p = in.commands[p]; p == nil {
			return
		}
		if _, twice := in.st.content(p).find(dest); twice {
			o = unknown("several commands have the argument " + dest)
		}
		in.st.setContent(p, in.st.content(p).with(entry{name: dest, key: a.at, obj: o}))
	}
}

// maxCommands bounds how deep commands of commands are followed.
const maxCommands = 4

// addArgument adds an option's default to those of a parser. One without a default is unknown: the command line may not give
// it, and then it is None.
func (in *interp) addArgument(p *place, a *arguments) {
	dest, flag := "", ""
	for _, arg := range a.positional {
		s, ok := textIn(narrow(arg.obj, in.st.path))
		if !ok {
			in.forget(p, "an argument of the command line has a name that isn't known")
			return
		}
		if dest == "" || strings.HasPrefix(s, "--") && !strings.HasPrefix(flag, "--") {
			dest, flag = s, s
			if strings.HasPrefix(s, "-") {
				dest = strings.ReplaceAll(strings.TrimLeft(s, "-"), "-", "_")
			}
		}
	}
	if kw, ok := a.keyword("dest"); ok {
		dest, _ = textIn(kw.obj)
	}
	if dest == "" {
		return
	}
	in.setOption(p, dest, in.optionValue(flag, dest, a), a)
}

// optionValue returns the value of an option that the command line doesn't give.
func (in *interp) optionValue(flag, dest string, a *arguments) object {
	missed := unknown("the argument " + flag + " has no default").at(a.at)
	optional := strings.HasPrefix(flag, "-")
	if kw, ok := a.keyword("nargs"); ok {
		if s, known := textIn(kw.obj); known && (s == "?" || s == "*") {
			optional = true
		}
	}
	if kw, ok := a.keyword("required"); ok {
		if d, isDatum := kw.obj.(datum); !isDatum || d.Literal() != "false" {
			optional = false
		}
	}
	if !optional || a.open != "" {
		return missed
	}
	def, ok := a.keyword("default")
	if !ok {
		action, _ := a.keyword("action")
		s, _ := textIn(action.obj)
		switch s {
		case "store_true":
			return datum{value.OfBool(false).From(a.at).Noted("the default of " + flag + " is False")}
		case "store_false":
			return datum{value.OfBool(true).From(a.at).Noted("the default of " + flag + " is True")}
		}
		return missed
	}
	return in.inEach(def.obj, func(o object) object {
		d, isDatum := o.(datum)
		if isDatum && d.Kind() == value.KindAbsent {
			return missed // to argparse this is the same as none at all
		}
		if typ, has := a.keyword("type"); has && isText(o) {
			// Only a default that is a text is converted.
			o = in.convertedBy(typ, o, a)
			d, isDatum = o.(datum)
		}
		if isDatum && d.Origin() != nil {
			return datum{d.Noted("the default of " + flag + " is " + spell(dest, d.Value))}
		}
		return o
	})
}

// convertedBy returns what the type of an option makes of its default.
func (in *interp) convertedBy(typ argument, o object, a *arguments) object {
	return in.applied(a.call, typ.obj, o)
}

// optionDefault returns the default of a parameter that click or typer takes from the command line; nil for any other.
func (in *interp) optionDefault(f *function, name string) object {
	command := false
	for _, d := range f.node.Decorators {
		if n := decoratorName(d); n == "command" {
			command = true
		}
		call, ok := d.(*pyast.Call)
		if !ok || decoratorName(d) != "option" && decoratorName(d) != "argument" {
			continue
		}
		flag, mine := "", false
		for _, arg := range call.Args {
			c, literal := arg.(*pyast.Constant)
			if !literal || c.Kind != pyast.ConstStr {
				continue
			}
			for _, s := range strings.Split(c.Str, "/") {
				if strings.ReplaceAll(strings.TrimLeft(s, "-"), "-", "_") == name {
					flag, mine = s, true
				}
			}
		}
		if !mine {
			continue
		}
		for _, k := range call.Keywords {
			if k.Arg == "default" {
				return in.commandDefault(f, name, flag, k.Value)
			}
			if c, literal := k.Value.(*pyast.Constant); k.Arg == "is_flag" && literal && c.Kind == pyast.ConstTrue {
				return datum{value.OfBool(false).From(f.text.span(call)).Noted("the default of " + flag + " is False")}
			}
		}
		return unknown("the argument " + flag + " has no default").at(f.text.span(call))
	}
	def := f.defaults[name]
	if spec, ok := def.(*fieldSpec); ok {
		if spec.def == nil {
			return unknown("the argument " + name + " has no default")
		}
		return spec.def
	}
	if command && def != nil {
		return def
	}
	return nil
}

// commandDefault evaluates the default of an option in a decorator.
func (in *interp) commandDefault(f *function, name, flag string, e pyast.Expr) object {
	outer := *in
	in.text, in.scope = f.text, f.scope
	o := in.eval(e)
	in.text, in.scope = outer.text, outer.scope
	return apply(o, func(o object) object {
		d, ok := o.(datum)
		switch {
		case ok && d.Kind() == value.KindAbsent:
			return unknown("the argument " + flag + " has no default").at(f.text.span(e))
		case ok && d.Origin() != nil:
			return datum{d.Noted("the default of " + flag + " is " + spell(name, d.Value))}
		}
		return o
	})
}

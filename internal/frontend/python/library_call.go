package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// callLibrary evaluates a call of a function of Python's library, or of a package that scripts read their settings with; nil
// where it isn't modelled.
func (in *interp) callLibrary(n *pyast.Call, path string, a *arguments) object {
	switch path {
	case "copy.deepcopy", "copy.copy":
		if len(a.positional) == 1 {
			return in.copied(a.positional[0].obj, path == "copy.deepcopy")
		}
	case "functools.partial":
		return in.partialOf(n, a)
	case "argparse.ArgumentParser":
		return in.parser(a)
	case "types.SimpleNamespace", "argparse.Namespace":
		p := in.instance(namespaceClass, a)
		return p
	case "configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SafeConfigParser":
		p := in.instance(configParser, a)
		in.st.setContent(p, &content{})
		return p
	case "dotenv.load_dotenv", "dotenv.dotenv_values":
		return in.callDotenv(n, last(path), a)
	case "typer.Option", "typer.Argument":
		return in.fieldCall(a)
	case "collections.namedtuple":
		return in.namedTuple(n, a)
	case "collections.OrderedDict", "pydantic_settings.SettingsConfigDict", "pydantic.ConfigDict":
		return in.dictOf(n, a)
	case "dataclasses.field", "pydantic.Field", "attr.ib", "attr.attrib", "attrs.field", "attr.field":
		return in.fieldCall(a)
	case "dataclasses.asdict", "attr.asdict", "attrs.asdict":
		if len(a.positional) == 1 && len(a.keywords) == 0 {
			return in.asDict(n, a.positional[0].obj, 0)
		}
	case "dataclasses.replace", "attr.evolve", "attrs.evolve":
		if len(a.positional) == 1 {
			return in.replaced(n, a.positional[0].obj, a)
		}
	case "typing.cast":
		if len(a.positional) == 2 {
			return a.positional[1].obj
		}
	case "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath":
		return in.pathOf(n, a)
	case "pathlib.Path.cwd":
		return located{path: "."}
	case "io.open", "codecs.open":
		return in.openCall(n, a)
	}
	return in.callParser(n, path, a)
}

// callParser evaluates a call of what parses data.
func (in *interp) callParser(n *pyast.Call, path string, a *arguments) object {
	switch path {
	case "json.load", "json.loads", "simplejson.load", "simplejson.loads", "ujson.load", "ujson.loads":
		return in.parsedData(n, jsonData, a)
	case "yaml.safe_load", "yaml.load", "yaml.full_load", "yaml.unsafe_load", "omegaconf.OmegaConf.load":
		return in.parsedData(n, yamlData, a)
	case "toml.load", "toml.loads", "tomllib.load", "tomllib.loads", "tomli.load", "tomli.loads":
		if path == "toml.load" && len(a.positional) > 0 {
			// It takes a path too.
			if _, isText := textIn(a.positional[0].obj); isText {
				one := *a
				one.positional = []argument{{obj: in.opened(n, a.positional[0].obj)}}
				return in.parsedData(n, tomlData, &one)
			}
		}
		return in.parsedData(n, tomlData, a)
	case "json.dumps":
		return in.dumped(n, a)
	case "os.path.expandvars", "shlex.split":
		return nil
	}
	if path == "omegaconf.OmegaConf.create" && len(a.positional) == 1 {
		if p, ok := a.positional[0].obj.(*place); ok {
			return in.copied(p, true)
		}
	}
	return nil
}

// dumped evaluates json.dumps of a text or number; of anything else the text is opaque to whoever doesn't parse it again, and
// who does finds what is dumped now, whatever becomes of it later.
func (in *interp) dumped(n *pyast.Call, a *arguments) object {
	if len(a.positional) == 0 {
		return nil
	}
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		s, ok := textIn(os[0])
		if ok && isASCII(s) && strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0x7f }) < 0 {
			return datum{value.OfString(`"` + s + `"`).From(a.at)}
		}
		text := unknown(in.reasonOf(os, in.comes(n)))
		if _, encodes := a.keyword("cls"); encodes || in.quiet > 0 || a.open != "" {
			return text
		}
		if p, ok := os[0].(*place); ok && (p.kind == dictPlace || p.kind == listPlace) {
			return datum{text.Spelling(in.freeze(p))}
		}
		return text
	})
}

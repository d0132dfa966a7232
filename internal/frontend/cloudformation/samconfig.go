package cloudformation

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// samConfig reads SAM's configuration file, which keeps the options of its commands: [environment.command.parameters].
// Those under "global" are every command's, and a command's own win. What counts is what is deployed.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
func samConfig(f *source.File, root *doctree.Node) []*parameterSet {
	var out []*parameterSet
	overridden := false
	for _, env := range root.Pairs {
		options, deploys := samOptions(env.Value)
		if !deploys {
			continue
		}
		d := newParameterSet(f, env.Key.Text+" in "+f.Path)
		d.templates = samTemplates(path.Dir(f.Path), env.Value, options)
		overrides := option(options, "parameter_overrides")
		if overrides != nil && !d.takeOverrides(overrides) {
			d.open, d.keys, d.order = true, map[string]given{}, nil
		}
		overridden = overridden || len(d.keys) > 0 || d.open
		out = append(out, d)
	}
	if !overridden {
		return nil // its templates have their defaults
	}
	return out
}

// defaultEnvironment is the environment that SAM takes where none is named.
const defaultEnvironment = "default"

// samOptions returns the options that an environment is deployed with, those that win first, and whether it is deployed.
func samOptions(env *doctree.Node) (options []*doctree.Node, deploys bool) {
	for _, command := range []string{"deploy", "sync"} {
		if section := env.Get(command).Get("parameters"); section != nil && section.Kind == doctree.Mapping {
			options, deploys = append(options, section), true
			break
		}
	}
	if section := env.Get("global").Get("parameters"); section != nil && section.Kind == doctree.Mapping {
		options = append(options, section)
		deploys = deploys || section.Get("parameter_overrides") != nil
	}
	return options, deploys
}

func option(options []*doctree.Node, name string) *doctree.Node {
	for _, o := range options {
		if n := o.Get(name); n != nil {
			return n
		}
	}
	return nil
}

// samTemplates returns the files that may be an environment's template. What is deployed is mostly the output of
// "sam build" or "sam package", of which the source is what "sam build" is given, and template.yaml beside the
// configuration where nothing is said.
func samTemplates(dir string, env *doctree.Node, options []*doctree.Node) []string {
	for _, command := range []string{"build", "package", "validate"} {
		if section := env.Get(command).Get("parameters"); section != nil {
			options = append(options, section)
		}
	}
	var out []string
	for _, o := range options {
		for _, name := range []string{"template_file", "template"} {
			if n := o.Get(name); n != nil && n.Kind == doctree.String && n.Text != "" && !path.IsAbs(n.Text) {
				out = append(out, path.Join(dir, n.Text))
			}
		}
	}
	for _, name := range []string{"template.yaml", "template.yml", "template.json"} {
		out = append(out, path.Join(dir, name))
	}
	return out
}

// takeOverrides reads parameter_overrides: a text of pairs, a list of such texts and of maps, or a map. It reports whether
// all of it could be read.
func (d *parameterSet) takeOverrides(n *doctree.Node) bool {
	switch n.Kind {
	case doctree.Sequence:
		for _, item := range n.Items {
			if item.Kind == doctree.Sequence || !d.takeOverrides(item) {
				return false
			}
		}
	case doctree.Mapping:
		for _, p := range n.Pairs {
			if !isParameterName(p.Key.Text) {
				return false
			}
			d.set(p.Key.Text, d.samValue(p.Value))
		}
	case doctree.String:
		pairs, ok := overrides(n.Text)
		if !ok {
			return false
		}
		for _, p := range pairs {
			d.set(p.key, given{text: p.text, at: within(n, p.start, p.end)})
		}
	case doctree.Null:
	default:
		return false
	}
	return true
}

// samValue returns a value of a map as SAM's Python spells it: a list's members with commas between, no value as nothing.
func (d *parameterSet) samValue(n *doctree.Node) given {
	switch n.Kind {
	case doctree.Null:
		return given{at: n.Span}
	case doctree.Bool:
		text := "False"
		if strings.EqualFold(n.Text, "true") {
			text = "True"
		}
		return given{text: text, at: n.Span}
	case doctree.Sequence:
		var members []string
		for _, item := range n.Items {
			g := d.samValue(item)
			if g.unknown != "" || item.Kind == doctree.Sequence || item.Kind == doctree.Mapping {
				return given{at: n.Span, unknown: "it is a list that is not read"}
			}
			if text := strings.TrimSpace(g.text); text != "" {
				members = append(members, text)
			}
		}
		return given{text: strings.Join(members, ","), at: n.Span}
	}
	return d.scalar(n)
}

// An override is one pair of a text, and where its value stands in it.
type override struct {
	key, text  string
	start, end int
}

// The long form of a pair is ParameterKey=K,ParameterValue=V.
const (
	longKey   = "ParameterKey="
	longValue = ",ParameterValue="
)

// overrides reads pairs with blanks between, "K=V" or in the long form. Values and keys may be quoted, and a backslash
// takes the meaning of the blank or quote that follows it.
func overrides(text string) ([]override, bool) {
	var out []override
	for i := skipBlanks(text, 0); i < len(text); i = skipBlanks(text, i) {
		p := override{}
		sep := "="
		if strings.HasPrefix(text[i:], longKey) {
			i += len(longKey)
			sep = longValue
		}
		length := strings.Index(text[i:], sep)
		if length <= 0 {
			return nil, false
		}
		p.key = strings.Trim(text[i:i+length], `"'`)
		if !isParameterName(p.key) {
			return nil, false
		}
		p.start = i + length + len(sep)
		end, ok := valueEnd(text, p.start)
		if !ok {
			return nil, false
		}
		p.end, p.text = end, unquote(text[p.start:end])
		out = append(out, p)
		i = end
	}
	return out, true
}

func skipBlanks(text string, i int) int {
	for i < len(text) && strings.IndexByte(" \t\r\n", text[i]) >= 0 {
		i++
	}
	return i
}

// valueEnd returns the end of the value that begins at an offset, which is followed by a blank or the end of the text.
func valueEnd(text string, i int) (int, bool) {
	quote := byte(0)
	if i < len(text) && (text[i] == '"' || text[i] == '\'') {
		quote = text[i]
		i++
	}
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case quote != 0 && c == quote:
			i++
			return i, i == len(text) || skipBlanks(text, i) > i
		case quote == 0 && strings.IndexByte(" \t\r\n", c) >= 0:
			return i, true
		case quote == 0 && c == '"':
			return 0, false
		}
	}
	return min(i, len(text)), quote == 0
}

func unquote(text string) string {
	if len(text) >= 2 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
		text = text[1 : len(text)-1]
	}
	return strings.NewReplacer(`\ `, " ", `\"`, `"`, `\'`, "'").Replace(text)
}

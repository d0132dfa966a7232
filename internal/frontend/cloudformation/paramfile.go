package cloudformation

import (
	"bytes"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A given is a value that a parameter gets from outside of its template.
type given struct {
	text string
	// by is who gives it, as a sentence says it: "--parameter", "params/prod.json".
	by string
	at source.Span // zero of what stands in no file
	// unknown says why the value can't be known, although it is given.
	unknown string
	// open marks what only may be given.
	open bool
	// resolved is what Parameter Store had for the path that text is, where a file tells it.
	resolved string
}

// A parameterSet is one set of values for the parameters of a template, as a file gives it.
type parameterSet struct {
	file *source.File
	// name tells it from the others of its template: the file's path, and the environment where the file has several.
	name string
	// templates are the files that it may be for, the likeliest first, relative to the root; or, with base, a file name
	// that lies somewhere. Where it names none, its keys tell.
	templates []string
	base      string
	// plain marks keys and values that nothing tells from those of any other program but the file's name.
	plain bool
	// partial marks one that leaves out what has no default, so that something else completes it.
	partial bool
	// open marks one of which not all can be read: it may set any parameter to anything.
	open  bool
	order []string
	keys  map[string]given
}

func newParameterSet(f *source.File, name string) *parameterSet {
	return &parameterSet{file: f, name: name, keys: map[string]given{}}
}

// set adds a value; of several for one key the last counts.
func (d *parameterSet) set(key string, g given) {
	if _, again := d.keys[key]; !again {
		d.order = append(d.order, key)
	}
	g.by = d.name
	d.keys[key] = g
}

// maxParameterFile is the size of the largest file that is read for parameters. A template has 200 of at most 4 KiB:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const maxParameterFile = 1 << 20

// The words of which a parameter file has one, whatever its name.
var parameterMarks = [][]byte{
	[]byte("ParameterKey"), []byte(`"Parameters"`), []byte("\nParameters:"), []byte("parameterOverrides"),
	[]byte("template-file-path"), []byte("parameter_overrides"),
}

// mayHoldParameters reports, by a file's name and bytes, whether it may give values to parameters.
func mayHoldParameters(f *source.File) bool {
	if len(f.Bytes) > maxParameterFile {
		return false
	}
	for _, mark := range parameterMarks {
		if bytes.Contains(f.Bytes, mark) {
			return true
		}
	}
	return bytes.HasPrefix(f.Bytes, []byte("Parameters:")) || saysParameters(f.Path) && path.Ext(f.Path) != ".toml" && isFlat(f.Bytes)
}

// isFlat reports whether a file may be a map of names to texts, or a list of texts: nothing in it holds anything. Nearly all
// that configures other programs stops being so within a few lines, and is never parsed.
func isFlat(content []byte) bool {
	content = bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(content) == 0 {
		return false
	}
	if content[0] != '{' && content[0] != '[' {
		for line := range bytes.Lines(content) {
			if trimmed := bytes.TrimLeft(line, " \t\r\n"); len(trimmed) > 0 && trimmed[0] != '#' && len(trimmed) < len(line) {
				return false
			}
		}
		return true
	}
	quoted := false
	for i := 1; i < len(content); i++ {
		switch c := content[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '{' || c == '['):
			return false
		}
	}
	return true
}

// saysParameters reports whether a file's name or directory says that it configures something. A map of names to values
// is taken for parameters only there.
func saysParameters(name string) bool {
	segments := strings.Split(strings.ToLower(name), "/")
	for _, s := range segments[max(0, len(segments)-3):] {
		if strings.Contains(s, "param") || strings.Contains(s, "config") {
			return true
		}
	}
	return false
}

// parseAny reads a file in the language that it is written in.
func parseAny(f *source.File, documents *frontend.Documents) ([]doctree.Document, []doctree.Error) {
	if strings.EqualFold(path.Ext(f.Path), ".toml") {
		return doctree.ParseTOML(f)
	}
	return documents.Parse(f)
}

// readParameterSets returns the sets of values that a document holds.
func readParameterSets(f *source.File, root *doctree.Node) []*parameterSet {
	switch root.Kind {
	case doctree.Sequence:
		return listed(f, root)
	case doctree.Mapping:
	default:
		return nil
	}
	if root.Get("Resources") != nil {
		return nil // a template, or a part of one
	}
	if name := root.Get("template-file-path"); name != nil {
		return gitSync(f, root, name)
	}
	if section := root.Get("Parameters"); section != nil {
		return wrapped(f, root, section)
	}
	if section := root.Get("templates"); section != nil && path.Base(path.Dir(f.Path)) == ".aws" {
		return toolkit(f, section)
	}
	if ds := samConfig(f, root); len(ds) > 0 {
		return ds
	}
	d := newParameterSet(f, f.Path)
	d.plain = true
	if !d.takeMap(root) {
		return nil
	}
	return []*parameterSet{d}
}

// listed reads what "aws cloudformation" takes for --parameters and --parameter-overrides:
// [{"ParameterKey": "K", "ParameterValue": "V"}] and ["K=V"].
// https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
func listed(f *source.File, list *doctree.Node) []*parameterSet {
	d := newParameterSet(f, f.Path)
	if d.takeList(list) {
		return []*parameterSet{d}
	}
	for _, item := range list.Items {
		key, text, ok := strings.Cut(item.Text, "=")
		if item.Kind != doctree.String || !ok || !isParameterName(key) {
			return nil
		}
		d.set(key, given{text: text, at: within(item, len(key)+1, len(item.Text))})
	}
	d.plain = true
	return []*parameterSet{d}
}

// takeList reads a list of objects with ParameterKey, and reports whether it is one.
func (d *parameterSet) takeList(list *doctree.Node) bool {
	for _, item := range list.Items {
		key := item.Get("ParameterKey")
		if key == nil || key.Kind != doctree.String {
			return false
		}
		g := given{at: key.Span}
		if v := item.Get("ParameterValue"); v != nil {
			g = d.scalar(v)
		} else {
			g.unknown = "it gives no value"
		}
		if previous := item.Get("UsePreviousValue"); previous != nil && strings.EqualFold(previous.Text, "true") {
			g.unknown, g.at = "it keeps the value that the stack has", previous.Span
		}
		if resolved := item.Get("ResolvedValue"); resolved != nil && resolved.Kind == doctree.String {
			g.resolved = resolved.Text
		}
		d.set(key.Text, g)
	}
	return len(list.Items) > 0
}

// wrapped reads what stands under "Parameters": the list of a request ("aws cloudformation create-stack --cli-input-json"),
// or the map of a template configuration of CodePipeline.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
func wrapped(f *source.File, root, section *doctree.Node) []*parameterSet {
	d := newParameterSet(f, f.Path)
	switch section.Kind {
	case doctree.Sequence:
		if !d.takeList(section) {
			return nil
		}
		for _, key := range []string{"TemplateURL", "TemplateBody"} {
			// Where the template was uploaded to says nothing of where it lies here, but for its name.
			if n := root.Get(key); n != nil && n.Kind == doctree.String && len(n.Text) < maxCanonical {
				location, _, _ := strings.Cut(n.Text, "?")
				if looksLikePath(location) {
					d.base = path.Base(location)
				}
			}
		}
	case doctree.Mapping:
		for _, p := range root.Pairs {
			switch p.Key.Text {
			case "Parameters", "Tags", "StackPolicy":
			default:
				return nil // a request of another service, or a tool's own file
			}
		}
		if !d.takeMap(section) {
			return nil
		}
	default:
		return nil
	}
	return []*parameterSet{d}
}

// looksLikePath reports whether a text is the name or address of a template file.
func looksLikePath(text string) bool {
	switch strings.ToLower(path.Ext(text)) {
	case ".yaml", ".yml", ".json", ".template", ".cfn":
		return !strings.ContainsAny(text, "\n{<")
	}
	return false
}

// gitSync reads a stack deployment file, which names its template by its path in the repository.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html
func gitSync(f *source.File, root, name *doctree.Node) []*parameterSet {
	d := newParameterSet(f, f.Path)
	d.templates = upwards(path.Dir(f.Path), name.Text)
	for _, key := range []string{"parameters", "Parameters"} {
		if section := root.Get(key); section != nil && section.Kind == doctree.Mapping && len(section.Pairs) > 0 && !d.takeMap(section) {
			return nil
		}
	}
	return []*parameterSet{d}
}

// upwards returns where a path may lead that is relative to the repository's root: there, or, where the repository is a
// part of what is scanned, to a directory above the file.
func upwards(dir, name string) []string {
	var out []string
	for {
		out = append(out, path.Join(dir, name))
		if dir == "." || dir == "/" || dir == "" {
			break
		}
		dir = path.Dir(dir)
	}
	// The root comes first.
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// toolkit reads .aws/templates.json, in which AWS's toolkits for editors keep the overrides of each template of a
// workspace.
func toolkit(f *source.File, section *doctree.Node) []*parameterSet {
	var out []*parameterSet
	for _, p := range section.Pairs {
		overrides := p.Value.Get("parameterOverrides")
		if overrides == nil || overrides.Kind != doctree.Mapping || p.Key.Text == "" {
			continue
		}
		d := newParameterSet(f, f.Path)
		d.templates = []string{path.Join(path.Dir(path.Dir(f.Path)), p.Key.Text)}
		if d.takeMap(overrides) {
			out = append(out, d)
		}
	}
	return out
}

// takeMap reads a map of parameter names to values, and reports whether it is one.
func (d *parameterSet) takeMap(n *doctree.Node) bool {
	for _, p := range n.Pairs {
		if !isParameterName(p.Key.Text) || p.Value.Kind == doctree.Sequence || p.Value.Kind == doctree.Invalid {
			return false
		}
		if name, _, ok := intrinsic(p.Value); p.Value.Kind == doctree.Mapping && !(ok && strings.HasPrefix(name, "Fn::Get")) {
			return false
		}
		d.set(p.Key.Text, d.scalar(p.Value))
	}
	return len(n.Pairs) > 0
}

// scalar returns a value as a file spells it.
func (d *parameterSet) scalar(n *doctree.Node) given {
	g := given{text: n.Text, at: n.Span}
	if n.Tag != "" {
		g.unknown = n.Tag + " computes it"
		return g
	}
	switch n.Kind {
	case doctree.String:
	case doctree.Bool:
		g.text = strings.ToLower(n.Text)
	case doctree.Number:
		// Whoever reads the file may write the number in another way.
		if number, ok := value.NumberOf(n.Text); !ok || string(number) != n.Text {
			g.unknown = "it is a number that may be written in another way"
		}
	case doctree.Mapping: // Fn::GetArtifactAtt, Fn::GetParam
		g.unknown = "the pipeline computes it"
	default:
		g.unknown = "it gives no text"
	}
	return g
}

// within returns the place of a part of a scalar's text.
func within(n *doctree.Node, start, end int) source.Span {
	f := n.Embed("")
	if f == nil || start >= end || end > len(f.Bytes) {
		return n.Span
	}
	return f.Span(start, end).Host()
}

// isParameterName reports whether a text is a logical id.
func isParameterName(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		default:
			return false
		}
	}
	return text != "" && len(text) <= 255
}

package shell

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// isGitLab reports whether a path is that of a pipeline of GitLab's, or of one that pipelines include by habit.
func isGitLab(name string) bool {
	base := path.Base(name)
	return isYAML(base) && (strings.HasSuffix(strings.TrimSuffix(base, path.Ext(base)), ".gitlab-ci") ||
		strings.Contains("/"+path.Dir(name)+"/", "/.gitlab/") || strings.Contains("/"+path.Dir(name)+"/", "/.gitlab-ci/"))
}

// notJobs are the keywords of a pipeline that no job is called. https://docs.gitlab.com/ci/yaml/
var notJobs = []string{
	"default", "include", "stages", "variables", "workflow", "spec", "image", "services", "cache", "before_script", "after_script",
}

// A pipeline is a file of GitLab's.
type pipeline struct {
	*sheet
	dir       string
	inputs    map[string]value.Value
	variables []variable
	// budget is how many commands references may still add.
	budget int
	// read are the places of the commands that some job runs, told the scripts that are taken in.
	read map[int]bool
	told map[string]bool
}

// readGitLab reads a pipeline.
func readGitLab(s *sheet) {
	dir := path.Dir(s.file.Path)
	if i := strings.Index("/"+dir+"/", "/.gitlab"); i >= 0 {
		dir = path.Clean(dir[:i])
	}
	p := pipeline{sheet: s, dir: cleanDir(dir, "."), inputs: map[string]value.Value{}, budget: maxCommands,
		read: map[int]bool{}, told: map[string]bool{}}
	for _, root := range []*doctree.Node{s.header, s.root} {
		if declared := root.Get("spec").Get("inputs"); declared != nil {
			for _, in := range declared.Pairs {
				v := value.OfOpaque("inputs." + in.Key.Text + " has no default")
				if def := in.Value.Get("default"); def != nil {
					v = known("inputs."+in.Key.Text, filled(def, nil))
				}
				p.inputs[in.Key.Text] = v
			}
		}
	}
	p.variables = p.variablesOf(nil, s.root.Get("variables"))
	// A hidden job is run as part of those that take it over. What none does may be another file's.
	for _, hidden := range [...]bool{false, true} {
		for _, job := range s.root.Pairs {
			name := job.Key.Text
			if job.Value.Kind == doctree.Mapping && !slices.Contains(notJobs, name) && strings.HasPrefix(name, ".") == hidden {
				p.job(job, hidden)
			}
		}
	}
}

// names returns the texts of a scalar, or of a list of scalars.
func names(n *doctree.Node) []string {
	if isScalar(n) {
		return []string{n.Text}
	}
	var out []string
	if n != nil {
		for _, item := range n.Items {
			if isScalar(item) {
				out = append(out, item.Text)
			}
		}
	}
	return out
}

// chain returns a job and those that it extends, the nearest first: of several that it extends the last counts most.
func (p *pipeline) chain(job *doctree.Node) []*doctree.Node {
	seen := map[*doctree.Node]bool{}
	var out []*doctree.Node
	var follow func(job *doctree.Node)
	follow = func(job *doctree.Node) {
		if job == nil || seen[job] {
			return
		}
		seen[job] = true
		out = append(out, job)
		extended := names(job.Get("extends"))
		for _, name := range slices.Backward(extended) {
			follow(p.root.Get(name))
		}
	}
	follow(job)
	return out
}

// job reads what a job runs: before_script and script in one shell, after_script in another.
func (p *pipeline) job(job doctree.Pair, hidden bool) {
	chain := p.chain(job.Value)
	get := func(key string) *doctree.Node {
		for _, from := range chain {
			if n := from.Get(key); n != nil {
				return n
			}
		}
		if n := p.root.Get("default").Get(key); n != nil {
			return n
		}
		if key == "script" {
			return nil
		}
		return p.root.Get(key)
	}
	if isScalar(get("when")) && get("when").Text == "never" {
		return
	}
	env := p.variables
	for _, from := range slices.Backward(chain) {
		env = p.variablesOf(env, from.Get("variables"))
	}
	for _, parts := range [][]*doctree.Node{{get("before_script"), get("script")}, {get("after_script")}} {
		if parts[len(parts)-1] == nil {
			continue
		}
		d := newDraft(p.file, "")
		places := map[int]bool{}
		for _, part := range parts {
			p.commands(d, part, places, nil)
		}
		x := d.script(p.owner)
		x.env, x.dir, x.owner.Span = env, p.dir, job.Key.Span
		if hidden && p.isRead(places) || p.isTold(x) {
			continue
		}
		maps.Copy(p.read, places)
		p.add(x)
	}
}

// isRead reports whether all commands at the given places are run by some job.
func (p *pipeline) isRead(places map[int]bool) bool {
	for place := range places {
		if !p.read[place] {
			return false
		}
	}
	return true
}

// isTold reports whether a job before runs the same, with the same variables: what many jobs take over is told once.
func (p *pipeline) isTold(x script) bool {
	var key strings.Builder
	for n := 1; n <= x.file.Lines(); n++ {
		line, start := x.file.Line(n)
		fmt.Fprintf(&key, "%d %s\n", x.file.Span(start, start+1).Host().Start, line)
	}
	text := key.String()
	for i, v := range x.env {
		if strings.Contains(text, v.name) && i == lastNamed(x.env, v.name) {
			fmt.Fprintf(&key, "%s=%q %s\n", v.name, v.value.Literal(), v.value.Reason())
		}
	}
	old := p.told[key.String()]
	p.told[key.String()] = true
	return old
}

// How many lists and references may lead to a command, of which GitLab itself follows ten, and how many commands a file's references may add in all.
const (
	maxCommandDepth = 20
	maxCommands     = 20_000
)

// commands appends commands, and those that others have which are referred to, and notes their places. The path leads to them:
// references may lead back.
// https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags
func (p *pipeline) commands(d *draft, n *doctree.Node, places map[int]bool, path []*doctree.Node) {
	p.budget--
	switch {
	case n == nil || p.budget < 0 || slices.Contains(path, n):
	case n.Tag == "!reference" && len(path) < maxCommandDepth:
		to := p.root
		for _, key := range n.Items {
			to = to.Get(scalarText(key))
		}
		p.commands(d, to, places, append(path, n))
	case n.Tag != "":
	case n.Kind == doctree.Sequence:
		for _, item := range n.Items {
			p.commands(d, item, places, append(path, n))
		}
	default:
		places[placeOf(n).Start] = true
		d.commands(n, p.find)
	}
}

// variablesOf returns what is set already and what a mapping sets.
func (p *pipeline) variablesOf(env []variable, n *doctree.Node) []variable {
	env = env[:len(env):len(env)]
	if n == nil || n.Kind != doctree.Mapping {
		return env
	}
	own := make([]variable, 0, len(n.Pairs))
	for _, pair := range n.Pairs {
		set := pair.Value
		if set.Kind == doctree.Mapping {
			set = set.Get("value")
		}
		if set != nil {
			own = append(own, variable{name: pair.Key.Text, value: filled(set, p.find)})
		}
	}
	return append(env, expanded(own, env)...)
}

// input matches what a pipeline is given. https://docs.gitlab.com/ci/inputs/
var inputPattern = regexp.MustCompile(`\$\[\[\s*inputs\.([\w-]+)\s*([^\]]*)\]\]`)

func (p *pipeline) find(text string) []blank {
	if !strings.Contains(text, "$[[") {
		return nil
	}
	var found []blank
	for _, m := range inputPattern.FindAllStringSubmatchIndex(text, -1) {
		name := text[m[2]:m[3]]
		v, ok := p.inputs[name]
		if !ok || m[4] < m[5] {
			v = value.OfOpaque("inputs." + name + " is given by who includes the pipeline")
		}
		found = append(found, blank{m[0], m[1], v})
	}
	return found
}

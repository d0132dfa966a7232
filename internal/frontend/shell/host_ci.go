package shell

import (
	"path"
	"regexp"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// ciHost returns who reads the file of a smaller service that builds; nil where a path is of none.
func ciHost(name string) host {
	dir, base := path.Split(name)
	parent := path.Base(dir)
	switch base {
	case "bitbucket-pipelines.yml", "bitbucket-pipelines.yaml":
		return yamlHost(readBitbucket)
	case ".travis.yml":
		return yamlHost(readTravis)
	case ".drone.yml", ".drone.yaml", ".woodpecker.yml", ".woodpecker.yaml":
		return yamlHost(readDrone)
	}
	switch {
	case parent == ".circleci":
		return yamlHost(readCircle)
	case parent == ".woodpecker":
		return yamlHost(readDrone)
	case strings.HasPrefix(base, "azure-pipeline"), parent == ".azure-pipelines", parent == "azure-pipelines", parent == ".azuredevops":
		return yamlHost(readAzure)
	}
	return nil
}

// maxStepDepth is how many mappings and lists a step may stand in: stages, jobs, strategies, templates.
const maxStepDepth = 24

// eachMapping calls do for the mappings below a node, itself included, with the variables that those around it set. Where do
// returns false, what is below is passed over.
func eachMapping(n *doctree.Node, env []variable, depth int, do func(n *doctree.Node, env []variable) ([]variable, bool)) {
	if depth == 0 {
		return
	}
	switch n.Kind {
	case doctree.Sequence:
		for _, item := range n.Items {
			eachMapping(item, env, depth-1, do)
		}
	case doctree.Mapping:
		env, deeper := do(n, env)
		if !deeper {
			return
		}
		for _, p := range n.Pairs {
			if p.Value.Kind == doctree.Mapping || p.Value.Kind == doctree.Sequence {
				eachMapping(p.Value, env, depth-1, do)
			}
		}
	}
}

// step adds what one step runs.
func (s *sheet) step(key *doctree.Pair, find blanker, shell, dir string, env []variable) {
	variant, reads := shellOf(shell)
	if !reads {
		return
	}
	d := newDraft(s.file, "")
	d.commands(key.Value, find)
	x := d.script(s.owner)
	x.variant, x.env, x.dir, x.owner.Span = variant, env, cleanDir(s.dir(), strings.TrimPrefix(dir, "./")), key.Key.Span
	s.add(x)
}

// dir returns where the repository begins whose file this is: builds begin there.
func (s *sheet) dir() string {
	dir := path.Dir(s.file.Path)
	if base := path.Base(dir); strings.HasPrefix(base, ".") && base != "." {
		dir = path.Dir(dir)
	}
	return cleanDir(dir, ".")
}

// with returns variables and those that others set, of which the later count.
func with(env, more []variable) []variable {
	return append(env[:len(env):len(env)], more...)
}

// circleParameter matches what CircleCI fills in. https://circleci.com/docs/reference/reusing-config/
var circleParameter = regexp.MustCompile(`<<\s*([\w.-]+)\s*>>`)

// readCircle reads the steps of jobs and commands. https://circleci.com/docs/reference/configuration-reference/
func readCircle(s *sheet) {
	pipeline := defaultsOf(s.root.Get("parameters"), "pipeline.parameters.")
	for _, section := range [...]string{"jobs", "commands"} {
		declared := s.root.Get(section)
		if declared == nil {
			continue
		}
		for _, job := range declared.Pairs {
			own := defaultsOf(job.Value.Get("parameters"), "parameters.")
			find := func(text string) []blank {
				return blanksOf(circleParameter, text, func(name string) value.Value {
					if v, ok := own[name]; ok {
						return v
					}
					if v, ok := pipeline[name]; ok {
						return v
					}
					return value.OfOpaque("<< " + name + " >> is known only when the pipeline runs")
				})
			}
			env := with(nil, variables(job.Value.Get("environment"), find))
			dir := scalarText(job.Value.Get("working_directory"))
			if shell := scalarText(job.Value.Get("shell")); shell != "" {
				if _, reads := shellOf(shell); !reads {
					continue
				}
			}
			eachMapping(job.Value, env, maxStepDepth, func(n *doctree.Node, env []variable) ([]variable, bool) {
				run := n.Pair("run")
				if run == nil {
					return env, true
				}
				if isScalar(run.Value) {
					s.step(run, find, "", dir, env)
				} else if command := run.Value.Pair("command"); command != nil {
					at := dir
					if own := scalarText(run.Value.Get("working_directory")); own != "" {
						at = own
					}
					s.step(command, find, scalarText(run.Value.Get("shell")), at, with(env, variables(run.Value.Get("environment"), find)))
				}
				return env, false
			})
		}
	}
}

// defaultsOf returns the defaults of declared parameters, by their names behind a prefix.
func defaultsOf(declared *doctree.Node, prefix string) map[string]value.Value {
	out := map[string]value.Value{}
	if declared == nil {
		return out
	}
	for _, p := range declared.Pairs {
		name := prefix + p.Key.Text
		out[name] = value.OfOpaque(name + " has no default")
		if def := p.Value.Get("default"); def != nil {
			out[name] = known(name, filled(def, nil))
		}
	}
	return out
}

// blanksOf returns the blanks that a pattern matches, whose first group is a name.
func blanksOf(pattern *regexp.Regexp, text string, of func(name string) value.Value) []blank {
	var found []blank
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		found = append(found, blank{m[0], m[1], of(text[m[2]:m[3]])})
	}
	return found
}

// azureReference matches what Azure Pipelines fills in: ${{ parameters.x }}, $(variable) and $[ expression ].
// https://learn.microsoft.com/en-us/azure/devops/pipelines/process/variables
var azureReference = regexp.MustCompile(`\$(?:\{\{\s*([^{}]*?)\s*\}\}|\(([\w.]+)\)|\[([^\[\]]*)\])`)

// readAzure reads the steps of a pipeline. https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
func readAzure(s *sheet) {
	parameters := map[string]value.Value{}
	if declared := s.root.Get("parameters"); declared != nil {
		for _, p := range declared.Items {
			name := "parameters." + scalarText(p.Get("name"))
			parameters[name] = value.OfOpaque(name + " has no default")
			if def := p.Get("default"); def != nil {
				parameters[name] = known(name, filled(def, nil))
			}
		}
		for _, p := range declared.Pairs {
			parameters["parameters."+p.Key.Text] = known("parameters."+p.Key.Text, filled(p.Value, nil))
		}
	}
	windows := strings.Contains(strings.ToLower(spanOf(s.root.Get("pool")).Text()), "windows")
	eachMapping(s.root, nil, maxStepDepth, func(n *doctree.Node, env []variable) ([]variable, bool) {
		find := func(text string) []blank { return azureBlanks(text, parameters, env) }
		if n != s.root && strings.Contains(strings.ToLower(spanOf(n.Get("pool")).Text()), "windows") {
			return env, false
		}
		env = with(env, azureVariables(n.Get("variables"), find))
		dir := scalarText(n.Get("workingDirectory"))
		own := with(env, variables(n.Get("env"), find))
		for _, key := range [...]string{"script", "bash"} {
			if run := n.Pair(key); run != nil && isScalar(run.Value) && !(key == "script" && windows) {
				s.step(run, find, "", dir, own)
				return env, false
			}
		}
		// Bash@3 and the tasks of AWS's and Azure's that run a script in line.
		inputs := n.Get("inputs")
		for _, key := range [...]string{"script", "inlineScript"} {
			kind := strings.ToLower(scalarText(inputs.Get("scriptType")))
			if run := inputs.Pair(key); run != nil && isScalar(run.Value) && n.Get("task") != nil && !strings.HasPrefix(kind, "p") && kind != "batch" &&
				!strings.Contains(strings.ToLower(scalarText(n.Get("task"))), "powershell") && !strings.Contains(strings.ToLower(scalarText(n.Get("task"))), "python") {
				s.step(run, find, "", scalarText(inputs.Get("workingDirectory")), own)
				return env, false
			}
		}
		return env, true
	})
}

// azureVariables returns the variables of a mapping, or of a list of names and values. A shell has them in upper case, with
// underscores for dots.
func azureVariables(n *doctree.Node, find blanker) []variable {
	out := variables(n, find)
	if n != nil {
		for _, item := range n.Items {
			if name := scalarText(item.Get("name")); name != "" && item.Get("value") != nil {
				out = append(out, variable{name, known(name, filled(item.Get("value"), find))})
			}
		}
	}
	for _, v := range out {
		out = append(out, variable{strings.ToUpper(strings.ReplaceAll(v.name, ".", "_")), v.value})
	}
	return out
}

// azureBlanks returns what is filled in of a text. A $(name) that is no variable stays: it is the shell's.
func azureBlanks(text string, parameters map[string]value.Value, env []variable) []blank {
	if !strings.Contains(text, "$") {
		return nil
	}
	var found []blank
	for _, m := range azureReference.FindAllStringSubmatchIndex(text, -1) {
		v := value.OfOpaque(excerpt(text[m[0]:m[1]]) + " is known only when the pipeline runs")
		switch {
		case m[2] >= 0:
			name := text[m[2]:m[3]]
			if p, ok := parameters[name]; ok {
				v = p
			} else if set, ok := lookup(env, strings.TrimPrefix(name, "variables.")); ok {
				v = set
			}
		case m[4] >= 0:
			name := text[m[4]:m[5]]
			set, ok := lookup(env, name)
			if ok {
				v = set
			} else if strings.ToLower(name) == name && !strings.Contains(name, ".") {
				continue // $(date), $(pwd): commands are written so, and variables seldom
			}
		}
		found = append(found, blank{m[0], m[1], v})
	}
	return found
}

// readBitbucket reads the scripts of steps, each of which has one shell.
// https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
func readBitbucket(s *sheet) {
	seen := map[int]bool{}
	eachMapping(s.root, nil, maxStepDepth, func(n *doctree.Node, env []variable) ([]variable, bool) {
		for _, key := range [...]string{"script", "after-script"} {
			// Steps are declared once and run by several branches.
			if run := n.Pair(key); run != nil && !seen[placeOf(run.Value).Start] {
				seen[placeOf(run.Value).Start] = true
				s.step(run, nil, "", "", nil)
			}
		}
		return env, true
	})
}

// readTravis reads the phases of a build, which one shell runs. https://docs.travis-ci.com/user/job-lifecycle/
func readTravis(s *sheet) {
	d := newDraft(s.file, "")
	for _, phase := range [...]string{
		"before_install", "install", "before_script", "script", "after_success", "after_failure", "before_deploy", "deploy", "after_deploy", "after_script",
	} {
		n := s.root.Get(phase)
		if phase == "deploy" {
			n = n.Get("script")
		}
		d.commands(n, nil)
	}
	x := d.script(s.owner)
	x.dir = s.dir()
	s.add(x)
}

// readDrone reads the commands of steps, of Drone and of Woodpecker, each of which has one shell.
// https://docs.drone.io/pipeline/docker/syntax/steps/ https://woodpecker-ci.org/docs/usage/workflow-syntax
func readDrone(s *sheet) {
	eachMapping(s.root, nil, maxStepDepth, func(n *doctree.Node, env []variable) ([]variable, bool) {
		env = with(env, variables(n.Get("environment"), nil))
		if run := n.Pair("commands"); run != nil && run.Value.Kind == doctree.Sequence {
			s.step(run, nil, "", "", env)
			return env, false
		}
		return env, true
	})
}

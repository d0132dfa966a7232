package shell

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// isWorkflow reports whether a path is that of a workflow, or of an action's metadata. Gitea and Forgejo read the same.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
func isWorkflow(name string) bool {
	dir, base := path.Split(name)
	if base == "action.yml" || base == "action.yaml" {
		return true
	}
	dir = strings.TrimSuffix(dir, "/")
	for _, end := range [...]string{".github/workflows", ".gitea/workflows", ".forgejo/workflows"} {
		if dir == end || strings.HasSuffix(dir, "/"+end) {
			return isYAML(base)
		}
	}
	return false
}

func isYAML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yml" || ext == ".yaml"
}

// A workflow is what holds for the steps of one job.
type workflow struct {
	*sheet
	expressions
	// dir is where the repository begins whose workflow it is, which may be a template for one.
	dir string
	// windows tells that the job's default shell is PowerShell.
	windows bool
	// exported is what earlier steps of the job write for later ones: the text of all that name GITHUB_ENV.
	exported string
	// env is what the workflow and the job set, defaults what they say of run steps, the job's last.
	env      []variable
	defaults []*doctree.Node
	exists   value.Truth
}

// readWorkflow reads a workflow, or an action's metadata.
func readWorkflow(s *sheet) {
	dir := path.Dir(s.file.Path)
	if i := strings.LastIndex("/"+s.file.Path, "/.git"); i >= 0 && !strings.HasPrefix(path.Base(s.file.Path), "action.") {
		dir = strings.TrimSuffix(s.file.Path[:i], "/")
	}
	if dir == "." {
		dir = ""
	}
	w := workflow{sheet: s, expressions: expressions{inputs: inputsOf(s.root)}, dir: dir, exists: value.Yes()}
	w.env = variables(s.root.Get("env"), w.find)
	w.scope = w.env
	w.defaults = []*doctree.Node{s.root.Get("defaults").Get("run")}
	if runs := s.root.Get("runs"); runs != nil {
		w.steps(runs.Get("steps"))
		return
	}
	jobs := s.root.Get("jobs")
	if jobs == nil {
		return
	}
	for _, job := range jobs.Pairs {
		w.job(job.Value)
	}
}

// job reads one job. The receiver is a copy: what a job sets is its own.
func (w workflow) job(job *doctree.Node) {
	var runs bool
	if w.exists, runs = w.condition(job.Get("if"), value.Yes()); !runs {
		return
	}
	w.env = append(w.env[:len(w.env):len(w.env)], variables(job.Get("env"), w.find)...)
	w.scope = w.env
	w.defaults = append(w.defaults[:1:1], job.Get("defaults").Get("run"))
	w.windows = strings.Contains(strings.ToLower(spanOf(job.Get("runs-on")).Text()), "windows")
	w.steps(job.Get("steps"))
}

func (w *workflow) steps(steps *doctree.Node) {
	if steps == nil || steps.Kind != doctree.Sequence {
		return
	}
	for _, step := range steps.Items {
		if step.Kind == doctree.Mapping {
			w.step(step)
		}
	}
}

// step reads what a step runs. Each has a shell of its own.
func (w *workflow) step(step *doctree.Node) {
	run := step.Pair("run")
	if run == nil || !isScalar(run.Value) {
		return
	}
	w.scope = w.current(nil)
	own := variables(step.Get("env"), w.find)
	w.scope = w.current(own)
	defer func() {
		if strings.Contains(run.Value.Text, "GITHUB_ENV") {
			w.exported += run.Value.Text + "\n"
		}
	}()
	exists, runs := w.condition(step.Get("if"), w.exists)
	shell := w.setting(step, "shell")
	variant, reads := shellOf(shell)
	if strings.Contains(shell, "${{") {
		reads = true
	}
	if !runs || !reads || shell == "" && w.windows {
		return
	}
	d := newDraft(w.file, "")
	d.scalar(run.Value, w.find)
	x := d.script(w.owner)
	x.variant, x.env, x.owner.Exists, x.owner.Span = variant, w.scope, exists, run.Key.Span
	x.dir = cleanDir(w.dir, strings.TrimPrefix(w.setting(step, "working-directory"), "./"))
	w.add(x)
}

// current returns the variables that a step has: its own, and those of the job that no earlier step may have set anew.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
func (w *workflow) current(own []variable) []variable {
	env := make([]variable, 0, len(w.env)+len(own))
	for _, v := range w.env {
		if w.exported != "" && strings.Contains(w.exported, v.name) {
			v.value = value.OfOpaque(v.name + " may be set by an earlier step, through GITHUB_ENV").WithOrigin(v.value.Origin())
		}
		env = append(env, v)
	}
	return append(env, own...)
}

// setting returns what a step says, or else the job or the workflow says of all of them.
func (w *workflow) setting(step *doctree.Node, name string) string {
	if text := scalarText(step.Get(name)); text != "" {
		return text
	}
	for i := len(w.defaults) - 1; i >= 0; i-- {
		if text := scalarText(w.defaults[i].Get(name)); text != "" {
			return text
		}
	}
	return ""
}

// condition returns when something is run, and false where it never is.
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
func (w *workflow) condition(n *doctree.Node, exists value.Truth) (value.Truth, bool) {
	if !isScalar(n) {
		return exists, true
	}
	text := strings.TrimSpace(n.Text)
	if inner, ok := strings.CutPrefix(text, "${{"); ok && strings.HasSuffix(inner, "}}") && strings.Count(text, "${{") == 1 {
		text = strings.TrimSpace(strings.TrimSuffix(inner, "}}"))
	}
	switch strings.ReplaceAll(text, " ", "") {
	case "", "true", "always()", "success()", "!cancelled()":
		return exists, true
	case "false":
		return value.No(), false
	}
	// What is said of the run as a whole is the same wherever it is said.
	where := w.file.Path
	for _, varies := range [...]string{"steps.", "needs.", "matrix.", "env.", "job.", "runner.", "hashFiles", "()"} {
		if strings.Contains(text, varies) {
			where = at(n.Span)
		}
	}
	shown := excerpt(text)
	f := value.Fact{Var: where + " if " + text, Is: "true", Text: shown + " is true", Opposite: shown + " is false"}
	return exists.And(value.In(value.World{f})), true
}

// inputsOf returns the defaults of a workflow's or action's inputs, by their names.
func inputsOf(root *doctree.Node) map[string]input {
	inputs := map[string]input{}
	add := func(declared *doctree.Node, always bool) {
		if declared == nil {
			return
		}
		for _, p := range declared.Pairs {
			name := strings.ToLower(p.Key.Text)
			v := value.OfOpaque("inputs." + p.Key.Text + " has no default").From(p.Key.Span)
			if def := p.Value.Get("default"); def != nil {
				v = filled(def, nil)
				if strings.Contains(def.Text, "${{") {
					v = value.OfOpaque("the default of inputs." + p.Key.Text + " is computed").From(def.Span)
				} else if !isSecret(name) {
					v = v.Noted("the default of inputs." + p.Key.Text + " is " + quoted(v))
				}
			}
			if old, twice := inputs[name]; twice && (old.value.Literal() != v.Literal() || old.value.Kind() != v.Kind()) {
				v = value.OfOpaque("the default of inputs." + p.Key.Text + " differs by what starts the workflow").From(p.Key.Span)
			}
			inputs[name] = input{value: v, always: always}
		}
	}
	add(root.Get("inputs"), true)
	on := root.Get("on")
	if on == nil || on.Kind != doctree.Mapping {
		return inputs
	}
	always := true
	for _, p := range on.Pairs {
		always = always && (p.Key.Text == "workflow_dispatch" || p.Key.Text == "workflow_call")
	}
	add(on.Get("workflow_dispatch").Get("inputs"), always)
	add(on.Get("workflow_call").Get("inputs"), always)
	return inputs
}

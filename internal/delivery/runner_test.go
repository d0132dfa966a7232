package delivery

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// An action is a composite one. https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
type action struct {
	Name, Description, Author string
	Branding                  struct{ Icon, Color string }
	Inputs                    map[string]struct{ Description, Default string }
	Outputs                   map[string]struct{ Description, Value string }
	Runs                      struct {
		Using string
		Steps []step
	}
}

type step struct {
	Name, ID, If, Uses, Shell, Run string
	With, Env                      map[string]string
	ContinueOnError                string `yaml:"continue-on-error"`
}

// A job is what a runner knows of one, as far as the action sees it.
type job struct {
	t         *testing.T
	workspace string
	temp      string
	// inputs are what the workflow gives; event is the context github.event by its paths.
	inputs map[string]string
	event  map[string]any
	// env is set for the steps beside what every runner sets.
	env []string
	// refused are the actions that fail.
	refused string
}

// A used is an action that a step uses, with what it is given.
type used struct {
	action string
	with   map[string]string
	// forgiven tells that the job goes on if it fails.
	forgiven bool
}

// An outcome is what becomes of the action.
type outcome struct {
	failed       bool
	log, summary string
	outputs      map[string]string
	uses         []used
	steps        map[string]map[string]string // outputs by step
	ran          []string                     // the names of the steps that ran
	actionInputs map[string]string
}

// run goes through the action's steps as a runner does.
// https://github.com/actions/runner/blob/main/src/Runner.Worker/Handlers/CompositeActionHandler.cs
func (j *job) run() *outcome {
	j.t.Helper()
	bash := lookBash(j.t)
	var a action
	decode(j.t, "action.yml", &a)
	o := &outcome{steps: map[string]map[string]string{}, outputs: map[string]string{}, actionInputs: map[string]string{}}
	for name := range j.inputs {
		if _, ok := a.Inputs[name]; !ok {
			j.t.Fatalf("the action has no input %s", name)
		}
	}
	for name, input := range a.Inputs {
		if given, ok := j.inputs[name]; ok {
			o.actionInputs[name] = given
		} else {
			o.actionInputs[name] = j.expand(o, input.Default)
		}
	}
	summary := filepath.Join(j.temp, "summary")
	for i, s := range a.Runs.Steps {
		if !j.due(o, s) {
			continue
		}
		o.ran = append(o.ran, s.Name)
		forgiven := j.expand(o, s.ContinueOnError) == "true"
		if s.Uses != "" {
			with := map[string]string{}
			for k, v := range s.With {
				with[k] = j.expand(o, v)
			}
			name, _, _ := strings.Cut(s.Uses, "@")
			o.uses = append(o.uses, used{name, with, forgiven})
			o.failed = o.failed || name == j.refused && !forgiven
			continue
		}
		if s.Shell != "bash" {
			j.t.Fatalf("%s: its shell is %q", s.Name, s.Shell)
		}
		script, output := filepath.Join(j.temp, fmt.Sprintf("script-%d.sh", i)), filepath.Join(j.temp, fmt.Sprintf("output-%d", i))
		if err := errors.Join(os.WriteFile(script, []byte(s.Run), 0o600), os.WriteFile(output, nil, 0o600)); err != nil {
			j.t.Fatal(err)
		}
		cmd := exec.Command(bash, "--noprofile", "--norc", "-eo", "pipefail", script)
		cmd.Dir = j.workspace
		cmd.Env = append(j.runnerEnv(), "GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+summary)
		for k, v := range s.Env {
			cmd.Env = append(cmd.Env, k+"="+j.expand(o, v))
		}
		var log bytes.Buffer
		cmd.Stdout, cmd.Stderr = &log, &log
		err := cmd.Run()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			j.t.Fatal(err)
		}
		o.log += log.String()
		o.failed = o.failed || err != nil && !forgiven
		o.steps[s.ID] = outputs(j.t, output)
	}
	for name, output := range a.Outputs {
		o.outputs[name] = j.expand(o, output.Value)
	}
	if b, err := os.ReadFile(summary); err == nil {
		o.summary = string(b)
	}
	return o
}

// runnerEnv is what a runner sets for every step.
func (j *job) runnerEnv() []string {
	actionPath, err := filepath.Abs(root)
	if err != nil {
		j.t.Fatal(err)
	}
	system := map[string]string{"linux": "Linux", "darwin": "macOS", "windows": "Windows"}[runtime.GOOS]
	machine := map[string]string{"amd64": "X64", "arm64": "ARM64"}[runtime.GOARCH]
	env := []string{
		"CI=true", "GITHUB_ACTIONS=true", "GITHUB_WORKSPACE=" + j.workspace, "GITHUB_ACTION_PATH=" + actionPath,
		"RUNNER_TEMP=" + j.temp, "RUNNER_OS=" + system, "RUNNER_ARCH=" + machine,
	}
	for _, name := range []string{"PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TMP", "TEMP", "USERPROFILE", "LOCALAPPDATA", "GOPATH", "GOCACHE", "GOMODCACHE", "GOPROXY", "GOTOOLCHAIN"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return append(env, j.env...)
}

var statusFunction = regexp.MustCompile(`\b(success|failure|always|cancelled)\(\)`)

// due reports whether a step runs: where its condition doesn't ask for the job's status, only while nothing has failed.
func (j *job) due(o *outcome, s step) bool {
	condition := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s.If), "${{"), "}}")
	if condition == "" {
		return !o.failed
	}
	v := j.evaluate(o, condition)
	return truthy(v) && (!o.failed || statusFunction.MatchString(condition))
}

var inBraces = regexp.MustCompile(`(?s)\$\{\{(.*?)\}\}`)

// expand puts the values of the expressions into a string.
func (j *job) expand(o *outcome, s string) string {
	return inBraces.ReplaceAllStringFunc(s, func(m string) string {
		return text(j.evaluate(o, m[3:len(m)-2]))
	})
}

func (j *job) evaluate(o *outcome, source string) any {
	e := &expression{
		lookup: func(path []string) (any, error) { return j.lookup(o, path) },
		status: func(function string) (bool, error) {
			return map[string]bool{"success": !o.failed, "failure": o.failed, "always": true, "cancelled": false}[function], nil
		},
	}
	v, err := e.evaluate(source)
	if err != nil {
		j.t.Fatalf("%s: %v", source, err)
	}
	return v
}

// lookup knows no name that the runner wouldn't.
func (j *job) lookup(o *outcome, path []string) (any, error) {
	switch {
	case path[0] == "inputs" && len(path) == 2:
		if v, ok := o.actionInputs[path[1]]; ok {
			return v, nil
		}
	case path[0] == "steps" && len(path) == 4 && path[2] == "outputs":
		return o.steps[path[1]][path[3]], nil
	case path[0] == "github" && len(path) > 2 && path[1] == "event":
		return j.event[strings.Join(path[2:], ".")], nil
	case path[0] == "github" && len(path) == 2 && path[1] == "token":
		return "the job's token", nil
	}
	return nil, fmt.Errorf("there is no %s", strings.Join(path, "."))
}

// outputs reads what a step wrote into GITHUB_OUTPUT.
func outputs(t *testing.T, name string) map[string]string {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(b)) {
		k, v, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "=")
		if !ok {
			t.Fatalf("GITHUB_OUTPUT has the line %q", line)
		}
		out[k] = v
	}
	return out
}

func lookBash(t *testing.T) string {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if runtime.GOOS == "windows" {
		// The bash on the PATH may be another system's; a runner takes Git's.
		bash, err = exec.LookPath(filepath.Join(os.Getenv("ProgramFiles"), "Git", "bin", "bash.exe"))
	}
	if err != nil {
		t.Skip("bash is not to be found")
	}
	if runtime.GOOS == "windows" {
		return bash // the others come with it, and are on no PATH but its own
	}
	for _, tool := range []string{"curl", "tar", "awk", "xargs"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not on the PATH", tool)
		}
	}
	return bash
}

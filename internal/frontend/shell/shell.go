// Package shell answers which SageMaker requests the commands of a repository's scripts send, and what each of them says:
// `aws sagemaker create-training-job --cli-input-json file://job.json` in a shell script, a Makefile, a Dockerfile, a
// workflow or a notebook.
//
// In go files and bodies that hold lines for a shell; out come resources in the API's dialect. A real shell parser reads the
// lines; nothing is run. The package must not know what any member means, which of them a rule looks at, nor how other
// languages spell the same thing.
package shell

import (
	"bytes"
	"context"
	"path"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// Frontend reads scripts that call `aws sagemaker`. The zero value is ready for use.
type Frontend struct{}

var _ frontend.BodyReader = Frontend{}

// Name is the word for the front-end in messages.
func (Frontend) Name() string { return "shell" }

// Match reports by its path whether a file may hold lines for a shell.
func (Frontend) Match(name string) bool { return hostOf(name) != nil }

// Relevant reports whether a file names the service. One in YAML, of which there are many, must spell an operation too, as
// each script in it must; a script or a Makefile may put one together of variables, or take it from a file that it reads.
func (Frontend) Relevant(f *source.File) bool {
	if !bytes.Contains(f.Bytes, []byte("sagemaker")) {
		return false
	}
	return !isYAML(path.Base(f.Path)) || creates(string(f.Bytes))
}

// A script is lines that one shell runs, one after the other.
type script struct {
	// file holds nothing but the lines. It may be embedded in the file that people know.
	file *source.File
	// variant is the shell that runs them; zero is Bash.
	variant syntax.LangVariant
	// holes are what stands in the text for what others fill in before a shell sees it, by the marks that newHole made. A mark
	// is ordinary text to a shell's parser wherever it stands, between single quotes too.
	holes map[string]hole
	// env is what the host sets before the first line; the later of one name counts. What isn't here is not known to be unset:
	// a shell has more of its parents than a file tells.
	env []variable
	// dir is the directory that the lines begin in, relative to the root, as far as the host knows: others may be tried behind
	// it. It is empty for the root.
	dir string
	// owner is what the lines belong to; its unit is the file's path where that is the file itself.
	owner resource.Raw
}

// A variable is one that a shell begins with.
type variable struct {
	name  string
	value value.Value
}

// Load reads the files. Each is a unit of its own.
func (Frontend) Load(ctx context.Context, in *frontend.Input) (*frontend.Output, error) {
	results := make([]result, len(in.Files))
	in.Each(len(in.Files), func(i int) source.Span { return in.Files[i].Whole() }, func(i int) {
		if ctx.Err() != nil {
			return
		}
		f := in.Files[i]
		scripts, faults := hostOf(f.Path)(in, f)
		results[i].findings, results[i].ignores = faults, ignores(scripts)
		results[i].read(in, scripts)
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &frontend.Output{Resources: append(resourcesOf(results), sessionsOf(results)...)}
	for i, r := range results {
		out.Findings = append(out.Findings, r.findings...)
		out.Ignores = append(out.Ignores, r.ignores...)
		out.Superseded = append(out.Superseded, r.superseded...)
		if len(r.calls)+len(r.sessions) > 0 {
			out.Loaded = append(out.Loaded, in.Files[i])
		}
	}
	return out, nil
}

// ReadBodies reads the scripts that others found. Those of one owner share their names, as the scripts of one file do: a
// notebook's cells all belong to the notebook.
func (Frontend) ReadBodies(ctx context.Context, in *frontend.Input, bodies []frontend.Body) (*frontend.Output, error) {
	var groups [][]frontend.Body
	places := map[[2]string]int{}
	for _, b := range bodies {
		if b.Language != frontend.ShellScript && b.Language != frontend.BuildSpec || b.Owner.Span.IsZero() {
			continue
		}
		key := [2]string{b.Owner.Addr.Unit, b.Owner.Subject}
		i, seen := places[key]
		if !seen {
			i = len(groups)
			places[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], b)
	}
	results := make([]result, len(groups))
	in.Each(len(groups), func(i int) source.Span { return groups[i][0].Owner.Span }, func(i int) {
		if ctx.Err() != nil {
			return
		}
		var scripts []script
		for _, b := range groups[i] {
			scripts = append(scripts, scriptsOf(in, b)...)
			results[i].ignores = append(results[i].ignores, buildIgnores(b)...)
		}
		results[i].ignores = append(results[i].ignores, ignores(scripts)...)
		results[i].read(in, scripts)
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &frontend.Output{Resources: append(resourcesOf(results), sessionsOf(results)...)}
	for _, r := range results {
		out.Findings = append(out.Findings, r.findings...)
		out.Ignores = append(out.Ignores, r.ignores...)
		out.Superseded = append(out.Superseded, r.superseded...)
	}
	return out, nil
}

// A result is what the scripts of one file or body say.
type result struct {
	calls      []call
	sessions   []resource.Raw
	findings   []finding.Finding
	ignores    []ignore.Directive
	superseded []string
}

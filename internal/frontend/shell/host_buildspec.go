package shell

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// isBuildSpec reports whether a path is that of a build specification: any name does for CodeBuild, and people call it
// buildspec. A deployspec is Seed-Farmer's, which CodeBuild runs too.
func isBuildSpec(name string) bool {
	base := strings.ToLower(path.Base(name))
	return isYAML(base) && (strings.Contains(base, "buildspec") || strings.Contains(base, "build-spec") ||
		strings.HasPrefix(base, "deployspec") || strings.Contains("/"+strings.ToLower(path.Dir(name))+"/", "/buildspec/") ||
		strings.Contains("/"+strings.ToLower(path.Dir(name))+"/", "/buildspecs/"))
}

// readBuildSpec reads a build specification, or a deployspec, which has two of them.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
// https://seed-farmer.readthedocs.io/en/latest/manifests.html
func readBuildSpec(s *sheet) {
	if s.root.Get("phases") != nil {
		s.build(s.root, s.root.Get("env"))
		return
	}
	for _, name := range [...]string{"deploy", "destroy"} {
		s.build(s.root.Get(name), nil)
	}
}

// phases are those of a build, in the order in which they are run.
var phases = [...]string{"install", "pre_build", "build", "post_build"}

// build reads the phases of a build. In version 0.2 one shell runs all commands; in 0.1 each has its own, which is not told
// apart: what one sets there no other sees, so that nobody relies on it.
func (s *sheet) build(spec, env *doctree.Node) {
	variant, reads := shellOf(scalarText(env.Get("shell")))
	if !reads {
		return
	}
	d := newDraft(s.file, "")
	all := spec.Get("phases")
	for _, name := range phases {
		phase := all.Get(name)
		d.commands(phase.Get("commands"), nil)
		d.commands(phase.Get("finally"), nil)
	}
	x := d.script(s.owner)
	x.variant, x.dir = variant, cleanDir(path.Dir(s.file.Path), ".")
	x.env = append(x.env, variables(env.Get("variables"), nil)...)
	x.env = append(x.env, s.kept(env.Get("parameter-store"), "Parameter Store")...)
	x.env = append(x.env, s.kept(env.Get("secrets-manager"), "Secrets Manager")...)
	s.add(x)
}

// kept returns the variables whose values a service keeps, which is asked when the build begins.
func (s *sheet) kept(n *doctree.Node, service string) []variable {
	var env []variable
	if n == nil {
		return nil
	}
	for _, p := range n.Pairs {
		v := value.OfOpaque(p.Key.Text + " is what " + service + " has for it when the build runs").From(p.Value.Span)
		env = append(env, variable{name: p.Key.Text, value: v})
	}
	return env
}

package shell

import (
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// A host finds the scripts of one kind of file, and what is wrong with the file.
type host func(in *frontend.Input, f *source.File) ([]script, []finding.Finding)

// hostOf returns who reads a file, by its path; nil where that is nobody.
func hostOf(name string) host {
	base := path.Base(name)
	if _, ok := shellEndings[path.Ext(base)]; ok {
		return shellFile
	}
	switch {
	case isYAML(base):
		return yamlHostOf(name)
	case isDockerfile(base):
		return readDockerfile
	case isJenkinsfile(base):
		return readJenkinsfile
	case isMakefile(base):
		return readMakefile
	case isProgram(name):
		return programFile
	}
	return nil
}

// yamlHostOf returns who reads a YAML file. Of the many that there are, few say what a shell runs, and all of these have
// names of their own.
func yamlHostOf(name string) host {
	switch {
	case isWorkflow(name):
		return yamlHost(readWorkflow)
	case isGitLab(name):
		return yamlHost(readGitLab)
	case isBuildSpec(name):
		return yamlHost(readBuildSpec)
	}
	return ciHost(name)
}

// shellEndings are the shells of scripts by the ends of their names. Templates for scripts (.sh.tpl, .sh.j2) are left to what they
// render to.
var shellEndings = map[string]syntax.LangVariant{
	".sh": syntax.LangBash, ".bash": syntax.LangBash, ".zsh": syntax.LangZsh, ".ksh": syntax.LangMirBSDKorn, ".bats": syntax.LangBats,
}

// isProgram reports whether a file may be a script that has no ending. Every other such file may be data of any size, so that
// none is looked at but where programs lie.
func isProgram(name string) bool {
	if strings.Contains(path.Base(name), ".") {
		return false
	}
	switch path.Base(path.Dir(name)) {
	case "bin", "sbin", "script", "scripts", "ci", ".ci", "hooks", "hack":
		return true
	}
	return false
}

// shellFile is a file that is one script. What its first line names runs it.
func shellFile(_ *frontend.Input, f *source.File) ([]script, []finding.Finding) {
	variant, reads := interpreterOf(f.Bytes, shellEndings[path.Ext(f.Path)])
	if !reads {
		return nil, nil
	}
	return []script{{file: f, variant: variant, dir: cleanDir(path.Dir(f.Path), "."), owner: ownerOf(f)}}, nil
}

// programFile is a file that is one script if its first line says so.
func programFile(in *frontend.Input, f *source.File) ([]script, []finding.Finding) {
	if !strings.HasPrefix(string(f.Bytes[:min(len(f.Bytes), 2)]), "#!") {
		return nil, nil
	}
	return shellFile(in, f)
}

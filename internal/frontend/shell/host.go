package shell

import (
	"path"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// A host finds the scripts of one kind of file, and what is wrong with the file.
type host func(in *frontend.Input, f *source.File) ([]script, []finding.Finding)

// hostOf returns who reads a file, by its path; nil where that is nobody.
func hostOf(name string) host {
	switch base := path.Base(name); {
	case isShell(base):
		return shellFile
	case isYAML(base):
		return yamlHostOf(name)
	case isDockerfile(base):
		return readDockerfile
	case isMakefile(base):
		return readMakefile
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

// isShell reports whether a file is a script by its name.
func isShell(base string) bool {
	switch path.Ext(base) {
	case ".sh", ".bash":
		return true
	}
	return false
}

// shellFile is a file that is one script.
func shellFile(_ *frontend.Input, f *source.File) ([]script, []finding.Finding) {
	return []script{{file: f, dir: cleanDir(path.Dir(f.Path), "."), owner: ownerOf(f)}}, nil
}

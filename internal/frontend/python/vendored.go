package python

import (
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
)

// sdkFiles are files by which a package is known to be the SDK itself, in its own repository or vendored: of version 2, of the
// packages that version 3 is split into, and of sagemaker-core.
var sdkFiles = map[string][][]string{
	"sagemaker": {
		{"estimator.py", "session.py"}, {"core/resources.py"}, {"train/model_trainer.py"}, {"serve/model_builder.py"},
		{"mlops/workflow/pipeline.py"},
	},
	"sagemaker_core": {{"main/resources.py"}},
}

// isSDK reports whether a file is part of the SDK's own source. What it makes, its users make.
func (l *library) isSDK(file string) bool {
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		for _, files := range sdkFiles[path.Base(dir)] {
			if !slices.ContainsFunc(files, func(f string) bool { return !l.exists(path.Join(dir, f)) }) {
				return true
			}
		}
	}
	return false
}

// inTestDirectory reports whether a path has a directory of tests in it.
func inTestDirectory(p string) bool {
	for _, dir := range strings.Split(path.Dir(p), "/") {
		lower := strings.ToLower(dir)
		switch {
		case lower == "tests", lower == "test", lower == "testing", strings.HasPrefix(lower, "unittest"),
			strings.HasSuffix(lower, "_tests"), strings.HasSuffix(lower, "_test"), strings.HasSuffix(lower, "-tests"):
			return true
		}
	}
	return false
}

// importsOnly reports whether statements import the packages whose calls are lowered, and do nothing else.
func importsOnly(body []pyast.Stmt) bool {
	own := func(name string) bool {
		root, _, _ := strings.Cut(name, ".")
		return slices.Contains(externalPackages, root)
	}
	for _, n := range body {
		switch n := n.(type) {
		case *pyast.Import:
			if slices.ContainsFunc(n.Names, func(a *pyast.Alias) bool { return !own(a.Name) }) {
				return false
			}
		case *pyast.ImportFrom:
			if n.Level > 0 || !own(n.Module) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

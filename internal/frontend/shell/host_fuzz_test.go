package shell

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// hostNames are the names of files that the hosts are fuzzed with, one of each kind.
var hostNames = []string{
	"a.sh", "bin/run", "Makefile", "Dockerfile", "Jenkinsfile", ".github/workflows/a.yml", "action.yml", ".gitlab-ci.yml", "buildspec.yml",
	".circleci/config.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".travis.yml", ".drone.yml",
}

// Whatever a file holds, its hosts end, and each byte of the scripts that they find stands somewhere in the file, the marks of
// holes included.
func FuzzHosts(f *testing.F) {
	archives, err := filepath.Glob("testdata/hosts/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, archive := range archives {
		ar, err := txtar.ParseFile(archive)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range ar.Files {
			for i, name := range hostNames {
				if filepath.Base(name) == filepath.Base(file.Name) || filepath.Ext(name) == filepath.Ext(file.Name) && i > 4 {
					f.Add(uint8(i), file.Data)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, content []byte) {
		name := hostNames[int(kind)%len(hostNames)]
		file := source.NewFile(name, content)
		tree := archive{{Name: "config.mk", Data: content}, {Name: name, Data: content}}
		scripts, _ := hostOf(name)(&frontend.Input{Tree: tree, Documents: &frontend.Documents{}}, file)
		if len(scripts) > maxScripts {
			t.Fatalf("%d scripts", len(scripts))
		}
		for _, s := range scripts {
			checkBounds(t, s)
		}
	})
}

// checkBounds holds the places of a script's bytes against the file that they are in.
func checkBounds(t *testing.T, s script) {
	for i := range s.file.Bytes {
		at := s.file.Span(i, i+1).Host()
		if at.File.Embedded() || at.Start < 0 || at.Start > at.End || at.End > len(at.File.Bytes) {
			t.Fatalf("byte %d of %q stands at [%d, %d) of %d", i, s.file.Bytes, at.Start, at.End, len(at.File.Bytes))
		}
		if i > 1<<12 {
			break // the rest is as what is before it
		}
	}
}

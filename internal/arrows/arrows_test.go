// Package arrows holds the test that the packages import each other along the arrows of docs/architecture.md only.
package arrows

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/vpclint/vpclint/"

// layers are the packages from the bottom up: a package may import those of lower layers, never one of its own layer or
// above. A trailing slash stands for everything below.
var layers = [][]string{
	{"internal/source", "internal/tri", "internal/pyast", "internal/schema", "internal/secret", "internal/controls", "internal/nearest", "internal/git"},
	{"internal/spelling"},
	{"internal/value", "internal/doctree", "internal/discover", "internal/finding", "internal/ignore"},
	{"internal/resource", "internal/sarif", "internal/literal", "internal/config", "internal/baseline"},
	{"internal/frontend", "internal/report"},
	{"internal/frontend/", "internal/model", "internal/report/"},
	{"internal/network"},
	{"analyzers/"},
	{"analyzers/endpoints"},
	{"rules"},
	{"internal/lint", "internal/lint/networktest", "internal/lint/isolationtest"},
	{"internal/cli"},
	{"cmd/", "internal/delivery"},
}

// forbidden are imports that go down the layers and are wrong all the same.
var forbidden = []struct{ from, to, why string }{
	{"internal/report", "internal/value", "a report prints findings"},
	{"internal/model", "internal/frontend", "the model knows no language"},
	{"internal/model", "internal/doctree", "the model knows no language"},
	{"internal/network", "internal/frontend", "the network knows no language"},
	{"analyzers/", "internal/frontend", "analyzers know no language"},
	{"rules", "internal/frontend", "rules know no language"},
	{"rules", "internal/doctree", "rules know no language"},
	{"rules", "internal/report", "rules know no output"},
	{"rules", "internal/sarif", "rules know no output"},
	{"internal/lint", "internal/report", "the driver knows no output"},
}

// sole are the only packages that may import a library.
var sole = map[string]string{
	"github.com/hashicorp/hcl/v2":           "internal/frontend/terraform",
	"github.com/zclconf/go-cty":             "internal/frontend/terraform",
	"go.yaml.in/yaml/v4":                    "internal/doctree",
	"github.com/go-json-experiment/json":    "internal/doctree",
	"github.com/pelletier/go-toml/v2":       "internal/doctree",
	"mvdan.cc/sh/v3":                        "internal/frontend/shell",
	module + "internal/pyast":               "internal/frontend/python",
	"github.com/awslabs/goformation/v7":     "tests",
	"github.com/owenrumney/go-sarif/v3":     "internal/report/sariftest",
	"github.com/santhosh-tekuri/jsonschema": "internal/report/sariftest",
}

func layer(path string) int {
	found := -1
	for i, l := range layers {
		for _, p := range l {
			if path == p || strings.HasSuffix(p, "/") && strings.HasPrefix(path, p) {
				found = i
			}
		}
	}
	return found
}

func matches(path, pattern string) bool {
	return path == pattern || strings.HasSuffix(pattern, "/") && strings.HasPrefix(path, pattern)
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []pkg {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Skipf("go list is not to be had here: %v", err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

func TestArrows(t *testing.T) {
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, module)
		if from == "internal/arrows" {
			continue
		}
		if layer(from) < 0 {
			t.Errorf("%s has no layer: add it to the list, and to docs/architecture.md", from)
			continue
		}
		for _, imported := range p.Imports {
			for lib, only := range sole {
				if (imported == lib || strings.HasPrefix(imported, lib+"/")) && from != only && from != strings.TrimPrefix(lib, module) {
					t.Errorf("%s imports %s, which is for %s only", from, imported, only)
				}
			}
			to, ours := strings.CutPrefix(imported, module)
			if !ours {
				continue
			}
			if layer(to) >= layer(from) {
				t.Errorf("%s imports %s, against the arrows", from, to)
			}
			for _, f := range forbidden {
				if matches(from, f.from) && matches(to, f.to) {
					t.Errorf("%s imports %s: %s", from, to, f.why)
				}
			}
		}
	}
}

package jobconfig

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A folder is a repository of a few files.
type folder map[string]string

func (d folder) Open(path string) (*source.File, error) {
	if content, ok := d[path]; ok {
		return source.NewFile(path, []byte(content)), nil
	}
	return nil, errors.New("there is no such file")
}

func (folder) Dir(string) []string { return nil }

// loadAll reads a repository as the driver does.
func (d folder) load(t *testing.T) *frontend.Output {
	t.Helper()
	in := &frontend.Input{Each: each, Documents: &frontend.Documents{}, Tree: d}
	for path, content := range d {
		f := source.NewFile(path, []byte(content))
		if (Frontend{}).Relevant(f) {
			in.Files = append(in.Files, f)
		} else {
			in.Passed = append(in.Passed, path)
		}
	}
	slices.SortFunc(in.Files, func(a, b *source.File) int { return strings.Compare(a.Path, b.Path) })
	slices.Sort(in.Passed)
	out, err := Frontend{}.Load(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What an overlay patches may be one thing or another.
func TestKustomizations(t *testing.T) {
	network := "\n    vpcConfig: {subnets: [subnet-0f00ba4e5eed00001], securityGroupIDs: [sg-0f00ba4e5eed00001]}\n"
	whole := "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: TrainingJob\nmetadata: {name: nightly}\nspec:"
	base := folder{
		"base/job.yaml":           trainingObject,
		"base/kustomization.yaml": "resources: [job.yaml]\n",
	}
	for _, row := range []struct {
		name  string
		files folder
		want  string // what the job's subnets are
	}{
		{"no overlay", folder{}, "absent"},
		{"a file of part of the object", folder{
			"live/kustomization.yaml": "resources: [../base]\npatches: [{path: network.yaml}]\n",
			"live/network.yaml":       whole + network,
		}, "opaque live/kustomization.yaml patches it"},
		{"one that is as good as whole", folder{
			"live/kustomization.yaml": "resources: [../base]\npatchesStrategicMerge: [network.yaml]\n",
			"live/network.yaml":       whole + trainingSpec + strings.Replace(network, "    ", "  ", 1),
		}, "opaque live/kustomization.yaml patches it"},
		{"text of the kustomization", folder{
			"live/kustomization.yaml": "resources: [../base]\npatches:\n- patch: |\n    " + strings.ReplaceAll(whole+network, "\n", "\n    "),
		}, "opaque live/kustomization.yaml patches it"},
		{"operations", folder{
			"live/kustomization.yaml": "resources: [../base]\npatches:\n- target: {kind: TrainingJob, name: night.*}\n  patch: '[{op: add, path: /spec/vpcConfig, value: {}}]'\n",
		}, "opaque live/kustomization.yaml patches it"},
		{"operations in a file", folder{
			"live/kustomization.yml": "bases: [../base]\npatchesJson6902:\n- target: {version: v1, kind: TrainingJob, name: nightly}\n  path: p.yaml\n",
			"live/p.yaml":            "- {op: replace, path: /spec/vpcConfig/subnets/0, value: x}\n",
		}, "opaque live/kustomization.yml patches it"},
		{"a component", folder{
			"net/kustomization.yaml": "kind: Component\npatches:\n- target: {kind: TrainingJob}\n  patch: '[{op: add, path: /spec, value: {}}]'\n",
		}, "opaque net/kustomization.yaml patches it"},
		{"a replacement", folder{
			"live/kustomization.yaml": "resources: [../base]\nreplacements:\n- source: {kind: ConfigMap}\n  targets: [{select: {kind: TrainingJob}, fieldPaths: [spec.vpcConfig.subnets.0]}]\n",
		}, "opaque live/kustomization.yaml patches it"},
		{"of another object", folder{
			"live/kustomization.yaml": "resources: [../base]\npatches:\n- target: {kind: TrainingJob, name: night}\n  patch: '[{op: add, path: /spec/vpcConfig, value: {}}]'\n",
		}, "absent"},
		{"of another member", folder{
			"live/kustomization.yaml": "resources: [../base]\npatches:\n- target: {kind: TrainingJob}\n  patch: '[{op: add, path: /spec/tags, value: []}, {op: add, path: /metadata/name, value: x}]'\n",
		}, "absent"},
		{"of other files", folder{
			"live/kustomization.yaml": "resources: [../else]\npatches:\n- target: {kind: TrainingJob}\n  patch: '[{op: add, path: /spec/vpcConfig, value: {}}]'\n",
		}, "absent"},
		{"what isn't there, and what takes itself", folder{
			"live/kustomization.yaml": "resources: [../live, ../base]\npatches: [{path: none.yaml}, {target: {}}, none.yaml, {}, []]\n",
		}, "absent"},
	} {
		t.Run(row.name, func(t *testing.T) {
			files := folder{}
			for _, from := range []folder{base, row.files} {
				for name, content := range from {
					files[name] = content
				}
			}
			out := files.load(t)
			if diff := cmp.Diff([]string{"base/job.yaml:TrainingJob/nightly TrainingJob at 2:7 TrainingJob"}, spots(out)); diff != "" {
				t.Fatal(diff)
			}
			subnets := at(out.Resources[0].Props, "vpcConfig.subnets")
			got := subnets.Kind().String()
			if subnets.Kind() == value.KindOpaque {
				got += " " + subnets.Reason()
			}
			if got != row.want {
				t.Errorf("the subnets are %s", got)
			}
			if count, _ := at(out.Resources[0].Props, "resourceConfig.instanceCount").AsInt(); count != 2 && row.name != "a component" && row.name != "one that is as good as whole" {
				t.Errorf("%d instances", count)
			}
		})
	}
}

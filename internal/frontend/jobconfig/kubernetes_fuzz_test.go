package jobconfig

import (
	"context"
	"testing"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// Whatever a manifest, a chart's template or a kustomization says, nothing panics, every place is inside its file, and no two
// resources share an address; the same text as a body gives no more.
func FuzzKubernetes(f *testing.F) {
	f.Add(trainingObject, "resources: [a.yaml]\npatches: [{path: p.yaml}]")
	f.Add(operatorObject, "")
	f.Add(chart, "resources: [a.yaml]\npatches:\n- target: {kind: T.*}\n  patch: '[{op: add, path: /spec/vpcConfig, value: {}}]'")
	f.Add("apiVersion: v1\nkind: List\nitems:\n- "+chart, "kind: Component\npatchesStrategicMerge: [a.yaml]")
	f.Add("{{ if }}\n{{else}}{{- end }}\napiVersion: sagemaker.services.k8s.aws/v1\nkind: Model\nspec: {a: &a [{{ x }}], b: *a, {{ range }}\n : {{end}}}", "bases: [.]")
	f.Add("apiVersion: sagemaker.aws.amazon.com/v1\nkind: HostingDeployment\nspec: {models: [{name: a, environment: [{name: x}]}, *a, 1]}", "resources: [.., a.yaml]")
	f.Add("apiVersion: argoproj.io/v1\nkind: W\nspec:\n  manifest: |\n    "+"apiVersion: sagemaker.services.k8s.aws/v1\n    kind: Model\n    spec: {modelRef: {}, containers: [{imageRefs: []}], {{x}}: y}", "patchesJson6902: [{path: a.yaml, target: {name: '['}}]")
	f.Fuzz(func(t *testing.T, content, kustomization string) {
		files := []*source.File{source.NewFile("a.yaml", []byte(content)), source.NewFile("kustomization.yaml", []byte(kustomization))}
		in := &frontend.Input{
			Files: files, Each: each, Documents: &frontend.Documents{},
			Tree: folder{"a.yaml": content, "kustomization.yaml": kustomization},
		}
		out, err := Frontend{}.Load(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		wellPlaced(t, out)
		at := files[0].Whole()
		for _, v := range []value.Value{
			value.StringAt(content, at),
			value.OfText(value.StringAt(content, at), value.OfOpaque("it is not known").From(at), value.OfString(kustomization)).From(at),
		} {
			out, err := Frontend{}.ReadBodies(context.Background(), in, []frontend.Body{{
				Language: frontend.Manifest, Value: v,
				Owner: resource.Raw{Addr: value.Address{Unit: "infra", Name: "job"}, Exists: value.Yes(), Span: at},
			}})
			if err != nil {
				t.Fatal(err)
			}
			wellPlaced(t, out)
		}
	})
}

func wellPlaced(t *testing.T, out *frontend.Output) {
	t.Helper()
	seen := map[value.Address]bool{}
	place := func(s source.Span) {
		h := s.Host()
		if s.File == nil && s.Start == 0 && s.End == 0 {
			return // what is nowhere
		}
		if h.File == nil || h.Start < 0 || h.End < h.Start || h.End > len(h.File.Bytes) {
			t.Errorf("%d-%d is outside its file", h.Start, h.End)
		}
	}
	var visit func(v value.Value)
	visit = func(v value.Value) {
		for o := v.Origin(); o != nil; o = o.Via {
			place(o.Span)
		}
		for _, e := range v.Elems() {
			visit(e)
		}
		for _, f := range v.Fields() {
			place(f.Key)
			visit(f.Value)
		}
	}
	for _, r := range out.Resources {
		place(r.Span)
		visit(r.Props)
		if r.Span.IsZero() || seen[r.Addr] {
			t.Errorf("%v stands nowhere, or twice", r.Addr)
		}
		seen[r.Addr] = true
	}
	for _, d := range out.Findings {
		place(d.At)
	}
}

package jobconfig

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// bodies reads what resources of Terraform's hold, each of which stands in a file of its own text.
func bodies(t *testing.T, vs ...value.Value) *frontend.Output {
	t.Helper()
	var held []frontend.Body
	for _, v := range vs {
		held = append(held, frontend.Body{Language: frontend.Manifest, Value: v, Owner: resource.Raw{
			Addr: value.Address{Unit: "infra", Name: "kubectl_manifest.job"}, Subject: "kubectl_manifest.job",
			Exists: value.In(value.World{{Var: "on", Is: "true", Text: "var.on is true"}}), Span: spanOf(v),
		}})
	}
	out, err := Frontend{}.ReadBodies(context.Background(), &frontend.Input{Each: each}, held)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A text with unknown parts is an object with unknown members, each where it is spelt.
func TestManifestText(t *testing.T) {
	const before, after = "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: NotebookInstance\nmetadata:\n  name: nb\nspec:\n  notebookInstanceName: nb\n  instanceType: ml.t3.medium\n  roleARN: ",
		"\n  subnetID: subnet-0f00ba4e5eed00001\n"
	f := source.NewFile("main.tf", []byte(before+"${var.role}"+after))
	role := value.OfOpaque("var.role has no default").From(f.Span(len(before)+2, len(before)+10))
	whole := f.Span(0, len(f.Bytes))
	text := value.OfText(value.StringAt(before, whole), role, value.StringAt(after, whole)).From(whole)
	out := bodies(t, text)
	if diff := cmp.Diff([]string{"kubectl_manifest.job:NotebookInstance/nb NotebookInstance at 2:7 NotebookInstance"}, spots(out)); diff != "" {
		t.Fatal(diff)
	}
	r := out.Resources[0]
	if _, cases := r.Exists.Verdict(); r.Addr != (value.Address{Unit: "infra", Name: "kubectl_manifest.job:NotebookInstance/nb"}) || len(cases) != 1 || cases[0].When.String() != "var.on is true" {
		t.Errorf("%v exists when %v", r.Addr, cases)
	}
	if got := r.Props.Attr("roleARN"); got.Kind() != value.KindOpaque || got.Reason() != "var.role has no default" {
		t.Errorf("the role is %v: %s", got.Kind(), got.Reason())
	}
	subnet := r.Props.Attr("subnetID")
	if got, _ := subnet.AsString(); got != "subnet-0f00ba4e5eed00001" || spanOf(subnet).Host().Text() != got {
		t.Errorf("the subnet is %q, at %q", got, spanOf(subnet).Host().Text())
	}
}

// What Terraform puts into a text is told from what a template engine puts there later.
func TestManifestOfTemplate(t *testing.T) {
	const before, after = "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: NotebookInstance\nmetadata:\n  name: nb\nspec:\n  notebookInstanceName: nb\n  {{- if .Values.large }}\n  instanceType: {{ .Values.type }}\n  {{- end }}\n  roleARN: r\n  subnetID: ",
		"\n"
	f := source.NewFile("main.tf", []byte(before+"${var.subnet}"+after))
	subnet := value.OfOpaque("var.subnet has no default").From(f.Span(len(before)+2, len(before)+12))
	whole := f.Span(0, len(f.Bytes))
	out := bodies(t, value.OfText(value.StringAt(before, whole), subnet, value.StringAt(after, whole)).From(whole))
	if len(out.Resources) != 1 {
		t.Fatalf("%d resources", len(out.Resources))
	}
	if got := out.Resources[0].Props.Attr("subnetID").Reason(); got != "var.subnet has no default" {
		t.Errorf("the subnet is unknown because %q", got)
	}
}

// An object is read as it is spelt out, in each world that it may be of.
func TestManifestObject(t *testing.T) {
	f := source.NewFile("main.tf", []byte("model notebook"))
	object := func(kind string, at source.Span, spec ...value.Field) value.Value {
		return value.OfObject([]value.Field{
			{Name: "apiVersion", Value: value.OfString("sagemaker.services.k8s.aws/v1alpha1")},
			{Name: "kind", Value: value.OfString(kind).From(at)},
			{Name: "spec", Value: value.OfObject(spec, false)},
		}, false).From(f.Span(0, 1))
	}
	model := object("Model", f.Span(0, 5), value.Field{Name: "modelName", Value: value.OfString("m")})
	unknown := object("Model", f.Span(0, 5))
	unknown = value.OfObject(append(unknown.Fields()[:2:2], value.Field{Name: "spec", Value: value.OfOpaque("var.spec has no default")}), false).From(f.Span(0, 5))
	notebook := object("NotebookInstance", f.Span(6, 14), value.Field{Name: "instanceType", Value: value.OfString("t")}, value.Field{Name: "notebookInstanceName", Value: value.OfString("n")})
	live := value.World{{Var: "live", Is: "true", Text: "var.live is true"}}
	other := value.World{{Var: "live", Is: "false", Text: "var.live is false"}}
	either := value.OfChoice([]value.Arm{{When: live, Value: model}, {When: other, Value: notebook}})
	whole := f.Span(0, 14)
	out := bodies(t, value.OfList([]value.Value{model, either}, false).From(whole), unknown, value.OfOpaque("x").From(whole), value.StringAt("kind: List", whole))
	if diff := cmp.Diff([]string{
		"kubectl_manifest.job:Model Model at 1:1 model",
		"kubectl_manifest.job:Model#2 Model at 1:1 model",
		"kubectl_manifest.job:NotebookInstance NotebookInstance at 1:7 notebook",
		"kubectl_manifest.job:Model Model at 1:1 model",
	}, spots(out)); diff != "" {
		t.Fatal(diff)
	}
	if _, cases := out.Resources[2].Exists.Verdict(); len(cases) != 1 || cases[0].When.String() != "var.live is false and var.on is true" {
		t.Errorf("the notebook exists when %v", cases)
	}
	if v := out.Resources[3].Props; v.Kind() != value.KindObject || v.Attr("vpcConfig").Reason() != "var.spec has no default" {
		t.Errorf("an unknown spec is %v: %s", v.Kind(), v.Attr("vpcConfig").Reason())
	}
}

// A pipeline's definition in a manifest is read as one anywhere else.
func TestManifestOfPipeline(t *testing.T) {
	text := `{"apiVersion": "sagemaker.services.k8s.aws/v1alpha1", "kind": "Pipeline", "metadata": {"name": "p"}, "spec": {"pipelineName": "p",
"pipelineDefinition": "{\"Version\": \"2020-12-01\", \"Steps\": [{\"Name\": \"Train\", \"Type\": \"Training\", \"Arguments\": {\"RoleArn\": \"r\"}}]}"}}`
	f := source.NewFile("main.tf", []byte(text))
	out := bodies(t, value.StringAt(text, f.Span(0, len(text))))
	if diff := cmp.Diff([]string{
		`kubectl_manifest.job:Pipeline/p Pipeline at 1:63 "Pipeline"`,
		`kubectl_manifest.job:Pipeline/p:Train CreateTrainingJob at 2:77 \"Train\"`,
	}, spots(out)); diff != "" {
		t.Error(diff)
	}
}

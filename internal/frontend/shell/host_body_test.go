package shell

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// What others hand over becomes scripts whose lines stand where they are written: texts, lists of words, what is in base64,
// and build specifications, in a text or in a file that a project names.
func TestBodies(t *testing.T) {
	const script = "#!/bin/bash\naws sagemaker create-model --name lcc\n"
	f := source.NewFile("infra/main.tf", []byte(`text = "aws sagemaker create-model --name x"
words = ["bash", "-c", "aws sagemaker create-endpoint"]
argv = ["aws", "sagemaker", "create-app", "it's", x]
coded = base64encode(<<EOF
`+script+`EOF
)
spec = "ci/build.yml"
`))
	at := func(s string) source.Span {
		i := strings.Index(string(f.Bytes), s)
		return f.Span(i, i+len(s))
	}
	text := func(s string) value.Value { return value.StringAt(s, at(`"`+s+`"`)) }
	list := func(elems ...value.Value) value.Value { return value.OfList(elems, false) }
	owner := resource.Raw{Addr: value.Address{Unit: "infra"}, Subject: "x", Exists: value.Yes(), Span: at("text")}
	project := owner
	project.Dialect = resource.CloudFormation
	project.Props = value.OfObject([]value.Field{{Name: "Environment", Value: value.OfObject([]value.Field{{
		Name: "EnvironmentVariables", Value: list(value.OfObject([]value.Field{
			{Name: "Name", Value: value.OfString("SUBNET")}, {Name: "Value", Value: value.OfString("subnet-1")},
		}, false)),
	}}, false)}}, false)
	in := &frontend.Input{Documents: &frontend.Documents{}, Tree: archive{txtar.File{
		Name: "ci/build.yml", Data: []byte("version: 0.2\nphases: {build: {commands: [aws sagemaker create-model --subnet $SUBNET]}}\n"),
	}}}
	var got strings.Builder
	for _, b := range []frontend.Body{
		{Language: frontend.ShellScript, Owner: owner, Value: text("aws sagemaker create-model --name x")},
		{Language: frontend.ShellScript, Owner: owner, Value: list(text("bash"), text("-c"), text("aws sagemaker create-endpoint"))},
		{Language: frontend.ShellScript, Owner: owner, Value: list(text("aws"), text("sagemaker"), text("create-app"), text("it's"),
			value.OfOpaque("x is unknown").From(at("x]")))},
		{Language: frontend.ShellScript, Owner: owner, Value: value.StringAt(base64.StdEncoding.EncodeToString([]byte(script)),
			at("base64encode(<<EOF\n"+script+"EOF\n)"))},
		{Language: frontend.ShellScript, Owner: owner, Value: text("aws sagemaker create-model --name x"), Shell: frontend.Shell{Interpreter: "python3 -c"}},
		{Language: frontend.BuildSpec, Owner: project, Value: text("ci/build.yml")},
	} {
		for _, s := range scriptsOf(in, b) {
			checkPlaces(t, s)
			got.WriteString(show(s))
		}
	}
	want := `== infra/main.tf:1 bash
   1:9  aws sagemaker create-model --name x
== infra/main.tf:1 bash
   2:25 aws sagemaker create-endpoint
== infra/main.tf:1 bash
   3:10 aws sagemaker create-app 'it'\''s' '⟦?opaque: x is unknown?⟧'
== infra/main.tf:1 bash
   5:1  #!/bin/bash
   6:1  aws sagemaker create-model --name lcc
== ci/build.yml:1 bash in ci
   env SUBNET = subnet-1
   2:29 aws sagemaker create-model --subnet $SUBNET
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

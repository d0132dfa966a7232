package frontend_test

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/frontend/terraform"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A tree is a repository by path.
type tree map[string]*source.File

func (t tree) Open(name string) (*source.File, error) {
	if f := t[name]; f != nil {
		return f, nil
	}
	return nil, errors.New("it is not in the tree")
}

func (t tree) Dir(dir string) []string {
	var out []string
	for name := range t {
		if d := path.Dir(name); d == dir || d == "." && dir == "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// repository returns the files of a text: "-- name --" begins each.
func repository(text string) tree {
	t := tree{}
	for _, piece := range strings.Split(text, "-- ")[1:] {
		name, content, _ := strings.Cut(piece, " --\n")
		t[name] = source.NewFile(name, []byte(content))
	}
	return t
}

// bodies returns what the front-ends find in a repository.
func bodies(t *testing.T, files tree) []frontend.Body {
	t.Helper()
	in := &frontend.Input{Tree: files, Documents: &frontend.Documents{}, Each: func(n int, _ func(int) source.Span, do func(int)) {
		for i := range n {
			do(i)
		}
	}}
	var out []frontend.Body
	for _, f := range []frontend.Frontend{terraform.Frontend{}, cloudformation.Frontend{}} {
		in.Files = nil
		for _, name := range files.Dir("") {
			if f.Match(name) && f.Relevant(files[name]) {
				in.Files = append(in.Files, files[name])
			}
		}
		found, err := f.Load(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range found.Findings {
			t.Errorf("%s: %s", x.At.Host().File.Path, x.Message)
		}
		out = append(append(out, found.Bodies...), frontend.Bodies(found.Resources)...)
	}
	return out
}

// spot says where something stands, and what stands there.
func spot(at source.Span) string {
	at = at.Host()
	if at.IsZero() {
		return "nowhere"
	}
	p := at.File.Position(at.Start)
	text, _, _ := strings.Cut(at.Text(), "\n")
	return fmt.Sprintf("%s:%d:%d %s", at.File.Path, p.Line, p.Column, text)
}

// trace returns the steps of a value's origin behind the first.
func trace(v value.Value) []string {
	var out []string
	for o := v.Origin().Via; o != nil; o = o.Via {
		if o.Note != "" {
			out = append(out, spot(o.Span)+": "+o.Note)
		}
	}
	return out
}

// Every state and every value of a state machine stands where it is written, however its definition is spelt.
func TestPlacesInBodies(t *testing.T) {
	const machine = "resource \"aws_sfn_state_machine\" \"m\" {\n"
	for _, row := range []struct {
		name, files string
		// want are where the state is named, where its subnet is, and the trace of that.
		want []string
	}{
		{"heredoc", "-- main.tf --\n" + machine + `  definition = <<EOF
{
  "StartAt": "Train",
  "States": {"Train": {"Subnets": ["${aws_subnet.a.id}"], "Image": "a\tü\"", "Count": 5}}
}
EOF
}
`, []string{`main.tf:5:14 "Train"`, `main.tf:5:36 "${aws_subnet.a.id}"`}},
		{"indented heredoc", "-- main.tf --\n" + machine + `  definition = <<-EOF
    {
      "StartAt": "${var.name}",
      "States": {
        "Train": {
		  "Subnets": ["${var.subnet}"],
          "Image": "$${x}%%{y}", "Count": ${var.number}
        }
      }
    }
  EOF
}
variable "name" { default = "Train" }
variable "subnet" { default = "subnet-1" }
variable "number" { default = 5 }
`, []string{`main.tf:6:9 "Train"`, `main.tf:7:17 "${var.subnet}"`, `main.tf:15:31 "subnet-1": the default of var.subnet is "subnet-1"`}},
		{"quoted", "-- main.tf --\n" + machine +
			`  definition = "{\"StartAt\": \"Train\", \n \"States\": {\"Train\": {\"Subnets\": [\"\u0073ubnet-1\"], \"Count\": 5}}}"
}
`, []string{`main.tf:2:58 \"Train\"`, `main.tf:2:84 \"\u0073ubnet-1\"`}},
		{"a local, through another file", "-- main.tf --\n" + machine + "  definition = local.definition\n}\n-- locals.tf --\nlocals {\n" + `  definition = <<EOF
{"StartAt": "Train", "States":
 {"Train": {"Subnets": ["subnet-1"]}}}
EOF
}
`, []string{`locals.tf:4:3 "Train"`, `locals.tf:4:25 "subnet-1"`, "main.tf:2:16 local.definition: the document is used here"}},
		{"a default of a variable", "-- main.tf --\n" + machine + "  definition = var.definition\n}\nvariable \"definition\" {\n" +
			`  default = "{\"StartAt\": \"Train\", \"States\": {\"Train\": {\"Subnets\": [\"subnet-1\"], \"Image\": \"\"}}}"
}
`, []string{`main.tf:5:52 \"Train\"`, `main.tf:5:78 \"subnet-1\"`, "main.tf:2:16 var.definition: the document is used here"}},
		{"a file with tabs and CRLF", "-- main.tf --\n" + machine + "  definition = file(\"m.json\")\n}\n-- m.json --\n" +
			"{\"StartAt\": \"Train\",\r\n\t\"States\":\r\n\t{\"Train\": {\"Comment\": \"😀é\", \"Subnets\": [\"subnet-1\"]}}}\r\n",
			[]string{`m.json:3:3 "Train"`, `m.json:3:42 "subnet-1"`, `main.tf:2:16 file("m.json"): the document is used here`}},
		{"templatefile", "-- main.tf --\n" + machine + `  definition = templatefile("${path.module}/m.tftpl", { subnets = [aws_subnet.a.id, "subnet-2"], name = "Train" })
}
-- m.tftpl --
{"StartAt": "${name}",
 "States": {
   %{ if true ~}
   "${name}": {
     "Subnets": [%{ for s in subnets }"${s}",%{ endfor } "subnet-1"]
   }
   %{~ endif }
}}
`, []string{`m.tftpl:4:4 "${name}"`, `m.tftpl:5:39 "${s}"`, `main.tf:2:16 templatefile("${path.module}/m.tftpl", { subnets = [aws_subnet.a.id, "subnet-2"], name = "Train" }): the document is used here`}},
		{"YAML of a template", "-- main.tf --\n" + machine + `  definition = jsonencode(yamldecode(templatefile("m.yaml", { subnet = aws_subnet.a.id })))
}
-- m.yaml --
StartAt: Train
States:
  Train:
    Subnets: ["${subnet}"]
`, []string{`m.yaml:3:3 Train`, `m.yaml:4:15 "${subnet}"`}},
		{"the provider of templates", "-- main.tf --\n" + machine + `  definition = data.template_file.m.rendered
}
data "template_file" "m" {
  template = file("m.json")
  vars     = { subnet = aws_subnet.a.id }
}
-- m.json --
{"States": {"Train": {"Subnets": ["${subnet}"]}}}
`, []string{`m.json:1:13 "Train"`, `m.json:1:35 "${subnet}"`,
			"main.tf:6:14 { subnet = aws_subnet.a.id }: data.template_file.m.vars is set here", "main.tf:6:25 aws_subnet.a.id: it is written here",
			"main.tf:2:16 data.template_file.m.rendered: the document is used here"}},
		{"replaced words", "-- main.tf --\n" + machine + `  definition = replace(replace(file("m.json"), "NAME", "Train"), "SUBNET", aws_subnet.a.id)
}
-- m.json --
{"States": {
  "NAME": {"Comment": "SUBNET", "Subnets": ["SUBNET"]}}}
`, []string{`m.json:2:3 "NAME"`, `m.json:2:45 "SUBNET"`, `main.tf:2:16 replace(replace(file("m.json"), "NAME", "Train"), "SUBNET", aws_subnet.a.id): the document is used here`}},
		{"plain Fn::Sub", `-- t.yaml --
Resources:
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub |
        {"StartAt": "Train",

          "States": {"Train": {"Arn": "arn:${AWS::Partition}:x", "Subnets": ["${Subnet}"], "Text": "${!x}"}}
        }
  Subnet:
    Type: AWS::EC2::Subnet
`, []string{`t.yaml:8:22 "Train"`, `t.yaml:8:78 "${Subnet}"`}},
		{"Fn::Sub with a map, folded", `-- t.yaml --
Resources:
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString:
        Fn::Sub:
          - >-
            {"StartAt": "Train",
            "States": {"Train":
              {"Subnets":

              ["${S}"], "Count": ${Count}}}}
          - S: !Ref Subnet
            Count: 5
  Subnet:
    Type: AWS::EC2::Subnet
`, []string{`t.yaml:9:24 "Train"`, `t.yaml:12:16 "${S}"`}},
		{"JSON", `-- t.json --
{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties":
  {"DefinitionString": {"Fn::Join": ["", ["{\"StartAt\": \"Train\",", "\"States\": {\"Train\": {\"Subnets\": [\"\u0073ubnet-1\", \"", {"Ref": "Subnet"}, "\"]}}}"]]}}},
  "Subnet": {"Type": "AWS::EC2::Subnet"}}}
`, []string{`t.json:2:85 \"Train\"`, `t.json:2:111 \"\u0073ubnet-1\"`}},
		{"quotes of YAML", `-- t.yaml --
Resources:
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: '{"StartAt": "Train", "Comment": "it''s",
        "States": {"Train": {"Subnets": ["subnet-1"], "Count": 5}}}'
`, []string{`t.yaml:6:20 "Train"`, `t.yaml:6:42 "subnet-1"`}},
		{"substitutions", `-- t.yaml --
Resources:
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionSubstitutions: {Name: Train, Subnet: !Ref Subnet}
      DefinitionString: |
        {"StartAt": "${Name}", "States": {"${Name}": {
          "Subnets": ["${Subnet}"], "Image": "${Other}"}}}
  Subnet:
    Type: AWS::EC2::Subnet
`, []string{`t.yaml:7:43 "${Name}"`, `t.yaml:8:23 "${Subnet}"`}},
		{"a file of its own", `-- t.yaml --
Transform: AWS::Serverless-2016-10-31
Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: m/m.asl.yaml
      DefinitionSubstitutions: {Subnet: !Ref Subnet}
  Subnet:
    Type: AWS::EC2::Subnet
-- m/m.asl.yaml --
States:
  Train:
    Subnets: ["${Subnet}"]
`, []string{`m/m.asl.yaml:2:3 Train`, `m/m.asl.yaml:3:15 "${Subnet}"`}},
		{"a file of its own that is to be filled in", `-- t.yaml --
Resources:
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionS3Location: {Bucket: b, Key: build/m/m.json}
      DefinitionSubstitutions: {Subnet: !Ref Subnet, Count: 5}
  Subnet:
    Type: AWS::EC2::Subnet
-- m/m.json --
{"States":
  {"Train": {"Count": ${Count}, "Subnets": ["${Subnet}"], "Image": "${Other}"}}}
`, []string{`m/m.json:2:4 "Train"`, `m/m.json:2:45 "${Subnet}"`, "t.yaml:5:29 {Bucket: b, Key: build/m/m.json}: the document is used here"}},
		{"the file of an asset", `-- t.json --
{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionS3Location": {"Bucket": "b", "Key": "3f"}},
  "Metadata": {"aws:asset:path": "asset.3f.json", "aws:asset:property": "DefinitionS3Location"}}}}
-- asset.3f.json --
{"States": {"Train": {"Subnets": ["subnet-1"]}}}
`, []string{`asset.3f.json:1:13 "Train"`, `asset.3f.json:1:35 "subnet-1"`}},
	} {
		t.Run(row.name, func(t *testing.T) {
			files := repository(row.files)
			found := bodies(t, files)
			if len(found) != 1 {
				t.Fatalf("%d bodies", len(found))
			}
			doc := found[0].Value.FromJSON()
			states := doc.Attr("States")
			if len(states.Fields()) != 1 {
				t.Fatalf("it is %s, %s", doc.Kind(), doc.Reason())
			}
			state := states.Fields()[0]
			subnet := state.Value.Attr("Subnets").Elems()[0]
			got := append([]string{spot(state.Key), spot(subnet.Origin().Span)}, trace(subnet)...)
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

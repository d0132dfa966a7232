package jobconfig

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// show writes a value as a person would, so that rows can be compared.
func show(v value.Value) string {
	s := ""
	switch v.Kind() {
	case value.KindScalar:
		scalar, _ := v.Scalar()
		s = fmt.Sprintf("%T %v", scalar, scalar)
	case value.KindText:
		var parts []string
		for _, p := range v.Parts() {
			parts = append(parts, show(p))
		}
		s = strings.Join(parts, " + ")
	case value.KindList:
		var parts []string
		for _, e := range v.Elems() {
			parts = append(parts, show(e))
		}
		s = "[" + strings.Join(parts, ", ") + "]"
	case value.KindOpaque:
		s = "? " + v.Reason()
	default:
		s = v.Kind().String()
	}
	if v.MayBeMissing() {
		s += " (maybe)"
	}
	return s
}

// first returns what is said of the member V of a model's request.
func first(t *testing.T, file, member string) value.Value {
	t.Helper()
	content := `{"ModelName": "m", "PrimaryContainer": {"Image": "x"}, ` + member + `}`
	if strings.HasSuffix(file, "yaml") {
		content = "ModelName: m\nPrimaryContainer: {Image: x}\n" + member + "\n"
	}
	out := load(t, file, content)
	if len(out.Resources) != 1 {
		t.Fatalf("%d resources, %v", len(out.Resources), out.Findings)
	}
	return out.Resources[0].Props.Attr("V")
}

func TestValues(t *testing.T) {
	for _, row := range []struct{ file, member, want string }{
		{"a.json", `"V": "subnet-0f00ba4e5eed00001"`, "string subnet-0f00ba4e5eed00001"},
		{"a.json", `"V": true`, "bool true"},
		{"a.json", `"V": 2.50`, "value.Number 2.5"},
		{"a.json", `"V": null`, "absent"},
		{"a.json", `"W": 1`, "absent"},
		{"a.json", `"V": "x", "V": "y"`, "string y"},
		{"a.yaml", `V: 012345678901`, "string 012345678901"},
		{"a.yaml", `V: 0`, "value.Number 0"},
		{"a.yaml", `V: True`, "bool true"},
		{"a.yaml", `V: ~`, "absent"},
		{"a.yaml", `V:`, "absent"},
		{"a.yaml", `V: !Ref Subnet`, "? the tag !Ref says what it becomes"},

		{"a.json", `"V": ""`, "? it is left empty; fill it in or leave it out"},
		{"a.json", `"V": [""]`, "[? it is left empty; fill it in or leave it out (maybe)]"},
		{"a.json", `"V": "<subnet>"`, `? "<subnet>" is a placeholder`},
		{"a.json", `"V": "<your subnet id>"`, `? "<your subnet id>" is a placeholder`},
		{"a.json", `"V": "${SUBNET}"`, `? "${SUBNET}" is a placeholder`},
		{"a.json", `"V": "{{ subnet_id }}"`, `? "{{ subnet_id }}" is a placeholder`},
		{"a.json", `"V": "$SUBNET"`, `? "$SUBNET" is a placeholder`},
		{"a.json", `"V": "REPLACE_ME"`, `? "REPLACE_ME" is a placeholder`},
		{"a.json", `"V": "your-subnet-id"`, `? "your-subnet-id" is a placeholder`},
		{"a.json", `"V": "subnet-xxxxxxxx"`, `? "subnet-xxxxxxxx" is a placeholder`},
		{"a.json", `"V": "string"`, `? "string" is a placeholder`},
		{"a.json", `"V": ["${A}", "subnet-1"]`, `[? "${A}" is a placeholder, string subnet-1]`},
		{"a.json", `"V": "arn:aws:iam::${ACCOUNT}:role/ml"`, `string arn:aws:iam:: + ? "${ACCOUNT}" is a placeholder + string :role/ml`},
		{"a.json", `"V": "subnet-{id}"`, `string subnet- + ? "{id}" is a placeholder`},
		{"a.yaml", `V: {{ subnet }}`, `? "{{ subnet }}" is a placeholder`},
		{"a.json", `"V": {{ subnet }}`, `? "{{ subnet }}" is a placeholder`},
		{"a.json", `"V.$": "$.subnet"`, `? the state machine computes it from "$.subnet"`},
		{"a.json", `"${MORE}": 1`, `? the member "${MORE}" is a placeholder`},
		{"a.json", `"V": "subnet-XXX"`, `? "subnet-XXX" is a placeholder`},
		{"a.json", `"V": "SUBNET_ID_CHANGE_ME"`, `? "SUBNET_ID_CHANGE_ME" is a placeholder`},
		{"a.json", `"V": "<<SUBNET>>"`, `? "<<SUBNET>>" is a placeholder`},
		{"a.json", `"V": "##SubnetId##"`, `? "##SubnetId##" is a placeholder`},
		{"a.json", `"V": "SUBNET_ID_1"`, `? "SUBNET_ID_1" is a placeholder`},
		{"a.json", `"V": "SAGEMAKER_EXECUTION_ROLE"`, `? "SAGEMAKER_EXECUTION_ROLE" is a placeholder`},
		{"a.json", `"V": "FEATURE_1"`, "string FEATURE_1"},
		{"a.json", `"V": "ID"`, "string ID"},
		{"a.json", `"V": "# no #"`, "string # no #"},
		{"a.json", `"V": "$5"`, "string $5"},
		{"a.json", `"V": "customer-id"`, "string customer-id"},
		{"a.json", `"V": "my-model"`, "string my-model"},
		{"a.json", `"V": "s3://bucket/a_$b/x.csv"`, "string s3://bucket/a_$b/x.csv"},
		{"a.json", `"V": "{\"a\": 1}"`, `string {"a": 1}`},
	} {
		if got := show(first(t, row.file, row.member)); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.member, got, row.want)
		}
	}
}

// What the rules will ask of placeholders: one in a list is some subnet, one alone or left empty may come to nothing.
func TestPlaceholdersArePresence(t *testing.T) {
	for member, want := range map[string]tri.Bool{
		`"V": ["<subnet>"]`:     tri.True,
		`"V": "subnet-${ID}"`:   tri.True,
		`"V": "${SUBNET}"`:      tri.Unknown,
		`"V": [""]`:             tri.Unknown,
		`"V": ""`:               tri.Unknown,
		`"V": []`:               tri.False,
		`"V": null`:             tri.False,
		`"V": "${VPC}", "W": 1`: tri.Unknown,
	} {
		if got := first(t, "a.json", member).NonEmpty().Known(); got != want {
			t.Errorf("%s: got %v, want %v", member, got, want)
		}
	}
}

// An alias is used in one place and written in another.
func TestAlias(t *testing.T) {
	out := load(t, "a.yaml", `
a:
  ModelName: a
  PrimaryContainer: {Image: x}
  VpcConfig: &vpc
    Subnets: &subnets [subnet-1]
b:
  ModelName: b
  PrimaryContainer: {Image: x}
  VpcConfig: *vpc
c:
  ModelName: c
  PrimaryContainer: {Image: x}
  VpcConfig: {Subnets: *subnets}
`)
	var got []string
	for _, r := range out.Resources {
		vpc := r.Props.Attr("VpcConfig")
		o := vpc.Attr("Subnets").Origin()
		s := r.Addr.Name + ": " + vpc.Origin().Span.Text() + " " + o.Span.Text()
		if o.Via != nil {
			s += " <- " + o.Via.Span.Text() + " " + o.Via.Note
		}
		got = append(got, s)
	}
	want := []string{
		"a: VpcConfig [subnet-1]",
		"b: VpcConfig [subnet-1]",
		"c: VpcConfig *subnets <- [subnet-1] it is written under &subnets",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A null that isn't written stands where its key does.
func TestUnwrittenNull(t *testing.T) {
	for content, want := range map[string]string{"V:": "V", "V: ~": "~", "V: null": "null"} {
		if got := first(t, "a.yaml", content).Origin().Span.Text(); got != want {
			t.Errorf("%s: got %q", content, got)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for _, row := range []struct{ name, file, content, at, message string }{
		{"truncated", "a.json", training[:400], "", "it can't be parsed: unexpected end of the JSON document"},
		{"a placeholder without quotes", "a.json", strings.Replace(training, `"InstanceCount": 2`, `"InstanceCount": ${COUNT}`, 1),
			"", ""},
		{"one that isn't all that is wrong", "a.json", strings.Replace(training, `"InstanceCount": 2`, `"InstanceCount": ${COUNT},,`, 1),
			"${COUNT}", `the placeholder "${COUNT}" stands outside quotes, so the file can't be read before it is filled in`},
		{"the same of a template", "a.tpl.json", strings.Replace(training, `"InstanceCount": 2`, `"InstanceCount": ${COUNT},,`, 1), "", ""},
		{"not ours", "a.json", `{"TrainingJobName": "x", "RoleArn"`, "", ""},
		{"a template's", "a.json", `{"AWSTemplateFormatVersion": "x", ` + training, "", ""},
		{"words in text", "a.json", `{"text": "TrainingJobName: RoleArn: OutputDataConfig:", `, "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			out := load(t, row.file, row.content)
			var at, message string
			for _, f := range out.Findings {
				at, message = f.At.Text(), f.Message
			}
			if at != row.at || message != row.message || len(out.Findings) > 1 {
				t.Errorf("at %q: %q", at, message)
			}
		})
	}
}

// A placeholder without quotes is as unknown as one in quotes.
func TestFilled(t *testing.T) {
	out := load(t, "a.json", strings.Replace(training, `"InstanceCount": 2`, `"InstanceCount": ${COUNT}`, 1))
	if len(out.Resources) != 1 || len(out.Findings) > 0 {
		t.Fatalf("found %v, %v", spots(out), out.Findings)
	}
	r := out.Resources[0]
	count := r.Props.Attr("ResourceConfig").Attr("InstanceCount")
	got := []string{show(count), count.Origin().Span.Host().Text(), r.Span.Host().Text(), show(r.Props.Attr("VpcConfig").Attr("Subnets"))}
	want := []string{`? "${COUNT}" is a placeholder`, "${COUNT}", "{", "[string subnet-0f00ba4e5eed00001]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

package cloudformation_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/awslabs/goformation/v7/cloudformation"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/source"
)

// A template that goformation writes from its typed resources, as JSON or as YAML and with its own functions in it, reads
// back as what it was written from.
func TestReadsGoformation(t *testing.T) {
	types, sum := typed(t), newTally()
	rapid.Check(t, func(t *rapid.T) {
		template, d := typedTemplate(t)
		for i, typ := range types {
			r := reflect.New(typ)
			w := writer{t: t, functions: rapid.Bool().Draw(t, "functions")}
			w.fill(r.Elem(), 6)
			template.Resources[fmt.Sprintf("R%d", i)] = r.Interface().(cloudformation.Resource)
		}
		text, err := template.JSON()
		if err != nil {
			t.Fatal(err)
		}
		var written struct {
			Resources map[string]map[string]any
		}
		decode(t, text, &written)
		d.resources = written.Resources
		name := "t.template.json"
		if rapid.Bool().Draw(t, "YAML") {
			name = "t.yaml"
			if text, err = template.YAML(); err != nil {
				t.Fatal(err)
			}
		}
		rs := byName(load(t, nil, source.NewFile(name, text)))
		for _, id := range sorted(written.Resources) {
			properties := texts(written.Resources[id]["Properties"])
			want, err := d.eval(properties)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.contains(rs[id].Props, want); err != nil {
				t.Fatalf("%s: %v for %v\n%s", rs[id].Type, err, d.parameters, pretty(properties))
			}
			sum.weigh(d, given, rs[id].Props, want)
		}
	})
	if t.Log(sum, sum.why()); sum.known[given]*20 < sum.told[given]*19 {
		t.Errorf("too little is known: %s", sum)
	}
}

// typed returns the types of which the model reads properties and goformation has a struct.
func typed(t *testing.T) []reflect.Type {
	t.Helper()
	files, err := filepath.Glob("../../model/*.go")
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, typ := range modelled.FindAllString(string(b), -1) {
			if !strings.HasSuffix(file, "_test.go") {
				read[strings.Trim(typ, "\"")] = true
			}
		}
	}
	var types []reflect.Type
	var none []string
	all := cloudformation.AllResources()
	for _, typ := range slices.Sorted(maps.Keys(read)) {
		if all[typ] == nil {
			none = append(none, typ)
		} else {
			types = append(types, reflect.TypeOf(all[typ]).Elem())
		}
	}
	if diff := cmp.Diff(untyped, none); diff != "" {
		t.Fatalf("types without a struct: %s", diff)
	}
	if len(types) < 60 {
		t.Fatalf("only %d types", len(types))
	}
	return types
}

var modelled = regexp.MustCompile(`"AWS::[A-Za-z0-9]+::[A-Za-z0-9]+"`)

// untyped are the types for which goformation v7.14.9 has no struct.
var untyped = []string{
	"AWS::EC2::SecurityGroupVpcAssociation",
	"AWS::EC2::VPCBlockPublicAccessExclusion",
	"AWS::EC2::VPCBlockPublicAccessOptions",
	"AWS::EC2::VPCEncryptionControl",
	"AWS::SageMaker::Algorithm",
	"AWS::SageMaker::Cluster",
	"AWS::SageMaker::MlflowApp",
	"AWS::SageMaker::MlflowTrackingServer",
	"AWS::SageMaker::PartnerApp",
	"AWS::SageMaker::ProcessingJob",
	"AWS::SageMaker::StudioLifecycleConfig",
	"AWS::SageMaker::Workforce",
}

// typedTemplate returns a template for typed resources, and a deployment of it.
func typedTemplate(t *rapid.T) (*cloudformation.Template, *deployment) {
	template := cloudformation.NewTemplate()
	template.Parameters = cloudformation.Parameters{
		"Name":  {Type: "String", Default: "lab"},
		"Stage": {Type: "String", AllowedValues: []any{"dev", "prod"}},
		"Names": {Type: "CommaDelimitedList", Default: "a, b"},
	}
	template.Conditions = map[string]any{"Prod": cloudformation.Equals(cloudformation.Ref("Stage"), "prod")}
	template.Mappings = map[string]any{"Sizes": map[string]any{
		"dev": map[string]any{"size": "small"}, "prod": map[string]any{"size": "large"},
	}}
	return template, &deployment{
		parameters: map[string]any{
			"Name": "lab", "Stage": rapid.SampledFrom([]string{"dev", "prod"}).Draw(t, "stage"), "Names": []any{"a", "b"},
			"AWS::Region": "us-east-1", "AWS::Partition": "aws",
		},
		conditions: map[string]tree{"Prod": fn("Equals", ref("Stage"), "prod")},
		mappings: map[string]any{"Sizes": map[string]any{
			"dev": map[string]any{"size": "small"}, "prod": map[string]any{"size": "large"},
		}},
	}
}

// A writer draws values for typed resources.
type writer struct {
	t         *rapid.T
	functions bool
}

// fill draws values for the fields of a struct that make up its properties.
func (w writer) fill(v reflect.Value, depth int) {
	t := w.t
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if name := f.Tag.Get("json"); f.IsExported() && name != "" && name != "-" {
				w.fill(v.Field(i), depth-1)
			}
		}
	case reflect.Pointer:
		if depth > 0 && rapid.Bool().Draw(t, "set") {
			v.Set(reflect.New(v.Type().Elem()))
			w.fill(v.Elem(), depth-1)
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 2).Draw(t, "length")
		if depth > 0 && n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				w.fill(v.Index(i), depth-1)
			}
		}
	case reflect.Map:
		if depth > 0 && rapid.Bool().Draw(t, "set") {
			v.Set(reflect.MakeMap(v.Type()))
			e := reflect.New(v.Type().Elem()).Elem()
			w.fill(e, depth-1)
			v.SetMapIndex(reflect.ValueOf("Key"), e)
		}
	case reflect.Interface:
		v.Set(reflect.ValueOf(map[string]any{
			"Version":   "2012-10-17",
			"Statement": []any{map[string]any{"Effect": w.text(), "Action": []any{w.text(), "s3:*"}, "Count": 3, "Deny": false}},
		}))
	case reflect.String:
		v.SetString(w.text())
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int:
		v.SetInt(int64(rapid.IntRange(-1, 70000).Draw(t, "int")))
	case reflect.Float64:
		v.SetFloat(float64(rapid.IntRange(0, 100).Draw(t, "quarters")) / 4)
	}
}

// text draws a text that YAML might take for something else, or a function that goformation writes.
func (w writer) text() string {
	if w.functions && rapid.Bool().Draw(w.t, "function") {
		return rapid.SampledFrom([]string{
			cloudformation.Ref("Name"),
			cloudformation.Ref("Stage"),
			cloudformation.Ref("R0"),
			cloudformation.Sub("${Name}-${Stage}-${AWS::Region}"),
			cloudformation.SubVars("${Own}/${!Name}", map[string]any{"Own": cloudformation.Ref("Stage")}),
			cloudformation.GetAtt("R1", "Arn"),
			cloudformation.Join("-", []string{"a", cloudformation.Ref("Name"), cloudformation.Ref("Stage")}),
			cloudformation.Join(",", cloudformation.Ref("Names")),
			cloudformation.Select("1", cloudformation.Split("-", "x-y")),
			cloudformation.Select("0", cloudformation.Ref("Names")),
			cloudformation.FindInMap("Sizes", cloudformation.Ref("Stage"), "size"),
			cloudformation.If("Prod", "large", cloudformation.Ref("AWS::Partition")),
			cloudformation.If("Prod", cloudformation.Ref("AWS::NoValue"), "small"),
			cloudformation.Base64(cloudformation.Sub("#!${Name}")),
		}).Draw(w.t, "call")
	}
	return rapid.SampledFrom([]string{
		"subnet-0a", "true", "443", "é\"\\\n\t<&>", "\U0001F600", "${x}", "a: b # c", "2012-10-17", "007",
		"yes", "on", "null", "~", "0x1F", "12:30", "1_000", "1e3", "-", "", " x ", "*a", "&a", "!Ref a", "{a", "a\nb\n", "#",
	}).Draw(w.t, "text")
}

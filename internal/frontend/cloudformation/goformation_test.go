package cloudformation_test

import (
	"encoding/json"
	"reflect"
	"strconv"
	"testing"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"
	"github.com/awslabs/goformation/v7/cloudformation/sagemaker"
	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/source"
)

// A template that goformation writes from its typed resources reads back as what it was written from.
func TestReadsGoformation(t *testing.T) {
	types := []any{
		sagemaker.Model{}, sagemaker.NotebookInstance{}, sagemaker.Domain{}, sagemaker.EndpointConfig{},
		sagemaker.MonitoringSchedule{}, sagemaker.DataQualityJobDefinition{}, sagemaker.UserProfile{},
		ec2.VPC{}, ec2.Subnet{}, ec2.SecurityGroup{}, ec2.VPCEndpoint{}, ec2.Route{}, ec2.NatGateway{},
	}
	rapid.Check(t, func(t *rapid.T) {
		resources, want := map[string]json.RawMessage{}, map[string]any{}
		for i := range 1 + rapid.IntRange(0, 3).Draw(t, "resources") {
			name := "R" + strconv.Itoa(i)
			r := reflect.New(reflect.TypeOf(types[rapid.IntRange(0, len(types)-1).Draw(t, "type")]))
			fill(t, r.Elem(), 6)
			b, err := json.Marshal(r.Elem().Interface())
			if err != nil {
				t.Fatal(err)
			}
			var body struct{ Properties any }
			if err := json.Unmarshal(b, &body); err != nil {
				t.Fatal(err)
			}
			resources[name], want[name] = b, body.Properties
		}
		b, err := json.MarshalIndent(map[string]any{"Resources": resources}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		rs := byName(load(t, nil, source.NewFile("t.template.json", b)))
		for name, properties := range want {
			if err := (&deployment{}).contains(rs[name].Props, texts(properties)); err != nil {
				t.Fatalf("%s: %v\n%s", name, err, b)
			}
		}
	})
}

// fill draws values for the fields of a struct that make up its properties.
func fill(t *rapid.T, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && f.Tag.Get("json") != "" {
				fill(t, v.Field(i), depth-1)
			}
		}
	case reflect.Pointer:
		if depth > 0 && rapid.Bool().Draw(t, "set") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem(), depth-1)
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 2).Draw(t, "length")
		if depth > 0 && n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(t, v.Index(i), depth-1)
			}
		}
	case reflect.String:
		v.SetString(rapid.SampledFrom([]string{
			"subnet-0a", "true", "443", "é\"\\\n\t<&>", "\U0001F600", "${x}", "a: b # c", "2012-10-17", "007",
		}).Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int:
		v.SetInt(int64(rapid.IntRange(-1, 70000).Draw(t, "int")))
	case reflect.Float64:
		v.SetFloat(float64(rapid.IntRange(0, 100).Draw(t, "quarters")) / 4)
	}
}

package rules

import (
	"fmt"
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// BenchmarkIdentity is what the identity rules cost a tree of 5,000 resources, 300 of which write policies of 5 statements.
func BenchmarkIdentity(b *testing.B) {
	file := source.NewFile("main.tf", []byte("x"))
	text := value.OfString
	object := func(fields ...value.Field) value.Value { return value.OfObject(fields, false).From(file.Whole()) }
	statement := func(effect, action string, condition value.Value) value.Value {
		return object(
			value.Field{Name: "Effect", Value: text(effect)}, value.Field{Name: "Action", Value: text(action)},
			value.Field{Name: "Resource", Value: text("*")}, value.Field{Name: "Condition", Value: condition},
		)
	}
	null := object(value.Field{Name: "Null", Value: object(value.Field{Name: "sagemaker:VpcSubnets", Value: text("true")})})
	document := object(value.Field{Name: "Statement", Value: value.OfList([]value.Value{
		statement("Allow", "s3:GetObject", value.Value{}), statement("Allow", "logs:*", value.Value{}),
		statement("Allow", "sagemaker:Create*", value.Value{}), statement("Allow", "sagemaker:Describe*", value.Value{}),
		statement("Deny", "sagemaker:CreateTrainingJob", null),
	}, false)})
	var raws []resource.Raw
	declare := func(typ, name string, fields ...value.Field) {
		raws = append(raws, resource.Raw{
			Dialect: resource.Terraform, Type: typ, Addr: value.Address{Unit: ".", Name: typ + "." + name}, Subject: typ + "." + name,
			Exists: value.Yes(), Span: file.Whole(), Props: object(fields...),
		})
	}
	for i := range 4400 {
		declare("aws_subnet", fmt.Sprint("s", i), value.Field{Name: "vpc_id", Value: text("vpc-0aa11bb22cc33dd44")})
	}
	for i := range 300 {
		name := fmt.Sprint("r", i)
		declare("aws_iam_role", name, value.Field{Name: "name", Value: text(name)})
		declare("aws_iam_role_policy", name, value.Field{Name: "role", Value: text(name)}, value.Field{Name: "policy", Value: document})
	}
	e := model.Decode(raws)
	g := network.Link(e, nil)
	for b.Loop() {
		p := &Pass{Estate: e, Facts: Facts{Net: g, shared: &shared{}}}
		if n := len(p.identity().allows); n != 300 {
			b.Fatal(n)
		}
	}
}

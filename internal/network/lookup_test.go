package network_test

import (
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// data returns a data source of Terraform's with the given properties.
func data(typ, name string, props map[string]value.Value) resource.Raw {
	r := raw(typ, name, props)
	r.Data = true
	r.Addr.Name, r.Subject = "data."+r.Addr.Name, "data."+r.Subject
	return r
}

func filter(name string, values ...value.Value) value.Value {
	return value.OfList([]value.Value{value.OfObject([]value.Field{
		{Name: "name", Value: value.OfString(name)}, {Name: "values", Value: value.OfList(values, false)},
	}, false)}, false)
}

// What a data source finds is in the default VPC where it looks for that, or in it, by whatever way.
func TestLookup(t *testing.T) {
	vpc := data("aws_vpc", "default", map[string]value.Value{"default": value.OfBool(true)})
	unknown := value.OfOpaque("var.vpc_id has no default")
	for name, row := range map[string]struct {
		found resource.Raw
		more  []resource.Raw
		want  tri.Bool
	}{
		"by its VPC":           {data("aws_subnet_ids", "s", map[string]value.Value{"vpc_id": ref("data.aws_vpc.default", "id")}), []resource.Raw{vpc}, tri.True},
		"by a filter":          {data("aws_subnets", "s", map[string]value.Value{"filter": filter("vpc-id", ref("data.aws_vpc.default", "id"))}), []resource.Raw{vpc}, tri.True},
		"default subnets":      {data("aws_subnets", "s", map[string]value.Value{"filter": filter("default-for-az", value.OfString("true"))}), nil, tri.True},
		"a default subnet":     {data("aws_subnet", "s", map[string]value.Value{"default_for_az": value.OfBool(true)}), nil, tri.True},
		"of the tree's VPC":    {data("aws_subnets", "s", map[string]value.Value{"filter": filter("vpc-id", ref("aws_vpc.v", "id"))}), nil, tri.False},
		"of a subnet":          {data("aws_subnet", "s", map[string]value.Value{"id": ref("aws_subnet.a", "id")}), nil, tri.False},
		"of a VPC, who knows":  {data("aws_subnet", "s", map[string]value.Value{"vpc_id": unknown}), nil, tri.Unknown},
		"by a tag":             {data("aws_subnets", "s", map[string]value.Value{"filter": filter("tag:Name", value.OfString("private"))}), nil, tri.Unknown},
		"of one that it finds": {data("aws_subnet", "s", map[string]value.Value{"vpc_id": ref("data.aws_subnet.s", "vpc_id")}), nil, tri.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			e := placement(ref(row.found.Addr.Name, "id"), nil, append(row.more, row.found)...)[0]
			if e.To != nil || e.Lookup == nil {
				t.Fatalf("got %+v", e)
			}
			if got := e.Lookup.Default.Known(); got != row.want {
				t.Errorf("in the default VPC: %v, want %v", got, row.want)
			}
		})
	}
}

// A model is run by what refers to it, has its name, or the same unknown value for a name.
func TestUses(t *testing.T) {
	unknown := value.OfOpaque("var.name has no default").From(raw("x", "variables", nil).Span)
	variant := func(name value.Value) resource.Raw {
		return raw("aws_sagemaker_endpoint_configuration", "c", map[string]value.Value{
			"production_variants": value.OfList([]value.Value{value.OfObject([]value.Field{{Name: "model_name", Value: name}}, false)}, false),
		})
	}
	for name, row := range map[string]struct {
		model, variant value.Value
		want           int
	}{
		"by reference":         {unknown, ref("aws_sagemaker_model.m", "name"), 1},
		"by name":              {value.OfString("churn"), value.OfString("churn"), 1},
		"another":              {value.OfString("churn"), value.OfString("price"), 0},
		"the same unknown":     {unknown, unknown, 1},
		"another unknown":      {unknown, value.OfOpaque("var.other has no default").From(raw("x", "other", nil).Span), 0},
		"neither has any name": {value.Value{}, value.Value{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			m := raw("aws_sagemaker_model", "m", map[string]value.Value{"name": row.model})
			g := network.Link(model.Decode([]resource.Raw{m, variant(row.variant)}), nil)
			if got := len(g.Workloads[0].Uses); got != row.want {
				t.Errorf("%d uses, want %d", got, row.want)
			}
		})
	}
}

package network_test

import (
	"slices"
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// raw returns a resource of Terraform's with the given properties.
func raw(typ, name string, props map[string]value.Value) resource.Raw {
	var fields []value.Field
	for k, v := range props {
		fields = append(fields, value.Field{Name: k, Value: v})
	}
	file := source.NewFile(name+".tf", []byte(name))
	return resource.Raw{
		Dialect: resource.Terraform, Type: typ, Addr: value.Address{Unit: ".", Name: typ + "." + name},
		Subject: typ + "." + name, Exists: value.Yes(), Span: file.Whole(),
		Props: value.OfObject(fields, false).From(file.Whole()),
	}
}

func ref(name, attr string) value.Value {
	return value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: name}, Attr: attr})
}

// placement links a notebook in a subnet among resources and returns the edges to its subnets.
func placement(subnet value.Value, ids []resource.Identity, more ...resource.Raw) []network.Edge[network.Subnet] {
	raws := append(more,
		raw("aws_subnet", "a", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")}),
		raw("aws_vpc", "v", nil),
		raw("aws_sagemaker_notebook_instance", "n", map[string]value.Value{"subnet_id": subnet}),
	)
	g := network.Link(model.Decode(raws), ids)
	return g.Workloads[0].Placements[0].Subnets
}

func TestReference(t *testing.T) {
	edges := placement(ref("aws_subnet.a", "id"), nil)
	if len(edges) != 1 || edges[0].To == nil || edges[0].Holds.Known() != tri.True {
		t.Fatalf("got %+v", edges)
	}
	if vpc := edges[0].To.VPC; vpc.To == nil || vpc.To.Head().Subject() != "aws_vpc.v" {
		t.Errorf("the subnet's VPC: %+v", vpc)
	}
}

func TestLiteral(t *testing.T) {
	const id = "subnet-0aa11bb22cc33dd44"
	if e := placement(value.OfString(id), nil)[0]; e.To != nil || e.Holds.Known() != tri.Unknown || e.Reason == "" {
		t.Errorf("an id of which nothing is told: %+v", e)
	}
	told := []resource.Identity{{Ref: value.Ref{Addr: value.Address{Unit: ".", Name: "aws_subnet.a"}, Attr: "id"}, Literal: id}}
	e := placement(value.OfString(id), told)[0]
	if e.To == nil || e.Holds.Known() != tri.True || len(e.Via) != 1 {
		t.Errorf("an id that a state tells: %+v", e)
	}
	if e := placement(value.OfString("<SUBNET_ID>"), told)[0]; e.To != nil || e.Reason == "" {
		t.Errorf("a placeholder: %+v", e)
	}
}

// What is only computed from a subnet may be that subnet: the edge is there and not certain.
func TestOpaque(t *testing.T) {
	v := value.OfOpaque("var.which has no default", value.Ref{Addr: value.Address{Unit: ".", Name: "aws_subnet.a"}, Attr: "id"})
	e := placement(v, nil)[0]
	if e.To == nil || e.Holds.Known() != tri.Unknown {
		t.Errorf("got %+v", e)
	}
}

// A reference to something that is no subnet is no edge to one; to something that isn't there, an unknown one.
func TestOtherKinds(t *testing.T) {
	if e := placement(ref("aws_vpc.v", "id"), nil)[0]; e.To != nil || e.Holds.Known() != tri.False {
		t.Errorf("a VPC: %+v", e)
	}
	if e := placement(ref("aws_subnet.gone", "id"), nil)[0]; e.To != nil || e.Holds.Known() != tri.Unknown {
		t.Errorf("a resource that isn't there: %+v", e)
	}
	data := raw("aws_subnet", "looked-up", nil)
	data.Data, data.Addr.Name = true, "data.aws_subnet.looked-up"
	if e := placement(ref("data.aws_subnet.looked-up", "id"), nil, data)[0]; e.To != nil || e.Holds.Known() != tri.Unknown {
		t.Errorf("a data source: %+v", e)
	}
}

// Each arm of a choice is an edge in its world.
func TestChoice(t *testing.T) {
	when := func(is string) value.World {
		return value.World{{Var: "private", Is: is, Text: "private is " + is}}
	}
	v := value.OfChoice([]value.Arm{
		{When: when("true"), Value: ref("aws_subnet.a", "id")},
		{When: when("false"), Value: value.OfString("subnet-0aa11bb22cc33dd44")},
	})
	edges := placement(v, nil)
	if len(edges) != 2 || edges[0].To == nil || edges[1].To != nil {
		t.Fatalf("got %+v", edges)
	}
	if got := edges[0].Holds.Cases()[0].When.String(); got != "private is true" {
		t.Errorf("the first edge holds when %q", got)
	}
}

// A model is serverless where every variant that uses it is.
func TestServerless(t *testing.T) {
	variant := func(model value.Value, serverless bool) value.Value {
		fields := []value.Field{{Name: "model_name", Value: model}}
		if serverless {
			fields = append(fields, value.Field{Name: "serverless_config", Value: value.OfList([]value.Value{value.OfObject(nil, false)}, false)})
		}
		return value.OfObject(fields, false)
	}
	name := ref("aws_sagemaker_model.m", "name")
	bare := value.OfObject([]value.Field{
		{Name: "model_name", Value: name}, {Name: "serverless_config", Value: value.OfList(nil, false)},
	}, false)
	for _, row := range []struct {
		what     string
		variants []value.Value
		want     tri.Bool
	}{
		{"unused", nil, tri.False},
		{"serverless", []value.Value{variant(name, true)}, tri.True},
		{"on instances", []value.Value{variant(name, false)}, tri.False},
		{"both", []value.Value{variant(name, true), variant(name, false)}, tri.False},
		{"a dynamic block without elements", []value.Value{bare}, tri.False},
		{"another model's", []value.Value{variant(value.OfString("other"), true)}, tri.False},
	} {
		g := network.Link(model.Decode([]resource.Raw{
			raw("aws_sagemaker_model", "m", map[string]value.Value{"name": value.OfString("m")}),
			raw("aws_sagemaker_endpoint_configuration", "c", map[string]value.Value{"production_variants": value.OfList(row.variants, false)}),
		}), nil)
		if got := g.Workloads[0].Serverless.Known(); got != row.want {
			t.Errorf("%s: got %v, want %v", row.what, got, row.want)
		}
	}
}

// An endpoint's subnets are those that it names, those that it has addresses in, and those that are associated apart.
func TestEndpointSubnets(t *testing.T) {
	list := func(vs ...value.Value) value.Value { return value.OfList(vs, false) }
	g := network.Link(model.Decode([]resource.Raw{
		raw("aws_subnet", "a", nil),
		raw("aws_subnet", "b", nil),
		raw("aws_subnet", "c", nil),
		raw("aws_vpc_endpoint", "e", map[string]value.Value{
			"subnet_ids":           list(ref("aws_subnet.a", "id")),
			"subnet_configuration": list(value.OfObject([]value.Field{{Name: "subnet_id", Value: ref("aws_subnet.b", "id")}}, false)),
		}),
		raw("aws_vpc_endpoint_subnet_association", "c", map[string]value.Value{
			"vpc_endpoint_id": ref("aws_vpc_endpoint.e", "id"), "subnet_id": ref("aws_subnet.c", "id"),
		}),
		raw("aws_vpc_endpoint_subnet_association", "elsewhere", map[string]value.Value{
			"vpc_endpoint_id": value.OfString("vpce-0aa11bb22cc33dd44"), "subnet_id": ref("aws_subnet.a", "id"),
		}),
	}), nil)
	var got []string
	for _, edge := range g.Endpoints[0].Subnets {
		got = append(got, edge.To.Head().Subject()+" "+edge.Holds.Known().String())
	}
	if want := []string{"aws_subnet.a true", "aws_subnet.b true", "aws_subnet.c true"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

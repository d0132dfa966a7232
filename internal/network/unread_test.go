package network_test

import (
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// call is a call of a module that isn't in the tree.
func call(args map[string]value.Value) resource.Raw {
	r := raw("module", "far", args)
	r.Unread = "module.far is not in the tree"
	return r
}

// What can't be seen may add neighbours to what its arguments refer to, and to nothing else.
func TestUnread(t *testing.T) {
	list := func(vs ...value.Value) value.Value { return value.OfList(vs, false) }
	found := raw("aws_subnets", "found", map[string]value.Value{"filter": list(value.OfObject([]value.Field{
		{Name: "values", Value: list(ref("aws_vpc.v", "id"))},
	}, false))})
	found.Data, found.Addr.Name = true, "data.aws_subnets.found"
	const unknown, known = tri.Unknown, tri.True
	for _, row := range []struct {
		name                     string
		args                     map[string]value.Value
		vpc, main, table, subnet tri.Bool
	}{
		{"nothing", nil, known, known, known, known},
		{"a VPC", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")}, unknown, known, known, known},
		{"a whole VPC", map[string]value.Value{"vpc": ref("aws_vpc.v", "")}, unknown, unknown, known, known},
		{"a range of it", map[string]value.Value{"cidr": ref("aws_vpc.v", "cidr_block")}, known, known, known, known},
		{"its main table", map[string]value.Value{"t": list(ref("aws_vpc.v", "main_route_table_id"))}, known, unknown, known, known},
		{"another table", map[string]value.Value{"tables": list(ref("aws_route_table.t", "id"))}, known, known, unknown, known},
		{"a subnet", map[string]value.Value{"net": value.OfObject([]value.Field{{Name: "id", Value: ref("aws_subnet.s", "id")}}, false)}, known, known, known, unknown},
		{"subnets that are looked up", map[string]value.Value{"s": ref("data.aws_subnets.found", "ids")}, known, known, known, unknown},
		{"a literal id", map[string]value.Value{"s": list(value.OfString("subnet-0aa11bb22cc33dd44"))}, known, known, known, unknown},
	} {
		g := network.Link(model.Decode([]resource.Raw{
			raw("aws_vpc", "v", nil),
			raw("aws_subnet", "s", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")}),
			raw("aws_route_table", "t", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")}),
			found,
			call(row.args),
		}), []resource.Identity{{Ref: value.Ref{Addr: value.Address{Unit: ".", Name: "aws_subnet.s"}, Attr: "id"}, Literal: "subnet-0aa11bb22cc33dd44"}})
		got := []tri.Bool{
			g.VPCs[0].Complete.Known(), g.VPCs[0].Implicit.Complete.Known(), g.RouteTables[1].Complete.Known(), g.Subnets[0].Complete.Known(),
		}
		if want := []tri.Bool{row.vpc, row.main, row.table, row.subnet}; got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || got[3] != want[3] {
			t.Errorf("%s: the VPC, its table, the other table, the subnet: got %v, want %v", row.name, got, want)
		}
	}
}

// A module that isn't called in some world adds nothing there.
func TestUnreadWorlds(t *testing.T) {
	far := call(map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")})
	far.Exists = value.In(value.World{{Var: "far", Is: "true", Text: "far is true"}})
	g := network.Link(model.Decode([]resource.Raw{raw("aws_vpc", "v", nil), far}), nil)
	for _, c := range g.VPCs[0].Complete.Cases() {
		want := tri.True
		if c.When.String() == "far is true" {
			want = tri.Unknown
		}
		if c.Holds != want {
			t.Errorf("when %s: got %v, want %v", c.When, c.Holds, want)
		}
	}
}

// A subnet in one of two VPCs keeps both, each in its world.
func TestSeveralVPCs(t *testing.T) {
	when := func(is string) value.World { return value.World{{Var: "prod", Is: is, Text: "prod is " + is}} }
	g := network.Link(model.Decode([]resource.Raw{
		raw("aws_vpc", "v", nil), raw("aws_vpc", "w", nil),
		raw("aws_subnet", "s", map[string]value.Value{"vpc_id": value.OfChoice([]value.Arm{
			{When: when("true"), Value: ref("aws_vpc.v", "id")}, {When: when("false"), Value: ref("aws_vpc.w", "id")},
		})}),
	}), nil)
	s := g.Subnets[0]
	if len(s.VPCs) != 2 || s.VPC.To != nil {
		t.Fatalf("got %+v", s)
	}
	tables, complete := s.Tables()
	if len(tables) != 2 || complete.Known() != tri.True {
		t.Fatalf("got %d tables, complete %v", len(tables), complete)
	}
	for i, want := range []string{"prod is true", "prod is false"} {
		for _, c := range tables[i].Holds.Cases() {
			if c.Holds == tri.True != (c.When.String() == want) {
				t.Errorf("table %d when %s: %v", i, c.When, c.Holds)
			}
		}
	}
}

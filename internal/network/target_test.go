package network_test

import (
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A route's targets are told by the member, by the type of what is referred to, by the form of an id, and by what a state or
// a description says an id is.
func TestTargets(t *testing.T) {
	text, unknown := value.OfString, value.OfOpaque("var.id has no default")
	data := func(typ string) resource.Raw {
		r := raw(typ, "d", nil)
		r.Data, r.Addr.Name = true, "data."+typ+".d"
		return r
	}
	when := func(is string) value.World { return value.World{{Var: "open", Is: is, Text: "open is " + is}} }
	choice := value.OfChoice([]value.Arm{{When: when("true"), Value: ref("aws_internet_gateway.g", "id")}, {When: when("false")}})
	other := value.OfChoice([]value.Arm{{When: when("true")}, {When: when("false"), Value: ref("aws_nat_gateway.n", "id")}})
	type want struct {
		kind  network.TargetKind
		holds tri.Bool
	}
	const yes, open = tri.True, tri.Unknown
	for _, row := range []struct {
		name  string
		route map[string]value.Value
		want  []want
	}{
		{"an internet gateway", map[string]value.Value{"gateway_id": ref("aws_internet_gateway.g", "id")}, []want{{network.ToInternetGateway, yes}}},
		{"a template's", map[string]value.Value{"gateway_id": ref("Gateway", "Ref")}, []want{{network.ToInternetGateway, yes}}},
		{"one that is looked up", map[string]value.Value{"gateway_id": ref("data.aws_internet_gateway.d", "id")}, []want{{network.ToInternetGateway, yes}}},
		{"its id", map[string]value.Value{"gateway_id": text("igw-0aa11bb22cc33dd44")}, []want{{network.ToInternetGateway, yes}}},
		{"the VPC", map[string]value.Value{"gateway_id": text("local")}, []want{{network.ToVPC, yes}}},
		{"a virtual private gateway", map[string]value.Value{"gateway_id": ref("aws_vpn_gateway.w", "id")}, []want{{network.ToElsewhere, yes}}},
		{"its id", map[string]value.Value{"gateway_id": text("vgw-0aa11bb22cc33dd44")}, []want{{network.ToElsewhere, yes}}},
		{"an id that a state tells", map[string]value.Value{"gateway_id": text("nat-0told")}, []want{{network.ToNatGateway, yes}}},
		{"some gateway", map[string]value.Value{"gateway_id": unknown}, []want{{network.ToUnknown, yes}}},
		{"a parameter's value", map[string]value.Value{"gateway_id": ref("aws_ssm_parameter.p", "value")}, []want{{network.ToUnknown, yes}}},
		{"a gateway or none", map[string]value.Value{"gateway_id": choice}, []want{{network.ToInternetGateway, open}}},
		{"one or the other", map[string]value.Value{"gateway_id": choice, "nat_gateway_id": other},
			[]want{{network.ToInternetGateway, open}, {network.ToNatGateway, open}}},
		{"what may be absent, beside what isn't", map[string]value.Value{"gateway_id": unknown, "nat_gateway_id": ref("aws_nat_gateway.n", "id")},
			[]want{{network.ToUnknown, tri.False}, {network.ToNatGateway, yes}}},
		{"some NAT gateway", map[string]value.Value{"nat_gateway_id": unknown}, []want{{network.ToNatGateway, yes}}},
		{"an egress-only gateway", map[string]value.Value{"egress_only_gateway_id": text("eigw-0aa11bb22cc33dd44")}, []want{{network.ToEgressOnlyInternetGateway, yes}}},
		{"a transit gateway", map[string]value.Value{"transit_gateway_id": unknown}, []want{{network.ToElsewhere, yes}}},
		{"a peering", map[string]value.Value{"vpc_peering_connection_id": text("pcx-0aa11bb22cc33dd44")}, []want{{network.ToPeer, yes}}},
		{"a firewall", map[string]value.Value{"vpc_endpoint_id": unknown}, []want{{network.ToElsewhere, yes}}},
		{"an interface", map[string]value.Value{"network_interface_id": ref("aws_network_interface.e", "id")}, []want{{network.ToNatInstance, yes}}},
		{"a carrier gateway", map[string]value.Value{"carrier_gateway_id": text("cagw-0aa11bb22cc33dd44")}, []want{{network.ToElsewhere, yes}}},
		{"empty texts", map[string]value.Value{"gateway_id": text(""), "nat_gateway_id": ref("aws_nat_gateway.n", "id")}, []want{{network.ToNatGateway, yes}}},
		{"nothing", nil, nil},
	} {
		props := map[string]value.Value{"route_table_id": ref("aws_route_table.t", "id"), "destination_cidr_block": text("0.0.0.0/0")}
		for k, v := range row.route {
			props[k] = v
		}
		gateway := template("AWS::EC2::InternetGateway", "Gateway", nil)
		g := network.Link(model.Decode([]resource.Raw{
			raw("aws_route_table", "t", nil), raw("aws_internet_gateway", "g", nil), raw("aws_nat_gateway", "n", nil), gateway,
			raw("aws_vpn_gateway", "w", nil), raw("aws_ssm_parameter", "p", nil), raw("aws_network_interface", "e", nil),
			data("aws_internet_gateway"), raw("aws_route", "r", props),
		}), []resource.Identity{{Ref: value.Ref{Addr: value.Address{Unit: ".", Name: "aws_nat_gateway.n"}, Attr: "id"}, Literal: "nat-0told"}})
		var got []want
		for _, target := range g.RouteTables[0].Routes[0].Targets {
			got = append(got, want{target.Kind, target.Holds.Known()})
			if target.Resource == nil && target.Reason == "" && target.Kind != network.ToVPC && target.Name != "" {
				t.Errorf("%s: no reason why no more is known", row.name)
			}
		}
		if len(got) != len(row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
			continue
		}
		for i := range got {
			if got[i] != row.want[i] {
				t.Errorf("%s: got %v, want %v", row.name, got, row.want)
			}
		}
	}
}

// A table takes over the routes of virtual private gateways, which nobody knows.
func TestPropagation(t *testing.T) {
	vgw := value.OfList([]value.Value{value.OfString("vgw-0aa11bb22cc33dd44")}, false)
	g := network.Link(model.Decode([]resource.Raw{
		raw("aws_route_table", "inline", map[string]value.Value{"propagating_vgws": vgw}),
		raw("aws_route_table", "apart", nil),
		raw("aws_route_table", "none", nil),
		raw("aws_vpn_gateway_route_propagation", "p", map[string]value.Value{
			"vpn_gateway_id": value.OfString("vgw-0aa11bb22cc33dd44"), "route_table_id": ref("aws_route_table.apart", "id"),
		}),
	}), nil)
	for i, want := range []int{1, 1, 0} {
		table := g.RouteTables[i]
		if len(table.Routes) != want || want == 1 && !table.Routes[0].Propagated {
			t.Errorf("%s: %d routes", table.Head().Subject(), len(table.Routes))
		}
	}
}

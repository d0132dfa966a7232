package network_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

type members = map[string]value.Value

func list(vs ...value.Value) value.Value { return value.OfList(vs, false) }

// told says what an endpoint is linked with.
func told(ep *network.Endpoint) string {
	var b strings.Builder
	say := func(what, name string, holds value.Truth) { fmt.Fprintf(&b, "%s %s %s\n", what, name, holds.Known()) }
	for _, e := range ep.VPCs {
		if e.To != nil {
			say("in", e.To.Head().Subject(), e.Holds)
		}
	}
	for _, e := range ep.Subnets {
		if e.To != nil {
			say("subnet", e.To.Head().Subject(), e.Holds)
		}
	}
	for _, e := range ep.RouteTables {
		if e.To != nil {
			say("table", e.To.Head().Subject(), e.Holds)
		}
	}
	for _, e := range ep.SecurityGroups {
		if e.To != nil {
			say("group", e.To.Head().Subject(), e.Holds)
		}
	}
	say("all", "subnets", ep.SubnetsComplete)
	say("all", "tables", ep.RouteTablesComplete)
	say("all", "groups", ep.GroupsComplete)
	say("has", "dns", ep.PrivateDNS)
	return b.String()
}

// What belongs to an endpoint is linked wherever it is written, and what may belong to it leaves it open.
func TestEndpoints(t *testing.T) {
	vpc := []resource.Raw{
		raw("aws_vpc", "v", nil), raw("aws_vpc", "other", nil),
		raw("aws_subnet", "s", members{"vpc_id": ref("aws_vpc.v", "id")}),
		raw("aws_route_table", "t", members{"vpc_id": ref("aws_vpc.v", "id")}),
		raw("aws_security_group", "g", members{"vpc_id": ref("aws_vpc.v", "id")}),
	}
	unknown := value.OfOpaque("var.it has no default")
	// of is a part of the endpoint, apart from it.
	of := func(member string, v value.Value) members {
		return members{"vpc_endpoint_id": ref("aws_vpc_endpoint.e", "id"), member: v}
	}
	group := of("security_group_id", ref("aws_security_group.g", "id"))
	replace := of("security_group_id", ref("aws_security_group.g", "id"))
	replace["replace_default_association"] = value.OfBool(true)
	for name, row := range map[string]struct {
		endpoint members
		more     []resource.Raw
		says     []string
		not      []string
	}{
		"within": {
			members{
				"vpc_id": ref("aws_vpc.v", "id"), "subnet_ids": list(ref("aws_subnet.s", "id")), "security_group_ids": list(ref("aws_security_group.g", "id")),
				"route_table_ids": list(ref("aws_route_table.t", "id"), ref("aws_vpc.v", "main_route_table_id")), "private_dns_enabled": value.OfBool(true),
			}, nil,
			[]string{"in aws_vpc.v true", "subnet aws_subnet.s true", "table aws_route_table.t true", "table aws_vpc.v true", "group aws_security_group.g true", "all groups true", "has dns true"},
			[]string{"group aws_vpc.v true"},
		},
		"a configuration of a subnet": {
			members{"vpc_id": ref("aws_vpc.v", "id"), "subnet_configuration": list(value.OfObject([]value.Field{{Name: "subnet_id", Value: ref("aws_subnet.s", "id")}}, false))}, nil,
			[]string{"subnet aws_subnet.s true"}, nil,
		},
		"apart": {
			members{"vpc_id": ref("aws_vpc.v", "id")},
			[]resource.Raw{
				raw("aws_vpc_endpoint_subnet_association", "s", of("subnet_id", ref("aws_subnet.s", "id"))), raw("aws_vpc_endpoint_security_group_association", "g", group),
				raw("aws_vpc_endpoint_route_table_association", "t", of("route_table_id", ref("aws_route_table.t", "id"))),
				raw("aws_vpc_endpoint_private_dns", "d", of("private_dns_enabled", value.OfBool(true))),
			},
			[]string{"subnet aws_subnet.s true", "table aws_route_table.t true", "group aws_security_group.g true", "group aws_vpc.v true", "all groups true", "has dns true"}, nil,
		},
		"the default group is replaced": {
			members{"vpc_id": ref("aws_vpc.v", "id")}, []resource.Raw{raw("aws_vpc_endpoint_security_group_association", "g", replace)},
			[]string{"group aws_security_group.g true", "all groups true"}, []string{"group aws_vpc.v true"},
		},
		"nothing given": {
			members{"vpc_id": ref("aws_vpc.v", "id")}, nil,
			[]string{"in aws_vpc.v true", "group aws_vpc.v true", "all subnets true", "all tables true", "all groups true", "has dns false"}, nil,
		},
		"groups that aren't known": {
			members{"vpc_id": ref("aws_vpc.v", "id"), "security_group_ids": unknown}, nil,
			[]string{"group aws_vpc.v unknown", "all groups unknown"}, nil,
		},
		"an unknown VPC, and a subnet": {
			members{"vpc_id": unknown, "subnet_ids": list(ref("aws_subnet.s", "id"))}, nil,
			[]string{"in aws_vpc.v true", "group aws_vpc.v true"}, []string{"in aws_vpc.other"},
		},
		"an unknown VPC, and a route table": {
			members{"vpc_id": unknown, "route_table_ids": list(ref("aws_route_table.t", "id"))}, nil,
			[]string{"in aws_vpc.v true"}, []string{"in aws_vpc.other"},
		},
		"an unknown VPC": {
			members{"vpc_id": unknown}, nil, []string{"in aws_vpc.v unknown", "in aws_vpc.other unknown", "all groups unknown"}, nil,
		},
		"parts of an endpoint that isn't known": {
			members{"vpc_id": ref("aws_vpc.v", "id")},
			[]resource.Raw{
				raw("aws_vpc_endpoint_subnet_association", "s", members{"vpc_endpoint_id": unknown, "subnet_id": ref("aws_subnet.s", "id")}),
				raw("aws_vpc_endpoint_private_dns", "d", members{"vpc_endpoint_id": unknown, "private_dns_enabled": value.OfBool(true)}),
			},
			[]string{"all subnets unknown", "all tables true", "has dns unknown"}, []string{"subnet aws_subnet.s"},
		},
		"parts of another endpoint": {
			members{"vpc_id": ref("aws_vpc.v", "id")},
			[]resource.Raw{raw("aws_vpc_endpoint_subnet_association", "s", members{"vpc_endpoint_id": value.OfString("vpce-0aa11bb22cc33dd44"), "subnet_id": ref("aws_subnet.s", "id")})},
			[]string{"all subnets true"}, []string{"subnet aws_subnet.s"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			raws := append(append(vpc[:len(vpc):len(vpc)], raw("aws_vpc_endpoint", "e", row.endpoint)), row.more...)
			got := told(network.Link(model.Decode(raws), nil).Endpoints[0])
			for _, want := range row.says {
				if !strings.Contains(got, want+"\n") {
					t.Errorf("it isn't said that %s:\n%s", want, got)
				}
			}
			for _, never := range row.not {
				if strings.Contains(got, never) {
					t.Errorf("it is said that %s:\n%s", never, got)
				}
			}
		})
	}
}

// A VPC has the endpoints that are seen, unless something that can't be seen gets its id.
func TestEndpointsComplete(t *testing.T) {
	call := raw("module", "m", members{"vpc_id": ref("aws_vpc.v", "id")})
	call.Unread = "module.m is not in the tree"
	stray := raw("aws_vpc_endpoint", "e", members{"vpc_id": value.OfOpaque("var.vpc has no default")})
	for name, row := range map[string]struct {
		more []resource.Raw
		want string
	}{
		"nothing else":                       {nil, "true "},
		"a call that can't be read":          {[]resource.Raw{call}, "unknown module.m is not in the tree"},
		"an endpoint of which nobody knows":  {[]resource.Raw{stray}, "true "},
		"an endpoint of another VPC by name": {[]resource.Raw{raw("aws_vpc_endpoint", "e", members{"vpc_id": value.OfString("vpc-0aa11bb22cc33dd44")})}, "true "},
	} {
		g := network.Link(model.Decode(append(row.more, raw("aws_vpc", "v", nil))), nil)
		complete := g.VPCs[0].EndpointsComplete
		if got := complete.Known().String() + " " + complete.Cases()[0].Reason; got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
	g := network.Link(model.Decode([]resource.Raw{stray, raw("aws_vpc", "v", nil)}), nil)
	if all := g.VPCs[0].Endpoints; len(all) != 1 || !strings.Contains(all[0].In(g.VPCs[0]).Cases()[0].Reason, "in which VPC aws_vpc_endpoint.e is") {
		t.Errorf("an endpoint that may be in the VPC isn't one of it: %v", all)
	}
}

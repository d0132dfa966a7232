package network_test

import (
	"fmt"
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// estate is so many resources of one root: VPCs with subnets, tables, routes and a workload each. Of astray ones it isn't known
// to which table a route and to which subnet an association belongs.
func estate(size int, astray bool) *model.Estate {
	var raws []resource.Raw
	add := func(typ, name string, props map[string]value.Value) { raws = append(raws, raw(typ, name, props)) }
	list := func(vs ...value.Value) value.Value { return value.OfList(vs, false) }
	unknown := value.OfOpaque("var.id has no default")
	for i := 0; len(raws) < size; i++ {
		n := fmt.Sprint(i)
		vpc := ref("aws_vpc.v"+n, "id")
		add("aws_vpc", "v"+n, map[string]value.Value{"cidr_block": value.OfString("10.0.0.0/16")})
		add("aws_internet_gateway", "g"+n, map[string]value.Value{"vpc_id": vpc})
		add("aws_flow_log", "f"+n, map[string]value.Value{"vpc_id": vpc})
		for j := range 4 {
			m := fmt.Sprintf("%d_%d", i, j)
			table, subnet := ref("aws_route_table.t"+m, "id"), ref("aws_subnet.s"+m, "id")
			if astray {
				table, subnet = unknown, unknown
			}
			add("aws_subnet", "s"+m, map[string]value.Value{"vpc_id": vpc})
			add("aws_route_table", "t"+m, map[string]value.Value{"vpc_id": vpc})
			add("aws_route", "r"+m, map[string]value.Value{
				"route_table_id": table, "destination_cidr_block": value.OfString("0.0.0.0/0"), "gateway_id": ref("aws_internet_gateway.g"+n, "id"),
			})
			add("aws_route_table_association", "a"+m, map[string]value.Value{"subnet_id": subnet, "route_table_id": table})
		}
		add("aws_sagemaker_notebook_instance", "n"+n, map[string]value.Value{"subnet_id": ref("aws_subnet.s"+n+"_0", "id"), "security_groups": list()})
		for _, far := range []string{"x", "y"} {
			r := raw("module", far+n, map[string]value.Value{"vpc_id": vpc})
			r.Unread = "module." + far + n + " is not in the tree"
			raws = append(raws, r)
		}
	}
	return model.Decode(raws)
}

// BenchmarkLink links estates of growing size, which has to take time in proportion to it also where nothing is known to
// belong anywhere.
func BenchmarkLink(b *testing.B) {
	for _, astray := range []bool{false, true} {
		name := "known"
		if astray {
			name = "astray"
		}
		for _, size := range []int{1000, 2000, 5000} {
			e := estate(size, astray)
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					network.Link(e, nil)
				}
			})
		}
	}
}

package network_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// template returns a resource of CloudFormation's.
func template(typ, name string, props map[string]value.Value) resource.Raw {
	r := raw(typ, name, props)
	r.Dialect, r.Addr.Name, r.Subject = resource.CloudFormation, name, name
	return r
}

// A flow log records the VPC or the subnet that it names; one of which that isn't known may record any.
func TestFlowLogs(t *testing.T) {
	text := value.OfString
	for _, row := range []struct {
		name                  string
		log                   resource.Raw
		vpc, subnet           int
		vpcComplete, complete tri.Bool
	}{
		{"a VPC", raw("aws_flow_log", "f", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")}), 1, 0, tri.True, tri.True},
		{"a subnet", raw("aws_flow_log", "f", map[string]value.Value{"subnet_id": ref("aws_subnet.s", "id")}), 0, 1, tri.True, tri.True},
		{"an interface", raw("aws_flow_log", "f", map[string]value.Value{"eni_id": text("eni-0aa11bb22cc33dd44")}), 0, 0, tri.True, tri.True},
		{"another VPC", raw("aws_flow_log", "f", map[string]value.Value{"vpc_id": text("vpc-0aa11bb22cc33dd44")}), 0, 0, tri.True, tri.True},
		{"some VPC", raw("aws_flow_log", "f", map[string]value.Value{"vpc_id": value.OfOpaque("var.vpc has no default")}), 0, 0, tri.Unknown, tri.True},
		{"a template's VPC", template("AWS::EC2::FlowLog", "F", map[string]value.Value{
			"ResourceType": text("VPC"), "ResourceId": ref("aws_vpc.v", "id")}), 1, 0, tri.True, tri.True},
		{"a template's subnet", template("AWS::EC2::FlowLog", "F", map[string]value.Value{
			"ResourceType": text("Subnet"), "ResourceId": ref("aws_subnet.s", "id")}), 0, 1, tri.True, tri.True},
		{"a template's something", template("AWS::EC2::FlowLog", "F", map[string]value.Value{
			"ResourceType": text("Subnet"), "ResourceId": value.OfOpaque("the parameter Subnet has no default")}), 0, 0, tri.True, tri.Unknown},
	} {
		g := network.Link(model.Decode([]resource.Raw{
			raw("aws_vpc", "v", nil), raw("aws_subnet", "s", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")}), row.log,
		}), nil)
		v, s := g.VPCs[0], g.Subnets[0]
		if len(v.FlowLogs) != row.vpc || len(s.FlowLogs) != row.subnet {
			t.Errorf("%s: %d logs of the VPC, %d of the subnet", row.name, len(v.FlowLogs), len(s.FlowLogs))
		}
		if v.FlowLogsComplete.Known() != row.vpcComplete || s.FlowLogsComplete.Known() != row.complete {
			t.Errorf("%s: complete: %v of the VPC, %v of the subnet", row.name, v.FlowLogsComplete.Known(), s.FlowLogsComplete.Known())
		}
	}
}

// The ranges of a VPC are its own, those that are associated with it apart, and those that AWS chooses.
func TestBlocks(t *testing.T) {
	text := value.OfString
	g := network.Link(model.Decode([]resource.Raw{
		raw("aws_vpc", "v", map[string]value.Value{"cidr_block": text("10.0.0.0/16"), "assign_generated_ipv6_cidr_block": value.OfBool(true)}),
		raw("aws_default_vpc", "d", nil),
		raw("aws_vpc", "pool", map[string]value.Value{"ipv4_ipam_pool_id": text("ipam-pool-0aa11bb22cc33dd44")}),
		raw("aws_vpc_ipv4_cidr_block_association", "a", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id"), "cidr_block": text("100.64.0.0/16")}),
	}), nil)
	var got []string
	for _, v := range g.VPCs {
		for _, b := range v.Blocks {
			cidr := b.CIDR.Literal()
			if b.Generated.Known() == tri.True {
				cidr = "generated"
			}
			got = append(got, v.Head().Subject()+" "+cidr)
		}
		got = append(got, v.Head().Subject()+" complete: "+v.BlocksComplete.Known().String())
	}
	want := []string{
		"aws_vpc.v 10.0.0.0/16", "aws_vpc.v generated", "aws_vpc.v 100.64.0.0/16", "aws_vpc.v complete: true",
		"aws_vpc.pool complete: unknown", "aws_default_vpc.d 172.31.0.0/16", "aws_default_vpc.d complete: true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A subnet has the ACL that it is given, else its VPC's default one, which lets everything through until it is adopted.
func TestFilters(t *testing.T) {
	vpc := raw("aws_vpc", "v", nil)
	subnet := raw("aws_subnet", "s", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id")})
	acl := func(subnets value.Value) resource.Raw {
		return raw("aws_network_acl", "a", map[string]value.Value{"vpc_id": ref("aws_vpc.v", "id"), "subnet_ids": subnets,
			"ingress": value.OfList([]value.Value{value.OfObject([]value.Field{{Name: "rule_no", Value: value.OfInt(10)}}, false)}, false)})
	}
	entry := func(of value.Value) resource.Raw {
		return raw("aws_network_acl_rule", "r", map[string]value.Value{"network_acl_id": of, "rule_number": value.OfInt(20), "egress": value.OfBool(true)})
	}
	list := func(vs ...value.Value) value.Value { return value.OfList(vs, false) }
	for _, row := range []struct {
		name     string
		more     []resource.Raw
		want     string
		entries  int
		complete tri.Bool
	}{
		{"the default one", nil, "aws_vpc.v", 4, tri.True},
		{"its own", []resource.Raw{acl(list(ref("aws_subnet.s", "id")))}, "aws_network_acl.a", 1, tri.True},
		{"its own, associated apart", []resource.Raw{acl(value.Value{}), raw("aws_network_acl_association", "x", map[string]value.Value{
			"network_acl_id": ref("aws_network_acl.a", "id"), "subnet_id": ref("aws_subnet.s", "id")})}, "aws_network_acl.a", 1, tri.True},
		{"an entry apart", []resource.Raw{acl(list(ref("aws_subnet.s", "id"))), entry(ref("aws_network_acl.a", "id"))}, "aws_network_acl.a", 2, tri.True},
		{"an entry of the default one", []resource.Raw{entry(ref("aws_vpc.v", "default_network_acl_id"))}, "aws_vpc.v", 5, tri.True},
		{"the default one, adopted", []resource.Raw{raw("aws_default_network_acl", "d", map[string]value.Value{
			"default_network_acl_id": ref("aws_vpc.v", "default_network_acl_id")})}, "aws_default_network_acl.d", 0, tri.True},
		{"an entry of some ACL", []resource.Raw{entry(value.OfOpaque("var.acl has no default"))}, "aws_vpc.v", 4, tri.Unknown},
	} {
		g := network.Link(model.Decode(append([]resource.Raw{vpc, subnet}, row.more...)), nil)
		filters, complete := g.Subnets[0].Filters()
		var got []*network.NetworkACL
		for _, f := range filters {
			if f.Holds.Known() != tri.False {
				got = append(got, f.To)
			}
		}
		if len(got) != 1 || complete.Known() != tri.True {
			t.Errorf("%s: %d ACLs, complete %v", row.name, len(got), complete.Known())
			continue
		}
		if subject := got[0].Head().Subject(); subject != row.want || len(got[0].Entries) != row.entries || got[0].Complete.Known() != row.complete {
			t.Errorf("%s: %s with %d entries, complete %v", row.name, subject, len(got[0].Entries), got[0].Complete.Known())
		}
	}
	filters, complete := network.Link(model.Decode([]resource.Raw{vpc, subnet, acl(value.OfOpaque("var.ids has no default"))}), nil).Subnets[0].Filters()
	if complete.Known() != tri.Unknown || len(filters) != 1 || filters[0].Holds.Known() != tri.Unknown {
		t.Errorf("an ACL of some subnets: %d ACLs, complete %v", len(filters), complete.Known())
	}
}

package facts

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// plain returns a member as it stands. An empty text is how some members say that there is nothing.
func plain(n *doctree.Node) value.Value {
	if n == nil || n.Kind == doctree.String && n.Text == "" {
		return value.Value{}
	}
	return literal.Value(n, n.Span)
}

// each reads a list of objects as the list of one of their members.
func each(name string) func(*doctree.Node) value.Value {
	return func(n *doctree.Node) value.Value {
		var elems []value.Value
		for _, item := range n.Items {
			if id := item.Get(name); id != nil {
				elems = append(elems, plain(id))
			}
		}
		return list(n, elems)
	}
}

// list returns the elements of a list. What should be one and isn't says nothing.
func list(n *doctree.Node, elems []value.Value) value.Value {
	if n.Kind != doctree.Sequence {
		return value.OfOpaque("it is no list").From(n.Span)
	}
	return value.OfList(elems, false).From(n.Span)
}

// first reads a list of objects as one of the members of the first.
func first(name string) func(*doctree.Node) value.Value {
	return func(n *doctree.Node) value.Value {
		for _, item := range n.Items {
			if v := item.Get(name); v != nil {
				return plain(v)
			}
		}
		return value.Value{}
	}
}

// associatedBlock reads the IPv6 block of a subnet or VPC: the one that is associated, as others were.
func associatedBlock(n *doctree.Node) value.Value {
	for _, item := range n.Items {
		state := item.Get("Ipv6CidrBlockState").Get("State")
		if block := item.Get("Ipv6CidrBlock"); block != nil && (state == nil || strings.HasPrefix(state.Text, "associat")) {
			return plain(block)
		}
	}
	return value.Value{}
}

// attached reads to which VPC a gateway is attached.
func attached(n *doctree.Node) value.Value {
	for _, item := range n.Items {
		state, vpc := item.Get("State"), item.Get(vpcID)
		if vpc != nil && (state == nil || state.Text != "detached" && state.Text != "detaching") {
			return plain(vpc)
		}
	}
	return value.Value{}
}

// attribute reads {"Value": true}, as describe-vpc-attribute has it.
func attribute(n *doctree.Node) value.Value {
	if v := n.Get("Value"); v != nil {
		return plain(v)
	}
	return value.OfOpaque("it has no value").From(n.Span)
}

// groupID reads what describes a security group as its id.
func groupID(n *doctree.Node) value.Value { return plain(n.Get("GroupId")) }

// starting reads an id that begins as those of one kind do.
func starting(prefix string) func(*doctree.Node) value.Value {
	return func(n *doctree.Node) value.Value {
		if !strings.HasPrefix(n.Text, prefix) {
			return value.Value{}
		}
		return plain(n)
	}
}

func dnsOptions(n *doctree.Node) value.Value {
	var o object
	o.add("dns_record_ip_type", n.Get("DnsRecordIpType"))
	o.add("private_dns_only_for_inbound_resolver_endpoint", n.Get("PrivateDnsOnlyForInboundResolverEndpoint"))
	return value.OfList([]value.Value{o.value(n.Span)}, false).From(n.Span)
}

// An object gathers the arguments of a block.
type object struct{ fields []value.Field }

// add adds an argument, unless there is nothing to it.
func (o *object) add(name string, n *doctree.Node) {
	if v := plain(n); v.Kind() != value.KindAbsent {
		o.set(name, v, n.Span)
	}
}

func (o *object) set(name string, v value.Value, key source.Span) {
	o.fields = append(o.fields, value.Field{Name: name, Key: key, Value: v})
}

func (o *object) value(at source.Span) value.Value {
	return value.OfObject(o.fields, false).From(at)
}

// targets are the members of a route that say where it leads, and the provider's words for them. A gateway endpoint's is
// told as a gateway.
var targets = [][2]string{
	{"GatewayId", "gateway_id"}, {"NatGatewayId", "nat_gateway_id"}, {"EgressOnlyInternetGatewayId", "egress_only_gateway_id"},
	{"TransitGatewayId", "transit_gateway_id"}, {"VpcPeeringConnectionId", "vpc_peering_connection_id"},
	{"InstanceId", "instance_id"}, {"NetworkInterfaceId", "network_interface_id"}, {"CarrierGatewayId", "carrier_gateway_id"},
	{"LocalGatewayId", "local_gateway_id"}, {"CoreNetworkArn", "core_network_arn"}, {"OdbNetworkArn", "odb_network_arn"},
}

// routes reads the routes of a table. A black hole leads nowhere: its target is gone, or detached. AWS: API_Route, State.
func routes(n *doctree.Node) value.Value {
	var elems []value.Value
	for _, item := range n.Items {
		state := item.Get("State")
		var o object
		o.add("cidr_block", item.Get("DestinationCidrBlock"))
		o.add("ipv6_cidr_block", item.Get("DestinationIpv6CidrBlock"))
		o.add("destination_prefix_list_id", item.Get("DestinationPrefixListId"))
		at := literal.Opening(item)
		for _, t := range targets {
			if target := item.Get(t[0]); target != nil && (state == nil || state.Text != "blackhole") {
				o.add(t[1], target)
				if target.Kind == doctree.String {
					at = target.Span
				}
			}
		}
		if item.Kind != doctree.Mapping {
			elems = append(elems, value.OfOpaque("it is no route").From(item.Span))
			continue
		}
		elems = append(elems, o.value(at))
	}
	return list(n, elems)
}

// permissions reads the rules of a security group in one direction. AWS: API_IpPermission.
func permissions(n *doctree.Node) value.Value {
	var elems []value.Value
	for _, item := range n.Items {
		if item.Kind != doctree.Mapping {
			elems = append(elems, value.OfOpaque("it is no rule").From(item.Span))
			continue
		}
		var o object
		o.add("protocol", item.Get("IpProtocol"))
		o.add("from_port", item.Get("FromPort"))
		o.add("to_port", item.Get("ToPort"))
		for _, peers := range [][3]string{
			{"IpRanges", "CidrIp", "cidr_blocks"}, {"Ipv6Ranges", "CidrIpv6", "ipv6_cidr_blocks"},
			{"PrefixListIds", "PrefixListId", "prefix_list_ids"}, {"UserIdGroupPairs", "GroupId", "security_groups"},
		} {
			if list := item.Get(peers[0]); list != nil && len(list.Items) > 0 {
				o.set(peers[2], each(peers[1])(list), list.Span)
			}
		}
		elems = append(elems, o.value(literal.Opening(item)))
	}
	return list(n, elems)
}

// entries reads the entries of a network ACL in one direction. AWS: API_NetworkAclEntry.
func entries(egress string) func(*doctree.Node) value.Value {
	return func(n *doctree.Node) value.Value {
		var elems []value.Value
		for _, item := range n.Items {
			if out := item.Get("Egress"); out == nil || !strings.EqualFold(out.Text, egress) {
				continue
			}
			var o object
			for _, m := range [][2]string{
				{"RuleNumber", "rule_no"}, {"RuleAction", "action"}, {"Protocol", "protocol"},
				{"CidrBlock", "cidr_block"}, {"Ipv6CidrBlock", "ipv6_cidr_block"},
			} {
				o.add(m[1], item.Get(m[0]))
			}
			o.add("from_port", item.Get("PortRange").Get("From"))
			o.add("to_port", item.Get("PortRange").Get("To"))
			elems = append(elems, o.value(literal.Opening(item)))
		}
		return list(n, elems)
	}
}

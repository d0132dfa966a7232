package networktest

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"
)

type object map[string]any

// described spells a network as what EC2's describe commands answer, one after the other in one file, and its workloads as
// requests that name the ids in it.
func (n *Network) described() map[string]string {
	var b strings.Builder
	write := func(v any) {
		text, err := json.MarshalIndent(v, "", " ")
		if err != nil {
			panic(err) // plain data
		}
		b.Write(text)
		b.WriteString("\n")
	}
	write(object{"Vpcs": each(n.VPCs, n.describeVPC)})
	for i, v := range n.VPCs {
		write(object{"VpcId": id17("vpc", i), "EnableDnsSupport": object{"Value": v.Support}})
		write(object{"VpcId": id17("vpc", i), "EnableDnsHostnames": object{"Value": v.Hostnames}})
	}
	write(object{"Subnets": each(n.Subnets, n.describeSubnet)})
	write(object{"RouteTables": each(n.Tables, n.describeTable)})
	var internet, egress, acls []object
	for i, g := range n.Gateways {
		attachments := []object{}
		if g.VPC >= 0 {
			attachments = append(attachments, object{"State": "available", "VpcId": id17("vpc", g.VPC)})
		}
		if g.EgressOnly {
			egress = append(egress, object{"EgressOnlyInternetGatewayId": id17("eigw", i), "Attachments": attachments})
		} else {
			internet = append(internet, object{"InternetGatewayId": id17("igw", i), "Attachments": attachments})
		}
	}
	write(object{"InternetGateways": internet})
	write(object{"EgressOnlyInternetGateways": egress})
	write(object{"NatGateways": each(n.NATs, n.describeNAT)})
	write(object{"VpcEndpoints": each(n.Endpoints, n.describeEndpoint)})
	write(object{"SecurityGroups": each(n.Groups, n.describeGroup)})
	logs := []object{}
	for i, v := range n.VPCs {
		acls = append(acls, n.describeACL(i, v))
		if v.FlowLog {
			logs = append(logs, object{
				"FlowLogId": id17("fl", i), "ResourceId": id17("vpc", i), "TrafficType": "ALL",
				"LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::northwind-flow-logs", "FlowLogStatus": "ACTIVE",
			})
		}
	}
	write(object{"NetworkAcls": acls})
	write(object{"FlowLogs": logs})
	files := map[string]string{"network.json": b.String()}
	for i, w := range n.Workloads {
		b.Reset()
		write(w.request(n, i))
		files[name("w", i)+".json"] = b.String()
	}
	return files
}

func each[T any](of []T, describe func(int, T) object) []object {
	out := make([]object, len(of))
	for i, v := range of {
		out[i] = describe(i, v)
	}
	return out
}

func ids(kind string, of []int) []string {
	out := make([]string, len(of))
	for i, id := range of {
		out[i] = id17(kind, id)
	}
	return out
}

func blocks6(id string, p netip.Prefix) []object {
	return []object{{"AssociationId": id, "Ipv6CidrBlock": p.String(), "Ipv6CidrBlockState": object{"State": "associated"}}}
}

func (n *Network) describeVPC(i int, v VPC) object {
	var blocks []object
	for b, p := range v.Blocks {
		blocks = append(blocks, object{
			"AssociationId": fmt.Sprintf("vpc-cidr-assoc-%d%d", i, b), "CidrBlock": p.String(), "CidrBlockState": object{"State": "associated"},
		})
	}
	o := object{
		"VpcId": id17("vpc", i), "IsDefault": v.Default, "CidrBlock": v.Blocks[0].String(), "CidrBlockAssociationSet": blocks,
		"InstanceTenancy": "default", "State": "available", "DhcpOptionsId": "dopt-0aa11bb22cc33dd44",
	}
	if v.IPv6 {
		o["Ipv6CidrBlockAssociationSet"] = blocks6("vpc-cidr-assoc-6", n.block6(i, -1))
	}
	return o
}

func (n *Network) describeSubnet(i int, s Subnet) object {
	o := object{
		"SubnetId": id17("subnet", i), "VpcId": id17("vpc", s.VPC), "CidrBlock": s.CIDR.String(), "AvailabilityZone": s.Zone,
		"AvailabilityZoneId": "euw1-az" + s.Zone[len(s.Zone)-1:], "AvailableIpAddressCount": 1<<(32-s.CIDR.Bits()) - 5,
		"DefaultForAz": false, "MapPublicIpOnLaunch": s.AutoIPv4, "AssignIpv6AddressOnCreation": s.AutoIPv6,
		"Ipv6CidrBlockAssociationSet": []object{}, "State": "available",
	}
	if s.IPv6 {
		o["Ipv6CidrBlockAssociationSet"] = blocks6("subnet-cidr-assoc-6", n.block6(s.VPC, i))
	}
	return o
}

func (n *Network) describeTable(i int, t Table) object {
	associations, routes := []object{}, []object{}
	add := func(fields object) {
		fields["RouteTableId"], fields["RouteTableAssociationId"] = id17("rtb", i), fmt.Sprintf("rtbassoc-%d%d", i, len(associations))
		fields["AssociationState"] = object{"State": "associated"}
		associations = append(associations, fields)
	}
	v := n.VPCs[t.VPC]
	if v.Main == i {
		add(object{"Main": true})
	}
	for s, subnet := range n.Subnets {
		if subnet.Table == i {
			add(object{"Main": false, "SubnetId": id17("subnet", s)})
		}
	}
	for _, b := range v.Blocks {
		routes = append(routes, object{"DestinationCidrBlock": b.String(), "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"})
	}
	if v.IPv6 {
		routes = append(routes, object{"DestinationIpv6CidrBlock": n.block6(t.VPC, -1).String(), "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"})
	}
	for e, endpoint := range n.Endpoints {
		for _, table := range endpoint.Tables {
			if table == i {
				routes = append(routes, object{"DestinationPrefixListId": "pl-6da54004", "GatewayId": id17("vpce", e), "Origin": "CreateRoute", "State": "active"})
			}
		}
	}
	for _, r := range t.Routes {
		routes = append(routes, r.describe())
	}
	return object{"RouteTableId": id17("rtb", i), "VpcId": id17("vpc", t.VPC), "Associations": associations, "Routes": routes, "PropagatingVgws": []object{}}
}

func (r Route) describe() object {
	o := object{"Origin": "CreateRoute", "State": "active"}
	if r.To.Addr().Is4() {
		o["DestinationCidrBlock"] = r.To.String()
	} else {
		o["DestinationIpv6CidrBlock"] = r.To.String()
	}
	switch id := r.Target.ID; r.Target.Kind {
	case ToInternet:
		o["GatewayId"] = id17("igw", id)
	case ToNAT:
		o["NatGatewayId"] = id17("nat", id)
	case ToEgressOnly:
		o["EgressOnlyInternetGatewayId"] = id17("eigw", id)
	case ToTransit:
		o["TransitGatewayId"] = "tgw-0aa11bb22cc33dd44"
	case ToPeering:
		o["VpcPeeringConnectionId"] = "pcx-0aa11bb22cc33dd44"
	case ToVPN:
		o["GatewayId"] = "vgw-0aa11bb22cc33dd44"
	}
	return o
}

func (n *Network) describeNAT(i int, nat NAT) object {
	s := n.Subnets[nat.Subnet]
	o := object{
		"NatGatewayId": id17("nat", i), "SubnetId": id17("subnet", nat.Subnet), "VpcId": id17("vpc", s.VPC), "State": "available",
		"ConnectivityType": "public", "NatGatewayAddresses": []object{{"AllocationId": "eipalloc-0aa11bb22cc33dd44", "PublicIp": "198.51.100.7"}},
	}
	if nat.Private {
		o["ConnectivityType"], o["NatGatewayAddresses"] = "private", []object{{"PrivateIp": "10.0.0.9"}}
	}
	return o
}

func (n *Network) describeEndpoint(i int, e Endpoint) object {
	o := object{
		"VpcEndpointId": id17("vpce", i), "VpcId": id17("vpc", e.VPC), "ServiceName": e.serviceName(), "State": "available",
		"VpcEndpointType": "Gateway", "RouteTableIds": ids("rtb", e.Tables), "SubnetIds": ids("subnet", e.Subnets),
		"Groups": []object{}, "PrivateDnsEnabled": e.PrivateDNS, "PolicyDocument": e.policy(),
	}
	if e.Policy == NoPolicy {
		o["PolicyDocument"] = `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`
	}
	if !e.Gateway {
		o["VpcEndpointType"] = "Interface"
		groups := e.Groups
		if len(groups) == 0 {
			groups = []int{n.VPCs[e.VPC].Group}
		}
		var described []object
		for _, g := range groups {
			described = append(described, object{"GroupId": id17("sg", g), "GroupName": n.groupName(g)})
		}
		o["Groups"] = described
	}
	return o
}

func (n *Network) groupName(i int) string {
	if n.Groups[i].Default {
		return "default"
	}
	return name("g", i)
}

func (n *Network) describeGroup(i int, g Group) object {
	return object{
		"GroupId": id17("sg", i), "GroupName": n.groupName(i), "Description": "northwind", "VpcId": id17("vpc", g.VPC),
		"IpPermissions": permissions(g.Ingress), "IpPermissionsEgress": permissions(g.Egress),
	}
}

func permissions(rules []Rule) []object {
	out := []object{}
	for _, r := range rules {
		o := object{"IpProtocol": r.Protocol, "IpRanges": []object{}, "Ipv6Ranges": []object{}, "PrefixListIds": []object{}, "UserIdGroupPairs": []object{}}
		if r.Protocol != "-1" {
			o["FromPort"], o["ToPort"] = r.From, r.To
		}
		switch {
		case !r.Peer.IsValid():
			o["UserIdGroupPairs"] = []object{{"GroupId": id17("sg", r.Group), "UserId": "123456789012"}}
		case r.Peer.Addr().Is4():
			o["IpRanges"] = []object{{"CidrIp": r.Peer.String()}}
		default:
			o["Ipv6Ranges"] = []object{{"CidrIpv6": r.Peer.String()}}
		}
		out = append(out, o)
	}
	return out
}

// describeACL describes the network ACL that comes with a VPC, which lets everything through.
func (n *Network) describeACL(i int, v VPC) object {
	var entries, associations []object
	for _, egress := range []bool{true, false} {
		entries = append(entries,
			object{"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100},
			object{"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767})
		if v.IPv6 {
			entries = append(entries,
				object{"Ipv6CidrBlock": "::/0", "Egress": egress, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 101},
				object{"Ipv6CidrBlock": "::/0", "Egress": egress, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32768})
		}
	}
	for s, subnet := range n.Subnets {
		if subnet.VPC == i {
			associations = append(associations, object{"NetworkAclAssociationId": name("aclassoc-", s), "NetworkAclId": id17("acl", i), "SubnetId": id17("subnet", s)})
		}
	}
	return object{"NetworkAclId": id17("acl", i), "VpcId": id17("vpc", i), "IsDefault": true, "Entries": entries, "Associations": associations}
}

// request is what creates a workload.
func (w Workload) request(n *Network, i int) object {
	subnets, groups := ids("subnet", w.Subnets), ids("sg", w.Groups)
	switch w.Kind {
	case Training:
		return object{
			"TrainingJobName": name("w", i), "RoleArn": role,
			"AlgorithmSpecification": object{"TrainingImage": image, "TrainingInputMode": "File"},
			"OutputDataConfig":       object{"S3OutputPath": "s3://northwind-models/"},
			"StoppingCondition":      object{"MaxRuntimeInSeconds": 3600},
			"ResourceConfig":         object{"InstanceCount": w.Count, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 10},
			"VpcConfig":              object{"Subnets": subnets, "SecurityGroupIds": groups},
		}
	case Model:
		return object{
			"ModelName": name("w", i), "ExecutionRoleArn": role, "PrimaryContainer": object{"Image": image},
			"VpcConfig": object{"Subnets": subnets, "SecurityGroupIds": groups},
		}
	case Notebook:
		return object{
			"NotebookInstanceName": name("w", i), "InstanceType": "ml.t3.medium", "RoleArn": role, "SubnetId": subnets[0],
			"SecurityGroupIds": groups, "DirectInternetAccess": enabled(w.Direct),
		}
	}
	return object{
		"DomainName": name("w", i), "AuthMode": "IAM", "VpcId": id17("vpc", n.Subnets[w.Subnets[0]].VPC), "SubnetIds": subnets,
		"AppNetworkAccessType": accessType(w.VPCOnly), "DefaultUserSettings": object{"ExecutionRole": role, "SecurityGroups": groups},
	}
}

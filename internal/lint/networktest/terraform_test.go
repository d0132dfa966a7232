package networktest

import (
	"fmt"
	"strconv"
	"strings"
)

// terraform spells a network for Terraform's aws provider.
func (n *Network) terraform() map[string]string {
	t := &tfWriter{n: n}
	t.network()
	return map[string]string{"main.tf": t.String()}
}

func (t *tfWriter) network() {
	n := t.n
	for i, v := range n.VPCs {
		t.vpc(i, v)
	}
	for i, s := range n.Subnets {
		t.open("aws_subnet", name("s", i))
		t.set("vpc_id", t.vpcID(s.VPC))
		t.text("cidr_block", s.CIDR.String())
		t.text("availability_zone", s.Zone)
		t.set("map_public_ip_on_launch", t.at(name("s", i)+".auto4", s.AutoIPv4))
		if s.IPv6 {
			t.text("ipv6_cidr_block", n.block6(s.VPC, i).String())
			t.set("assign_ipv6_address_on_creation", t.at(name("s", i)+".auto6", s.AutoIPv6))
		}
		t.close()
		if s.Table >= 0 {
			t.open("aws_route_table_association", name("s", i))
			t.set("subnet_id", t.subnetID(i))
			t.set("route_table_id", t.at(name("s", i)+".table", t.tableID(s.Table)))
			t.close()
		}
	}
	for i, g := range n.Gateways {
		t.gateway(i, g)
	}
	for i, nat := range n.NATs {
		t.open("aws_nat_gateway", name("nat", i))
		t.set("subnet_id", t.at(name("nat", i)+".subnet", t.subnetID(nat.Subnet)))
		if nat.Private {
			t.text("connectivity_type", "private")
		} else {
			t.text("allocation_id", "eipalloc-0aa11bb22cc33dd44")
		}
		t.close()
	}
	for i, table := range n.Tables {
		t.table(i, table)
	}
	for i, g := range n.Groups {
		t.group(i, g)
	}
	for i, e := range n.Endpoints {
		t.endpoint(i, e)
	}
	for i, w := range n.Workloads {
		t.workload(i, w)
	}
}

type tfWriter struct {
	strings.Builder
	n *Network
	// said are the expressions of places, and instead what is written there instead of them.
	said, instead map[string]string
	// counts are the counts of resources that have one.
	counts map[string]string
}

// at returns the expression of a place.
func (t *tfWriter) at(place string, v any) string {
	if t.said != nil {
		t.said[place] = fmt.Sprint(v)
	}
	if other, ok := t.instead[place]; ok {
		return other
	}
	return fmt.Sprint(v)
}

func (t *tfWriter) open(typ, name string) {
	fmt.Fprintf(t, "resource %q %q {\n", typ, name)
	if count, ok := t.counts[typ+"."+name]; ok {
		t.set("count", count)
	}
}

func (t *tfWriter) close() { t.WriteString("}\n\n") }

// set writes an argument as it stands, text one in quotes.
func (t *tfWriter) set(name string, v any)  { fmt.Fprintf(t, "  %s = %v\n", name, v) }
func (t *tfWriter) text(name, value string) { t.set(name, strconv.Quote(value)) }

func list(of []int, each func(int) string) string {
	parts := make([]string, len(of))
	for i, id := range of {
		parts[i] = each(id)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (t *tfWriter) vpcType(i int) string {
	if t.n.VPCs[i].Default {
		return "aws_default_vpc"
	}
	return "aws_vpc"
}

func (t *tfWriter) vpcID(i int) string    { return fmt.Sprintf("%s.v%d.id", t.vpcType(i), i) }
func (t *tfWriter) subnetID(i int) string { return fmt.Sprintf("aws_subnet.s%d.id", i) }

func (t *tfWriter) tableID(i int) string {
	table := t.n.Tables[i]
	switch {
	case table.Adopted:
		return fmt.Sprintf("aws_default_route_table.t%d.id", i)
	case table.Own && i%2 == 0:
		return fmt.Sprintf("%s.v%d.default_route_table_id", t.vpcType(table.VPC), table.VPC)
	case table.Own:
		return fmt.Sprintf("%s.v%d.main_route_table_id", t.vpcType(table.VPC), table.VPC)
	}
	return fmt.Sprintf("aws_route_table.t%d.id", i)
}

func (t *tfWriter) groupID(i int) string {
	switch g := t.n.Groups[i]; {
	case g.Adopted:
		return fmt.Sprintf("aws_default_security_group.g%d.id", i)
	case g.Default:
		return fmt.Sprintf("%s.v%d.default_security_group_id", t.vpcType(g.VPC), g.VPC)
	}
	return fmt.Sprintf("aws_security_group.g%d.id", i)
}

func (t *tfWriter) vpc(i int, v VPC) {
	t.open(t.vpcType(i), name("v", i))
	t.set("enable_dns_support", t.at(name("v", i)+".support", v.Support))
	t.set("enable_dns_hostnames", t.at(name("v", i)+".hostnames", v.Hostnames))
	if !v.Default {
		t.text("cidr_block", v.Blocks[0].String())
	}
	if v.IPv6 {
		t.text("ipv6_cidr_block", t.n.block6(i, -1).String())
		if !v.Default {
			t.text("ipv6_ipam_pool_id", "ipam-pool-0aa11bb22cc33dd44")
		}
	}
	t.close()
	for b := range v.Blocks[1:] {
		t.open("aws_vpc_ipv4_cidr_block_association", fmt.Sprintf("v%d_%d", i, b))
		t.set("vpc_id", t.vpcID(i))
		t.text("cidr_block", v.Blocks[b+1].String())
		t.close()
	}
	if v.Main != v.Own {
		t.open("aws_main_route_table_association", name("v", i))
		t.set("vpc_id", t.vpcID(i))
		t.set("route_table_id", t.at(name("v", i)+".main", t.tableID(v.Main)))
		t.close()
	}
	if v.FlowLog {
		t.open("aws_flow_log", name("v", i))
		t.set("vpc_id", t.vpcID(i))
		t.text("traffic_type", "ALL")
		t.text("log_destination", "arn:aws:s3:::northwind-flow-logs")
		t.text("log_destination_type", "s3")
		t.close()
	}
}

func (t *tfWriter) gateway(i int, g Gateway) {
	switch {
	case g.Implicit:
		return
	case g.EgressOnly:
		t.open("aws_egress_only_internet_gateway", name("igw", i))
	default:
		t.open("aws_internet_gateway", name("igw", i))
	}
	if g.VPC >= 0 && !g.Apart {
		t.set("vpc_id", t.vpcID(g.VPC))
	}
	t.close()
	if g.Apart {
		t.open("aws_internet_gateway_attachment", name("igw", i))
		t.set("vpc_id", t.vpcID(g.VPC))
		t.set("internet_gateway_id", fmt.Sprintf("aws_internet_gateway.igw%d.id", i))
		t.close()
	}
}

func (t *tfWriter) table(i int, table Table) {
	routes := table.Routes
	if table.Own && !table.Adopted && t.n.VPCs[table.VPC].Default {
		routes = routes[1:] // the default VPC's own
	}
	switch {
	case table.Adopted:
		t.open("aws_default_route_table", name("t", i))
		t.set("default_route_table_id", fmt.Sprintf("%s.v%d.default_route_table_id", t.vpcType(table.VPC), table.VPC))
	case table.Own:
	default:
		t.open("aws_route_table", name("t", i))
		t.set("vpc_id", t.vpcID(table.VPC))
	}
	if table.Inline && !(table.Own && !table.Adopted) {
		for k, r := range routes {
			t.WriteString("  route {\n")
			t.route(fmt.Sprintf("t%d.%d", i, k), r, "cidr_block", "ipv6_cidr_block")
			t.WriteString("  }\n")
		}
		t.close()
		return
	}
	if !table.Own || table.Adopted {
		t.close()
	}
	for k, r := range routes {
		t.open("aws_route", fmt.Sprintf("t%d_%d", i, k))
		t.set("route_table_id", t.tableID(i))
		t.route(fmt.Sprintf("t%d.%d", i, k), r, "destination_cidr_block", "destination_ipv6_cidr_block")
		t.close()
	}
}

func (t *tfWriter) route(place string, r Route, four, six string) {
	to := t.at(place+".to", strconv.Quote(r.To.String()))
	if r.To.Addr().Is4() {
		t.set(four, to)
	} else {
		t.set(six, to)
	}
	switch id := r.Target.ID; r.Target.Kind {
	case ToInternet:
		if t.n.Gateways[id].Implicit {
			t.text("gateway_id", id17("igw", id))
			return
		}
		t.set("gateway_id", t.at(place+".gateway", fmt.Sprintf("aws_internet_gateway.igw%d.id", id)))
	case ToNAT:
		t.set("nat_gateway_id", t.at(place+".nat", fmt.Sprintf("aws_nat_gateway.nat%d.id", id)))
	case ToEgressOnly:
		t.set("egress_only_gateway_id", fmt.Sprintf("aws_egress_only_internet_gateway.igw%d.id", id))
	case ToTransit:
		t.text("transit_gateway_id", "tgw-0aa11bb22cc33dd44")
	case ToPeering:
		t.text("vpc_peering_connection_id", "pcx-0aa11bb22cc33dd44")
	case ToVPN:
		t.set("gateway_id", t.at(place+".gateway", `"vgw-0aa11bb22cc33dd44"`))
	}
}

// id17 is the id that EC2 gave something.
func id17(kind string, i int) string { return fmt.Sprintf("%s-0aa11bb22cc33d%03d", kind, i) }

func (t *tfWriter) group(i int, g Group) {
	switch {
	case g.Adopted:
		t.open("aws_default_security_group", name("g", i))
	case g.Default:
		return
	default:
		t.open("aws_security_group", name("g", i))
	}
	t.set("vpc_id", t.vpcID(g.VPC))
	if g.Style == Inline {
		for _, d := range []struct {
			name  string
			rules []Rule
		}{{"ingress", g.Ingress}, {"egress", g.Egress}} {
			for k, r := range d.rules {
				place := fmt.Sprintf("g%d.%s%d", i, d.name, k)
				fmt.Fprintf(t, "  %s {\n", d.name)
				t.ports(place, r, "protocol", true)
				switch {
				case r.Peer.IsValid() && r.Peer.Addr().Is4():
					t.set("cidr_blocks", "["+t.at(place+".cidr", strconv.Quote(r.Peer.String()))+"]")
				case r.Peer.IsValid():
					t.set("ipv6_cidr_blocks", fmt.Sprintf("[%q]", r.Peer))
				case r.Group == i:
					t.set("self", true)
				default:
					t.set("security_groups", "["+t.at(place+".group", t.groupID(r.Group))+"]")
				}
				t.WriteString("  }\n")
			}
		}
	}
	t.close()
	if g.Style == Inline {
		return
	}
	for k, r := range g.Ingress {
		t.rule(i, k, r, g.Style, "ingress")
	}
	for k, r := range g.Egress {
		t.rule(i, k, r, g.Style, "egress")
	}
}

func (t *tfWriter) ports(place string, r Rule, protocol string, always bool) {
	t.set(protocol, t.at(place+".protocol", strconv.Quote(r.Protocol)))
	if always || r.Protocol != "-1" {
		t.set("from_port", t.at(place+".from", r.From))
		t.set("to_port", t.at(place+".to", r.To))
	}
}

func (t *tfWriter) rule(group, k int, r Rule, style Style, direction string) {
	called := fmt.Sprintf("g%d_%s_%d", group, direction, k)
	place := fmt.Sprintf("g%d.%s%d", group, direction, k)
	if style == NewRules {
		t.open("aws_vpc_security_group_"+direction+"_rule", called)
		t.set("security_group_id", t.groupID(group))
		t.ports(place, r, "ip_protocol", false)
		t.peer(place, r, "cidr_ipv4", "cidr_ipv6", "referenced_security_group_id", func(s string) string { return s })
		t.close()
		return
	}
	t.open("aws_security_group_rule", called)
	t.text("type", direction)
	t.set("security_group_id", t.groupID(group))
	t.ports(place, r, "protocol", true)
	if !r.Peer.IsValid() && r.Group == group {
		t.set("self", true)
	} else {
		t.peer(place, r, "cidr_blocks", "ipv6_cidr_blocks", "source_security_group_id", func(s string) string { return "[" + s + "]" })
	}
	t.close()
}

func (t *tfWriter) peer(place string, r Rule, four, six, group string, block func(string) string) {
	switch cidr := strconv.Quote(r.Peer.String()); {
	case !r.Peer.IsValid():
		t.set(group, t.at(place+".group", t.groupID(r.Group)))
	case r.Peer.Addr().Is4():
		t.set(four, block(t.at(place+".cidr", cidr)))
	default:
		t.set(six, block(cidr))
	}
}

func (t *tfWriter) endpoint(i int, e Endpoint) {
	called := name("e", i)
	id := "aws_vpc_endpoint." + called + ".id"
	policy := e.policy()
	t.open("aws_vpc_endpoint", called)
	t.set("vpc_id", t.vpcID(e.VPC))
	t.set("service_name", t.at(called+".service", strconv.Quote(e.serviceName())))
	if !e.Gateway {
		t.text("vpc_endpoint_type", "Interface")
		t.set("private_dns_enabled", t.at(called+".dns", e.PrivateDNS))
	}
	if !e.Apart {
		if e.Gateway {
			t.set("route_table_ids", t.at(called+".tables", list(e.Tables, t.tableID)))
		} else {
			t.set("subnet_ids", t.at(called+".subnets", list(e.Subnets, t.subnetID)))
			if len(e.Groups) > 0 {
				t.set("security_group_ids", t.at(called+".groups", list(e.Groups, t.groupID)))
			}
		}
		if policy != "" {
			t.set("policy", "jsonencode("+policy+")")
		}
	}
	t.close()
	if !e.Apart {
		return
	}
	for k, table := range e.Tables {
		t.open("aws_vpc_endpoint_route_table_association", fmt.Sprintf("e%d_%d", i, k))
		t.set("vpc_endpoint_id", id)
		t.set("route_table_id", t.tableID(table))
		t.close()
	}
	for k, subnet := range e.Subnets {
		t.open("aws_vpc_endpoint_subnet_association", fmt.Sprintf("e%d_%d", i, k))
		t.set("vpc_endpoint_id", id)
		t.set("subnet_id", t.subnetID(subnet))
		t.close()
	}
	for k, group := range e.Groups {
		t.open("aws_vpc_endpoint_security_group_association", fmt.Sprintf("e%d_%d", i, k))
		t.set("vpc_endpoint_id", id)
		t.set("security_group_id", t.groupID(group))
		t.set("replace_default_association", k == 0)
		t.close()
	}
	if policy != "" {
		t.open("aws_vpc_endpoint_policy", called)
		t.set("vpc_endpoint_id", id)
		t.set("policy", "jsonencode("+policy+")")
		t.close()
	}
}

// serviceName is the name of an endpoint's service in eu-west-1.
func (e Endpoint) serviceName() string {
	if e.Service == "studio" {
		return "aws.sagemaker.eu-west-1.studio"
	}
	return "com.amazonaws.eu-west-1." + e.Service
}

// prefix is what the names of the actions of an endpoint's service begin with.
func (e Endpoint) prefix() string {
	if e.Service == "studio" || strings.HasPrefix(e.Service, "sagemaker.") {
		return "sagemaker"
	}
	return e.Service
}

func (t *tfWriter) workload(i int, w Workload) {
	groups := t.at(name("w", i)+".groups", list(w.Groups, t.groupID))
	subnets := t.at(name("w", i)+".subnets", list(w.Subnets, t.subnetID))
	switch w.Kind {
	case Training:
		t.open("aws_sfn_state_machine", name("m", i))
		t.text("role_arn", role)
		t.set("definition", fmt.Sprintf(`jsonencode({ StartAt = "w%[1]d", States = { w%[1]d = { Type = "Task", Resource = "arn:aws:states:::sagemaker:createTrainingJob.sync", End = true, Parameters = {
    TrainingJobName = "w%[1]d", RoleArn = %[2]q
    ResourceConfig = { InstanceCount = %[3]s, InstanceType = "ml.m5.large", VolumeSizeInGB = 10 }
    VpcConfig = { Subnets = %[4]s, SecurityGroupIds = %[5]s }
  } } } })`, i, role, t.at(name("w", i)+".count", w.Count), subnets, groups))
	case Model:
		t.open("aws_sagemaker_model", name("w", i))
		t.text("execution_role_arn", role)
		fmt.Fprintf(t, "  primary_container {\n    image = %q\n  }\n", image)
		fmt.Fprintf(t, "  vpc_config {\n    subnets = %s\n    security_group_ids = %s\n  }\n", subnets, groups)
	case Notebook:
		t.open("aws_sagemaker_notebook_instance", name("w", i))
		t.text("name", name("w", i))
		t.text("instance_type", "ml.t3.medium")
		t.text("role_arn", role)
		t.set("subnet_id", t.at(name("w", i)+".subnet", t.subnetID(w.Subnets[0])))
		t.set("security_groups", groups)
		t.set("direct_internet_access", t.at(name("w", i)+".direct", strconv.Quote(enabled(w.Direct))))
	case Domain:
		t.open("aws_sagemaker_domain", name("w", i))
		t.text("domain_name", name("w", i))
		t.text("auth_mode", "IAM")
		t.set("vpc_id", t.vpcID(t.n.Subnets[w.Subnets[0]].VPC))
		t.set("subnet_ids", subnets)
		t.set("app_network_access_type", t.at(name("w", i)+".only", strconv.Quote(accessType(w.VPCOnly))))
		fmt.Fprintf(t, "  default_user_settings {\n    execution_role = %q\n    security_groups = %s\n  }\n", role, groups)
	}
	t.close()
}

const (
	role  = "arn:aws:iam::123456789012:role/sagemaker"
	image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/northwind:1"
)

func enabled(yes bool) string {
	if yes {
		return "Enabled"
	}
	return "Disabled"
}

func accessType(only bool) string {
	if only {
		return "VpcOnly"
	}
	return "PublicInternetOnly"
}

// policy is an endpoint's policy in JSON; empty where there is none.
func (e Endpoint) policy() string {
	statement := func(principal, action, resource string) string {
		return fmt.Sprintf(`{"Effect": "Allow", "Principal": %s, "Action": %q, "Resource": %q}`, principal, action, resource)
	}
	const account = `{"AWS": "arn:aws:iam::123456789012:root"}`
	var statements string
	switch e.Policy {
	case NoPolicy:
		return ""
	case AllowAll:
		statements = statement(`"*"`, "*", "*")
	case AllowService:
		statements = statement(`"*"`, e.prefix()+":*", "*")
	case AllowAccount:
		statements = statement(account, "*", "*")
	case AllowBucket:
		statements = statement(`"*"`, e.prefix()+":GetObject", "arn:aws:s3:::northwind-data/*")
	case DenyPackages:
		var resources []string
		for _, b := range []string{"packages.*.amazonaws.com", "repo.*.amazonaws.com", "amazonlinux.*.amazonaws.com", "amazonlinux-2-repos-*", "al2023-repos-*"} {
			resources = append(resources, fmt.Sprintf("%q", "arn:aws:s3:::"+b+"/*"))
		}
		statements = statement(account, "*", "*") +
			fmt.Sprintf(`, {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": [%s]}`, strings.Join(resources, ", "))
	}
	return `{"Version": "2012-10-17", "Statement": [` + statements + `]}`
}

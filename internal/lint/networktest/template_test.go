package networktest

import (
	"fmt"
	"strconv"
	"strings"
)

// template spells a network as a CloudFormation template in YAML.
func (n *Network) template() map[string]string {
	t := &cfnWriter{n: n}
	t.WriteString("AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n")
	for i, v := range n.VPCs {
		t.vpc(i, v)
	}
	for i, s := range n.Subnets {
		t.open("AWS::EC2::Subnet", "S%d", i)
		t.set("VpcId", t.vpcID(s.VPC))
		t.text("CidrBlock", s.CIDR.String())
		t.text("AvailabilityZone", s.Zone)
		t.set("MapPublicIpOnLaunch", s.AutoIPv4)
		if s.IPv6 {
			t.text("Ipv6CidrBlock", n.block6(s.VPC, i).String())
			t.set("AssignIpv6AddressOnCreation", s.AutoIPv6)
		}
		if s.Table >= 0 {
			t.open("AWS::EC2::SubnetRouteTableAssociation", "S%dTable", i)
			t.set("SubnetId", t.subnetID(i))
			t.set("RouteTableId", t.tableID(s.Table))
		}
	}
	for i, g := range n.Gateways {
		t.gateway(i, g)
	}
	for i, nat := range n.NATs {
		t.open("AWS::EC2::NatGateway", "Nat%d", i)
		t.set("SubnetId", t.subnetID(nat.Subnet))
		if nat.Private {
			t.set("ConnectivityType", "private")
		} else {
			t.set("AllocationId", "eipalloc-0aa11bb22cc33dd44")
		}
	}
	for i, table := range n.Tables {
		if table.Own {
			continue
		}
		t.open("AWS::EC2::RouteTable", "T%d", i)
		t.set("VpcId", t.vpcID(table.VPC))
		for k, r := range table.Routes {
			t.route(i, k, r)
		}
	}
	for i, g := range n.Groups {
		if !g.Default {
			t.group(i, g)
		}
	}
	for i, e := range n.Endpoints {
		t.endpoint(i, e)
	}
	for i, w := range n.Workloads {
		t.workload(i, w)
	}
	return map[string]string{"template.yaml": t.String()}
}

type cfnWriter struct {
	strings.Builder
	n *Network
}

func (t *cfnWriter) open(typ, name string, args ...any) {
	fmt.Fprintf(t, "  %s:\n    Type: %s\n    Properties:\n", fmt.Sprintf(name, args...), typ)
}

func (t *cfnWriter) set(name string, v any)  { fmt.Fprintf(t, "      %s: %v\n", name, v) }
func (t *cfnWriter) text(name, value string) { t.set(name, strconv.Quote(value)) }

func (t *cfnWriter) vpcID(i int) string    { return fmt.Sprintf("!Ref V%d", i) }
func (t *cfnWriter) subnetID(i int) string { return fmt.Sprintf("!Ref S%d", i) }
func (t *cfnWriter) tableID(i int) string  { return fmt.Sprintf("!Ref T%d", i) }

func (t *cfnWriter) groupID(i int) string {
	if g := t.n.Groups[i]; g.Default {
		return fmt.Sprintf("!GetAtt V%d.DefaultSecurityGroup", g.VPC)
	}
	return fmt.Sprintf("!GetAtt G%d.GroupId", i)
}

func (t *cfnWriter) vpc(i int, v VPC) {
	t.open("AWS::EC2::VPC", "V%d", i)
	t.text("CidrBlock", v.Blocks[0].String())
	t.set("EnableDnsSupport", v.Support)
	t.set("EnableDnsHostnames", v.Hostnames)
	for b := range v.Blocks[1:] {
		t.open("AWS::EC2::VPCCidrBlock", "V%dBlock%d", i, b)
		t.set("VpcId", t.vpcID(i))
		t.text("CidrBlock", v.Blocks[b+1].String())
	}
	if v.IPv6 {
		t.open("AWS::EC2::VPCCidrBlock", "V%dSix", i)
		t.set("VpcId", t.vpcID(i))
		t.text("Ipv6CidrBlock", t.n.block6(i, -1).String())
		t.text("Ipv6Pool", "ipam-pool-0aa11bb22cc33dd44")
	}
	if v.FlowLog {
		t.open("AWS::EC2::FlowLog", "V%dLog", i)
		t.set("ResourceType", "VPC")
		t.set("ResourceId", t.vpcID(i))
		t.set("TrafficType", "ALL")
		t.set("LogDestinationType", "s3")
		t.text("LogDestination", "arn:aws:s3:::northwind-flow-logs")
	}
}

func (t *cfnWriter) gateway(i int, g Gateway) {
	if g.EgressOnly {
		t.open("AWS::EC2::EgressOnlyInternetGateway", "Igw%d", i)
		t.set("VpcId", t.vpcID(g.VPC))
		return
	}
	fmt.Fprintf(t, "  Igw%d:\n    Type: AWS::EC2::InternetGateway\n", i)
	if g.VPC >= 0 {
		t.open("AWS::EC2::VPCGatewayAttachment", "Igw%dAttachment", i)
		t.set("VpcId", t.vpcID(g.VPC))
		t.set("InternetGatewayId", fmt.Sprintf("!Ref Igw%d", i))
	}
}

func (t *cfnWriter) route(table, k int, r Route) {
	t.open("AWS::EC2::Route", "T%dRoute%d", table, k)
	t.set("RouteTableId", t.tableID(table))
	if r.To.Addr().Is4() {
		t.text("DestinationCidrBlock", r.To.String())
	} else {
		t.text("DestinationIpv6CidrBlock", r.To.String())
	}
	switch id := r.Target.ID; r.Target.Kind {
	case ToInternet:
		t.set("GatewayId", fmt.Sprintf("!Ref Igw%d", id))
	case ToNAT:
		t.set("NatGatewayId", fmt.Sprintf("!Ref Nat%d", id))
	case ToEgressOnly:
		t.set("EgressOnlyInternetGatewayId", fmt.Sprintf("!Ref Igw%d", id))
	case ToTransit:
		t.set("TransitGatewayId", "tgw-0aa11bb22cc33dd44")
	case ToPeering:
		t.set("VpcPeeringConnectionId", "pcx-0aa11bb22cc33dd44")
	case ToVPN:
		t.set("GatewayId", "vgw-0aa11bb22cc33dd44")
	}
}

// group writes a group. Rules that name groups stand apart, as what refers to itself can't be made. Without egress rules
// AWS would let everything out, so that there is one that lets nothing out, the one that the CDK writes.
func (t *cfnWriter) group(i int, g Group) {
	t.open("AWS::EC2::SecurityGroup", "G%d", i)
	t.set("VpcId", t.vpcID(g.VPC))
	t.set("GroupDescription", "northwind")
	inline := func(name, four, six string, rules []Rule, items ...string) (apart []Rule) {
		for _, r := range rules {
			if g.Style != Inline || !r.Peer.IsValid() {
				apart = append(apart, r)
				continue
			}
			family := four
			if r.Peer.Addr().Is6() {
				family = six
			}
			items = append(items, fmt.Sprintf("{IpProtocol: %q%s, %s: %q}", r.Protocol, portsOf(r, "FromPort: %d, ToPort: %d"), family, r.Peer))
		}
		t.set(name, "["+strings.Join(items, ", ")+"]")
		return apart
	}
	in := inline("SecurityGroupIngress", "CidrIp", "CidrIpv6", g.Ingress)
	out := inline("SecurityGroupEgress", "CidrIp", "CidrIpv6", g.Egress, `{IpProtocol: icmp, FromPort: 252, ToPort: 86, CidrIp: 255.255.255.255/32}`)
	for k, r := range in {
		t.rule(i, k, r, "Ingress", "SourceSecurityGroupId")
	}
	for k, r := range out {
		t.rule(i, k, r, "Egress", "DestinationSecurityGroupId")
	}
}

// portsOf writes a rule's ports, behind a comma, where its protocol has some.
func portsOf(r Rule, format string) string {
	if r.Protocol == "-1" {
		return ""
	}
	return ", " + fmt.Sprintf(format, r.From, r.To)
}

func (t *cfnWriter) rule(group, k int, r Rule, direction, peer string) {
	t.open("AWS::EC2::SecurityGroup"+direction, "G%d%s%d", group, direction, k)
	t.set("GroupId", t.groupID(group))
	t.text("IpProtocol", r.Protocol)
	if r.Protocol != "-1" {
		t.set("FromPort", r.From)
		t.set("ToPort", r.To)
	}
	switch {
	case !r.Peer.IsValid():
		t.set(peer, t.groupID(r.Group))
	case r.Peer.Addr().Is4():
		t.text("CidrIp", r.Peer.String())
	default:
		t.text("CidrIpv6", r.Peer.String())
	}
}

func (t *cfnWriter) endpoint(i int, e Endpoint) {
	t.open("AWS::EC2::VPCEndpoint", "E%d", i)
	t.set("VpcId", t.vpcID(e.VPC))
	t.text("ServiceName", e.serviceName())
	if e.Gateway {
		t.set("RouteTableIds", list(e.Tables, t.tableID))
	} else {
		t.set("VpcEndpointType", "Interface")
		t.set("PrivateDnsEnabled", e.PrivateDNS)
		t.set("SubnetIds", list(e.Subnets, t.subnetID))
		if len(e.Groups) > 0 {
			t.set("SecurityGroupIds", list(e.Groups, t.groupID))
		}
	}
	if policy := e.policy(); policy != "" {
		t.set("PolicyDocument", policy)
	}
}

func (t *cfnWriter) workload(i int, w Workload) {
	groups := list(w.Groups, t.groupID)
	subnets := list(w.Subnets, t.subnetID)
	switch w.Kind {
	case Training:
		t.open("AWS::StepFunctions::StateMachine", "M%d", i)
		t.text("RoleArn", role)
		fmt.Fprintf(t, `      Definition:
        StartAt: w%[1]d
        States:
          w%[1]d:
            Type: Task
            Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync"
            End: true
            Parameters:
              TrainingJobName: w%[1]d
              RoleArn: %[2]q
              ResourceConfig: {InstanceCount: %[3]d, InstanceType: ml.m5.large, VolumeSizeInGB: 10}
              VpcConfig:
                Subnets: %[4]s
                SecurityGroupIds: %[5]s
`, i, role, w.Count, subnets, groups)
	case Model:
		t.open("AWS::SageMaker::Model", "W%d", i)
		t.text("ExecutionRoleArn", role)
		t.set("PrimaryContainer", fmt.Sprintf("{Image: %q}", image))
		t.set("VpcConfig", fmt.Sprintf("{Subnets: %s, SecurityGroupIds: %s}", subnets, groups))
	case Notebook:
		t.open("AWS::SageMaker::NotebookInstance", "W%d", i)
		t.set("InstanceType", "ml.t3.medium")
		t.text("RoleArn", role)
		t.set("SubnetId", t.subnetID(w.Subnets[0]))
		t.set("SecurityGroupIds", groups)
		t.set("DirectInternetAccess", enabled(w.Direct))
	case Domain:
		t.open("AWS::SageMaker::Domain", "W%d", i)
		t.set("DomainName", name("w", i))
		t.set("AuthMode", "IAM")
		t.set("VpcId", t.vpcID(t.n.Subnets[w.Subnets[0]].VPC))
		t.set("SubnetIds", subnets)
		t.set("AppNetworkAccessType", accessType(w.VPCOnly))
		t.set("DefaultUserSettings", fmt.Sprintf("{ExecutionRole: %q, SecurityGroups: %s}", role, groups))
	}
}

"""Makes small networks in moto, and records each in three forms: what EC2's describe operations answer about it, the
Terraform that makes it, and the CloudFormation template, where that can say it. Beside each stands one workload for each
subnet. The seed is the network's number, so that a run gives the same files:

    python3 record.py DIRECTORY
"""

import json
import os
import random
import sys

os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1")

import boto3
from moto import mock_aws
from moto.moto_api._internal import mock_random

NETWORKS = 36

# Where a route leads to: what moto needs, and how often.
TARGETS = ["internet"] * 4 + ["nat"] * 3 + ["vgw", "eigw", "none", "none"]


class Network:
    def __init__(self, number):
        self.random = random.Random(number)
        self.ec2 = boto3.client("ec2")
        self.tf, self.cfn = [], {}
        self.main_changed = False

    def resource(self, typ, name, args, logical=None, props=None):
        lines = [f'resource "{typ}" "{name}" {{']
        for key, value in args.items():
            if isinstance(value, list):
                for block in value:
                    lines.append(f"  {key} {{")
                    lines += [f"    {k} = {v}" for k, v in block.items()]
                    lines.append("  }")
            else:
                lines.append(f"  {key} = {value}")
        self.tf.append("\n".join(lines + ["}", ""]))
        if logical:
            self.cfn[name] = {"Type": logical, "Properties": props}

    def make(self):
        r, ec2 = self.random, self.ec2
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
        self.vpc = vpc
        self.resource("aws_vpc", "v", {"cidr_block": '"10.0.0.0/16"'}, "AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16"})
        igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=vpc)
        self.resource("aws_internet_gateway", "g", {"vpc_id": "aws_vpc.v.id"}, "AWS::EC2::InternetGateway", {})
        self.cfn["a"] = {"Type": "AWS::EC2::VPCGatewayAttachment",
                         "Properties": {"VpcId": {"Ref": "v"}, "InternetGatewayId": {"Ref": "g"}}}
        self.targets = {"internet": ("GatewayId", igw, "gateway_id", "aws_internet_gateway.g.id", {"Ref": "g"})}
        self.subnets = []
        for i in range(r.randint(2, 4)):
            made = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone="us-east-1" + "abc"[i % 3])
            self.subnets.append(made["Subnet"]["SubnetId"])
            self.resource("aws_subnet", f"s{i}", {"vpc_id": "aws_vpc.v.id", "cidr_block": f'"10.0.{i}.0/24"'},
                          "AWS::EC2::Subnet", {"VpcId": {"Ref": "v"}, "CidrBlock": f"10.0.{i}.0/24"})
        self.gateways()
        tables = [self.table(i) for i in range(r.randint(1, 3))]
        for i, subnet in enumerate(self.subnets):
            if r.random() < 0.7:
                t = r.randrange(len(tables))
                ec2.associate_route_table(RouteTableId=tables[t], SubnetId=subnet)
                self.resource("aws_route_table_association", f"a{i}",
                              {"subnet_id": f"aws_subnet.s{i}.id", "route_table_id": f"aws_route_table.t{t}.id"},
                              "AWS::EC2::SubnetRouteTableAssociation", {"SubnetId": {"Ref": f"s{i}"}, "RouteTableId": {"Ref": f"t{t}"}})
        self.main(tables)
        return self

    def gateways(self):
        ec2 = self.ec2
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = ec2.create_nat_gateway(SubnetId=self.subnets[0], AllocationId=address)["NatGateway"]["NatGatewayId"]
        self.resource("aws_nat_gateway", "n", {"subnet_id": "aws_subnet.s0.id", "allocation_id": '"eipalloc-0"'},
                      "AWS::EC2::NatGateway", {"SubnetId": {"Ref": "s0"}, "AllocationId": "eipalloc-0"})
        self.targets["nat"] = ("NatGatewayId", nat, "nat_gateway_id", "aws_nat_gateway.n.id", {"Ref": "n"})
        vgw = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
        ec2.attach_vpn_gateway(VpnGatewayId=vgw, VpcId=self.vpc)
        self.resource("aws_vpn_gateway", "w", {"vpc_id": "aws_vpc.v.id"}, "AWS::EC2::VPNGateway", {"Type": "ipsec.1"})
        self.targets["vgw"] = ("GatewayId", vgw, "gateway_id", "aws_vpn_gateway.w.id", {"Ref": "w"})
        eigw = ec2.create_egress_only_internet_gateway(VpcId=self.vpc)["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
        self.resource("aws_egress_only_internet_gateway", "e", {"vpc_id": "aws_vpc.v.id"},
                      "AWS::EC2::EgressOnlyInternetGateway", {"VpcId": {"Ref": "v"}})
        self.targets["eigw"] = ("EgressOnlyInternetGatewayId", eigw, "egress_only_gateway_id",
                                "aws_egress_only_internet_gateway.e.id", {"Ref": "e"})

    def routes(self):
        """The routes of a table: destination and target, one for each destination."""
        r, out = self.random, {}
        for _ in range(r.randint(0, 2)):
            target = r.choice(TARGETS)
            if target == "none":
                continue
            blocks = r.choice([["0.0.0.0/0"]] * 4 + [["0.0.0.0/1", "128.0.0.0/1"], ["0.0.0.0/1"], ["::/0"], ["192.168.0.0/16"]])
            if target == "eigw":
                blocks = ["::/0"]
            for b in blocks:
                if target == "nat" and ":" in b:
                    continue
                out.setdefault(b, target)
        return out

    def table(self, i):
        ec2 = self.ec2
        table = ec2.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]
        routes = self.routes()
        inline = self.random.random() < 0.5
        blocks = []
        self.resource("aws_route_table", f"t{i}", {"vpc_id": "aws_vpc.v.id", "route": blocks} if inline else {"vpc_id": "aws_vpc.v.id"},
                      "AWS::EC2::RouteTable", {"VpcId": {"Ref": "v"}})
        self.add(table, routes, f"aws_route_table.t{i}.id", {"Ref": f"t{i}"}, f"r{i}", blocks if inline else None)
        if inline:  # written anew, now that its blocks are known
            self.tf = [t for t in self.tf if not t.startswith(f'resource "aws_route_table" "t{i}"')]
            keep = dict(self.cfn)
            self.resource("aws_route_table", f"t{i}", {"vpc_id": "aws_vpc.v.id", "route": blocks})
            self.cfn = keep
        return table

    def add(self, table, routes, tf_table, cfn_table, name, blocks):
        for j, (block, target) in enumerate(routes.items()):
            member, id, arg, ref, cfn_ref = self.targets[target]
            six = ":" in block
            self.ec2.create_route(RouteTableId=table, **{"DestinationIpv6CidrBlock" if six else "DestinationCidrBlock": block, member: id})
            props = {"RouteTableId": cfn_table, "DestinationIpv6CidrBlock" if six else "DestinationCidrBlock": block, member: cfn_ref}
            if blocks is not None:
                blocks.append({"ipv6_cidr_block" if six else "cidr_block": f'"{block}"', arg: ref})
            else:
                self.resource("aws_route", f"{name}_{j}", {"route_table_id": tf_table,
                              "destination_ipv6_cidr_block" if six else "destination_cidr_block": f'"{block}"', arg: ref})
            self.cfn[f"{name}x{j}"] = {"Type": "AWS::EC2::Route", "Properties": props}

    def main(self, tables):
        """The VPC's main table: as it came, with routes of its own, or another."""
        r = self.random.random()
        described = self.ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["RouteTables"]
        main = next((t, a) for t in described for a in t["Associations"] if a.get("Main"))
        if r < 0.3:
            self.main_changed = True
            self.add(main[0]["RouteTableId"], self.routes(), "aws_vpc.v.main_route_table_id", None, "m", None)
        elif r < 0.6:
            self.main_changed = True
            t = self.random.randrange(len(tables))
            self.ec2.replace_route_table_association(AssociationId=main[1]["RouteTableAssociationId"], RouteTableId=tables[t])
            self.resource("aws_main_route_table_association", "m", {"vpc_id": "aws_vpc.v.id", "route_table_id": f"aws_route_table.t{t}.id"})

    def describe(self):
        """What the commands print, of everything in the account: the default VPC and its subnets too."""
        out = {}
        for operation, member in [("describe_vpcs", "Vpcs"), ("describe_subnets", "Subnets"), ("describe_route_tables", "RouteTables"),
                                  ("describe_internet_gateways", "InternetGateways"), ("describe_nat_gateways", "NatGateways"),
                                  ("describe_egress_only_internet_gateways", "EgressOnlyInternetGateways"),
                                  ("describe_security_groups", "SecurityGroups"), ("describe_network_acls", "NetworkAcls")]:
            out[member] = getattr(self.ec2, operation)()[member]
        return out


def notebook(i, subnet):
    return {"NotebookInstanceName": f"n{i}", "InstanceType": "ml.t3.medium", "RoleArn": "arn:aws:iam::123456789012:role/x",
            "DirectInternetAccess": "Disabled", "SubnetId": subnet}


def record(number, directory):
    mock_random.seed(number)
    with mock_aws():
        net = Network(number).make()
        described = net.describe()
    for i in range(len(net.subnets)):
        net.tf.append(f'resource "aws_sagemaker_notebook_instance" "n{i}" {{\n  name = "n{i}"\n  instance_type = "ml.t3.medium"\n'
                      f'  role_arn = "arn:aws:iam::123456789012:role/x"\n  direct_internet_access = "Disabled"\n'
                      f'  subnet_id = aws_subnet.s{i}.id\n}}\n')
        net.cfn[f"n{i}"] = {"Type": "AWS::SageMaker::NotebookInstance", "Properties": notebook(i, {"Ref": f"s{i}"})}
    files = {
        "facts/network.json": "\n".join(json.dumps({k: v}, default=lambda _: "2024-05-02T09:21:31+00:00") for k, v in described.items()),
        "facts/jobs.json": json.dumps([notebook(i, s) for i, s in enumerate(net.subnets)]),
        "terraform/main.tf": "\n".join(net.tf).rstrip("\n"),
    }
    if not net.main_changed:  # CloudFormation can't
        files["cloudformation/template.json"] = json.dumps({"Resources": net.cfn})
    with open(os.path.join(directory, f"{number:02}.txtar"), "w") as f:
        for name, content in files.items():
            f.write(f"-- {name} --\n{content}\n")


if __name__ == "__main__":
    for number in range(NETWORKS):
        record(number, sys.argv[1])

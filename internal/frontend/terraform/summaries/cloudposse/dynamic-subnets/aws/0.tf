# Holds for versions from 0.1.0 below 2.0.0 of cloudposse/dynamic-subnets/aws.
# Public and private subnets in each zone, each private one with a route table of its own and, unless it is told not to, a
# NAT gateway.

variable "context" { default = {} }
variable "enabled" { default = null }
variable "vpc_id" { default = null }
variable "igw_id" { default = null }
variable "cidr_block" { default = "" }
variable "availability_zones" { default = [] }
variable "max_subnet_count" { default = 0 }
variable "map_public_ip_on_launch" { default = true }
variable "nat_gateway_enabled" { default = true }
variable "nat_instance_enabled" { default = false }
variable "vpc_default_route_table_id" { default = "" }
variable "public_network_acl_id" { default = "" }
variable "private_network_acl_id" { default = "" }
# Its labels put the tags together.
variable "labels" {}

data "aws_availability_zones" "available" {}

data "aws_vpc" "default" {
  id = var.vpc_id
}

locals {
  enabled   = var.enabled == null ? coalesce(try(var.context.enabled, null), true) : var.enabled
  count     = local.enabled ? length(var.availability_zones) : 0
  own_table = length(var.vpc_default_route_table_id) == 0
  block     = length(var.cidr_block) > 0 ? var.cidr_block : data.aws_vpc.default.cidr_block
  most      = var.max_subnet_count == 0 ? length(data.aws_availability_zones.available.names) : var.max_subnet_count
}

resource "aws_subnet" "public" {
  count                   = local.count
  vpc_id                  = var.vpc_id
  availability_zone       = var.availability_zones[count.index]
  cidr_block              = cidrsubnet(local.block, ceil(log(local.most * 2, 2)), local.most + count.index)
  map_public_ip_on_launch = var.map_public_ip_on_launch
  tags                    = var.labels
}

resource "aws_subnet" "private" {
  count             = local.count
  vpc_id            = var.vpc_id
  availability_zone = var.availability_zones[count.index]
  cidr_block        = cidrsubnet(local.block, ceil(log(local.most * 2, 2)), count.index)
  tags              = var.labels
}

resource "aws_route_table" "public" {
  count  = local.enabled && local.own_table ? 1 : 0
  vpc_id = var.vpc_id
  tags   = var.labels
}

resource "aws_route" "public" {
  count                  = local.enabled && local.own_table ? 1 : 0
  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.igw_id
}

resource "aws_route_table_association" "public" {
  count          = local.own_table ? local.count : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

resource "aws_route_table_association" "public_default" {
  count          = local.own_table ? 0 : local.count
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = var.vpc_default_route_table_id
}

resource "aws_route_table" "private" {
  count  = local.count
  vpc_id = var.vpc_id
  tags   = var.labels
}

resource "aws_route_table_association" "private" {
  count          = local.count
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

resource "aws_eip" "default" {
  count = var.nat_gateway_enabled ? local.count : 0
}

resource "aws_nat_gateway" "default" {
  count         = var.nat_gateway_enabled ? local.count : 0
  allocation_id = aws_eip.default[count.index].id
  subnet_id     = aws_subnet.public[count.index].id
}

resource "aws_route" "default" {
  count                  = var.nat_gateway_enabled ? local.count : 0
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.default[count.index].id
}

resource "aws_instance" "nat_instance" {
  count     = var.nat_instance_enabled ? local.count : 0
  subnet_id = aws_subnet.public[count.index].id
}

resource "aws_route" "nat_instance" {
  count                  = var.nat_instance_enabled ? local.count : 0
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  instance_id            = aws_instance.nat_instance[count.index].id
}

resource "aws_network_acl" "public" {
  count      = local.enabled && length(var.public_network_acl_id) == 0 ? 1 : 0
  vpc_id     = var.vpc_id
  subnet_ids = aws_subnet.public[*].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl" "private" {
  count      = local.enabled && length(var.private_network_acl_id) == 0 ? 1 : 0
  vpc_id     = var.vpc_id
  subnet_ids = aws_subnet.private[*].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

output "public_subnet_ids" { value = aws_subnet.public[*].id }
output "public_subnet_cidrs" { value = aws_subnet.public[*].cidr_block }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "private_subnet_ids" { value = aws_subnet.private[*].id }
output "private_subnet_cidrs" { value = aws_subnet.private[*].cidr_block }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "availability_zones" { value = var.availability_zones }
output "nat_gateway_ids" { value = aws_nat_gateway.default[*].id }
output "nat_instance_ids" { value = aws_instance.nat_instance[*].id }

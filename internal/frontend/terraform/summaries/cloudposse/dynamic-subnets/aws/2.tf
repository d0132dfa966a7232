# Holds for versions from 2.0.0 below 3.0.0 of cloudposse/dynamic-subnets/aws.
# What it makes: public and private subnets in each zone, each private one with
# a route table of its own. Unless it is told not to, it makes a NAT gateway in each zone.

variable "context" { default = {} }
variable "enabled" { default = null }
variable "vpc_id" { default = null }
variable "igw_id" { default = [] }
variable "ipv6_egress_only_igw_id" { default = [] }
variable "max_subnet_count" { default = 0 }
variable "max_nats" { default = 999 }
variable "private_subnets_enabled" { default = true }
variable "public_subnets_enabled" { default = true }
variable "ipv4_enabled" { default = true }
variable "ipv6_enabled" { default = false }
variable "ipv4_cidr_block" { default = [] }
variable "ipv6_cidr_block" { default = [] }
variable "ipv4_cidrs" { default = [] }
variable "ipv6_cidrs" { default = [] }
variable "availability_zones" { default = [] }
variable "availability_zone_ids" { default = [] }
variable "nat_gateway_enabled" { default = null }
variable "nat_instance_enabled" { default = null }
variable "map_public_ip_on_launch" { default = true }
variable "private_assign_ipv6_address_on_creation" { default = true }
variable "public_assign_ipv6_address_on_creation" { default = true }
variable "private_dns64_nat64_enabled" { default = null }
variable "public_dns64_nat64_enabled" { default = false }
variable "private_open_network_acl_enabled" { default = true }
variable "public_open_network_acl_enabled" { default = true }
variable "open_network_acl_ipv4_rule_number" { default = 100 }
variable "open_network_acl_ipv6_rule_number" { default = 111 }
variable "private_route_table_enabled" { default = true }
variable "public_route_table_ids" { default = [] }
variable "public_route_table_enabled" { default = true }
variable "public_route_table_per_subnet_enabled" { default = null }
variable "subnets_per_az_count" { default = 1 }
variable "subnets_per_az_names" { default = ["common"] }
variable "public_subnets_per_az_count" { default = null }
variable "private_subnets_per_az_count" { default = null }
variable "public_subnets_per_az_names" { default = null }
variable "private_subnets_per_az_names" { default = null }
# Its labels put the tags together.
variable "labels" {}

data "aws_availability_zones" "default" {}

data "aws_vpc" "default" {
  id = var.vpc_id
}

locals {
  enabled = (var.enabled == null ? coalesce(try(var.context.enabled, null), true) : var.enabled) && (var.public_subnets_enabled || var.private_subnets_enabled)
  public  = local.enabled && var.public_subnets_enabled
  private = local.enabled && var.private_subnets_enabled
  public4 = local.public && var.ipv4_enabled
  public6 = local.public && var.ipv6_enabled

  private4 = local.private && var.ipv4_enabled
  private6 = local.private && var.ipv6_enabled

  public_nat64  = local.public6 && var.public_dns64_nat64_enabled
  private_nat64 = local.private6 && (var.private_dns64_nat64_enabled == null ? local.public4 : var.private_dns64_nat64_enabled)

  possible_zones = (
    length(var.availability_zone_ids) > 0 ? var.availability_zone_ids
    : length(var.availability_zones) > 0 ? var.availability_zones : data.aws_availability_zones.default.names
  )
  zones = (
    var.max_subnet_count == 0 || var.max_subnet_count >= length(local.possible_zones)
    ? local.possible_zones : slice(local.possible_zones, 0, var.max_subnet_count)
  )
  public_per_zone  = coalesce(var.public_subnets_per_az_count, var.subnets_per_az_count)
  private_per_zone = coalesce(var.private_subnets_per_az_count, var.subnets_per_az_count)
  public_count     = local.public ? length(local.zones) * local.public_per_zone : 0
  private_count    = local.private ? length(local.zones) * local.private_per_zone : 0
  public_zones     = flatten([for z in local.zones : [for i in range(local.public_per_zone) : z]])
  private_zones    = flatten([for z in local.zones : [for i in range(local.private_per_zone) : z]])

  # Private subnets have the first blocks of as many as there may be subnets, whether or not there are.
  most_zones     = var.max_subnet_count == 0 ? length(data.aws_availability_zones.default.names) : var.max_subnet_count
  private_blocks = local.private ? local.most_zones * local.private_per_zone : 0
  all_blocks     = local.private_blocks + (local.public ? local.most_zones * local.public_per_zone : 0)
  bits           = ceil(log(local.all_blocks, 2))
  block4         = length(var.ipv4_cidr_block) > 0 ? var.ipv4_cidr_block[0] : data.aws_vpc.default.cidr_block
  block6         = length(var.ipv6_cidr_block) > 0 ? var.ipv6_cidr_block[0] : data.aws_vpc.default.ipv6_cidr_block
  given4         = length(try(var.ipv4_cidrs[0].private, [])) + length(try(var.ipv4_cidrs[0].public, [])) > 0
  given6         = length(try(var.ipv6_cidrs[0].private, [])) + length(try(var.ipv6_cidrs[0].public, [])) > 0

  own_public_tables = local.public && var.public_route_table_enabled && length(var.public_route_table_ids) == 0
  table_per_subnet  = var.public_route_table_per_subnet_enabled == null ? local.public_nat64 : var.public_route_table_per_subnet_enabled
  public_tables     = local.own_public_tables ? aws_route_table.public[*].id : var.public_route_table_ids
  public_table_count = (
    !local.public ? 0
    : length(var.public_route_table_ids) > 0 ? length(var.public_route_table_ids)
    : !var.public_route_table_enabled ? 0
    : local.table_per_subnet ? local.public_count : min(local.public_count, 1)
  )
  private_table_count = var.private_route_table_enabled ? local.private_count : 0

  nat_gateways = var.nat_gateway_enabled == null ? coalesce(var.nat_instance_enabled, false) == false : var.nat_gateway_enabled
  nat_gateway  = local.nat_gateways && (local.private4 || local.public_nat64 || local.private_nat64)
  nat_instance = local.private4 && !local.nat_gateways && coalesce(var.nat_instance_enabled, false)
  nats         = min(max(local.public_count, local.private_count), var.max_nats)
}

resource "aws_subnet" "public" {
  count             = local.public_count
  vpc_id            = var.vpc_id
  availability_zone = local.public_zones[count.index]
  cidr_block = (
    !local.public4 ? null : local.given4 ? element(var.ipv4_cidrs[0].public, count.index)
    : cidrsubnet(local.block4, local.bits, local.private_blocks + count.index)
  )
  ipv6_cidr_block = (
    !local.public6 ? null : local.given6 ? element(var.ipv6_cidrs[0].public, count.index)
    : cidrsubnet(local.block6, 8, local.private_blocks + count.index)
  )
  ipv6_native                     = local.public6 && !local.public4
  map_public_ip_on_launch         = local.public4 ? var.map_public_ip_on_launch : null
  assign_ipv6_address_on_creation = local.public6 ? var.public_assign_ipv6_address_on_creation : null
  enable_dns64                    = local.public6 ? local.public_nat64 : null
  tags                            = var.labels
}

resource "aws_subnet" "private" {
  count             = local.private_count
  vpc_id            = var.vpc_id
  availability_zone = local.private_zones[count.index]
  cidr_block = (
    !local.private4 ? null : local.given4 ? var.ipv4_cidrs[0].private[count.index]
    : cidrsubnet(local.block4, local.bits, count.index)
  )
  ipv6_cidr_block = (
    !local.private6 ? null : local.given6 ? var.ipv6_cidrs[0].private[count.index]
    : cidrsubnet(local.block6, 8, count.index)
  )
  ipv6_native                     = local.private6 && !local.private4
  assign_ipv6_address_on_creation = local.private6 ? var.private_assign_ipv6_address_on_creation : null
  enable_dns64                    = local.private6 ? local.private_nat64 : null
  tags                            = var.labels
}

resource "aws_route_table" "public" {
  count  = local.own_public_tables ? local.public_table_count : 0
  vpc_id = var.vpc_id
  tags   = var.labels
}

resource "aws_route_table" "private" {
  count  = local.private_table_count
  vpc_id = var.vpc_id
  tags   = var.labels
}

resource "aws_route_table_association" "public" {
  count          = var.public_route_table_enabled ? local.public_count : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(local.public_tables, local.own_public_tables && !local.table_per_subnet ? 0 : count.index)
}

resource "aws_route_table_association" "private" {
  count          = var.private_route_table_enabled ? local.private_count : 0
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

resource "aws_route" "public" {
  count                  = local.public4 && length(var.igw_id) > 0 ? local.public_table_count : 0
  route_table_id         = local.public_tables[count.index]
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.igw_id[0]
}

resource "aws_route" "public6" {
  count                       = local.public6 && length(var.igw_id) > 0 ? local.public_table_count : 0
  route_table_id              = local.public_tables[count.index]
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = var.igw_id[0]
}

resource "aws_route" "private6" {
  count                       = var.ipv6_enabled && length(var.ipv6_egress_only_igw_id) > 0 ? local.private_table_count : 0
  route_table_id              = aws_route_table.private[count.index].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = var.ipv6_egress_only_igw_id[0]
}

resource "aws_eip" "default" {
  count = local.nat_gateway || local.nat_instance ? local.nats : 0
}

resource "aws_nat_gateway" "default" {
  count         = local.nat_gateway ? local.nats : 0
  allocation_id = aws_eip.default[count.index].id
  subnet_id     = aws_subnet.public[count.index].id
}

resource "aws_instance" "nat_instance" {
  count     = local.nat_instance ? local.nats : 0
  subnet_id = aws_subnet.public[count.index].id
}

resource "aws_route" "nat4" {
  count                  = local.nat_gateway && local.private4 ? local.private_table_count : 0
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.default[*].id, count.index)
}

resource "aws_route" "private_nat64" {
  count                       = local.nat_gateway && local.private_nat64 ? local.private_table_count : 0
  route_table_id              = aws_route_table.private[count.index].id
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.default[*].id, count.index)
}

resource "aws_route" "public_nat64" {
  count                       = local.nat_gateway && local.public_nat64 ? local.public_table_count : 0
  route_table_id              = local.public_tables[count.index]
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.default[*].id, count.index)
}

resource "aws_route" "nat_instance" {
  count                  = local.nat_instance ? local.private_table_count : 0
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = element(aws_instance.nat_instance[*].primary_network_interface_id, count.index)
}

resource "aws_network_acl" "public" {
  count      = local.public && var.public_open_network_acl_enabled ? 1 : 0
  vpc_id     = var.vpc_id
  subnet_ids = aws_subnet.public[*].id
  dynamic "ingress" {
    for_each = local.public4 ? [1] : []
    content {
      rule_no    = var.open_network_acl_ipv4_rule_number
      action     = "allow"
      protocol   = "-1"
      from_port  = 0
      to_port    = 0
      cidr_block = "0.0.0.0/0"
    }
  }
  dynamic "ingress" {
    for_each = local.public6 ? [1] : []
    content {
      rule_no         = var.open_network_acl_ipv6_rule_number
      action          = "allow"
      protocol        = "-1"
      from_port       = 0
      to_port         = 0
      ipv6_cidr_block = "::/0"
    }
  }
  dynamic "egress" {
    for_each = local.public4 ? [1] : []
    content {
      rule_no    = var.open_network_acl_ipv4_rule_number
      action     = "allow"
      protocol   = "-1"
      from_port  = 0
      to_port    = 0
      cidr_block = "0.0.0.0/0"
    }
  }
  dynamic "egress" {
    for_each = local.public6 ? [1] : []
    content {
      rule_no         = var.open_network_acl_ipv6_rule_number
      action          = "allow"
      protocol        = "-1"
      from_port       = 0
      to_port         = 0
      ipv6_cidr_block = "::/0"
    }
  }
}

resource "aws_network_acl" "private" {
  count      = local.private && var.private_open_network_acl_enabled ? 1 : 0
  vpc_id     = var.vpc_id
  subnet_ids = aws_subnet.private[*].id
  dynamic "ingress" {
    for_each = local.private4 ? [1] : []
    content {
      rule_no    = var.open_network_acl_ipv4_rule_number
      action     = "allow"
      protocol   = "-1"
      from_port  = 0
      to_port    = 0
      cidr_block = "0.0.0.0/0"
    }
  }
  dynamic "ingress" {
    for_each = local.private6 ? [1] : []
    content {
      rule_no         = var.open_network_acl_ipv6_rule_number
      action          = "allow"
      protocol        = "-1"
      from_port       = 0
      to_port         = 0
      ipv6_cidr_block = "::/0"
    }
  }
  dynamic "egress" {
    for_each = local.private4 ? [1] : []
    content {
      rule_no    = var.open_network_acl_ipv4_rule_number
      action     = "allow"
      protocol   = "-1"
      from_port  = 0
      to_port    = 0
      cidr_block = "0.0.0.0/0"
    }
  }
  dynamic "egress" {
    for_each = local.private6 ? [1] : []
    content {
      rule_no         = var.open_network_acl_ipv6_rule_number
      action          = "allow"
      protocol        = "-1"
      from_port       = 0
      to_port         = 0
      ipv6_cidr_block = "::/0"
    }
  }
}

output "public_subnet_ids" { value = aws_subnet.public[*].id }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "public_subnet_cidrs" { value = local.public4 ? aws_subnet.public[*].cidr_block : [] }
output "public_subnet_ipv6_cidrs" { value = local.public6 ? aws_subnet.public[*].ipv6_cidr_block : [] }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "public_network_acl_id" { value = try(aws_network_acl.public[0].id, null) }
output "az_public_subnets_map" {
  value = { for i, z in local.zones : z => slice(aws_subnet.public[*].id, i * local.public_per_zone, (i + 1) * local.public_per_zone) if local.public }
}
output "named_public_subnets_map" {
  value = { for i, n in(var.public_subnets_per_az_names == null ? var.subnets_per_az_names : var.public_subnets_per_az_names) : n => [
    for z in range(length(local.zones)) : aws_subnet.public[z * local.public_per_zone + i].id
  ] if local.public }
}
output "private_subnet_ids" { value = aws_subnet.private[*].id }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "private_subnet_cidrs" { value = local.private4 ? aws_subnet.private[*].cidr_block : [] }
output "private_subnet_ipv6_cidrs" { value = local.private6 ? aws_subnet.private[*].ipv6_cidr_block : [] }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "private_network_acl_id" { value = try(aws_network_acl.private[0].id, null) }
output "az_private_subnets_map" {
  value = { for i, z in local.zones : z => slice(aws_subnet.private[*].id, i * local.private_per_zone, (i + 1) * local.private_per_zone) if local.private }
}
output "named_private_subnets_map" {
  value = { for i, n in(var.private_subnets_per_az_names == null ? var.subnets_per_az_names : var.private_subnets_per_az_names) : n => [
    for z in range(length(local.zones)) : aws_subnet.private[z * local.private_per_zone + i].id
  ] if local.private }
}
output "availability_zones" { value = local.zones }
output "nat_gateway_ids" { value = aws_nat_gateway.default[*].id }
output "nat_instance_ids" { value = aws_instance.nat_instance[*].id }
output "nat_eip_allocation_ids" { value = aws_eip.default[*].id }

# Holds for versions from 4.0.0 below 5.0.0 of aws-ia/vpc/aws.
# Subnets are given by kind, of which public, transit_gateway and core_network are special and any other is private; there is
# one of each kind in each zone, with a route table of its own.

variable "create_vpc" { default = true }
variable "vpc_id" { default = null }
variable "cidr_block" { default = null }
variable "vpc_enable_dns_hostnames" { default = true }
variable "vpc_enable_dns_support" { default = true }
variable "vpc_instance_tenancy" { default = "default" }
variable "vpc_assign_generated_ipv6_cidr_block" { default = null }
variable "vpc_ipv6_cidr_block" { default = null }
variable "vpc_egress_only_internet_gateway" { default = false }
variable "vpc_secondary_cidr" { default = false }
variable "vpc_secondary_cidr_natgw" { default = {} }
variable "subnets" { default = {} }
variable "optimize_subnet_cidr_ranges" { default = false }
variable "vpc_flow_logs" { default = { log_destination_type = "none" } }
variable "transit_gateway_id" { default = null }
variable "transit_gateway_routes" { default = {} }
variable "transit_gateway_ipv6_routes" { default = {} }
variable "core_network" { default = { id = null, arn = null } }
variable "core_network_routes" { default = {} }
variable "core_network_ipv6_routes" { default = {} }
variable "azs" {
  type     = list(string)
  default  = []
  nullable = false
}
variable "az_count" {
  default  = 0
  nullable = false
}
# Its labels put the tags together.
variable "labels" {}
# The order of blocks that are sorted by size, and of those for IPv6.
variable "calculated_blocks" {}

data "aws_availability_zones" "current" {}

data "aws_vpc" "main" {
  count = var.create_vpc ? 0 : 1
  id    = var.vpc_id
}

locals {
  zones    = concat(var.azs, slice(data.aws_availability_zones.current.names, 0, var.az_count))
  vpc      = var.create_vpc ? aws_vpc.main[0] : data.aws_vpc.main[0]
  block    = var.cidr_block == null ? local.vpc.cidr_block : var.cidr_block
  kinds    = keys(var.subnets)
  private  = setsubtract(local.kinds, ["public", "transit_gateway", "core_network"])
  public   = [for z in local.zones : z if contains(local.kinds, "public")]
  tgw      = [for z in local.zones : z if contains(local.kinds, "transit_gateway")]
  cwan     = [for z in local.zones : z if contains(local.kinds, "core_network")]
  per_zone = flatten([for z in local.zones : [for k in local.private : "${k}/${z}"]])

  # Blocks of a given size follow each other in the order of the kinds' names and of the zones.
  sized      = flatten([for k, v in var.subnets : [for z in local.zones : { key = "${k}/${z}", mask = v.netmask }] if can(v.netmask)])
  calculated = cidrsubnets(local.block, [for s in local.sized : s.mask - split("/", local.block)[1]]...)
  blocks = merge(
    { for i, s in local.sized : s.key => var.optimize_subnet_cidr_ranges ? var.calculated_blocks : local.calculated[i] },
    { for p in flatten([for k, v in var.subnets : [for i, z in local.zones : { key = "${k}/${z}", block = v.cidrs[i] }] if can(v.cidrs)]) : p.key => p.block },
  )

  only6    = can(var.subnets.public.ipv6_native)
  with6    = local.only6 || can(var.subnets.public.assign_ipv6_cidr) || can(var.subnets.public.ipv6_cidrs)
  to_igw   = try(var.subnets.public.connect_to_igw, true)
  nat_kind = coalesce(try(var.subnets.public.nat_gateway_configuration, null), "none")
  nats     = slice(local.public, 0, local.nat_kind == "all_azs" ? length(local.public) : local.nat_kind == "single_az" ? min(length(local.public), 1) : 0)
  nat_of = (
    var.vpc_secondary_cidr ? var.vpc_secondary_cidr_natgw
    : { for z in local.public : z => { id = aws_nat_gateway.main[contains(local.nats, z) ? z : local.nats[0]].id } if local.nat_kind != "none" }
  )
  to_core = !try(var.subnets.core_network.require_acceptance, false) || try(var.subnets.core_network.accept_attachment, true)
}

resource "aws_vpc" "main" {
  count                            = var.create_vpc ? 1 : 0
  cidr_block                       = var.cidr_block
  assign_generated_ipv6_cidr_block = var.vpc_assign_generated_ipv6_cidr_block
  ipv6_cidr_block                  = var.vpc_ipv6_cidr_block
  enable_dns_hostnames             = var.vpc_enable_dns_hostnames
  enable_dns_support               = var.vpc_enable_dns_support
  instance_tenancy                 = var.vpc_instance_tenancy
  tags                             = var.labels
}

resource "aws_vpc_ipv4_cidr_block_association" "secondary" {
  count      = var.vpc_secondary_cidr && !var.create_vpc ? 1 : 0
  vpc_id     = var.vpc_id
  cidr_block = local.block
}

resource "aws_subnet" "public" {
  for_each                        = toset(local.public)
  vpc_id                          = local.vpc.id
  availability_zone               = each.key
  cidr_block                      = try(local.blocks["public/${each.key}"], null)
  ipv6_cidr_block                 = local.with6 ? var.calculated_blocks : null
  ipv6_native                     = local.only6
  map_public_ip_on_launch         = try(var.subnets.public.map_public_ip_on_launch, local.only6 ? null : true)
  assign_ipv6_address_on_creation = local.with6 ? true : null
  tags                            = var.labels
}

resource "aws_subnet" "private" {
  for_each                        = toset(local.per_zone)
  vpc_id                          = local.vpc.id
  availability_zone               = split("/", each.key)[1]
  cidr_block                      = try(local.blocks[each.key], null)
  ipv6_cidr_block                 = can(var.subnets[split("/", each.key)[0]].assign_ipv6_cidr) || can(var.subnets[split("/", each.key)[0]].ipv6_cidrs) ? var.calculated_blocks : null
  ipv6_native                     = can(var.subnets[split("/", each.key)[0]].ipv6_native)
  map_public_ip_on_launch         = false
  assign_ipv6_address_on_creation = can(var.subnets[split("/", each.key)[0]].ipv6_native) ? true : try(var.subnets[split("/", each.key)[0]].assign_ipv6_address_on_creation, false)
  tags                            = var.labels
}

resource "aws_subnet" "tgw" {
  for_each          = toset(local.tgw)
  vpc_id            = local.vpc.id
  availability_zone = each.key
  cidr_block        = try(local.blocks["transit_gateway/${each.key}"], null)
  ipv6_cidr_block   = can(var.subnets.transit_gateway.assign_ipv6_cidr) || can(var.subnets.transit_gateway.ipv6_cidrs) ? var.calculated_blocks : null
  tags              = var.labels
}

resource "aws_subnet" "cwan" {
  for_each          = toset(local.cwan)
  vpc_id            = local.vpc.id
  availability_zone = each.key
  cidr_block        = try(local.blocks["core_network/${each.key}"], null)
  ipv6_cidr_block   = can(var.subnets.core_network.assign_ipv6_cidr) || can(var.subnets.core_network.ipv6_cidrs) ? var.calculated_blocks : null
  tags              = var.labels
}

resource "aws_route_table" "public" {
  for_each = toset(local.public)
  vpc_id   = local.vpc.id
  tags     = var.labels
}

resource "aws_route_table_association" "public" {
  for_each       = toset(local.public)
  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public[each.key].id
}

resource "aws_route_table" "private" {
  for_each = toset(local.per_zone)
  vpc_id   = local.vpc.id
  tags     = var.labels
}

resource "aws_route_table_association" "private" {
  for_each       = toset(local.per_zone)
  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

resource "aws_route_table" "tgw" {
  for_each = toset(local.tgw)
  vpc_id   = local.vpc.id
  tags     = var.labels
}

resource "aws_route_table_association" "tgw" {
  for_each       = toset(local.tgw)
  subnet_id      = aws_subnet.tgw[each.key].id
  route_table_id = aws_route_table.tgw[each.key].id
}

resource "aws_route_table" "cwan" {
  for_each = toset(local.cwan)
  vpc_id   = local.vpc.id
  tags     = var.labels
}

resource "aws_route_table_association" "cwan" {
  for_each       = toset(local.cwan)
  subnet_id      = aws_subnet.cwan[each.key].id
  route_table_id = aws_route_table.cwan[each.key].id
}

resource "aws_eip" "nat" {
  for_each = toset(local.nats)
}

resource "aws_nat_gateway" "main" {
  for_each      = toset(local.nats)
  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
}

resource "aws_internet_gateway" "main" {
  count  = contains(local.kinds, "public") ? 1 : 0
  vpc_id = local.vpc.id
}

resource "aws_egress_only_internet_gateway" "eigw" {
  count  = var.vpc_egress_only_internet_gateway ? 1 : 0
  vpc_id = local.vpc.id
}

resource "aws_route" "public_to_igw" {
  for_each               = toset([for z in local.public : z if local.to_igw && !local.only6])
  route_table_id         = aws_route_table.public[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main[0].id
}

resource "aws_route" "public_ipv6_to_igw" {
  for_each                    = toset([for z in local.public : z if local.to_igw && local.with6])
  route_table_id              = aws_route_table.public[each.key].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.main[0].id
}

resource "aws_route" "private_to_nat" {
  for_each               = toset([for p in local.per_zone : p if try(var.subnets[split("/", p)[0]].connect_to_public_natgw == true, false)])
  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat_of[split("/", each.key)[1]].id
}

resource "aws_route" "private_to_egress_only" {
  for_each                    = toset([for p in local.per_zone : p if try(var.subnets[split("/", p)[0]].connect_to_eigw == true, false)])
  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.eigw[0].id
}

resource "aws_route" "tgw_to_nat" {
  for_each               = toset([for z in local.tgw : z if contains(local.kinds, "public") && try(var.subnets.transit_gateway.connect_to_public_natgw == true, false)])
  route_table_id         = aws_route_table.tgw[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat_of[each.key].id
}

resource "aws_route" "cwan_to_nat" {
  for_each               = toset([for z in local.cwan : z if contains(local.kinds, "public") && try(var.subnets.core_network.connect_to_public_natgw == true, false)])
  route_table_id         = aws_route_table.cwan[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat_of[each.key].id
}

resource "aws_route" "public_to_tgw" {
  for_each                   = toset([for z in local.public : z if contains(keys(var.transit_gateway_routes), "public")])
  route_table_id             = aws_route_table.public[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.transit_gateway_routes["public"])) ? null : var.transit_gateway_routes["public"]
  destination_prefix_list_id = can(regex("^pl-", var.transit_gateway_routes["public"])) ? var.transit_gateway_routes["public"] : null
  transit_gateway_id         = var.transit_gateway_id
}

resource "aws_route" "private_to_tgw" {
  for_each                   = toset([for p in local.per_zone : p if contains(keys(var.transit_gateway_routes), split("/", p)[0])])
  route_table_id             = aws_route_table.private[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.transit_gateway_routes[split("/", each.key)[0]])) ? null : var.transit_gateway_routes[split("/", each.key)[0]]
  destination_prefix_list_id = can(regex("^pl-", var.transit_gateway_routes[split("/", each.key)[0]])) ? var.transit_gateway_routes[split("/", each.key)[0]] : null
  transit_gateway_id         = var.transit_gateway_id
}

resource "aws_route" "ipv6_public_to_tgw" {
  for_each                    = toset([for z in local.public : z if contains(keys(var.transit_gateway_ipv6_routes), "public")])
  route_table_id              = aws_route_table.public[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.transit_gateway_ipv6_routes["public"])) ? null : var.transit_gateway_ipv6_routes["public"]
  destination_prefix_list_id  = can(regex("^pl-", var.transit_gateway_ipv6_routes["public"])) ? var.transit_gateway_ipv6_routes["public"] : null
  transit_gateway_id          = var.transit_gateway_id
}

resource "aws_route" "ipv6_private_to_tgw" {
  for_each                    = toset([for p in local.per_zone : p if contains(keys(var.transit_gateway_ipv6_routes), split("/", p)[0])])
  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.transit_gateway_ipv6_routes[split("/", each.key)[0]])) ? null : var.transit_gateway_ipv6_routes[split("/", each.key)[0]]
  destination_prefix_list_id  = can(regex("^pl-", var.transit_gateway_ipv6_routes[split("/", each.key)[0]])) ? var.transit_gateway_ipv6_routes[split("/", each.key)[0]] : null
  transit_gateway_id          = var.transit_gateway_id
}

resource "aws_route" "public_to_cwan" {
  for_each                   = toset([for z in local.public : z if contains(keys(var.core_network_routes), "public") && local.to_core])
  route_table_id             = aws_route_table.public[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.core_network_routes["public"])) ? null : var.core_network_routes["public"]
  destination_prefix_list_id = can(regex("^pl-", var.core_network_routes["public"])) ? var.core_network_routes["public"] : null
  core_network_arn           = var.core_network.arn
}

resource "aws_route" "private_to_cwan" {
  for_each                   = toset([for p in local.per_zone : p if contains(keys(var.core_network_routes), split("/", p)[0]) && local.to_core])
  route_table_id             = aws_route_table.private[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.core_network_routes[split("/", each.key)[0]])) ? null : var.core_network_routes[split("/", each.key)[0]]
  destination_prefix_list_id = can(regex("^pl-", var.core_network_routes[split("/", each.key)[0]])) ? var.core_network_routes[split("/", each.key)[0]] : null
  core_network_arn           = var.core_network.arn
}

resource "aws_route" "ipv6_public_to_cwan" {
  for_each                    = toset([for z in local.public : z if contains(keys(var.core_network_ipv6_routes), "public") && local.to_core])
  route_table_id              = aws_route_table.public[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.core_network_ipv6_routes["public"])) ? null : var.core_network_ipv6_routes["public"]
  destination_prefix_list_id  = can(regex("^pl-", var.core_network_ipv6_routes["public"])) ? var.core_network_ipv6_routes["public"] : null
  core_network_arn            = var.core_network.arn
}

resource "aws_route" "ipv6_private_to_cwan" {
  for_each                    = toset([for p in local.per_zone : p if contains(keys(var.core_network_ipv6_routes), split("/", p)[0]) && local.to_core])
  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.core_network_ipv6_routes[split("/", each.key)[0]])) ? null : var.core_network_ipv6_routes[split("/", each.key)[0]]
  destination_prefix_list_id  = can(regex("^pl-", var.core_network_ipv6_routes[split("/", each.key)[0]])) ? var.core_network_ipv6_routes[split("/", each.key)[0]] : null
  core_network_arn            = var.core_network.arn
}

resource "aws_ec2_transit_gateway_vpc_attachment" "tgw" {
  count              = contains(local.kinds, "transit_gateway") ? 1 : 0
  vpc_id             = local.vpc.id
  subnet_ids         = values(aws_subnet.tgw)[*].id
  transit_gateway_id = var.transit_gateway_id
}

resource "aws_flow_log" "main" {
  count                = try(var.vpc_flow_logs.log_destination_type, "none") == "none" ? 0 : 1
  vpc_id               = local.vpc.id
  traffic_type         = coalesce(try(var.vpc_flow_logs.traffic_type, null), "ALL")
  log_destination_type = var.vpc_flow_logs.log_destination_type
  log_destination      = try(var.vpc_flow_logs.log_destination, null)
}

output "vpc_attributes" { value = local.vpc }
output "azs" { value = local.zones }
output "transit_gateway_attachment_id" { value = try(aws_ec2_transit_gateway_vpc_attachment.tgw[0].id, null) }
output "private_subnet_attributes_by_az" { value = aws_subnet.private }
output "public_subnet_attributes_by_az" { value = aws_subnet.public }
output "tgw_subnet_attributes_by_az" { value = aws_subnet.tgw }
output "core_network_subnet_attributes_by_az" { value = aws_subnet.cwan }
output "rt_attributes_by_type_by_az" {
  value = {
    private         = aws_route_table.private
    public          = aws_route_table.public
    transit_gateway = aws_route_table.tgw
    core_network    = aws_route_table.cwan
  }
}
output "nat_gateway_attributes_by_az" { value = aws_nat_gateway.main }
output "natgw_id_per_az" { value = local.nat_of }
output "internet_gateway" { value = try(aws_internet_gateway.main[0], null) }
output "egress_only_internet_gateway" { value = try(aws_egress_only_internet_gateway.eigw[0], null) }

# Holds for versions from 0.1.0 below 4.0.0 of cloudposse/vpc/aws.
# An argument has one name in older versions and another in newer ones; either counts.

variable "context" { default = {} }
variable "enabled" { default = null }
variable "cidr_block" { default = null }
variable "ipv4_primary_cidr_block" { default = null }
variable "additional_cidr_blocks" { default = null }
variable "ipv4_additional_cidr_block_associations" { default = {} }
variable "ipv6_additional_cidr_block_associations" { default = {} }
variable "ipv6_primary_cidr_block_association" { default = null }
variable "ipv6_enabled" { default = null }
variable "assign_generated_ipv6_cidr_block" { default = null }
variable "instance_tenancy" { default = "default" }
variable "enable_dns_hostnames" { default = null }
variable "dns_hostnames_enabled" { default = true }
variable "enable_dns_support" { default = null }
variable "dns_support_enabled" { default = true }
variable "enable_internet_gateway" { default = null }
variable "internet_gateway_enabled" { default = true }
variable "enable_default_security_group_with_custom_rules" { default = null }
variable "default_security_group_deny_all" { default = true }
variable "ipv6_egress_only_internet_gateway_enabled" { default = false }
variable "default_route_table_no_routes" { default = false }
variable "default_network_acl_deny_all" { default = false }
# Its labels put the tags together.
variable "labels" {}

locals {
  enabled = var.enabled == null ? coalesce(try(var.context.enabled, null), true) : var.enabled
  gateway = local.enabled && (var.enable_internet_gateway == null ? var.internet_gateway_enabled : var.enable_internet_gateway)
  deny_all = local.enabled && (
    var.enable_default_security_group_with_custom_rules == null
    ? var.default_security_group_deny_all : var.enable_default_security_group_with_custom_rules
  )
  more_blocks = merge(
    { for b in coalesce(var.additional_cidr_blocks, []) : b => { ipv4_cidr_block = b } },
    var.ipv4_additional_cidr_block_associations,
  )
}

resource "aws_vpc" "default" {
  count                            = local.enabled ? 1 : 0
  cidr_block                       = var.ipv4_primary_cidr_block == null ? var.cidr_block : var.ipv4_primary_cidr_block
  ipv6_cidr_block                  = try(var.ipv6_primary_cidr_block_association.ipv6_cidr_block, null)
  assign_generated_ipv6_cidr_block = coalesce(var.assign_generated_ipv6_cidr_block, var.ipv6_enabled, true)
  instance_tenancy                 = var.instance_tenancy
  enable_dns_hostnames             = var.enable_dns_hostnames == null ? var.dns_hostnames_enabled : var.enable_dns_hostnames
  enable_dns_support               = var.enable_dns_support == null ? var.dns_support_enabled : var.enable_dns_support
  tags                             = var.labels
}

resource "aws_default_security_group" "default" {
  count  = local.deny_all ? 1 : 0
  vpc_id = aws_vpc.default[0].id
}

resource "aws_default_route_table" "default" {
  count                  = local.enabled && var.default_route_table_no_routes ? 1 : 0
  default_route_table_id = aws_vpc.default[0].default_route_table_id
}

resource "aws_default_network_acl" "default" {
  count                  = local.enabled && var.default_network_acl_deny_all ? 1 : 0
  default_network_acl_id = aws_vpc.default[0].default_network_acl_id
}

resource "aws_internet_gateway" "default" {
  count  = local.gateway ? 1 : 0
  vpc_id = aws_vpc.default[0].id
}

resource "aws_egress_only_internet_gateway" "default" {
  count  = local.enabled && var.ipv6_egress_only_internet_gateway_enabled ? 1 : 0
  vpc_id = aws_vpc.default[0].id
}

resource "aws_vpc_ipv4_cidr_block_association" "default" {
  for_each   = { for k, v in local.more_blocks : k => v if local.enabled }
  vpc_id     = aws_vpc.default[0].id
  cidr_block = each.value.ipv4_cidr_block
}

resource "aws_vpc_ipv6_cidr_block_association" "default" {
  for_each        = { for k, v in var.ipv6_additional_cidr_block_associations : k => v if local.enabled }
  vpc_id          = aws_vpc.default[0].id
  ipv6_cidr_block = each.value.ipv6_cidr_block
}

output "vpc_id" { value = try(aws_vpc.default[0].id, "") }
output "vpc_arn" { value = try(aws_vpc.default[0].arn, "") }
output "vpc_cidr_block" { value = try(aws_vpc.default[0].cidr_block, "") }
output "vpc_ipv6_cidr_block" { value = try(aws_vpc.default[0].ipv6_cidr_block, "") }
output "ipv6_cidr_block" { value = try(aws_vpc.default[0].ipv6_cidr_block, "") }
output "vpc_main_route_table_id" { value = try(aws_vpc.default[0].main_route_table_id, "") }
output "vpc_default_route_table_id" { value = try(aws_vpc.default[0].default_route_table_id, "") }
output "vpc_default_network_acl_id" { value = try(aws_vpc.default[0].default_network_acl_id, "") }
output "vpc_default_security_group_id" { value = try(aws_vpc.default[0].default_security_group_id, "") }
output "igw_id" { value = try(aws_internet_gateway.default[0].id, "") }
output "ipv6_egress_only_igw_id" { value = try(aws_egress_only_internet_gateway.default[0].id, "") }
output "additional_cidr_blocks" { value = [for b in aws_vpc_ipv4_cidr_block_association.default : b.cidr_block] }

# Holds for versions from 3.0.0 below 4.0.0 of terraform-aws-modules/vpc/aws.

variable "cidr" { default = "0.0.0.0/0" }
variable "enable_dns_hostnames" { default = false }
variable "default_vpc_enable_dns_hostnames" { default = false }
variable "manage_default_security_group" { default = false }
variable "manage_default_network_acl" { default = false }
variable "manage_default_route_table" { default = false }
variable "map_public_ip_on_launch" { default = true }
variable "assign_ipv6_address_on_creation" { default = false }
variable "public_subnet_assign_ipv6_address_on_creation" { default = null }
variable "private_subnet_assign_ipv6_address_on_creation" { default = null }
variable "database_subnet_assign_ipv6_address_on_creation" { default = null }
variable "redshift_subnet_assign_ipv6_address_on_creation" { default = null }
variable "elasticache_subnet_assign_ipv6_address_on_creation" { default = null }
variable "intra_subnet_assign_ipv6_address_on_creation" { default = null }
variable "outpost_subnet_assign_ipv6_address_on_creation" { default = null }

locals {
  assign_ipv6 = {
    public      = var.public_subnet_assign_ipv6_address_on_creation == null ? var.assign_ipv6_address_on_creation : var.public_subnet_assign_ipv6_address_on_creation
    private     = var.private_subnet_assign_ipv6_address_on_creation == null ? var.assign_ipv6_address_on_creation : var.private_subnet_assign_ipv6_address_on_creation
    database    = var.database_subnet_assign_ipv6_address_on_creation == null ? var.assign_ipv6_address_on_creation : var.database_subnet_assign_ipv6_address_on_creation
    redshift    = var.redshift_subnet_assign_ipv6_address_on_creation == null ? var.assign_ipv6_address_on_creation : var.redshift_subnet_assign_ipv6_address_on_creation
    elasticache = var.elasticache_subnet_assign_ipv6_address_on_creation == null ? var.assign_ipv6_address_on_creation : var.elasticache_subnet_assign_ipv6_address_on_creation
    intra       = var.intra_subnet_assign_ipv6_address_on_creation == null ? var.assign_ipv6_address_on_creation : var.intra_subnet_assign_ipv6_address_on_creation
    outpost     = var.outpost_subnet_assign_ipv6_address_on_creation == null ? var.assign_ipv6_address_on_creation : var.outpost_subnet_assign_ipv6_address_on_creation
  }
  most_subnets        = max(local.private_subnets, local.elasticache_subnets, local.database_subnets, local.redshift_subnets)
  private_tables      = min(local.most_subnets, 1) * local.nat_gateways
  private_ipv6_routes = local.private_subnets
  dns64               = false
}

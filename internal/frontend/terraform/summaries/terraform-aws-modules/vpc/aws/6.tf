# Holds for versions from 6.0.0 below 7.0.0 of terraform-aws-modules/vpc/aws.

variable "cidr" { default = "10.0.0.0/16" }
variable "enable_dns_hostnames" { default = true }
variable "default_vpc_enable_dns_hostnames" { default = true }
variable "manage_default_security_group" { default = true }
variable "manage_default_network_acl" { default = true }
variable "manage_default_route_table" { default = true }
variable "map_public_ip_on_launch" { default = false }
variable "public_subnet_assign_ipv6_address_on_creation" { default = false }
variable "private_subnet_assign_ipv6_address_on_creation" { default = false }
variable "database_subnet_assign_ipv6_address_on_creation" { default = false }
variable "redshift_subnet_assign_ipv6_address_on_creation" { default = false }
variable "elasticache_subnet_assign_ipv6_address_on_creation" { default = false }
variable "intra_subnet_assign_ipv6_address_on_creation" { default = false }
variable "outpost_subnet_assign_ipv6_address_on_creation" { default = false }

locals {
  assign_ipv6 = {
    public      = var.public_subnet_assign_ipv6_address_on_creation
    private     = var.private_subnet_assign_ipv6_address_on_creation
    database    = var.database_subnet_assign_ipv6_address_on_creation
    redshift    = var.redshift_subnet_assign_ipv6_address_on_creation
    elasticache = var.elasticache_subnet_assign_ipv6_address_on_creation
    intra       = var.intra_subnet_assign_ipv6_address_on_creation
    outpost     = var.outpost_subnet_assign_ipv6_address_on_creation
  }
  most_subnets        = max(local.private_subnets, local.public_subnets, local.elasticache_subnets, local.database_subnets, local.redshift_subnets)
  private_tables      = min(local.private_subnets, 1) * local.nat_gateways
  private_ipv6_routes = local.private_tables
  dns64               = true
}

# Holds for versions from 0.25.0 below 4.0.0 of cloudposse/vpc/aws/modules/vpc-endpoints.
# Services go by their common names.

variable "context" { default = {} }
variable "enabled" { default = null }
variable "vpc_id" { default = null }
variable "gateway_vpc_endpoints" { default = {} }
variable "interface_vpc_endpoints" { default = {} }

locals {
  enabled = var.enabled == null ? coalesce(try(var.context.enabled, null), true) : var.enabled
}

data "aws_vpc_endpoint_service" "gateway_endpoint_service" {
  for_each = { for k, v in var.gateway_vpc_endpoints : k => v if local.enabled }
  service  = each.value.name
}

data "aws_vpc_endpoint_service" "interface_endpoint_service" {
  for_each = { for k, v in var.interface_vpc_endpoints : k => v if local.enabled }
  service  = each.value.name
}

resource "aws_vpc_endpoint" "gateway_endpoint" {
  for_each          = { for k, v in var.gateway_vpc_endpoints : k => v if local.enabled }
  vpc_id            = var.vpc_id
  vpc_endpoint_type = "Gateway"
  service_name      = data.aws_vpc_endpoint_service.gateway_endpoint_service[each.key].service_name
  policy            = each.value.policy
  route_table_ids   = each.value.route_table_ids
}

# The first of its security groups takes the place of the VPC's default one.
resource "aws_vpc_endpoint" "interface_endpoint" {
  for_each            = { for k, v in var.interface_vpc_endpoints : k => v if local.enabled }
  vpc_id              = var.vpc_id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.interface_endpoint_service[each.key].service_name
  policy              = each.value.policy
  private_dns_enabled = each.value.private_dns_enabled
  subnet_ids          = each.value.subnet_ids
  security_group_ids  = each.value.security_group_ids
}

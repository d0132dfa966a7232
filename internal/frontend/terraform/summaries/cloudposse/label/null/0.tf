# Holds for versions from 0.1.0 below 1.0.0 of cloudposse/label/null.
# It makes nothing: it hands on what a module is told of names and tags, and whether it is to make anything. What of that
# is put together as a name is not known here.

variable "context" { default = {} }
variable "enabled" { default = null }
variable "namespace" { default = null }
variable "tenant" { default = null }
variable "environment" { default = null }
variable "stage" { default = null }
variable "name" { default = null }
variable "delimiter" { default = null }
variable "attributes" { default = [] }

locals {
  enabled     = var.enabled == null ? coalesce(try(var.context.enabled, null), true) : var.enabled
  namespace   = var.namespace == null ? try(var.context.namespace, null) : var.namespace
  tenant      = var.tenant == null ? try(var.context.tenant, null) : var.tenant
  environment = var.environment == null ? try(var.context.environment, null) : var.environment
  stage       = var.stage == null ? try(var.context.stage, null) : var.stage
  name        = var.name == null ? try(var.context.name, null) : var.name
  delimiter   = var.delimiter == null ? try(var.context.delimiter, null) : var.delimiter
  attributes  = distinct(compact(concat(coalesce(try(var.context.attributes, []), []), coalesce(var.attributes, []))))
}

output "enabled" { value = local.enabled }
output "namespace" { value = local.enabled && local.namespace != null ? local.namespace : "" }
output "tenant" { value = local.enabled && local.tenant != null ? local.tenant : "" }
output "environment" { value = local.enabled && local.environment != null ? local.environment : "" }
output "stage" { value = local.enabled && local.stage != null ? local.stage : "" }
output "name" { value = local.enabled && local.name != null ? local.name : "" }
output "delimiter" { value = local.delimiter == null ? "-" : local.delimiter }
output "attributes" { value = local.enabled ? local.attributes : [] }
output "context" {
  value = {
    enabled     = local.enabled
    namespace   = local.namespace
    tenant      = local.tenant
    environment = local.environment
    stage       = local.stage
    name        = local.name
    delimiter   = local.delimiter
    attributes  = local.attributes
  }
}

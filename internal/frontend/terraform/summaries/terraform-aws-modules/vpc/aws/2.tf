# Holds for versions from 2.0.0 below 3.0.0 of terraform-aws-modules/vpc/aws.

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

# Versions before 3 have endpoints of their own: gateways for S3 and DynamoDB, which all tables but the database's have, and
# interfaces in the private subnets.
variable "enable_s3_endpoint" { default = false }
variable "s3_endpoint_type" { default = "Gateway" }
variable "s3_endpoint_security_group_ids" { default = [] }
variable "s3_endpoint_subnet_ids" { default = [] }
variable "s3_endpoint_private_dns_enabled" { default = false }
variable "s3_endpoint_policy" { default = null }
variable "enable_dynamodb_endpoint" { default = false }
variable "dynamodb_endpoint_type" { default = "Gateway" }
variable "dynamodb_endpoint_security_group_ids" { default = [] }
variable "dynamodb_endpoint_subnet_ids" { default = [] }
variable "dynamodb_endpoint_private_dns_enabled" { default = false }
variable "dynamodb_endpoint_policy" { default = null }
variable "enable_public_s3_endpoint" { default = true }
variable "sagemaker_notebook_endpoint_region" { default = "" }
variable "enable_sagemaker_api_endpoint" { default = false }
variable "sagemaker_api_endpoint_security_group_ids" { default = [] }
variable "sagemaker_api_endpoint_subnet_ids" { default = [] }
variable "sagemaker_api_endpoint_private_dns_enabled" { default = false }
variable "sagemaker_api_endpoint_policy" { default = null }
variable "enable_sagemaker_runtime_endpoint" { default = false }
variable "sagemaker_runtime_endpoint_security_group_ids" { default = [] }
variable "sagemaker_runtime_endpoint_subnet_ids" { default = [] }
variable "sagemaker_runtime_endpoint_private_dns_enabled" { default = false }
variable "sagemaker_runtime_endpoint_policy" { default = null }
variable "enable_sagemaker_notebook_endpoint" { default = false }
variable "sagemaker_notebook_endpoint_security_group_ids" { default = [] }
variable "sagemaker_notebook_endpoint_subnet_ids" { default = [] }
variable "sagemaker_notebook_endpoint_private_dns_enabled" { default = false }
variable "sagemaker_notebook_endpoint_policy" { default = null }
variable "enable_sts_endpoint" { default = false }
variable "sts_endpoint_security_group_ids" { default = [] }
variable "sts_endpoint_subnet_ids" { default = [] }
variable "sts_endpoint_private_dns_enabled" { default = false }
variable "sts_endpoint_policy" { default = null }
variable "enable_logs_endpoint" { default = false }
variable "logs_endpoint_security_group_ids" { default = [] }
variable "logs_endpoint_subnet_ids" { default = [] }
variable "logs_endpoint_private_dns_enabled" { default = false }
variable "logs_endpoint_policy" { default = null }
variable "enable_monitoring_endpoint" { default = false }
variable "monitoring_endpoint_security_group_ids" { default = [] }
variable "monitoring_endpoint_subnet_ids" { default = [] }
variable "monitoring_endpoint_private_dns_enabled" { default = false }
variable "monitoring_endpoint_policy" { default = null }
variable "enable_ecr_api_endpoint" { default = false }
variable "ecr_api_endpoint_security_group_ids" { default = [] }
variable "ecr_api_endpoint_subnet_ids" { default = [] }
variable "ecr_api_endpoint_private_dns_enabled" { default = false }
variable "ecr_api_endpoint_policy" { default = null }
variable "enable_ecr_dkr_endpoint" { default = false }
variable "ecr_dkr_endpoint_security_group_ids" { default = [] }
variable "ecr_dkr_endpoint_subnet_ids" { default = [] }
variable "ecr_dkr_endpoint_private_dns_enabled" { default = false }
variable "ecr_dkr_endpoint_policy" { default = null }
variable "enable_kms_endpoint" { default = false }
variable "kms_endpoint_security_group_ids" { default = [] }
variable "kms_endpoint_subnet_ids" { default = [] }
variable "kms_endpoint_private_dns_enabled" { default = false }
variable "kms_endpoint_policy" { default = null }
variable "enable_secretsmanager_endpoint" { default = false }
variable "secretsmanager_endpoint_security_group_ids" { default = [] }
variable "secretsmanager_endpoint_subnet_ids" { default = [] }
variable "secretsmanager_endpoint_private_dns_enabled" { default = false }
variable "secretsmanager_endpoint_policy" { default = null }
variable "enable_codeartifact_api_endpoint" { default = false }
variable "enable_codeartifact_repositories_endpoint" { default = false }
variable "enable_codebuild_endpoint" { default = false }
variable "enable_codecommit_endpoint" { default = false }
variable "enable_git_codecommit_endpoint" { default = false }
variable "enable_config_endpoint" { default = false }
variable "enable_sqs_endpoint" { default = false }
variable "enable_lambda_endpoint" { default = false }
variable "enable_ssm_endpoint" { default = false }
variable "enable_apigw_endpoint" { default = false }
variable "enable_ssmmessages_endpoint" { default = false }
variable "enable_textract_endpoint" { default = false }
variable "enable_transferserver_endpoint" { default = false }
variable "enable_ec2_endpoint" { default = false }
variable "enable_ec2messages_endpoint" { default = false }
variable "enable_ec2_autoscaling_endpoint" { default = false }
variable "enable_ecs_endpoint" { default = false }
variable "enable_ecs_agent_endpoint" { default = false }
variable "enable_ecs_telemetry_endpoint" { default = false }
variable "enable_sns_endpoint" { default = false }
variable "enable_elasticloadbalancing_endpoint" { default = false }
variable "enable_events_endpoint" { default = false }
variable "enable_cloudtrail_endpoint" { default = false }
variable "enable_kinesis_streams_endpoint" { default = false }
variable "enable_kinesis_firehose_endpoint" { default = false }
variable "enable_glue_endpoint" { default = false }
variable "enable_cloudformation_endpoint" { default = false }
variable "enable_codepipeline_endpoint" { default = false }
variable "enable_appmesh_envoy_management_endpoint" { default = false }
variable "enable_servicecatalog_endpoint" { default = false }
variable "enable_storagegateway_endpoint" { default = false }
variable "enable_transfer_endpoint" { default = false }
variable "enable_appstream_api_endpoint" { default = false }
variable "enable_appstream_streaming_endpoint" { default = false }
variable "enable_athena_endpoint" { default = false }
variable "enable_rekognition_endpoint" { default = false }
variable "enable_efs_endpoint" { default = false }
variable "enable_cloud_directory_endpoint" { default = false }
variable "enable_ses_endpoint" { default = false }
variable "enable_auto_scaling_plans_endpoint" { default = false }
variable "enable_workspaces_endpoint" { default = false }
variable "enable_access_analyzer_endpoint" { default = false }
variable "enable_ebs_endpoint" { default = false }
variable "enable_datasync_endpoint" { default = false }
variable "enable_elastic_inference_runtime_endpoint" { default = false }
variable "enable_sms_endpoint" { default = false }
variable "enable_emr_endpoint" { default = false }
variable "enable_qldb_session_endpoint" { default = false }
variable "enable_elasticbeanstalk_endpoint" { default = false }
variable "enable_elasticbeanstalk_health_endpoint" { default = false }
variable "enable_states_endpoint" { default = false }
variable "enable_rds_endpoint" { default = false }
variable "enable_codedeploy_endpoint" { default = false }
variable "enable_codedeploy_commands_secure_endpoint" { default = false }
variable "enable_acm_pca_endpoint" { default = false }
variable "enable_dms_endpoint" { default = false }

data "aws_vpc_endpoint_service" "s3" {
  count   = var.create_vpc && var.enable_s3_endpoint ? 1 : 0
  service = "s3"
}

resource "aws_vpc_endpoint" "s3" {
  count               = var.create_vpc && var.enable_s3_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  service_name        = data.aws_vpc_endpoint_service.s3[0].service_name
  vpc_endpoint_type   = var.s3_endpoint_type
  security_group_ids  = var.s3_endpoint_type == "Interface" ? var.s3_endpoint_security_group_ids : null
  subnet_ids          = var.s3_endpoint_type == "Interface" ? coalescelist(var.s3_endpoint_subnet_ids, aws_subnet.private[*].id) : null
  policy              = var.s3_endpoint_policy
  private_dns_enabled = var.s3_endpoint_type == "Interface" ? var.s3_endpoint_private_dns_enabled : null
}

resource "aws_vpc_endpoint_route_table_association" "private_s3" {
  count           = var.enable_s3_endpoint && var.s3_endpoint_type == "Gateway" ? local.private_tables : 0
  vpc_endpoint_id = aws_vpc_endpoint.s3[0].id
  route_table_id  = aws_route_table.private[count.index].id
}

resource "aws_vpc_endpoint_route_table_association" "intra_s3" {
  count           = var.enable_s3_endpoint && var.s3_endpoint_type == "Gateway" ? local.intra_tables : 0
  vpc_endpoint_id = aws_vpc_endpoint.s3[0].id
  route_table_id  = aws_route_table.intra[count.index].id
}

resource "aws_vpc_endpoint_route_table_association" "public_s3" {
  count           = var.enable_s3_endpoint && var.enable_public_s3_endpoint && var.s3_endpoint_type == "Gateway" ? local.public_tables : 0
  vpc_endpoint_id = aws_vpc_endpoint.s3[0].id
  route_table_id  = aws_route_table.public[count.index].id
}

data "aws_vpc_endpoint_service" "dynamodb" {
  count   = var.create_vpc && var.enable_dynamodb_endpoint ? 1 : 0
  service = "dynamodb"
}

resource "aws_vpc_endpoint" "dynamodb" {
  count               = var.create_vpc && var.enable_dynamodb_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  service_name        = data.aws_vpc_endpoint_service.dynamodb[0].service_name
  vpc_endpoint_type   = var.dynamodb_endpoint_type
  security_group_ids  = var.dynamodb_endpoint_type == "Interface" ? var.dynamodb_endpoint_security_group_ids : null
  subnet_ids          = var.dynamodb_endpoint_type == "Interface" ? coalescelist(var.dynamodb_endpoint_subnet_ids, aws_subnet.private[*].id) : null
  policy              = var.dynamodb_endpoint_policy
  private_dns_enabled = var.dynamodb_endpoint_type == "Interface" ? var.dynamodb_endpoint_private_dns_enabled : null
}

resource "aws_vpc_endpoint_route_table_association" "private_dynamodb" {
  count           = var.enable_dynamodb_endpoint && var.dynamodb_endpoint_type == "Gateway" ? local.private_tables : 0
  vpc_endpoint_id = aws_vpc_endpoint.dynamodb[0].id
  route_table_id  = aws_route_table.private[count.index].id
}

resource "aws_vpc_endpoint_route_table_association" "intra_dynamodb" {
  count           = var.enable_dynamodb_endpoint && var.dynamodb_endpoint_type == "Gateway" ? local.intra_tables : 0
  vpc_endpoint_id = aws_vpc_endpoint.dynamodb[0].id
  route_table_id  = aws_route_table.intra[count.index].id
}

resource "aws_vpc_endpoint_route_table_association" "public_dynamodb" {
  count           = var.enable_dynamodb_endpoint && var.dynamodb_endpoint_type == "Gateway" ? local.public_tables : 0
  vpc_endpoint_id = aws_vpc_endpoint.dynamodb[0].id
  route_table_id  = aws_route_table.public[count.index].id
}

data "aws_vpc_endpoint_service" "sagemaker_api" {
  count   = var.create_vpc && var.enable_sagemaker_api_endpoint ? 1 : 0
  service = "sagemaker.api"
}

resource "aws_vpc_endpoint" "sagemaker_api" {
  count               = var.create_vpc && var.enable_sagemaker_api_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.sagemaker_api[0].service_name
  security_group_ids  = var.sagemaker_api_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.sagemaker_api_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.sagemaker_api_endpoint_private_dns_enabled
  policy              = var.sagemaker_api_endpoint_policy
}

data "aws_vpc_endpoint_service" "sagemaker_runtime" {
  count   = var.create_vpc && var.enable_sagemaker_runtime_endpoint ? 1 : 0
  service = "sagemaker.runtime"
}

resource "aws_vpc_endpoint" "sagemaker_runtime" {
  count               = var.create_vpc && var.enable_sagemaker_runtime_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.sagemaker_runtime[0].service_name
  security_group_ids  = var.sagemaker_runtime_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.sagemaker_runtime_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.sagemaker_runtime_endpoint_private_dns_enabled
  policy              = var.sagemaker_runtime_endpoint_policy
}

resource "aws_vpc_endpoint" "sagemaker_notebook" {
  count               = var.create_vpc && var.enable_sagemaker_notebook_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = "aws.sagemaker.${var.sagemaker_notebook_endpoint_region}.notebook"
  security_group_ids  = var.sagemaker_notebook_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.sagemaker_notebook_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.sagemaker_notebook_endpoint_private_dns_enabled
  policy              = var.sagemaker_notebook_endpoint_policy
}

data "aws_vpc_endpoint_service" "sts" {
  count   = var.create_vpc && var.enable_sts_endpoint ? 1 : 0
  service = "sts"
}

resource "aws_vpc_endpoint" "sts" {
  count               = var.create_vpc && var.enable_sts_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.sts[0].service_name
  security_group_ids  = var.sts_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.sts_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.sts_endpoint_private_dns_enabled
  policy              = var.sts_endpoint_policy
}

data "aws_vpc_endpoint_service" "logs" {
  count   = var.create_vpc && var.enable_logs_endpoint ? 1 : 0
  service = "logs"
}

resource "aws_vpc_endpoint" "logs" {
  count               = var.create_vpc && var.enable_logs_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.logs[0].service_name
  security_group_ids  = var.logs_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.logs_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.logs_endpoint_private_dns_enabled
  policy              = var.logs_endpoint_policy
}

data "aws_vpc_endpoint_service" "monitoring" {
  count   = var.create_vpc && var.enable_monitoring_endpoint ? 1 : 0
  service = "monitoring"
}

resource "aws_vpc_endpoint" "monitoring" {
  count               = var.create_vpc && var.enable_monitoring_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.monitoring[0].service_name
  security_group_ids  = var.monitoring_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.monitoring_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.monitoring_endpoint_private_dns_enabled
  policy              = var.monitoring_endpoint_policy
}

data "aws_vpc_endpoint_service" "ecr_api" {
  count   = var.create_vpc && var.enable_ecr_api_endpoint ? 1 : 0
  service = "ecr.api"
}

resource "aws_vpc_endpoint" "ecr_api" {
  count               = var.create_vpc && var.enable_ecr_api_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.ecr_api[0].service_name
  security_group_ids  = var.ecr_api_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.ecr_api_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.ecr_api_endpoint_private_dns_enabled
  policy              = var.ecr_api_endpoint_policy
}

data "aws_vpc_endpoint_service" "ecr_dkr" {
  count   = var.create_vpc && var.enable_ecr_dkr_endpoint ? 1 : 0
  service = "ecr.dkr"
}

resource "aws_vpc_endpoint" "ecr_dkr" {
  count               = var.create_vpc && var.enable_ecr_dkr_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.ecr_dkr[0].service_name
  security_group_ids  = var.ecr_dkr_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.ecr_dkr_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.ecr_dkr_endpoint_private_dns_enabled
  policy              = var.ecr_dkr_endpoint_policy
}

data "aws_vpc_endpoint_service" "kms" {
  count   = var.create_vpc && var.enable_kms_endpoint ? 1 : 0
  service = "kms"
}

resource "aws_vpc_endpoint" "kms" {
  count               = var.create_vpc && var.enable_kms_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.kms[0].service_name
  security_group_ids  = var.kms_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.kms_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.kms_endpoint_private_dns_enabled
  policy              = var.kms_endpoint_policy
}

data "aws_vpc_endpoint_service" "secretsmanager" {
  count   = var.create_vpc && var.enable_secretsmanager_endpoint ? 1 : 0
  service = "secretsmanager"
}

resource "aws_vpc_endpoint" "secretsmanager" {
  count               = var.create_vpc && var.enable_secretsmanager_endpoint ? 1 : 0
  vpc_id              = aws_vpc.this[0].id
  vpc_endpoint_type   = "Interface"
  service_name        = data.aws_vpc_endpoint_service.secretsmanager[0].service_name
  security_group_ids  = var.secretsmanager_endpoint_security_group_ids
  subnet_ids          = coalescelist(var.secretsmanager_endpoint_subnet_ids, aws_subnet.private[*].id)
  private_dns_enabled = var.secretsmanager_endpoint_private_dns_enabled
  policy              = var.secretsmanager_endpoint_policy
}

# Endpoints of other services, which no workload needs, may have any policy.
module "other_endpoints" {
  source = "terraform-aws-modules/vpc/aws 2.x"
  count = anytrue([
    var.enable_codeartifact_api_endpoint,
    var.enable_codeartifact_repositories_endpoint,
    var.enable_codebuild_endpoint,
    var.enable_codecommit_endpoint,
    var.enable_git_codecommit_endpoint,
    var.enable_config_endpoint,
    var.enable_sqs_endpoint,
    var.enable_lambda_endpoint,
    var.enable_ssm_endpoint,
    var.enable_apigw_endpoint,
    var.enable_ssmmessages_endpoint,
    var.enable_textract_endpoint,
    var.enable_transferserver_endpoint,
    var.enable_ec2_endpoint,
    var.enable_ec2messages_endpoint,
    var.enable_ec2_autoscaling_endpoint,
    var.enable_ecs_endpoint,
    var.enable_ecs_agent_endpoint,
    var.enable_ecs_telemetry_endpoint,
    var.enable_sns_endpoint,
    var.enable_elasticloadbalancing_endpoint,
    var.enable_events_endpoint,
    var.enable_cloudtrail_endpoint,
    var.enable_kinesis_streams_endpoint,
    var.enable_kinesis_firehose_endpoint,
    var.enable_glue_endpoint,
    var.enable_cloudformation_endpoint,
    var.enable_codepipeline_endpoint,
    var.enable_appmesh_envoy_management_endpoint,
    var.enable_servicecatalog_endpoint,
    var.enable_storagegateway_endpoint,
    var.enable_transfer_endpoint,
    var.enable_appstream_api_endpoint,
    var.enable_appstream_streaming_endpoint,
    var.enable_athena_endpoint,
    var.enable_rekognition_endpoint,
    var.enable_efs_endpoint,
    var.enable_cloud_directory_endpoint,
    var.enable_ses_endpoint,
    var.enable_auto_scaling_plans_endpoint,
    var.enable_workspaces_endpoint,
    var.enable_access_analyzer_endpoint,
    var.enable_ebs_endpoint,
    var.enable_datasync_endpoint,
    var.enable_elastic_inference_runtime_endpoint,
    var.enable_sms_endpoint,
    var.enable_emr_endpoint,
    var.enable_qldb_session_endpoint,
    var.enable_elasticbeanstalk_endpoint,
    var.enable_elasticbeanstalk_health_endpoint,
    var.enable_states_endpoint,
    var.enable_rds_endpoint,
    var.enable_codedeploy_endpoint,
    var.enable_codedeploy_commands_secure_endpoint,
    var.enable_acm_pca_endpoint,
    var.enable_dms_endpoint,
  ]) ? 1 : 0
  vpc_id = try(aws_vpc.this[0].id, null)
}

output "vpc_endpoint_s3_id" { value = try(aws_vpc_endpoint.s3[0].id, "") }
output "vpc_endpoint_dynamodb_id" { value = try(aws_vpc_endpoint.dynamodb[0].id, "") }
output "vpc_endpoint_sagemaker_api_id" { value = try(aws_vpc_endpoint.sagemaker_api[0].id, "") }
output "vpc_endpoint_sagemaker_runtime_id" { value = try(aws_vpc_endpoint.sagemaker_runtime[0].id, "") }
output "vpc_endpoint_sagemaker_notebook_id" { value = try(aws_vpc_endpoint.sagemaker_notebook[0].id, "") }
output "vpc_endpoint_sts_id" { value = try(aws_vpc_endpoint.sts[0].id, "") }
output "vpc_endpoint_logs_id" { value = try(aws_vpc_endpoint.logs[0].id, "") }
output "vpc_endpoint_monitoring_id" { value = try(aws_vpc_endpoint.monitoring[0].id, "") }
output "vpc_endpoint_ecr_api_id" { value = try(aws_vpc_endpoint.ecr_api[0].id, "") }
output "vpc_endpoint_ecr_dkr_id" { value = try(aws_vpc_endpoint.ecr_dkr[0].id, "") }
output "vpc_endpoint_kms_id" { value = try(aws_vpc_endpoint.kms[0].id, "") }
output "vpc_endpoint_secretsmanager_id" { value = try(aws_vpc_endpoint.secretsmanager[0].id, "") }

package terraform

import (
	"fmt"
	"maps"
	"strings"
)

// mixedTree is what a repository of several stacks looks like: each has modules of its own, written as public ones are,
// and three environments that call them and declare some resources themselves.
func mixedTree(stacks int) map[string]string {
	files := map[string]string{}
	for i := range stacks {
		dir := fmt.Sprintf("stacks/s%02d/", i)
		for p, text := range mixedModules() {
			files[dir+"modules/"+p] = text
		}
		for j, env := range []string{"dev", "stage", "prod"} {
			maps.Copy(files, mixedRoot(dir+env, env, i*3+j))
		}
	}
	return files
}

func mixedModules() map[string]string {
	return map[string]string{
		"network/main.tf":      mixedNetwork,
		"network/variables.tf": mixedVariables("vpc_cidr:string", "zones:list(string)", "enable_flow_logs:bool=false", "endpoints:map(any)={}", "tags:map(string)={}", "name:string"),
		"network/outputs.tf":   mixedOutputs("vpc_id:aws_vpc.this[0].id", "private_subnet_ids:aws_subnet.private[*].id", "group_id:aws_security_group.workload.id", "endpoint_ids:{ for k, e in aws_vpc_endpoint.interface : k => e.id }"),
		"studio/main.tf":       mixedStudio,
		"studio/variables.tf":  mixedVariables("name:string", "vpc_id:string", "subnet_ids:list(string)", "security_group_ids:list(string)=[]", "users:map(object({ role = optional(string), tags = optional(map(string), {}) }))={}", "kms_key_arn:string=null", "tags:map(string)={}"),
		"studio/outputs.tf":    mixedOutputs("domain_id:aws_sagemaker_domain.this.id", "role_arn:aws_iam_role.execution.arn", "bucket:aws_s3_bucket.artifacts.id"),
	}
}

func mixedVariables(declarations ...string) string {
	var b strings.Builder
	for _, d := range declarations {
		name, typ, _ := strings.Cut(d, ":")
		typ, def, has := strings.Cut(typ, "=")
		if strings.HasPrefix(typ, "map(object") {
			typ, has, def = "map(object({ role = optional(string), tags = optional(map(string), {}) }))", true, "{}"
		}
		fmt.Fprintf(&b, "variable %q {\n  description = \"The %s of what the module makes, see the README for how it is used\"\n  type        = %s\n", name, name, typ)
		if has {
			fmt.Fprintf(&b, "  default     = %s\n", def)
		}
		b.WriteString("}\n\n")
	}
	return b.String()
}

func mixedOutputs(outputs ...string) string {
	var b strings.Builder
	for _, o := range outputs {
		name, expr, _ := strings.Cut(o, ":")
		fmt.Fprintf(&b, "output %q {\n  description = \"The %s of what the module has made\"\n  value       = %s\n}\n\n", name, name, expr)
	}
	return b.String()
}

func mixedRoot(dir, env string, n int) map[string]string {
	var b strings.Builder
	fmt.Fprintf(&b, mixedEnvironment, env, n%200)
	for i := range 6 {
		fmt.Fprintf(&b, mixedNotebook, i, i%3)
	}
	return map[string]string{
		dir + "/main.tf":          b.String(),
		dir + "/variables.tf":     mixedVariables("region:string=\"eu-west-1\"", "owner:string", "instance_type:string=\"ml.t3.medium\"", "direct_internet:bool=false"),
		dir + "/outputs.tf":       mixedOutputs("vpc_id:module.network.vpc_id", "domain_id:module.studio.domain_id"),
		dir + "/terraform.tfvars": "owner  = \"team-ml\"\nregion = \"eu-central-1\"\n",
	}
}

const mixedNetwork = `
locals {
  max_subnets = max(length(var.zones), 1)
  create      = true
  tags        = merge(var.tags, { Module = "network", Name = var.name })
  endpoints = merge({
    sagemaker_api     = { service = "sagemaker.api", private_dns = true }
    sagemaker_runtime = { service = "sagemaker.runtime", private_dns = true }
    sts               = { service = "sts", private_dns = true }
  }, var.endpoints)
}

data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

################################################################################
# VPC
################################################################################

resource "aws_vpc" "this" {
  count = local.create ? 1 : 0

  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  instance_tenancy     = "default"

  tags = merge(
    { "Name" = var.name },
    local.tags,
  )
}

resource "aws_subnet" "private" {
  count = local.create ? local.max_subnets : 0

  availability_zone                   = element(var.zones, count.index)
  cidr_block                          = cidrsubnet(var.vpc_cidr, 4, count.index)
  map_public_ip_on_launch             = false
  private_dns_hostname_type_on_launch = "ip-name"
  vpc_id                              = aws_vpc.this[0].id

  tags = merge({ "Name" = format("%s-private-%s", var.name, element(var.zones, count.index)) }, local.tags)
}

resource "aws_route_table" "private" {
  count  = local.create ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ "Name" = "${var.name}-private" }, local.tags)
}

resource "aws_route_table_association" "private" {
  count = local.create ? local.max_subnets : 0

  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = aws_route_table.private[0].id
}

# Who works in the subnets, and what they may talk to.
resource "aws_security_group" "workload" {
  name_prefix = "${var.name}-workload-"
  description = "Workloads of ${var.name}"
  vpc_id      = aws_vpc.this[0].id

  dynamic "ingress" {
    for_each = { https = 443, nfs = 2049 }
    content {
      description = "Allow ${ingress.key} from within"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      self        = true
    }
  }

  egress {
    description = "HTTPS to the VPC"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [var.vpc_cidr]
  }

  tags = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.endpoints

  vpc_id              = aws_vpc.this[0].id
  service_name        = "com.amazonaws.${data.aws_region.current.name}.${each.value.service}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = try(each.value.private_dns, null)
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.workload.id]

  tags = merge(local.tags, { Name = "${var.name}-${each.key}" })

  timeouts {
    create = "10m"
    delete = "10m"
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this[0].id
  service_name      = "com.amazonaws.${data.aws_region.current.name}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = aws_route_table.private[*].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyThisAccount"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:PrincipalAccount" = data.aws_caller_identity.current.account_id }
        }
      },
    ]
  })
}

resource "aws_flow_log" "this" {
  count                = var.enable_flow_logs ? 1 : 0
  vpc_id               = aws_vpc.this[0].id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow[0].arn
  iam_role_arn         = aws_iam_role.flow[0].arn
}

resource "aws_cloudwatch_log_group" "flow" {
  count             = var.enable_flow_logs ? 1 : 0
  name              = "/aws/vpc/${var.name}"
  retention_in_days = 30
  tags              = local.tags
}

resource "aws_iam_role" "flow" {
  count              = var.enable_flow_logs ? 1 : 0
  name_prefix        = "flow-"
  assume_role_policy = data.aws_iam_policy_document.flow.json
}

data "aws_iam_policy_document" "flow" {
  statement {
    sid     = "AWSVPCFlowLogsAssumeRole"
    effect  = "Allow"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }
  }
}
`

const mixedStudio = `
locals {
  bucket = "sagemaker-${var.name}-${data.aws_caller_identity.current.account_id}"
  groups = length(var.security_group_ids) > 0 ? var.security_group_ids : [aws_security_group.studio[0].id]
  tags   = merge(var.tags, { Module = "studio" })
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  assume_role_policy = data.aws_iam_policy_document.assume.json
  tags               = local.tags
}

resource "aws_iam_role_policy_attachment" "execution" {
  for_each   = toset(["AmazonSageMakerFullAccess", "AmazonSageMakerCanvasFullAccess"])
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.value}"
}

resource "aws_iam_role_policy" "bucket" {
  name = "bucket"
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        Resource = "${aws_s3_bucket.artifacts.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.artifacts.arn
      },
    ]
  })
}

resource "aws_s3_bucket" "artifacts" {
  bucket        = local.bucket
  force_destroy = false
  tags          = local.tags
}

resource "aws_s3_bucket_versioning" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "artifacts" {
  bucket                  = aws_s3_bucket.artifacts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_security_group" "studio" {
  count       = length(var.security_group_ids) > 0 ? 0 : 1
  name        = "${var.name}-studio"
  description = "Studio of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = local.tags
}

resource "aws_security_group_rule" "nfs" {
  count             = length(var.security_group_ids) > 0 ? 0 : 1
  type              = "ingress"
  from_port         = 2049
  to_port           = 2049
  protocol          = "tcp"
  self              = true
  security_group_id = aws_security_group.studio[0].id
}

resource "aws_sagemaker_domain" "this" {
  domain_name             = var.name
  auth_mode               = "IAM"
  vpc_id                  = var.vpc_id
  subnet_ids              = var.subnet_ids
  app_network_access_type = "VpcOnly"
  kms_key_id              = var.kms_key_arn

  default_user_settings {
    execution_role  = aws_iam_role.execution.arn
    security_groups = local.groups

    jupyter_server_app_settings {
      default_resource_spec {
        instance_type       = "system"
        sagemaker_image_arn = "arn:aws:sagemaker:eu-west-1:470317259841:image/jupyter-server-3"
      }
    }

    sharing_settings {
      notebook_output_option = "Allowed"
      s3_output_path         = "s3://${aws_s3_bucket.artifacts.bucket}/sharing"
    }
  }

  domain_settings {
    security_group_ids                = local.groups
    execution_role_identity_config    = "USER_PROFILE_NAME"
  }

  retention_policy {
    home_efs_file_system = "Delete"
  }

  tags = local.tags
}

resource "aws_sagemaker_user_profile" "this" {
  for_each = var.users

  domain_id         = aws_sagemaker_domain.this.id
  user_profile_name = each.key

  user_settings {
    execution_role  = coalesce(each.value.role, aws_iam_role.execution.arn)
    security_groups = local.groups
  }

  tags = merge(local.tags, each.value.tags)
}
`

const mixedEnvironment = `
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
  backend "s3" {
    bucket = "state"
    key    = "ml/terraform.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = local.tags
  }
}

locals {
  env   = %[1]q
  name  = "ml-${local.env}"
  zones = [for z in ["a", "b", "c"] : "${var.region}${z}"]
  tags = {
    Environment = local.env
    Owner       = var.owner
    ManagedBy   = "terraform"
  }
}

module "network" {
  source   = "../modules/network"
  name     = local.name
  vpc_cidr = "10.%[2]d.0.0/16"
  zones    = local.zones
  tags     = local.tags

  enable_flow_logs = local.env == "prod"
  endpoints = {
    logs = { service = "logs", private_dns = true }
    kms  = { service = "kms", private_dns = true }
  }
}

module "studio" {
  source             = "../modules/studio"
  name               = local.name
  vpc_id             = module.network.vpc_id
  subnet_ids         = module.network.private_subnet_ids
  security_group_ids = local.env == "dev" ? [] : [module.network.group_id]
  tags               = local.tags
  users = {
    alice = {}
    bob   = { tags = { Team = "vision" } }
  }
}

resource "aws_iam_role" "notebook" {
  name = "${local.name}-notebook"
  assume_role_policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Service": "sagemaker.amazonaws.com" },
          "Action": "sts:AssumeRole"
        }
      ]
    }
  EOT
}
`

const mixedNotebook = `
resource "aws_sagemaker_notebook_instance" "n%[1]d" {
  name                   = "${local.name}-%[1]d"
  role_arn               = aws_iam_role.notebook.arn
  instance_type          = var.instance_type
  subnet_id              = module.network.private_subnet_ids[%[2]d]
  security_groups        = [module.network.group_id]
  direct_internet_access = var.direct_internet ? "Enabled" : "Disabled"
  root_access            = "Disabled"
  volume_size            = 50

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }

  tags = merge(local.tags, { Name = "${local.name}-%[1]d" })
}
`

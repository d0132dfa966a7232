terraform {
  backend "s3" {
    bucket = "northwind-terraform"
    key    = "ml-platform/studio.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = "eu-west-1"
}

data "terraform_remote_state" "network" {
  backend = "s3"

  config = {
    bucket = "northwind-terraform"
    key    = "ml-platform/network.tfstate"
    region = "eu-west-1"
  }
}

locals {
  network = data.terraform_remote_state.network.outputs
  role    = "arn:aws:iam::123456789012:role/ml-platform"
  key     = "arn:aws:kms:eu-west-1:123456789012:key/6b1f8f0e-2a55-4a0e-9d53-0c1be6f2d7a4"
}

resource "aws_sagemaker_domain" "studio" {
  domain_name             = "data-science"
  auth_mode               = "IAM"
  vpc_id                  = local.network.vpc_id
  subnet_ids              = local.network.subnet_ids
  app_network_access_type = "VpcOnly"
  kms_key_id              = local.key

  default_user_settings {
    execution_role  = local.role
    security_groups = [local.network.security_group_id]
  }
}

resource "aws_sagemaker_model" "forecast" {
  name                     = "forecast"
  execution_role_arn       = local.role
  enable_network_isolation = true

  primary_container {
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/forecast:7"
  }

  vpc_config {
    subnets            = local.network.subnet_ids
    security_group_ids = [local.network.security_group_id]
  }
}

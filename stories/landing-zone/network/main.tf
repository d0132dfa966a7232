terraform {
  required_version = "~> 1.9"

  backend "s3" {
    bucket = "northwind-terraform"
    key    = "ml-platform/network.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = "eu-west-1"
}

locals {
  zones = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_vpc" "platform" {
  cidr_block           = "10.40.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
}

resource "aws_flow_log" "platform" {
  vpc_id               = aws_vpc.platform.id
  traffic_type         = "ALL"
  log_destination      = "arn:aws:s3:::northwind-flow-logs"
  log_destination_type = "s3"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.platform.id
  cidr_block        = cidrsubnet(aws_vpc.platform.cidr_block, 4, count.index)
  availability_zone = local.zones[count.index]
}

resource "aws_route_table" "private" {
  count  = 2
  vpc_id = aws_vpc.platform.id
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

resource "aws_security_group" "workloads" {
  name   = "workloads"
  vpc_id = aws_vpc.platform.id
}

resource "aws_vpc_security_group_ingress_rule" "workloads" {
  security_group_id            = aws_security_group.workloads.id
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.workloads.id
}

resource "aws_vpc_security_group_egress_rule" "workloads" {
  security_group_id            = aws_security_group.workloads.id
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.workloads.id
}

resource "aws_vpc_security_group_egress_rule" "services" {
  security_group_id            = aws_security_group.workloads.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.endpoints.id
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  security_group_id = aws_security_group.workloads.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
}

resource "aws_security_group" "endpoints" {
  name   = "endpoints"
  vpc_id = aws_vpc.platform.id

  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    security_groups = [aws_security_group.workloads.id]
  }
}

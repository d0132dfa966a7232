package rules_test

import (
	"testing"

	"github.com/vpclint/vpclint/rules"
)

const endpointInPublicSubnet = `
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_vpc_endpoint" "api" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.sagemaker.api"
  vpc_endpoint_type = "Interface"
  subnet_ids        = [aws_subnet.public.id]
}
resource "aws_sagemaker_model" "churn" {
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  vpc_config {
    subnets            = [aws_subnet.private.id]
    security_group_ids = ["sg-0aa11bb22cc33dd44"]
  }
}
`

const serverlessOnly = `
resource "aws_sagemaker_endpoint_configuration" "churn" {
  production_variants {
    variant_name = "all"
    model_name   = aws_sagemaker_model.churn.name
    serverless_config {
      max_concurrency   = 1
      memory_size_in_mb = 1024
    }
  }
}
`

// An endpoint in a public subnet counts where a workload has interfaces in its VPC. A model that only serverless variants use
// has none.
func TestEndpointInPublicSubnet(t *testing.T) {
	for tree, want := range map[string]int{endpointInPublicSubnet: 1, endpointInPublicSubnet + serverlessOnly: 0} {
		got, output := run(t, rules.PublicSubnet, example{files: []block{{info: "hcl main.tf", text: tree}}})
		if len(got.Findings) != want {
			t.Errorf("%d findings, want %d:\n%s", len(got.Findings), want, output)
		}
	}
}

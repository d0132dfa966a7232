output "vpc_id" {
  value = aws_vpc.platform.id
}

output "subnet_ids" {
  value = aws_subnet.private[*].id
}

output "security_group_id" {
  value = aws_security_group.workloads.id
}

resource "aws_ssm_parameter" "subnet_ids" {
  name  = "/ml-platform/subnet-ids"
  type  = "StringList"
  value = join(",", aws_subnet.private[*].id)
}

resource "aws_ssm_parameter" "security_group_id" {
  name  = "/ml-platform/security-group-id"
  type  = "String"
  value = aws_security_group.workloads.id
}

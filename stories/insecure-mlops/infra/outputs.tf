output "private_subnet_ids" {
  value = aws_subnet.private[*].id
}

output "jobs_security_group_id" {
  value = aws_security_group.jobs.id
}

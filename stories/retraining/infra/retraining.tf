variable "role" {
  default = "arn:aws:iam::111122223333:role/retraining"
}

resource "aws_sfn_state_machine" "retraining" {
  name     = "retraining"
  role_arn = var.role

  definition = templatefile("${path.module}/retraining.asl.json.tftpl", {
    role    = var.role
    subnets = [aws_subnet.public.id]
    groups  = [aws_security_group.training.id]
  })
}

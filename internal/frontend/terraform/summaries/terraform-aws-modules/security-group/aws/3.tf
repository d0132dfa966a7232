# Holds for versions from 3.0.0 below 4.0.0 of terraform-aws-modules/security-group/aws.

locals {
  # Whether a rule for blocks of addresses is also for the prefix lists that all rules share.
  lists_with_cidr_blocks = true
}

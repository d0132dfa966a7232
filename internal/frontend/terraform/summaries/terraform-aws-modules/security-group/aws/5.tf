# Holds for versions from 5.0.0 below 6.0.0 of terraform-aws-modules/security-group/aws.

locals {
  # Whether a rule for blocks of addresses is also for the prefix lists that all rules share.
  lists_with_cidr_blocks = false
}

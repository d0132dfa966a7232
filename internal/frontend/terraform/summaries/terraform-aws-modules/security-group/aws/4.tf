# Holds for versions from 4.0.0 below 5.0.0 of terraform-aws-modules/security-group/aws.

locals {
  # Whether a rule for blocks of addresses is also for the prefix lists that all rules share.
  lists_with_cidr_blocks = true
}

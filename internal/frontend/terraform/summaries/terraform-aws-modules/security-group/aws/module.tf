# What terraform-aws-modules/security-group/aws makes, in all versions that there is a file for beside this one. A rule
# names its ports, or one of the services in variable "rules".

variable "create" { default = true }
variable "create_sg" { default = true }
variable "security_group_id" { default = null }
variable "vpc_id" { default = null }
variable "name" { default = null }
variable "use_name_prefix" { default = true }
variable "description" { default = "Security Group managed by Terraform" }
variable "egress_cidr_blocks" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}
variable "egress_ipv6_cidr_blocks" {
  type    = list(string)
  default = ["::/0"]
}
variable "ingress_cidr_blocks" {
  type    = list(string)
  default = []
}
variable "ingress_ipv6_cidr_blocks" {
  type    = list(string)
  default = []
}
variable "ingress_prefix_list_ids" {
  type    = list(string)
  default = []
}
variable "ingress_rules" {
  type    = list(string)
  default = []
}
variable "computed_ingress_rules" {
  type    = list(string)
  default = []
}
variable "number_of_computed_ingress_rules" { default = 0 }
variable "ingress_with_self" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_self" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_self" { default = 0 }
variable "ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_cidr_blocks" { default = 0 }
variable "ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_ipv6_cidr_blocks" { default = 0 }
variable "ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_source_security_group_id" { default = 0 }
variable "ingress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_prefix_list_ids" { default = 0 }
variable "egress_prefix_list_ids" {
  type    = list(string)
  default = []
}
variable "egress_rules" {
  type    = list(string)
  default = []
}
variable "computed_egress_rules" {
  type    = list(string)
  default = []
}
variable "number_of_computed_egress_rules" { default = 0 }
variable "egress_with_self" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_self" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_self" { default = 0 }
variable "egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_cidr_blocks" { default = 0 }
variable "egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_ipv6_cidr_blocks" { default = 0 }
variable "egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_source_security_group_id" { default = 0 }
variable "egress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_prefix_list_ids" { default = 0 }

locals {
  group = var.create_sg ? try(aws_security_group.this_name_prefix[0].id, aws_security_group.this[0].id, "") : var.security_group_id
}

resource "aws_security_group" "this" {
  count       = var.create && var.create_sg && !var.use_name_prefix ? 1 : 0
  name        = var.name
  description = var.description
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "this_name_prefix" {
  count       = var.create && var.create_sg && var.use_name_prefix ? 1 : 0
  name_prefix = "${var.name}-"
  description = var.description
  vpc_id      = var.vpc_id
}

resource "aws_security_group_rule" "ingress_rules" {
  count             = var.create ? length(var.ingress_rules) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = var.rules[var.ingress_rules[count.index]][0]
  to_port           = var.rules[var.ingress_rules[count.index]][1]
  protocol          = var.rules[var.ingress_rules[count.index]][2]
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_ingress_rules" {
  count             = var.create ? var.number_of_computed_ingress_rules : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = var.rules[var.computed_ingress_rules[count.index]][0]
  to_port           = var.rules[var.computed_ingress_rules[count.index]][1]
  protocol          = var.rules[var.computed_ingress_rules[count.index]][2]
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "ingress_with_self" {
  count             = var.create ? length(var.ingress_with_self) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.ingress_with_self[count.index], "from_port", var.rules[lookup(var.ingress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_self[count.index], "to_port", var.rules[lookup(var.ingress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_self[count.index], "protocol", var.rules[lookup(var.ingress_with_self[count.index], "rule", "_")][2])
  self              = lookup(var.ingress_with_self[count.index], "self", true)
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_ingress_with_self" {
  count             = var.create ? var.number_of_computed_ingress_with_self : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_self[count.index], "from_port", var.rules[lookup(var.computed_ingress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_self[count.index], "to_port", var.rules[lookup(var.computed_ingress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_self[count.index], "protocol", var.rules[lookup(var.computed_ingress_with_self[count.index], "rule", "_")][2])
  self              = lookup(var.computed_ingress_with_self[count.index], "self", true)
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "ingress_with_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_cidr_blocks) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.ingress_with_cidr_blocks[count.index], "from_port", var.rules[lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_cidr_blocks[count.index], "to_port", var.rules[lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_cidr_blocks[count.index], "protocol", var.rules[lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_")][2])
  cidr_blocks       = compact(split(",", lookup(var.ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  prefix_list_ids   = local.lists_with_cidr_blocks ? var.ingress_prefix_list_ids : null
}

resource "aws_security_group_rule" "computed_ingress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_cidr_blocks : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_cidr_blocks[count.index], "from_port", var.rules[lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_cidr_blocks[count.index], "to_port", var.rules[lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_cidr_blocks[count.index], "protocol", var.rules[lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_")][2])
  cidr_blocks       = compact(split(",", lookup(var.computed_ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  prefix_list_ids   = local.lists_with_cidr_blocks ? var.ingress_prefix_list_ids : null
}

resource "aws_security_group_rule" "ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "from_port", var.rules[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "to_port", var.rules[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "protocol", var.rules[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
  ipv6_cidr_blocks  = compact(split(",", lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_ipv6_cidr_blocks : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "from_port", var.rules[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "to_port", var.rules[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "protocol", var.rules[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
  ipv6_cidr_blocks  = compact(split(",", lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "ingress_with_source_security_group_id" {
  count                    = var.create ? length(var.ingress_with_source_security_group_id) : 0
  security_group_id        = local.group
  type                     = "ingress"
  from_port                = lookup(var.ingress_with_source_security_group_id[count.index], "from_port", var.rules[lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.ingress_with_source_security_group_id[count.index], "to_port", var.rules[lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.ingress_with_source_security_group_id[count.index], "protocol", var.rules[lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_")][2])
  source_security_group_id = var.ingress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_ingress_with_source_security_group_id" {
  count                    = var.create ? var.number_of_computed_ingress_with_source_security_group_id : 0
  security_group_id        = local.group
  type                     = "ingress"
  from_port                = lookup(var.computed_ingress_with_source_security_group_id[count.index], "from_port", var.rules[lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.computed_ingress_with_source_security_group_id[count.index], "to_port", var.rules[lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.computed_ingress_with_source_security_group_id[count.index], "protocol", var.rules[lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_")][2])
  source_security_group_id = var.computed_ingress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.ingress_prefix_list_ids
}

resource "aws_security_group_rule" "ingress_with_prefix_list_ids" {
  count             = var.create ? length(var.ingress_with_prefix_list_ids) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.ingress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][2])
  prefix_list_ids   = compact(split(",", lookup(var.ingress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.ingress_prefix_list_ids))))
}

resource "aws_security_group_rule" "computed_ingress_with_prefix_list_ids" {
  count             = var.create ? var.number_of_computed_ingress_with_prefix_list_ids : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.computed_ingress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_ingress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.computed_ingress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_ingress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.computed_ingress_with_prefix_list_ids[count.index], "rule", "_")][2])
  prefix_list_ids   = compact(split(",", lookup(var.computed_ingress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.ingress_prefix_list_ids))))
}

resource "aws_security_group_rule" "egress_rules" {
  count             = var.create ? length(var.egress_rules) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = var.rules[var.egress_rules[count.index]][0]
  to_port           = var.rules[var.egress_rules[count.index]][1]
  protocol          = var.rules[var.egress_rules[count.index]][2]
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_egress_rules" {
  count             = var.create ? var.number_of_computed_egress_rules : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = var.rules[var.computed_egress_rules[count.index]][0]
  to_port           = var.rules[var.computed_egress_rules[count.index]][1]
  protocol          = var.rules[var.computed_egress_rules[count.index]][2]
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "egress_with_self" {
  count             = var.create ? length(var.egress_with_self) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.egress_with_self[count.index], "from_port", var.rules[lookup(var.egress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_self[count.index], "to_port", var.rules[lookup(var.egress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_self[count.index], "protocol", var.rules[lookup(var.egress_with_self[count.index], "rule", "_")][2])
  self              = lookup(var.egress_with_self[count.index], "self", true)
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_egress_with_self" {
  count             = var.create ? var.number_of_computed_egress_with_self : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_self[count.index], "from_port", var.rules[lookup(var.computed_egress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_self[count.index], "to_port", var.rules[lookup(var.computed_egress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_self[count.index], "protocol", var.rules[lookup(var.computed_egress_with_self[count.index], "rule", "_")][2])
  self              = lookup(var.computed_egress_with_self[count.index], "self", true)
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "egress_with_cidr_blocks" {
  count             = var.create ? length(var.egress_with_cidr_blocks) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.egress_with_cidr_blocks[count.index], "from_port", var.rules[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_cidr_blocks[count.index], "to_port", var.rules[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_cidr_blocks[count.index], "protocol", var.rules[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][2])
  cidr_blocks       = compact(split(",", lookup(var.egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  prefix_list_ids   = local.lists_with_cidr_blocks ? var.egress_prefix_list_ids : null
}

resource "aws_security_group_rule" "computed_egress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_cidr_blocks : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_cidr_blocks[count.index], "from_port", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_cidr_blocks[count.index], "to_port", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_cidr_blocks[count.index], "protocol", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][2])
  cidr_blocks       = compact(split(",", lookup(var.computed_egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  prefix_list_ids   = local.lists_with_cidr_blocks ? var.egress_prefix_list_ids : null
}

resource "aws_security_group_rule" "egress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.egress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "from_port", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "to_port", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "protocol", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
  ipv6_cidr_blocks  = compact(split(",", lookup(var.egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_egress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_ipv6_cidr_blocks : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "from_port", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "to_port", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "protocol", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
  ipv6_cidr_blocks  = compact(split(",", lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "egress_with_source_security_group_id" {
  count                    = var.create ? length(var.egress_with_source_security_group_id) : 0
  security_group_id        = local.group
  type                     = "egress"
  from_port                = lookup(var.egress_with_source_security_group_id[count.index], "from_port", var.rules[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.egress_with_source_security_group_id[count.index], "to_port", var.rules[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.egress_with_source_security_group_id[count.index], "protocol", var.rules[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][2])
  source_security_group_id = var.egress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "computed_egress_with_source_security_group_id" {
  count                    = var.create ? var.number_of_computed_egress_with_source_security_group_id : 0
  security_group_id        = local.group
  type                     = "egress"
  from_port                = lookup(var.computed_egress_with_source_security_group_id[count.index], "from_port", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.computed_egress_with_source_security_group_id[count.index], "to_port", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.computed_egress_with_source_security_group_id[count.index], "protocol", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][2])
  source_security_group_id = var.computed_egress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.egress_prefix_list_ids
}

resource "aws_security_group_rule" "egress_with_prefix_list_ids" {
  count             = var.create ? length(var.egress_with_prefix_list_ids) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.egress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][2])
  prefix_list_ids   = compact(split(",", lookup(var.egress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.egress_prefix_list_ids))))
}

resource "aws_security_group_rule" "computed_egress_with_prefix_list_ids" {
  count             = var.create ? var.number_of_computed_egress_with_prefix_list_ids : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][2])
  prefix_list_ids   = compact(split(",", lookup(var.computed_egress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.egress_prefix_list_ids))))
}
output "security_group_id" { value = try(aws_security_group.this_name_prefix[0].id, aws_security_group.this[0].id, "") }
output "this_security_group_id" { value = try(aws_security_group.this_name_prefix[0].id, aws_security_group.this[0].id, "") }
output "security_group_arn" { value = try(aws_security_group.this_name_prefix[0].arn, aws_security_group.this[0].arn, "") }
output "this_security_group_arn" { value = try(aws_security_group.this_name_prefix[0].arn, aws_security_group.this[0].arn, "") }
output "security_group_vpc_id" { value = try(aws_security_group.this_name_prefix[0].vpc_id, aws_security_group.this[0].vpc_id, "") }
output "this_security_group_vpc_id" { value = try(aws_security_group.this_name_prefix[0].vpc_id, aws_security_group.this[0].vpc_id, "") }
output "security_group_owner_id" { value = try(aws_security_group.this_name_prefix[0].owner_id, aws_security_group.this[0].owner_id, "") }
output "this_security_group_owner_id" { value = try(aws_security_group.this_name_prefix[0].owner_id, aws_security_group.this[0].owner_id, "") }
output "security_group_name" { value = try(aws_security_group.this_name_prefix[0].name, aws_security_group.this[0].name, "") }
output "this_security_group_name" { value = try(aws_security_group.this_name_prefix[0].name, aws_security_group.this[0].name, "") }
output "security_group_description" { value = try(aws_security_group.this_name_prefix[0].description, aws_security_group.this[0].description, "") }
output "this_security_group_description" { value = try(aws_security_group.this_name_prefix[0].description, aws_security_group.this[0].description, "") }

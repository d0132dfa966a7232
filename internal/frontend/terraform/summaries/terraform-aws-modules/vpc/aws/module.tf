# What terraform-aws-modules/vpc/aws makes, in all versions that there is a file for beside this one, which says what that
# version does by default. Addresses are the module's own. Left out is what no network depends on: subnet groups, DHCP
# options, customer gateways, the role of flow logs.
variable "create_vpc" { default = true }
variable "name" { default = "" }
variable "use_ipam_pool" { default = false }
variable "ipv6_cidr" { default = null }
variable "secondary_cidr_blocks" {
  type    = list(string)
  default = []
}
variable "azs" {
  type    = list(string)
  default = []
}
variable "instance_tenancy" { default = "default" }
variable "enable_dns_support" { default = true }
variable "enable_ipv6" { default = false }
variable "create_igw" { default = true }
variable "create_egress_only_igw" { default = true }
variable "enable_nat_gateway" { default = false }
variable "single_nat_gateway" { default = false }
variable "one_nat_gateway_per_az" { default = false }
variable "reuse_nat_ips" { default = false }
variable "external_nat_ip_ids" {
  type    = list(string)
  default = []
}
variable "external_nat_ips" {
  type    = list(string)
  default = []
}
variable "nat_gateway_destination_cidr_block" { default = "0.0.0.0/0" }
variable "create_private_nat_gateway_route" { default = true }
variable "create_multiple_public_route_tables" { default = false }
variable "create_multiple_intra_route_tables" { default = false }
variable "enable_public_redshift" { default = false }
variable "create_database_subnet_route_table" { default = false }
variable "create_database_internet_gateway_route" { default = false }
variable "create_database_nat_gateway_route" { default = false }
variable "create_redshift_subnet_route_table" { default = false }
variable "create_elasticache_subnet_route_table" { default = false }
variable "enable_vpn_gateway" { default = false }
variable "vpn_gateway_id" { default = "" }
variable "manage_default_vpc" { default = false }
variable "default_vpc_enable_dns_support" { default = true }
variable "default_security_group_ingress" { default = [] }
variable "default_security_group_egress" { default = [] }
variable "default_route_table_propagating_vgws" {
  type    = list(string)
  default = []
}
variable "default_route_table_routes" { default = [] }
variable "enable_flow_log" { default = false }
variable "flow_log_traffic_type" { default = "ALL" }
variable "flow_log_destination_type" { default = "cloud-watch-logs" }
variable "flow_log_destination_arn" { default = "" }
variable "create_flow_log_cloudwatch_log_group" { default = false }
variable "vpc_block_public_access_options" { default = {} }
variable "vpc_block_public_access_exclusions" { default = {} }
variable "tags" { default = {} }
variable "vpc_tags" { default = {} }
variable "default_network_acl_ingress" {
  default = [
    { rule_no = 100, action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", protocol = "-1", from_port = 0, to_port = 0, ipv6_cidr_block = "::/0" },
  ]
}
variable "default_network_acl_egress" {
  default = [
    { rule_no = 100, action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", protocol = "-1", from_port = 0, to_port = 0, ipv6_cidr_block = "::/0" },
  ]
}
variable "public_subnets" {
  type    = list(string)
  default = []
}
variable "public_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "public_subnet_ipv6_native" { default = false }
variable "public_subnet_enable_dns64" { default = true }
variable "public_subnet_names" {
  type    = list(string)
  default = []
}
variable "public_subnet_suffix" { default = "public" }
variable "public_subnet_tags" { default = {} }
variable "public_route_table_tags" { default = {} }
variable "public_dedicated_network_acl" { default = false }
variable "public_inbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "public_outbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "private_subnets" {
  type    = list(string)
  default = []
}
variable "private_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "private_subnet_ipv6_native" { default = false }
variable "private_subnet_enable_dns64" { default = true }
variable "private_subnet_names" {
  type    = list(string)
  default = []
}
variable "private_subnet_suffix" { default = "private" }
variable "private_subnet_tags" { default = {} }
variable "private_route_table_tags" { default = {} }
variable "private_dedicated_network_acl" { default = false }
variable "private_inbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "private_outbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "database_subnets" {
  type    = list(string)
  default = []
}
variable "database_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "database_subnet_ipv6_native" { default = false }
variable "database_subnet_enable_dns64" { default = true }
variable "database_subnet_names" {
  type    = list(string)
  default = []
}
variable "database_subnet_suffix" { default = "db" }
variable "database_subnet_tags" { default = {} }
variable "database_route_table_tags" { default = {} }
variable "database_dedicated_network_acl" { default = false }
variable "database_inbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "database_outbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "redshift_subnets" {
  type    = list(string)
  default = []
}
variable "redshift_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "redshift_subnet_ipv6_native" { default = false }
variable "redshift_subnet_enable_dns64" { default = true }
variable "redshift_subnet_names" {
  type    = list(string)
  default = []
}
variable "redshift_subnet_suffix" { default = "redshift" }
variable "redshift_subnet_tags" { default = {} }
variable "redshift_route_table_tags" { default = {} }
variable "redshift_dedicated_network_acl" { default = false }
variable "redshift_inbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "redshift_outbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "elasticache_subnets" {
  type    = list(string)
  default = []
}
variable "elasticache_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "elasticache_subnet_ipv6_native" { default = false }
variable "elasticache_subnet_enable_dns64" { default = true }
variable "elasticache_subnet_names" {
  type    = list(string)
  default = []
}
variable "elasticache_subnet_suffix" { default = "elasticache" }
variable "elasticache_subnet_tags" { default = {} }
variable "elasticache_route_table_tags" { default = {} }
variable "elasticache_dedicated_network_acl" { default = false }
variable "elasticache_inbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "elasticache_outbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "intra_subnets" {
  type    = list(string)
  default = []
}
variable "intra_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "intra_subnet_ipv6_native" { default = false }
variable "intra_subnet_enable_dns64" { default = true }
variable "intra_subnet_names" {
  type    = list(string)
  default = []
}
variable "intra_subnet_suffix" { default = "intra" }
variable "intra_subnet_tags" { default = {} }
variable "intra_route_table_tags" { default = {} }
variable "intra_dedicated_network_acl" { default = false }
variable "intra_inbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "intra_outbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "outpost_subnets" {
  type    = list(string)
  default = []
}
variable "outpost_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "outpost_subnet_ipv6_native" { default = false }
variable "outpost_subnet_enable_dns64" { default = true }
variable "outpost_subnet_names" {
  type    = list(string)
  default = []
}
variable "outpost_subnet_suffix" { default = "outpost" }
variable "outpost_subnet_tags" { default = {} }
variable "outpost_route_table_tags" { default = {} }
variable "outpost_dedicated_network_acl" { default = false }
variable "outpost_inbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "outpost_outbound_acl_rules" { default = [{ rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" }] }
variable "public_subnet_tags_per_az" { default = {} }
variable "private_subnet_tags_per_az" { default = {} }
variable "propagate_public_route_tables_vgw" { default = false }
variable "propagate_private_route_tables_vgw" { default = false }
variable "propagate_intra_route_tables_vgw" { default = false }
variable "outpost_az" { default = null }
locals {
  public_subnets      = var.create_vpc ? max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes)) : 0
  private_subnets     = var.create_vpc ? max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes)) : 0
  database_subnets    = var.create_vpc ? max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes)) : 0
  redshift_subnets    = var.create_vpc ? max(length(var.redshift_subnets), length(var.redshift_subnet_ipv6_prefixes)) : 0
  elasticache_subnets = var.create_vpc ? max(length(var.elasticache_subnets), length(var.elasticache_subnet_ipv6_prefixes)) : 0
  intra_subnets       = var.create_vpc ? max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes)) : 0
  outpost_subnets     = var.create_vpc ? max(length(var.outpost_subnets), length(var.outpost_subnet_ipv6_prefixes)) : 0
  # One NAT gateway and one private route table for each of these.
  nat_gateways = !var.create_vpc ? 0 : var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.most_subnets
  ipv6         = var.create_vpc && var.enable_ipv6

  public_tables   = var.create_multiple_public_route_tables ? local.public_subnets : min(local.public_subnets, 1)
  intra_tables    = var.create_multiple_intra_route_tables ? local.intra_subnets : min(local.intra_subnets, 1)
  database_own    = var.create_database_subnet_route_table
  database_one    = var.single_nat_gateway || var.create_database_internet_gateway_route
  database_tables = !local.database_own ? 0 : local.database_one ? min(local.database_subnets, 1) : local.database_subnets
  to_nat          = local.database_own && var.enable_nat_gateway && var.create_database_nat_gateway_route && !var.create_database_internet_gateway_route
  to_gateway      = local.database_own && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route
  vpn             = var.create_vpc && (var.enable_vpn_gateway || var.vpn_gateway_id != "")
}

resource "aws_vpc" "this" {
  count                            = var.create_vpc ? 1 : 0
  cidr_block                       = var.use_ipam_pool ? null : var.cidr
  ipv6_cidr_block                  = var.ipv6_cidr
  assign_generated_ipv6_cidr_block = var.enable_ipv6 && !var.use_ipam_pool ? true : null
  instance_tenancy                 = var.instance_tenancy
  enable_dns_hostnames             = var.enable_dns_hostnames
  enable_dns_support               = var.enable_dns_support
  tags                             = merge({ Name = var.name }, var.tags, var.vpc_tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = var.create_vpc ? length(var.secondary_cidr_blocks) : 0
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_vpc_block_public_access_options" "this" {
  count                       = var.create_vpc && length(var.vpc_block_public_access_options) > 0 ? 1 : 0
  internet_gateway_block_mode = try(var.vpc_block_public_access_options["internet_gateway_block_mode"], null)
}

resource "aws_vpc_block_public_access_exclusion" "this" {
  for_each = { for k, v in var.vpc_block_public_access_exclusions : k => v if var.create_vpc }
  vpc_id   = try(each.value.exclude_vpc, false) ? aws_vpc.this[0].id : null
  subnet_id = try(each.value.exclude_subnet, false) ? {
    public      = aws_subnet.public[*].id
    private     = aws_subnet.private[*].id
    database    = aws_subnet.database[*].id
    redshift    = aws_subnet.redshift[*].id
    elasticache = aws_subnet.elasticache[*].id
    intra       = aws_subnet.intra[*].id
    outpost     = aws_subnet.outpost[*].id
  }[each.value.subnet_type][each.value.subnet_index] : null
  internet_gateway_exclusion_mode = each.value.internet_gateway_exclusion_mode
}
resource "aws_subnet" "public" {
  count             = !var.one_nat_gateway_per_az || local.public_subnets >= length(var.azs) ? local.public_subnets : 0
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.public_subnet_ipv6_native ? null : try(var.public_subnets[count.index], null)
  availability_zone = element(var.azs, count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.public_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.public_subnet_ipv6_prefixes[count.index]) : null
  )
  ipv6_native                     = var.enable_ipv6 && var.public_subnet_ipv6_native
  enable_dns64                    = local.dns64 && var.enable_ipv6 && var.public_subnet_enable_dns64
  assign_ipv6_address_on_creation = var.enable_ipv6 && var.public_subnet_ipv6_native ? true : local.assign_ipv6.public
  map_public_ip_on_launch         = var.map_public_ip_on_launch
  tags = merge(
    { Name = try(var.public_subnet_names[count.index], "${var.name}-${var.public_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags, var.public_subnet_tags, lookup(var.public_subnet_tags_per_az, element(var.azs, count.index), {}),
  )
}

resource "aws_network_acl" "public" {
  count      = var.public_dedicated_network_acl ? min(local.public_subnets, 1) : 0
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.public[*].id
  dynamic "ingress" {
    for_each = var.public_inbound_acl_rules
    content {
      rule_no         = ingress.value["rule_number"]
      action          = ingress.value["rule_action"]
      protocol        = ingress.value["protocol"]
      from_port       = lookup(ingress.value, "from_port", null)
      to_port         = lookup(ingress.value, "to_port", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.public_outbound_acl_rules
    content {
      rule_no         = egress.value["rule_number"]
      action          = egress.value["rule_action"]
      protocol        = egress.value["protocol"]
      from_port       = lookup(egress.value, "from_port", null)
      to_port         = lookup(egress.value, "to_port", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}
resource "aws_subnet" "private" {
  count             = local.private_subnets
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.private_subnet_ipv6_native ? null : try(var.private_subnets[count.index], null)
  availability_zone = element(var.azs, count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.private_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.private_subnet_ipv6_prefixes[count.index]) : null
  )
  ipv6_native                     = var.enable_ipv6 && var.private_subnet_ipv6_native
  enable_dns64                    = local.dns64 && var.enable_ipv6 && var.private_subnet_enable_dns64
  assign_ipv6_address_on_creation = var.enable_ipv6 && var.private_subnet_ipv6_native ? true : local.assign_ipv6.private
  tags = merge(
    { Name = try(var.private_subnet_names[count.index], "${var.name}-${var.private_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags, var.private_subnet_tags, lookup(var.private_subnet_tags_per_az, element(var.azs, count.index), {}),
  )
}

resource "aws_network_acl" "private" {
  count      = var.private_dedicated_network_acl ? min(local.private_subnets, 1) : 0
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.private[*].id
  dynamic "ingress" {
    for_each = var.private_inbound_acl_rules
    content {
      rule_no         = ingress.value["rule_number"]
      action          = ingress.value["rule_action"]
      protocol        = ingress.value["protocol"]
      from_port       = lookup(ingress.value, "from_port", null)
      to_port         = lookup(ingress.value, "to_port", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.private_outbound_acl_rules
    content {
      rule_no         = egress.value["rule_number"]
      action          = egress.value["rule_action"]
      protocol        = egress.value["protocol"]
      from_port       = lookup(egress.value, "from_port", null)
      to_port         = lookup(egress.value, "to_port", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}
resource "aws_subnet" "database" {
  count             = local.database_subnets
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.database_subnet_ipv6_native ? null : try(var.database_subnets[count.index], null)
  availability_zone = element(var.azs, count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.database_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.database_subnet_ipv6_prefixes[count.index]) : null
  )
  ipv6_native                     = var.enable_ipv6 && var.database_subnet_ipv6_native
  enable_dns64                    = local.dns64 && var.enable_ipv6 && var.database_subnet_enable_dns64
  assign_ipv6_address_on_creation = var.enable_ipv6 && var.database_subnet_ipv6_native ? true : local.assign_ipv6.database
  tags = merge(
    { Name = try(var.database_subnet_names[count.index], "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags, var.database_subnet_tags,
  )
}

resource "aws_network_acl" "database" {
  count      = var.database_dedicated_network_acl ? min(local.database_subnets, 1) : 0
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.database[*].id
  dynamic "ingress" {
    for_each = var.database_inbound_acl_rules
    content {
      rule_no         = ingress.value["rule_number"]
      action          = ingress.value["rule_action"]
      protocol        = ingress.value["protocol"]
      from_port       = lookup(ingress.value, "from_port", null)
      to_port         = lookup(ingress.value, "to_port", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.database_outbound_acl_rules
    content {
      rule_no         = egress.value["rule_number"]
      action          = egress.value["rule_action"]
      protocol        = egress.value["protocol"]
      from_port       = lookup(egress.value, "from_port", null)
      to_port         = lookup(egress.value, "to_port", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}
resource "aws_subnet" "redshift" {
  count             = local.redshift_subnets
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.redshift_subnet_ipv6_native ? null : try(var.redshift_subnets[count.index], null)
  availability_zone = element(var.azs, count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.redshift_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.redshift_subnet_ipv6_prefixes[count.index]) : null
  )
  ipv6_native                     = var.enable_ipv6 && var.redshift_subnet_ipv6_native
  enable_dns64                    = local.dns64 && var.enable_ipv6 && var.redshift_subnet_enable_dns64
  assign_ipv6_address_on_creation = var.enable_ipv6 && var.redshift_subnet_ipv6_native ? true : local.assign_ipv6.redshift
  tags = merge(
    { Name = try(var.redshift_subnet_names[count.index], "${var.name}-${var.redshift_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags, var.redshift_subnet_tags,
  )
}

resource "aws_network_acl" "redshift" {
  count      = var.redshift_dedicated_network_acl ? min(local.redshift_subnets, 1) : 0
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.redshift[*].id
  dynamic "ingress" {
    for_each = var.redshift_inbound_acl_rules
    content {
      rule_no         = ingress.value["rule_number"]
      action          = ingress.value["rule_action"]
      protocol        = ingress.value["protocol"]
      from_port       = lookup(ingress.value, "from_port", null)
      to_port         = lookup(ingress.value, "to_port", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.redshift_outbound_acl_rules
    content {
      rule_no         = egress.value["rule_number"]
      action          = egress.value["rule_action"]
      protocol        = egress.value["protocol"]
      from_port       = lookup(egress.value, "from_port", null)
      to_port         = lookup(egress.value, "to_port", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}
resource "aws_subnet" "elasticache" {
  count             = local.elasticache_subnets
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.elasticache_subnet_ipv6_native ? null : try(var.elasticache_subnets[count.index], null)
  availability_zone = element(var.azs, count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.elasticache_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.elasticache_subnet_ipv6_prefixes[count.index]) : null
  )
  ipv6_native                     = var.enable_ipv6 && var.elasticache_subnet_ipv6_native
  enable_dns64                    = local.dns64 && var.enable_ipv6 && var.elasticache_subnet_enable_dns64
  assign_ipv6_address_on_creation = var.enable_ipv6 && var.elasticache_subnet_ipv6_native ? true : local.assign_ipv6.elasticache
  tags = merge(
    { Name = try(var.elasticache_subnet_names[count.index], "${var.name}-${var.elasticache_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags, var.elasticache_subnet_tags,
  )
}

resource "aws_network_acl" "elasticache" {
  count      = var.elasticache_dedicated_network_acl ? min(local.elasticache_subnets, 1) : 0
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.elasticache[*].id
  dynamic "ingress" {
    for_each = var.elasticache_inbound_acl_rules
    content {
      rule_no         = ingress.value["rule_number"]
      action          = ingress.value["rule_action"]
      protocol        = ingress.value["protocol"]
      from_port       = lookup(ingress.value, "from_port", null)
      to_port         = lookup(ingress.value, "to_port", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.elasticache_outbound_acl_rules
    content {
      rule_no         = egress.value["rule_number"]
      action          = egress.value["rule_action"]
      protocol        = egress.value["protocol"]
      from_port       = lookup(egress.value, "from_port", null)
      to_port         = lookup(egress.value, "to_port", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}
resource "aws_subnet" "intra" {
  count             = local.intra_subnets
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.intra_subnet_ipv6_native ? null : try(var.intra_subnets[count.index], null)
  availability_zone = element(var.azs, count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.intra_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.intra_subnet_ipv6_prefixes[count.index]) : null
  )
  ipv6_native                     = var.enable_ipv6 && var.intra_subnet_ipv6_native
  enable_dns64                    = local.dns64 && var.enable_ipv6 && var.intra_subnet_enable_dns64
  assign_ipv6_address_on_creation = var.enable_ipv6 && var.intra_subnet_ipv6_native ? true : local.assign_ipv6.intra
  tags = merge(
    { Name = try(var.intra_subnet_names[count.index], "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags, var.intra_subnet_tags,
  )
}

resource "aws_network_acl" "intra" {
  count      = var.intra_dedicated_network_acl ? min(local.intra_subnets, 1) : 0
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.intra[*].id
  dynamic "ingress" {
    for_each = var.intra_inbound_acl_rules
    content {
      rule_no         = ingress.value["rule_number"]
      action          = ingress.value["rule_action"]
      protocol        = ingress.value["protocol"]
      from_port       = lookup(ingress.value, "from_port", null)
      to_port         = lookup(ingress.value, "to_port", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.intra_outbound_acl_rules
    content {
      rule_no         = egress.value["rule_number"]
      action          = egress.value["rule_action"]
      protocol        = egress.value["protocol"]
      from_port       = lookup(egress.value, "from_port", null)
      to_port         = lookup(egress.value, "to_port", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}
resource "aws_subnet" "outpost" {
  count             = local.outpost_subnets
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.outpost_subnet_ipv6_native ? null : try(var.outpost_subnets[count.index], null)
  availability_zone = var.outpost_az
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.outpost_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.outpost_subnet_ipv6_prefixes[count.index]) : null
  )
  ipv6_native                     = var.enable_ipv6 && var.outpost_subnet_ipv6_native
  enable_dns64                    = local.dns64 && var.enable_ipv6 && var.outpost_subnet_enable_dns64
  assign_ipv6_address_on_creation = var.enable_ipv6 && var.outpost_subnet_ipv6_native ? true : local.assign_ipv6.outpost
  tags = merge(
    { Name = try(var.outpost_subnet_names[count.index], "${var.name}-${var.outpost_subnet_suffix}-${var.outpost_az}") },
    var.tags, var.outpost_subnet_tags,
  )
}

resource "aws_network_acl" "outpost" {
  count      = var.outpost_dedicated_network_acl ? min(local.outpost_subnets, 1) : 0
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.outpost[*].id
  dynamic "ingress" {
    for_each = var.outpost_inbound_acl_rules
    content {
      rule_no         = ingress.value["rule_number"]
      action          = ingress.value["rule_action"]
      protocol        = ingress.value["protocol"]
      from_port       = lookup(ingress.value, "from_port", null)
      to_port         = lookup(ingress.value, "to_port", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.outpost_outbound_acl_rules
    content {
      rule_no         = egress.value["rule_number"]
      action          = egress.value["rule_action"]
      protocol        = egress.value["protocol"]
      from_port       = lookup(egress.value, "from_port", null)
      to_port         = lookup(egress.value, "to_port", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}
resource "aws_route_table" "public" {
  count  = local.public_tables
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = var.create_multiple_public_route_tables ? "${var.name}-${var.public_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.public_subnet_suffix}" }, var.tags, var.public_route_table_tags)
}
resource "aws_route_table" "private" {
  count  = local.private_tables
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = !var.single_nat_gateway ? "${var.name}-${var.private_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.private_subnet_suffix}" }, var.tags, var.private_route_table_tags)
}
resource "aws_route_table" "database" {
  count  = local.database_tables
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = !local.database_one ? "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.database_subnet_suffix}" }, var.tags, var.database_route_table_tags)
}
resource "aws_route_table" "redshift" {
  count  = var.create_redshift_subnet_route_table ? min(local.redshift_subnets, 1) : 0
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.redshift_subnet_suffix}" }, var.tags, var.redshift_route_table_tags)
}
resource "aws_route_table" "elasticache" {
  count  = var.create_elasticache_subnet_route_table ? min(local.elasticache_subnets, 1) : 0
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = "${var.name}-${var.elasticache_subnet_suffix}" }, var.tags, var.elasticache_route_table_tags)
}
resource "aws_route_table" "intra" {
  count  = local.intra_tables
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = var.create_multiple_intra_route_tables ? "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.intra_subnet_suffix}" }, var.tags, var.intra_route_table_tags)
}
resource "aws_route_table_association" "public" {
  count          = local.public_subnets
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(aws_route_table.public[*].id, var.create_multiple_public_route_tables ? count.index : 0)
}
resource "aws_route_table_association" "private" {
  count          = local.private_subnets
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}
resource "aws_route_table_association" "database" {
  count          = local.database_subnets
  subnet_id      = aws_subnet.database[count.index].id
  route_table_id = element(coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id), local.database_own && local.database_one ? 0 : count.index)
}
resource "aws_route_table_association" "redshift" {
  count          = var.enable_public_redshift ? 0 : local.redshift_subnets
  subnet_id      = aws_subnet.redshift[count.index].id
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id), var.single_nat_gateway ? 0 : count.index)
}
resource "aws_route_table_association" "redshift_public" {
  count          = var.enable_public_redshift ? local.redshift_subnets : 0
  subnet_id      = aws_subnet.redshift[count.index].id
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.public[*].id), var.single_nat_gateway ? 0 : count.index)
}
resource "aws_route_table_association" "elasticache" {
  count          = local.elasticache_subnets
  subnet_id      = aws_subnet.elasticache[count.index].id
  route_table_id = element(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), var.single_nat_gateway ? 0 : count.index)
}
resource "aws_route_table_association" "intra" {
  count          = local.intra_subnets
  subnet_id      = aws_subnet.intra[count.index].id
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}
resource "aws_route_table_association" "outpost" {
  count          = local.outpost_subnets
  subnet_id      = aws_subnet.outpost[count.index].id
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}
resource "aws_internet_gateway" "this" {
  count  = var.create_igw ? min(local.public_subnets, 1) : 0
  vpc_id = aws_vpc.this[0].id
}

resource "aws_egress_only_internet_gateway" "this" {
  count  = local.ipv6 && var.create_egress_only_igw ? min(local.most_subnets, 1) : 0
  vpc_id = aws_vpc.this[0].id
}

resource "aws_eip" "nat" {
  count = var.enable_nat_gateway && !var.reuse_nat_ips ? local.nat_gateways : 0
}

resource "aws_nat_gateway" "this" {
  count         = var.enable_nat_gateway ? local.nat_gateways : 0
  allocation_id = var.reuse_nat_ips ? element(var.external_nat_ip_ids, count.index) : aws_eip.nat[count.index].id
  subnet_id     = element(aws_subnet.public[*].id, count.index)
}

resource "aws_route" "public_internet_gateway" {
  count                  = var.create_igw ? local.public_tables : 0
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count                       = var.create_igw && var.enable_ipv6 ? local.public_tables : 0
  route_table_id              = aws_route_table.public[count.index].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

resource "aws_route" "private_nat_gateway" {
  count                  = var.enable_nat_gateway && var.create_private_nat_gateway_route ? local.nat_gateways : 0
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = aws_nat_gateway.this[count.index].id
}

resource "aws_route" "private_dns64_nat_gateway" {
  count                       = local.dns64 && local.ipv6 && var.enable_nat_gateway && var.private_subnet_enable_dns64 ? local.nat_gateways : 0
  route_table_id              = aws_route_table.private[count.index].id
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = aws_nat_gateway.this[count.index].id
}

resource "aws_route" "private_ipv6_egress" {
  count                       = local.ipv6 && var.create_egress_only_igw ? local.private_ipv6_routes : 0
  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_route" "database_internet_gateway" {
  count                  = local.to_gateway ? local.database_tables : 0
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count                  = local.to_nat ? local.database_tables : 0
  route_table_id         = aws_route_table.database[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_dns64_nat_gateway" {
  count                       = local.dns64 && local.to_nat && var.enable_ipv6 && var.private_subnet_enable_dns64 ? local.database_tables : 0
  route_table_id              = aws_route_table.database[count.index].id
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_ipv6_egress" {
  count                       = local.database_own && var.enable_ipv6 && var.create_egress_only_igw && var.create_database_internet_gateway_route ? local.database_tables : 0
  route_table_id              = aws_route_table.database[0].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_vpn_gateway" "this" {
  count  = var.create_vpc && var.enable_vpn_gateway ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}

resource "aws_vpn_gateway_attachment" "this" {
  count          = var.vpn_gateway_id != "" ? 1 : 0
  vpc_id         = try(aws_vpc.this[0].id, "")
  vpn_gateway_id = var.vpn_gateway_id
}
resource "aws_vpn_gateway_route_propagation" "public" {
  count          = var.propagate_public_route_tables_vgw && local.vpn ? min(local.public_tables, 1) : 0
  route_table_id = element(aws_route_table.public[*].id, count.index)
  vpn_gateway_id = try(aws_vpn_gateway.this[0].id, aws_vpn_gateway_attachment.this[0].vpn_gateway_id)
}
resource "aws_vpn_gateway_route_propagation" "private" {
  count          = var.propagate_private_route_tables_vgw && local.vpn ? local.private_subnets : 0
  route_table_id = element(aws_route_table.private[*].id, count.index)
  vpn_gateway_id = try(aws_vpn_gateway.this[0].id, aws_vpn_gateway_attachment.this[0].vpn_gateway_id)
}
resource "aws_vpn_gateway_route_propagation" "intra" {
  count          = var.propagate_intra_route_tables_vgw && local.vpn ? local.intra_subnets : 0
  route_table_id = element(aws_route_table.intra[*].id, count.index)
  vpn_gateway_id = try(aws_vpn_gateway.this[0].id, aws_vpn_gateway_attachment.this[0].vpn_gateway_id)
}
resource "aws_default_vpc" "this" {
  count                = var.manage_default_vpc ? 1 : 0
  enable_dns_support   = var.default_vpc_enable_dns_support
  enable_dns_hostnames = var.default_vpc_enable_dns_hostnames
}

resource "aws_default_security_group" "this" {
  count  = var.create_vpc && var.manage_default_security_group ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  dynamic "ingress" {
    for_each = coalesce(var.default_security_group_ingress, [])
    content {
      self             = lookup(ingress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(ingress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(ingress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(ingress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(ingress.value, "security_groups", "")))
      from_port        = lookup(ingress.value, "from_port", 0)
      to_port          = lookup(ingress.value, "to_port", 0)
      protocol         = lookup(ingress.value, "protocol", "-1")
    }
  }
  dynamic "egress" {
    for_each = coalesce(var.default_security_group_egress, [])
    content {
      self             = lookup(egress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(egress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(egress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(egress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(egress.value, "security_groups", "")))
      from_port        = lookup(egress.value, "from_port", 0)
      to_port          = lookup(egress.value, "to_port", 0)
      protocol         = lookup(egress.value, "protocol", "-1")
    }
  }
}

resource "aws_default_network_acl" "this" {
  count                  = var.create_vpc && var.manage_default_network_acl ? 1 : 0
  default_network_acl_id = aws_vpc.this[0].default_network_acl_id
  dynamic "ingress" {
    for_each = var.default_network_acl_ingress
    content {
      rule_no         = ingress.value["rule_no"]
      action          = ingress.value["action"]
      protocol        = ingress.value["protocol"]
      from_port       = ingress.value["from_port"]
      to_port         = ingress.value["to_port"]
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }
  dynamic "egress" {
    for_each = var.default_network_acl_egress
    content {
      rule_no         = egress.value["rule_no"]
      action          = egress.value["action"]
      protocol        = egress.value["protocol"]
      from_port       = egress.value["from_port"]
      to_port         = egress.value["to_port"]
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}

resource "aws_default_route_table" "default" {
  count                  = var.create_vpc && var.manage_default_route_table ? 1 : 0
  default_route_table_id = aws_vpc.this[0].default_route_table_id
  propagating_vgws       = var.default_route_table_propagating_vgws
  dynamic "route" {
    for_each = var.default_route_table_routes
    content {
      cidr_block                = route.value.cidr_block
      ipv6_cidr_block           = lookup(route.value, "ipv6_cidr_block", null)
      gateway_id                = lookup(route.value, "gateway_id", null)
      nat_gateway_id            = lookup(route.value, "nat_gateway_id", null)
      egress_only_gateway_id    = lookup(route.value, "egress_only_gateway_id", null)
      transit_gateway_id        = lookup(route.value, "transit_gateway_id", null)
      vpc_endpoint_id           = lookup(route.value, "vpc_endpoint_id", null)
      vpc_peering_connection_id = lookup(route.value, "vpc_peering_connection_id", null)
      network_interface_id      = lookup(route.value, "network_interface_id", null)
      instance_id               = lookup(route.value, "instance_id", null)
    }
  }
}

resource "aws_cloudwatch_log_group" "flow_log" {
  count = var.create_vpc && var.enable_flow_log && var.create_flow_log_cloudwatch_log_group && var.flow_log_destination_type != "s3" ? 1 : 0
}

resource "aws_flow_log" "this" {
  count                = var.create_vpc && var.enable_flow_log ? 1 : 0
  vpc_id               = aws_vpc.this[0].id
  traffic_type         = var.flow_log_traffic_type
  log_destination_type = var.flow_log_destination_type
  log_destination      = try(aws_cloudwatch_log_group.flow_log[0].arn, var.flow_log_destination_arn)
}

output "name" { value = var.name }
output "azs" { value = var.azs }
output "vpc_id" { value = try(aws_vpc.this[0].id, null) }
output "vpc_arn" { value = try(aws_vpc.this[0].arn, null) }
output "vpc_cidr_block" { value = try(aws_vpc.this[0].cidr_block, null) }
output "vpc_ipv6_cidr_block" { value = try(aws_vpc.this[0].ipv6_cidr_block, null) }
output "vpc_owner_id" { value = try(aws_vpc.this[0].owner_id, null) }
output "vpc_instance_tenancy" { value = try(aws_vpc.this[0].instance_tenancy, null) }
output "vpc_enable_dns_support" { value = try(aws_vpc.this[0].enable_dns_support, null) }
output "vpc_enable_dns_hostnames" { value = try(aws_vpc.this[0].enable_dns_hostnames, null) }
output "vpc_main_route_table_id" { value = try(aws_vpc.this[0].main_route_table_id, null) }
output "default_security_group_id" { value = try(aws_vpc.this[0].default_security_group_id, null) }
output "default_network_acl_id" { value = try(aws_vpc.this[0].default_network_acl_id, null) }
output "default_route_table_id" { value = try(aws_vpc.this[0].default_route_table_id, null) }
output "vpc_secondary_cidr_blocks" { value = aws_vpc_ipv4_cidr_block_association.this[*].cidr_block }
output "igw_id" { value = try(aws_internet_gateway.this[0].id, null) }
output "igw_arn" { value = try(aws_internet_gateway.this[0].arn, null) }
output "egress_only_internet_gateway_id" { value = try(aws_egress_only_internet_gateway.this[0].id, null) }
output "natgw_ids" { value = aws_nat_gateway.this[*].id }
output "nat_ids" { value = aws_eip.nat[*].id }
output "nat_public_ips" { value = var.reuse_nat_ips ? var.external_nat_ips : aws_eip.nat[*].public_ip }
output "vgw_id" { value = try(aws_vpn_gateway.this[0].id, aws_vpn_gateway_attachment.this[0].vpn_gateway_id, null) }
output "default_vpc_id" { value = try(aws_default_vpc.this[0].id, null) }
output "default_vpc_default_security_group_id" { value = try(aws_default_vpc.this[0].default_security_group_id, null) }
output "default_vpc_main_route_table_id" { value = try(aws_default_vpc.this[0].main_route_table_id, null) }
output "vpc_flow_log_id" { value = try(aws_flow_log.this[0].id, null) }
output "vpc_flow_log_destination_arn" { value = try(aws_cloudwatch_log_group.flow_log[0].arn, var.flow_log_destination_arn) }
output "vpc_flow_log_destination_type" { value = var.flow_log_destination_type }
output "public_subnets" { value = aws_subnet.public[*].id }
output "public_subnet_objects" { value = aws_subnet.public }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "public_subnets_cidr_blocks" { value = compact(aws_subnet.public[*].cidr_block) }
output "public_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.public[*].ipv6_cidr_block) }
output "public_network_acl_id" { value = try(aws_network_acl.public[0].id, null) }
output "private_subnets" { value = aws_subnet.private[*].id }
output "private_subnet_objects" { value = aws_subnet.private }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "private_subnets_cidr_blocks" { value = compact(aws_subnet.private[*].cidr_block) }
output "private_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.private[*].ipv6_cidr_block) }
output "private_network_acl_id" { value = try(aws_network_acl.private[0].id, null) }
output "database_subnets" { value = aws_subnet.database[*].id }
output "database_subnet_objects" { value = aws_subnet.database }
output "database_subnet_arns" { value = aws_subnet.database[*].arn }
output "database_subnets_cidr_blocks" { value = compact(aws_subnet.database[*].cidr_block) }
output "database_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.database[*].ipv6_cidr_block) }
output "database_network_acl_id" { value = try(aws_network_acl.database[0].id, null) }
output "redshift_subnets" { value = aws_subnet.redshift[*].id }
output "redshift_subnet_objects" { value = aws_subnet.redshift }
output "redshift_subnet_arns" { value = aws_subnet.redshift[*].arn }
output "redshift_subnets_cidr_blocks" { value = compact(aws_subnet.redshift[*].cidr_block) }
output "redshift_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.redshift[*].ipv6_cidr_block) }
output "redshift_network_acl_id" { value = try(aws_network_acl.redshift[0].id, null) }
output "elasticache_subnets" { value = aws_subnet.elasticache[*].id }
output "elasticache_subnet_objects" { value = aws_subnet.elasticache }
output "elasticache_subnet_arns" { value = aws_subnet.elasticache[*].arn }
output "elasticache_subnets_cidr_blocks" { value = compact(aws_subnet.elasticache[*].cidr_block) }
output "elasticache_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.elasticache[*].ipv6_cidr_block) }
output "elasticache_network_acl_id" { value = try(aws_network_acl.elasticache[0].id, null) }
output "intra_subnets" { value = aws_subnet.intra[*].id }
output "intra_subnet_objects" { value = aws_subnet.intra }
output "intra_subnet_arns" { value = aws_subnet.intra[*].arn }
output "intra_subnets_cidr_blocks" { value = compact(aws_subnet.intra[*].cidr_block) }
output "intra_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.intra[*].ipv6_cidr_block) }
output "intra_network_acl_id" { value = try(aws_network_acl.intra[0].id, null) }
output "outpost_subnets" { value = aws_subnet.outpost[*].id }
output "outpost_subnet_objects" { value = aws_subnet.outpost }
output "outpost_subnet_arns" { value = aws_subnet.outpost[*].arn }
output "outpost_subnets_cidr_blocks" { value = compact(aws_subnet.outpost[*].cidr_block) }
output "outpost_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.outpost[*].ipv6_cidr_block) }
output "outpost_network_acl_id" { value = try(aws_network_acl.outpost[0].id, null) }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "intra_route_table_ids" { value = aws_route_table.intra[*].id }
output "database_route_table_ids" { value = length(aws_route_table.database) > 0 ? aws_route_table.database[*].id : aws_route_table.private[*].id }
output "redshift_route_table_ids" { value = length(aws_route_table.redshift) > 0 ? aws_route_table.redshift[*].id : var.enable_public_redshift ? aws_route_table.public[*].id : aws_route_table.private[*].id }
output "elasticache_route_table_ids" { value = length(aws_route_table.elasticache) > 0 ? aws_route_table.elasticache[*].id : aws_route_table.private[*].id }

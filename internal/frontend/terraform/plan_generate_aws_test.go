package terraform

import (
	"fmt"
	"strings"
)

// name writes a text that AWS takes for a name: letters, digits and hyphens, begun with a prefix.
func (g *generator) name(prefix string) string {
	return fmt.Sprintf(`"%s-${substr(replace(lower(%s), "/[^a-z0-9]+/", ""), 0, 12)}0"`, prefix, g.expr(aString, 2))
}

func (g *generator) tags() string {
	return fmt.Sprintf("{ for k, v in %s : replace(k, \"/[^a-zA-Z0-9]/\", \"-\") => substr(v, 0, 40) if k != \"\" }", g.expr(aMap, 2))
}

// environment is tags with names that a shell takes.
func (g *generator) environment() string {
	return fmt.Sprintf("{ for k, v in %s : \"K_${replace(k, \"/[^a-zA-Z0-9]/\", \"_\")}\" => substr(v, 0, 40) }", g.expr(aMap, 2))
}

// repeated writes count or for_each, and returns what the block may refer to, and its number as an expression.
func (g *generator) repeated(b *strings.Builder, address string) (scope map[typeName][]string, number, one string) {
	switch g.r.IntN(4) {
	case 0:
		fmt.Fprintf(b, "  count = 1 + (%s ? %d : 0)\n", g.expr(aBool, 2), 1+g.r.IntN(2))
		return map[typeName][]string{aNumber: {"count.index", "count.index"}}, "count.index", address + "[0]"
	case 1:
		fmt.Fprintf(b, "  for_each = toset(concat([for x in %s : \"k-${x}\"], [\"fix\"]))\n", g.expr(aList, 2))
		return map[typeName][]string{aString: {"each.key", "each.value"}}, "length(each.key)", address + "[\"fix\"]"
	case 2:
		fmt.Fprintf(b, "  for_each = merge(%s, { fix = %s })\n", g.expr(aMap, 2), g.expr(aString, 1))
		return map[typeName][]string{aString: {"each.key", "each.value", "each.value"}}, "length(each.value)", address + "[\"fix\"]"
	}
	return nil, "1", address
}

// network writes a VPC with subnets, routes, groups and endpoints.
func (g *generator) network(b *strings.Builder) {
	fmt.Fprintf(b, "locals {\n  cidr = cidrsubnet(\"10.0.0.0/8\", 8, %d)\n}\n", g.r.IntN(200))
	fmt.Fprintf(b, "resource \"aws_vpc\" \"this\" {\n  cidr_block = local.cidr\n  enable_dns_hostnames = %s\n  tags = %s\n}\n", g.expr(aBool, 2), g.tags())
	g.declare(aString, "aws_vpc.this.cidr_block")

	b.WriteString("resource \"aws_subnet\" \"private\" {\n")
	scope, number, private := g.repeated(b, "aws_subnet.private")
	g.within(scope, func() {
		fmt.Fprintf(b, "  vpc_id = aws_vpc.this.id\n  cidr_block = cidrsubnet(local.cidr, 8, min(%s, 250))\n", number)
		fmt.Fprintf(b, "  map_public_ip_on_launch = %s\n  availability_zone = \"eu-west-1${%s ? \"a\" : \"b\"}\"\n  tags = %s\n}\n", g.expr(aBool, 2), g.expr(aBool, 1), g.tags())
	})
	g.declare(aString, private+".cidr_block")
	g.declare(aString, private+".availability_zone")

	public := g.expr(aBool, 2)
	fmt.Fprintf(b, "resource \"aws_internet_gateway\" \"this\" {\n  count = %s ? 1 : 0\n  vpc_id = aws_vpc.this.id\n}\n", public)
	b.WriteString("resource \"aws_route_table\" \"this\" {\n  vpc_id = aws_vpc.this.id\n")
	if g.chance(50) {
		b.WriteString("  dynamic \"route\" {\n    for_each = aws_internet_gateway.this\n    content {\n      cidr_block = \"0.0.0.0/0\"\n      gateway_id = route.value.id\n    }\n  }\n}\n")
	} else {
		b.WriteString("}\nresource \"aws_route\" \"out\" {\n  count = length(aws_internet_gateway.this)\n  route_table_id = aws_route_table.this.id\n  destination_cidr_block = \"0.0.0.0/0\"\n  gateway_id = aws_internet_gateway.this[count.index].id\n}\n")
	}
	fmt.Fprintf(b, "resource \"aws_route_table_association\" \"this\" {\n  subnet_id = %s.id\n  route_table_id = aws_route_table.this.id\n}\n", private)

	g.securityGroup(b)
	g.endpoints(b, private)
	fmt.Fprintf(b, "output \"vpc_id\" {\n  value = aws_vpc.this.id\n}\noutput \"subnet_ids\" {\n  value = %s\n}\n",
		g.oneOf("flatten([for s in [aws_subnet.private] : try(values(s)[*].id, s[*].id)])", "["+private+".id]"))
}

func (g *generator) securityGroup(b *strings.Builder) {
	fmt.Fprintf(b, "resource \"aws_security_group\" \"this\" {\n  name = %s\n  description = \"generated\"\n  vpc_id = aws_vpc.this.id\n", g.name("group"))
	fmt.Fprintf(b, "  dynamic \"ingress\" {\n    for_each = { for i, x in %s : \"${i}-${x}\" => i if i < 3 }\n    content {\n", g.expr(aList, 2))
	fmt.Fprintf(b, "      description = substr(replace(ingress.key, \"/[^a-z0-9]/\", \"-\"), 0, 20)\n      from_port = 1000 + ingress.value\n      to_port = 2000 + ingress.value\n      protocol = %s ? \"tcp\" : \"udp\"\n      cidr_blocks = %s ? [local.cidr] : [\"0.0.0.0/0\", local.cidr]\n    }\n  }\n", g.expr(aBool, 1), g.expr(aBool, 2))
	if g.chance(50) {
		fmt.Fprintf(b, "  egress {\n    from_port = 0\n    to_port = 0\n    protocol = \"-1\"\n    cidr_blocks = %s ? [\"0.0.0.0/0\"] : [\"10.0.0.0/8\"]\n  }\n", g.expr(aBool, 2))
	}
	b.WriteString("}\n")
	b.WriteString("resource \"aws_security_group_rule\" \"this\" {\n")
	scope, number, _ := g.repeated(b, "aws_security_group_rule.this")
	g.within(scope, func() {
		fmt.Fprintf(b, "  type = %s ? \"ingress\" : \"egress\"\n  security_group_id = aws_security_group.this.id\n  from_port = 443 + %s\n  to_port = 443 + %s\n  protocol = \"tcp\"\n", g.expr(aBool, 2), number, number)
		if g.chance(50) {
			b.WriteString("  self = true\n}\n")
		} else {
			fmt.Fprintf(b, "  cidr_blocks = [local.cidr]\n  description = substr(replace(%s, \"/[^a-z0-9]/\", \"-\"), 0, 20)\n}\n", g.expr(aString, 2))
		}
	})
}

func (g *generator) endpoints(b *strings.Builder, subnet string) {
	services := g.oneOf(`["sagemaker.api", "sts"]`, `["sagemaker.api", "sagemaker.runtime", "logs"]`, `["ecr.api"]`)
	fmt.Fprintf(b, `resource "aws_vpc_endpoint" "interface" {
  for_each            = { for s in %s : replace(s, ".", "-") => s if %s }
  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.eu-west-1.${each.value}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = %s
  subnet_ids          = [%s.id]
  security_group_ids  = aws_security_group.this[*].id
}
`, services, g.expr(aBool, 2), g.expr(aBool, 2), subnet)
	fmt.Fprintf(b, `data "aws_iam_policy_document" "s3" {
  statement {
    sid       = "One"
    effect    = %s ? "Allow" : "Deny"
    actions   = distinct(concat(["s3:GetObject"], [for x in %s : "s3:Put${x}"]))
    resources = ["arn:aws:s3:::bucket/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    dynamic "condition" {
      for_each = %s
      content {
        test     = "StringEquals"
        variable = "aws:PrincipalTag/${condition.key}"
        values   = [condition.value, "fix"]
      }
    }
  }
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.this.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = var.in_2 ? [aws_route_table.this.id] : []
  policy          = %s ? data.aws_iam_policy_document.s3.json : null
}
`, g.expr(aBool, 2), g.expr(aList, 2), g.expr(aMap, 2), g.expr(aBool, 2))
}

// workloads writes SageMaker resources in the network that the module is given.
func (g *generator) workloads(b *strings.Builder) {
	const role = "arn:aws:iam::111122223333:role/sm"
	b.WriteString("resource \"aws_sagemaker_notebook_instance\" \"this\" {\n")
	scope, number, notebook := g.repeated(b, "aws_sagemaker_notebook_instance.this")
	g.within(scope, func() {
		fmt.Fprintf(b, "  name = %s\n  role_arn = %q\n  instance_type = %s ? \"ml.t3.medium\" : \"ml.m5.xlarge\"\n", g.name("nb"), role, g.expr(aBool, 2))
		fmt.Fprintf(b, "  volume_size = 5 + %s\n  subnet_id = %s ? var.subnets[0] : null\n", number, g.expr(aBool, 2))
		fmt.Fprintf(b, "  direct_internet_access = %s ? \"Enabled\" : \"Disabled\"\n  root_access = lookup({ a = \"Enabled\" }, %s, \"Disabled\")\n  tags = %s\n}\n", g.expr(aBool, 2), g.expr(aString, 1), g.tags())
	})
	g.declare(aString, notebook+".name")
	g.declare(aString, notebook+".direct_internet_access")

	fmt.Fprintf(b, `resource "aws_sagemaker_domain" "this" {
  count                   = %s ? 1 : 0
  domain_name             = %s
  auth_mode               = "IAM"
  vpc_id                  = var.vpc_id
  subnet_ids              = var.subnets
  app_network_access_type = %s ? "VpcOnly" : "PublicInternetOnly"
  default_user_settings {
    execution_role  = %q
    security_groups = %s ? ["sg-0aa11bb22cc33dd44"] : null
    dynamic "sharing_settings" {
      for_each = %s ? [1] : []
      content {
        notebook_output_option = "Disabled"
      }
    }
  }
}
resource "aws_sagemaker_user_profile" "this" {
  for_each          = { for p in setproduct(aws_sagemaker_domain.this[*].domain_name, ["u1", "u2"]) : "${p[0]}-${p[1]}" => p[1] }
  domain_id         = aws_sagemaker_domain.this[0].id
  user_profile_name = each.value
  user_settings {
    execution_role = %q
  }
}
`, g.expr(aBool, 2), g.name("dom"), g.expr(aBool, 2), role, g.expr(aBool, 1), g.expr(aBool, 1), role)

	b.WriteString("resource \"aws_sagemaker_model\" \"this\" {\n")
	scope, _, model := g.repeated(b, "aws_sagemaker_model.this")
	g.within(scope, func() {
		fmt.Fprintf(b, "  name = %s\n  execution_role_arn = %q\n  enable_network_isolation = %s\n", g.name("m"), role, g.expr(aBool, 2))
		fmt.Fprintf(b, "  primary_container {\n    image = \"111122223333.dkr.ecr.eu-west-1.amazonaws.com/m:${floor(abs(%s))}\"\n    environment = %s\n  }\n", g.expr(aNumber, 2), g.environment())
		fmt.Fprintf(b, "  dynamic \"vpc_config\" {\n    for_each = %s ? [var.subnets] : []\n    content {\n      subnets = vpc_config.value\n      security_group_ids = [\"sg-0aa11bb22cc33dd44\"]\n    }\n  }\n}\n", g.expr(aBool, 2))
	})
	fmt.Fprintf(b, `resource "aws_sagemaker_endpoint_configuration" "this" {
  name        = %s
  kms_key_arn = %s ? "arn:aws:kms:eu-west-1:111122223333:key/1" : null
  production_variants {
    variant_name           = "v"
    model_name             = %s.name
    initial_instance_count = 1 + (%s ? 1 : 0)
    instance_type          = "ml.m5.large"
  }
}
resource "aws_iam_policy" "this" {
  name = %s
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for i, a in concat(%s, ["x"]) : {
      Sid       = "S${i}"
      Effect    = i %% 2 == 0 ? "Allow" : "Deny"
      Action    = ["sagemaker:Create${title(replace(a, "/[^a-z]/", ""))}*"]
      Resource  = "*"
      Condition = { StringEquals = %s }
    }]
  })
}
`, g.name("ec"), g.expr(aBool, 2), model, g.expr(aBool, 2), g.name("pol"), g.expr(aList, 2), g.expr(aMap, 2))
}

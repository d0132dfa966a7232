locals {
  services = {
    api     = "com.amazonaws.eu-west-1.sagemaker.api"
    runtime = "com.amazonaws.eu-west-1.sagemaker.runtime"
    studio  = "aws.sagemaker.eu-west-1.studio"
    sts     = "com.amazonaws.eu-west-1.sts"
    logs    = "com.amazonaws.eu-west-1.logs"
  }
}

data "aws_iam_policy_document" "account" {
  statement {
    actions   = ["*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
}

resource "aws_vpc_endpoint" "services" {
  for_each            = local.services
  vpc_id              = aws_vpc.platform.id
  service_name        = each.value
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.account.json
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.platform.id
  service_name = "com.amazonaws.eu-west-1.s3"
  # Written when there was one zone.
  route_table_ids = [aws_route_table.private[0].id]
  policy          = data.aws_iam_policy_document.account.json
}

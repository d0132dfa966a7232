resource "aws_vpc" "ml" {
  cidr_block           = "10.42.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = "retail-ml" }
}

resource "aws_subnet" "public" {
  count = 2

  vpc_id                  = aws_vpc.ml.id
  cidr_block              = cidrsubnet(aws_vpc.ml.cidr_block, 8, count.index)
  availability_zone       = var.zones[count.index]
  map_public_ip_on_launch = true

  tags = { Name = "retail-ml-public-${count.index}" }
}

resource "aws_subnet" "private" {
  count = 2

  vpc_id            = aws_vpc.ml.id
  cidr_block        = cidrsubnet(aws_vpc.ml.cidr_block, 8, 10 + count.index)
  availability_zone = var.zones[count.index]

  tags = { Name = "retail-ml-private-${count.index}" }
}

resource "aws_internet_gateway" "ml" {
  vpc_id = aws_vpc.ml.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.ml.id
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.ml.id
}

resource "aws_route_table_association" "public" {
  count = 2

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.ml.id
}

resource "aws_route_table_association" "private" {
  count = 2

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "jobs" {
  name        = "retail-ml-jobs"
  description = "Training, processing and hosting"
  vpc_id      = aws_vpc.ml.id

  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }

  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = [aws_vpc.ml.cidr_block]
  }
}

resource "aws_security_group" "endpoints" {
  name        = "retail-ml-endpoints"
  description = "Interface endpoints"
  vpc_id      = aws_vpc.ml.id

  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    security_groups = [aws_security_group.jobs.id]
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "sagemaker" {
  name               = "retail-ml-sagemaker"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_sagemaker_notebook_instance" "analysts" {
  name                   = "retail-ml-analysts"
  role_arn               = aws_iam_role.sagemaker.arn
  instance_type          = "ml.t3.xlarge"
  subnet_id              = aws_subnet.private[0].id
  security_groups        = [aws_security_group.jobs.id]
  direct_internet_access = var.notebook_internet_access
}

# Holds customer data, see INS-187.
resource "aws_sagemaker_notebook_instance" "churn" {
  name                   = "retail-ml-churn"
  role_arn               = aws_iam_role.sagemaker.arn
  instance_type          = "ml.t3.xlarge"
  subnet_id              = aws_subnet.private[1].id
  security_groups        = [aws_security_group.jobs.id]
  direct_internet_access = "Disabled"
  root_access            = "Disabled"
}

resource "aws_sagemaker_domain" "studio" {
  domain_name = "retail-ml"
  auth_mode   = "IAM"
  vpc_id      = aws_vpc.ml.id
  subnet_ids  = aws_subnet.private[*].id

  default_user_settings {
    execution_role  = aws_iam_role.sagemaker.arn
    security_groups = [aws_security_group.jobs.id]
  }
}

resource "aws_sagemaker_model" "forecast" {
  name                     = "retail-ml-forecast"
  execution_role_arn       = aws_iam_role.sagemaker.arn
  enable_network_isolation = true

  primary_container {
    image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/forecast:2.3.1"
    model_data_url = "s3://northwind-retail-ml/models/forecast/model.tar.gz"
  }

  vpc_config {
    subnets            = aws_subnet.private[*].id
    security_group_ids = [aws_security_group.jobs.id]
  }
}

resource "aws_sagemaker_model" "candidate" {
  name                     = "retail-ml-forecast-candidate"
  execution_role_arn       = aws_iam_role.sagemaker.arn
  enable_network_isolation = true

  primary_container {
    image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/forecast:3.0.0-rc1"
    model_data_url = "s3://northwind-retail-ml/models/forecast-candidate/model.tar.gz"
  }

  vpc_config {
    subnets            = var.candidate_subnet_ids
    security_group_ids = [aws_security_group.jobs.id]
  }
}

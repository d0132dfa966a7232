# What data scientists may start from their laptops. Jobs belong into our own subnets.
data "aws_iam_policy_document" "experiments" {
  statement {
    sid       = "StartJobs"
    actions   = ["sagemaker:CreateTrainingJob", "sagemaker:CreateProcessingJob"]
    resources = ["*"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "sagemaker:VpcSubnets"
      values   = aws_subnet.private[*].id
    }
  }
}

resource "aws_iam_policy" "experiments" {
  name   = "ml-experiments"
  policy = data.aws_iam_policy_document.experiments.json
}

resource "aws_iam_role" "data_scientist" {
  name               = "ml-data-scientist"
  assume_role_policy = data.aws_iam_policy_document.sso.json
}

data "aws_iam_policy_document" "sso" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "experiments" {
  role       = aws_iam_role.data_scientist.name
  policy_arn = aws_iam_policy.experiments.arn
}

# One key for what Kubernetes stores and logs, another for PostgreSQL's volumes: who may use one needs not use the other.

data "aws_iam_policy_document" "cluster_key" {
  statement {
    sid       = "Owner"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }
  }

  statement {
    sid       = "Logs"
    actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${local.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}"]
    }
  }
}

resource "aws_kms_key" "cluster" {
  description         = "Secrets and logs of the cluster ${var.name}"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.cluster_key.json
  tags                = var.tags
}

data "aws_iam_policy_document" "cluster_key_use" {
  statement {
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"]
    resources = [aws_kms_key.cluster.arn]
  }
}

resource "aws_iam_role_policy" "cluster_key" {
  name   = "secrets-key"
  role   = aws_iam_role.cluster.id
  policy = data.aws_iam_policy_document.cluster_key_use.json
}

data "aws_iam_policy_document" "volumes_key" {
  statement {
    sid       = "Owner"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }
  }
}

resource "aws_kms_key" "volumes" {
  description         = "PostgreSQL's volumes in the cluster ${var.name}"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.volumes_key.json
  tags                = var.tags
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  flow_logs      = var.flow_logs.enabled ? 1 : 0
  flow_log_group = "/user-service/${var.name}/flow-logs"
  root           = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
  group_arn      = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:${local.flow_log_group}"
}

data "aws_iam_policy_document" "flow_logs_key" {
  count = local.flow_logs

  statement {
    sid       = "Owner"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }

  statement {
    sid       = "Logs"
    actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${data.aws_region.current.id}.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = [local.group_arn]
    }
  }
}

resource "aws_kms_key" "flow_logs" {
  count = local.flow_logs

  description         = "Flow logs of ${var.name}"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.flow_logs_key[0].json
  tags                = var.tags
}

resource "aws_cloudwatch_log_group" "flow_logs" {
  count = local.flow_logs

  name              = local.flow_log_group
  retention_in_days = var.flow_logs.retention_days
  kms_key_id        = aws_kms_key.flow_logs[0].arn
  tags              = var.tags
}

data "aws_iam_policy_document" "flow_logs_trust" {
  count = local.flow_logs

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "flow_logs" {
  count = local.flow_logs

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${local.group_arn}:*"]
  }
}

resource "aws_iam_role" "flow_logs" {
  count = local.flow_logs

  name               = "${var.name}-flow-logs"
  assume_role_policy = data.aws_iam_policy_document.flow_logs_trust[0].json
  tags               = var.tags
}

resource "aws_iam_role_policy" "flow_logs" {
  count = local.flow_logs

  name   = "write"
  role   = aws_iam_role.flow_logs[0].id
  policy = data.aws_iam_policy_document.flow_logs[0].json
}

resource "aws_flow_log" "this" {
  count = local.flow_logs

  vpc_id                   = aws_vpc.this.id
  traffic_type             = "ALL"
  log_destination_type     = "cloud-watch-logs"
  log_destination          = aws_cloudwatch_log_group.flow_logs[0].arn
  iam_role_arn             = aws_iam_role.flow_logs[0].arn
  max_aggregation_interval = 600
  tags                     = merge(var.tags, { Name = var.name })
}

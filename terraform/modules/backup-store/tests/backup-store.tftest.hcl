# The real provider plans, without credentials: only what would ask AWS is given here.
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_resource {
  target          = aws_kms_key.this
  override_during = plan
  values          = { arn = "arn:aws:kms:eu-west-1:123456789012:key/backups" }
}

variables {
  bucket           = "users-backups"
  cluster_name     = "users-test"
  service_accounts = [{ namespace = "users", service_account = "users-shard-0" }, { namespace = "users", service_account = "users-shard-1" }]
}

run "backups_are_encrypted_with_a_rotated_key_of_their_own" {
  command = plan

  assert {
    condition     = one([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule : rule.apply_server_side_encryption_by_default[0].sse_algorithm]) == "aws:kms" && one([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule : rule.apply_server_side_encryption_by_default[0].kms_master_key_id]) == "arn:aws:kms:eu-west-1:123456789012:key/backups"
    error_message = "backups are not encrypted with their own key"
  }

  assert {
    condition     = aws_kms_key.this.enable_key_rotation
    error_message = "the key is not rotated"
  }
}

run "the_bucket_keeps_versions_and_is_private" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "what is overwritten is lost"
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_acls && aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_public_access_block.this.ignore_public_acls && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    error_message = "the bucket can be made public"
  }

  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "a destroy takes the backups along"
  }
}

run "the_bucket_speaks_tls_only" {
  command = plan

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement == [{ Sid = "TlsOnly", Effect = "Deny", Action = "s3:*", Principal = "*", Resource = ["arn:aws:s3:::users-backups/*", "arn:aws:s3:::users-backups"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
    error_message = "plain HTTP is not refused: ${aws_s3_bucket_policy.this.policy}"
  }
}

run "what_was_deleted_is_kept_for_thirty_days" {
  command = plan

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration[0].noncurrent_days == 30 && aws_s3_bucket_lifecycle_configuration.this.rule[0].abort_incomplete_multipart_upload[0].days_after_initiation == 7
    error_message = "old versions are kept for another time"
  }
}

run "the_role_can_touch_its_bucket_only" {
  command = plan

  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_role_policy.bucket.policy).Statement : statement.Resource])) == toset(["arn:aws:s3:::users-backups", "arn:aws:s3:::users-backups/*"])
    error_message = "the role reaches further: ${aws_iam_role_policy.bucket.policy}"
  }

  assert {
    condition     = alltrue([for action in flatten([for statement in jsondecode(aws_iam_role_policy.bucket.policy).Statement : statement.Action]) : startswith(action, "s3:") && !strcontains(action, "*")])
    error_message = "the role may do more than it needs: ${aws_iam_role_policy.bucket.policy}"
  }

  assert {
    condition     = data.aws_iam_policy_document.key_use.statement[0].resources == toset(["arn:aws:kms:eu-west-1:123456789012:key/backups"]) && data.aws_iam_policy_document.key_use.statement[0].actions == toset(["kms:Decrypt", "kms:GenerateDataKey"])
    error_message = "the role may use another key"
  }
}

run "the_role_is_for_the_shards_pods_only" {
  command = plan

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement == [{ Effect = "Allow", Action = ["sts:TagSession", "sts:AssumeRole"], Principal = { Service = "pods.eks.amazonaws.com" }, Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }]
    error_message = "others may take the role: ${aws_iam_role.this.assume_role_policy}"
  }

  assert {
    condition     = { for key, association in aws_eks_pod_identity_association.this : key => "${association.cluster_name}:${association.namespace}:${association.service_account}" } == { "users/users-shard-0" = "users-test:users:users-shard-0", "users/users-shard-1" = "users-test:users:users-shard-1" }
    error_message = "not exactly the shards' accounts have the role"
  }
}

run "a_bucket_with_dots_is_refused" {
  command = plan
  variables {
    bucket = "users.backups"
  }
  expect_failures = [var.bucket]
}

run "backups_of_nobody_are_refused" {
  command = plan
  variables {
    service_accounts = []
  }
  expect_failures = [var.service_accounts]
}

run "backups_by_every_pod_are_refused" {
  command = plan
  variables {
    service_accounts = [{ namespace = "users", service_account = "*" }]
  }
  expect_failures = [var.service_accounts]
}

run "old_versions_kept_for_no_time_are_refused" {
  command = plan
  variables {
    noncurrent_days = 0
  }
  expect_failures = [var.noncurrent_days]
}

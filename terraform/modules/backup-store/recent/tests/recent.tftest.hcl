mock_provider "aws" {}

variables {
  bucket = "users-backups"
  server = "users-shard-0"
}

run "a_backup_of_the_far_future_is_recent" {
  command = plan

  override_data {
    target = data.aws_s3_objects.base
    values = { common_prefixes = ["users-shard-0/base/20200101T020000/", "users-shard-0/base/29990101T020000/"] }
  }

  assert {
    condition     = output.server == "users-shard-0"
    error_message = "another shard is looked at"
  }
}

run "a_backup_of_long_ago_is_warned_of" {
  command = plan

  override_data {
    target = data.aws_s3_objects.base
    values = { common_prefixes = ["users-shard-0/base/20200101T020000/"] }
  }

  expect_failures = [check.backup_is_recent]
}

run "no_backup_at_all_is_warned_of" {
  command = plan

  override_data {
    target = data.aws_s3_objects.base
    values = { common_prefixes = [] }
  }

  expect_failures = [check.backup_is_recent]
}

run "a_path_instead_of_a_shard_is_refused" {
  command = plan
  variables {
    server = "users-shard-0/base"
  }
  expect_failures = [var.server]
}

run "backups_that_may_never_be_old_enough_are_refused" {
  command = plan
  variables {
    hours = 0
  }
  expect_failures = [var.hours]
}

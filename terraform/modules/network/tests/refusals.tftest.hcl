mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

variables {
  name = "users-test"
}

run "a_name_in_capitals_is_refused" {
  command = plan
  variables {
    name = "Users"
  }
  expect_failures = [var.name]
}

run "a_block_too_small_for_pods_is_refused" {
  command = plan
  variables {
    cidr = "10.20.0.0/24"
  }
  expect_failures = [var.cidr]
}

run "a_block_larger_than_aws_gives_is_refused" {
  command = plan
  variables {
    cidr = "10.0.0.0/8"
  }
  expect_failures = [var.cidr]
}

run "an_address_inside_a_block_is_refused" {
  command = plan
  variables {
    cidr = "10.20.3.4/16"
  }
  expect_failures = [var.cidr]
}

run "two_zones_are_refused" {
  command = plan
  variables {
    availability_zones = ["eu-west-1a", "eu-west-1b"]
  }
  expect_failures = [var.availability_zones]
}

run "the_same_zone_twice_is_refused" {
  command = plan
  variables {
    availability_zones = ["eu-west-1a", "eu-west-1a", "eu-west-1b"]
  }
  expect_failures = [var.availability_zones]
}

run "an_unknown_way_out_is_refused" {
  command = plan
  variables {
    nat = "two"
  }
  expect_failures = [var.nat]
}

run "a_retention_that_cloudwatch_does_not_know_is_refused" {
  command = plan
  variables {
    flow_logs = { retention_days = 31 }
  }
  expect_failures = [var.flow_logs]
}

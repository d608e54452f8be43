mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

variables {
  name             = "users-test"
  private_subnets  = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  database_subnets = { "eu-west-1a" = "subnet-d", "eu-west-1b" = "subnet-e", "eu-west-1c" = "subnet-f" }
}

run "a_name_in_capitals_is_refused" {
  command = plan
  variables {
    name = "Users"
  }
  expect_failures = [var.name]
}

run "a_version_older_than_the_chart_needs_is_refused" {
  command = plan
  variables {
    kubernetes_version = "1.29"
  }
  expect_failures = [var.kubernetes_version]
}

run "nodes_in_two_zones_are_refused" {
  command = plan
  variables {
    private_subnets = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b" }
  }
  expect_failures = [var.private_subnets]
}

run "postgresql_in_two_zones_is_refused" {
  command = plan
  variables {
    database_subnets = { "eu-west-1a" = "subnet-d", "eu-west-1b" = "subnet-e" }
  }
  expect_failures = [var.database_subnets]
}

run "postgresql_in_a_zone_that_the_control_plane_does_not_reach_is_refused" {
  command = plan
  variables {
    database_subnets = { "eu-west-1a" = "subnet-d", "eu-west-1b" = "subnet-e", "eu-west-1d" = "subnet-f" }
  }
  expect_failures = [aws_eks_cluster.this]
}

run "an_endpoint_open_to_a_word_is_refused" {
  command = plan
  variables {
    endpoint_public_access_cidrs = ["anywhere"]
  }
  expect_failures = [var.endpoint_public_access_cidrs]
}

run "an_endpoint_open_to_the_world_is_refused" {
  command = plan
  variables {
    endpoint_public_access_cidrs = ["203.0.113.7/32", "0.0.0.0/0"]
  }
  expect_failures = [var.endpoint_public_access_cidrs]
}

run "an_endpoint_open_to_half_the_world_is_refused" {
  command = plan
  variables {
    endpoint_public_access_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
  }
  expect_failures = [var.endpoint_public_access_cidrs]
}

run "access_for_a_name_instead_of_an_arn_is_refused" {
  command = plan
  variables {
    access = { ada = { principal_arn = "ada" } }
  }
  expect_failures = [var.access]
}

run "access_by_an_unknown_policy_is_refused" {
  command = plan
  variables {
    access = { ada = { principal_arn = "arn:aws:iam::123456789012:user/ada", policy = "root" } }
  }
  expect_failures = [var.access]
}

run "a_cluster_that_nobody_may_administer_is_refused" {
  command = plan
  variables {
    creator_is_admin = false
    access           = { ada = { principal_arn = "arn:aws:iam::123456789012:user/ada", policy = "view" } }
  }
  expect_failures = [aws_eks_cluster.this]
}

run "a_retention_that_cloudwatch_does_not_know_is_refused" {
  command = plan
  variables {
    log_retention_days = 100
  }
  expect_failures = [var.log_retention_days]
}

run "an_unknown_architecture_is_refused" {
  command = plan
  variables {
    architecture   = "sparc"
    service_nodes  = { instance_types = ["m7i.large"] }
    database_nodes = { instance_types = ["r7i.large"] }
  }
  expect_failures = [var.architecture]
}

run "fewer_service_nodes_than_zones_are_refused" {
  command = plan
  variables {
    service_nodes = { min = 2 }
  }
  expect_failures = [var.service_nodes]
}

run "a_service_node_of_another_architecture_is_refused" {
  command = plan
  variables {
    service_nodes = { instance_types = ["m7i.large"] }
  }
  expect_failures = [var.service_nodes]
}

run "a_service_node_without_room_for_images_is_refused" {
  command = plan
  variables {
    service_nodes = { disk_gib = 8 }
  }
  expect_failures = [var.service_nodes]
}

run "an_unknown_storage_is_refused" {
  command = plan
  variables {
    database_nodes = { storage = "floppy" }
  }
  # It is not gp3, so the instance would need a disk of its own, too.
  expect_failures = [var.database_nodes]
}

run "zones_without_a_database_node_are_refused" {
  command = plan
  variables {
    database_nodes = { per_zone = 0 }
  }
  expect_failures = [var.database_nodes]
}

run "a_database_node_of_another_architecture_is_refused" {
  command = plan
  variables {
    database_nodes = { instance_types = ["r7i.large"] }
  }
  expect_failures = [var.database_nodes]
}

run "local_storage_on_an_instance_without_disks_is_refused" {
  command = plan
  variables {
    database_nodes = { storage = "local", instance_types = ["r7g.large"] }
  }
  expect_failures = [var.database_nodes]
}

run "a_database_node_without_room_for_images_is_refused" {
  command = plan
  variables {
    database_nodes = { disk_gib = 8 }
  }
  expect_failures = [var.database_nodes]
}

run "an_add_on_that_is_not_pinned_is_refused" {
  command = plan
  variables {
    addons = { coredns = "latest" }
  }
  expect_failures = [var.addons]
}

run "a_kube_proxy_of_another_version_than_the_control_plane_is_refused" {
  command = plan
  variables {
    kubernetes_version = "1.35"
  }
  expect_failures = [var.addons]
}

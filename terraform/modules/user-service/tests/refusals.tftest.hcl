mock_provider "helm" {}

mock_provider "http" {}

run "a_name_too_long_for_clusters_is_refused" {
  command = plan
  variables {
    name = "a-release-whose-name-is-longer-than-forty-characters"
  }
  expect_failures = [var.name]
}

run "a_namespace_in_capitals_is_refused" {
  command = plan
  variables {
    namespace = "Users"
  }
  expect_failures = [var.namespace]
}

run "a_chart_of_a_registry_without_a_version_is_refused" {
  command = plan
  variables {
    chart = { source = "oci://registry.example.org/user-service" }
  }
  expect_failures = [var.chart]
}

run "a_digest_that_is_none_is_refused" {
  command = plan
  variables {
    image = { digest = "latest" }
  }
  expect_failures = [var.image]
}

run "a_tag_inside_the_repository_is_refused" {
  command = plan
  variables {
    image = { repository = "registry.example.org:5000/user-service:1" }
  }
  expect_failures = [var.image]
}

run "a_single_pod_is_refused" {
  command = plan
  variables {
    pods = { replicas = 1 }
  }
  expect_failures = [var.pods]
}

run "memory_without_a_unit_is_refused" {
  command = plan
  variables {
    pods = { memory = "512" }
  }
  expect_failures = [var.pods]
}

run "no_shard_at_all_is_refused" {
  command = plan
  variables {
    shards = []
  }
  expect_failures = [var.shards]
}

run "a_shard_of_ten_servers_is_refused" {
  command = plan
  variables {
    shards = [{ instances = 10 }]
  }
  expect_failures = [var.shards]
}

run "a_weight_of_nothing_is_refused" {
  command = plan
  variables {
    shards = [{ weights = { "1" = 0 } }]
  }
  expect_failures = [var.shards]
}

run "an_endpoint_without_a_port_is_refused" {
  command = plan
  variables {
    shards     = [{ endpoints = ["db-0"] }]
    postgresql = { mode = "external", runtime_secret = "runtime" }
  }
  expect_failures = [var.shards]
}

run "an_endpoint_of_two_shards_is_refused" {
  command = plan
  variables {
    shards     = [{ endpoints = ["db-0:5432"] }, { endpoints = ["db-0:5432"] }]
    postgresql = { mode = "external", runtime_secret = "runtime" }
  }
  expect_failures = [var.shards]
}

run "storage_of_a_shard_without_a_unit_is_refused" {
  command = plan
  variables {
    shards = [{ storage_size = "100" }]
  }
  expect_failures = [var.shards]
}

run "processors_of_a_shard_without_memory_are_refused" {
  command = plan
  variables {
    shards = [{ cpu = "4" }]
  }
  expect_failures = [var.shards]
}

run "an_unknown_mode_is_refused" {
  command = plan
  variables {
    postgresql = { mode = "rds" }
  }
  expect_failures = [var.postgresql]
}

run "a_single_server_per_shard_is_refused" {
  command = plan
  variables {
    postgresql = { instances = 1 }
  }
  expect_failures = [var.postgresql]
}

run "storage_without_a_unit_is_refused" {
  command = plan
  variables {
    postgresql = { storage_size = "100" }
  }
  expect_failures = [var.postgresql]
}

run "memory_of_postgresql_without_a_unit_is_refused" {
  command = plan
  variables {
    postgresql = { memory = "1" }
  }
  expect_failures = [var.postgresql]
}

run "an_unknown_spread_is_refused" {
  command = plan
  variables {
    postgresql = { spread_zones = "maybe" }
  }
  expect_failures = [var.postgresql]
}

run "an_unknown_spread_over_nodes_is_refused" {
  command = plan
  variables {
    postgresql = { spread_nodes = "maybe" }
  }
  expect_failures = [var.postgresql]
}

run "external_servers_without_a_secret_are_refused" {
  command = plan
  variables {
    shards     = [{ endpoints = ["db-0:5432"] }]
    postgresql = { mode = "external" }
  }
  expect_failures = [var.postgresql]
}

run "an_unknown_consistency_is_refused" {
  command = plan
  variables {
    consistency = "linearizable"
  }
  expect_failures = [var.consistency]
}

run "a_bound_of_more_than_an_hour_is_refused" {
  command = plan
  variables {
    consistency = "bounded=3600001"
  }
  expect_failures = [var.consistency]
}

run "an_unknown_strategy_is_refused" {
  command = plan
  variables {
    routing_strategy = "fastest"
  }
  expect_failures = [var.routing_strategy]
}

run "a_setting_that_is_none_is_refused" {
  command = plan
  variables {
    settings = { "slow-start" = "20s" }
  }
  expect_failures = [var.settings]
}

run "a_setting_with_an_input_of_its_own_is_refused" {
  command = plan
  variables {
    settings = { "users.routing.strategy" = "random" }
  }
  expect_failures = [var.settings]
}

run "a_secret_among_the_settings_is_refused" {
  command = plan
  variables {
    settings = { "users.datasource.password" = "hunter2" }
  }
  expect_failures = [var.settings]
}

run "an_unknown_exposure_is_refused" {
  command = plan
  variables {
    exposure = { kind = "tunnel", from_namespaces = ["a"] }
  }
  expect_failures = [var.exposure]
}

run "an_ingress_without_a_host_is_refused" {
  command = plan
  variables {
    exposure = { kind = "ingress", from_namespaces = ["a"] }
  }
  expect_failures = [var.exposure]
}

run "a_host_with_a_scheme_is_refused" {
  command = plan
  variables {
    exposure = { kind = "ingress", host = "https://users.example.org", from_namespaces = ["a"], check = false }
  }
  expect_failures = [var.exposure]
}

run "a_route_without_a_gateway_is_refused" {
  command = plan
  variables {
    exposure = { kind = "gateway", host = "users.example.org", from_namespaces = ["a"] }
  }
  expect_failures = [var.exposure]
}

run "an_exposure_that_nobody_gets_through_is_refused" {
  command = plan
  variables {
    exposure = { kind = "ingress", host = "users.example.org" }
  }
  expect_failures = [var.exposure]
}

run "a_block_that_is_none_is_refused" {
  command = plan
  variables {
    exposure = { kind = "load-balancer", from_cidrs = ["here"] }
  }
  expect_failures = [var.exposure]
}

run "backups_to_a_folder_are_refused" {
  command = plan
  variables {
    backup = { destination = "/backups" }
  }
  expect_failures = [var.backup]
}

run "a_schedule_of_five_fields_is_refused" {
  command = plan
  variables {
    backup = { destination = "s3://a/", schedule = "0 2 * * *" }
  }
  expect_failures = [var.backup]
}

run "a_retention_without_a_unit_is_refused" {
  command = plan
  variables {
    backup = { destination = "s3://a/", retention = "30" }
  }
  expect_failures = [var.backup]
}

run "credentials_without_their_secret_are_refused" {
  command = plan
  variables {
    backup = { destination = "s3://a/", credentials = "secret" }
  }
  expect_failures = [var.backup]
}

run "backups_of_external_servers_are_refused" {
  command = plan
  variables {
    backup     = { destination = "s3://a/" }
    shards     = [{ endpoints = ["db-0:5432"] }]
    postgresql = { mode = "external", runtime_secret = "runtime" }
  }
  expect_failures = [var.backup]
}

run "a_restore_to_a_time_without_a_zone_is_refused" {
  command = plan
  variables {
    backup  = { destination = "s3://a/" }
    restore = { release = "old", target_time = "2026-11-01 12:00" }
  }
  expect_failures = [var.restore]
}

run "a_restore_from_nowhere_is_refused" {
  command = plan
  variables {
    restore = { release = "old" }
  }
  expect_failures = [var.restore]
}

run "a_restore_into_its_own_source_is_refused" {
  command = plan
  variables {
    backup  = { destination = "s3://a/" }
    restore = { release = "users" }
  }
  expect_failures = [var.restore]
}

run "runbooks_without_an_address_are_refused" {
  command = plan
  variables {
    monitoring = { enabled = true, runbook_url = "docs/runbooks" }
  }
  expect_failures = [var.monitoring]
}

run "values_that_are_no_yaml_are_refused" {
  command = plan
  variables {
    values = ["just a sentence"]
  }
  expect_failures = [var.values]
}

run "an_apply_without_time_is_refused" {
  command = plan
  variables {
    timeout_seconds = 5
  }
  expect_failures = [var.timeout_seconds]
}

run "endpoints_with_the_operator_are_refused" {
  command = plan
  variables {
    shards = [{ endpoints = ["db-0:5432"] }]
  }
  expect_failures = [helm_release.this]
}

run "a_shard_of_one_server_is_refused" {
  command = plan
  variables {
    shards = [{ instances = 1 }]
  }
  expect_failures = [helm_release.this]
}

run "a_weight_of_a_server_that_is_not_there_is_refused" {
  command = plan
  variables {
    shards = [{ weights = { "4" = 2 } }]
  }
  expect_failures = [helm_release.this]
}

run "a_folder_without_a_chart_is_refused" {
  command = plan
  variables {
    chart = { source = "./nowhere" }
  }
  expect_failures = [helm_release.this]
}

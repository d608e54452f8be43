mock_provider "helm" {}

run "every_release_is_pinned" {
  command = plan

  variables {
    monitoring = { enabled = true, storage_class = "gp2" }
    storage    = { type = "local" }
  }

  assert {
    condition     = helm_release.operator[0].version == "0.27.0" && helm_release.backup_plugin[0].version == "0.4.0" && helm_release.cert_manager[0].version == "v1.19.2"
    error_message = "an operator is not pinned"
  }

  assert {
    condition     = helm_release.monitoring[0].version == "79.7.1" && helm_release.local_disks[0].version == "2.8.0"
    error_message = "an extra is not pinned"
  }
}

run "what_the_cluster_has_is_left_to_it" {
  command = plan

  variables {
    operator      = { enabled = false }
    backup_plugin = { enabled = false }
    cert_manager  = { enabled = false }
  }

  assert {
    condition     = length(helm_release.operator) + length(helm_release.backup_plugin) + length(helm_release.cert_manager) + length(helm_release.monitoring) + length(helm_release.storage) == 0
    error_message = "something is installed all the same"
  }

  assert {
    condition     = output.storage_class == ""
    error_message = "a StorageClass is named that nobody made"
  }
}

run "gp3_volumes_are_encrypted_with_the_named_key" {
  command = plan

  variables {
    storage = { type = "gp3", kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/volumes" }
  }

  assert {
    condition     = yamldecode(helm_release.storage[0].values[0]).parameters == { type = "gp3", encrypted = "true", kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/volumes", iops = "3000", throughput = "125" }
    error_message = "volumes are not encrypted with the named key"
  }

  assert {
    condition     = yamldecode(helm_release.storage[0].values[0]).provisioner == "ebs.csi.aws.com" && output.storage_class == "postgresql"
    error_message = "the StorageClass is not EBS's, or not told"
  }
}

run "gp3_volumes_are_encrypted_without_a_key_of_ones_own_too" {
  command = plan

  variables {
    storage = { type = "gp3" }
  }

  assert {
    condition     = yamldecode(helm_release.storage[0].values[0]).parameters.encrypted == "true"
    error_message = "volumes are not encrypted"
  }
}

run "a_volume_outlives_its_claim" {
  command = plan

  variables {
    storage = { type = "gp3" }
  }

  assert {
    condition     = yamldecode(helm_release.storage[0].values[0]).reclaimPolicy == "Retain"
    error_message = "a deleted claim takes its data along"
  }
}

run "local_disks_are_found_on_the_tainted_nodes" {
  command = plan

  variables {
    storage              = { type = "local", name = "nvme" }
    database_tolerations = [{ key = "user-service/pool", value = "database" }]
  }

  assert {
    condition     = yamldecode(helm_release.local_disks[0].values[0]).classes[0].name == "nvme" && yamldecode(helm_release.local_disks[0].values[0]).tolerations[0].key == "user-service/pool"
    error_message = "the provisioner looks for another class, or cannot run on PostgreSQL's nodes"
  }

  assert {
    condition     = yamldecode(helm_release.storage[0].values[0]).provisioner == "kubernetes.io/no-provisioner" && length(yamldecode(helm_release.storage[0].values[0]).parameters) == 0
    error_message = "the StorageClass is not one of local disks"
  }
}

run "operators_run_on_the_named_nodes" {
  command = plan

  variables {
    node_selector = { "user-service/pool" = "service" }
  }

  assert {
    condition     = yamldecode(helm_release.operator[0].values[0]) == { replicaCount = 2, nodeSelector = { "user-service/pool" = "service" } }
    error_message = "the operator runs elsewhere"
  }
}

run "prometheus_heeds_every_namespace" {
  command = plan

  variables {
    monitoring = { enabled = true, storage_class = "gp3" }
  }

  assert {
    condition     = alltrue([for key in ["serviceMonitorSelectorNilUsesHelmValues", "podMonitorSelectorNilUsesHelmValues", "ruleSelectorNilUsesHelmValues"] : yamldecode(helm_release.monitoring[0].values[0]).prometheus.prometheusSpec[key] == false])
    error_message = "Prometheus heeds only its own release"
  }
}

run "a_range_of_operators_is_refused" {
  command = plan
  variables {
    operator = { version = ">= 0.27" }
  }
  expect_failures = [var.operator]
}

run "no_operator_at_all_by_zero_replicas_is_refused" {
  command = plan
  variables {
    operator = { replicas = 0 }
  }
  expect_failures = [var.operator]
}

run "a_range_of_plug_ins_is_refused" {
  command = plan
  variables {
    backup_plugin = { version = "*" }
  }
  expect_failures = [var.backup_plugin]
}

run "a_version_of_cert_manager_without_its_v_is_refused" {
  command = plan
  variables {
    cert_manager = { version = "1.19.2" }
  }
  expect_failures = [var.cert_manager]
}

run "a_range_of_monitoring_is_refused" {
  command = plan
  variables {
    monitoring = { version = "79.x" }
  }
  expect_failures = [var.monitoring]
}

run "a_size_without_a_unit_is_refused" {
  command = plan
  variables {
    monitoring = { storage_size = "50" }
  }
  expect_failures = [var.monitoring]
}

run "metrics_kept_for_no_time_are_refused" {
  command = plan
  variables {
    monitoring = { retention_days = 0 }
  }
  expect_failures = [var.monitoring]
}

run "an_unknown_storage_is_refused" {
  command = plan
  variables {
    storage = { type = "nfs" }
  }
  expect_failures = [var.storage]
}

run "a_class_in_capitals_is_refused" {
  command = plan
  variables {
    storage = { name = "PostgreSQL" }
  }
  expect_failures = [var.storage]
}

run "a_key_that_is_no_arn_is_refused" {
  command = plan
  variables {
    storage = { type = "gp3", kms_key_arn = "alias/volumes" }
  }
  expect_failures = [var.storage]
}

run "more_operations_than_gp3_has_are_refused" {
  command = plan
  variables {
    storage = { type = "gp3", iops = 64000 }
  }
  expect_failures = [var.storage]
}

run "less_throughput_than_gp3_has_is_refused" {
  command = plan
  variables {
    storage = { type = "gp3", throughput_mib = 10 }
  }
  expect_failures = [var.storage]
}

run "a_release_without_time_is_refused" {
  command = plan
  variables {
    timeout_seconds = 5
  }
  expect_failures = [var.timeout_seconds]
}

run "metrics_on_the_local_disks_of_postgresql_are_refused" {
  command = plan
  variables {
    monitoring = { enabled = true, storage_class = "postgresql" }
    storage    = { type = "local" }
  }
  expect_failures = [helm_release.monitoring]
}

run "metrics_without_a_class_beside_local_disks_are_refused" {
  command = plan
  variables {
    monitoring = { enabled = true }
    storage    = { type = "local" }
  }
  expect_failures = [helm_release.monitoring]
}

mock_provider "helm" {
  override_during = plan
  mock_resource "helm_release" {
    defaults = { status = "deployed" }
  }
}

mock_provider "http" {}

run "a_cluster_with_an_operator_gets_the_service_alone" {
  command = plan

  assert {
    condition     = length(module.platform.storage_class) == 0 && output.shards == ["users-shard-0", "users-shard-1"]
    error_message = "more than the service is installed"
  }

  assert {
    condition     = output.test_command == "helm --namespace users test users" && output.restore_command == null
    error_message = "other commands"
  }
}

run "a_bare_cluster_gets_the_operators_too" {
  command = plan

  variables {
    install = { operator = true, backup_plugin = true, cert_manager = true, monitoring = true }
    backup  = { destination = "s3://users-backups/", endpoint_url = "https://s3.example.org", secret = { name = "store" } }
  }

  assert {
    condition     = startswith(output.restore_command, "helm --namespace users get values users")
    error_message = "no way back from the backups"
  }
}

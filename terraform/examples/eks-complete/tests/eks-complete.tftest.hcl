# The whole of it, planned by the real AWS provider without credentials and without values that only an apply knows:
# a plan from an empty account goes through.
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

mock_provider "helm" {
  override_during = plan
  mock_resource "helm_release" {
    defaults = { status = "deployed" }
  }
}

mock_provider "http" {}

override_data {
  target = module.network.data.aws_availability_zones.available
  values = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
}

override_data {
  target = module.network.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = module.cluster.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = module.backup_store.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

variables {
  # What is known only after an apply would end these plans.
  backup_warning_hours = null

  image = { repository = "registry.example.org/user-service", tag = "0.1.0" }
}

run "an_empty_account_gets_everything_in_one_apply" {
  command = plan

  assert {
    condition     = keys(module.network.private_subnets) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    error_message = "not three zones"
  }

  assert {
    condition     = module.platform.storage_class == "postgresql" && output.backups != null
    error_message = "no encrypted StorageClass of its own"
  }

  assert {
    condition     = local.restored[0] == { namespace = "users", service_account = "users-restored-shard-0" }
    error_message = "a restored release could not read the backups"
  }
}

run "a_small_one_has_one_nat_gateway_and_local_disks" {
  command = plan

  variables {
    nat            = "one"
    shards         = [{}]
    database_nodes = { storage = "local", instance_types = ["r7gd.large"] }
  }

  assert {
    condition     = module.cluster.database_storage == "local" && module.users.shards == ["users-shard-0"]
    error_message = "not as small as asked for"
  }
}

run "a_zone_instead_of_a_region_is_refused" {
  command = plan
  variables {
    region = "eu-west-1a"
  }
  expect_failures = [var.region]
}

mock_provider "helm" {
  override_during = plan
  mock_resource "helm_release" {
    defaults = { status = "deployed" }
  }
}

mock_provider "http" {}

run "shards_are_rendered_exactly" {
  command = plan

  variables {
    shards = [
      {},
      { weights = { "1" = 1, "2" = 2, "3" = 0.5 } },
      { instances = 5, zones = ["a", "b", "c"], storage_size = "100Gi", storage_class = "fast", wal_size = "20Gi", cpu = "4", memory = "16Gi" },
    ]
  }

  assert {
    condition = jsonencode(yamldecode(helm_release.this.values[0]).shards) == jsonencode([
      {},
      { weights = { "1" = 1, "2" = 2, "3" = 0.5 } },
      {
        instances  = 5
        zones      = ["a", "b", "c"]
        storage    = { size = "100Gi", storageClass = "fast" }
        walStorage = { size = "20Gi" }
        resources  = { requests = { cpu = "4", memory = "16Gi" }, limits = { memory = "16Gi" } }
      },
    ])
    error_message = "other shards than asked for: ${jsonencode(yamldecode(helm_release.this.values[0]).shards)}"
  }

  assert {
    condition     = output.shards == ["users-shard-0", "users-shard-1", "users-shard-2"]
    error_message = "the shards' names are not the chart's"
  }
}

run "a_shard_more_changes_only_the_list" {
  command = plan

  variables {
    shards = [{}, {}, {}]
  }

  assert {
    condition     = jsonencode(yamldecode(helm_release.this.values[0]).shards) == "[{},{},{}]" && yamldecode(helm_release.this.values[0]).allowShardRemoval == false
    error_message = "not three plain shards"
  }
}

run "shards_are_spread_and_kept" {
  command = plan

  assert {
    condition     = jsonencode(yamldecode(helm_release.this.values[0]).postgresql.cluster.spread) == "{\"nodes\":\"required\",\"zones\":\"required\"}" && yamldecode(helm_release.this.values[0]).postgresql.cluster.keep
    error_message = "servers of a shard may share a zone or a node, or data goes with the release"
  }
}

run "external_servers_are_rendered_exactly" {
  command = plan

  variables {
    postgresql = { mode = "external", runtime_secret = "database-user" }
    shards     = [{ endpoints = ["db-0:5432", "db-1:5432"], weights = { "db-0:5432" = 2 } }]
  }

  assert {
    condition     = jsonencode(yamldecode(helm_release.this.values[0]).shards) == "[{\"endpoints\":[\"db-0:5432\",\"db-1:5432\"],\"weights\":{\"db-0:5432\":2}}]"
    error_message = "other endpoints: ${jsonencode(yamldecode(helm_release.this.values[0]).shards)}"
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).postgresql == { mode = "external", runtimeRole = { existingSecret = "database-user" } }
    error_message = "something of the operator's is left"
  }
}

run "consistency_and_routing_reach_the_settings" {
  command = plan

  variables {
    consistency      = "bounded=500"
    routing_strategy = "least-response-time"
    settings         = { "users.routing.slow-start" = "20s" }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).settings == { "users.consistency.default-level" = "bounded=500", "users.routing.strategy" = "least-response-time", "users.routing.slow-start" = "20s" }
    error_message = "other settings"
  }
}

run "nothing_is_exposed_unless_asked" {
  command = plan

  assert {
    condition     = length(setintersection(keys(yamldecode(helm_release.this.values[0])), ["ingress", "httpRoute", "service"])) == 0 && length(yamldecode(helm_release.this.values[0]).networkPolicy.clients) == 0
    error_message = "the API is reached from outside"
  }

  assert {
    condition     = output.url == "http://users-user-service.users.svc" && length(module.answers) == 0
    error_message = "the URL is not that of the Service, or it is asked from outside"
  }
}

run "an_ingress_serves_its_host_to_its_controller_only" {
  command = plan

  variables {
    exposure = { kind = "ingress", host = "users.example.org", class = "public", tls_secret = "certificate", from_namespaces = ["ingress-nginx"], check = false }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).ingress == { enabled = true, className = "public", annotations = {}, hosts = ["users.example.org"], tls = [{ secretName = "certificate", hosts = ["users.example.org"] }] }
    error_message = "another Ingress"
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).networkPolicy.clients == [{ namespaceSelector = { matchLabels = { "kubernetes.io/metadata.name" = "ingress-nginx" } } }]
    error_message = "others than the controller get through"
  }

  assert {
    condition     = output.url == "https://users.example.org"
    error_message = "another URL"
  }
}

run "a_gateway_serves_its_host" {
  command = plan

  variables {
    exposure = { kind = "gateway", host = "users.example.org", gateway = { name = "public", namespace = "gateways" }, from_cidrs = ["10.20.0.0/16"], check = false }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).httpRoute == { enabled = true, annotations = {}, hostnames = ["users.example.org"], parentRefs = [{ name = "public", namespace = "gateways" }] }
    error_message = "another route"
  }

  assert {
    condition     = length(module.answers) == 0
    error_message = "the service is asked although it should not be"
  }
}

run "a_load_balancer_is_the_services_own" {
  command = plan

  variables {
    exposure = { kind = "load-balancer", host = "users.example.org", https = false, from_cidrs = ["203.0.113.0/24"], annotations = { "example.org/scheme" = "internal" }, check = false }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).service == { type = "LoadBalancer", annotations = { "example.org/scheme" = "internal" } } && output.url == "http://users.example.org"
    error_message = "another Service, or another URL"
  }
}

run "backups_go_where_the_pods_role_lets_them" {
  command = plan

  variables {
    backup = { destination = "s3://users-backups/" }
  }

  assert {
    condition = yamldecode(helm_release.this.values[0]).postgresql.backup == {
      enabled          = true
      schedule         = "0 0 2 * * *"
      retentionPolicy  = "30d"
      serverNameSuffix = ""
      objectStore = {
        destinationPath = "s3://users-backups/"
        s3Credentials   = { inheritFromIAMRole = true }
        wal             = { compression = "gzip" }
        data            = { compression = "gzip" }
      }
    }
    error_message = "other backups: ${jsonencode(yamldecode(helm_release.this.values[0]).postgresql.backup)}"
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).networkPolicy.objectStore.ports == [443, 80]
    error_message = "the pods do not reach the agent that gives them their role"
  }

  assert {
    condition     = output.service_accounts == [{ namespace = "users", service_account = "users-shard-0" }, { namespace = "users", service_account = "users-shard-1" }]
    error_message = "the role would be given to others than the shards"
  }
}

run "credentials_of_a_store_are_named_and_never_told" {
  command = plan

  variables {
    backup = { destination = "s3://users-backups/", endpoint_url = "https://s3.example.org", credentials = "secret", secret = { name = "store" } }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).postgresql.backup.objectStore.s3Credentials == { accessKeyId = { name = "store", key = "ACCESS_KEY_ID" }, secretAccessKey = { name = "store", key = "ACCESS_SECRET_KEY" } }
    error_message = "the Secret is not named"
  }

  assert {
    condition     = !can(yamldecode(helm_release.this.values[0]).networkPolicy.objectStore)
    error_message = "a port is open that nobody needs"
  }
}

run "the_restore_command_names_release_chart_and_folder" {
  command = plan

  variables {
    chart  = { source = "oci://registry.example.org/user-service", version = "0.1.0" }
    backup = { destination = "s3://users-backups/", server_name_suffix = "-2" }
  }

  assert {
    condition     = output.restore_command == "helm --namespace users get values users --output yaml | helm --namespace users install users-restored oci://registry.example.org/user-service --version 0.1.0 --values - --set postgresql.recovery.enabled=true,postgresql.recovery.release=users --set-string postgresql.recovery.serverNameSuffix=-2 --set-string postgresql.recovery.target.targetTime=TIME --set ingress.enabled=false,httpRoute.enabled=false,service.type=ClusterIP"
    error_message = "another command: ${output.restore_command}"
  }
}

run "a_restore_makes_shards_out_of_backups" {
  command = plan

  variables {
    name    = "users-restored"
    backup  = { destination = "s3://users-backups/" }
    restore = { release = "users", target_time = "2026-11-01T12:00:00Z" }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).postgresql.recovery == { enabled = true, release = "users", serverNameSuffix = "", target = { targetTime = "2026-11-01T12:00:00Z" } }
    error_message = "another recovery"
  }
}

run "monitoring_is_off_unless_asked_and_alerts_need_runbooks" {
  command = plan

  variables {
    monitoring = { enabled = true, labels = { release = "prometheus" } }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).serviceMonitor.enabled && yamldecode(helm_release.this.values[0]).postgresql.podMonitor.enabled && !can(yamldecode(helm_release.this.values[0]).prometheusRule)
    error_message = "no monitors, or alerts without runbooks"
  }
}

run "further_values_go_before_the_inputs" {
  command = plan

  variables {
    values = [yamlencode({ priorityClassName = "high" })]
  }

  assert {
    condition     = length(helm_release.this.values) == 2 && yamldecode(helm_release.this.values[1]).priorityClassName == "high"
    error_message = "the further values are lost"
  }
}

run "an_edited_chart_in_a_folder_is_noticed" {
  command = plan

  assert {
    condition     = can(regex("^[0-9a-f]{64}$", yamldecode(helm_release.this.values[0]).annotations["user-service/chart"]))
    error_message = "an edit of the chart would plan no changes"
  }

  assert {
    condition     = helm_release.this.wait && helm_release.this.timeout == 900
    error_message = "an apply does not wait for the service"
  }
}

run "no_secret_is_among_the_values" {
  command = plan

  variables {
    backup     = { destination = "s3://users-backups/", credentials = "secret", secret = { name = "store" } }
    postgresql = { runtime_secret = "runtime", migrator_secret = "migrator" }
  }

  assert {
    condition     = !can(regex("(?i)password", helm_release.this.values[0])) && yamldecode(helm_release.this.values[0]).postgresql.migratorRole == { existingSecret = "migrator" }
    error_message = "a password is among the values"
  }
}

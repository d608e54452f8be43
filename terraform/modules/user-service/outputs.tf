output "url" {
  description = "Where the API answers: from outside if it is exposed under a name, else within the cluster."
  value       = coalesce(local.outside, "http://${local.fullname}.${var.namespace}.svc")

  depends_on = [helm_release.this]
}

output "namespace" {
  description = "Namespace of the service and of its PostgreSQL."
  value       = helm_release.this.namespace
}

output "name" {
  description = "Name of the release."
  value       = helm_release.this.name
}

output "shards" {
  description = "The shards by name, in their order; each is a Cluster, and a folder in the backups' store with `backup.server_name_suffix` at its end."
  value       = local.shard_names
}

output "service_accounts" {
  description = "Accounts of the shards' pods, which back up. A command of `restore_command` makes shards whose accounts begin with `<name>-restored`."
  value       = [for name in local.shard_names : { namespace = var.namespace, service_account = name }]
}

output "test_command" {
  description = "Tries the running service as a client does."
  value       = "helm --namespace ${var.namespace} test ${var.name}"
}

output "restore_command" {
  description = "Makes a second release beside this one, `<name>-restored`, out of its backups. Put a time for `TIME`, or leave that option out. Null without backups."
  value = var.backup == null ? null : join(" ", concat([
    "helm --namespace ${var.namespace} get values ${var.name} --output yaml |",
    "helm --namespace ${var.namespace} install ${var.name}-restored ${local.chart}",
    ], var.chart.version == null ? [] : ["--version ${var.chart.version}"], [
    "--values -",
    "--set postgresql.recovery.enabled=true,postgresql.recovery.release=${var.name}",
    "--set-string postgresql.recovery.serverNameSuffix=${var.backup.server_name_suffix}",
    "--set-string postgresql.recovery.target.targetTime=TIME",
    "--set ingress.enabled=false,httpRoute.enabled=false,service.type=ClusterIP",
  ]))
}

output "values" {
  description = "What the chart is given, before `values`. Holds no secret."
  value       = local.values
}

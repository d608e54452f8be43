output "storage_class" {
  description = "StorageClass of PostgreSQL's volumes. Empty: the cluster's default."
  value       = var.storage.type == "none" ? "" : var.storage.name

  depends_on = [helm_release.storage, helm_release.local_disks]
}

output "operator_namespace" {
  description = "Where the operator runs, for the service's NetworkPolicies. Known once the operator and its plug-in are ready."
  value       = var.operator.namespace

  depends_on = [helm_release.operator, helm_release.backup_plugin]
}

output "monitoring_enabled" {
  description = "Whether this made the Prometheus operator, whose definitions the service's monitors and alerts need."
  value       = var.monitoring.enabled

  depends_on = [helm_release.monitoring]
}

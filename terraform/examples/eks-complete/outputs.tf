output "url" {
  description = "Where the API answers."
  value       = module.users.url
}

output "namespace" {
  description = "Namespace of the service and of its PostgreSQL."
  value       = module.users.namespace
}

output "kubeconfig_command" {
  description = "Writes an entry for the cluster into your kubeconfig, which the next two need."
  value       = module.cluster.kubeconfig_command
}

output "test_command" {
  description = "Tries the running service as a client does."
  value       = module.users.test_command
}

output "restore_command" {
  description = "Makes a second release out of the backups of this one."
  value       = module.users.restore_command
}

output "backups" {
  description = "Where the backups are."
  value       = module.backup_store.destination
}

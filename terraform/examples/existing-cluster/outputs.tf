output "url" {
  description = "Where the API answers."
  value       = module.users.url
}

output "namespace" {
  description = "Namespace of the service and of its PostgreSQL."
  value       = module.users.namespace
}

output "shards" {
  description = "The shards' Clusters."
  value       = module.users.shards
}

output "test_command" {
  description = "Tries the running service as a client does."
  value       = module.users.test_command
}

output "restore_command" {
  description = "Makes a second release out of the backups of this one."
  value       = module.users.restore_command
}

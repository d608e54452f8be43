output "server" {
  description = "The shard's folder that is looked into."
  value       = var.server
}

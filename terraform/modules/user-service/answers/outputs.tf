output "url" {
  description = "Where the service is asked."
  value       = var.url
}

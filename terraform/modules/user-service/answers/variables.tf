variable "url" {
  description = "Where the service answers."
  type        = string

  validation {
    condition     = can(regex("^https?://[^/]+$", var.url))
    error_message = "url: write scheme and host, for example https://users.example.org, without a slash at the end."
  }
}

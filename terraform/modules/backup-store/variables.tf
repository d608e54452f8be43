variable "bucket" {
  description = "Name of the bucket, which is unique in all of AWS."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket: write 3 to 63 lower-case letters, digits and hyphens, for example example-org-users-backups; dots break TLS."
  }
}

variable "cluster_name" {
  description = "EKS cluster whose pods back up."
  type        = string
}

variable "service_accounts" {
  description = "Who backs up: the account of each shard, which is called like its Cluster. `user-service` gives them under the same name."
  type = list(object({
    namespace       = string
    service_account = string
  }))

  validation {
    condition     = length(var.service_accounts) > 0
    error_message = "service_accounts: write at least one, as [{ namespace = \"users\", service_account = \"users-shard-0\" }]."
  }

  validation {
    condition     = alltrue([for account in var.service_accounts : can(regex("^[a-z0-9][a-z0-9-]*$", account.namespace)) && can(regex("^[a-z0-9][a-z0-9-]*$", account.service_account))])
    error_message = "service_accounts: write names as they are in Kubernetes; a * would let every pod read all backups."
  }
}

variable "noncurrent_days" {
  description = "How long what was deleted or overwritten in the bucket can still be fetched back."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_days >= 1
    error_message = "noncurrent_days: write 1 or more; the expiry of backups themselves is the service's backup.retention."
  }
}

variable "force_destroy" {
  description = "Let `terraform destroy` delete the bucket with the backups in it."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags for everything."
  type        = map(string)
  default     = {}
  nullable    = false
}

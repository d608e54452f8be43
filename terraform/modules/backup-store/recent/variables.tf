variable "bucket" {
  description = "Bucket with the backups."
  type        = string
}

variable "server" {
  description = "Folder of a shard in the bucket: the name of its Cluster, and `backup.server_name_suffix` if there is one."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]*$", var.server))
    error_message = "server: write the name of one shard's folder, for example users-shard-0, without slashes."
  }
}

variable "hours" {
  description = "How old the last base backup may be."
  type        = number
  default     = 48

  validation {
    condition     = var.hours >= 1
    error_message = "hours: write 1 or more, and more than the time between two backups."
  }
}

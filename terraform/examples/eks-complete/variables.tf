variable "region" {
  description = "AWS region with at least three zones."
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: write a region, for example eu-west-1, and not a zone."
  }
}

variable "name" {
  description = "Name of the VPC and of the cluster, and the beginning of all names in AWS."
  type        = string
  default     = "users"
}

variable "cidr" {
  description = "Addresses of the VPC, /16 to /20."
  type        = string
  default     = "10.20.0.0/16"
}

variable "nat" {
  description = "`per-zone`, or `one` to save money."
  type        = string
  default     = "per-zone"
}

variable "endpoint_public_access_cidrs" {
  description = "From where the API server is reached besides the VPC. Terraform itself must reach it: write your own address, or run inside the VPC."
  type        = list(string)
  default     = []
}

variable "access" {
  description = "Who else may use the cluster, as in `modules/cluster`."
  type = map(object({
    principal_arn = string
    policy        = optional(string, "view")
  }))
  default = {}
}

variable "architecture" {
  description = "Of all nodes: `arm64`, or `amd64`. The image must be built for it."
  type        = string
  default     = "arm64"
}

variable "service_nodes" {
  description = "Nodes of the service and of the operators."
  type = object({
    instance_types = optional(list(string), ["m7g.large"])
    min            = optional(number, 3)
    max            = optional(number, 6)
  })
  default = {}
}

variable "database_nodes" {
  description = "Nodes of PostgreSQL: `per_zone` in each of three zones, with `gp3` or `local` storage."
  type = object({
    instance_types = optional(list(string), ["r7g.large"])
    per_zone       = optional(number, 1)
    storage        = optional(string, "gp3")
  })
  default = {}
}

variable "image" {
  description = "The service's image, as in `modules/user-service`: a repository that the nodes can pull from."
  type = object({
    repository = string
    tag        = optional(string)
    digest     = optional(string)
  })
}

variable "shards" {
  description = "One entry per shard, as in `modules/user-service`. New shards go last."
  type = list(object({
    instances    = optional(number)
    weights      = optional(map(number))
    storage_size = optional(string)
    cpu          = optional(string)
    memory       = optional(string)
  }))
  default = [{}, {}]
}

variable "storage_size" {
  description = "Volume of each server of a shard."
  type        = string
  default     = "50Gi"
}

variable "consistency" {
  description = "What a read promises whose request does not say."
  type        = string
  default     = "session"
}

variable "exposure" {
  description = "How the API is reached from outside the cluster, as in `modules/user-service`."
  type = object({
    kind            = optional(string, "none")
    host            = optional(string)
    https           = optional(bool, true)
    class           = optional(string, "")
    tls_secret      = optional(string)
    annotations     = optional(map(string), {})
    from_namespaces = optional(list(string), [])
    from_cidrs      = optional(list(string), [])
    check           = optional(bool, true)
  })
  default = {}
}

variable "backup_bucket" {
  description = "Name of the bucket of the backups. Null: `<name>-backups-<account>`."
  type        = string
  default     = null
}

variable "backup_warning_hours" {
  description = "Plans and applies warn of a shard whose last base backup is older. Null: they do not look."
  type        = number
  default     = 48
}

variable "monitoring" {
  description = "Install Prometheus, Alertmanager and Grafana, and make monitors and dashboards. `runbook_url` adds the alerts. `storage_class` is only needed beside local disks."
  type = object({
    enabled       = optional(bool, false)
    runbook_url   = optional(string)
    storage_class = optional(string)
  })
  default = {}
}

variable "tags" {
  description = "Tags for everything in AWS."
  type        = map(string)
  default     = {}
}

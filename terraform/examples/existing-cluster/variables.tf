variable "name" {
  description = "Name of the release."
  type        = string
  default     = "users"
}

variable "namespace" {
  description = "Namespace of the service and of its PostgreSQL."
  type        = string
  default     = "users"
}

variable "image" {
  description = "The service's image, as in `modules/user-service`."
  type = object({
    repository   = optional(string, "user-service")
    tag          = optional(string)
    digest       = optional(string)
    pull_secrets = optional(list(string), [])
  })
  default = {}
}

variable "shards" {
  description = "One entry per shard, as in `modules/user-service`. New shards go last."
  type = list(object({
    instances    = optional(number)
    zones        = optional(list(string))
    weights      = optional(map(number))
    storage_size = optional(string)
    cpu          = optional(string)
    memory       = optional(string)
  }))
  default = [{}, {}]
}

variable "spread_zones" {
  description = "`required` where nodes have the label topology.kubernetes.io/zone, else `preferred`."
  type        = string
  default     = "required"
}

variable "spread_nodes" {
  description = "`required` keeps a shard's servers on nodes of their own; `preferred` where there are fewer nodes than servers."
  type        = string
  default     = "required"
}

variable "storage" {
  description = "`class`: the StorageClass of PostgreSQL's volumes; empty is the cluster's default. `size`: of each server's volume."
  type = object({
    class = optional(string, "")
    size  = optional(string, "10Gi")
  })
  default = {}
}

variable "install" {
  description = "What the cluster lacks: CloudNativePG (1.28 or later), its backup plug-in with cert-manager, Prometheus and Grafana."
  type = object({
    operator      = optional(bool, false)
    backup_plugin = optional(bool, false)
    cert_manager  = optional(bool, false)
    monitoring    = optional(bool, false)
  })
  default = {}
}

variable "consistency" {
  description = "What a read promises whose request does not say."
  type        = string
  default     = "session"
}

variable "exposure" {
  description = "How the API is reached from outside the namespace, as in `modules/user-service`."
  type = object({
    kind            = optional(string, "none")
    host            = optional(string)
    https           = optional(bool, true)
    class           = optional(string, "")
    tls_secret      = optional(string)
    from_namespaces = optional(list(string), [])
    from_cidrs      = optional(list(string), [])
    check           = optional(bool, true)
  })
  default = {}
}

variable "backup" {
  description = "Where backups go, as in `modules/user-service`; on a cluster of one's own usually with `credentials = \"secret\"`. Null: no backups."
  type = object({
    destination  = string
    endpoint_url = optional(string)
    credentials  = optional(string, "secret")
    secret       = optional(object({ name = string }))
  })
  default = null
}

variable "name" {
  description = "Name of the release. Shards are called `<name>-shard-<n>`, and stay when it changes."
  type        = string
  default     = "users"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "name: write 1 to 40 lower-case letters, digits and hyphens, for example users."
  }
}

variable "namespace" {
  description = "Namespace of the service and of its PostgreSQL."
  type        = string
  default     = "users"

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "namespace: write a name of Kubernetes: lower-case letters, digits, hyphens."
  }
}

variable "create_namespace" {
  description = "Make the namespace if it is missing. It stays after a destroy, since the data does."
  type        = bool
  default     = true
}

variable "chart" {
  description = "Which chart is installed: `source` is an `oci://` address with a `version`, or a path. Null: the one in this repository, beside the modules."
  type        = object({ source = optional(string), version = optional(string) })
  default     = {}
  nullable    = false

  validation {
    condition     = !startswith(coalesce(var.chart.source, "path"), "oci://") || var.chart.version != null
    error_message = "chart.version: write the version to install from the registry, for example 0.1.0, or every apply may install another."
  }
}

variable "image" {
  description = "The service's image. `tag` null: the chart's own version. `digest` goes before it. `pull_secrets` are names of Secrets in the namespace."
  type = object({
    repository   = optional(string, "user-service")
    tag          = optional(string)
    digest       = optional(string)
    pull_secrets = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.image.digest == null || can(regex("^sha256:[0-9a-f]{64}$", var.image.digest))
    error_message = "image.digest: write sha256: and 64 hexadecimal digits, as the registry tells it."
  }

  validation {
    condition     = !can(regex(":[^/]+$|@", var.image.repository))
    error_message = "image.repository: write the name without a tag, and the tag into image.tag."
  }
}

variable "pods" {
  description = "The service's own pods."
  type = object({
    replicas      = optional(number, 3)
    cpu           = optional(string, "250m")
    memory        = optional(string, "320Mi")
    node_selector = optional(map(string), {})
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.pods.replicas >= 2
    error_message = "pods.replicas: write 2 or more, so that one serves while a node is drained."
  }

  validation {
    condition     = can(regex("^[0-9]+m?$", var.pods.cpu)) && can(regex("^[0-9]+(Mi|Gi)$", var.pods.memory))
    error_message = "pods: write cpu as 250m or 2, and memory as 512Mi or 1Gi."
  }
}

variable "shards" {
  description = "One entry per shard, in an order that never changes; new shards go last. What an entry leaves out is as in `postgresql`. `weights`: server (`\"1\"`, `\"2\"`, … by instance, or an endpoint) → share of the reads. `endpoints`: servers of `postgresql.mode = \"external\"`."
  type = list(object({
    instances     = optional(number)
    zones         = optional(list(string))
    weights       = optional(map(number))
    storage_size  = optional(string)
    storage_class = optional(string)
    wal_size      = optional(string)
    cpu           = optional(string)
    memory        = optional(string)
    endpoints     = optional(list(string))
  }))
  default  = [{}, {}]
  nullable = false

  validation {
    condition     = length(var.shards) >= 1 && length(var.shards) <= 256
    error_message = "shards: write 1 to 256 entries; [{}, {}] are two shards with the settings of postgresql."
  }

  validation {
    condition     = alltrue([for shard in var.shards : coalesce(shard.instances, 3) >= 1 && coalesce(shard.instances, 3) <= 9])
    error_message = "shards: write instances as 1 to 9; 3 lose no write with a server."
  }

  validation {
    condition     = alltrue(flatten([for shard in var.shards : [for weight in values(coalesce(shard.weights, {})) : weight >= 0.01 && weight <= 100]]))
    error_message = "shards: write weights from 0.01 to 100, for example { \"1\" = 1, \"2\" = 2 }."
  }

  validation {
    condition     = alltrue(flatten([for shard in var.shards : [for endpoint in coalesce(shard.endpoints, []) : can(regex("^[^:/ ]+:[0-9]+$", endpoint))]]))
    error_message = "shards: write endpoints as host:port, for example db-0.example.org:5432."
  }

  validation {
    condition     = length(distinct(flatten([for shard in var.shards : coalesce(shard.endpoints, [])]))) == length(flatten([for shard in var.shards : coalesce(shard.endpoints, [])]))
    error_message = "shards: write each endpoint once; a server belongs to one shard."
  }

  validation {
    condition     = alltrue(flatten([for shard in var.shards : [for size in [shard.storage_size, shard.wal_size] : size == null || can(regex("^[0-9]+(Mi|Gi|Ti)$", size))]]))
    error_message = "shards: write storage_size and wal_size with a unit, for example 100Gi."
  }

  validation {
    condition     = alltrue([for shard in var.shards : (shard.cpu == null) == (shard.memory == null)])
    error_message = "shards: write cpu and memory together, or neither of them."
  }
}

variable "allow_shard_removal" {
  description = "Let `shards` become shorter. Only once the last ones hold no slots; their Clusters stay."
  type        = bool
  default     = false
}

variable "postgresql" {
  description = "What all shards have in common. `mode`: `cloudnative-pg` (the operator makes them), or `external` (they are there; `runtime_secret` names the Secret to sign in with). `spread_zones`, `spread_nodes`: `required`, `preferred` or `off`."
  type = object({
    mode            = optional(string, "cloudnative-pg")
    instances       = optional(number, 3)
    storage_size    = optional(string, "10Gi")
    storage_class   = optional(string, "")
    wal_size        = optional(string)
    cpu             = optional(string, "500m")
    memory          = optional(string, "1Gi")
    parameters      = optional(map(string), {})
    spread_zones    = optional(string, "required")
    spread_nodes    = optional(string, "required")
    node_selector   = optional(map(string), {})
    keep            = optional(bool, true)
    runtime_secret  = optional(string)
    migrator_secret = optional(string)
    tolerations = optional(list(object({
      key      = string
      operator = optional(string, "Equal")
      value    = optional(string)
      effect   = optional(string, "NoSchedule")
    })), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["cloudnative-pg", "external"], var.postgresql.mode)
    error_message = "postgresql.mode: write cloudnative-pg, or external."
  }

  validation {
    condition     = var.postgresql.instances >= 2 && var.postgresql.instances <= 9
    error_message = "postgresql.instances: write 2 to 9; a commit waits for a second server, and 3 can lose one."
  }

  validation {
    condition     = can(regex("^[0-9]+(Mi|Gi|Ti)$", var.postgresql.storage_size)) && can(regex("^[0-9]+(Mi|Gi|Ti)$", coalesce(var.postgresql.wal_size, "1Gi")))
    error_message = "postgresql: write storage_size and wal_size with a unit, for example 100Gi."
  }

  validation {
    condition     = can(regex("^[0-9]+m?$", var.postgresql.cpu)) && can(regex("^[0-9]+(Mi|Gi)$", var.postgresql.memory))
    error_message = "postgresql: write cpu as 500m or 4, and memory as 1Gi."
  }

  validation {
    condition     = length(setsubtract([var.postgresql.spread_zones, var.postgresql.spread_nodes], ["required", "preferred", "off"])) == 0
    error_message = "postgresql.spread_zones, spread_nodes: write required, preferred (nodes without a zone, a laptop), or off."
  }

  validation {
    condition     = var.postgresql.mode != "external" || var.postgresql.runtime_secret != null
    error_message = "postgresql.runtime_secret: write the name of the Secret with username and password, which external servers need."
  }
}

variable "consistency" {
  description = "What a read promises whose request does not say: `strong`, `session`, `bounded=<ms>` or `eventual`."
  type        = string
  default     = "session"

  validation {
    condition     = can(regex("^(strong|session|eventual|bounded=[0-9]+)$", var.consistency)) && try(tonumber(trimprefix(var.consistency, "bounded=")) <= 3600000, true)
    error_message = "consistency: write strong, session, eventual, or bounded= and up to 3600000 milliseconds, for example bounded=500."
  }
}

variable "routing_strategy" {
  description = "Which replica answers a read: `weighted-least-latency`, `least-response-time`, `weighted`, `round-robin` or `random`."
  type        = string
  default     = "weighted-least-latency"

  validation {
    condition     = contains(["weighted-least-latency", "least-response-time", "weighted", "round-robin", "random"], var.routing_strategy)
    error_message = "routing_strategy: write weighted-least-latency, least-response-time, weighted, round-robin, or random."
  }
}

variable "settings" {
  description = "Further settings of the service by their names in docs/operations.md."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.settings) : can(regex("^(users|quarkus)\\.[a-z]", name))])
    error_message = "settings: write names as in docs/operations.md, for example \"users.routing.slow-start\" = \"20s\"."
  }

  validation {
    condition     = alltrue([for name in keys(var.settings) : !contains(["users.consistency.default-level", "users.routing.strategy"], name)])
    error_message = "settings: write users.consistency.default-level into consistency, and users.routing.strategy into routing_strategy."
  }

  validation {
    condition     = alltrue([for name in keys(var.settings) : !can(regex("password|secret", name))])
    error_message = "settings: write no secret here, for it would be in Terraform's state; put it into a Secret and name that in postgresql.runtime_secret."
  }
}

variable "exposure" {
  description = "How the API is reached from outside the namespace. `kind`: `none`, `ingress`, `gateway` (HTTPRoute) or `load-balancer`. `from_namespaces` and `from_cidrs` say who gets through the NetworkPolicy, for example the ingress controller's namespace. `check`: ask it after an apply, from where Terraform runs."
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
    gateway = optional(object({
      name      = string
      namespace = optional(string)
      section   = optional(string)
    }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["none", "ingress", "gateway", "load-balancer"], var.exposure.kind)
    error_message = "exposure.kind: write none, ingress, gateway, or load-balancer."
  }

  validation {
    condition     = !contains(["ingress", "gateway"], var.exposure.kind) || var.exposure.host != null
    error_message = "exposure.host: write the name under which clients call, for example users.example.org."
  }

  validation {
    condition     = var.exposure.host == null || can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.exposure.host))
    error_message = "exposure.host: write a host name alone, for example users.example.org, without scheme, port or path."
  }

  validation {
    condition     = var.exposure.kind != "gateway" || var.exposure.gateway != null
    error_message = "exposure.gateway: write which Gateway serves the route, for example { name = \"public\", namespace = \"gateways\" }."
  }

  validation {
    condition     = var.exposure.kind == "none" || length(var.exposure.from_namespaces) + length(var.exposure.from_cidrs) > 0
    error_message = "exposure.from_namespaces: write where requests come from, for example [\"ingress-nginx\"], or blocks into from_cidrs; the NetworkPolicy lets nobody through otherwise."
  }

  validation {
    condition     = alltrue([for cidr in var.exposure.from_cidrs : can(cidrhost(cidr, 0))])
    error_message = "exposure.from_cidrs: write blocks, for example [\"10.20.0.0/16\"]."
  }
}

variable "backup" {
  description = "Archive the log and take base backups. `destination`: `s3://bucket/path`. `credentials`: `pod-identity` (the shards' accounts have a role, see `service_accounts`), or `secret` with the Secret's name and keys; the values are never in Terraform. Null: no backups."
  type = object({
    destination        = string
    endpoint_url       = optional(string)
    schedule           = optional(string, "0 0 2 * * *")
    retention          = optional(string, "30d")
    credentials        = optional(string, "pod-identity")
    server_name_suffix = optional(string, "")
    secret = optional(object({
      name              = string
      access_key_id     = optional(string, "ACCESS_KEY_ID")
      secret_access_key = optional(string, "ACCESS_SECRET_KEY")
    }))
  })
  default = null

  validation {
    condition     = var.backup == null || can(regex("^s3://[a-z0-9]", var.backup.destination))
    error_message = "backup.destination: write s3:// and a bucket, for example s3://example-users-backups/."
  }

  validation {
    condition     = var.backup == null || can(regex("^(\\S+ ){5}\\S+$", var.backup.schedule))
    error_message = "backup.schedule: write six fields, seconds first: 0 0 2 * * * is two o'clock every night."
  }

  validation {
    condition     = var.backup == null || can(regex("^[1-9][0-9]*[dwm]$", var.backup.retention))
    error_message = "backup.retention: write a number and d, w or m, for example 30d."
  }

  validation {
    condition     = var.backup == null || try(contains(["pod-identity"], var.backup.credentials) || (var.backup.credentials == "secret" && var.backup.secret != null), false)
    error_message = "backup.credentials: write pod-identity, or secret together with backup.secret = { name = … }."
  }

  validation {
    condition     = var.backup == null || var.postgresql.mode == "cloudnative-pg"
    error_message = "backup: leave it out with postgresql.mode = \"external\"; who runs those servers backs them up."
  }
}

variable "restore" {
  description = "Make new shards from the backups of a release. Has no effect on shards that exist. `target_time` null: the end of the log."
  type        = object({ release = string, server_name_suffix = optional(string, ""), target_time = optional(string) })
  default     = null

  validation {
    condition     = var.restore == null || try(var.restore.target_time == null, true) || can(timeadd(var.restore.target_time, "0s"))
    error_message = "restore.target_time: write a time with its zone, for example 2026-11-01T12:00:00Z."
  }

  validation {
    condition     = var.restore == null || var.backup != null
    error_message = "restore: write backup too; its destination is where the backups are."
  }

  validation {
    condition     = var.restore == null || try(var.restore.release != var.name || var.restore.server_name_suffix != var.backup.server_name_suffix, true)
    error_message = "restore: write a new backup.server_name_suffix, for example \"-2\", or the new shards would archive into the folder that they are made from."
  }
}

variable "monitoring" {
  description = "Monitors, alerts and dashboards. `enabled` needs the Prometheus operator's definitions. `runbook_url`: where operators read docs/runbooks; without it there are no alerts."
  type        = object({ enabled = optional(bool, false), labels = optional(map(string), {}), runbook_url = optional(string) })
  default     = {}
  nullable    = false

  validation {
    condition     = var.monitoring.runbook_url == null || can(regex("^https?://.+[^/]$", var.monitoring.runbook_url))
    error_message = "monitoring.runbook_url: write an address without a slash at the end, for example https://wiki.example.org/runbooks."
  }
}

variable "operator_namespace" {
  description = "Where CloudNativePG runs, for the NetworkPolicies."
  type        = string
  default     = "cnpg-system"
}

variable "values" {
  description = "Further values of the chart as YAML, which go before all above. For what has no input of its own."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for each in var.values : can(keys(yamldecode(each)))])
    error_message = "values: write each entry as YAML of values, for example yamlencode({ priorityClassName = \"high\" }) or file(\"values.yaml\")."
  }
}

variable "timeout_seconds" {
  description = "How long an apply waits until every pod is ready, which it is only once every shard has a primary and its schema."
  type        = number
  default     = 900

  validation {
    condition     = var.timeout_seconds >= 60
    error_message = "timeout_seconds: write 60 or more; a new shard alone takes a minute."
  }
}

variable "operator" {
  description = "CloudNativePG. `enabled = false` where the cluster has it already, in version 1.28 or later. `version` is the chart's."
  type = object({
    enabled   = optional(bool, true)
    version   = optional(string, "0.27.0")
    namespace = optional(string, "cnpg-system")
    replicas  = optional(number, 2)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.operator.version))
    error_message = "operator.version: write one version of the chart cloudnative-pg, for example 0.27.0, and no range: it does not change by itself."
  }

  validation {
    condition     = var.operator.replicas >= 1
    error_message = "operator.replicas: write 1 or more; with 2, one is ready when a node is lost."
  }
}

variable "backup_plugin" {
  description = "The Barman Cloud plug-in, which backups need. It lives beside the operator and needs cert-manager. `version` is the chart's."
  type = object({
    enabled = optional(bool, true)
    version = optional(string, "0.4.0")
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.backup_plugin.version))
    error_message = "backup_plugin.version: write one version of the chart plugin-barman-cloud, for example 0.4.0, and no range."
  }
}

variable "cert_manager" {
  description = "cert-manager. `enabled = false` where the cluster has it already, or without `backup_plugin`."
  type = object({
    enabled   = optional(bool, true)
    version   = optional(string, "v1.19.2")
    namespace = optional(string, "cert-manager")
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^v[0-9]+\\.[0-9]+\\.[0-9]+$", var.cert_manager.version))
    error_message = "cert_manager.version: write one version with its v, for example v1.19.2, and no range."
  }
}

variable "monitoring" {
  description = "Prometheus, Alertmanager and Grafana (kube-prometheus-stack), which find the monitors, alerts and dashboards of every namespace. Off unless asked: most clusters have one."
  type = object({
    enabled        = optional(bool, false)
    version        = optional(string, "79.7.1")
    namespace      = optional(string, "monitoring")
    retention_days = optional(number, 15)
    storage_size   = optional(string, "50Gi")
    storage_class  = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.monitoring.version))
    error_message = "monitoring.version: write one version of the chart kube-prometheus-stack, for example 79.7.1, and no range."
  }

  validation {
    condition     = can(regex("^[0-9]+(Mi|Gi|Ti)$", var.monitoring.storage_size))
    error_message = "monitoring.storage_size: write a size with its unit, for example 50Gi."
  }

  validation {
    condition     = var.monitoring.retention_days >= 1
    error_message = "monitoring.retention_days: write 1 or more."
  }
}

variable "storage" {
  description = "The StorageClass of PostgreSQL's volumes. `type`: `gp3` (encrypted EBS; `kms_key_arn` names the key), `local` (disks of the instances, with their provisioner), or `none` (one that is there is used)."
  type = object({
    type                = optional(string, "none")
    name                = optional(string, "postgresql")
    kms_key_arn         = optional(string)
    iops                = optional(number, 3000)
    throughput_mib      = optional(number, 125)
    provisioner_version = optional(string, "2.8.0")
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["gp3", "local", "none"], var.storage.type)
    error_message = "storage.type: write gp3, local, or none."
  }

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$", var.storage.name))
    error_message = "storage.name: write a name of Kubernetes: lower-case letters, digits, hyphens."
  }

  validation {
    condition     = var.storage.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:", var.storage.kms_key_arn))
    error_message = "storage.kms_key_arn: write the ARN of a KMS key, for example module.cluster.volumes_key_arn."
  }

  validation {
    condition     = var.storage.iops >= 3000 && var.storage.iops <= 16000
    error_message = "storage.iops: write 3000 to 16000, which gp3 has."
  }

  validation {
    condition     = var.storage.throughput_mib >= 125 && var.storage.throughput_mib <= 1000
    error_message = "storage.throughput_mib: write 125 to 1000, which gp3 has."
  }
}

variable "node_selector" {
  description = "Labels of the nodes that the operators may run on. Empty: any."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "database_tolerations" {
  description = "What pods on PostgreSQL's nodes must tolerate; the provisioner of `local` disks runs there. `cluster` gives it under the same name."
  type = list(object({
    key      = string
    operator = optional(string, "Equal")
    value    = optional(string)
    effect   = optional(string, "NoSchedule")
  }))
  default  = []
  nullable = false
}

variable "timeout_seconds" {
  description = "How long each release may take."
  type        = number
  default     = 600

  validation {
    condition     = var.timeout_seconds >= 60
    error_message = "timeout_seconds: write 60 or more; images are pulled in this time."
  }
}

variable "name" {
  description = "Name of the EKS cluster, and the beginning of the names of its roles and groups."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "name: write 2 to 31 lower-case letters, digits and hyphens that begin with a letter, for example users-production."
  }
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes. The versions of `addons` belong to it."
  type        = string
  default     = "1.34"

  validation {
    condition     = can(regex("^1\\.[3-9][0-9]$", var.kubernetes_version))
    error_message = "kubernetes_version: write a minor version from 1.30 on in quotes, for example \"1.34\"; the chart needs 1.30."
  }
}

variable "private_subnets" {
  description = "Subnets of the control plane and of the service's nodes: zone → subnet ID. `network` gives them as `private_subnets`."
  type        = map(string)

  validation {
    condition     = length(var.private_subnets) >= 3
    error_message = "private_subnets: write one subnet in each of three zones or more, as { \"eu-west-1a\" = \"subnet-…\", … }."
  }
}

variable "database_subnets" {
  description = "Subnets of PostgreSQL's nodes: zone → subnet ID. One node group is made for each."
  type        = map(string)

  validation {
    condition     = length(var.database_subnets) == 3
    error_message = "database_subnets: write one subnet in each of exactly three zones, for each shard has three servers, as { \"eu-west-1a\" = \"subnet-…\", … }."
  }
}

variable "endpoint_public_access_cidrs" {
  description = "Who may reach the API server from the internet. Empty: nobody; it is then reached from within the VPC only, by Terraform too."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for cidr in var.endpoint_public_access_cidrs : can(cidrhost(cidr, 0))])
    error_message = "endpoint_public_access_cidrs: write IPv4 blocks, for example [\"203.0.113.7/32\"]."
  }

  validation {
    condition     = alltrue([for cidr in var.endpoint_public_access_cidrs : try(tonumber(split("/", cidr)[1]), 32) >= 8])
    error_message = "endpoint_public_access_cidrs: write the addresses of your own network, for example [\"203.0.113.7/32\"]; a block wider than /8 would open the API server to the world."
  }
}

variable "access" {
  description = "Who may use the cluster: any name → the ARN of an IAM role or user, and `admin` or `view`."
  type = map(object({
    principal_arn = string
    policy        = optional(string, "view")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for entry in values(var.access) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+$", entry.principal_arn))])
    error_message = "access: write principal_arn as the ARN of a role or a user, for example arn:aws:iam::123456789012:role/operators."
  }

  validation {
    condition     = alltrue([for entry in values(var.access) : contains(["admin", "view"], entry.policy)])
    error_message = "access: write policy as admin, or view."
  }
}

variable "creator_is_admin" {
  description = "The identity that Terraform runs as may administer the cluster, which it must to install anything. Set once, at creation."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How long the control plane's logs are kept."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: write a number of days that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or more as it lists them."
  }
}

variable "architecture" {
  description = "Of all nodes: `arm64` (Graviton), or `amd64`."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "amd64"], var.architecture)
    error_message = "architecture: write arm64, or amd64."
  }
}

variable "service_nodes" {
  description = "Nodes of the service and of the operators, spread over the zones of `private_subnets`."
  type = object({
    instance_types = optional(list(string), ["m7g.large"])
    min            = optional(number, 3)
    max            = optional(number, 6)
    disk_gib       = optional(number, 40)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.service_nodes.min >= 3 && var.service_nodes.max >= var.service_nodes.min
    error_message = "service_nodes: write min as 3 or more, one for each zone, and max no smaller than min."
  }

  validation {
    condition     = length(var.service_nodes.instance_types) > 0 && alltrue([for type in var.service_nodes.instance_types : can(regex("^[a-z]+[0-9]+g[a-z-]*\\.", type)) == (var.architecture == "arm64")])
    error_message = "service_nodes.instance_types: write Graviton types such as m7g.large for architecture = \"arm64\", and others such as m7i.large for \"amd64\"."
  }

  validation {
    condition     = var.service_nodes.disk_gib >= 20
    error_message = "service_nodes.disk_gib: write 20 or more; images alone take several GiB."
  }
}

variable "database_nodes" {
  description = "Nodes of PostgreSQL, tainted so that nothing else runs there: `per_zone` in each zone. One node holds one server of each shard. `storage`: `gp3` (EBS, outlives the node) or `local` (NVMe of the instance: faster, lost with it)."
  type = object({
    instance_types = optional(list(string), ["r7g.large"])
    per_zone       = optional(number, 1)
    storage        = optional(string, "gp3")
    disk_gib       = optional(number, 40)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["gp3", "local"], var.database_nodes.storage)
    error_message = "database_nodes.storage: write gp3, or local."
  }

  validation {
    condition     = var.database_nodes.per_zone >= 1 && floor(var.database_nodes.per_zone) == var.database_nodes.per_zone
    error_message = "database_nodes.per_zone: write 1 or more, in whole nodes."
  }

  validation {
    condition     = length(var.database_nodes.instance_types) > 0 && alltrue([for type in var.database_nodes.instance_types : can(regex("^[a-z]+[0-9]+g[a-z-]*\\.", type)) == (var.architecture == "arm64")])
    error_message = "database_nodes.instance_types: write Graviton types such as r7g.large for architecture = \"arm64\", and others such as r7i.large for \"amd64\"."
  }

  validation {
    condition     = var.database_nodes.storage == "gp3" || alltrue([for type in var.database_nodes.instance_types : can(regex("^(i|im|is)[0-9]|^[a-z]+[0-9]+[a-z]*d[a-z]*\\.", type))])
    error_message = "database_nodes: write instance types with disks of their own for storage = \"local\", for example r7gd.xlarge or i4g.large."
  }

  validation {
    condition     = var.database_nodes.disk_gib >= 20
    error_message = "database_nodes.disk_gib: write 20 or more; images alone take several GiB."
  }
}

variable "addons" {
  description = "Versions of the core add-ons, for `kubernetes_version`. `aws eks describe-addon-versions --kubernetes-version …` lists them."
  type = object({
    vpc_cni            = optional(string, "v1.20.4-eksbuild.2")
    kube_proxy         = optional(string, "v1.34.0-eksbuild.2")
    coredns            = optional(string, "v1.12.3-eksbuild.1")
    pod_identity_agent = optional(string, "v1.3.10-eksbuild.2")
    ebs_csi_driver     = optional(string, "v1.54.0-eksbuild.1")
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for version in values(var.addons) : can(regex("^v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+$", version))])
    error_message = "addons: write each version whole, as AWS lists it, for example v1.20.4-eksbuild.2: a pinned add-on does not change by itself."
  }

  validation {
    condition     = startswith(var.addons.kube_proxy, "v${var.kubernetes_version}.")
    error_message = "addons.kube_proxy: write a version of kubernetes_version, for kube-proxy goes with the control plane; and check the other add-ons when you raise it."
  }
}

variable "tags" {
  description = "Tags for everything."
  type        = map(string)
  default     = {}
  nullable    = false
}

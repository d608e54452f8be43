variable "name" {
  description = "Name of the VPC, and the beginning of the names of what is in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "name: write 2 to 31 lower-case letters, digits and hyphens that begin with a letter, for example users-production."
  }
}

variable "cidr" {
  description = "The VPC's addresses. Every zone gets a quarter of them for pods and nodes, and a thirty-second each for load balancers and for PostgreSQL's nodes."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]), 0) >= 16 && try(tonumber(split("/", var.cidr)[1]), 33) <= 20
    error_message = "cidr: write an IPv4 block from /16 to /20, for example 10.20.0.0/16; a smaller one has too few addresses for pods."
  }

  validation {
    condition     = try(cidrhost(var.cidr, 0) == split("/", var.cidr)[0], true)
    error_message = "cidr: write the first address of the block: 10.20.0.0/16, not 10.20.3.4/16."
  }
}

variable "availability_zones" {
  description = "Three zones. Empty: the first three of the region that need no opt-in."
  type        = list(string)
  default     = []

  validation {
    condition     = contains([0, 3], length(var.availability_zones))
    error_message = "availability_zones: write exactly three, for each shard has a server in each of three zones, or none to take the region's first three."
  }

  validation {
    condition     = length(distinct(var.availability_zones)) == length(var.availability_zones)
    error_message = "availability_zones: write three different zones."
  }
}

variable "nat" {
  description = "`per-zone`: a NAT gateway in each zone, so that the loss of a zone takes nothing from the others. `one`: a single one, which is cheaper and fails with its zone."
  type        = string
  default     = "per-zone"

  validation {
    condition     = contains(["per-zone", "one"], var.nat)
    error_message = "nat: write per-zone, or one."
  }
}

variable "endpoints" {
  description = "Ways to S3 (a gateway, free) and to ECR (interfaces, paid by the hour and zone) that do not pass the NAT gateways."
  type = object({
    s3  = optional(bool, true)
    ecr = optional(bool, true)
  })
  default  = {}
  nullable = false
}

variable "flow_logs" {
  description = "A record of every connection in the VPC, kept in CloudWatch under a key of its own. `retention_days` is a number that CloudWatch knows."
  type = object({
    enabled        = optional(bool, true)
    retention_days = optional(number, 30)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.flow_logs.retention_days)
    error_message = "flow_logs.retention_days: write a number of days that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or more as it lists them."
  }
}

variable "cluster_name" {
  description = "The EKS cluster that will use the subnets: its load balancers find them by tags. Empty: `name`."
  type        = string
  default     = ""
}

variable "tags" {
  description = "Tags for everything."
  type        = map(string)
  default     = {}
  nullable    = false
}

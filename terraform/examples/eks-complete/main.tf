provider "aws" {
  region = var.region

  default_tags {
    tags = merge({ "user-service" = var.name }, var.tags)
  }
}

# A token of a quarter of an hour, fetched anew for every run: none is ever in the state.
provider "helm" {
  kubernetes = {
    host                   = module.cluster.endpoint
    cluster_ca_certificate = base64decode(module.cluster.certificate_authority)

    exec = {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "aws"
      args        = ["eks", "get-token", "--region", var.region, "--cluster-name", module.cluster.name]
    }
  }
}

data "aws_caller_identity" "current" {}

module "network" {
  source = "../../modules/network"

  name = var.name
  cidr = var.cidr
  nat  = var.nat
}

module "cluster" {
  source = "../../modules/cluster"

  name                         = var.name
  private_subnets              = module.network.private_subnets
  database_subnets             = module.network.database_subnets
  endpoint_public_access_cidrs = var.endpoint_public_access_cidrs
  access                       = var.access
  architecture                 = var.architecture
  service_nodes                = var.service_nodes
  database_nodes               = var.database_nodes
}

module "platform" {
  source = "../../modules/platform"

  node_selector        = module.cluster.service_node_selector
  database_tolerations = module.cluster.database_tolerations

  monitoring = {
    enabled       = var.monitoring.enabled
    storage_class = var.monitoring.storage_class != null ? var.monitoring.storage_class : module.cluster.database_storage == "gp3" ? "postgresql" : null
  }

  storage = {
    type        = module.cluster.database_storage
    kms_key_arn = module.cluster.database_storage == "gp3" ? module.cluster.volumes_key_arn : null
  }
}

locals {
  # Those of a release that `restore_command` makes, too.
  restored = [for account in module.users.service_accounts : {
    namespace       = account.namespace
    service_account = replace(account.service_account, "/^users-/", "users-restored-")
  }]
}

module "backup_store" {
  source = "../../modules/backup-store"

  bucket           = coalesce(var.backup_bucket, "${var.name}-backups-${data.aws_caller_identity.current.account_id}")
  cluster_name     = module.cluster.name
  service_accounts = concat(module.users.service_accounts, local.restored)
}

module "users" {
  source = "../../modules/user-service"

  name               = "users"
  image              = var.image
  pods               = { node_selector = module.cluster.service_node_selector }
  shards             = var.shards
  consistency        = var.consistency
  exposure           = var.exposure
  backup             = { destination = module.backup_store.destination }
  operator_namespace = module.platform.operator_namespace
  monitoring         = { enabled = module.platform.monitoring_enabled, runbook_url = var.monitoring.runbook_url }

  postgresql = {
    storage_size  = var.storage_size
    storage_class = module.platform.storage_class
    node_selector = module.cluster.database_node_selector
    tolerations   = module.cluster.database_tolerations
  }
}

module "recent_backups" {
  source   = "../../modules/backup-store/recent"
  for_each = toset(var.backup_warning_hours == null ? [] : module.users.shards)

  bucket = module.backup_store.bucket
  server = each.key
  hours  = var.backup_warning_hours

  depends_on = [module.users]
}

# The cluster is the one of KUBE_CONFIG_PATH, so that nothing of it is written here; see README.md.
provider "helm" {}

module "platform" {
  source = "../../modules/platform"

  operator      = { enabled = var.install.operator }
  backup_plugin = { enabled = var.install.backup_plugin }
  cert_manager  = { enabled = var.install.cert_manager }
  monitoring    = { enabled = var.install.monitoring }
}

module "users" {
  source = "../../modules/user-service"

  name               = var.name
  namespace          = var.namespace
  image              = var.image
  shards             = var.shards
  consistency        = var.consistency
  exposure           = var.exposure
  backup             = var.backup
  operator_namespace = module.platform.operator_namespace
  monitoring         = { enabled = module.platform.monitoring_enabled }

  postgresql = {
    storage_class = var.storage.class
    storage_size  = var.storage.size
    spread_zones  = var.spread_zones
    spread_nodes  = var.spread_nodes
  }
}

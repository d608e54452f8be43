# No kubernetes_manifest anywhere: it wants the definitions at plan time, before the operator has brought them
# (terraform-provider-kubernetes#1367). Custom resources come with charts.

locals {
  cloudnative_pg = "https://cloudnative-pg.github.io/charts"

  operator_values = {
    replicaCount = var.operator.replicas
    nodeSelector = var.node_selector
  }

  backup_plugin_values = {
    nodeSelector = var.node_selector
  }

  cert_manager_values = {
    crds         = { enabled = true, keep = true }
    nodeSelector = var.node_selector
    webhook      = { nodeSelector = var.node_selector }
    cainjector   = { nodeSelector = var.node_selector }
  }

  # Without these, Prometheus heeds only what its own release brings.
  monitoring_values = {
    prometheus = {
      prometheusSpec = {
        retention                               = "${var.monitoring.retention_days}d"
        nodeSelector                            = var.node_selector
        serviceMonitorSelectorNilUsesHelmValues = false
        podMonitorSelectorNilUsesHelmValues     = false
        ruleSelectorNilUsesHelmValues           = false
        storageSpec = {
          volumeClaimTemplate = {
            spec = {
              accessModes      = ["ReadWriteOnce"]
              storageClassName = var.monitoring.storage_class
              resources        = { requests = { storage = var.monitoring.storage_size } }
            }
          }
        }
      }
    }
    grafana = {
      nodeSelector = var.node_selector
      sidecar      = { dashboards = { searchNamespace = "ALL" } }
    }
  }
}

resource "helm_release" "cert_manager" {
  count = var.cert_manager.enabled ? 1 : 0

  name             = "cert-manager"
  namespace        = var.cert_manager.namespace
  create_namespace = true
  repository       = "https://charts.jetstack.io"
  chart            = "cert-manager"
  version          = var.cert_manager.version
  timeout          = var.timeout_seconds
  values           = [yamlencode(local.cert_manager_values)]
}

resource "helm_release" "operator" {
  count = var.operator.enabled ? 1 : 0

  name             = "cnpg"
  namespace        = var.operator.namespace
  create_namespace = true
  repository       = local.cloudnative_pg
  chart            = "cloudnative-pg"
  version          = var.operator.version
  timeout          = var.timeout_seconds
  values           = [yamlencode(local.operator_values)]
}

resource "helm_release" "backup_plugin" {
  count = var.backup_plugin.enabled ? 1 : 0

  name       = "plugin-barman-cloud"
  namespace  = var.operator.namespace
  repository = local.cloudnative_pg
  chart      = "plugin-barman-cloud"
  version    = var.backup_plugin.version
  timeout    = var.timeout_seconds
  values     = [yamlencode(local.backup_plugin_values)]

  depends_on = [helm_release.operator, helm_release.cert_manager]
}

resource "helm_release" "monitoring" {
  count = var.monitoring.enabled ? 1 : 0

  name             = "monitoring"
  namespace        = var.monitoring.namespace
  create_namespace = true
  repository       = "https://prometheus-community.github.io/helm-charts"
  chart            = "kube-prometheus-stack"
  version          = var.monitoring.version
  timeout          = var.timeout_seconds
  values           = [yamlencode(local.monitoring_values)]

  lifecycle {
    precondition {
      condition     = var.storage.type != "local" || (var.monitoring.storage_class != null && var.monitoring.storage_class != var.storage.name)
      error_message = "monitoring.storage_class: write a class whose volumes are made when they are wanted, for example gp2; local disks are on PostgreSQL's nodes only."
    }
  }

  depends_on = [helm_release.storage]
}

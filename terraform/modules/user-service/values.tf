# The chart's values. A key that is not asked for is left out, so that the chart's default stays the chart's.

locals {
  shards = [for shard in var.shards : { for key, value in {
    instances = shard.instances
    zones     = shard.zones
    weights   = shard.weights
    endpoints = shard.endpoints
    storage = shard.storage_size == null && shard.storage_class == null ? null : { for key, value in {
      size         = shard.storage_size
      storageClass = shard.storage_class
    } : key => value if value != null }
    walStorage = shard.wal_size == null ? null : { size = shard.wal_size }
    resources  = shard.memory == null ? null : { requests = { cpu = shard.cpu, memory = shard.memory }, limits = { memory = shard.memory } }
  } : key => value if value != null }]

  external = var.postgresql.mode == "external"

  cluster = { for key, value in {
    instances    = var.postgresql.instances
    storage      = { size = var.postgresql.storage_size, storageClass = var.postgresql.storage_class }
    walStorage   = var.postgresql.wal_size == null ? null : { size = var.postgresql.wal_size, storageClass = var.postgresql.storage_class }
    resources    = { requests = { cpu = var.postgresql.cpu, memory = var.postgresql.memory }, limits = { memory = var.postgresql.memory } }
    parameters   = var.postgresql.parameters
    spread       = { zones = var.postgresql.spread_zones, nodes = var.postgresql.spread_nodes }
    nodeSelector = var.postgresql.node_selector
    tolerations  = [for toleration in var.postgresql.tolerations : { for key, value in toleration : key => value if value != null }]
    keep         = var.postgresql.keep
  } : key => value if value != null }

  backup_credentials = var.backup == null ? null : { for key, value in {
    inheritFromIAMRole = var.backup.credentials == "pod-identity" ? true : null
    accessKeyId        = var.backup.credentials == "secret" ? { name = var.backup.secret.name, key = var.backup.secret.access_key_id } : null
    secretAccessKey    = var.backup.credentials == "secret" ? { name = var.backup.secret.name, key = var.backup.secret.secret_access_key } : null
  } : key => value if value != null }

  object_store = var.backup == null ? null : { for key, value in {
    destinationPath = var.backup.destination
    endpointURL     = var.backup.endpoint_url
    s3Credentials   = local.backup_credentials
    wal             = { compression = "gzip" }
    data            = { compression = "gzip" }
  } : key => value if value != null }

  postgresql = { for key, value in {
    mode         = var.postgresql.mode
    cluster      = local.external ? null : local.cluster
    runtimeRole  = var.postgresql.runtime_secret == null ? null : { existingSecret = var.postgresql.runtime_secret }
    migratorRole = var.postgresql.migrator_secret == null ? null : { existingSecret = var.postgresql.migrator_secret }
    podMonitor   = var.monitoring.enabled && !local.external ? { enabled = true, labels = var.monitoring.labels } : null
    backup = var.backup == null ? null : {
      enabled          = true
      schedule         = var.backup.schedule
      retentionPolicy  = var.backup.retention
      serverNameSuffix = var.backup.server_name_suffix
      objectStore      = local.object_store
    }
    recovery = var.restore == null ? null : {
      enabled          = true
      release          = var.restore.release
      serverNameSuffix = var.restore.server_name_suffix
      target           = { for key, value in { targetTime = var.restore.target_time } : key => value if value != null }
    }
  } : key => value if value != null }

  clients = concat(
    [for namespace in var.exposure.from_namespaces : { namespaceSelector = { matchLabels = { "kubernetes.io/metadata.name" = namespace } } }],
    [for cidr in var.exposure.from_cidrs : { ipBlock = { cidr = cidr } }],
  )

  network_policy = { for key, value in {
    clients = local.clients
    operator = [{
      namespaceSelector = { matchLabels = { "kubernetes.io/metadata.name" = var.operator_namespace } }
      podSelector       = { matchLabels = { "app.kubernetes.io/name" = "cloudnative-pg" } }
    }]
    # Pod Identity's agent answers on port 80 of the node, at an address of its own.
    objectStore = try(var.backup.credentials, "") == "pod-identity" ? { ports = [443, 80] } : null
  } : key => value if value != null }

  image = { for key, value in {
    repository = var.image.repository
    tag        = var.image.tag
    digest     = var.image.digest
  } : key => value if value != null }

  values = { for key, value in {
    replicas          = var.pods.replicas
    resources         = { requests = { cpu = var.pods.cpu, memory = var.pods.memory }, limits = { memory = var.pods.memory } }
    nodeSelector      = var.pods.node_selector
    image             = local.image
    imagePullSecrets  = [for name in var.image.pull_secrets : { name = name }]
    shards            = local.shards
    allowShardRemoval = var.allow_shard_removal
    settings = merge({
      "users.consistency.default-level" = var.consistency
      "users.routing.strategy"          = var.routing_strategy
    }, var.settings)
    postgresql    = local.postgresql
    networkPolicy = local.network_policy
    annotations   = local.chart_digest == null ? null : { "user-service/chart" = local.chart_digest }
    service       = var.exposure.kind == "load-balancer" ? { type = "LoadBalancer", annotations = var.exposure.annotations } : null
    ingress = var.exposure.kind != "ingress" ? null : {
      enabled     = true
      className   = var.exposure.class
      annotations = var.exposure.annotations
      hosts       = [var.exposure.host]
      tls         = [for secret in compact([var.exposure.tls_secret]) : { secretName = secret, hosts = [var.exposure.host] }]
    }
    httpRoute = var.exposure.kind != "gateway" ? null : {
      enabled     = true
      annotations = var.exposure.annotations
      hostnames   = [var.exposure.host]
      parentRefs = [{ for key, value in {
        name        = var.exposure.gateway.name
        namespace   = var.exposure.gateway.namespace
        sectionName = var.exposure.gateway.section
      } : key => value if value != null }]
    }
    serviceMonitor = var.monitoring.enabled ? { enabled = true, labels = var.monitoring.labels } : null
    dashboards     = var.monitoring.enabled ? { enabled = true } : null
    prometheusRule = var.monitoring.enabled && var.monitoring.runbook_url != null ? { enabled = true, labels = var.monitoring.labels, runbookBaseUrl = var.monitoring.runbook_url } : null
  } : key => value if value != null }
}

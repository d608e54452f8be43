locals {
  beside = "${path.module}/../../../helm/user-service"
  chart  = coalesce(var.chart.source, local.beside)

  # Helm plans by the chart's version, so an edit of a chart in a folder would go unnoticed without this.
  in_folder    = fileexists("${local.chart}/Chart.yaml")
  chart_digest = local.in_folder ? sha256(join("", [for file in sort(fileset(local.chart, "**")) : filesha256("${local.chart}/${file}")])) : null

  # As the chart names its objects.
  fullname    = strcontains(var.name, "user-service") ? var.name : "${var.name}-user-service"
  shard_names = [for n in range(length(var.shards)) : "${var.name}-shard-${n}"]

  outside = var.exposure.kind == "none" ? null : (
    var.exposure.host == null ? null : "${var.exposure.https ? "https" : "http"}://${var.exposure.host}"
  )
}

resource "helm_release" "this" {
  name             = var.name
  namespace        = var.namespace
  create_namespace = var.create_namespace
  chart            = local.chart
  version          = var.chart.version
  max_history      = 10
  wait             = true
  timeout          = var.timeout_seconds
  values           = concat([yamlencode(local.values)], var.values)

  lifecycle {
    precondition {
      condition     = alltrue([for shard in var.shards : (shard.endpoints != null) == local.external])
      error_message = "shards: write endpoints into every shard with postgresql.mode = \"external\", and into none with \"cloudnative-pg\"."
    }

    precondition {
      condition     = local.external || alltrue([for shard in var.shards : coalesce(shard.instances, var.postgresql.instances) >= 2])
      error_message = "shards: write instances as 2 or more; a commit waits for a second server."
    }

    precondition {
      condition     = local.external || alltrue(flatten([for shard in var.shards : [for server in keys(coalesce(shard.weights, {})) : can(regex("^[1-9]$", server)) && try(tonumber(server) <= coalesce(shard.instances, var.postgresql.instances), false)]]))
      error_message = "shards: write weights by the number of an instance that the shard has, for example { \"1\" = 1, \"3\" = 0.5 }."
    }

    precondition {
      condition     = local.in_folder || startswith(local.chart, "oci://") || endswith(local.chart, ".tgz")
      error_message = "chart.source: write a folder with a Chart.yaml, a .tgz, or an oci:// address; there is no Chart.yaml in ${local.chart}."
    }
  }
}

check "release_is_deployed" {
  assert {
    condition     = helm_release.this.status == "deployed"
    error_message = "The release ${var.name} is ${helm_release.this.status}, not deployed: helm -n ${var.namespace} status ${var.name} says why."
  }
}

module "answers" {
  source = "./answers"
  count  = var.exposure.check && local.outside != null ? 1 : 0

  url = local.outside

  depends_on = [helm_release.this]
}

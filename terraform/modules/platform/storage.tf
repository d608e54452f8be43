locals {
  gp3 = {
    provisioner          = "ebs.csi.aws.com"
    allowVolumeExpansion = true
    parameters = merge({
      type       = "gp3"
      encrypted  = "true"
      iops       = tostring(var.storage.iops)
      throughput = tostring(var.storage.throughput_mib)
    }, var.storage.kms_key_arn == null ? {} : { kmsKeyId = var.storage.kms_key_arn })
  }

  local_disks = {
    provisioner          = "kubernetes.io/no-provisioner"
    allowVolumeExpansion = false
    parameters           = {}
  }

  storage_kind = var.storage.type == "local" ? local.local_disks : local.gp3

  # A volume outlives its claim: who deletes one by mistake has lost nothing yet.
  storage_values = merge(local.storage_kind, { name = var.storage.name, reclaimPolicy = "Retain" })

  provisioner_values = {
    classes = [{
      name         = var.storage.name
      hostDir      = "/mnt/k8s-disks"
      volumeMode   = "Filesystem"
      fsType       = "ext4"
      storageClass = false
    }]
    tolerations = var.database_tolerations
  }
}

resource "helm_release" "storage" {
  count = var.storage.type == "none" ? 0 : 1

  name      = "postgresql-storage"
  namespace = "kube-system"
  chart     = "${path.module}/charts/storage"
  timeout   = var.timeout_seconds
  values    = [yamlencode(local.storage_values)]
}

resource "helm_release" "local_disks" {
  count = var.storage.type == "local" ? 1 : 0

  name       = "local-disks"
  namespace  = "kube-system"
  repository = "https://kubernetes-sigs.github.io/sig-storage-local-static-provisioner"
  chart      = "local-static-provisioner"
  version    = var.storage.provisioner_version
  timeout    = var.timeout_seconds
  values     = [yamlencode(local.provisioner_values)]

  depends_on = [helm_release.storage]
}

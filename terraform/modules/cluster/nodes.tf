locals {
  pool_label = "user-service/pool"
  ami_type   = var.architecture == "arm64" ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD"
  disks      = { service = var.service_nodes.disk_gib, database = var.database_nodes.disk_gib }

  # Mounts each NVMe disk of the instance below /mnt/k8s-disks, where the provisioner of `platform` looks.
  local_disks = <<-MIME
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="//"

    --//
    Content-Type: application/node.eks.aws

    apiVersion: node.eks.aws/v1alpha1
    kind: NodeConfig
    spec:
      instance:
        localStorage:
          strategy: Mount

    --//--
  MIME
}

data "aws_iam_policy_document" "nodes_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "nodes" {
  name               = "${var.name}-nodes"
  assume_role_policy = data.aws_iam_policy_document.nodes_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each = toset(["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"])

  role       = aws_iam_role.nodes.name
  policy_arn = "${local.policies}/${each.key}"
}

resource "aws_launch_template" "nodes" {
  for_each = local.disks

  name                   = "${var.name}-${each.key}"
  update_default_version = true
  user_data              = each.key == "database" && var.database_nodes.storage == "local" ? base64encode(local.local_disks) : null
  tags                   = var.tags

  # Version 2 of the metadata service only, and not for pods: one hop ends on the node.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = each.value
      encrypted             = true
      delete_on_termination = true
    }
  }

  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume"])

    content {
      resource_type = tag_specifications.key
      tags          = merge(var.tags, { Name = "${var.name}-${each.key}" })
    }
  }
}

resource "aws_eks_node_group" "service" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "service"
  node_role_arn   = aws_iam_role.nodes.arn
  version         = var.kubernetes_version
  subnet_ids      = values(var.private_subnets)
  ami_type        = local.ami_type
  instance_types  = var.service_nodes.instance_types
  labels          = { (local.pool_label) = "service" }
  tags            = var.tags

  launch_template {
    id      = aws_launch_template.nodes["service"].id
    version = aws_launch_template.nodes["service"].latest_version
  }

  scaling_config {
    min_size     = var.service_nodes.min
    max_size     = var.service_nodes.max
    desired_size = var.service_nodes.min
  }

  update_config {
    max_unavailable = 1
  }

  lifecycle {
    # An autoscaler's business, between the two others.
    ignore_changes = [scaling_config[0].desired_size]
  }

  depends_on = [aws_iam_role_policy_attachment.nodes, aws_eks_addon.before_nodes]
}

# One for each zone, since a volume stays in its zone and its server must find a node there.
resource "aws_eks_node_group" "database" {
  for_each = var.database_subnets

  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "database-${each.key}"
  node_role_arn   = aws_iam_role.nodes.arn
  version         = var.kubernetes_version
  subnet_ids      = [each.value]
  ami_type        = local.ami_type
  instance_types  = var.database_nodes.instance_types
  labels          = { (local.pool_label) = "database" }
  tags            = var.tags

  launch_template {
    id      = aws_launch_template.nodes["database"].id
    version = aws_launch_template.nodes["database"].latest_version
  }

  taint {
    key    = local.pool_label
    value  = "database"
    effect = "NO_SCHEDULE"
  }

  scaling_config {
    min_size     = var.database_nodes.per_zone
    max_size     = var.database_nodes.per_zone + 1
    desired_size = var.database_nodes.per_zone
  }

  update_config {
    max_unavailable = 1
  }

  depends_on = [aws_iam_role_policy_attachment.nodes, aws_eks_addon.before_nodes]
}

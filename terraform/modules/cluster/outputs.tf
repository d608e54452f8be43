output "name" {
  description = "Name of the cluster, known once its nodes and add-ons are there."
  value       = aws_eks_cluster.this.name

  depends_on = [aws_eks_node_group.service, aws_eks_node_group.database, aws_eks_addon.coredns, aws_eks_addon.ebs_csi]
}

output "endpoint" {
  description = "Address of the API server."
  value       = aws_eks_cluster.this.endpoint
}

output "certificate_authority" {
  description = "Certificate of the API server's authority, in Base64."
  value       = aws_eks_cluster.this.certificate_authority[0].data
}

output "kubernetes_version" {
  description = "Version of Kubernetes."
  value       = aws_eks_cluster.this.version
}

output "volumes_key_arn" {
  description = "KMS key of PostgreSQL's volumes, for the StorageClass."
  value       = aws_kms_key.volumes.arn
}

output "database_storage" {
  description = "Where PostgreSQL's data is to be: `gp3`, or `local`."
  value       = var.database_nodes.storage
}

output "database_node_selector" {
  description = "Label of PostgreSQL's nodes."
  value       = { (local.pool_label) = "database" }
}

output "database_tolerations" {
  description = "What PostgreSQL's pods must tolerate."
  value       = [{ key = local.pool_label, operator = "Equal", value = "database", effect = "NoSchedule" }]
}

output "service_node_selector" {
  description = "Label of the service's nodes."
  value       = { (local.pool_label) = "service" }
}

output "security_group_id" {
  description = "Group of the control plane and of all nodes."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "kubeconfig_command" {
  description = "Writes an entry for the cluster into your kubeconfig."
  value       = "aws eks update-kubeconfig --region ${local.region} --name ${var.name}"
}

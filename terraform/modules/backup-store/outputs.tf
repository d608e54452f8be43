output "destination" {
  description = "Where backups go, for `backup.destination` of `user-service`. Known once the shards' accounts may write there."
  value       = "s3://${aws_s3_bucket.this.bucket}/"

  depends_on = [aws_eks_pod_identity_association.this, aws_iam_role_policy.bucket, aws_iam_role_policy.key, aws_s3_bucket_policy.this, aws_s3_bucket_server_side_encryption_configuration.this]
}

output "bucket" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.bucket
}

output "role_arn" {
  description = "Role of the pods that back up."
  value       = aws_iam_role.this.arn
}

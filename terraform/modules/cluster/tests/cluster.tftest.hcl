# The real provider plans, without credentials: only what would ask AWS is given here.
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_resource {
  target          = aws_kms_key.cluster
  override_during = plan
  values          = { arn = "arn:aws:kms:eu-west-1:123456789012:key/cluster" }
}

override_resource {
  target          = aws_kms_key.volumes
  override_during = plan
  values          = { arn = "arn:aws:kms:eu-west-1:123456789012:key/volumes" }
}

variables {
  name             = "users-test"
  private_subnets  = { "eu-west-1a" = "subnet-a", "eu-west-1b" = "subnet-b", "eu-west-1c" = "subnet-c" }
  database_subnets = { "eu-west-1a" = "subnet-d", "eu-west-1b" = "subnet-e", "eu-west-1c" = "subnet-f" }
}

run "the_api_server_has_no_public_endpoint_unless_asked" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "the endpoint is not private, or is public without having been asked for"
  }
}

run "the_public_endpoint_is_open_to_the_named_addresses_only" {
  command = plan

  variables {
    endpoint_public_access_cidrs = ["203.0.113.7/32"]
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["203.0.113.7/32"])
    error_message = "the public endpoint is open to other addresses than the named ones"
  }
}

run "secrets_are_encrypted_with_a_rotated_key_of_the_cluster" {
  command = plan

  assert {
    condition     = [for each in aws_eks_cluster.this.encryption_config : "${one(each.resources)} with ${each.provider[0].key_arn}"] == ["secrets with ${aws_kms_key.cluster.arn}"]
    error_message = "Secrets are not encrypted with the cluster's key"
  }

  assert {
    condition     = aws_kms_key.cluster.enable_key_rotation && aws_kms_key.volumes.enable_key_rotation
    error_message = "a key is not rotated"
  }
}

run "all_logs_of_the_control_plane_are_kept_encrypted" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.enabled_cluster_log_types == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "a log of the control plane is missing"
  }

  assert {
    condition     = aws_cloudwatch_log_group.cluster.name == "/aws/eks/users-test/cluster" && aws_cloudwatch_log_group.cluster.kms_key_id == aws_kms_key.cluster.arn && aws_cloudwatch_log_group.cluster.retention_in_days == 90
    error_message = "the log group is not the one that EKS writes to, or not encrypted, or kept for another time"
  }

  assert {
    condition     = jsondecode(aws_kms_key.cluster.policy).Statement[1].Condition.ArnEquals["kms:EncryptionContext:aws:logs:arn"] == "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/eks/users-test/cluster"
    error_message = "CloudWatch may use the key for other log groups"
  }
}

run "access_is_by_entries_and_never_by_a_configmap" {
  command = plan

  variables {
    access = {
      operators = { principal_arn = "arn:aws:iam::123456789012:role/operators", policy = "admin" }
      readers   = { principal_arn = "arn:aws:iam::123456789012:role/readers" }
    }
  }

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API"
    error_message = "the aws-auth ConfigMap would be heeded"
  }

  assert {
    condition     = aws_eks_access_policy_association.this["operators"].policy_arn == "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    error_message = "the admin is no admin"
  }

  assert {
    condition     = aws_eks_access_policy_association.this["readers"].policy_arn == "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
    error_message = "who is to view only may do more"
  }
}

run "postgresql_has_tainted_nodes_in_three_zones" {
  command = plan

  assert {
    condition     = keys(aws_eks_node_group.database) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"] && alltrue([for group in aws_eks_node_group.database : length(group.subnet_ids) == 1])
    error_message = "not one group of database nodes for each of three zones"
  }

  assert {
    condition     = alltrue([for group in aws_eks_node_group.database : [for taint in group.taint : "${taint.key}=${taint.value}:${taint.effect}"] == ["user-service/pool=database:NO_SCHEDULE"]])
    error_message = "other pods may run on the database nodes"
  }

  assert {
    condition     = output.database_tolerations == [{ key = "user-service/pool", operator = "Equal", value = "database", effect = "NoSchedule" }] && output.database_node_selector == { "user-service/pool" = "database" }
    error_message = "the outputs do not lead PostgreSQL to its nodes"
  }
}

run "the_service_has_nodes_of_its_own_in_three_zones" {
  command = plan

  assert {
    condition     = aws_eks_node_group.service.subnet_ids == toset(["subnet-a", "subnet-b", "subnet-c"]) && length(aws_eks_node_group.service.taint) == 0
    error_message = "the service's nodes are not in all three zones"
  }

  assert {
    condition     = aws_eks_node_group.service.scaling_config[0].min_size == 3
    error_message = "fewer nodes than zones"
  }
}

run "nodes_are_arm64_by_default" {
  command = plan

  assert {
    condition     = alltrue([for group in concat([aws_eks_node_group.service], values(aws_eks_node_group.database)) : group.ami_type == "AL2023_ARM_64_STANDARD"])
    error_message = "not arm64"
  }
}

run "nodes_are_amd64_when_asked" {
  command = plan

  variables {
    architecture   = "amd64"
    service_nodes  = { instance_types = ["m7i.large"] }
    database_nodes = { instance_types = ["r7i.large"] }
  }

  assert {
    condition     = alltrue([for group in concat([aws_eks_node_group.service], values(aws_eks_node_group.database)) : group.ami_type == "AL2023_x86_64_STANDARD"])
    error_message = "not amd64"
  }
}

run "nodes_give_their_credentials_to_no_pod" {
  command = plan

  assert {
    condition     = alltrue([for template in aws_launch_template.nodes : template.metadata_options[0].http_tokens == "required" && template.metadata_options[0].http_put_response_hop_limit == 1])
    error_message = "version 1 of the metadata service answers, or version 2 answers pods"
  }
}

run "disks_of_nodes_are_encrypted" {
  command = plan

  assert {
    condition     = alltrue([for template in aws_launch_template.nodes : template.block_device_mappings[0].ebs[0].encrypted == "true"])
    error_message = "a node's disk is not encrypted"
  }
}

run "local_storage_mounts_the_disks_of_the_instance" {
  command = plan

  variables {
    database_nodes = { storage = "local", instance_types = ["r7gd.xlarge", "i4g.large"] }
  }

  assert {
    condition     = strcontains(base64decode(aws_launch_template.nodes["database"].user_data), "strategy: Mount")
    error_message = "the instance's disks are not mounted"
  }

  assert {
    condition     = aws_launch_template.nodes["service"].user_data == null && output.database_storage == "local"
    error_message = "the service's nodes mount disks, too, or the output does not say local"
  }
}

run "add_ons_are_pinned_and_network_policies_hold" {
  command = plan

  assert {
    condition     = { for name, addon in aws_eks_addon.before_nodes : name => addon.addon_version } == { "eks-pod-identity-agent" = "v1.3.10-eksbuild.2", "kube-proxy" = "v1.34.0-eksbuild.2", "vpc-cni" = "v1.20.4-eksbuild.2" }
    error_message = "an add-on that nodes need first is missing or not pinned"
  }

  assert {
    condition     = aws_eks_addon.coredns.addon_version == "v1.12.3-eksbuild.1" && aws_eks_addon.ebs_csi.addon_version == "v1.54.0-eksbuild.1" && !aws_eks_cluster.this.bootstrap_self_managed_addons
    error_message = "an add-on is not pinned, or EKS installs its own"
  }

  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "NetworkPolicies are not enforced"
  }
}

run "the_ebs_driver_may_use_the_volumes_key_and_no_other" {
  command = plan

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.volumes_key_use.statement : statement.resources == toset(["arn:aws:kms:eu-west-1:123456789012:key/volumes"])])
    error_message = "the driver may use another key"
  }

  assert {
    condition     = jsondecode(aws_iam_role.ebs_csi.assume_role_policy).Statement[0].Principal.Service == "pods.eks.amazonaws.com" && jsondecode(aws_iam_role.ebs_csi.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "the driver's role is not taken by Pod Identity of this account only"
  }

  assert {
    condition     = [for association in aws_eks_addon.ebs_csi.pod_identity_association : association.service_account] == ["ebs-csi-controller-sa"]
    error_message = "the driver has no Pod Identity"
  }
}

run "nodes_may_pull_images_and_nothing_more_of_the_registry" {
  command = plan

  assert {
    condition     = keys(aws_iam_role_policy_attachment.nodes) == ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy"]
    error_message = "nodes have other rights than they need"
  }
}

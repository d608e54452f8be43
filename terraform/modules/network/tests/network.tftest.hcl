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
  target = data.aws_availability_zones.available
  values = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

variables {
  name = "users-test"
}

run "three_zones_each_with_a_public_a_private_and_a_database_subnet" {
  command = plan

  assert {
    condition     = [for subnet in aws_subnet.private : subnet.availability_zone] == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    error_message = "private subnets are not in three zones"
  }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.availability_zone] == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    error_message = "public subnets are not in three zones"
  }

  assert {
    condition     = [for subnet in aws_subnet.database : subnet.availability_zone] == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    error_message = "database subnets are not in three zones"
  }

  assert {
    condition     = alltrue([for subnet in concat(values(aws_subnet.private), values(aws_subnet.database), values(aws_subnet.public)) : !subnet.map_public_ip_on_launch])
    error_message = "a machine would get a public address by itself"
  }
}

run "subnets_are_computed_from_one_block_and_never_overlap" {
  command = plan

  assert {
    condition     = [for subnet in aws_subnet.private : subnet.cidr_block] == ["10.20.0.0/18", "10.20.64.0/18", "10.20.128.0/18"]
    error_message = "private blocks"
  }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.cidr_block] == ["10.20.192.0/21", "10.20.200.0/21", "10.20.208.0/21"]
    error_message = "public blocks"
  }

  assert {
    condition     = [for subnet in aws_subnet.database : subnet.cidr_block] == ["10.20.216.0/21", "10.20.224.0/21", "10.20.232.0/21"]
    error_message = "database blocks"
  }
}

run "the_smallest_block_still_gives_nine_subnets" {
  command = plan

  variables {
    cidr = "10.0.16.0/20"
  }

  assert {
    condition     = [for subnet in aws_subnet.database : subnet.cidr_block] == ["10.0.29.128/25", "10.0.30.0/25", "10.0.30.128/25"]
    error_message = "database blocks of a /20"
  }
}

run "chosen_zones_are_taken_as_they_are" {
  command = plan

  variables {
    availability_zones = ["eu-west-1c", "eu-west-1a", "eu-west-1b"]
  }

  assert {
    condition     = aws_subnet.private["eu-west-1c"].cidr_block == "10.20.0.0/18"
    error_message = "the first zone named does not get the first block"
  }
}

run "each_zone_leaves_by_its_own_nat_gateway" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 3 && length(aws_eip.nat) == 3
    error_message = "not one NAT gateway per zone"
  }

  assert {
    condition     = alltrue([for zone, target in local.nat_of : zone == target])
    error_message = "a zone depends on the NAT gateway of another"
  }
}

run "one_nat_gateway_in_all_when_asked" {
  command = plan

  variables {
    nat = "one"
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-west-1a"] && length(aws_route.private) == 3
    error_message = "not a single NAT gateway that all zones use"
  }
}

run "s3_and_ecr_are_reached_within_aws" {
  command = plan

  assert {
    condition     = aws_vpc_endpoint.s3[0].service_name == "com.amazonaws.eu-west-1.s3" && aws_vpc_endpoint.s3[0].vpc_endpoint_type == "Gateway"
    error_message = "no gateway to S3"
  }

  assert {
    condition     = [for endpoint in aws_vpc_endpoint.ecr : endpoint.service_name] == ["com.amazonaws.eu-west-1.ecr.api", "com.amazonaws.eu-west-1.ecr.dkr"]
    error_message = "no interfaces to ECR"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.endpoints[0].cidr_ipv4 == var.cidr && aws_vpc_security_group_ingress_rule.endpoints[0].from_port == 443
    error_message = "the endpoints are open to more than HTTPS from within"
  }
}

run "endpoints_can_be_left_out" {
  command = plan

  variables {
    endpoints = { s3 = false, ecr = false }
  }

  assert {
    condition     = length(aws_vpc_endpoint.s3) + length(aws_vpc_endpoint.ecr) + length(aws_security_group.endpoints) == 0
    error_message = "something of the endpoints is left"
  }
}

run "flow_logs_record_all_traffic_under_a_rotated_key" {
  command = plan

  assert {
    condition     = aws_flow_log.this[0].traffic_type == "ALL" && aws_cloudwatch_log_group.flow_logs[0].retention_in_days == 30
    error_message = "flow logs are not kept of all traffic for 30 days"
  }

  assert {
    condition     = aws_kms_key.flow_logs[0].enable_key_rotation
    error_message = "the key of the flow logs is not rotated"
  }

  assert {
    condition     = jsondecode(aws_kms_key.flow_logs[0].policy).Statement[1].Condition.ArnEquals["kms:EncryptionContext:aws:logs:arn"] == "arn:aws:logs:eu-west-1:123456789012:log-group:/user-service/users-test/flow-logs"
    error_message = "CloudWatch may use the key for other log groups"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.flow_logs[0].policy).Statement[0].Resource == "arn:aws:logs:eu-west-1:123456789012:log-group:/user-service/users-test/flow-logs:*"
    error_message = "the role of the flow logs may write elsewhere"
  }
}

run "flow_logs_can_be_left_out" {
  command = plan

  variables {
    flow_logs = { enabled = false }
  }

  assert {
    condition     = length(aws_flow_log.this) + length(aws_kms_key.flow_logs) + length(aws_iam_role.flow_logs) == 0
    error_message = "something of the flow logs is left"
  }
}

run "the_default_security_group_lets_nothing_through" {
  command = plan

  assert {
    condition     = can(aws_default_security_group.this.tags.Name) && endswith(aws_default_security_group.this.tags.Name, "default-closed")
    error_message = "the default security group is not taken over"
  }
}

run "subnets_tell_load_balancers_which_are_theirs" {
  command = plan

  variables {
    cluster_name = "users-eks"
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.private : subnet.tags["kubernetes.io/role/internal-elb"] == "1" && subnet.tags["kubernetes.io/cluster/users-eks"] == "shared"])
    error_message = "private subnets are not tagged for internal load balancers"
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.tags["kubernetes.io/role/elb"] == "1"])
    error_message = "public subnets are not tagged for load balancers"
  }
}

run "a_region_of_two_zones_is_refused" {
  command = plan

  override_data {
    target = data.aws_availability_zones.available
    values = { names = ["xx-north-1a", "xx-north-1b"] }
  }

  expect_failures = [aws_vpc.this]
}

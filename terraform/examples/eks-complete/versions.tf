terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.95, < 7.0"
    }
    # 3.0 writes `kubernetes` as an attribute, so earlier ones cannot read main.tf.
    helm = {
      source  = "hashicorp/helm"
      version = ">= 3.0, < 4.0"
    }
    # Wanted by `answers`, the look at the service after an apply.
    # tflint-ignore: terraform_unused_required_providers
    http = {
      source  = "hashicorp/http"
      version = ">= 1.2.0, < 4.0"
    }
  }
}

terraform {
  required_version = ">= 1.9"

  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = ">= 1.3.2, < 4.0"
    }
    # Wanted by `answers`, the look at the service after an apply.
    # tflint-ignore: terraform_unused_required_providers
    http = {
      source  = "hashicorp/http"
      version = ">= 1.2.0, < 4.0"
    }
  }
}

terraform {
  required_version = ">= 1.9"

  required_providers {
    http = {
      source  = "hashicorp/http"
      version = ">= 1.2.0, < 4.0"
    }
  }
}

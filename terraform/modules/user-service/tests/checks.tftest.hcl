# After an apply: what is said of a release that did not come up, and of a service that does not answer.
mock_provider "helm" {
  mock_resource "helm_release" {
    defaults = { status = "deployed" }
  }
}

mock_provider "http" {}

run "a_release_that_came_up_is_not_warned_of" {
  command = apply

  variables {
    exposure = { kind = "ingress", host = "users.example.org", from_namespaces = ["ingress-nginx"] }
  }

  override_data {
    target = module.answers[0].data.http.page
    values = { body = "{\"items\":[{\"id\":7}]}" }
  }

  assert {
    condition     = one([for answers in module.answers : answers.url]) == "https://users.example.org"
    error_message = "the service is not asked where it answers"
  }

  assert {
    condition     = output.test_command == "helm --namespace users test users" && output.namespace == "users" && output.restore_command == null
    error_message = "other commands"
  }
}

run "a_release_that_did_not_come_up_is_warned_of" {
  command   = apply
  state_key = "failed"

  override_resource {
    target = helm_release.this
    values = { status = "failed" }
  }

  variables {
    name = "others"
  }

  expect_failures = [check.release_is_deployed]
}

mock_provider "http" {}

variables {
  url = "https://users.example.org"
}

run "a_page_of_users_is_an_answer" {
  command = plan

  override_data {
    target = data.http.page
    values = { body = "{\"items\":[{\"id\":7,\"name\":\"Ada Lovelace\"}]}" }
  }

  assert {
    condition     = output.url == "https://users.example.org"
    error_message = "another service is asked"
  }
}

run "a_problem_instead_of_a_page_is_warned_of" {
  command = plan

  override_data {
    target = data.http.page
    values = { body = "{\"type\":\"shard-unavailable\",\"status\":503,\"detail\":\"shard 1 did not answer\"}" }
  }

  expect_failures = [check.service_and_all_shards_answer]
}

run "a_page_of_something_else_is_warned_of" {
  command = plan

  override_data {
    target = data.http.page
    values = { body = "<html>Welcome to nginx!</html>" }
  }

  expect_failures = [check.service_and_all_shards_answer]
}

run "a_url_with_a_path_is_refused" {
  command = plan
  variables {
    url = "https://users.example.org/"
  }
  expect_failures = [var.url]
}

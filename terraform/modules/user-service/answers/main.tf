# A page of users is put together from all shards, and refused if one of them does not answer in time.
check "service_and_all_shards_answer" {
  data "http" "page" {
    url = "${var.url}/users?limit=1"
  }

  assert {
    # `body`, since versions before 2.2 of the provider know nothing else.
    condition     = can(jsondecode(data.http.page.body).items)
    error_message = "${var.url}/users did not answer with a page of users. If it is not to be reached from here, set exposure.check = false; else ask the service which shard is missing: curl ${var.url}/users?limit=1"
  }
}

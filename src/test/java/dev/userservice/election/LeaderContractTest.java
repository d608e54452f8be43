package dev.userservice.election;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import org.junit.jupiter.api.Test;

/** What a process shows of the election; it is the only one, so it leads. */
@QuarkusTest
final class LeaderContractTest {

  @TestHTTPResource(value = "/health/ready", management = true)
  URL health;

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  @Test
  void leaderIsReturnedWithItsEpoch() {
    given()
        .get("/leader")
        .then()
        .statusCode(200)
        .body("leader", notNullValue())
        .body("epoch", greaterThanOrEqualTo(1))
        .body("since", notNullValue())
        .body("lock", equalTo("quorum"))
        .body("self", is(true));
  }

  @Test
  void healthShowsTheElection() {
    given()
        .get(health)
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'election' }.data.state", equalTo("leader"));
  }

  @Test
  void metricsShowTheElection() {
    String shown = given().get(metrics).asString();
    assertThat(shown)
        .contains("users_election_leader 1.0")
        .contains("users_election_epoch ")
        .contains("users_election_transitions_total ")
        .contains("users_election_renewal_seconds_count ");
  }
}

package dev.userservice.election;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process shows of the election; it is the only one, so it leads. */
@QuarkusTest
class LeaderContractTest {

  /** It is ready without a leader, if the schema was there already. */
  @BeforeEach
  void awaitLeadership() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> given().get("/leader").asString().contains("\"self\":true"));
  }

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
        .get(management() + "/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'election' }.data.state", equalTo("leader"));
  }

  @Test
  void metricsShowTheElection() {
    String shown = given().get(management() + "/metrics").asString();
    assertThat(shown)
        .contains("users_election_leader 1.0")
        .contains("users_election_epoch ")
        .contains("users_election_transitions_total ")
        .contains("users_election_renewal_seconds_count ");
  }

  /** Known when the service runs; an executable's is not injected. */
  private static String management() {
    return ConfigProvider.getConfig().getValue("test.management.url", String.class);
  }
}

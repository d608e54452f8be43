package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An administrator cancels a commit that waits for replicas, and the primary dies: PostgreSQL says
 * that the commit succeeded, with a warning, and the failover undoes it. Nobody is told that it was
 * written, and whoever saw it on the former primary is told that it is lost.
 */
@Tag("deep")
final class CancelledWaitIT {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String WAITING = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  private static final String OUTCOME_UNKNOWN = "/problems/outcome-unknown";

  private DrillCluster cluster;
  private ServiceProcess service;

  static List<Long> seeds() {
    return DrillSeeds.two();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCancelledCommitIsNotAcknowledgedAndItsReadersAreTold(long seed) throws Exception {
    Random random = new Random(seed);
    long user = new FreshIds(seed).next();
    String key = "cancelled-" + user;
    try (DrillCluster started = DrillCluster.start("drill-cancelled", 1);
        ServiceProcess running = started.service("-Dusers.datasource.write-deadline=3s")) {
      cluster = started;
      service = running;
      put(user, "first").then().statusCode(201);
      cluster.replicas(0).forEach(cluster.servers()::pause);

      assertUnknown(cancelled(() -> put(user, "cancelled")));
      Response read = request().header("Consistency", "strong").get("/users/{id}", user);
      assertThat(read.jsonPath().getString("name")).isEqualTo("cancelled");
      String token = read.header("Consistency-Token");

      assertUnknown(cancelled(() -> post(key)));
      assertUnknown(random.nextBoolean() ? cancelled(() -> post(key)) : post(key));

      String before = cluster.primary(0).name();
      cluster.servers().pause(cluster.primary(0));
      cluster.servers().kill(cluster.primary(0));
      cluster.replicas(0).forEach(cluster.servers()::resume);
      Awaitility.await().atMost(BOUND).until(() -> !cluster.primary(0).name().equals(before));

      Awaitility.await().atMost(BOUND).until(() -> withToken(token, user).statusCode() != 503);
      Response lost = withToken(token, user);
      assertThat(lost.statusCode()).as(lost.asString()).isEqualTo(409);
      assertThat(lost.jsonPath().getString("type")).isEqualTo("/problems/session-lost");
      assertThat(
              request()
                  .header("Consistency", "strong")
                  .get("/users/{id}", user)
                  .jsonPath()
                  .getString("name"))
          .isEqualTo("first");
      assertStaysLost(token, user);
      Awaitility.await().atMost(BOUND).until(() -> post(key).statusCode() == 201);
      assertThat(service.metric("users_replication_lost_positions")).isPositive();
    }
  }

  /** Neither a write nor a read without guarantee makes a session forget that it lost something. */
  private void assertStaysLost(String token, long user) {
    Response eventual =
        request()
            .header("Consistency", "eventual")
            .header("Consistency-Token", token)
            .get("/users/{id}", user);
    assertThat(eventual.statusCode()).isEqualTo(200);
    assertThat(withToken(eventual.header("Consistency-Token"), user).statusCode()).isEqualTo(409);
    Response[] written = new Response[1];
    Awaitility.await()
        .atMost(BOUND)
        .until(
            () -> {
              written[0] =
                  request()
                      .header("Consistency-Token", token)
                      .body("{\"name\":\"other\"}")
                      .put("/users/{id}", user + 1);
              return written[0].statusCode() / 100 == 2;
            });
    assertThat(withToken(written[0].header("Consistency-Token"), user).statusCode()).isEqualTo(409);
  }

  /** Cancels what a request's commit waits for, as soon as it waits. */
  private Response cancelled(java.util.function.Supplier<Response> write) throws Exception {
    CompletableFuture<Response> answer = CompletableFuture.supplyAsync(write);
    Awaitility.await()
        .atMost(BOUND)
        .until(() -> !onPrimary("SELECT count(*) " + WAITING).equals("0"));
    onPrimary("SELECT bool_and(pg_cancel_backend(pid)) " + WAITING);
    return answer.get(BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  private String onPrimary(String sql) throws SQLException {
    return StrayServer.query(cluster.primary(0).endpoint(), cluster.topology().credentials(), sql);
  }

  private static void assertUnknown(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
    assertThat(answer.jsonPath().getString("type")).isEqualTo(OUTCOME_UNKNOWN);
  }

  private Response put(long user, String name) {
    return request().body("{\"name\":\"" + name + "\"}").put("/users/{id}", user);
  }

  private Response post(String key) {
    return request().header("Idempotency-Key", key).body("{\"name\":\"keyed\"}").post("/users");
  }

  private Response withToken(String token, long user) {
    return request().header("Consistency-Token", token).get("/users/{id}", user);
  }

  private RequestSpecification request() {
    return given().baseUri(service.address("/").toString()).contentType("application/json");
  }
}

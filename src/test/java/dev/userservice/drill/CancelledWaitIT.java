package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.embedded.EmbeddedServer;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
  private static final String FOLLOWERS = "SELECT count(*) FROM pg_stat_replication";
  private static final String OUTCOME_UNKNOWN = "/problems/outcome-unknown";

  private DrillCluster cluster;
  private ServiceProcess service;

  static List<Long> seeds() {
    return DrillSeeds.two();
  }

  @BeforeEach
  void start() throws Exception {
    cluster = DrillCluster.start("drill-cancelled", 1);
    service = cluster.service("-Dusers.datasource.write-deadline=3s");
  }

  @AfterEach
  void stop() {
    service.close();
    cluster.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCancelledCommitIsNotAcknowledgedAndItsReadersAreTold(long seed) throws Exception {
    System.out.println("cancelled wait drill: seed " + seed);
    Random random = new Random(seed);
    long user = new FreshIds(System.nanoTime()).next();
    String key = "cancelled-" + user;
    put(user, "first").then().statusCode(201);
    cutReplicas("SET primary_conninfo = 'host=127.0.0.1 port=1'");

    assertUnknown(cancelled(() -> put(user, "cancelled")));
    Response read = strong(user);
    assertThat(read.jsonPath().getString("name")).isEqualTo("cancelled");
    String token = read.header("Consistency-Token");

    assertUnknown(cancelled(() -> post(key)));
    assertUnknown(random.nextBoolean() ? cancelled(() -> post(key)) : post(key));

    replacePrimary();
    Awaitility.await().atMost(BOUND).until(() -> withToken(token, user).statusCode() != 503);
    Response lost = withToken(token, user);
    assertThat(lost.statusCode()).as(lost.asString()).isEqualTo(409);
    assertThat(lost.jsonPath().getString("type")).isEqualTo("/problems/session-lost");
    assertThat(strong(user).jsonPath().getString("name")).isEqualTo("first");
    assertStaysLost(token, user);
    Awaitility.await().atMost(BOUND).until(() -> post(key).statusCode() == 201);
    assertThat(service.metric("users_replication_lost_positions")).isPositive();
  }

  /** Changes whom the replicas stream from: nobody, or whom the cluster says. */
  private void cutReplicas(String change) throws SQLException {
    for (EmbeddedServer replica : cluster.replicas(0)) {
      Credentials credentials = cluster.topology().credentials();
      try (Connection connection = TestConnections.connect(replica.endpoint(), credentials);
          Statement statement = connection.createStatement()) {
        statement.execute("ALTER SYSTEM " + change);
        statement.execute("SELECT pg_reload_conf()");
      }
    }
    Awaitility.await()
        .atMost(BOUND)
        .until(() -> change.startsWith("RESET") || onPrimary(FOLLOWERS).equals("0"));
  }

  private void replacePrimary() throws SQLException {
    String before = cluster.primary(0).name();
    cluster.servers().pause(cluster.primary(0));
    cluster.servers().kill(cluster.primary(0));
    cutReplicas("RESET primary_conninfo");
    Awaitility.await().atMost(BOUND).until(() -> !cluster.primary(0).name().equals(before));
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
  private Response cancelled(Supplier<Response> write) throws Exception {
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

  private Response strong(long user) {
    return request().header("Consistency", "strong").get("/users/{id}", user);
  }

  private Response withToken(String token, long user) {
    return request().header("Consistency-Token", token).get("/users/{id}", user);
  }

  private RequestSpecification request() {
    return given().baseUri(service.address("/").toString()).contentType("application/json");
  }
}

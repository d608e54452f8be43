package dev.userservice.executable;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.http.ProblemType;
import dev.userservice.label.Labels;
import dev.userservice.user.idempotency.IdempotencyKey;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of problem that a client can cause is caused once. */
@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(ClusterBeside.class)
final class ProblemsIT {

  /** Those that a client alone cannot cause, with where they are tested. */
  private static final Map<ProblemType, String> NEED_A_FAULT =
      Map.of(
          ProblemType.SESSION_LOST, "a failover without quorum commit: TimelineJudgeTest",
          ProblemType.INTERNAL, "a defect",
          ProblemType.UNAVAILABLE, "a shard without a primary: ServerDeathIT",
          ProblemType.OUTCOME_UNKNOWN, "a commit that is not answered: UnansweredCommitIT");

  /** A request that is refused. */
  private interface Refused {
    Response send() throws Exception;
  }

  private final long id = ThreadLocalRandom.current().nextLong(1, 1L << 50);

  private final Map<ProblemType, Refused> requests =
      new EnumMap<>(
          Map.ofEntries(
              entry(ProblemType.MALFORMED_REQUEST, () -> json("{").put("/users/{id}", id)),
              entry(ProblemType.NOT_FOUND, () -> given().get("/users/{id}", id)),
              entry(ProblemType.METHOD_NOT_ALLOWED, () -> given().delete("/users")),
              entry(ProblemType.NOT_ACCEPTABLE, () -> given().accept("image/png").get("/users/1")),
              entry(ProblemType.REQUEST_IN_PROGRESS, this::whileItRuns),
              entry(
                  ProblemType.PRECONDITION_FAILED,
                  () -> named("A").header("If-Match", "\"other\"").put("/users/{id}", id)),
              entry(ProblemType.TOO_LARGE, () -> named("x".repeat(100_000)).put("/users/{id}", id)),
              entry(
                  ProblemType.URI_TOO_LONG, () -> given().get("/users?ids=" + "1".repeat(100_000))),
              entry(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE,
                  () -> given().contentType("text/plain").body("Ada").put("/users/{id}", id)),
              entry(
                  ProblemType.EXPECTATION_FAILED,
                  () -> given().header("Expect", "more").get("/users/{id}", id)),
              entry(ProblemType.INVALID_VALUE, () -> named("").put("/users/{id}", id)),
              entry(ProblemType.IDEMPOTENCY_KEY_REUSED, this::withAnotherRequest),
              entry(
                  ProblemType.HEADERS_TOO_LARGE,
                  () -> given().header("X", "x".repeat(100_000)).get("/users/{id}", id))));

  @ParameterizedTest
  @EnumSource
  void everyProblemIsAnsweredInFull(ProblemType type) throws Exception {
    if (NEED_A_FAULT.containsKey(type)) {
      assertThat(requests).as(NEED_A_FAULT.get(type)).doesNotContainKey(type);
      return;
    }
    assertThat(requests).as("how %s is provoked", type).containsKey(type);
    Response answer = Objects.requireNonNull(requests.get(type)).send();
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getString("type")).isEqualTo("/problems/" + Labels.of(type));
    assertThat(answer.jsonPath().getInt("status"))
        .isEqualTo(answer.statusCode())
        .isBetween(400, 499);
    assertThat(answer.jsonPath().getString("title")).isNotBlank();
    assertThat(answer.jsonPath().getString("detail")).isNotBlank();
  }

  private static Map.Entry<ProblemType, Refused> entry(ProblemType type, Refused request) {
    return Map.entry(type, request);
  }

  private Response withAnotherRequest() {
    keyed("Ada").then().statusCode(200);
    return keyed("Grace");
  }

  /** While another transaction holds the lock of its key, on whichever shard that is. */
  private Response whileItRuns() throws SQLException {
    List<Connection> held = new ArrayList<>();
    try {
      for (int shard = 0; shard < 2; shard++) {
        Connection primary = primary(shard);
        held.add(primary);
        try (Statement statement = primary.createStatement()) {
          long lock = new IdempotencyKey("POST /user/" + id, key()).hash();
          statement.execute("SELECT pg_advisory_lock(" + lock + ")");
        }
      }
      return keyed("Ada");
    } finally {
      for (Connection connection : held) {
        connection.close();
      }
    }
  }

  private static Connection primary(int shard) throws SQLException {
    String address = setting("users.topology.shards[" + shard + "].endpoints[0]");
    return TestConnections.connect(
        Endpoint.parse(address),
        new Credentials(
            setting("users.datasource.database"),
            setting("users.datasource.username"),
            setting("users.datasource.password")));
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }

  private Response keyed(String name) {
    return named(name).header("Idempotency-Key", key()).post("/user/{id}", id);
  }

  private String key() {
    return "problem-" + id;
  }

  private static RequestSpecification named(String name) {
    return json("{\"name\":\"" + name + "\"}");
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }
}

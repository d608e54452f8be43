package dev.userservice.user;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.replication.ReplicationGroup;
import dev.userservice.sharding.Shards;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time of a version is later than that of the version before, whatever clocks and locks do. */
@QuarkusTest
class RisingTimesTest {

  private static final int CLIENTS = 10;
  private static final int WRITES = 15;
  private static final String BODY = "{\"name\":\"A\"}";

  /** Every way to make the next version of a user. */
  enum Change {
    PUT,
    CONDITIONAL_PUT,
    PATCH,
    SHORT_FORM,
    SHORT_FORM_WITH_KEY;

    Response of(long id) {
      return switch (this) {
        case PUT -> json().put("/users/" + id);
        case CONDITIONAL_PUT -> json().header("If-Match", "*").put("/users/" + id);
        case PATCH -> json().patch("/users/" + id);
        case SHORT_FORM -> json().post("/user/" + id);
        case SHORT_FORM_WITH_KEY ->
            json().header("Idempotency-Key", UUID.randomUUID().toString()).post("/user/" + id);
      };
    }

    private static RequestSpecification json() {
      return given().contentType("application/json").body(BODY);
    }
  }

  @Inject Shards shards;
  @Inject UserIdSequence ids;
  private long id;

  @BeforeEach
  void create() {
    id = ids.next();
    assertThat(Change.PUT.of(id).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource(names = {"PUT", "CONDITIONAL_PUT", "PATCH"})
  void concurrentWritesHaveTimesInTheOrderOfTheirVersions(Change change) throws Exception {
    Map<Long, Instant> times = new TreeMap<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<List<Response>>> answers = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        answers.add(clients.submit(() -> repeated(change)));
      }
      for (Future<List<Response>> answer : answers) {
        for (Response response : answer.get(2, TimeUnit.MINUTES)) {
          assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
          times.put(
              response.jsonPath().getLong("version"),
              Instant.parse(response.jsonPath().getString("updatedAt")));
        }
      }
    } finally {
      clients.shutdownNow();
    }
    assertThat(times).hasSize(CLIENTS * WRITES);
    assertRising(List.copyOf(times.values()));
  }

  /** As on a primary whose clock is behind that of the one before. */
  @ParameterizedTest
  @EnumSource
  void aClockThatFallsDoesNotTakeTheTimeBack(Change change) throws SQLException {
    query("UPDATE users SET updated_at = now() + interval '1 hour' WHERE id = %d RETURNING 1");
    List<Instant> times = new ArrayList<>(List.of(updatedAt()));
    for (int write = 0; write < 5; write++) {
      assertThat(change.of(id).statusCode()).isEqualTo(200);
      times.add(updatedAt());
    }
    assertRising(times);
    assertThat(times.get(5)).isBefore(times.get(0).plusSeconds(1));
  }

  /** A failover may undo one of them, and the other may be written in its place. */
  @Test
  void twoWritesOfTheSameVersionDifferInTheirTimes() throws SQLException {
    String future = "UPDATE users SET updated_at = date_trunc('day', now()) + interval '2 days'";
    Set<Instant> times = new HashSet<>();
    for (int write = 0; write < 10; write++) {
      query(future + " WHERE id = %d RETURNING 1");
      Change.PUT.of(id);
      times.add(updatedAt());
    }
    assertThat(times.size()).isGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatWaitsForAnotherIsTheLaterOne(Change change) throws Exception {
    ExecutorService client = Executors.newSingleThreadExecutor();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT FROM users WHERE id = %d FOR UPDATE".formatted(id));
      Future<Response> waiting = client.submit(() -> change.of(id));
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::isAwaited);
      statement.execute(
          "UPDATE users SET version = version + 1, updated_at = clock_timestamp() WHERE id = "
              + id);
      connection.commit();
      Instant before = instant(statement, "SELECT updated_at FROM users WHERE id = " + id);
      assertThat(waiting.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(updatedAt()).isAfterOrEqualTo(before);
    } finally {
      client.shutdownNow();
    }
  }

  @Test
  void aNewUserIsUpdatedWhenItIsCreated() {
    Response created = Change.PUT.of(ids.next());
    assertThat(created.jsonPath().getString("createdAt"))
        .isEqualTo(created.jsonPath().getString("updatedAt"));
  }

  private List<Response> repeated(Change change) {
    List<Response> answers = new ArrayList<>();
    for (int write = 0; write < WRITES; write++) {
      answers.add(change.of(id));
    }
    return answers;
  }

  private static void assertRising(List<Instant> times) {
    for (int index = 1; index < times.size(); index++) {
      assertThat(times.get(index)).as("%d of %s", index, times).isAfter(times.get(index - 1));
    }
  }

  private boolean isAwaited() throws SQLException {
    return query(
            """
            SELECT count(*) FROM pg_locks
            WHERE NOT granted AND locktype IN ('transactionid', 'tuple') AND 0 < %d
            """)
        .equals("1");
  }

  private Instant updatedAt() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return instant(statement, "SELECT updated_at FROM users WHERE id = " + id);
    }
  }

  private static Instant instant(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getObject(1, java.time.OffsetDateTime.class).toInstant();
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.formatted(id))) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    ReplicationGroup group = shards.of(id).group();
    return group
        .primary()
        .orElseThrow()
        .writes()
        .unpooled("test", Duration.ofSeconds(30))
        .getConnection();
  }
}

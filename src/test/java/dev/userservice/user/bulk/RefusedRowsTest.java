package dev.userservice.user.bulk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values that the service's rules allow and the database refuses, by a trigger that stands for a
 * constraint of the operator or a narrower encoding.
 */
@QuarkusTest
class RefusedRowsTest {

  private final long first =
      6_000_000_000_000_000L + ThreadLocalRandom.current().nextInt(1_000_000) * 1_000_000L;
  private final String mark = "refused " + UUID.randomUUID();
  @Inject ReplicationGroups groups;

  /** The name of a user says by which SQLSTATE it is refused. */
  @BeforeEach
  void refuse() throws SQLException {
    administer(
        """
        CREATE OR REPLACE FUNCTION refuse_marked() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'refused' USING ERRCODE = right(NEW.name, 5);
        END
        $$;
        CREATE TRIGGER refuse_marked BEFORE INSERT OR UPDATE ON users FOR EACH ROW
          WHEN (starts_with(NEW.name, '%s')) EXECUTE FUNCTION refuse_marked();
        """
            .formatted(mark));
  }

  @AfterEach
  void allow() throws SQLException {
    administer("DROP TRIGGER refuse_marked ON users; DROP FUNCTION refuse_marked;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "22003", "22P02", "22P05", "23502", "23514", "44000", "54000"})
  void oneRefusedLineDoesNotStopTheOthers(String state) {
    imported(
            IntStream.range(0, 40).mapToObj(line -> line(line, line == 17 ? state : null)).toList())
        .then()
        .statusCode(200)
        .body("imported", equalTo(39))
        .body("rejectedCount", equalTo(1))
        .body("rejected.line", contains(18))
        .body(
            "rejected[0].detail",
            equalTo("The database refuses a value (SQLSTATE %s).".formatted(state)));
    assertThat(stored(40)).hasSize(39).doesNotContain(first + 17);
  }

  @Test
  void manyRefusedLinesAreToldInTheOrderOfTheirNumbers() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<Integer> refused = new TreeSet<>();
    List<String> lines =
        IntStream.range(0, 400)
            .mapToObj(
                line -> {
                  boolean wrong = random.nextInt(10) == 0;
                  if (wrong) {
                    refused.add(line + 1);
                  }
                  return line(line, wrong ? "P0001" : null);
                })
            .toList();
    Response response = imported(lines);
    assertThat(response.statusCode()).as("seed %d", seed).isEqualTo(200);
    assertThat(response.jsonPath().getList("rejected.line", Integer.class))
        .as("seed %d", seed)
        .containsExactlyElementsOf(refused);
    assertThat(stored(400)).as("seed %d", seed).hasSize(400 - refused.size());
  }

  @Test
  void aSingleWriteIsRefusedAndChangesNothing() {
    String wrong = "{\"name\":\"%s 23514\"}".formatted(mark);
    given().contentType("application/json").body("{\"name\":\"A\"}").put("/users/" + first);
    for (Response response :
        List.of(
            json(wrong).post("/users"),
            json(wrong).header("Idempotency-Key", mark.substring(8)).post("/users"),
            json(wrong).put("/users/" + first),
            json(wrong).patch("/users/" + first),
            json(wrong).post("/user/" + first))) {
      assertThat(response.statusCode()).as(response.asString()).isEqualTo(422);
      assertThat(response.jsonPath().getString("type")).isEqualTo("/problems/invalid-value");
    }
    given()
        .header("Consistency", "strong")
        .get("/users/" + first)
        .then()
        .body("name", equalTo("A"))
        .body("version", equalTo(1));
  }

  private String line(int number, @Nullable String state) {
    String name = state == null ? "kept" : mark + " " + state;
    return "{\"id\":%d,\"name\":\"%s\"}".formatted(first + number, name);
  }

  private List<Long> stored(int lines) {
    return IntStream.range(0, (lines + 99) / 100)
        .boxed()
        .flatMap(part -> storedOf(part * 100, Math.min(lines, part * 100 + 100)).stream())
        .toList();
  }

  private List<Long> storedOf(int from, int to) {
    String ids =
        IntStream.range(from, to)
            .mapToObj(line -> Long.toString(first + line))
            .collect(Collectors.joining(","));
    return given()
        .header("Consistency", "strong")
        .queryParam("ids", ids)
        .get("/users")
        .jsonPath()
        .getList("items.id", Long.class);
  }

  private static Response imported(List<String> lines) {
    return given()
        .contentType("application/x-ndjson")
        .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
        .post("/users/import");
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private void administer(String sql) throws SQLException {
    for (ReplicationGroup group : groups.all()) {
      try (Connection connection =
              group
                  .primary()
                  .orElseThrow()
                  .writes()
                  .unpooled("test", Duration.ofSeconds(30))
                  .getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}

package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.userservice.ServiceProcess;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Endpoint;
import dev.userservice.topology.Topology;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A write whose commit is never answered is made once: found again if it happened, made again if it
 * did not, and told to be unknown if neither can be known. It never undoes what came after it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnansweredCommitIT {

  private static final String MARK = "marked";
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final FreshIds ids = new FreshIds(System.nanoTime());
  private DrillCluster cluster;
  private CommitThief thief;
  private ServiceProcess service;
  private long id;

  @BeforeAll
  void start() throws Exception {
    cluster = DrillCluster.start("drill-commits", 1, 0);
    thief = CommitThief.before(primary());
    Topology topology =
        new Topology(List.of(List.of(thief.endpoint())), cluster.topology().credentials());
    service = cluster.service(topology, "service");
  }

  @AfterAll
  void stop() {
    service.close();
    thief.close();
    cluster.close();
  }

  @BeforeEach
  void newUser() {
    id = ids.next();
  }

  @AfterEach
  void theTheftHappened() {
    assertThat(thief.done()).isTrue();
  }

  @Test
  void aCreationIsFoundAgain() {
    thief.stealAnswer(MARK, () -> {});
    assertThat(put(MARK).statusCode()).isEqualTo(201);
    assertIs(MARK, 1);
  }

  @Test
  void aChangeIsFoundAgain() {
    put("first");
    thief.stealAnswer(MARK, () -> {});
    assertThat(put(MARK).jsonPath().getLong("version")).isEqualTo(2);
    assertIs(MARK, 2);
  }

  @Test
  void aPatchIsFoundAgain() {
    put("first");
    thief.stealAnswer(MARK, () -> {});
    json("{\"name\":\"" + MARK + "\"}").patch("/users/{id}", id).then().statusCode(200);
    assertIs(MARK, 2);
  }

  @Test
  void aConditionalChangeIsFoundAgain() {
    String tag = put("first").header("ETag");
    thief.stealAnswer(MARK, () -> {});
    json(user(MARK)).header("If-Match", tag).put("/users/{id}", id).then().statusCode(200);
    assertIs(MARK, 2);
  }

  @Test
  void aChangeThatWasNotCommittedIsMadeAgain() {
    put("first");
    thief.stealCommit(MARK);
    assertThat(put(MARK).statusCode()).isEqualTo(200);
    assertIs(MARK, 2);
  }

  @Test
  void aChangeInTheFirstOnesPlaceDoesNotHideThatItWasNotCommitted() {
    put("first");
    thief.stealAnswer(MARK, () -> change("UPDATE users SET updated_at = now()"));
    assertThat(put(MARK).statusCode()).isEqualTo(200);
    assertIs(MARK, 3);
  }

  @Test
  void whatCameAfterItIsNotUndone() {
    put("first");
    thief.stealAnswer(MARK, () -> change("UPDATE users SET name = 'later', version = version + 1"));
    assertUnknown(put(MARK));
    assertIs("later", 3);
  }

  @Test
  void aUserThatIsGoneAgainIsNotRaised() {
    thief.stealAnswer(MARK, () -> change("DELETE FROM users"));
    assertUnknown(put(MARK));
    json("").get("/users/{id}", id).then().statusCode(404);
  }

  @Test
  void aCreationThatWasNotCommittedIsNotGuessedAt() {
    thief.stealCommit(MARK);
    assertUnknown(put(MARK));
    json("").get("/users/{id}", id).then().statusCode(404);
  }

  @Test
  void aCreationWhoseFirstRunStillHoldsItsKeyIsUnknown() {
    thief.stealClient("INSERT INTO idempotency_key");
    assertUnknown(postUnderKey());
    assertThat(postUnderKey().statusCode()).isEqualTo(409);
    thief.release();
    await().atMost(BOUND).until(() -> postUnderKey().statusCode() == 201);
  }

  @Test
  void aDeletionThatWasNotCommittedIsMadeAgain() {
    put("first");
    thief.stealCommit("DELETE FROM users");
    json("").delete("/users/{id}", id).then().statusCode(204);
    json("").get("/users/{id}", id).then().statusCode(404);
  }

  @Test
  void aKeyedCreationIsAnsweredFromMemory() {
    thief.stealAnswer(MARK, () -> {});
    Response created = json(user(MARK)).header("Idempotency-Key", "k" + id).post("/users");
    created.then().statusCode(201);
    id = created.jsonPath().getLong("id");
    assertIs(MARK, 1);
  }

  private Response postUnderKey() {
    return json(user(MARK)).header("Idempotency-Key", "held" + id).post("/users");
  }

  private Response put(String name) {
    return json(user(name)).put("/users/{id}", id);
  }

  private RequestSpecification json(String body) {
    return given()
        .baseUri(service.address("/").toString())
        .header("Consistency", "strong")
        .contentType("application/json")
        .body(body);
  }

  private static String user(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  private void assertIs(String name, long version) {
    Response read = json("").get("/users/{id}", id);
    assertThat(read.jsonPath().getString("name")).isEqualTo(name);
    assertThat(read.jsonPath().getLong("version")).isEqualTo(version);
  }

  private static void assertUnknown(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.jsonPath().getString("type")).isEqualTo("/problems/outcome-unknown");
  }

  private Endpoint primary() {
    return cluster.primary(0).endpoint();
  }

  /** What another writer does to the user, in the last moment before the first one asks again. */
  private void change(String statement) {
    try (Connection connection =
            TestConnections.connect(primary(), cluster.topology().credentials());
        Statement sql = connection.createStatement()) {
      sql.executeUpdate(statement + " WHERE id = " + id);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}

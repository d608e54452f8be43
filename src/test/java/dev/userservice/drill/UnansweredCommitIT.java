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
 * A write whose commit is not answered is made once. If it was committed, it is found; if it was
 * not, it is made again; if neither is certain, the answer is 503 outcome-unknown. It never undoes
 * a later write.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnansweredCommitIT {

  private static final String MARK = "marked";
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final FreshIds ids = new FreshIds(System.nanoTime());
  private DrillCluster cluster;
  private CommitFaultProxy proxy;
  private ServiceProcess service;
  private long id;

  @BeforeAll
  void start() throws Exception {
    cluster = DrillCluster.start("drill-commits", 1, 0);
    proxy = CommitFaultProxy.before(primary());
    Topology topology =
        new Topology(List.of(List.of(proxy.endpoint())), cluster.topology().credentials());
    service = cluster.service(topology, "service");
  }

  @AfterAll
  void stop() {
    service.close();
    proxy.close();
    cluster.close();
  }

  @BeforeEach
  void newUser() {
    id = ids.next();
  }

  @AfterEach
  void faultHappened() {
    assertThat(proxy.done()).isTrue();
  }

  @Test
  void committedCreationIsFound() {
    proxy.loseAnswer(MARK, () -> {});
    assertThat(put(MARK).statusCode()).isEqualTo(201);
    assertIs(MARK, 1);
  }

  @Test
  void committedChangeIsFound() {
    put("first");
    proxy.loseAnswer(MARK, () -> {});
    assertThat(put(MARK).jsonPath().getLong("version")).isEqualTo(2);
    assertIs(MARK, 2);
  }

  @Test
  void committedPatchIsFound() {
    put("first");
    proxy.loseAnswer(MARK, () -> {});
    json("{\"name\":\"" + MARK + "\"}").patch("/users/{id}", id).then().statusCode(200);
    assertIs(MARK, 2);
  }

  @Test
  void committedConditionalChangeIsFound() {
    String tag = put("first").header("ETag");
    proxy.loseAnswer(MARK, () -> {});
    json(user(MARK)).header("If-Match", tag).put("/users/{id}", id).then().statusCode(200);
    assertIs(MARK, 2);
  }

  @Test
  void uncommittedChangeIsMadeAgain() {
    put("first");
    proxy.loseCommit(MARK);
    assertThat(put(MARK).statusCode()).isEqualTo(200);
    assertIs(MARK, 2);
  }

  @Test
  void uncommittedChangeIsMadeAgainAfterAnotherOneWithItsVersion() {
    put("first");
    proxy.loseAnswer(MARK, () -> change("UPDATE users SET updated_at = now()"));
    assertThat(put(MARK).statusCode()).isEqualTo(200);
    assertIs(MARK, 3);
  }

  @Test
  void laterChangeIsNotUndone() {
    put("first");
    proxy.loseAnswer(MARK, () -> change("UPDATE users SET name = 'later', version = version + 1"));
    assertUnknown(put(MARK));
    assertIs("later", 3);
  }

  @Test
  void deletedUserIsNotCreatedAgain() {
    proxy.loseAnswer(MARK, () -> change("DELETE FROM users"));
    assertUnknown(put(MARK));
    json("").get("/users/{id}", id).then().statusCode(404);
  }

  @Test
  void uncommittedCreationIsUnknown() {
    proxy.loseCommit(MARK);
    assertUnknown(put(MARK));
    json("").get("/users/{id}", id).then().statusCode(404);
  }

  @Test
  void creationWhoseFirstRunHoldsItsKeyIsUnknown() {
    proxy.loseClient("INSERT INTO idempotency_key");
    assertUnknown(postUnderKey());
    assertThat(postUnderKey().statusCode()).isEqualTo(409);
    proxy.release();
    await().atMost(BOUND).until(() -> postUnderKey().statusCode() == 201);
  }

  @Test
  void uncommittedDeletionIsMadeAgain() {
    put("first");
    proxy.loseCommit("DELETE FROM users");
    json("").delete("/users/{id}", id).then().statusCode(204);
    json("").get("/users/{id}", id).then().statusCode(404);
  }

  @Test
  void creationWithKeyGetsItsStoredAnswer() {
    proxy.loseAnswer(MARK, () -> {});
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

  /** A change by another writer, after the fault and before the service looks for the write. */
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

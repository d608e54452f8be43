package dev.userservice.user;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads promise, as a caller sees it. */
@QuarkusTest
class ConsistencyContractTest {

  private static final String LEVEL = "Consistency";
  private static final String TOKEN = "Consistency-Token";
  private static final String SERVED_BY = "Served-By";

  private final long id = ThreadLocalRandom.current().nextLong(1, 1L << 50);

  @Test
  void sessionReadsItsOwnWritesOnAllShards() {
    String token = null;
    for (int write = 0; write < 200; write++) {
      Response written = named("User " + write, token).put("/users/{id}", id + write % 7);
      token = written.header(TOKEN);
      Response read = inSession(token).get("/users/{id}", id + write % 7);
      assertThat(read.jsonPath().getString("name")).isEqualTo("User " + write);
      token = read.header(TOKEN);
    }
  }

  @Test
  void sessionReadsItsOwnDeletes() {
    String token = named("Ada", null).put("/users/{id}", id).header(TOKEN);
    token = inSession(token).delete("/users/{id}", id).header(TOKEN);
    inSession(token)
        .get("/users/{id}", id)
        .then()
        .statusCode(404)
        .header(TOKEN, notNullValue())
        .header(SERVED_BY, containsString("shard="));
  }

  @Test
  void sessionReadsItsOwnWritesInEveryKindOfRead() {
    String token = named("Ada", null).put("/users/{id}", id).header(TOKEN);
    token = named("Grace", token).put("/users/{id}", id + 1).header(TOKEN);
    inSession(token)
        .queryParam("ids", id + "," + (id + 1))
        .get("/users")
        .then()
        .body("items", hasSize(2));
    inSession(token).get("/user/{id}", id).then().body("name", equalTo("Ada"));
  }

  @Test
  void tokenOfAnImportIncludesIt() {
    String token =
        given()
            .contentType("application/x-ndjson")
            .body("{\"id\":%d,\"name\":\"Imported\"}\n".formatted(id).getBytes(UTF_8))
            .post("/users/import")
            .header(TOKEN);
    inSession(token).get("/users/{id}", id).then().statusCode(200);
  }

  @Test
  void strongReadIsAnsweredByThePrimary() {
    named("Ada", null).put("/users/{id}", id);
    given()
        .header(LEVEL, "strong")
        .get("/users/{id}", id)
        .then()
        .statusCode(200)
        .header(
            SERVED_BY, matchesPattern("\"[0-9.]+:\\d+\";shard=\\d;role=primary;.*reason=strong"));
  }

  @Test
  void boundOfZeroIsAnsweredByThePrimary() {
    named("Ada", null).put("/users/{id}", id);
    given()
        .header(LEVEL, "bounded=0")
        .get("/users/{id}", id)
        .then()
        .statusCode(200)
        .header(SERVED_BY, containsString("role=primary"));
  }

  @Test
  void olderAnswerKeepsWhatTheSessionHasSeen() {
    String token = named("Ada", null).put("/users/{id}", id).header(TOKEN);
    String after = inSession(token).header(LEVEL, "eventual").get("/users/{id}", id).header(TOKEN);
    inSession(after).get("/users/{id}", id).then().statusCode(200).body("name", equalTo("Ada"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weak",
        "bounded",
        "bounded=",
        "bounded=-1",
        "bounded=1e3",
        "bounded=3600001",
        "STRONG",
        "strong, session"
      })
  void unknownLevelIsRefused(String level) {
    given()
        .header(LEVEL, level)
        .get("/users/{id}", id)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString("strong, session, eventual"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AQ", "AQEBAQEB", "../../etc/passwd", "\u00e9"})
  void malformedTokenIsRefusedByReadsAndWritesAndChangesNothing(String token) {
    inSession(token).get("/users/{id}", id).then().statusCode(400);
    named("Ada", token).put("/users/{id}", id).then().statusCode(400);
    given().header(LEVEL, "strong").get("/users/{id}", id).then().statusCode(404);
  }

  @Test
  void explainGivesAVerdictForEachServer() {
    given()
        .queryParam("id", id)
        .get("/routing/explain")
        .then()
        .statusCode(200)
        .body("strategy", equalTo("weighted-least-latency"))
        .body("servers", hasSize(3))
        .body("servers.verdict", hasItem("eligible"))
        .body("servers.verdict", hasItem("the primary answers when no replica can"));
    given()
        .queryParam("id", id)
        .queryParam("consistency", "strong")
        .get("/routing/explain")
        .then()
        .body("level", equalTo("strong"))
        .body("servers.verdict", hasItem("a strong read needs the primary"));
    given().get("/routing/explain").then().statusCode(400);
    given()
        .queryParam("id", id)
        .queryParam("consistency", "x")
        .get("/routing/explain")
        .then()
        .statusCode(400);
  }

  private static RequestSpecification named(String name, String token) {
    return inSession(token)
        .contentType("application/json")
        .body("{\"name\":\"%s\"}".formatted(name));
  }

  private static RequestSpecification inSession(String token) {
    return token == null ? given() : given().header(TOKEN, token);
  }
}

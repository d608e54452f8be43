package dev.userservice.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP contract, on the real service and a real replicated cluster. */
@QuarkusTest
class UserContractTest {

  private final long id = ThreadLocalRandom.current().nextLong(1, 1L << 50);

  @Test
  void theShortFormCreatesAndReads() {
    json("{\"id\":\"ignored\",\"name\":\"Ada\",\"age\":36}")
        .post("/user/{id}", id)
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("name", equalTo("Ada"))
        .body("age", equalTo(36));
    assertThat(eventually("/user/" + id, "Ada").asString())
        .isEqualTo("{\"id\":%d,\"name\":\"Ada\",\"age\":36}".formatted(id));
  }

  @Test
  void aPostOfTheShortFormKeepsTheOtherFields() {
    json("{\"name\":\"Ada\",\"email\":\"ada@example.org\"}").put("/users/{id}", id);
    json("{\"name\":\"Ada Lovelace\"}").post("/user/{id}", id).then().statusCode(200);
    eventually("/users/" + id, "Lovelace")
        .then()
        .body("email", equalTo("ada@example.org"))
        .body("version", equalTo(2));
  }

  @Test
  void aCreatedUserIsAtItsLocationWithItsTag() {
    Response created =
        json("{\"name\":\"Grace\",\"age\":85,\"email\":\"g@example.org\","
                + "\"attributes\":{\"exact\":1.50,\"big\":1e400}}")
            .post("/users");
    created.then().statusCode(201).body("version", equalTo(1));
    assertThat(created.jsonPath().getLong("id")).isBetween(1L, 1L << 53);
    assertThat(created.header("Location")).isEqualTo("/users/" + created.jsonPath().getLong("id"));
    Response read = eventually(created.header("Location"), "Grace");
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
    assertThat(read.asString()).contains("{\"exact\":1.50,\"big\":1e400}");
    given()
        .header("If-None-Match", created.header("ETag"))
        .get(created.header("Location"))
        .then()
        .statusCode(304);
  }

  @Test
  void theBodyOfAnAnswerCanBePut() {
    String got = json("{\"name\":\"Alan\"}").put("/users/{id}", id).asString();
    json(got).put("/users/{id}", id).then().statusCode(200).body("version", equalTo(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"名前", "Ünï", "עברית", "😀 emoji", "a"})
  void namesOfEveryScriptComeBack(String name) {
    json("{\"name\":\"%s\"}".formatted(name)).post("/user/{id}", id).then().statusCode(200);
    eventually("/user/" + id, name).then().body("name", equalTo(name));
  }

  @Test
  void conditionsDecideAboutWrites() {
    String tag = json("{\"name\":\"A\"}").put("/users/{id}", id).header("ETag");
    conditional("If-None-Match", "*").put("/users/{id}", id).then().statusCode(412);
    conditional("If-Match", "\"other\"").put("/users/{id}", id).then().statusCode(412);
    conditional("If-Match", tag).put("/users/{id}", id).then().statusCode(200);
    conditional("If-Match", tag).put("/users/{id}", id).then().statusCode(412);
    given().header("If-Match", tag).delete("/users/{id}", id).then().statusCode(412);
    conditional("If-Match", "*").put("/users/{id}", id + 1).then().statusCode(412);
    conditional("If-None-Match", "*").put("/users/{id}", id + 2).then().statusCode(201);
  }

  /** Without its condition the request would be 404 (RFC 9110, section 13.2.1). */
  @Test
  void aConditionOnNobodyIsNoReasonToRefuse() {
    given().header("If-Match", "\"x\"").get("/users/{id}", id).then().statusCode(404);
    given().header("If-Match", "\"x\"").get("/user/{id}", id).then().statusCode(404);
    given().header("If-Match", "\"x\"").delete("/users/{id}", id).then().statusCode(404);
    conditional("If-Match", "*").patch("/users/{id}", id).then().statusCode(404);
    conditional("If-Match", "*").post("/user/{id}", id).then().statusCode(412);
    conditional("If-None-Match", "*").post("/user/{id}", id).then().statusCode(200);
    conditional("If-None-Match", "*").post("/user/{id}", id).then().statusCode(412);
  }

  @Test
  void aMergePatchChangesWhatItNames() {
    json("{\"name\":\"A\",\"age\":1,\"attributes\":{\"x\":1.10,\"y\":{\"z\":2}}}")
        .put("/users/{id}", id);
    String patched =
        given()
            .contentType("application/merge-patch+json")
            .body("{\"age\":null,\"attributes\":{\"y\":{\"z\":null,\"q\":1e2}}}")
            .patch("/users/{id}", id)
            .asString();
    assertThat(patched)
        .contains("\"age\":null", "\"attributes\":{\"x\":1.10,\"y\":{\"q\":1e2}}", "\"version\":2");
  }

  @Test
  void aDeletedUserIsGone() {
    json("{\"name\":\"A\"}").put("/users/{id}", id);
    given().delete("/users/{id}", id).then().statusCode(204);
    given().delete("/users/{id}", id).then().statusCode(404);
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> given().get("/users/" + id).statusCode() == 404);
  }

  @Test
  void aRepeatedKeyAnswersTheSameAndWritesOnce() {
    String key = "key-" + id;
    Response first = keyed(key, "{\"name\":\"Once\"}");
    Response second = keyed(key, "{\"name\":\"Once\"}");
    first.then().statusCode(201);
    second.then().statusCode(201).header("Idempotent-Replayed", "true");
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    keyed(key, "{\"name\":\"Twice\"}")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/idempotency-key-reused"));
  }

  @Test
  void aVersionIsNeverOlderThanTheOneBefore() {
    Map<Integer, Instant> written = new ConcurrentSkipListMap<>();
    IntStream.range(0, 150)
        .parallel()
        .forEach(
            turn -> {
              JsonPath put = json("{\"name\":\"A\"}").put("/users/{id}", id).jsonPath();
              written.put(put.getInt("version"), Instant.parse(put.getString("updatedAt")));
            });
    assertThat(written).hasSize(150);
    assertThat(List.copyOf(written.values())).isSorted();
  }

  @Test
  void aKeyTellsRequestsApartByTheirValues() {
    String key = "values-" + id;
    Response first =
        keyed(key, "{\"name\":\"Ada\",\"attributes\":{\"a\":{\"x\":1.0,\"y\":2},\"b\":[1]}}");
    Response second =
        keyed(
            key, "{ \"attributes\":{\"b\":[1],\"a\":{\"y\":2,\"x\":1.0}}, \"name\":\"\\u0041da\"}");
    assertThat(second.asString()).isEqualTo(first.asString());
    keyed(key, "{\"name\":\"Ada\",\"attributes\":{\"a\":{\"x\":2,\"y\":1.0},\"b\":[1]}}")
        .then()
        .statusCode(422);
  }

  @Test
  void aRepeatedKeyChangesAUserOnce() {
    json("{\"name\":\"A\",\"age\":1}").put("/users/{id}", id);
    for (String replayed : new String[] {null, "true"}) {
      Response patched = withKey("p-" + id, "{\"age\":2}").patch("/users/{id}", id);
      patched.then().statusCode(200).body("version", equalTo(2));
      assertThat(patched.header("Idempotent-Replayed")).isEqualTo(replayed);
    }
    for (String replayed : new String[] {null, "true"}) {
      Response set = withKey("s-" + id, "{\"name\":\"B\"}").post("/user/{id}", id);
      set.then().statusCode(200).body("name", equalTo("B"));
      assertThat(set.header("Idempotent-Replayed")).isEqualTo(replayed);
    }
    given()
        .header("Consistency", "strong")
        .get("/users/{id}", id)
        .then()
        .body("version", equalTo(3));
  }

  @Test
  void aKeyIsNotSpentOnARefusedRequest() {
    withKey("r-" + id, "{\"age\":2}").patch("/users/{id}", id).then().statusCode(404);
    json("{\"name\":\"A\"}").put("/users/{id}", id);
    withKey("r-" + id, "{\"age\":2}").patch("/users/{id}", id).then().statusCode(200);
  }

  @Test
  void pagesOfAllShardsAreOneSequence() {
    long first = id;
    for (long user = first; user < first + 25; user++) {
      json("{\"name\":\"page\"}").put("/users/{id}", user).then().statusCode(201);
    }
    eventually("/users/" + (first + 24), "page");
    String cursor = new PageCursor(first - 1).toString();
    List<Long> seen = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      Response response = given().get("/users?limit=10&cursor=" + cursor);
      seen.addAll(response.jsonPath().getList("items.id", Long.class));
      cursor = response.jsonPath().getString("nextCursor");
      if (cursor == null) {
        break;
      }
      assertThat(response.header("Link")).contains(cursor).endsWith("rel=\"next\"");
    }
    assertThat(seen).isSorted().hasSizeGreaterThanOrEqualTo(25);
    assertThat(seen.subList(0, 25)).startsWith(first).endsWith(first + 24);
  }

  @Test
  void manyUsersAreLookedUpAtOnce() {
    json("{\"name\":\"a\",\"email\":\"Look.%d@Example.org\"}".formatted(id)).put("/users/{id}", id);
    json("{\"name\":\"b\"}").put("/users/{id}", id + 1);
    eventually("/users/" + id, "Look");
    eventually("/users/" + (id + 1), "\"b\"");
    given()
        .get("/users?ids=%d,%d&ids=%d".formatted(id + 1, id, id + 2))
        .then()
        .statusCode(200)
        .body("items.id", contains(id, id + 1))
        .body("nextCursor", nullValue());
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                given()
                    .get("/users?email=look.%d@example.org".formatted(id))
                    .then()
                    .body("items", hasSize(1)));
  }

  /** Clients are generated from the names of operations. */
  @Test
  void operationsKeepTheirNames() {
    Map<String, Map<String, Map<String, Object>>> paths =
        given().get("/q/openapi?format=json").jsonPath().getMap("paths");
    List<Object> names = new ArrayList<>();
    for (Map<String, Map<String, Object>> operations : paths.values()) {
      operations.values().forEach(operation -> names.add(operation.get("operationId")));
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "createUser",
            "deleteUser",
            "explainRouting",
            "exportUsers",
            "getFounding",
            "getLeader",
            "getUser",
            "importUsers",
            "listUsers",
            "patchUser",
            "postFounding",
            "putUser");
  }

  /** Replicas replay a moment after the primary: a read without a token may come too early. */
  private static Response eventually(String address, String expected) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> given().get(address), response -> response.asString().contains(expected));
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private static RequestSpecification conditional(String header, String value) {
    return json("{\"name\":\"conditional\"}").header(header, value);
  }

  private static Response keyed(String key, String body) {
    return withKey(key, body).post("/users");
  }

  private static RequestSpecification withKey(String key, String body) {
    return json(body).header("Idempotency-Key", key);
  }
}

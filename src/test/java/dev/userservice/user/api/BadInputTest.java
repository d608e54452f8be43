package dev.userservice.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malformed and invalid requests: each is answered with its 4xx status and problem details, and
 * changes nothing.
 */
@QuarkusTest
class BadInputTest {

  private static final long UNTOUCHED = 8_000_000_000_000_001L;

  /** The text is Latin-1: one character per byte of the body. */
  record Body(int status, String name, String latin1) {

    static Body of(int status, String name, String text) {
      return new Body(
          status,
          name,
          new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Body> wrongBodies() {
    return Stream.of(
        Body.of(400, "empty", ""),
        Body.of(400, "null", "null"),
        Body.of(400, "not JSON", "name=Ada"),
        Body.of(400, "cut short", "{\"name\":\"A\""),
        Body.of(400, "two documents", "{\"name\":\"A\"}{\"name\":\"B\"}"),
        Body.of(400, "an array", "[{\"name\":\"A\"}]"),
        Body.of(400, "a string", "\"Ada\""),
        Body.of(400, "a duplicate key", "{\"name\":\"A\",\"name\":\"B\"}"),
        Body.of(400, "a duplicate attribute", "{\"name\":\"A\",\"attributes\":{\"x\":1,\"x\":2}}"),
        Body.of(400, "an unknown field", "{\"name\":\"A\",\"nmae\":\"B\"}"),
        Body.of(400, "a number for a name", "{\"name\":5}"),
        Body.of(400, "an object for a name", "{\"name\":{}}"),
        Body.of(400, "a string for an age", "{\"name\":\"A\",\"age\":\"5\"}"),
        Body.of(400, "a fraction for an age", "{\"name\":\"A\",\"age\":5.5}"),
        Body.of(400, "a boolean for an age", "{\"name\":\"A\",\"age\":true}"),
        Body.of(422, "an age beyond int", "{\"name\":\"A\",\"age\":99999999999}"),
        Body.of(400, "an array of attributes", "{\"name\":\"A\",\"attributes\":[1]}"),
        Body.of(400, "5,000 levels", "{\"name\":\"A\",\"attributes\":" + "[".repeat(5000)),
        Body.of(
            400,
            "5,000 closed levels",
            "{\"name\":\"A\",\"attributes\":"
                + "{\"a\":".repeat(5000)
                + "1"
                + "}".repeat(5000)
                + "}"),
        new Body(400, "invalid UTF-8", "{\"\u00C3\":1}"),
        Body.of(400, "half a pair as an unknown field", "{\"name\":\"A\",\"\\ud800\":1}"),
        Body.of(400, "a pair where the name is cut", "{\"" + "f".repeat(59) + "\uD83D\uDE00\":1}"),
        new Body(400, "UTF-32 in its first bytes", "\0\0\0{"),
        Body.of(400, "half a pair as a key", "{\"name\":\"A\",\"attributes\":{\"\\ud800\":1}}"),
        Body.of(422, "no name", "{\"age\":5}"),
        Body.of(422, "an empty name", "{\"name\":\"\"}"),
        Body.of(422, "a name of 300", "{\"name\":\"" + "n".repeat(300) + "\"}"),
        Body.of(422, "age -1", "{\"name\":\"A\",\"age\":-1}"),
        Body.of(422, "age 151", "{\"name\":\"A\",\"age\":151}"),
        Body.of(422, "NUL in the name", "{\"name\":\"A\\u0000\"}"),
        Body.of(422, "half a pair", "{\"name\":\"A\\ud800\"}"),
        Body.of(422, "halves swapped", "{\"name\":\"\\udc00\\ud800\"}"),
        Body.of(422, "NUL in attributes", "{\"name\":\"A\",\"attributes\":{\"a\":\"\\u0000\"}}"),
        Body.of(422, "a name of blanks", "{\"name\":\" \\t\\u00a0\\u2003\\u200b\\u3164\"}"),
        Body.of(422, "no address", "{\"name\":\"A\",\"email\":\"nobody\"}"),
        Body.of(
            422,
            "attributes of 20 KiB",
            "{\"name\":\"A\",\"attributes\":{\"a\":\"" + "x".repeat(20_480) + "\"}}"),
        Body.of(413, "a body of 100 KiB", "{\"name\":\"" + "x".repeat(100_000) + "\"}"));
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void aWrongBodyIsRefusedByEveryWrite(Body body) {
    refused(body.status(), sent(body, "application/json").post("/users"));
    refused(body.status(), sent(body, "application/json").put("/users/" + UNTOUCHED));
    assertThat(given().get("/users/" + UNTOUCHED).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void aWrongBodyOfTheShortFormIsRefused(Body body) {
    Response response = sent(body, "application/json").post("/user/" + UNTOUCHED);
    assertThat(response.statusCode()).isBetween(400, 499);
    refused(response.statusCode(), response);
    assertThat(given().get("/users/" + UNTOUCHED).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9223372036854775808",
        "abc",
        "1.5",
        "%20",
        "1e3",
        "٣x",
        "٧",
        "+7",
        "007",
        "7.0",
        "0x7",
        "9007199254740992",
        "9223372036854775807"
      })
  void aWrongIdIsRefused(String id) {
    for (String address : new String[] {"/users/", "/user/"}) {
      refused(400, given().urlEncodingEnabled(false).get(address + encoded(id)));
    }
    refused(400, given().urlEncodingEnabled(false).delete("/users/" + encoded(id)));
    refused(400, given().urlEncodingEnabled(false).get("/users?ids=1," + encoded(id)));
    refused(400, given().urlEncodingEnabled(false).get("/routing/explain?id=" + encoded(id)));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0",
    "limit=1000000000",
    "limit=-1",
    "limit=x",
    "cursor=foreign",
    "ids=0",
    "ids=1;2",
    "email=a%00b",
    "ids=1&limit=5",
    "ids=1&email=a@b"
  })
  void aWrongQueryIsRefused(String query) {
    refused(400, given().urlEncodingEnabled(false).get("/users?" + query));
  }

  static Stream<String> wrongAddresses() {
    String letter = "%CE%A9";
    return Stream.of(
        "",
        "a%00b",
        "a%00b@c",
        "a@b%00",
        "nobody",
        "@",
        "a@",
        "@b",
        "a@b@c",
        "a%20b@c",
        "a+b@c",
        "a%0Ab@c",
        "a%ED%A0%80@b",
        "a%ED%B0%80@b",
        "a%FF@b",
        "a%C3@b",
        "a%C0%80@b",
        "a@" + "b".repeat(253),
        "a@" + letter.repeat(253));
  }

  /** Whatever no user can have is the caller's mistake, and no server's. */
  @ParameterizedTest
  @MethodSource("wrongAddresses")
  void whatCannotBeAnAddressIsRefused(String address) {
    refused(400, given().urlEncodingEnabled(false).get("/users?email=" + address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b", "%CE%A9@%F0%9F%98%80", "%EF%BF%BD@b", "a%2Bb@c", "%C2%A0@b"})
  void whatCanBeAnAddressIsLookedUp(String address) {
    Response found = given().urlEncodingEnabled(false).get("/users?email=" + address);
    assertThat(found.statusCode()).as(found.asString()).isEqualTo(200);
  }

  @Test
  void theLongestAddressIsLookedUp() {
    String longest = "a@" + "%CE%A9".repeat(252);
    Response found = given().urlEncodingEnabled(false).get("/users?email=" + longest);
    assertThat(found.statusCode()).as(found.asString()).isEqualTo(200);
  }

  @Test
  void anEmptyListOfIdsIsRefused() {
    refused(400, given().queryParam("ids", "").get("/users"));
  }

  @Test
  void moreThanAThousandIdsAreRefused() {
    refused(400, given().get("/users?ids=" + "1,".repeat(1000) + "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/octet-stream"})
  void anUnsupportedMediaTypeIsRefused(String type) {
    Body body = Body.of(415, type, "{\"name\":\"A\"}");
    refused(415, sent(body, type).post("/users"));
    refused(415, sent(body, type).post("/users/import"));
  }

  @Test
  void unknownAddressesMethodsAndMediaTypesAreRefused() {
    refused(404, given().get("/nothing/here"));
    refused(405, given().delete("/users"));
    refused(406, given().accept("image/png").get("/users/1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "5",
        "null",
        "true",
        "\"x\"",
        "\0\0\0{",
        "{\"\\ud800\":1}",
        "{\"name\":5}",
        "{\"age\":\"x\"}",
        "{\"x\":1}",
        "{"
      })
  void aWrongPatchIsRefused(String patch) {
    long id = UNTOUCHED + 1;
    given().contentType("application/json").body("{\"name\":\"A\"}").put("/users/" + id);
    refused(
        400, given().contentType("application/merge-patch+json").body(patch).patch("/users/" + id));
    refused(
        422,
        given()
            .contentType("application/merge-patch+json")
            .body("{\"name\":null}")
            .patch("/users/" + id));
    given().delete("/users/" + id).then().statusCode(204);
  }

  /** As by the other writes: the patch can be read, and a value in it breaks a rule. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"A\\u0000\"}", "{\"attributes\":{\"a\":\"\\u0000\"}}"})
  void aPatchWithATextThatCannotBeStoredIsRefused(String patch) {
    long id = UNTOUCHED + 3;
    json("{\"name\":\"A\"}").put("/users/" + id);
    refused(422, json(patch).patch("/users/" + id));
    given().delete("/users/" + id).then().statusCode(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "version"})
  void aNewUsersReadOnlyFieldIsRefused(String field) {
    refused(422, json("{\"name\":\"A\",\"%s\":1}".formatted(field)).post("/users"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"createdAt", "updatedAt"})
  void aNewUsersTimeIsRefused(String field) {
    String body = "{\"name\":\"A\",\"%s\":\"2026-01-01T00:00:00Z\"}".formatted(field);
    refused(422, json(body).post("/users"));
  }

  @Test
  void theDocumentOfAnotherUserIsRefused() {
    refused(422, json("{\"name\":\"A\",\"id\":5}").put("/users/" + UNTOUCHED));
    assertThat(given().get("/users/" + UNTOUCHED).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":5}",
        "{\"id\":null}",
        "{\"version\":7}",
        "{\"createdAt\":\"2026-01-01T00:00:00Z\"}"
      })
  void aPatchOfAReadOnlyFieldIsRefused(String patch) {
    long id = UNTOUCHED + 2;
    Response put = json("{\"name\":\"A\"}").put("/users/" + id);
    refused(422, json(patch).patch("/users/" + id));
    json(put.asString()).patch("/users/" + id).then().statusCode(200);
    json(put.asString()).put("/users/" + id).then().statusCode(200);
    given().delete("/users/" + id).then().statusCode(204);
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  static Stream<String> wrongKeys() {
    return Stream.of("a b", "k".repeat(256));
  }

  @ParameterizedTest
  @MethodSource("wrongKeys")
  void aWrongIdempotencyKeyIsRefused(String key) {
    refused(
        400,
        given()
            .header("Idempotency-Key", key)
            .contentType("application/json")
            .body("{\"name\":\"A\"}")
            .post("/users"));
  }

  private static RequestSpecification sent(Body body, String type) {
    return given().contentType(type).body(body.latin1().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void refused(int status, Response response) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.jsonPath().getInt("status")).isEqualTo(status);
    assertThat(response.jsonPath().getString("detail")).isNotBlank();
    assertThat(response.asString())
        .doesNotContain("Exception", "java.", "dev.userservice", "\tat ", "jackson");
  }

  private static String encoded(String id) {
    return id.startsWith("%") ? id : URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}

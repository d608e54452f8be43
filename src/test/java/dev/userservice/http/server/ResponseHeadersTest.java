package dev.userservice.http.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.contract.Operation;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Headers that every answer has, whichever operation it is of, also if that refuses it. */
@QuarkusTest
class ResponseHeadersTest {

  private static final String ID = "8000000000000301";

  @Test
  void everyAnswerHasItsDateAndSaysWhoMayKeepIt() {
    given()
        .contentType("application/json")
        .body("{\"name\":\"A\"}")
        .put("/users/" + ID)
        .then()
        .statusCode(201);
    List<Operation> all =
        Operation.of(new JsonObject(given().get("/q/openapi?format=json").asString()));
    assertThat(all).isNotEmpty();
    for (Operation operation : all) {
      String path = operation.path().replaceAll("\\{\\w+}", ID);
      for (String address : List.of(path, path + "?unknown=1")) {
        hasHeaders(
            given().request(operation.method().toUpperCase(Locale.ROOT), address),
            operation.name());
      }
    }
  }

  @Test
  void aReadOfOneUserMayBeKeptByItsCallerAlone() {
    for (String path : List.of("/users/", "/user/")) {
      assertThat(given().get(path + ID).header("Cache-Control")).isEqualTo("private, no-cache");
    }
    assertThat(given().get("/users").header("Cache-Control")).isEqualTo("no-store");
    assertThat(given().get("/users/export").header("Cache-Control")).isEqualTo("no-store");
  }

  private static void hasHeaders(Response answer, String what) {
    List<Header> headers = answer.headers().asList();
    Instant date =
        ZonedDateTime.parse(only("Date", headers, what), DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant();
    assertThat(Duration.between(date, Instant.now()).abs())
        .as(what)
        .isLessThan(Duration.ofMinutes(1));
    assertThat(only("Cache-Control", headers, what)).as(what).isIn("no-store", "private, no-cache");
    assertThat(only("Vary", headers, what)).as(what).contains("Consistency-Token");
  }

  private static String only(String name, List<Header> headers, String what) {
    List<String> values =
        headers.stream()
            .filter(header -> header.getName().equalsIgnoreCase(name))
            .map(Header::getValue)
            .toList();
    assertThat(values).as("%s of %s", name, what).hasSize(1);
    return values.get(0);
  }
}

package dev.userservice.user.bulk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Import and export by the real service. */
@QuarkusTest
class ImportExportTest {

  /** Another range in each run: the cluster's directory may be an earlier run's. */
  private static final long FIRST =
      7_000_000_000_000_000L + ThreadLocalRandom.current().nextInt(1_000_000) * 1_000_000L;

  @Test
  void invalidLinesAreListedAndValidOnesImported() {
    long id = FIRST + 900_000;
    imported(
            """
            {"id":%d,"name":"first"}
            not json

            {"id":%d,"name":"age","age":200}
            {"id":%d,"name":"twice"}
            {"id":%d,"name":"last","attributes":{"x":1.0}}
            {"id":%d,"name":"long","attributes":{"x":"%s"}}
            {"name":"drawn"}"""
                .formatted(id, id + 1, id, id + 2, id + 3, "y".repeat(70_000)))
        .then()
        .statusCode(200)
        .body("imported", equalTo(3))
        .body("rejectedCount", equalTo(4))
        .body("rejected.line", contains(2, 4, 5, 7));
    imported("{\"id\":%d,\"name\":\"again\"}".formatted(id))
        .then()
        .body("imported", equalTo(0))
        .body("rejected[0].detail", equalTo("There is a user %d already.".formatted(id)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> given().get("/users/" + (id + 2)).asString().contains("{\"x\":1.0}"));
  }

  @Test
  void theExportIsWhatWasImportedInIdOrder() {
    int users = 5000;
    List<String> lines =
        LongStream.range(FIRST, FIRST + users)
            .mapToObj(
                id ->
                    "{\"id\":%d,\"name\":\"n%d\",\"attributes\":{\"i\":%d.50}}"
                        .formatted(id, id, id % 7))
            .toList();
    imported(String.join("\n", lines)).then().body("imported", equalTo(users));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(exported()).isEqualTo(String.join("\n", lines)));
  }

  /** The exported lines of this test's users, reduced to the fields that were imported. */
  private static String exported() {
    return given()
        .get("/users/export")
        .asString()
        .lines()
        .filter(line -> line.startsWith("{\"id\":" + FIRST / 1_000_000))
        .filter(line -> line.contains("\"name\":\"n7"))
        .map(
            line ->
                line.replace(",\"age\":null,\"email\":null", "")
                    .replaceFirst(",\"version\":.*", "}"))
        .collect(Collectors.joining("\n"));
  }

  private static Response imported(String body) {
    return given()
        .contentType("application/x-ndjson")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/users/import");
  }
}

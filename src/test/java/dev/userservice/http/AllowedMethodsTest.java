package dev.userservice.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All paths of the OpenAPI document with all methods. */
@QuarkusTest
class AllowedMethodsTest {

  private static final Set<String> METHODS =
      Set.of("GET", "PUT", "POST", "PATCH", "DELETE", "TRACE", "PROPFIND", "FETCH");

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/users/7/nothing", "/user"})
  void aMethodOfAnUnknownPathIsNotFound(String path) {
    for (String method : METHODS) {
      assertThat(given().request(method, path).statusCode()).as(method).isEqualTo(404);
    }
  }

  @Test
  void aMethodThatAPathLacksIsAnsweredWithThoseThatItHas() {
    JsonObject paths = paths();
    assertThat(paths).isNotEmpty();
    for (String path : paths.fieldNames()) {
      Set<String> described =
          paths.getJsonObject(path).fieldNames().stream()
              .map(name -> name.toUpperCase(Locale.ROOT))
              .filter(METHODS::contains)
              .collect(Collectors.toSet());
      assertThat(described).isNotEmpty();
      METHODS.stream()
          .filter(method -> !described.contains(method))
          .forEach(method -> isNotAllowed(method, path, described));
    }
  }

  private static void isNotAllowed(String method, String path, Set<String> described) {
    Response answer = given().request(method, path.replaceAll("\\{\\w+}", "7"));
    assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(405);
    assertThat(answer.contentType()).startsWith(Problem.MEDIA_TYPE);
    assertThat(answer.header("Allow").split(", "))
        .as("%s %s", method, path)
        .contains("OPTIONS")
        .containsAll(described)
        .doesNotContain(method);
  }

  private static JsonObject paths() {
    return new JsonObject(given().get("/q/openapi?format=json").asString()).getJsonObject("paths");
  }
}

package dev.userservice.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The address in the type of each problem explains it. */
@QuarkusTest
class ProblemResourceTest {

  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

  @ParameterizedTest
  @EnumSource
  void everyTypeOfProblemIsExplained(ProblemType type) {
    Response page = given().accept(BROWSER).get(type.uri());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.contentType()).isEqualToIgnoringWhitespace("text/html;charset=UTF-8");
    assertThat(page.asString()).contains(type.title(), "Status " + type.status(), type.advice());
    Response document = given().accept("application/json").get(type.uri());
    assertThat(document.jsonPath().getString("type")).isEqualTo(type.uri());
    assertThat(document.jsonPath().getString("detail")).isEqualTo(type.advice());
  }

  @Test
  void noOtherAddressIsExplained() {
    assertThat(given().get("/problems/other").statusCode()).isEqualTo(404);
  }
}

package dev.userservice.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same fault of a document has the same status and the same reason in every operation. */
@QuarkusTest
class SameReasonTest {

  private static final long ID = 8_000_000_000_000_101L;

  /** The columns: status, the field with its value, and how the reason begins. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "422 | \"age\":99999999999 | The field 'age' is out of range",
        "422 | \"age\":-99999999999 | The field 'age' is out of range",
        "422 | \"age\":99999999999999999999999 | The field 'age' is out of range",
        "422 | \"age\":151 | age must be less than or equal to 150",
        "400 | \"age\":5.5 | The field 'age' is of the wrong type",
        "400 | \"age\":\"5\" | The field 'age' is of the wrong type",
        "400 | \"age\":DIGITS | A number has more than 1000 characters",
        "422 | \"name\":\"A\\u0000\" | name must not contain",
        "422 | \"name\":\"\" | name must",
        "422 | \"name\":\"\\ud800\" | name must",
        "400 | \"name\":5 | The field 'name' is of the wrong type",
        "400 | \"nmae\":5 | There is no field 'nmae'"
      })
  void aFaultOfAnyFieldIsToldAlike(int status, String field, String reason) {
    String faulty = field.replace("DIGITS", "1".repeat(1001));
    told(status, reason, document(faulty), true);
  }

  /** The same in attributes, which the short form does not have. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "422 | \"email\":\"nobody\" | email must",
        "422 | \"attributes\":{\"a\":\"\\u0000\"} | A text in attributes",
        "422 | \"attributes\":{\"\\u0000\":1} | A text in attributes",
        "400 | \"attributes\":{\"a\":DIGITS} | A number has more than 1000 characters",
        "400 | \"attributes\":DEEP | The document is nested more than 64 levels deep",
        "400 | \"attributes\":[1] | The field 'attributes' is of the wrong type",
        "400 | \"attributes\":5 | The field 'attributes' is of the wrong type"
      })
  void aFaultOfAttributesIsToldAlike(int status, String field, String reason) {
    String faulty =
        field
            .replace("DIGITS", "1".repeat(1001))
            .replace("DEEP", "{\"a\":".repeat(64) + "1" + "}".repeat(64));
    told(status, reason, document(faulty), false);
  }

  @Test
  void aPatchIsToldNoPositionInADocumentThatNobodySent() {
    given().contentType("application/json").body("{\"name\":\"A\"}").put("/users/{id}", ID);
    assertThat(patched("{\"nmae\":5}").jsonPath().getString("detail"))
        .isEqualTo("There is no field 'nmae'.");
  }

  private static void told(int status, String reason, String document, boolean shortForm) {
    given().contentType("application/json").body("{\"name\":\"A\"}").put("/users/{id}", ID);
    is(status, reason, json(document).put("/users/{id}", ID));
    is(status, reason, json(document).post("/users"));
    is(status, reason, patched(document));
    if (shortForm) {
      is(status, reason, json(document).post("/user/{id}", ID));
    }
    Response imported =
        given()
            .contentType("application/x-ndjson")
            .body(document.getBytes(StandardCharsets.UTF_8))
            .post("/users/import");
    assertThat(imported.jsonPath().getString("rejected[0].detail")).startsWith(reason);
  }

  private static void is(int status, String reason, Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.jsonPath().getString("detail")).startsWith(reason);
  }

  private static Response patched(String document) {
    return given()
        .contentType("application/merge-patch+json")
        .body(document.getBytes(StandardCharsets.UTF_8))
        .patch("/users/{id}", ID);
  }

  private static RequestSpecification json(String document) {
    return given().contentType("application/json").body(document.getBytes(StandardCharsets.UTF_8));
  }

  private static String document(String faulty) {
    return faulty.startsWith("\"name\"") ? "{" + faulty + "}" : "{\"name\":\"A\"," + faulty + "}";
  }
}

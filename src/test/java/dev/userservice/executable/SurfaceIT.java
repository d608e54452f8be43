package dev.userservice.executable;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.contract.ApiValues;
import dev.userservice.contract.Operation;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls every operation that the service's own OpenAPI document describes, as it describes it. What
 * is new there is called without anyone thinking of it, or fails because nobody has.
 */
@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(ClusterBeside.class)
final class SurfaceIT {

  /** A page that is the last one has no cursor. */
  private static final Set<String> OPTIONAL = Set.of("nextCursor");

  private final long id = ThreadLocalRandom.current().nextLong(1, 1L << 50);

  @Test
  void everyOperationAnswersAsItIsDescribed() {
    List<Operation> operations = Operation.of(document());
    assertThat(operations).hasSizeGreaterThanOrEqualTo(12);
    Map<String, List<String>> wrong = new TreeMap<>();
    for (Operation operation : operations) {
      List<String> found = call(operation);
      if (!found.isEmpty()) {
        wrong.put(operation.name(), found);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Those that exclude each other. */
  @ParameterizedTest
  @CsvSource({"ids,{id}", "email,ada@example.org", "limit,3", "cursor,''"})
  void usersAreListedByEachParameter(String parameter, String value) {
    Map<String, Object> values = ApiValues.of(id, put(id));
    values.put("limit", "");
    values.put(parameter, value.replace("{id}", Long.toString(id)));
    for (Operation operation : Operation.of(document())) {
      if (operation.name().equals("listUsers")) {
        assertThat(operation.request(values).send().statusCode()).isEqualTo(200);
      }
    }
  }

  /** What is wrong with the answer to a valid request. */
  private List<String> call(Operation operation) {
    HttpResponse<String> response = operation.request(ApiValues.of(id, put(id))).send();
    List<String> wrong = new ArrayList<>();
    if (!operation.successes().contains(response.statusCode())) {
      wrong.add(response.statusCode() + " " + response.body());
      return wrong;
    }
    for (String field : operation.answeredFields(response.statusCode())) {
      boolean optional = OPTIONAL.contains(field);
      if (!optional && !new JsonObject(response.body()).containsKey(field)) {
        wrong.add("lacks " + field + ": " + response.body());
      }
    }
    return wrong;
  }

  /** Makes a user for those operations that need one. Returns the session's token. */
  private static String put(long user) {
    Response written =
        given().contentType("application/json").body("{\"name\":\"Ada\"}").put("/users/{id}", user);
    assertThat(written.statusCode()).as(written.asString()).isIn(200, 201);
    return written.header("Consistency-Token");
  }

  private static JsonObject document() {
    return new JsonObject(given().get("/q/openapi?format=json").asString());
  }
}

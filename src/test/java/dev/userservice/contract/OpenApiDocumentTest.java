package dev.userservice.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.http.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document is the committed one and says all that a generator of clients needs. {@code
 * mvn test -Dtest=OpenApiDocumentTest -Dopenapi.write} writes the committed one anew.
 */
@QuarkusTest
class OpenApiDocumentTest {

  private static final Path COMMITTED = Path.of("docs/openapi.yaml");

  /** What is answered before an operation is known. */
  private static final Set<ProblemType> OF_THE_SERVER =
      Set.of(
          ProblemType.METHOD_NOT_ALLOWED,
          ProblemType.EXPECTATION_FAILED,
          ProblemType.HEADERS_TOO_LARGE);

  private static final Set<String> FREE_FORM = Set.of("Attributes");

  private JsonObject document = new JsonObject();
  private List<Operation> operations = List.of();

  @BeforeEach
  void read() {
    document = new JsonObject(given().get("/q/openapi?format=json").asString());
    operations = Operation.of(document);
    assertThat(operations).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void theCommittedDocumentIsTheOneThatIsPublished() throws IOException {
    String published = given().get("/q/openapi").asString();
    if (System.getProperty("openapi.write") != null) {
      Files.writeString(COMMITTED, published);
      return;
    }
    assertThat(COMMITTED)
        .as("mvn test -Dtest=OpenApiDocumentTest -Dopenapi.write writes it anew")
        .hasContent(published);
  }

  /** Written out by hand: what the service answers is no consequence of how it is described. */
  @Test
  void everyOperationDescribesEveryStatusThatItAnswers() {
    Map<String, Set<Integer>> described = new TreeMap<>();
    for (Operation operation : operations) {
      described.put(operation.name(), new TreeSet<>(statuses(operation)));
    }
    Map<String, Set<Integer>> answered = new TreeMap<>();
    answered.put("createUser", statuses(201, 409, 413, 422));
    answered.put("deleteUser", statuses(204, 404, 412));
    answered.put("explainRouting", statuses(200, 409));
    answered.put("exportUsers", statuses(200, 409));
    answered.put("getFounding", statuses(200, 304, 404, 409, 412));
    answered.put("getLeader", statuses(200));
    answered.put("getUser", statuses(200, 304, 404, 409, 412));
    answered.put("importUsers", statuses(200));
    answered.put("listUsers", statuses(200, 409, 414));
    answered.put("patchUser", statuses(200, 404, 409, 412, 413, 422));
    answered.put("postFounding", statuses(200, 409, 412, 413, 422));
    answered.put("putUser", statuses(200, 201, 412, 413, 422));
    assertThat(described).isEqualTo(answered);
  }

  @Test
  void everyTypeOfProblemIsDescribedByItsAddress() {
    Set<ProblemType> described = new TreeSet<>();
    for (Operation operation : operations) {
      for (ProblemType type : ProblemType.values()) {
        JsonObject response = operation.response(type.status());
        String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (response != null
            && response.getString("description").contains("`/problems/" + name + "`")) {
          described.add(type);
        }
      }
    }
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ProblemType.values()).filter(type -> !OF_THE_SERVER.contains(type)).toList());
  }

  @Test
  void successesComeFirstAndNothingIsDescribedAsTheRest() {
    for (Operation operation : operations) {
      List<String> keys =
          List.copyOf(operation.description().getJsonObject("responses").fieldNames());
      assertThat(keys).as(operation.name()).isSorted().first().asString().matches("2\\d\\d");
      assertThat(keys).as(operation.name()).allMatch(key -> key.matches("[2-5]\\d\\d"));
    }
  }

  @Test
  void everyOperationHasItsOwnNameAndEveryPartADescription() {
    assertThat(operations).extracting(Operation::name).doesNotHaveDuplicates();
    for (Operation operation : operations) {
      assertThat(operation.description().getString("summary")).isNotBlank();
      assertThat(operation.description().getJsonArray("tags")).hasSize(1);
      for (int status : statuses(operation)) {
        JsonObject response = operation.response(status);
        assertThat(response.getString("description"))
            .as(operation.name() + " " + status)
            .isNotBlank()
            .isNotIn("OK", "Created", "Bad Request", "No Content");
        JsonObject headers = response.getJsonObject("headers", new JsonObject());
        for (String header : headers.fieldNames()) {
          JsonObject shown = operation.resolved(headers.getJsonObject(header));
          assertThat(shown.getString("description")).as(operation.name()).isNotBlank();
          assertThat(shown.getJsonObject("schema")).as(operation.name()).isNotNull();
        }
      }
    }
  }

  @Test
  void noFieldIsFreeOrWithoutAType() {
    JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
    assertThat(schemas.fieldNames()).allMatch(name -> !name.matches(".*(Node|Optional|\\d)$"));
    for (String name : schemas.fieldNames()) {
      JsonObject schema = schemas.getJsonObject(name);
      Object free = schema.getValue("additionalProperties");
      assertThat(Boolean.TRUE.equals(free)).as(name).isEqualTo(FREE_FORM.contains(name));
      if ("object".equals(schema.getValue("type")) && !FREE_FORM.contains(name)) {
        assertThat(schema.getJsonObject("properties")).as(name).isNotEmpty();
      }
    }
    forEachSchema(
        (where, schema) ->
            assertThat(schema.fieldNames()).as(where).containsAnyOf("type", "$ref", "anyOf"));
  }

  @Test
  void everyFieldThatIsAlwaysAnsweredIsRequired() {
    JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
    Map<String, Set<String>> optional = new TreeMap<>();
    for (String name : schemas.fieldNames()) {
      JsonObject schema = schemas.getJsonObject(name);
      Set<String> fields =
          new TreeSet<>(schema.getJsonObject("properties", new JsonObject()).fieldNames());
      schema.getJsonArray("required", new JsonArray()).forEach(fields::remove);
      if (!fields.isEmpty()) {
        optional.put(name, fields);
      }
    }
    assertThat(optional)
        .isEqualTo(
            Map.of(
                "FieldError", Set.of("field"),
                "NameAndAge", Set.of("age"),
                "Problem", Set.of("errors"),
                "UserPage", Set.of("nextCursor"),
                "UserPatch", Set.of("name", "age", "email", "attributes"),
                "UserRequest", Set.of("age", "email", "attributes")));
  }

  /** A pattern is searched for in a value unless it is anchored, at a cost that is not linear. */
  @Test
  void everyPatternIsAnchored() {
    List<String> patterns = new ArrayList<>();
    forEachSchema(
        (where, schema) -> {
          if (schema.containsKey("pattern")) {
            patterns.add(schema.getString("pattern"));
          }
        });
    assertThat(patterns).hasSizeGreaterThan(10).allMatch(each -> each.matches("\\^.*\\$"));
  }

  private Set<Integer> statuses(Operation operation) {
    return operation.description().getJsonObject("responses").fieldNames().stream()
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /** These, and those that every operation answers. */
  private static Set<Integer> statuses(Integer... own) {
    return Stream.concat(Arrays.stream(own), Stream.of(400, 406, 415, 500, 503))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every property of an object, and every parameter and header. */
  private void forEachSchema(BiConsumer<String, JsonObject> check) {
    visit("", document, check);
  }

  private static void visit(String where, Object part, BiConsumer<String, JsonObject> check) {
    if (part instanceof JsonArray list) {
      list.forEach(each -> visit(where, each, check));
    }
    if (part instanceof JsonObject object) {
      for (String name : object.fieldNames()) {
        if (name.equals("schema") || name.equals("items")) {
          check.accept(where + "." + name, object.getJsonObject(name));
        } else if (name.equals("properties")) {
          JsonObject properties = object.getJsonObject(name);
          properties.forEach(
              each -> check.accept(where + "." + each.getKey(), (JsonObject) each.getValue()));
        }
        visit(where + "." + name, object.getValue(name), check);
      }
    }
  }
}

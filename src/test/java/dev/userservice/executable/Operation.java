package dev.userservice.executable;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An operation of an OpenAPI document, and how a valid request of it looks. */
record Operation(JsonObject document, String path, String method, JsonObject description) {

  private static final String REFERENCE = "#/components/schemas/";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** All operations of a document. */
  static List<Operation> of(JsonObject document) {
    JsonObject paths = document.getJsonObject("paths");
    return paths.fieldNames().stream()
        .flatMap(
            path ->
                paths.getJsonObject(path).fieldNames().stream()
                    .filter(METHODS::contains)
                    .map(
                        method ->
                            new Operation(
                                document,
                                path,
                                method,
                                paths.getJsonObject(path).getJsonObject(method))))
        .toList();
  }

  String name() {
    return description.getString("operationId");
  }

  String verb() {
    return method.toUpperCase(Locale.ROOT);
  }

  /** The successful statuses that are described. */
  Set<Integer> successes() {
    return description.getJsonObject("responses").fieldNames().stream()
        .filter(status -> status.matches("2\\d\\d"))
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /**
   * Adds the parameters and the body.
   *
   * @param values by the names of parameters and of fields; an empty value is left out
   */
  void fill(RequestSpecification request, Map<String, Object> values) {
    for (JsonObject parameter : objects(description.getJsonArray("parameters"))) {
      String name = parameter.getString("name");
      Object value = values.get(name);
      if (value == null) {
        throw new IllegalStateException(name() + ": nothing is known of the parameter " + name);
      }
      if (!value.equals("")) {
        add(request, parameter.getString("in"), name, value);
      }
    }
    JsonObject body = description.getJsonObject("requestBody");
    if (body != null) {
      JsonObject content = body.getJsonObject("content");
      String type = content.fieldNames().iterator().next();
      Object document = example("", content.getJsonObject(type).getJsonObject("schema"), values);
      request.contentType(type).body(document.toString().getBytes(StandardCharsets.UTF_8));
    }
    request.accept(ContentType.ANY);
  }

  private static void add(RequestSpecification request, String in, String name, Object value) {
    switch (in) {
      case "path" -> request.pathParam(name, value);
      case "query" -> request.queryParam(name, value);
      case "header" -> request.header(name, value);
      default -> throw new IllegalStateException("a parameter in " + in + ": " + name);
    }
  }

  /** A value that the schema allows. */
  private Object example(String name, JsonObject schema, Map<String, Object> values) {
    Object known = values.get(name);
    if (known != null && !known.equals("")) {
      return known;
    }
    JsonObject actual = resolved(schema);
    return switch (actual.getString("type", "object")) {
      case "integer", "number" -> actual.getValue("minimum", 1);
      case "boolean" -> true;
      case "string" -> text(actual);
      case "array" -> new JsonArray().add(example("", actual.getJsonObject("items"), values));
      default -> {
        JsonObject example = new JsonObject();
        for (Map.Entry<String, Object> property : properties(actual)) {
          example.put(
              property.getKey(),
              example(property.getKey(), (JsonObject) property.getValue(), values));
        }
        yield example;
      }
    };
  }

  private static String text(JsonObject schema) {
    JsonArray examples = schema.getJsonArray("examples", new JsonArray());
    if (!examples.isEmpty()) {
      return examples.getString(0);
    }
    return schema.getString("pattern", "").contains("@") ? "ada@example.org" : "Ada";
  }

  /** The fields that a successful answer in JSON is described to have; none if it is no object. */
  Set<String> answeredFields(int status) {
    JsonObject schema = answer(status);
    return schema == null ? Set.of() : properties(resolved(schema)).fieldNames();
  }

  private @Nullable JsonObject answer(int status) {
    JsonObject content =
        description
            .getJsonObject("responses")
            .getJsonObject(Integer.toString(status))
            .getJsonObject("content", new JsonObject())
            .getJsonObject("application/json");
    return content == null ? null : content.getJsonObject("schema");
  }

  private static JsonObject properties(JsonObject schema) {
    return schema.getJsonObject("properties", new JsonObject());
  }

  private JsonObject resolved(JsonObject schema) {
    String reference = schema.getString("$ref");
    return reference == null
        ? schema
        : Objects.requireNonNull(
            document
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(reference.substring(REFERENCE.length())));
  }

  private static List<JsonObject> objects(@Nullable JsonArray array) {
    return array == null ? List.of() : array.stream().map(JsonObject.class::cast).toList();
  }
}

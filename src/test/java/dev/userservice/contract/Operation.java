package dev.userservice.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An operation of an OpenAPI document, and how a valid request of it looks. */
public record Operation(JsonObject document, String path, String method, JsonObject description) {

  /** Lists by RFC 9110; described as texts, since generated clients send no list in a header. */
  private static final Set<String> LISTS = Set.of("If-Match", "If-None-Match");

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** All operations of a document. */
  public static List<Operation> of(JsonObject document) {
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

  public String name() {
    return description.getString("operationId");
  }

  /** The successful statuses that are described. */
  public Set<Integer> successes() {
    return description.getJsonObject("responses").fieldNames().stream()
        .filter(status -> status.matches("2\\d\\d"))
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /** The names of its parameters in the header, the query or the path. */
  Set<String> parameters(String in) {
    return parameters().stream()
        .filter(parameter -> parameter.getString("in").equals(in))
        .map(parameter -> parameter.getString("name"))
        .collect(Collectors.toSet());
  }

  /** Whether a parameter may come more than once. */
  boolean isList(String name) {
    return LISTS.contains(name)
        || parameters().stream()
            .filter(parameter -> parameter.getString("name").equals(name))
            .anyMatch(
                parameter -> "array".equals(parameter.getJsonObject("schema").getString("type")));
  }

  boolean hasBody() {
    return description.containsKey("requestBody");
  }

  /**
   * A valid request.
   *
   * @param values by the names of parameters and of fields; an empty value is left out
   */
  public ApiRequest request(Map<String, Object> values) {
    ApiRequest request = new ApiRequest(method.toUpperCase(Locale.ROOT), path);
    for (JsonObject parameter : parameters()) {
      String name = parameter.getString("name");
      Object value = values.get(name);
      if (value == null) {
        throw new IllegalStateException(name() + ": nothing is known of the parameter " + name);
      }
      if (!value.equals("")) {
        request.add(parameter.getString("in"), name, value.toString());
      }
    }
    JsonObject body = description.getJsonObject("requestBody");
    if (body != null) {
      JsonObject content = body.getJsonObject("content");
      String type = content.fieldNames().iterator().next();
      Object example = example("", content.getJsonObject(type).getJsonObject("schema"), values);
      request.body(type, example.toString());
    }
    return request;
  }

  private List<JsonObject> parameters() {
    JsonArray described = description.getJsonArray("parameters", new JsonArray());
    return described.stream().map(JsonObject.class::cast).toList();
  }

  /** A value that the schema allows. */
  private Object example(String name, JsonObject schema, Map<String, Object> values) {
    Object known = values.get(name);
    if (known != null && !known.equals("")) {
      return known;
    }
    JsonObject actual = resolved(schema);
    return switch (type(actual)) {
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

  /** The type of a value that is not null. */
  private static String type(JsonObject schema) {
    return schema.getValue("type") instanceof JsonArray types
        ? types.getString(0)
        : schema.getString("type", "object");
  }

  private static String text(JsonObject schema) {
    JsonArray examples = schema.getJsonArray("examples", new JsonArray());
    if (!examples.isEmpty()) {
      return examples.getString(0);
    }
    return schema.getString("pattern", "").contains("@") ? "ada@example.org" : "Ada";
  }

  /** The fields that a successful answer in JSON is described to have; none if it is no object. */
  public Set<String> answeredFields(int status) {
    JsonObject schema = answer(status);
    return schema == null ? Set.of() : properties(resolved(schema)).fieldNames();
  }

  /** What is described of the answers with a status; null if nothing is. */
  @Nullable JsonObject response(int status) {
    JsonObject response =
        description.getJsonObject("responses").getJsonObject(Integer.toString(status));
    return response == null ? null : resolved(response);
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

  /** What a reference, or else the first alternative, stands for; otherwise the same. */
  JsonObject resolved(JsonObject described) {
    JsonArray alternatives = described.getJsonArray("anyOf");
    if (alternatives != null) {
      return resolved(alternatives.getJsonObject(0));
    }
    String reference = described.getString("$ref");
    if (reference == null) {
      return described;
    }
    JsonObject found = document;
    for (String step : reference.substring("#/".length()).split("/", -1)) {
      found = Objects.requireNonNull(found.getJsonObject(step), reference);
    }
    return found;
  }
}

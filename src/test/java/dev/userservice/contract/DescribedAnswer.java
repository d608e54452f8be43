package dev.userservice.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares an answer with what the OpenAPI document says of it. */
final class DescribedAnswer {

  /** Headers that mean something to a client of one operation, not to HTTP alone. */
  private static final Set<String> HEADERS =
      Set.of(
          "Accept-Encoding",
          "Consistency-Token",
          "ETag",
          "Idempotent-Replayed",
          "Link",
          "Location",
          "Retry-After",
          "Served-By");

  private DescribedAnswer() {}

  /** What the answer has and the document does not, and the other way round. */
  static List<String> undescribed(Operation operation, HttpResponse<String> answer) {
    JsonObject response = operation.response(answer.statusCode());
    if (response == null) {
      return List.of("is not described");
    }
    List<String> wrong = new ArrayList<>(headers(operation, response, answer));
    JsonObject content = response.getJsonObject("content", new JsonObject());
    String type = answer.headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
    if (type.isEmpty() != content.isEmpty() || !(content.isEmpty() || content.containsKey(type))) {
      wrong.add("is of the type '" + type + "', not of " + content.fieldNames());
    } else if (type.endsWith("json") && !type.contains("ndjson")) {
      JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
      wrong.addAll(fields(operation, schema, new JsonObject(answer.body()), ""));
    }
    return wrong;
  }

  private static List<String> headers(
      Operation operation, JsonObject response, HttpResponse<String> answer) {
    JsonObject described = response.getJsonObject("headers", new JsonObject());
    List<String> wrong = new ArrayList<>();
    for (String header : HEADERS) {
      boolean sent = answer.headers().firstValue(header).isPresent();
      if (sent && !described.containsKey(header)) {
        wrong.add("has the header " + header);
      }
    }
    for (String header : described.fieldNames()) {
      boolean required =
          operation.resolved(described.getJsonObject(header)).getBoolean("required", false);
      if (required && answer.headers().firstValue(header).isEmpty()) {
        wrong.add("lacks the header " + header);
      }
    }
    return wrong;
  }

  private static List<String> fields(
      Operation operation, JsonObject described, JsonObject sent, String path) {
    JsonObject schema = operation.resolved(described);
    List<String> wrong = new ArrayList<>();
    for (Object required : schema.getJsonArray("required", new JsonArray())) {
      if (!sent.containsKey(required.toString())) {
        wrong.add("lacks the field " + path + required);
      }
    }
    if (Boolean.TRUE.equals(schema.getValue("additionalProperties"))) {
      return wrong;
    }
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String field : sent.fieldNames()) {
      JsonObject property = properties.getJsonObject(field);
      if (property == null) {
        wrong.add("has the field " + path + field);
      } else {
        wrong.addAll(value(operation, property, sent.getValue(field), path + field));
      }
    }
    return wrong;
  }

  private static List<String> value(
      Operation operation, JsonObject described, Object sent, String path) {
    JsonObject schema = operation.resolved(described);
    if (sent == null) {
      return described.encode().contains("\"null\"") ? List.of() : List.of("has a null " + path);
    }
    if (sent instanceof JsonObject object) {
      return fields(operation, schema, object, path + ".");
    }
    if (sent instanceof JsonArray array) {
      return array.stream()
          .flatMap(
              each -> value(operation, schema.getJsonObject("items"), each, path + "[]").stream())
          .distinct()
          .toList();
    }
    String type = schema.getValue("type").toString();
    boolean fits =
        sent instanceof Boolean
            ? type.contains("boolean")
            : sent instanceof Number
                ? type.contains("integer") || type.contains("number")
                : type.contains("string");
    return fits ? List.of() : List.of(path + " is no " + type);
  }
}

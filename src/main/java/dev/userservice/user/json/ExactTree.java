package dev.userservice.user.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads JSON into a tree that keeps numbers as text, so that writing the tree gives back every
 * number as it was. The parser bounds the depth.
 */
public final class ExactTree {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final UnaryOperator<String> texts;

  private ExactTree(JsonParser parser, UnaryOperator<String> texts) {
    this.parser = parser;
    this.texts = texts;
  }

  /** The value that begins at the parser's current token. */
  public static JsonNode read(JsonParser parser) throws IOException {
    return read(parser, UnaryOperator.identity());
  }

  /** As {@link #read(JsonParser)}, with each field name and string passed through a function. */
  static JsonNode read(JsonParser parser, UnaryOperator<String> texts) throws IOException {
    return new ExactTree(parser, texts).value();
  }

  /** A copy in which the fields of every object stand in the order of their names. */
  public static JsonNode inOrder(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      ObjectNode ordered = NODES.objectNode();
      object.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(field -> ordered.set(field.getKey(), inOrder(field.getValue())));
      return ordered;
    }
    if (tree instanceof ArrayNode array) {
      ArrayNode ordered = NODES.arrayNode();
      array.forEach(element -> ordered.add(inOrder(element)));
      return ordered;
    }
    return tree;
  }

  private JsonNode value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          NODES.rawValueNode(new RawValue(parser.getText()));
      case VALUE_STRING -> NODES.textNode(texts.apply(parser.getText()));
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = texts.apply(parser.currentName());
      parser.nextToken();
      object.set(field, value());
    }
    return object;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }
}

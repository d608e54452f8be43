package dev.userservice.user.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Copies an object token by token into compact text; numbers are copied, never computed. */
final class AttributesDeserializer extends JsonDeserializer<Attributes> {

  @Override
  public Attributes deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return (Attributes) context.handleUnexpectedToken(Attributes.class, parser);
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = parser.getCodec().getFactory().createGenerator(text)) {
      int depth = 0;
      do {
        depth += copy(parser, generator);
      } while (depth > 0 && parser.nextToken() != null);
    }
    return new Attributes(text.toString());
  }

  @Override
  public Attributes getNullValue(DeserializationContext context) {
    return Attributes.NONE;
  }

  /** Copies the current token and says by how much it changes the depth. */
  private static int copy(JsonParser parser, JsonGenerator generator) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getText());
      case FIELD_NAME -> generator.writeFieldName(wellFormed(parser.currentName()));
      case VALUE_STRING -> generator.writeString(wellFormed(parser.getText()));
      default -> generator.copyCurrentEvent(parser);
    }
    return depthChange(parser.currentToken());
  }

  private static int depthChange(@Nullable JsonToken token) {
    if (token == null) {
      return 0;
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  private static String wellFormed(String text) {
    String problem = UnicodeText.Validator.problem(text);
    if (problem != null) {
      throw new ProblemException(
          ProblemType.INVALID_VALUE, "A text in attributes " + problem + ".");
    }
    return text;
  }
}

package dev.userservice.user.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.user.rule.UnicodeText;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user's free-form JSON object, kept as compact text, so that every number stays as it was sent.
 *
 * @param json a JSON object
 */
@JsonDeserialize(using = Attributes.Deserializer.class)
@JsonSerialize(using = Attributes.Serializer.class)
@Schema(
    type = SchemaType.OBJECT,
    description = "Any JSON object of at most 16 KiB; numbers come back exactly as sent",
    additionalProperties = Schema.True.class)
public record Attributes(@Schema(hidden = true) String json) {

  /** The bound on the compact text, in bytes of UTF-8. */
  public static final int MAXIMUM_BYTES = 16 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  public static final Attributes NONE = new Attributes("{}");

  /** Refuses a text that is not an object. */
  public Attributes {
    if (!json.startsWith("{") || !json.endsWith("}")) {
      throw new IllegalArgumentException("attributes are a JSON object");
    }
  }

  /** The same object with the fields of every object in it in the order of their names. */
  public Attributes inOrder() {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return new Attributes(ExactTree.inOrder(ExactTree.read(parser)).toString());
    } catch (IOException wellFormedWhenStored) {
      throw new IllegalStateException(wellFormedWhenStored);
    }
  }

  /** Reads an object into compact text; refuses a text in it that PostgreSQL cannot store. */
  static final class Deserializer extends JsonDeserializer<Attributes> {

    @Override
    public Attributes deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return (Attributes) context.handleUnexpectedToken(Attributes.class, parser);
      }
      return new Attributes(ExactTree.read(parser, Deserializer::wellFormed).toString());
    }

    @Override
    public Attributes getNullValue(DeserializationContext context) {
      return NONE;
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

  /** Writes the text as it is. */
  static final class Serializer extends JsonSerializer<Attributes> {

    @Override
    public void serialize(Attributes value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeRawValue(value.json());
    }
  }
}

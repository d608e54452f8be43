package dev.userservice.user.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Writes the kept text as it is. */
final class AttributesSerializer extends JsonSerializer<Attributes> {

  @Override
  public void serialize(Attributes value, JsonGenerator generator, SerializerProvider provider)
      throws IOException {
    generator.writeRawValue(value.json());
  }
}

package dev.userservice.user.json;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user's free-form JSON object, kept as compact text so that every number stays as it was
 * written.
 *
 * @param json a JSON object
 */
@JsonDeserialize(using = AttributesDeserializer.class)
@JsonSerialize(using = AttributesSerializer.class)
@Schema(
    type = SchemaType.OBJECT,
    description = "Any JSON object of at most 16 KiB; numbers come back exactly as sent")
public record Attributes(String json) {

  /** The bound on the compact text, in bytes of UTF-8. */
  public static final int MAXIMUM_BYTES = 16 * 1024;

  public static final Attributes NONE = new Attributes("{}");

  /** Refuses what cannot be an object. */
  public Attributes {
    if (!json.startsWith("{") || !json.endsWith("}")) {
      throw new IllegalArgumentException("attributes are a JSON object");
    }
  }
}

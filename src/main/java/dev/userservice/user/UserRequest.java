package dev.userservice.user;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.userservice.user.json.Attributes;
import dev.userservice.user.json.AttributesSize;
import dev.userservice.user.rule.EmailAddress;
import dev.userservice.user.rule.UserAge;
import dev.userservice.user.rule.UserName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that creates or replaces a user. The fields that only the service sets
 * ({@code id}, {@code version}, {@code createdAt}, {@code updatedAt}) are ignored, so that the body
 * of an answer can be sent back.
 *
 * @param name 1 to 200 characters of any script
 * @param age 0 to 150, or absent
 * @param email an address, or absent
 * @param attributes at most 16 KiB; absent means none
 */
@JsonIgnoreProperties({"id", "version", "createdAt", "updatedAt"})
@Schema(requiredProperties = "name")
public record UserRequest(
    @UserName @Schema(minLength = 1, maxLength = 200) String name,
    @UserAge @Schema(minimum = "0", maximum = "150") @Nullable Integer age,
    @EmailAddress @Schema(format = "email", maxLength = 254) @Nullable String email,
    @AttributesSize @Nullable Attributes attributes) {

  /** The attributes, an empty object if none were given. */
  public Attributes attributesOrNone() {
    return attributes == null ? Attributes.NONE : attributes;
  }
}

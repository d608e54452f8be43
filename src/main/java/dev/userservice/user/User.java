package dev.userservice.user;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.userservice.user.json.Attributes;
import dev.userservice.user.rule.EmailAddress;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user as of one version.
 *
 * @param id 1 or more
 * @param name 1 to 200 characters
 * @param age 0 to 150, null when not given
 * @param email null when not given
 * @param attributes an empty object when none were given
 * @param version 1 for a new user, one more with every change
 * @param createdAt when the first version was written, by its primary's clock
 * @param updatedAt when this version was written, by its primary's clock
 */
@Schema(
    description = "A user as of one version",
    requiredProperties = {
      "id",
      "name",
      "age",
      "email",
      "attributes",
      "version",
      "createdAt",
      "updatedAt"
    })
@JsonPropertyOrder({
  "id",
  "name",
  "age",
  "email",
  "attributes",
  "version",
  "createdAt",
  "updatedAt"
})
public record User(
    @Schema(minimum = "1", maximum = "" + UserId.MAXIMUM) long id,
    @Schema(minLength = 1, maxLength = 200) String name,
    @Schema(minimum = "0", maximum = "150", nullable = true) @Nullable Integer age,
    @Schema(maxLength = EmailAddress.MAXIMUM_LENGTH, nullable = true) @Nullable String email,
    Attributes attributes,
    @Schema(minimum = "1") long version,
    Instant createdAt,
    Instant updatedAt) {

  public EntityTag entityTag() {
    return new EntityTag(version, updatedAt);
  }
}

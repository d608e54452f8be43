package dev.userservice.user.api;

import dev.userservice.user.UserRequest;
import dev.userservice.user.json.Attributes;
import dev.userservice.user.json.AttributesSize;
import dev.userservice.user.rule.EmailAddress;
import dev.userservice.user.rule.UserAge;
import dev.userservice.user.rule.UserName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that creates or replaces a user. The last four fields are those that only
 * the service sets: they are read so that the body of an answer can be sent back.
 *
 * @param name 1 to 200 characters of any script, not only blanks
 * @param age 0 to 150, or absent
 * @param email an address, or absent
 * @param attributes at most 16 KiB; absent means none
 */
@Schema(
    name = "UserRequest",
    description =
        "What a user is to be. The fields that only the service sets may be sent back with PUT as"
            + " they were read.",
    requiredProperties = "name",
    additionalProperties = Schema.False.class)
record UserBody(
    @UserName @Schema(minLength = 1, maxLength = 200) String name,
    @UserAge @Schema(minimum = "0", maximum = "150", nullable = true) @Nullable Integer age,
    @EmailAddress @Schema(format = "email", maxLength = 254, nullable = true)
        @Nullable String email,
    @AttributesSize @Schema(nullable = true) @Nullable Attributes attributes,
    @Schema(hidden = true) @Nullable Long id,
    @Schema(hidden = true) @Nullable Long version,
    @Schema(hidden = true) @Nullable String createdAt,
    @Schema(hidden = true) @Nullable String updatedAt) {

  /** The user to create; refuses a field that only the service sets. */
  UserRequest ofNewUser() {
    ReadOnlyFields.refuse("id", id);
    ReadOnlyFields.refuse("version", version);
    ReadOnlyFields.refuse("createdAt", createdAt);
    ReadOnlyFields.refuse("updatedAt", updatedAt);
    return request();
  }

  /** What the user with an ID is to be; refuses the document of another user. */
  UserRequest of(long user) {
    ReadOnlyFields.refuseOther("id", id, user);
    return request();
  }

  private UserRequest request() {
    return new UserRequest(name, age, email, attributes);
  }
}

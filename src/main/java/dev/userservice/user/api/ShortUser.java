package dev.userservice.user.api;

import dev.userservice.user.User;
import dev.userservice.user.UserId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user in its short form.
 *
 * @param id the user's ID
 * @param name the user's name
 * @param age in years, null when not given
 */
@Schema(
    description = "A user in its short form",
    requiredProperties = {"id", "name", "age"})
record ShortUser(
    @Schema(minimum = "1", maximum = "" + UserId.MAXIMUM) long id,
    @Schema(minLength = 1, maxLength = 200) String name,
    @Schema(minimum = "0", maximum = "150", nullable = true) @Nullable Integer age) {

  static ShortUser of(User user) {
    return new ShortUser(user.id(), user.name(), user.age());
  }
}

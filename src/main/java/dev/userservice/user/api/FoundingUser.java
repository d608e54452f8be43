package dev.userservice.user.api;

import dev.userservice.user.User;
import org.jspecify.annotations.Nullable;

/**
 * A user as the founding contract shows one.
 *
 * @param id the user's ID
 * @param name the user's name
 * @param age in years, null when not given
 */
public record FoundingUser(long id, String name, @Nullable Integer age) {

  static FoundingUser of(User user) {
    return new FoundingUser(user.id(), user.name(), user.age());
  }
}

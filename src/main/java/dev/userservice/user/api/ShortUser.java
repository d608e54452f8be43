package dev.userservice.user.api;

import dev.userservice.user.User;
import org.jspecify.annotations.Nullable;

/**
 * A user in its short form.
 *
 * @param id the user's ID
 * @param name the user's name
 * @param age in years, null when not given
 */
record ShortUser(long id, String name, @Nullable Integer age) {

  static ShortUser of(User user) {
    return new ShortUser(user.id(), user.name(), user.age());
  }
}

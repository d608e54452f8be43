package dev.userservice.user.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.userservice.user.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the users, in the order of their IDs.
 *
 * @param items the users
 * @param nextCursor asks for the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserPage(List<User> items, @Nullable String nextCursor) {

  /** Copies the items. */
  public UserPage {
    items = List.copyOf(items);
  }

  /** A page of at most so many of the given users, which are one more if there is a next page. */
  static UserPage of(List<User> users, int limit) {
    if (users.size() <= limit) {
      return new UserPage(users, null);
    }
    return new UserPage(
        users.subList(0, limit), new PageCursor(users.get(limit - 1).id()).toString());
  }
}

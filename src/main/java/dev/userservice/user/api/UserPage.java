package dev.userservice.user.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.userservice.user.User;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of users, in the order of their IDs.
 *
 * @param items the users
 * @param nextCursor the cursor of the next page; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Users in the order of their IDs", requiredProperties = "items")
record UserPage(
    List<User> items,
    @Schema(description = "The cursor of the next page; absent on the last page")
        @Nullable String nextCursor) {

  /** Copies the items. */
  public UserPage {
    items = List.copyOf(items);
  }

  /**
   * A page of at most {@code limit} of the given users; one user more shows that there is a next
   * page.
   *
   * @param email the address that was looked up, empty for a page of all users
   */
  static UserPage of(List<User> users, int limit, String email) {
    if (users.size() <= limit) {
      return new UserPage(users, null);
    }
    return new UserPage(
        users.subList(0, limit), new PageCursor(users.get(limit - 1).id(), email).toString());
  }
}

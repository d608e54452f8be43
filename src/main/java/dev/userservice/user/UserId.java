package dev.userservice.user;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;

/** Reads user IDs from addresses. */
public final class UserId {

  private UserId() {}

  /** The ID, from 1 to 2^63 - 1; anything else is the caller's mistake. */
  public static long parse(String text) {
    try {
      long id = Long.parseLong(text);
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException notANumber) {
      // answered below, like a number out of range
    }
    throw new ProblemException(
        ProblemType.MALFORMED_REQUEST, "A user ID is a whole number from 1 to 2^63 - 1.");
  }
}

package dev.userservice.http;

import org.jspecify.annotations.Nullable;

/** Looks through the causes of a failure, of which it is the first itself. */
final class Causes {

  private Causes() {}

  static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}

package dev.userservice.user.api;

import dev.userservice.http.Problem;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body that only the service sets. */
final class ReadOnlyFields {

  private ReadOnlyFields() {}

  /** Refuses a field of a user that does not exist yet. */
  static void refuse(String field, @Nullable Object sent) {
    if (sent != null) {
      throw wrong(field, "is set by the service alone");
    }
  }

  /** Refuses another value than the one that the field has. */
  static void refuseOther(String field, @Nullable Long sent, long present) {
    if (sent != null && sent != present) {
      throw wrong(field, "is not the one in the path");
    }
  }

  private static ProblemException wrong(String field, String detail) {
    return new ProblemException(
        ProblemType.INVALID_VALUE,
        field + " " + detail + ".",
        List.of(new Problem.FieldError(field, detail)));
  }
}

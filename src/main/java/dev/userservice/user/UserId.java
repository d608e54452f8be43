package dev.userservice.user;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user's ID as a parameter of a request.
 *
 * @param value from 1 to 2^63 - 1
 */
@Schema(type = SchemaType.STRING)
public record UserId(long value) {

  /** Reads a parameter, as JAX-RS asks for it; answers 400 if it is not such a number. */
  public static UserId fromString(String text) {
    return new UserId(parse(text));
  }

  /** The number that a text stands for; answers 400 if it is not such a number. */
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

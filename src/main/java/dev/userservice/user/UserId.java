package dev.userservice.user;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user's ID as a parameter of a request. It has one spelling: decimal digits without a sign or a
 * leading zero.
 *
 * @param value from 1 to {@link #MAXIMUM}
 */
@Schema(
    description = "A user's ID",
    type = SchemaType.INTEGER,
    format = "int64",
    minimum = "1",
    maximum = "" + UserId.MAXIMUM)
public record UserId(long value) {

  /**
   * The largest ID, 2^53 - 1: the largest whole number that every JSON library keeps exactly (RFC
   * 8259, section 6).
   */
  public static final long MAXIMUM = (1L << 53) - 1;

  private static final Pattern SPELLING = Pattern.compile("[1-9][0-9]{0,15}");

  /** Refuses a number that no user has. */
  public UserId {
    if (value < 1 || value > MAXIMUM) {
      throw malformed();
    }
  }

  /** Reads a parameter, as JAX-RS asks for it; answers 400 if it is not such a number. */
  public static UserId fromString(String text) {
    if (!SPELLING.matcher(text).matches()) {
      throw malformed();
    }
    return new UserId(Long.parseLong(text));
  }

  /** The number that a text stands for; answers 400 if it is not such a number. */
  public static long parse(String text) {
    return fromString(text).value();
  }

  private static ProblemException malformed() {
    return new ProblemException(
        ProblemType.MALFORMED_REQUEST,
        "A user ID is a whole number from 1 to 2^53 - 1, in decimal digits without a leading zero.");
  }
}

package dev.userservice.user.idempotency;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * A caller's name for one request, so that repeating it changes nothing more.
 *
 * @param operation what is asked for, such as {@code POST /users}; a key counts within it
 * @param key 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(String operation, String key) {

  public static final String HEADER = "Idempotency-Key";

  /** What the header is for, to a caller. */
  public static final String MEANING =
      "Names this request: sent again with the same key it changes nothing more";

  /** What a key looks like. */
  public static final String FORM = "^[!-~]{1,255}$";

  private static final int MAXIMUM_LENGTH = 255;

  /** Refuses a key that no header should carry. */
  public IdempotencyKey {
    boolean printable = key.chars().allMatch(character -> character > 32 && character < 127);
    if (key.isEmpty() || key.length() > MAXIMUM_LENGTH || !printable) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "An Idempotency-Key has from 1 to 255 printable ASCII characters without spaces.");
    }
  }

  /** A header's key, or null when there is none. */
  public static @Nullable IdempotencyKey of(String operation, @Nullable String header) {
    return header == null ? null : new IdempotencyKey(operation, header.strip());
  }

  /** A number that stands for this key, evenly spread; equal for equal keys on every machine. */
  public long hash() {
    return Sha256.of(operation + "\n" + key).getLong();
  }
}

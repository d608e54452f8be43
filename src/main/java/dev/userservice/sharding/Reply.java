package dev.userservice.sharding;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value, and what a caller is told beside it.
 *
 * @param value what was read or written
 * @param token the session's token from now on
 * @param servedBy which server answered and why (a list of RFC 8941); null for a write, which only
 *     the primary takes
 * @param <T> the value
 */
public record Reply<T>(T value, String token, @Nullable String servedBy) {

  /** The same with another value. */
  public <R> Reply<R> map(Function<T, R> change) {
    return new Reply<>(change.apply(value), token, servedBy);
  }
}

package dev.userservice.user;

import dev.userservice.sharding.write.Write;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A write under an idempotency key, which is committed with it: a second run finds the key of the
 * first and answers from it.
 *
 * @param once runs the write, or answers what its first run answered
 * @param <T> the answer
 */
record KeyedWrite<T>(Supplier<T> once) implements Write<T> {

  @Override
  public T run() {
    return once.get();
  }

  @Override
  public Optional<T> resolve(T unanswered) {
    return Optional.of(once.get());
  }
}

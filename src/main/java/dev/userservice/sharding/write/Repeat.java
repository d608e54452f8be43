package dev.userservice.sharding.write;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a write goes on whose commit was sent and never answered. To make it again blindly would not
 * do, however little that changes: others may have read the first run's effect and written since,
 * and the second run would undo that.
 *
 * @param <T> the write's result
 */
@FunctionalInterface
public interface Repeat<T> {

  /**
   * Runs in a new transaction on the present primary.
   *
   * @param first what the unanswered run would have answered
   * @return that, if it was committed after all; what a second run answers, if it was not; empty if
   *     it cannot be told
   */
  Optional<T> after(T first);

  /** Of a write that recognises its own traces. */
  static <T> Repeat<T> of(Supplier<T> write) {
    return first -> Optional.of(write.get());
  }
}

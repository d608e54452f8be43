package dev.userservice.sharding.write;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a write in a transaction, and how far it came. Belongs to one thread. */
final class Attempt<T> {

  private final Supplier<T> write;
  private @Nullable T result;

  Attempt(Supplier<T> write) {
    this.write = write;
  }

  /** The body of the transaction: once it has returned, the commit may have been sent. */
  T run() {
    T written = write.get();
    result = written;
    return written;
  }

  /** What the write answered, if its transaction may have been committed. */
  Optional<T> sent() {
    return Optional.ofNullable(result);
  }
}

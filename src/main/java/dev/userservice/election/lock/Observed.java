package dev.userservice.election.lock;

import org.jspecify.annotations.Nullable;

/**
 * A value that another process writes, and when it was seen to change, by this machine's own clock.
 * Its age is known in no other way.
 */
public final class Observed<T> {

  private @Nullable T value;
  private long changedAtNanos;
  private long changes;

  /** Records the present value. */
  public void see(T seen, long nowNanos) {
    if (!seen.equals(value)) {
      value = seen;
      changedAtNanos = nowNanos;
      changes++;
    }
  }

  /** The value that was seen last, or null if none was. */
  public @Nullable T value() {
    return value;
  }

  /** When the present value was first seen. */
  public long changedAtNanos() {
    return changedAtNanos;
  }

  /** Whether the value was seen to change at least once. */
  public boolean hasChanged() {
    return changes > 1;
  }
}

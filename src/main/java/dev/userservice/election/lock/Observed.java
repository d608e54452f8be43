package dev.userservice.election.lock;

import org.jspecify.annotations.Nullable;

/**
 * What somebody else's record shows, and since when on this machine's own clock: all that may be
 * known of how old it is.
 */
public final class Observed<T> {

  private @Nullable T value;
  private long changedAtNanos;
  private long changes;

  /** Takes in what the record shows now. */
  public void see(T seen, long nowNanos) {
    if (!seen.equals(value)) {
      value = seen;
      changedAtNanos = nowNanos;
      changes++;
    }
  }

  /** What was seen last, or null if nothing ever was. */
  public @Nullable T value() {
    return value;
  }

  /** When the present value was seen first. */
  public long changedAtNanos() {
    return changedAtNanos;
  }

  /** Whether it was seen to change, not only to be there. */
  public boolean hasChanged() {
    return changes > 1;
  }
}

package dev.userservice.background;

import org.jspecify.annotations.Nullable;

/**
 * Decides what repeated work logs: a failure when it begins and when its reason changes, but not at
 * each repetition, and the end of a failure once. Thread-safe.
 */
public final class FailureLog {

  private @Nullable String reason;

  /** Records a failure; returns whether it is to be logged. */
  public synchronized boolean failed(String newReason) {
    boolean changed = !newReason.equals(reason);
    reason = newReason;
    return changed;
  }

  /** Records a success; returns whether it is to be logged, since it ends a failure. */
  public synchronized boolean succeeded() {
    boolean recovered = reason != null;
    reason = null;
    return recovered;
  }
}

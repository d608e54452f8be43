package dev.userservice.election.lock;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Grants leadership; kept outside the process. At most one process has the lock as long as all
 * clocks run at about the same rate. No two processes get the same epoch, whatever clocks and
 * networks do.
 *
 * <p>Called on the election's loop, one call at a time. Every call completes there, within a
 * bounded time.
 */
public interface ElectionLock {

  LockKind kind();

  /** Reads the state of the lock. */
  CompletionStage<LockState> observe();

  /**
   * Tries to take the lock in the state that was observed last.
   *
   * @return the new epoch; empty if the lock was not taken
   */
  CompletionStage<OptionalLong> acquire();

  /** Extends the lease of an epoch. */
  CompletionStage<Renewal> renew(long epoch);

  /**
   * Releases the lock if it is still held for the epoch.
   *
   * @return the newest epoch that was seen
   */
  CompletionStage<Long> release(long epoch);

  /** The longest time between two observations, in nanoseconds. */
  long observeNanos();

  /**
   * Registers a listener that is called when the lock may have changed. A lock that cannot detect
   * changes never calls it.
   */
  void onChange(Runnable listener);
}

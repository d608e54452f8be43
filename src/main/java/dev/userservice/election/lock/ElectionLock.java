package dev.userservice.election.lock;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Who may lead, decided outside the process. One process at a time has the lock as long as clocks
 * run at about the same rate; no two ever get the same epoch, whatever clocks and networks do.
 *
 * <p>Used on the election's loop, one call at a time; every call ends there within a bounded time.
 */
public interface ElectionLock {

  LockKind kind();

  /** What the lock shows now. */
  CompletionStage<LockState> observe();

  /** Tries to take the lock as it was last observed, for a new epoch; empty if that failed. */
  CompletionStage<OptionalLong> acquire();

  /** Makes the lease of an epoch last longer. */
  CompletionStage<Renewal> renew(long epoch);

  /** Gives the lock back if it still has it for the epoch; answers the newest epoch seen. */
  CompletionStage<Long> release(long epoch);

  /** How long a process may go without observing, in nanoseconds. */
  long observeNanos();

  /** Wants to hear as soon as something may have changed; a lock that cannot tell never calls. */
  void onChange(Runnable hint);
}

package dev.userservice.election.lock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a lock.
 *
 * @param holder the leader, or null if none is known
 * @param epoch of the present or last term, 0 if there was none
 * @param since when the term began, by the clock of the lock's store; for display only
 * @param freeAtNanos from when on, by this machine's clock, another process may take the lock if
 *     nothing changes; {@link #NEVER} if that is unknown
 */
public record LockState(
    @Nullable String holder, long epoch, @Nullable Instant since, long freeAtNanos) {

  /** Not before the state changes. */
  public static final long NEVER = Long.MAX_VALUE;
}

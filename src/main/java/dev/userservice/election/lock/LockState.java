package dev.userservice.election.lock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a lock shows.
 *
 * @param holder who leads, or null if nobody is known to
 * @param epoch of the present or last leadership, 0 if there was none
 * @param since when it began, by the clock of the lock's store; to be shown only
 * @param freeAtNanos from when on, on this machine's clock, somebody else may try to lead if
 *     nothing changes; {@link #NEVER} if that cannot be told
 */
public record LockState(
    @Nullable String holder, long epoch, @Nullable Instant since, long freeAtNanos) {

  /** Not before something changes. */
  public static final long NEVER = Long.MAX_VALUE;
}

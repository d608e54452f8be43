package dev.userservice.wal;

/**
 * Computes a replica's lag in time from log positions alone, by recording when the primary was at
 * which position. A replica that has replayed to the position that the primary had at time t is not
 * older than t. Covers the last 5 s at a resolution of 10 ms and the last hour at 1 s. Thread-safe;
 * a call holds the lock for a dozen comparisons.
 */
public final class LagHistory {

  private final PositionSamples close = new PositionSamples(512, 10_000_000L);
  private final PositionSamples coarse = new PositionSamples(4096, 1_000_000_000L);

  public synchronized void primarySeen(LogPosition position, long nanos) {
    close.add(position, nanos);
    coarse.add(position, nanos);
  }

  /** Forgets all samples, since the primary has less of the log than it had. */
  public synchronized void forget() {
    close.forget();
    coarse.forget();
  }

  /** The lag in nanoseconds, or {@link Long#MAX_VALUE} if it is longer than the history. */
  public synchronized long lagNanos(int timeline, long replayedLsn, long now) {
    LogPosition replayed = new LogPosition(timeline, replayedLsn);
    long lag = close.sinceReached(replayed, now);
    return lag == Long.MAX_VALUE ? coarse.sinceReached(replayed, now) : lag;
  }

  /** Bytes behind the newest known position of the primary, or -1 when the timelines differ. */
  public synchronized long lagBytes(int timeline, long replayedLsn) {
    LogPosition newest = close.newest();
    return newest != null && newest.timeline() == timeline
        ? Math.max(0, newest.lsn() - replayedLsn)
        : -1;
  }
}

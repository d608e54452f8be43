package dev.userservice.replication;

/**
 * Tells a replica's lag in time from log positions alone: remembers when the primary was seen
 * where. A replica that has replayed to at least the position the primary had at time t shows
 * nothing older than t. Belongs to one thread.
 */
final class LagHistory {

  private static final int SAMPLES = 512;

  private final LogPosition[] positions = new LogPosition[SAMPLES];
  private final long[] seenAt = new long[SAMPLES];
  private int count;

  void primarySeen(LogPosition position, long nanos) {
    positions[count % SAMPLES] = position;
    seenAt[count % SAMPLES] = nanos;
    count++;
  }

  /** Elapsed nanoseconds, or {@link Long#MAX_VALUE} when the history does not reach back so far. */
  long lagNanos(LogPosition replayed, long now) {
    for (int sample = count - 1; sample >= Math.max(0, count - SAMPLES); sample--) {
      if (replayed.reaches(positions[sample % SAMPLES])) {
        return Math.max(0, now - seenAt[sample % SAMPLES]);
      }
    }
    return Long.MAX_VALUE;
  }

  /** Bytes behind the newest known position of the primary, or -1 when the timelines differ. */
  long lagBytes(LogPosition replayed) {
    if (count == 0) {
      return -1;
    }
    LogPosition newest = positions[(count - 1) % SAMPLES];
    return newest.timeline() == replayed.timeline()
        ? Math.max(0, newest.lsn() - replayed.lsn())
        : -1;
  }
}

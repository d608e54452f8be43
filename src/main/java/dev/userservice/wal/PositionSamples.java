package dev.userservice.wal;

import org.jspecify.annotations.Nullable;

/**
 * When the primary was at which position; the newest sample replaces the oldest. Positions and
 * times only grow: a sample that would go back is ignored. Not thread-safe.
 */
final class PositionSamples {

  private final @Nullable LogPosition[] positions;
  private final long[] seenAt;
  private final long spacingNanos;
  private long count;

  PositionSamples(int capacity, long spacingNanos) {
    this.positions = new LogPosition[capacity];
    this.seenAt = new long[capacity];
    this.spacingNanos = spacingNanos;
  }

  /** Adds a sample, unless the last one on the same timeline is younger than the spacing. */
  void add(LogPosition position, long nanos) {
    LogPosition last = newest();
    if (last != null && (last.isBeyond(position) || isSoon(last, position, nanos))) {
      return;
    }
    positions[at(count)] = position;
    seenAt[at(count)] = nanos;
    count++;
  }

  void forget() {
    count = 0;
  }

  @Nullable LogPosition newest() {
    return count == 0 ? null : positions[at(count - 1)];
  }

  /**
   * Nanoseconds since the primary was last seen at a position that the given one reaches; {@link
   * Long#MAX_VALUE} when there is no such sample.
   */
  long sinceReached(LogPosition replayed, long now) {
    long reached = Math.max(0, count - positions.length) - 1;
    long beyond = count;
    while (beyond - reached > 1) {
      long middle = (reached + beyond) >>> 1;
      LogPosition sample = positions[at(middle)];
      if (sample != null && sample.isBeyond(replayed)) {
        beyond = middle;
      } else {
        reached = middle;
      }
    }
    if (reached < Math.max(0, count - positions.length)) {
      return Long.MAX_VALUE;
    }
    LogPosition found = positions[at(reached)];
    return found != null && replayed.reaches(found)
        ? Math.max(0, now - seenAt[at(reached)])
        : Long.MAX_VALUE;
  }

  private boolean isSoon(LogPosition last, LogPosition next, long nanos) {
    return next.timeline() == last.timeline() && nanos - seenAt[at(count - 1)] < spacingNanos;
  }

  private int at(long index) {
    return (int) (index % positions.length);
  }
}

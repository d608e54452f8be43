package dev.userservice.routing.hedge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a read waits for its first server before a second one is asked: a percentile of the
 * latencies of the last minute, computed ten times a second. Lock-free, allocates nothing.
 */
final class HedgeDelay {

  private static final long REFRESH_NANOS = 100_000_000;

  private final LatencyWindow window = new LatencyWindow();
  private final double percentile;
  private final long minimumNanos;
  private final AtomicLong refreshedAt;
  private volatile long delayNanos = LatencyWindow.TOO_FEW;

  HedgeDelay(HedgeSettings settings, long nowNanos) {
    this.percentile = settings.percentile();
    this.minimumNanos = settings.minimumDelayNanos();
    this.refreshedAt = new AtomicLong(nowNanos);
  }

  /** A point read was answered by its first or its second server. */
  void record(long nowNanos, long latencyNanos) {
    window.record(nowNanos, latencyNanos);
  }

  /** The delay, or {@link LatencyWindow#TOO_FEW} after too few reads. */
  long nanos(long nowNanos) {
    long before = refreshedAt.get();
    if (nowNanos - before >= REFRESH_NANOS && refreshedAt.compareAndSet(before, nowNanos)) {
      long measured = window.percentileNanos(percentile, nowNanos);
      delayNanos = measured < 0 ? measured : Math.max(minimumNanos, measured);
    }
    return delayNanos;
  }
}

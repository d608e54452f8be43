package dev.userservice.routing.hedge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the first server is waited for before a second is asked: a percentile of the last
 * minute, worked out ten times a second and not for each read. Lock-free, allocates nothing.
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

  /** A point read was answered, by the first server or by the second. */
  void record(long nowNanos, long latencyNanos) {
    window.record(nowNanos, latencyNanos);
  }

  /** The delay, or {@link LatencyWindow#TOO_FEW} when too few reads tell. */
  long nanos(long nowNanos) {
    long before = refreshedAt.get();
    if (nowNanos - before >= REFRESH_NANOS && refreshedAt.compareAndSet(before, nowNanos)) {
      long measured = window.percentileNanos(percentile, nowNanos);
      delayNanos = measured < 0 ? measured : Math.max(minimumNanos, measured);
    }
    return delayNanos;
  }
}

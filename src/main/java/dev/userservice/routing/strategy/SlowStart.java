package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The slow start of a candidate that is new or has returned: its weight grows linearly from a tenth
 * to its full value, as in Envoy's slow start with its defaults. Lock-free.
 */
final class SlowStart {

  private static final double LEAST = 0.1;

  private final long durationNanos;
  private final AtomicLong fullAt;

  SlowStart(long durationNanos, long nowNanos) {
    this.durationNanos = durationNanos;
    this.fullAt = new AtomicLong(nowNanos);
  }

  void begin(long atNanos) {
    fullAt.set(atNanos + durationNanos);
  }

  /** The share of its weight that the candidate has now, from 0.1 to 1. */
  double share(long nowNanos) {
    long missing = fullAt.get() - nowNanos;
    return missing <= 0 ? 1 : Math.max(LEAST, 1 - (double) missing / durationNanos);
  }
}

package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An exponentially weighted moving average over time, quick to rise and slow to fall, after
 * Finagle's and Linkerd's peak EWMA. Lock-free, allocates nothing.
 *
 * <p>A sample's weight is the time that it speaks for, the time since the sample before it, against
 * a time constant: {@code 1 - exp(-elapsed / constant)} (Eckner, "Algorithms for Unevenly Spaced
 * Time Series"). So one slow answer of a seldom used server is news, and one among ten thousand in
 * a second is not. Finagle jumps to every peak at once, which at high rates makes a server's worst
 * outlier its estimate.
 *
 * <p>Value and time of the last sample are two atomics, not one, and need not agree: every sample
 * first claims the time since the one before it, so that no moment counts twice and none is lost,
 * then moves the value by compare-and-set. Two samples at the same moment may be applied in either
 * order, which the average cannot tell from their having been answered in that order.
 */
final class LatencyEstimate {

  private static final double LINEAR_BELOW = 1e-3;

  private final double riseNanos;
  private final double fallNanos;
  private final AtomicLong valueBits = new AtomicLong();
  private final AtomicLong lastSampleAt;

  LatencyEstimate(long riseNanos, long fallNanos, long nowNanos) {
    this.riseNanos = riseNanos;
    this.fallNanos = fallNanos;
    this.lastSampleAt = new AtomicLong(nowNanos);
  }

  /** The average in nanoseconds, 0 while there was no sample. */
  double nanos() {
    return Double.longBitsToDouble(valueBits.get());
  }

  void sample(long nowNanos, long latencyNanos) {
    sampleFor(claim(nowNanos), latencyNanos);
  }

  /** Takes in a sample that speaks for a time of its own, not for that since the last one. */
  void sampleFor(long elapsed, long latencyNanos) {
    long before;
    long after;
    do {
      before = valueBits.get();
      after = moved(before, latencyNanos, elapsed);
    } while (!valueBits.compareAndSet(before, after));
  }

  /** Forgets all samples. */
  void reset(long nowNanos) {
    lastSampleAt.set(nowNanos);
    valueBits.set(0);
  }

  private long claim(long nowNanos) {
    long before = lastSampleAt.get();
    while (nowNanos - before > 0) {
      if (lastSampleAt.compareAndSet(before, nowNanos)) {
        return nowNanos - before;
      }
      before = lastSampleAt.get();
    }
    return 0;
  }

  private long moved(long beforeBits, long sample, long elapsed) {
    if (beforeBits == 0) {
      return Double.doubleToRawLongBits((double) sample);
    }
    double before = Double.longBitsToDouble(beforeBits);
    double constant = sample > before ? riseNanos : fallNanos;
    return Double.doubleToRawLongBits(before + (sample - before) * weight(elapsed / constant));
  }

  private static double weight(double elapsed) {
    return elapsed < LINEAR_BELOW ? elapsed - elapsed * elapsed / 2 : 1 - Math.exp(-elapsed);
  }
}

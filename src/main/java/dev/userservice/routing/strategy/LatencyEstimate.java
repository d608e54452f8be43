package dev.userservice.routing.strategy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An exponentially weighted moving average over time that rises fast and falls slowly, after the
 * peak EWMA of Finagle and Linkerd. Lock-free, allocates nothing.
 *
 * <p>The weight of a sample depends on the time since the previous sample and a time constant:
 * {@code 1 - exp(-elapsed / constant)} (Eckner, "Algorithms for Unevenly Spaced Time Series"). One
 * slow answer of a server that is seldom used therefore changes the average a lot, and one slow
 * answer among ten thousand in a second does not. Finagle takes over every peak at once; at high
 * rates its estimate is the slowest recent answer.
 *
 * <p>The value and the time of the last sample are two separate atomics. A sample first claims the
 * time since the previous one by compare-and-set, so that no time counts twice or is lost, and then
 * changes the value by compare-and-set. Two samples at the same time may be applied in either
 * order.
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

  /** The average in nanoseconds; 0 before the first sample. */
  double nanos() {
    return Double.longBitsToDouble(valueBits.get());
  }

  void sample(long nowNanos, long latencyNanos) {
    sampleFor(claim(nowNanos), latencyNanos);
  }

  /** Adds a sample with the weight of the given time, not of the time since the last sample. */
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

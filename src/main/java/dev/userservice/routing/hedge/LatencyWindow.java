package dev.userservice.routing.hedge;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Percentiles of the latencies of the last minute: a ring of six histograms of ten seconds each.
 * The buckets grow by a sixteenth, so that a percentile is at most a sixteenth too high and never
 * too low. Lock-free, allocates nothing.
 *
 * <p>The first sample of each ten seconds clears the oldest histogram. Samples of other threads may
 * be lost meanwhile: a few in ten seconds, too few to change a percentile.
 */
final class LatencyWindow {

  static final int TOO_FEW = -1;

  private static final int LEAST_SAMPLES = 100;
  private static final int SLICES = 6;
  private static final long SLICE_NANOS = 10_000_000_000L;
  // Sixteen buckets per doubling, from 2^LOWEST ns (1 µs) to 2^HIGHEST ns (69 s).
  private static final int DETAIL = 4;
  private static final int LOWEST = 10;
  private static final int HIGHEST = 36;
  private static final int BUCKETS = (HIGHEST - LOWEST) << DETAIL;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(SLICES * BUCKETS);
  private final AtomicLongArray turns = new AtomicLongArray(SLICES);

  LatencyWindow() {
    for (int slice = 0; slice < SLICES; slice++) {
      turns.set(slice, Long.MIN_VALUE);
    }
  }

  void record(long nowNanos, long latencyNanos) {
    long turn = Math.floorDiv(nowNanos, SLICE_NANOS);
    int slice = (int) Math.floorMod(turn, (long) SLICES);
    long before = turns.get(slice);
    if (before < turn && turns.compareAndSet(slice, before, turn)) {
      clear(slice);
    }
    counts.getAndIncrement(slice * BUCKETS + bucket(latencyNanos));
  }

  /**
   * The latency that the given share of calls did not exceed. Reads a few thousand counters.
   *
   * @param p the share, above 0 and up to 1
   * @return {@link #TOO_FEW} when there were fewer than a hundred calls
   */
  long percentileNanos(double p, long nowNanos) {
    long oldest = Math.floorDiv(nowNanos, SLICE_NANOS) - SLICES + 1;
    long total = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      total += count(bucket, oldest);
    }
    if (total < LEAST_SAMPLES) {
      return TOO_FEW;
    }
    long remaining = (long) Math.ceil(p * total);
    int bucket = 0;
    while (bucket < BUCKETS - 1 && (remaining -= count(bucket, oldest)) > 0) {
      bucket++;
    }
    return highest(bucket);
  }

  private long count(int bucket, long oldestTurn) {
    long count = 0;
    for (int slice = 0; slice < SLICES; slice++) {
      count += turns.get(slice) >= oldestTurn ? counts.get(slice * BUCKETS + bucket) : 0;
    }
    return count;
  }

  private void clear(int slice) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      counts.set(slice * BUCKETS + bucket, 0);
    }
  }

  private static int bucket(long latencyNanos) {
    long within = Math.min(Math.max(latencyNanos, 1L << LOWEST), (1L << HIGHEST) - 1);
    int doubling = 63 - Long.numberOfLeadingZeros(within);
    int detail = (int) (within >>> (doubling - DETAIL)) - (1 << DETAIL);
    return ((doubling - LOWEST) << DETAIL) + detail;
  }

  /** The longest latency that belongs to the bucket. */
  private static long highest(int bucket) {
    int doubling = (bucket >> DETAIL) + LOWEST;
    long first = (1L << DETAIL) + (bucket & ((1 << DETAIL) - 1));
    return ((first + 1) << (doubling - DETAIL)) - 1;
  }
}

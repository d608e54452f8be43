package dev.userservice.drill;

import java.util.Arrays;

/** How long single reads took, in nanoseconds. Belongs to one event loop until it is complete. */
final class Latencies {

  private long[] nanos = new long[4_096];
  private int count;

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  int count() {
    return count;
  }

  /** The smallest latency that at least this share of the reads did not exceed (nearest rank). */
  double percentileMillis(double share) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.max(1, rank) - 1] / 1e6;
  }

  double p99() {
    return percentileMillis(0.99);
  }
}

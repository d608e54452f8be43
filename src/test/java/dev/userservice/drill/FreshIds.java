package dev.userservice.drill;

import java.util.concurrent.atomic.AtomicLong;

/** IDs of users that no earlier run on the same data has touched, spread over all shards. */
final class FreshIds {

  private static final long PER_RUN = 10_000_000L;

  private final AtomicLong last;

  FreshIds(long seed) {
    last = new AtomicLong((1 + (seed & 0xFFF_FFFFL)) * PER_RUN);
  }

  long next() {
    return last.incrementAndGet();
  }
}

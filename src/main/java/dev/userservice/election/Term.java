package dev.userservice.election;

import dev.userservice.time.Ticker;

/** One leadership of this process, for as long as it may believe in it. Thread-safe. */
final class Term {

  private final long epoch;
  private final Ticker ticker;
  private volatile long validUntilNanos;
  private volatile boolean ended;

  Term(long epoch, long validUntilNanos, Ticker ticker) {
    this.epoch = epoch;
    this.validUntilNanos = validUntilNanos;
    this.ticker = ticker;
  }

  /** The number of the leadership. */
  long epoch() {
    return epoch;
  }

  /** Whether it may still be believed. That it is needs no belief: the databases judge. */
  boolean active() {
    return !ended && ticker.nanos() < validUntilNanos;
  }

  long validUntilNanos() {
    return validUntilNanos;
  }

  void extend(long untilNanos) {
    validUntilNanos = untilNanos;
  }

  void end() {
    ended = true;
  }
}

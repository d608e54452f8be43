package dev.userservice.leader;

import dev.userservice.time.Ticker;

/** One leadership of this process, for as long as it may believe in it. Thread-safe. */
public final class Term {

  private final long epoch;
  private final Ticker ticker;
  private volatile long validUntilNanos;
  private volatile boolean ended;

  public Term(long epoch, long validUntilNanos, Ticker ticker) {
    this.epoch = epoch;
    this.validUntilNanos = validUntilNanos;
    this.ticker = ticker;
  }

  /** The number of the leadership. */
  public long epoch() {
    return epoch;
  }

  /** Whether it may still be believed. That it is needs no belief: the databases judge. */
  public boolean active() {
    return !ended && ticker.nanos() < validUntilNanos;
  }

  public long validUntilNanos() {
    return validUntilNanos;
  }

  public void extend(long untilNanos) {
    validUntilNanos = untilNanos;
  }

  public void end() {
    ended = true;
  }
}

package dev.userservice.leader;

import dev.userservice.time.Ticker;

/** One leadership of this process, until its renew deadline. Thread-safe. */
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

  /** The epoch of the leadership. */
  public long epoch() {
    return epoch;
  }

  /**
   * Whether the renew deadline has not passed. Safety rests on the epoch fence in the databases,
   * not on this.
   */
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

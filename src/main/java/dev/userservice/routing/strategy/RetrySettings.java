package dev.userservice.routing.strategy;

/**
 * When a candidate that is passed over because it was slow is tried again.
 *
 * @param idleNanos after nothing was sent to it for this long
 * @param probability then by this share of the calls that would have been its own
 */
public record RetrySettings(long idleNanos, double probability) {

  /** The defaults of {@code users.routing}. */
  public static final RetrySettings DEFAULT = new RetrySettings(1_000_000_000, 1.0 / 128);
}

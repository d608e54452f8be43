package dev.userservice.routing.strategy;

/**
 * When a candidate that gets no calls because it was slow is tried again.
 *
 * @param idleNanos how long nothing was sent to it before it is tried
 * @param probability the share of the calls that would have been its own by which it is then tried
 */
public record RetrySettings(long idleNanos, double probability) {

  /** The defaults of {@code users.routing}. */
  public static final RetrySettings DEFAULT = new RetrySettings(1_000_000_000, 1.0 / 128);
}

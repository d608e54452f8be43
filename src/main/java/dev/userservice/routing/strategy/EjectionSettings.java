package dev.userservice.routing.strategy;

/**
 * When and for how long a candidate is ejected.
 *
 * @param consecutiveFailures so many failures without a success in between eject
 * @param baseNanos the first ejection's duration; the n-th in a row takes n times as long
 * @param longestNanos at most this long
 * @param maxShare at most this share of the group is ejected at the same time, 0 to 1
 */
public record EjectionSettings(
    int consecutiveFailures, long baseNanos, long longestNanos, double maxShare) {

  static final EjectionSettings NEVER = new EjectionSettings(Integer.MAX_VALUE, 1, 1, 0);

  /** The defaults of {@code users.routing}. */
  public static final EjectionSettings DEFAULT =
      new EjectionSettings(5, 5_000_000_000L, 60_000_000_000L, 0.5);
}

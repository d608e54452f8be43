package dev.userservice.routing.strategy;

/**
 * When and for how long a candidate is ejected.
 *
 * @param consecutiveFailures consecutive failures that trigger an ejection
 * @param baseNanos duration of the first ejection; the nth consecutive one takes n times as long
 * @param longestNanos maximum duration of an ejection
 * @param maxShare maximum share of the group that is ejected at the same time, 0 to 1
 */
public record EjectionSettings(
    int consecutiveFailures, long baseNanos, long longestNanos, double maxShare) {

  static final EjectionSettings NEVER = new EjectionSettings(Integer.MAX_VALUE, 1, 1, 0);

  /** The defaults of {@code users.routing}. */
  public static final EjectionSettings DEFAULT =
      new EjectionSettings(5, 5_000_000_000L, 60_000_000_000L, 0.5);
}

package dev.userservice.routing.strategy;

/**
 * How a candidate averages latency and starts slowly.
 *
 * @param riseNanos time constant of the latency estimate for samples above it
 * @param fallNanos time constant for samples below it
 * @param failurePenaltyNanos a failed call counts as a call that took at least this long
 * @param slowStartNanos how long the weight of a new or returned candidate takes to grow to its
 *     full value
 */
public record CandidateSettings(
    long riseNanos, long fallNanos, long failurePenaltyNanos, long slowStartNanos) {

  /** The defaults of {@code users.routing}. */
  public static final CandidateSettings DEFAULT =
      new CandidateSettings(100_000_000, 2_000_000_000, 2_000_000_000, 10_000_000_000L);
}

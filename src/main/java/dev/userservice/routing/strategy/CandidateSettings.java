package dev.userservice.routing.strategy;

/**
 * What a candidate needs of the configuration.
 *
 * @param riseNanos time constant of the latency estimate when samples are above it
 * @param fallNanos time constant when they are below it
 * @param failurePenaltyNanos a failed call counts as one that took this long, or longer if it did
 * @param slowStartNanos how long the weight of a new or returned candidate takes to grow
 */
public record CandidateSettings(
    long riseNanos, long fallNanos, long failurePenaltyNanos, long slowStartNanos) {

  /** The defaults of {@code users.routing}. */
  public static final CandidateSettings DEFAULT =
      new CandidateSettings(100_000_000, 2_000_000_000, 2_000_000_000, 10_000_000_000L);
}

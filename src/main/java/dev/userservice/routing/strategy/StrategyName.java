package dev.userservice.routing.strategy;

/** The strategies by the names that the configuration uses. */
public enum StrategyName {
  /** {@code random}: any, all equally likely; weights do not count. */
  RANDOM,
  /** {@code round-robin}: each in turn; weights do not count. */
  ROUND_ROBIN,
  /** {@code weighted}: in turn, each as often as its weight says, never in bursts. */
  WEIGHTED,
  /** {@code least-response-time}: the one with the least latency times queue, of all. */
  LEAST_RESPONSE_TIME,
  /** {@code weighted-least-latency}: by weight, avoiding the slow ones. */
  WEIGHTED_LEAST_LATENCY;

  public Strategy create(RetrySettings retry, RandomSource random) {
    return switch (this) {
      case RANDOM -> new RandomChoice(random);
      case ROUND_ROBIN -> new RoundRobin();
      case WEIGHTED -> new SmoothWeighted();
      case LEAST_RESPONSE_TIME -> new LeastResponseTime(retry, random);
      case WEIGHTED_LEAST_LATENCY -> new WeightedLeastLatency(retry, random);
    };
  }
}

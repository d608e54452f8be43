package dev.userservice.routing.strategy;

/** The strategies, by their names in the configuration. */
public enum StrategyName {
  /** {@code random}: any candidate with equal probability; weights are ignored. */
  RANDOM,
  /** {@code round-robin}: the candidates in turn; weights are ignored. */
  ROUND_ROBIN,
  /** {@code weighted}: in turn, in proportion to the weights, without bursts. */
  WEIGHTED,
  /** {@code least-response-time}: the candidate with the least latency × queue ÷ weight. */
  LEAST_RESPONSE_TIME,
  /** {@code weighted-least-latency}: in proportion to the weights, avoiding slow candidates. */
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

package dev.userservice.routing;

/** {@link WeightedLeastLatency}: {@code load-balancer.type=weighted-least-latency}. */
public final class StorkWeightedLeastLatency extends StorkLoader {

  /** For Stork's service loader. */
  public StorkWeightedLeastLatency() {
    super(StrategyName.WEIGHTED_LEAST_LATENCY);
  }
}

package dev.userservice.routing.stork;

import dev.userservice.routing.strategy.StrategyName;

/** {@code WeightedLeastLatency}: {@code load-balancer.type=weighted-least-latency}. */
public final class StorkWeightedLeastLatency extends StorkLoader {

  /** For Stork's service loader. */
  public StorkWeightedLeastLatency() {
    super(StrategyName.WEIGHTED_LEAST_LATENCY);
  }
}

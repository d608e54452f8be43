package dev.userservice.routing.stork;

import dev.userservice.routing.strategy.StrategyName;

/** {@code SmoothWeighted} for HTTP clients: {@code load-balancer.type=weighted}. */
public final class StorkWeighted extends StorkLoader {

  /** For Stork's service loader. */
  public StorkWeighted() {
    super(StrategyName.WEIGHTED);
  }
}
